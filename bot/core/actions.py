"""What sending services call the events of a delivery, and which action each is (RFC 3464 §2.3.3)."""

import re
from collections.abc import Iterable, Mapping

_ACTIONS: Mapping[str, str] = {
    **dict.fromkeys(
        "bounce bounces bounced hardbounce hardbounces hardbounced adminbounce permanentfail permfail hardfail fail "
        "failed failure messagedeliveryfailed rejected reject rejection dropped drop blocked block invalid "
        "invalidemail error undeliverable filteredasspam filteredspam suppressed quarantined renderingfailure "
        "rendering outofband expiration".split(),
        "failed",
    ),
    **dict.fromkeys(  # some services try again, some do not
        "softbounce softbounces softbounced".split(), "bounced"
    ),
    **dict.fromkeys(
        "deferred defer delayed deliverydelay deliverydelayed delay messagedelayed temporary temporaryfail tempfail "
        "softfail transientfailure pending transient".split(),
        "deferred",
    ),
    **dict.fromkeys("complaint spamcomplaint spam spamreport complained abuse".split(), "complaint"),
    **dict.fromkeys("delivery delivered send sent accepted processed open opened click request".split(), "delivered"),
}
_BETWEEN = re.compile(r"[\s_-]")


def action_named(names: Iterable[str]) -> str:
    """
    The action that the names of an event tell of, of two the gentler; none of a name that is no event's.

    >>> action_named(["failed", "temporary"]), action_named(["email.hard_bounced"]), action_named(["text/html"])
    ('deferred', 'failed', '')
    """
    spelled = (_BETWEEN.sub("", name.casefold().rpartition(".")[2]) for name in names)
    actions = [action for name in spelled if (action := _ACTIONS.get(name))]
    gentler = (action for action in actions if action in ("bounced", "deferred"))
    return next(gentler, "failed") if actions[:1] == ["failed"] else "".join(actions[:1])
