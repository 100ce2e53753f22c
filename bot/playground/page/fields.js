// What is filled in or chosen: text boxes, menus, choices, dates. With `press`, the app hears of each change.

import { h } from "./dom.js";
import { label, pressing } from "./pressing.js";
import { state } from "./state.js";
import { t } from "./strings.js";

// Marks an element as the one that holds a value, so that `values` finds it.
function field(tag, item, press, attributes, ...children) {
  const onchange = (event) => pressing(event.currentTarget, item, press, valueOf(event.currentTarget));
  const own = { "data-action": item.action_id, onchange: press ? onchange : null };
  const autofocus = Boolean(item.focus_on_load);
  return h(tag, { ...own, autofocus, ...attributes }, children);
}

const placeholder = (item) => (item.placeholder ? label(item.placeholder) : null);

function textInput(item, press) {
  const limits = { minlength: item.min_length, maxlength: item.max_length, placeholder: placeholder(item) };
  const attributes = { ...limits, "aria-label": placeholder(item), spellcheck: "false" };
  if (!item.multiline) return field("input.input", item, press, { ...attributes, value: item.initial_value });
  return field("textarea.input", item, press, { ...attributes, rows: 4 }, item.initial_value ?? "");
}

const typedInput = (type) => (item, press) =>
  field("input.input", item, press, {
    type,
    value: item.initial_value ?? item.initial_date ?? item.initial_time,
    min: item.min_value,
    max: item.max_value,
    step: type === "number" && item.is_decimal_allowed ? "any" : null,
    placeholder: placeholder(item),
    "aria-label": placeholder(item),
  });

const isChosen = (item, value) =>
  [item.initial_option, ...(item.initial_options ?? [])].some((each) => each?.value === value);

const option = (item) => (each) =>
  h("option", { value: each.value, selected: isChosen(item, each.value) }, label(each.text));

const options = (item) => [
  (item.options ?? []).map(option(item)),
  (item.option_groups ?? []).map((group) =>
    h("optgroup", { label: label(group.label) }, group.options.map(option(item))),
  ),
];

function menu(item, press, choices, initial) {
  const name = label(item.placeholder) || t("choose");
  const none = initial ? null : h("option", { value: "", selected: true }, name);
  return field("select.select", item, press, { "aria-label": name }, none, choices);
}

const staticSelect = (item, press) => menu(item, press, options(item), item.initial_option);

const multiSelect = (item, press) =>
  field("select.input", item, press, { multiple: true, "aria-label": placeholder(item) ?? t("choose") }, options(item));

function channelSelect(item, press) {
  const initial = item.initial_channel ?? item.initial_conversation;
  const choices = state.channels.map((channel) =>
    h("option", { value: channel.id, selected: channel.id === initial }, channel.name),
  );
  return menu(item, press, choices, initial);
}

const choices = (type) => (item, press) =>
  field(
    "div.choices",
    item,
    press,
    { "data-many": type === "checkbox" },
    item.options.map((each) =>
      h(
        "label",
        h("input", { type, name: item.action_id, value: each.value, checked: isChosen(item, each.value) }),
        h("span", label(each.text), each.description && h("small", label(each.description))),
      ),
    ),
  );

export const FIELDS = {
  plain_text_input: textInput,
  email_text_input: typedInput("email"),
  url_text_input: typedInput("url"),
  number_input: typedInput("number"),
  datepicker: typedInput("date"),
  timepicker: typedInput("time"),
  datetimepicker: typedInput("datetime-local"),
  static_select: staticSelect,
  multi_static_select: multiSelect,
  channels_select: channelSelect,
  conversations_select: channelSelect,
  checkboxes: choices("checkbox"),
  radio_buttons: choices("radio"),
};

function valueOf(element) {
  if (element.classList.contains("choices")) {
    const checked = [...element.querySelectorAll(":checked")].map((each) => each.value);
    return "many" in element.dataset ? checked : (checked[0] ?? "");
  }
  if (element.multiple) return [...element.selectedOptions].map((each) => each.value);
  if (element.type === "datetime-local") return element.value && Math.floor(new Date(element.value) / 1000);
  return element.value;
}

// All that is filled in, by block and action, as the playground's view.submit takes it.
export function values(root) {
  const found = {};
  for (const element of root.querySelectorAll("[data-action]")) {
    const block = element.closest("[data-block]")?.dataset.block;
    if (block) (found[block] ??= {})[element.dataset.action] = valueOf(element);
  }
  return found;
}

// Text that was typed before the app changed its window, put back into the fields that are still there.
export function restore(root, before) {
  for (const element of root.querySelectorAll("input.input, textarea.input")) {
    const value = before[element.closest("[data-block]")?.dataset.block]?.[element.dataset.action];
    if (value) element.value = value;
  }
}
