"""What a person chose or typed in an element, in the shape in which Slack tells the app."""

from collections.abc import Iterator, Mapping
from typing import Any

Json = dict[str, Any]

_OF_MENUS = {"users": "user", "conversations": "conversation", "channels": "channel"}

# Where Slack puts what was chosen, for each kind of element that holds something.
_PLACES: Mapping[str, str] = {
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "overflow": "selected_option",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "checkboxes": "selected_options",
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    **{f"{many}_select": f"selected_{one}" for many, one in _OF_MENUS.items()},
    **{f"multi_{many}_select": f"selected_{many}" for many in _OF_MENUS},
}


def elements(value: Any, block_id: str = "") -> Iterator[tuple[str, Json]]:
    """Walk through the interactive elements of blocks, each with its block's id."""
    if isinstance(value, list):
        for item in value:
            yield from elements(item, block_id)
    elif isinstance(value, dict):
        block_id = value.get("block_id", block_id)
        if isinstance(value.get("action_id"), str) and isinstance(value.get("type"), str):
            yield block_id, value
        for item in value.values():
            yield from elements(item, block_id)


def chosen(element: Json, value: Any) -> Json:
    """
    Tell what an element holds; nothing for one that holds nothing, a button, say.

    >>> chosen({"type": "plain_text_input"}, "452")
    {'value': '452'}
    """
    place = _PLACES.get(element["type"])
    if place is None:
        return {}
    if place == "selected_option":
        return {place: _option(element, value)}
    if place == "selected_options":
        found = (_option(element, each) for each in _list(value))
        return {place: [option for option in found if option]}
    if place == "selected_date_time":
        return {place: int(value) if str(value or "").isdigit() else None}
    if element["type"].startswith("multi_"):
        return {place: _list(value)}
    return {place: value if isinstance(value, str) and value else None}


def state_of(blocks: list[Json], values: Any) -> Json:
    """
    Tell what all elements of a view hold, by block and action.

    `values` has what the person put in, in the same two levels; an element that is
    not named there holds what the app put in at first.
    """
    state: dict[str, Json] = {}
    for block_id, element in elements(blocks):
        place = _PLACES.get(element["type"])
        if place is None or element["type"] == "overflow":
            continue
        given = values.get(block_id) if isinstance(values, dict) else None
        if isinstance(given, dict) and element["action_id"] in given:
            held = chosen(element, given[element["action_id"]])
        else:
            held = {place: element.get(f"initial_{place.removeprefix('selected_')}")}
        state.setdefault(block_id, {})[element["action_id"]] = {"type": element["type"], **held}
    return {"values": state}


def left_empty(blocks: list[Json], state: Json) -> list[str]:
    """Name the blocks that must be filled in and are not."""
    needed = [block for block in blocks if block.get("type") == "input" and not block.get("optional")]
    return [
        block["block_id"]
        for block in needed
        for held in state["values"].get(block["block_id"], {}).values()
        if not any(value for name, value in held.items() if name != "type")
    ]


def _option(element: Json, value: Any) -> Json | None:
    for group in element.get("option_groups") or [element]:
        for option in group.get("options", []):
            if option.get("value") == value:
                return {"text": option["text"], "value": value}
    return None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []
