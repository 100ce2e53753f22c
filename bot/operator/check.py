"""What `rebond check` finds: faults of the settings, the catalogue and the manifest, in words."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import yaml

import handlers
from bot.core import CatalogueError
from bot.core.ready import load
from bot.core.team_source import read_team
from bot.operator.language import operator_language
from bot.operator.manifest import Manifest, manifest
from bot.problems import NotReadyError, Problem
from bot.settings import Settings, team_folder

EVENT_SCOPES: Mapping[str, str] = {"app_mention": "app_mentions:read", "message.im": "im:history"}
"""The scope that Slack asks for each event, https://docs.slack.dev/reference/events."""


def check(*, catalogue_only: bool = False) -> list[str]:
    """Return everything that is wrong, a sentence each, in the operator's language."""
    try:
        load()
    except CatalogueError as error:
        return list(error.faults)  # the sentences for all other faults stand in the catalogue
    problems = _manifest_problems() if catalogue_only else [*_settings_problems(), *_manifest_problems()]
    language = operator_language()
    return [*_team_faults(language), *(problem.sentence(language) for problem in problems)]


def disagreements(described: Manifest) -> Iterator[Problem]:
    """Tell where a manifest and the code disagree: what one has and the other does not know."""
    features, scopes = described["features"], described["oauth_config"]["scopes"]
    subscribed = described["settings"]["event_subscriptions"]["bot_events"]
    in_manifest = {
        "command": {command["command"] for command in features["slash_commands"]},
        "shortcut": {shortcut["callback_id"] for shortcut in features["shortcuts"]},
        "event": {event.split(".")[0] for event in subscribed},
    }
    in_code = listeners()
    for kind, names in in_manifest.items():
        for name in sorted(names - in_code[kind]):
            yield Problem("manifest_unknown", {"name": name})
        for name in sorted(in_code[kind] - names):
            yield Problem("manifest_lacks", {"name": name})
    needed = {"commands", "chat:write", *(EVENT_SCOPES.get(event, f"({event})") for event in subscribed)}
    for scope in sorted(needed - set(scopes["bot"])):
        yield Problem("manifest_lacks", {"name": scope})
    if not described["settings"]["interactivity"]["is_enabled"]:
        yield Problem("manifest_lacks", {"name": "interactivity"})


def listeners() -> Mapping[str, set[str]]:
    """Return what the handlers listen to: the names of commands, shortcuts, events and actions."""
    recorder = _Recorder()
    handlers.register(recorder)  # type: ignore[arg-type]
    return recorder.names


class _Recorder:
    """Stands in for the app while handlers register, and notes what they ask for."""

    def __init__(self) -> None:
        self.names: defaultdict[str, set[str]] = defaultdict(set)

    def __getattr__(self, kind: str) -> Callable[[str], Callable[[Any], None]]:
        def register(name: str) -> Callable[[Any], None]:
            self.names[kind].add(name)
            return lambda _handler: None

        return register


def _team_faults(language: str) -> list[str]:
    try:
        if folder := team_folder():
            read_team(folder)
    except CatalogueError as error:
        return list(error.faults)
    except NotReadyError as error:
        return [problem.sentence(language) for problem in error.problems]
    return []


def _settings_problems() -> tuple[Problem, ...]:
    try:
        Settings.from_environment()
    except NotReadyError as error:
        return error.problems
    return ()


def _manifest_problems() -> list[Problem]:
    try:
        return list(disagreements(manifest()))
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError):
        return [Problem("manifest_unreadable")]
