"""What can be read back: conversations, their history, threads, and who somebody is."""

import base64
import binascii
from collections.abc import Sequence

from bot.playground.arguments import Arguments
from bot.playground.errors import SlackError
from bot.playground.workspace import TEAM_ID, Channel, Json, Member, Message, Workspace


def describe_channel(channel: Channel, viewer: Member) -> Json:
    """Describe a conversation as Slack does."""
    described: Json = {
        "id": channel.id,
        "is_channel": channel.kind == "channel",
        "is_group": channel.kind == "group",
        "is_im": channel.kind == "im",
        "is_private": channel.kind != "channel",
        "is_member": viewer.id in channel.members,
    }
    if channel.kind == "im":
        return {**described, "user": next(iter(channel.members - {viewer.id}), viewer.id)}
    return {**described, "name": channel.name, "num_members": len(channel.members)}


def list_channels(workspace: Workspace, viewer: Member, arguments: Arguments) -> Json:
    """List conversations: the public ones, and those of the viewer's own that `types` asks for."""
    types = arguments.text("types", "public_channel").split(",")
    names = {"channel": "public_channel", "group": "private_channel", "im": "im"}
    channels = [
        describe_channel(channel, viewer)
        for channel in workspace.channels.values()
        if names[channel.kind] in types and (channel.kind == "channel" or viewer.id in channel.members)
    ]
    return {"ok": True, "channels": channels, "response_metadata": {"next_cursor": ""}}


def history(channel: Channel, viewer: Member, arguments: Arguments) -> Json:
    """Read a conversation, newest first, without what stands in threads."""
    messages = [m for m in channel.messages.values() if not m.is_reply and _sees(viewer, m)]
    return _page(_between(messages[::-1], arguments), arguments, 100)


def replies(channel: Channel, viewer: Member, arguments: Arguments) -> Json:
    """Read a thread, oldest first, its first message before all."""
    ts = arguments.needed("ts")
    first = channel.messages.get(ts)
    if first is None or not _sees(viewer, first):
        raise SlackError("thread_not_found")
    thread = [m for m in channel.messages.values() if m.thread_ts == ts and m is not first and _sees(viewer, m)]
    return _page([first, *_between(thread, arguments)], arguments, 1000)


def newest(channel: Channel, viewer: Member, most: int) -> Json:
    """Read the newest messages of a conversation, in threads too, and whether these are all that there are."""
    messages = [message for message in channel.messages.values() if _sees(viewer, message)]
    return {"messages": [message.as_json() for message in messages[-most:]], "all": len(messages) <= most}


def describe_user(member: Member, arguments: Arguments) -> Json:
    """Describe a person or a bot as users.info does."""
    user: Json = {
        "id": member.id,
        "team_id": TEAM_ID,
        "name": member.name,
        "real_name": member.display_name,
        "deleted": False,
        "is_bot": member.is_bot,
        "profile": {"real_name": member.display_name, "display_name": member.display_name},
    }
    if arguments.flag("include_locale"):
        user["locale"] = member.locale
    return {"ok": True, "user": user}


def _sees(viewer: Member, message: Message) -> bool:
    return message.seen_by in (None, viewer.id)


def _between(messages: Sequence[Message], arguments: Arguments) -> list[Message]:
    oldest, latest = arguments.text("oldest"), arguments.text("latest")
    inclusive = arguments.flag("inclusive")
    return [
        message
        for message in messages
        if (not oldest or message.ts > oldest or (inclusive and message.ts == oldest))
        and (not latest or message.ts < latest or (inclusive and message.ts == latest))
    ]


def _page(messages: Sequence[Message], arguments: Arguments, default: int) -> Json:
    limit = min(max(arguments.number("limit", default), 1), 1000)
    start = _offset(arguments.text("cursor"))
    end = start + limit
    has_more = end < len(messages)
    cursor = base64.b64encode(f"next:{end}".encode()).decode() if has_more else ""
    return {
        "ok": True,
        "messages": [message.as_json() for message in messages[start:end]],
        "has_more": has_more,
        "response_metadata": {"next_cursor": cursor},
    }


def _offset(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        return max(0, int(base64.b64decode(cursor, validate=True).removeprefix(b"next:")))
    except (ValueError, binascii.Error):
        raise SlackError("invalid_cursor") from None
