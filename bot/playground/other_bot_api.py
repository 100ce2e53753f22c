"""What another app's bot does, an alerting one, say: it posts, edits and reads."""

from collections.abc import Awaitable, Callable, Mapping

from bot.playground import reading
from bot.playground.arguments import Arguments
from bot.playground.errors import SlackError
from bot.playground.hub import Hub
from bot.playground.limits import judge_message, refusal
from bot.playground.posting import edit, post
from bot.playground.sharing import share_files
from bot.playground.workspace import Channel, Json, Member, Message

Run = Callable[[Hub, Member, Arguments], Awaitable[Json]]


async def call(hub: Hub, bot: Member, method: str, arguments: Arguments) -> Json:
    """Call a method as another bot."""
    if method == "auth.test":
        # A mistyped token of our own app looks like another bot's; it must not pass for a good one.
        raise SlackError("invalid_auth")
    if method not in _METHODS:
        raise SlackError("unknown_method", req_method=method)
    return await _METHODS[method](hub, bot, arguments)


async def _post_message(hub: Hub, bot: Member, arguments: Arguments) -> Json:
    channel = _channel(hub, arguments)
    message = _judged(arguments)
    posted = post(hub, bot, channel, message, thread_ts=arguments.text("thread_ts") or None)
    return {"ok": True, "channel": channel.id, "ts": posted.ts, "message": posted.as_json()}


async def _update(hub: Hub, bot: Member, arguments: Arguments) -> Json:
    message = _own_message(hub, bot, arguments, "cant_update_message")
    edit(hub, message, _judged(arguments), [])
    return {"ok": True, "channel": message.channel.id, "ts": message.ts, "text": message.text}


async def _delete(hub: Hub, bot: Member, arguments: Arguments) -> Json:
    message = _own_message(hub, bot, arguments, "cant_delete_message")
    hub.workspace.delete(message)
    return {"ok": True, "channel": message.channel.id, "ts": message.ts}


async def _list(hub: Hub, bot: Member, arguments: Arguments) -> Json:
    return reading.list_channels(hub.workspace, bot, arguments)


async def _history(hub: Hub, bot: Member, arguments: Arguments) -> Json:
    return reading.history(_channel(hub, arguments), bot, arguments)


async def _replies(hub: Hub, bot: Member, arguments: Arguments) -> Json:
    return reading.replies(_channel(hub, arguments), bot, arguments)


async def _upload_url(hub: Hub, _bot: Member, arguments: Arguments) -> Json:
    return {"ok": True, **hub.files.start_upload(arguments.needed("filename"))}


async def _complete_upload(hub: Hub, bot: Member, arguments: Arguments) -> Json:
    channel = hub.workspace.channel_named(arguments.needed("channel_id"))
    return share_files(hub, bot, channel, arguments)


_METHODS: Mapping[str, Run] = {
    "chat.postMessage": _post_message,
    "chat.update": _update,
    "chat.delete": _delete,
    "conversations.list": _list,
    "conversations.history": _history,
    "conversations.replies": _replies,
    "files.getUploadURLExternal": _upload_url,
    "files.completeUploadExternal": _complete_upload,
}


def _channel(hub: Hub, arguments: Arguments) -> Channel:
    channel = hub.workspace.channel_named(arguments.needed("channel"))
    if channel.kind != "channel":
        raise SlackError("channel_not_found")
    return channel


def _judged(arguments: Arguments) -> Json:
    """Refuse what Slack refuses; how well another app writes is not ours to judge."""
    message = arguments.message()
    if error := refusal(judge_message(message)):
        raise SlackError(error)
    return message


def _own_message(hub: Hub, bot: Member, arguments: Arguments, error: str) -> Message:
    message = hub.workspace.find(_channel(hub, arguments), arguments.needed("ts"))
    if message.sender is not bot:
        raise SlackError(error)
    return message
