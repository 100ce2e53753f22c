"""Mask the mail addresses in a text: who was written to is nobody's business in a channel."""

import re

_ATEXT = r"\w!#$%&'*+/=?^`{|}~.-"  # RFC 5322 §3.2.3, and letters of every script (RFC 6531)

# Each run of characters is read once (the look-behind, and quantifiers that give nothing back), or is bounded: a
# long text without any address costs no more than its length.
_LOCAL_PART = re.compile(
    rf"""
      "(?P<quoted>[^"\\\n]) (?:[^"\\\n]|\\.){{0,250}}+ "@        # "john doe"@example.org
    | (?<![{_ATEXT}]) (?P<before>[^\w\s"@<>()\[\],;:\\•]*+)    # punctuation before it, such as a quote
      (?P<first>\w) [{_ATEXT}]*+ @                             # john.doe@example.org
    """,
    re.VERBOSE,
)


def mask_addresses(text: str) -> str:
    """
    Keep of each address its first letter and its domain; what is masked already stays as it is.

    >>> mask_addresses("550 <john.doe@example.org>: user unknown")
    '550 <j•••@example.org>: user unknown'
    """
    if "@" not in text:
        return text
    return _LOCAL_PART.sub(_masked, text)


def _masked(found: re.Match[str]) -> str:
    if found["quoted"]:
        return f'"{found["quoted"]}•••"@'
    return f"{found['before']}{found['first']}•••@"
