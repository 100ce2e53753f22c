"""An explanation in the 2,000 characters of a button's value: a click posts it, and nothing is remembered."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, get_args

import orjson

from bot.core import Explanation, Failure, catalogue, explain
from bot.core.model import Permanence
from bot.core.signs import position
from bot.render.quote import quote, what_was_read

VALUE_LENGTH = 2000
MOST_FAILURES = 1000

_TEXTS = ("final_recipient", "remote_mta", "reporting_mta", "provider", "blocklist", "decided_by")
_REPLY_CODE = re.compile(r"[0-9x]{3}", re.ASCII)
_ENHANCED_STATUS_CODE = re.compile(r"[0-9x]\.([0-9]{1,3}|x)\.([0-9]{1,3}|x)", re.ASCII)


def pack(explanation: Explanation) -> str:
    """
    The facts of an explanation, and a masked quote of what was read, in at most 2,000 characters.

    Without room the quotes are left out; then who was written to and who answered, so that failures that are
    alike become one entry and a number; and only then the last of many different failures.
    """
    kind = explanation.kind
    if kind == "code":
        return _dump(kind, explanation.failures)
    if kind == "words":
        return _dump(kind, text=quote(explanation.text))
    quoted = [_quoted(explanation, failure) for failure in explanation.failures[:MOST_FAILURES]]
    unquoted = [failure._replace(diagnostic_code=None) for failure in quoted]
    for failures in (quoted, unquoted):
        if len(value := _dump(kind, failures)) <= VALUE_LENGTH:
            return value
    return _first_that_fit(kind, [_anonymous(failure) for failure in unquoted])


def unpack(value: str) -> Explanation:
    """
    Read an explanation back out of a button's value.

    A value comes from outside again, so whatever `pack` would not have written raises ValueError.
    """
    if len(value) > VALUE_LENGTH:
        raise ValueError("the value is longer than a button's value can be")
    try:
        packed = json.loads(value)
    except RecursionError:
        raise ValueError("the value is nested too deep") from None
    match packed:
        case {"kind": "words", "text": str(text), "failures": []}:
            explanation = explain(text)
        case {
            "kind": "code" | "reply" | "notice" | "log" as kind,
            "text": "",
            "failures": [_, *_] as entries,
        }:
            explanation = Explanation(kind, tuple(_failures(entries)))
        case _:
            raise ValueError("the value is not a packed explanation")
    if explanation.kind != packed["kind"] or pack(explanation) != value:
        raise ValueError("the value was not packed here")
    return explanation


def _first_that_fit(kind: str, failures: Sequence[Failure]) -> str:
    value = ""
    kept: list[Failure] = []
    for failure, times in Counter(failures).items():
        kept += [failure] * times
        longer = _dump(kind, kept)
        if len(longer) > VALUE_LENGTH:
            break
        value = longer
    return value


def _quoted(explanation: Explanation, failure: Failure) -> Failure:
    """A failure whose texts are those that an answer shows, so that the shared answer shows them again."""
    shown: dict[str, Any] = {name: quote(text) for name in _TEXTS if (text := getattr(failure, name))}
    return failure._replace(**shown, diagnostic_code=what_was_read(explanation, failure) or None, decided_at=None)


def _anonymous(failure: Failure) -> Failure:
    return failure._replace(final_recipient=None, diagnostic_code=None, remote_mta=None, reporting_mta=None)


def _dump(kind: str, failures: Sequence[Failure] = (), text: str = "") -> str:
    entries = [
        {**_facts(failure), **({"times": times} if times > 1 else {})} for failure, times in Counter(failures).items()
    ]
    value = orjson.dumps({"kind": kind, "text": text, "failures": entries}).decode()
    # Written as JSON escapes, the three characters that Slack escapes need no escaping, and count for sure.
    return value.replace("&", r"\u0026").replace("<", r"\u003c").replace(">", r"\u003e")


def _facts(failure: Failure) -> dict[str, Any]:
    return {name: fact for name, fact in failure._asdict().items() if fact is not None}


def _failures(entries: list[Any]) -> Iterator[Failure]:
    room = MOST_FAILURES
    for entry in entries:
        if not isinstance(entry, dict):
            raise ValueError("a packed failure is not an object")
        times = entry.pop("times", 1)
        if type(times) is not int or not 1 <= times <= room:
            raise ValueError("a packed failure stands there too often")
        if "cause" not in entry or not all(_is_fact(name, fact) for name, fact in entry.items()):
            raise ValueError("a packed failure holds what no failure holds")
        room -= times
        phrase, text = entry.get("decided_by"), entry.get("diagnostic_code")
        yield from [Failure(**entry, decided_at=position(phrase, text) if phrase and text else None)] * times


def _is_fact(name: str, fact: object) -> bool:
    match name:
        case "cause":
            return isinstance(fact, str) and fact in catalogue().causes
        case "permanence":
            return fact in get_args(Permanence)
        case "given_up":
            return fact is True
        case "retry_after":
            return type(fact) is int and fact >= 0
        case "reply_code":
            return isinstance(fact, str) and _REPLY_CODE.fullmatch(fact) is not None
        case "enhanced_status_code":
            return isinstance(fact, str) and _ENHANCED_STATUS_CODE.fullmatch(fact) is not None
    return isinstance(fact, str) and (name in _TEXTS or name == "diagnostic_code")
