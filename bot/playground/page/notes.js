// What Slack itself would say to one person only. Such a note lives in this page alone.

import { keep } from "./state.js";

export function complain(channelId, text, thread) {
  const ts = (Date.now() / 1000).toFixed(6);
  const escaped = text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  keep(channelId, {
    type: "message",
    ts,
    username: "Slackbot",
    bot_id: "slackbot",
    text: escaped,
    is_ephemeral: true,
    thread_ts: thread,
  });
}
