"""A mail message taken apart: its fields, its prose, and the headers of the message that came back."""

import email
import re
from collections.abc import Iterator
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import Parser
from itertools import islice
from textwrap import dedent
from typing import NamedTuple

from bot.core.dsn import KNOWN_FIELD
from bot.core.html import text_of_html
from bot.core.paste import tidy
from bot.core.pattern import pattern
from bot.core.prose import above_the_copy
from bot.core.report import ADDRESS


class _Message(Message):
    """A message or a part of one whose type is found once: `email` and we ask for it at every step."""

    _kind: str | None = None

    def get_content_type(self) -> str:
        if self._kind is None:
            self._kind = super().get_content_type()
        return self._kind


_MOST_PARTS = 50
_DEEPEST = 20  # parts within parts; `email` itself gives up at about a thousand
_FIELDS = frozenset(  # RFC 3464, RFC 8098 and RFC 6533, each as text
    f"text/{world}{report}" for world in ("", "global-") for report in ("delivery-status", "disposition-notification")
)
_RETURNED = ("message/rfc822", "message/global", "text/rfc822", "text/rfc822-headers", "message/partial")
HEADER = pattern(r"^(?:[A-Za-z][\w-]{1,40}): ?", re.M)
_FEEDBACK_FIELD = pattern(r"^feedback-type: ?(?:abuse|fraud|not-spam|opt-out|other|virus)\b", re.I | re.M)
_QUOTE_MARKS = pattern(r"^(?:[>|] ?){1,9}", re.M)
# As text the fields keep their empty lines; else `email` makes a message of each group, thousands where somebody wants.
# Of the message that came back the headers are enough.
_REPORT_TYPE = pattern(
    r"(\n[ \t>|]{0,20}content-type:\s{0,20})message/"
    r"((?:global-)?(?:delivery-status|disposition-notification)|feedback-report|rfc822(?![\w-]))\b",
    re.I,
)
_CHARSET = pattern(r"\bcharset ?= ?\"?(?P<name>[\w.:-]{1,40})(?=[\"\s;]|$)", re.I)
_HEADERS = Parser(_Message)
_TO = pattern(r"^[ \t>|]{0,20}to:.{0,998}$(?:\n[ \t].{0,998}$)?", re.I | re.M)
_LOST_FOLD = pattern(r"\n(?![ \t]|[A-Za-z][\w-]*:)")
_DSN_INDENT = pattern(r"^[ \t>|]+(?=[A-Za-z-]+:)", re.M)
# Chat programs and web pages drop the escape character of ISO-2022-JP and leave the rest.
_LOST_ESCAPES = pattern(r"(?<!\x1b)\$B((?:[!-~]{2}){1,120}?)(?:(?<!\x1b)\(B|$)", re.M)


NEXT_PART = "\f"
"""A line between the text parts of a message."""


class Parts(NamedTuple):
    """
    What a message holds: fields, prose and a copy below it, a report of abuse, the message returned in a part.

    `fields_in_text`: the fields stand in the midst of the text, so that some of them may be missing.
    """

    fields: str
    prose: str
    copy: str
    feedback: str
    original: Message | None
    fields_in_text: bool = False


def unquoted(text: str) -> str:
    """
    A notice that was quoted in an answer, without its quote marks; one that was set deeper, at the margin.

    >>> unquoted("> The following address failed:\\n>   jo@example.org"), unquoted("It failed:\\n    jo\\n\\n  Bye")
    ('The following address failed:\\n  jo@example.org', 'It failed:\\n  jo\\n\\nBye')
    """
    marks = text.count("\n>") + text.count("\n|") + text.startswith((">", "|"))
    if 2 * marks > text.count("\n"):
        return _QUOTE_MARKS.sub("", text)
    first, _, rest = text.partition("\n")  # of which a paste has often lost the space
    return f"{first}\n{dedent(rest)}" if rest[:1].isspace() and not HEADER.match(first) else text


def parsed(text: str) -> Message:
    """The message; a fragment without headers, or of fields, has only a body. A line that lost its fold ends none."""
    if text.startswith("From "):  # the envelope line of a mailbox file
        text = text.partition("\n")[2]
    if HEADER.match(text) and not KNOWN_FIELD.match(text):
        head, blank, body = text.partition("\n\n")
        text = _LOST_FOLD.sub("\n ", head) + blank + body
    else:
        text = "\n" + text
    text = _REPORT_TYPE.sub(r"\1text/\2", f"\n{text}")[1:]
    try:
        return email.message_from_string(text, _Message)
    except (RecursionError, ValueError, LookupError, AssertionError):
        return email.message_from_string("\n" + text, _Message)


def take_apart(message: Message, text: str) -> Parts:
    """What a message holds; `text` is asked where its parts say nothing."""
    fields: list[str] = []
    prose: list[str] = []
    feedback = ""
    original: Message | None = None
    for part in _walk(message):
        kind = part.get_content_type()
        if kind in _FIELDS:
            fields.append(_decoded(part))
        elif kind == "text/feedback-report":
            feedback = _decoded(part) or "feedback"
        elif kind in _RETURNED:
            original = original or _original(part)
        elif kind == "text/html":
            prose.append(text_of_html(_decoded(part)))
        elif kind.startswith("text/") and not (part.is_multipart() or _is_attachment(part)):
            prose.append(_decoded(part))
    plain = f"\n{NEXT_PART}\n".join(prose)
    body = plain if plain.strip() else text
    field = None if fields else KNOWN_FIELD.search(body)
    if field:
        fields.append(_DSN_INDENT.sub("", body[field.start() :]))
    if not feedback and _FEEDBACK_FIELD.search(body):
        feedback = body
    above = above_the_copy(body)
    return Parts("\n\n".join(fields), above, body[len(above) :], feedback, original, bool(field))


def addressed_to(parts: Parts) -> list[str]:
    """To whom the message that came back was addressed."""
    if parts.original is not None:
        return addresses_in(header(parts.original, "to"))
    to = _TO.search(parts.copy)
    return addresses_in(to[0]) if to else []


def header(message: Message, name: str) -> str:
    """A header field's value, its encoded words decoded (RFC 2047); empty where there is none."""
    value = str(message.get(name, ""))
    if "=?" not in value:
        return value
    try:
        return str(make_header(decode_header(value)))
    except (MessageError, LookupError, ValueError):
        return value


def addresses_in(text: str) -> list[str]:
    """All addresses in a text, in order."""
    return [address.casefold() for address in re.findall(ADDRESS, text)]


def _walk(message: Message) -> Iterator[Message]:
    """The parts of a message from the outside in, within bounds; what is returned is not walked."""
    waiting: list[tuple[Message, int]] = [(message, 0)]
    for _ in range(_MOST_PARTS):
        if not waiting:
            return
        part, depth = waiting.pop(0)
        if part.is_multipart() and depth < _DEEPEST and part.get_content_maintype() == "multipart":
            inside = (one for one in part.get_payload() if isinstance(one, Message))
            waiting = [(one, depth + 1) for one in islice(inside, _MOST_PARTS)] + waiting
        else:
            yield part


def _decoded(part: Message) -> str:
    payload = part.get_payload()
    if not isinstance(payload, str):
        return ""
    encoding = str(part.get("content-transfer-encoding", "")).casefold().strip()
    charset = _charset(part)
    if str(charset).casefold().startswith("iso-2022-jp"):
        part.set_payload(_LOST_ESCAPES.sub("\x1b$B\\1\x1b(B", payload))
    if encoding not in ("base64", "quoted-printable") and str(charset).casefold() in ("utf-8", "us-ascii"):
        return payload
    try:
        content = part.get_payload(decode=True)
        return tidy(content.decode(str(charset), "replace")) if isinstance(content, bytes) else payload
    except (LookupError, ValueError, AssertionError):
        return payload


def _original(part: Message) -> Message | None:
    payload = part.get_payload()
    if isinstance(payload, list) and payload and isinstance(payload[0], Message):
        return payload[0]
    if not isinstance(payload, str):
        return None
    headers = _HEADERS.parsestr(payload, headersonly=True)
    is_notice = headers.get_content_type() == "multipart/report"  # that somebody forwarded
    return parsed(payload) if is_notice else headers


def _is_attachment(part: Message) -> bool:
    return str(part.get("content-disposition", "")).casefold().startswith("attachment")


def _charset(part: Message) -> str:
    kind = str(part.get("content-type", ""))
    named = _CHARSET.search(kind)
    return named["name"] if named else str(part.get_param("charset") or "utf-8") if "charset" in kind else "utf-8"
