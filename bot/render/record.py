"""An explanation as the JSON object that `rebond explain --json` prints; other programs rely on its keys."""

from typing import Any

from bot.core import LANGUAGES, Description, Explanation, Failure, Match, describe


def record(explanation: Explanation, *, texts: bool = True) -> dict[str, Any]:
    """
    The object for one explanation; `texts=False` leaves out title, meaning, advice and sources.

    >>> from bot.core import explain
    >>> record(explain("999"))
    {'kind': 'nothing', 'failures': []}
    """
    made: dict[str, Any] = {
        "kind": explanation.kind,
        "failures": [_facts(one) for one in explanation.failures],
    }
    if texts:
        for facts, description in zip(made["failures"], describe(explanation), strict=True):
            facts.update(_texts(description))
    if explanation.kind == "words":
        made["matches"] = [_match(match) for match in explanation.matches]
    return made


def _facts(failure: Failure) -> dict[str, Any]:
    return {
        "recipient": failure.final_recipient,
        "reply_code": failure.reply_code,
        "enhanced_status_code": failure.enhanced_status_code,
        "cause": failure.cause,
        "permanence": failure.permanence,
        "provider": failure.provider,
        "remote_mta": failure.remote_mta,
        "reporting_mta": failure.reporting_mta,
        "diagnostic": failure.diagnostic_code,
        "retry_after": failure.retry_after,
        "blocklist": failure.blocklist,
    }


def _texts(description: Description) -> dict[str, Any]:
    return {
        "title": dict(description.title),
        "meaning": dict(description.meaning),
        "advice": {language: list(description.advice.get(language, ())) for language in LANGUAGES},
        "sources": list(description.sources),
    }


def _match(match: Match) -> dict[str, Any]:
    name = {"code": match.code} if match.code else {"cause": match.cause}
    return {**name, "title": dict(match.title), "score": match.score}
