"""What goes wrong when it is asked to."""

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Playground
from tests.slack_person import Person
from tests.test_playground.echo_app import Echo, by_socket, echo_app, raw_socket


async def test_an_event_is_repeated_with_the_same_id(slack: Playground, echo: Echo, ada: Person) -> None:
    slack.faults.repeat = 3
    await ada.say("@echo")
    await slack.delivered()
    assert len(echo.bodies) == 3
    assert len({body["event_id"] for body in echo.bodies}) == 1


async def test_a_failed_delivery_over_http_is_tried_again(slack: Playground, ada: Person) -> None:
    tries: list[tuple[str | None, str | None, str]] = []

    async def fail(request: web.Request) -> web.Response:
        event_id = (await request.json())["event_id"]
        headers = request.headers
        tries.append((headers.get("X-Slack-Retry-Num"), headers.get("X-Slack-Retry-Reason"), event_id))
        return web.Response(status=500)

    slack.faults.retry_delays = (0, 0, 0)
    app = web.Application()
    app.router.add_post("/", fail)
    async with TestServer(app) as server:
        slack.deliver_to(str(server.make_url("/")))
        await ada.say("@echo")
        await slack.delivered()
    assert [(number, reason) for number, reason, _ in tries] == [
        (None, None),
        ("1", "http_error"),
        ("2", "http_error"),
        ("3", "http_error"),
    ]
    assert len({event_id for _, _, event_id in tries}) == 1


async def test_an_envelope_that_is_not_acknowledged_comes_again(slack: Playground, ada: Person) -> None:
    slack.faults.patience, slack.faults.retry_delays = 0.1, (0,)
    async with raw_socket(slack) as socket:
        await ada.say("@echo")
        first, second = await socket.receive_json(), await socket.receive_json()
    assert (first["retry_attempt"], second["retry_attempt"]) == (0, 1)
    assert second["retry_reason"] == "timeout"
    assert first["payload"]["event_id"] == second["payload"]["event_id"]
    assert first["envelope_id"] != second["envelope_id"]


async def test_a_dropped_socket_comes_back(slack: Playground, ada: Person) -> None:
    echo = echo_app(slack)
    async with by_socket(slack, echo):
        await slack.bot_connected()
        await ada.call("playground.faults", drop=True)
        await ada.sees_reply(await ada.say("@echo"))


async def test_calls_are_rate_limited_when_asked(slack: Playground, bot: AsyncWebClient, ada: Person) -> None:
    await ada.call("playground.faults", rate_limited=1, retry_after=7)
    with pytest.raises(SlackApiError) as refused:
        await bot.auth_test()
    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "7"
    assert (await bot.auth_test())["ok"]


async def test_calls_are_slow_when_asked(slack: Playground, bot: AsyncWebClient) -> None:
    slack.faults.slow = 60
    bot.timeout = 0.1  # type: ignore[assignment]
    with pytest.raises(TimeoutError):
        await bot.auth_test()


async def test_a_missing_scope_is_named(slack: Playground, bot: AsyncWebClient) -> None:
    slack.scopes.remove("channels:history")
    with pytest.raises(SlackApiError) as refused:
        await bot.conversations_replies(channel="general", ts="1.2")
    assert refused.value.response["error"] == "missing_scope"
    assert refused.value.response["needed"] == "channels:history"
    assert "chat:write" in refused.value.response["provided"]
