// The list of conversations on the left, with what is new in them, and who we are.

import { fill, h, icon } from "./dom.js";
import { asked } from "./dialog.js";
import { openMenu } from "./menu.js";
import { avatar } from "./people.js";
import { showPane } from "./panes.js";
import { go } from "./route.js";
import { ALERT_BOT, on, state, tell } from "./state.js";
import { t } from "./strings.js";

const sidebar = document.getElementById("sidebar");
const PEOPLE = ["ada", "camille"];

function row(channel) {
  const unread = state.unread.get(channel.id) ?? 0;
  const sign = channel.is_im ? avatar(channel.name, "ours small") : h("span.hash", { "aria-hidden": "true" }, "#");
  const onclick = () => {
    go(channel.id);
    showPane("channel");
  };
  return h(
    "li",
    {},
    h(
      "button",
      { class: unread ? "unread" : "", "aria-current": channel.id === state.channel ? "page" : null, onclick },
      sign,
      h("span.name", channel.name),
      unread > 0 && h("span.badge", { "aria-label": t("newMessages", { n: unread }) }, unread),
    ),
  );
}

function section(title, channels) {
  return [h("h2", title), h("ul", channels.map(row))];
}

const visit = (name) => location.assign(`/?as=${encodeURIComponent(name)}${location.hash}`);

function chooseWho(anchor) {
  const names = [...new Set([...PEOPLE, state.person])];
  const become = (name) => ({
    label: name,
    hint: name === state.person && !state.asAlertBot ? `✓ ${t("you")}` : "",
    action: () => (name === state.person ? postAs(false) : visit(name)),
  });
  const askName = async () => {
    const name = await asked(t("someoneElse"), t("whoElse"));
    if (name) visit(name);
  };
  openMenu(anchor, [
    ...names.map(become),
    { label: t("someoneElse"), action: askName },
    "-",
    { label: t("alertBot", { name: ALERT_BOT }), hint: state.asAlertBot ? "✓" : "", action: () => postAs(true) },
  ]);
}

function postAs(alertBot) {
  state.asAlertBot = alertBot;
  tell("poster");
}

function draw() {
  const name = state.asAlertBot ? ALERT_BOT : state.person;
  const connection = state.connected
    ? t("connected", { app: state.app.name })
    : t("notConnected", { app: state.app.name });
  fill(
    sidebar,
    h("header.bar", h("strong", t("workspace", { app: state.app.name }))),
    h(
      "div",
      { class: "scroll" },
      section(
        t("channels"),
        state.channels.filter((channel) => !channel.is_im),
      ),
      section(
        t("apps"),
        state.channels.filter((channel) => channel.is_im),
      ),
    ),
    h("p", { class: `connection ${state.connected ? "on" : "off"}`, role: "status" }, connection),
    h(
      "button.who",
      { onclick: (event) => chooseWho(event.currentTarget) },
      avatar(name, state.asAlertBot ? "app" : ""),
      h("span", h("small", t("youAre")), h("b", name)),
      icon("more"),
    ),
  );
}

export function startSidebar() {
  for (const event of ["channels", "place", "unread", "bot", "poster"]) on(event, draw);
}
