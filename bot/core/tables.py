"""Tables of deliveries, a report for each failure: message trace and tracking log of Exchange, accounting of PowerMTA.

https://learn.microsoft.com/exchange/monitoring/trace-an-email-message
https://learn.microsoft.com/exchange/mail-flow/transport-logs/message-tracking
"""

import csv
import re
from collections.abc import Iterator

from bot.core.actions import action_named
from bot.core.pattern import pattern
from bot.core.report import ADDRESS, HOST, STATUS, Report

_MOST = 5_000  # rows
_TRACE = pattern(
    r"^\"?(?:date|received|date_time|message trace id|timestamp|origin_timestamp).*\brecipient"
    r"|^type,timelogged,.*,rcpt,",
    re.I | re.M,
)
# PowerMTA's accounting file as it is by default; a paste seldom begins with its first row, which names the fields.
_ACCOUNTING = pattern(r"(?:[bdt]|r[bs]),\d{4}-\d\d-\d\d \d\d:")
_ACCOUNTING_FIELDS = (
    "type,timeLogged,timeQueued,orig,rcpt,orcpt,dsnAction,dsnStatus,dsnDiag,dsnMta,bounceCat,srcType,srcMta\n"
)
# The tracking log: the time, six cells of who and where, the source, the event, two numbers of the message; then the
# recipients and what was said of them, between which the versions of Exchange have put more.
_TRACKING = pattern(
    r"(?:#[^\n]*\n){0,9}\d{4}-\d\d-\d\dT[\d:.]{8,20}Z,(?:(?:\"[^\"\n]{0,2000}\"|[^\n,\"]{0,320}),){6}[A-Z]{2,20},[A-Z]{4,40},"
)
_TRACKING_EVENT, _TRACKING_RECIPIENTS = 8, 11
_RECIPIENT = ("recipient_address", "recipientaddress", "recipients", "recipient", "rcpt")
_EVENT = ("status", "event", "event_id", "delivery_status", "dsnaction")
_FAILURES = ("failed", "bounced", "deferred")


def looks_like_table(text: str) -> bool:
    """
    Whether a tidy paste is such a table.

    >>> looks_like_table("Received,SenderAddress,RecipientAddress,Status")
    True
    """
    return bool(_TRACE.match(text) or _ACCOUNTING.match(text) or _TRACKING.match(text))


def reports_in_table(text: str) -> Iterator[Report]:
    """The reports in a tidy paste that is a table."""
    lines = text.splitlines(keepends=True)[:_MOST]
    tabs = lines[0].count("\t")
    delimiter = "\t" if tabs > lines[0].count(",") else ";" if lines[0].count(";") > lines[0].count(",") else ","
    try:
        if _TRACKING.match(text):
            yield from _reports_in_tracking(list(csv.reader(lines)))
        else:
            named = _ACCOUNTING.match(text)
            yield from _reports_in_trace(
                list(csv.DictReader([_ACCOUNTING_FIELDS, *lines] if named else lines, delimiter=delimiter))
            )
    except csv.Error:
        return


def _reports_in_trace(rows: list[dict[str, str]]) -> Iterator[Report]:
    """A row for each event, below a row of names."""
    for row in rows:
        fields = {str(name).casefold().strip().replace(" ", "_"): value for name, value in row.items() if name}
        recipient = re.search(ADDRESS, _first(fields, _RECIPIENT))
        action = action_named([_first(fields, _EVENT)])
        if recipient and action in _FAILURES:
            words = " ".join(value for name, value in fields.items() if value and "address" not in name)
            remote_mta = re.fullmatch(HOST, (fields.get("dsnmta") or "").partition(" ")[0])
            status = STATUS.search(fields.get("dsnstatus") or "")
            yield Report(
                fields.get("dsndiag") or words,
                recipient[0],
                remote_mta[0] if remote_mta else None,
                status=status[0] if status else None,
                action=action,
            )


def _reports_in_tracking(rows: list[list[str]]) -> Iterator[Report]:
    """A row for each event; its recipients stand in one cell, and what was said of them in the next."""
    for row in rows:
        action = action_named(row[_TRACKING_EVENT : _TRACKING_EVENT + 1])
        if action in _FAILURES:
            cells = iter(row[_TRACKING_RECIPIENTS:])
            recipients = next((found for cell in cells if (found := re.findall(ADDRESS, cell))), [])
            said = next(cells, "")
            yield from (Report(said, recipient, action=action) for recipient in recipients)


def _first(fields: dict[str, str], names: tuple[str, ...]) -> str:
    return next((value for name in names if (value := fields.get(name))), "")
