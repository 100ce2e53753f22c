"""Slack's Web API, as the app's own client calls it."""

import aiohttp
import pytest
from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Playground
from tests.slack_person import Person, RefusedError
from tests.test_playground.echo_app import QUIET, by_socket, echo_app, error_of


async def test_tells_the_app_who_it_is(bot: AsyncWebClient) -> None:
    answer = await bot.auth_test()
    assert answer["user"] == "echo"
    assert answer["bot_id"].startswith("B")
    assert "chat:write" in answer.headers["x-oauth-scopes"]


@pytest.mark.parametrize("token", ["xoxb-1-wrong", "xoxb-wrong", "nonsense", "xoxp-", "xoxp-../x"])
async def test_a_wrong_token_is_refused(bot: AsyncWebClient, token: str) -> None:
    bot.token = token
    assert await error_of(bot.auth_test()) == "invalid_auth"


async def test_an_app_token_only_opens_connections(slack: Playground, bot: AsyncWebClient) -> None:
    assert await error_of(bot.auth_test(token=slack.app_token)) == "not_allowed_token_type"
    assert await error_of(bot.apps_connections_open(app_token=slack.bot_token)) == "unknown_method"


async def test_refuses_a_bad_message_and_notes_it(slack: Playground, bot: AsyncWebClient) -> None:
    header = {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}
    post = bot.chat_postMessage(channel="general", text="x", blocks=[header], **QUIET)
    assert await error_of(post) == "invalid_blocks"
    assert slack.complaints == ["chat.postMessage: /blocks/0/text/text: 151 characters, more than 150"]


async def test_shows_complaints_with_the_message(slack: Playground, bot: AsyncWebClient, ada: Person) -> None:
    await bot.chat_postMessage(channel="general", text="<!channel> <@U0NOBODY>", **QUIET)
    (message,) = await ada.history()
    assert message["complaints"] == [
        "text: a mention that rings for many: <!channel>",
        "a mention of nobody here",
    ]


async def test_a_bad_answer_to_a_command_is_no_answer(slack: Playground, ada: Person) -> None:
    echo = echo_app(slack)

    @echo.app.command("/unhandled")
    async def unhandled(ack: AsyncAck) -> None:
        await ack(text="x", blocks=[{"type": "marquee"}])

    async with by_socket(slack, echo):
        await slack.bot_connected()
        with pytest.raises(RefusedError) as refused:
            await ada.command("/unhandled")
    assert refused.value.error == "invalid_command_response"
    assert slack.complaints == ["answer to a command: /blocks/0: no block has the type 'marquee'"]


async def test_an_ephemeral_message_is_for_one_person(bot: AsyncWebClient, ada: Person, grace: Person) -> None:
    await bot.chat_postEphemeral(channel="general", user=ada.user_id, text="psst")
    assert [message["is_ephemeral"] for message in await ada.history()] == [True]
    assert await grace.history() == []
    channel = await ada.channel_id("general")
    assert (await bot.conversations_history(channel=channel))["messages"] == []


async def test_an_ephemeral_message_shows_only_in_a_thread_with_replies(
    slack: Playground, bot: AsyncWebClient, ada: Person
) -> None:
    asked = await ada.say("550")
    psst = {"channel": "general", "user": ada.user_id, "text": "psst", "thread_ts": asked["ts"]}
    await bot.chat_postEphemeral(**psst)
    assert len(await ada.thread(asked)) == 1
    assert slack.complaints == ["ephemeral: in a thread without replies nobody sees it"]
    await ada.say_in_thread(asked, "and 551?")
    await bot.chat_postEphemeral(**psst)
    assert [message["text"] for message in await ada.thread(asked)] == ["550", "and 551?", "psst"]


async def test_posts_only_where_the_bot_is(bot: AsyncWebClient, ada: Person) -> None:
    await ada.call("conversations.create", name="elsewhere")
    assert await error_of(bot.chat_postMessage(channel="elsewhere", text="x", **QUIET)) == "not_in_channel"
    whisper = bot.chat_postEphemeral(channel="elsewhere", user=ada.user_id, text="x")
    assert await error_of(whisper) == "channel_not_found"
    await ada.call("conversations.invite", channel="elsewhere", users="echo")
    await bot.chat_postMessage(channel="elsewhere", text="x", **QUIET)


async def test_updates_and_deletes_only_its_own(bot: AsyncWebClient, ada: Person) -> None:
    posted = await bot.chat_postMessage(channel="general", text="one", **QUIET)
    channel = posted["channel"]
    await bot.chat_update(channel=channel, ts=posted["ts"], text="two")
    (message,) = await ada.history()
    assert (message["text"], "edited" in message) == ("two", True)
    await bot.chat_delete(channel=channel, ts=posted["ts"])
    assert await ada.history() == []
    hers = await ada.say("mine")
    assert await error_of(bot.chat_update(channel=channel, ts=hers["ts"], text="x")) == "cant_update_message"
    assert await error_of(bot.chat_delete(channel=channel, ts=hers["ts"])) == "cant_delete_message"
    assert await error_of(bot.chat_delete(channel=channel, ts="1.2")) == "message_not_found"


async def test_a_deleted_thread_keeps_its_place(ada: Person) -> None:
    first = await ada.say("550")
    await ada.say_in_thread(first, "551")
    await ada.delete(first)
    assert [message["text"] for message in await ada.thread(first)] == ["This message was deleted.", "551"]


async def test_reads_a_thread_in_pages_oldest_first(bot: AsyncWebClient, ada: Person) -> None:
    first = await ada.say("0")
    for number in range(1, 5):
        await ada.say_in_thread(first, str(number))
    pages = await bot.conversations_replies(channel=first["channel"], ts=first["ts"], limit=2)
    assert [[message["text"] for message in page["messages"]] async for page in pages] == [
        ["0", "1"],
        ["2", "3"],
        ["4"],
    ]


async def test_reads_a_channel_newest_first_without_threads(bot: AsyncWebClient, ada: Person) -> None:
    first = await ada.say("first")
    await ada.say_in_thread(first, "reply")
    second = await ada.say("second")
    read = await bot.conversations_history(channel=first["channel"])
    assert [message["text"] for message in read["messages"]] == ["second", "first"]
    assert read["messages"][1]["reply_count"] == 1
    newer = await bot.conversations_history(channel=first["channel"], oldest=first["ts"])
    assert [message["ts"] for message in newer["messages"]] == [second["ts"]]


async def test_tells_the_locale_when_asked(bot: AsyncWebClient, ada: Person) -> None:
    await ada.speak("fr-FR")
    assert (await bot.users_info(user=ada.user_id, include_locale=True))["user"]["locale"] == "fr-FR"
    assert await error_of(bot.users_info(user="U0")) == "user_not_found"


async def test_a_view_needs_a_trigger_that_was_not_used(slack: Playground, bot: AsyncWebClient, ada: Person) -> None:
    view = {"type": "modal", "title": {"type": "plain_text", "text": "x"}, "blocks": [{"type": "divider"}]}
    assert await error_of(bot.views_open(trigger_id="1.2", view=view)) == "invalid_trigger_id"
    trigger = slack.hub.new_trigger(slack.hub.workspace.person("ada"))
    opened = await bot.views_open(trigger_id=trigger, view=view)
    assert await error_of(bot.views_open(trigger_id=trigger, view=view)) == "invalid_trigger_id"
    await bot.views_update(view_id=opened["view"]["id"], view=view)


async def test_shares_a_file_that_the_app_can_download(slack: Playground, bot: AsyncWebClient, ada: Person) -> None:
    await ada.upload("bounce.eml", b"Subject: failed", initial_comment="look")
    (message,) = await ada.history()
    assert (message["subtype"], message["text"]) == ("file_share", "look")
    url = message["files"][0]["url_private_download"]
    async with aiohttp.ClientSession() as session:
        async with session.get(url, headers={"Authorization": f"Bearer {slack.bot_token}"}) as response:
            assert await response.read() == b"Subject: failed"
        async with session.get(url) as response:
            assert response.status == 404


async def test_the_app_shares_a_picture(bot: AsyncWebClient, ada: Person) -> None:
    channel = await ada.channel_id("general")
    await bot.files_upload_v2(channel=channel, filename="chart.png", content=b"PNG", title="A chart")
    (message,) = await ada.history()
    assert message["files"][0]["mimetype"] == "image/png"
