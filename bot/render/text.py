"""An explanation as plain text: what notifications and screen readers say, and what a terminal shows."""

import textwrap
from collections.abc import Iterator, Sequence

from bot.core import LANGUAGES, Description, Explanation, Failure, Match, describe
from bot.render.mrkdwn import escape
from bot.render.quote import ELLIPSIS, cut, harmless
from bot.render.words import (
    EXAMPLES,
    Group,
    codes,
    decided,
    explain_match,
    headline,
    lines,
    page_label,
    say,
    say_all,
    sources,
    team_lines,
    title,
    to_ask_for,
    together,
)

FALLBACK_LENGTH = 300
WIDTH = 80


def fallback(explanation: Explanation, languages: Sequence[str] = LANGUAGES) -> str:
    """
    The point of an explanation in one line of mrkdwn: at most 300 characters, none of them a stranger's.

    Slack shows it in notifications, and screen readers read it instead of the blocks.
    """
    if explanation.failures:
        text = point(explanation.failures, describe(explanation)[0], languages)
    elif explanation.matches:
        best = explanation.matches[0]
        text = " · ".join(best.title[language] for language in languages)
    else:
        text = " ".join(say("nothing_read_aloud", language) for language in languages)
    return fitting(text)


def point(failures: Sequence[Failure], description: Description, languages: Sequence[str]) -> str:
    """What the first failure is, and how many more there are."""
    text = headline(failures[0], description, languages)
    if others := len(failures) - 1:
        text = f"{cut(text, FALLBACK_LENGTH - 60)} ({say_all('and_more', languages, count=others)})"
    return text


def fitting(text: str) -> str:
    """Escape a text for mrkdwn and keep it within 300 characters, never in the middle of an entity."""
    short = cut(text, FALLBACK_LENGTH)
    while len(escape(short)) > FALLBACK_LENGTH:
        short = short.removesuffix(ELLIPSIS)[:-1] + ELLIPSIS
    return escape(short)


def terminal(explanation: Explanation, languages: Sequence[str] = LANGUAGES) -> str:
    """An explanation for a person at a terminal, one language after the other, wrapped at 80 columns."""
    if explanation.failures:
        return "\n\n\n".join(_wrap(_failure(group, languages)) for group in together(explanation))
    if explanation.matches:
        best, *others = explanation.matches
        return "\n\n".join([terminal(explain_match(best), languages), *_others(others, languages)])
    return "\n\n".join(_wrap(_nothing(language)) for language in languages)


Paragraph = tuple[str, str, str]
"""A text, what stands before its first line, and what stands before each of the others."""


def _wrap(paragraphs: Iterator[Paragraph]) -> str:
    return "\n".join(
        textwrap.fill(
            text,
            WIDTH,
            initial_indent=first,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for text, first, rest in paragraphs
    )


def _failure(group: Group, languages: Sequence[str]) -> Iterator[Paragraph]:
    description, failures = group
    failure = failures[0]
    heading = codes(failure)
    width = max((len(digit.code) for digit in description.digits), default=0)
    for index, language in enumerate(languages):
        if index:
            yield "", "", ""
        yield title(failure, description, language), f"{heading} · " if heading else "", ""
        for line in lines(failure, description, language):
            yield f"{line.label} {line.text}".strip(), "  ", "  "
            for number, step in enumerate(line.steps, 1):
                yield step, f"  {number}. ", "     "
        for digit in description.digits:
            yield digit.title[language], f"  {digit.code:<{width}}  ", " " * (width + 4)
    facts = [
        ("recipient", ", ".join(failure.final_recipient for failure in failures if failure.final_recipient)),
        ("remote_mta", failure.remote_mta),
        ("reporting_mta", failure.reporting_mta),
        ("provider", description.provider or failure.provider),
        ("blocklist", failure.blocklist),
        (
            "read_from",
            decided(failure) if failure.diagnostic_code else None,
        ),
    ]
    yield "", "", ""
    for key, value in facts:
        if value:
            yield f"{_labelled(key, languages)} {harmless(value)}", "", "  "
    if team := description.team:
        yield f"{say_all('of_team', languages, team=team.name)}", "", ""
        for said in dict.fromkeys(line for language in languages for line in team_lines(team, language)):
            yield said, "  ", "  "
        for note in team.notes:
            if note.runbook:
                yield note.runbook, f"  {_labelled('runbook', languages)} ", "  "
    for page in description.pages:
        yield page.address, f"{page_label(page, languages)}  ", "  "
    if known_from := " · ".join(sources(description, languages)):
        yield f"{_labelled('sources', languages)} {known_from}", "", "  "


def _labelled(key: str, languages: Sequence[str]) -> str:
    """A label and its colon, before which French wants a space."""
    return say_all(key, languages) + say("colon", languages[-1])


def _others(matches: Sequence[Match], languages: Sequence[str]) -> list[str]:
    return [_wrap(_asked_for(matches, language)) for language in languages] if matches else []


def _asked_for(matches: Sequence[Match], language: str) -> Iterator[Paragraph]:
    yield say("other_matches", language), "", ""
    for match in matches:
        yield f"`rebond explain {to_ask_for(match, language)}`  {match.title[language]}", "  ", "    "


def _nothing(language: str) -> Iterator[Paragraph]:
    yield say("nothing_read", language), "", ""
    for key in EXAMPLES:
        yield say(key, language, command="rebond explain"), "  ", "    "
