"""What a person does: post, read, edit, run commands, press buttons — and ask the playground for faults."""

import dataclasses
from collections.abc import Awaitable, Callable, Mapping

from bot.playground import interaction, reading, views
from bot.playground.arguments import Arguments
from bot.playground.composer import compose
from bot.playground.errors import SlackError
from bot.playground.events import home_opened
from bot.playground.hub import Hub
from bot.playground.limits import MOST_TEXT
from bot.playground.posting import with_ids
from bot.playground.sharing import share_files
from bot.playground.web_api import test_of
from bot.playground.workspace import Channel, Json, Kind, Member, Message

Run = Callable[[Hub, Member, Arguments], Awaitable[Json]]


async def call(hub: Hub, person: Member, method: str, arguments: Arguments) -> Json:
    """Call a method as a person."""
    if method not in _METHODS:
        raise SlackError("unknown_method", req_method=method)
    return await _METHODS[method](hub, person, arguments)


async def _auth_test(hub: Hub, person: Member, _arguments: Arguments) -> Json:
    return test_of(hub, person)


async def _post_message(hub: Hub, person: Member, arguments: Arguments) -> Json:
    channel = _posting_channel(hub, person, arguments.needed("channel"))
    thread_ts = arguments.text("thread_ts")
    if thread_ts:
        parent = hub.workspace.find(channel, thread_ts)
        thread_ts = parent.thread_ts or parent.ts
    said = compose(_typed(arguments), hub.workspace.directory())
    message = Message(
        channel=channel,
        ts=hub.workspace.next_ts(),
        sender=person,
        text=said.text,
        blocks=with_ids(said.blocks),
        thread_ts=thread_ts or None,
    )
    hub.workspace.add(message)
    return {"ok": True, "channel": channel.id, "ts": message.ts, "message": message.as_json()}


async def _update(hub: Hub, person: Member, arguments: Arguments) -> Json:
    message = _own_message(hub, person, arguments, "cant_update_message")
    said = compose(_typed(arguments), hub.workspace.directory())
    hub.workspace.edit(message, said.text, with_ids(said.blocks), message.attachments)
    return {"ok": True, "channel": message.channel.id, "ts": message.ts, "text": message.text}


async def _delete(hub: Hub, person: Member, arguments: Arguments) -> Json:
    message = _own_message(hub, person, arguments, "cant_delete_message")
    hub.workspace.delete(message)
    return {"ok": True, "channel": message.channel.id, "ts": message.ts}


async def _list(hub: Hub, person: Member, arguments: Arguments) -> Json:
    return reading.list_channels(hub.workspace, person, arguments)


async def _info(hub: Hub, person: Member, arguments: Arguments) -> Json:
    return {"ok": True, "channel": reading.describe_channel(_channel(hub, person, arguments), person)}


async def _history(hub: Hub, person: Member, arguments: Arguments) -> Json:
    return reading.history(_channel(hub, person, arguments), person, arguments)


async def _replies(hub: Hub, person: Member, arguments: Arguments) -> Json:
    return reading.replies(_channel(hub, person, arguments), person, arguments)


async def _open(hub: Hub, person: Member, arguments: Arguments) -> Json:
    other = _somebody(hub, arguments.needed("users"))
    channel = hub.workspace.direct_message(person, other)
    return {"ok": True, "channel": reading.describe_channel(channel, person)}


async def _create(hub: Hub, person: Member, arguments: Arguments) -> Json:
    kind: Kind = "group" if arguments.flag("is_private") else "channel"
    channel = hub.workspace.create_channel(arguments.needed("name"), person, kind)
    return {"ok": True, "channel": reading.describe_channel(channel, person)}


async def _invite(hub: Hub, person: Member, arguments: Arguments) -> Json:
    channel = _channel(hub, person, arguments)
    channel.members.add(_somebody(hub, arguments.needed("users")).id)
    return {"ok": True, "channel": reading.describe_channel(channel, person)}


async def _kick(hub: Hub, person: Member, arguments: Arguments) -> Json:
    channel = _channel(hub, person, arguments)
    channel.members.discard(_somebody(hub, arguments.needed("user")).id)
    return {"ok": True}


async def _users_info(hub: Hub, _person: Member, arguments: Arguments) -> Json:
    return reading.describe_user(hub.workspace.member(arguments.needed("user")), arguments)


async def _upload_url(hub: Hub, _person: Member, arguments: Arguments) -> Json:
    return {"ok": True, **hub.files.start_upload(arguments.needed("filename"))}


async def _complete_upload(hub: Hub, person: Member, arguments: Arguments) -> Json:
    place = arguments.text("channel_id")
    channel = _posting_channel(hub, person, place) if place else None
    return share_files(hub, person, channel, arguments)


async def _home(hub: Hub, person: Member, arguments: Arguments) -> Json:
    channel = hub.workspace.direct_message(hub.workspace.bot, person)
    home_opened(hub, person, channel.id, arguments.text("tab", "home"))
    return {"ok": True, "channel": channel.id, "view": hub.workspace.homes.get(person.id)}


async def _locale(_hub: Hub, person: Member, arguments: Arguments) -> Json:
    person.locale = arguments.needed("locale")
    return {"ok": True, "locale": person.locale}


async def _press(hub: Hub, person: Member, arguments: Arguments) -> Json:
    """Press in a message, or in one of the app's windows."""
    in_view = bool(arguments.text("view_id"))
    return await (views.press if in_view else interaction.press)(hub, person, arguments)


async def _faults(hub: Hub, _person: Member, arguments: Arguments) -> Json:
    faults = hub.faults
    if "slow" in arguments.values:
        faults.slow = arguments.seconds("slow")
    for name in ("rate_limited", "retry_after", "repeat"):
        if name in arguments.values:
            setattr(faults, name, min(arguments.number(name, 0), 100))
    if arguments.flag("drop"):
        await hub.courier.drop()
    return {"ok": True, "faults": dataclasses.asdict(faults)}


async def _complaints(hub: Hub, _person: Member, _arguments: Arguments) -> Json:
    return {"ok": True, "complaints": hub.complaints}


_METHODS: Mapping[str, Run] = {
    "auth.test": _auth_test,
    "chat.postMessage": _post_message,
    "chat.update": _update,
    "chat.delete": _delete,
    "chat.command": interaction.run_command,
    "block.actions": _press,
    "view.submit": views.submit,
    "view.close": views.close,
    "message.shortcut": interaction.run_message_shortcut,
    "global.shortcut": interaction.run_global_shortcut,
    "conversations.list": _list,
    "conversations.info": _info,
    "conversations.history": _history,
    "conversations.replies": _replies,
    "conversations.open": _open,
    "conversations.create": _create,
    "conversations.invite": _invite,
    "conversations.kick": _kick,
    "users.info": _users_info,
    "files.getUploadURLExternal": _upload_url,
    "files.completeUploadExternal": _complete_upload,
    "app.home": _home,
    "playground.locale": _locale,
    "playground.faults": _faults,
    "playground.complaints": _complaints,
}


def _typed(arguments: Arguments) -> str:
    text = arguments.text("text")
    if not text.strip():
        raise SlackError("no_text")
    if len(text) > MOST_TEXT:
        raise SlackError("msg_too_long")
    return text


def _channel(hub: Hub, person: Member, arguments: Arguments) -> Channel:
    return hub.workspace.visible_channel(arguments.needed("channel"), person)


def _posting_channel(hub: Hub, person: Member, place: str) -> Channel:
    """Find where a person posts: they join an open channel by posting there."""
    channel = hub.workspace.visible_channel(place, person)
    if channel.kind == "im" and hub.workspace.bot.id in channel.members and not hub.app.direct_messages:
        raise SlackError("messages_tab_disabled")
    channel.members.add(person.id)
    return channel


def _somebody(hub: Hub, who: str) -> Member:
    """Find somebody by id or by name."""
    return hub.workspace.member_named(who.removeprefix("@")) or hub.workspace.member(who)


def _own_message(hub: Hub, person: Member, arguments: Arguments, error: str) -> Message:
    message = hub.workspace.find(_channel(hub, person, arguments), arguments.needed("ts"), person)
    if message.sender is not person:
        raise SlackError(error)
    return message
