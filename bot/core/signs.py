"""The catalogue's signs compiled into one matcher: one scan of a text finds every phrase in it."""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import re2

from bot.core.catalogue import Sign, catalogue


class Found(NamedTuple):
    """A sign that stands in a text, and the phrase of it that was read."""

    sign: Sign
    phrase: str


class Matcher:
    """All phrases of some signs as one automaton (RE2): time grows with the text alone, never with the phrases."""

    def __init__(self, signs: Iterable[Sign]) -> None:
        options = re2.Options()
        options.case_sensitive = False
        options.log_errors = False
        self._phrases = [Found(sign, phrase) for sign in signs for phrase in sign.says]
        self._set = re2.Set.SearchSet(options)
        for found in self._phrases:
            self._set.Add(_pattern(found.phrase))
        self._set.Compile()

    def find(self, text: str) -> Found | None:
        """The longest phrase that stands in the text, for it says most; the earlier sign where two are as long."""
        hits = self._set.Match(text.encode("utf-8", "replace").decode()) or ()  # None for an empty text
        return min((self._phrases[hit] for hit in hits), key=_least_telling, default=None)


@cache
def matcher() -> Matcher:
    """The matcher of the catalogue's signs, compiled at its first use."""
    return Matcher(catalogue().signs)


def _least_telling(found: Found) -> int:
    return -len(found.phrase)


def _pattern(phrase: str) -> str:
    """A phrase as a pattern: any white space between its words, and no part of a longer word at its ends."""
    start = r"\b" if phrase[0].isascii() and phrase[0].isalnum() else ""
    end = r"\b" if phrase[-1].isascii() and phrase[-1].isalnum() else ""
    return start + r"\s+".join(map(re2.escape, phrase.split())) + end
