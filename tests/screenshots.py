"""Takes the README's pictures anew: `python -m tests.screenshots` writes them to docs/screenshots."""

import asyncio
import sys
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, async_playwright, expect

from bot.operator.manifest import manifest
from bot.playground import Playground
from tests.browser.conftest import CHROMIUM
from tests.browser.window import NARROW, Window, opened
from tests.running import running_bot
from tests.slack_person import OtherBot, Person

FOLDER = Path(__file__).parents[1] / "docs" / "screenshots"
MEDIUM = {"width": 1120, "height": 760}

BOUNCE = """```
550-5.1.1 <jo@example.org>: Recipient address rejected:
550 5.1.1 User unknown in virtual mailbox table
```"""
QUESTION = {
    "en": f"@rebond a customer sent us this, is it our fault?\n{BOUNCE}",
    "fr": f"@rebond un client nous envoie ceci, est-ce notre faute ?\n{BOUNCE}",
}
ALERT: dict[str, Any] = {
    "text": "Mail queue: 41 messages deferred",
    "attachments": [
        {
            "color": "warning",
            "title": "mx1: 41 messages deferred for example.org",
            "text": "`451 4.7.1 Greylisting in action, please come back in 300 seconds (192.0.2.25)`",
        }
    ],
}


async def take_all(folder: Path) -> None:
    """Take every picture: in both languages, light and dark, wide and narrow."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM)
        for language, locale in (("en", "en-US"), ("fr", "fr-FR")):
            for scheme in ("light", "dark"):
                async with Playground(manifest()) as slack, running_bot(slack, "socket"):
                    thread = await talk(slack.url, language)
                    looks = {"locale": locale, "color_scheme": scheme}
                    await take(browser, slack.url, thread, looks, folder, f"{language}-{scheme}")
        await browser.close()


async def talk(url: str, language: str) -> str:
    """Let people and an alert bot have said something; give the place of the thread to look at."""
    async with Person(url, "camille") as camille, OtherBot(url) as mailwatch:
        await mailwatch.post(**ALERT)
        question = await camille.say(QUESTION[language])
        await camille.sees_reply(question)
    return f"#/general/{question['ts']}"


async def take(browser: Browser, url: str, thread: str, looks: dict[str, Any], folder: Path, name: str) -> None:
    """Take one language in one colour scheme: the thread, and a command on a small screen."""
    async with opened(browser, url, "ada", place=thread, viewport=MEDIUM, **looks) as window:
        await expect(window.replies).to_have_count(2)
        await settled(window)
        await picture(window.page, folder / f"{name}-thread.png")
    async with opened(browser, url, "ada", viewport=NARROW, **looks) as window:
        await window.asks("/smtp 452")
        await settled(window)
        await picture(window.page, folder / f"{name}-narrow.png")


async def settled(window: Window) -> None:
    """Wait until names and faces are there, and nothing has the focus."""
    await expect(window.page.locator(".face:empty, .author:empty")).to_have_count(0)
    await window.page.evaluate("document.activeElement?.blur()")


async def picture(page: Page, path: Path) -> None:
    """Write a picture, with nothing in it that moves."""
    await page.screenshot(path=path, animations="disabled", caret="hide")


if __name__ == "__main__":
    chosen = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    chosen.mkdir(parents=True, exist_ok=True)
    asyncio.run(take_all(chosen))
