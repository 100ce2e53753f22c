"""The state of the small Slack: who is there, the conversations, their messages, and what just changed."""

import asyncio
import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from bot.playground.composer import Directory
from bot.playground.errors import SlackError

Json = dict[str, Any]
T = TypeVar("T")

TEAM_ID = "T0PLAYGROUND"
TEAM_DOMAIN = "playground"
READY_CHANNELS = ("general", "incident-mail")

Kind = Literal["channel", "group", "im"]
ChangeKind = Literal[
    "message",
    "message_changed",
    "message_deleted",
    "message_replied",
    "bot",
    "view_opened",
    "view_updated",
    "view_published",
]


def slack_id(prefix: str, name: str) -> str:
    """
    Make the id of a thing from its name: always the same, and in Slack's form.

    >>> slack_id("C", "general")
    'C859A79C65'
    """
    return prefix + hashlib.sha256(f"{prefix} {name}".encode()).hexdigest()[:9].upper()


@dataclass(slots=True)
class Member:
    """Somebody who can post: a person, our app's bot, or another bot (which has no user id of its own)."""

    id: str
    name: str
    display_name: str
    locale: str = "en-US"
    bot_id: str | None = None
    app_id: str | None = None

    @property
    def is_bot(self) -> bool:
        """Whether this is an app's bot."""
        return self.bot_id is not None


@dataclass(slots=True)
class Channel:
    """A public channel, a private one, or a direct message of two."""

    id: str
    name: str
    kind: Kind
    members: set[str]
    messages: "dict[str, Message]" = field(default_factory=dict)

    @property
    def history_scope(self) -> str:
        """The scope that an app needs to read here."""
        return {"channel": "channels:history", "group": "groups:history", "im": "im:history"}[self.kind]

    def thread(self, ts: str) -> "list[Message]":
        """List the replies to a message, oldest first; ephemeral ones are no replies."""
        return [m for m in self.messages.values() if m.thread_ts == ts and m.ts != ts and not m.seen_by]


@dataclass(slots=True)
class Message:
    """A message as it is stored; `seen_by` names the one person who sees an ephemeral one."""

    channel: Channel
    ts: str
    sender: Member
    text: str
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    files: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    seen_by: str | None = None
    edited: Json | None = None
    subtype: str | None = None
    username: str | None = None  # the name that another bot gave itself for this message
    complaints: list[str] = field(default_factory=list)

    @property
    def is_reply(self) -> bool:
        """Whether it stands in a thread, below its first message."""
        return self.thread_ts is not None and self.thread_ts != self.ts

    def as_json(self) -> Json:
        """Give the message as Slack's API shows it."""
        optional = {
            "subtype": self.subtype,
            "blocks": self.blocks,
            "attachments": self.attachments,
            "files": self.files,
            "edited": self.edited,
            "is_ephemeral": self.seen_by is not None,
            "complaints": self.complaints,
        }
        shown: Json = {"type": "message", "ts": self.ts, "team": TEAM_ID, **self._author(), "text": self.text}
        return shown | {name: value for name, value in optional.items() if value} | self._place()

    def _author(self) -> Json:
        sender = self.sender
        if not sender.is_bot:
            return {"user": sender.id}
        author = {"bot_id": sender.bot_id, "app_id": sender.app_id}
        if not sender.id:
            return {**author, "username": self.username or sender.display_name}
        profile = {
            "id": sender.bot_id,
            "app_id": sender.app_id,
            "name": sender.display_name,
            "team_id": TEAM_ID,
        }
        return {"user": sender.id, **author, "bot_profile": profile}

    def _place(self) -> Json:
        if self.is_reply:
            parent = self.channel.messages.get(self.thread_ts or "")
            return {
                "thread_ts": self.thread_ts,
                **({"parent_user_id": parent.sender.id} if parent and parent.sender.id else {}),
            }
        replies = self.channel.thread(self.ts)
        if not replies:
            return {}
        users = list(dict.fromkeys(reply.sender.id or reply.sender.bot_id for reply in replies))
        return {
            "thread_ts": self.ts,
            "reply_count": len(replies),
            "reply_users": users,
            "reply_users_count": len(users),
            "latest_reply": replies[-1].ts,
        }


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened, for those who watch: the page, and the app's subscribed events."""

    kind: ChangeKind
    message: Message | None = None
    before: Json | None = None  # the message as it was
    view: Json | None = None
    person: str | None = None  # who alone sees the view
    connected: bool = False


class Workspace:
    """One workspace with one app of ours in it."""

    def __init__(self, bot_name: str, app_name: str) -> None:
        self.bot = Member(
            id=slack_id("U", bot_name),
            name=bot_name,
            display_name=app_name,
            bot_id=slack_id("B", bot_name),
            app_id=slack_id("A", bot_name),
        )
        self.people: dict[str, Member] = {}
        self.bots: dict[str, Member] = {}
        self.channels: dict[str, Channel] = {}
        self.views: dict[str, Json] = {}
        self.homes: dict[str, Json] = {}
        self.listeners: list[Callable[[Change], None]] = []
        self._watchers: list[asyncio.Queue[Change | None]] = []
        self._changed = asyncio.Event()
        self._ended = False
        self._last_ts = 0
        self.version = time.time_ns() // 1000  # grows with every change, and is another in another playground
        for name in READY_CHANNELS:
            self.create_channel(name, self.bot)

    # Who is there

    def person(self, name: str) -> Member:
        """Find a person by name; the first use creates them."""
        if name not in self.people:
            person = Member(slack_id("U", f"person {name}"), name, name)
            self.people[name] = person
            for channel_name in READY_CHANNELS:
                self.channel_named(channel_name).members.add(person.id)
        return self.people[name]

    def other_bot(self, name: str) -> Member:
        """Find another app's bot by name; the first use installs it."""
        if name not in self.bots:
            ids = {"bot_id": slack_id("B", f"bot {name}"), "app_id": slack_id("A", f"bot {name}")}
            self.bots[name] = Member("", name, name, **ids)
        return self.bots[name]

    def member(self, user_id: str) -> Member:
        """Find a person, or the app's bot, by id."""
        if user_id == self.bot.id:
            return self.bot
        for person in self.people.values():
            if person.id == user_id:
                return person
        raise SlackError("user_not_found")

    def member_named(self, name: str) -> Member | None:
        """Find a person, or the app's bot, by what is typed after the @."""
        wanted = name.lower()
        if wanted == self.bot.name:
            return self.bot
        return next((each for each in self.people.values() if each.name.lower() == wanted), None)

    # Conversations

    def create_channel(self, name: str, creator: Member, kind: Kind = "channel") -> Channel:
        """Create a channel with its first member."""
        if any(channel.name == name and channel.kind != "im" for channel in self.channels.values()):
            raise SlackError("name_taken")
        channel = Channel(slack_id("C", name), name, kind, {creator.id})
        self.channels[channel.id] = channel
        return channel

    def direct_message(self, one: Member, other: Member) -> Channel:
        """Open the direct message of two; it is always the same one."""
        pair = sorted((one.id, other.id))
        channel_id = slack_id("D", " ".join(pair))
        return self.channels.setdefault(channel_id, Channel(channel_id, "directmessage", "im", set(pair)))

    def channel_named(self, name: str) -> Channel:
        """Find a channel by id or by name, with or without its #."""
        bare = name.removeprefix("#")
        for channel in self.channels.values():
            if channel.id == name or (channel.kind != "im" and channel.name == bare):
                return channel
        raise SlackError("channel_not_found")

    def visible_channel(self, name: str, person: Member) -> Channel:
        """Find a channel that this person may look into."""
        channel = self.channel_named(name)
        if channel.kind != "channel" and person.id not in channel.members:
            raise SlackError("channel_not_found")
        return channel

    def directory(self) -> Directory:
        """Give the names that a typed text may mention."""

        def user(name: str) -> str | None:
            found = self.member_named(name)
            return found.id if found else None

        def channel(name: str) -> str | None:
            public = (each for each in self.channels.values() if each.kind == "channel")
            return next((each.id for each in public if each.name == name), None)

        return Directory(user, channel)

    # Messages

    def next_ts(self) -> str:
        """Give a timestamp that no message has had."""
        self._last_ts = max(self._last_ts + 1, time.time_ns() // 1000)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06}"

    def add(self, message: Message) -> Message:
        """Post a message, and tell."""
        message.channel.messages[message.ts] = message
        self.tell(Change("message", message))
        parent = message.channel.messages.get(message.thread_ts or "") if message.is_reply else None
        if parent and not message.seen_by:
            self.tell(Change("message_replied", parent))
        return message

    def edit(
        self,
        message: Message,
        text: str,
        blocks: list[Json],
        attachments: list[Json],
        complaints: list[str] | None = None,
    ) -> None:
        """Change what a message says, and tell."""
        before = message.as_json()
        message.text, message.blocks, message.attachments = text, blocks, attachments
        message.complaints = complaints or []
        message.edited = {"user": message.sender.id or message.sender.bot_id, "ts": self.next_ts()}
        self.tell(Change("message_changed", message, before))

    def delete(self, message: Message) -> None:
        """Take a message away, and tell; a thread keeps its place as Slack's tombstone."""
        before = message.as_json()
        if not message.is_reply and message.channel.thread(message.ts):
            message.text, message.blocks, message.attachments = "This message was deleted.", [], []
            message.subtype = "tombstone"
            self.tell(Change("message_changed", message, before))
            return
        del message.channel.messages[message.ts]
        self.tell(Change("message_deleted", message, before))

    def find(self, channel: Channel, ts: str, viewer: Member | None = None) -> Message:
        """Find a message; an ephemeral one only for the person who sees it."""
        message = channel.messages.get(ts)
        if message is None or (message.seen_by and (viewer is None or message.seen_by != viewer.id)):
            raise SlackError("message_not_found")
        return message

    # What just changed

    def tell(self, change: Change) -> None:
        """Tell those who listen and those who watch."""
        self.version += 1
        for listener in self.listeners:
            listener(change)
        for queue in self._watchers:
            queue.put_nowait(change)
        self.notify()

    def notify(self) -> None:
        """Wake those who wait for something to become true."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def until(self, predicate: Callable[[], T], timeout: float) -> T:  # noqa: ASYNC109 - the tests name it so
        """Wait until the predicate holds, and give its value; the end of the playground is a timeout too."""
        async with asyncio.timeout(timeout):
            while not (value := predicate()):
                if self._ended:
                    raise TimeoutError
                await self._changed.wait()
        return value

    @contextmanager
    def watch(self) -> Iterator[asyncio.Queue[Change | None]]:
        """Give a queue of the changes from now on; None ends it."""
        queue: asyncio.Queue[Change | None] = asyncio.Queue()
        self._watchers.append(queue)
        if self._ended:
            queue.put_nowait(None)
        try:
            yield queue
        finally:
            self._watchers.remove(queue)

    def end(self) -> None:
        """Tell all who watch and wait that nothing more will come."""
        self._ended = True
        for queue in self._watchers:
            queue.put_nowait(None)
        self.notify()

    def may_see(self, person: Member, change: Change) -> bool:
        """Whether a person sees a change: open channels, their own conversations, ephemerals and views."""
        if change.message is None:
            return change.person in (None, person.id)
        channel, seen_by = change.message.channel, change.message.seen_by
        return (channel.kind == "channel" or person.id in channel.members) and seen_by in (None, person.id)
