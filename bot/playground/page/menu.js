// A small pop-up menu beside the button that opened it: arrows move, Enter picks, Escape closes.

import { h } from "./dom.js";

let open = null;

export function closeMenu() {
  open?.remove();
  open = null;
}

export function openMenu(anchor, items) {
  closeMenu();
  const buttons = items.map((item) =>
    item === "-"
      ? h("hr")
      : h(
          "button",
          {
            role: "menuitem",
            tabindex: "-1",
            class: item.danger ? "danger" : "",
            onclick: () => {
              closeMenu();
              anchor.focus();
              item.action();
            },
          },
          h("span", item.label),
          item.hint && h("small", item.hint),
        ),
  );
  const menu = h("div.menu", { role: "menu", popover: "auto" }, buttons);
  const choices = buttons.filter((each) => each.tagName === "BUTTON");
  menu.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    choices.at((choices.indexOf(document.activeElement) + step) % choices.length).focus();
  });
  menu.addEventListener("toggle", (event) => {
    anchor.setAttribute("aria-expanded", event.newState === "open");
    if (event.newState === "closed") menu.remove();
  });
  anchor.setAttribute("aria-haspopup", "menu");
  // Beside its button, so that it stands in the same landmark.
  anchor.closest("main, nav, aside, dialog").append(menu);
  menu.showPopover();
  place(menu, anchor.getBoundingClientRect());
  open = menu;
  choices[0]?.focus();
}

function place(menu, beside) {
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = beside.bottom + 4 + height < innerHeight;
  menu.style.left = `${Math.max(8, Math.min(beside.right - width, innerWidth - width - 8))}px`;
  menu.style.top = `${below ? beside.bottom + 4 : Math.max(8, beside.top - height - 4)}px`;
}
