"""
An explanation as Block Kit: pure functions that return plain dicts, `{"text": …, "blocks": […]}`.

Our own texts are mrkdwn; whatever a stranger wrote stands in rich_text, which Slack shows literally.
"""

import json
from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from typing import Any, NamedTuple

from bot.core import LANGUAGES, Description, Explanation, Failure, Kind, Match, TeamWords, catalogue, describe
from bot.core.memory import remembered
from bot.render.mrkdwn import escape, link, source_link
from bot.render.parts import (
    HEADER_LENGTH,
    Block,
    button,
    columns,
    context,
    header,
    label,
    literal,
    preformatted,
    rich_list,
    rich_section,
    rich_text,
    section,
)
from bot.render.quote import cut, quote, what_was_read
from bot.render.sharing import pack
from bot.render.text import fallback, fitting
from bot.render.words import (
    EXAMPLES,
    HELP,
    Group,
    codes,
    decided,
    explain_match,
    headline,
    lines,
    page_label,
    say,
    say_all,
    say_each,
    sources,
    team_lines,
    to_ask_for,
    together,
)

IN_FULL = 8000  # characters of JSON for failures that are explained in full; one takes about 3,000
IN_SHORT = 12  # failures that get a line each after those; all together stay below Slack's 13,200 or so
SHORT_LENGTH = 250  # characters of such a line
RECIPIENTS = 5  # that are named where one failure befell several
NAME_LENGTH = 100  # characters of one of them
TITLE_LENGTH = 70  # characters of a title in the list of codes
LISTED_TOGETHER = 15  # reply codes in one section of that list

_JSON = json.JSONEncoder(ensure_ascii=False)


def answer(
    explanation: Explanation,
    languages: Sequence[str] = LANGUAGES,
    *,
    shareable: bool = False,
    shared_by: str | None = None,
) -> dict[str, Any]:
    """
    An explanation as a message: the point first, then each language in its own column, sources last.

    `shareable` adds the Share in Channel button; `shared_by` is the id of the person who shared the answer.
    """
    if explanation.kind == "code":
        text, blocks = _code(explanation.failures, tuple(languages))
    else:
        text, blocks = _text(explanation, languages), tuple(_blocks(explanation, languages))
    extras = []
    if shared_by:
        person = f"<@{escape(shared_by)}>"
        extras.append(context(" · ".join(say_each("shared_by", languages, person=person))))
    if shareable and (explanation.failures or explanation.matches):
        extras.append(button(say("share_button", languages[0]), "share_in_channel", pack(explanation)))
    return {"text": text, "blocks": [*blocks, *extras]}


def help_answer(languages: Sequence[str] = LANGUAGES) -> dict[str, Any]:
    """What one can ask, with examples, and what becomes of the text that one pastes."""
    heading = " · ".join(say_each("help_title", languages))
    examples = columns([_bullets(HELP, language) for language in languages])
    privacy = context("\n".join(map(escape, say_each("help_privacy", languages))))
    return {"text": fitting(heading), "blocks": [header(heading), examples, privacy]}


def list_answer(languages: Sequence[str] = LANGUAGES) -> dict[str, Any]:
    """Every reply code and its title, by first digit."""
    heading = " · ".join(say_each("list_title", languages))
    blocks = [header(heading)]
    for first_digit, listed in groupby(catalogue().reply_codes, key=lambda code: code[0]):
        blocks.append(context(_class(first_digit, languages)))
        while part := list(islice(listed, LISTED_TOGETHER)):
            blocks.append(columns(["\n".join(_listed(code, language) for code in part) for language in languages]))
    blocks.append(context("\n".join(map(escape, say_each("list_hint", languages)))))
    return {"text": fitting(heading), "blocks": blocks}


def sentence(key: str, languages: Sequence[str] = LANGUAGES, **values: object) -> dict[str, Any]:
    """One sentence of interface.toml in each language; the values are our own, such as a reference."""
    text = "\n".join(map(escape, say_each(key, languages, **values)))
    return {"text": text, "blocks": [section(text)]}


@remembered(1024)
def _code(failures: tuple[Failure, ...], languages: tuple[str, ...]) -> tuple[str, tuple[Block, ...]]:
    """The text and blocks for a code: asked for again and again, and never with a stranger's text in them."""
    explanation = Explanation("code", failures)
    return fallback(explanation, languages), tuple(_blocks(explanation, languages))


def _text(explanation: Explanation, languages: Sequence[str]) -> str:
    """The fallback; of one failure alone it is put together with the blocks, and once."""
    if len(explanation.failures) != 1:
        return fallback(explanation, languages)
    return _told(explanation.kind, _without_texts(explanation.failures[0]), tuple(languages)).text


def _blocks(explanation: Explanation, languages: Sequence[str]) -> list[Block]:
    if explanation.failures:
        return _failures(explanation, languages)
    if explanation.matches:
        return _matches(explanation.matches, languages)
    return [_nothing(languages)]


def _failures(explanation: Explanation, languages: Sequence[str]) -> list[Block]:
    """The first failures in full, the others in a line each."""
    first, *others = together(explanation)
    blocks = _in_full(explanation, first, languages)
    for index, group in enumerate(others):
        more = _in_full(explanation, group, languages)
        if len(_JSON.encode(blocks + more)) > IN_FULL:
            return [*blocks, _in_short(others[index:], languages)]
        blocks += more
    return blocks


def _in_full(explanation: Explanation, group: Group, languages: Sequence[str]) -> list[Block]:
    description, failures = group
    failure = failures[0]
    told = _told(explanation.kind, _without_texts(failure), tuple(languages))
    blocks = [*told.before]
    if team := description.team:
        blocks.append(_of_team(team, languages))
    if pages := [link(page.address, page_label(page, languages)) for page in description.pages]:
        blocks.append(context(f"{say_all('pages', languages)}  {' · '.join(pages)}"))
    if read := [*_facts(failures, description, languages), *_quoted(explanation, failure)]:
        blocks.append(rich_text(*read))
    return [*blocks, *told.after]


class _Told(NamedTuple):
    """What an answer says whatever a stranger's text was: the fallback, and the blocks above and below that text."""

    text: str
    before: tuple[Block, ...]
    after: tuple[Block, ...]


def _without_texts(failure: Failure) -> Failure:
    return failure._replace(
        final_recipient=None, diagnostic_code=None, remote_mta=None, reporting_mta=None, decided_at=None, blocklist=None
    )


@remembered(4096)
def _told(kind: Kind, failure: Failure, languages: tuple[str, ...]) -> _Told:
    """Put together once for each cause, codes and provider, and never changed afterwards."""
    explanation = Explanation(kind, (failure,))
    (description,) = describe(explanation)
    heading = headline(failure, description, languages)
    complete = len(heading) <= HEADER_LENGTH
    if not complete:  # then each title stands in its column
        permanence = say_each(failure.permanence, languages) if failure.permanence else []
        heading = " · ".join(filter(None, (codes(failure), *permanence))) or description.title[languages[0]]
    before = [
        header(heading),
        columns(
            [
                "\n".join(_column(failure, description, language, named=len(languages) > 1, titled=not complete))
                for language in languages
            ]
        ),
    ]
    if digits := [text for language in languages if (text := _digits(description, language))]:
        before.append(context("\n".join(digits)))
    known_from = " · ".join(map(source_link, sources(description, languages)))
    after = (context(f"{say_all('sources', languages)}  {known_from}"),) if known_from else ()
    return _Told(fallback(explanation, languages), tuple(before), after)


def _column(failure: Failure, description: Description, language: str, *, named: bool, titled: bool) -> Iterator[str]:
    """The explanation in one language, as lines of mrkdwn."""
    if named:
        yield f"*{say('language_name', language)}*"
    if titled:
        yield f"*{escape(description.title[language])}*"
    for line in lines(failure, description, language):
        if line.label:
            yield f"*{escape(line.label)}* {escape(line.text)}".rstrip()
        else:
            yield f"{escape(line.text)}\n"
        for number, step in enumerate(line.steps, 1):
            yield f"{number}. {escape(step)}"


def _digits(description: Description, language: str) -> str:
    """How each part of the codes is read, in one line; nothing where that would only repeat the title."""
    title = description.title[language]
    parts = [
        f"`{digit.code}` {escape(digit.title[language])}"
        for digit in description.digits
        if digit.title[language] != title
    ]
    return f"{say('digits', language)}  {' · '.join(parts)}" if parts else ""


def _of_team(team: TeamWords, languages: Sequence[str]) -> Block:
    """What the team itself says, told apart from what we know."""
    said = dict.fromkeys(line for language in languages for line in team_lines(team, language))
    runbooks = [link(note.runbook, say_all("runbook", languages)) for note in team.notes if note.runbook]
    heading = f"*{escape(say_all('of_team', languages, team=team.name))}*"
    return section("\n".join([heading, *map(escape, said), *runbooks]))


def _facts(failures: Sequence[Failure], description: Description, languages: Sequence[str]) -> Iterator[Block]:
    """Who was written to, who answered: what else a stranger's text told."""
    failure = failures[0]
    facts = {
        "recipient": _recipients(failures, languages),
        "times": _times(failures),
        "remote_mta": failure.remote_mta,
        "reporting_mta": failure.reporting_mta,
        "provider": description.provider or failure.provider,
        "blocklist": failure.blocklist,
        "read_from": decided(failure) if failure.diagnostic_code else None,
    }
    for key, fact in facts.items():
        if fact:
            yield rich_section(label(f"{say_all(key, languages)}  "), literal(quote(fact)))


def _quoted(explanation: Explanation, failure: Failure) -> Iterator[Block]:
    if read := what_was_read(explanation, failure):
        yield preformatted(read)


def _recipients(failures: Sequence[Failure], languages: Sequence[str]) -> str:
    known = [failure.final_recipient for failure in failures if failure.final_recipient]
    named = [quote(recipient, NAME_LENGTH) for recipient in known[:RECIPIENTS]]
    if more := len(known) - len(named):
        named.append(say_all("and_more", languages, count=more))
    return ", ".join(named)


def _times(failures: Sequence[Failure]) -> str:
    """How often failures without a recipient were read; one that stands alone needs no number."""
    unnamed = sum(failure.final_recipient is None for failure in failures)
    return str(unnamed) if len(failures) > 1 and unnamed else ""


def _in_short(groups: Sequence[Group], languages: Sequence[str]) -> Block:
    """A line for each group of failures, and how many failures there are beyond those."""
    items = [
        cut(
            f"{headline(failures[0], description, languages)}  {_recipients(failures, languages)}",
            SHORT_LENGTH,
        )
        for description, failures in groups[:IN_SHORT]
    ]
    if more := sum(len(group.failures) for group in groups[IN_SHORT:]):
        items.append(say_all("and_more", languages, count=more))
    return rich_text(
        rich_section(label(say_all("also_read", languages))),
        rich_list([rich_section(literal(item)) for item in items]),
    )


def _matches(matches: Sequence[Match], languages: Sequence[str]) -> list[Block]:
    """The best match in full, and the others with how to ask for them."""
    best, *others = matches
    blocks = _failures(explain_match(best), languages)
    if others:
        blocks.append(columns(["\n".join(_asked_for(others, language)) for language in languages]))
    return blocks


def _asked_for(matches: Sequence[Match], language: str) -> Iterator[str]:
    yield f"*{escape(say('other_matches', language))}*"
    for match in matches:
        yield f"`/smtp {to_ask_for(match, language)}`  {escape(match.title[language])}"


def _nothing(languages: Sequence[str]) -> Block:
    """Where there is nothing to explain: a sentence, and what one can ask instead."""
    return columns(
        [
            f"{escape(say('nothing_read', language))}\n{_bullets(EXAMPLES, language, command='/smtp')}"
            for language in languages
        ]
    )


def _bullets(keys: Sequence[str], language: str, **values: object) -> str:
    return "\n".join(f"•  {escape(say(key, language, **values))}" for key in keys)


def _class(first_digit: str, languages: Sequence[str]) -> str:
    """The head of a class in the list: `4xx`, and what the first digit says."""
    title = catalogue().first_digits[first_digit].title
    return " · ".join([f"*{first_digit}xx*", *(escape(title[language]) for language in languages)])


def _listed(code: str, language: str) -> str:
    return f"`{code}`  {escape(cut(catalogue().reply_codes[code].title[language], TITLE_LENGTH))}"
