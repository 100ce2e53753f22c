// A list of messages that stays at its end while it grows: days, followed-on messages, arrows to walk through it.
// Only the newest are drawn; older ones come as one scrolls up to them.

import { fill, h } from "./dom.js";
import { edit } from "./edit.js";
import { authorKey, drawMessage, when } from "./messages.js";
import { state } from "./state.js";
import { language, t } from "./strings.js";

const PAGE = 60; // messages drawn at once
const NEAR = 800; // pixels above the view where older messages are fetched into it
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
  #earlier = h("div.earlier", { "aria-hidden": "true" });
  #all = []; //         the messages that belong here, oldest first
  #from = 0; //         where those that are drawn begin
  #rows = new Map(); // ts → its element
  #channel = null;
  #options = {};
  #height = 0;
  #watcher; // says when one comes near the first message that is drawn

  constructor(element) {
    this.#element = element;
    element.addEventListener("keydown", (event) => this.#walk(event));
    new ResizeObserver(() => this.#resized()).observe(element);
    const seen = (entries) => entries.at(-1).isIntersecting && this.#drawEarlier();
    this.#watcher = new IntersectionObserver(seen, { root: element, rootMargin: `${NEAR}px 0px 0px` });
  }

  // Shows these messages and nothing else. Options: `head` makes what stands before all of them, `count` is said
  // below the first, `newFrom` is the ts of the first unread one, `inThread` leaves out what belongs to channels.
  show(channelId, messages, options = {}) {
    this.#channel = channelId;
    this.#options = options;
    this.#all = [...messages];
    this.#from = Math.max(0, this.#all.length - PAGE);
    this.#rows.clear();
    fill(this.#element, this.#start(), this.#draw(this.#from, this.#all.length));
    this.toEnd();
  }

  // Puts in a message, or draws it anew where it stands already.
  put(message, messages) {
    const atEnd = this.#atEnd();
    const last = this.#all.at(-1);
    if (!last || last.ts < message.ts) {
      this.#all.push(message);
      this.#element.append(...this.#draw(this.#all.length - 1, this.#all.length));
    } else if (!this.#replace(message)) {
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
    const own = this.#all.findLast((each) => each.user === state.userId && !each.is_ephemeral);
    if (own && this.#rows.has(own.ts)) edit(this.#channel, own, this.#rows.get(own.ts));
  }

  #replace(message) {
    const index = this.#all.findIndex((each) => each.ts === message.ts);
    if (index < 0) return false;
    this.#all[index] = message;
    const old = this.#rows.get(message.ts);
    if (!old) return true;
    const hadFocus = old.contains(document.activeElement);
    const drawn = this.#message(index);
    old.replaceWith(drawn);
    if (hadFocus) drawn.focus({ preventScroll: true });
    return true;
  }

  // What stands before the first message that is drawn. Watching anew tells at once if it is in view already.
  #start() {
    this.#watcher.disconnect();
    if (this.#from === 0) return this.#options.head?.();
    this.#watcher.observe(this.#earlier);
    return this.#earlier;
  }

  // What one looks at stays where it is while messages come in above it.
  #drawEarlier() {
    if (!this.#earlier.isConnected) return;
    const to = this.#from;
    this.#from = Math.max(0, to - PAGE);
    const fromEnd = this.#element.scrollHeight - this.#element.scrollTop;
    this.#earlier.replaceWith(...[this.#start(), this.#draw(this.#from, to)].flat().filter(Boolean));
    this.#element.scrollTop = this.#element.scrollHeight - fromEnd;
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

  #message(index) {
    const message = this.#all[index];
    const { inThread, newFrom } = this.#options;
    const compact = message.ts !== newFrom && follows(message, this.#all[index - 1]);
    const drawn = drawMessage(this.#channel, message, { inThread, compact });
    this.#rows.set(message.ts, drawn);
    return drawn;
  }

  #draw(from, to) {
    const { inThread, count, newFrom } = this.#options;
    const rows = [];
    for (let index = from; index < to; index += 1) {
      const [before, { ts }] = [this.#all[index - 1], this.#all[index]];
      if (!inThread && dayOf(before?.ts ?? 0) !== dayOf(ts)) rows.push(h("div.day", h("span", dayName(ts))));
      if (inThread && count && index === 1) rows.push(h("div.day.count", h("span", count())));
      if (ts === newFrom) rows.push(h("div.day.new", h("span", t("newLine"))));
      rows.push(this.#message(index));
    }
    return rows;
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
