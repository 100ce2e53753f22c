"""Texts as they are compared: small letters, no accents, single spaces; and what a phrase is looked for by."""

from functools import cache


def plain(text: str) -> str:
    """
    A text in small letters, single spaces, straight apostrophes, with no half of a surrogate pair.

    >>> plain("Boîte  PLEINE d’un usager")
    "boite pleine d'un usager"
    """
    simple = " ".join(text.casefold().split())
    return simple if simple.isascii() else without_accents(simple).encode("utf-8", "replace").decode()


def pieces(phrase: str) -> tuple[str, ...]:
    """What stands before, between and behind the gaps of a phrase."""
    return tuple(map(plain, phrase.split("…")))


def sought(phrase: str) -> str:
    """
    What a text must hold for a phrase, or a word that may go on, to stand in it: the longest piece.

    >>> sought("Quota … is exceeded"), sought("périmé*")
    ('is exceeded', 'perime')
    """
    return max(pieces(phrase), key=len).removesuffix("*") if "…" in phrase else plain(phrase).removesuffix("*")


def without_accents(text: str) -> str:
    """A text of as many letters, without their accents, and with straight apostrophes: many servers write so."""
    return text.translate(_accents())


@cache
def _accents() -> dict[int, str]:
    import unicodedata  # only for texts that are not ASCII

    latin_and_cyrillic = (*range(0xC0, 0x180), *range(0x400, 0x460))
    bare = {letter: unicodedata.normalize("NFD", chr(letter))[0] for letter in latin_and_cyrillic}
    return bare | {ord(letter): like for letter, like in zip("łŁøØđĐı’", "lLoOdDi'", strict=True)}
