"""The one error handler: logs a fault under a short reference, and gives the person the same reference."""

import logging
import secrets

from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError

from bot.core import LANGUAGES
from bot.logs import where
from bot.render.blocks import sentence
from bot.slack.metrics import Metrics
from bot.slack.post import Message, respond, to_the_person

log = logging.getLogger(__name__)


class Faults:
    """Called by Bolt for what a handler raises, and by us for what an answer in the background raises."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics

    async def __call__(self, error: Exception, request: AsyncBoltRequest) -> BoltResponse:
        """
        Tell the person that something went wrong; never raises.

        The status is 200 whatever happened: to Slack the request is settled; a repeat would fail again.
        """
        reference = secrets.token_hex(4)
        self._metrics.failed()
        log.error("fault %s: %s", reference, _describe(error))
        message = sentence("fault", request.context.get("languages", LANGUAGES), reference=reference)
        if "command" in request.body:
            return BoltResponse(status=200, body=message)
        for attempt in (_through_response_url, _through_the_web_api):
            try:
                if await attempt(request, message):
                    break
            except Exception as again:
                log.error("fault %s could not be told: %s", reference, _describe(again))
        return BoltResponse(status=200)


async def _through_response_url(request: AsyncBoltRequest, message: Message) -> bool:
    url = request.context.response_url
    if not isinstance(url, str):
        return False
    await respond(url, message, replace_original=False, thread_ts=request.context.thread_ts)
    return True


async def _through_the_web_api(request: AsyncBoltRequest, message: Message) -> bool:
    event = request.body.get("event")
    if not isinstance(event, dict):
        event = {"channel": request.context.channel_id, "user": request.context.user_id}
    if not event.get("channel"):
        return False
    await to_the_person(request.context["client"], event, message)
    return True


def _describe(error: BaseException) -> str:
    """Say where it happened and, of Slack's refusals, which; messages of errors may quote a person's text."""
    code = error.response.get("error") if isinstance(error, SlackApiError) else None
    return f"{where(error)} ({code})" if code else where(error)
