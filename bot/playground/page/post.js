// Sends what was typed: a slash command to the app, all else as a message of the person or of the alert bot.

import { complain } from "./notes.js";
import { ask, askAsAlertBot, state } from "./state.js";
import { t } from "./strings.js";

export async function post(channel, thread, text) {
  try {
    if (state.asAlertBot) await askAsAlertBot("chat.postMessage", { channel, text, thread_ts: thread ?? undefined });
    else if (text.startsWith("/")) await runCommand(channel, thread, text);
    else await ask("chat.postMessage", { channel, text, thread_ts: thread ?? undefined });
  } catch (error) {
    complain(channel, t("callFailed", { error: error.message }), thread ?? undefined);
  }
}

async function runCommand(channel, thread, typed) {
  const [, command, text] = /^(\/\S*)\s*([\s\S]*)$/.exec(typed);
  if (!state.app.commands.some((each) => each.command === command)) {
    complain(channel, t("notACommand", { command }), thread ?? undefined);
  } else if (thread) {
    complain(channel, t("notInThreads", { command }), thread);
  } else {
    await ask("chat.command", { channel, command, text }).catch((error) =>
      complain(channel, t("commandFailed", { command, error: error.message })),
    );
  }
}
