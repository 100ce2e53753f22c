"""Small screens, dark screens, and people who do not see the screen."""

import pytest
from playwright.async_api import expect

from tests.browser.accessibility import assert_accessible
from tests.browser.window import NARROW, WIDE, OpenWindow, Window
from tests.slack_person import OtherBot, Person

pytestmark = pytest.mark.asyncio(loop_scope="session")

LOOKS = [
    pytest.param("en-US", "light", WIDE, id="wide, light, English"),
    pytest.param("fr-FR", "dark", WIDE, id="wide, dark, French"),
    pytest.param("en-US", "dark", NARROW, id="narrow, dark, English"),
    pytest.param("fr-FR", "light", NARROW, id="narrow, light, French"),
]


@pytest.mark.parametrize(("locale", "color_scheme", "viewport"), LOOKS)
async def test_axe_finds_nothing_serious(
    open_window: OpenWindow,
    grace: Person,
    mailwatch: OtherBot,
    locale: str,
    color_scheme: str,
    viewport: dict[str, int],
) -> None:
    await mailwatch.post("41 messages deferred", attachments=[{"title": "mx1", "text": "`451 4.7.1`"}])
    await grace.say("> look\n*here* `code` :tada:")
    question = await grace.say("@rebond ```552 5.2.2 mailbox is full```")
    await grace.sees_reply(question)
    ada = await open_window("ada", locale=locale, color_scheme=color_scheme, viewport=viewport)
    await ada.asks("/smtp 452")
    await assert_accessible(ada)
    await ada.page.goto(f"{ada.page.url.partition('#')[0]}#/general/{question['ts']}")
    await expect(ada.replies).to_have_count(2)
    await assert_accessible(ada)
    await ada.replies.last.focus()
    await ada.replies.last.locator(".toolbar .icon-more").click()
    await expect(ada.menu).to_be_visible()
    await assert_accessible(ada)


@pytest.mark.parametrize("locale", ["en-US", "fr-FR"])
async def test_nothing_is_wider_than_a_small_screen(open_window: OpenWindow, grace: Person, locale: str) -> None:
    question = await grace.say(f"@rebond ```550 5.7.26 {'x' * 200} https://example.org/{'y' * 200}```")
    await grace.sees_reply(question)
    ada = await open_window("ada", locale=locale, viewport=NARROW)
    await ada.asks("/smtp 5.7.26")
    await ada.asks("/smtp list")
    await assert_fits(ada)
    await ada.channel.locator(".narrow-only").click()
    await expect(ada.sidebar).to_be_visible()
    await assert_fits(ada)
    await ada.goes_to("general")
    await ada.channel.locator(".try-button").click()
    await assert_fits(ada)
    await ada.side.locator(".bar .icon-button").click()
    await ada.opens_thread(ada.message("x" * 50))
    await expect(ada.replies).to_have_count(2)
    await assert_fits(ada)
    await ada.side.locator(".bar .icon-button").click()
    await expect(ada.box).to_be_visible()


async def assert_fits(window: Window) -> None:
    wider = """() => [...document.querySelectorAll("body, #messages, #side-body, #side .messages, .scroll")]
        .filter((each) => each.checkVisibility() && each.scrollWidth > each.clientWidth)
        .map((each) => `${each.tagName} ${each.id} ${each.className}: ${each.scrollWidth} > ${each.clientWidth}`)"""
    assert await window.page.evaluate(wider) == []


@pytest.mark.parametrize(("scheme", "dark"), [("light", False), ("dark", True)])
async def test_the_page_follows_the_systems_colours(open_window: OpenWindow, scheme: str, dark: bool) -> None:
    ada = await open_window("ada", color_scheme=scheme)
    colour = await ada.page.evaluate("getComputedStyle(document.body).backgroundColor")
    brightness = sum(int(part) for part in colour.removeprefix("rgb(").removesuffix(")").split(","))
    assert (brightness < 3 * 128) is dark


async def test_everything_stands_when_the_page_is_loaded(ada: Window, grace: Person) -> None:
    await grace.say("550 5.1.1 user unknown")
    await ada.page.add_init_script("addEventListener('load', () => { window.atLoad = document.body.innerText })")
    await ada.page.reload()
    seen = await ada.page.evaluate("window.atLoad")
    for words in ("incident-mail", "is connected", "grace", "550 5.1.1 user unknown", "Try it"):
        assert words in seen
