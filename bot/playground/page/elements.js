// What can be pressed in a block: buttons, selects, overflow menus, feedback buttons. `press` tells the app.

import { h, icon, iconButton } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { confirmed } from "./dialog.js";
import { link } from "./inline.js";
import { openMenu } from "./menu.js";
import { t } from "./strings.js";
import { unknown } from "./unknown.js";

const label = (object) => withEmoji(object?.text ?? "");

async function pressing(control, item, press, value) {
  if (item.confirm && !(await confirmed(item.confirm))) return;
  control.disabled = true;
  try {
    await press(item, value);
  } finally {
    control.disabled = false;
  }
}

function button(item, press) {
  const style = item.style === "primary" || item.style === "danger" ? item.style : "";
  const attributes = { class: `button ${style}`, "aria-label": item.accessibility_label };
  if (item.url && /^https?:\/\//i.test(item.url)) {
    // A link button opens its page and tells the app as well, as Slack does.
    const onclick = () => press(item, item.value);
    return h(
      "a",
      { ...attributes, href: item.url, target: "_blank", rel: "noopener noreferrer", onclick },
      label(item.text),
    );
  }
  const onclick = (event) => pressing(event.currentTarget, item, press, item.value);
  return h("button", { ...attributes, onclick }, label(item.text));
}

function staticSelect(item, press) {
  const option = (each) =>
    h("option", { value: each.value, selected: each.value === item.initial_option?.value }, label(each.text));
  const groups = (item.option_groups ?? []).map((group) =>
    h("optgroup", { label: label(group.label) }, group.options.map(option)),
  );
  const name = label(item.placeholder) || t("choose");
  const first = item.initial_option ? null : h("option", { value: "", disabled: true, selected: true }, name);
  const onchange = (event) => pressing(event.currentTarget, item, press, event.currentTarget.value);
  return h("select.select", { "aria-label": name, onchange }, first, (item.options ?? []).map(option), groups);
}

function overflow(item, press) {
  const open = (event) => {
    const control = event.currentTarget;
    openMenu(
      control,
      item.options.map((each) => ({
        label: label(each.text),
        action: () => pressing(control, item, press, each.value),
      })),
    );
  };
  return iconButton("more", t("more"), open);
}

function feedback(item, press) {
  const one = (name, each) =>
    each &&
    iconButton(name, each.accessibility_label || label(each.text), (event) =>
      pressing(event.currentTarget, item, press, each.value),
    );
  return h("span.feedback", one("up", item.positive_button), one("down", item.negative_button));
}

// The page loads nothing from other servers; their images stand as their description, with a link.
function image(item) {
  const url = item.image_url ?? item.slack_file?.url ?? "";
  const words = item.alt_text || t("image");
  if (new URL(url, location.href).origin !== location.origin) return h("span.no-image", link(url, words));
  return h("img", { src: url, alt: item.alt_text ?? "" });
}

const iconButtonElement = (item, press) =>
  h(
    "button.button",
    { onclick: (event) => pressing(event.currentTarget, item, press, item.value) },
    icon("bolt"),
    label(item.text),
  );

const KINDS = {
  button,
  image,
  overflow,
  workflow_button: button,
  static_select: staticSelect,
  feedback_buttons: feedback,
  icon_button: iconButtonElement,
};

export const blockElement = (item, press) =>
  Object.hasOwn(KINDS, item?.type) ? KINDS[item.type](item, press) : unknown(item);
