// Windows over the page: a message's JSON, a view that the app opened, a button's question.

import { h, iconButton } from "./dom.js";
import { t } from "./strings.js";

function show(title, body, footer) {
  const dialog = h(
    "dialog",
    { "aria-label": title },
    h(
      "header.bar",
      h("h2", title),
      iconButton("close", t("close"), () => dialog.close()),
    ),
    h("div.dialog-body", body),
    footer && h("footer", footer),
  );
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

export function showJson(title, value) {
  const text = JSON.stringify(value, null, 2);
  const copy = h("button.button", { onclick: () => navigator.clipboard.writeText(text) }, t("copy"));
  show(title, h("pre", { tabindex: "0" }, text), copy);
}

export function showView(view, content) {
  const close = h("button.button", { onclick: () => dialog.close() }, view.close?.text ?? t("close"));
  const dialog = show(view.title?.text ?? "", content, close);
}

// Resolves to whether the person said yes, as a button's `confirm` object asks.
export function confirmed({ title, text, confirm, deny, style }) {
  return new Promise((resolve) => {
    const yes = h(
      style === "danger" ? "button.button.danger" : "button.button.primary",
      { onclick: () => answer(true) },
      confirm?.text ?? t("yes"),
    );
    const no = h("button.button", { onclick: () => answer(false) }, deny?.text ?? t("cancel"));
    const dialog = show(title?.text ?? "", h("p", text?.text ?? ""), [no, yes]);
    dialog.addEventListener("close", () => resolve(false));
    const answer = (value) => {
      resolve(value);
      dialog.close();
    };
  });
}
