"""From facts to sentences: what a failure means, who must act, what to do, and from which source we know."""

from collections.abc import Iterator

from bot.core.catalogue import Catalogue, Code, catalogue
from bot.core.language import LANGUAGES, Steps, Text
from bot.core.memory import remembered
from bot.core.model import Description, Digit, Explanation, Failure
from bot.core.team import words_of_team

_NO_STEPS: Steps = dict.fromkeys(LANGUAGES, ())


def describe(explanation: Explanation) -> tuple[Description, ...]:
    """
    The sentences for each failure, in order: of a code asked for by itself its own, else those of its cause.

    >>> [digit.code for digit in describe(Explanation("code", (Failure("storage_full", "452"),)))[0].digits]
    ['4xx', 'x5x', '452']
    """
    if explanation.kind == "code":
        return tuple(_describe_code(failure, catalogue()) for failure in explanation.failures)
    return tuple(map(_describe_failure, explanation.failures))


def _describe_failure(failure: Failure) -> Description:
    """What is told of a failure; what depends on no stranger's text is put together once."""
    from bot.core.pages import pages_of
    from bot.core.sayings import blocklist_named

    told = _describe_cause(
        failure.cause, failure.reply_code, failure.enhanced_status_code, failure.provider, failure.decided_by
    )
    general = catalogue().causes["ip_blocked"].meaning
    listed_in = blocklist_named(failure.blocklist) if told.meaning == general else None
    if listed_in:
        told = told._replace(meaning=_joined([general, listed_in.meaning], " "), advice=listed_in.advice)
    return told._replace(pages=pages_of(failure), team=words_of_team(failure))


@remembered(4096)
def _describe_cause(
    cause_name: str,
    reply_code: str | None,
    enhanced_status_code: str | None,
    provider: str | None,
    decided_by: str | None,
) -> Description:
    # What servers say is loaded only with a text that has words.
    from bot.core.pages import provider_name
    from bot.core.sayings import sign_of

    failure, known = Failure(cause_name, reply_code, enhanced_status_code), catalogue()
    cause = known.causes[failure.cause]
    sign = sign_of(provider, decided_by, enhanced_status_code)
    exact = _exact(failure, known)
    return Description(
        title=cause.title,
        meaning=(sign.meaning if sign else None) or cause.meaning,
        actor=(sign.actor if sign else None) or cause.actor,
        retry=(sign.retry if sign else None) or cause.retry,
        advice=(sign.advice if sign else None) or cause.advice,
        digits=tuple(_digits(failure, known)),
        notes=() if sign else tuple(_unregistered(failure, known)),
        provider=provider_name(provider),
        sources=_distinct(*((sign.source,) if sign else ()), *(entry.source for entry in exact), cause.source),
    )


def _describe_code(failure: Failure, known: Catalogue) -> Description:
    """The entry of the code itself; where there is none, its digits or its class and subject together."""
    cause = known.causes[failure.cause]
    exact = _exact(failure, known)
    told = exact[:1] or _general(failure, known)
    no_outcome = failure.cause in ("unknown", "delivered")
    return Description(
        title=_joined([entry.title for entry in told], " · "),
        meaning=_joined([entry.meaning for entry in told], " "),
        actor=told[0].actor or (None if no_outcome else cause.actor),
        retry=told[0].retry or (None if no_outcome else cause.retry),
        advice=told[0].advice or (_NO_STEPS if no_outcome else cause.advice),
        digits=tuple(_digits(failure, known)),
        notes=(*(entry.practice for entry in exact if entry.practice), *_unregistered(failure, known)),
        team=words_of_team(failure),
        sources=_distinct(*(entry.source for entry in exact or told)),
    )


def _exact(failure: Failure, known: Catalogue) -> list[Code]:
    """The entries that stand for the whole codes, the enhanced status code's first, for it says more."""
    entries = (
        known.details.get((failure.enhanced_status_code or "")[2:]),
        known.reply_codes.get(failure.reply_code or ""),
    )
    return [entry for entry in entries if entry]


def _general(failure: Failure, known: Catalogue) -> list[Code]:
    """The entries for the parts of codes that have none of their own; those who tell most come first."""
    class_, subject, _ = (failure.enhanced_status_code or "x.x.x").split(".")
    reply_code = failure.reply_code or "xxx"
    entries = (
        known.subjects.get(subject),
        known.classes.get(class_),
        known.first_digits.get(reply_code[0]) if class_ == "x" else None,
        known.second_digits.get(reply_code[1]) if subject == "x" else None,
    )
    return [entry for entry in entries if entry]


def _digits(failure: Failure, known: Catalogue) -> Iterator[Digit]:
    """How the codes are read: RFC 5321 §4.2.1 for the reply code, RFC 3463 §2 for the enhanced status code."""
    parts: list[tuple[str, Code | None]] = []
    if reply_code := failure.reply_code:
        parts += [
            (f"{reply_code[0]}xx", known.first_digits.get(reply_code[0])),
            (f"x{reply_code[1]}x", known.second_digits.get(reply_code[1])),
            (reply_code, known.reply_codes.get(reply_code)),
        ]
    if failure.enhanced_status_code:
        class_, subject, detail = failure.enhanced_status_code.split(".")
        parts += [
            (f"{class_}.x.x", known.classes.get(class_)),
            (f"x.{subject}.x", known.subjects.get(subject)),
            (f"x.{subject}.{detail}", known.details.get(f"{subject}.{detail}")),
        ]
    return (Digit(code, entry.title) for code, entry in parts if entry)


def _unregistered(failure: Failure, known: Catalogue) -> Iterator[Text]:
    """Notes that say so where a whole code is in no standard or registry."""
    reply_code, enhanced = failure.reply_code, failure.enhanced_status_code
    if reply_code and "x" not in reply_code:
        entry = known.reply_codes.get(reply_code)
        if not (entry and entry.standard):
            yield _filled(known.interface["reply_code_not_standard"], reply_code)
    if enhanced and "x" not in enhanced[2:] and enhanced[2:] not in known.details:
        yield _filled(known.interface["enhanced_status_code_not_registered"], enhanced)


def _filled(text: Text, code: str) -> Text:
    return {language: text[language].format(code=code) for language in LANGUAGES}


def _joined(texts: list[Text], separator: str) -> Text:
    return {language: separator.join(text[language] for text in texts) for language in LANGUAGES}


def _distinct(*sources: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sources))
