"""Mail, chat, logs and figures in which nothing bounced: Rebond reads no failure in any of them."""

import tomllib
from pathlib import Path

import pytest

from bot.core import explain

_TEXTS = tomllib.loads(Path(__file__).with_name("ordinary_texts.toml").read_text(encoding="utf-8"))["text"]


@pytest.mark.parametrize("text", [pytest.param(one["text"], id=one["name"]) for one in _TEXTS])
def test_reads_no_failure_in_an_ordinary_text(text: str) -> None:
    assert [failure for failure in explain(text, words=False).failures if failure.cause != "delivered"] == []


def test_the_set_is_large_and_its_names_are_its_own() -> None:
    names = [one["name"] for one in _TEXTS]
    assert len(names) >= 150
    assert len(names) == len(set(names))
