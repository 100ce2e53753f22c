// Things to try, written by ourselves. `@rebond` stands for the app's mention, `post` says that the alert bot posts it.

export const SAMPLES = [
  { title: { en: "A reply code", fr: "Un code de réponse" }, text: "/smtp 452" },
  { title: { en: "An enhanced status code", fr: "Un code d’état étendu" }, text: "/smtp 5.7.26" },
  { title: { en: "A family of codes", fr: "Une famille de codes" }, text: "/smtp 4xx" },
  { title: { en: "Words, in either language", fr: "Des mots, dans l’une ou l’autre langue" }, text: "/smtp boîte pleine" },
  {
    title: { en: "A reply of several lines, in a mention", fr: "Une réponse de plusieurs lignes, en mention" },
    text: "@rebond what do they want from us?\n```\n550-5.7.26 Mail from example.org is not authenticated: no SPF record of this domain\n550-5.7.26 lists the sending host [192.0.2.25], and no DKIM signature passed.\n550 5.7.26 See the sender guidelines of this service - example.net\n```",
  },
  {
    title: { en: "A Postfix log line", fr: "Une ligne de journal Postfix" },
    text: "@rebond ```\nNov 23 09:14:07 mx1 postfix/smtp[2211]: 4F1C2A0B3D: to=<camille@example.org>, relay=mx.example.org[192.0.2.7]:25, delay=1.9, delays=0.1/0/0.6/1.2, dsn=5.2.2, status=bounced (host mx.example.org[192.0.2.7] said: 552 5.2.2 The mailbox of this user is over its quota (in reply to RCPT TO command))\n```",
  },
  {
    title: { en: "A French refusal", fr: "Un refus en français" },
    text: "@rebond ```\n550 5.1.1 <jean@example.org> : destinataire inconnu sur ce serveur\n```",
  },
  {
    title: { en: "An alert: then open its menu ⋯, or reply “@rebond”", fr: "Une alerte : puis ouvrez son menu ⋯, ou répondez « @rebond »" },
    post: {
      text: "Mail queue: 41 messages deferred",
      attachments: [{
        color: "warning",
        title: "mx1: 41 messages deferred for example.org",
        text: "`451 4.7.1 Greylisting in action, please come back in 300 seconds (192.0.2.25)`",
        fields: [{ title: "Queue", value: "deferred", short: true }, { title: "Oldest", value: "17 min", short: true }],
        fallback: "41 messages deferred for example.org: 451 4.7.1 Greylisting in action",
      }],
    },
  },
  {
    title: { en: "Not for the bot: it stays silent", fr: "Pas pour le bot : il se tait" },
    text: "Reminder: we have 250 users and 550 mailboxes, and room 421 is booked until 5.",
  },
];
