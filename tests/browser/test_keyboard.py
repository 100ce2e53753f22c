"""Everything without a mouse."""

import pytest
from playwright.async_api import expect

from tests.browser.window import Window
from tests.slack_person import OtherBot, Person

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_slash_offers_the_commands_with_their_hints(ada: Window) -> None:
    await ada.box.press_sequentially("/s")
    await expect(ada.channel.get_by_role("option")).to_contain_text("[452 | 5.7.26")
    await ada.box.press("Enter")
    await expect(ada.box).to_have_value("/smtp ")
    await ada.box.press_sequentially("452")
    await ada.box.press("Enter")
    await expect(ada.page.locator(".ephemeral")).to_contain_text("Insufficient system storage")


async def test_an_at_sign_completes_the_bot(ada: Window) -> None:
    await ada.box.press_sequentially("hello @re")
    await ada.box.press("Tab")
    await expect(ada.box).to_have_value("hello @rebond ")
    await ada.box.press("Enter")
    await expect(ada.messages.locator(".mention")).to_have_text("@Rebond")


async def test_shift_enter_breaks_the_line_and_the_box_grows(ada: Window) -> None:
    await ada.box.press_sequentially("one")
    before = await height(ada)
    await ada.box.press("Shift+Enter")
    await ada.box.press_sequentially("two")
    assert await height(ada) > before
    await expect(ada.messages).to_have_count(0)
    await ada.box.press("Enter")
    assert await ada.messages.locator(".content").inner_text() == "one\ntwo"
    assert await height(ada) == before


async def height(window: Window) -> float:
    box = await window.box.bounding_box()
    assert box
    return box["height"]


async def test_arrow_up_edits_the_last_own_message(ada: Window, grace: Person) -> None:
    message = await ada.says("five hundred")
    await grace.say("something else")
    await expect(ada.message("something else")).to_be_visible()
    await ada.box.press("ArrowUp")
    await expect(ada.page.get_by_role("textbox", name="Edit message")).to_be_focused()
    await ada.page.keyboard.type(" and fifty")
    await ada.page.keyboard.press("Enter")
    await expect(message).to_contain_text("five hundred and fifty")
    await expect(ada.box).to_be_focused()


async def test_a_draft_stays_where_it_was_typed(ada: Window) -> None:
    await ada.box.fill("half a thought")
    await ada.goes_to("incident-mail")
    await expect(ada.box).to_have_value("")
    await ada.goes_to("general")
    await expect(ada.box).to_have_value("half a thought")


async def test_the_shortcut_on_an_alert_by_keys_alone(ada: Window, mailwatch: OtherBot) -> None:
    await mailwatch.post("552 5.2.2 mailbox is full")
    await expect(ada.message("552")).to_be_visible()
    keys = ada.page.keyboard
    await ada.page.get_by_role("log").first.focus()
    await keys.press("ArrowUp")
    await expect(ada.message("552")).to_be_focused()
    more = ada.message("552").get_by_role("button", name="More actions")
    while not await more.evaluate("button => button === document.activeElement"):
        await keys.press("Tab")
    await keys.press("Enter")
    await expect(ada.menu.get_by_role("menuitem", name="Explain This Bounce")).to_be_focused()
    await keys.press("Enter")
    await expect(ada.page.locator(".ephemeral")).to_contain_text("mailbox is full")


async def test_a_menu_closes_by_escape_and_gives_the_focus_back(ada: Window) -> None:
    who = ada.sidebar.locator(".who")
    await who.focus()
    await ada.page.keyboard.press("Enter")
    await expect(ada.menu.get_by_role("menuitem").first).to_be_focused()
    await ada.page.keyboard.press("ArrowDown")
    await expect(ada.menu.get_by_role("menuitem").nth(1)).to_be_focused()
    await ada.page.keyboard.press("Escape")
    await expect(ada.menu).to_have_count(0)
    await expect(who).to_be_focused()


async def test_from_a_thread_back_to_where_one_was(ada: Window) -> None:
    message = await ada.says("a question")
    await message.hover()
    await message.get_by_role("button", name="Reply in thread").click()
    await expect(ada.reply_box).to_be_focused()
    await ada.page.keyboard.press("Escape")
    await expect(ada.side).to_be_hidden()
    await expect(ada.box).to_be_focused()


async def test_the_first_tab_leads_to_the_message_box(ada: Window) -> None:
    await ada.page.keyboard.press("Tab")
    await expect(ada.page.locator(".skip")).to_be_focused()
    await ada.page.keyboard.press("Enter")
    await expect(ada.box).to_be_focused()
