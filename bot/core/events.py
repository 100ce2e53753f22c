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
from bot.core.report import ADDRESS, Report
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
    "detail",
    "bouncesubtype",
)
_REPLY_CODE = ("code", "smtp_code", "error_code")
_ENHANCED = ("status", "enhanced-code", "enhancedcode", "bounce_class_code")
_REMOTE_MTA = ("mx-host", "remotemtaip", "remote_mta", "mx")
_HOLDING_RECIPIENTS = ("bouncedrecipients", "complainedrecipients", "delayedrecipients")

_STATUS = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
_JSON = re.compile(r"[\[{]\s*[\"{\[]")


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
    waiting: list[tuple[Any, str]] = [(value, "")]
    for _ in range(_MOST):
        if not waiting:
            return
        one, action = waiting.pop(0)
        if isinstance(one, str) and _JSON.match(one.lstrip()):
            waiting = [(inner, action) for inner in _objects(one)] + waiting
        elif isinstance(one, list):
            waiting = [(inner, action) for inner in one] + waiting
        elif isinstance(one, dict):
            fields = {str(name).casefold(): inner for name, inner in one.items()}
            action = action_named(value for name in _EVENT if isinstance(value := fields.get(name), str)) or action
            recipient = _address(_first(fields, _RECIPIENT)) or _delivered_to(fields)
            holds = [fields[name] for name in _HOLDING_RECIPIENTS if isinstance(fields.get(name), list)]
            if recipient and action and not holds:
                if action != "delivered" or deliveries:
                    yield _report(fields, recipient, action)
            else:
                waiting = [(inner, action) for inner in holds or fields.values()] + waiting


def _delivered_to(fields: Mapping[str, Any]) -> str | None:
    """The first recipient of a delivery by Amazon SES, which names them in a list."""
    recipients = fields.get("recipients") if "smtpresponse" in fields else None
    return _address(recipients[0]) if isinstance(recipients, list) and recipients else None


def _report(fields: Mapping[str, Any], recipient: str, action: str) -> Report:
    inner = fields.get("delivery-status") or fields.get("delivery_status")
    if isinstance(inner, dict):
        fields = {**fields, **{str(name).casefold(): value for name, value in inner.items()}}
    words = "; ".join(dict.fromkeys(str(fields[name]) for name in _WORDS if isinstance(fields.get(name), str | int)))
    codes = " ".join(
        str(code) for code in (_first(fields, _REPLY_CODE), _first(fields, ("enhanced-code",))) if code is not None
    )
    text = (
        words
        if re.match(r"\W*(?:smtp; ?)?[245]\d\d", words) or not re.match(r"[45]\d\d", codes)
        else f"{codes} {words}"
    )
    status = _STATUS.search(str(_first(fields, _ENHANCED)))
    return Report(
        tidy(text),
        recipient,
        _host(_first(fields, _REMOTE_MTA)),
        status=status[0] if status else None,
        action=action,
    )


def _first(fields: Mapping[str, Any], names: Iterable[str]) -> Any:
    return next((fields[name] for name in names if fields.get(name) not in (None, "", [])), None)


def _address(value: Any) -> str | None:
    found = re.search(ADDRESS, value) if isinstance(value, str) else None
    return found[0] if found else None


def _host(value: Any) -> str | None:
    return value if isinstance(value, str) and "." in value and " " not in value else None
