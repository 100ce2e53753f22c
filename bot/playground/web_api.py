"""Slack's Web API as our app's bot sees it: each method with the scope that it needs."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.playground import reading
from bot.playground.arguments import Arguments
from bot.playground.errors import SlackError
from bot.playground.hub import Hub
from bot.playground.posting import edit, judged_message, post
from bot.playground.sharing import share_files
from bot.playground.views import make_view, open_view, update_view
from bot.playground.workspace import TEAM_DOMAIN, TEAM_ID, Change, Channel, Json, Member, Message


@dataclass(frozen=True, slots=True)
class Method:
    """A method of the Web API."""

    run: Callable[[Hub, Arguments], Awaitable[Json]]
    scope: str | None = None


async def call(hub: Hub, method: str, arguments: Arguments) -> Json:
    """Call a method as our app's bot."""
    if method not in _METHODS:
        raise SlackError("unknown_method", req_method=method)
    found = _METHODS[method]
    if found.scope:
        hub.need_scope(found.scope)
    return await found.run(hub, arguments)


def test_of(hub: Hub, member: Member) -> Json:
    """Give what auth.test says of a person or a bot."""
    who: Json = {"user": member.name, "user_id": member.id}
    if member.is_bot:
        who["bot_id"] = member.bot_id
    team = {"url": f"{hub.url}/", "team": TEAM_DOMAIN, "team_id": TEAM_ID}
    return {"ok": True, **team, **who, "is_enterprise_install": False}


async def _auth_test(hub: Hub, _arguments: Arguments) -> Json:
    return test_of(hub, hub.workspace.bot)


async def _post_message(hub: Hub, arguments: Arguments) -> Json:
    message = arguments.message()
    channel = _posting_channel(hub, arguments)
    complaints = judged_message(hub, "chat.postMessage", message, posted=True)
    posted = post(
        hub,
        hub.workspace.bot,
        channel,
        message,
        thread_ts=arguments.text("thread_ts") or None,
        complaints=complaints,
    )
    return {"ok": True, "channel": channel.id, "ts": posted.ts, "message": posted.as_json()}


async def _post_ephemeral(hub: Hub, arguments: Arguments) -> Json:
    message = arguments.message()
    channel = _member_channel(hub, arguments, "channel_not_found")
    person = hub.workspace.member(arguments.needed("user"))
    if person.id not in channel.members:
        raise SlackError("user_not_in_channel")
    complaints = judged_message(hub, "chat.postEphemeral", message, posted=False)
    posted = post(
        hub,
        hub.workspace.bot,
        channel,
        message,
        thread_ts=arguments.text("thread_ts") or None,
        seen_by=person,
        complaints=complaints,
    )
    return {"ok": True, "message_ts": posted.ts}


async def _update(hub: Hub, arguments: Arguments) -> Json:
    message = _own_message(hub, arguments, "cant_update_message")
    change = arguments.message()
    complaints = judged_message(hub, "chat.update", change, posted=False)
    edit(hub, message, change, complaints)
    return {"ok": True, "channel": message.channel.id, "ts": message.ts, "text": message.text}


async def _delete(hub: Hub, arguments: Arguments) -> Json:
    message = _own_message(hub, arguments, "cant_delete_message")
    hub.workspace.delete(message)
    return {"ok": True, "channel": message.channel.id, "ts": message.ts}


async def _list(hub: Hub, arguments: Arguments) -> Json:
    return reading.list_channels(hub.workspace, hub.workspace.bot, arguments)


async def _info(hub: Hub, arguments: Arguments) -> Json:
    channel = hub.workspace.visible_channel(arguments.needed("channel"), hub.workspace.bot)
    hub.need_scope(channel.history_scope.replace("history", "read"))
    return {"ok": True, "channel": reading.describe_channel(channel, hub.workspace.bot)}


async def _history(hub: Hub, arguments: Arguments) -> Json:
    return reading.history(_readable_channel(hub, arguments), hub.workspace.bot, arguments)


async def _replies(hub: Hub, arguments: Arguments) -> Json:
    return reading.replies(_readable_channel(hub, arguments), hub.workspace.bot, arguments)


async def _open(hub: Hub, arguments: Arguments) -> Json:
    channel = hub.workspace.direct_message(hub.workspace.bot, hub.workspace.member(arguments.needed("users")))
    return {"ok": True, "channel": reading.describe_channel(channel, hub.workspace.bot)}


async def _users_info(hub: Hub, arguments: Arguments) -> Json:
    return reading.describe_user(hub.workspace.member(arguments.needed("user")), arguments)


async def _views_open(hub: Hub, arguments: Arguments) -> Json:
    person = hub.take_trigger(arguments.needed("trigger_id"))
    return {"ok": True, "view": open_view(hub, person, arguments.structure("view"))}


async def _views_push(hub: Hub, arguments: Arguments) -> Json:
    person = hub.take_trigger(arguments.needed("trigger_id"))
    mine = [view for view in hub.workspace.views.values() if view["user"] == person.id]
    under = next((view for view in reversed(mine) if view["type"] == "modal"), None)
    return {"ok": True, "view": open_view(hub, person, arguments.structure("view"), under)}


async def _views_update(hub: Hub, arguments: Arguments) -> Json:
    old = hub.workspace.views.get(arguments.text("view_id"))
    if old is None:
        raise SlackError("not_found")
    if arguments.text("hash") not in ("", old["hash"]):
        raise SlackError("hash_conflict")
    return {"ok": True, "view": update_view(hub, old, arguments.structure("view"))}


async def _views_publish(hub: Hub, arguments: Arguments) -> Json:
    if not hub.app.home:
        raise SlackError("not_enabled")
    person = hub.workspace.member(arguments.needed("user_id"))
    old = hub.workspace.homes.get(person.id)
    if old and arguments.text("hash") not in ("", old["hash"]):
        raise SlackError("hash_conflict")
    view = make_view(hub, person, arguments.structure("view"), old)
    hub.workspace.homes[person.id] = view
    hub.workspace.tell(Change("view_published", view=view, person=person.id))
    return {"ok": True, "view": view}


async def _upload_url(hub: Hub, arguments: Arguments) -> Json:
    return {"ok": True, **hub.files.start_upload(arguments.needed("filename"))}


async def _complete_upload(hub: Hub, arguments: Arguments) -> Json:
    channel = _posting_channel(hub, arguments, "channel_id") if arguments.text("channel_id") else None
    return share_files(hub, hub.workspace.bot, channel, arguments)


async def _files_info(hub: Hub, arguments: Arguments) -> Json:
    file = hub.files.find(arguments.needed("file"))
    return {"ok": True, "file": hub.files.describe(file, hub.workspace.bot.id)}


_METHODS: Mapping[str, Method] = {
    "auth.test": Method(_auth_test),
    "chat.postMessage": Method(_post_message, "chat:write"),
    "chat.postEphemeral": Method(_post_ephemeral, "chat:write"),
    "chat.update": Method(_update, "chat:write"),
    "chat.delete": Method(_delete, "chat:write"),
    "conversations.list": Method(_list, "channels:read"),
    "conversations.info": Method(_info),
    "conversations.history": Method(_history),
    "conversations.replies": Method(_replies),
    "conversations.open": Method(_open, "im:write"),
    "users.info": Method(_users_info, "users:read"),
    "views.open": Method(_views_open),
    "views.push": Method(_views_push),
    "views.update": Method(_views_update),
    "views.publish": Method(_views_publish),
    "files.getUploadURLExternal": Method(_upload_url, "files:write"),
    "files.completeUploadExternal": Method(_complete_upload, "files:write"),
    "files.info": Method(_files_info, "files:read"),
}


def _posting_channel(hub: Hub, arguments: Arguments, name: str = "channel") -> Channel:
    """Find where to post; a person's id means the direct message with them."""
    place = arguments.needed(name)
    person = next((each for each in hub.workspace.people.values() if each.id == place), None)
    if person:
        return hub.workspace.direct_message(hub.workspace.bot, person)
    return _member_channel(hub, arguments, "not_in_channel", name)


def _member_channel(hub: Hub, arguments: Arguments, error: str, name: str = "channel") -> Channel:
    channel = hub.workspace.visible_channel(arguments.needed(name), hub.workspace.bot)
    if hub.workspace.bot.id not in channel.members:
        raise SlackError(error)
    return channel


def _readable_channel(hub: Hub, arguments: Arguments) -> Channel:
    channel = hub.workspace.visible_channel(arguments.needed("channel"), hub.workspace.bot)
    hub.need_scope(channel.history_scope)
    if hub.workspace.bot.id not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def _own_message(hub: Hub, arguments: Arguments, error: str) -> Message:
    channel = hub.workspace.visible_channel(arguments.needed("channel"), hub.workspace.bot)
    message = hub.workspace.find(channel, arguments.needed("ts"))
    if message.sender is not hub.workspace.bot:
        raise SlackError(error)
    return message
