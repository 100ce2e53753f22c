"""Asking the bot, as people do it: commands, mentions, shortcuts, buttons, in a real browser."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.window import OpenWindow, Window
from tests.slack_person import OtherBot, Person

pytestmark = pytest.mark.asyncio(loop_scope="session")

BOUNCE = """```
550-5.7.26 Unauthenticated email from example.org
550 5.7.26 is not accepted due to its DMARC policy
```"""


async def test_a_command_is_answered_in_both_languages_for_one_alone(ada: Window, grace: Person) -> None:
    answer = await ada.asks("/smtp 452")
    await expect(answer).to_contain_text("Only visible to you")
    await expect(answer).to_contain_text("Insufficient system storage")
    await expect(answer).to_contain_text("Espace de stockage insuffisant")
    assert await grace.history() == []


async def test_share_in_channel_shows_it_to_all_and_takes_the_private_answer_away(ada: Window, grace: Person) -> None:
    answer = await ada.asks("/smtp 452")
    await answer.get_by_role("button", name="Share in Channel").click()
    await expect(ada.page.locator(".ephemeral")).to_have_count(0)
    await expect(ada.message("Insufficient system storage")).to_be_visible()
    assert "452" in (await grace.sees(lambda message: "bot_id" in message))["text"]


async def test_a_bounce_in_a_mention_is_answered_in_its_thread(ada: Window) -> None:
    question = await ada.says(f"@rebond why?\n{BOUNCE}")
    await expect(question.locator(".mention")).to_have_text("@Rebond")
    await ada.opens_thread(question)
    await expect(ada.replies).to_have_count(2)
    await expect(ada.replies.last).to_contain_text("DMARC")
    await expect(ada.replies.last).to_contain_text("SPF, DKIM ou DMARC ne passe pas")


async def test_a_thread_has_a_message_box_of_its_own(ada: Window) -> None:
    question = await ada.says("Mail to a customer comes back")
    await question.hover()
    await question.get_by_role("button", name="Reply in thread").click()
    await ada.reply_box.fill(f"@rebond {BOUNCE}")
    await ada.reply_box.press("Enter")
    await expect(ada.replies).to_have_count(3)
    await expect(question.locator(".replies")).to_contain_text("2 replies")


async def test_the_shortcut_explains_another_bots_alert(ada: Window, mailwatch: OtherBot) -> None:
    await mailwatch.post("Deferred: 451 4.7.1 Greylisting in action, please come back later")
    await ada.chooses(ada.message("Deferred"), "Explain This Bounce")
    answer = ada.page.locator(".message.ephemeral")
    await expect(answer).to_contain_text("Greylisting", ignore_case=True)


async def test_a_direct_message_needs_no_mention(ada: Window) -> None:
    await ada.goes_to("Rebond")
    await ada.says("552 5.2.2 mailbox is full")
    await expect(ada.message("La boîte du destinataire est pleine")).to_be_visible()


async def test_an_everyday_sentence_stays_unanswered(ada: Window, grace: Person) -> None:
    await ada.says("Reminder: we have 250 users and 550 mailboxes")
    await ada.says("/smtp 452")
    await expect(ada.page.locator(".ephemeral")).to_be_visible()
    assert len(await grace.history()) == 1


async def test_what_others_say_appears_and_is_marked_unread_elsewhere(ada: Window, grace: Person) -> None:
    await grace.say("hello from grace")
    await expect(ada.message("hello from grace")).to_be_visible()
    await grace.say("look here", channel="incident-mail")
    await expect(ada.sidebar.get_by_role("button", name="incident-mail")).to_contain_text("1")
    await ada.goes_to("incident-mail")
    await expect(ada.message("look here")).to_be_visible()
    await expect(ada.channel.get_by_text("New", exact=True)).to_be_visible()
    await expect(ada.sidebar.locator(".badge")).to_have_count(0)


async def test_one_can_be_somebody_else(ada: Window) -> None:
    await ada.says("a word from ada")
    await ada.sidebar.get_by_role("button", name=re.compile("You are")).click()
    await ada.menu.get_by_role("menuitem", name="camille").click()
    await expect(ada.sidebar.locator(".who")).to_contain_text("camille")
    await ada.says("a word from camille")
    await expect(ada.message("a word from camille").locator(".author")).to_have_text("camille")
    await expect(ada.message("a word from ada").locator(".author")).to_have_text("ada")


async def test_one_can_be_anybody(ada: Window) -> None:
    await ada.sidebar.get_by_role("button", name=re.compile("You are")).click()
    await ada.menu.get_by_role("menuitem", name="Someone else…").click()
    await ada.dialog.get_by_label("Name of the person").fill("Zoé")
    await ada.dialog.get_by_role("button", name="Continue").click()
    await expect(ada.sidebar.locator(".who")).to_contain_text("zo")


async def test_one_can_be_a_bot_that_posts_alerts(ada: Window) -> None:
    await ada.sidebar.get_by_role("button", name=re.compile("You are")).click()
    await ada.menu.get_by_role("menuitem", name=re.compile("mailwatch")).click()
    alert = await ada.says("41 messages deferred")
    await expect(alert.locator(".author")).to_have_text("mailwatch")
    await expect(alert.locator(".app-badge")).to_have_text("APP")


async def test_a_sample_goes_into_the_message_box(ada: Window) -> None:
    await ada.side.get_by_role("button", name="A reply code").click()
    await expect(ada.box).to_be_focused()
    await expect(ada.box).to_have_value("/smtp 452")


async def test_a_choice_of_language_changes_the_page_and_the_person(ada: Window, grace: Person) -> None:
    await ada.side.get_by_label("Your language in Slack").select_option("fr-FR")
    await expect(ada.box).to_have_attribute("placeholder", re.compile("^Message à"))
    await expect(ada.page.locator("html")).to_have_attribute("lang", "fr")
    user = await grace.call("users.info", user=await user_id(grace, "ada"), include_locale=True)
    assert user["user"]["locale"] == "fr-FR"


async def user_id(person: Person, name: str) -> str:
    async with Person(person.url, name) as other:
        return other.user_id


async def test_a_french_browser_gets_a_french_page(open_window: OpenWindow) -> None:
    ada = await open_window("ada", locale="fr-FR")
    answer = await ada.asks("/smtp 452")
    await expect(answer).to_contain_text("Visible uniquement par vous")


async def test_a_command_that_does_not_exist_is_answered_by_slack_itself(ada: Window) -> None:
    answer = await ada.asks("/nonsense")
    await expect(answer).to_contain_text("is not a valid command")


async def test_one_edits_and_deletes_own_messages(ada: Window) -> None:
    message = await ada.says("a mistaek")
    await ada.chooses(message, "Edit message")
    await ada.page.get_by_role("textbox", name="Edit message").fill("a mistake")
    await ada.page.keyboard.press("Enter")
    await expect(ada.message("a mistake")).to_contain_text("(edited)")
    await ada.chooses(ada.message("a mistake"), "Delete message")
    await ada.dialog.get_by_role("button", name="Delete").click()
    await expect(ada.messages).to_have_count(0)


async def test_a_copied_link_leads_to_the_message(ada: Window) -> None:
    message = await ada.says("look at this one")
    await ada.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await ada.chooses(message, "Copy link")
    await ada.page.goto(await ada.page.evaluate("navigator.clipboard.readText()"))
    await expect(ada.replies).to_contain_text("look at this one")


async def test_a_message_shows_its_json(ada: Window) -> None:
    await ada.chooses(await ada.says("hello"), "View as JSON")
    await expect(ada.dialog).to_contain_text('"text": "hello"')


async def test_what_is_broken_on_purpose_is_answered_once_all_the_same(ada: Window) -> None:
    await ada.side.get_by_text("Break it").click()
    await ada.side.get_by_role("button", name="Next 2 calls: 429").click()
    await ada.side.get_by_role("button", name="Each event comes 3 times").click()
    await expect(ada.side.locator("[aria-pressed=true]")).to_have_count(2)
    question = await ada.says(f"@rebond why?\n{BOUNCE}")
    await ada.opens_thread(question)
    await expect(ada.replies).to_have_count(2)
    await expect(question.locator(".replies")).to_contain_text("1 reply")


async def test_the_page_comes_back_after_the_bot_was_dropped(ada: Window) -> None:
    await ada.side.get_by_text("Break it").click()
    await ada.side.get_by_role("button", name="Drop the connection").click()
    await expect(ada.sidebar.locator(".connection")).to_have_text("Rebond is connected")
    await expect(await ada.asks("/smtp 452")).to_contain_text("Insufficient system storage")
