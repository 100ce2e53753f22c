"""The app's manifest: as it is for Socket Mode, and changed for HTTP."""

from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from bot.problems import NotReadyError, Problem
from bot.settings import EVENTS_PATH, is_web_address

Manifest = dict[str, Any]


def manifest_text() -> str:
    """Return manifest.yml as it is: it ships inside the package, and stands beside it in a clone."""
    inside = files("bot") / "manifest.yml"
    if inside.is_file():
        return inside.read_text("utf-8")
    return (Path(__file__).parents[2] / "manifest.yml").read_text("utf-8")


def manifest() -> Manifest:
    """Return the manifest, parsed."""
    parsed: Manifest = yaml.safe_load(manifest_text())
    return parsed


def http_manifest_text(url: str) -> str:
    """
    Return the manifest of an app that Slack calls over HTTP, at the address where Rebond is reached.

    >>> "socket_mode_enabled: false" in http_manifest_text("https://rebond.example.org/")
    True
    """
    if not is_web_address(url, ("https",)):  # Slack accepts no other
        raise NotReadyError([Problem("manifest_url", {"value": url[:200]})])
    request_url = url.rstrip("/")
    if not request_url.endswith(EVENTS_PATH):
        request_url += EVENTS_PATH
    http = manifest()
    for command in http["features"]["slash_commands"]:
        command["url"] = request_url
    http["settings"]["event_subscriptions"]["request_url"] = request_url
    http["settings"]["interactivity"]["request_url"] = request_url
    http["settings"]["socket_mode_enabled"] = False
    return yaml.safe_dump(http, sort_keys=False, allow_unicode=True, width=110)
