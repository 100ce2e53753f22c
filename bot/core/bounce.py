"""The failures in a paste that is more than a code: its replies, and what decides the cause of each."""

from bot.core.catalogue import catalogue
from bot.core.cause import cause_of_codes, permanence
from bot.core.model import Failure
from bot.core.reply import Reply, read_replies, speaks_of_mail
from bot.core.signs import matcher


def read_failures(text: str) -> tuple[Failure, ...]:
    """
    Each failure of a tidy paste once, in order; in a transcript the replies on the way to a failure are none.

    >>> read_failures("250 2.1.0 Ok\\n550 5.7.1 Relay access denied")[0].cause
    'relay_denied'
    """
    failures = [_failure(reply) for reply in read_replies(text)]
    failed = [failure for failure in failures if failure.permanence]
    return tuple(dict.fromkeys(failed or failures[-1:]))


def read_prose(text: str) -> tuple[Failure, ...]:
    """
    The failure of a tidy paste that has no code but a sign, and is about mail.

    >>> read_prose("Your mail to jo@example.org came back: user unknown")[0].cause
    'recipient_unknown'
    """
    found = matcher().find(text)
    return (Failure(found.sign.cause, decided_by=found.phrase),) if found and speaks_of_mail(text) else ()


def _failure(reply: Reply) -> Failure:
    """A sign in the reply's words decides, else its codes; unless the code is one that says more than any words."""
    cause, decided_by = cause_of_codes(reply.reply_code, reply.enhanced_status_code)
    detail = catalogue().details.get((reply.enhanced_status_code or "")[2:])
    found = matcher().find(reply.text)
    if found and cause != "delivered" and not (detail and detail.decisive):
        cause, decided_by = found.sign.cause, found.phrase
    return Failure(
        cause,
        reply.reply_code,
        reply.enhanced_status_code,
        permanence(reply.reply_code, reply.enhanced_status_code),
        final_recipient=reply.recipient,
        diagnostic_code=reply.text or None,
        remote_mta=reply.remote_mta,
        decided_by=decided_by,
    )
