// What the page knows: who looks, the conversations, their messages. Whoever draws listens with `on`.

import { call, installedApp } from "./api.js";
import { locale } from "./strings.js";

export const ALERT_BOT = "mailwatch";

const person =
  new URLSearchParams(location.search)
    .get("as")
    ?.toLowerCase()
    .replace(/[^a-z0-9._-]/g, "") || "ada";

export const state = {
  person, //            the name of the person who looks
  userId: null,
  asAlertBot: false, // the composer posts as the alert bot
  app: { name: "", handle: "", user_id: null, commands: [], shortcuts: [] },
  connected: false, //  the app's socket
  channels: [],
  channel: null, //     the conversation in view
  thread: null, //      the ts of the thread in view
  tab: "messages", //   in the app's conversation, or "home"
  unread: new Map(), // channel id → number of new messages
  unreadFrom: new Map(), // channel id → the ts of the first of them
  freshThreads: new Set(),
};

const bus = new EventTarget();
export const on = (name, listener) => bus.addEventListener(name, (event) => listener(event.detail));
export const tell = (name, detail) => bus.dispatchEvent(new CustomEvent(name, { detail }));

export const token = `xoxp-${person}`;
export const ask = (method, values) => call(method, token, values);
export const askAsAlertBot = (method, values) => call(method, `xoxb-${ALERT_BOT}`, values);

// All messages of a channel by ts: its root messages and what is known of its threads.
const messages = new Map();

const known = (channelId) => {
  if (!messages.has(channelId)) messages.set(channelId, new Map());
  return messages.get(channelId);
};
const byTime = (a, b) => (a.ts < b.ts ? -1 : a.ts > b.ts ? 1 : 0);

export const isReply = (message) =>
  Boolean(message.thread_ts) && message.thread_ts !== message.ts && message.subtype !== "thread_broadcast";

export const message = (channelId, ts) => known(channelId).get(ts);
export const roots = (channelId) => [...known(channelId).values()].filter((each) => !isReply(each)).sort(byTime);
export const replies = (channelId, ts) =>
  [...known(channelId).values()].filter((each) => isReply(each) && each.thread_ts === ts).sort(byTime);
export const channelById = (id) => state.channels.find((channel) => channel.id === id);

export function keep(channelId, found) {
  known(channelId).set(found.ts, found);
  tell("message", { channel: channelId, message: found });
}

export function forget(channelId, ts) {
  const gone = known(channelId).get(ts);
  known(channelId).delete(ts);
  if (gone) tell("gone", { channel: channelId, message: gone });
}

export async function loadApp() {
  const [app, self] = await Promise.all([installedApp(), ask("auth.test")]);
  state.app = app;
  state.connected = app.connected;
  state.userId = self.user_id;
  if (locale) await ask("playground.locale", { locale });
}

export async function loadChannels() {
  const [direct, { channels }] = await Promise.all([
    ask("conversations.open", { users: state.app.user_id }).catch(() => null),
    ask("conversations.list", { types: "public_channel,private_channel" }),
  ]);
  const app = direct ? [{ ...direct.channel, is_im: true, name: state.app.name }] : [];
  state.channels = [...channels, ...app];
  tell("channels");
}

export async function loadMessages(channelId) {
  const { messages: found } = await ask("conversations.history", { channel: channelId, limit: 1000 });
  for (const each of found) known(channelId).set(each.ts, each);
}

export async function loadThread(channelId, ts) {
  const { messages: found } = await ask("conversations.replies", { channel: channelId, ts, limit: 1000 });
  for (const each of found) known(channelId).set(each.ts, each);
}

export function forgetMessages() {
  messages.clear();
}
