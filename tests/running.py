"""The bot, running in a playground as it runs in production."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.playground import Playground
from bot.serve import bound_socket, serve_on
from bot.settings import EVENTS_PATH, Settings


@asynccontextmanager
async def running_bot(slack: Playground, transport: str) -> AsyncIterator[str]:
    """Run the bot in a playground."""
    settings = Settings(
        bot_token=slack.bot_token,
        app_token=slack.app_token if transport == "socket" else None,
        signing_secret=slack.signing_secret,
        api_url=slack.api_url,
    )
    stop = asyncio.Event()
    with bound_socket("127.0.0.1", 0) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        serving = asyncio.create_task(serve_on(listening, settings, stop))
        if transport == "http":
            slack.deliver_to(url + EVENTS_PATH)
        await slack.bot_connected()
        yield url
        stop.set()
        await serving
