"""A reply's wording without the names in it, so that the same words are judged once, whoever they were said of."""

import re
from collections.abc import Sequence

from bot.core.memory import remembered
from bot.core.provider import company_of_domain
from bot.core.report import IP
from bot.core.team import in_use

_MOST = 200  # names in one reply; beyond that it is no wording that comes again
_ATEXT = r"\w!#$%&'*+/=?^`{|}~.-"  # RFC 5322 §3.2.3; of these a name has only those that no encoding changes
_DOMAIN = r"[A-Za-z0-9-]{1,63}+(?:\.[A-Za-z0-9-]{1,63}+){0,10}+"
# Addresses, IP addresses, and the long hexadecimal ids of messages and queues; host names stay, for they may tell who
# answered.
_NAME = re.compile(
    r"(?:"
    rf"(?<![@{_ATEXT}])[A-Za-z0-9][A-Za-z0-9._+-]{{0,63}}+@(?P<domain>{_DOMAIN})(?!\.?[\w-])"
    rf"|(?P<ip>{IP})"
    r"|(?<![\w.-])(?=[a-fA-F-]{0,20}\d)[0-9a-fA-F-]{8,64}(?![\w.-])"
    rf")(?![{_ATEXT}]{{0,250}}@)"  # else it is a part of a longer local part
)
# A stand-in is of the same kind as the name, holds no word that could be read, and stands in no text of ours. JSON may
# have put an escape in front of it, such as \u0026.
_STAND_IN = re.compile(
    rf"x(?:•••)?@n(\d{{1,3}})\.{_DOMAIN}|(?:(?<![\d.])|(?<=\\u0026))0\.0\.0\.(\d{{1,3}})(?!\d|\.\d)|idx(\d{{1,3}})idx"
)

_MARKS = ("@n", "0.0.0.", "idx")  # one of these stands in every stand-in


def without_names(text: str) -> tuple[str, tuple[str, ...]]:
    """
    The text with a numbered stand-in for each name, and the names; a provider's domain and a team's hosts stay.

    A text in which something looks like a stand-in stays as it is.

    >>> without_names("550 5.1.1 <jo@example.org>: blocked 203.0.113.9")
    ('550 5.1.1 <x@n0.example>: blocked 0.0.0.1', ('jo@example.org', '203.0.113.9'))
    """
    if any(mark in text for mark in _MARKS) and _STAND_IN.search(text):
        return text, ()
    names: list[str] = []

    def stand_in(name: re.Match[str]) -> str:
        if len(names) == _MOST or (in_use and name[0].casefold() in in_use[0].hosts):
            return name[0]
        names.append(name[0])
        number = len(names) - 1
        if domain := name["domain"]:
            return f"x@n{number}.{domain if company_of_domain(domain) else 'example'}"
        return f"0.0.0.{number}" if name["ip"] else f"idx{number}idx"

    return _NAME.sub(stand_in, text), tuple(names)


def with_names(text: str, names: Sequence[str]) -> str:
    """
    The names in the place of their stand-ins again.

    >>> with_names("blocked 0.0.0.1", ("jo@example.org", "203.0.113.9"))
    'blocked 203.0.113.9'
    """
    if not names:
        return text
    pieces, numbers = _taken_apart(text)
    filled = list(pieces)
    for place, number in numbers:
        if number < len(names):
            filled[place] = names[number]
    return "".join(filled)


@remembered(4096)
def _taken_apart(text: str) -> tuple[tuple[str, ...], tuple[tuple[int, int], ...]]:
    """The text in pieces, and which of them stand in: the place of each, and its name's number."""
    pieces: list[str] = []
    numbers: list[tuple[int, int]] = []
    end = 0
    for found in _STAND_IN.finditer(text):
        pieces += (text[end : found.start()], found[0])
        numbers.append((len(pieces) - 1, int(found[1] or found[2] or found[3])))
        end = found.end()
    return (*pieces, text[end:]), tuple(numbers)
