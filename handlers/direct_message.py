"""Direct messages to Rebond: every one of them is a question."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext

from bot.render.blocks import answer, help_answer, list_answer
from bot.slack.message import readings
from bot.slack.post import in_direct_messages
from bot.slack.question import read_question
from bot.slack.reading import explain_readings


async def direct_message(event: Mapping[str, Any], body: Mapping[str, Any], context: AsyncBoltContext) -> None:
    """Answer what a person writes, once, after the acknowledgement; not an edit, a deletion or a bot."""
    from_a_person = event.get("subtype") in (None, "file_share", "thread_broadcast") and not event.get("bot_id")
    if event.get("channel_type") != "im" or not from_a_person:
        return
    if not isinstance(event.get("channel"), str) or not isinstance(event.get("ts"), str):
        return
    if context["first_time"](body.get("event_id"), (event["channel"], event["ts"])):
        context["later"](_answer(event, context))


async def _answer(event: Mapping[str, Any], context: AsyncBoltContext) -> None:
    typed, *others = readings(event) or [""]
    question = read_question(typed)
    languages = question.languages or context["languages"]
    if question.topic == "help":
        message = help_answer(languages)
    elif question.topic == "list":
        message = list_answer(languages)
    else:
        explanation = explain_readings([question.text, *others], words=True)
        message = answer(explanation, languages)
        context["answered"]("direct_message", explanation.kind)
    await in_direct_messages(context["client"], event, message)
