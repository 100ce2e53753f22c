// Things to try, written by ourselves. `@rebond` stands for the app's mention, `post` says that the alert bot posts it.

const fenced = (before, ...lines) => `${before}\n\`\`\`\n${lines.join("\n")}\n\`\`\``;

export const SAMPLES = [
  { title: { en: "A reply code", fr: "Un code de réponse" }, text: "/smtp 452" },
  { title: { en: "An enhanced status code", fr: "Un code d’état étendu" }, text: "/smtp 5.7.26" },
  { title: { en: "A family of codes", fr: "Une famille de codes" }, text: "/smtp 4xx" },
  { title: { en: "Words, in either language", fr: "Des mots, dans l’une ou l’autre langue" }, text: "/smtp boîte pleine" },
  {
    title: { en: "A pasted reply, for you alone", fr: "Une réponse collée, pour vous seul" },
    text: "/smtp 421 4.7.0 Too many messages from 192.0.2.25 in the last hour, slow down",
  },
  {
    title: { en: "A reply of several lines, in a mention", fr: "Une réponse de plusieurs lignes, en mention" },
    text: fenced(
      "@rebond what do they want from us?",
      "550-5.7.26 Mail from example.org is not authenticated: no SPF record of this domain",
      "550-5.7.26 lists the sending host [192.0.2.25], and no DKIM signature passed.",
      "550 5.7.26 See the sender guidelines of this service - example.net",
    ),
  },
  {
    title: { en: "A Postfix log line", fr: "Une ligne de journal Postfix" },
    text: fenced(
      "@rebond",
      "Nov 23 09:14:07 mx1 postfix/smtp[2211]: 4F1C2A0B3D: to=<camille@example.org>, relay=mx.example.org[192.0.2.7]:25, delay=1.9, delays=0.1/0/0.6/1.2, dsn=5.2.2, status=bounced (host mx.example.org[192.0.2.7] said: 552 5.2.2 The mailbox of this user is over its quota (in reply to RCPT TO command))",
    ),
  },
  {
    title: { en: "A whole notice, headers and all", fr: "Un avis entier, avec ses en-têtes" },
    text: fenced(
      "@rebond what is this?",
      "From: MAILER-DAEMON@mx1.example.net (Mail Delivery System)",
      "Subject: Undelivered Mail Returned to Sender",
      "To: ada@example.net",
      "",
      "This is the mail system at host mx1.example.net. Your message could not be",
      "delivered to one or more recipients.",
      "",
      "<jo@example.org>: host mx.example.org[192.0.2.7] said: 550 5.1.1",
      "    <jo@example.org>: Recipient address rejected: User unknown in virtual",
      "    mailbox table (in reply to RCPT TO command)",
      "",
      "Reporting-MTA: dns; mx1.example.net",
      "Arrival-Date: Mon, 23 Nov 2026 09:14:05 +0100 (CET)",
      "",
      "Final-Recipient: rfc822; jo@example.org",
      "Action: failed",
      "Status: 5.1.1",
      "Remote-MTA: dns; mx.example.org",
      "Diagnostic-Code: smtp; 550 5.1.1 <jo@example.org>: Recipient address rejected:",
      "    User unknown in virtual mailbox table",
    ),
  },
  {
    title: { en: "A French refusal", fr: "Un refus en français" },
    text: fenced("@rebond", "550 5.1.1 <jean@example.org> : destinataire inconnu sur ce serveur"),
  },
  {
    title: { en: "An alert: then open its menu ⋯, or reply “@rebond”", fr: "Une alerte : puis ouvrez son menu ⋯, ou répondez « @rebond »" },
    post: {
      text: "Mail queue: 41 messages deferred",
      attachments: [
        {
          color: "warning",
          title: "mx1: 41 messages deferred for example.org",
          text: "`451 4.7.1 Greylisting in action, please come back in 300 seconds (192.0.2.25)`",
          fields: [
            { title: "Queue", value: "deferred", short: true },
            { title: "Oldest", value: "17 min", short: true },
          ],
          fallback: "41 messages deferred for example.org: 451 4.7.1 Greylisting in action",
        },
      ],
    },
  },
  {
    title: { en: "Text that means harm: it stays text", fr: "Un texte malveillant : il reste du texte" },
    text: "@rebond `550 5.7.1 <b>Blocked</b> <!channel> <https://example.org|https://bank.example> <script>alert(1)</script>`",
  },
  {
    title: { en: "Not for the bot: it stays silent", fr: "Pas pour le bot : il se tait" },
    text: "Reminder: we have 250 users and 550 mailboxes, and room 421 is booked until 5.",
  },
];
