"""From reports to failures: what decides the cause of each, who answered, and when to try again."""

import re
from collections.abc import Iterable

from bot.core.cause import judge, permanence, says_much
from bot.core.memory import remembered
from bot.core.model import Failure, Permanence
from bot.core.pattern import pattern
from bot.core.provider import company_of_domain, company_of_host, is_company, provider_of
from bot.core.reply import Reply, find_replies, read_reply
from bot.core.report import SUCCESSES, Report, address_in, report_of_line
from bot.core.sayings import sayings
from bot.core.signs import Found, Scan, matcher, position
from bot.core.statements import statements_in
from bot.core.talk import (
    OF_ANY_NETWORK,
    is_condition,
    is_full_of_numbers,
    is_of_other_things,
    speaks_as_servers_do,
    speaks_of_a_mail,
    speaks_of_mailboxes,
    speaks_of_refusal,
    without_passed,
)
from bot.core.wording import Template, without_names

_WAIT = pattern(
    r"\b(?:in|for|after|within|wait|dans|pendant|nach|en)\s+(?P<number>\d{1,5})\s*"
    r"(?:(?P<s>s|secs?|seconds?|secondes?|sekunden?|segundos?)|(?P<m>m|mins?|mn|minutes?|minuten?|minutos?)"
    r"|(?P<h>h|hrs?|hours?|heures?|stunden?|horas?)|(?P<d>days?|jours?|tagen?|d[ií]as?))\b",
    re.I,
)
_DURING = ("for", "pendant")
# What is said near a time that is one to wait: try again in, wait for, come back after, greylisted for, blocked for
_TO_WAIT = pattern(
    r"\b(?:re-?)?try(?:ing)?\b|\bagain\b|\blater\b|\bwait|\bcome back|\bgr[ae]y-?list|\b(?:un)?(?:b?locked|banned)\b"
    r"|liste grise|r[ée]essa|attend|patient|revenez|erneut|wart|sp[äa]ter|versuch|intent|reint|riprov|attesa|tarde"
    r"|probeer|wacht|spróbuj|повтор|позже",
    re.I,
)
_NEAR = 60  # characters
_TRIED = pattern(
    r"\b(?:(?:re)?tr(?:y|ied|ying)|attempt\w*|fail(?:ed|ing)|delayed|undelivered|delivered|queued?|essa\w+|tent\w+)"
    r"(?: (?!again\b|later\b)[^\s.;,:]{1,20}){0,2} ?$",
    re.I,
)
_CODES = 30  # characters: two codes, and an address between them and the words
_ITS_OWN = 18  # letters of a server's own phrase in one piece, which then needs no other word to be one
_A_SENTENCE = 30  # letters of one that no other program says in the same words
_OF_CHANGES = {"recipient_moved", "storage_full"}  # what people tell of their own servers in a text without codes
_OF_OTHERS = {*_OF_CHANGES, *OF_ANY_NETWORK, "domain_not_found", "protocol_error"}  # what it may say of anything
_LONGEST_WORDING = 1_000  # characters of one that is remembered
_LONGEST_CONDITION = 60  # characters
_LONGEST_REASON = 200  # characters of a text that says in a sentence or two why a mail failed
# PowerMTA gives up, and quotes the last of the replies that made it wait: they tell whose they are, but not the cause.
_LAST_TRY = pattern(r"\blast transfail\b", re.I)
_FEW = 3  # words that are said of an address, and nothing else
_OF_A_UNIT = re.compile(r"(?<=\s)\d{1,5}\s*[A-Za-z]")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_LONGEST_WAIT = 5 * 86400  # seconds; senders give up after that (RFC 5321 §4.5.4.1)
_DNSBL = pattern(
    r"\b(?:(?:blocked|rejected) (?:using|by)|(?:black)?listed (?:in|at|by|on)|blackhole site|dnsbl|rbl)[\s:]+"
    r"(?P<zone>[\w-]+\.[\w.-]*[\w-]\.[a-z]{2,})",
    re.I,
)


def failures_of(reports: Iterable[Report]) -> tuple[Failure, ...]:
    """
    The failures of some reports, each once, in order.

    In a transcript the replies on the way to a failure are none themselves: a success counts only where nothing failed.
    """
    failures = [failure_of(report) for report in reports]
    failed = [failure for failure in failures if failure.cause != "delivered"]
    return tuple(dict.fromkeys(failed or failures[-1:]))


def failures_in_paste(text: str, *, asked: bool = False) -> tuple[Failure, ...]:
    """
    The failures of a tidy paste in which replies stand; a success is told where somebody asks on purpose.

    >>> failures_in_paste("250 2.1.0 Ok\\n550 5.7.1 Relay access denied")[0].cause
    'relay_denied'
    """
    replies = find_replies(text, asked=asked, whole=is_full_of_numbers(text))
    failures = failures_of(map(report_of_line, replies))
    told = (_success(failure) if (failure.reply_code or "5")[0] == "2" else failure for failure in failures)
    return tuple(failure for failure in told if asked or failure.cause != "delivered")


def _success(reply: Failure) -> Failure:
    """A success whatever words stand in it."""
    return reply._replace(cause="delivered", permanence=None, decided_by=reply.reply_code, decided_at=None)


def failure_in_prose(text: str, *, asked: bool = False) -> Failure | None:
    """
    The failure of a tidy paste that has no code but a sign, and is about mail.

    `asked` where somebody asks on purpose: then a short text that says of mail why it failed is enough.

    >>> failure_in_prose("Your mail to jo@example.org came back: user unknown").cause
    'recipient_unknown'
    >>> failure_in_prose("The recipient’s inbox is brimming", asked=True).cause
    'mailbox_full'
    """
    text = without_passed(text)
    if is_of_other_things(text) or (not asked and find_replies(text)):  # those that tell of successes
        return None
    scan = matcher().scan(text, words=asked)
    signs = [found for found in scan.signs if not found.sign.fallback and _is_told(found, text)]
    telling = any(
        found.sign.owner
        and len(found.phrase) >= _ITS_OWN
        and "…" not in found.phrase
        and (found.sign.cause not in OF_ANY_NETWORK or len(found.phrase) >= _A_SENTENCE)
        for found in signs
    )
    if telling or (signs and speaks_of_refusal(text)):
        return failure_of(Report(text))
    if not asked or "\n" in text or len(text) > _LONGEST_REASON or not speaks_as_servers_do(text):
        return None
    of_mailboxes = speaks_of_mailboxes(text) or _says_only_whose(text)
    of_mail = of_mailboxes or speaks_of_a_mail(text)
    told = [one.sign.cause for one in signs if of_mail or len(one.phrase) >= _ITS_OWN]
    told += [
        read.statement.cause
        for read in statements_in(scan.words())
        if of_mail and read.statement.rank == 0 and (read.of_address or " " in read.phrase)
    ]
    failure = failure_of(Report(text)) if {*told} - (_OF_CHANGES if of_mailboxes else _OF_OTHERS) else None
    return failure if failure and failure.cause != "unknown" else None


def _says_only_whose(text: str) -> bool:
    """Whether a text is an address and a few words, as those who collect answers of servers write them."""
    return bool(address_in(text)) and len(text.split()) <= _FEW + 1


def _is_told(found: Found, text: str) -> bool:
    """Whether a sign is said to be so, and is no condition."""
    at = position(found.phrase, text)
    return at is None or not is_condition(text[max(at - _LONGEST_CONDITION, 0) : at])


def failure_of(report: Report) -> Failure:
    """Judge one report; of a reply without prose around it the wording is judged once, whoever it was said of."""
    domain = (report.final_recipient or "").rpartition("@")[2]
    if report.action == "complaint":
        provider = company_of_domain(domain) or company_of_host(report.remote_mta or "")
        return Failure("complaint", final_recipient=report.final_recipient, provider=provider)
    if report.prose:
        return _judged(report)
    wording, names = without_names(report.text)
    judge_it = _judged_once if len(wording) <= _LONGEST_WORDING else _judged
    judged = judge_it(
        Report(
            wording,
            f"x@{domain}" if company_of_domain(domain) else None,
            report.remote_mta if report.remote_mta and company_of_host(report.remote_mta) else None,
            status=report.status,
            action=report.action,
        )
    )
    words = Template(judged.diagnostic_code)(names) if judged.diagnostic_code and names else judged.diagnostic_code
    found = judged.decided_at is not None and judged.decided_by and words
    return judged._replace(
        final_recipient=report.final_recipient,
        diagnostic_code=words,
        remote_mta=report.remote_mta,
        reporting_mta=report.reporting_mta,
        decided_at=position(judged.decided_by or "", words or "") if found else None,
    )


@remembered(8192)
def _judged_once(report: Report) -> Failure:
    return _judged(report)


def _judged(report: Report) -> Failure:
    reply = read_reply(report.text)
    if report.action and (reply.reply_code or "4")[0] in "23" and report.action not in SUCCESSES:
        reply = reply._replace(reply_code=None, enhanced_status_code=None)  # a success on the way to the failure
    enhanced = _more_specific(reply.enhanced_status_code, report.status)
    scan = _scan(report, reply)
    stage = scan.stage or (matcher().stage(report.prose) if report.prose else None)
    provider = provider_of(report, scan, enhanced)
    blocklist = _blocklist(scan, reply.text)
    verdict = judge(scan.signs, provider, reply.reply_code, enhanced, stage, blocklist, scan.words)
    by_code = verdict.decided_by == (enhanced if enhanced else reply.reply_code)
    if report.prose and by_code and not says_much(enhanced or ""):  # such a code says less than who reports it
        around = judge(matcher().scan(report.prose).signs, provider, reply.reply_code, None)
        verdict = around if around.sign else verdict
    if verdict.sign and verdict.sign.only_here and is_company(verdict.sign.owner):
        provider = verdict.sign.owner
    failure = Failure(
        verdict.cause,
        reply.reply_code,
        enhanced,
        (verdict.sign.permanence if verdict.sign else None) or _permanence(report, reply, enhanced),
        final_recipient=report.final_recipient,
        diagnostic_code=reply.text or None,
        remote_mta=report.remote_mta,
        reporting_mta=report.reporting_mta,
        provider=provider,
        retry_after=_retry_after(_LAST_TRY.split(reply.text)[0])
        or (verdict.sign.retry_after if verdict.sign else None),
        blocklist=blocklist,
        decided_by=verdict.decided_by,
        decided_at=position(verdict.decided_by, reply.text)
        if verdict.decided_by and verdict.decided_by not in (reply.reply_code, enhanced)
        else None,
    )
    return failure._replace(given_up=True) if report.action == "failed" and _could_pass(failure) else failure


def _could_pass(failure: Failure) -> bool:
    """Whether the message could pass later; a server that reports `failed` has stopped trying (RFC 3464 §2.3.3)."""
    expired = failure.cause == "delivery_expired" and failure.permanence is None
    return failure.permanence == "temporary" or expired


def _scan(report: Report, reply: Reply) -> Scan:
    """
    What stands in a report: signs in the server's own words before any others.

    The prose around them is asked only where the server gave no code.
    """
    text = " ".join(report.text.split())
    apart = (
        bool(reply.reply_code) and len(text) - len(reply.text) >= _CODES
    )  # else little but codes is around the words
    scan = matcher().scan(text, words=not apart)
    if reply.reply_code and (last_try := _LAST_TRY.search(text)):
        own = matcher().scan(text[: last_try.start()], words=True)
        return scan._replace(signs=own.signs, words=own.words)
    own = matcher().scan(reply.text, words=True) if apart else scan
    scan = scan._replace(signs=own.signs or scan.signs, words=own.words)
    if not report.prose or reply.reply_code or scan.signs:
        return scan
    around = matcher().scan(report.prose)
    speakers = scan.speakers or around.speakers  # a filter that reports what it refused itself
    return scan._replace(signs=around.signs, speakers=speakers)


def _more_specific(said: str | None, status: str | None) -> str | None:
    """The code in the server's own words, unless it is empty of meaning and the notification's field is not."""
    if said and status and said.endswith(".0.0"):
        return said if status.endswith(".0.0") else status
    return said or status


def _permanence(report: Report, reply: Reply, enhanced: str | None) -> Permanence | None:
    return "temporary" if report.action in ("delayed", "deferred") else permanence(reply.reply_code, enhanced)


def _retry_after(text: str) -> int | None:
    """The seconds after which the server says that it takes the message, where it says so."""
    waits = _WAIT.finditer(text) if _OF_A_UNIT.search(text) else iter(())
    found = next((wait for wait in waits if not _is_past(wait, text)), None)
    wait = int(found["number"]) * _SECONDS[found.lastgroup or ""] if found else 0
    return wait if 0 < wait <= _LONGEST_WAIT else None


def _is_past(wait: re.Match[str], text: str) -> bool:
    """Whether a time is no wait: nobody speaks of a later try, or so long a server has tried, or will try."""
    if not _TO_WAIT.search(text, max(0, wait.start() - _NEAR), wait.end() + _NEAR):
        return True
    return wait[0].lower().startswith(_DURING) and bool(_TRIED.search(text[: wait.start()]))


def _blocklist(scan: Scan, text: str) -> str | None:
    """The blocklist that the reply names: its name, or its zone where the catalogue does not know it."""
    if scan.blocklists:
        return sayings().blocklists[scan.blocklists[0]].name
    found = _DNSBL.search(text)
    return found["zone"].lower() if found else None
