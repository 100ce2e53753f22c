// The `markdown` block: standard Markdown → elements. Headings, lists, quotes, code, tables, rules, links, emphasis.

import { h } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { link } from "./inline.js";
import { unescape } from "./mrkdwn.js";

const INLINE =
  /(`+)(.+?)\1|\[([^\]\n]+)\]\(([^\s)]+)\)|(\*\*|__)(?=\S)(.+?\S|\S)\5|~~(.+?)~~|(?<![\p{L}\p{N}])([*_])(?=\S)(.+?\S|\S)\8(?![\p{L}\p{N}])/u;

function inline(text) {
  const match = INLINE.exec(text);
  if (!match) return [withEmoji(unescape(text))];
  const [whole, , code, label, url, , bold, strike, , italic] = match;
  const middle =
    code !== undefined
      ? h("code", unescape(code))
      : label !== undefined
        ? link(unescape(url), inline(label))
        : bold !== undefined
          ? h("b", inline(bold))
          : strike !== undefined
            ? h("s", inline(strike))
            : h("i", inline(italic));
  return [...inline(text.slice(0, match.index)), middle, ...inline(text.slice(match.index + whole.length))];
}

const cells = (line) =>
  line
    .trim()
    .replace(/^\||\|$/g, "")
    .split("|")
    .map((cell) => inline(cell.trim()));

const ITEM = /^(\s*)([-*+]|\d+[.)])\s+(.*)$/;

export function markdown(text) {
  const lines = text.split("\n");
  const found = [];
  const takeWhile = (test) => {
    const taken = [];
    while (lines.length && test(lines[0])) taken.push(lines.shift());
    return taken;
  };
  while (lines.length) {
    const line = lines[0];
    const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(line);
    if (!line.trim()) {
      lines.shift();
    } else if (/^\s*```/.test(line)) {
      lines.shift();
      found.push(
        h(
          "pre",
          takeWhile((each) => !/^\s*```/.test(each))
            .map(unescape)
            .join("\n"),
        ),
      );
      lines.shift();
    } else if (heading) {
      lines.shift();
      found.push(h("p", { class: `heading level-${heading[1].length}` }, inline(heading[2])));
    } else if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) {
      lines.shift();
      found.push(h("hr"));
    } else if (/^\s*>/.test(line)) {
      const quoted = takeWhile((each) => /^\s*>/.test(each)).map((each) => each.replace(/^\s*> ?/, ""));
      found.push(h("blockquote", markdown(quoted.join("\n"))));
    } else if (ITEM.test(line)) {
      const items = takeWhile((each) => ITEM.test(each)).map((each) => ITEM.exec(each));
      const ordered = /\d/.test(items[0][2]);
      const item = ([, space, , content]) =>
        h("li", { class: `indent-${Math.min(Math.floor(space.length / 2), 4)}` }, inline(content));
      found.push(h(ordered ? "ol" : "ul", { start: ordered ? parseInt(items[0][2], 10) : null }, items.map(item)));
    } else if (/^\s*\|?[\s:|-]*-[\s:|-]*\|[\s:|-]*$/.test(lines[1] ?? "") && line.includes("|")) {
      const [head, , ...rows] = takeWhile((each) => each.includes("|"));
      const body = rows.map((row) =>
        h(
          "tr",
          cells(row).map((cell) => h("td", cell)),
        ),
      );
      const top = h(
        "tr",
        cells(head).map((cell) => h("th", { scope: "col" }, cell)),
      );
      found.push(h("div.table", h("table", h("thead", top), h("tbody", body))));
    } else {
      const first = lines.shift();
      const rest = takeWhile((each) => each.trim() && !/^(\s*>|\s*```|#{1,6}\s)/.test(each) && !ITEM.test(each));
      found.push(
        h(
          "p",
          [first, ...rest].flatMap((each, index) => (index ? ["\n", ...inline(each)] : inline(each))),
        ),
      );
    }
  }
  return found;
}
