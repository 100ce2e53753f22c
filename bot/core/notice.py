"""A bounce message: the fields of RFC 3464 where there are any, else its prose."""

import email
import re
from collections.abc import Iterator
from email.message import Message
from itertools import islice
from typing import NamedTuple

from bot.core.bounce import failure_of, failures_of
from bot.core.dsn import KNOWN_FIELD, Notification, read_fields
from bot.core.events import looks_like_events, reports_in_events
from bot.core.html import text_of_html
from bot.core.log import looks_like_log
from bot.core.model import Failure
from bot.core.paste import tidy
from bot.core.reply import find_replies, read_reply, speaks_of_refusal
from bot.core.report import ADDRESS, HOST, Report
from bot.core.signs import Found, matcher

_MOST_PARTS = 50
_LONGEST_PROSE = 100_000  # characters above the message that came back; room for hundreds of recipients
_DEEPEST = 20  # parts within parts; `email` itself gives up at about a thousand

_HEADER = re.compile(r"^(?:[A-Za-z][\w-]{1,40}): ?", re.M)
_KNOWN_HEADERS = re.compile(
    r"^(?:received|return-path|from|to|subject|date|message-id|mime-version|content-type|delivered-to|auto-submitted"
    r"|x-failed-recipients|reply-to|envelope-to|delivery-date|x-original-to):",
    re.I | re.M,
)
_FEEDBACK_FIELD = re.compile(r"^feedback-type: ?(?:abuse|fraud|not-spam|opt-out|other|virus)\b", re.I | re.M)
_PROSE = re.compile(
    r"this is the mail system at host|this message was created automatically by mail delivery software"
    r"|this is the qmail-send program|smtp error from remote (?:mail )?server|automatically rejected"
    r"|transcript of session follows"
    r"|the following (?:addresses|recipients?) (?:had|failed)|mail system error"
    r"|delivery (?:to [^.]{0,80} )?(?:has )?(?:failed|failure|error|status notification|report)"
    r"|(?:was|were|wasn.t|could|can|has|have)(?: ?not|n.t)?(?: been| be)? delivered to|(?:could|can) ?not be delivered"
    r"|could ?not deliver (?:your|the|this) (?:following )?(?:e-?mail|message)"
    r"|(?:unable|failed) to deliver|undeliver(?:able|ed)|mail delivery (?:failed|system|subsystem)|failure notice"
    r"|returned (?:mail|message|to sender)|returning (?:message )?to sender|dragonfly mail agent|mailer-daemon"
    r"|non[- ](?:remis|remise|délivr)|n.a pas pu être (?:remis|délivr|distribu)"
    r"|échec de (?:la )?(?:remise|distribution)|unzustellbar|nicht zugestellt|no se (?:ha )?pud?o? entregar"
    r"|non è stato possibile (?:consegnare|recapitare)"
    r"|não (?:foi|pôde ser) entregue|niet (?:worden )?(?:af)?geleverd|nie (?:została|może być) dostarczon"
    r"|配信できません|送信できません|エラーのため|无法(?:投递|送达)|無法(?:投遞|傳送)|退信"
    r"|전송 ?실패|전송에 실패|전송되지 (?:못|않)|배달(?:할 수 없|되지)"
    r"|не (?:доставлено|может быть доставлено)",
    re.I,
)

# Where the returned message begins, as mail servers announce it.
_ORIGINAL = re.compile(
    r"^[ \t|>*=-]{0,80}(?:"
    r"below this line is a copy of the message|this is a copy of the message|(?:(?<=-)|(?<=- ))original message"
    r"|original message(?: headers?| follows)|message headers? follow|message text follows|unsent message follows"
    r"|returned message follows"
    r"|(?:the|possibly truncated) original message follows|unsent message below"
    r"|your (?:original )?message (?:was:|follows|reads)|the header of (?:the|your) (?:original )?message"
    r"|copy of your message|begin(?:ning)? of (?:the )?(?:original|returned) message"
    r"|(?:(?<=-)|(?<=- ))(?:returned message|message header)|le message (?:original|d.origine)|original-nachricht)",
    re.I | re.M,
)
_HEADERS_AGAIN = re.compile(
    r"(?:^|\n)[ \t]*\n[ \t>]*(?:received|return-path|message-id|from|to|date|x-[\w-]+|dkim-signature):[^\n]*\n"
    r"(?:[ \t>]+[^\n]*\n)*[ \t>]*[A-Za-z][\w-]+:[ \t]",
    re.I,
)

_ANCHOR = re.compile(
    rf"^[ \t>*|-]*[<\"'(]?(?P<address>{ADDRESS})[>\"')]?(?P<aside> \([^)]{{0,500}}\))?"
    r"(?P<rest>(?::|,|;|\s|\.\.\.| -).*)?$",
    re.I,
)
_NAMED_RECIPIENT = re.compile(
    rf"(?:recipients?|rcpt to|address(?:es)?|destinataire"
    rf"|deliver(?:able|ed|ing|y)?(?: (?:of|for|your|the|mail|message|a)){{0,6}}"
    rf" to|mail to|message to|sent to|original-rcpt-to|user|adress\w*)[^\n@]{{0,60}}?[<\"'\s:(](?P<address>{ADDRESS})",
    re.I,
)
_REMOTES = tuple(
    re.compile(rf"{before}(?P<name>{HOST})\.? ?(?:\[|\(|:|said|refused|did not)", re.I)
    for before in (r"(?:\bhost |server |talking to )", r"(?<!\n)(?:from |by |with )")  # the surest first
)

_AUTO_REPLY = re.compile(
    r"out of (?:the )?office|automatic reply|auto(?:matic)?[ -]?re(?:ply|sponse)|vacation|réponse automatique"
    r"|absence du bureau|je suis absent|abwesenheit|fuera de la oficina|respuesta automática|risposta automatica",
    re.I,
)
_DELAY = re.compile(
    r"warning message only|delivery (?:is )?delayed|delayed mail|still (?:being )?(?:retried|trying|undelivered)"
    r"|has not yet been delivered|has not been delivered yet|could not (?:yet )?be delivered (?:yet )?for"
    r"|will (?:keep|continue) (?:try|retry)ing|message (?:is |still )?delayed|delivery attempts will continue",
    re.I,
)


class _Parts(NamedTuple):
    """What a message holds: fields, prose, whether it reports abuse, and the headers of the message returned."""

    fields: str
    prose: str
    feedback: str
    original: Message | None


def looks_like_message(text: str) -> bool:
    """
    Whether a tidy paste is a whole mail message, headers first.

    >>> looks_like_message("From: jo@example.org\\nTo: an@example.org\\nSubject: Hello\\n\\nHello")
    True
    """
    known = {match[0].casefold() for match in _KNOWN_HEADERS.finditer(text[:20_000])}
    return len(known) >= 3 and bool(_HEADER.match(text) or text.startswith("From "))


def looks_like_notice(text: str) -> bool:
    """
    Whether a tidy paste without headers is the better part of a notification.

    >>> looks_like_notice("Final-Recipient: rfc822; jo@example.org\\nAction: failed")
    True
    """
    if KNOWN_FIELD.search(text):
        return True
    return text.count("\n") >= 3 and bool(_PROSE.search(text[:20_000])) and not looks_like_log(text)


def failures_in_notice(text: str) -> tuple[Failure, ...]:
    """The failures of a notice, one for each recipient; none where the message is no notice after all."""
    text = _unquoted(text)
    return _failures(_parsed(text), text)


def _unquoted(text: str) -> str:
    """A notice that was quoted in an answer, without its quote marks."""
    marks = len(_QUOTE_MARKS.findall(text))
    return _QUOTE_MARKS.sub("", text) if 2 * marks > text.count("\n") else text


def _failures(message: Message, text: str) -> tuple[Failure, ...]:
    parts = _parts(message, text)
    if parts.feedback or _is_complaint(message, parts.original):
        return (Failure("complaint", final_recipient=_feedback_recipient(parts)),)
    notification = read_fields(parts.fields)
    if notification.recipients:
        return _one_for_each(_from_fields(notification, parts))
    if parts.original is not None and parts.original.get_content_type() == "multipart/report":
        return _failures(parts.original, "")  # a notice that somebody forwarded
    if looks_like_events(parts.prose) and (events := failures_of(reports_in_events(parts.prose, deliveries=True))):
        return events
    if _is_auto_reply(message):
        return (Failure("auto_reply"),)
    return _one_for_each(_from_prose(message, parts))


def _parsed(text: str) -> Message:
    """The message; a fragment without headers has only a body. A header line that lost its fold does not end them."""
    if text.startswith("From "):  # the envelope line of a mailbox file
        text = text.partition("\n")[2]
    if _HEADER.match(text):
        head, blank, body = text.partition("\n\n")
        text = _LOST_FOLD.sub("\n ", head) + blank + body
    else:
        text = "\n" + text
    text = _REPORT_TYPE.sub(r"\1text/\2", text)
    try:
        return email.message_from_string(text)
    except (RecursionError, ValueError, LookupError, AssertionError):
        return email.message_from_string("\n" + text)


# As text the fields keep their empty lines; else `email` makes a message of each group, thousands where somebody wants.
_REPORT_TYPE = re.compile(
    r"^([ \t>|]{0,20}content-type:\s{0,20})message/((?:global-)?delivery-status|feedback-report)\b",
    re.I | re.M,
)
_LOST_FOLD = re.compile(r"\n(?![ \t]|[A-Za-z][\w-]*:)")


def _parts(message: Message, text: str) -> _Parts:
    fields: list[str] = []
    prose: list[str] = []
    feedback = ""
    original: Message | None = None
    for part in _walk(message):
        kind = part.get_content_type()
        if kind in ("text/delivery-status", "text/global-delivery-status"):
            fields.append(_decoded(part))
        elif kind == "text/feedback-report":
            feedback = _decoded(part) or "feedback"
        elif kind in ("message/rfc822", "message/global", "text/rfc822-headers", "message/partial"):
            original = original or _original(part)
        elif kind == "text/html":
            prose.append(text_of_html(_decoded(part)))
        elif part.get_content_maintype() == "text" and not (part.is_multipart() or _is_attachment(part)):
            prose.append(_decoded(part))
    plain = "\n".join(prose)
    body = plain if plain.strip() else text
    if not fields and KNOWN_FIELD.search(body):
        fields.append(_DSN_INDENT.sub("", body[KNOWN_FIELD.search(body).start() :]))  # type: ignore[union-attr]
    if not feedback and _FEEDBACK_FIELD.search(body):
        feedback = body
    return _Parts("\n\n".join(fields), _before_original(body), feedback, original)


_QUOTE_MARKS = re.compile(r"^(?:[>|] ?){1,9}", re.M)
_DSN_INDENT = re.compile(r"^[ \t>|]+(?=[A-Za-z-]+:)", re.M)


def _walk(message: Message) -> Iterator[Message]:
    """The parts of a message from the outside in, within bounds; what is returned is not walked."""
    waiting: list[tuple[Message, int]] = [(message, 0)]
    for _ in range(_MOST_PARTS):
        if not waiting:
            return
        part, depth = waiting.pop(0)
        if part.get_content_maintype() == "multipart" and part.is_multipart() and depth < _DEEPEST:
            waiting = [(one, depth + 1) for one in part.get_payload() if isinstance(one, Message)] + waiting
        else:
            yield part


def _decoded(part: Message) -> str:
    payload = part.get_payload()
    if not isinstance(payload, str):
        return ""
    encoding = str(part.get("content-transfer-encoding", "")).casefold().strip()
    charset = (part.get_param("charset") if part.get("content-type") else None) or "utf-8"
    if str(charset).casefold().startswith("iso-2022-jp"):
        part.set_payload(_LOST_ESCAPES.sub("\x1b$B\\1\x1b(B", payload))
    if encoding not in ("base64", "quoted-printable") and str(charset).casefold() in ("utf-8", "us-ascii"):
        return payload
    try:
        content = part.get_payload(decode=True)
        return tidy(content.decode(str(charset), "replace")) if isinstance(content, bytes) else payload
    except (LookupError, ValueError, AssertionError):
        return payload


# Chat programs and web pages drop the escape character of ISO-2022-JP and leave the rest.
_LOST_ESCAPES = re.compile(r"(?<!\x1b)\$B((?:[!-~]{2}){1,120}?)(?:(?<!\x1b)\(B|$)", re.M)


def _original(part: Message) -> Message | None:
    payload = part.get_payload()
    if isinstance(payload, list) and payload and isinstance(payload[0], Message):
        return payload[0]
    return email.message_from_string(payload) if isinstance(payload, str) else None


def _is_attachment(part: Message) -> bool:
    return str(part.get("content-disposition", "")).casefold().startswith("attachment")


_SOME_WORDS = 8  # what stands above the copy of a message says at least so much


def _before_original(body: str) -> str:
    """The prose above the copy of the message that came back."""
    ends = [match.start() for match in (_ORIGINAL.search(body), _HEADERS_AGAIN.search(body)) if match]
    above = body[: min(ends)] if ends else body
    return (above if _words(above) >= _SOME_WORDS else body)[:_LONGEST_PROSE]


def _words(text: str) -> int:
    """How many words there are, about; Chinese, Japanese and Korean write few spaces."""
    return sum(1 for _ in islice(_WORD.finditer(text), _SOME_WORDS))


_WORD = re.compile(r"[\u3040-\u9fff\uac00-\ud7af]{1,2}|[^\s\u3040-\u9fff\uac00-\ud7af]+")


def _is_auto_reply(message: Message) -> bool:
    automatic = _header(message, "auto-submitted").casefold().startswith("auto-replied") or any(
        name in message for name in ("x-autoreply", "x-autorespond", "x-autoresponder")
    )
    subject = _header(message, "subject")
    if _PROSE.search(subject) or "x-failed-recipients" in message or _from_daemon(message):
        return False
    signs = matcher().scan(subject).signs
    return automatic or bool(_AUTO_REPLY.search(subject)) or any(found.sign.cause == "auto_reply" for found in signs)


def _from_daemon(message: Message) -> bool:
    return bool(re.search(r"mailer-?daemon|postmaster|mail delivery", _header(message, "from"), re.I))


def _is_notice(message: Message, prose: str) -> bool:
    """Whether a message without a reply is a notice; a person may write of parcels that were not delivered to us."""
    if _PROSE.search(f"{_header(message, 'subject')}\n{_header(message, 'from')}") or _refuses(message, prose):
        return True
    by_person = "from" in message and not _by_program(message)
    return bool(_PROSE.search(prose)) and not (by_person and not _signs(prose))


def _signs(prose: str) -> list[Found]:
    return [found for found in matcher().scan(prose).signs if not found.sign.fallback]


def _refuses(message: Message, prose: str) -> bool:
    """Whether a program says in words of its own that it refused a message, as filters and list managers do."""
    signs = _signs(prose) if _by_program(message) else []
    subject = _header(message, "subject")
    return any(found.sign.cause == "mailbox_restricted" and _NOT.search(found.phrase) for found in signs) or (
        bool(signs) and (bool(_FAILED.search(subject)) or speaks_of_refusal(f"{subject}\n{prose}"))
    )


_NOT = re.compile(r"\b(?:not|pas|nicht|no|non|não|niet|nie|не|rejected|held|failed)\b")  # else a list tells its rules
_FAILED = re.compile(r"\b(?:mail|message)\b.{0,40}\b(?:blocked|fail(?:ed|ure)|refused|rejected)", re.I)
_AUTOMATON = re.compile(r"\bowner-|-(?:admin|bounces|help|owner|request)@|\bmajordomo|\blistserv", re.I)


def _by_program(message: Message) -> bool:
    """Whether no person wrote it: no return path (RFC 5321 §4.5.5), a field that says so (RFC 3834 §5), the sender."""
    return (
        _header(message, "return-path").strip() == "<>"
        or _header(message, "auto-submitted").casefold().startswith("auto-")
        or _from_daemon(message)
        or bool(_AUTOMATON.search(_header(message, "from")))
    )


def _header(message: Message, name: str) -> str:
    return str(message.get(name, ""))


def _is_complaint(message: Message, original: Message | None) -> bool:
    """Whether a complaint has no machine-readable part: Microsoft's JMRP, and Apple Mail's button to unsubscribe."""
    return "x-apple-unsubscribe" in message or (original is not None and _JMRP in original)


_JMRP = "x-hmxmroriginalrecipient"


def _feedback_recipient(parts: _Parts) -> str | None:
    if parts.original is not None and _JMRP in parts.original:
        return _header(parts.original, _JMRP)
    found = re.search(
        rf"^(?:original-rcpt-to|removal-recipient): ?<?(?P<address>{ADDRESS})", parts.feedback, re.I | re.M
    )
    return found["address"] if found else None


def _from_fields(notification: Notification, parts: _Parts) -> Iterator[Failure]:
    """One failure for each recipient of the fields; the prose about it helps where the fields say little."""
    blocks = dict(_blocks(parts.prose))
    for one in notification.recipients:
        prose = blocks.get((one.final_recipient or "").casefold(), "")
        if not prose and len(notification.recipients) == 1:
            prose = parts.prose
        text = one.diagnostic_code
        reply = read_reply(text)
        if (not reply.reply_code or len(reply.text.split()) < _FEW) and (quoted := _best_reply(prose)):
            text = f"{quoted}\n{text}" if text and not reply.reply_code else quoted
        yield _judged(
            Report(
                text or prose.strip(),
                one.final_recipient,
                _host(one.remote_mta),
                notification.reporting_mta,
                one.status,
                one.action,
                prose,
            )
        )


def _from_prose(message: Message, parts: _Parts) -> Iterator[Failure]:
    """One failure for each recipient that the prose names, or one for all of it."""
    prose = parts.prose
    if "<--" in prose:
        prose = _SAID.sub("", _HEARD.sub("<<< ", prose))
    named = list(_blocks(prose))
    blocks = list(_with_words(named))
    action = "delayed" if _DELAY.search(f"{_header(message, 'subject')}\n{prose}") else None
    if not blocks:
        quoted = _best_reply(prose)
        if not (quoted or _is_notice(message, prose)):
            return
        recipients = [address for address, _ in named if not _OF_LIST.search(address)]
        blocks = list(_shared(recipients or [_recipient(message, parts) or ""], quoted or prose))
    remote_of_all = _remote_mta(prose)
    for address, text in blocks:
        words = _best_reply(text, address) or (len(blocks) == 1 and _best_reply(prose, address)) or text
        remote = _remote_mta(text) or remote_of_all
        about = f"{text}\n{prose}" if len(blocks) == 1 else text  # else the prose speaks of others too
        about = _WRONG_ORDER_LINES.sub("", about)
        yield _judged(Report(words, address or None, remote, action=action, prose=about))


# A transcript with arrows, as MDaemon writes it; its other half is ours.
_HEARD = re.compile(r"^[^\n<]{0,80}<-- ?(?=[2-5]\d\d)", re.M)
_SAID = re.compile(r"^[^\n>]{0,80}--> .*$", re.M)


def _with_words(named: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The recipients of whom something is said; of addresses in a row, with nothing between them, it is said once."""
    held: list[str] = []
    for address, text in named:
        held.append(address)
        if _words(text) >= 2:
            yield from _shared(held, text)
            held = []


def _shared(addresses: list[str], text: str) -> Iterator[tuple[str, str]]:
    """The same words said of several recipients, within bounds, for they are judged for each."""
    if len(addresses) > 1:
        text = text[:_LONGEST_SHARED]
    yield from ((address, text) for address in addresses[:_MOST_SHARING])


_MOST_SHARING = 500  # recipients
_LONGEST_SHARED = 1_000  # characters


def _remote_mta(prose: str) -> str | None:
    return next((found["name"] for pattern in _REMOTES if (found := pattern.search(prose))), None)


def _judged(report: Report) -> Failure:
    """A success is no failure whatever its words; a warning tells its cause only where a server gave one."""
    failure = failure_of(report)
    if report.action in ("delivered", "relayed", "expanded"):
        return failure._replace(cause="delivered", permanence=None)
    if report.action == "delayed" and (not failure.reply_code or failure.cause == "unknown"):
        return failure._replace(cause="delayed")
    # RFC 3464 §2.3.3: a server that reports `failed` has stopped trying, whatever the code (expired, one try only).
    if report.action == "failed" and failure.permanence == "temporary":
        return failure._replace(given_up=True)
    return failure


def _blocks(prose: str) -> Iterator[tuple[str, str]]:
    """Each recipient at the start of a line, and what is said of it up to the next or to a new paragraph."""
    address, indent, empty = "", 0, False
    held: list[str] = []
    for line in prose.split("\n"):
        anchor = _ANCHOR.match(line)
        if anchor and not (address and _indent(line) > indent):  # what stands deeper belongs to the recipient above
            if address:
                yield address.casefold(), "\n".join(held).strip()
            aside = anchor["aside"] or ""
            said = f"{aside if _is_said(aside) else ''}{anchor['rest'] or ''}"
            address, held, indent, empty = anchor["address"], [said], _indent(line), False
        elif address:
            if not line.strip():
                empty = any(part.strip() for part in held)
            elif empty and not line.startswith((" ", "\t")):
                yield address.casefold(), "\n".join(held).strip()
                address, held, empty = "", [], False
                continue
            held.append(line)
    if address:
        yield address.casefold(), "\n".join(held).strip()


def _is_said(aside: str) -> bool:
    """Whether what stands in brackets after an address is a reason, and no name: `(550 No such user)`."""
    return len(aside.split()) >= _FEW and "@" not in aside


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


_FEW = 3  # words: a diagnostic code of fewer was cut
_WRONG_ORDER = re.compile(r"\b503\b")
_WRONG_ORDER_LINES = re.compile(r"^[ \t]*(?:<<< ?)?503[ -].*$", re.M)


def _best_reply(prose: str, address: str = "") -> str:
    """
    The reply that counts among those that prose quotes: the remote server's, and not one that follows from it.

    A transcript tells of all recipients: what names another address than the one asked for is passed over.
    """
    replies = [
        line
        for line, reply in ((line, read_reply(line)) for line in find_replies(prose))
        if (reply.reply_code or reply.enhanced_status_code or "2")[0] in "45"
    ]
    remote = [line for line in replies if "<<<" in line or "said" in line]
    candidates = [line for line in remote or replies if not _WRONG_ORDER.match(line)] or replies
    own = (line for line in candidates if address in line.casefold() or not re.search(ADDRESS, line))
    return next(own, (*candidates, "")[0])


def _recipient(message: Message, parts: _Parts) -> str | None:
    if found := re.search(ADDRESS, _header(message, "x-failed-recipients")):
        return found[0]
    named = [found["address"] for found in _NAMED_RECIPIENT.finditer(parts.prose)]
    known = {_address_in(_header(message, name)) for name in ("to", "from", "reply-to")}
    others = {address.casefold() for address in re.findall(ADDRESS, parts.prose) if not _is_helper(address)} - known
    return (
        next((address for address in named if not (_is_helper(address) or address.casefold() in known)), None)
        or (others.pop() if len(others) == 1 else None)  # of whom else should a notice speak
        or next((address for address in named if not _OF_LIST.search(address)), None)
        or (_address_in(_header(parts.original, "to")) if parts.original is not None else None)
    )


_OF_LIST = re.compile(r"-(?:admin|bounces|ctl|help|owner|request)@", re.I)
_HELPER = re.compile(r"(?:abuse|help|mailer-daemon|no-?reply|postmaster|support)\w{0,20}@", re.I)


def _is_helper(address: str) -> bool:
    """Whether it is likely that a notice names an address to write to for help."""
    return bool(_HELPER.match(address) or _OF_LIST.search(address))


def _address_in(text: str) -> str | None:
    found = re.search(ADDRESS, text)
    return found[0].casefold() if found else None


def _host(name: str | None) -> str | None:
    """A host's name out of a field such as `dns; mx.example.org [192.0.2.1]`."""
    found = re.search(HOST, name or "")
    return found[0].casefold() if found and not found[0].replace(".", "").isdigit() else None


def _one_for_each(failures: Iterator[Failure]) -> tuple[Failure, ...]:
    """One failure for each recipient, the one that says most; those that say nothing only where none says more."""
    best: dict[str | None, Failure] = {}
    for failure in failures:
        held = best.get(failure.final_recipient)
        if held is None or _telling(failure) > _telling(held):
            best[failure.final_recipient] = failure
    telling = [failure for failure in best.values() if _telling(failure)]
    return tuple(telling or best.values())


def _telling(failure: Failure) -> int:
    return sum(
        (
            4 * bool(failure.reply_code),
            2 * bool(failure.enhanced_status_code),
            failure.cause != "unknown",
        )
    )
