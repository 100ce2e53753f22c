// Starts the page: shows the place in the address, then listens to what happens in the workspace.

import { startChannel } from "./channel.js";
import { startHome } from "./home.js";
import { openView, updateView } from "./modal.js";
import { followAddress } from "./route.js";
import { startSidebar } from "./sidebar.js";
import {
  first,
  forget,
  forgetMessages,
  isReply,
  keep,
  loadApp,
  loadChannels,
  message,
  state,
  tell,
  tellLocale,
  token,
} from "./state.js";
import { listen } from "./stream.js";
import { t, translatePage } from "./strings.js";
import { startThread } from "./thread.js";
import { openTryIt } from "./try_it.js";

const status = document.getElementById("status");

function setConnected(connected) {
  state.connected = connected;
  tell("bot");
}

function arrived(channel, found) {
  const isNew = !message(channel, found.ts);
  const inThread = isReply(found);
  if (isNew && inThread && !(channel === state.channel && found.thread_ts === state.thread))
    state.freshThreads.add(found.thread_ts);
  keep(channel, found);
  if (!isNew || found.user === state.userId || channel === state.channel) return;
  state.unread.set(channel, (state.unread.get(channel) ?? 0) + 1);
  if (!state.unreadFrom.has(channel)) state.unreadFrom.set(channel, found.ts);
  tell("unread");
}

function happened(event) {
  switch (event.type) {
    case "message":
      return arrived(event.channel, event.message);
    case "message_changed":
    case "message_replied":
      return keep(event.channel, event.message);
    case "message_deleted":
      return forget(event.channel, event.message.deleted_ts ?? event.message.ts);
    case "bot":
      return event.version ? began(event) : setConnected(event.connected);
    case "view_opened":
      return openView(event.view);
    case "view_updated":
      return updateView(event.view);
    case "view_published":
      return tell("home", event.view);
    default:
      return undefined;
  }
}

// Between the page and its first live update something may have happened, and after a lost connection the
// playground may be another one: then everything is read again.
let version = first.version;

async function began({ connected, version: now }) {
  setConnected(connected);
  if (now === version) return;
  version = now;
  await loadApp();
  await loadChannels();
  forgetMessages();
  tell("reload");
}

function start() {
  translatePage();
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    document.querySelector("#composer textarea").focus();
  });
  startSidebar();
  startChannel();
  startThread();
  startHome();
  followAddress();
  if (!state.thread && innerWidth > 1100) openTryIt();
  tellLocale();
  listen(token, {
    happened,
    opened: () => status.classList.remove("shown"),
    lost: () => {
      status.textContent = t("offline");
      status.classList.add("shown");
      setConnected(false);
    },
  });
}

start();
