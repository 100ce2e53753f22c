"""Lines as JSON, one after the other: lines that differ only in names and times are explained once."""

import json
import re

from bot.core import Explanation, explain
from bot.core.wording import NUMBER, Template, without_names
from bot.render.record import record

# What syslog and Exim put in front of a line, their ids of a message, and Postfix's delays: they differ from line to
# line, and say nothing about a failure.
_HEAD = re.compile(
    r"(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S{0,20}"
    r"(?P<message> \w{6}-(?:\w{6}-\w{2}|\w{11}-\w{4})(?= ))?)"
    r"(?: \S{1,100} (?P<program>[\w/.-]{1,60})\[\d{1,10}\]:"
    r"(?: [0-9A-Za-z]{6,20}: (?P<to>to=<[^<>]{0,320}>, (?:orig_to=<[^<>]{0,320}>, )?relay=[^ ]{1,320} )"
    r"(?:conn_use=\d{1,6}, )?delay=[\d.]{1,20}, delays=[\d./]{1,60}, )?)?"
)
_ANY_HEAD = "Jan  1 00:00:00 mail {}[1]:"
_ANY_TIME = "2000-01-01 00:00:00"
_ANY_MESSAGE = f"{_ANY_TIME} 1aaaaa-000000-00"
# A time to wait is no more than a name, too, but that a record has it in seconds. Another stands for it, which is
# read as a wait as well and stands in no text of ours.
_WAIT = re.compile(r"(?<= )(?P<number>[1-9]\d{0,4})(?= (?P<unit>second|minute|hour)s?\b)")
_ANY_WAIT = {"second": ("71993", 1), "minute": ("5993", 60), "hour": ("113", 3600)}
_LONGEST_WAIT = 100 * 3600  # seconds; of those that are no longer all are told
_LONGEST = 1_000  # characters
_MOST = 8192  # wordings
# Faster libraries take longer to load than they save here, where few lines are encoded and the others filled in.
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class LineRecords:
    """
    The records of lines, as `rebond explain --json --lines` prints them.

    >>> LineRecords()("550 5.1.1 <jo@example.org>: user unknown")[:60]
    '{"kind":"reply","failures":[{"recipient":"jo@example.org","r'
    """

    def __init__(self, *, texts: bool = False) -> None:
        self._texts = texts
        self._made: dict[tuple[str, str], Template | None] = {}  # by the head and the wording
        self._seen: dict[tuple[str, str], tuple[tuple[str, ...], str]] = {}  # with its names then, and its record

    def __call__(self, line: str) -> str:
        """The JSON of a line's record."""
        line = line.strip()
        if len(line) > _LONGEST:
            return self._record(line)
        head, rest = _head(line)
        without = _without_wait(rest)
        if without is None:
            return self._record(line)
        rest, wait = without
        wording, names = without_names(rest)
        names += wait
        key = (head, wording)
        made = self._made.get(key)
        if made is None and key in self._seen and key not in self._made:
            made = self._made[key] = self._made_once(line, head + wording, *self._seen.pop(key), waits=bool(wait))
        if made is not None:
            return made(names)
        told = self._record(line)
        if key not in self._made:
            self._see(key, names, told)
        return told

    def _see(self, key: tuple[str, str], names: tuple[str, ...], told: str) -> None:
        """Keep a wording in mind: most that come again come soon, and only those are worth a template."""
        if len(self._seen) + len(self._made) >= _MOST:
            self._seen.clear()
            self._made.clear()
        self._seen[key] = names, told

    def _made_once(self, line: str, without: str, names: tuple[str, ...], told: str, *, waits: bool) -> Template | None:
        """
        The record of a wording, which makes of the names that it had before what was told then.

        None where names may be more than names, as in a question of a few words.
        """
        explanation = explain(without)
        is_told = explanation.kind in ("log", "reply") or (explanation.kind == "nothing" and _HEAD.match(line))
        text = self._encoded(explanation)
        template = Template(_with_wait(text, len(names) - 2) if waits else text)
        return template if (is_told or not names) and template(names) == told else None

    def _record(self, line: str) -> str:
        return self._encoded(explain(line))

    def _encoded(self, explanation: Explanation) -> str:
        return _encode(record(explanation, texts=self._texts))


def _head(line: str) -> tuple[str, str]:
    """Another head like that of a line, or none, and of the rest of the line what says something."""
    found = _HEAD.match(line)
    if not found:
        return "", line
    message, program, to = found.groups()
    rest = line[found.end() :]
    if not program:
        return _ANY_MESSAGE if message else _ANY_TIME, rest
    return _ANY_HEAD.format(program), f" {to}{rest}" if to else rest


def _without_wait(text: str) -> tuple[str, tuple[str, ...]] | None:
    """A text with another time to wait than its own; and that, as it stands there and in seconds; None for a few."""
    found = _WAIT.search(text) if "econd" in text or "inute" in text or "hour" in text else None
    if not found:
        return text, ()
    other, seconds = _ANY_WAIT[found["unit"]]
    wait = int(found["number"]) * seconds
    if wait > _LONGEST_WAIT:
        return text, ()
    if text.count(other) > (found["number"] == other):
        return None  # which of them stands for the wait could not be told
    return text[: found.start()] + other + text[found.end() :], (found["number"], str(wait))


def _with_wait(told: str, number: int) -> str:
    """A record with the stand-ins of two names, of which the first is `number`, where it tells of another's wait."""
    for other, seconds in _ANY_WAIT.values():
        told = told.replace(f'"retry_after":{int(other) * seconds}', f'"retry_after":{NUMBER % (number + 1)}')
        told = re.sub(rf"(?<= ){other}(?= (?:second|minute|hour))", NUMBER % number, told)
    return told
