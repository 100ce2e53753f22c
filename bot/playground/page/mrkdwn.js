// Slack’s mrkdwn → elements: *bold* _italic_ ~strike~ `code` ``` > <url|label> <@U…> <#C…> <!here> :emoji:

import { h } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { broadcast, channelLink, date, isAddress, link, mention } from "./inline.js";

export const unescape = (text) => text.replace(/&(lt|gt|amp);/g, (_, name) => ({ lt: "<", gt: ">", amp: "&" })[name]);

export function mrkdwn(text) {
  return text
    .split(/\n?```\n?([\s\S]*?)\n?```\n?/)
    .flatMap((part, index) => (index % 2 ? h("pre", tokensOnly(part)) : quotes(part)));
}

// Lines that begin with ">" are a quote; ">>>" quotes all that follows.
function quotes(text) {
  const found = [];
  const rest = /(^|\n)(?:&gt;|>){3}([\s\S]*)/.exec(text);
  const lines = (rest ? text.slice(0, rest.index) : text).split("\n");
  let quoted = [];
  let plain = [];
  const endQuote = () => quoted.length && found.push(h("blockquote", inLines(quoted)));
  const endPlain = () => plain.join("\n").trim() && found.push(...inLines(plain));
  for (const line of lines) {
    const quote = /^(?:&gt;|>) ?(.*)$/.exec(line);
    if (quote) {
      endPlain();
      plain = [];
      quoted.push(quote[1]);
    } else {
      endQuote();
      quoted = [];
      plain.push(line);
    }
  }
  endQuote();
  endPlain();
  if (rest) found.push(h("blockquote", inLines(rest[2].trim().split("\n"))));
  return found;
}

const inLines = (lines) => lines.flatMap((line, index) => (index ? ["\n", ...inline(line)] : inline(line)));

// Links, mentions and code are set aside first, so that a "_" in an address is no italic.
const ATOM = "\uE000";
const ATOMS = /<[^<>\n]+>|`[^`\n]+`|\uE000/g;
const STYLE = /(?<![\p{L}\p{N}])([*_~])(?=\S)([^\n]*?\S)\1(?![\p{L}\p{N}])/u;
const TAGS = { "*": "b", _: "i", "~": "s" };

function inline(line) {
  const atoms = [];
  const bare = line.replace(ATOMS, (atom) => {
    atoms.push(atom);
    return ATOM;
  });
  return styled(bare, atoms);
}

function styled(text, atoms) {
  const match = STYLE.exec(text);
  if (!match) return plain(text, atoms);
  const before = text.slice(0, match.index);
  const after = text.slice(match.index + match[0].length);
  // The atoms are taken in the order of the text, so what stands before goes first.
  const start = plain(before, atoms);
  const middle = h(TAGS[match[1]], {}, styled(match[2], atoms));
  return [...start, middle, ...styled(after, atoms)];
}

function plain(text, atoms) {
  return text.split(/(\uE000)/).map((part) => (part === ATOM ? atom(atoms.shift()) : withEmoji(unescape(part))));
}

function atom(text) {
  if (text.startsWith("`")) return h("code", tokensOnly(text.slice(1, -1)));
  return text.startsWith("<") ? token(text.slice(1, -1)) : text;
}

const tokensOnly = (text) =>
  text.split(/(<[^<>\n]+>)/).map((part, index) => (index % 2 ? token(part.slice(1, -1)) : unescape(part)));

function token(text) {
  const bar = text.indexOf("|");
  const target = bar < 0 ? text : text.slice(0, bar);
  const label = bar < 0 ? null : unescape(text.slice(bar + 1));
  if (/^@[UW]/.test(target)) return mention(target.slice(1));
  if (/^#C/.test(target)) return channelLink(target.slice(1), label);
  if (target.startsWith("!date^")) return date(target.split("^")[1], label);
  if (target.startsWith("!subteam^")) return broadcast((label ?? target.slice(9)).replace(/^@/, ""));
  if (target.startsWith("!")) return broadcast(target.slice(1));
  if (!isAddress(unescape(target))) return `<${unescape(text)}>`;
  return link(unescape(target), label ?? unescape(target).replace(/^mailto:/, ""));
}

// What a person typed, out of the text that Slack made of it: for the composer when a message is edited.
export const asTyped = (text) =>
  unescape(
    text.replace(/<([^<>|\n]+)(?:\|([^<>\n]*))?>/g, (_, target, label) => label ?? target.replace(/^mailto:/, "")),
  );
