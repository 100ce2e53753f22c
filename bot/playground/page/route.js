// Where we are stands in the address: #/general, #/general/1700000000.000100 for a thread, #/@rebond for the app,
// #/@rebond/home for its Home.

import { state, tell } from "./state.js";

const slug = (channel) => (channel.is_im ? `@${channel.name.toLowerCase()}` : channel.name);

export const titleOf = (channel) => (channel.is_im ? channel.name : `#${channel.name}`);

export function addressOf(channelId, thread) {
  const channel = state.channels.find((each) => each.id === channelId);
  return `#/${slug(channel)}${thread ? `/${thread}` : ""}`;
}

export function go(channelId, thread = null) {
  location.hash = addressOf(channelId, thread);
}

function read() {
  const [name, thread] = decodeURIComponent(location.hash).replace(/^#\/?/, "").split("/");
  const channel =
    state.channels.find((each) => slug(each) === name) ??
    state.channels.find((each) => each.name === "general") ??
    state.channels[0];
  const tab = thread === "home" && channel.is_im && state.app.home ? "home" : "messages";
  const moved = channel.id !== state.channel || tab !== state.tab;
  state.channel = channel.id;
  state.tab = tab;
  state.thread = thread && thread !== "home" ? thread : null;
  state.unread.delete(channel.id);
  if (state.thread) state.freshThreads.delete(state.thread);
  tell("place", { moved });
}

export function followAddress() {
  addEventListener("hashchange", read);
  read();
}
