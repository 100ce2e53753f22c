"""Which cause the codes of a reply tell, where nothing else is known."""

from bot.core.catalogue import catalogue
from bot.core.model import Permanence

# Details that say nothing of their own: X.0.0, and X.7.1, which covers blocks of every kind.
_EMPTY_DETAILS = frozenset({"0.0", "7.1"})


def cause_of_codes(reply_code: str | None, enhanced_status_code: str | None) -> tuple[str, str | None]:
    """
    The most usual cause of two codes, and the code that decided; `unknown` and None where neither tells.

    The enhanced status code's detail comes first, unless it is empty of meaning; then the reply code, then the
    subject.

    >>> cause_of_codes("550", "5.7.26")
    ('authentication_failed', '5.7.26')
    >>> cause_of_codes("452", "4.0.0")
    ('storage_full', '452')
    >>> cause_of_codes("5xx", None)
    ('unknown', None)
    """
    if "2" in ((reply_code or "")[:1], (enhanced_status_code or "")[:1]):
        return "delivered", reply_code or enhanced_status_code
    known = catalogue()
    detail = (enhanced_status_code or "")[2:]
    subject = detail.partition(".")[0]
    evidence = (
        (known.details.get(detail) if detail not in _EMPTY_DETAILS else None, enhanced_status_code),
        (known.reply_codes.get(reply_code or ""), reply_code),
        (known.subjects.get(subject), enhanced_status_code),
    )
    return next(
        ((entry.cause, code) for entry, code in evidence if entry and entry.cause != "unknown"),
        ("unknown", None),
    )


def permanence(reply_code: str | None, enhanced_status_code: str | None) -> Permanence | None:
    """
    Whether the same message may pass later, by the first digit; the reply code's where the two differ.

    RFC 5321 §4.2.1, RFC 3463 §2.

    >>> permanence("452", None), permanence(None, "5.1.1"), permanence("250", "2.0.0")
    ('temporary', 'permanent', None)
    """
    entry = catalogue().reply_codes.get(reply_code or "")
    if entry and entry.permanence:
        return entry.permanence
    match (reply_code or enhanced_status_code or "")[:1]:
        case "4":
            return "temporary"
        case "5":
            return "permanent"
    return None
