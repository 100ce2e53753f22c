"""The kinds of blocks: where Slack shows each, how often, and what must be right in it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bot.playground.limits.checks import (
    RINGS,
    Complaint,
    Complaints,
    Json,
    any_text,
    bad,
    items,
    known_keys,
    length_of,
    no_emoji,
    objects,
    one_of,
    plain_text,
    string,
)
from bot.playground.limits.elements import (
    ACCESSORIES,
    ACTIONS,
    CONTEXT_ACTIONS,
    INPUTS,
    context_element,
    element_of,
    image,
)
from bot.playground.limits.rich_text import rich_text

Surface = Literal["message", "modal", "home"]

MOST_TEXT_IN_BLOCKS = 13_200  # measured, not documented
ADVISED_TEXT_IN_BLOCKS = 12_000
MOST_BLOCKS: Mapping[Surface, int] = {"message": 50, "modal": 100, "home": 100}


def _section(block: Json, where: str) -> Complaints:
    yield from known_keys(block, where, {"type", "block_id", "text", "fields", "accessory", "expand"})
    if not block.get("text") and not block.get("fields"):
        yield bad("a section has text or fields", where)
    yield from any_text(block.get("text"), f"{where}/text", most=3000, optional=True)
    if "fields" in block:
        yield from items(block["fields"], f"{where}/fields", most=10, each=_field)
    if "accessory" in block:
        yield from element_of(ACCESSORIES)(block["accessory"], f"{where}/accessory")


def _field(field: Any, where: str) -> Complaints:
    yield from any_text(field, where, most=2000)


def _divider(block: Json, where: str) -> Complaints:
    yield from known_keys(block, where, {"type", "block_id"})


def _header(block: Json, where: str) -> Complaints:
    yield from known_keys(block, where, {"type", "block_id", "text", "level"})
    yield from plain_text(block.get("text"), f"{where}/text", most=150)
    yield from no_emoji(block.get("text"), f"{where}/text")


def _context(block: Json, where: str) -> Complaints:
    yield from known_keys(block, where, {"type", "block_id", "elements"})
    yield from items(block.get("elements"), f"{where}/elements", most=10, each=context_element)


def _actions(block: Json, where: str) -> Complaints:
    yield from known_keys(block, where, {"type", "block_id", "elements"})
    yield from items(block.get("elements"), f"{where}/elements", most=25, each=element_of(ACTIONS))


def _context_actions(block: Json, where: str) -> Complaints:
    yield from known_keys(block, where, {"type", "block_id", "elements"})
    yield from items(block.get("elements"), f"{where}/elements", most=5, each=element_of(CONTEXT_ACTIONS))


def _input(block: Json, where: str) -> Complaints:
    known = {"type", "block_id", "label", "element", "hint", "optional", "dispatch_action"}
    yield from known_keys(block, where, known)
    yield from plain_text(block.get("label"), f"{where}/label", most=2000)
    yield from plain_text(block.get("hint"), f"{where}/hint", most=2000, optional=True)
    yield from element_of(INPUTS)(block.get("element"), f"{where}/element")


def _markdown(block: Json, where: str) -> Complaints:
    yield from known_keys(block, where, {"type", "block_id", "text"})
    yield from string(block.get("text"), f"{where}/text", most=12_000)
    if isinstance(block.get("text"), str) and (found := RINGS.search(block["text"])):
        yield Complaint(f"a mention that rings for many: {found.group()}", f"{where}/text")


def _cell(cell: Any, where: str) -> Complaints:
    kind = cell.get("type") if isinstance(cell, dict) else None
    if kind == "raw_text":
        yield from string(cell.get("text"), f"{where}/text", most=10_000)
    elif kind == "rich_text":
        yield from rich_text(cell, where)
    elif kind != "raw_number":
        yield bad(f"a cell of type {kind!r}", where)


def _rows(block: Json, where: str, *, rows: int, characters: int) -> Complaints:
    def row(cells: Any, where: str) -> Complaints:
        yield from items(cells, where, most=20, each=_cell)

    yield from items(block.get("rows"), f"{where}/rows", most=rows, each=row)
    if (length := length_of(block.get("rows"))) > characters:
        yield bad(f"{length} characters in a table, more than {characters}", where)


def _table(block: Json, where: str) -> Complaints:
    yield from known_keys(block, where, {"type", "block_id", "rows", "column_settings"})
    yield from _rows(block, where, rows=100, characters=10_000)


def _data_table(block: Json, where: str) -> Complaints:
    yield from _rows(block, where, rows=201, characters=20_000)
    if not block.get("caption"):
        yield bad("a data table has a caption", where)


def _card(block: Json, where: str) -> Complaints:
    if not any(block.get(name) for name in ("hero_image", "title", "actions", "body")):
        yield bad("a card has an image, a title, actions or a body", where)
    for name, most in (("title", 150), ("subtitle", 150), ("body", 200)):
        yield from any_text(block.get(name), f"{where}/{name}", most=most, optional=True)
    if "actions" in block:
        yield from items(block["actions"], f"{where}/actions", most=3, each=element_of(ACTIONS))


def _card_in_carousel(card: Any, where: str) -> Complaints:
    if isinstance(card, dict) and card.get("type") == "card":
        yield from _card(card, where)
    else:
        yield bad("a carousel holds cards", where)


def _carousel(block: Json, where: str) -> Complaints:
    yield from items(block.get("elements"), f"{where}/elements", most=10, each=_card_in_carousel)


_NOT_IN_CONTAINERS = {"card", "carousel", "container", "data_table", "input", "alert"}


def _child(block: Any, where: str) -> Complaints:
    kind = block.get("type") if isinstance(block, dict) else None
    if not isinstance(kind, str) or kind not in _BLOCKS or kind in _NOT_IN_CONTAINERS:
        yield bad(f"a block of type {kind!r} has no place in a container", where)
    else:
        yield from string(block.get("block_id"), f"{where}/block_id", most=255, optional=True)
        yield from _BLOCKS[kind].check(block, where)


def _container(block: Json, where: str) -> Complaints:
    known = {"type", "block_id", "title", "rich_text_title", "subtitle", "icon", "child_blocks", "width"}
    known |= {"is_collapsible", "default_collapsed", "has_header_divider"}
    yield from known_keys(block, where, known)
    if not block.get("title") and not block.get("rich_text_title"):
        yield bad("a container has a title", where)
    yield from plain_text(block.get("title"), f"{where}/title", most=150, optional=True)
    yield from plain_text(block.get("subtitle"), f"{where}/subtitle", most=150, optional=True)
    yield from one_of(block.get("width"), f"{where}/width", ("narrow", "standard", "wide", "full"))
    if block.get("is_collapsible") and block.get("has_header_divider") is not None:
        yield bad("has_header_divider and is_collapsible exclude each other", where)
    yield from items(block.get("child_blocks"), f"{where}/child_blocks", most=10, each=_child)


def _alert(block: Json, where: str) -> Complaints:
    yield from any_text(block.get("text"), f"{where}/text", most=200)
    levels = ("default", "info", "warning", "error", "success")
    yield from one_of(block.get("level"), f"{where}/level", levels)


def _plan(block: Json, where: str) -> Complaints:
    tasks = block.get("tasks")
    if isinstance(tasks, list) and len(tasks) > 50:
        yield bad(f"{len(tasks)} tasks, more than 50", where)


def _unchecked(_block: Json, _where: str) -> Complaints:
    yield from ()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of block: where Slack shows it, how often, and what must be right in it."""

    check: Callable[[Json, str], Complaints]
    surfaces: frozenset[Surface]
    most: int | None = None


def _kind(check: Callable[[Json, str], Complaints], *surfaces: Surface, most: int | None = None) -> Kind:
    return Kind(check, frozenset(surfaces or ("message", "modal", "home")), most)


_BLOCKS: Mapping[str, Kind] = {
    "section": _kind(_section),
    "divider": _kind(_divider),
    "header": _kind(_header),
    "image": _kind(image),
    "context": _kind(_context),
    "actions": _kind(_actions),
    "rich_text": _kind(rich_text),
    "input": _kind(_input),
    "video": _kind(_unchecked),
    "card": _kind(_card),
    "markdown": _kind(_markdown, "message"),
    "context_actions": _kind(_context_actions, "message"),
    "plan": _kind(_plan, "message"),
    "task_card": _kind(_unchecked, "message"),
    "table": _kind(_table, "message", "home", most=1),
    "data_table": _kind(_data_table, "message", "home"),
    "data_visualization": _kind(_unchecked, "message", "home", most=2),
    "carousel": _kind(_carousel, "message", "home"),
    "container": _kind(_container, "message", "home"),
    "alert": _kind(_alert, "modal"),
}


def check_blocks(blocks: Any, surface: Surface, *, required: bool = False) -> Complaints:
    """Check the blocks of a message or a view."""
    if blocks is None and not required:
        return
    if not isinstance(blocks, list):
        yield Complaint("blocks are no list", "/blocks", "invalid_blocks_format")
        return
    if len(blocks) > MOST_BLOCKS[surface]:
        yield bad(f"{len(blocks)} blocks, more than {MOST_BLOCKS[surface]}", "/blocks")
    for i, block in enumerate(blocks):
        yield from _block(block, f"/blocks/{i}", surface)
    yield from _whole(blocks)


def _block(block: Any, where: str, surface: Surface) -> Complaints:
    name = block.get("type") if isinstance(block, dict) else None
    if not isinstance(name, str) or name not in _BLOCKS:
        yield bad(f"no block has the type {name!r}", where)
        return
    if surface not in _BLOCKS[name].surfaces:
        yield bad(f"{name} blocks are not shown in {surface}", where)
        return
    yield from string(block.get("block_id"), f"{where}/block_id", most=255, optional=True)
    yield from _BLOCKS[name].check(block, where)
    yield from _each_once("action_id", objects(block), where)


def _each_once(name: str, found: Iterable[Json], where: str) -> Complaints:
    ids = Counter(each[name] for each in found if isinstance(each.get(name), str))
    yield from (bad(f"{name} {each!r} is there {n} times", where) for each, n in ids.items() if n > 1)


def _whole(blocks: list[Any]) -> Complaints:
    """Check what holds for all blocks together: how often, which ids, how much text."""
    found = [each for each in objects(blocks) if isinstance(each.get("type"), str)]
    kinds = Counter(each["type"] for each in found)
    for name, kind in _BLOCKS.items():
        if kind.most is not None and kinds[name] > kind.most:
            yield bad(f"{kinds[name]} {name} blocks, more than {kind.most}", "/blocks")
    yield from _each_once("block_id", found, "/blocks")
    if sum(each["type"] == "button" and each.get("style") == "primary" for each in found) > 1:
        yield Complaint("more than one primary button", "/blocks")
    length = length_of(blocks)
    if length > MOST_TEXT_IN_BLOCKS:
        most = f"{length} characters in all blocks, more than {MOST_TEXT_IN_BLOCKS}"
        yield Complaint(most, "/blocks", "msg_blocks_too_long")
    elif length > ADVISED_TEXT_IN_BLOCKS:
        yield Complaint(f"{length} characters in all blocks, more than the {ADVISED_TEXT_IN_BLOCKS} advised", "/blocks")
