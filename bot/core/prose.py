"""The prose of a notice: where it ends, and the replies and servers that it quotes."""

import re
from itertools import islice, takewhile

from bot.core.pattern import pattern
from bot.core.reply import find_replies, read_reply
from bot.core.report import ADDRESS, HOST, address_in

FEW = 3  # words: a diagnostic code of fewer was cut
_LONGEST_PROSE = 100_000  # characters above the message that came back; room for hundreds of recipients
_SOME_WORDS = 8  # what stands above the copy of a message says at least so much
_WORD = pattern(r"[\u3040-\u9fff\uac00-\ud7af]{1,2}|[^\s\u3040-\u9fff\uac00-\ud7af]+")
# Where the returned message begins, as mail servers announce it.
_ORIGINAL = pattern(
    r"\n[ \t|>*=-]{0,80}(?:"
    r"below this line is a copy of the message|this is a copy of the message|(?:(?<=-)|(?<=- ))original message"
    r"|original message(?: headers?| follows)|message headers? follow|message text follows|unsent message follows"
    r"|returned message follows"
    r"|(?:the|possibly truncated) original message follows|unsent message below"
    r"|your (?:original )?message (?:was:|follows|reads)|the header of (?:the|your) (?:original )?message"
    r"|copy of your message|begin(?:ning)? of (?:the )?(?:original|returned) message"
    r"|(?:(?<=-)|(?<=- ))(?:(?:rejected|returned) message|message header)|le message (?:original|d.origine)"
    r"|original-nachricht)",
    re.I,
)
_HEADERS_AGAIN = pattern(
    r"\n[ \t]*\n[ \t>]*(?:received|return-path|message-id|from|to|date|x-[\w-]+|dkim-signature):[^\n]*\n"
    r"(?:[ \t>][^\n]*\n)*[ \t>]*[A-Za-z][\w-]+:[ \t]",
    re.I,
)
_DEEPER = pattern(r"\s*\n[ \t]{1,20}\S")
_NOT_DEEPER = pattern(r"\n{2,9}[^\s>-]")
_STILL_TELLS = pattern(r"\n{2,9}[ \t]*The following recipient(?:s|\(s\))? could not be reached")  # Exchange
_MOST_LISTS = 3  # of headers, before those of the copy
# A transcript with arrows, as MDaemon writes it; its other half is ours.
_HEARD = pattern(r"^[^\n<]{0,80}<-- ?(?=[2-5]\d\d)", re.M)
_SAID = pattern(r"^[^\n>]{0,80}--> .*$", re.M)
_REFUSED = pattern(
    rf"^[^\n>]{{0,80}}--> RCPT TO: ?<(?P<address>{ADDRESS})>[^\n]*\n[^\n<]{{0,80}}<-- ?(?P<reply>[45]\d\d[ -][^\n]*)$",
    re.I | re.M,
)
# What Sendmail says itself between the replies of a transcript.
_OURS = re.compile(r"^(?:\.\.\. while talking to |>>> ?[A-Z]{4}).*$", re.M)
_REMOTES = tuple(
    pattern(rf"{before}(?P<name>{HOST})\.? ?(?:\[|\(|:|said|refused|did not)", re.I)
    for before in (r"(?:\bhost:? |server:? |talking to )", r"(?<!\n)(?:from |by |with )")  # the surest first
)
_GOES_ON = pattern(r"\s*(?P<code>[45]\d\d)-[^\n]*$")
_MOST_LINES = 50  # of one reply
_WRONG_ORDER = pattern(r"\b503\b")
_EMPTY = pattern(r"[45]\d\d [45]\.0\.0 ")  # what Sendmail says of its own
_OF_QUEUE = pattern(r"\b[45]\d\d [45]\.4\.7\b")  # that a message waits, or waited too long
_WRONG_ORDER_LINES = pattern(r"^[ \t]*(?:<<< ?)?503[ -].*$", re.M)


def above_the_copy(body: str) -> str:
    """The prose above the copy of the message that came back; all of it where too little stands there."""
    headers = (found for found in islice(_HEADERS_AGAIN.finditer(body), _MOST_LISTS) if not _is_list(found, body))
    ends = [match.start() for match in (_ORIGINAL.search(body), next(headers, None)) if match]
    above = body[: min(ends)] if ends else body
    return (above if count_words(above) >= _SOME_WORDS else body)[:_LONGEST_PROSE]


def _is_list(headers: re.Match[str], body: str) -> bool:
    """Whether a notice lists some headers of the message, deeper than its own words or as Exchange does."""
    below = body.find("\n\n", headers.end())
    if below < 0:
        return False
    return bool(_STILL_TELLS.match(body, below) or (_DEEPER.match(headers[0]) and _NOT_DEEPER.match(body, below)))


def count_words(text: str) -> int:
    """How many words there are, about; Chinese, Japanese and Korean write few spaces."""
    return sum(1 for _ in islice(_WORD.finditer(text), _SOME_WORDS))


def transcript_of(prose: str) -> str:
    """
    The prose with what a server said in a transcript marked as most servers mark it, and without our own half.

    >>> transcript_of("Mon 14:21: --> RCPT To:<jo@example.org>\\nMon 14:21: <-- 550 User unknown")
    '<jo@example.org>: 550 User unknown'
    """
    if "<--" not in prose:
        return prose
    return _SAID.sub("", _HEARD.sub("<<< ", _REFUSED.sub(r"<\g<address>>: \g<reply>", prose)))


def whole_reply(first_line: str, prose: str) -> str:
    """
    The lines of a reply in a transcript, of which Sendmail's fields hold the first alone; nothing where it ends there.

    >>> whole_reply("554-Transaction failed", "<<< 554-Transaction failed\\n<<< 554 Reject due to policy restrictions")
    '554-Transaction failed\\n554 Reject due to policy restrictions'
    """
    goes_on = _GOES_ON.match(first_line)
    begins = goes_on and f"<<< {first_line.strip()}\n"
    at = prose.find(begins) if begins else -1
    if at < 0 or not goes_on:
        return ""
    lines = prose[at:].split("\n", _MOST_LINES)[:_MOST_LINES]
    said = takewhile(lambda line: line.startswith(f"<<< {goes_on['code']}"), lines)
    return "\n".join(line.removeprefix("<<< ") for line in said)


def without_wrong_order(prose: str) -> str:
    """The prose without replies that follow from the one that counts: 503, after a refused command."""
    return _WRONG_ORDER_LINES.sub("", prose)


def remote_mta_in(prose: str) -> str | None:
    """The server of which the prose speaks."""
    return next((found["name"] for pattern in _REMOTES if (found := pattern.search(prose))), None)


def best_reply(prose: str, address: str = "") -> str:
    """
    The reply that counts among those that prose quotes: the remote server's, and not one that follows from it.

    A transcript tells of all recipients: what names another address than the one asked for is passed over.
    """
    candidates = _refusals(prose)
    own = (line for line in candidates if address in line.casefold() or not re.search(ADDRESS, line))
    return next(own, (*candidates, "")[0])


def replies_by_address(prose: str) -> dict[str, str]:
    """The first reply of a transcript that names each address."""
    named: dict[str, str] = {}
    for line in _refusals(prose):
        if address := address_in(line):
            named.setdefault(address, line)
    return named


def _refusals(prose: str) -> list[str]:
    """
    The replies that prose quotes, only the remote server's where there are any.

    What tells nothing beside others is left out: a 503 that follows, and that the message waited.
    """
    replies = [
        line
        for line, reply in ((line, read_reply(line)) for line in find_replies(_OURS.sub("", prose)))
        if (reply.reply_code or reply.enhanced_status_code or "2")[0] in "45"
    ]
    remote = [line for line in replies if "<<<" in line or "said" in line]
    counted = remote or replies
    telling = [line for line in counted if not _WRONG_ORDER.match(line)]
    if all(map(_EMPTY.match, telling)):
        telling = counted
    return [line for line in telling if not _OF_QUEUE.search(line)] or telling
