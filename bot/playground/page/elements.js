// What stands inside blocks: buttons, overflow menus, feedback buttons, images, and all fields. `press` tells the app.

import { h, icon, iconButton } from "./dom.js";
import { FIELDS } from "./fields.js";
import { link } from "./inline.js";
import { openMenu } from "./menu.js";
import { label, pressing } from "./pressing.js";
import { t } from "./strings.js";
import { unknown } from "./unknown.js";

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

// The thumb that was pressed stays marked, as Slack shows it.
function feedback(item, press) {
  const choose = async (event, value) => {
    const chosen = event.currentTarget;
    await pressing(chosen, item, press, value);
    for (const each of group.children) each.setAttribute("aria-pressed", String(each === chosen));
  };
  const one = (name, each) =>
    each &&
    iconButton(name, each.accessibility_label || label(each.text), (event) => choose(event, each.value), {
      "aria-pressed": "false",
    });
  const group = h("span.feedback", one("up", item.positive_button), one("down", item.negative_button));
  return group;
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
  ...FIELDS,
  button,
  image,
  overflow,
  workflow_button: button,
  feedback_buttons: feedback,
  icon_button: iconButtonElement,
};

export const blockElement = (item, press) =>
  Object.hasOwn(KINDS, item?.type) ? KINDS[item.type](item, press) : unknown(item);
