"""Reading a thread, and several messages as one."""

from typing import Any

from bot.slack.reading import explain_messages, explain_readings, read_thread

FULL = "552 5.2.2 mailbox is full"
UNKNOWN = "550 5.1.1 user unknown"


class Pages:
    """A client whose thread comes in pages, the parent on each, as Slack gives it."""

    def __init__(self, replies: int) -> None:
        self.messages = [{"ts": f"{number:04}", "text": str(number)} for number in range(replies + 1)]
        self.calls = 0

    async def conversations_replies(self, *, limit: int, cursor: str | None, **_: str) -> dict[str, Any]:
        self.calls += 1
        start = int(cursor or 1)
        more = start + limit < len(self.messages)
        return {
            "messages": [self.messages[0], *self.messages[start : start + limit]],
            "response_metadata": {"next_cursor": str(start + limit) if more else ""},
        }


async def read(replies: int) -> tuple[list[str], int]:
    pages = Pages(replies)
    thread = await read_thread(pages, "C1", "0000")  # type: ignore[arg-type]
    return [message["text"] for message in thread], pages.calls


async def test_a_short_thread_is_read_whole() -> None:
    assert await read(3) == (["0", "1", "2", "3"], 1)


async def test_of_a_long_thread_the_parent_and_the_newest_replies_are_read() -> None:
    texts, calls = await read(450)
    assert texts == ["0", *map(str, range(441, 451))]
    assert calls == 3


async def test_a_thread_without_end_is_not_read_to_the_end() -> None:
    assert (await read(5000))[1] == 3


def test_several_messages_are_explained_as_one_and_every_failure_once() -> None:
    told = explain_messages([{"text": "hello"}, {"text": FULL}, {"text": UNKNOWN}, {"text": FULL}])
    assert [failure.cause for failure in told.failures] == ["mailbox_full", "recipient_unknown"]


def test_nothing_comes_of_nothing() -> None:
    assert explain_messages([]).kind == "nothing"
    assert explain_readings([]).kind == "nothing"
    assert explain_messages([{"text": "hello"}]).failures == ()


def test_the_first_reading_that_says_something_counts() -> None:
    assert explain_readings(["hello", FULL, UNKNOWN]).failures[0].cause == "mailbox_full"


def test_a_bounce_below_a_question_about_a_code_stays_a_bounce() -> None:
    told = explain_messages([{"text": "what does 550 mean?"}, {"text": FULL}])
    assert told.kind == "reply"
    assert told.failures[-1].cause == "mailbox_full"
