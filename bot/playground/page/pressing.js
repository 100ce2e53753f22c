// Telling the app that something was pressed or chosen: asks first where the app wants it, and never twice at once.

import { confirmed } from "./dialog.js";
import { withEmoji } from "./emoji.js";

export const label = (object) => withEmoji(object?.text ?? "");

export async function pressing(control, item, press, value) {
  if (item.confirm && !(await confirmed(item.confirm))) return;
  control.disabled = true;
  try {
    await press(item, value);
  } finally {
    control.disabled = false;
  }
}
