"""The small checks that the judge's others are made of; each gives the complaints that it has."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Complaint:
    """
    One thing that is wrong, and where.

    `error` is the word with which Slack refuses; None where Slack lets it pass
    and the message is only worse than it could be.
    """

    text: str
    where: str = ""
    error: str | None = None

    def __str__(self) -> str:
        return f"{self.where}: {self.text}" if self.where else self.text


Complaints = Iterator[Complaint]
Check = Callable[[Any, str], Complaints]


def bad(text: str, where: str) -> Complaint:
    """Complain of something for which Slack refuses the blocks."""
    return Complaint(text, where, "invalid_blocks")


def string(value: Any, where: str, *, most: int, least: int = 1, optional: bool = False) -> Complaints:
    """Check a string and its length."""
    if value is None and optional:
        return
    if not isinstance(value, str):
        yield bad("a string is missing", where)
    elif len(value) < least:
        yield bad("an empty string", where)
    elif len(value) > most:
        yield bad(f"{len(value)} characters, more than {most}", where)


def items(value: Any, where: str, *, most: int, each: Check, least: int = 1) -> Complaints:
    """Check a list, its length, and each item in it."""
    if not isinstance(value, list):
        yield bad("a list is missing", where)
        return
    if not least <= len(value) <= most:
        yield bad(f"{len(value)} items, not {least} to {most}", where)
    for i, item in enumerate(value):
        yield from each(item, f"{where}/{i}")


def known_keys(value: Json, where: str, known: set[str]) -> Complaints:
    """Check that there is no property that Slack does not know."""
    for key in sorted(value.keys() - known):
        yield bad(f"unknown property {key}", where)


def one_of(value: Any, where: str, allowed: Iterable[str], *, optional: bool = True) -> Complaints:
    """Check a word that must be one of a few."""
    if value is None and optional:
        return
    if value not in tuple(allowed):
        yield bad(f"{value!r} is not one of {', '.join(allowed)}", where)


_ADDRESS = re.compile(r"(?:https?://[^\s/]|mailto:.|tel:.|slack://)", re.IGNORECASE)


def web_address(value: Any, where: str) -> Complaints:
    """Check an address to go to."""
    yield from string(value, where, most=3000)
    if isinstance(value, str) and not _ADDRESS.match(value):
        yield bad("no web address", where)


def plain_text(value: Any, where: str, *, most: int, optional: bool = False) -> Complaints:
    """Check a text object that must be plain_text."""
    yield from _text_object(value, where, most=most, kinds=("plain_text",), optional=optional)


def any_text(value: Any, where: str, *, most: int, optional: bool = False) -> Complaints:
    """Check a text object, plain_text or mrkdwn."""
    yield from _text_object(value, where, most=most, kinds=("plain_text", "mrkdwn"), optional=optional)


def _text_object(value: Any, where: str, *, most: int, kinds: tuple[str, ...], optional: bool) -> Complaints:
    if value is None and optional:
        return
    if not isinstance(value, dict) or value.get("type") not in kinds:
        yield bad(f"a text object of type {' or '.join(kinds)} is missing", where)
        return
    emoji_or_verbatim = "emoji" if value["type"] == "plain_text" else "verbatim"
    yield from known_keys(value, where, {"type", "text", emoji_or_verbatim})
    yield from string(value.get("text"), f"{where}/text", most=most)
    if value["type"] == "mrkdwn" and isinstance(value.get("text"), str):
        yield from mrkdwn(value["text"], f"{where}/text")


RINGS = re.compile(r"<!(?:here|channel|everyone|subteam\^)[^<>]{0,100}>")
_NOT_ESCAPED = re.compile(
    r"&(?!(?:amp|lt|gt);)|<(?![@#!]|(?:https?|mailto|tel|slack):)|(?<!<)<[^<>\n]*$", re.IGNORECASE
)


def mrkdwn(text: str, where: str) -> Complaints:
    """Check a text in which Slack reads markup: escaped, and without mentions that ring."""
    if found := RINGS.search(text):
        yield Complaint(f"a mention that rings for many: {found.group()}", where)
    if _NOT_ESCAPED.search(text):
        yield Complaint("& or < stands unescaped", where)


_EMOJI = re.compile(r":[a-z][a-z0-9_+-]+:|[\u2600-\u27bf\U0001f300-\U0001faff]")


def no_emoji(value: Any, where: str) -> Complaints:
    """Check that a heading or a label does without emoji."""
    text = value.get("text") if isinstance(value, dict) else None
    if isinstance(text, str) and _EMOJI.search(text):
        yield Complaint("an emoji in a heading or a label", where)


def objects(value: Any) -> Iterator[Json]:
    """Walk through all objects inside, however deep they stand."""
    left = [value]
    while left:
        item = left.pop()
        if isinstance(item, dict):
            yield item
            left += item.values()
        elif isinstance(item, list):
            left += item


def length_of(value: Any) -> int:
    """Count the characters of all texts inside."""
    texts = (each.get("text") for each in objects(value))
    return sum(len(text) for text in texts if isinstance(text, str))
