// The thread in the pane on the right: its parent, its replies, and a composer of its own.

import { Composer } from "./composer.js";
import { h, iconButton } from "./dom.js";
import { MessageList } from "./message_list.js";
import { closeSide, openSide, sideKind } from "./panes.js";
import { go, titleOf } from "./route.js";
import { channelById, isComplete, isReply, loadThread, message, on, replies, state } from "./state.js";
import { t } from "./strings.js";

const element = h("div.messages", { role: "log", tabindex: "0", "aria-label": t("thread") });
const box = h("div.composer");
const list = new MessageList(element);
const composer = new Composer(box, { editLast: () => list.editLast() });

const inView = () => [message(state.channel, state.thread), ...replies(state.channel, state.thread)].filter(Boolean);

function count() {
  const shown = replies(state.channel, state.thread).length;
  return shown === 1 ? t("oneReply") : t("manyReplies", { n: shown });
}

function redraw() {
  list.show(state.channel, inView(), { inThread: true, count });
}

async function show() {
  const { channel, thread } = state;
  const close = iconButton("close", t("close"), () => go(channel));
  openSide("thread", t("thread"), [h("span.topic", titleOf(channelById(channel))), close], [element, box]);
  composer.at(channel, thread, t("replyTo"));
  if (!isComplete(channel)) await loadThread(channel, thread).catch(() => {});
  if (state.thread !== thread) return;
  redraw();
  composer.focus();
}

export function startThread() {
  on("place", () => {
    if (state.thread) show();
    else if (sideKind() === "thread") closeSide();
  });
  on("reload", () => state.thread && show());
  on("message", ({ channel, message: found }) => {
    if (channel !== state.channel || !state.thread) return;
    if (isReply(found) ? found.thread_ts !== state.thread : found.ts !== state.thread) return;
    const drawn = element.querySelectorAll(".message").length;
    list.put(found, inView());
    if (element.querySelectorAll(".message").length !== drawn)
      element.querySelector(".count span")?.replaceChildren(count());
  });
  on("gone", ({ channel, message: gone }) => {
    if (channel === state.channel && (gone.thread_ts === state.thread || gone.ts === state.thread)) redraw();
  });
}
