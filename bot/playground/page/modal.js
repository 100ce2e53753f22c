// The app's modals: opened and changed by the app, filled in and submitted by the person, one above the other.

import { blocks } from "./blocks.js";
import { openDialog } from "./dialog.js";
import { fill, h } from "./dom.js";
import { restore, values } from "./fields.js";
import { ask } from "./state.js";
import { t } from "./strings.js";

const windows = new Map(); // view id → its dialog

// Tells the app of a press in one of its views, with all that is filled in there.
export const presserIn = (view, root, failed) => async (item, value) => {
  try {
    await ask("block.actions", { view_id: view.id, action_id: item.action_id, value, values: values(root()) });
  } catch (error) {
    failed(t("callFailed", { error: error.message }));
  }
};

export function openView(view) {
  const dialog = openDialog(view.title?.text ?? "", [], h("div"), () => {
    ask("view.close", { view_id: view.id, values: values(dialog) }).catch(() => {});
  });
  dialog.classList.add("modal");
  dialog.addEventListener("close", () => windows.delete(view.id));
  windows.set(view.id, dialog);
  draw(dialog, view);
  dialog.querySelector("[autofocus], .dialog-body :is(input, textarea, select)")?.focus();
}

export function updateView(view) {
  const dialog = windows.get(view.id);
  if (!dialog) return;
  const before = values(dialog);
  draw(dialog, view);
  restore(dialog, before);
}

function draw(dialog, view) {
  const says = (text) => fill(notice, text && h("div.field-error", { role: "alert" }, text));
  const notice = h("div");
  const form = h(
    "form",
    { id: `form-${view.id}`, novalidate: true },
    notice,
    blocks(
      view.blocks,
      presserIn(view, () => dialog, says),
    ),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(dialog, view, says);
  });
  dialog.setAttribute("aria-label", view.title?.text ?? "");
  dialog.querySelector("h2").textContent = view.title?.text ?? "";
  fill(dialog.querySelector(".dialog-body"), form);
  fill(dialog.querySelector("footer"), closeButton(dialog, view), view.submit && submitButton(view));
}

const closeButton = (dialog, view) =>
  h(
    "button.button",
    { onclick: () => dialog.querySelector(".icon-button").click() },
    view.close?.text ?? t(view.submit ? "cancel" : "close"),
  );

function submitButton(view) {
  const button = h("button.button.primary", { form: `form-${view.id}` }, view.submit.text);
  button.type = "submit";
  return button;
}

async function submit(dialog, view, says) {
  const button = dialog.querySelector("footer .primary");
  button.disabled = true;
  try {
    const answer = await ask("view.submit", { view_id: view.id, values: values(dialog) });
    says("");
    showErrors(dialog, answer.errors ?? {});
    if (answer.response_action === "close") dialog.close();
    if (answer.response_action === "clear") for (const each of [...windows.values()]) each.close();
  } catch (error) {
    says(t("callFailed", { error: error.message }));
  } finally {
    button.disabled = false;
  }
}

function showErrors(dialog, errors) {
  for (const old of dialog.querySelectorAll(".input-block .field-error")) old.remove();
  for (const control of dialog.querySelectorAll("[aria-invalid]")) control.removeAttribute("aria-invalid");
  for (const block of dialog.querySelectorAll(".input-block")) {
    const text = errors[block.dataset.block];
    if (!text) continue;
    block.append(h("div.field-error", { role: "alert" }, text));
    block.querySelector("[data-action]")?.setAttribute("aria-invalid", "true");
  }
  dialog.querySelector("[aria-invalid]")?.focus();
}
