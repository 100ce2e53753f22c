"""Slash commands, over real Socket Mode and over real signed HTTP."""

import pytest

from bot.playground import Playground
from tests.slack_person import Person, RefusedError
from tests.test_playground.echo_app import Echo, Json, by_socket, echo_app


async def test_a_command_is_answered_inside_its_acknowledgement(slack: Playground, echo: Echo, ada: Person) -> None:
    seen = await ada.command("/echo", "<j@ex.org> & co")
    assert seen["response_type"] == "ephemeral"
    assert seen["text"] == "An echo"
    assert echo.bodies[-1]["text"] == "<j@ex.org> & co"
    assert [call.method for call in slack.calls if call.method.startswith("chat.")] == []


async def test_the_answer_to_a_command_is_seen_by_nobody_else(echo: Echo, ada: Person, grace: Person) -> None:
    await ada.command("/echo", "452")
    assert [message["text"] for message in await ada.ephemerals()] == ["An echo"]
    assert await grace.history() == []


async def test_a_command_that_is_answered_later_waits_for_it(echo: Echo, ada: Person) -> None:
    assert (await ada.command("/later"))["text"] == "Later"


async def test_a_command_can_ask_for_escaped_text(echo: Echo, ada: Person) -> None:
    await ada.command("/escaped", "@ada <j@ex.org>")
    assert echo.bodies[-1]["text"] == f"<@{ada.user_id}> &lt;<mailto:j@ex.org|j@ex.org>&gt;"


async def test_a_command_works_where_the_bot_is_not(slack: Playground, echo: Echo, ada: Person) -> None:
    await ada.call("conversations.create", name="private-talk", is_private=True)
    assert (await ada.command("/echo", "452", channel="private-talk"))["text"] == "An echo"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        pytest.param({"command": "/nonsense", "channel": "general"}, "invalid_command", id="unknown"),
        pytest.param({"command": "/echo", "channel": "nowhere"}, "channel_not_found", id="in no channel"),
        pytest.param({"channel": "general"}, "invalid_arguments", id="without a name"),
        pytest.param(
            {"command": "/echo", "channel": "general", "thread_ts": "1.2"},
            "command_not_supported_in_threads",
            id="in a thread",
        ),
    ],
)
async def test_refuses_a_command(ada: Person, arguments: Json, error: str) -> None:
    with pytest.raises(RefusedError) as refused:
        await ada.call("chat.command", **arguments)
    assert refused.value.error == error


async def test_a_command_that_nobody_acknowledges_times_out(slack: Playground, ada: Person) -> None:
    echo = echo_app(slack)
    async with by_socket(slack, echo):
        await slack.bot_connected()
        slack.faults.patience = 0.2
        with pytest.raises(RefusedError) as refused:
            await ada.command("/unhandled")
    assert refused.value.error == "operation_timeout"


async def test_a_command_with_nobody_to_hear_it_fails(slack: Playground, ada: Person) -> None:
    slack.faults.patience = 0.1
    with pytest.raises(RefusedError) as refused:
        await ada.command("/echo")
    assert refused.value.error == "dispatch_failed"
