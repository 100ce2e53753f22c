"""The app under test, as its manifest describes it: name, commands, shortcuts, events, scopes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command of the app."""

    command: str
    description: str = ""
    usage_hint: str = ""
    should_escape: bool = False


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A shortcut of the app: on a message, or global."""

    name: str
    callback_id: str
    kind: str


@dataclass(frozen=True, slots=True)
class App:
    """What a manifest says about an app, as far as a small Slack needs it."""

    name: str
    bot_name: str
    commands: tuple[Command, ...]
    shortcuts: tuple[Shortcut, ...]
    events: frozenset[str]
    scopes: frozenset[str]
    direct_messages: bool
    home: bool

    def command(self, name: str) -> Command | None:
        """Find a slash command by its name, slash included."""
        return next((command for command in self.commands if command.command == name), None)

    def shortcut(self, callback_id: str, kind: str) -> Shortcut | None:
        """Find a shortcut by its callback id; `kind` is `message` or `global`."""
        found = (each for each in self.shortcuts if (each.callback_id, each.kind) == (callback_id, kind))
        return next(found, None)


def read_manifest(manifest: Mapping[str, Any]) -> App:
    """
    Read a parsed manifest.

    >>> read_manifest({"display_information": {"name": "Rebond"}}).bot_name
    'rebond'
    """
    features = manifest.get("features") or {}
    settings = manifest.get("settings") or {}
    scopes = (manifest.get("oauth_config") or {}).get("scopes") or {}
    app_home = features.get("app_home") or {}
    name = (manifest.get("display_information") or {}).get("name") or "App"
    bot_name = (features.get("bot_user") or {}).get("display_name") or name
    return App(
        name=name,
        bot_name=bot_name.lower().replace(" ", "_"),
        commands=tuple(
            Command(
                command=each["command"],
                description=each.get("description", ""),
                usage_hint=each.get("usage_hint", ""),
                should_escape=bool(each.get("should_escape")),
            )
            for each in features.get("slash_commands") or ()
        ),
        shortcuts=tuple(
            Shortcut(each["name"], each["callback_id"], each["type"]) for each in features.get("shortcuts") or ()
        ),
        events=frozenset((settings.get("event_subscriptions") or {}).get("bot_events") or ()),
        scopes=frozenset([*(scopes.get("bot") or ()), *(scopes.get("bot_optional") or ())]),
        direct_messages=bool(app_home.get("messages_tab_enabled"))
        and not app_home.get("messages_tab_read_only_enabled"),
        home=bool(app_home.get("home_tab_enabled")),
    )
