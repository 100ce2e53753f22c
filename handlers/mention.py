"""`@Rebond …`: a mention in a channel, with a bounce or in a thread that has one."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError

from bot.core import Explanation
from bot.render.blocks import answer, help_answer, list_answer, sentence
from bot.slack.message import readings
from bot.slack.post import in_thread, to_the_person
from bot.slack.question import read_question
from bot.slack.reading import explain_messages, explain_readings, read_thread


async def mention(event: Mapping[str, Any], body: Mapping[str, Any], context: AsyncBoltContext) -> None:
    """Answer a mention once, after the acknowledgement: a person's or another bot's, but never an edit."""
    if "edited" in event or not isinstance(event.get("channel"), str) or not isinstance(event.get("ts"), str):
        return
    if context["first_time"](body.get("event_id"), (event["channel"], event["ts"])):
        context["later"](_answer(event, context))


async def _answer(event: Mapping[str, Any], context: AsyncBoltContext) -> None:
    """Explain the message in its thread, or the thread where the message has nothing to explain."""
    client = context["client"]
    typed, *others = readings(event) or [""]
    question = read_question(typed)
    languages = question.languages or context["languages"]
    if question.text and question.topic != "explain":
        build = help_answer if question.topic == "help" else list_answer
        return await to_the_person(client, event, build(languages))
    explanation = explain_readings([question.text, *others])
    if not explanation.failures and "thread_ts" in event:
        try:
            explanation = await _explain_thread(event, context)
        except SlackApiError as error:
            if error.response.get("error") != "missing_scope":
                raise
            scope = str(error.response.get("needed") or "channels:history")
            return await to_the_person(client, event, sentence("missing_scope", languages, scope=scope))
    context["answered"]("mention", explanation.kind)
    if explanation.failures:
        return await in_thread(client, event, answer(explanation, languages))
    return await to_the_person(client, event, answer(explanation, languages))


async def _explain_thread(event: Mapping[str, Any], context: AsyncBoltContext) -> Explanation:
    thread = await read_thread(context["client"], event["channel"], event["thread_ts"])
    ours = {context.bot_id, context.bot_user_id} - {None}
    return explain_messages(
        message
        for message in thread
        if message["ts"] != event["ts"] and ours.isdisjoint({message.get("bot_id"), message.get("user")})
    )
