"""The playground as one thing to start and stop: a small Slack on 127.0.0.1."""

import asyncio
import contextlib
import secrets
import socket
from collections.abc import Callable, Iterator, Mapping
from types import TracebackType
from typing import Any, Self, TypeVar

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware

from bot.playground import api, events, page
from bot.playground.delivery import Courier
from bot.playground.faults import Faults
from bot.playground.files import Files
from bot.playground.hub import Call, Hub
from bot.playground.manifest import read_manifest
from bot.playground.workspace import Change, Workspace

T = TypeVar("T")

HOST = "127.0.0.1"


class Playground:
    """
    A small Slack with one app installed: the one that the manifest describes.

    `async with Playground(manifest) as slack` serves from then on; the app connects
    to `slack.api_url` with `slack.bot_token` and `slack.app_token`, or is reached by
    signed HTTP after `slack.deliver_to(url)`. A port of 0 is any free one.
    """

    def __init__(self, manifest: Mapping[str, Any], port: int = 0) -> None:
        self._app = read_manifest(manifest)
        self._port = port
        self._started = False
        self.bot_token = f"xoxb-0-{secrets.token_hex(16)}"
        self.app_token = f"xapp-0-{secrets.token_hex(16)}"
        self.signing_secret = secrets.token_hex(16)
        self.faults = Faults()

    async def __aenter__(self) -> Self:
        listening = _listen(self._port)
        self.url = f"http://{HOST}:{listening.getsockname()[1]}"
        self.api_url = f"{self.url}/api/"
        workspace = Workspace(self._app.bot_name, self._app.name)
        courier = Courier(self.signing_secret, self.faults, self._connection_changed)
        self.hub = Hub(
            url=self.url,
            app=self._app,
            workspace=workspace,
            courier=courier,
            faults=self.faults,
            files=Files(self.url),
            scopes=set(self._app.scopes),
            bot_token=self.bot_token,
            app_token=self.app_token,
        )
        self._was_connected = False
        events.listen(self.hub)
        self._server = _Server(uvicorn.Config(_asgi(self.hub), **_UVICORN))
        self._serving = asyncio.create_task(self._server.serve(sockets=[listening]))
        await self._server.ready.wait()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.hub.workspace.end()
        await self.hub.courier.close()
        self._server.leave.set()
        await self._serving

    @property
    def scopes(self) -> set[str]:
        """The scopes that the bot was granted; take one away to see `missing_scope`."""
        return self.hub.scopes

    @property
    def complaints(self) -> list[str]:
        """What the judge found wrong with the app's messages."""
        return self.hub.complaints

    @property
    def calls(self) -> list[Call]:
        """The newest calls of the app's bot to the Web API, refused ones too."""
        return list(self.hub.calls)

    @property
    def connected(self) -> bool:
        """Whether the app can be reached."""
        return self.hub.courier.connected

    def deliver_to(self, url: str) -> None:
        """Deliver by signed HTTP to this URL from now on."""
        self.hub.courier.deliver_to(url)

    async def drop(self) -> None:
        """Close the app's sockets now; it is expected to come back."""
        await self.hub.courier.drop()

    async def bot_connected(self) -> None:
        """Wait until the app can be reached."""
        await self.until(lambda: self.connected, timeout=30)

    async def delivered(self) -> None:
        """Wait until no event is on its way to the app any more."""
        await self.until(lambda: self.hub.courier.under_way == 0, timeout=30)

    async def until(self, predicate: Callable[[], T], timeout: float = 10) -> T:  # noqa: ASYNC109 - a test's own limit
        """Wait until the predicate holds, asking it after every change; give its value."""
        return await self.hub.workspace.until(predicate, timeout)

    def _connection_changed(self) -> None:
        workspace = self.hub.workspace
        if self.connected != self._was_connected:
            self._was_connected = self.connected
            workspace.tell(Change("bot", connected=self.connected))
        workspace.notify()


_UVICORN: dict[str, Any] = {
    "lifespan": "off",
    "log_config": None,
    "log_level": "warning",
    "access_log": False,
    "server_header": False,
    "timeout_graceful_shutdown": 2,
}


def _listen(port: int) -> socket.socket:
    """Bind to 127.0.0.1; a port that is taken is an OSError for the caller to explain."""
    # The protocol is named because asyncio turns Nagle's delay off only then.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
    except OSError:
        listening.close()
        raise
    return listening


def _asgi(hub: Hub) -> Starlette:
    return Starlette(routes=[*api.routes(hub), *page.routes(hub)], middleware=[Middleware(page.Guard)])


class _Server(uvicorn.Server):
    """uvicorn as a guest in a running event loop: signals are the host's, and nothing polls."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()
        self.leave = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    async def main_loop(self) -> None:
        await self.on_tick(0)
        await self.leave.wait()
