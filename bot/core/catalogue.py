"""The catalogue as the core reads it: compiled once from bot/catalogue/*.toml, checked, frozen."""

import json
import os
import zlib
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from bot.core.language import Steps, Text
from bot.core.model import Actor, Permanence, Retry

# Paths are strings in this module: pathlib, too, would be felt in the time in which `rebond explain` starts.
FOLDER = os.path.join(os.path.dirname(os.path.dirname(__file__)), "catalogue")


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
    reply_codes: tuple[str, ...] = ()
    enhanced_status_codes: tuple[str, ...] = ()


class Sign(NamedTuple):
    """How servers say a cause: phrases, and where we know it from."""

    cause: str
    says: tuple[str, ...]
    source: str


class Catalogue(NamedTuple):
    """
    All that Rebond knows.

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
    signs: tuple[Sign, ...]
    interface: Mapping[str, Text]


@cache
def catalogue() -> Catalogue:
    """
    The catalogue that ships with Rebond, read once.

    It is compiled anew where the TOML has changed since. Faults raise CatalogueError.
    """
    return freeze(read_compiled(FOLDER))


def read_compiled(folder: str) -> dict[str, Any]:
    """
    The checked tables of a folder, keyed by file name without `.toml`, from `compiled.json` where it is fresh.

    A folder that cannot be written to (a system-wide install whose TOML was edited) is compiled in memory.
    """
    sources = read_sources(folder)
    try:
        with open(os.path.join(folder, "compiled.json"), "rb") as file:
            compiled: dict[str, Any] = json.load(file)
        if compiled["fingerprint"] == fingerprint(sources):
            tables: dict[str, Any] = compiled["tables"]
            return tables
    except (OSError, ValueError, KeyError, TypeError):
        pass
    from bot.core.catalogue_source import compile_catalogue  # the TOML parser and the checks, only when needed

    return compile_catalogue(folder)


def read_sources(folder: str) -> dict[str, bytes]:
    """The bytes of every TOML file of a folder, by file name, in order."""
    sources = {}
    for name in sorted(os.listdir(folder)):
        if name.endswith(".toml"):
            with open(os.path.join(folder, name), "rb") as file:
                sources[name] = file.read()
    return sources


def fingerprint(sources: Mapping[str, bytes]) -> str:
    """A short text that changes when any source changes; it guards against staleness, not against malice."""
    check = 0
    for name, content in sources.items():
        check = zlib.crc32(content, zlib.crc32(name.encode(), check))
    return f"{check:08x}-{sum(map(len, sources.values()))}"


def freeze(tables: Mapping[str, Any]) -> Catalogue:
    """Turn checked tables into the catalogue."""
    replies, enhanced = tables["reply_codes"], tables["enhanced_status_codes"]
    return Catalogue(
        first_digits=_codes(replies["first_digit"]),
        second_digits=_codes(replies["second_digit"]),
        reply_codes=_codes(replies["code"]),
        classes=_codes(enhanced["class"]),
        subjects=_codes(enhanced["subject"]),
        details=_codes(enhanced["detail"]),
        causes={name: Cause(**entry) for name, entry in tables["causes"].items()},
        signs=tuple(
            Sign(entry["cause"], tuple(entry["says"]), entry["source"]) for entry in tables["phrases"]["sign"]
        ),
        interface=tables["interface"],
    )


def _codes(entries: Mapping[str, Any]) -> dict[str, Code]:
    return {key: Code(**entry) for key, entry in entries.items()}
