"""How servers say things: the signs of causes, who says them, and the blocklists that they name."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from bot.core.compiled import read_part
from bot.core.language import Steps, Text
from bot.core.model import Actor, Permanence, Retry


class Sign(NamedTuple):
    """
    How servers say a cause.

    `owner` is the provider or server software whose words these are; None where many share them.
    `only_here`: nobody else says so. `code_decides`: the enhanced status code is enough, whatever the words.
    `fallback`: too general to win; it decides where nothing more telling does. `opening`: how refusals begin; what
    stands behind tells more. `stage`: the command that was refused, whichever the server had come to.
    """

    cause: str
    says: tuple[str, ...]
    source: str
    owner: str | None = None
    reply_codes: tuple[str, ...] = ()  # what usually goes with it: for readers of the catalogue
    enhanced_status_codes: frozenset[str] = frozenset()
    permanence: Permanence | None = None
    only_here: bool = False
    code_decides: bool = False
    fallback: bool = False
    opening: bool = False
    stage: str | None = None
    meaning: Text | None = None
    advice: Steps | None = None
    retry_after: int | None = None  # seconds
    actor: Actor | None = None  # where it is not the one of the cause
    retry: Retry | None = None  # where it is not the cause's
    reply_class: str | None = None  # the first digit of the replies in which alone it tells the cause


class Statement(NamedTuple):
    """The cause that is told by what is said of a thing; `rank` 0 is a telling one, 1 a thing alone, 2 a weak one."""

    cause: str
    rank: int = 0


class Speaker(NamedTuple):
    """Who answers: a mailbox provider, a filter in front of one, a sending service, a mail server's software."""

    name: str
    kind: str
    recipient_domains: tuple[str, ...] = ()
    remote_mtas: tuple[str, ...] = ()  # host names, * for any labels
    marks: tuple[str, ...] = ()  # what in a text can come from nobody else
    postmaster: str | None = None
    support: str | None = None
    stages: Mapping[str, tuple[str, ...]] | None = None  # how it says at which command a server refused
    run_by_companies: bool = False  # software: its words are a company's where that company's host reports them
    part_of: str | None = None  # another speaker, whose marks and replies are this one's too


class Blocklist(NamedTuple):
    """A list of hosts that servers refuse by, and where to look an address up and have it removed."""

    name: str
    zones: tuple[str, ...]  # DNS zones and host names, as replies name them
    meaning: Text
    advice: Steps
    lookup: str | None = None
    removal: str | None = None
    closed: bool = False
    provider: str | None = None


class Sayings(NamedTuple):
    """
    All signs, in the order of their files, and by id the speakers and the blocklists.

    `statements`: by thing, what can be said of it, None where nothing is; by saying, None where it is said of nothing.
    `words`: by word, as it is compared, what it may name. `sought`: by phrase, what it is looked for by, where that is
    not the phrase itself.
    """

    signs: tuple[Sign, ...]
    signs_by_code: Mapping[str, tuple[Sign, ...]]  # those that an enhanced status code alone decides
    speakers: Mapping[str, Speaker]
    blocklists: Mapping[str, Blocklist]
    statements: Mapping[str, Mapping[str | None, Statement]]
    words: Mapping[str, tuple[str, ...]]
    sought: Mapping[str, str]


_laid_over: list[Sign] = []


def lay_over(signs: tuple[Sign, ...]) -> None:
    """Put a team's own signs before all others."""
    _laid_over[:] = signs
    sayings.cache_clear()
    _signs_by_evidence.cache_clear()


@cache
def sayings() -> Sayings:
    """What servers say, read once; faults raise CatalogueError."""
    tables = read_part("signs")
    blocklists = tables.get("blocklists", {})
    shared = _inside("phrases", tables)
    owned = {**_inside("providers", tables), **_inside("servers", tables)}
    signs = (
        *_laid_over,
        *(_sign({**entry, "cause": cause}, None) for cause, table in shared.items() for entry in table.get("sign", ())),
        *(_sign(entry, owner) for owner, table in owned.items() for entry in table.get("reply", ())),
        *(_sign(entry, None) for blocklist in blocklists.values() for entry in blocklist.get("reply", ())),
    )
    by_code: dict[str, tuple[Sign, ...]] = {}
    for sign in signs:
        if sign.code_decides:
            for code in sign.enhanced_status_codes:
                by_code[code] = (*by_code.get(code, ()), sign)
    return Sayings(
        signs=signs,
        signs_by_code=by_code,
        speakers={name: Speaker(**_without(table, "reply")) for name, table in owned.items()},
        blocklists={name: Blocklist(**_without(table, "reply")) for name, table in blocklists.items()},
        statements={
            name: _statements(table) for group in ("of", "said") for name, table in tables["statements"][group].items()
        },
        words=_words(tables["statements"]),
        sought={**tables["sought"], **_sought(_laid_over)},
    )


def sign_of(provider: str | None, decided_by: str | None, enhanced_status_code: str | None = None) -> Sign | None:
    """
    The sign that decided, by its phrase or its enhanced status code; the provider's own before a shared one.

    Where several have the phrase, the one whose code is equal, then the first.
    """
    known, speaker = _signs_by_evidence(), sayings().speakers.get(provider or "")
    owners = (provider, speaker.part_of if speaker else None, None)
    signs = next((known[owner, decided_by] for owner in owners if (owner, decided_by) in known), [])
    equal = (sign for sign in signs if enhanced_status_code in sign.enhanced_status_codes)
    return next(equal, signs[0] if signs else None)


def blocklist_named(name: str | None) -> Blocklist | None:
    """The blocklist of a name; None where the catalogue does not know it."""
    return next((one for one in sayings().blocklists.values() if one.name == name), None) if name else None


def is_shared(sign: Sign) -> bool:
    """Whether a sign is nobody's own: many servers say it, or a software or blocklist that stands behind many."""
    return sign.owner is None or sayings().speakers[sign.owner].kind in ("server", "blocklist")


@cache
def _signs_by_evidence() -> dict[tuple[str | None, str | None], list[Sign]]:
    by_evidence: dict[tuple[str | None, str | None], list[Sign]] = {}
    for sign in sayings().signs:
        for evidence in (*sign.says, *(sign.enhanced_status_codes if sign.code_decides else ())):
            for owner in {sign.owner, None} if is_shared(sign) else {sign.owner}:
                by_evidence.setdefault((owner, evidence), []).append(sign)
    return by_evidence


def _inside(folder: str, tables: Mapping[str, Any]) -> dict[str, Any]:
    """The tables of the files in a folder, by the file's name alone."""
    return {name.partition("/")[2]: table for name, table in tables.items() if name.startswith(f"{folder}/")}


def _sign(entry: Mapping[str, Any], owner: str | None) -> Sign:
    fields = {**entry}
    codes = frozenset(code for range_ in fields.pop("enhanced_status_codes", ()) for code in codes_of(range_))
    return Sign(says=tuple(fields.pop("says", ())), owner=owner, enhanced_status_codes=codes, **fields)


def _statements(thing: Mapping[str, Any]) -> dict[str | None, Statement]:
    cells = [(None, _rank(thing["alone"], 1), thing["alone"])] if "alone" in thing else []
    cells += [(name, _rank(cell, 0), cell) for name, cell in thing.get("said", {}).items()]
    return {name: Statement(cell["cause"], rank) for name, rank, cell in cells}


def _rank(cell: Mapping[str, Any], usual: int) -> int:
    return 2 if cell.get("weak") else 0 if cell.get("strong") else usual


def _words(tables: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    words: dict[str, dict[str, None]] = {}  # the names in their order, each once
    for group in ("of", "said"):
        for name, table in tables[group].items():
            for word in (word for said in table["words"].values() for word in said):
                words.setdefault(word, {})[name] = None
    return {word: tuple(names) for word, names in words.items()}


def codes_of(range_: str) -> Iterator[str]:
    """
    The codes of a range, both ends included.

    >>> list(codes_of("5.7.606-5.7.608")), list(codes_of("5.1.1"))
    (['5.7.606', '5.7.607', '5.7.608'], ['5.1.1'])
    """
    first, _, last = range_.partition("-")
    stem, _, low = first.rpartition(".")
    high = last.rpartition(".")[2] or low
    return (f"{stem}.{detail}" for detail in range(int(low), int(high) + 1))


def _sought(signs: list[Sign]) -> dict[str, str]:
    """What the phrases of a team's signs are looked for by; those of ours are compiled."""
    if not signs:
        return {}
    from bot.core.plain import sought

    return {phrase: sought(phrase) for sign in signs for phrase in sign.says}


def _without(table: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in table.items() if name != key}
