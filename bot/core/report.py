"""What one system says of one recipient, as it stands in a notice, a log or a paste, before anybody judges it."""

import re
from typing import NamedTuple

from bot.core.pattern import pattern

# Chinese, Japanese and Korean texts write no space around an address: marks end it, and so does a particle.
ADDRESS = (
    r"[^\s<>()\[\]:;,\"'@：；，、。（）「」『』【】＜＞《》“”]{1,64}@"
    r"(?:[\w-]{1,63}\.){0,20}(?:[a-zA-Z0-9_-]{1,63}|[^\W\x00-\x7f][\w-]{0,62})"
)
IP = r"(?<![\w.@-])(?:\d{1,3}\.){3}\d{1,3}(?![\w@-]|\.\w)"
HOST = r"(?:[\w-]{1,63}\.){1,20}[\w-]{1,63}"

STATUS = pattern(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
"""An enhanced status code in a cell or field that holds one."""

SUCCESSES = ("delivered", "relayed", "expanded")
"""The actions that are no failure (RFC 3464 §2.3.3)."""

_MARKS = ("host ", "relay=", "H=", "server ", "talking to ", "with ", "delivery to ")
_REMOTE_MTA = pattern(
    rf"(?:\bhost |\brelay=|\bH=|\bserver |\btalking to |\bwith |\bremote delivery to )(?P<name>{HOST})\.?(?= ?\[|:| )",
    re.I,
)
_RECIPIENT = pattern(
    rf"(?:\bto=<?|\brcpt to: ?<?|\brecipients?: ?<?|^\W{{0,3}})(?P<address>{ADDRESS})"
    rf"|\b(?:(?:unknown|invalid) (?:user|recipient|mailbox)|(?:message|mail) to|(?:user|recipient|mailbox) unknown"
    rf"|(?:recipient|user|mailbox|account)(?: address| name| for)?)(?: is)?[ :=(<\"']{{1,4}}(?P<named>{ADDRESS})"
    rf"|(?P<told>{ADDRESS})[>\"')]{{0,2}}:? ?(?:account|mailbox|inbox|user|recipient"
    rf"|is (?:not|unknown|full|over|disabled)|does not|not (?:found|listed|known)|unknown)\b",
    re.I,
)


# 550 5.1.1 <jo@example.org>: Recipient address rejected
_ADDRESSEE = pattern(rf"[45]\d\d[ -](?:[245]\.\d\.\d{{1,3}} )?<(?P<address>{ADDRESS})>(?!\W*sender)", re.I)


def address_in(text: str) -> str | None:
    """The first address in a text, in small letters."""
    found = re.search(ADDRESS, text)
    return found[0].casefold() if found else None


class Report(NamedTuple):
    """The words of one failure and what stands around them; `prose` is asked where the words say nothing."""

    text: str
    final_recipient: str | None = None
    remote_mta: str | None = None
    reporting_mta: str | None = None
    status: str | None = None  # the Status field, RFC 3464 §2.3.4
    # failed, delayed, delivered, relayed, expanded: RFC 3464 §2.3.3; deleted, by a filter: RFC 8098 §3.2.6.2
    action: str | None = None
    prose: str = ""


def report_of_line(line: str) -> Report:
    """
    A report of a line in which a reply stands, with the recipient and the remote MTA where the line names them.

    >>> report_of_line("to=<jo@example.org>, relay=mx.example.org[192.0.2.1]:25 (550 5.1.1 Unknown)").remote_mta
    'mx.example.org'
    """
    recipient = None
    if "@" in line:
        named = "to=" in line or "rcpt to" in line.lower()
        recipient = (not named and _ADDRESSEE.match(line)) or _RECIPIENT.search(line) or _ADDRESSEE.search(line)
    remote_mta = _REMOTE_MTA.search(line) if any(mark in line for mark in _MARKS) else None
    return Report(
        line, recipient[recipient.lastgroup or 0] if recipient else None, remote_mta["name"] if remote_mta else None
    )
