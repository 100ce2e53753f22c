"""The faults that a test, or a curious person, may ask the playground to have."""

from dataclasses import dataclass


@dataclass(slots=True)
class Faults:
    """
    What goes wrong from now on; nothing, to begin with.

    The retry delays and the patience are Slack's own; tests shorten them.
    """

    rate_limited: int = 0  # so many more calls of the bot are answered 429
    retry_after: int = 1  # seconds, in the Retry-After of those answers
    slow: float = 0.0  # seconds that each call of the bot takes
    repeat: int = 1  # how often each event is delivered, at the same instant
    patience: float = 3.0  # seconds in which a delivery must be acknowledged
    retry_delays: tuple[float, ...] = (0.0, 60.0, 300.0)  # before each retry
