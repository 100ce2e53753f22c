"""The signs and marks of the catalogue in one matcher: one scan of a text finds all that stands in it."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import islice
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from bot.core.plain import pieces, plain, without_accents
from bot.core.sayings import Sayings, Sign, sayings
from bot.core.statements import Word, Words, no_words

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
    What stands in a text: signs, the speakers whose marks stand there, and the blocklists that it names.

    `stage` is what had been said in the session when the server refused; `words` finds those of which
    statements are made, which takes as long as all else: it is asked where no phrase decides.
    """

    signs: list[Found]
    speakers: list[str]
    blocklists: list[str]
    stage: str | None = None
    words: Callable[[], Words] = no_words


class _Phrase(NamedTuple):
    """What a phrase means, and where it counts; the pieces of one with gaps must stand in their order."""

    kind: str
    meaning: Found | str
    begins_a_word: bool
    ends_a_word: bool
    pieces: tuple[str, ...]


class _Pieces:
    """Pieces of text that are looked for all at once: time grows with the text alone, never with their number."""

    def __init__(self, wanted: Sequence[str]) -> None:
        self._rest = [piece[_BEGINNING:] for piece in wanted]
        beginnings = [piece[:_BEGINNING] for piece in wanted]
        self._automaton = AhoCorasick(beginnings, implementation=Implementation.ContiguousNFA, store_patterns=False)

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """Each piece that stands in a text, by its number, with where it begins and ends there."""
        rest = self._rest
        return [
            (number, start, end + len(rest[number]))
            for number, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True)
            if not rest[number] or text.startswith(rest[number], end)
        ]


class _Phrases:
    """
    Phrases, marks or zones, each with its kind and what it means.

    A phrase begins where a word begins and may go on in a longer form (“spf fail”, “spf failed”); a short one stands
    alone (“PH01”); one with gaps (“quota … exceeded”) is looked for by its longest piece, wherever that stands.
    """

    def __init__(self, said: Sequence[tuple[str, str, Sign | str]], sought: Mapping[str, str]) -> None:
        self._said = said
        self._read: dict[int, _Phrase] = {}  # those that were found so far: of thousands few ever are
        self._pieces = _Pieces([sought.get(phrase, phrase) for phrase, _, _ in said])

    def find(self, text: str) -> Iterator[_Phrase]:
        """The phrases that stand in a text, in the order of the catalogue."""
        hits = {hit for hit, start, end in self._pieces.find(text) if self._stands_alone(hit, start, end, text)}
        for hit in sorted(hits):
            phrase = self._read[hit]
            if not phrase.pieces or _stand_in_order(phrase.pieces, text):
                yield phrase

    def _stands_alone(self, hit: int, start: int, end: int, text: str) -> bool:
        """Whether a phrase begins, and if it is short ends, where a word does."""
        phrase = self._read.get(hit) or self._read.setdefault(hit, _phrase(*self._said[hit]))
        return not (phrase.begins_a_word and start and _is_letter(text[start - 1])) and not (
            phrase.ends_a_word and _is_letter(text[end : end + 1])
        )


class Matcher:
    """All that the catalogue knows, looked for in one pass: phrases; and apart from them words, and stages."""

    def __init__(self, known: Sayings) -> None:
        speakers = known.speakers.items()
        self._phrases = _Phrases(
            [
                *((phrase, "sign", sign) for sign in known.signs for phrase in sign.says),
                *((mark, "speaker", name) for name, speaker in speakers for mark in speaker.marks),
                *((zone, "blocklist", name) for name, one in known.blocklists.items() for zone in one.zones),
            ],
            known.sought,
        )
        self._stages = _Phrases(
            [
                (phrase, "stage", stage)
                for _, speaker in speakers
                for stage, phrases in (speaker.stages or {}).items()
                for phrase in phrases
            ],
            known.sought,
        )
        self._words = _Pieces([word.removesuffix("*") for word in known.words])
        self._names = list(known.words.values())
        self._goes_on = [word.endswith("*") or _has_no_spaces(word) for word in known.words]

    def scan(self, text: str, *, words: bool = False) -> Scan:
        """Everything that stands in a text, in the order of the catalogue; `words` where statements are wanted."""
        compared = plain(text)
        scan = Scan([], [], [], self._stage(compared), partial(self._words_in, compared) if words else no_words)
        found = {"sign": scan.signs, "speaker": scan.speakers, "blocklist": scan.blocklists}
        for phrase in self._phrases.find(compared):
            found[phrase.kind].append(phrase.meaning)  # type: ignore[attr-defined]
        return scan

    def stage(self, text: str) -> str | None:
        """The first stage of a session that a text names."""
        return self._stage(plain(text))

    def _stage(self, text: str) -> str | None:
        return next((str(phrase.meaning) for phrase in self._stages.find(text)), None)

    def _words_in(self, text: str) -> Words:
        stand = islice((hit for hit in self._words.find(text) if self._is_word(*hit, text)), _MOST_WORDS)
        return Words(text, _longest([Word(start, end, self._names[number]) for number, start, end in stand]))

    def _is_word(self, number: int, start: int, end: int, text: str) -> bool:
        """Whether a word stands by itself, and in no address, host name or path."""
        if _has_no_spaces(text[start]):
            return not (start and _is_katakana(text[start]) and _is_katakana(text[start - 1]))
        before = text[start - 1] if start else " "
        if before.isalnum() or before in _OF_NAMES or _GOES_ON_AS_NAME.match(text, end):
            return False
        return self._goes_on[number] or not text[end : end + 1].isalnum()


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
