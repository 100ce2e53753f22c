"""Buttons and shortcuts."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Playground
from tests.slack_person import OtherBot, Person, RefusedError
from tests.test_playground.echo_app import QUIET, Echo, button


async def test_a_button_of_an_ephemeral_answer_shares_it(echo: Echo, ada: Person, grace: Person) -> None:
    seen = await ada.command("/echo", "452")
    await ada.press(seen, "share")
    assert (await grace.sees(lambda message: "Shared" in message["text"]))["text"] == "Shared: 3"
    await ada.sees_gone(seen)
    pressed = echo.bodies[-1]
    assert pressed["container"]["is_ephemeral"] is True
    assert "message" not in pressed
    assert pressed["actions"][0]["value"] == "452"


async def test_a_button_replaces_its_message(echo: Echo, ada: Person) -> None:
    seen = await ada.command("/echo", "452")
    await ada.press(seen, "forget")
    await ada.sees(lambda message: message["ts"] == seen["ts"] and message["text"] == "Forgotten")


async def test_nobody_presses_buttons_of_what_they_do_not_see(echo: Echo, ada: Person, grace: Person) -> None:
    seen = await ada.command("/echo", "452")
    with pytest.raises(RefusedError) as refused:
        await grace.press(seen, "share")
    assert refused.value.error == "message_not_found"


async def test_a_button_that_is_not_there_cannot_be_pressed(echo: Echo, ada: Person) -> None:
    with pytest.raises(RefusedError) as refused:
        await ada.press(await ada.command("/echo", "452"), "explode")
    assert refused.value.error == "action_not_found"


async def test_a_press_on_a_posted_message_brings_the_message(
    slack: Playground, echo: Echo, bot: AsyncWebClient, ada: Person
) -> None:
    blocks = [{"type": "actions", "block_id": "b", "elements": [button("forget", value="1")]}]
    await bot.chat_postMessage(channel="#general", text="Press", blocks=blocks, **QUIET)
    await ada.press(await ada.sees(lambda message: message["text"] == "Press"), "forget")
    pressed = echo.bodies[-1]
    assert pressed["message"]["text"] == "Press"
    assert pressed["container"]["is_ephemeral"] is False
    assert pressed["actions"][0]["block_id"] == "b"


async def test_a_shortcut_brings_another_bots_message_whole(slack: Playground, echo: Echo, ada: Person) -> None:
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "550 5.1.1"}}
    async with OtherBot(slack.url) as mailwatch:
        log = {"fallback": "log"}
        alert = await mailwatch.post("Delivery failed", blocks=[section], attachments=[log], username="Mail Watch")
        in_thread = await mailwatch.post("again", thread_ts=alert["ts"])
    await ada.shortcut("echo_this", alert)
    assert (await ada.sees_ephemeral(alert))["text"] == "It has 15 characters"
    message = echo.bodies[-1]["message"]
    assert (message["subtype"], message["username"]) == ("bot_message", "Mail Watch")
    assert message["blocks"][0]["text"]["text"] == "550 5.1.1"
    assert message["attachments"] == [{"fallback": "log"}]
    await ada.shortcut("echo_this", in_thread)
    assert echo.bodies[-1]["message"]["thread_ts"] == alert["ts"]


async def test_shortcuts_are_not_offered_on_ephemeral_messages(echo: Echo, ada: Person) -> None:
    seen = await ada.command("/echo", "452")
    with pytest.raises(RefusedError):
        await ada.shortcut("echo_this", seen)


async def test_an_unknown_shortcut_is_refused(ada: Person) -> None:
    with pytest.raises(RefusedError) as refused:
        await ada.shortcut("nonsense", await ada.say("hello"))
    assert refused.value.error == "invalid_callback_id"


async def test_a_global_shortcut_opens_a_view(echo: Echo, ada: Person) -> None:
    await ada.call("global.shortcut", callback_id="echo")
    assert [view["type"] for view in ada.views] == ["modal"]
