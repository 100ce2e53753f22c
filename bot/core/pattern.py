"""Regular expressions that are compiled at their first use: most texts need few of them, and are answered sooner."""

import re
from typing import Any, cast


class _Pattern:
    """A stand-in for a compiled expression; each of its methods is looked up once."""

    def __init__(self, expression: str, flags: int) -> None:
        self._expression, self._flags = expression, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self._expression, self._flags), name)
        setattr(self, name, found)
        return found


def pattern(expression: str, flags: int = 0) -> re.Pattern[str]:
    r"""
    A regular expression, as of `re.compile`, for all but the first things that are asked of a text.

    An expression with a fault raises re.error when it is first used. It is not the `re` of what it finds.

    >>> pattern(r"\d+").findall("452 and 4.3.1")
    ['452', '4', '3', '1']
    """
    return cast("re.Pattern[str]", _Pattern(expression, flags))
