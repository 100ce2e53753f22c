// The panel of things to try: samples for the message box, the person's language, and ways to break the connection.

import { h, iconButton } from "./dom.js";
import { complain } from "./notes.js";
import { closeSide, openSide, showPane, sideKind } from "./panes.js";
import { go } from "./route.js";
import { SAMPLES } from "./samples.js";
import { ALERT_BOT, ask, askAsAlertBot, state, tell } from "./state.js";
import { chooseLocale, inLanguage, t } from "./strings.js";

const NARROW = matchMedia("(max-width: 1000px)");

// Each fault: what starts it, what ends it, and whether it is on.
const FAULTS = [
  ["breakRate", { rate_limited: 2, retry_after: 1 }, { rate_limited: 0 }, (now) => now.rate_limited > 0],
  ["breakSlow", { slow: 2 }, { slow: 0 }, (now) => now.slow > 0],
  ["breakRepeat", { repeat: 3 }, { repeat: 1 }, (now) => now.repeat > 1],
];

async function tried(work) {
  try {
    await work;
    document.getElementById("status").textContent = t("done");
  } catch (error) {
    complain(state.channel, t("callFailed", { error: error.message }));
  }
}

function use(sample) {
  if (NARROW.matches) showPane("channel");
  if (sample.post) {
    tried(askAsAlertBot("chat.postMessage", { channel: state.channel, username: ALERT_BOT, ...sample.post }));
    return;
  }
  if (state.asAlertBot) {
    state.asAlertBot = false;
    tell("poster");
  }
  tell("fill", sample.text.replaceAll("@rebond", `@${state.app.handle}`));
}

const sampleButton = (sample) =>
  h(
    "li",
    h(
      "button",
      { onclick: () => use(sample) },
      h("b", inLanguage(sample.title)),
      h("code", sample.text ?? sample.post.text),
      sample.post && h("small", `${ALERT_BOT} ${t("posts")}`),
    ),
  );

// The page is read anew: all its words change.
async function speak(value) {
  chooseLocale(value);
  await tried(ask("playground.locale", { locale: value }));
  location.reload();
}

function localeChoice() {
  const option = (value, name) => h("option", { value }, name);
  const select = h(
    "select.select",
    { onchange: (event) => speak(event.currentTarget.value) },
    option("en-US", "English"),
    option("fr-FR", "Français"),
    option("de-DE", "Deutsch"),
  );
  ask("users.info", { user: state.userId, include_locale: true })
    .then(({ user }) => (select.value = user.locale ?? "en-US"))
    .catch(() => {});
  return h("label.locale", h("span", t("locale")), select);
}

function faultButtons() {
  const buttons = FAULTS.map(([name, start, end]) => {
    const toggle = ({ currentTarget }) => set(currentTarget.getAttribute("aria-pressed") === "true" ? end : start);
    return h("button.button", { "aria-pressed": "false", onclick: toggle }, t(name));
  });
  const set = async (values) => {
    const { faults } = await ask("playground.faults", values);
    for (const [index, [, , , isOn]] of FAULTS.entries())
      buttons[index].setAttribute("aria-pressed", String(isOn(faults)));
  };
  const refresh = ({ currentTarget }) => currentTarget.open && tried(set({}));
  const drop = h("button.button", { onclick: () => tried(set({ drop: true })) }, t("breakDrop"));
  return h("details", { ontoggle: refresh }, h("summary", t("breakIt")), h("div.actions", buttons, drop));
}

export function toggleTryIt() {
  if (sideKind() === "try") return closeSide();
  if (state.thread) go(state.channel);
  openTryIt();
}

export function openTryIt() {
  openSide(
    "try",
    t("tryIt"),
    iconButton("close", t("close"), closeSide),
    [
      h("div.try-it.scroll", h("p", t("tryItHint")), h("ul", SAMPLES.map(sampleButton))),
      h("div.try-settings", localeChoice(), faultButtons()),
    ],
  );
}
