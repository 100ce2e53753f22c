// The message box: grows, Enter sends, "/" and "@" complete, up-arrow edits the last message; a draft for each place.

import { Completion } from "./completion.js";
import { fill, h, iconButton } from "./dom.js";
import { openMenu } from "./menu.js";
import { complain } from "./notes.js";
import { post } from "./post.js";
import { ask, state } from "./state.js";
import { t } from "./strings.js";

const drafts = new Map();

export function grow(box) {
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, innerHeight / 3)}px`;
}

export class Composer {
  #box = h("textarea", { rows: "1", spellcheck: "false" });
  #send = iconButton("send", t("send"), () => this.#post(), { class: "send" });
  #completion;
  #channel = null;
  #editLast;
  #thread = null;

  constructor(element, { editLast }) {
    this.#editLast = editLast;
    this.#completion = new Completion(this.#box);
    const plus = iconButton("plus", t("shortcuts"), () => openMenu(plus, this.#offers()));
    const under = h("div.under", plus, h("small", t("keys")), this.#send);
    fill(element, this.#completion.element, h("div.box", this.#box, under));
    this.#box.addEventListener("input", () => this.#changed());
    this.#box.addEventListener("keydown", (event) => this.#key(event));
    this.#box.addEventListener("blur", () => this.#completion.close());
  }

  at(channel, thread, placeholder) {
    this.#keepDraft();
    this.#channel = channel;
    this.#thread = thread;
    this.#box.placeholder = placeholder;
    this.#box.setAttribute("aria-label", placeholder);
    this.#box.value = drafts.get(this.#place()) ?? "";
    this.#changed();
  }

  focus() {
    this.#box.focus();
  }

  fill(text) {
    this.#box.value = text;
    this.#changed();
    this.#completion.close();
    this.#box.focus();
    this.#box.setSelectionRange(text.length, text.length);
  }

  // What the app can do here: its commands, typed into the box, and its shortcuts that belong to no message.
  #offers() {
    const { commands, global_shortcuts: shortcuts, name } = state.app;
    const run = (callback_id) =>
      ask("global.shortcut", { callback_id }).catch((error) =>
        complain(this.#channel, t("callFailed", { error: error.message }), this.#thread ?? undefined),
      );
    return [
      ...shortcuts.map((each) => ({ label: each.name, hint: name, action: () => run(each.callback_id) })),
      ...commands.map(({ command }) => ({ label: command, hint: name, action: () => this.fill(`${command} `) })),
    ];
  }

  #place() {
    return `${this.#channel} ${this.#thread}`;
  }

  #keepDraft() {
    if (this.#channel) drafts.set(this.#place(), this.#box.value);
  }

  #changed() {
    grow(this.#box);
    this.#send.disabled = !this.#box.value.trim();
    this.#completion.look();
  }

  #key(event) {
    if (event.isComposing || this.#completion.key(event)) return;
    if (event.key === "ArrowUp" && !this.#box.value) {
      event.preventDefault();
      this.#editLast();
    }
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    this.#post();
  }

  async #post() {
    const text = this.#box.value;
    if (!text.trim()) return;
    this.#box.value = "";
    this.#changed();
    this.#keepDraft();
    await post(this.#channel, this.#thread, text);
  }
}
