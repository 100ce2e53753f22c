"""SMTP replies in a paste: reply code, enhanced status code, text.            RFC 5321 §4.2, RFC 2034 §4"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from bot.core.signs import matcher

# Nothing before a code that would make it a part of a number, an amount, a date or an address; nothing after either.
_BEFORE = r"(?<![\w.,+/@$€£%-])"
_REPLY_CODE = rf"{_BEFORE}(?P<reply_code>[2-5]\d\d)"
_ENHANCED = r"(?P<enhanced>[245]\.\d{1,3}\.\d{1,3})(?![\w.-]*\d)"

# 550 5.7.26, 550-5.7.26, 550 #5.1.1, 550 (5.7.1): nobody writes both by chance.
_BOTH = re.compile(rf"{_REPLY_CODE}[- ]?[ (\[#]*{_ENHANCED}")

# A reply code where a reply begins: at the start of a line, or after what introduces or encloses a reply.
_START = re.compile(r"(?:^|[:;>=\"'(\[|] ?|\bsaid:? )" + _REPLY_CODE + r"(?P<separator>[- ]|$|(?=[<\"]))")
# SMTP error 550, status code: 554, User unknown (550), [452]
_NAMED = re.compile(
    r"(?:\b(?:smtp|esmtp|error|code|reply|status|erreur)[ :=#]{1,3}|[(\[#] ?)(?P<reply_code>[45]\d\d)\b(?![.\d])", re.I
)
# (#5.1.1), dsn=4.2.2, smtp; 5.1.1, Status: 5.0.0, or at the start of a line
_ALONE = re.compile(r"(?:^|[(\[#]|\b(?:dsn=|smtp; ?|status: ?))" + _ENHANCED, re.I)

_SAID = re.compile(r"\bsaid: |<<< ?")
_QUOTING = re.compile(r"^[\s>|]+|^<<< ?")
_ADDRESS = re.compile(r"[^\s<>()\[\]:;,\"'@]{1,64}@[\w.-]{1,255}")
_RECIPIENT = re.compile(rf"(?:\bto=<?|\brcpt to: ?<?|^\W{{0,3}}<?)(?P<address>{_ADDRESS.pattern})", re.I)
_REMOTE_MTA = re.compile(r"\b(?:host |relay=)(?P<name>[\w.-]{1,255})\[")

# Words that mail servers say and that other numbers are seldom followed by.
_MAIL = re.compile(
    r"\b(?:mail|e-?mail|smtp|mailbox|message|recipients?|sender|user|rcpt|helo|ehlo|relay(?:ing|ed)?|spam|virus|dnsbl"
    r"|spf|dkim|dmarc|starttls|postmaster|domain|address|transaction|delivery|grey-?list\w*|destinataire|courriel)\b",
    re.I,
)
_SERVER = re.compile(
    r"\b(?:unavailable|denied|rejected|refused|blocked|unknown|invalid|disabled|failed|failure|error|policy|quota"
    r"|storage|deferred|temporar\w+|try again|service|command|syntax|sequence|requested|action|authentication"
    r"|connections?|rate|limit|access|closing|banned|ok|queued|accepted|local|parameter|argument|not implemented)\b",
    re.I,
)
_HTTP = re.compile(
    r"\bhttps?\b|^\W*(?:internal server error|bad gateway|service unavailable|gateway time-?out)\W*$", re.I
)


class Reply(NamedTuple):
    """A reply as one line: its codes as they stand in the text, and its words without them."""

    reply_code: str | None
    enhanced_status_code: str | None
    text: str
    recipient: str | None = None
    remote_mta: str | None = None


def read_replies(text: str) -> tuple[Reply, ...]:
    """
    The SMTP replies of a tidy paste, in order; a reply of many lines is one.

    What stands around them (a log line's head, quote marks, "host … said:") is skipped, and numbers that only
    look like codes stay unread.

    >>> read_replies("550-5.1.1 No such\\n550 5.1.1 user here")
    (Reply(reply_code='550', enhanced_status_code='5.1.1', text='No such user here', recipient=None, remote_mta=None),)
    >>> read_replies("we have 250 users and 550 mailboxes")
    ()
    """
    return tuple(reply for line in _unfold(text) if (reply := _read_line(line)))


def speaks_of_mail(text: str) -> bool:
    """Whether a text without any code is about mail at all: an address stands in it, or a word of the field."""
    return bool(_MAIL.search(text) or _ADDRESS.search(text))


def _unfold(text: str) -> Iterator[str]:
    """
    Logical lines: the lines of one reply joined (RFC 5321 §4.2.1), and lines that a program has wrapped.

    A line that begins no reply of its own belongs to the reply before it, up to an empty line.
    """
    held: list[str] = []
    code = ""  # the reply code of a reply that goes on: "550-"
    for raw in text.split("\n"):
        line = _QUOTING.sub("", raw).rstrip()
        if code and line[:3] == code and line[3:4] in ("", " ", "-"):
            held.append(re.sub(r"^[- ]?(?:[245]\.\d{1,3}\.\d{1,3} ?)?", "", line[3:]))
            code = code if line[3:4] == "-" else ""
            continue
        if not line or not held or _candidate(line):
            if held:
                yield " ".join(held)
            held = []
        if line:
            held.append(line)
            goes_on = re.search(r"(?:^|\W)([2-5]\d\d)-", line)
            code = goes_on[1] if goes_on else ""
    if held:
        yield " ".join(held)


def _candidate(line: str) -> bool:
    return any(pattern.search(line) for pattern in (_BOTH, _START, _NAMED, _ALONE))


def _read_line(line: str) -> Reply | None:
    """The reply of a logical line; of a reply that quotes another, the quoted one."""
    quoted = [match.end() for match in _SAID.finditer(line)]
    for start in (*reversed(quoted), 0):
        for pattern in (_BOTH, _START, _NAMED, _ALONE):
            for found in pattern.finditer(line, start):
                if pattern is _BOTH or _is_reply(found, line):
                    return _reply(found, line)
    return None


def _is_reply(found: re.Match[str], line: str) -> bool:
    """Whether the words around a number make it a code: a sign, or the vocabulary of mail servers."""
    groups = found.groupdict()
    code, after = groups.get("reply_code") or groups["enhanced"], line[found.end() :]
    if _HTTP.search(after) or matcher().find(line):
        return not _HTTP.search(after)
    if code[0] in "23" and not re.match(r"(?i)\W*(?:2\.\d\.\d|ok\b|queued|accepted)", after):
        return False
    if found.re is _START and _SERVER.search(after) and not after[:1].islower():
        return True
    return bool(_MAIL.search(line))


def _reply(found: re.Match[str], line: str) -> Reply:
    groups = found.groupdict()
    reply_code, enhanced = groups.get("reply_code"), groups.get("enhanced")
    after = line[found.end() :]
    if reply_code and not enhanced and (later := re.search(rf"[(\[#]{_ENHANCED}", after)):
        enhanced = later["enhanced"]
    if reply_code:  # a log has joined the lines of a reply: 550-5.7.26 … 550 5.7.26 …
        after = re.sub(rf"{_BEFORE}{reply_code}[- ](?:[245]\.\d{{1,3}}\.\d{{1,3}})?", "", after)
    text = after.strip(" -:") if re.search(r"\w", after) else line[: found.start()].strip()
    recipient = _RECIPIENT.search(line[: found.start()]) or _RECIPIENT.search(after)
    remote_mta = _REMOTE_MTA.search(line)
    return Reply(
        reply_code,
        enhanced,
        " ".join(text.split()),
        recipient["address"].rstrip(".") if recipient else None,
        remote_mta["name"] if remote_mta else None,
    )
