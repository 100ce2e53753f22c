"""Where to go on: the pages of the provider and of the blocklist, and the provider's own links in the reply."""

import re
from functools import cache
from typing import Literal
from urllib.parse import quote, urlsplit

from bot.core.model import Failure, Page
from bot.core.report import IP
from bot.core.sayings import Blocklist, blocklist_named, sayings

_URL = re.compile(r"https?://[^\s<>\"'`|\\^{}\[\]]{4,500}")
_IP = re.compile(IP)
_OF_SOMEBODY = re.compile(r"[?&#][^?&#]*(?:@|%40).*", re.I)  # from the first part that names an address
_MOST = 4


def pages_of(failure: Failure) -> tuple[Page, ...]:
    """
    The pages that help with a failure, the most direct first: links in the reply, the blocklist's, the provider's.

    A link out of a reply is given only where it leads to a host that the catalogue names; a stranger's never.

    >>> [page.kind for page in pages_of(Failure("ip_blocked", blocklist="Spamhaus"))]
    ['lookup']
    """
    if not (failure.provider or failure.blocklist or "://" in (failure.diagnostic_code or "")):
        return ()
    pages = [*_links(failure), *_of_blocklist(failure), *_of_provider(failure)]
    return tuple({page.address: page for page in reversed(pages)}.values())[::-1][:_MOST]


def provider_name(provider: str | None) -> str | None:
    """What a provider is called, by its id; the id itself where the catalogue does not know it."""
    known = sayings()
    if provider and provider in known.speakers:
        return known.speakers[provider].name
    return (
        next((one.name for one in known.blocklists.values() if one.provider == provider), provider)
        if provider
        else None
    )


def _links(failure: Failure) -> list[Page]:
    found = (_OF_SOMEBODY.sub("", match[0].rstrip(".,;:)!?")) for match in _URL.finditer(failure.diagnostic_code or ""))
    return [Page("reply", urlsplit(url).hostname or "", url) for url in found if _is_known(urlsplit(url).hostname)]


def _of_blocklist(failure: Failure) -> list[Page]:
    blocklist = blocklist_named(failure.blocklist)
    if blocklist is None or blocklist.closed:
        return []
    address = _IP.search(failure.diagnostic_code or "")
    pages: tuple[tuple[Literal["lookup", "removal"], str | None], ...] = (
        ("lookup", _filled(blocklist, address[0] if address else None)),
        ("removal", blocklist.removal),
    )
    return [Page(kind, blocklist.name, url) for kind, url in pages if url]


def _filled(blocklist: Blocklist, address: str | None) -> str | None:
    """The look-up page for an address, or its beginning where the reply names none."""
    if blocklist.lookup is None or "{ip}" not in blocklist.lookup:
        return blocklist.lookup
    if address is None:
        parts = urlsplit(blocklist.lookup)
        return f"{parts.scheme}://{parts.hostname}/"
    return blocklist.lookup.replace("{ip}", quote(address))


def _of_provider(failure: Failure) -> list[Page]:
    speaker = sayings().speakers.get(failure.provider or "")
    if speaker is None:
        return []
    pages: tuple[tuple[Literal["support", "postmaster"], str | None], ...] = (
        ("support", speaker.support),
        ("postmaster", speaker.postmaster),
    )
    return [Page(kind, speaker.name, url) for kind, url in pages if url and url.startswith("https://")]


def _is_known(host: str | None) -> bool:
    labels = (host or "").casefold().split(".")
    return host is not None and any(".".join(labels[at:]) in _known_hosts() for at in range(len(labels) - 1))


@cache
def _known_hosts() -> frozenset[str]:
    """The hosts of the pages that the catalogue gives; a mark or a zone may be a customer's host."""
    known = sayings()
    pages = [page for speaker in known.speakers.values() for page in (speaker.postmaster, speaker.support)]
    pages += [page for one in known.blocklists.values() for page in (one.lookup, one.removal)]
    hosts = (urlsplit(page).hostname for page in pages if page)
    return frozenset(host for host in hosts if host)
