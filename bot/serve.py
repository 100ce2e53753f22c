"""Runs the bot: Slack over a socket or over HTTP, with health and metrics beside; ends when it is told to."""

import asyncio
import contextlib
import logging
import signal
import socket
import time
from collections.abc import AsyncIterator, Iterator

import aiohttp
import uvicorn
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.app import Rebond, build_app
from bot.problems import NotReadyError, Problem
from bot.settings import Settings, is_loopback
from bot.web import Health, build_web_app

log = logging.getLogger(__name__)

_DRAIN = 25  # seconds for what is under way: container platforms kill after 30
_PING = 5  # seconds


async def serve(settings: Settings, stop: asyncio.Event) -> None:
    """
    Run the bot until `stop` is set, then finish the answers under way.

    Raises NotReadyError where Slack refuses a token or the port is taken.
    """
    with bound_socket(settings.host, settings.port) as listening:
        await serve_on(listening, settings, stop)


async def serve_on(listening: socket.socket, settings: Settings, stop: asyncio.Event) -> None:
    """Run the bot on a socket that listens already."""
    rebond = build_app(settings)
    with _start_problems("bot_token_refused"):
        await rebond.workspace.identify()
    async with contextlib.AsyncExitStack() as stack:
        healthy: Health = _always
        if settings.transport == "socket":
            healthy = (await stack.enter_async_context(socket_mode(rebond, settings))).is_connected
        web_app = build_web_app(rebond, healthy, slack_requests=settings.transport == "http")
        await stack.enter_async_context(_web_server(web_app, listening))
        log.info("ready: %s, port %d", settings.transport, listening.getsockname()[1])
        await stop.wait()
        log.info("ending: finishing what is under way")
    await finish(rebond)


async def finish(rebond: Rebond) -> None:
    """Wait for the answers under way, but not for ever."""
    if not await rebond.under_way.finished(_DRAIN):
        log.warning("gave up on answers that took more than %d seconds", _DRAIN)


@contextlib.asynccontextmanager
async def socket_mode(rebond: Rebond, settings: Settings) -> AsyncIterator[SocketModeClient]:
    """Hold a connection to Slack; at the end take nothing more, and close it when what came is answered."""
    handler = _SocketMode(rebond, settings)
    client = handler.client
    tasks: list[asyncio.Task[None]] = []
    try:
        with _start_problems("app_token_refused"):
            client.wss_uri = await client.issue_new_wss_url()
        tasks += map(asyncio.create_task, (client.connect(), _renew_address(client)))  # type: ignore[no-untyped-call]
        yield client
        handler.ending = True
        await finish(rebond)
    finally:
        for task in tasks:
            task.cancel()
        await client.close()  # type: ignore[no-untyped-call]


async def _renew_address(client: SocketModeClient) -> None:
    """Ask for a new address while there is no connection: the SDK goes on trying one that has expired."""
    while True:
        await asyncio.sleep(_PING)
        if not await client.is_connected():
            client.wss_uri = None


class _SocketMode(AsyncSocketModeHandler):
    """Bolt's handler, which also counts what is under way."""

    def __init__(self, rebond: Rebond, settings: Settings) -> None:
        super().__init__(rebond.app, settings.app_token, web_client=rebond.client, ping_interval=_PING)
        if is_loopback(settings.api_url):
            self.client.proxy = None
        self.ending = False
        self._rebond = rebond

    async def handle(self, client: AsyncBaseSocketModeClient, req: SocketModeRequest) -> None:  # noqa: ARG002
        """Answer an envelope; while we end, leave it to Slack, which delivers it again elsewhere."""
        if self.ending:
            return
        started = time.perf_counter()
        with self._rebond.under_way.request():
            await super().handle(self.client, req)
        self._rebond.metrics.took(time.perf_counter() - started)


@contextlib.contextmanager
def bound_socket(host: str, port: int) -> Iterator[socket.socket]:
    """Bind a listening socket, so that a port that is taken is a sentence and not a traceback."""
    host = host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named so, TCP is what asyncio looks for before it turns off Nagle's delay of 40 ms.
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, port))
            listening.listen(1024)
        except OSError as error:
            key = "host_unknown" if isinstance(error, socket.gaierror) else "port_taken"
            raise NotReadyError([Problem(key, {"host": host, "port": str(port)})]) from error
        yield listening


@contextlib.contextmanager
def stop_signals() -> Iterator[asyncio.Event]:
    """Give an event that SIGTERM and SIGINT set; within a running event loop."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    try:
        yield stop
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)


class _Server(uvicorn.Server):
    """uvicorn as a guest: signals are ours, for it would raise them again at the end, and nothing polls."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.end = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def main_loop(self) -> None:
        await self.end.wait()


@contextlib.asynccontextmanager
async def _web_server(web_app: object, listening: socket.socket) -> AsyncIterator[None]:
    """Serve HTTP; at the end take no more requests, and finish those that came in."""
    config = uvicorn.Config(
        web_app,  # type: ignore[arg-type]
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=_DRAIN,
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        yield
    finally:
        server.end.set()
        await serving


@contextlib.contextmanager
def _start_problems(refused: str) -> Iterator[None]:
    """Turn what Slack and the network answer to the first call into a sentence; `refused` is its key."""
    try:
        yield
    except SlackApiError as error:
        raise NotReadyError([Problem(refused, {"error": str(error.response.get("error"))})]) from error
    except (aiohttp.ClientError, TimeoutError) as error:
        raise NotReadyError([Problem("slack_unreachable")]) from error


async def _always() -> bool:
    return True
