"""Which events the app hears of."""

from bot.playground import Playground
from tests.slack_person import OtherBot, Person
from tests.test_playground.echo_app import Echo


async def test_a_mention_is_answered_in_its_thread(echo: Echo, ada: Person) -> None:
    asked = await ada.say("@echo 550 5.1.1 <j@ex.org>")
    answer = await ada.sees_reply(asked)
    assert answer["text"] == "You called"
    (event,) = echo.events("app_mention")
    assert event["text"].endswith("550 5.1.1 &lt;<mailto:j@ex.org|j@ex.org>&gt;")
    assert [element["type"] for element in event["blocks"][0]["elements"][0]["elements"]][:2] == [
        "user",
        "text",
    ]
    assert [message["text"] for message in await ada.thread(asked)] == [asked["text"], "You called"]


async def test_a_mention_inside_a_thread_names_the_thread(echo: Echo, ada: Person) -> None:
    alert = await ada.say("550 5.1.1")
    asked = await ada.say_in_thread(alert, "@echo")
    await ada.sees_reply(asked)
    assert echo.events("app_mention")[0]["thread_ts"] == alert["ts"]


async def test_another_bots_mention_is_delivered_too(slack: Playground, echo: Echo, ada: Person) -> None:
    app_user = slack.hub.workspace.bot.id
    async with OtherBot(slack.url) as mailwatch:
        asked = await mailwatch.post(f"<@{app_user}> 550")
    await ada.sees_reply(asked)
    assert "bot_id" in echo.events("app_mention")[0]


async def test_a_direct_message_comes_without_a_mention(echo: Echo, ada: Person) -> None:
    await ada.say_directly("452")
    await ada.sees(lambda message: message["text"] == "You wrote")
    assert echo.events("message")[0]["channel_type"] == "im"


async def test_what_is_not_for_the_app_is_not_delivered(slack: Playground, echo: Echo, ada: Person) -> None:
    await ada.say("we have 250 users")
    await slack.delivered()
    assert echo.bodies == []


async def test_nothing_is_heard_where_the_bot_is_not(slack: Playground, echo: Echo, ada: Person) -> None:
    await ada.call("conversations.kick", channel="general", user="echo")
    await ada.say("@echo 452")
    await slack.delivered()
    assert echo.bodies == []


async def test_an_event_that_lacks_its_scope_is_not_delivered(slack: Playground, echo: Echo, ada: Person) -> None:
    slack.scopes.remove("app_mentions:read")
    await ada.say("@echo 452")
    await slack.delivered()
    assert echo.bodies == []


async def test_an_edit_that_adds_a_mention_calls_the_app(echo: Echo, ada: Person) -> None:
    asked = await ada.say("452")
    await ada.edit(asked, "@echo 452")
    await ada.sees_reply(asked)
    assert echo.events("app_mention")[0]["edited"]["user"] == ada.user_id


async def test_the_home_is_published_when_it_is_opened(slack: Playground, echo: Echo, ada: Person) -> None:
    await ada.open_home()
    await slack.until(lambda: slack.hub.workspace.homes)
    assert (await ada.call("app.home"))["view"]["type"] == "home"


async def test_an_event_tells_what_slack_tells(slack: Playground, echo: Echo, ada: Person) -> None:
    await ada.sees_reply(await ada.say("@echo"))
    body = echo.bodies[0]
    assert body["type"] == "event_callback"
    assert body["event_id"].startswith("Ev")
    assert body["authorizations"][0]["user_id"] == slack.hub.workspace.bot.id
    assert {"team_id", "api_app_id", "event_time", "event_context"} <= body.keys()
