"""The answer to a slash command as JSON, made once for each wording: the names in it are put in last."""

from collections.abc import Sequence

import orjson

from bot.core import Kind, explain
from bot.core.memory import remembered
from bot.core.wording import Template, without_names
from bot.render.blocks import NAME_LENGTH, answer
from bot.render.mask import mask_addresses

_SHORT = 250  # characters: nothing that an answer shows of so short a text is ever cut


def acknowledgement(text: str, languages: Sequence[str]) -> tuple[Kind, str]:
    """
    The kind of the explanation, and the ephemeral message that Slack takes as the answer to a command.

    >>> acknowledgement("550 5.1.1 <jo@example.org>: user unknown", ("en",))[0]
    'reply'
    """
    if len(text) > _SHORT:
        return _made(text, languages)
    wording, names = without_names(text, masked=True)
    kind, template = _made_once(wording, tuple(languages))
    if names and (kind != "reply" or max(map(len, names)) > NAME_LENGTH):  # words may be parts of names
        return _made(text, languages)
    return kind, template([mask_addresses(name) for name in names])


def _made(text: str, languages: Sequence[str]) -> tuple[Kind, str]:
    """Encoded here, for Bolt's own encoding would take as long as reading and explaining."""
    explanation = explain(text)
    message = {**answer(explanation, languages, shareable=True), "response_type": "ephemeral"}
    return explanation.kind, orjson.dumps(message).decode()


@remembered(2048)
def _made_once(wording: str, languages: tuple[str, ...]) -> tuple[Kind, Template]:
    kind, body = _made(wording, languages)
    return kind, Template(body)
