// The list over the message box: the app's slash commands after "/", the app itself after "@".

import { fill, h } from "./dom.js";
import { avatar } from "./people.js";
import { state } from "./state.js";
import { t } from "./strings.js";

let count = 0;

function found(before) {
  const slash = /^\/(\S*)$/.exec(before);
  if (slash) {
    return state.app.commands
      .filter(({ command }) => command.startsWith(before))
      .map(({ command, usage_hint, description }) => ({
        insert: `${command} `,
        replace: before.length,
        title: command,
        hint: usage_hint,
        text: description,
      }));
  }
  const at = /(?:^|\s)@([\w.-]*)$/.exec(before);
  const name = state.app.handle;
  if (at && name.startsWith(at[1].toLowerCase())) {
    return [
      {
        insert: `@${name} `,
        replace: at[1].length + 1,
        title: state.app.name,
        text: t("appBadge"),
        face: avatar(state.app.name, "ours"),
      },
    ];
  }
  return [];
}

export class Completion {
  #id = `completion-${(count += 1)}`;
  element = h("ul.completion", { role: "listbox", id: this.#id, "aria-label": t("suggestions"), hidden: true });
  #box;
  #choices = [];
  #at = 0;

  constructor(box) {
    this.#box = box;
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-controls", this.#id);
  }

  look() {
    const before = this.#box.value.slice(0, this.#box.selectionStart);
    this.#choices = state.asAlertBot ? [] : found(before);
    this.#at = 0;
    this.#draw();
  }

  close() {
    this.#choices = [];
    this.#draw();
  }

  // Takes the keys that belong to the list while it is open; says whether it took this one.
  key(event) {
    if (!this.#choices.length) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.#move(step);
    else if (event.key === "Escape") this.close();
    else if ((event.key === "Enter" && !event.shiftKey) || event.key === "Tab") this.#pick(this.#choices[this.#at]);
    else return false;
    event.preventDefault();
    return true;
  }

  #move(step) {
    this.#at = (this.#at + step + this.#choices.length) % this.#choices.length;
    this.#draw();
  }

  #pick({ insert, replace }) {
    const end = this.#box.selectionStart;
    this.#box.setRangeText(insert, end - replace, end, "end");
    this.#box.dispatchEvent(new Event("input"));
  }

  #draw() {
    const isOpen = this.#choices.length > 0;
    this.element.hidden = !isOpen;
    if (isOpen) this.#box.setAttribute("aria-activedescendant", `${this.#id}-${this.#at}`);
    else this.#box.removeAttribute("aria-activedescendant");
    fill(
      this.element,
      this.#choices.map((choice, index) =>
        h(
          "li",
          {
            role: "option",
            id: `${this.#id}-${index}`,
            "aria-selected": String(index === this.#at),
            // On mousedown, for a click would first take the focus from the box and close the list.
            onmousedown: (event) => {
              event.preventDefault();
              this.#pick(choice);
            },
          },
          choice.face,
          h("b", choice.title),
          choice.hint && h("code", choice.hint),
          h("small", choice.text),
        ),
      ),
    );
  }
}
