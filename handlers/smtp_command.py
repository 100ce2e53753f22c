"""`/smtp …`: the slash command."""

from functools import lru_cache

import orjson
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
    encode = _encoded_once if explanation.kind == "code" else _encoded
    return BoltResponse(status=200, body=encode(explanation, languages))


def _encoded(explanation: Explanation, languages: tuple[str, ...]) -> str:
    """The answer as JSON: Bolt's own encoding of it would take as long as reading and explaining."""
    message = {**answer(explanation, languages, shareable=True), "response_type": "ephemeral"}
    return orjson.dumps(message).decode()


_encoded_once = lru_cache(maxsize=2048)(_encoded)
"""For a code: it is most of what people ask, and its answer never changes."""
