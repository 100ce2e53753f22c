"""Makes the core ready before anybody asks: loads and checks its knowledge, and lays a team's own over it."""

from bot.core.explain import explain
from bot.core.memory import forget
from bot.core.sayings import lay_over
from bot.core.signs import matcher
from bot.core.team import Team, in_use
from bot.core.words import search

_SAMPLES = (  # one for each way of reading
    "550 5.1.1 <jo@example.org>: user unknown",
    "Nov 23 14:22:54 mail postfix/smtp[165]: 4AB: to=<jo@example.org>, dsn=5.1.1, status=bounced (550 user unknown)",
    "From: MAILER-DAEMON\nTo: ops@example.net\nSubject: Undelivered\n\n<jo@example.org>: 550 user unknown",
    '{"event": "bounce", "email": "jo@example.org", "reason": "550 user unknown"}',
)


def load() -> None:
    """Load all that `explain` may need, so that nobody waits for it later; faults raise CatalogueError."""
    search("quota")
    for text in _SAMPLES:
        explain(text)


def use_team(team: Team | None) -> None:
    """Lay a team's knowledge over ours, for this whole process; None takes it away again."""
    in_use[:] = [team] if team else []
    lay_over(team.signs if team else ())
    matcher.cache_clear()
    forget()
