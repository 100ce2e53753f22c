// One message: avatar, author, content, what the judge says, its replies, and the menu that appears over it.

import { attachments } from "./attachments.js";
import { blocks } from "./blocks.js";
import { fill, h, icon, iconButton } from "./dom.js";
import { messageMenu } from "./message_menu.js";
import { mrkdwn } from "./mrkdwn.js";
import { avatar, isFromApp, isOurApp, nameOfAuthor } from "./people.js";
import { ask, isReply, replies, state } from "./state.js";
import { go } from "./route.js";
import { complain } from "./notes.js";
import { language, t } from "./strings.js";
import { openMenu } from "./menu.js";

export const when = (ts) => new Date(Number(ts) * 1000);
export const clock = (ts) => when(ts).toLocaleTimeString(language, { hour: "numeric", minute: "2-digit" });

export const authorKey = (message) => message.username ?? message.user ?? message.bot_id;

const presser = (channelId, message) => async (item, value) => {
  try {
    await ask("block.actions", { channel: channelId, ts: message.ts, action_id: item.action_id, value });
  } catch (error) {
    complain(channelId, t("callFailed", { error: error.message }), message.thread_ts);
  }
};

function content(channelId, message) {
  const press = presser(channelId, message);
  const main = message.blocks?.length
    ? blocks(message.blocks, press)
    : message.text && h("div.text", mrkdwn(message.text));
  const files = (message.files ?? []).map((file) =>
    h("div.file", h("b", file.title || file.name), h("small", file.pretty_type || file.filetype || file.mimetype)),
  );
  return [main, attachments(message.attachments, press), files];
}

function complaints(message) {
  if (!message.complaints?.length) return null;
  return h(
    "div.complaints",
    icon("warn"),
    h(
      "div",
      h("b", t("slackSays")),
      h(
        "ul",
        message.complaints.map((each) => h("li", each)),
      ),
    ),
  );
}

const faceKind = (message) => (isOurApp(message) ? "ours" : isFromApp(message) ? "app" : "");

// Small faces of those who replied, each once.
function faces(known, { reply_users: users = [] }) {
  const seen = known.length ? known : users.filter((id) => id.startsWith("U")).map((user) => ({ user }));
  const each = [...new Map(seen.map((reply) => [authorKey(reply), reply])).values()].slice(0, 4);
  const row = h("span.faces");
  Promise.all(each.map(nameOfAuthor)).then((names) =>
    fill(
      row,
      names.map((name, index) => avatar(name, `small ${faceKind(each[index])}`)),
    ),
  );
  return row;
}

function replyRow(channelId, message) {
  const known = replies(channelId, message.ts);
  const count = Math.max(message.reply_count ?? 0, known.filter((each) => !each.is_ephemeral).length);
  const hidden = known.some((each) => each.is_ephemeral);
  if (!count && !hidden) return null;
  const fresh = state.freshThreads.has(message.ts);
  return h(
    "button.replies",
    { onclick: () => go(channelId, message.ts) },
    faces(known, message),
    count > 0 && h("b", count === 1 ? t("oneReply") : t("manyReplies", { n: count })),
    fresh && h("span.badge", t("fresh")),
    h("span.last", hidden ? t("onlyYou") : t("lastReply", { time: clock(known.at(-1)?.ts ?? message.latest_reply) })),
    h("span.view", t("viewThread")),
  );
}

export function drawMessage(channelId, message, { compact = false, inThread = false } = {}) {
  const author = h("b.author");
  const time = h(
    "time",
    { datetime: when(message.ts).toISOString(), title: when(message.ts).toLocaleString(language) },
    clock(message.ts),
  );
  const face = h("span.face");
  const element = h("article.message", { tabindex: "-1", "data-ts": message.ts });
  element.classList.toggle("compact", compact);
  element.classList.toggle("ephemeral", Boolean(message.is_ephemeral));
  const more = iconButton("more", t("more"), () => openMenu(more, messageMenu(channelId, message, element)));
  const toolbar = h(
    "div.toolbar",
    { role: "group" },
    !inThread &&
      !isReply(message) &&
      !message.is_ephemeral &&
      iconButton("reply", t("reply"), () => go(channelId, message.ts)),
    more,
  );
  fill(
    element,
    message.is_ephemeral && h("div.only-you", icon("eye"), t("onlyYou")),
    h("div.gutter", compact ? time : face),
    h(
      "div.body",
      compact ? null : h("header", author, isFromApp(message) && h("span.app-badge", t("appBadge")), time),
      h("div.content", content(channelId, message), message.edited && h("small.edited", t("edited"))),
      complaints(message),
      inThread ? null : replyRow(channelId, message),
    ),
    toolbar,
  );
  nameOfAuthor(message).then((name) => {
    author.textContent = name;
    face.replaceChildren(avatar(name, faceKind(message)));
    element.setAttribute("aria-label", `${name}, ${clock(message.ts)}`);
  });
  return element;
}
