"""A bounce message: the fields of RFC 3464 where there are any, else its prose."""

import re
from collections.abc import Iterator
from email.message import Message
from itertools import chain

from bot.core.bounce import failure_of, failures_of
from bot.core.complaint import complaint_in
from bot.core.dsn import KNOWN_FIELD, Notification, read_fields
from bot.core.events import looks_like_events, reports_in_events
from bot.core.letter import is_auto_reply, is_notice
from bot.core.log import with_gaps
from bot.core.mime import NEXT_PART, Parts, addressed_to, header, parsed, take_apart, unquoted
from bot.core.model import Failure
from bot.core.pattern import pattern
from bot.core.prose import (
    FEW,
    best_reply,
    remote_mta_in,
    replies_by_address,
    transcript_of,
    whole_reply,
    without_wrong_order,
)
from bot.core.provider import filter_of
from bot.core.recipients import (
    is_of_list,
    named_behind,
    named_below,
    named_in,
    recipient_in,
    shared,
    whose_command,
    with_domains,
    with_words,
)
from bot.core.reply import read_reply
from bot.core.report import ADDRESS, HOST, SUCCESSES, Report, address_in

_DELAY = pattern(  # of small letters: to tell them apart is faster than to search for both
    r"warning message only|delivery (?:is )?delayed|delayed mail|still (?:being )?(?:retried|trying|undelivered)"
    r"|has not yet been delivered|has not been delivered yet"
    r"|could not (?:yet )?be delivered (?:yet )?for(?![^.\n]{0,40}\breturned|[^.]{0,40}\bdeleted from queue)"
    r"|will (?:keep|continue) (?:try|retry)ing|message (?:is |still )?delayed|delivery attempts will continue",
)


# Majordomo, to the owner of a list: BOUNCE list@example.org: Non-member submission from [jo@example.net]
_BOUNCE = pattern(rf"BOUNCE <?(?P<address>{ADDRESS})>?:[ \t]+(?P<reason>\S.*)", re.S)

_MOST_FORWARDS = 3  # of a notice, one in the other
_BRACKETED = pattern(rf"^<({ADDRESS})>: ", re.M)  # how Postfix begins what it says of a recipient
_OPENSMTPD = "(OpenSMTPD)"
_OF_LINES = pattern(r"^(?P<address>[^\s:]{1,320}: )(?P<reply>[45]\d\d-.*)$", re.M)  # jo@example.org: 550-…
_TALKING = "while talking to "  # Sendmail, before what each server said


def failures_in_notice(text: str) -> tuple[Failure, ...]:
    """The failures of a notice, one for each recipient; none where the message is no notice after all."""
    text = unquoted(text)
    if _OPENSMTPD in text:
        text = _OF_LINES.sub(lambda found: found["address"] + with_gaps(found["reply"]), text)
    message = parsed(text)
    failures = _failures(message, text)
    if all(failure.provider or failure.remote_mta for failure in failures):
        return failures
    name = header(message, "from").partition("<")[0]  # and no host, which may be that of the sender's own relay
    reporter = filter_of(f"{name} {header(message, 'x-mailer')}")
    return tuple(_by_filter(failure, reporter) for failure in failures)


def _by_filter(failure: Failure, reporter: str | None) -> Failure:
    """What a filter reports without naming another server it refused itself."""
    return failure if failure.provider or failure.remote_mta else failure._replace(provider=reporter)


def _failures(message: Message, text: str, forwarded: int = 0) -> tuple[Failure, ...]:
    parts = take_apart(message, text)
    if complaint := complaint_in(message, parts):
        return (complaint,)
    notification = read_fields(parts.fields)
    if notification.recipients:
        told = _from_fields(notification, parts)
        return _one_for_each(chain(told, _left_out(notification, message, parts)) if parts.fields_in_text else told)
    if parts.original is not None and parts.original.get_content_type() == "multipart/report":
        return _failures(parts.original, "", forwarded + 1) if forwarded < _MOST_FORWARDS else ()
    if looks_like_events(parts.prose) and (events := failures_of(reports_in_events(parts.prose, deliveries=True))):
        return events
    if bounce := _BOUNCE.match(header(message, "subject")):
        return (failure_of(Report(bounce["reason"], bounce["address"].casefold())),)
    if is_auto_reply(message, parts.prose):
        return (Failure("auto_reply", final_recipient=address_in(header(message, "from"))),)
    return _one_for_each(_from_prose(message, parts))


def _from_fields(notification: Notification, parts: Parts) -> Iterator[Failure]:
    """One failure for each recipient of the fields; the prose about it helps where the fields say little."""
    blocks = dict(named_in(parts.prose))
    for one in notification.recipients:
        only = len(notification.recipients) == 1
        prose = blocks.get((one.final_recipient or "").casefold(), "") or (parts.prose if only else "")
        text = whole_reply(one.diagnostic_code, parts.prose) or one.diagnostic_code
        reply = read_reply(text)
        if not reply.reply_code or len(reply.text.split()) < FEW:
            quoted = best_reply(prose)
            if not quoted and only and one.status and one.status in (elsewhere := best_reply(parts.prose)):
                quoted = elsewhere
            if quoted:
                text = f"{quoted}\n{text}" if text and not reply.reply_code else quoted
        yield _judged(
            Report(
                text or prose.strip(),
                whose_command(one.final_recipient, prose),
                _host(one.remote_mta),
                notification.reporting_mta,
                one.status,
                one.action,
                f"{prose}\n{parts.prose}" if only else prose,
            )
        )


def _left_out(notification: Notification, message: Message, parts: Parts) -> Iterator[Failure]:
    """The recipients of whom a paste has the prose alone, for its fields break off."""
    known = {(one.final_recipient or "").casefold() for one in notification.recipients}
    above = KNOWN_FIELD.split(parts.prose, 1)[0]
    named = {address.casefold() for address in _BRACKETED.findall(above)}
    if known < named:
        failures = _from_prose(message, parts._replace(prose=above))
        yield from (failure for failure in failures if failure.final_recipient in named - known)


def _from_prose(message: Message, parts: Parts) -> Iterator[Failure]:
    """One failure for each recipient that the prose names, or one for all of it."""
    prose = with_domains(transcript_of(parts.prose), addressed_to(parts))
    for section in _sections(prose):
        yield from _from_section(section, message, parts)


def _sections(prose: str) -> list[str]:
    """The text parts of a notice where each tells of recipients of its own, else all of them as one."""
    sections = prose.split(NEXT_PART)
    if len(sections) == 1:
        return sections
    named = [{address for address, _ in named_in(section)} for section in sections]
    return sections if all(named) and sum(map(len, named)) == len(set().union(*named)) else [prose]


def _from_section(prose: str, message: Message, parts: Parts) -> Iterator[Failure]:
    named = named_below(prose, list(named_in(prose, address_in(header(message, "to")))))
    blocks = list(with_words(named))
    action = "delayed" if _DELAY.search(f"{header(message, 'subject')}\n{prose}".lower()) else None
    if not blocks:
        quoted = best_reply(prose)
        if not (quoted or is_notice(message, prose)):
            return
        recipients = [address for address, _ in named if not is_of_list(address)] or [_recipient(message, parts) or ""]
        blocks = (not quoted and named_behind(prose)) or list(shared(recipients, quoted or prose))
    for (address, text), words, remote in zip(blocks, _said(blocks, prose), _remote_mtas(blocks, prose), strict=True):
        about = f"{text}\n{prose}" if len(blocks) == 1 else text  # else the prose speaks of others too
        yield _judged(Report(words, address or None, remote, action=action, prose=without_wrong_order(about)))


def _said(blocks: list[tuple[str, str]], prose: str) -> list[str]:
    """What a server said of each recipient: next to it, or in the transcript below all; else the words next to it."""
    replies = [best_reply(text, address) for address, text in blocks]
    if all(replies):
        return replies
    (first, _), *others = blocks
    below = replies_by_address(prose) if others else {first: best_reply(prose, first)}
    return [said or below.get(address) or text for said, (address, text) in zip(replies, blocks, strict=True)]


def _remote_mtas(blocks: list[tuple[str, str]], prose: str) -> list[str | None]:
    """The server that spoke of each recipient; one that is named elsewhere spoke of all, where it is the only one."""
    remotes = [remote_mta_in(text) for _, text in blocks]
    many = len(blocks) > 1 and (any(remotes) or prose.count(_TALKING) > 1)
    of_all = None if many else remote_mta_in(prose)
    return [remote or of_all for remote in remotes]


def _recipient(message: Message, parts: Parts) -> str | None:
    """The recipient where no line of the prose begins with it."""
    if found := re.search(ADDRESS, header(message, "x-failed-recipients")):
        return found[0]
    known = {address_in(header(message, name)) for name in ("to", "from", "reply-to")}
    return recipient_in(parts.prose, known, next(iter(addressed_to(parts)), None))


def _judged(report: Report) -> Failure:
    """A success is no failure whatever its words; a warning tells its cause only where a server gave one."""
    failure = failure_of(report)
    if report.action in SUCCESSES:
        return failure._replace(cause="delivered", permanence=None)
    codes = (failure.reply_code, failure.enhanced_status_code)  # they only say that it may be tried again
    by_code = failure.cause == "unknown" or (failure.decided_by is not None and failure.decided_by in codes)
    if report.action == "delayed" and (not failure.reply_code or by_code):
        return failure._replace(cause="delayed")
    if report.action == "deleted" and failure.cause == "unknown":
        return failure._replace(cause="policy_rejected")  # a filter that the recipient, or their server, set up
    return failure


def _host(name: str | None) -> str | None:
    """A host's name out of a field such as `dns; mx.example.org [192.0.2.1]`."""
    found = re.search(HOST, name or "")
    return found[0].casefold() if found and not found[0].replace(".", "").isdigit() else None


def _one_for_each(failures: Iterator[Failure]) -> tuple[Failure, ...]:
    """One failure for each recipient, the one that says most; those that say nothing only where none says more."""
    best: dict[str, Failure] = {}
    for failure in failures:
        recipient = (failure.final_recipient or "").casefold()
        if recipient not in best or _telling(failure) > _telling(best[recipient]):
            best[recipient] = failure
    telling = [failure for failure in best.values() if _telling(failure)]
    return tuple(telling or best.values())


def _telling(failure: Failure) -> int:
    return sum(
        (
            4 * ((failure.reply_code or "2")[0] in "45"),
            2 * bool(failure.enhanced_status_code),
            failure.cause != "unknown",
        )
    )
