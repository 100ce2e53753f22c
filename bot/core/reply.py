"""SMTP replies: reply code, enhanced status code, words.                       RFC 5321 §4.2, RFC 2034 §4"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from bot.core.catalogue import catalogue
from bot.core.pattern import pattern
from bot.core.signs import matcher
from bot.core.talk import OF_ANY_NETWORK, speaks_of_other_codes

_CODE_LIKE = re.compile(r"[2-5](?:\d\d|\.\d)")  # stands in every line with a code; most lines have none
# Nothing before a code that would make it a part of a number, an amount, a date or an address; nothing after either.
_BEFORE = r"(?<![\w.,+/@$€£%-])"
_NO_WAIT = r"(?! (?:second|minute|hour)s?\b)"  # a number of them is no code
_REPLY_CODE = rf"{_BEFORE}(?P<reply_code>[2-5]\d\d)"
_END = r"(?![\w-]|\.\d)"
_ENHANCED = rf"(?P<enhanced>[245]\.[0-7]\.\d{{1,3}}){_END}"

# 550 5.7.26, 550-5.7.26, 550 #5.1.1, 550 (5.7.1), 550-'5.1.1: nobody writes both by chance.
# A subject that no registry has (550 5.9.2) counts here alone, where nothing else can be meant.
_BOTH = re.compile(rf"{_REPLY_CODE}[- ]?[ (\[#']*(?P<enhanced>[245]\.\d\.\d{{1,3}}){_END}")
# A reply code where a reply begins: at the start, or after what introduces or encloses a reply.
_START = re.compile(
    r"(?:^\W{0,3}|(?<!\")(?:[:;>\"'(|：（]|(?<![=!<>])(?<!\bn )=) {0,8}|(?<!\w)\[ ?|\], |\bsaid:? |返回 ?"
    r"|\((?:[\dA-F]{8}|idx\d{1,3}idx|9990000\d{3})\) |(?<=\s)(?=[45]\d\d-'))"  # Exchange 5.5; Cisco
    + _REPLY_CODE
    + r"(?=-(?!\d{3}-)| |$|<(?!/)|[\":;)\]](?!\d)|,(?! ?\d))"  # no end of a tag, no list of numbers
    r"(?!:(?:[\da-fA-F]{1,4}[:\]]|:))(?<!::\d\d\d)"  # no part of an IPv6 address
     + _NO_WAIT
)
# SMTP error 550, status code: 554, User unknown (550), [452]
_NAMED = re.compile(
    r"(?:\b(?:smtp|esmtp|error|code|reply|status|erreur)[ :=#]{1,3}|(?:\(|(?<!\w)\[) ?)"
    r"(?P<reply_code>[45]\d\d)\b(?![./\d]|, ?\d)" + _NO_WAIT,
    re.I,
)
# (#5.1.1), dsn=4.2.2, smtp; 5.1.1, Status: 5.0.0, " - 5.7.1", or at the start
_ALONE = re.compile(
    r"(?:^\W{0,3}|[(\[#]|(?:\bdsn=|\bsmtp; ?|\bstatus: ?|\berror_code ?: ?|\berr(?:or|ore|eur) | - ))" + _ENHANCED, re.I
)
_PATTERNS = (_BOTH, _START, _NAMED, _ALONE)
# 451 cuda_nsu 4.4.3, 550 <jo@example.org> 5.1.1: behind a reply code, and of its class
_LATER = {first: pattern(r"(?<=\s)(?=" + first + r"\.)" + _ENHANCED) for first in "2345"}

_QUOTED = re.compile(
    r"\b(?:said|responded|replied)(?: with)?:? (?=\W{0,2}[245](?!\d{0,4} (?:second|minute|hour)s?\b))"
    r"|<<< ?(?=[245])|<(?=[45]\d\d[ -][45]\.\d)"
)
_QUOTING = re.compile(r"^(?:[\s|]|> ?)+|^<<< ?")
# A line break as logs write it.
_BREAK = re.compile(r"(?:\\r|\\n|#015|#012|\\01[25]|[\r\n])+\s*")

_LONGEST_LINE = 4_000  # characters; no server says more on one
_MOST_NUMBERS = 10  # of a line that are tried; and how many characters after each
_LONGEST_WORDS = 300
_FIRST_WORDS = 25  # characters: what a short reply begins with
_REPEAT = pattern(
    rf"{_BEFORE}([2-5]\d\d){_NO_WAIT}[- ](?:([245]\.\d\.\d{{1,3}})(?![\d.]) ?)?"
    r"|(?<![\d.])()([245]\.\d\.\d{1,3})(?![\d.])"
)
_OPENED = re.compile(r"(?:^|\W)([2-5]\d\d)-")  # a reply that goes on
_TAIL = pattern(r"\W{0,4}\(?#[245]\.\d\.\d{1,3}\)")  # qmail puts its code at the end, on a line of its own
_BARE_CODE = pattern(r"\bsaid: ?[45]\d\d$")  # a program has wrapped the line right after the code
_CODE_ALONE = pattern(r"[2-5]\d\d-?$")  # a reply code by itself on its line
# #5.5.0 smtp;550 …, 4.7.1 Ratelimit exceeded (451): the enhanced status code in front of the reply code
_EARLIER = re.compile(r"(?:^\W{0,3}|[\s(\[<]#)" + _ENHANCED)
_EMPTY_BRACKETS = pattern(r"[(\[]#?\s*[)\]]")

# Words that mail servers say and that other numbers are seldom followed by; the second list is of other trades too.
_MAIL = pattern(
    r"\b(?:e-?mail|e?smtp|mailbox|recipients?|rcpt|helo|ehlo|relay(?:ing|ed)?|dnsbl"
    r"|spf|dkim|dmarc|starttls|postmaster|grey-?list\w*|destinataire|courriel)\b",
    re.I,
)
_SERVER = pattern(
    r"\b(?:mail|message|sender|user|spam|virus|domain|address|transaction|delivery|unavailable|denied|rejected|refused|blocked|unknown|invalid|disabled|failed|failure|error|policy|quota"
    r"|storage|deferred|temporar\w+|try again|service|command|syntax|sequence|requested|action|authentication"
    r"|connections?|rate|limit|access|closing|banned|ok|queued|accepted|local|parameter|argument|not implemented)\b",
    re.I,
)
_AMOUNT = pattern(
    r"(?:\W*(?:eur|euros?|usd|gbp|chf|dollars?|ms|kg|km|[km]b|%|€|\$|£|(?-i:users?|m|cm|mm))"
    r"|[ \t]+(?-i:messages|mails|e-mails) (?:per|pro|par|por) \w{1,20}\W*$"  # a limit, and not that it was exceeded
    r"|[ \t]+(?-i:mailboxes|accounts|members|people|pages|EXISTS)"
    r"| \d{3} (?-i:[^\W\d_A-Z]{4,20}s)(?! (?:per|exceeded|limit|sent|allowed|in|within)\b))"  # 421 055 messages
    r"(?!\w|\.\w|@)"
    r"(?!\s+(?:unknown|not|no|is|has|was|does|doesn|only|may|must|can|cannot|<|[^\s@]{1,64}@)|.s\b)",
    re.I,
)
# 550 jo@example.org …, 554 Account <jo@example.org> …: whom a reply speaks of
_WHOSE = pattern(r"[- ](?:(?:account|user|recipient) )?<?[^\s<>@]{1,64}@[\w-]{1,63}\.", re.I)
# 421 mx1.example.org …: who speaks
_SPEAKER = pattern(r"[- ](?!www\.)[\w-]{1,63}(?:\.[\w-]{1,63}){2,5}[\s:]", re.I)
# What replies in other languages speak of: recipient, sender, user, mailbox, message, password.
_ABROAD = pattern(
    r"\b(?:expéditeur|utilisateur|messagerie|boîte (?:aux lettres|mail)|pièce jointe|mot de passe"
    r"|empfänger|absender|benutzer\w*|postfach|nachricht|kennwort|passwort|ontvanger|afzender|gebruiker|postvak|bericht"
    r"|destinat[aá]rio|remitente|usuario|buz[oó]n|mensaje|correo|contraseña|servidor"
    r"|remetente|usuário|mensagem|senha|mittente|utente|casella|messaggio|indirizzo"
    r"|odbiorc\w|nadawc\w|użytkownik|skrzynk\w|wiadomość|příjemce|uživatel|schránk\w|címzett|mottagare\w?|modtager"
    r"|получател\w|отправител\w|пользовател\w|ящик|сообщени\w)\b|邮箱|收件人|用户|邮件|宛先|メール|ユーザ|사용자|메일",
    re.I,
)
_OF_PROGRAM = pattern(r"\( ?\d{3}, ?[\"']")  # (450, "busy")
_NEXT_CELL = pattern(r" *\|")
_OF_SESSIONS = ("220", "221")  # a greeting and a farewell tell of no message
_OF_HTTP = ("500", "502", "503", "504")
_HTTP = pattern(
    r"\bhttps?\b|\bstatus codes? (?=50)"
    r"|^\W*(?:internal server error|service unavailable)\W*$"
    r"|^\W*(?:bad gateway|gateway time-?out|(?-i:Service Unavailable))\b",
    re.I,
)


class Reply(NamedTuple):
    """A reply as one line: its codes as they stand in the text, and its words without them."""

    reply_code: str | None
    enhanced_status_code: str | None
    text: str


def read_reply(text: str) -> Reply:
    """
    Read a text that is known to be a server's answer; one of many lines is one.

    Of a reply that quotes another the quoted one is read. Where no code stands the text is all words.

    >>> read_reply("550-5.1.1 No such\\n550 5.1.1 user here")
    Reply(reply_code='550', enhanced_status_code='5.1.1', text='No such user here')
    >>> read_reply("host mx.example.org[192.0.2.1] said: 452 4.2.2 Mailbox full")
    Reply(reply_code='452', enhanced_status_code='4.2.2', text='Mailbox full')
    """
    line = " ".join(_BREAK.split(text.strip()))
    if any(mark in line for mark in ("<", "said", "replied", "responded")):
        quoted = max((match.end() for match in _QUOTED.finditer(line)), default=0)
        # Postfix quotes who told it that the sender does not exist; the refusal is its own.
        line = line if "sender address rejected: un" in line[:quoted].lower() else line[quoted:]
    found = next((found for pattern in _PATTERNS if (found := pattern.search(line))), None)
    if not found:
        return Reply(None, None, " ".join(line.split()))
    groups = found.groupdict()
    reply_code, enhanced = groups.get("reply_code"), groups.get("enhanced")
    before, after = line[: found.start()], line[found.end() :]
    if reply_code and not enhanced and (later := _ALONE.search(after) or _LATER[reply_code[0]].search(after)):
        enhanced = later["enhanced"]
    earlier = None if enhanced else _EARLIER.search(before)
    if reply_code and earlier and earlier["enhanced"][0] == reply_code[0]:
        enhanced, before = earlier["enhanced"], before[earlier.end() :]
    if reply_code and (reply_code in after or (enhanced and enhanced in after)):
        after = _EMPTY_BRACKETS.sub(" ", _without_repeats(after, reply_code, enhanced))
    text = after.strip(" -:;,") if re.search(r"\w", after) else before.strip(" ([")
    return Reply(reply_code, enhanced, " ".join(text.split()))


def find_replies(text: str, *, asked: bool = False, whole: bool = False) -> tuple[str, ...]:
    """
    The logical lines of a tidy paste in which a reply stands, in order.

    `asked` where somebody asks on purpose: then a code at the start of the text makes it a reply. `whole` where other
    numbers abound: then both codes must stand in a reply. Log heads, quote marks and "host … said:" may stand before
    it; numbers that only look like codes are left alone.

    >>> find_replies("Look:\\n> 550 5.1.1 No such user\\nhere\\n\\nwe have 250 users and 550 mailboxes")
    ('550 5.1.1 No such user here',)
    """
    lines = tuple(_unfold(text))
    replies = tuple(line for line in lines if (_holds_both(line) if whole else _holds_reply(line)))
    return replies or (lines[:1] if asked and lines and _begins_with_code(lines[0]) else ())


def _without_repeats(text: str, reply_code: str, enhanced: str | None) -> str:
    """The words of a reply whose lines were joined: 550-5.7.26 … 550 5.7.26 … (RFC 5321 §4.2.1)."""

    def repeated(found: re.Match[str]) -> str:
        return (
            " "
            if (found[1] or reply_code) == reply_code and (found[2] or found[4] or enhanced) == enhanced
            else found[0]
        )

    return _REPEAT.sub(repeated, text)


def _unfold(text: str) -> Iterator[str]:
    """
    Logical lines: the lines of one reply joined (RFC 5321 §4.2.1), and lines that a program has wrapped.

    A line that begins no reply of its own belongs to the reply before it, up to an empty line.
    """
    held: list[str] = []
    next_line: tuple[str, ...] = ()  # how the next line of a reply that goes on begins: "550-" or "550 "
    for raw in text.split("\n"):
        line = _QUOTING.sub("", raw[:_LONGEST_LINE]).rstrip()
        if next_line and f"{line} ".startswith(next_line):
            held.append(line)
            next_line = _next_line(line[:3]) if line[3:4] == "-" else ()
            continue
        cut_off = (
            held and (_BARE_CODE.search(held[-1]) or _CODE_ALONE.match(held[-1])) and not re.match(r"[2-5]\d\d", line)
        )
        if not line or not held or (_begins_reply(line) and not cut_off):
            if held:
                yield " ".join(held)
            held, next_line = [], ()
        if line:
            if opened := _OPENED.search(line) if "-" in line else None:
                next_line = _next_line(opened[1])
            elif held and next_line:
                # A line that was wrapped ends no reply whose lines repeat an enhanced status code (RFC 2034 §4).
                if both := _BOTH.match(held[-1]):
                    next_line = _next_line(both["reply_code"], both["enhanced"])
                elif next_line[0].endswith(" "):
                    next_line = ()
            held.append(line)
    if held:
        yield " ".join(held)


def _next_line(reply_code: str, enhanced: str = "") -> tuple[str, str]:
    return f"{reply_code} {enhanced}", f"{reply_code}-{enhanced}"


def _begins_reply(line: str) -> bool:
    return (
        bool(_CODE_LIKE.search(line)) and not _TAIL.match(line) and any(pattern.search(line) for pattern in _PATTERNS)
    )


def _begins_with_code(line: str) -> bool:
    found = _START.match(line)
    if not found:
        return bool(_ALONE.match(line))
    after = line[found.end() :]
    if after[:1] in '"”»' and after[1:]:  # a number that a sentence speaks of
        return False
    if found["reply_code"] in _OF_HTTP and re.match(r"\W*bad gateway|\W*gateway time", after, re.I):
        return False
    is_failure = (
        found["reply_code"][0] in "45"
        or found["reply_code"] in _OF_SESSIONS
        or bool(_SERVER.search(after) or _MAIL.search(after))
    )
    return found["reply_code"] in catalogue().reply_codes and is_failure and not _AMOUNT.match(after)


def _holds_reply(line: str) -> bool:
    return bool(_CODE_LIKE.search(line)) and (
        _holds_both(line)
        or any(
            _is_reply(found, line)
            for pattern in (_START, _NAMED, _ALONE)
            for found in islice(pattern.finditer(line), _MOST_NUMBERS)
        )
    )


def _holds_both(line: str) -> bool:
    """Whether both codes of a reply stand in a line, which are no part number: `550-5.1.1 |`."""
    return any(
        found["reply_code"] not in _OF_SESSIONS
        and not (line.startswith("-", found.end("reply_code")) and _NEXT_CELL.match(line, found.end()))
        for found in islice(_BOTH.finditer(line), _MOST_NUMBERS)
    )


def _is_reply(found: re.Match[str], line: str) -> bool:
    """Whether the words around a number make it a code: a sign, or the vocabulary of mail servers."""
    groups = found.groupdict()
    code, after = groups.get("reply_code") or groups["enhanced"], line[found.end() : found.end() + _LONGEST_WORDS]
    if "." not in code and code not in catalogue().reply_codes:
        return False
    if code in _OF_HTTP and (_HTTP.search(after) or _HTTP.search(line[: found.start() + 12])):
        return False
    if "." not in code and (_AMOUNT.match(after) or (speaks_of_other_codes(line) and not _MAIL.search(line))):
        return False
    if _OF_PROGRAM.match(line, max(found.start(), 0)):
        return False
    if code[0] in "23":
        return code not in _OF_SESSIONS and bool(re.match(r"(?i)\W*(?:2\.\d\.\d|ok\b|queued|accepted)", after))
    scan = matcher().scan(line)
    of_others = OF_ANY_NETWORK if code in _OF_HTTP and not _MAIL.search(line) else ()
    told = (one.sign.cause for one in scan.signs if not one.sign.fallback)
    if scan.speakers or scan.blocklists or any(cause not in of_others for cause in told):
        return True
    begins = not after.lstrip(" -,;:")[:1].islower()  # a sentence, and no count of things
    if found.re is _START and begins and _SERVER.search(after):
        return True
    alone = found.re is _START and not line[: found.start("reply_code")].strip()
    if alone and (_WHOSE.match(after) or (begins and _ABROAD.search(after[:_FIRST_WORDS]))):
        return True
    if alone and (speaker := _SPEAKER.match(after)) and _SERVER.search(after, speaker.end()):
        return True
    return bool(_MAIL.search(line if found.re is _NAMED else after))
