"""Text in, explanation out: a code, a bounce, lines of a log, events, replies, words, or nothing that we can read."""

from bot.core.catalogue import catalogue
from bot.core.cause import cause_of_codes, permanence
from bot.core.codes import AskedCode, read_code
from bot.core.model import Explanation, Failure, Match
from bot.core.paste import tidy

_KEYWORDS = 2  # what somebody looks up; a server says more
_TITLE = 95  # of 100: words that are, but for a letter, those by which an entry is known


def explain(text: str, *, words: bool = True) -> Explanation:
    """
    Explain whatever somebody typed or pasted; never an exception, for any text.

    `words=False` where nobody asked on purpose: then plain words are left alone.

    >>> explain("550 5.1.1").failures[0].cause
    'recipient_unknown'
    >>> explain("we have 250 users and 550 mailboxes", words=False).kind
    'nothing'
    """
    pasted = tidy(text)
    if code := read_code(pasted, catalogue().reply_codes):
        return Explanation("code", (_failure(code),), text=pasted)
    # The two matchers load only here: a code, the most common question, is answered sooner without them.
    from bot.core.bounce import failure_in_prose, failures_in_paste, failures_of
    from bot.core.dsn import KNOWN_FIELD
    from bot.core.events import looks_like_events, reports_in_events
    from bot.core.log import looks_like_log, reports_in_log

    if "\n" in pasted or KNOWN_FIELD.search(pasted):  # the library that reads messages loads only with what may be one
        from bot.core.letter import looks_like_message, looks_like_notice
        from bot.core.notice import failures_in_notice

        if "\n" in pasted and looks_like_message(pasted):
            failures = failures_in_notice(pasted)
            return Explanation("notice" if failures else "nothing", failures, text=pasted)
        if not looks_like_events(pasted) and looks_like_notice(pasted) and (failures := failures_in_notice(pasted)):
            return Explanation("notice", failures, text=pasted)
    is_events = looks_like_events(pasted)
    if is_events and (reports := list(reports_in_events(pasted, deliveries=True))):
        failed = [report for report in reports if report.action != "delivered"]
        return Explanation("log", failures_of(failed), text=pasted)
    if looks_like_log(pasted):
        return Explanation("log", failures_of(reports_in_log(pasted)), text=pasted)
    if failures := failures_in_paste(pasted, asked=words):
        return Explanation("reply", failures, text=pasted)
    if not is_events and (failure := failure_in_prose(pasted)):
        return Explanation("reply", (failure,), text=pasted)
    matches: tuple[Match, ...] = ()
    if words and not is_events and "@" not in pasted:
        from bot.core.words import search

        matches = search(pasted)
    looked_up = bool(matches) and (matches[0].score >= _TITLE or len(pasted.split()) <= _KEYWORDS)
    if words and not (looked_up or is_events) and (failure := failure_in_prose(pasted, asked=True)):
        return Explanation("reply", (failure,), text=pasted)
    if matches:
        return Explanation("words", matches=matches, text=pasted)
    return Explanation("nothing", text=pasted)


def _failure(code: AskedCode) -> Failure:
    verdict = cause_of_codes(code.reply_code, code.enhanced_status_code)
    return Failure(
        verdict.cause,
        code.reply_code,
        code.enhanced_status_code,
        permanence(code.reply_code, code.enhanced_status_code),
        decided_by=verdict.decided_by,
    )
