// Changes one's own message in place.

import { fill, h } from "./dom.js";
import { asTyped } from "./mrkdwn.js";
import { complain } from "./notes.js";
import { grow } from "./composer.js";
import { ask, keep } from "./state.js";
import { t } from "./strings.js";

export function edit(channelId, message, element) {
  const box = h("textarea", { "aria-label": t("edit"), rows: "1" });
  box.value = asTyped(message.text);
  const composer = element.closest("main, aside").querySelector(".composer textarea");
  const stop = () => {
    keep(channelId, message);
    composer.focus();
  };
  const save = async () => {
    try {
      await ask("chat.update", { channel: channelId, ts: message.ts, text: box.value });
      composer.focus();
    } catch (error) {
      stop();
      complain(channelId, t("callFailed", { error: error.message }), message.thread_ts);
    }
  };
  box.addEventListener("input", () => grow(box));
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.preventDefault();
      stop();
    }
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    save();
  });
  const buttons = h(
    "div",
    { class: "actions" },
    h("button.button", { onclick: stop }, t("cancel")),
    h("button.button.primary", { onclick: save }, t("save")),
  );
  fill(element.querySelector(".content"), h("div.editing", box, buttons));
  grow(box);
  box.focus();
}
