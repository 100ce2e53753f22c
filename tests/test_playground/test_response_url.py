"""Later answers, by response_url."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest

from bot.playground import Playground
from tests.slack_person import Person
from tests.test_playground.echo_app import QUIET, Json


@pytest.fixture
async def later(slack: Playground, ada: Person) -> AsyncIterator[Callable[[Json], Awaitable[tuple[int, str]]]]:
    """Answers to one command of ada's in #general."""
    workspace = slack.hub.workspace
    url, _ = slack.hub.new_response_url(workspace.channel_named("general"), workspace.person("ada"))
    async with aiohttp.ClientSession() as session:

        async def answer(body: Json) -> tuple[int, str]:
            async with session.post(url, json=body) as response:
                return response.status, await response.text()

        yield answer


async def test_a_response_url_works_five_times(later: Callable[[Json], Awaitable[tuple[int, str]]]) -> None:
    assert [(await later({"text": "x"}))[0] for _ in range(6)] == [200] * 5 + [404]


async def test_a_response_url_posts_into_a_thread(
    later: Callable[[Json], Awaitable[tuple[int, str]]], ada: Person
) -> None:
    asked = await ada.say("550")
    await later({"text": "x", "response_type": "in_channel", "thread_ts": asked["ts"], **QUIET})
    assert [message["text"] for message in await ada.thread(asked)] == ["550", "x"]


@pytest.mark.parametrize(
    ("body", "error"),
    [
        pytest.param({"text": ""}, "no_text", id="nothing"),
        pytest.param({"text": "x", "blocks": [{"type": "marquee"}]}, "invalid_blocks", id="bad blocks"),
        pytest.param([], "json_not_object", id="a list"),
    ],
)
async def test_a_response_url_refuses(
    later: Callable[[Any], Awaitable[tuple[int, str]]], body: Any, error: str
) -> None:
    status, text = await later(body)
    assert (status, json.loads(text)["error"]) == (400, error)
