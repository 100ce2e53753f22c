"""What a person does to the app: a slash command, a press on a button, a shortcut on a message."""

import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from bot.playground.arguments import Arguments
from bot.playground.composer import compose
from bot.playground.delivery import Kind, NotDeliveredError
from bot.playground.errors import SlackError
from bot.playground.hub import Hub
from bot.playground.posting import judged_message, post
from bot.playground.workspace import TEAM_DOMAIN, TEAM_ID, Channel, Json, Member, Message


async def run_command(hub: Hub, person: Member, arguments: Arguments) -> Json:
    """
    Run a slash command, and answer what the person sees.

    That is what the app says inside its acknowledgement or, if that is empty,
    the first message that comes by the response_url within three seconds.
    """
    command = hub.app.command(arguments.needed("command"))
    channel = hub.workspace.visible_channel(arguments.needed("channel"), person)
    if command is None:
        raise SlackError("invalid_command")
    if arguments.text("thread_ts"):
        raise SlackError("command_not_supported_in_threads")
    text = arguments.text("text")
    if command.should_escape:
        text = compose(text, hub.workspace.directory()).text
    response_url, later = hub.new_response_url(channel, person)
    answer = await _ask(
        hub,
        "slash_commands",
        {
            "token": "verification-token",
            "team_id": TEAM_ID,
            "team_domain": TEAM_DOMAIN,
            "channel_id": channel.id,
            "channel_name": channel.name,
            "user_id": person.id,
            "user_name": person.name,
            "command": command.command,
            "text": text,
            "api_app_id": hub.workspace.bot.app_id,
            "is_enterprise_install": "false",
            "response_url": response_url,
            "trigger_id": hub.new_trigger(person),
        },
    )
    if any(answer.get(name) for name in ("text", "blocks", "attachments")):
        seen = _show(hub, person, channel, answer)
    else:
        with suppress(TimeoutError):
            await hub.workspace.until(lambda: later.answer, hub.faults.patience)
        if later.answer is None:
            return {"ok": True, "response_type": "ephemeral", "text": "", "blocks": [], "ts": None}
        seen = later.answer
    response_type = "ephemeral" if seen.seen_by else "in_channel"
    shown = {"text": seen.text, "blocks": seen.blocks, "ts": seen.ts, "channel": channel.id}
    return {"ok": True, "response_type": response_type, **shown}


async def press(hub: Hub, person: Member, arguments: Arguments) -> Json:
    """Press a button of a message, or choose from its menu."""
    channel = hub.workspace.visible_channel(arguments.needed("channel"), person)
    message = hub.workspace.find(channel, arguments.needed("ts"), person)
    if message.sender is not hub.workspace.bot:
        raise SlackError("action_not_found")
    action = _action(message, arguments.needed("action_id"), arguments.text("value"))
    response_url, _ = hub.new_response_url(channel, person, message)
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": message.seen_by is not None,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    payload = {
        "type": "block_actions",
        **_frame(hub, person),
        "container": container,
        "trigger_id": hub.new_trigger(person),
        "channel": {"id": channel.id, "name": channel.name},
        "state": {"values": {}},
        "response_url": response_url,
        "actions": [{**action, "action_ts": hub.workspace.next_ts()}],
    }
    # Slack gives no message with a press on an ephemeral one.
    if not message.seen_by:
        payload["message"] = _told(message)
    await _ask(hub, "interactive", payload)
    return {"ok": True}


async def run_message_shortcut(hub: Hub, person: Member, arguments: Arguments) -> Json:
    """Run a shortcut of the app on a message, whoever posted it."""
    shortcut = hub.app.shortcut(arguments.needed("callback_id"), "message")
    channel = hub.workspace.visible_channel(arguments.needed("channel"), person)
    message = hub.workspace.find(channel, arguments.needed("ts"), person)
    if shortcut is None:
        raise SlackError("invalid_callback_id")
    if message.seen_by:
        raise SlackError("message_not_found")
    response_url, _ = hub.new_response_url(channel, person)
    payload = {
        "type": "message_action",
        **_frame(hub, person),
        "callback_id": shortcut.callback_id,
        "action_ts": f"{time.time():.6f}",
        "trigger_id": hub.new_trigger(person),
        "response_url": response_url,
        "message_ts": message.ts,
        "channel": {"id": channel.id, "name": channel.name},
        "message": _told(message),
    }
    await _ask(hub, "interactive", payload)
    return {"ok": True}


async def run_global_shortcut(hub: Hub, person: Member, arguments: Arguments) -> Json:
    """Run a shortcut of the app that belongs to no message."""
    shortcut = hub.app.shortcut(arguments.needed("callback_id"), "global")
    if shortcut is None:
        raise SlackError("invalid_callback_id")
    payload = {
        "type": "shortcut",
        **_frame(hub, person),
        "callback_id": shortcut.callback_id,
        "action_ts": f"{time.time():.6f}",
        "trigger_id": hub.new_trigger(person),
    }
    await _ask(hub, "interactive", payload)
    return {"ok": True}


def _show(hub: Hub, person: Member, channel: Channel, answer: Json) -> Message:
    """Show what came inside the acknowledgement of a command."""
    in_channel = answer.get("response_type") == "in_channel"
    try:
        complaints = judged_message(hub, "answer to a command", answer, posted=in_channel)
    except SlackError as error:
        # The person sees that the app's answer was not understood.
        raise SlackError("invalid_command_response", **error.details) from None
    seen_by = None if in_channel else person
    return post(hub, hub.workspace.bot, channel, answer, seen_by=seen_by, complaints=complaints)


async def _ask(hub: Hub, kind: Kind, payload: Json) -> Json:
    try:
        return await hub.courier.ask(kind, payload)
    except NotDeliveredError as error:
        raise SlackError("operation_timeout" if error.reason == "timeout" else "dispatch_failed") from None


def _frame(hub: Hub, person: Member) -> Json:
    """Give what stands in every interactive payload."""
    return {
        "team": {"id": TEAM_ID, "domain": TEAM_DOMAIN},
        "user": {"id": person.id, "username": person.name, "name": person.name, "team_id": TEAM_ID},
        "api_app_id": hub.workspace.bot.app_id,
        "token": "verification-token",
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _told(message: Message) -> Json:
    return {name: value for name, value in message.as_json().items() if name != "complaints"}


def _action(message: Message, action_id: str, value: str) -> Json:
    """Find the element that is pressed, and tell what the app hears of it."""
    found = [
        (block_id, element)
        for block_id, element in _elements([message.blocks, message.attachments])
        if element["action_id"] == action_id
    ]
    if not found:
        raise SlackError("action_not_found")
    block_id, element = next((each for each in found if value and each[1].get("value") == value), found[0])
    told = {"action_id": action_id, "block_id": block_id, "type": element["type"]}
    if element["type"] in ("static_select", "overflow", "radio_buttons"):
        return {**told, "selected_option": _option(element, value)}
    if element["type"] == "feedback_buttons":
        buttons = [element["positive_button"], element["negative_button"]]
        button = next((each for each in buttons if each.get("value") == value), buttons[0])
        return {**told, "text": button["text"], "value": button["value"]}
    kept = ("text", "value", "style", "url", "accessibility_label")
    return {**told, **{name: element[name] for name in kept if name in element}}


def _option(element: Json, value: str) -> Json:
    groups = element.get("option_groups") or [element]
    for group in groups:
        for option in group.get("options", []):
            if option.get("value") == value:
                chosen: Json = option
                return chosen
    raise SlackError("action_not_found")


def _elements(value: Any, block_id: str = "") -> Iterator[tuple[str, Json]]:
    """Walk through the interactive elements of blocks, each with its block's id."""
    if isinstance(value, list):
        for item in value:
            yield from _elements(item, block_id)
    elif isinstance(value, dict):
        block_id = value.get("block_id", block_id)
        if isinstance(value.get("action_id"), str) and isinstance(value.get("type"), str):
            yield block_id, value
        for item in value.values():
            yield from _elements(item, block_id)
