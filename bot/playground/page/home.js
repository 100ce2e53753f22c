// The app's own place: its Home, and the tabs between that and its messages.

import { blocks } from "./blocks.js";
import { fill, h } from "./dom.js";
import { presserIn } from "./modal.js";
import { complain } from "./notes.js";
import { addressOf } from "./route.js";
import { ask, on, state } from "./state.js";
import { t } from "./strings.js";

const element = document.getElementById("home");

export const hasHome = (channel) => Boolean(channel.is_im && state.app.home);

// Home and Messages, as links, for the header of the app's conversation.
export function tabs(channel) {
  const tab = (name, words, address) =>
    h("a.tab", { href: address, "aria-current": state.tab === name ? "page" : null }, t(words));
  return h(
    "nav.tabs",
    { "aria-label": t("tabs") },
    tab("home", "home", addressOf(channel.id, "home")),
    tab("messages", "messages", addressOf(channel.id)),
  );
}

export async function showHome() {
  fill(element, h("p.empty", t("homeWaits", { app: state.app.name })));
  const { view } = await ask("app.home", { tab: "home" });
  if (view) draw(view);
}

function draw(view) {
  const press = presserIn(
    view,
    () => element,
    (text) => complain(state.channel, text),
  );
  fill(element, h("div.home", h("h2.visually-hidden", t("home")), blocks(view.blocks, press)));
}

export function startHome() {
  on("home", (view) => state.tab === "home" && draw(view));
}
