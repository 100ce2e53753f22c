// Emoji by their names; a name that is not in emoji.json stays as typed.

import EMOJI from "./emoji.json" with { type: "json" };

export const emoji = (name, unicode) => {
  if (unicode) return String.fromCodePoint(...unicode.split("-").map((part) => parseInt(part, 16)));
  return EMOJI[name.replace(/::skin-tone-\d$/, "")] ?? `:${name}:`;
};

export const withEmoji = (text) => text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => EMOJI[name] ?? whole);
