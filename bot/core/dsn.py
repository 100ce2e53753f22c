"""The machine-readable part of a delivery status or disposition notification.     RFC 3464, RFC 6533, RFC 8098"""

import re
import sys
from typing import NamedTuple

from bot.core.pattern import pattern
from bot.core.report import ADDRESS, HOST

KNOWN_FIELD = pattern(r"^[ \t>|]{0,20}(?:final-recipient|diagnostic-code|reporting-mta):", re.I | re.M)
"""A field that stands in notifications alone, quoted or not."""

_FIELD = pattern(r"^(?P<name>[A-Za-z][A-Za-z-]{0,60}):[ \t]*(?P<value>.*)$")
_CHANNEL = "-daemon"  # how a channel of Oracle's Messaging Server ends, which stands for the domain of a recipient
_LONGEST_FIELD = 4_000  # characters; no server says more
_REFUSED = pattern(r"automatic-action/[\w-]*;deleted")
_CHARACTER = pattern(r"\\x\{([0-9A-Fa-f]{2,6})\}")  # of an address in ASCII letters alone, RFC 6533 §3
_ENHANCED = pattern(r"[245]\.\d{1,3}\.\d{1,3}")
# The fields that make a group one of a recipient (RFC 3464 §2.3).
_OF_RECIPIENT = ("final-recipient", "original-recipient", "action", "diagnostic-code", "disposition")


class RecipientFields(NamedTuple):
    """What a notification says of one recipient; each field as its value alone, without its type."""

    final_recipient: str | None
    action: str | None
    status: str | None
    remote_mta: str | None
    diagnostic_code: str


class Notification(NamedTuple):
    """The fields of a whole notification."""

    reporting_mta: str | None
    recipients: tuple[RecipientFields, ...]


def read_fields(text: str) -> Notification:
    """
    Read a `message/delivery-status` part, or the same fields in the midst of a text.

    A group begins with a field that comes a second time: pastes lose empty lines, or have one after each line.

    >>> read_fields("Reporting-MTA: dns; mx.example.net\\n\\nFinal-Recipient: rfc822; jo@example.org\\nStatus: 5.1.1")
    ... # doctest: +ELLIPSIS
    Notification(reporting_mta='mx.example.net', recipients=(RecipientFields(final_recipient='jo@example.org', ...
    """
    reporting_mta = None
    recipients = []
    for group in _groups(text):
        reporting_mta = reporting_mta or _named(_value(group.get("reporting-mta"))) or _host(group.get("reporting-ua"))
        if any(name in group for name in _OF_RECIPIENT):
            status = _ENHANCED.search(group.get("status", ""))
            recipients.append(
                RecipientFields(
                    _address(group.get("final-recipient"), group.get("original-recipient")),
                    _action(group),
                    status[0] if status else None,
                    _value(group.get("remote-mta")),
                    _value(group.get("diagnostic-code")) or "",
                )
            )
    return Notification(reporting_mta, tuple(recipients))


def _groups(text: str) -> list[dict[str, str]]:
    groups: list[dict[str, str]] = []
    group: dict[str, str] = {}
    last = ""
    for line in text.split("\n"):
        field = _FIELD.match(line)
        if field:
            last = field["name"].casefold()
            if last in group and last in (*_OF_RECIPIENT, "status"):
                groups.append(group)
                group = {}
            group.setdefault(last, field["value"].strip()[:_LONGEST_FIELD])
        elif not line.strip():
            last = ""
        elif last and len(group[last]) < _LONGEST_FIELD:  # a folded line, also where the fold has lost its indent
            group[last] = f"{group[last]}\n{line.strip()}"
    if group:
        groups.append(group)
    return groups


def _action(group: dict[str, str]) -> str | None:
    """The action, or what a disposition says (RFC 8098 §3.2.6): a filter deletes what it refuses; else it arrived."""
    disposition = "".join(group.get("disposition", "").casefold().split())
    if disposition:
        return "deleted" if _REFUSED.match(disposition) else "delivered"
    return group.get("action", "").split(" ")[0].casefold().strip("();") or None


def _host(reporting_ua: str | None) -> str | None:
    """The host of a program that reports (RFC 8098 §3.2.1), which names its product behind it."""
    name = (reporting_ua or "").partition(";")[0].strip()
    return name if re.fullmatch(HOST, name) else None


def _named(value: str | None) -> str | None:
    """The host's name in a value in which programs say more of themselves; the value where none stands there."""
    found = re.search(HOST, value or "")
    return found[0] if found else value


def _value(field: str | None) -> str | None:
    """A field's value without its type: `dns; mx.example.net` (RFC 3464 §2.1.2)."""
    if field is None:
        return None
    kind, separator, value = field.partition(";")
    return (value if separator and re.fullmatch(r"\s*[\w-]{1,30}\s*", kind) else field).strip() or None


def _address(*fields: str | None) -> str | None:
    """The first of the fields that holds an address; a final recipient may be a mailbox by its name alone."""
    values = [
        found[0] if (found := re.search(ADDRESS, value)) else value.strip("<> ").partition(" ")[0]
        for value in (_CHARACTER.sub(_character, value) for value in map(_value, fields) if value)
    ]
    addresses = [value for value in values if "@" in value]
    outside = (value for value in addresses if not value.endswith(_CHANNEL))
    return next(outside, (*addresses, *values, None)[0]) or None


def _character(found: re.Match[str]) -> str:
    """The character of a code point, which stays as it is written where there is no such character."""
    point = int(found[1], 16)
    return chr(point) if point <= sys.maxunicode and not 0xD800 <= point <= 0xDFFF else found[0]
