"""What the tests in a real browser share: Chromium, the bot in its playground, and people's windows on it."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from shutil import which
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from bot.operator.manifest import manifest
from bot.playground import Playground
from tests.browser.window import OpenWindow, Window, opened
from tests.running import running_bot
from tests.slack_person import OtherBot, Person

# The system's own: Playwright's downloads are not needed.
CHROMIUM = which("chromium") or which("google-chrome")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """One browser for all tests."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium here: apt-get install chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def slack() -> AsyncIterator[Playground]:
    """A small Slack with the bot in it; it must have had nothing to complain about in the end."""
    async with Playground(manifest()) as playground, running_bot(playground, "socket"):
        yield playground
    assert playground.complaints == []


@pytest_asyncio.fixture(loop_scope="session")
async def open_window(chromium: Browser, slack: Playground) -> AsyncIterator[OpenWindow]:
    """Opens windows: for a person, in a language, a colour scheme and a size. None may write to the console."""
    async with AsyncExitStack() as windows:

        async def open_window(person: str = "ada", **looks: Any) -> Window:
            return await windows.enter_async_context(opened(chromium, slack.url, person, **looks))

        yield open_window


@pytest_asyncio.fixture(loop_scope="session")
async def ada(open_window: OpenWindow) -> Window:
    """Ada's window, as most people have it: wide, light, in English."""
    return await open_window("ada")


@pytest_asyncio.fixture(loop_scope="session")
async def grace(slack: Playground) -> AsyncIterator[Person]:
    """Another person, without a window."""
    async with Person(slack.url, "grace") as person:
        yield person


@pytest_asyncio.fixture(loop_scope="session")
async def mailwatch(slack: Playground) -> AsyncIterator[OtherBot]:
    """Another app's bot, which posts alerts about mail."""
    async with OtherBot(slack.url) as other:
        yield other
