"""Explain This Bounce: the shortcut on any message, in threads too and on what other bots post."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.render.blocks import answer
from bot.slack.message import readings
from bot.slack.post import respond
from bot.slack.reading import explain_readings


async def explain_shortcut(ack: AsyncAck, shortcut: Mapping[str, Any], context: AsyncBoltContext) -> None:
    """Acknowledge at once; the answer follows, for the person who asked alone, where the message stands."""
    await ack()
    context["later"](_answer(shortcut, context))


async def _answer(shortcut: Mapping[str, Any], context: AsyncBoltContext) -> None:
    message = shortcut["message"]
    explanation = explain_readings(readings(message))
    context["answered"]("shortcut", explanation.kind)
    await respond(
        shortcut["response_url"],
        answer(explanation, context["languages"], shareable=True),
        response_type="ephemeral",
        replace_original=False,
        thread_ts=message.get("thread_ts"),
    )
