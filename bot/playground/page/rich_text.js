// The `rich_text` block → elements. Its text is literal: nothing in it is read as mrkdwn.

import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { broadcast, channelLink, date, link, mention } from "./inline.js";
import { unknown } from "./unknown.js";

const STYLES = { code: "code", bold: "b", italic: "i", strike: "s", underline: "u" };

function styled(style, ...children) {
  return Object.entries(STYLES).reduce((inner, [name, tag]) => (style?.[name] ? [h(tag, {}, inner)] : inner), children);
}

const drawn = (kinds, item) => (Object.hasOwn(kinds, item?.type) ? kinds[item.type](item) : unknown(item));

const INLINE = {
  text: (item) => item.text,
  link: (item) => link(item.url, item.text || item.url),
  user: (item) => mention(item.user_id),
  channel: (item) => channelLink(item.channel_id),
  emoji: (item) => emoji(item.name, item.unicode),
  broadcast: (item) => broadcast(item.range),
  usergroup: (item) => broadcast(item.usergroup_id),
  date: (item) => date(item.timestamp, item.fallback),
  color: (item) => item.value,
};

const inline = (items) => (items ?? []).map((item) => styled(item.style, drawn(INLINE, item)));

function list(item) {
  const isOrdered = item.style === "ordered";
  return h(
    isOrdered ? "ol" : "ul",
    { class: `indent-${Math.min(item.indent ?? 0, 4)}`, start: isOrdered ? (item.offset ?? 0) + 1 : null },
    item.elements.map((each) => h("li", inline(each.elements))),
  );
}

const PARTS = {
  rich_text_section: (item) => h("div.rich-section", inline(item.elements)),
  rich_text_preformatted: (item) => h("pre", inline(item.elements)),
  rich_text_quote: (item) => h("blockquote", inline(item.elements)),
  rich_text_list: list,
};

export const richText = (block) => (block.elements ?? []).map((item) => drawn(PARTS, item));
