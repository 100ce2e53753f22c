"""
The shapes that the core hands out: what was read (facts) and what it means (texts).

Named tuples, as frozen as a frozen dataclass: the module `dataclasses` alone would add a fifth to the time in which
`rebond explain` starts.
"""

from typing import Literal, NamedTuple

from bot.core.language import Steps, Text

Kind = Literal["code", "reply", "notice", "log", "words", "nothing"]
Permanence = Literal["temporary", "permanent"]
Actor = Literal["sender", "recipient", "receiver", "nobody"]
Retry = Literal["yes", "after_change", "no"]


class Failure(NamedTuple):
    """
    What one reply or one recipient's report says, as facts alone; `describe` finds the sentences for it.

    The names are those of RFC 3464 §2.3 and RFC 5321 §4.2. A class or a digit that
    somebody asked for stands in its usual form: `4xx`, `x5x`, `5.7.x`.
    """

    cause: str
    reply_code: str | None = None
    enhanced_status_code: str | None = None
    permanence: Permanence | None = None
    final_recipient: str | None = None
    diagnostic_code: str | None = None
    remote_mta: str | None = None
    reporting_mta: str | None = None
    provider: str | None = None
    retry_after: int | None = None  # seconds
    blocklist: str | None = None
    decided_by: str | None = None  # the phrase or the code that told the cause
    decided_at: int | None = None  # where that phrase begins in the diagnostic code
    given_up: bool | None = None  # True where the sender's server has given up though its code is temporary


class Match(NamedTuple):
    """An entry of the catalogue that somebody's words may mean; either a code or a cause."""

    title: Text
    meaning: Text
    score: int  # 0 to 100
    code: str | None = None
    cause: str | None = None


class Explanation(NamedTuple):
    """What was read out of a text: its kind, and a failure for each reply or recipient."""

    kind: Kind
    failures: tuple[Failure, ...] = ()
    matches: tuple[Match, ...] = ()
    text: str = ""  # what was read, as it was pasted


class Digit(NamedTuple):
    """One part of a code and what it says: `4`, `x5x`, `5.7.x`."""

    code: str
    title: Text


class Page(NamedTuple):
    """A page that helps: what it is for, whose it is, and its address."""

    kind: Literal["reply", "lookup", "removal", "support", "postmaster"]
    owner: str
    address: str


class Note(NamedTuple):
    """What a team says of a cause or a provider: a sentence, its runbook's address, whom to ask."""

    note: Text | None = None
    runbook: str | None = None
    contact: str | None = None


class TeamWords(NamedTuple):
    """What the team has to say of one failure: who says it, its notes, and by name the hosts of its own."""

    name: str
    notes: tuple[Note, ...]
    hosts: tuple[tuple[str, str], ...]


class Description(NamedTuple):
    """The sentences for one failure, in every language."""

    title: Text
    meaning: Text
    actor: Actor | None  # who must act; None where a code is no failure
    retry: Retry | None  # whether sending the same message again helps
    advice: Steps
    digits: tuple[Digit, ...] = ()  # how the codes are read
    notes: tuple[Text, ...] = ()  # where practice leaves the standard; a code that is not registered
    pages: tuple[Page, ...] = ()  # where to go on
    provider: str | None = None  # what the provider is called
    team: TeamWords | None = None  # what the team itself has to say
    sources: tuple[str, ...] = ()  # a section of an RFC, a registry, or the address of a page
