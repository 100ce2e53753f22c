"""The signs and marks of the catalogue in one matcher: one scan of a text finds all that stands in it."""

import re
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from bot.core.plain import pieces, plain, without_accents
from bot.core.sayings import Sayings, Sign, sayings
from bot.core.statements import NO_WORDS, Word, Words

_SHORT = 5  # letters
_BEGINNING = 14  # characters by which a piece is looked for: the automaton is built in half the time
_WIDEST_GAP = 100  # characters: an address or two
_MOST_STARTS = 50  # of a phrase with gaps in one text
_MOST_WORDS = 400  # of the catalogue's words in one text
_OF_NAMES = "@._-/+"  # behind these stands a part of an address, a host name or a path
_GOES_ON_AS_NAME = re.compile(r"[@_]|\.\w|[/+-]\S{0,80}?[.@]\w")
_FIRST_OF_CJK = "\u2e80"


class Found(NamedTuple):
    """A sign that stands in a text, and the phrase of it that was read."""

    sign: Sign
    phrase: str


class Scan(NamedTuple):
    """
    What stands in a text: signs, the speakers whose marks stand there, the blocklists and the stages it names.

    `words` are those of which statements are made.
    """

    signs: list[Found]
    speakers: list[str]
    blocklists: list[str]
    stages: list[str]
    words: Words = NO_WORDS


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
        self._said: list[tuple[str, str, Sign | str]] = [  # each phrase, its kind, and what it means
            *((phrase, "sign", sign) for sign in known.signs for phrase in sign.says),
            *((mark, "speaker", name) for name, speaker in known.speakers.items() for mark in speaker.marks),
            *(
                (phrase, "stage", stage)
                for speaker in known.speakers.values()
                for stage, words in (speaker.stages or {}).items()
                for phrase in words
            ),
            *((zone, "blocklist", name) for name, blocklist in known.blocklists.items() for zone in blocklist.zones),
        ]
        self._read: dict[int, _Phrase] = {}  # those that were found so far: of thousands few ever are
        wanted = [known.sought.get(phrase, phrase) for phrase, _, _ in self._said]
        self._words_from, self._names = len(wanted), list(known.words.values())
        self._goes_on = []
        for word in known.words:
            wanted.append(word.removesuffix("*"))
            self._goes_on.append(word.endswith("*") or _has_no_spaces(word))
        self._rest = [piece[_BEGINNING:] for piece in wanted]
        beginnings = [piece[:_BEGINNING] for piece in wanted]
        self._automaton = AhoCorasick(beginnings, implementation=Implementation.ContiguousNFA, store_patterns=False)

    def scan(self, text: str, *, words: bool = False) -> Scan:
        """Everything that stands in a text, in the order of the catalogue; `words` where statements are wanted."""
        scan = Scan([], [], [], [])
        found = {
            "sign": scan.signs,
            "speaker": scan.speakers,
            "blocklist": scan.blocklists,
            "stage": scan.stages,
        }
        compared = plain(text)
        found_in = self._automaton.find_matches_as_indexes(compared, overlapping=True)
        hits: set[int] = set()
        said: list[Word] = []
        for hit, start, end in found_in:
            if rest := self._rest[hit]:
                if not compared.startswith(rest, end):
                    continue
                end += len(rest)
            if hit >= self._words_from:
                if words and len(said) < _MOST_WORDS and self._is_word(hit - self._words_from, start, end, compared):
                    said.append(Word(start, end, self._names[hit - self._words_from]))
            elif hit not in hits and self._stands_alone(hit, start, end, compared):
                hits.add(hit)
        for hit in sorted(hits):
            phrase = self._read[hit]
            if not phrase.pieces or _stand_in_order(phrase.pieces, compared):
                found[phrase.kind].append(phrase.meaning)  # type: ignore[attr-defined]
        return scan._replace(words=Words(compared, _longest(said))) if words else scan

    def _is_word(self, index: int, start: int, end: int, text: str) -> bool:
        """Whether a word stands by itself, and in no address, host name or path."""
        if _has_no_spaces(text[start]):
            return not (start and _is_katakana(text[start]) and _is_katakana(text[start - 1]))
        before = text[start - 1] if start else " "
        if before.isalnum() or before in _OF_NAMES or _GOES_ON_AS_NAME.match(text, end):
            return False
        return self._goes_on[index] or not text[end : end + 1].isalnum()

    def _stands_alone(self, hit: int, start: int, end: int, text: str) -> bool:
        """Whether a phrase begins, and if it is short ends, where a word does."""
        phrase = self._read.get(hit) or self._read.setdefault(hit, _phrase(*self._said[hit]))
        return not (phrase.begins_a_word and start and _is_letter(text[start - 1])) and not (
            phrase.ends_a_word and _is_letter(text[end : end + 1])
        )


def _phrase(phrase: str, kind: str, meaning: Sign | str) -> _Phrase:
    """A phrase with all that is asked of where it stands."""
    parts = pieces(phrase)
    whole = len(parts) == 1
    begins = whole and _is_letter(parts[0][0])
    ends = whole and len(parts[0]) <= _SHORT and _is_letter(parts[0][-1])
    found = meaning if isinstance(meaning, str) else Found(meaning, phrase)
    return _Phrase(kind, found, begins, ends, () if whole else parts)


def _is_letter(character: str) -> bool:
    """Whether a character is a part of a word, for the languages that part words by spaces."""
    return character.isascii() and (character.isalnum() or character == "_")


def _has_no_spaces(text: str) -> bool:
    """Whether a text is of a script that writes no spaces between words, or ties endings to them, as Korean does."""
    return text[0] >= _FIRST_OF_CJK


def _is_katakana(character: str) -> bool:
    """Whether a character is of the script whose words are told apart by the others around them."""
    return "\u30a0" <= character <= "\u30ff"


def _longest(words: list[Word]) -> list[Word]:
    """Words in their order, without those that are part of a longer one; what one word may name in one place."""
    kept: list[Word] = []
    for word in sorted(words, key=lambda word: (word.start, -word.end)):
        if not kept or word.end > kept[-1].end:
            kept.append(word)
        elif word[:2] == kept[-1][:2]:
            kept[-1] = word._replace(names=(*kept[-1].names, *word.names))
    return kept


def _stand_in_order(pieces: tuple[str, ...], text: str) -> bool:
    """Whether the pieces stand one after another, each near the last."""
    start = text.find(pieces[0])
    for _ in range(_MOST_STARTS):
        if start < 0:
            return False
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
    beginning = phrase.partition("…")[0].strip()
    if text.isascii() and beginning.isascii():  # else small letters may be more or fewer than the text's own
        at = text.lower().find(beginning.lower())
        return None if at < 0 else at
    found = re.search(re.escape(without_accents(beginning)), without_accents(text), re.IGNORECASE)
    return found.start() if found else None
