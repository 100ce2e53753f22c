"""Logs in which a delivery takes several lines, between those of others: Courier, dma, nullmailer, qmail."""

import re
from collections.abc import Iterator

from bot.core.pattern import pattern
from bot.core.report import ADDRESS, HOST, Report

DELIVERY = (
    r"\bcourier\w{0,20}: |\bdma\[[\w.]{1,40}\](?:\[\d{1,10}\])?: "
    r"|\bStarting delivery: (?:host|protocol): \S"
    r"|\bstarting delivery \d{1,10}: msg \d|\bdelivery \d{1,10}: (?:failure|deferral|success): "
)
"""What stands in a line of such a log."""

# courieresmtp: id=…,from=<…>,addr=<…>: 550 …    and then    …,status: failure
_COURIER = pattern(
    r"\bcourier\w{0,20}: (?:\w{1,20}: )?(?P<key>id=[\w.]{1,80},from=<[^>]{0,320}>,addr=<(?P<address>[^>]{0,320})>)"
    r"(?P<kind>:|,status:) ?(?P<text>.*)",
    re.S,
)
# courieresmtpd: error,relay=::ffff:192.0.2.1,from=<…>,to=<…>: 550 …
_COURIER_REJECT = pattern(r"\bcourier\w{0,20}: error,relay=.{0,600}?,to=<(?P<address>[^>]{0,320})>: (?P<text>.*)", re.S)
# dma[23a220.55e3]: <…> trying delivery    and then    remote delivery to mx.example.org [192.0.2.1] failed: 550 …
_DMA = pattern(r"\bdma\[(?P<id>[\w.]{1,40})\](?:\[\d{1,10}\])?: (?P<said>.*)", re.S)
_DMA_RECIPIENT = pattern(rf"<(?P<address>{ADDRESS})> trying delivery")
_DMA_FAILED = pattern(
    rf"(?:remote|local) delivery (?:to (?P<name>{HOST}) \[[^\]]{{0,50}}\] )?(?P<result>failed|deferred)"
    rf"(?:: (?P<host>{HOST}) \[[^\]]{{0,50}}\] failed)?(?P<text>.*)",
    re.S,
)
# connect to mx.example.org [192.0.2.1] failed: Connection refused    and nothing more, where no other server answers
_DMA_ATTEMPT = pattern(rf"(?P<text>connect to (?P<name>{HOST}) \[[^\]]{{0,50}}\] failed: .*)", re.S)
_DMA_NAMED = pattern(rf"^ after (?!MAIL FROM).{{0,600}}?<(?P<address>{ADDRESS})>", re.S)
# Starting delivery: host: mx.example.org protocol: smtp file: 1.2    and then    From: <…> to: <jo@example.org>    and
# after that    smtp: Failed: 550 …    Sending failed: …    in either order
_NULLMAILER = pattern(
    rf"\bStarting delivery: (?:protocol: \w{{1,20}} )?host: (?P<host>{HOST})"
    rf"|\bFrom: <[^>]{{0,320}}> to: <(?P<address>{ADDRESS})>"
    r"|\b(?:smtp|qmqp): (?P<result>Failed|Succeeded): (?P<text>.*)|\bSending failed: (?P<error>.*)",
    re.S,
)
# starting delivery 12: msg 345 to remote jo@example.org    and then    delivery 12: failure: …_(#5.1.1)/
# A virtual domain stands before its users, too: to local example.org-jo@example.org
_QMAIL_STARTING = pattern(
    rf"\bstarting delivery (?P<id>\d{{1,10}}): msg \d{{1,20}} to (?:remote|local) "
    rf"(?:(?P<domain>{HOST})-(?=[^\s@]{{1,64}}@(?P=domain)$))?(?P<address>{ADDRESS})",
    re.M,
)
_QMAIL_ENDED = pattern(r"\bdelivery (?P<id>\d{1,10}): (?P<result>failure|deferral|success): (?P<text>.*)", re.S)
# qmail writes a space as an underscore and a line break as a slash, and leaves those that were there before.
_QMAIL_BREAK = pattern(r"/(?=$|[2-5]\d\d[-_]|Remote_host_said:|Giving_up_on_|I'm_not_going_to_try_again)")
_QMAIL_SPACE = pattern(r"<[^<>\s]{0,320}>|_")
_QMAIL_HOST = pattern(rf"Connected to (?P<name>{HOST})|(?P<disliking>{HOST}) does not like recipient", re.I)
_QMAIL_END = pattern(r"\nGiving up on [^\n]*")

_ACTIONS = {"deferred": "deferred", "deferral": "deferred", "failed": "failed", "failure": "failed"}


class Deliveries:
    """The deliveries of an excerpt, line by line."""

    def __init__(self) -> None:
        """Begin with none."""
        self._said: dict[str, list[str]] = {}  # what Courier said so far, by delivery
        self._recipients: dict[str, str] = {}  # of dma and of qmail, by the number of the delivery
        self._attempts: dict[str, Report] = {}  # of dma: the server that could not be reached last, by the same number
        self._remote_mta: str | None = None  # of nullmailer
        self._waiting: list[Report] = []  # nullmailer's messages of whose delivery nothing was said so far

    def read(self, line: str) -> list[Report] | None:
        """
        The failures that a line ends with; None where it is a line of another program.

        >>> (report,) = Deliveries().read("delivery 7: failure: Sorry,_no_mailbox_here_by_that_name._(#5.1.1)/")
        >>> report.text
        'Sorry, no mailbox here by that name. (#5.1.1)'
        """
        if "courier" in line:
            if rejected := _COURIER_REJECT.search(line):
                return [Report(rejected["text"], rejected["address"] or None)]
            if found := _COURIER.search(line):
                return self._courier(found)
        if "dma[" in line and (found := _DMA.search(line)):
            return self._dma(found)
        if "delivery " in line:
            if starting := _QMAIL_STARTING.search(line):
                self._recipients[starting["id"]] = starting["address"]
                return []
            if ended := _QMAIL_ENDED.search(line):
                return self._qmail(ended)
        if ("Starting delivery" in line or self._remote_mta) and (found := _NULLMAILER.search(line)):
            return self._nullmailer(found)
        return None

    def rest(self) -> Iterator[Report]:
        """The deliveries that nothing ends: no status of Courier, no server that nullmailer or dma could reach."""
        yield from (report for report in self._waiting if report.text)
        yield from self._attempts.values()
        for key, said in self._said.items():
            if said:
                yield Report("\n".join(said), key.rpartition("addr=<")[2].rstrip(">") or None)

    def _courier(self, found: re.Match[str]) -> list[Report]:
        """The lines of a reply come one by one; the status comes last."""
        said = self._said.setdefault(found["key"], [])
        if found["kind"] == ":":
            said.append(found["text"])
            return []
        del self._said[found["key"]]
        status = found["text"].strip()
        if status == "success":
            return []
        return [Report("\n".join(said) or status, found["address"] or None, action=_ACTIONS.get(status))]

    def _dma(self, found: re.Match[str]) -> list[Report]:
        delivery, said = found["id"], found["said"]
        if trying := _DMA_RECIPIENT.match(said):
            self._recipients[delivery] = trying["address"]
        elif attempt := _DMA_ATTEMPT.match(said):
            self._attempts[delivery] = Report(
                attempt["text"], self._recipients.get(delivery), attempt["name"], action="deferred"
            )
        failed = _DMA_FAILED.match(said)
        if failed or said.endswith("delivery successful"):
            self._attempts.pop(delivery, None)
        if not failed:
            return []
        named = _DMA_NAMED.match(failed["text"])
        return [
            Report(
                failed["text"].strip(" :"),
                self._recipients.get(delivery) or (named["address"] if named else None),
                failed["name"] or failed["host"],
                action=_ACTIONS[failed["result"]],
            )
        ]

    def _nullmailer(self, found: re.Match[str]) -> list[Report]:
        """One message after the other, but what the server answered may be written after all of them."""
        if found["host"]:
            self._remote_mta = found["host"]
        elif found["address"]:
            self._waiting.append(Report("", found["address"], self._remote_mta, action="failed"))
        elif self._waiting and found["error"]:
            action = "deferred" if found["error"].startswith("Temporary") else "failed"
            self._waiting[-1] = self._waiting[-1]._replace(text=found["error"], action=action)
        elif self._waiting:
            ended = self._waiting.pop(0)
            return [ended._replace(text=found["text"])] if found["result"] == "Failed" else []
        return []

    def _qmail(self, ended: re.Match[str]) -> list[Report]:
        recipient = self._recipients.pop(ended["id"], None)
        if ended["result"] == "success":
            return []
        lines = _QMAIL_BREAK.sub("\n", ended["text"].strip())
        text = _QMAIL_SPACE.sub(lambda found: found[0] if len(found[0]) > 1 else " ", lines)
        host = _QMAIL_HOST.search(text)
        return [
            Report(
                _QMAIL_END.sub("", text).strip(),
                recipient,
                host["name"] or host["disliking"] if host else None,
                action=_ACTIONS[ended["result"]],
            )
        ]
