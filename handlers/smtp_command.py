"""`/smtp …`: the slash command."""

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.response import BoltResponse

from bot.render.acknowledgement import acknowledgement
from bot.render.blocks import help_answer, list_answer
from bot.slack.question import read_question


async def smtp_command(ack: AsyncAck, command: dict[str, str], context: AsyncBoltContext) -> BoltResponse | None:
    """Answer inside the acknowledgement, to the one who asks: no call to Slack, nothing to wait for."""
    question = read_question(command.get("text", ""))
    languages = question.languages or context["languages"]
    if question.topic != "explain":
        build = help_answer if question.topic == "help" else list_answer
        return await ack(**build(languages), response_type="ephemeral")
    kind, body = acknowledgement(question.text, languages)
    context["answered"]("command", kind)
    return BoltResponse(status=200, body=body)
