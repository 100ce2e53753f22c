// A list of messages that stays at its end while it grows: days, followed-on messages, arrows to walk through it.

import { fill, h } from "./dom.js";
import { edit } from "./edit.js";
import { authorKey, drawMessage, when } from "./messages.js";
import { state } from "./state.js";
import { language, t } from "./strings.js";

const FOLLOWS_WITHIN = 300; // seconds
const ROOM_FOR_TOOLBAR = 16; // pixels above a message

const dayOf = (ts) => when(ts).toDateString();

function dayName(ts) {
  const ago = Math.round((new Date(dayOf(Date.now() / 1000)) - new Date(dayOf(ts))) / 86400000);
  if (ago === 0) return t("today");
  if (ago === 1) return t("yesterday");
  return when(ts).toLocaleDateString(language, { weekday: "long", day: "numeric", month: "long" });
}

const follows = (message, before) =>
  Boolean(before) &&
  dayOf(before.ts) === dayOf(message.ts) &&
  authorKey(before) === authorKey(message) &&
  message.ts - before.ts < FOLLOWS_WITHIN &&
  !before.is_ephemeral &&
  !message.is_ephemeral;

export class MessageList {
  #element;
  #drawn = []; // the messages in view, oldest first
  #channel = null;
  #options = {};
  #height = 0;

  constructor(element) {
    this.#element = element;
    element.addEventListener("keydown", (event) => this.#walk(event));
    new ResizeObserver(() => this.#resized()).observe(element);
  }

  // Shows these messages and nothing else.
  show(channelId, messages, options = {}) {
    this.#channel = channelId;
    this.#options = options;
    this.#drawn = [...messages];
    const rows = messages.flatMap((message, index) => this.#rows(message, messages[index - 1]));
    fill(this.#element, options.head, rows);
    this.toEnd();
  }

  // Puts in a message, or draws it anew where it stands already.
  put(message, messages) {
    const index = this.#drawn.findIndex((each) => each.ts === message.ts);
    const atEnd = this.#atEnd();
    if (index >= 0) {
      const old = this.#find(message.ts);
      const hadFocus = old.contains(document.activeElement);
      const drawn = this.#draw(message, this.#drawn[index - 1]);
      this.#drawn[index] = message;
      old.replaceWith(drawn);
      if (hadFocus) drawn.focus({ preventScroll: true });
    } else if (!this.#drawn.length || this.#drawn.at(-1).ts < message.ts) {
      this.#element.append(...this.#rows(message, this.#drawn.at(-1)));
      this.#drawn.push(message);
    } else {
      this.show(this.#channel, messages, this.#options);
    }
    if (atEnd) this.toEnd();
  }

  // A last message that is taller than the view shows its beginning.
  toEnd() {
    const list = this.#element;
    list.scrollTop = list.scrollHeight;
    const above = this.#top(this.#last()) - ROOM_FOR_TOOLBAR;
    if (above < 0) list.scrollTop += above;
  }

  editLast() {
    const own = this.#drawn.findLast((each) => each.user === state.userId && !each.is_ephemeral);
    if (own) edit(this.#channel, own, this.#find(own.ts));
  }

  // When the composer below grows, what stood just above it stays in view.
  #resized() {
    const height = this.#element.clientHeight;
    if (this.#height) this.#element.scrollTop += this.#height - height;
    this.#height = height;
  }

  #last() {
    return this.#element.querySelector(".message:last-child");
  }

  #top(message) {
    return message ? message.getBoundingClientRect().top - this.#element.getBoundingClientRect().top : 0;
  }

  #atEnd() {
    return this.#top(this.#last()) < this.#element.clientHeight;
  }

  #find(ts) {
    return [...this.#element.querySelectorAll(".message")].find((each) => each.dataset.ts === ts);
  }

  #draw(message, before) {
    return drawMessage(this.#channel, message, { inThread: this.#options.inThread, compact: follows(message, before) });
  }

  #rows(message, before) {
    const newDay = !this.#options.inThread && dayOf(before?.ts ?? 0) !== dayOf(message.ts);
    const first = this.#options.inThread && this.#options.count && before && this.#drawn[0] === before;
    return [
      newDay ? h("div.day", h("span", dayName(message.ts))) : [],
      first ? h("div.day.count", h("span", this.#options.count())) : [],
      this.#draw(message, before),
    ].flat();
  }

  #walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.target.closest("textarea, select, input, .menu")) return;
    const all = [...this.#element.querySelectorAll(".message")];
    const here = all.indexOf(document.activeElement.closest(".message"));
    const next = here < 0 ? all.at(-1) : all[here + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }
}
