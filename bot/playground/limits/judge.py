"""Judges a whole message or view: its text, its frame and its blocks."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.playground.limits.blocks import Surface, check_blocks
from bot.playground.limits.checks import (
    Complaint,
    Complaints,
    Json,
    bad,
    known_keys,
    mrkdwn,
    plain_text,
    string,
)

MOST_TEXT = 40_000  # Slack cuts a message here
ADVISED_TEXT = 4_000
ADVISED_FALLBACK = 300
MOST_ATTACHMENTS = 100


def refusal(complaints: Iterable[Complaint]) -> str | None:
    """Give Slack's error word for the gravest of these complaints, or None if Slack takes the message."""
    return next((complaint.error for complaint in complaints if complaint.error), None)


def judge_message(message: Mapping[str, Any], *, posted: bool = False) -> list[Complaint]:
    """
    Judge a message that the app sends: text, blocks, attachments.

    `posted` is for messages that everybody in the channel sees: these must have unfurling off.

    >>> [str(complaint) for complaint in judge_message({"text": "<!here> look"})]
    ['text: a mention that rings for many: <!here>']
    """
    text, blocks, attachments = message.get("text"), message.get("blocks"), message.get("attachments")
    return [
        *_top_level_text(text, bool(blocks or attachments)),
        *check_blocks(blocks, "message"),
        *_attachments(attachments),
        *(_posting(message) if posted else ()),
    ]


def judge_view(view: Any) -> list[Complaint]:
    """
    Judge a modal or an App Home.

    >>> [str(complaint) for complaint in judge_view({"type": "home", "blocks": [{"type": "alert"}]})]
    ['/blocks/0: alert blocks are not shown in home']
    """
    if not isinstance(view, dict) or view.get("type") not in ("modal", "home"):
        return [Complaint("a view is of type modal or home", "/view", "invalid_arguments")]
    surface: Surface = view["type"]
    return [
        *known_keys(view, "/view", _VIEW_KEYS[surface]),
        *(_view_frame(view) if surface == "modal" else ()),
        *string(view.get("callback_id"), "/view/callback_id", most=255, optional=True),
        *string(view.get("private_metadata"), "/view/private_metadata", least=0, most=3000, optional=True),
        *check_blocks(view.get("blocks"), surface, required=True),
    ]


def _top_level_text(text: Any, has_more: bool) -> Complaints:
    if text is not None and not isinstance(text, str):
        yield Complaint("text is no string", "text", "invalid_arguments")
        return
    if text is None or not text.strip():
        if has_more:
            yield Complaint("no text beside the blocks: notifications and screen readers have nothing to say", "text")
        else:
            yield Complaint("neither text nor blocks", "text", "no_text")
        return
    if len(text) > MOST_TEXT:
        yield Complaint(f"{len(text)} characters, more than {MOST_TEXT}", "text", "msg_too_long")
    elif len(text) > (ADVISED_FALLBACK if has_more else ADVISED_TEXT):
        advised = ADVISED_FALLBACK if has_more else ADVISED_TEXT
        yield Complaint(f"{len(text)} characters, more than the {advised} advised", "text")
    yield from mrkdwn(text, "text")


def _attachments(attachments: Any) -> Complaints:
    if attachments is None:
        return
    if not isinstance(attachments, list):
        yield Complaint("attachments are no list", "/attachments", "invalid_arguments")
        return
    if len(attachments) > MOST_ATTACHMENTS:
        yield Complaint(f"more than {MOST_ATTACHMENTS} attachments", "/attachments", "too_many_attachments")
    for i, attachment in enumerate(attachments):
        if not isinstance(attachment, dict):
            yield Complaint("an attachment is an object", f"/attachments/{i}", "invalid_arguments")
            continue
        for complaint in check_blocks(attachment.get("blocks"), "message"):
            yield Complaint(complaint.text, f"/attachments/{i}{complaint.where}", complaint.error)


def _posting(message: Mapping[str, Any]) -> Complaints:
    for name in ("unfurl_links", "unfurl_media"):
        if message.get(name) not in (False, "false", "0", 0):
            yield Complaint(f"{name} is not off")
    for name in ("link_names", "reply_broadcast"):
        if message.get(name) in (True, "true", "1", 1):
            yield Complaint(f"{name} is on")
    if message.get("parse") == "full":
        yield Complaint("parse is full")


def _view_frame(view: Json) -> Complaints:
    yield from plain_text(view.get("title"), "/view/title", most=24)
    for name in ("submit", "close"):
        yield from plain_text(view.get(name), f"/view/{name}", most=24, optional=True)
    blocks = view.get("blocks")
    inputs = isinstance(blocks, list) and any(
        isinstance(block, dict) and block.get("type") == "input" for block in blocks
    )
    if inputs and not view.get("submit"):
        yield bad("a modal with input blocks needs a submit", "/view")


_VIEW_FRAME = {"type", "blocks", "callback_id", "private_metadata", "external_id"}
_VIEW_KEYS: Mapping[Surface, set[str]] = {
    "home": _VIEW_FRAME,
    "modal": _VIEW_FRAME | {"title", "submit", "close", "clear_on_close", "notify_on_close", "submit_disabled"},
}
