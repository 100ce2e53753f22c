"""The page, and strangers."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Playground
from tests.slack_person import Person, RefusedError
from tests.test_playground.echo_app import (
    MANIFEST,
    Echo,
    Json,
    by_socket,
    echo_app,
    raw_socket,
)


@pytest.fixture
async def browser(slack: Playground) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(slack.url) as session:
        yield session


async def status_of(browser: aiohttp.ClientSession, path: str, headers: Json | None = None) -> int:
    async with browser.get(path, headers=headers) as response:
        return response.status


async def test_healthz_waits_for_the_bot(slack: Playground, browser: aiohttp.ClientSession) -> None:
    assert await status_of(browser, "/healthz") == 503
    async with by_socket(slack, echo_app(slack)):
        await slack.bot_connected()
        assert await status_of(browser, "/healthz") == 200


async def test_tells_the_page_about_the_app(browser: aiohttp.ClientSession) -> None:
    async with browser.get("/page/app") as response:
        app = await response.json()
    assert app["name"] == "Echo"
    assert app["commands"][0] == {"command": "/echo", "description": "Say it again", "usage_hint": "[words]"}
    assert app["shortcuts"] == [{"name": "Echo This", "callback_id": "echo_this"}]


async def test_the_page_may_run_no_foreign_script(browser: aiohttp.ClientSession) -> None:
    async with browser.get("/") as response:
        assert response.status == 200
        policy = response.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


async def test_the_page_holds_its_first_state(browser: aiohttp.ClientSession, ada: Person, grace: Person) -> None:
    hostile = "</script><!--<script> & \u2028"
    await grace.say(hostile)
    await ada.say_directly("452")
    async with browser.get("/?as=Grace") as response:
        page = await response.text()
    inside = page.partition('id="first">')[2].partition("</script>")[0]
    assert "<" not in inside
    first = json.loads(inside)
    assert first["person"] == "grace"
    said = [message["text"] for each in first["messages"].values() for message in each["messages"]]
    assert said == [hostile.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")]


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"Host": "evil.example"}, id="a rebound name"),
        pytest.param({"Host": "127.0.0.1.evil.example"}, id="a name that begins well"),
        pytest.param({"Origin": "https://evil.example"}, id="another page in the same browser"),
        pytest.param({"Origin": "null"}, id="a page without an origin"),
        pytest.param({"Sec-Fetch-Site": "cross-site"}, id="a picture in another page"),
    ],
)
@pytest.mark.parametrize("path", ["/page/app", "/api/auth.test?token=xoxp-ada", "/static/main.js"])
async def test_strangers_are_turned_away(browser: aiohttp.ClientSession, headers: Json, path: str) -> None:
    assert await status_of(browser, path, headers) == 421


async def test_a_link_elsewhere_leads_to_the_page(browser: aiohttp.ClientSession) -> None:
    assert await status_of(browser, "/", {"Sec-Fetch-Site": "cross-site"}) == 200


async def test_a_stranger_opens_no_socket(browser: aiohttp.ClientSession) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await browser.ws_connect("/socket?ticket=x", headers={"Origin": "https://evil.example"})
    assert refused.value.status == 421


async def test_localhost_is_as_good_as_its_number(slack: Playground, browser: aiohttp.ClientSession) -> None:
    port = slack.url.rpartition(":")[2]
    assert await status_of(browser, "/page/app", headers={"Host": f"localhost:{port}"}) == 200


@pytest.mark.parametrize(
    ("body", "status", "error"),
    [
        pytest.param(b"{", 400, "invalid_json", id="broken JSON"),
        pytest.param(b"[]", 400, "json_not_object", id="a list"),
        pytest.param(b"[" * 50_000, 400, "invalid_json", id="deep JSON"),
        pytest.param(b'{"text": "\\ud800"}', 400, "invalid_json", id="half a character"),
        pytest.param(b'{"text": NaN}', 400, "invalid_json", id="no number"),
        pytest.param(b'"\xff"', 400, "invalid_json", id="no UTF-8"),
        pytest.param(b" " * 1_000_001, 413, "request_too_large", id="a large body"),
        pytest.param(b'{"channel": [], "text": "x"}', 200, "invalid_arguments", id="a list for a name"),
        pytest.param(b'{"channel": "general", "text": {}}', 200, "invalid_arguments", id="an object for a text"),
        pytest.param(b'{"channel": "general"}', 200, "no_text", id="no text"),
    ],
)
async def test_bad_requests_get_a_clear_word(
    browser: aiohttp.ClientSession, body: bytes, status: int, error: str
) -> None:
    headers = {"Content-Type": "application/json", "Authorization": "Bearer xoxp-ada"}
    async with browser.post("/api/chat.postMessage", data=body, headers=headers) as response:
        assert (response.status, (await response.json())["error"]) == (status, error)


async def test_deep_blocks_of_an_app_are_judged(slack: Playground, browser: aiohttp.ClientSession) -> None:
    blocks = b'[{"type":"rich_text","elements":' * 300 + b"[]" + b"}]" * 300
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {slack.bot_token}"}
    body = b'{"channel": "general", "text": "x", "blocks": ' + blocks + b"}"
    async with browser.post("/api/chat.postMessage", data=body, headers=headers) as response:
        assert (await response.json())["error"] == "invalid_blocks"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        pytest.param("/api/nonsense?token=xoxp-ada", 200, id="an unknown method"),
        pytest.param("/page/events", 401, id="live updates for nobody"),
        pytest.param("/static/nothing.js", 404, id="a file that is not there"),
        pytest.param("/static/../server.py", 404, id="a file outside"),
        pytest.param("/static/%2e%2e/server.py", 404, id="a file outside, in disguise"),
        pytest.param("/socket?ticket=guessed", 404, id="the socket without a socket"),
    ],
)
async def test_odd_requests(browser: aiohttp.ClientSession, path: str, status: int) -> None:
    assert await status_of(browser, path) == status


async def test_the_socket_takes_no_guessed_ticket(browser: aiohttp.ClientSession) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await browser.ws_connect("/socket?ticket=guessed")


async def test_a_person_sees_only_their_own_direct_messages(ada: Person, grace: Person, echo: Echo) -> None:
    await ada.say_directly("452")
    await ada.sees(lambda message: message["text"] == "You wrote")
    await ada.say("done")
    await grace.sees(lambda message: message["text"] == "done")
    assert [message["text"] for message in grace.messages.values()] == ["done"]
    with pytest.raises(RefusedError):
        await grace.history(await ada.direct_message())


async def test_a_reply_tells_the_page_the_new_count(ada: Person) -> None:
    first = await ada.say("550")
    await ada.say_in_thread(first, "551")
    await ada.sees(lambda message: message["ts"] == first["ts"] and message.get("reply_count") == 1)


async def test_the_page_hears_when_the_bot_comes(slack: Playground, browser: aiohttp.ClientSession) -> None:
    async with AsyncExitStack() as stack:
        stream = await stack.enter_async_context(browser.get("/page/events?token=xoxp-ada"))
        begun = json.loads((await stream.content.readline()).removeprefix(b"data: "))
        assert begun == {"type": "bot", "connected": False, "version": slack.hub.workspace.version}
        await stream.content.readline()
        await stack.enter_async_context(by_socket(slack, echo_app(slack)))
        assert await stream.content.readline() == b'data: {"type": "bot", "connected": true}\n'


async def test_a_port_that_is_taken_is_an_error(slack: Playground) -> None:
    port = int(slack.url.rpartition(":")[2])
    with pytest.raises(OSError, match="in use"):
        async with Playground(MANIFEST, port):
            pass


async def test_until_gives_up_in_the_end(slack: Playground) -> None:
    with pytest.raises(TimeoutError):
        await slack.until(lambda: False, timeout=0.01)


async def test_ends_with_everybody_still_there() -> None:
    async with AsyncExitStack() as people:
        async with Playground(MANIFEST) as slack:
            slack.faults.slow = slack.faults.patience = 60
            ada = await people.enter_async_context(Person(slack.url, "ada"))
            socket = await people.enter_async_context(raw_socket(slack))
            waiting = asyncio.create_task(ada.command("/echo"))
            await socket.receive_json()
            client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
            client.proxy = None
            slow = asyncio.create_task(client.auth_test())
            await slack.until(lambda: slack.calls)
        with pytest.raises(RefusedError):
            await waiting
        assert (await slow)["ok"]
