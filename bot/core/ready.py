"""Makes the core ready before anybody asks: loads and checks its knowledge, and lays a team's own over it."""

from bot.core.memory import forget
from bot.core.sayings import lay_over
from bot.core.signs import matcher
from bot.core.team import Team, in_use
from bot.core.words import search


def load() -> None:
    """Load all that `explain` may need, so that nobody waits for it later; faults raise CatalogueError."""
    matcher()
    search("quota")


def use_team(team: Team | None) -> None:
    """Lay a team's knowledge over ours, for this whole process; None takes it away again."""
    in_use[:] = [team] if team else []
    lay_over(team.signs if team else ())
    matcher.cache_clear()
    forget()
