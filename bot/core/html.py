"""HTML as the text that a person sees of it: enough to read a bounce that has no plain part."""

import html
import re

_TAG = re.compile(r"(<[^<>]*>)")
_NAME = re.compile(r"<(/?)([a-z][a-z0-9]*)(?=[\s/>])", re.I)
_UNSEEN = frozenset({"head", "script", "style", "title"})
_BLOCKS = frozenset("br p div tr td th li ul ol h1 h2 h3 h4 h5 h6 hr pre table blockquote".split())


def text_of_html(source: str) -> str:
    """
    The text of an HTML part, a line for each block; an address in angle brackets is no tag.

    >>> text_of_html("<p>550 5.1.1 &lt;jo@example.org&gt;</p><b>Unknown</b> <an@example.org>")
    '550 5.1.1 <jo@example.org>\\nUnknown <an@example.org>'
    """
    seen: list[str] = []
    hidden = ""  # the element that hides what stands in it
    for piece in _TAG.split(source):
        tag = _NAME.match(piece)
        if not tag:
            if not hidden and not piece.startswith("<!"):
                seen.append(piece)
            continue
        closing, name = bool(tag[1]), tag[2].casefold()
        if name == hidden and closing:
            hidden = ""
        elif name in _UNSEEN and not closing:
            hidden = hidden or name
        if name in _BLOCKS and not hidden:
            seen.append("\n")
    return html.unescape("".join(seen)).strip()
