// What the page knows: who looks, the conversations, their messages. Whoever draws listens with `on`.

import { call, installedApp } from "./api.js";
import { locale } from "./strings.js";

export const ALERT_BOT = "mailwatch";

// What the playground wrote into the page itself, so that it is drawn before anything is asked.
export const first = JSON.parse(document.getElementById("first").textContent);
const { person } = first;

export const state = {
  person, //            the name of the person who looks
  userId: first.user_id,
  asAlertBot: false, // the composer posts as the alert bot
  app: first.app,
  connected: first.app.connected, // the app's socket
  channels: first.channels.map((channel) => (channel.is_im ? { ...channel, name: first.app.name } : channel)),
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
// The channels whose messages we have; what comes later we hear of.
const complete = new Set();

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

for (const [channelId, { messages: found, all }] of Object.entries(first.messages)) {
  for (const each of found) known(channelId).set(each.ts, each);
  if (all) complete.add(channelId);
}

export const isComplete = (channelId) => complete.has(channelId);

export async function loadApp() {
  state.app = await installedApp();
  state.connected = state.app.connected;
}

export const tellLocale = () => locale && ask("playground.locale", { locale });

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
  complete.clear();
}
