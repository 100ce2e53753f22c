// Windows over the page: a message's JSON, a question, a name to type.

import { h, iconButton } from "./dom.js";
import { t } from "./strings.js";

// Opens a window; `dismissed` is told when the person closes it by its cross, Escape or a click beside it.
export function openDialog(title, body, footer, dismissed = () => {}) {
  const dismiss = () => {
    dialog.close();
    dismissed();
  };
  const dialog = h(
    "dialog",
    { "aria-label": title },
    h("header.bar", h("h2", title), iconButton("close", t("close"), dismiss)),
    h("div.dialog-body", body),
    footer && h("footer", footer),
  );
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    dismiss();
  });
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => event.target === dialog && dismiss());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

export function showJson(title, value) {
  const text = JSON.stringify(value, null, 2);
  const copy = h("button.button", { onclick: () => navigator.clipboard.writeText(text) }, t("copy"));
  openDialog(title, h("pre", { tabindex: "0" }, text), copy);
}

// Resolves to whether the person said yes, as a button's `confirm` object asks.
export function confirmed({ title, text, confirm, deny, style }) {
  return new Promise((resolve) => {
    const answer = (value) => {
      resolve(value);
      dialog.close();
    };
    const kind = style === "danger" ? "button.button.danger" : "button.button.primary";
    const yes = h(kind, { onclick: () => answer(true), autofocus: true }, confirm?.text ?? t("yes"));
    const no = h("button.button", { onclick: () => answer(false) }, deny?.text ?? t("cancel"));
    const dialog = openDialog(title?.text ?? "", h("p", text?.text ?? ""), [no, yes], () => resolve(false));
  });
}

// Resolves to what the person typed, or to nothing.
export function asked(title, name) {
  return new Promise((resolve) => {
    const box = h("input.input", { id: "asked", autocomplete: "off", autofocus: true });
    const form = h("form", { id: "asking" }, h("label", { for: "asked" }, name), box);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      resolve(box.value.trim());
      dialog.close();
    });
    const go = h("button.button.primary", { form: "asking" }, t("continue"));
    go.type = "submit";
    const dialog = openDialog(title, form, go, () => resolve(""));
  });
}
