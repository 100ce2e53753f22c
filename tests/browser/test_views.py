"""Modals and the App Home: fields, errors, windows above windows."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import expect

from bot.playground import Playground
from tests.browser.accessibility import assert_accessible
from tests.browser.form_app import MANIFEST, FormApp, form_app
from tests.browser.window import Window

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def slack() -> AsyncIterator[Playground]:
    async with Playground(MANIFEST) as playground:
        yield playground
    assert playground.complaints == []


@pytest_asyncio.fixture(loop_scope="session")
async def form(slack: Playground) -> AsyncIterator[FormApp]:
    async with form_app(slack) as form:
        yield form


async def open_modal(window: Window) -> None:
    await window.channel.get_by_role("button", name="Commands and shortcuts").click()
    await window.menu.get_by_role("menuitem", name="Paste a Bounce").click()
    await expect(window.dialog).to_be_visible()


async def test_a_modal_sends_all_that_was_filled_in(form: FormApp, ada: Window) -> None:
    await open_modal(ada)
    await expect(ada.dialog.get_by_label("Bounce")).to_be_focused()
    await assert_accessible(ada)
    await ada.dialog.get_by_label("Bounce").fill("550 5.1.1 no\nsuch user")
    await ada.dialog.get_by_label("Language").select_option("French")
    await ada.dialog.get_by_label("Advice").check()
    await ada.dialog.get_by_label("Everybody").check()
    await ada.dialog.get_by_label("Since").fill("2026-11-23")
    await ada.dialog.get_by_role("button", name="Explain").click()
    await expect(ada.dialog.last).to_contain_text("It will be explained")
    (values,) = form.submitted
    assert values["Bounce"]["value"] == "550 5.1.1 no\nsuch user"
    assert values["Note"]["value"] is None
    assert values["Language"]["selected_option"]["value"] == "french"
    assert [option["value"] for option in values["Parts"]["selected_options"]] == ["advice"]
    assert values["For"]["selected_option"]["value"] == "everybody"
    assert values["Since"]["selected_date"] == "2026-11-23"
    await ada.dialog.last.get_by_role("button", name="Explain").click()
    await expect(ada.dialog).to_have_count(0)


async def test_what_the_app_does_not_accept_is_said_at_the_field(form: FormApp, ada: Window) -> None:
    await open_modal(ada)
    await ada.dialog.get_by_role("button", name="Explain").click()
    await expect(ada.dialog.get_by_role("alert")).to_have_text("Please complete this required field.")
    await ada.dialog.get_by_label("Bounce").fill("hello")
    await ada.dialog.get_by_role("button", name="Explain").click()
    await expect(ada.dialog.get_by_role("alert")).to_have_text("There is no reply code in it")
    await expect(ada.dialog.get_by_label("Bounce")).to_have_value("hello")
    assert form.submitted == []


async def test_escape_closes_a_modal(form: FormApp, ada: Window) -> None:
    await open_modal(ada)
    await ada.page.keyboard.press("Escape")
    await expect(ada.dialog).to_have_count(0)
    await expect(ada.box).to_be_visible()


async def test_the_app_fills_its_home_and_its_buttons_work(form: FormApp, ada: Window) -> None:
    await ada.goes_to("Formy")
    await ada.channel.get_by_role("link", name="Home").click()
    home = ada.page.get_by_role("region", name="Home")
    await expect(home).to_contain_text("What Formy does")
    await expect(ada.box).to_be_hidden()
    await assert_accessible(ada)
    await home.get_by_role("button", name="Paste a Bounce").click()
    await expect(ada.dialog).to_contain_text("All of it, headers too")
    await ada.page.keyboard.press("Escape")
    await ada.channel.get_by_role("link", name="Messages").click()
    await expect(ada.box).to_be_visible()


async def test_feedback_is_told_and_stays_marked(form: FormApp, ada: Window, slack: Playground) -> None:
    def thumb(text: str, value: str) -> dict[str, object]:
        return {"text": {"type": "plain_text", "text": text}, "value": value}

    buttons = {
        "type": "feedback_buttons",
        "action_id": "rate",
        "positive_button": thumb("Helpful", "yes"),
        "negative_button": thumb("Not Helpful", "no"),
    }
    blocks = [{"type": "context_actions", "elements": [buttons]}]
    await form.client.chat_postMessage(
        channel="#general", text="An answer", blocks=blocks, unfurl_links=False, unfurl_media=False
    )
    await ada.messages.get_by_role("button", name="Not Helpful").click()
    await expect(ada.messages.get_by_role("button", name="Not Helpful")).to_have_attribute("aria-pressed", "true")
    assert [action["value"] for action in form.pressed] == ["no"]
