"""Exim's log: a report for each line of the main log or the reject log that tells of a failure."""

import re

from bot.core.pattern import pattern
from bot.core.report import ADDRESS, HOST, Report

# 2026-11-23 14:25:01 1xVUyb-00001o-07 ** jo@example.org R=… T=… H=…: …
#                                      https://www.exim.org/exim-html-current/doc/html/spec_html/ch-log_files.html
_DELIVERY = pattern(
    rf"\s(?P<flag>\*\*|==|=>|->|>>|\*>) (?:[^\s@]{{1,64}} |[|/][^@<]{{0,200}})?<?(?P<address>{ADDRESS})>?(?P<rest>.*)",
    re.S,
)
_DIGIT = pattern(r"\d")  # of the time or of the message, which stand before the flag
_OCTAL = pattern(r"(?:\\[23][0-7]{2}){1,100}")
_HOST = pattern(rf"\bH=(?P<name>{HOST})")
_FIELDS = pattern(r"^(?:\s+(?:[A-Z]{1,3}=(?:\"[^\"]*\"|\S+)|<[^>]*>|\([^)]*\)|\[[^\]]*\]|routing|defer|F=<[^>]*>))*")
# H=app.example.com [192.0.2.7] F=<…> temporarily rejected RCPT <jo@example.org>: …
STAGES = (
    r"RCPT|VRFY|MAIL|DATA|(?:after|during) DATA(?: PRDR)?|EHLO or HELO|EHLO|HELO|AUTH|STARTTLS|ETRN|EXPN"
    r"|connection in|by local_scan\(\)|by non-SMTP ACL"
)
_REJECT = pattern(
    rf"\b(?P<temporarily>temporarily )?rejected (?P<stage>{STAGES})(?P<what> .{{0,400}}?)?(?:: (?P<text>.*)|$)",
    re.S,
)
# What is said on the way: 1xVUyb-00001o-07 H=mx.example.org [192.0.2.1] Connection timed out
ATTEMPT = (
    r"\b\w{6}-\w{6,11}-\w{2,4} (?:H=)?[\w.-]{1,255} \[[\da-fA-F.:]{3,45}\](?::\d{1,5})?:? "
    r"(?=Connection (?:refused|timed out|reset)"
    r"|Network is unreachable|No route to host|Remote host closed|SMTP (?:error from|timeout)|TLS (?:error|session))"
)
_ATTEMPT = pattern(rf"{ATTEMPT}(?P<text>.*)", re.S)
_ATTEMPTED = pattern(rf" (?:H=)?(?P<name>{HOST}) \[")
# The reject log goes on below such a line: with Envelope-from: <…>, with Envelope-to: <…>, and with all the headers.
_BELOW = pattern(r"\nEnvelope-from: <[^>\n]{0,320}>\n(?=Envelope-to: )")
_ENVELOPE = pattern(r",? envelope[- ]to:? (?=<)", re.I)


def joined(text: str) -> str:
    """A log in which the envelope that the reject log writes below a line stands behind it."""
    return _BELOW.sub(" ", text)


def exim_line(line: str) -> list[Report] | None:
    """
    The failures that a line of Exim's main or reject log tells; None where it is a line of another program.

    >>> line = "2026-11-23 14:25:01 1xVUyb-00001o-07 ** jo@example.org R=dns T=smtp H=mx.example.org: 550 No such user"
    >>> [(report.final_recipient, report.text) for report in exim_line(line)]
    [('jo@example.org', '550 No such user')]
    """
    if rejected := _REJECT.search(line):
        return [_reject(rejected)]
    found = _DELIVERY.search(line)
    if not found or not _DIGIT.search(line[: found.start()]):
        return None
    if found["flag"] not in ("**", "=="):
        return []
    rest = found["rest"]
    host = _HOST.search(rest)
    fields = _FIELDS.match(rest)
    text = _OCTAL.sub(_octal_read, rest[fields.end() if fields else 0 :].removeprefix(":").strip())
    return [
        Report(
            re.sub(r"\s+(?:DT|QT|RT)=\S+$", "", text) or rest,
            found["address"],
            host["name"] if host else None,
            action="deferred" if found["flag"] == "==" else "failed",
        )
    ]


def exim_attempt(line: str) -> list[Report]:
    """
    What a line says of one host, before the next is tried or the line of the delivery is written.

    >>> exim_attempt("1xVUyb-00001o-07 H=mx.example.org [192.0.2.1] Connection timed out")[0].text
    'Connection timed out'
    """
    found = _ATTEMPT.search(line)
    host = _ATTEMPTED.search(found[0]) if found else None
    return [Report(found["text"], None, host["name"] if host else None, action="deferred")] if found else []


def _reject(rejected: re.Match[str]) -> Report:
    """A command names one address, the sender's or the recipient's; for a message the reject log adds its envelope."""
    text, *envelope = _ENVELOPE.split(rejected["text"] or rejected[0], maxsplit=1)
    where = rejected["what"] if rejected["stage"] in ("RCPT", "VRFY") else "".join(envelope)
    to = re.search(ADDRESS, where or "")
    return Report(text.strip(), to[0] if to else None, action="deferred" if rejected["temporarily"] else None)


def _octal_read(found: re.Match[str]) -> str:
    """Letters that Exim wrote as the octal numbers of their bytes."""
    return bytes(int(number, 8) for number in found[0][1:].split("\\")).decode("utf-8", "replace")
