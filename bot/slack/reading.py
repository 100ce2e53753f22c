"""Explains Slack messages: one of them, or the bounces of a whole thread."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.core import Explanation, explain
from bot.slack.message import readings

_MOST_PAGES = 3
_NEWEST_REPLIES = 10


def explain_readings(texts: Sequence[str], *, words: bool = False) -> Explanation:
    """Explain a message by the first of its readings that says something."""
    found = [explain(text, words=words) for text in texts]
    return next((one for one in found if one.failures), found[0] if found else Explanation("nothing"))


def explain_messages(messages: Iterable[Mapping[str, Any]]) -> Explanation:
    """Explain several messages as one: every failure once, in the order of the messages."""
    found = [one for one in (explain_readings(readings(message)) for message in messages) if one.failures]
    if len(found) < 2:
        return found[0] if found else Explanation("nothing")
    failures = dict.fromkeys(failure for one in found for failure in one.failures)
    kind = next((one.kind for one in found if one.kind != "code"), found[0].kind)
    return Explanation(kind, tuple(failures), text="\n\n".join(one.text for one in found))


async def read_thread(client: AsyncWebClient, channel: str, thread_ts: str) -> list[Mapping[str, Any]]:
    """Return a thread's parent and its newest replies; Slack gives the oldest first, a page at a time."""
    messages: dict[str, Mapping[str, Any]] = {}  # by ts, for every page repeats the parent
    cursor: str | None = None
    for _ in range(_MOST_PAGES):
        page = await client.conversations_replies(channel=channel, ts=thread_ts, limit=200, cursor=cursor)
        messages |= {str(message["ts"]): message for message in page["messages"]}
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            break
    parent, *replies = messages.values()
    return [parent, *replies[-_NEWEST_REPLIES:]]
