"""Words in either language, with or without accents → the entries of the catalogue that they may mean."""

import unicodedata
from functools import cache

from rapidfuzz import fuzz

from bot.core.catalogue import Cause, Code, catalogue
from bot.core.model import Match

LONGEST = 6  # words; more than that is a sentence, and its words mean too many things
_LONGEST_TEXT = 200  # characters
_BEST = 5
_GOOD_ENOUGH = 78  # of 100


def plain(text: str) -> str:
    """
    The text as it is compared: small letters, no accents, one space between words.

    >>> plain("Boîte  aux lettres pleine !")
    'boite aux lettres pleine'
    """
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(letter if letter.isalnum() else " " for letter in letters if not unicodedata.combining(letter))
    return " ".join(kept.split())


def search(text: str) -> tuple[Match, ...]:
    """
    The best few entries for at most six words, best first; none where nothing comes close.

    >>> [match.cause for match in search("boite pleine")][:1]
    ['mailbox_full']
    """
    if len(text) > _LONGEST_TEXT:
        return ()
    asked = plain(text)
    if not any(letter.isalpha() for letter in asked) or len(asked.split()) > LONGEST:
        return ()
    phrases, entries = _index()
    best: dict[tuple[str, str], float] = {}
    for phrase, entry in zip(phrases, entries, strict=True):
        best[entry] = max(best.get(entry, 0), _score(asked, phrase))
    ranked = sorted(best.items(), key=lambda scored: -scored[1])[:_BEST]
    return tuple(_match(*entry, round(score)) for entry, score in ranked if score >= _GOOD_ENOUGH)


def _score(asked: str, phrase: str) -> float:
    """How well a phrase answers: spelling and order of words, or, a little less, that it holds all that was asked."""
    holds = fuzz.token_set_ratio(asked, phrase) * 0.9 if len(asked) > 1 else 0
    return max(fuzz.token_sort_ratio(asked, phrase), holds)


@cache
def _index() -> tuple[list[str], list[tuple[str, str]]]:
    """Every phrase that finds an entry, and beside it that entry: ("cause" or "reply" or "enhanced", its key)."""
    known = catalogue()
    tables: dict[str, dict[str, Cause | Code]] = {
        "cause": dict(known.causes),
        "reply": dict(known.reply_codes),
        "enhanced": dict(known.details),
    }
    phrases: dict[tuple[str, tuple[str, str]], None] = {}
    for table, entries in tables.items():
        for key, entry in entries.items():
            said = [
                *entry.title.values(),
                *(word for words in (entry.words or {}).values() for word in words),
            ]
            for phrase in (*said, key.replace("_", " ")) if table == "cause" else said:
                phrases[plain(phrase), (table, key)] = None
    return [phrase for phrase, _ in phrases], [entry for _, entry in phrases]


def _match(table: str, key: str, score: int) -> Match:
    known = catalogue()
    if table == "cause":
        cause = known.causes[key]
        return Match(cause.title, cause.meaning, score, cause=key)
    code = known.reply_codes[key] if table == "reply" else known.details[key]
    return Match(code.title, code.meaning, score, code=key if table == "reply" else f"x.{key}")
