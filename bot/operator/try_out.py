"""The playground with the real bot in it: a small Slack on this machine, in one event loop."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import replace

from bot.app import build_app
from bot.core import catalogue
from bot.operator.language import operator_language
from bot.operator.manifest import manifest
from bot.playground import Playground
from bot.problems import NotReadyError, Problem
from bot.serve import socket_mode
from bot.settings import Settings

_HOST = "127.0.0.1"


async def try_out(settings: Settings, stop: asyncio.Event, say: Callable[[str], None]) -> None:
    """Run the playground until `stop` is set; `say` gets its address and what to try."""
    async with AsyncExitStack() as stack:
        try:
            slack = await stack.enter_async_context(Playground(manifest(), settings.port))
        except OSError as error:
            values = {"host": _HOST, "port": str(settings.port)}
            raise NotReadyError([Problem("port_taken", values)]) from error
        ours = replace(settings, bot_token=slack.bot_token, app_token=slack.app_token, api_url=slack.api_url)
        await stack.enter_async_context(socket_mode(build_app(ours), ours))
        await slack.bot_connected()
        say(catalogue().interface["playground_ready"][operator_language()].format(url=slack.url))
        await stop.wait()
