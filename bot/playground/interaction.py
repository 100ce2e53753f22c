"""What a person does to the app: a slash command, a press on a button, a shortcut on a message."""

import time
from contextlib import suppress
from typing import Any

from bot.playground.arguments import Arguments
from bot.playground.choices import chosen, elements
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
    answer = await ask(
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
    action = pressed([message.blocks, message.attachments], arguments)
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
        **frame(hub, person),
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
    await ask(hub, "interactive", payload)
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
        **frame(hub, person),
        "callback_id": shortcut.callback_id,
        "action_ts": f"{time.time():.6f}",
        "trigger_id": hub.new_trigger(person),
        "response_url": response_url,
        "message_ts": message.ts,
        "channel": {"id": channel.id, "name": channel.name},
        "message": _told(message),
    }
    await ask(hub, "interactive", payload)
    return {"ok": True}


async def run_global_shortcut(hub: Hub, person: Member, arguments: Arguments) -> Json:
    """Run a shortcut of the app that belongs to no message."""
    shortcut = hub.app.shortcut(arguments.needed("callback_id"), "global")
    if shortcut is None:
        raise SlackError("invalid_callback_id")
    payload = {
        "type": "shortcut",
        **frame(hub, person),
        "callback_id": shortcut.callback_id,
        "action_ts": f"{time.time():.6f}",
        "trigger_id": hub.new_trigger(person),
    }
    await ask(hub, "interactive", payload)
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


async def ask(hub: Hub, kind: Kind, payload: Json) -> Json:
    """Deliver to the app, and give what it answers; what goes wrong is an error that the person sees."""
    try:
        return await hub.courier.ask(kind, payload)
    except NotDeliveredError as error:
        raise SlackError("operation_timeout" if error.reason == "timeout" else "dispatch_failed") from None


def frame(hub: Hub, person: Member) -> Json:
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


def pressed(blocks: list[Any], arguments: Arguments) -> Json:
    """Find the element that is pressed, and tell what the app hears of it."""
    action_id, value = arguments.needed("action_id"), arguments.values.get("value")
    found = [each for each in elements(blocks) if each[1]["action_id"] == action_id]
    if not found:
        raise SlackError("action_not_found")
    block_id, element = next((each for each in found if value and each[1].get("value") == value), found[0])
    told = {"action_id": action_id, "block_id": block_id, "type": element["type"]}
    if element["type"] == "feedback_buttons":
        buttons = [element["positive_button"], element["negative_button"]]
        button = next((each for each in buttons if each.get("value") == value), buttons[0])
        return {**told, "text": button["text"], "value": button["value"]}
    if held := chosen(element, value):
        if held.get("selected_option", True) is None:
            raise SlackError("action_not_found")
        return {**told, **held}
    kept = ("text", "value", "style", "url", "accessibility_label")
    return {**told, **{name: element[name] for name in kept if name in element}}
