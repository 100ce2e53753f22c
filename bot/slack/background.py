"""What has been begun and is not finished yet, so that a program that is told to end can wait for it."""

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager


class UnderWay:
    """Counts the requests and the answers under way, and holds the tasks that make them."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()
        self._requests = 0
        self._idle = asyncio.Event()
        self._idle.set()

    def start(self, answer: Coroutine[object, object, None]) -> None:
        """Start an answer in the background; it must catch its own errors."""
        task = asyncio.get_running_loop().create_task(answer)
        self._tasks.add(task)  # the event loop itself keeps only a weak reference
        self._idle.clear()
        task.add_done_callback(self._done)

    @contextmanager
    def request(self) -> Iterator[None]:
        """Count a request as under way."""
        self._requests += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._requests -= 1
            self._tell_if_idle()

    async def finished(self, seconds: float) -> bool:
        """Wait until nothing is under way; after that many seconds cancel the rest and return False."""
        try:
            async with asyncio.timeout(seconds):
                await self._idle.wait()
        except TimeoutError:
            for task in self._tasks:
                task.cancel()
            return False
        return True

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._tell_if_idle()

    def _tell_if_idle(self) -> None:
        if not self._tasks and not self._requests:
            self._idle.set()
