"""What keeps Rebond from starting, as keys of the catalogue, so that it can be said in every language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: a key of interface.toml and the values of its sentence."""

    key: str
    values: Mapping[str, str] = field(default_factory=dict)

    def sentence(self, language: str) -> str:
        """Say the problem in a language."""
        from bot.core import catalogue  # `bot.core` needs none of our problems

        return catalogue().interface[self.key][language].format(**self.values)


class NotReadyError(Exception):
    """Rebond cannot start; every reason at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(", ".join(problem.key for problem in self.problems))
