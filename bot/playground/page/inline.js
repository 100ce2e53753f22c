// The small things inside a line: links, mentions, channels. Used by mrkdwn, rich text and Markdown alike.

import { h } from "./dom.js";
import { nameOf } from "./people.js";
import { channelById, state } from "./state.js";

// Only such addresses become links: a `javascript:` one stays text.
export const isAddress = (url) => /^(https?:\/\/|mailto:|tel:)/i.test(url);

export function link(url, ...label) {
  if (!isAddress(url)) return h("span", label);
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, label);
}

export function mention(userId) {
  const element = h("span", { class: userId === state.userId ? "mention me" : "mention" }, `@${userId}`);
  nameOf(userId).then((name) => (element.textContent = `@${name}`));
  return element;
}

export const broadcast = (range) => h("span.mention.me", `@${range}`);

export function channelLink(id, label) {
  const name = channelById(id)?.name ?? label ?? id;
  return channelById(id) ? h("a.mention", { href: `#/${name}` }, `#${name}`) : h("span.mention", `#${name}`);
}

export function date(timestamp, fallback) {
  const when = new Date(Number(timestamp) * 1000);
  if (Number.isNaN(when.getTime())) return h("span", fallback ?? String(timestamp));
  return h("time", { datetime: when.toISOString(), title: fallback }, when.toLocaleString());
}
