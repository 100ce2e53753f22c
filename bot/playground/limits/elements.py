"""What stands inside blocks and is pressed, chosen or filled in."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.playground.limits.checks import (
    Check,
    Complaints,
    Json,
    any_text,
    bad,
    items,
    known_keys,
    no_emoji,
    one_of,
    plain_text,
    string,
    web_address,
)


def _interactive(element: Json, where: str) -> Complaints:
    yield from string(element.get("action_id"), f"{where}/action_id", most=255, optional=True)
    if "placeholder" in element:
        yield from plain_text(element["placeholder"], f"{where}/placeholder", most=150)
    if "confirm" in element:
        yield from _confirm(element["confirm"], f"{where}/confirm")


def _confirm(confirm: Any, where: str) -> Complaints:
    if not isinstance(confirm, dict):
        yield bad("a confirmation is an object", where)
        return
    yield from known_keys(confirm, where, {"title", "text", "confirm", "deny", "style"})
    for name, most in (("title", 100), ("confirm", 30), ("deny", 30)):
        yield from plain_text(confirm.get(name), f"{where}/{name}", most=most)
    yield from any_text(confirm.get("text"), f"{where}/text", most=300)


def _button(element: Json, where: str) -> Complaints:
    known = {"type", "text", "action_id", "url", "value", "style", "confirm", "accessibility_label"}
    yield from known_keys(element, where, known)
    yield from _interactive(element, where)
    yield from plain_text(element.get("text"), f"{where}/text", most=75)
    yield from no_emoji(element.get("text"), f"{where}/text")
    yield from string(element.get("value"), f"{where}/value", least=0, most=2000, optional=True)
    yield from string(element.get("accessibility_label"), f"{where}/accessibility_label", most=75, optional=True)
    yield from one_of(element.get("style"), f"{where}/style", ("primary", "danger"))
    if "url" in element:
        yield from web_address(element["url"], f"{where}/url")


def _option(option: Any, where: str) -> Complaints:
    if not isinstance(option, dict):
        yield bad("an option is an object", where)
        return
    yield from known_keys(option, where, {"text", "value", "description", "url"})
    yield from any_text(option.get("text"), f"{where}/text", most=75)
    yield from any_text(option.get("description"), f"{where}/description", most=75, optional=True)
    yield from string(option.get("value"), f"{where}/value", most=150)


def _option_group(group: Any, where: str) -> Complaints:
    if not isinstance(group, dict):
        yield bad("an option group is an object", where)
        return
    yield from plain_text(group.get("label"), f"{where}/label", most=75)
    yield from items(group.get("options"), f"{where}/options", most=100, each=_option)


def _static_select(element: Json, where: str) -> Complaints:
    yield from _interactive(element, where)
    if ("options" in element) == ("option_groups" in element):
        yield bad("a menu has either options or option_groups", where)
    if "options" in element:
        yield from items(element["options"], f"{where}/options", most=100, each=_option)
    if "option_groups" in element:
        yield from items(element["option_groups"], f"{where}/option_groups", most=100, each=_option_group)
    if "initial_option" in element:
        yield from _option(element["initial_option"], f"{where}/initial_option")


def _overflow(element: Json, where: str) -> Complaints:
    yield from _interactive(element, where)
    yield from items(element.get("options"), f"{where}/options", most=5, each=_option)


def _choices(element: Json, where: str) -> Complaints:
    yield from _interactive(element, where)
    yield from items(element.get("options"), f"{where}/options", most=10, each=_option)


def _feedback(element: Json, where: str) -> Complaints:
    yield from _interactive(element, where)
    for name in ("positive_button", "negative_button"):
        button = element.get(name)
        if not isinstance(button, dict):
            yield bad("a feedback button is missing", f"{where}/{name}")
            continue
        yield from known_keys(button, f"{where}/{name}", {"text", "value", "accessibility_label"})
        yield from plain_text(button.get("text"), f"{where}/{name}/text", most=75)
        yield from string(button.get("value"), f"{where}/{name}/value", most=2000)


def _icon_button(element: Json, where: str) -> Complaints:
    yield from _interactive(element, where)
    yield from plain_text(element.get("text"), f"{where}/text", most=75)
    yield from string(element.get("icon"), f"{where}/icon", most=255)
    yield from string(element.get("value"), f"{where}/value", least=0, most=2000, optional=True)


def image(image: Json, where: str) -> Complaints:
    """Check an image, as a block or inside one."""
    known = {
        "type",
        "image_url",
        "slack_file",
        "alt_text",
        "title",
        "block_id",
        "image_width",
        "image_height",
    }
    yield from known_keys(image, where, known)
    yield from string(image.get("alt_text"), f"{where}/alt_text", most=2000)
    yield from plain_text(image.get("title"), f"{where}/title", most=2000, optional=True)
    if ("image_url" in image) == ("slack_file" in image):
        yield bad("an image has either image_url or slack_file", where)
    if "image_url" in image:
        yield from web_address(image["image_url"], f"{where}/image_url")


_MENUS = {
    f"{prefix}{kind}_select": _interactive
    for prefix in ("", "multi_")
    for kind in ("external", "users", "conversations", "channels")
} | {"static_select": _static_select, "multi_static_select": _static_select}
_PICKERS = {
    "checkboxes": _choices,
    "radio_buttons": _choices,
    "datepicker": _interactive,
    "timepicker": _interactive,
    "datetimepicker": _interactive,
}
ACTIONS = {**_MENUS, **_PICKERS, "button": _button, "overflow": _overflow, "workflow_button": _interactive}
ACCESSORIES = {**ACTIONS, "image": image}
CONTEXT_ACTIONS = {"feedback_buttons": _feedback, "icon_button": _icon_button}
INPUTS = {
    **_MENUS,
    **_PICKERS,
    "plain_text_input": _interactive,
    "email_text_input": _interactive,
    "url_text_input": _interactive,
    "number_input": _interactive,
    "rich_text_input": _interactive,
    "file_input": _interactive,
}


def element_of(known: Mapping[str, Callable[[Json, str], Complaints]]) -> Check:
    """Make the check of an element that must be one of the known kinds."""

    def check(element: Any, where: str) -> Complaints:
        kind = element.get("type") if isinstance(element, dict) else None
        if not isinstance(kind, str) or kind not in known:
            yield bad(f"an element of type {kind!r} has no place here", where)
        else:
            yield from known[kind](element, where)

    return check


def context_element(element: Any, where: str) -> Complaints:
    """Check what stands in a context block: texts and images."""
    if isinstance(element, dict) and element.get("type") == "image":
        yield from image(element, where)
    else:
        yield from any_text(element, where, most=3000)
