"""The settings: one frozen value, read from the environment here and nowhere else."""

import os
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Literal
from urllib.parse import urlsplit

from dotenv import dotenv_values, find_dotenv

from bot.problems import NotReadyError, Problem

EVENTS_PATH = "/slack/events"
SLACK_API_URL = "https://slack.com/api/"
HOST = "0.0.0.0"
PORT = 3000
TOKEN_VARIABLES = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET")


class SettingsError(NotReadyError):
    """The environment does not make a working Rebond; every fault at once."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says; a variable that is empty counts as unset."""

    bot_token: str | None = None
    app_token: str | None = None
    signing_secret: str | None = None
    host: str = HOST
    port: int = PORT
    api_url: str = SLACK_API_URL
    catalogue: str | None = None  # the folder of a team's own knowledge

    @property
    def transport(self) -> Literal["socket", "http"]:
        """How Slack reaches us; the app token wins where both are set."""
        return "socket" if self.app_token else "http"

    @classmethod
    def from_environment(cls, *, tokens: bool = True) -> "Settings":
        """
        Read the environment, and a `.env` file for what the environment leaves open.

        Raises SettingsError with every fault. With `tokens=False` the tokens are
        left alone: the playground brings its own.
        """
        values = _variables()
        problems = [*_port_problems(values), *(_token_problems(values) if tokens else ())]
        if problems:
            raise SettingsError(problems)
        return cls(
            bot_token=values.get("SLACK_BOT_TOKEN") if tokens else None,
            app_token=values.get("SLACK_APP_TOKEN") if tokens else None,
            signing_secret=values.get("SLACK_SIGNING_SECRET") if tokens else None,
            host=values.get("HOST", HOST),
            port=int(values.get("PORT", PORT)),
            api_url=values.get("SLACK_API_URL", SLACK_API_URL) if tokens else SLACK_API_URL,
            catalogue=values.get("REBOND_CATALOGUE"),
        )


def team_folder() -> str | None:
    """Return the folder of a team's own knowledge, be the other settings right or wrong."""
    return _variables().get("REBOND_CATALOGUE")


def has_tokens() -> bool:
    """Tell whether any of Slack's three secrets is set, be it one alone."""
    values = _variables()
    return any(variable in values for variable in TOKEN_VARIABLES)


def is_web_address(text: str, schemes: Collection[str] = ("http", "https")) -> bool:
    """
    Tell whether a text is an address of the web, with a host and nothing that no address holds.

    >>> is_web_address("https://rebond.example.org/"), is_web_address("https://"), is_web_address("http://[")
    (True, False, False)
    """
    try:
        parts = urlsplit(text)
        return parts.scheme in schemes and bool(parts.hostname) and not re.search(r"\s", text)
    except ValueError:
        return False


def is_loopback(url: str) -> bool:
    """Tell whether a URL stays on this machine, where no proxy must be asked."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


@contextmanager
def only_our_settings() -> Iterator[None]:
    """
    Hide Slack's variables while a Bolt app is built.

    Bolt reads some of them by itself: a client id in the environment would turn
    it to OAuth and make it forget the bot's token.
    """
    hidden = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("SLACK_")}
    try:
        yield
    finally:
        os.environ.update(hidden)


def _variables() -> Mapping[str, str]:
    """Return the variables that are set; the environment wins over the `.env` file."""
    try:
        from_file = dotenv_values(find_dotenv(usecwd=True))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError([Problem("settings_env_file")]) from error
    values = {**from_file, **os.environ}
    return {name: value.strip() for name, value in values.items() if value is not None and value.strip()}


def _port_problems(values: Mapping[str, str]) -> Iterator[Problem]:
    port = values.get("PORT", str(PORT))
    if not (port.isascii() and port.isdigit() and len(port) <= 5 and int(port) < 65536):
        yield Problem("settings_port", {"value": port[:40]})


def _token_problems(values: Mapping[str, str]) -> Iterator[Problem]:
    bot_token, app_token, signing_secret = (values.get(variable) for variable in TOKEN_VARIABLES)
    if bot_token is None:
        yield Problem("settings_bot_token_missing")
    elif not bot_token.startswith(("xoxb-", "xoxe.xoxb-")):
        yield Problem("settings_bot_token_kind")
    if app_token is None and signing_secret is None:
        yield Problem("settings_transport_missing")
    if app_token is not None and not app_token.startswith("xapp-"):
        yield Problem("settings_app_token_kind")
    if signing_secret is not None and signing_secret.startswith(("xox", "xapp-")):
        yield Problem("settings_signing_secret_kind")
    if not is_web_address(values.get("SLACK_API_URL", SLACK_API_URL)):
        yield Problem("settings_api_url")
