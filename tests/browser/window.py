"""A person's window on the playground: what they do there, and where what they see stands."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Protocol

from playwright.async_api import Browser, Locator, Page, expect

WIDE = {"width": 1280, "height": 800}
NARROW = {"width": 360, "height": 740}


class Window:
    """One tab of a browser, looked at by one person."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.sidebar = page.locator("#sidebar")
        self.channel = page.locator("#channel")
        self.side = page.locator("#side")
        self.messages = page.locator("#messages .message")
        self.replies = page.locator("#side .message")
        self.box = page.locator("#composer textarea")
        self.reply_box = page.locator("#side textarea")
        self.menu = page.get_by_role("menu")
        self.dialog = page.get_by_role("dialog")

    async def goes_to(self, channel: str) -> None:
        """Choose a conversation in the sidebar."""
        await self.sidebar.get_by_role("button", name=channel).click()

    async def says(self, text: str) -> Locator:
        """Type into the message box and press Enter; give the newest message that holds the first line."""
        await self.box.fill(text)
        await self.box.press("Enter")
        return self.message(text.strip().splitlines()[0])

    async def asks(self, text: str) -> Locator:
        """Send a slash command; give the answer that only this person sees."""
        await self.box.fill(text)
        await self.box.press("Enter")
        answer = self.messages.and_(self.page.locator(".ephemeral")).last
        await expect(answer).to_be_visible()
        return answer

    def message(self, text: str) -> Locator:
        """Find the newest message in the channel that holds this text."""
        return self.messages.filter(has_text=text).last

    async def chooses(self, message: Locator, item: str) -> None:
        """Choose from a message's own menu."""
        await message.hover()
        await message.locator(".toolbar .icon-more").click()
        await self.menu.get_by_role("menuitem", name=item).click()

    async def opens_thread(self, message: Locator) -> None:
        """Open the thread under a message by its row of replies."""
        await message.locator(".replies").click()
        await expect(self.side).to_be_visible()


class OpenWindow(Protocol):
    """Opens a window for a person; looks are a locale, a colour scheme, a size and a place."""

    async def __call__(self, person: str = "ada", **looks: Any) -> Window: ...


@asynccontextmanager
async def opened(
    browser: Browser,
    url: str,
    person: str,
    *,
    locale: str = "en-US",
    color_scheme: Any = "light",
    viewport: Any = WIDE,
    place: str = "",
) -> AsyncIterator[Window]:
    """Open a window; whatever it writes to the console is a fault."""
    context = await browser.new_context(locale=locale, color_scheme=color_scheme, viewport=viewport)
    page = await context.new_page()
    page.set_default_timeout(5000)
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"error: {error}"))
    await page.goto(f"{url}/?as={person}{place}")
    await expect(page.locator("#composer textarea")).to_be_visible()
    yield Window(page)
    await context.close()
    assert said == []
