"""What all parts of the playground share: the app, the workspace, the ways to the app, what was noted."""

import secrets
import time
from collections import deque
from dataclasses import dataclass, field

from bot.playground.delivery import Courier
from bot.playground.errors import SlackError
from bot.playground.faults import Faults
from bot.playground.files import Files
from bot.playground.manifest import App
from bot.playground.workspace import Channel, Json, Member, Message, Workspace

TRIGGER_SECONDS = 3.0
RESPONSE_URL_SECONDS = 30 * 60
RESPONSE_URL_USES = 5


@dataclass(slots=True)
class ResponseUrl:
    """A way to answer one command, press or shortcut: five times in thirty minutes."""

    channel: Channel
    person: Member
    original: Message | None
    expires: float
    uses_left: int = RESPONSE_URL_USES
    answer: Message | None = None  # the newest message that came this way


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the app to the Web API."""

    method: str
    arguments: Json


@dataclass(slots=True)
class Hub:
    """The shared state of one playground."""

    url: str
    app: App
    workspace: Workspace
    courier: Courier
    faults: Faults
    files: Files
    scopes: set[str]
    bot_token: str
    app_token: str
    complaints: list[str] = field(default_factory=list)
    calls: deque[Call] = field(default_factory=lambda: deque(maxlen=1000))
    tickets: set[str] = field(default_factory=set)
    response_urls: dict[str, ResponseUrl] = field(default_factory=dict)
    triggers: dict[str, tuple[Member, float]] = field(default_factory=dict)

    def complain(self, about: str, complaints: list[str]) -> None:
        """Note what the judge found wrong."""
        self.complaints += [f"{about}: {complaint}" for complaint in complaints]
        self.workspace.notify()

    def need_scope(self, scope: str) -> None:
        """Refuse a call for which the app lacks the scope."""
        if scope not in self.scopes:
            raise SlackError("missing_scope", needed=scope, provided=",".join(sorted(self.scopes)))

    def new_trigger(self, person: Member) -> str:
        """Make a trigger_id: good for one view, for three seconds."""
        now = time.monotonic()
        self.triggers = {key: value for key, value in self.triggers.items() if value[1] > now}
        trigger = f"{time.time_ns()}.{secrets.token_hex(8)}"
        self.triggers[trigger] = (person, now + TRIGGER_SECONDS)
        return trigger

    def take_trigger(self, trigger: str) -> Member:
        """Use a trigger_id up; give the person who caused it."""
        person, expires = self.triggers.pop(trigger, (None, 0.0))
        if person is None:
            raise SlackError("invalid_trigger_id")
        if expires < time.monotonic():
            raise SlackError("expired_trigger_id")
        return person

    def new_response_url(
        self, channel: Channel, person: Member, original: Message | None = None
    ) -> tuple[str, ResponseUrl]:
        """Make a response_url; `original` is the message that was acted upon."""
        now = time.monotonic()
        self.response_urls = {key: each for key, each in self.response_urls.items() if each.expires > now}
        key = secrets.token_hex(12)
        self.response_urls[key] = ResponseUrl(channel, person, original, now + RESPONSE_URL_SECONDS)
        return f"{self.url}/response/{key}", self.response_urls[key]
