"""Puts a message in the right place: in a thread, in sight of one person only, or through a response_url."""

from collections.abc import Mapping
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.logs import SLACK_LIBRARIES
from bot.settings import is_loopback

TIMEOUT = 5  # seconds; the SDK's own 30 would outlast everybody's patience

Message = dict[str, Any]
"""The text and blocks of a message, as bot.render builds them."""


class ResponseUrlError(Exception):
    """A response_url took no message: it was used five times, or is older than 30 minutes."""


def retry_handlers() -> list[AsyncRetryHandler]:
    """Return the retries for a client: the SDK's own give up at the first 429."""
    return [AsyncConnectionErrorRetryHandler(), AsyncRateLimitErrorRetryHandler(max_retry_count=3)]


async def in_thread(client: AsyncWebClient, event: Mapping[str, Any], message: Message) -> None:
    """Answer in the thread of a message, and begin one where there is none."""
    await _post(client, event["channel"], event.get("thread_ts") or event["ts"], message)


async def in_direct_messages(client: AsyncWebClient, event: Mapping[str, Any], message: Message) -> None:
    """Answer a direct message beside it, or in its thread where it stands in one."""
    await _post(client, event["channel"], event.get("thread_ts"), message)


async def to_the_person(client: AsyncWebClient, event: Mapping[str, Any], message: Message) -> None:
    """
    Answer so that only the person who wrote the message sees it.

    A thread shows such an answer only where it has replies already, so a message at the
    root of a channel is answered at the root. Where Slack refuses, everybody may see it: better than silence.
    """
    if event.get("channel_type") == "im":
        return await in_direct_messages(client, event, message)
    if event.get("user") and not event.get("bot_id"):
        try:
            await client.chat_postEphemeral(
                channel=event["channel"], user=event["user"], thread_ts=event.get("thread_ts"), **message
            )
        except SlackApiError:
            if "ts" not in event:  # a press on a button: there is no message to answer below
                raise
        else:
            return None
    return await in_thread(client, event, message)


async def respond(url: str, message: Message, **options: object) -> None:
    """Post to a response_url; `options` are Slack's, such as response_type, replace_original, thread_ts."""
    client = AsyncWebhookClient(url, timeout=TIMEOUT, logger=SLACK_LIBRARIES, retry_handlers=retry_handlers())
    if is_loopback(url):
        client.proxy = None  # the SDK takes it from the environment whatever NO_PROXY says
    answer = await client.send_dict({**message, "unfurl_links": False, "unfurl_media": False, **options})
    if answer.status_code != 200:
        raise ResponseUrlError


async def _post(client: AsyncWebClient, channel: str, thread_ts: str | None, message: Message) -> None:
    await client.chat_postMessage(
        channel=channel, thread_ts=thread_ts, unfurl_links=False, unfurl_media=False, **message
    )
