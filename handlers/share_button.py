"""Share in Channel: the button under an answer that only one person sees."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.render.blocks import answer, sentence
from bot.render.sharing import unpack
from bot.slack.post import respond


async def share_button(
    ack: AsyncAck, action: Mapping[str, Any], body: Mapping[str, Any], context: AsyncBoltContext
) -> None:
    """Acknowledge at once; then all see the answer and who shared it, and the private one goes away."""
    await ack()
    context["later"](_share(action, body, context))


async def _share(action: Mapping[str, Any], body: Mapping[str, Any], context: AsyncBoltContext) -> None:
    languages = context["languages"]
    thread_ts = context.thread_ts or (body.get("container") or {}).get("thread_ts")
    try:
        explanation = unpack(action.get("value") or "")
    except ValueError:
        message = sentence("cannot_share", languages)
        return await respond(
            body["response_url"],
            message,
            response_type="ephemeral",
            replace_original=False,
            thread_ts=thread_ts,
        )
    context["answered"]("share", explanation.kind)
    return await respond(
        body["response_url"],
        answer(explanation, languages, shared_by=context.user_id),
        response_type="in_channel",
        replace_original=False,
        delete_original=True,
        thread_ts=thread_ts,
    )
