"""From a team's TOML to its knowledge: reads every file of its folder and names every fault at once."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.core.catalogue import catalogue
from bot.core.catalogue_source import LIST, NUMBER, STRING, field_faults, sign_faults
from bot.core.errors import CatalogueError
from bot.core.language import LANGUAGES, Steps, Text
from bot.core.model import Note
from bot.core.sayings import Sign, sayings
from bot.core.team import Team

_TABLES = ("name", "hosts", "cause", "provider", "reply")
_NOTE = ("note", "runbook", "contact")
_REPLY = {
    "cause": STRING,
    "says": LIST,
    "examples": LIST,
    "source": STRING,
    "permanence": STRING,
    "retry_after": NUMBER,
}


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
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
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
        if not isinstance(entries, dict):
            yield f"[{table}] is not a table"
            continue
        for key, entry in entries.items():
            if key not in known:
                yield f"[{table}.{key}] is no {table} that the catalogue has"
            yield from (f"[{table}.{key}] {fault}" for fault in _note_faults(entry))
    replies = own.get("reply", [])
    if not isinstance(replies, list):
        yield "[[reply]] is not a list of tables"
        return
    for number, entry in enumerate(replies, start=1):
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
    for name in entry.keys() - {*_REPLY, "meaning", "advice"}:
        yield f"has {name}, which nothing reads"
    for name in _REPLY.keys() & entry.keys():
        yield from field_faults(name, _REPLY[name], entry[name])
    cause = entry.get("cause")
    if not isinstance(cause, str) or cause not in catalogue().causes:
        yield "names no cause that the catalogue has"
    if "meaning" in entry and _text(entry["meaning"]) is None:
        yield "has a meaning that is neither a string nor a string for each language"
    if "advice" in entry and _steps(entry["advice"]) is None:
        yield "has an advice that is neither a list of strings nor one for each language"
    yield from sign_faults(entry)


def _note(entry: Mapping[str, Any]) -> Note:
    return Note(_text(entry.get("note")), entry.get("runbook"), entry.get("contact"))


def _text(value: Any) -> Text | None:
    """A team may write in one language only: then all read the same."""
    if isinstance(value, str):
        return dict.fromkeys(LANGUAGES, value)
    if isinstance(value, dict) and value and all(isinstance(text, str) for text in value.values()):
        return _in_all_languages(value)
    return None


def _steps(value: Any) -> Steps | None:
    """The same for a list of steps."""
    if isinstance(value, list):
        value = dict.fromkeys(LANGUAGES, value)
    if isinstance(value, dict) and value and all(_are_strings(steps) for steps in value.values()):
        return _in_all_languages({language: tuple(steps) for language, steps in value.items()})
    return None


def _are_strings(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _in_all_languages(value: Mapping[str, Any]) -> dict[str, Any] | None:
    """A value for every language; None where it speaks one that Rebond does not."""
    if value.keys() - {*LANGUAGES}:
        return None
    first = next(iter(value.values()))
    return {language: value.get(language, first) for language in LANGUAGES}


def _sign(entry: Mapping[str, Any], team: str) -> Sign:
    return Sign(
        entry["cause"],
        tuple(entry["says"]),
        entry.get("source", team),
        permanence=entry.get("permanence"),
        only_here=True,
        meaning=_text(entry.get("meaning")),
        advice=_steps(entry.get("advice")),
        retry_after=entry.get("retry_after"),
    )
