"""`rebond check`: what an operator is told."""

from pathlib import Path
from typing import Any

import pytest

import bot.operator.check
from bot.core import CatalogueError
from bot.operator.check import check

TOKENS = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}


@pytest.fixture(autouse=True)
def settings_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in TOKENS.items():
        monkeypatch.setenv(name, value)


def test_nothing_to_say_where_everything_is_in_order() -> None:
    assert check() == []


def test_it_names_every_setting_that_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in TOKENS:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PORT", "no number")
    told = "\n".join(check())
    assert all(name in told for name in ("PORT", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"))


def test_the_catalogue_can_be_checked_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SLACK_BOT_TOKEN")
    assert check(catalogue_only=True) == []


def test_it_names_every_fault_of_the_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    def load() -> None:
        raise CatalogueError(["causes.toml: [virus] has no advice.fr", "causes.toml: [spam] is unknown"])

    monkeypatch.setattr(bot.operator.check, "load", load)
    assert check() == ["causes.toml: [virus] has no advice.fr", "causes.toml: [spam] is unknown"]


@pytest.mark.parametrize("broken", [None, [], {}, {"features": None}, {"features": {}, "oauth_config": []}])
def test_it_says_that_the_manifest_is_none(monkeypatch: pytest.MonkeyPatch, broken: Any) -> None:
    monkeypatch.setattr(bot.operator.check, "manifest", lambda: broken)
    (told,) = check()
    assert "manifest.yml" in told
