"""A text's wording without the names in it, so that the same words are read once, whoever they were said of."""

import re
from collections.abc import Sequence

from bot.core.memory import remembered
from bot.core.provider import company_of_domain, company_of_host
from bot.core.sayings import sayings
from bot.core.team import in_use

_MOST = 200  # names in one text; beyond that it is no wording that comes again
_TOKEN = re.compile(r"([^\s<>()\[\]:;,\"'=]++)")
# Of an address only what no encoding changes. Ids are those of queues and messages: hexadecimal ones, and Exim's.
_NAME = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9._+-]{0,63}@(?P<domain>[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,10})"
    r"|(?P<ip>(?:\d{1,3}\.){3}\d{1,3})"
    r"|(?P<number>\d{4,20}|\d{1,9}\.\d{1,9}|(?:\d{1,9}(?:\.\d{1,9})?/){3}\d{1,9}(?:\.\d{1,9})?)"
    r"|(?P<id>(?=[a-fA-F-]{0,20}\d)[0-9a-fA-F-]{8,64}|\w{6}-\w{6}-\w{2}|\w{6}-\w{11}-\w{4})"
    r"|(?P<host>(?:[A-Za-z0-9-]{1,63}\.){1,10}[A-Za-z][A-Za-z0-9-]{1,62})",
    re.ASCII,
)
_IN_NAMES = re.compile(r"[\d@.]")
_OF_LOCAL_PARTS = ("=", "'")
_BEFORE_HOST = ("relay=", "H=", "host ", "name=", "with ", "connect to ")
"""Where a host name only says which host it is; elsewhere, as in a blocklist's name, it may tell the cause."""
_LONGEST_WAIT = 5  # digits
_UNITS = tuple("smhdjt")  # how seconds, minutes, hours and days begin in the languages that are read

# A stand-in is of the same kind as the name, holds no word that could be read, and stands in no text of ours. JSON may
# have put an escape in front of it, such as \u0026.
_STAND_IN = re.compile(
    r"x(?:•••)?@n(\d{1,3})\.[A-Za-z0-9-]{1,63}+(?:\.[A-Za-z0-9-]{1,63}+){0,10}+|hostx(\d{1,3})x\.example"
    r"|(?:(?<![\d.])|(?<=\\u0026))0\.0\.0\.(\d{1,3})(?!\d|\.\d)|idx(\d{1,3})idx|9990000(\d{3})(?!\d)"
)
_no_names: set[str] = set()  # tokens that were looked at before
_MOST_TOKENS = 50_000


def without_names(text: str, *, masked: bool = False) -> tuple[str, tuple[str, ...]]:
    """
    The text with a numbered stand-in for each name, and the names; what the catalogue or a team knows stays.

    Names are addresses, IP addresses, ids, long numbers, and the names of hosts where they only say which host it is.
    `masked` leaves those alone that are masked together with what stands before them. A text in which something looks
    like a stand-in stays as it is.

    >>> without_names("550 5.1.1 <jo@example.org>: blocked 203.0.113.9")
    ('550 5.1.1 <x@n0.example>: blocked 0.0.0.1', ('jo@example.org', '203.0.113.9'))
    """
    marked = "@n" in text or "idx" in text or "0.0.0." in text or "9990000" in text or "hostx" in text
    if marked and _STAND_IN.search(text):
        return text, ()
    telling = _telling()
    parts = _TOKEN.split(text)  # at odd places tokens, at even ones what separates them
    names: dict[str, int] = {}  # one that comes again has the same stand-in
    for index, token in enumerate(parts[1::2]):
        if token in _no_names:
            continue
        place = 2 * index + 1
        name = token.rstrip(".")
        found = _NAME.fullmatch(name)
        if found is None:
            if len(_no_names) == _MOST_TOKENS:
                _no_names.clear()
            _no_names.add(token)
        elif (
            len(names) < _MOST
            and name.casefold() not in telling
            and not (masked and _is_masked_with_more(found, parts, place))
            and (stand_in := _stand_in(found, parts, place, names.get(name, len(names))))
        ):
            names.setdefault(name, len(names))
            parts[place] = stand_in + token[len(name) :]
    return "".join(parts) if names else text, tuple(names)


def _is_masked_with_more(found: re.Match[str], parts: Sequence[str], place: int) -> bool:
    """Whether a name is a part of what is masked as one local part (RFC 5322 §3.2.3)."""
    return parts[place + 1].startswith(_OF_LOCAL_PARTS) or (
        found.lastgroup == "domain" and parts[place - 1].endswith(_OF_LOCAL_PARTS)
    )


def _stand_in(found: re.Match[str], parts: Sequence[str], place: int, number: int) -> str | None:
    """What stands in for a name; None where it may tell something."""
    match found.lastgroup:
        case "domain":
            return f"x@n{number}.{found['domain'] if company_of_domain(found['domain']) else 'example'}"
        case "host":
            named = "".join(parts[max(place - 4, 0) : place]).endswith(_BEFORE_HOST)
            return f"hostx{number}x.example" if named and not company_of_host(found[0]) else None
        case "ip":
            return f"0.0.0.{number}"
        case "id":
            return f"idx{number}idx"
    may_be_a_wait = len(found[0]) <= _LONGEST_WAIT and found[0].isdigit()
    if may_be_a_wait and place + 2 < len(parts) and parts[place + 2].casefold().startswith(_UNITS):
        return None
    return f"9990000{number:03}"


@remembered(1)
def _telling() -> frozenset[str]:
    """What looks like a name, and is a part of a phrase, a mark or a host that the catalogue or a team knows."""
    known = sayings()
    phrases = [
        *(phrase for sign in known.signs for phrase in sign.says),
        *(
            phrase
            for one in known.speakers.values()
            for words in (one.marks, *(one.stages or {}).values())
            for phrase in words
        ),
    ]
    likely = [phrase.casefold() for phrase in phrases if _IN_NAMES.search(phrase)]
    tokens = {token for phrase in likely for token in _TOKEN.findall(phrase) if _NAME.fullmatch(token)}
    return frozenset(tokens | set(in_use[0].hosts if in_use else ()))


class Template:
    """
    A text with stand-ins, to be filled with names again and again.

    >>> Template("blocked 0.0.0.1")(("jo@example.org", "203.0.113.9"))
    'blocked 203.0.113.9'
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._pieces: list[str] = []
        self._names: list[tuple[int, int]] = []  # the place of each stand-in, and the number of its name

    def __call__(self, names: Sequence[str]) -> str:
        """The text with the names in the place of their stand-ins."""
        if not names:
            return self._text
        if not self._pieces:
            self._take_apart()
        filled = self._pieces.copy()
        for place, number in self._names:
            if number < len(names):
                filled[place] = names[number]
        return "".join(filled)

    def _take_apart(self) -> None:
        end = 0
        for found in _STAND_IN.finditer(self._text):
            self._pieces += (self._text[end : found.start()], found[0])
            self._names.append((len(self._pieces) - 1, int(next(filter(None, found.groups())))))
            end = found.end()
        self._pieces.append(self._text[end:])
