"""Whom the prose of a notice names, and what it says of each."""

import re
from collections.abc import Iterator

from bot.core.pattern import pattern
from bot.core.prose import FEW, count_words
from bot.core.report import ADDRESS
from bot.core.signs import matcher

_MOST_SHARING = 500  # recipients
_MOST_ADDRESSEES = 50
_LONGEST_SHARED = 1_000  # characters
_ANCHOR = pattern(
    r"^[ \t>*|-]*(?:(?:failed )?recipient(?: address)?: {1,8}|failed to deliver to )?"
    rf"[<\"'(]{{0,2}}(?P<address>{ADDRESS})[>\"')]{{0,2}}(?P<aside> \([^)]{{0,500}}\))?"
    r"(?P<rest>(?::|,(?! and )|;|\s|\.\.\.| -).*)?$",
    re.I,
)
# unknown user: jo@example.org
_REASON_FIRST = pattern(rf"^[ \t]*(?P<said>[^\s:@]+ [^:@\n]{{1,80}}): ?<?(?P<address>{ADDRESS})>?[ \t]*$", re.M)
_SENTENCE = pattern(r" [a-z]{2}")
_CONFIRM = pattern(r"[-+]confirm[-+][^@]*@", re.I)  # where to answer that a message is wanted: TMDA, Mailman
_NAMED_RECIPIENT = pattern(
    rf"(?:recipients?|rcpt to|address(?:es)?|destinataire"
    rf"|deliver(?:able|ed|ing|y)?(?: (?:of|for|your|the|mail|message|a)){{0,6}}"
    rf" to|mail to|message to|sent to|original-rcpt-to|user|adress\w*|^[ \t]*to[ \t]*(?=:))"
    rf"[^\n@]{{0,60}}?[<\"'\s:(](?P<address>{ADDRESS})",
    re.I | re.M,
)
_OF_LIST = pattern(r"-(?:admin|bounces|ctl|help|owner|request)@", re.I)
_HELPER = pattern(r"(?:abuse|help|mailer-daemon|no-?reply|postmaster|support)\w{0,20}@", re.I)


def named_in(prose: str, sender: str | None = None) -> Iterator[tuple[str, str]]:
    """
    Each recipient at the start of a line, and what is said of it up to the next or to a new paragraph.

    Where a sentence speaks of the sender, to whom the notice goes, a line may begin with that address, too.
    """
    address, indent, empty = "", 0, False
    held: list[str] = []
    for line in prose.split("\n"):
        anchor = _ANCHOR.match(line)
        if (
            anchor and _is_recipient(anchor, sender) and not (address and _indent(line) > indent)
        ):  # what stands deeper belongs to the recipient above
            if address:
                yield address.casefold(), "\n".join(held).strip()
            aside = anchor["aside"] or ""
            said = f"{aside if _is_said(aside) else ''}{anchor['rest'] or ''}"
            address, held, indent, empty = anchor["address"], [said], _indent(line), False
        elif address:
            if not line.strip():
                empty = any(part.strip() for part in held)
            elif empty and not line.startswith((" ", "\t")):
                yield address.casefold(), "\n".join(held).strip()
                address, held, empty = "", [], False
                continue
            held.append(line)
    if address:
        yield address.casefold(), "\n".join(held).strip()


def with_domains(prose: str, addressees: list[str]) -> str:
    """
    The prose with whole addresses where a server names its own users alone, as GroupWise does.

    >>> with_domains("undeliverable to:\\n\\tjo (user not found)", ["jo@example.org"])
    'undeliverable to:\\n\\tjo@example.org (user not found)'
    """
    if "@" in prose:
        return prose
    for address in addressees[:_MOST_ADDRESSEES]:
        local_part = re.escape(address.rpartition("@")[0])
        prose = re.sub(rf"^([ \t]+){local_part}(?= \()", rf"\g<1>{address}", prose, flags=re.I | re.M)
    return prose


def named_below(prose: str, named: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """
    The recipients with the paragraph above each, where a notice writes the reason first; else as they were named.

    It does where the last has nothing behind it, and the others have empty lines around what stands between them.

    >>> prose = "Mailbox is full:\\n\\n<jo@example.org>\\n\\nAccount is disabled:\\n\\n<an@example.org>"
    >>> named_below(prose, list(named_in(prose)))
    [('jo@example.org', 'Mailbox is full:'), ('an@example.org', 'Account is disabled:')]
    """
    if len(named) < 2 or named[-1][1] or not any(text for _, text in named):
        return named
    above, below = "", []
    for paragraph in prose.split("\n\n"):
        addresses = [found["address"] for line in paragraph.split("\n") if (found := _ANCHOR.match(line))]
        if not addresses:
            above = paragraph.strip()
        elif not above or len(addresses) < len(paragraph.strip().split("\n")):
            return named
        below += [(address.casefold(), above) for address in addresses]
    return below if len(below) == len(named) else named


def named_behind(prose: str) -> list[tuple[str, str]]:
    """
    The recipients, each behind the reason in its own line, as IMail writes them; none where only one line is so.

    >>> named_behind("User mailbox exceeds allowed size: jo@example.org\\nunknown user: an@example.org")
    [('jo@example.org', 'User mailbox exceeds allowed size'), ('an@example.org', 'unknown user')]
    """
    lines = [
        (found["address"].casefold(), found["said"])
        for found in _REASON_FIRST.finditer(prose)
        if matcher().scan(found["said"]).signs
    ]
    return lines if len(dict(lines)) > 1 else []


def with_words(named: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The recipients of whom something is said; of addresses in a row, with nothing between them, it is said once."""
    held: list[str] = []
    for address, text in named:
        held.append(address)
        if count_words(text) >= 2:
            yield from shared(held, text)
            held = []


def shared(addresses: list[str], text: str) -> Iterator[tuple[str, str]]:
    """The same words said of several recipients, within bounds, for they are judged for each."""
    if len(addresses) > 1:
        text = text[:_LONGEST_SHARED]
    yield from ((address, text) for address in addresses[:_MOST_SHARING])


def recipient_in(prose: str, known: set[str | None], original: str | None) -> str | None:
    """
    The one recipient that the prose names anywhere, else to whom the original message was addressed.

    `known` are those who send the notice and who receive it. A message to oneself has no other recipient than them,
    but where the prose names the addresses of a list, it was for the list.
    """
    named = [found["address"] for found in _NAMED_RECIPIENT.finditer(prose)]
    addresses = re.findall(ADDRESS, prose)
    others = {address.casefold() for address in addresses if not _is_helper(address)} - known
    of_list = any(map(is_of_list, addresses))
    return (
        next((address for address in named if not (_is_helper(address) or address.casefold() in known)), None)
        or (others.pop() if len(others) == 1 else None)  # of whom else should a notice speak
        or original
        or (None if of_list else next(iter(named), None))
    )


def is_of_list(address: str) -> bool:
    """Whether an address is one of a mailing list's own, for commands and errors."""
    return bool(_OF_LIST.search(address))


def _is_recipient(anchor: re.Match[str], sender: str | None) -> bool:
    may_be_spoken_of = anchor["address"].casefold() == sender or is_of_list(anchor["address"])
    is_spoken_of = may_be_spoken_of and _SENTENCE.match(anchor["rest"] or "")
    return not (is_spoken_of or _CONFIRM.search(anchor["address"]))


def _is_said(aside: str) -> bool:
    """Whether what stands in brackets after an address is a reason, and no name: `(550 No such user)`."""
    return len(aside.split()) >= FEW and "@" not in aside


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _is_helper(address: str) -> bool:
    """Whether it is likely that a notice names an address to write to for help."""
    return bool(_HELPER.match(address) or _CONFIRM.search(address)) or is_of_list(address)
