// Block Kit → elements, close to Slack's look. A kind that is not here becomes a note with its JSON.

import { blockElement } from "./elements.js";
import { h } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { markdown } from "./markdown.js";
import { mrkdwn } from "./mrkdwn.js";
import { richText } from "./rich_text.js";
import { t } from "./strings.js";
import { unknown } from "./unknown.js";

export const textObject = (object) =>
  object?.type === "mrkdwn"
    ? mrkdwn(object.text)
    : [object?.emoji === false ? object.text : withEmoji(object?.text ?? "")];

function section(block, press) {
  return h(
    "div",
    { class: "block section" },
    h(
      "div",
      { class: "section-text" },
      block.text && h("div.text", textObject(block.text)),
      block.fields &&
        h(
          "div.fields",
          block.fields.map((field) => h("div.text", textObject(field))),
        ),
    ),
    block.accessory && h("div.accessory", blockElement(block.accessory, press)),
  );
}

const context = (block, press) =>
  h(
    "div",
    { class: "block context" },
    block.elements.map((item) =>
      item.type === "image" ? blockElement(item, press) : h("span.text", textObject(item)),
    ),
  );

const actions = (block, press) =>
  h(
    "div.block.actions",
    (block.elements ?? []).map((item) => blockElement(item, press)),
  );

function image(block, press) {
  return h(
    "figure",
    { class: "block picture" },
    block.title && h("figcaption", textObject(block.title)),
    blockElement({ ...block, type: "image" }, press),
  );
}

function table(block) {
  const align = (column) => `align-${block.column_settings?.[column]?.align ?? "left"}`;
  const content = (cell) => (cell?.type === "rich_text" ? richText(cell) : String(cell?.text ?? cell?.value ?? ""));
  const row = (tag) => (cells) =>
    h(
      "tr",
      cells.map((cell, column) => h(tag, { class: align(column), scope: tag === "th" ? "col" : null }, content(cell))),
    );
  const [head, ...rest] = block.rows ?? [];
  return h(
    "div.block.table",
    { tabindex: "0" },
    h("table", h("thead", head && row("th")(head)), h("tbody", rest.map(row("td")))),
  );
}

function container(block, press) {
  const title = [
    block.icon && blockElement(block.icon, press),
    h("span.container-title", block.rich_text_title ? richText(block.rich_text_title) : textObject(block.title)),
    block.subtitle && h("span.container-subtitle", textObject(block.subtitle)),
  ];
  const children = h("div.container-body", blocks(block.child_blocks, press));
  return block.is_collapsible
    ? h("details.block.container", { open: !block.default_collapsed }, h("summary", title), children)
    : h("div.block.container", h("div.container-head", title), children);
}

function card(block, press) {
  return h(
    "div",
    { class: "block container card" },
    block.hero_image && blockElement(block.hero_image, press),
    block.title && h("div.container-title", textObject(block.title)),
    block.subtitle && h("div.container-subtitle", textObject(block.subtitle)),
    block.body && h("div.text", textObject(block.body)),
    block.actions && actions({ elements: block.actions }, press),
  );
}

// A field with its label; a group of choices is named by a legend.
function input(block, press) {
  const isGroup = ["checkboxes", "radio_buttons"].includes(block.element?.type);
  const name = [textObject(block.label), block.optional && h("small", ` ${t("optional")}`)];
  const control = blockElement(block.element, block.dispatch_action ? press : null);
  control.id = `field-${block.block_id}`;
  if (!isGroup) control.removeAttribute("aria-label");
  return h(
    isGroup ? "fieldset.block.input-block" : "div.block.input-block",
    isGroup ? h("legend", name) : h("label.name", { for: control.id }, name),
    control,
    block.hint && h("div.hint", textObject(block.hint)),
  );
}

const KINDS = {
  section,
  input,
  context,
  actions,
  context_actions: (block, press) => h("div.block.context-actions", block.elements.map((item) => blockElement(item, press))),
  image,
  table,
  container,
  card,
  header: (block) => h("h3.block.header", textObject(block.text)),
  divider: () => h("hr.block.divider"),
  rich_text: (block) => h("div.block.rich-text.text", richText(block)),
  markdown: (block) => h("div.block.markdown.text", markdown(block.text)),
  alert: (block) => h("div", { class: `block alert ${block.level ?? "default"}` }, h("span", textObject(block.text))),
};

// A block that is so wrong that it cannot be drawn is shown as it is, not the end of the page.
function drawn(block, press) {
  try {
    const element = Object.hasOwn(KINDS, block.type) ? KINDS[block.type](block, press) : unknown(block);
    if (block.block_id) element.dataset.block = block.block_id;
    return element;
  } catch {
    return unknown(block);
  }
}

export const blocks = (list, press) => (list ?? []).map((block) => drawn(block, press));
