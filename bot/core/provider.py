"""Who answered: a mailbox provider, or a filter in front of one."""

from collections.abc import Iterable, Mapping
from functools import cache

from bot.core.sayings import Speaker, sayings

_COMPANIES = ("filter", "provider", "sender")  # a filter answers in front of any provider's domain


def provider_of(marked: Iterable[str], remote_mta: str | None, recipient: str | None) -> str | None:
    """
    The id of who answered: by marks in the text, else by the name of the remote MTA, else by the recipient's domain.

    `marked` are the ids of the speakers whose marks stand in the text. Mail server software is no provider.

    >>> provider_of([], "alt1.gmail-smtp-in.l.google.com", None), provider_of([], None, "jo@gmail.com")
    ('google', 'google')
    """
    speakers = sayings().speakers
    companies = sorted(
        (name for name in marked if speakers[name].kind in _COMPANIES),
        key=lambda name: _COMPANIES.index(speakers[name].kind),
    )
    if companies:
        return companies[0]
    by_host, by_domain = _names()
    return (_lookup(remote_mta, by_host) if remote_mta else None) or (
        by_domain.get(recipient.rpartition("@")[2].casefold()) if recipient else None
    )


def _lookup(host: str, names: Mapping[str, str]) -> str | None:
    """The entry for the longest ending of a host name."""
    labels = host.casefold().rstrip(".").split(".")
    return next((names[ending] for at in range(len(labels)) if (ending := ".".join(labels[at:])) in names), None)


@cache
def _names() -> tuple[dict[str, str], dict[str, str]]:
    """By host name without its `*.`, and by recipient domain, the id of the company."""
    companies: dict[str, Speaker] = {
        name: speaker for name, speaker in sayings().speakers.items() if speaker.kind in _COMPANIES
    }
    by_host = {host.removeprefix("*.").casefold(): name for name, one in companies.items() for host in one.remote_mtas}
    by_domain = {domain.casefold(): name for name, one in companies.items() for domain in one.recipient_domains}
    return by_host, by_domain
