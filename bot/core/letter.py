"""Telling a notice from the mail that people and their autoresponders write."""

import re
from email.message import Message

from bot.core.dsn import KNOWN_FIELD
from bot.core.log import looks_like_log
from bot.core.mime import HEADER, header
from bot.core.pattern import pattern
from bot.core.signs import Found, matcher
from bot.core.talk import speaks_of_refusal

_KNOWN_HEADERS = pattern(
    r"^(?:received|return-path|from|to|subject|date|message-id|mime-version|content-type|delivered-to|auto-submitted"
    r"|x-failed-recipients|reply-to|envelope-to|delivery-date|x-original-to):",
    re.I | re.M,
)
_ENOUGH_HEADERS = 3
_PROSE = pattern(  # of small letters
    r"this is the mail system at host|this message was created automatically by mail delivery software"
    r"|this is the (?:qmail-send|haraka mailer) program|smtp error from remote (?:mail )?server|automatically rejected"
    r"|transcript of session follows"
    r"|the following (?:addresses|recipients?) (?:had|failed)|mail system error"
    r"|delivery (?:to [^.]{0,80} )?(?:has )?(?:failed|failure|error|status notification|report)"
    r"|(?:was|were|wasn.t|could|can|has|have)(?: ?not|n.t)?(?: been| be)? delivered to|(?:could|can) ?not be delivered"
    r"|not deliverable"
    r"|problem delivering your message|non-delivery of"
    r"|could ?not deliver (?:your|the|this) (?:following )?(?:e-?mail|message)"
    r"|(?:e-?mails?|messages?) (?:that )?you (?:have )?sent (?:was|were|ha(?:s|ve) been) (?:blocked|rejected|stopped)"
    r"|has (?:blocked|rejected|stopped) (?:your|the|this) (?:e-?mail|message)"
    r"|(?:has|have) not delivered (?:the|this|your)|did not reach (?:some or all of )?the (?:following|intended)"
    r"|your (?:(?:e-?)?mails?|messages?) (?:to [^\n]{0,80} )?(?:was|were|ha(?:s|ve) been) (?:blocked|rejected|stopped)"
    r"|(?:unable|failed) to deliver|undeliver(?:able|ed)|mail delivery (?:failed|system|subsystem)|failure notice"
    r"|returned (?:mail|message|to sender)|returning (?:message )?to sender|dragonfly mail agent|mailer-daemon"
    r"|non[- ](?:remis|remise|délivr)|n.a pas pu être (?:remis|délivr|distribu)"
    r"|échec de (?:la )?(?:remise|distribution)|unzustellbar|nicht zugestellt|no se (?:ha )?pud?o? entregar"
    r"|mancata consegna|errore di consegna|non è stato possibile (?:consegnare|recapitare)"
    r"|não (?:foi|pôde ser) entregue|niet (?:worden )?(?:af)?geleverd|nie (?:została|może być) dostarczon"
    r"|配信できません|送信できません|エラーのため|无法(?:投递|送达)|無法(?:投遞|傳送)|退信"
    r"|전송 ?실패|전송에 실패|전송되지 (?:못|않)|배달(?:할 수 없|되지)"
    r"|не (?:доставлено|может быть доставлено)",
)
# Parcels and books are not delivered, either: these tell of mail where it is named close by.
_OF_ANYTHING = pattern(r".*(?:not|n.t)\b.*deliver|undelivered|(?:unable|failed) to deliver|delivery", re.I)
_OF_MAIL = pattern(r"\b(?:e-?mails?|mails?|mail(?:box|server)s?|messages?|recipients?|senders?|smtp)\b|\w@[\w-]", re.I)
_CLOSE = 100  # characters
_AUTO_REPLY = pattern(
    r"out of (?:the )?office|away from my (?:e-?)?mail|automatic reply|auto(?:matic)?[ -]?re(?:ply|sponse)|vacation"
    r"|réponse automatique|absence du bureau|je suis absent|abwesenheit|fuera de la oficina|respuesta automática"
    r"|risposta automatica",
    re.I,
)
_NOT = pattern(r"\b(?:not|pas|nicht|no|non|não|niet|nie|не|rejected|held|failed)\b")  # else a list tells its rules
_FAILED = pattern(r"\b(?:mail|message)\b.{0,40}\b(?:blocked|fail(?:ed|ure)|refused|rejected)", re.I)
# A program that speaks of your message has refused it; else it reports what it found.
_OF_YOURS = pattern(r"\byou (?:have )?sent\b|\bsent by you\b|\byour (?:e-?mail|mail|message)\b", re.I)
# Lists, and the gateways that look for viruses: they write under names of their own, as people do.
_AUTOMATON = pattern(
    r"\bowner-|-(?:admin|bounces|help|owner|request)@|\bmajordomo|\blistserv"
    r"|anti-?virus|\bgateway\b|(?:group|web)shield|mailmarshal|(?:mail|mime)sweeper|(?:mail|virus)scan|scanmail",
    re.I,
)


def looks_like_message(text: str) -> bool:
    """
    Whether a tidy paste is a whole mail message, headers first.

    >>> looks_like_message("From: jo@example.org\\nTo: an@example.org\\nSubject: Hello\\n\\nHello")
    True
    """
    if not (HEADER.match(text) or text.startswith("From ")):
        return False
    known: set[str] = set()
    for found in _KNOWN_HEADERS.finditer(text[:20_000]):
        known.add(found[0].casefold())
        if len(known) == _ENOUGH_HEADERS:
            return True
    return False


def looks_like_notice(text: str) -> bool:
    """
    Whether a tidy paste without headers is the better part of a notification.

    >>> looks_like_notice("Final-Recipient: rfc822; jo@example.org\\nAction: failed")
    True
    """
    if KNOWN_FIELD.search(text):
        return True
    return text.count("\n") >= 3 and bool(_PROSE.search(text[:20_000].lower())) and not looks_like_log(text)


def is_auto_reply(message: Message, prose: str) -> bool:
    """Whether an autoresponder answers a message; one that holds it back until the sender is confirmed is a filter."""
    automatic = header(message, "auto-submitted").casefold().startswith("auto-replied") or any(
        name in message for name in ("x-autoreply", "x-autorespond", "x-autoresponder", "delivered-by-the-graces-of")
    )
    subject = header(message, "subject")
    if _PROSE.search(subject.lower()) or "x-failed-recipients" in message or _from_daemon(message):
        return False
    signs = matcher().scan(subject).signs
    if _AUTO_REPLY.search(subject) or any(found.sign.cause == "auto_reply" for found in signs):
        return True
    return automatic and not _restricts(_signs(prose))


def is_notice(message: Message, prose: str) -> bool:
    """Whether a message without a reply is a notice; a person may write of parcels that were not delivered to us."""
    if _PROSE.search(header(message, "from").lower()) or _tells_of_mail(header(message, "subject")):
        return True
    if _refuses(message, prose):
        return True
    by_person = "from" in message and not _by_program(message)
    return _tells_of_mail(prose) and not (by_person and not _signs(prose))


def _tells_of_mail(text: str) -> bool:
    """Whether a text says in the words of a notice that mail was not delivered."""
    return any(
        not _OF_ANYTHING.match(found[0]) or _OF_MAIL.search(text, max(0, found.start() - _CLOSE), found.end() + _CLOSE)
        for found in _PROSE.finditer(text.lower())
    )


def _refuses(message: Message, prose: str) -> bool:
    """Whether a program says in words of its own that it refused a message, as filters and list managers do."""
    signs = _signs(prose) if _by_program(message) else []
    subject = header(message, "subject")
    if _restricts(signs) or (_OF_YOURS.search(prose) and any(found.sign.cause == "virus" for found in signs)):
        return True
    return bool(signs) and bool(_FAILED.search(subject) or speaks_of_refusal(f"{subject}\n{prose}"))


def _restricts(signs: list[Found]) -> bool:
    return any(found.sign.cause == "mailbox_restricted" and _NOT.search(found.phrase) for found in signs)


def _by_program(message: Message) -> bool:
    """Whether no person wrote it: no return path (RFC 5321 §4.5.5), a field that says so (RFC 3834 §5), the sender."""
    return (
        header(message, "return-path").strip() == "<>"
        or header(message, "auto-submitted").casefold().startswith("auto-")
        or _from_daemon(message)
        or bool(_AUTOMATON.search(header(message, "from")))
    )


def _from_daemon(message: Message) -> bool:
    return bool(re.search(r"mailer-?daemon|postmaster|mail delivery", header(message, "from"), re.I))


def _signs(prose: str) -> list[Found]:
    return [found for found in matcher().scan(prose).signs if not found.sign.fallback]
