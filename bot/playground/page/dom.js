// Builds elements. What is given as a child becomes a text node, never HTML.

// h("b.author", "Ada"), h("a", { href }, "here"): a tag with its classes, attributes if there are any, children.
export function h(tagAndClasses, ...rest) {
  const [tag, ...classes] = tagAndClasses.split(".");
  const element = document.createElement(tag);
  if (classes.length) element.className = classes.join(" ");
  if (tag === "button") element.type = "button";
  const attributes = isPlain(rest[0]) ? rest.shift() : {};
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.classList.add(...value.split(" ").filter(Boolean));
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...kept(rest));
  return element;
}

const isPlain = (value) => Boolean(value) && Object.getPrototypeOf(value) === Object.prototype;

export function fill(element, ...children) {
  element.replaceChildren(...kept(children));
  return element;
}

const kept = (children) =>
  children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);

const SHAPES = {
  reply: "M4 4h16v11H10l-5 4v-4H4z",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  close: "M6 6l12 12M18 6L6 18",
  back: "M15 5l-7 7 7 7",
  plus: "M12 5v14M5 12h14",
  send: "M4 12l16-8-6 16-3-7z",
  eye: "M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12zM12 9a3 3 0 100 6 3 3 0 000-6z",
  warn: "M12 4l9 16H3zM12 10v4M12 17h.01",
  bolt: "M13 3L5 14h6l-1 7 8-11h-6z",
  up: "M7 21V10l4-7 2 1v5h6l-1 10-2 2zM3 10h4v11H3z",
  down: "M17 3v11l-4 7-2-1v-5H5L6 5l2-2zM21 14h-4V3h4z",
};

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", SHAPES[name]);
  svg.append(path);
  return svg;
}

export function iconButton(name, label, onclick, attributes = {}) {
  return h("button.icon-button", { "aria-label": label, title: label, onclick, ...attributes }, icon(name));
}
