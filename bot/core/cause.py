"""Which cause: the order of evidence, strongest first."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from bot.core.catalogue import catalogue
from bot.core.model import Permanence
from bot.core.sayings import Sign, is_shared, sayings
from bot.core.statements import Read, Words, no_words, statements_in

if TYPE_CHECKING:  # the matcher loads only with a text that has words
    from bot.core.signs import Found

# Details that say nothing of their own: X.0.0, and X.7.1, which covers blocks of every kind.
_EMPTY_DETAILS = frozenset({"0.0", "7.0", "7.1"})


class Verdict(NamedTuple):
    """A cause, the phrase or code that told it, and the sign where one did."""

    cause: str
    decided_by: str | None = None
    sign: Sign | None = None


def cause_of_codes(reply_code: str | None, enhanced_status_code: str | None) -> Verdict:
    """
    The most usual cause of two codes, and the code that decided; `unknown` and None where neither tells.

    The enhanced status code's detail comes first, unless it is empty of meaning; then the reply code, then the
    subject.

    >>> cause_of_codes("550", "5.7.26").cause, cause_of_codes("452", "4.0.0").decided_by
    ('authentication_failed', '452')
    >>> cause_of_codes("5xx", None)
    Verdict(cause='unknown', decided_by=None, sign=None)
    """
    if "2" in ((reply_code or "")[:1], (enhanced_status_code or "")[:1]):
        return Verdict("delivered", reply_code or enhanced_status_code)
    known = catalogue()
    detail = (enhanced_status_code or "")[2:]
    empty = detail in _EMPTY_DETAILS
    evidence = (
        (known.details.get(detail) if not empty else None, enhanced_status_code),
        (known.reply_codes.get(reply_code or "") if not detail.startswith("7.") else None, reply_code),
        (known.subjects.get(detail.partition(".")[0]), enhanced_status_code),
    )
    return next(
        (Verdict(entry.cause, code) for entry, code in evidence if entry and entry.cause != "unknown"),
        Verdict("unknown"),
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


def judge(
    found: Sequence["Found"],
    provider: str | None,
    reply_code: str | None,
    enhanced_status_code: str | None,
    stage: str | None = None,
    blocklist: str | None = None,
    words: Callable[[], Words] = no_words,
) -> Verdict:
    """
    The cause of a reply, by the strongest evidence that there is.

    1. a phrase that only one provider says; 2. the provider's own phrases and codes; 3. a code that says more than
    words, but for a shared phrase that goes with it; 4. a phrase that many servers share, or a blocklist that the
    reply names, but what is said of a thing comes before one that is general, and of a sender before a list;
    5. the enhanced status code, unless it is empty of meaning; 6. what is said of things; 7. another provider's
    phrase; 8. phrases that make a cause likely, and things of which nothing is said; 9. the stage at which the server
    refused; 10. weak statements; 11. the codes.
    """
    signs = _of_refusal(found, reply_code)
    stage = next((one.sign.stage for one in signs if one.sign.stage), stage)
    shared = [one for one in signs if is_shared(one.sign)]
    if (reply_code or "")[:1] == "4":  # nobody names a grey list who does not mean it
        shared = [one for one in shared if one.sign.cause == "greylisted" and "list" in one.phrase] or shared
    decisive = _decisive(enhanced_status_code)
    best = (
        _best([one for one in signs if one.sign.only_here], enhanced_status_code)
        or _own(signs, provider, enhanced_status_code)
        or (decisive and _best([one for one in shared if enhanced_status_code in one.sign.enhanced_status_codes], None))
        or decisive
        or _best(shared, enhanced_status_code)
        or (Verdict("ip_blocked", blocklist) if blocklist else None)
    )
    if best and not (best.sign and is_shared(best.sign) and _is_vague(best.sign)):
        return _of_sender(_listed(best, words) or best, stage)
    said = statements_in(words())
    if best:
        near = _verdict([one for one in said[:1] if one.statement.rank == 0 and one.distance <= _NEAR])
        return _of_sender(near if near and not _share_words(near, best) else best, stage)
    codes = cause_of_codes(reply_code, enhanced_status_code)
    if codes.decided_by == enhanced_status_code and enhanced_status_code and says_much(enhanced_status_code):
        return codes
    others = [one for one in signs if len(one.phrase) >= _TELLING and _may_say(one.sign, reply_code)]
    fallbacks = [one for one in found if one.sign.fallback and _may_say(one.sign, reply_code)]
    by_stage = _CAUSE_OF_STAGE.get(stage or "") if (reply_code or "")[:1] == "5" else None
    return _of_sender(
        _verdict([one for one in said if one.statement.rank == 0])
        or _best(_agreeing(others), enhanced_status_code)
        or _best(fallbacks, enhanced_status_code)
        or _verdict([one for one in said if one.statement.rank == 1])
        or (Verdict(by_stage) if by_stage else None)
        or _verdict(said)
        or codes,
        stage,
    )


_VAGUE = ("content_rejected", "policy_rejected", "unknown")
_NEAR = 4  # words: what is said of a thing so near says more than a general phrase
_TELLING = 15  # letters: a shorter phrase of another provider may mean anything here
_NO_REFUSAL = ("delayed", "auto_reply", "complaint")

# Where a server refuses without a word that tells more: at the greeting it is the host that it does not like, at MAIL
# FROM the sender, at the end of the data the message.
_CAUSE_OF_STAGE = {
    "greeting": "ip_blocked",
    "helo": "ip_blocked",
    "starttls": "tls_required",
    "mail_from": "sender_rejected",
    "message": "policy_rejected",
}


def _of_refusal(found: Sequence["Found"], reply_code: str | None) -> list["Found"]:
    """The signs that may win, and are no part of an opening; a server that refuses has its reason besides the delay."""
    openings = [one.phrase for one in found if one.sign.opening]
    signs = [one for one in found if not (one.sign.fallback or (openings and _is_part(one.phrase, openings)))]
    if (reply_code or "")[:1] not in ("4", "5"):
        return signs
    delays = [one.phrase for one in signs if one.sign.cause in _NO_REFUSAL]
    return [one for one in signs if not any(one.phrase in phrase for phrase in delays)] or signs


def _is_part(phrase: str, others: list[str]) -> bool:
    return any(phrase in other and len(phrase) < len(other) for other in others)


def _own(signs: list["Found"], provider: str | None, enhanced_status_code: str | None) -> Verdict | None:
    """What a provider, or the one that it is a part of, says in its own phrases and codes."""
    family = _family(provider)
    by_code = next(
        (
            sign
            for sign in sayings().signs_by_code.get(enhanced_status_code or "", ())
            if sign.owner in family or (provider is None and _is_private(enhanced_status_code))
        ),
        None,
    )
    phrase = _best([one for one in signs if one.sign.owner in family], enhanced_status_code, by_code)
    return phrase or (Verdict(by_code.cause, enhanced_status_code, by_code) if by_code else None)


def _decisive(enhanced_status_code: str | None) -> Verdict | None:
    """What a code tells that says more than words that do not go with it."""
    entry = catalogue().details.get((enhanced_status_code or "")[2:])
    return Verdict(entry.cause, enhanced_status_code) if entry and entry.decisive else None


def _verdict(read: list[Read]) -> Verdict | None:
    """The most telling of some statements."""
    return Verdict(read[0].statement.cause, read[0].phrase) if read else None


def _listed(best: Verdict, words: Callable[[], Words]) -> Verdict | None:
    """The sender, where a list is named in a phrase and the sender beside it: “your domain … on our blacklist”."""
    phrase = (best.decided_by or "").casefold()
    if best.cause != "ip_blocked" or not (best.sign and is_shared(best.sign)):
        return None
    said = [one for one in statements_in(words()) if one.statement.rank == 0 and one.distance <= _NEAR]
    of_sender = [one for one in said if one.statement.cause == "sender_rejected" and "…" in one.phrase]
    return _verdict([one for one in of_sender if sum(half in phrase for half in one.phrase.split(" … ")) == 1])


def _may_say(sign: Sign, reply_code: str | None) -> bool:
    """Whether a sign tells the cause with such a code: “mailbox unavailable” with 450 is a mailbox that is busy."""
    return not (reply_code and sign.reply_class) or reply_code[0] == sign.reply_class


def _of_sender(verdict: Verdict, stage: str | None) -> Verdict:
    """In reply to MAIL FROM it is the sender who is unknown."""
    if stage == "mail_from" and verdict.cause in ("recipient_unknown", "domain_not_found"):
        return verdict._replace(cause="sender_rejected")
    return verdict


def _agreeing(found: list["Found"]) -> list["Found"]:
    """The phrases by which all companies that say them mean the same."""
    causes: dict[str, set[str]] = {}
    for one in found:
        causes.setdefault(one.phrase.casefold(), set()).add(one.sign.cause)
    return [one for one in found if len(causes[one.phrase.casefold()]) == 1]


def _best(found: list["Found"], enhanced_status_code: str | None, by_code: Sign | None = None) -> Verdict | None:
    """The sign whose code is equal, then the one with the longest phrase, for it says most."""
    if not found:
        return None
    equal = [one for one in found if enhanced_status_code in one.sign.enhanced_status_codes]
    if by_code and not equal and says_much(enhanced_status_code or ""):
        return None
    if enhanced_status_code and says_much(enhanced_status_code) and equal:
        found = equal
    shared = all(is_shared(one.sign) for one in found)
    best = max(found, key=lambda one: (_tells(one.sign, shared), len(one.phrase), one in equal))
    return Verdict(best.sign.cause, best.phrase, best.sign)


def _share_words(one: Verdict, other: Verdict) -> bool:
    """Whether a statement is made of words of a phrase, which then says more."""
    said, written = ({*(verdict.decided_by or "").casefold().split()} - {"…"} for verdict in (one, other))
    return not said.isdisjoint(written)


def _tells(sign: Sign, shared: bool) -> bool:
    """Whether a sign may win over a longer one."""
    return not (_is_vague(sign) if shared else sign.opening)


def _is_vague(sign: Sign) -> bool:
    """Whether another that tells more wins, be it shorter."""
    return sign.cause in _VAGUE or sign.opening


def _family(provider: str | None) -> tuple[str, ...]:
    """A provider, and the one that it is a part of."""
    speaker = sayings().speakers.get(provider or "")
    return tuple(name for name in (provider, speaker.part_of if speaker else None) if name)


def _is_private(enhanced_status_code: str | None) -> bool:
    """Whether a code is one provider's own: the registry does not have it."""
    return (enhanced_status_code or "")[2:] not in catalogue().details


def says_much(enhanced_status_code: str) -> bool:
    """Whether a detail is specific: neither empty nor a subject's general one."""
    detail = enhanced_status_code[2:]
    return bool(detail) and detail not in _EMPTY_DETAILS and not detail.endswith(".0")
