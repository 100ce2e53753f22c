"""Block Kit in the page: the kinds that we send or mean to send, and what it says of those it does not know."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, expect
from slack_sdk.web.async_client import AsyncWebClient

from bot.operator.manifest import manifest
from bot.playground import Playground
from tests.browser.window import Window, opened

pytestmark = pytest.mark.asyncio(loop_scope="session")

Json = dict[str, Any]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def slack() -> AsyncIterator[Playground]:
    """One small Slack for all blocks; the tests post as the app themselves."""
    async with Playground(manifest()) as playground:
        yield playground


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def ada(chromium: Browser, slack: Playground) -> AsyncIterator[Window]:
    """One window for all blocks."""
    async with opened(chromium, slack.url, "ada") as window:
        yield window


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def section(text: str) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def rich(*elements: Json) -> Json:
    return {"type": "rich_text", "elements": list(elements)}


def words(text: str, **style: bool) -> Json:
    return {"type": "text", "text": text, **({"style": style} if style else {})}


def line(*elements: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(elements)}


@pytest.mark.parametrize(
    ("block", "selector", "text"),
    [
        pytest.param({"type": "header", "text": plain("452")}, "h3", "452", id="header"),
        pytest.param(section("*now*"), ".section b", "now", id="bold"),
        pytest.param(section("_now_"), ".section i", "now", id="italic"),
        pytest.param(section("~now~"), ".section s", "now", id="struck out"),
        pytest.param(section("`4.2.2 *no*`"), ".section code", "4.2.2 *no*", id="code"),
        pytest.param(section("```550 no\n550 _no_```"), ".section pre", "550 no\n550 _no_", id="code block"),
        pytest.param(section("&gt; said *so*"), ".section blockquote", "said so", id="quote"),
        pytest.param(section("<https://rfc.example|RFC>"), "a[href='https://rfc.example']", "RFC", id="link"),
        pytest.param(section("a_b_c 2 * 3 * 4"), ".section .text", "a_b_c 2 * 3 * 4", id="signs that are none"),
        pytest.param(section(":warning: :nonsense:"), ".section .text", "⚠️ :nonsense:", id="names of emoji"),
        pytest.param(section("&lt;b&gt; &amp;amp;"), ".section .text", "<b> &amp;", id="entities, once"),
        pytest.param(
            {"type": "section", "fields": [plain("one"), plain("two")]},
            ".fields > :nth-child(2)",
            "two",
            id="fields",
        ),
        pytest.param({"type": "context", "elements": [plain("RFC 5321")]}, ".context", "RFC 5321", id="context"),
        pytest.param({"type": "markdown", "text": "## Why\n1. wait"}, ".markdown ol li", "wait", id="markdown"),
        pytest.param(rich(line(words("*no*", bold=True))), ".rich-text b", "*no*", id="rich text is literal"),
        pytest.param(
            rich({"type": "rich_text_list", "style": "ordered", "elements": [line(words("wait"))]}),
            "ol li",
            "wait",
            id="list",
        ),
        pytest.param(
            rich({"type": "rich_text_quote", "elements": [words("said")]}), "blockquote", "said", id="rich quote"
        ),
        pytest.param(
            rich({"type": "rich_text_preformatted", "elements": [words("<550>")]}), "pre", "<550>", id="rich code"
        ),
        pytest.param(
            {"type": "table", "rows": [[{"type": "raw_text", "text": "Code"}], [{"type": "raw_text", "text": "452"}]]},
            "tbody td",
            "452",
            id="table",
        ),
        pytest.param(
            {"type": "container", "title": plain("Digits"), "child_blocks": [section("4: for now")]},
            ".container .section",
            "4: for now",
            id="container",
        ),
        pytest.param({"type": "data_visualization"}, ".unknown", "data_visualization", id="an unknown kind"),
    ],
)
async def test_draws_a_block(slack: Playground, ada: Window, block: Json, selector: str, text: str) -> None:
    message = await posted(slack, ada, [block])
    await expect(message.locator(selector)).to_contain_text(text)


async def test_an_unknown_kind_shows_its_json(slack: Playground, ada: Window) -> None:
    message = await posted(slack, ada, [{"type": "data_visualization", "title": "Bounces"}])
    await message.get_by_text("This page cannot draw").click()
    await expect(message.locator(".unknown pre")).to_contain_text('"title": "Bounces"')


async def test_what_is_collapsed_opens(slack: Playground, ada: Window) -> None:
    container = {
        "type": "container",
        "title": plain("Sources"),
        "is_collapsible": True,
        "default_collapsed": True,
        "child_blocks": [section("RFC 3463")],
    }
    message = await posted(slack, ada, [container])
    await expect(message.get_by_text("RFC 3463")).to_be_hidden()
    await message.get_by_text("Sources").click()
    await expect(message.get_by_text("RFC 3463")).to_be_visible()


async def test_slack_says_what_is_wrong_with_a_message(slack: Playground, ada: Window) -> None:
    message = await posted(slack, ada, [section("& and <!channel>")])
    await expect(message.locator(".complaints")).to_contain_text("Slack says")
    await expect(message.locator(".complaints")).to_contain_text("stands unescaped")


async def posted(slack: Playground, window: Window, blocks: list[Json]) -> Locator:
    """Post as our app; give the message in the window."""
    client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
    client.proxy = None
    posted = await client.chat_postMessage(
        channel="#general", text="for notifications", blocks=blocks, unfurl_links=False, unfurl_media=False
    )
    return window.page.locator(f"#messages [data-ts='{posted['ts']}']")
