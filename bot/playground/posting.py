"""How an app's message gets into the workspace: judged, escaped, given ids, put in its place."""

import re
import secrets
from typing import Any

from bot.playground.composer import normalise
from bot.playground.errors import SlackError
from bot.playground.hub import Hub
from bot.playground.limits import Complaint, judge_message, judge_view, refusal
from bot.playground.limits.checks import objects
from bot.playground.workspace import Channel, Json, Member, Message


def judged_message(hub: Hub, about: str, message: Json, *, posted: bool) -> list[str]:
    """Judge a message of our app: note every complaint, and refuse what Slack refuses."""
    found = judge_message(message, posted=posted)
    return _judged(hub, about, [*found, *_mentions_of_nobody(hub, message)])


def judged_view(hub: Hub, about: str, view: Any) -> list[str]:
    """Judge a view of our app, as `judged_message` does."""
    return _judged(hub, about, judge_view(view))


def _judged(hub: Hub, about: str, found: list[Complaint]) -> list[str]:
    complaints = [str(complaint) for complaint in found]
    hub.complain(about, complaints)
    if error := refusal(found):
        refused = [f"[ERROR] {each.text} [json-pointer:{each.where}]" for each in found if each.error]
        raise SlackError(error, errors=refused, response_metadata={"messages": refused})
    return complaints


def post(
    hub: Hub,
    sender: Member,
    channel: Channel,
    message: Json,
    *,
    thread_ts: str | None = None,
    seen_by: Member | None = None,
    complaints: list[str] | None = None,
) -> Message:
    """
    Post an app's message, which was judged before.

    An ephemeral message in a thread shows only where the thread already has replies;
    elsewhere it is lost, as with Slack, and we note it.
    """
    posted = Message(
        channel=channel,
        ts=hub.workspace.next_ts(),
        sender=sender,
        text=normalise(str(message.get("text") or "")),
        blocks=with_ids(message.get("blocks") or []),
        attachments=message.get("attachments") or [],
        files=message.get("files") or [],
        thread_ts=_thread(hub, channel, thread_ts) if thread_ts else None,
        seen_by=seen_by.id if seen_by else None,
        subtype=None if sender.id else "bot_message",
        username=None if sender.id else str(message.get("username") or "") or None,
        complaints=complaints or [],
    )
    if seen_by and posted.thread_ts and not channel.thread(posted.thread_ts):
        hub.complain("ephemeral", ["in a thread without replies nobody sees it"])
        return posted
    return hub.workspace.add(posted)


_MENTION = re.compile(r"<@([^<>|]*)")


def _mentions_of_nobody(hub: Hub, message: Json) -> list[Complaint]:
    """Complain of mentions that name nobody here: text that others wrote was let through as markup."""
    inside = list(objects(message.get("blocks")))
    marked_up = [each.get("text") for each in inside if each.get("type") in ("mrkdwn", "markdown")]
    named = [user_id for text in [message.get("text"), *marked_up] for user_id in _MENTION.findall(str(text))]
    named += [str(each.get("user_id")) for each in inside if each.get("type") == "user"]
    known = {hub.workspace.bot.id, *(person.id for person in hub.workspace.people.values())}
    return [Complaint("a mention of nobody here") for user_id in named if user_id not in known]


def edit(hub: Hub, message: Message, change: Json, complaints: list[str]) -> None:
    """Replace what an app's message says."""
    hub.workspace.edit(
        message,
        text=normalise(str(change.get("text") or "")),
        blocks=with_ids(change.get("blocks") or []),
        attachments=change.get("attachments") or [],
        complaints=complaints,
    )


def with_ids(value: Any) -> Any:
    """Give blocks and interactive elements the ids that the app left out, as Slack does."""
    if isinstance(value, list):
        return [_with_block_id(block) if isinstance(block, dict) else block for block in value]
    return value


# Elements by which a person acts; the others (text objects, images) get no action_id.
_NO_ACTION = {"image", "plain_text", "mrkdwn"}


def _with_block_id(block: Json) -> Json:
    block = {"block_id": secrets.token_urlsafe(4), **block}
    if block.get("type") in ("actions", "context_actions") and isinstance(block.get("elements"), list):
        block["elements"] = [_with_action_id(element) for element in block["elements"]]
    for name in ("accessory", "element"):
        if name in block:
            block[name] = _with_action_id(block[name])
    if isinstance(block.get("child_blocks"), list):
        block["child_blocks"] = with_ids(block["child_blocks"])
    return block


def _with_action_id(element: Any) -> Any:
    if isinstance(element, dict) and element.get("type") not in _NO_ACTION:
        return {"action_id": secrets.token_urlsafe(4), **element}
    return element


def _thread(hub: Hub, channel: Channel, thread_ts: str) -> str:
    """Find the thread's first message; a reply's own ts is taken for it, and noted."""
    parent = channel.messages.get(thread_ts)
    if parent is None or parent.seen_by:
        raise SlackError("thread_not_found")
    if parent.is_reply and parent.thread_ts:
        hub.complain("thread_ts", ["names a reply, not the thread's first message"])
        return parent.thread_ts
    return thread_ts
