"""What was worked out from our knowledge is remembered, until that knowledge changes."""

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar

_P = ParamSpec("_P")
_R = TypeVar("_R")
_caches: list[Callable[[], None]] = []


def remembered(most: int) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """
    Remember the newest results of a pure function, at most so many; its arguments must be hashable.

    >>> remembered(16)(str.upper)("x5x")
    'X5X'
    """

    def keep(function: Callable[_P, _R]) -> Callable[_P, _R]:
        cached = lru_cache(maxsize=most)(function)
        _caches.append(cached.cache_clear)
        return cached  # type: ignore[return-value]  # an lru_cache takes what the function takes

    return keep


def forget() -> None:
    """Forget all of it: a team's knowledge was laid over ours, or taken away."""
    for clear in _caches:
        clear()
