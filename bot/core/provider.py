"""Who answered: a mailbox provider, or a filter in front of one."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from bot.core.catalogue import catalogue
from bot.core.report import Report
from bot.core.sayings import is_shared, sayings
from bot.core.signs import Scan, matcher

_HOST = re.compile(r"(?<![\w@/.-])[\w-]{1,63}(?:\.[\w-]{1,63}){1,20}")
_DOMAIN = re.compile(r"[\w.+-]@([\w-]{1,63}(?:\.[\w-]{1,63}){1,20})")
_LIKELY = 30  # letters of a phrase that only one company's file has

_Names = Mapping[str, list[tuple[str, str]]]
"""By the ending of a name: how the name must begin, and whose it is."""

_COMPANIES = ("filter", "provider", "sender")  # a filter answers in front of any provider's domain


def provider_of(report: Report, scan: Scan, enhanced_status_code: str | None = None) -> str | None:
    """
    The id of who answered, or None: mail server software is no provider.

    Marks in the text tell first, for a filter may answer in front of any domain; then the name of the remote MTA,
    the recipient's domain, host names in the text, a code that no registry has or a long phrase that one company
    alone uses, and the blocklist.

    >>> provider_of(Report("550 No", final_recipient="jo@gmail.com"), Scan([], [], []))
    'google'
    """
    speakers, (by_host, by_domain) = sayings().speakers, _names()
    reporter = report.reporting_mta if any(speakers[name].run_by_companies for name in scan.speakers) else None
    host = report.remote_mta or reporter
    domain = (report.final_recipient or "").rpartition("@")[2]
    addressed = (_lookup(host, by_host) if host else None) or company_of_domain(domain)
    marked = [name for name in scan.speakers if speakers[name].kind in _COMPANIES]
    if marked:
        wholes = {speakers[name].part_of for name in marked}
        mark = min(marked, key=lambda name: (_COMPANIES.index(speakers[name].kind), name in wholes))
        return addressed if addressed and speakers[addressed].part_of == mark else mark
    return (
        addressed
        or next(_companies(_HOST.findall(report.text), by_host), None)
        or _only_one(_users_of(enhanced_status_code))
        or _only_one(_who_else_would_say(scan))
        or _only_one(_lookup(domain, by_domain) for domain in _DOMAIN.findall(report.text))
        or next((sayings().blocklists[name].provider for name in scan.blocklists), None)
    )


def company_of_domain(domain: str) -> str | None:
    """The id of the company whose mailboxes are in a domain."""
    return _lookup(domain, _names()[1])


def company_of_host(host: str) -> str | None:
    """The id of the company that a host name belongs to."""
    return _lookup(host, _names()[0])


def filter_of(program: str) -> str | None:
    """
    The filter of which a program says to be a part, where it names itself.

    >>> filter_of("Barracuda Spam Firewall")
    'barracuda'
    """
    return next((name for name in matcher().scan(program).speakers if sayings().speakers[name].kind == "filter"), None)


def is_company(owner: str | None) -> bool:
    """Whether the owner of a sign is a provider, a filter or a sending service."""
    return bool(owner) and sayings().speakers[owner or ""].kind in _COMPANIES


def _companies(hosts: Iterable[str], names: _Names) -> Iterator[str]:
    return filter(None, (_lookup(host, names) for host in hosts))


def _users_of(enhanced_status_code: str | None) -> Iterable[str | None]:
    """Who uses a code that is not registered: Microsoft numbers many of its own, and it alone beyond 99."""
    if not enhanced_status_code or enhanced_status_code[2:] in catalogue().details:
        return ()
    if len(enhanced_status_code) == len("5.7.350"):
        return ("microsoft365",)
    return (sign.owner for sign in sayings().signs if enhanced_status_code in sign.enhanced_status_codes)


def _who_else_would_say(scan: Scan) -> Iterator[str | None]:
    """The owners of long phrases, but not where words that many servers share say the same."""
    shared = {found.sign.cause for found in scan.signs if is_shared(found.sign)}
    for found in scan.signs:
        if len(found.phrase) >= _LIKELY and found.sign.cause not in shared:
            yield found.sign.owner


def _only_one(owners: Iterable[str | None]) -> str | None:
    """The one company among the owners of signs; Microsoft's two say the same, and the larger stands for both."""
    companies = {owner for owner in owners if is_company(owner)}
    if companies == {"microsoft365", "outlook"}:
        return "microsoft365"
    return companies.pop() if len(companies) == 1 else None


def _lookup(host: str, names: _Names) -> str | None:
    """The entry for the longest ending of a host name whose beginning fits too."""
    host = ending = host.casefold().rstrip(".")
    if _tail(host) not in names:  # as most are not; the others are looked for label by label
        return None
    while ending:
        for start, name in names.get(ending, ()):
            if host.startswith(start):
                return name
        ending = ending.partition(".")[2]
    return None


@cache
def _names() -> tuple[_Names, _Names]:
    """The host names, and the recipient domains, of all companies."""
    companies = {name: one for name, one in sayings().speakers.items() if one.kind in _COMPANIES}
    return (
        _by_ending((host, name) for name, one in companies.items() for host in one.remote_mtas),
        _by_ending((domain, name) for name, one in companies.items() for domain in one.recipient_domains),
    )


def _by_ending(patterns: Iterable[tuple[str, str]]) -> _Names:
    """`mx*.example.org` as what a name must end with, and there what it must begin with; and what that ends with."""
    names: dict[str, list[tuple[str, str]]] = {}
    for pattern, name in patterns:
        start, _, end = pattern.casefold().rpartition("*")
        names.setdefault(end.lstrip("."), []).append((start, name))
        names.setdefault(_tail(end), [])
    return names


def _tail(host: str) -> str:
    """The last two labels of a host's name."""
    return ".".join(host.rsplit(".", 2)[-2:])
