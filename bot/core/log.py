"""Lines of a mail log: a report for each failure that Postfix, Exim, Sendmail, OpenSMTPD and others write in a line."""

import re
from collections.abc import Callable, Iterator

from bot.core.deliveries import DELIVERY, Deliveries
from bot.core.exim import ATTEMPT, STAGES, exim_attempt, exim_line, joined
from bot.core.pattern import pattern
from bot.core.report import ADDRESS, HOST, Report

_LONGEST_LINE = 4_000  # characters

_TO = pattern(rf"\bto=<?(?P<address>{ADDRESS})")
_RELAY = pattern(rf"\brelay=(?P<name>{HOST})\.?(?=[\s,\[:]|$)")
_DSN = pattern(r"\bdsn=(?P<status>[245]\.\d{1,3}\.\d{1,3})")

# postfix/smtp[123]: 4ABC: to=<…>, relay=…, dsn=…, status=bounced (…)          https://www.postfix.org/smtp.8.html
_POSTFIX = pattern(r"\bpostfix[\w-]{0,30}/(?:[\w-]{1,30}/){0,3}(?P<daemon>[\w-]{1,30})\[\d{1,10}\]: (?P<rest>.*)", re.S)
_POSTFIX_STATUS = pattern(
    r"\bstatus=(?P<status>[\w-]+)(?:,? ?\((?P<text>.*)\)|, (?P<expired>returned to sender))?", re.S
)
_POSTFIX_REJECT = pattern(
    r"[\w-]{1,40}: (?:milter-)?(?:reject|discard): [A-Z][A-Z-]{1,20}(?: [A-Z]{1,20})? from \S{1,320}: (?P<text>.*)",
    re.S,
)
# postfix/cleanup[115]: 4ABC: reject: header Subject: … from …; from=<…> to=<…> proto=ESMTP helo=<…>: 5.7.1 …
_POSTFIX_CONTENT = pattern(
    r"[\w-]{1,40}: (?P<verb>reject|discard): (?P<kind>[\w-]{1,20}) .*; from=<[^>]{0,320}>(?: to=<[^>]{0,320}>)?"
    r"(?: proto=\S{1,20})?(?: helo=<[^>]{0,255}>)?(?:: (?P<text>.*)|$)",
    re.S,
)
# What is said on the way, before the next server of the domain is tried and the line with the status is written.
_POSTFIX_ATTEMPT = pattern(
    rf"(?:[\w-]{{1,40}}: )?(?P<text>(?:host (?P<name>{HOST})\[\S{{1,60}} (?:said|refused to talk to me)"
    rf"|connect to (?P<host>{HOST})\[\S{{1,60}}): .*)",
    re.S,
)
# sm-mta[84]: 6ANE…: to=<…>, delay=…, relay=host. [192.0.2.1], dsn=5.1.1, reply=550 …, stat=User unknown
_SENDMAIL = pattern(r"(?:,|:) stat=(?P<stat>.*)$", re.S)
_SENDMAIL_TO = pattern(rf"\bto=(?P<addresses><?{ADDRESS}>?(?:,<?{ADDRESS}>?){{0,100}})")
# ruleset=check_rcpt, arg1=<jo@example.org>, relay=…, reject=550 …    or    Milter: to=<jo@example.org>, reject=550 …
_SENDMAIL_REJECT = pattern(r"(?:,|:) reject=(?P<text>.*)$", re.S)
# The sender comes before the recipient in check_compat, and alone in check_mail.
_SENDMAIL_CHECKED = pattern(
    rf"\bruleset=(?:check_rcpt, arg1|check_compat, arg1=\S{{0,320}}, arg2)=<?(?P<address>{ADDRESS})"
)
# smtpd[33]: 95f5… mta delivery evpid=… to=<…> relay="192.0.2.1 (mx.example.org)" result="PermFail" stat="550 …"
_OPENSMTPD = pattern(r"\bresult=\"?(?P<result>\w+)\"? stat=\"?(?P<stat>.*?)\"?$", re.S)
# mailbox unavailableInvalid DNS: OpenSMTPD joins the lines of a reply with nothing between them.
_JOINT = pattern(r"(?<![A-Za-z])[a-z]{2,20}[.)>]?(?=[A-Z][a-z])")
_LINES = pattern(r"[2-5]\d\d-")
_OPENSMTPD_FAILURES = ("PermFail", "TempFail", "Expire", "Loop")
# 7f8f1 smtp failed-command command="RCPT TO:<jo@example.org>" result="550 Invalid recipient"
_OPENSMTPD_REJECT = pattern(r"\bfailed-command .{0,400}?command=\"(?P<command>.*?)\" result=\"(?P<text>.*?)\"?$", re.S)
_OPENSMTPD_RELAY = pattern(rf"\brelay=\"?(?:[\d.:a-fA-F]+ \((?P<name>{HOST})\)|(?P<domain>{HOST}))")
# host=mx.example.org … recipients=jo@example.org smtpstatus=550 smtpmsg='550 …' errormsg='…' exitcode=EX_UNAVAILABLE
_MSMTP = pattern(r"\bhost=(?P<name>\S{1,255}) .{0,200}?\bfrom=\S{0,320} recipients=(?P<recipients>\S+)", re.S)

# lmtp(jo@example.org)<…>: msgid=<…>: save failed to INBOX: Quota exceeded              https://doc.dovecot.org/
_DOVECOT = pattern(
    rf"\b(?:lmtp|lda)\((?:\d{{1,10}}, )?(?P<address>{ADDRESS})\).{{0,300}}?"
    r"(?:save failed to [^:]{1,200}|failed to store into mailbox '[^']{0,200}'): (?P<text>.*)",
    re.S,
)

# Every repetition is bounded, for a paste is one line of 200,000 characters where somebody wants it to be.
_LOG = pattern(
    r"\bpostfix[\w-]{0,30}/[\w/-]{1,60}\[\d{1,10}\]:|\s\*\* [^\s@]{1,64}@\S{1,255}(?: <\S{1,320}>)?:"
    r"|\s(?:\*\*|==|=>|->) (?:\S{1,64} <|[|/][^@<\n]{1,200}<)?[^\s@]{1,64}@\S.{0,400}?(?:\b[RTF]=|\brouting defer \()"
    r"|[,:] (?:stat|reject)="
    rf"|\bresult=\"?(?:(?:Perm|Temp)Fail|Expire|Loop|Ok)\b|\bfailed-command .{{0,400}}?command="
    rf"|\b(?:lmtp|lda)\((?:\d{{1,10}}, )?[^\s@]{{1,64}}@.{{0,300}}?(?:save failed to|failed to store into mailbox) "
    rf"|{DELIVERY}|\bexitcode=EX_\w"
    rf"|\b[HFU]=\S.{{0,400}}? rejected (?:{STAGES})(?=[: ]|$)|{ATTEMPT}"
)
_ENDED = ("status=", " ** ", " == ", " => ", " -> ")
"""What stands in a line that tells how a delivery ended; without one, its attempts tell."""


# One of these stands in every line that _LOG knows; plain search is faster than any pattern.
_MARKS = (
    *("postfix", " ** ", " == ", " => ", " -> ", "stat=", "reject=", "result=", "exitcode="),
    *("courier", "dma[", "delivery ", "Starting delivery: ", " rejected ", "lmtp(", "lda("),
    *(" Connection ", " Network is", " No route to", "Remote host closed", " SMTP ", " TLS "),
)


def looks_like_log(text: str) -> bool:
    """
    Whether a line of a mail log stands in a tidy paste.

    >>> looks_like_log("Nov 23 14:22:54 mail postfix/smtp[165]: 4AB: to=<jo@example.org>, status=sent (250 Ok)")
    True
    """
    return any(mark in text for mark in _MARKS) and bool(_LOG.search(text))


def reports_in_log(text: str) -> Iterator[Report]:
    """
    A report for each line that tells of a failure, in order; deliveries are none, and the lines of one are joined.

    >>> line = "mail postfix/qmgr[9]: 4AB: from=<>, status=expired, returned to sender"
    >>> [report.text for report in reports_in_log(line)]
    ['status=expired, returned to sender']
    """
    lines = [line[:_LONGEST_LINE] for line in joined(text).split("\n")]
    deliveries = Deliveries()
    for line in lines:
        if (reports := deliveries.read(line)) is not None:
            yield from reports
            continue
        for marks, read in _READERS:
            if any(mark in line for mark in marks) and (reports := read(line)) is not None:
                yield from reports
                break
    yield from deliveries.rest()
    if not any(mark in text for mark in _ENDED):
        for line in lines:
            yield from _postfix_attempt(line) or exim_attempt(line)


# With soft_bounce the message stays in the queue; an undeliverable address was only asked about, with no message.
_POSTFIX_ACTIONS = {"deferred": "deferred", "SOFTBOUNCE": "deferred", "undeliverable": None}


def _postfix(line: str) -> list[Report] | None:
    found = _POSTFIX.search(line)
    if not found:
        return None
    rest = found["rest"]
    if rejected := _POSTFIX_REJECT.match(rest):
        return [Report(rejected["text"].partition("; from=<")[0], _recipient(rest))]
    if content := _POSTFIX_CONTENT.match(rest):
        said = f"message {content['kind']} {content['verb']}ed"  # where the one who wrote the check gave no words
        return [Report(content["text"] or said, _recipient(content[0]))]
    status = _POSTFIX_STATUS.search(rest)
    if not status or status["status"] in ("sent", "delivered", "deliverable"):
        return []
    relay, dsn = _RELAY.search(rest), _DSN.search(rest)
    return [
        Report(
            status["text"] or status[0],
            _recipient(rest),
            relay["name"] if relay else None,
            status=dsn["status"] if dsn else None,
            action=_POSTFIX_ACTIONS.get(status["status"], "failed"),
        )
    ]


def _postfix_attempt(line: str) -> list[Report]:
    found = _POSTFIX.search(line)
    said = _POSTFIX_ATTEMPT.match(found["rest"]) if found else None
    return [Report(said["text"], None, said["name"] or said["host"], action="deferred")] if said else []


def _recipient(text: str) -> str | None:
    to = _TO.search(text)
    return to["address"] if to else None


def _sendmail(line: str) -> list[Report] | None:
    if rejected := _SENDMAIL_REJECT.search(line):
        to = _SENDMAIL_CHECKED.search(line) or (None if "ruleset=" in line else _TO.search(line))
        return [Report(rejected["text"].partition(" ; to=<")[0], to["address"] if to else None)]
    stat = _SENDMAIL.search(line)
    if not stat:
        return None
    if stat["stat"].casefold().startswith(("sent", "queued")):
        return []
    relay, dsn = _RELAY.search(line), _DSN.search(line)
    reply = line[: stat.start()].partition(", reply=")[2]
    answered = reply and not reply.startswith("2")  # the server's 221 ends a session whose failure stands behind it
    report = Report(
        reply if answered else stat["stat"],
        None,
        relay["name"] if relay else None,
        status=dsn["status"] if dsn else None,
        action="deferred" if stat["stat"].startswith("Deferred") else "failed",
    )
    recipients = _SENDMAIL_TO.search(line)
    addresses = re.findall(ADDRESS, recipients["addresses"]) if recipients else [None]
    return [report._replace(final_recipient=address) for address in addresses]


def with_gaps(reply: str) -> str:
    """
    A reply of OpenSMTPD's with spaces where its lines meet.

    >>> with_gaps("550-Requested action not taken: mailbox unavailableInvalid DNS MX record")
    '550-Requested action not taken: mailbox unavailable Invalid DNS MX record'
    """
    if not _LINES.match(reply):
        return reply
    return " ".join(word if "://" in word else _JOINT.sub(r"\g<0> ", word) for word in reply.split(" "))


def _opensmtpd(line: str) -> list[Report] | None:
    if rejected := _OPENSMTPD_REJECT.search(line):
        to = re.search(ADDRESS, rejected["command"]) if rejected["command"].upper().startswith("RCPT") else None
        return [Report(rejected["text"], to[0] if to else None)]
    found = _OPENSMTPD.search(line)
    if not found:
        return None
    if found["result"] not in _OPENSMTPD_FAILURES:
        return []
    to, relay = _TO.search(line), _OPENSMTPD_RELAY.search(line)
    return [
        Report(
            with_gaps(found["stat"]),
            to["address"] if to else None,
            (relay["name"] or relay["domain"]) if relay else None,
            action="deferred" if found["result"] == "TempFail" else "failed",
        )
    ]


def _msmtp(line: str) -> list[Report] | None:
    said, exited, status = line.rpartition(" exitcode=")
    found = _MSMTP.search(said) if exited else None
    if not found:
        return None
    if status.startswith("EX_OK"):
        return []
    answered, _, error = said[found.end() :].partition(" errormsg='")
    reply, error = answered.partition(" smtpmsg='")[2].removesuffix("'"), error.removesuffix("'")
    action = "deferred" if status.startswith("EX_TEMPFAIL") else "failed"
    return [
        Report(reply or error, recipient, found["name"], action=action, prose=error)
        for recipient in found["recipients"].split(",")
    ]


def _dovecot(line: str) -> list[Report] | None:
    found = _DOVECOT.search(line)
    return [Report(found["text"], found["address"])] if found else None


_READERS: tuple[tuple[tuple[str, ...], Callable[[str], list[Report] | None]], ...] = (
    (("postfix",), _postfix),
    (("result=",), _opensmtpd),
    (("exitcode=",), _msmtp),
    (("lmtp(", "lda("), _dovecot),
    (("stat=", "reject="), _sendmail),
    ((" ** ", " == ", " => ", " -> ", " >> ", " *> ", "rejected "), exim_line),
)
"""What stands in every line of a program, and what reads such a line."""
