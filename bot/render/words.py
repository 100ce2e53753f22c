"""The bot's own words, and the lines about a failure that Block Kit and plain text have in common."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from bot.core import Description, Explanation, Failure, Match, Page, TeamWords, catalogue, describe, explain

HELP = (
    "help_code",
    "help_class",
    "help_words",
    "help_paste",
    "help_list",
    "help_mention",
    "help_shortcut",
    "help_direct",
)
EXAMPLES = ("example_code", "example_enhanced", "example_words", "example_paste")

# What a source that is nothing but RFCs is made of: `RFC 5321 §4.2.3, RFC 3463 §3.2, X.1.1`.
_IN_RFC = r"(?:§[\d.]+|X\.\d+\.\d+)"
_RFC = re.compile(rf"RFC \d+(?: {_IN_RFC}(?:(?:, | and ){_IN_RFC})*)?")
_RFCS = re.compile(rf"{_RFC.pattern}(?:, {_RFC.pattern})*")

_what_counts = attrgetter(
    "cause", "reply_code", "enhanced_status_code", "permanence", "provider", "blocklist", "given_up"
)


class Line(NamedTuple):
    """One thing that is said about a failure: a short label, or none, and the text."""

    label: str
    text: str
    steps: tuple[str, ...] = ()


class Group(NamedTuple):
    """Failures that differ only in whom they befell and who told so."""

    description: Description
    failures: list[Failure]


def say(key: str, language: str, **values: object) -> str:
    """A sentence of interface.toml in one language, its {names} filled in."""
    sentence = catalogue().interface[key][language]
    return sentence.format(**values) if values else sentence


def say_each(key: str, languages: Sequence[str], **values: object) -> list[str]:
    """A sentence in each language, in order."""
    return [say(key, language, **values) for language in languages]


def say_all(key: str, languages: Sequence[str], **values: object) -> str:
    """A label in each language: `Recipient / Destinataire`; once where the languages agree."""
    return (
        _label(key, tuple(languages)) if not values else " / ".join(dict.fromkeys(say_each(key, languages, **values)))
    )


@lru_cache(maxsize=512)
def _label(key: str, languages: tuple[str, ...]) -> str:
    return " / ".join(dict.fromkeys(say_each(key, languages)))


def codes(failure: Failure) -> str:
    """The codes of a failure as servers write them: `550 5.1.1`; empty where there are none."""
    return " ".join(code for code in (failure.reply_code, failure.enhanced_status_code) if code)


def title(failure: Failure, description: Description, language: str) -> str:
    """The point in a few words: what happened, and whether it is for good."""
    text = description.title[language]
    if failure.permanence is None or "x" in codes(failure):  # a class of codes says so by its own title
        return text
    permanence = say(failure.permanence, language)
    return text if permanence in text.lower() else f"{text} ({permanence})"


def headline(failure: Failure, description: Description, languages: Sequence[str]) -> str:
    """The codes and the point, in each language: `550 5.1.1 · … (permanent) · … (échec définitif)`."""
    parts = [codes(failure), *(title(failure, description, language) for language in languages)]
    return " · ".join(dict.fromkeys(part for part in parts if part))


def lines(failure: Failure, description: Description, language: str) -> Iterator[Line]:
    """What is said about a failure in one language, in order: what it means, whose move it is, what to do."""
    yield Line("", description.meaning[language])
    for note in description.notes:
        yield Line("", note[language])
    # Where all is well, or where a code is no failure, there is no move and nothing to send again.
    if description.actor and description.retry and (description.actor, description.retry) != ("nobody", "no"):
        given_up = description.retry == "yes" and (failure.given_up or failure.permanence == "permanent")
        actor = "sender" if given_up and description.actor == "nobody" else description.actor
        yield Line(say("whose_move", language), say(f"actor_{actor}", language))
        retry = say("retry_yes_by_hand" if given_up else f"retry_{description.retry}", language)
        if failure.retry_after and description.retry != "no":
            retry += " " + say("retry_wait", language, wait=duration(failure.retry_after))
        yield Line(say("send_again", language), retry)
    if steps := description.advice[language]:
        yield Line(say("next_steps", language), "", tuple(steps))


def decided(failure: Failure) -> str | None:
    """
    The words that told the cause, as they stand in the reply, or the code; None where nothing did.

    >>> decided(Failure("relay_denied", diagnostic_code="No: Relaying denied", decided_by="relaying", decided_at=4))
    'Relaying'
    """
    phrase, at = failure.decided_by, failure.decided_at
    if phrase is None or at is None or failure.diagnostic_code is None or "…" in phrase:
        return phrase
    return failure.diagnostic_code[at : at + len(phrase)]


def page_label(page: Page, languages: Sequence[str]) -> str:
    """What a page is for and whose it is: `Spamhaus · look up / vérifier`."""
    return f"{page.owner} · {say_all(f'page_{page.kind}', languages)}"


def team_lines(words: TeamWords, language: str) -> Iterator[str]:
    """What the team itself has to say of a failure, without its runbooks' addresses."""
    yield from (f"{host} = {name}" for host, name in words.hosts)
    for note in words.notes:
        if note.note:
            yield note.note[language]
        if note.contact:
            yield f"{say('contact', language)} {note.contact}"


_IN_WORDS = {"widely seen": "widely_seen", "seen on a few servers": "seldom_seen", "no RFC": "no_rfc"}
"""The sources that are no names, and the entries of interface.toml by which they are said."""


def sources(description: Description, languages: Sequence[str]) -> list[str]:
    """Where we know it from, each once; what another source says more precisely is left out."""
    known = _each_rfc_once(source for several in description.sources for source in several.split("; "))
    known = [say_all(_IN_WORDS[source], languages) if source in _IN_WORDS else source for source in known]
    return [source for source in known if not any(source in other and source != other for other in known)]


def _each_rfc_once(sources: Iterable[str]) -> list[str]:
    """
    The sources in order, each RFC with all its sections where it comes first.

    >>> _each_rfc_once(["RFC 5321 §4.2.3, RFC 3463 §3.2", "widely seen", "RFC 3463 §3.2, X.1.1", "RFC 5321"])
    ['RFC 5321 §4.2.3', 'RFC 3463 §3.2, X.1.1', 'widely seen']
    """
    inside: dict[str, dict[str, None]] = {}
    for source in sources:
        for one in _RFC.findall(source) if _RFCS.fullmatch(source) else (source,):
            rfc, *sections = re.split(rf"(?:, | and | )(?={_IN_RFC})", one) if one.startswith("RFC ") else (one,)
            inside.setdefault(rfc, {}).update(dict.fromkeys(sections))
    return [f"{source} {', '.join(sections)}" if sections else source for source, sections in inside.items()]


def together(explanation: Explanation) -> list[Group]:
    """The failures of an explanation; one that befell several recipients stands once, with all of them."""
    if len(explanation.failures) == 1:
        return [Group(describe(explanation)[0], list(explanation.failures))]
    groups: dict[Any, Group] = {}
    for failure, description in zip(explanation.failures, describe(explanation), strict=True):
        groups.setdefault(_what_counts(failure), Group(description, [])).failures.append(failure)
    return list(groups.values())


def explain_match(match: Match) -> Explanation:
    """The explanation of the entry that somebody's words mean."""
    if match.code:
        return explain(match.code)
    return Explanation("reply", (Failure(match.cause or "unknown"),))


def to_ask_for(match: Match, language: str) -> str:
    """What one types to get just this entry: its code, or the first words that find it."""
    if match.code:
        return match.code
    return catalogue().causes[match.cause or "unknown"].words[language][0]


def duration(seconds: int) -> str:
    """
    A time to wait, rounded up, in units that are written alike in our languages.

    >>> duration(300)
    '5\\xa0min'
    """
    if seconds < 120:
        return f"{seconds}\u00a0s"
    if seconds < 7200:
        return f"{-(-seconds // 60)}\u00a0min"
    return f"{-(-seconds // 3600)}\u00a0h"
