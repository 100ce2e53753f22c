"""The text of a Slack message as it was meant: unlinked, unescaped once, blocks and attachments too."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

MOST_CHARACTERS = 100_000
_MOST_PIECES = 5_000
_MOST_DEPTH = 12  # a table's cell in a container's block is at 5

_LINK = re.compile(r"<([^<>|\s]*)(?:\|([^<>]*))?>")
_SCHEMES = ("mailto:", "http://", "https://", "tel:")


def readings(message: Mapping[str, Any]) -> tuple[str, ...]:
    """
    Every way to read a message, the best first, each of bounded length; none where there is no text.

    Blocks come before `text`: what a person pastes stands undamaged in the composer's rich text, and of a
    bot's message `text` is often but a summary. Older apps say half in `text` and half in attachments.
    """
    blocks = _joined(_of_blocks(message.get("blocks"), 0))
    attachments = _joined(_of_attachments(message.get("attachments")))
    raw = message.get("text")
    text = plain(raw) if isinstance(raw, str) else ""
    found = (_joined((blocks or text, attachments)), text)
    return tuple(dict.fromkeys(reading for reading in found if reading))


def plain(text: str) -> str:
    """
    Undo what Slack does to a text: its links, its mentions, and its three escapes, once.

    >>> plain("<@U1> 550 &lt;<mailto:jo@example.org|jo@example.org>&gt; &amp;lt;")
    '550 <jo@example.org> &lt;'
    """
    unlinked = _LINK.sub(_label, text[:MOST_CHARACTERS])
    return unlinked.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()


def _label(link: re.Match[str]) -> str:
    """Return what a person sees of `<target|label>`: of a mention nothing; what is no link stays."""
    target, label = link.groups()
    if target.startswith(("@", "#", "!")):
        return "" if target.startswith("@") else label or ""
    if target.startswith(_SCHEMES):
        return label or target.removeprefix("mailto:").removeprefix("tel:")
    return link.group()


def _joined(pieces: Iterator[str] | tuple[str, ...]) -> str:
    """Put lines together, up to the length that is worth reading."""
    return "\n".join(filter(None, islice(pieces, _MOST_PIECES)))[:MOST_CHARACTERS].strip()


def _of_blocks(blocks: object, depth: int) -> Iterator[str]:
    """Give the lines of Block Kit blocks, whatever shape they are in."""
    if depth > _MOST_DEPTH:
        return
    for block in _dicts(blocks):
        if block.get("type") == "rich_text":
            yield from _of_rich_text(block.get("elements"), depth + 1)
            continue
        for key in ("title", "subtitle", "text", "body"):
            yield _of_text(block.get(key))
        for field in _dicts(block.get("fields")):
            yield _of_text(field)
        if block.get("type") == "context":
            yield " ".join(filter(None, map(_of_text, _dicts(block.get("elements")))))
        for row in _list(block.get("rows")):
            yield "\t".join(filter(None, (_of_cell(cell, depth) for cell in _dicts(row))))
        for children in ("blocks", "child_blocks", "elements"):
            if block.get("type") != "context":
                yield from _of_blocks(block.get(children), depth + 1)


def _of_rich_text(elements: object, depth: int) -> Iterator[str]:
    """Give the lines of rich text: a section, a quote, a preformatted text, or an item of a list."""
    if depth > _MOST_DEPTH:
        return
    for element in _dicts(elements):
        if element.get("type") == "rich_text_list":
            yield from _of_rich_text(element.get("elements"), depth + 1)
        else:
            yield "".join(map(_of_inline, _dicts(element.get("elements"))))


def _of_inline(element: Mapping[str, Any]) -> str:
    """Give the text of a rich text element; it is literal, so there is nothing to unescape."""
    if element.get("type") == "text":
        return _string(element.get("text"))
    if element.get("type") == "link":
        return _string(element.get("text")) or _string(element.get("url")).removeprefix("mailto:")
    return ""


def _of_cell(cell: Mapping[str, Any], depth: int) -> str:
    if cell.get("type") == "rich_text":
        return _joined(_of_rich_text(cell.get("elements"), depth + 1))
    return _string(cell.get("text"))


def _of_text(text: object) -> str:
    """Give the text of a text object, or of a string where one stands in its place."""
    value = text.get("text") if isinstance(text, dict) else text
    return plain(value) if isinstance(value, str) else ""


def _of_attachments(attachments: object) -> Iterator[str]:
    """Give the lines of attachments; `fallback` only says again, without markup, what the others say."""
    for attachment in _dicts(attachments):
        lines = [_of_text(attachment.get(key)) for key in ("pretext", "title", "text")]
        for field in _dicts(attachment.get("fields")):
            title, value = _of_text(field.get("title")), _of_text(field.get("value"))
            lines.append(f"{title}: {value}" if title and value else title or value)
        lines.extend(_of_blocks(attachment.get("blocks"), 0))
        for forwarded in _dicts(attachment.get("message_blocks")):
            inner = forwarded.get("message")
            lines.extend(_of_blocks(inner.get("blocks"), 0) if isinstance(inner, dict) else ())
        yield _joined(tuple(lines)) or _of_text(attachment.get("fallback"))


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _dicts(value: object) -> Iterator[dict[str, Any]]:
    return (item for item in _list(value) if isinstance(item, dict))


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""
