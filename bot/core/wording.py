"""A text's wording without the names in it, so that the same words are read once, whoever they were said of."""

import re
from collections.abc import Sequence

from bot.core.memory import remembered
from bot.core.pattern import pattern
from bot.core.provider import company_of_domain, company_of_host
from bot.core.sayings import sayings
from bot.core.team import in_use

_MOST = 200  # names in one text; beyond that it is no wording that comes again
_SEPARATORS = r"\s<>()\[\]:;,\"'="
# The next token with a digit, a dot or an @ in it, for every name has one; else the last token, or nothing.
_TOKEN = re.compile(rf"([^0-9@.]*(?<![^{_SEPARATORS}]))([^{_SEPARATORS}]*+)")
# Of an address only what no encoding changes. Ids are those of queues and messages: hexadecimal ones, and Exim's.
_NAME = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9._+-]{0,63}+@(?P<domain>[A-Za-z0-9-]{1,63}+(?:\.[A-Za-z0-9-]{1,63}+){0,10}+)"
    r"|(?P<ip>(?:\d{1,3}\.){3}\d{1,3})"
    r"|(?P<number>\d{4,20}|\d{1,9}\.\d{1,9}|(?:\d{1,9}(?:\.\d{1,9})?/){3}\d{1,9}(?:\.\d{1,9})?)"
    r"|(?P<id>(?=[a-fA-F-]{0,20}\d)[0-9a-fA-F-]{8,64}|\w{6}-\w{6}-\w{2}|\w{6}-\w{11}-\w{4})"
    r"|(?P<host>(?:[A-Za-z0-9-]{1,63}+\.){1,10}+[A-Za-z][A-Za-z0-9-]{1,62})",
    re.ASCII,
)
_OF_LOCAL_PARTS = ("=", "'")
_BEFORE_HOST = ("relay=", "H=", "host ", "name=", "with ", "connect to ")
"""Where a host name only says which host it is; elsewhere, as in a blocklist's name, it may tell the cause."""
_AFTER_CODES = frozenset('":;)]')
_LONGEST_WAIT = 5  # digits
# Seconds, minutes, hours and days, as they begin in the languages that are read.
_WAIT = re.compile(rf"\d+\.*[{_SEPARATORS}]+[smhdjt]", re.I)

# A stand-in is of the same kind as the name, holds no word that could be read, and stands in no text of ours. JSON may
# have put an escape in front of it, such as \u0026.
_STAND_IN = pattern(
    r"x(?:•••)?@n(\d{1,3})\.[A-Za-z0-9-]{1,63}+(?:\.[A-Za-z0-9-]{1,63}+){0,10}+|hostx(\d{1,3})x\.example"
    r"|(?:(?<![\d.])|(?<=\\u0026))0\.0\.0\.(\d{1,3})(?!\d|\.\d)|idx(\d{1,3})idx|9990000(\d{3})(?!\d)"
)
# How the stand-in of each kind of name is written; an address of a company's keeps its domain.
_ADDRESS, _IP, NUMBER, _ID, _HOST = "x@n%d.{}", "0.0.0.%d", "9990000%03d", "idx%didx", "hostx%dx.example"


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
    pieces = _TOKEN.split(text)  # before each token an empty one, and what stands between it and the last token
    stand_ins: dict[str, str] = {}  # one name that comes again has the same
    at = -1
    for form in map(_form, pieces[2::3]):
        at += 3
        if form is None:
            continue
        name = pieces[at].rstrip(".")
        if (form is _HOST or form is NUMBER) and _may_tell(form, name, pieces, at):
            continue
        if pieces[at - 1] in _AFTER_CODES and name[0].isdigit() and not form[0].isdigit():
            continue  # 550:4ab… is a number that goes on, and 550:idx… would be a code
        if masked and _is_masked_with_more(form, pieces, at):
            continue
        if name not in stand_ins:
            if len(stand_ins) == _MOST:
                break
            stand_ins[name] = form % len(stand_ins)
        pieces[at] = stand_ins[name] + pieces[at][len(name) :]
    return ("".join(pieces), tuple(stand_ins)) if stand_ins else (text, ())


@remembered(8192)
def _form(token: str) -> str | None:
    """How the stand-in of a token is written; None where it is no name, or one that the catalogue or a team knows."""
    name = token.rstrip(".")
    found = _NAME.fullmatch(name)
    if not found or name.casefold() in _telling():
        return None
    match found.lastgroup:
        case "domain":
            return _form_of_address(found["domain"])
        case "host":
            return None if company_of_host(name) else _HOST
        case "ip":
            return _IP
        case "id":
            return _ID
    return NUMBER


@remembered(8192)
def _form_of_address(domain: str) -> str:
    """How the stand-in of an address is written, of which many have one domain."""
    return _ADDRESS.format(domain if company_of_domain(domain) else "example")


def _may_tell(form: str, name: str, pieces: list[str], at: int) -> bool:
    """Whether the name that is the piece there may be a part of what is said: a host, or a time to wait."""
    if form is _HOST:
        return not pieces[at - 1].endswith(_BEFORE_HOST)
    return form is NUMBER and len(name) <= _LONGEST_WAIT and bool(_WAIT.match("".join(pieces[at : at + 4])))


def _is_masked_with_more(form: str, pieces: list[str], at: int) -> bool:
    """Whether a name is a part of what is masked as one local part (RFC 5322 §3.2.3)."""
    behind = "".join(pieces[at + 1 : at + 3])
    return behind.startswith(_OF_LOCAL_PARTS) or ("@" in form and pieces[at - 1].endswith(_OF_LOCAL_PARTS))


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
    tokens = {token for _, token in _TOKEN.findall("\n".join(phrases).casefold()) if _NAME.fullmatch(token)}
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
