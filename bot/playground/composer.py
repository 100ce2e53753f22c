"""Text as a person types it, turned into what Slack stores: escaped, linked, and as a rich_text block."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Json = dict[str, Any]

_FENCE = re.compile(r"```\n?(.*?)\n?```", re.DOTALL)

# Slack links bare domains by the list of top-level domains; these are the ones that mail brings.
_TOP_LEVEL = "biz|ca|ch|co|com|de|dev|edu|es|eu|fr|gov|info|io|it|jp|me|mil|net|nl|no|org|pl|ru|se|uk|us"

# The names that the page can draw; another word between colons, in a log line, say, is no emoji.
_EMOJI = frozenset(json.loads((Path(__file__).parent / "page" / "emoji.json").read_text("utf-8")))

_STYLES = {"*": "bold", "_": "italic", "~": "strike"}

# Every repetition has a bound and a fixed start: no text, however hostile, is slow to link.
_LINKS = rf"""
      (?P<url>https?://[^\s<>"|]{{0,2000}}[^\s<>"|.,;:!?'\])}}])
    | (?P<email>(?<![\w.+=-])[\w.+=-]{{1,128}}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,8}})
    | (?P<domain>(?<![\w.@+=-])(?:[a-z0-9](?:[a-z0-9-]{{0,62}})\.){{1,8}}(?:{_TOP_LEVEL})(?![\w-]|\.\w|@))
"""
_MARKS = r"""
    | `(?P<code>[^`\n]+)`
    | (?<!\w)@(?P<mention>[\w-]{1,80}(?:\.[\w-]{1,80}){0,4})
    | (?<!\w)\#(?P<channel>[\w-]{1,80})
    | (?<![\w:]):(?P<emoji>[a-z0-9_+-]{1,40}):(?!\w)
    | (?<![\w*_~])(?P<styled>(?P<sign>[*_~])(?=\S)(?:(?!(?P=sign))[^\n]){1,500}(?<=\S)(?P=sign))(?![\w*_~])
"""
_IN_CODE = re.compile(_LINKS, re.VERBOSE | re.IGNORECASE)
_INLINE = re.compile(_LINKS + _MARKS, re.VERBOSE | re.IGNORECASE)

_BROADCASTS = {"here", "channel", "everyone"}

# What Slack reads as one piece in a text that an app sends: a token in angle brackets, an entity, an address.
_SENT = re.compile(r"<(?:[@#!]|(?:https?|mailto|tel|slack):)[^<>\n]*>|&(?:amp|lt|gt);|https?://[^\s<>|]+")


@dataclass(frozen=True, slots=True)
class Directory:
    """Who and what a typed `@name` or `#name` means: the id, or None."""

    user: Callable[[str], str | None]
    channel: Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Composed:
    """A message as Slack's composer hands it over."""

    text: str
    blocks: list[Json]


def escape(text: str) -> str:
    """
    Escape the three characters that Slack's text reserves.

    >>> escape("<a@b.c> & co")
    '&lt;a@b.c&gt; &amp; co'
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def compose(typed: str, directory: Directory) -> Composed:
    """
    Turn typed text into Slack's text and its rich_text block.

    >>> nobody = Directory(user=lambda name: None, channel=lambda name: None)
    >>> compose("ask <j@example.org>", nobody).text
    'ask &lt;<mailto:j@example.org|j@example.org>&gt;'
    """
    text: list[str] = []
    elements: list[Json] = []
    for kind, part in _paragraphs(typed):
        linked, inline = _link(part, directory if kind != "rich_text_preformatted" else None)
        text.append(_marked(kind, linked))
        if inline:
            elements.append({"type": kind, "elements": inline})
    if not elements:
        return Composed("", [])
    return Composed("".join(text), [{"type": "rich_text", "elements": elements}])


def normalise(sent: str) -> str:
    """
    Turn the text that an app sent into what Slack stores.

    Tokens in angle brackets stay, web addresses are linked, the rest is escaped.

    >>> normalise("<@U1> see https://example.org/?a&amp;b, 1 < 2")
    '<@U1> see <https://example.org/?a&amp;b>, 1 &lt; 2'
    """
    out: list[str] = []
    end = 0
    for match in _SENT.finditer(sent):
        out.append(escape(sent[end : match.start()]))
        piece, end = match.group(), match.end()
        if piece.startswith("http"):
            address = piece.rstrip(".,;:!?'])}")
            out += [f"<{address}>", piece[len(address) :]]
        else:
            out.append(piece)
    out.append(escape(sent[end:]))
    return "".join(out)


def _paragraphs(typed: str) -> Iterator[tuple[str, str]]:
    """Split into code blocks, quotes and the rest, in order."""
    end = 0
    for match in _FENCE.finditer(typed):
        yield from _quotes(typed[end : match.start()])
        yield "rich_text_preformatted", match.group(1)
        end = match.end()
    yield from _quotes(typed[end:])


def _quotes(typed: str) -> Iterator[tuple[str, str]]:
    kind, lines = "", list[str]()
    for line in typed.splitlines(keepends=True):
        this = "rich_text_quote" if line.startswith(">") else "rich_text_section"
        if this != kind and lines:
            yield kind, "".join(lines)
            lines = []
        kind = this
        lines.append(line[1:].removeprefix(" ") if this == "rich_text_quote" else line)
    if lines:
        yield kind, "".join(lines)


def _marked(kind: str, linked: str) -> str:
    if kind == "rich_text_preformatted":
        return f"```{linked}```"
    if kind == "rich_text_quote":
        return "".join(f"&gt; {line}" for line in linked.splitlines(keepends=True))
    return linked


def _link(part: str, directory: Directory | None, style: Json | None = None) -> tuple[str, list[Json]]:
    """Link one paragraph; mentions are read only where a directory is given, so not in code."""
    text: list[str] = []
    elements: list[Json] = []

    def add(linked: str, **element: Any) -> None:
        text.append(linked)
        if element.get("text") != "":
            elements.append({**element, "style": style} if style else element)

    end = 0
    for match in (_IN_CODE if directory is None else _INLINE).finditer(part):
        add(escape(part[end : match.start()]), type="text", text=part[end : match.start()])
        kind, value, end = match.lastgroup or "", match.group(match.lastgroup or 0), match.end()
        match kind:
            case "code":
                linked, inside = _link(value, None, {"code": True})
                text.append(f"`{linked}`")
                elements += inside
            case "styled":
                linked, inside = _link(value[1:-1], directory, {**(style or {}), _STYLES[value[0]]: True})
                text.append(f"{value[0]}{linked}{value[0]}")
                elements += inside
            case "emoji" if value in _EMOJI:
                add(f":{value}:", type="emoji", name=value)
            case "url":
                add(f"<{escape(value)}>", type="link", url=value)
            case "email":
                add(f"<mailto:{value}|{value}>", type="link", url=f"mailto:{value}", text=value)
            case "domain":
                add(f"<http://{value}|{value}>", type="link", url=f"http://{value}", text=value)
            case "mention" if value in _BROADCASTS:
                add(f"<!{value}>", type="broadcast", range=value)
            case "mention" if directory and (user := directory.user(value)):
                add(f"<@{user}>", type="user", user_id=user)
            case "channel" if directory and (channel := directory.channel(value)):
                add(f"<#{channel}|{value}>", type="channel", channel_id=channel)
            case _:
                add(escape(match.group()), type="text", text=match.group())
    add(escape(part[end:]), type="text", text=part[end:])
    return "".join(text), elements
