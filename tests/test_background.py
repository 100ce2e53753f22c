"""Waiting for what is under way."""

import asyncio

from bot.slack.background import UnderWay


async def test_nothing_under_way_is_finished_at_once() -> None:
    assert await UnderWay().finished(0)


async def test_it_waits_for_requests_and_for_the_answers_that_they_start() -> None:
    under_way, order = UnderWay(), []

    async def answer() -> None:
        order.append("answered")

    async def request() -> None:
        with under_way.request():
            await asyncio.sleep(0)
            under_way.start(answer())

    asking = asyncio.create_task(request())
    await asyncio.sleep(0)
    assert await under_way.finished(5)
    assert order == ["answered"]
    await asking


async def test_it_does_not_wait_for_ever() -> None:
    under_way, cancelled = UnderWay(), asyncio.Event()

    async def answer() -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.set()
            raise

    under_way.start(answer())
    await asyncio.sleep(0)
    assert not await under_way.finished(0.01)
    await cancelled.wait()
