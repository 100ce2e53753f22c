// What this page does not know how to draw stays visible, as a note with its JSON.

import { h } from "./dom.js";
import { t } from "./strings.js";

export const unknown = (thing) =>
  h(
    "details",
    { class: "unknown" },
    h("summary", t("unknown", { kind: String(thing?.type) })),
    h("pre", JSON.stringify(thing, null, 2)),
  );
