"""What tests share: an environment of their own, a small Slack, and the bot in it by each transport."""

import os
from collections.abc import AsyncIterator

import pytest

from bot.operator.manifest import manifest
from bot.playground import Playground
from tests.running import running_bot
from tests.slack_person import OtherBot, Person


@pytest.fixture(autouse=True)
def environment_of_our_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide what the machine says about Slack, ports and proxies."""
    for name in list(os.environ):
        if name.startswith("SLACK_") or name.upper() in {
            "PORT",
            "HOST",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "ALL_PROXY",
        }:
            monkeypatch.delenv(name)


@pytest.fixture
async def slack() -> AsyncIterator[Playground]:
    """A small Slack with our app installed; it must have had nothing to complain about in the end."""
    async with Playground(manifest()) as playground:
        yield playground
        assert playground.complaints == []


@pytest.fixture(params=["socket", "http"])
async def bot(request: pytest.FixtureRequest, slack: Playground) -> AsyncIterator[str]:
    """The bot, running as in production, by Socket Mode and by signed HTTP; gives its own address."""
    async with running_bot(slack, request.param) as url:
        yield url


@pytest.fixture
async def ada(slack: Playground) -> AsyncIterator[Person]:
    """A person of the operations team."""
    async with Person(slack.url, "ada") as person:
        yield person


@pytest.fixture
async def grace(slack: Playground) -> AsyncIterator[Person]:
    """Another person, who sees what is posted for all."""
    async with Person(slack.url, "grace") as person:
        yield person


@pytest.fixture
async def mailwatch(slack: Playground) -> AsyncIterator[OtherBot]:
    """Another app's bot, which posts alerts about mail."""
    async with OtherBot(slack.url) as other:
        yield other
