"""Windows of an app: who may fill them in, and what becomes of them."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Playground
from tests.slack_person import Person, RefusedError
from tests.test_playground.echo_app import Echo, Json, error_of


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def modal(**more: Any) -> Json:
    field = {"type": "plain_text_input", "action_id": "text", "initial_value": "552"}
    block = {"type": "input", "block_id": "reply", "label": plain("Reply"), "element": field}
    return {"type": "modal", "title": plain("Paste"), "submit": plain("Go"), "blocks": [block], **more}


async def opened(slack: Playground, bot: AsyncWebClient, person: Person, view: Json) -> str:
    trigger = slack.hub.new_trigger(slack.hub.workspace.person(person.name))
    answer = await bot.views_open(trigger_id=trigger, view=view)
    return str(answer["view"]["id"])


async def test_a_submission_brings_what_was_typed_or_stood_there(
    slack: Playground, echo: Echo, bot: AsyncWebClient, ada: Person
) -> None:
    view_id = await opened(slack, bot, ada, modal())
    with pytest.raises(RefusedError):
        await ada.call("view.submit", view_id=view_id)  # the echo does not listen to submissions
    sent = echo.bodies[-1]
    assert sent["type"] == "view_submission"
    assert sent["view"]["state"]["values"]["reply"]["text"] == {"type": "plain_text_input", "value": "552"}


async def test_what_must_be_filled_in_never_reaches_the_app_empty(
    slack: Playground, echo: Echo, bot: AsyncWebClient, ada: Person
) -> None:
    view_id = await opened(slack, bot, ada, modal())
    await ada.speak("fr-FR")
    answer = await ada.call("view.submit", view_id=view_id, values={"reply": {"text": ""}})
    assert answer["errors"] == {"reply": "Veuillez remplir ce champ obligatoire."}
    assert echo.bodies == []


async def test_only_its_person_fills_a_view_in(
    slack: Playground, bot: AsyncWebClient, ada: Person, grace: Person
) -> None:
    view_id = await opened(slack, bot, ada, modal())
    with pytest.raises(RefusedError) as refused:
        await grace.call("view.submit", view_id=view_id)
    assert refused.value.error == "view_not_found"


@pytest.mark.parametrize("values", [[], {"reply": []}, {"reply": {"text": {}}}, {"reply": {"text": [1]}}])
async def test_odd_values_are_no_values(slack: Playground, bot: AsyncWebClient, ada: Person, values: Any) -> None:
    view_id = await opened(slack, bot, ada, modal())
    await ada.call("view.close", view_id=view_id, values=values)
    assert view_id not in slack.hub.workspace.views


async def test_the_app_hears_of_a_closed_view_if_it_asked_to(
    slack: Playground, echo: Echo, bot: AsyncWebClient, ada: Person
) -> None:
    view_id = await opened(slack, bot, ada, modal(notify_on_close=True))
    with pytest.raises(RefusedError):
        await ada.call("view.close", view_id=view_id)
    assert (echo.bodies[-1]["type"], echo.bodies[-1]["is_cleared"]) == ("view_closed", False)


async def test_an_open_view_is_changed_in_its_place(slack: Playground, bot: AsyncWebClient, ada: Person) -> None:
    view_id = await opened(slack, bot, ada, modal())
    await bot.views_update(view_id=view_id, view=modal(callback_id="second"))
    assert slack.hub.workspace.views[view_id]["callback_id"] == "second"


async def test_three_views_may_stand_one_above_the_other(slack: Playground, bot: AsyncWebClient, ada: Person) -> None:
    first = await opened(slack, bot, ada, modal())
    person = slack.hub.workspace.person("ada")
    for _ in range(2):
        pushed = await bot.views_push(trigger_id=slack.hub.new_trigger(person), view=modal())
        assert pushed["view"]["root_view_id"] == first
    fourth = bot.views_push(trigger_id=slack.hub.new_trigger(person), view=modal())
    assert await error_of(fourth) == "push_limit_reached"
