"""A tiny app that repeats what it hears, and the ways to connect it to the playground."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestServer
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond, AsyncSay
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Playground

Json = dict[str, Any]

MANIFEST: Json = {
    "display_information": {"name": "Echo"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "echo"},
        "slash_commands": [
            {
                "command": "/echo",
                "description": "Say it again",
                "usage_hint": "[words]",
                "should_escape": False,
            },
            {"command": "/escaped", "description": "Say it again, escaped", "should_escape": True},
            {"command": "/unhandled", "description": "Nobody answers"},
            {"command": "/later", "description": "Answers by response_url"},
        ],
        "shortcuts": [
            {"name": "Echo This", "type": "message", "callback_id": "echo_this", "description": "Echo"},
            {"name": "Echo", "type": "global", "callback_id": "echo", "description": "Open"},
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": ["commands", "app_mentions:read", "chat:write", "im:history", "im:write"],
            "bot_optional": ["users:read", "channels:history", "channels:read", "files:read", "files:write"],
        }
    },
    "settings": {"event_subscriptions": {"bot_events": ["app_mention", "message.im", "app_home_opened"]}},
}

QUIET: Json = {"unfurl_links": False, "unfurl_media": False}


@dataclass
class Echo:
    """The tiny app: it repeats what it hears, and keeps the bodies of all requests."""

    app: AsyncApp
    bodies: list[Json] = field(default_factory=list)

    def events(self, kind: str) -> list[Json]:
        return [body["event"] for body in self.bodies if body.get("event", {}).get("type") == kind]


def button(action_id: str, **more: Any) -> Json:
    return {"type": "button", "text": {"type": "plain_text", "text": "Press"}, "action_id": action_id, **more}


def echo_app(slack: Playground) -> Echo:
    client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
    client.proxy = None
    app = AsyncApp(client=client, signing_secret=slack.signing_secret, process_before_response=True)
    echo = Echo(app)

    @app.middleware
    async def keep(body: Json, next: Callable[[], Awaitable[None]]) -> None:  # noqa: A002 - Bolt names it so
        echo.bodies.append(body)
        await next()

    @app.command("/echo")
    @app.command("/escaped")
    async def command(ack: AsyncAck, command: Json) -> None:
        buttons = {"type": "actions", "elements": [button("share", value=command["text"]), button("forget")]}
        quote = {
            "type": "rich_text_preformatted",
            "elements": [{"type": "text", "text": command["text"] or "-"}],
        }
        await ack(text="An echo", blocks=[{"type": "rich_text", "elements": [quote]}, buttons])

    @app.command("/later")
    async def later(ack: AsyncAck, respond: AsyncRespond) -> None:
        await ack()
        await respond("Later")

    @app.action("share")
    async def share(ack: AsyncAck, respond: AsyncRespond, action: Json) -> None:
        await ack()
        await respond(f"Shared: {len(action['value'])}", response_type="in_channel", delete_original=True, **QUIET)

    @app.action("forget")
    async def forget(ack: AsyncAck, respond: AsyncRespond) -> None:
        await ack()
        await respond("Forgotten", replace_original=True)

    @app.shortcut("echo_this")
    async def shortcut(ack: AsyncAck, respond: AsyncRespond, shortcut: Json) -> None:
        await ack()
        await respond(f"It has {len(shortcut['message']['text'])} characters")

    @app.shortcut("echo")
    async def open_view(ack: AsyncAck, shortcut: Json, client: AsyncWebClient) -> None:
        await ack()
        title = {"type": "plain_text", "text": "Echo"}
        view = {"type": "modal", "title": title, "blocks": [{"type": "divider"}]}
        await client.views_open(trigger_id=shortcut["trigger_id"], view=view)

    @app.event("app_mention")
    async def mention(event: Json, say: AsyncSay) -> None:
        await say(text="You called", thread_ts=event.get("thread_ts") or event["ts"], **QUIET)

    @app.event("message")
    async def message(event: Json, say: AsyncSay) -> None:
        if not event.get("subtype"):
            await say(text="You wrote", **QUIET)

    @app.event("app_home_opened")
    async def home(event: Json, client: AsyncWebClient) -> None:
        view = {"type": "home", "blocks": [{"type": "divider"}]}
        await client.views_publish(user_id=event["user"], view=view)

    return echo


@asynccontextmanager
async def by_socket(slack: Playground, echo: Echo) -> AsyncIterator[None]:
    handler = AsyncSocketModeHandler(echo.app, slack.app_token)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


@asynccontextmanager
async def by_http(slack: Playground, echo: Echo) -> AsyncIterator[None]:
    async with TestServer(echo.app.web_app("/slack/events")) as server:
        slack.deliver_to(str(server.make_url("/slack/events")))
        yield


@asynccontextmanager
async def raw_socket(slack: Playground) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    """A socket of the app that acknowledges nothing."""
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {slack.app_token}"}) as session:
        async with session.post(f"{slack.api_url}apps.connections.open") as response:
            url = (await response.json())["url"]
        async with session.ws_connect(url) as socket:
            assert (await socket.receive_json())["type"] == "hello"
            yield socket


async def error_of(call: Awaitable[Any]) -> str:
    with pytest.raises(SlackApiError) as refused:
        await call
    return str(refused.value.response["error"])
