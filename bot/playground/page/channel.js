// The conversation in view: its header, its messages, its composer.

import { Composer } from "./composer.js";
import { fill, h, iconButton } from "./dom.js";
import { hasHome, showHome, tabs } from "./home.js";
import { MessageList } from "./message_list.js";
import { ALERT_BOT, ask, channelById, isComplete, isReply, loadMessages, message, on, roots, state } from "./state.js";
import { showPane } from "./panes.js";
import { titleOf } from "./route.js";
import { t } from "./strings.js";
import { toggleTryIt } from "./try_it.js";

const header = document.getElementById("channel-header");
const places = { home: ["home"], messages: ["messages", "composer"] };
const list = new MessageList(document.getElementById("messages"));
const composer = new Composer(document.getElementById("composer"), { editLast: () => list.editLast() });

function drawHeader(channel) {
  fill(
    header,
    iconButton("back", t("backToChannels"), () => showPane("sidebar"), { class: "narrow-only" }),
    h("h1", titleOf(channel), channel.is_im && h("span.app-badge", t("appBadge"))),
    h("span.topic", hasHome(channel) ? tabs(channel) : channel.topic?.value || channel.purpose?.value || ""),
    h("button.button.try-button", { onclick: toggleTryIt }, t("tryIt")),
  );
  document.title = `${titleOf(channel)} · ${state.app.name}`;
}

function beginning(channel) {
  const command = state.app.commands[0]?.command;
  const inChannel = command && t("hintChannel", { command, app: `@${state.app.handle}` });
  const hint = channel.is_im ? t("hintDirect") : inChannel;
  return h("div.beginning", h("h2", t("beginning", { name: titleOf(channel) })), h("p", hint));
}

function drawComposer(channel) {
  const name = titleOf(channel);
  composer.at(channel.id, null, state.asAlertBot ? t("messageAs", { name, bot: ALERT_BOT }) : t("messageTo", { name }));
}

let newFrom = null; // the first message that was new when one came here

async function show() {
  newFrom = state.unreadFrom.get(state.channel) ?? null;
  state.unreadFrom.delete(state.channel);
  const channel = channelById(state.channel);
  drawHeader(channel);
  for (const [tab, ids] of Object.entries(places))
    for (const id of ids) document.getElementById(id).hidden = tab !== state.tab;
  if (state.tab === "home") return showHome();
  if (hasHome(channel)) ask("app.home", { tab: "messages" });
  drawComposer(channel);
  const isAll = isComplete(channel.id);
  if (isAll || roots(channel.id).length) redraw();
  if (isAll) return;
  await loadMessages(channel.id);
  if (state.channel === channel.id) redraw();
}

function redraw() {
  const channel = channelById(state.channel);
  list.show(channel.id, roots(channel.id), { head: () => beginning(channel), newFrom });
}

export function startChannel() {
  on("place", ({ moved }) => {
    if (moved) show();
    else if (state.thread) refresh(state.thread);
    if (!state.thread) showPane("channel");
  });
  on("poster", () => drawComposer(channelById(state.channel)));
  on("fill", (text) => composer.fill(text));
  on("reload", show);
  on("message", ({ channel, message: found }) => {
    if (channel !== state.channel) return;
    if (isReply(found)) refresh(found.thread_ts);
    else list.put(found, roots(channel));
  });
  on("gone", ({ channel, message: gone }) => {
    if (channel !== state.channel) return;
    if (isReply(gone)) refresh(gone.thread_ts);
    else redraw();
  });
}

// The row of replies under a root message follows its thread.
function refresh(ts) {
  const root = message(state.channel, ts);
  if (root) list.put(root, roots(state.channel));
}
