"""Slack's mrkdwn: what must be escaped in it, and links. Only our own texts go there, never a stranger's."""

import re
from functools import lru_cache

_SECTION = r"\d+(?:\.\d+)*"
_RFC = re.compile(
    rf"(?P<rfc>RFC (?P<number>\d+))(?: §(?P<section>{_SECTION}))?(?P<more>(?:, (?:§{_SECTION}|X\.{_SECTION}))*)"
)
_MORE = re.compile(rf"§(?P<section>{_SECTION})")


def escape(text: str) -> str:
    """
    Escape the three characters that mrkdwn reads as control characters.

    >>> escape("<CRLF> & co.")
    '&lt;CRLF&gt; &amp; co.'
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def link(address: str, label: str) -> str:
    """A link with a label; a `|` in the address would end it, so it is encoded."""
    return f"<{escape(address.replace('|', '%7C'))}|{escape(label)}>"


@lru_cache(maxsize=1024)
def source_link(source: str) -> str:
    """
    Where we know something from, with a link where there is an address: a page, or sections of RFCs.

    >>> source_link("RFC 5321 §4.2.3")
    '<https://www.rfc-editor.org/rfc/rfc5321#section-4.2.3|RFC 5321 §4.2.3>'
    >>> source_link("RFC 3463 §3.2, X.1.1, §3.5").partition(", ")[2]
    'X.1.1, <https://www.rfc-editor.org/rfc/rfc3463#section-3.5|§3.5>'
    """
    if source.startswith("https://"):
        return link(source, source.removeprefix("https://").rstrip("/"))
    return _RFC.sub(_rfc_link, escape(source))


def _rfc_link(found: re.Match[str]) -> str:
    page = f"https://www.rfc-editor.org/rfc/rfc{found['number']}"
    section = found["section"]
    first = link(f"{page}#section-{section}", f"{found['rfc']} §{section}") if section else link(page, found["rfc"])
    return first + _MORE.sub(lambda more: link(f"{page}#section-{more['section']}", more[0]), found["more"])
