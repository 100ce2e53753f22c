"""The language of the person at the terminal, as their locale says."""

import os

from bot.core import LANGUAGES

_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def operator_language() -> str:
    """Return the language that the environment asks for where we speak it, else the first of ours."""
    asked = next(filter(None, map(os.environ.get, _VARIABLES)), "")[:2]
    return asked if asked in LANGUAGES else LANGUAGES[0]
