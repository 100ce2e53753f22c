"""Rich text: literal, so the safest place for text that others wrote."""

from typing import Any

from bot.playground.limits.checks import (
    Complaint,
    Complaints,
    Json,
    bad,
    items,
    known_keys,
    one_of,
    string,
    web_address,
)

# Longer than all blocks of a message may be together.
_LONGEST = 13_200


def _rich_part(part: Any, where: str) -> Complaints:
    if not isinstance(part, dict):
        yield bad("a part of rich text is an object", where)
        return
    match part.get("type"):
        case "text":
            yield from string(part.get("text"), f"{where}/text", most=_LONGEST)
        case "link":
            yield from web_address(part.get("url"), f"{where}/url")
            yield from string(part.get("text"), f"{where}/text", most=_LONGEST, optional=True)
        case "broadcast" | "usergroup":
            yield Complaint("a mention that rings for many", where)
        case "user" | "channel" | "team":
            yield from string(part.get(f"{part['type']}_id"), where, most=255)
        case "emoji":
            yield from string(part.get("name"), where, most=255)
        case "date" | "color":
            return
        case other:
            yield bad(f"a part of type {other!r} has no place in rich text", where)


def _rich_literal_part(part: Any, where: str) -> Complaints:
    if isinstance(part, dict) and part.get("type") not in ("text", "link"):
        yield bad("preformatted text holds only text and links", where)
    else:
        yield from _rich_part(part, where)


def _rich_paragraph(element: Any, where: str) -> Complaints:
    kind = element.get("type") if isinstance(element, dict) else None
    inner = f"{where}/elements"
    match kind:
        case "rich_text_section" | "rich_text_quote":
            yield from items(element.get("elements"), inner, least=0, most=1000, each=_rich_part)
        case "rich_text_preformatted":
            yield from known_keys(element, where, {"type", "elements", "border", "language"})
            yield from items(element.get("elements"), inner, most=1000, each=_rich_literal_part)
        case "rich_text_list":
            yield from one_of(element.get("style"), f"{where}/style", ("bullet", "ordered"), optional=False)
            yield from items(element.get("elements"), inner, most=1000, each=_list_item)
        case _:
            yield bad(f"an element of type {kind!r} has no place in rich text", where)


def _list_item(element: Any, where: str) -> Complaints:
    if isinstance(element, dict) and element.get("type") == "rich_text_section":
        yield from _rich_paragraph(element, where)
    else:
        yield bad("a list in rich text holds rich_text_section", where)


def rich_text(block: Json, where: str) -> Complaints:
    """Check a rich_text block, or such a cell of a table."""
    yield from known_keys(block, where, {"type", "block_id", "elements"})
    yield from items(block.get("elements"), f"{where}/elements", least=0, most=1000, each=_rich_paragraph)
