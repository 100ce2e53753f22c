"""The signs and marks of the catalogue compiled into one matcher: one scan of a text finds all that stands in it."""

import re
from functools import cache
from typing import NamedTuple

import re2

from bot.core.sayings import Sayings, Sign, sayings

_SHORT = 5  # letters


class Found(NamedTuple):
    """A sign that stands in a text, and the phrase of it that was read."""

    sign: Sign
    phrase: str


class Scan(NamedTuple):
    """What stands in a text: signs, the speakers whose marks stand there, the blocklists and the stages it names."""

    signs: list[Found]
    speakers: list[str]
    blocklists: list[str]
    stages: list[str]


class Matcher:
    """All phrases, marks and zones as one automaton (RE2): time grows with the text alone, never with their number."""

    def __init__(self, known: Sayings) -> None:
        options = re2.Options()
        options.case_sensitive = False
        options.log_errors = False
        options.max_mem = 256 << 20
        self._set = re2.Set.SearchSet(options)
        # The kind, what was found, and of a phrase with gaps its pieces, which must stand in this order.
        self._meanings: list[tuple[str, Found | str, tuple[str, ...] | None]] = []
        for sign in known.signs:
            for phrase in sign.says:
                self._add(phrase, "sign", Found(sign, phrase))
        for name, speaker in known.speakers.items():
            for mark in speaker.marks:
                self._add(mark, "speaker", name)
            for stage, words in (speaker.stages or {}).items():
                for phrase in words:
                    self._add(phrase, "stage", stage)
        for name, blocklist in known.blocklists.items():
            for zone in blocklist.zones:
                self._add(zone, "blocklist", name)
        self._set.Compile()

    def scan(self, text: str) -> Scan:
        """Everything that stands in a text, in the order of the catalogue."""
        scan = Scan([], [], [], [])
        found = {
            "sign": scan.signs,
            "speaker": scan.speakers,
            "blocklist": scan.blocklists,
            "stage": scan.stages,
        }
        text = text.encode("utf-8", "replace").decode()  # half a surrogate pair is no text for RE2
        plain = ""
        for hit in sorted(self._set.Match(text) or ()):  # None for an empty text
            kind, meaning, pieces = self._meanings[hit]
            if pieces and not plain:
                plain = " ".join(text.casefold().split())
            if pieces is None or _stand_in_order(pieces, plain):
                found[kind].append(meaning)  # type: ignore[attr-defined]
        return scan

    def _add(self, phrase: str, kind: str, meaning: Found | str) -> None:
        """Of a phrase with gaps only the longest piece is in the automaton: gaps would multiply its states."""
        pieces = tuple(" ".join(piece.split()).casefold() for piece in phrase.split("…"))
        self._set.Add(pattern(phrase) if len(pieces) == 1 else _literal(max(pieces, key=len)))
        self._meanings.append((kind, meaning, pieces if len(pieces) > 1 else None))


def _stand_in_order(pieces: tuple[str, ...], text: str) -> bool:
    at = 0
    for piece in pieces:
        found = text.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return True


@cache
def matcher() -> Matcher:
    """The matcher of the catalogue, compiled at its first use."""
    return Matcher(sayings())


def position(phrase: str, text: str) -> int | None:
    """
    Where a phrase begins in a text of single spaces, in characters; None where it does not stand there.

    >>> position("over quota", "552 User is OVER quota")
    12
    """
    beginning = phrase.partition("…")[0].strip()
    if text.isascii():  # else small letters may be more or fewer than the text's own
        at = text.lower().find(beginning.lower())
        return None if at < 0 else at
    found = re.search(re.escape(beginning), text, re.IGNORECASE)
    return found.start() if found else None


def pattern(phrase: str) -> str:
    """
    A phrase without gaps as a pattern, with any white space between its words.

    It begins where a word begins and may go on in a longer form (“spf fail”, “spf failed”); a short one stands alone.

    >>> pattern("over quota"), pattern("PH01")
    ('\\\\bover\\\\s+quota', '\\\\bPH01\\\\b')
    """
    start = r"\b" if phrase[0].isascii() and phrase[0].isalnum() else ""
    end = r"\b" if len(phrase) <= _SHORT and phrase[-1].isascii() and phrase[-1].isalnum() else ""
    return start + _literal(phrase) + end


def _literal(piece: str) -> str:
    return r"\s+".join(map(re2.escape, piece.split()))
