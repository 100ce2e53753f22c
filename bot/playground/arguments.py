"""The arguments of a call, however they came: form, JSON or query."""

import math
from collections.abc import Mapping
from typing import Any

from bot.playground.errors import SlackError
from bot.playground.strict_json import read_json


class Arguments:
    """
    The arguments of one call, read as the type that is asked for.

    >>> Arguments({"limit": "3", "blocks": "[]"}).number("limit", 10)
    3
    """

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = {name: value for name, value in values.items() if value is not None}

    def text(self, name: str, default: str = "") -> str:
        """Give an argument as a string."""
        value = self.values.get(name, default)
        if isinstance(value, (dict, list)):
            raise SlackError("invalid_arguments")
        return str(value)

    def needed(self, name: str) -> str:
        """Give an argument that must be there."""
        value = self.text(name)
        if not value:
            messages = [f"[ERROR] missing required field: {name}"]
            raise SlackError("invalid_arguments", response_metadata={"messages": messages})
        return value

    def flag(self, name: str) -> bool:
        """Give an argument as yes or no."""
        return self.text(name).lower() in ("true", "1")

    def number(self, name: str, default: int) -> int:
        """Give an argument as a whole number."""
        try:
            return int(self.text(name) or default)
        except ValueError:
            raise SlackError("invalid_arguments") from None

    def seconds(self, name: str) -> float:
        """Give an argument as a time in seconds, at most a minute."""
        try:
            seconds = float(self.text(name) or 0)
        except ValueError:
            raise SlackError("invalid_arguments") from None
        return min(max(seconds, 0.0), 60.0) if math.isfinite(seconds) else 0.0

    def structure(self, name: str, error: str = "invalid_arguments") -> Any:
        """Give an argument that is a list or an object; in a form it comes as a string of JSON."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return read_json(value) if value else None
        except ValueError:
            raise SlackError(error) from None

    def message(self) -> dict[str, Any]:
        """Give what makes a message: the arguments, blocks and attachments read."""
        blocks = self.structure("blocks", "invalid_blocks_format")
        return {**self.values, "blocks": blocks, "attachments": self.structure("attachments")}
