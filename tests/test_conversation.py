"""Conversations with the real bot, over real Socket Mode and real signed HTTP, in the playground's Slack."""

import asyncio
import sys
from typing import Any

import pytest

from bot.playground import Playground
from bot.playground.hub import Hub, ResponseUrl
from tests.slack_person import OtherBot, Person

BOUNCE = "550-5.7.26 Unauthenticated email from example.org\n550 5.7.26 is not accepted due to its DMARC policy"
FULL = "552 5.2.2 <jo@example.org>: mailbox is full"

pytestmark = pytest.mark.usefixtures("bot")


def is_answer(message: dict[str, Any]) -> bool:
    return "bot_id" in message


# /smtp


@pytest.mark.parametrize(
    ("typed", "english", "french"),
    [
        pytest.param("452", "452 · Insufficient system storage", "Espace de stockage", id="a reply code"),
        pytest.param("5.7.26", "5.7.26", "5.7.26", id="an enhanced status code"),
        pytest.param("4xx", "4xx", "4xx", id="a class"),
        pytest.param("boite pleine", "mailbox is full", "boîte", id="words without accents"),
        pytest.param(FULL, "mailbox is full", "boîte du destinataire est pleine", id="a pasted reply"),
        pytest.param("999", "no code, reply or bounce", "ni code, ni réponse", id="a number that is no code"),
        pytest.param("", "explains SMTP replies", "explique les réponses", id="nothing"),
        pytest.param("🙃🙃🙃", "no code, reply or bounce", "ni code, ni réponse", id="only emoji"),
        pytest.param("x" * 40_000, "no code, reply or bounce", "ni code, ni réponse", id="40,000 characters"),
    ],
)
async def test_smtp_answers_the_one_who_asks_in_both_languages(
    slack: Playground, ada: Person, typed: str, english: str, french: str
) -> None:
    answer = await ada.command("/smtp", typed)
    assert answer["response_type"] == "ephemeral"
    assert english.casefold() in str(answer).casefold()
    assert french.casefold() in str(answer).casefold()
    assert [call.method for call in slack.calls if call.method.startswith("chat.")] == []


@pytest.mark.parametrize(
    ("typed", "said", "unsaid"),
    [
        ("fr 452", "Espace de stockage insuffisant", "Insufficient system storage"),
        ("en 452", "Insufficient system storage", "Espace de stockage insuffisant"),
        ("aide", "explique les réponses SMTP", "explains SMTP replies"),
        ("help", "explains SMTP replies", "explique les réponses SMTP"),
        ("liste", "Codes de réponse SMTP", "SMTP reply codes"),
        ("list", "SMTP reply codes", "Codes de réponse SMTP"),
        ("fr help", "explique les réponses SMTP", "explains SMTP replies"),
    ],
)
async def test_smtp_answers_in_the_language_that_was_chosen(ada: Person, typed: str, said: str, unsaid: str) -> None:
    answer = str(await ada.command("/smtp", typed))
    assert said in answer
    assert unsaid not in answer


async def test_an_answer_is_shared_with_the_channel_and_the_private_one_goes(ada: Person, grace: Person) -> None:
    private = await ada.command("/smtp", FULL)
    await ada.press(private, "share_in_channel")
    shared = await grace.sees(is_answer)
    assert "mailbox is full" in shared["text"]
    assert f"<@{ada.user_id}>" in str(shared["blocks"])
    assert "jo@example.org" not in str(shared)
    await ada.sees_gone(private)


async def test_a_button_that_does_not_tell_what_to_share_gets_a_sentence(
    slack: Playground, ada: Person, grace: Person
) -> None:
    private = await ada.command("/smtp", "452")
    spoil_buttons(slack, private)
    await ada.press(private, "share_in_channel")
    told = await ada.sees_ephemeral(after=private)
    assert "can no longer be shared" in told["text"]
    assert not any(map(is_answer, await grace.history()))


def spoil_buttons(slack: Playground, message: dict[str, Any]) -> None:
    channel = next(each for each in slack.hub.workspace.channels.values() if each.id == message["channel"])
    for block in channel.messages[message["ts"]].blocks:
        for element in block.get("elements", []):
            if element.get("action_id") == "share_in_channel":
                element["value"] = "spoilt"


# Mentions


async def test_a_mention_with_a_bounce_is_answered_in_its_thread(ada: Person, grace: Person) -> None:
    question = await ada.say(f"@rebond {BOUNCE}")
    answer = await grace.sees_reply(question)
    assert answer["thread_ts"] == question["ts"]
    assert "5.7.26" in answer["text"]
    assert "DMARC" in str(answer["blocks"])
    assert [message["text"] for message in await grace.history() if is_answer(message)] == []


async def test_a_mention_inside_a_thread_is_answered_there(ada: Person) -> None:
    root = await ada.say("Mail to a customer comes back")
    question = await ada.say_in_thread(root, f"@rebond ```{FULL}```")
    answer = await ada.sees_reply(question)
    assert "mailbox is full" in answer["text"]


async def test_a_bare_mention_explains_the_alert_above_it(ada: Person, mailwatch: OtherBot) -> None:
    alert = await mailwatch.post(
        "Delivery failed", attachments=[{"title": "bounce", "fields": [{"title": "reply", "value": FULL}]}]
    )
    question = await ada.say_in_thread(alert, "@rebond")
    answer = await ada.sees_reply(question)
    assert "mailbox is full" in answer["text"]


async def test_a_bare_mention_explains_what_was_said_below_the_first_message(ada: Person, grace: Person) -> None:
    root = await ada.say("Has anybody seen this?")
    await grace.say_in_thread(root, FULL)
    question = await ada.say_in_thread(root, "@rebond please")
    answer = await ada.sees_reply(question)
    assert "mailbox is full" in answer["text"]


async def test_without_the_history_scope_the_bot_says_what_it_lacks(slack: Playground, ada: Person) -> None:
    slack.scopes.discard("channels:history")
    root = await ada.say("Has anybody seen this?")
    question = await ada.say_in_thread(root, "@rebond")
    told = await ada.sees_reply(question)
    assert told["is_ephemeral"]
    assert "channels:history" in told["text"]
    assert "Explain This Bounce" in told["text"]


async def test_a_mention_with_nothing_to_explain_gets_examples_that_only_the_asker_sees(
    ada: Person, grace: Person
) -> None:
    question = await ada.say("@rebond we have 250 users and 550 mailboxes")
    told = await ada.sees_ephemeral(after=question)
    assert "thread_ts" not in told
    assert "/smtp 452" in str(told)
    assert not any(map(is_answer, await grace.history()))


async def test_a_thread_with_nothing_to_explain_gets_a_sentence_in_the_thread(ada: Person) -> None:
    root = await ada.say("Lunch?")
    question = await ada.say_in_thread(root, "@rebond")
    told = await ada.sees_reply(question)
    assert told["is_ephemeral"]


async def test_a_mention_asks_for_help(ada: Person) -> None:
    question = await ada.say("@rebond help")
    told = await ada.sees_ephemeral(after=question)
    assert "explains SMTP replies" in told["text"]


async def test_another_bot_is_answered_when_it_mentions_us(slack: Playground, ada: Person, mailwatch: OtherBot) -> None:
    bot_id = slack.hub.workspace.bot.id
    alert = await mailwatch.post(f"<@{bot_id}> {FULL}")
    answer = await ada.sees_reply(alert)
    assert "mailbox is full" in answer["text"]


async def test_another_bot_that_says_nothing_to_explain_gets_a_sentence_in_its_thread(
    slack: Playground, ada: Person, mailwatch: OtherBot
) -> None:
    alert = await mailwatch.post(f"<@{slack.hub.workspace.bot.id}> all is well")
    answer = await ada.sees_reply(alert)
    assert "/smtp 452" in str(answer)


async def test_what_is_not_for_the_bot_is_left_alone(slack: Playground, ada: Person) -> None:
    await ada.say("we have 250 users and 550 mailboxes")
    message = await ada.say("550 5.1.1 and no mention")
    await ada.edit(message, f"@rebond {FULL}")
    await ada.delete(message)
    await slack.delivered()
    # An answer to something later shows that nothing was said before.
    question = await ada.say(f"@rebond {BOUNCE}")
    answer = await ada.sees(is_answer)
    assert answer["thread_ts"] == question["ts"]


# Direct messages


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        pytest.param("452", "Insufficient system storage", id="a code"),
        pytest.param("boîte pleine", "mailbox is full", id="words"),
        pytest.param(FULL, "mailbox is full", id="a pasted reply"),
        pytest.param("fr 452", "Espace de stockage insuffisant", id="a language first"),
        pytest.param("help", "explains SMTP replies", id="help"),
        pytest.param("good morning", "no code, reply or bounce", id="nothing to explain"),
    ],
)
async def test_a_direct_message_is_answered_without_a_mention(ada: Person, typed: str, said: str) -> None:
    await ada.say_directly(typed)
    answer = await ada.sees(is_answer)
    assert said in str(answer)
    assert "thread_ts" not in answer


async def test_a_direct_message_in_a_thread_is_answered_there(ada: Person) -> None:
    question = await ada.say_directly("452")
    await ada.sees(is_answer)
    in_thread = await ada.say_in_thread(question, "550")
    answer = await ada.sees_reply(in_thread)
    assert answer["thread_ts"] == question["ts"]


# The message shortcut


async def test_the_shortcut_explains_another_bots_alert_in_a_thread(
    slack: Playground, ada: Person, grace: Person, mailwatch: OtherBot
) -> None:
    slack.hub.scopes -= {"channels:history", "groups:history"}
    root = await grace.say("What is wrong with our mail?")
    alert = await mailwatch.post(
        "New bounce",
        thread_ts=root["ts"],
        blocks=[{"type": "section", "text": {"type": "mrkdwn", "text": f"```{FULL}```".replace("<", "&lt;")}}],
    )
    await ada.shortcut("explain_this_bounce", alert)
    answer = await ada.sees_ephemeral(after=alert)
    assert "mailbox is full" in answer["text"]
    assert answer["thread_ts"] == root["ts"]
    await ada.press(answer, "share_in_channel")
    shared = await grace.sees_reply(alert)
    assert "mailbox is full" in shared["text"]


async def test_the_shortcut_says_so_where_there_is_nothing_to_explain(ada: Person, grace: Person) -> None:
    message = await grace.say("Lunch?")
    await ada.shortcut("explain_this_bounce", message)
    told = await ada.sees_ephemeral(after=message)
    assert "no code, reply or bounce" in str(told)


# When Slack has a bad day


async def test_eight_deliveries_at_the_same_instant_give_one_answer(slack: Playground, ada: Person) -> None:
    slack.faults.repeat = 8
    question = await ada.say(f"@rebond {FULL}")
    await ada.sees_reply(question)
    await slack.delivered()
    slack.faults.repeat = 1
    last = await ada.say(f"@rebond {BOUNCE}")
    await ada.sees_reply(last)
    assert len([message for message in await ada.thread(question) if is_answer(message)]) == 1


async def test_two_refusals_for_haste_still_end_in_one_answer(slack: Playground, ada: Person) -> None:
    slack.faults.rate_limited, slack.faults.retry_after = 2, 0
    question = await ada.say(f"@rebond {FULL}")
    await ada.sees_reply(question, seconds=15)
    assert len([message for message in await ada.thread(question) if is_answer(message)]) == 1


async def test_a_slow_slack_delays_no_command(slack: Playground, ada: Person) -> None:
    slack.faults.slow = 2
    async with asyncio.timeout(1):
        assert (await ada.command("/smtp", "452"))["text"]


async def test_a_person_whose_answer_fails_gets_a_reference_that_stands_in_the_log(
    slack: Playground, ada: Person, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["handlers.smtp_command"], "acknowledgement", fail)
    monkeypatch.setattr("bot.slack.reading.explain", fail)
    command = await ada.command("/smtp", FULL)
    mention = await ada.say(f"@rebond {FULL}")
    told = await ada.sees_ephemeral(after=command)
    await ada.shortcut("explain_this_bounce", mention)
    told_again = await ada.sees_ephemeral(after=told)
    for message in (command, told, told_again):
        reference = message["text"].split("reference ")[1][:8]
        assert f"fault {reference}: RuntimeError at" in caplog.text
    assert "jo@example.org" not in caplog.text


async def test_a_response_url_that_takes_nothing_more_leaves_nobody_without_a_word(
    slack: Playground, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_response_url = Hub.new_response_url

    def used_up(*arguments: Any) -> tuple[str, ResponseUrl]:
        url, state = new_response_url(*arguments)
        state.uses_left = 0
        return url, state

    monkeypatch.setattr(Hub, "new_response_url", used_up)
    message = await ada.say(FULL)
    await ada.shortcut("explain_this_bounce", message)
    assert "reference" in (await ada.sees_ephemeral(after=message))["text"]


def fail(*_: object, **__: object) -> None:
    raise RuntimeError(FULL)
