"""What a stranger wrote, made fit to be shown: masked, without control characters, and short."""

from bot.core import Explanation, Failure
from bot.core.paste import DIRECTION_MARKS
from bot.render.mask import mask_addresses

QUOTE_LENGTH = 600
ELLIPSIS = "…"

# Control characters show nothing and can hurt (RFC 2822 §3.5's NUL, a terminal's escapes). Line ends and tabs stay.
_INVISIBLE = dict.fromkeys(
    [
        *range(0x09),
        *range(0x0B, 0x20),
        *range(0x7F, 0xA0),
        *DIRECTION_MARKS,
        0xFEFF,
    ]
)


def quote(text: str, length: int = QUOTE_LENGTH) -> str:
    """
    A stranger's text for a literal element: addresses masked, harmless, at most `length` characters.

    A text that is cut ends in a visible `…`.
    """
    return cut(mask_addresses(harmless(text)), length)


def what_was_read(explanation: Explanation, failure: Failure) -> str:
    """
    The quote that goes with a failure: a short paste that holds it alone, else its diagnostic.

    Empty for a code and for words: whoever typed those knows what they typed.
    """
    if explanation.kind in ("code", "words"):
        return ""
    alone = len(explanation.failures) == 1
    if alone and len(explanation.text) <= QUOTE_LENGTH:
        return quote(explanation.text or failure.diagnostic_code or "")
    return quote(failure.diagnostic_code or (explanation.text if alone else ""))


def harmless(text: str) -> str:
    """Drop control characters and marks of direction; half a surrogate pair becomes U+FFFD."""
    if text.isascii() and text.isprintable():
        return text.strip()
    text = text.translate(_INVISIBLE)
    if not text.isascii():
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.strip()


def cut(text: str, length: int) -> str:
    """
    Shorten a text to `length` characters, and show that it was.

    >>> cut("Mailbox unavailable", 8)
    'Mailbox…'
    """
    return text if len(text) <= length else text[: length - 1].rstrip() + ELLIPSIS
