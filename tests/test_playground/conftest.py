"""What the tests of the playground share: the playground, the tiny app in it, people."""

from collections.abc import AsyncIterator

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Playground
from tests.slack_person import Person
from tests.test_playground.echo_app import MANIFEST, Echo, by_http, by_socket, echo_app


@pytest.fixture
async def slack() -> AsyncIterator[Playground]:
    async with Playground(MANIFEST) as slack:
        yield slack


@pytest.fixture(params=[by_socket, by_http], ids=["Socket Mode", "HTTP"])
async def echo(slack: Playground, request: pytest.FixtureRequest) -> AsyncIterator[Echo]:
    """The tiny app, connected; the judge must have nothing to say of it."""
    echo = echo_app(slack)
    async with request.param(slack, echo):
        await slack.bot_connected()
        yield echo
    assert slack.complaints == []


@pytest.fixture
async def ada(slack: Playground) -> AsyncIterator[Person]:
    async with Person(slack.url, "ada") as ada:
        yield ada


@pytest.fixture
async def grace(slack: Playground) -> AsyncIterator[Person]:
    async with Person(slack.url, "grace") as grace:
        yield grace


@pytest.fixture
async def bot(slack: Playground) -> AsyncWebClient:
    """The bot's own client, without any app behind it."""
    client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
    client.proxy = None
    return client
