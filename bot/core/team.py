"""A team's own knowledge, laid over ours: names of its hosts, runbooks and contacts, replies of its own servers."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from bot.core.model import Failure, Note, TeamWords
from bot.core.pattern import pattern

if TYPE_CHECKING:
    from bot.core.sayings import Sign


class Team(NamedTuple):
    """All that a team's folder holds; hosts are names and addresses, in small letters."""

    name: str
    hosts: Mapping[str, str]
    causes: Mapping[str, Note]
    providers: Mapping[str, Note]
    signs: "tuple[Sign, ...]" = ()


_HOST = pattern(r"[\w.:-]{3,255}")
_PORT = pattern(r"(?::\d{1,5})?[.:]*$")  # or the end of a sentence
in_use: list[Team] = []
"""The team whose knowledge is laid over ours in this process, if there is one."""


def words_of_team(failure: Failure) -> TeamWords | None:
    """What the team says of a failure; None where there is no team, or nothing to say."""
    if not in_use:
        return None
    team = in_use[0]
    notes = (team.providers.get(failure.provider or ""), team.causes.get(failure.cause))
    said = " ".join(filter(None, (failure.diagnostic_code, failure.remote_mta, failure.reporting_mta))).casefold()
    named = (host for found in _HOST.findall(said) for host in (found, _PORT.sub("", found)))
    hosts = {host: team.hosts[host] for host in named if host in team.hosts}
    words = TeamWords(team.name, tuple(note for note in notes if note), tuple(hosts.items()))
    return words if words.notes or words.hosts else None
