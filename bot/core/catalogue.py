"""What the codes and causes mean, and the bot's own words: the part of the catalogue that every answer needs."""

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from bot.core.compiled import read_part
from bot.core.language import Steps, Text
from bot.core.model import Actor, Permanence, Retry


class Cause(NamedTuple):
    """What can go wrong: what happened, who must act, and what to do."""

    title: Text
    meaning: Text
    actor: Actor
    retry: Retry
    advice: Steps
    words: Steps
    source: str


class Code(NamedTuple):
    """
    A reply code, an enhanced status code, or a part of one: a digit, a class, a subject.

    `actor`, `retry`, `advice` and `permanence` are None where the cause, or the first digit, tells.
    """

    title: Text
    meaning: Text
    source: str
    cause: str = "unknown"
    practice: Text | None = None
    actor: Actor | None = None
    retry: Retry | None = None
    advice: Steps | None = None
    words: Steps | None = None
    permanence: Permanence | None = None
    standard: bool = True
    decisive: bool = False  # says more than any phrase beside it
    reply_codes: tuple[str, ...] = ()  # what usually goes with it: for readers of the catalogue
    enhanced_status_codes: tuple[str, ...] = ()  # likewise


class Catalogue(NamedTuple):
    """
    All that Rebond knows by itself.

    Keys: first digits `4`, second digits `5`, reply codes `452`, classes `5`, subjects `7`,
    details `7.26` (that is, X.7.26), causes `mailbox_full`, interface words `share_button`.
    """

    first_digits: Mapping[str, Code]
    second_digits: Mapping[str, Code]
    reply_codes: Mapping[str, Code]
    classes: Mapping[str, Code]
    subjects: Mapping[str, Code]
    details: Mapping[str, Code]
    causes: Mapping[str, Cause]
    interface: Mapping[str, Text]


@cache
def catalogue() -> Catalogue:
    """The catalogue that ships with Rebond, read once; faults raise CatalogueError."""
    tables = read_part("codes")
    replies, enhanced = tables["reply_codes"], tables["enhanced_status_codes"]
    return Catalogue(
        first_digits=_codes(replies["first_digit"]),
        second_digits=_codes(replies["second_digit"]),
        reply_codes=_codes(replies["code"]),
        classes=_codes(enhanced["class"]),
        subjects=_codes(enhanced["subject"]),
        details=_codes(enhanced["detail"]),
        causes={name: Cause(**entry) for name, entry in tables["causes"].items()},
        interface=tables["interface"],
    )


def _codes(entries: Mapping[str, Any]) -> dict[str, Code]:
    return {key: Code(**entry) for key, entry in entries.items()}
