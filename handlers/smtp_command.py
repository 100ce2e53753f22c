"""`/smtp …`: the slash command."""

import json
from functools import lru_cache

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.response import BoltResponse

from bot.core import Explanation, explain
from bot.render.blocks import answer, help_answer, list_answer
from bot.slack.question import read_question


async def smtp_command(ack: AsyncAck, command: dict[str, str], context: AsyncBoltContext) -> BoltResponse | None:
    """Answer inside the acknowledgement, to the one who asks: no call to Slack, nothing to wait for."""
    question = read_question(command.get("text", ""))
    languages = question.languages or context["languages"]
    if question.topic != "explain":
        build = help_answer if question.topic == "help" else list_answer
        return await ack(**build(languages), response_type="ephemeral")
    explanation = explain(question.text)
    context["answered"]("command", explanation.kind)
    if explanation.kind == "code":
        return BoltResponse(status=200, body=_of_a_code(explanation, languages))
    return await ack(**answer(explanation, languages, shareable=True), response_type="ephemeral")


@lru_cache(maxsize=2048)
def _of_a_code(explanation: Explanation, languages: tuple[str, ...]) -> str:
    """Encode the answer for a code, once: it is most of what people ask, and never changes."""
    return json.dumps({**answer(explanation, languages, shareable=True), "response_type": "ephemeral"})
