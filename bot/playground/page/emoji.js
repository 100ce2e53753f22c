// The handful of emoji names that mail people use; a name that is not here stays as typed.

const EMOJI = {
  warning: "⚠️", white_check_mark: "✅", heavy_check_mark: "✔️", x: "❌", no_entry: "⛔", no_entry_sign: "🚫", rotating_light: "🚨",
  fire: "🔥", bell: "🔔", information_source: "ℹ️", question: "❓", exclamation: "❗", bulb: "💡", mag: "🔍", eyes: "👀", link: "🔗",
  lock: "🔒", unlock: "🔓", key: "🔑", shield: "🛡️", robot_face: "🤖", gear: "⚙️", wrench: "🔧", hammer_and_wrench: "🛠️", memo: "📝",
  email: "📧", envelope: "✉️", incoming_envelope: "📨", envelope_with_arrow: "📩", mailbox: "📫", mailbox_with_mail: "📬",
  mailbox_closed: "📪", inbox_tray: "📥", outbox_tray: "📤", package: "📦", postbox: "📮", page_facing_up: "📄", paperclip: "📎",
  chart_with_upwards_trend: "📈", chart_with_downwards_trend: "📉", bar_chart: "📊", clock1: "🕐", hourglass: "⌛",
  hourglass_flowing_sand: "⏳", stopwatch: "⏱️", repeat: "🔁", arrows_counterclockwise: "🔄", arrow_right: "➡️", arrow_left: "⬅️",
  arrow_up: "⬆️", arrow_down: "⬇️", red_circle: "🔴", large_orange_circle: "🟠", large_yellow_circle: "🟡", large_green_circle: "🟢",
  large_blue_circle: "🔵", white_circle: "⚪", speech_balloon: "💬", wave: "👋", "+1": "👍", thumbsup: "👍", "-1": "👎", thumbsdown: "👎",
  tada: "🎉", heart: "❤️", smile: "😄", slightly_smiling_face: "🙂", thinking_face: "🤔", cry: "😢", sob: "😭", joy: "😂", pray: "🙏",
  coffee: "☕", rocket: "🚀", bug: "🐛", zap: "⚡", star: "⭐", gb: "🇬🇧", uk: "🇬🇧", fr: "🇫🇷", us: "🇺🇸", "flag-fr": "🇫🇷", "flag-gb": "🇬🇧",
};

export const emoji = (name, unicode) => {
  if (unicode) return String.fromCodePoint(...unicode.split("-").map((part) => parseInt(part, 16)));
  return EMOJI[name.replace(/::skin-tone-\d$/, "")] ?? `:${name}:`;
};

export const withEmoji = (text) => text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => EMOJI[name] ?? whole);
