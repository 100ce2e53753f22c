"""The manifest: valid, pasteable, and of one mind with the code."""

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator
from referencing import Registry, Resource

from bot.operator.check import EVENT_SCOPES, disagreements, listeners
from bot.operator.manifest import http_manifest_text, manifest, manifest_text
from bot.problems import NotReadyError

ROOT = Path(__file__).parent.parent
SCHEMAS = ROOT.parent / "shared" / "slack"
SCHEMA_URL = "https://raw.githubusercontent.com/slackapi/manifest-schema/v0.5.0/schemas/"

METHOD_SCOPES = {
    "auth_test": None,
    "apps_connections_open": None,  # the app token's own
    "chat_postMessage": "chat:write",
    "chat_postEphemeral": "chat:write",
    "conversations_replies": "channels:history",  # and groups:history where the channel is private
}


@pytest.fixture(params=["socket", "http"])
def described(request: pytest.FixtureRequest) -> dict[str, Any]:
    if request.param == "socket":
        return manifest()
    parsed: dict[str, Any] = yaml.safe_load(http_manifest_text("https://rebond.example.org"))
    return parsed


@pytest.mark.skipif(not SCHEMAS.is_dir(), reason="Slack's manifest schemas are not in ../shared/slack")
def test_it_is_valid_by_slack_s_own_schema(described: dict[str, Any]) -> None:
    resources = [
        (SCHEMA_URL + path.name, Resource.from_contents(json.loads(path.read_text())))
        for path in SCHEMAS.glob("manifest.schema.*.json")
    ]
    schema = json.loads((SCHEMAS / "manifest.schema.json").read_text())
    validator = Draft7Validator(schema, registry=Registry().with_resources(resources))
    assert [error.message for error in validator.iter_errors(described)] == []


def test_it_names_what_the_code_answers_and_nothing_else(described: dict[str, Any]) -> None:
    assert list(disagreements(described)) == []


def test_handlers_register_in_the_order_of_the_manifest() -> None:
    described = list(manifest()["features"])
    assert described.index("slash_commands") < described.index("shortcuts")
    assert list(listeners()) == ["command", "shortcut", "event", "action"]


@pytest.mark.parametrize(
    ("path", "named"),
    [
        (("features", "slash_commands", 0, "command"), {"/smtp", "/other"}),
        (("features", "shortcuts", 0, "callback_id"), {"explain_this_bounce", "/other"}),
        (("settings", "event_subscriptions", "bot_events", 0), {"app_mention", "/other", "(/other)"}),
        (("oauth_config", "scopes", "bot", 0), {"commands"}),
        (("settings", "interactivity", "is_enabled"), {"interactivity"}),
    ],
)
def test_a_disagreement_is_named(path: tuple[Any, ...], named: set[str]) -> None:
    changed = copy.deepcopy(manifest())
    part: Any = changed
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = "/other" if isinstance(part[path[-1]], str) else False
    assert {problem.values["name"] for problem in disagreements(changed)} == named


def test_every_scope_has_a_use_and_every_call_its_scope() -> None:
    source = "".join(
        path.read_text() for folder in ("bot", "bot/slack", "handlers") for path in (ROOT / folder).glob("*.py")
    )
    called = set(re.findall(r"\.((?:auth|apps|chat|conversations|users|views|files)_\w+)\(", source))
    assert called <= METHOD_SCOPES.keys()
    scopes = manifest()["oauth_config"]["scopes"]
    needed = {METHOD_SCOPES[method] for method in called} | {
        EVENT_SCOPES[event] for event in manifest()["settings"]["event_subscriptions"]["bot_events"]
    }
    assert {*scopes["bot"], *scopes["bot_optional"]} == (needed - {None}) | {"commands", "groups:history"}


def test_over_http_slack_is_told_where_to_call() -> None:
    described = yaml.safe_load(http_manifest_text("https://rebond.example.org/"))
    url = "https://rebond.example.org/slack/events"
    assert described["features"]["slash_commands"][0]["url"] == url
    assert described["settings"]["event_subscriptions"]["request_url"] == url
    assert described["settings"]["interactivity"]["request_url"] == url
    assert described["settings"]["socket_mode_enabled"] is False


@pytest.mark.parametrize("url", ["http://rebond.example.org", "rebond.example.org", ""])
def test_slack_calls_no_address_that_is_not_https(url: str) -> None:
    with pytest.raises(NotReadyError, match="manifest_url"):
        http_manifest_text(url)


def test_socket_mode_needs_no_address() -> None:
    assert manifest()["settings"]["socket_mode_enabled"] is True
    assert "request_url" not in manifest_text()
