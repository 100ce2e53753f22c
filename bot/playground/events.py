"""Which events the app hears of, and what Slack tells in them."""

import json
import secrets
import time
from collections.abc import Iterator

from bot.playground.hub import Hub
from bot.playground.workspace import TEAM_ID, Change, Json, Member, Message

_MESSAGE_EVENTS = {"channel": "message.channels", "group": "message.groups", "im": "message.im"}


def listen(hub: Hub) -> None:
    """Deliver events from now on: those that the manifest subscribes to and the scopes allow."""
    hub.workspace.listeners.append(lambda change: _deliver(hub, change))


def home_opened(hub: Hub, person: Member, channel_id: str, tab: str) -> None:
    """Tell that a person looks at the app's Home, or at its messages."""
    event: Json = {
        "type": "app_home_opened",
        "user": person.id,
        "channel": channel_id,
        "tab": tab,
        "event_ts": hub.workspace.next_ts(),
    }
    if person.id in hub.workspace.homes:
        event["view"] = hub.workspace.homes[person.id]
    if "app_home_opened" in hub.app.events:
        hub.courier.send_event(_envelope(hub, event))


def _deliver(hub: Hub, change: Change) -> None:
    message = change.message
    if message is None or message.seen_by or hub.workspace.bot.id not in message.channel.members:
        return
    for subscription, scope, event in _events(hub, change, message):
        if subscription in hub.app.events and scope in hub.scopes:
            hub.courier.send_event(_envelope(hub, event))


def _events(hub: Hub, change: Change, message: Message) -> Iterator[tuple[str, str, Json]]:
    channel = message.channel
    place = {"channel": channel.id, "channel_type": channel.kind}
    subscription = _MESSAGE_EVENTS[channel.kind]
    now, before = _told(message.as_json()), _told(change.before or {})
    if change.kind == "message":
        yield subscription, channel.history_scope, {**now, **place, "event_ts": message.ts}
    if change.kind in ("message_changed", "message_deleted"):
        ts = hub.workspace.next_ts()
        event = {"type": "message", "subtype": change.kind, "hidden": True, **place, "ts": ts, "event_ts": ts}
        told = {"message": now} if change.kind == "message_changed" else {"deleted_ts": message.ts}
        yield subscription, channel.history_scope, {**event, **told, "previous_message": before}
    # Slack sends no app_mention for what is said in a direct message, nor for our own words.
    own = message.sender is hub.workspace.bot
    if change.kind in ("message", "message_changed") and channel.kind != "im" and not own:
        bot_id = hub.workspace.bot.id
        if _mentions(now, bot_id) and not _mentions(before, bot_id):
            kept = {name: value for name, value in now.items() if name != "subtype"}
            event_ts = hub.workspace.next_ts() if message.edited else message.ts
            mention = {**kept, "type": "app_mention", "channel": channel.id, "event_ts": event_ts}
            yield "app_mention", "app_mentions:read", mention


def _mentions(message: Json, user_id: str) -> bool:
    said = json.dumps([message.get("text"), message.get("blocks"), message.get("attachments")])
    return f"<@{user_id}" in said or f'"user_id": "{user_id}"' in said


def _told(message: Json) -> Json:
    """Take out what is the playground's own, and the counts that Slack leaves out of events."""
    own = {"complaints", "is_ephemeral", "reply_count", "reply_users", "reply_users_count", "latest_reply"}
    return {name: value for name, value in message.items() if name not in own}


def _envelope(hub: Hub, event: Json) -> Json:
    bot = hub.workspace.bot
    authorization = {
        "enterprise_id": None,
        "team_id": TEAM_ID,
        "user_id": bot.id,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": "verification-token",
        "team_id": TEAM_ID,
        "context_team_id": TEAM_ID,
        "context_enterprise_id": None,
        "api_app_id": bot.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{secrets.token_hex(6).upper()}",
        "event_time": int(time.time()),
        "authorizations": [authorization],
        "is_ext_shared_channel": False,
        "event_context": f"4-{secrets.token_hex(8)}",
    }
