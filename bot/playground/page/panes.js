// Which pane has the screen when it is narrow, and what stands in the pane on the right.

import { fill, h } from "./dom.js";

const side = document.getElementById("side");
const sideHeader = document.getElementById("side-header");
const sideBody = document.getElementById("side-body");

export function showPane(name) {
  document.body.dataset.pane = name;
}

export function openSide(kind, title, header, body) {
  side.hidden = false;
  side.dataset.kind = kind;
  side.setAttribute("aria-label", title);
  fill(sideHeader, h("h2", title), header);
  if (body) fill(sideBody, body);
  document.body.classList.add("with-side");
  showPane("side");
  return sideBody;
}

export function closeSide() {
  side.hidden = true;
  side.dataset.kind = "";
  fill(sideBody);
  document.body.classList.remove("with-side");
  showPane("channel");
}

// Escape leaves the pane by its own cross; what stands above it (a menu, a list, an edit) takes Escape first.
side.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || event.target.closest(".menu, dialog")) return;
  sideHeader.querySelector(".icon-button").click();
  document.querySelector("#composer textarea").focus();
});

export const sideKind = () => (side.hidden ? "" : side.dataset.kind);
