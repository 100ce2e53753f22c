"""From a team's TOML to its knowledge: reads every file of its folder and names every fault at once."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.core.catalogue import catalogue
from bot.core.errors import CatalogueError
from bot.core.language import LANGUAGES, Text
from bot.core.model import Note
from bot.core.sayings import Sign, sayings
from bot.core.team import Team

_TABLES = ("name", "hosts", "cause", "provider", "reply")
_NOTE = ("note", "runbook", "contact")
_REPLY = ("cause", "says", "examples", "source", "meaning", "advice", "permanence", "retry_after")


def read_team(folder: str) -> Team:
    """
    The knowledge of every TOML file of a folder, in the order of their names; what comes later wins.

    Every fault raises one CatalogueError that names them all.
    """
    path, faults = Path(folder), list[str]()
    tables: dict[str, Any] = {"name": path.name, "hosts": {}, "cause": {}, "provider": {}, "reply": []}
    if not path.is_dir():
        raise CatalogueError([f"{folder}: there is no such folder"])
    for file in sorted(path.glob("*.toml")):
        try:
            own = tomllib.loads(file.read_text(encoding="utf-8"))
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            faults.append(f"{file.name}: {error}")
            continue
        faults += (f"{file.name}: {fault}" for fault in _faults(own))
        for name in tables.keys() & own.keys():
            if type(own[name]) is type(tables[name]):
                tables[name] = own[name] if name == "name" else _joined(tables[name], own[name])
    if faults:
        raise CatalogueError(faults)
    return Team(
        tables["name"],
        {host.casefold(): name for host, name in tables["hosts"].items()},
        {cause: _note(entry) for cause, entry in tables["cause"].items()},
        {provider: _note(entry) for provider, entry in tables["provider"].items()},
        tuple(_sign(entry, tables["name"]) for entry in tables["reply"]),
    )


def _joined(before: Any, after: Any) -> Any:
    return {**before, **after} if isinstance(before, dict) else [*before, *after]


def _faults(own: Mapping[str, Any]) -> Iterator[str]:
    for name in own.keys() - {*_TABLES}:
        yield f"[{name}] is nothing that a team's file can hold"
    if not isinstance(own.get("name", ""), str):
        yield "name is not a string"
    hosts = own.get("hosts", {})
    if not isinstance(hosts, dict) or not all(isinstance(name, str) for name in hosts.values()):
        yield "[hosts] does not give each host a name"
    for table, known in (("cause", catalogue().causes), ("provider", sayings().speakers)):
        entries = own.get(table, {})
        for key, entry in entries.items() if isinstance(entries, dict) else ():
            if key not in known:
                yield f"[{table}.{key}] is no {table} that the catalogue has"
            yield from (f"[{table}.{key}] {fault}" for fault in _note_faults(entry))
    replies = own.get("reply", [])
    for number, entry in enumerate(replies if isinstance(replies, list) else [], start=1):
        yield from (f"[reply {number}] {fault}" for fault in _reply_faults(entry))


def _note_faults(entry: Any) -> Iterator[str]:
    if not isinstance(entry, dict):
        yield "is not a table"
        return
    for name in entry.keys() - {*_NOTE}:
        yield f"has {name}, which nothing reads"
    for name in ("runbook", "contact"):
        if not isinstance(entry.get(name, ""), str):
            yield f"has a {name} that is not a string"
    runbook = entry.get("runbook")
    if isinstance(runbook, str) and urlsplit(runbook).scheme not in ("https", "http"):
        yield "has a runbook that is no address (https://…)"
    if "note" in entry and _text(entry["note"]) is None:
        yield "has a note that is neither a string nor a string for each language"


def _reply_faults(entry: Any) -> Iterator[str]:
    if not isinstance(entry, dict):
        yield "is not a table"
        return
    for name in entry.keys() - {*_REPLY}:
        yield f"has {name}, which nothing reads"
    if entry.get("cause") not in catalogue().causes:
        yield "names no cause that the catalogue has"
    says, examples = entry.get("says", []), entry.get("examples", [])
    if not (isinstance(says, list) and says and all(isinstance(phrase, str) and phrase.strip() for phrase in says)):
        yield "says nothing (a list of phrases)"
    elif not (isinstance(examples, list) and all(isinstance(example, str) for example in examples)):
        yield "has examples that are not a list of strings"
    else:
        plain = [" ".join(example.split()).casefold() for example in examples]
        for phrase in says:
            if not any(" ".join(phrase.split()).casefold().partition("…")[0] in example for example in plain):
                yield f"has no example for “{phrase}”"


def _note(entry: Mapping[str, Any]) -> Note:
    return Note(_text(entry.get("note")), entry.get("runbook"), entry.get("contact"))


def _text(value: Any) -> Text | None:
    """A team may write in one language only: then all read the same."""
    if isinstance(value, str):
        return dict.fromkeys(LANGUAGES, value)
    if isinstance(value, dict) and value and all(isinstance(text, str) for text in value.values()):
        first = next(iter(value.values()))
        return {language: value.get(language, first) for language in LANGUAGES}
    return None


def _sign(entry: Mapping[str, Any], team: str) -> Sign:
    meaning, advice = _text(entry.get("meaning")), entry.get("advice")
    steps = {language: tuple(advice) for language in LANGUAGES} if isinstance(advice, list) else advice
    return Sign(
        entry["cause"],
        tuple(entry["says"]),
        entry.get("source", team),
        permanence=entry.get("permanence"),
        only_here=True,
        meaning=meaning,
        advice=steps,
        retry_after=entry.get("retry_after"),
    )
