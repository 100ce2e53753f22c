"""What a text says of a thing, in whatever words: a thing and what is said of it, near each other in one sentence."""

from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from bot.core.pattern import pattern
from bot.core.sayings import Statement, sayings

_END_OF_SENTENCE = pattern(r"[.!?;](?= |$)|[。！？；]|\(in reply to ")  # Postfix tells the stage in brackets
_ENDING = pattern(r"[^\W\d_\u2e80-\uffff]{1,20}")
# An IP address stands for a host; a mail address for somebody's mailbox where a reply begins with it, for elsewhere it
# may be anybody's.
_IPS = {  # by the sign that parts its numbers, and how many of them it has at least
    (".", 3): pattern(r"(?<![\w.@:-])(?:\d{1,3}\.){3}\d{1,3}(?![\w@-]|\.\w)"),
    (":", 2): pattern(r"(?<![\w.@:-])(?:[\da-f]{0,4}:){2,7}[\da-f]{1,4}(?![\w@:-]|\.\w)"),
}
_ADDRESS = pattern(r"[^a-z@]{0,20}?(?P<address>[^\s<>()\[\]:;,\"'@=/|]{1,64}@(?:[\w-]{1,63}\.){1,20}[\w-]{1,63})")
_MOST_IPS = 20  # in one text
_FARTHEST_OF_ADDRESS = 3  # words: of an address more is said than of other things, and not all of it tells
_FARTHEST = 8  # words between a thing and what is said of it
_MOST = 12  # words of the catalogue on either side: scripts without spaces have no others to count


class Word(NamedTuple):
    """A word of the catalogue in a text: where it stands, what it may name, and whether it is an address itself."""

    start: int
    end: int
    names: Sequence[str]
    is_address: bool = False


class Words(NamedTuple):
    """A text as it is compared, and the catalogue's words in it, in their order."""

    text: str
    found: Sequence[Word]


def no_words() -> Words:
    """No text, and no words in it."""
    return Words("", ())


class Read(NamedTuple):
    """
    A statement that stands in a text: the words by which it was read, and how many others stand between them.

    `of_address`: the thing is an address itself, which is no part of the words.
    """

    statement: Statement
    phrase: str
    distance: int
    of_address: bool = False


def statements_in(words: Words) -> list[Read]:
    """
    The statements of a text, those first that say most: whole ones, things alone, beginnings of refusals.

    What is said belongs to the nearest thing in its sentence of which it can be said.
    """
    known = sayings().statements
    words = words._replace(found=_with_addresses(words)) if words.found else words
    ends = [found.start() for found in _END_OF_SENTENCE.finditer(words.text)] if words.found else []
    read = []
    for index, word in enumerate(words.found):
        read += [
            Read(alone, _whole(words.text, word), _FARTHEST if alone.rank else 0)
            for alone in (known[name][None] for name in word.names if None in known.get(name, ()))
        ]
        for distance, other in sorted(_around(words, index, ends), key=lambda near: near[0]):
            told = [known[thing][said] for thing in other.names for said in word.names if said in known.get(thing, ())]
            if told:
                statement = min(told, key=lambda one: one.rank)
                read.append(
                    Read(statement, _phrase(words.text, word, other), distance, word.is_address or other.is_address)
                )
                break
    return sorted(read, key=lambda one: (one.statement.rank, one.distance // 3, -len(one.phrase)))


def _with_addresses(words: Words) -> Sequence[Word]:
    """The words, and the addresses of which something may be said, in their order."""
    names = sayings().words
    ips = [kind for (sign, least), kind in _IPS.items() if words.text.count(sign) >= least]
    spans = [(*one.span(), "{ip}") for kind in ips for one in islice(kind.finditer(words.text), _MOST_IPS)]
    if "@" in words.text and (address := _ADDRESS.match(words.text)):
        spans.append((*address.span("address"), "{address}"))
    addresses = [Word(start, end, names.get(kind, ()), is_address=True) for start, end, kind in spans]
    return sorted((*words.found, *addresses)) if addresses else words.found


def _around(words: Words, index: int, ends: Sequence[int]) -> Iterator[tuple[int, Word]]:
    """The catalogue's words near another in its sentence, and how many words stand between."""
    text, found = words.text, words.found
    word = found[index]
    sentence = bisect(ends, word.start)
    before, behind = found[max(index - _MOST, 0) : index], found[index + 1 : index + 1 + _MOST]
    for others in (reversed(before), behind):
        for other in others:
            first, last = (word, other) if others is behind else (other, word)
            distance = max(text.count(" ", first.end, last.start) - 1, 0)
            if distance > _FARTHEST or bisect(ends, other.start) != sentence:
                break
            of_address = word.is_address or other.is_address
            if first.end <= last.start and not (of_address and distance > _FARTHEST_OF_ADDRESS):
                yield distance, other


def _phrase(text: str, word: Word, other: Word) -> str:
    """The two as they stand: in one piece where nothing stands between them; an address is left out."""
    if word.is_address or other.is_address:
        return _whole(text, other if word.is_address else word)
    first, last = sorted((word, other))
    begins = _whole(text, first)
    if text[first.start + len(begins) : last.start].strip():
        return f"{begins} … {_whole(text, last)}"
    return text[first.start : last.start] + _whole(text, last)


def _whole(text: str, word: Word) -> str:
    """A word with the ending in which it stands."""
    ending = _ENDING.match(text, word.end)
    return text[word.start : ending.end() if ending else word.end]
