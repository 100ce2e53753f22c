// What can be done with a message: the app’s shortcuts on it, its link, its JSON; edit and delete where it is ours.

import { confirmed, showJson } from "./dialog.js";
import { edit } from "./edit.js";
import { complain } from "./notes.js";
import { addressOf } from "./route.js";
import { ALERT_BOT, ask, askAsAlertBot, state } from "./state.js";
import { t } from "./strings.js";

const plain = (key) => ({ type: "plain_text", text: t(key) });
const DELETING = { title: plain("remove"), text: plain("sureToRemove"), confirm: plain("delete"), style: "danger" };

export function messageMenu(channelId, message, element) {
  const tried = async (work) => {
    try {
      await work;
    } catch (error) {
      complain(channelId, t("callFailed", { error: error.message }), message.thread_ts);
    }
  };
  const place = { channel: channelId, ts: message.ts };
  const shortcut = ({ name, callback_id }) => ({
    label: name,
    hint: state.app.name,
    action: () => tried(ask("message.shortcut", { ...place, callback_id })),
  });
  const mine = message.user === state.userId && !message.is_ephemeral && message.subtype !== "tombstone";
  const alert = message.bot_id && message.username === ALERT_BOT;
  const link = new URL(addressOf(channelId, message.thread_ts ?? message.ts), location.href).href;
  // Slack offers shortcuts on every message but the ephemeral ones.
  return [
    ...(message.is_ephemeral ? [] : state.app.shortcuts.map(shortcut)),
    ...(message.is_ephemeral || !state.app.shortcuts.length ? [] : ["-"]),
    mine && { label: t("edit"), action: () => edit(channelId, message, element) },
    !message.is_ephemeral && { label: t("copyLink"), action: () => navigator.clipboard.writeText(link) },
    { label: t("asJson"), action: () => showJson(t("asJson"), message) },
    (mine || alert) && {
      label: t("remove"),
      danger: true,
      action: async () => {
        if (await confirmed(DELETING)) tried((mine ? ask : askAsAlertBot)("chat.delete", place));
      },
    },
  ].filter(Boolean);
}
