"""A code that somebody asks about: a reply code, an enhanced status code, both, or a part of one."""

import re
from collections.abc import Container
from typing import NamedTuple

# A digit for the class, x (or y, z) for "any": 4, 4xx, 4yz, 45x, x5x.            RFC 5321 §4.2.1
_REPLY = r"[1-6][0-9]{2}|[1-5][0-9][xyz]|[1-5](?:[xyz]{1,2})?|6[xyz]{2}|[xyz][0-5][xyz]"
# No leading zero; subject and detail have at most three digits.                       RFC 3463 §2
_NUMBER = r"(?:0|[1-9][0-9]{0,2})"
# Where the class is left open, the subject is one that has a meaning of its own (RFC 3463 §3).
_ENHANCED = (
    rf"(?:[245]\.(?:{_NUMBER}(?:\.(?:{_NUMBER}|[xyz]+))?|[xyz]+(?:\.[xyz]+)?)|x\.[0-7](?:\.(?:{_NUMBER}|[xyz]+))?)"
)

_ASKED = re.compile(
    rf"(?:[(\[]?(?P<reply_code>{_REPLY})[)\]]?-?)?(?:(?(reply_code)[\s/(\[,-]*)[#(\[]*(?P<enhanced>{_ENHANCED})[)\]]*)?"
)

# What people write around a code when they ask about it; whatever else there is makes the text no question.
_QUESTION = frozenset(
    "a about an anyone bonjour c c'est ca can ce cela cest code comment d de dire does du erreur error est "
    "explain explique expliquer fix for hello help hey hi how is it know knows l la le les me mean meaning means "
    "merci mon my on our please pls pourquoi qu qu'est que quel quelle quelqu'un qui quoi rebond reply reponse "
    "réponse s sait salut say says sens signifie smtp somebody someone stands status statut stp svp tell thank "
    "thanks that the this to un une veut we what what's whats why your ça".split()
)
_LONGEST_QUESTION = 12  # words
_WORD = re.compile(r"[^\s?!,;:@\"“”«»`*…]+")


class AskedCode(NamedTuple):
    """The code as asked, in its usual form: `4xx`, `x5x`, `452`; `5.7.x`, `x.7.26`."""

    reply_code: str | None
    enhanced_status_code: str | None


def read_code(text: str, known: Container[str]) -> AskedCode | None:
    """
    The code that a text asks about, or None where it is anything else than a code and a question around it.

    `known` holds the reply codes that the catalogue has; others are codes only from 100 to 599.

    >>> read_code("550-5.7.26", {"550"})
    AskedCode(reply_code='550', enhanced_status_code='5.7.26')
    >>> read_code("what does 4yz mean?", ())
    AskedCode(reply_code='4xx', enhanced_status_code=None)
    >>> read_code("999", ()) is read_code("1.2.3.4", ()) is read_code("250 users", {"250"}) is None
    True
    """
    words = _WORD.findall(text[:400].casefold().replace("’", "'"))
    if not words or len(words) > _LONGEST_QUESTION:
        return None
    asked = " ".join(word for word in (word.rstrip(".") for word in words) if word not in _QUESTION)
    found = _ASKED.fullmatch(asked.removeprefix("#"))
    if not found or not found[0]:
        return None
    reply_code, enhanced = found["reply_code"], found["enhanced"]
    if reply_code and reply_code[0] == "6" and reply_code[1:].isdigit() and reply_code not in known:
        return None
    return AskedCode(_usual_reply(reply_code) if reply_code else None, _usual_enhanced(enhanced) if enhanced else None)


def _usual_reply(code: str) -> str:
    return code.replace("y", "x").replace("z", "x").ljust(3, "x")


def _usual_enhanced(code: str) -> str:
    parts = ["x" if part.strip("xyz") == "" else part for part in code.split(".")]
    return ".".join((*parts, "x", "x")[:3])
