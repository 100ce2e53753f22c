"""What a person asks of Rebond: help, the list of codes, or an explanation, and in which languages."""

from dataclasses import dataclass
from typing import Literal

from bot.core import LANGUAGES


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody typed after the command or the bot's name; `languages` is empty where they chose none."""

    topic: Literal["help", "list", "explain"]
    text: str
    languages: tuple[str, ...] = ()


_TOPICS = {
    "help": Question("help", "help", ("en",)),
    "aide": Question("help", "aide", ("fr",)),
    "list": Question("list", "list", ("en",)),
    "liste": Question("list", "liste", ("fr",)),
}


def read_question(text: str) -> Question:
    """
    Read what a person typed; a language in front chooses the answer's, and nothing at all asks for help.

    >>> read_question("fr 452")
    Question(topic='explain', text='452', languages=('fr',))
    >>> read_question("aide").languages
    ('fr',)
    """
    text = text.strip()
    first, *rest = text.split(maxsplit=1) or [""]
    languages: tuple[str, ...] = ()
    if first.casefold() in LANGUAGES:
        languages, text = (first.casefold(),), "".join(rest)
    if not text:
        return Question("help", "", languages)
    named = _TOPICS.get(text.casefold())
    if named is None:
        return Question("explain", text, languages)
    return Question(named.topic, named.text, languages or named.languages)
