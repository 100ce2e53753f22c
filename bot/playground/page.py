"""The page in the browser: its files, its live updates, and who may ask at all."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.playground.api import person_of
from bot.playground.hub import Hub
from bot.playground.reading import describe_channel, newest
from bot.playground.workspace import Change, Json, Member

FOLDER = Path(__file__).parent / "page"

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)

# Without a word now and then, neither side would notice that the other is gone.
SILENCE_SECONDS = 15.0

FIRST_PLACE = '<script type="application/json" id="first">'
FIRST_MESSAGES = 100  # of each conversation; the page asks for more where there are more


def routes(hub: Hub) -> list[BaseRoute]:
    """Give the routes of the page."""

    async def index(request: Request) -> Response:
        name = re.sub(r"[^a-z0-9._-]", "", request.query_params.get("as", "").lower())[:80] or "ada"
        page = (FOLDER / "index.html").read_text(encoding="utf-8")
        first = _in_html(_first(hub, hub.workspace.person(name)))
        return HTMLResponse(page.replace(FIRST_PLACE, FIRST_PLACE + first), headers={"Cache-Control": "no-store"})

    async def health(_request: Request) -> Response:
        if hub.courier.connected:
            return PlainTextResponse("ok")
        return PlainTextResponse("the app is not connected", 503)

    async def app(_request: Request) -> Response:
        return JSONResponse(_describe(hub))

    async def events(request: Request) -> Response:
        person = person_of(hub, request.query_params.get("token", ""))
        if person is None:
            return JSONResponse({"ok": False, "error": "invalid_auth"}, 401)
        stream = _stream(hub, person)
        return StreamingResponse(stream, media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    return [
        Route("/", index),
        Route("/healthz", health),
        Route("/page/app", app),
        Route("/page/events", events),
        Mount("/static", StaticFiles(directory=FOLDER, check_dir=False)),
    ]


class Guard:
    """
    Answers only to this machine's own page, and gives every answer a strict policy.

    A foreign Host means a rebound DNS name, a foreign Origin another page in the
    same browser; neither may speak for a person here.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it."""
        headers = Headers(scope=scope)
        host, origin = headers.get("host", ""), headers.get("origin")
        name, _, port = host.partition(":")
        is_own = name in ("127.0.0.1", "localhost") and (not port or port.isdigit())
        # A link elsewhere may lead to the page; nothing else that another site asks for is answered.
        foreign = headers.get("sec-fetch-site") in ("cross-site", "same-site") and scope["path"] != "/"
        if not is_own or foreign or origin not in (None, f"http://{host}"):
            await PlainTextResponse("This playground answers only to its own machine.", 421)(scope, receive, send)
            return

        async def send_with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                answered = MutableHeaders(scope=message)
                answered.setdefault("Content-Security-Policy", POLICY)
                answered.setdefault("X-Content-Type-Options", "nosniff")
                answered.setdefault("Referrer-Policy", "no-referrer")
                answered.setdefault("Cache-Control", "no-cache")
            await send(message)

        await self._app(scope, receive, send_with_policy)


def _first(hub: Hub, person: Member) -> Json:
    """What the page shows at first, so that it need not ask: what changes after `version` it hears of."""
    workspace = hub.workspace
    direct = workspace.direct_message(person, workspace.bot)
    channels = [channel for channel in workspace.channels.values() if channel.kind != "im"]
    seen = [each for each in (*channels, direct) if each.kind == "channel" or person.id in each.members]
    return {
        "version": workspace.version,
        "person": person.name,
        "user_id": person.id,
        "people": {each.id: each.display_name for each in workspace.people.values()},
        "app": _describe(hub),
        "channels": [describe_channel(each, person) for each in seen],
        "messages": {each.id: newest(each, person, FIRST_MESSAGES) for each in seen},
    }


def _in_html(value: Json) -> str:
    """JSON that no text in it can end or comment out: `<` stands for itself nowhere."""
    return json.dumps(value).replace("<", "\\u003c")


def _describe(hub: Hub) -> Json:
    bot = hub.workspace.bot
    return {
        "name": hub.app.name,
        "user_id": bot.id,
        "bot_id": bot.bot_id,
        "app_id": bot.app_id,
        "handle": bot.name,
        "connected": hub.courier.connected,
        "commands": [
            {"command": each.command, "description": each.description, "usage_hint": each.usage_hint}
            for each in hub.app.commands
        ],
        "shortcuts": [
            {"name": each.name, "callback_id": each.callback_id} for each in hub.app.shortcuts if each.kind == "message"
        ],
        "global_shortcuts": [
            {"name": each.name, "callback_id": each.callback_id} for each in hub.app.shortcuts if each.kind == "global"
        ],
        "home": hub.app.home,
    }


async def _stream(hub: Hub, person: Member) -> AsyncIterator[str]:
    """Tell a person's page what happens, as Server-Sent Events, until the playground ends."""
    with hub.workspace.watch() as queue:
        yield _event({"type": "bot", "connected": hub.courier.connected, "version": hub.workspace.version})
        while True:
            try:
                async with asyncio.timeout(SILENCE_SECONDS):
                    change = await queue.get()
            except TimeoutError:
                yield ": still here\n\n"
                continue
            if change is None:
                return
            if hub.workspace.may_see(person, change):
                yield _event(_told(change))


def _event(told: Json) -> str:
    return f"data: {json.dumps(told)}\n\n"


def _told(change: Change) -> Json:
    if change.kind == "bot":
        return {"type": "bot", "connected": change.connected}
    if change.message is None:
        return {"type": change.kind, "view": change.view}
    # A reply also changes its thread's first message: the count of replies stands there.
    kind = "message_changed" if change.kind == "message_replied" else change.kind
    message = change.before if change.kind == "message_deleted" else change.message.as_json()
    return {"type": kind, "channel": change.message.channel.id, "message": message}
