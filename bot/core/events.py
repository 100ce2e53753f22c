"""Events of sending services, as JSON or in a table: one report for each that tells of a failure.

Amazon SES, SendGrid, Postmark, Mailgun, Brevo and others name the same few things in their own way; the lists below
hold those names.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.core.actions import action_named
from bot.core.paste import tidy
from bot.core.pattern import pattern
from bot.core.report import ADDRESS, STATUS, Report
from bot.core.tables import looks_like_table, reports_in_table

_MOST = 5_000  # objects that are read of one paste
_MOST_BROKEN = 100  # values in it that begin and are none

_EVENT = ("notificationtype", "eventtype", "recordtype", "event", "type", "status", "event_type", "severity")
_RECIPIENT = (
    "emailaddress",
    "email",
    "recipient",
    "recipientaddress",
    "recipient_address",
    "rcpt",
    "rcpt_to",
    "to",
)
_WORDS = (
    "diagnosticcode",
    "details",
    "response",
    "smtp-response",
    "smtpresponse",
    "message",
    "reason",
    "description",
    "raw_reason",
    "error",
    "errormessage",
    "detail",
    "diag",
    "comment",
    "content",
    "output",
    "statusmessage",
    "bounce_description",
    "bouncesubtype",
    "delaytype",
)
_REPLY_CODE = ("code", "smtp_code", "error_code")
_ENHANCED = ("status", "enhanced-code", "enhancedcode", "enhanced_code", "bounce_class_code")
_REMOTE_MTA = ("mx-host", "remotemtaip", "remote_mta", "mx", "peer_address")
_SAID = (*_WORDS, *_REPLY_CODE, *_ENHANCED, *_REMOTE_MTA)
# Objects that tell more of the event in which they stand.
_UNSENT = ("reject", "failure")
_TELLING = ("delivery-status", "delivery_status", "deliverystatusdetails", "response", "bounce", "morph", *_UNSENT)
_HEADERS = ("headers", "commonheaders")  # of the message, which was for others, too
_HOLDING_RECIPIENTS = ("bouncedrecipients", "complainedrecipients", "delayedrecipients")

_NAME = pattern(r"[A-Za-z]+(?:[_-][A-Za-z]+)*")
_NEXT_WORD = pattern(r"[_-]|(?<=[a-z])(?=[A-Z])")
_JSON = pattern(r"[\[{]\s*[\"{\[]")


def looks_like_events(text: str) -> bool:
    """
    Whether JSON objects or a message trace stand in a tidy paste.

    >>> looks_like_events('{"event": "bounce", "email": "jo@example.org"}'), looks_like_events("550 [no]")
    (True, False)
    """
    return bool(_JSON.search(text) and '"' in text and "@" in text) or looks_like_table(text)


def reports_in_events(text: str, *, deliveries: bool = False) -> Iterator[Report]:
    """
    The reports in a tidy paste; what delivers, opens or clicks is none, unless `deliveries` are asked for.

    >>> [report.final_recipient for report in reports_in_events('[{"event": "bounce", "email": "jo@example.org"}]')]
    ['jo@example.org']
    """
    if looks_like_table(text):
        yield from reports_in_table(text)
        return
    for found in _objects(text):
        yield from _reports_in_object(found, deliveries)


def _objects(text: str) -> Iterator[Any]:
    """The JSON values that stand in a text, one after the other."""
    text = text.replace("!\n ", "")  # how old mail programs fold a line that is too long
    decoder, at, broken = json.JSONDecoder(), 0, 0
    for _ in range(_MOST):
        start = _JSON.search(text, at)
        if not start or broken > _MOST_BROKEN:
            return
        try:
            value, at = decoder.raw_decode(text, start.start())
        except (ValueError, RecursionError):
            at = start.start() + 1  # a list that was cut off holds objects that are whole
            broken += 1
            continue
        yield value


def _reports_in_object(value: Any, deliveries: bool) -> Iterator[Report]:
    """Events are found wherever they stand: in a list, in an envelope, or as JSON in a string."""
    waiting: list[tuple[Any, str, Mapping[str, Any]]] = [(value, "", {})]
    for _ in range(_MOST):
        if not waiting:
            return
        one, action, around = waiting.pop()
        if _is_json(one):
            waiting += reversed([(inner, action, around) for inner in _objects(one)])
        elif isinstance(one, list):
            waiting += reversed([(inner, action, around) for inner in one[:_MOST]])
        elif isinstance(one, dict):
            fields = _fields(one)
            action = action_named(value for name in _EVENT if isinstance(value := fields.get(name), str)) or action
            recipients = _recipients(fields)
            holds = [fields[name] for name in _HOLDING_RECIPIENTS if isinstance(fields.get(name), list)]
            if recipients and action and not holds:
                if action != "delivered" or deliveries:
                    report = _report(fields if _words(fields) else {**around, **fields}, action)
                    yield from (report._replace(final_recipient=recipient) for recipient in recipients)
            else:
                around = {**around, **{name: fields[name] for name in _SAID if name in fields}}
                inside = holds or [inner for name, inner in fields.items() if name not in _HEADERS]
                waiting += reversed([(inner, action, around) for inner in inside[:_MOST]])


def _fields(one: Mapping[Any, Any]) -> Mapping[str, Any]:
    """What an object tells, and what those in it tell of it."""
    own = {str(name).casefold(): value for name, value in one.items()}
    inner = [value for name in _TELLING if isinstance(value := own.get(name), dict)]
    return {str(name).casefold(): value for telling in inner for name, value in telling.items()} | own


def _recipients(fields: Mapping[str, Any]) -> list[str]:
    """
    Of whom an event tells.

    Amazon SES names those of a delivery in a list, of which the first will do, and of a message that it did not send
    only those to whom it was addressed.
    """
    named = next((found for name in _RECIPIENT if (found := _addresses(fields.get(name)))), [])
    mail = fields.get("mail")
    unsent = isinstance(mail, dict) and any(isinstance(fields.get(name), dict) for name in _UNSENT)
    return (
        named
        or (_addresses(fields.get("recipients"))[:1] if "smtpresponse" in fields else [])
        or (_addresses(mail.get("destination")) if unsent and isinstance(mail, dict) else [])
    )


def _report(fields: Mapping[str, Any], action: str) -> Report:
    words = _words(fields)
    codes = " ".join(
        str(code) for code in (_first(fields, _REPLY_CODE), _first(fields, ("enhanced-code",))) if code is not None
    )
    text = (
        words
        if re.match(r"\W*(?:smtp; ?)?[245]\d\d", words) or not re.match(r"[45]\d\d", codes)
        else f"{codes} {words}"
    )
    enhanced = _first(fields, _ENHANCED)
    if isinstance(enhanced, dict):  # KumoMTA's class, subject and detail
        enhanced = ".".join(map(str, enhanced.values()))
    status = STATUS.search(str(enhanced))
    return Report(
        tidy(text),
        remote_mta=_host(_first(fields, _REMOTE_MTA)),
        status=status[0] if status else None,
        action=action,
    )


def _words(fields: Mapping[str, Any]) -> str:
    """
    What is said of an event, each thing once; the events in an envelope are not what is said of it.

    Where there are details, the description is one of all events of the type (Postmark's).
    """
    names = [name for name in _WORDS if not (name == "description" and fields.get("details"))]
    said = [value for name in names if (value := fields.get(name)) and isinstance(value, str | int)]
    return "; ".join(dict.fromkeys(_spelled(str(value)) for value in said if value is not True and not _is_json(value)))


def _spelled(words: str) -> str:
    """Names as words: `MailboxFull`, `mailbox_full`."""
    return _NEXT_WORD.sub(" ", words) if _NAME.fullmatch(words) else words


def _first(fields: Mapping[str, Any], names: Iterable[str]) -> Any:
    return next((fields[name] for name in names if fields.get(name) not in (None, "", [])), None)


def _addresses(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [found[0] for one in values if isinstance(one, str) and (found := re.search(ADDRESS, one))]


def _host(value: Any) -> str | None:
    name = value.get("name") if isinstance(value, dict) else value
    return name.rstrip(".") if isinstance(name, str) and "." in name and " " not in name else None


def _is_json(value: Any) -> bool:
    return isinstance(value, str) and bool(_JSON.match(value.lstrip()))
