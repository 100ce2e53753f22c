// Names and faces: users.info once a person, and avatars made of two letters and a colour.

import { h } from "./dom.js";
import { ask, first, state } from "./state.js";

const names = new Map(Object.entries(first.people).map(([id, name]) => [id, Promise.resolve(name)]));

export function nameOf(userId) {
  if (!names.has(userId)) {
    const own = userId === state.app.user_id ? Promise.resolve(state.app.name) : lookUp(userId);
    names.set(userId, own);
  }
  return names.get(userId);
}

async function lookUp(userId) {
  try {
    const { user } = await ask("users.info", { user: userId });
    return user.profile?.display_name || user.real_name || user.name || userId;
  } catch {
    return userId;
  }
}

export const isOurApp = (message) => message.user !== undefined && message.user === state.app.user_id;

export const isFromApp = (message) => Boolean(message.bot_id) || isOurApp(message);

// Resolves to the author's name as Slack shows it over a message.
export async function nameOfAuthor(message) {
  const own = message.username || message.bot_profile?.name || (isOurApp(message) ? state.app.name : null);
  return own || (message.user ? nameOf(message.user) : (message.bot_id ?? "?"));
}

const HUES = 8;

export function avatar(name, kind = "") {
  const sum = [...name].reduce((total, letter) => total + letter.codePointAt(0), 0);
  const letters =
    name
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim()
      .slice(0, 1)
      .toUpperCase() || "?";
  return h("span", { class: `avatar hue-${sum % HUES} ${kind}`, "aria-hidden": "true" }, letters);
}
