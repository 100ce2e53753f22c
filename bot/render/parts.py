"""The parts that messages are made of, as plain dicts within Slack's limits."""

from collections.abc import Sequence
from typing import Any

from bot.render.quote import cut

Block = dict[str, Any]

HEADER_LENGTH = 150
TEXT_LENGTH = 2000  # of a field; other texts may be longer, and are better short


def header(text: str) -> Block:
    """A title; Slack shows it as it is, without reading mrkdwn or emoji in it."""
    return {
        "type": "header",
        "text": {"type": "plain_text", "text": cut(text, HEADER_LENGTH), "emoji": False},
    }


def section(text: str) -> Block:
    """A text over the whole width, never folded behind “See more”."""
    return {"type": "section", "text": _mrkdwn(text), "expand": True}


def columns(texts: Sequence[str]) -> Block:
    """One text beside the other, a column for each language; a single one takes the whole width."""
    if len(texts) == 1:
        return section(texts[0])
    return {"type": "section", "fields": [_mrkdwn(text) for text in texts]}


def context(text: str) -> Block:
    """A small text below what matters."""
    return {"type": "context", "elements": [_mrkdwn(text)]}


def button(label: str, action_id: str, value: str) -> Block:
    """A row with one button."""
    return {
        "type": "actions",
        "elements": [
            {
                "type": "button",
                "action_id": action_id,
                "text": {"type": "plain_text", "text": label, "emoji": False},
                "value": value,
            }
        ],
    }


def literal(text: str) -> Block:
    """A text inside rich_text: Slack shows it as it is, whoever wrote it."""
    return {"type": "text", "text": text}


def label(text: str) -> Block:
    """A bold word inside rich_text."""
    return {"type": "text", "text": text, "style": {"bold": True}}


def rich_text(*elements: Block) -> Block:
    """Sections, lists and quotes that hold literal text."""
    return {"type": "rich_text", "elements": list(elements)}


def rich_section(*elements: Block) -> Block:
    """A run of literal text and labels inside rich_text."""
    return {"type": "rich_text_section", "elements": list(elements)}


def rich_list(items: Sequence[Block]) -> Block:
    """A list with bullets inside rich_text; each item is a rich_section."""
    return {"type": "rich_text_list", "style": "bullet", "elements": list(items)}


def preformatted(text: str) -> Block:
    """A text inside rich_text as a server wrote it."""
    return {"type": "rich_text_preformatted", "elements": [literal(text)]}


def _mrkdwn(text: str) -> Block:
    return {"type": "mrkdwn", "text": cut(text, TEXT_LENGTH)}
