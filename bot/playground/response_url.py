"""POST /response/ID: the app's later answers to a command, a press or a shortcut."""

import time

from bot.playground.errors import SlackError
from bot.playground.hub import Hub, ResponseUrl
from bot.playground.posting import edit, judged_message, post
from bot.playground.workspace import Json, Message


def answer(hub: Hub, key: str, body: Json) -> None:
    """Do what the app asks for: a new message, another text in the original one, or its end."""
    url = _use(hub, key)
    wants_message = any(body.get(name) for name in ("text", "blocks", "attachments"))
    if body.get("delete_original"):
        if url.original and _is_there(url.original):
            hub.workspace.delete(url.original)
        if not wants_message:
            return
    in_channel = body.get("response_type") == "in_channel"
    if body.get("replace_original") and not body.get("delete_original") and url.original:
        complaints = judged_message(hub, "response_url", body, posted=False)
        if not _is_there(url.original):
            raise SlackError("message_not_found", status=404)
        edit(hub, url.original, body, complaints)
        url.answer = url.original
    else:
        complaints = judged_message(hub, "response_url", body, posted=in_channel)
        url.answer = post(
            hub,
            hub.workspace.bot,
            url.channel,
            body,
            thread_ts=str(body["thread_ts"]) if body.get("thread_ts") else None,
            seen_by=None if in_channel else url.person,
            complaints=complaints,
        )
    hub.workspace.notify()


def _use(hub: Hub, key: str) -> ResponseUrl:
    url = hub.response_urls.get(key)
    if url is None or url.expires < time.monotonic():
        raise SlackError("expired_url", status=404)
    if url.uses_left == 0:
        raise SlackError("used_url", status=404)
    url.uses_left -= 1
    return url


def _is_there(message: Message) -> bool:
    return message.channel.messages.get(message.ts) is message
