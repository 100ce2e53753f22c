"""The signs and marks of the catalogue in one matcher: one scan of a text finds all that stands in it."""

import re
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from bot.core.sayings import Sayings, Sign, sayings

_SHORT = 5  # letters
_WIDEST_GAP = 100  # characters: an address or two


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


class _Phrase(NamedTuple):
    """What a phrase means, and where it counts; the pieces of one with gaps must stand in their order."""

    kind: str
    meaning: Found | str
    begins_a_word: bool
    ends_a_word: bool
    pieces: tuple[str, ...]


class Matcher:
    """
    All phrases, marks and zones as one automaton: time grows with the text alone, never with their number.

    A phrase begins where a word begins and may go on in a longer form (“spf fail”, “spf failed”); a short one stands
    alone (“PH01”); one with gaps (“quota … exceeded”) is looked for by its longest piece, wherever that stands.
    """

    def __init__(self, known: Sayings) -> None:
        self._phrases: list[_Phrase] = []
        wanted: list[str] = []

        def add(phrase: str, kind: str, meaning: Found | str) -> None:
            pieces = tuple(map(_plain, phrase.split("…")))
            whole = len(pieces) == 1
            begins = whole and _is_letter(pieces[0][0])
            ends = whole and len(pieces[0]) <= _SHORT and _is_letter(pieces[0][-1])
            self._phrases.append(_Phrase(kind, meaning, begins, ends, () if whole else pieces))
            wanted.append(max(pieces, key=len))

        for sign in known.signs:
            for phrase in sign.says:
                add(phrase, "sign", Found(sign, phrase))
        for name, speaker in known.speakers.items():
            for mark in speaker.marks:
                add(mark, "speaker", name)
            for stage, words in (speaker.stages or {}).items():
                for phrase in words:
                    add(phrase, "stage", stage)
        for name, blocklist in known.blocklists.items():
            for zone in blocklist.zones:
                add(zone, "blocklist", name)
        self._automaton = AhoCorasick(wanted, implementation=Implementation.ContiguousNFA)

    def scan(self, text: str) -> Scan:
        """Everything that stands in a text, in the order of the catalogue."""
        scan = Scan([], [], [], [])
        found = {
            "sign": scan.signs,
            "speaker": scan.speakers,
            "blocklist": scan.blocklists,
            "stage": scan.stages,
        }
        plain = _plain(text)
        found_in = self._automaton.find_matches_as_indexes(plain, overlapping=True)
        hits: set[int] = set()
        for hit, start, end in found_in:
            if hit not in hits and self._stands_alone(hit, start, end, plain):
                hits.add(hit)
        for hit in sorted(hits):
            phrase = self._phrases[hit]
            if not phrase.pieces or _stand_in_order(phrase.pieces, plain):
                found[phrase.kind].append(phrase.meaning)  # type: ignore[attr-defined]
        return scan

    def _stands_alone(self, hit: int, start: int, end: int, plain: str) -> bool:
        """Whether a phrase begins, and if it is short ends, where a word does."""
        phrase = self._phrases[hit]
        return not (phrase.begins_a_word and start and _is_letter(plain[start - 1])) and not (
            phrase.ends_a_word and _is_letter(plain[end : end + 1])
        )


def _plain(text: str) -> str:
    """A text as it is compared: small letters, single spaces, straight apostrophes, no half of a surrogate pair."""
    plain = " ".join(text.casefold().split())
    return plain if plain.isascii() else plain.replace("’", "'").encode("utf-8", "replace").decode()


def _is_letter(character: str) -> bool:
    """Whether a character is a part of a word, for the languages that part words by spaces."""
    return character.isascii() and (character.isalnum() or character == "_")


def _stand_in_order(pieces: tuple[str, ...], text: str) -> bool:
    """Whether the pieces stand one after another, each near the last."""
    start = text.find(pieces[0])
    while start >= 0:
        at = start + len(pieces[0])
        for piece in pieces[1:]:
            found = text.find(piece, at, at + _WIDEST_GAP + len(piece))
            if found < 0:
                break
            at = found + len(piece)
        else:
            return True
        start = text.find(pieces[0], start + 1)
    return False


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
    beginning = phrase.partition("…")[0].strip().replace("’", "'")
    if text.isascii():  # else small letters may be more or fewer than the text's own
        at = text.lower().find(beginning.lower())
        return None if at < 0 else at
    found = re.search(re.escape(beginning), text.replace("’", "'"), re.IGNORECASE)
    return found.start() if found else None
