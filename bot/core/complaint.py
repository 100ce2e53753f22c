"""A complaint: the report of a feedback loop, or what stands for one where it has no machine-readable part."""

import re
from email.message import Message

from bot.core.bounce import failure_of
from bot.core.mime import Parts, header
from bot.core.model import Failure
from bot.core.pattern import pattern
from bot.core.report import ADDRESS, Report, address_in

_JMRP = "x-hmxmroriginalrecipient"  # Microsoft's programme adds it to the copy of the message
_RECIPIENT = pattern(rf"^(?:original-rcpt-to|removal-recipient): ?<?(?P<address>{ADDRESS})", re.I | re.M)


def complaint_in(message: Message, parts: Parts) -> Failure | None:
    """The complaint that a message is, or None; Apple Mail's button to unsubscribe has no machine-readable part."""
    if parts.original is not None and _JMRP in parts.original:
        return _complaint(header(parts.original, _JMRP), message)
    if not (parts.feedback or "x-apple-unsubscribe" in message):
        return None
    found = _RECIPIENT.search(parts.feedback)
    return _complaint(found["address"] if found else None, message)


def _complaint(recipient: str | None, message: Message) -> Failure:
    reporter = (address_in(header(message, "from")) or "").rpartition("@")[2]
    return failure_of(Report("", recipient, reporter or None, action="complaint"))
