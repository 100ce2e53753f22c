"""Slack's mrkdwn: what must be escaped in it, and links. Only our own texts go there, never a stranger's."""

import re
from functools import lru_cache

_RFC = re.compile(r"RFC (?P<number>\d+)(?: §(?P<section>\d+(?:\.\d+)*))?")


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
    """
    if source.startswith("https://"):
        return link(source, source.removeprefix("https://").rstrip("/"))
    return _RFC.sub(_rfc_link, escape(source))


def _rfc_link(found: re.Match[str]) -> str:
    section = f"#section-{found['section']}" if found["section"] else ""
    return link(f"https://www.rfc-editor.org/rfc/rfc{found['number']}{section}", found[0])
