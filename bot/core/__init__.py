"""The explanation core: text in, explanation out. Pure: no Slack, no network, no clock."""

from bot.core.catalogue import Catalogue, catalogue
from bot.core.describe import describe
from bot.core.errors import CatalogueError, RebondError
from bot.core.explain import explain
from bot.core.language import LANGUAGES, Steps, Text
from bot.core.model import (
    Actor,
    Description,
    Digit,
    Explanation,
    Failure,
    Kind,
    Match,
    Page,
    Permanence,
    Retry,
    TeamWords,
)

__all__ = [
    "LANGUAGES",
    "Actor",
    "Catalogue",
    "CatalogueError",
    "Description",
    "Digit",
    "Explanation",
    "Failure",
    "Kind",
    "Match",
    "Page",
    "Permanence",
    "RebondError",
    "Retry",
    "Steps",
    "TeamWords",
    "Text",
    "catalogue",
    "describe",
    "explain",
]
