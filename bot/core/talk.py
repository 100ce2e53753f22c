"""Text without codes: what tells of mail, what servers say, and what people say who talk of it."""

import re

from bot.core.pattern import pattern

OF_ANY_NETWORK = ("connection_failed", "credentials_required", "rate_limited", "server_unavailable", "tls_required")
"""What other programs say in the same words: an SSH session times out, too."""

_REFUSAL = pattern(
    r"<[^<>\s@]{1,64}@[^<>\s]{1,255}>:|\b(?:bounced|bounces?(?:(?= ?:)| back| message| notice)"
    r"|undeliver\w+|not deliverable"
    r"|(?:not|n.t) (?:yet )?(?:be |been )?(?:delivered|sent)"
    r"|(?:unable|failed) to (?:deliver|send)"
    r"|^deferred: |(?:\]|\d\.\d{1,3}):(?:25|465|587)\b"
    r"|\bconnect to \S{1,255}\[[\d.]{7,15}\]: "  # Postfix before 2.3
    r"|while sending (?:message body|end of data)|initial server greeting"
    r"|returned (?:mail|message|to)|came back"
    r"|(?:recipient|sender) address|rcpt to|mail from:|remote (?:server|host|mail)|smtp|mailer-daemon"
    r"|mail ?server (?:answer|refuse|reject|repl|respond|return|sa)"
    r"|n.a pas pu être (?:remis|envoyé|délivré|distribué)|non remis|échec de (?:la )?remise|rebond"
    r"|nicht zugestellt|unzustellbar|no se (?:ha )?pud?o? entregar|non recapitat\w+|não entregue)",
    re.I,
)
# Parcels are not delivered, either.
_UNDELIVERED = pattern(r"\bdeliver(?:y|ing)\b.{0,60}\b(?:failed|failure|error|impossible|aborted)", re.I)
_MAIL = pattern(r"\b(?:e-?mails?|mails?|mailbox|messages?|smtp|spam)\b|\w@[\w-]", re.I)
_ONE_MAIL = pattern(r"\b(?:e-?mail|mail)\b(?! (?:address|field|notification|template))", re.I)
_OF_MAIL = pattern(
    r"\b(?:procmail|badmailfrom|mailbox(?:es)?|maildir|maildrop|inbox|recipients?|senders?|addressees?|smtp|rcpt|mx"
    r"|mail exchangers?|spf"
    r"|dkim|dmarc|ptr|rdns|reverse dns|relay(?:ing)?|spam|ube|rspamd|posting|greylist\w*|dnsbl|rbl|spamhaus"
    r"|e-?mail accounts?|delivery attempts?|mta-sts|(?:black|block|deny)-?list\w*|listes? (?:noires?|de blocage)"
    r"|destinataires?|expéditeurs?|boîtes?(?: aux lettres)?|postfach|empfänger|absender|buz[oó]n|destinatario|casella"
    r"|destinatário|ontvanger|postvak|skrzynk\w|odbiorc\w)\b|ящик|получател|メールボックス|邮箱|收件人|메일박스",
    re.I,
)
# How people talk with each other: questions, greetings, those who speak of themselves, and that all is well.
_CHAT = pattern(
    r"\?(?=\s|$)|\b(?:hi|hello|hey|thanks|i'?m|i'?ll|i|my|let'?s|anyone|team|todo|fyi|lol"
    r"|yesterday|ok|okay|fine|pass(?:ed|es)|bonjour|merci|salut|je|j'ai|mon|ma|mes|hallo|danke|ich|mein\w*|hola|gracias|ciao|grazie|olá|obrigado)\b",
    re.I,
)
# What is well, in the results of checks (RFC 8601 §2.7): dmarc=pass (p=REJECT sp=REJECT dis=NONE)
_PASSED = pattern(r"\b(?:arc|auth|dkim|dmarc|spf)[=:] ?pass\b(?: \([^()\n]{0,300}\))?", re.I)
# A setting of a program: driver = redirect
_SETTING = pattern(r"^[ \t]*[\w.-]{1,60}[ \t]+= \S", re.M)
_MANY_SETTINGS = 3
_PORT = pattern(r"^[^\w\n]{0,10}port: ?(?:143|465|587|993|995)\b", re.I | re.M)  # in the settings for a mail program
# The replies of FTP and HTTP have codes of three digits, too, and some of the words.
_OTHER_CODES = pattern(r"\b(?:\w{0,8}ftpd|s?ftp|http (?:status|response|error) codes?)\b", re.I)
# A number by itself: no part of a name, an address, a time or a code.
_FIGURE = pattern(r"(?<![\w.,:/@#=-])\d{1,9}(?:[.,]\d{1,9}){0,2}(?![\w:/@=-]|[.,]\w)")
_MANY_FIGURES = 4
_SECTION = pattern(r"\n[ \t]*\d{1,2}\.\d{1,2} [^\W\d]")
_MANY_SECTIONS = 2
# DMARC reports received: 452
_COUNT = pattern(
    r"\n[^\w\n]{0,10}(?![^:\n]{0,60}\b(?:code|status|reply|error))[^\W\d][^:\n]{1,60}: ?"
    r"\d{1,9}(?:[.,]\d{1,9})? ?[^\W\d]{0,3} ?%?(?=\n|$)",
    re.I,
)
_MANY_COUNTS = 4
# Once a mailbox is full, …
_CONDITION = pattern(
    r"\b(?:once|when|whenever|if|unless|wenn|sobald|falls|si|lorsque|quand|d[eè]s que|cuando|quando|als|jeśli|если)\b"
    r"[^.,;:!?\n]{0,40}$",
    re.I,
)


def speaks_of_refusal(text: str) -> bool:
    """Whether a text without any code tells of mail that did not arrive, in the words of those who tell of it."""
    return bool(_REFUSAL.search(text) or (_UNDELIVERED.search(text) and _MAIL.search(text)))


def speaks_of_mailboxes(text: str) -> bool:
    """Whether a text names what only mail has: mailboxes, recipients, SPF, relaying, spam, a delivery that failed."""
    return bool(_OF_MAIL.search(text) or _UNDELIVERED.search(text))


def speaks_of_a_mail(text: str) -> bool:
    """Whether a text names a mail, and not what else goes by that word."""
    return bool(_ONE_MAIL.search(text))


def speaks_as_servers_do(text: str) -> bool:
    """Whether a text is a statement, and not what people say who talk with each other."""
    return not _CHAT.search(text)


def without_passed(text: str) -> str:
    """
    The text without the results of checks that a message has passed, and without the rules that then do not count.

    >>> without_passed("spf=fail; dmarc=pass (p=REJECT) header.from=example.org")
    'spf=fail;  header.from=example.org'
    """
    return _PASSED.sub("", text) if "pass" in text else text


def is_of_other_things(text: str) -> bool:
    """Whether a text tells of no failure whatever words stand in it: settings, figures, contents, other protocols."""
    return _is_settings(text) or _is_full_of_figures(text) or is_full_of_numbers(text)


def speaks_of_other_codes(text: str) -> bool:
    """Whether a text names another protocol whose replies look like those of mail."""
    return bool(_OTHER_CODES.search(text))


def is_full_of_numbers(text: str) -> bool:
    """Whether numbers abound that are no codes of mail: those of a list, or of another protocol."""
    return is_list_of_numbers(text) or (speaks_of_other_codes(text) and not speaks_of_mailboxes(text))


def is_list_of_numbers(text: str) -> bool:
    """
    Whether the numbers in front of lines are those of chapters and sections, or those behind them count things.

    >>> is_list_of_numbers("5.1 Addressing\\n5.1.1 Mailbox names\\n5.2 Mailboxes\\n5.2.1 Disabled accounts")
    True
    """
    if "\n" not in text:
        return False
    lines = f"\n{text}"
    return len(_SECTION.findall(lines)) >= _MANY_SECTIONS or len(_COUNT.findall(lines)) >= _MANY_COUNTS


def is_condition(before: str) -> bool:
    """Whether what stands before some words makes them a condition: `once a mailbox is full`."""
    return bool(_CONDITION.search(before))


def _is_settings(text: str) -> bool:
    """Whether a text is the settings of a program, in which its refusals stand as they would be said."""
    return len(_SETTING.findall(text)) >= _MANY_SETTINGS or bool(_PORT.search(text))


def _is_full_of_figures(text: str) -> bool:
    """Whether a text counts things, as reports and agendas do, and tells of no mail that did not arrive."""
    return len(_FIGURE.findall(text)) >= _MANY_FIGURES and not speaks_of_refusal(text)
