// Legacy attachments, as alert bots still send them: colour bar, pretext, title, text, fields, footer, fallback.

import { blocks } from "./blocks.js";
import { h } from "./dom.js";
import { link } from "./inline.js";
import { mrkdwn } from "./mrkdwn.js";

const NAMED = { good: "#2eb67d", warning: "#ecb22e", danger: "#e01e5a" };

function colour(value) {
  if (!value) return null;
  return NAMED[value] ?? (/^#?[0-9a-f]{3,6}$/i.test(value) ? `#${value.replace("#", "")}` : null);
}

const field = (each) =>
  h(
    "div",
    { class: each.short ? "field short" : "field" },
    h("b", each.title ?? ""),
    h("div.text", mrkdwn(String(each.value ?? ""))),
  );

function attachment(item, press) {
  const title = item.title && h("b.attachment-title", item.title_link ? link(item.title_link, item.title) : item.title);
  const shown = [
    item.author_name && h("div.attachment-author", item.author_name),
    title,
    item.text && h("div.text", mrkdwn(item.text)),
    item.fields?.length && h("div.attachment-fields", item.fields.map(field)),
    blocks(item.blocks, press),
    item.footer && h("div.attachment-footer", item.footer),
  ]
    .flat()
    .filter(Boolean);
  const body = h("div.attachment", shown.length ? shown : h("div.text", mrkdwn(item.fallback ?? "")));
  const bar = colour(item.color);
  if (bar) body.style.borderInlineStartColor = bar;
  return [item.pretext && h("div.text", mrkdwn(item.pretext)), body];
}

export const attachments = (list, press) => (list ?? []).map((item) => attachment(item, press));
