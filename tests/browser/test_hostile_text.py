"""What people and bots write stays text, whatever it looks like."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from bot.operator.manifest import manifest
from bot.playground import Playground
from tests.browser.window import Window, opened
from tests.running import running_bot
from tests.slack_person import OtherBot

pytestmark = pytest.mark.asyncio(loop_scope="session")

HOSTILE = [
    pytest.param('<img src=x onerror="document.title=1"><script>alert(1)</script>', id="HTML"),
    pytest.param("<https://evil.example|https://bank.example>", id="a link in disguise"),
    pytest.param("<!channel> <!here> <@U12345678>", id="mentions that ring"),
    pytest.param("&lt;b&gt; &amp;amp; &#60;i&#62;", id="entities"),
    pytest.param("javascript:alert(1)", id="an address that runs"),
    pytest.param("half *bold _and ~unfinished `marks > not a quote", id="half marks"),
    pytest.param("\u202egnp.exe \u2066x", id="letters that turn the line around"),
    pytest.param("x" * 4000, id="a word without end"),
]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def slack() -> AsyncIterator[Playground]:
    """One small Slack with the bot for all texts."""
    async with Playground(manifest()) as playground, running_bot(playground, "socket"):
        yield playground
    assert playground.complaints == []


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def ada(chromium: Browser, slack: Playground) -> AsyncIterator[Window]:
    """One window for all texts; it must have nothing to say in its console in the end."""
    async with opened(chromium, slack.url, "ada") as window:
        yield window


@pytest.mark.parametrize("text", HOSTILE)
async def test_a_persons_text_is_shown_as_typed(ada: Window, text: str) -> None:
    await ada.box.fill(text)
    await ada.box.press("Enter")
    await expect(ada.messages.last.locator(".content")).to_have_text(text, use_inner_text=True)
    assert await ada.messages.locator("a[href*=evil]", has_text="bank").count() == 0
    await nothing_ran(ada)


@pytest.mark.parametrize("text", HOSTILE[:5])
async def test_the_same_in_an_alert_with_everything_in_it(ada: Window, mailwatch: OtherBot, text: str) -> None:
    attachment = {"title": text, "title_link": "javascript:alert(1)", "text": text, "color": "red;--x:1"}
    literal = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": text}]}
    await mailwatch.post("x", blocks=[{"type": "rich_text", "elements": [literal]}], attachments=[attachment])
    await expect(ada.messages.last.locator("pre")).to_have_text(text)
    await nothing_ran(ada)


@pytest.mark.parametrize("text", HOSTILE[:5])
async def test_the_bot_quotes_it_without_harm(ada: Window, text: str) -> None:
    answers = ada.page.locator(".ephemeral")
    before = await answers.count()
    await ada.says(f"/smtp 550 5.1.1 {text}")
    await expect(answers).to_have_count(before + 1)
    await nothing_ran(ada)


async def nothing_ran(window: Window) -> None:
    """No element and no address that runs came out of the text; the console is watched by the window itself."""
    assert await window.messages.locator("img, script, iframe, [onerror], [href^='javascript']").count() == 0
    assert "Rebond" in await window.page.title()
