"""The events that have been answered: Slack delivers one up to four times, sometimes at the same instant."""

from collections.abc import Hashable

from cachetools import TTLCache


class Seen:
    """Remembers events for a while, longer than Slack repeats them."""

    def __init__(self, *, seconds: float = 3600, size: int = 20_000) -> None:
        self._keys: TTLCache[Hashable, None] = TTLCache(maxsize=size, ttl=seconds)

    def first_time(self, *keys: Hashable) -> bool:
        """
        Remember an event under all its keys; tell whether none of them was known.

        >>> seen = Seen()
        >>> seen.first_time("Ev1", ("C1", "17.42"))
        True
        >>> seen.first_time("Ev2", ("C1", "17.42"))
        False
        """
        known = any(key in self._keys for key in keys)
        for key in keys:
            self._keys[key] = None
        return not known
