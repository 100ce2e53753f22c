"""The same answer has the same cause and codes wherever it was pasted from: bare, a log, a notice."""

from collections.abc import Callable

import pytest

from bot.core import explain

HEAD = "Nov 23 14:21:40 mail"

ANSWERS = (
    "550 5.1.1 <jo@example.org>: Recipient address rejected: User unknown in local recipient table",
    "550 5.1.1 No such user here",
    "550 User unknown",
    "550 5.1.10 Recipient not found",
    "551 5.1.6 The recipient has moved to another address",
    "552 5.2.2 Mailbox full",
    "452 4.2.2 The mailbox is over quota",
    "550 5.2.1 This mailbox has been disabled",
    "550 5.2.1 The account is suspended",
    "550 5.1.2 Host or domain name not found",
    "554 5.4.6 Too many hops",
    "421 4.3.2 Service shutting down, try again later",
    "421 Service not available, closing transmission channel",
    "452 4.3.1 Insufficient system storage",
    "552 5.3.4 Message size exceeds the limit",
    "552 Message exceeds fixed maximum message size",
    "451 4.7.1 Greylisting in action, please come back later",
    "450 4.2.0 <jo@example.org>: Recipient address rejected: Greylisted",
    "450 4.7.1 You are sending too many messages, slow down",
    "421 4.7.0 Too many connections from your host",
    "554 5.7.1 Service unavailable; Client host [192.0.2.9] blocked using zen.spamhaus.org",
    "554 5.7.1 Your IP address 192.0.2.9 is blacklisted",
    "550 5.7.25 The sending host has no reverse DNS entry (PTR record)",
    "450 4.7.1 Client host rejected: cannot find your reverse hostname, [192.0.2.9]",
    "550 5.7.1 <ops@example.net>: Sender address rejected: not allowed",
    "553 5.1.8 <ops@example.net>: Sender address rejected: Domain not found",
    "550 5.7.26 Unauthenticated mail from example.net is refused by its DMARC policy",
    "550 5.7.23 SPF validation failed",
    "554 5.7.1 <jo@example.org>: Relay access denied",
    "550 5.7.1 Relaying denied",
    "530 5.7.0 Authentication required",
    "535 5.7.8 Authentication credentials invalid",
    "530 5.7.0 Must issue a STARTTLS command first",
    "550 5.7.1 Message rejected: it looks like spam",
    "554 5.6.0 A virus was found in your message: Eicar-Test-Signature",
    "552 5.7.0 This type of attachment is not allowed",
    "503 5.5.1 Bad sequence of commands",
    "501 5.5.4 Syntax error in parameters",
    "550 5.4.1 Recipient address rejected: Access denied",
    "550 5.1.1 Cette boîte aux lettres n'existe pas",
    "552 5.2.2 La boîte du destinataire est pleine",
    "550 5.1.1 Empfänger unbekannt",
    "550-5.7.1 We do not take your message\n550-5.7.1 because it looks like spam\n550 5.7.1 to our filter",
)


def joined(answer: str) -> str:
    return answer.replace("\n", " ")


def postfix(answer: str) -> str:
    status = "bounced" if answer.startswith("5") else "deferred"
    return (
        f"{HEAD} postfix/smtp[4248]: 00D0221A3E0: to=<jo@example.org>, relay=mx.example.org[192.0.2.25]:25, "
        f"delay=0.09, dsn={answer[0]}.0.0, status={status} (host mx.example.org[192.0.2.25] said: "
        f"{joined(answer)} (in reply to RCPT TO command))"
    )


def exim(answer: str) -> str:
    flag = "**" if answer.startswith("5") else "=="
    escaped = answer.replace("\n", "\\n")
    return (
        f"2026-11-23 14:21:40 1xVWvS-00019O-1J {flag} jo@example.org R=dnslookup T=remote_smtp H=mx.example.org "
        f"[192.0.2.25]: SMTP error from remote mail server after RCPT TO:<jo@example.org>: {escaped}"
    )


def sendmail(answer: str) -> str:
    stat = "User unknown" if answer.startswith("5") else f"Deferred: {joined(answer)}"
    return (
        f"{HEAD} sm-mta[84]: 6ANELe84000084: to=<jo@example.org>, relay=mx.example.org. [192.0.2.25], "
        f"dsn={answer[0]}.0.0, reply={joined(answer)}, stat={stat}"
    )


def opensmtpd(answer: str) -> str:
    result = "PermFail" if answer.startswith("5") else "TempFail"
    return (
        f"{HEAD} smtpd[33]: 95f5000000000001 mta delivery evpid=1af5000000000001 from=<ops@example.net> "
        f'to=<jo@example.org> relay="192.0.2.25 (mx.example.org)" result="{result}" stat="{joined(answer)}"'
    )


def msmtp(answer: str) -> str:
    escaped = answer.replace("\n", "\\n")
    return (
        f"{HEAD} host=mx.example.org from=ops@example.net recipients=jo@example.org smtpmsg='{escaped}' "
        "errormsg='recipient address jo@example.org not accepted by the server' exitcode=EX_UNAVAILABLE"
    )


def fields(answer: str) -> str:
    folded = answer.replace("\n", "\n ")
    action = "failed" if answer.startswith("5") else "delayed"
    return (
        "Reporting-MTA: dns; mail.example.net\n\nFinal-Recipient: rfc822; jo@example.org\n"
        f"Action: {action}\nStatus: {answer[0]}.0.0\nRemote-MTA: dns; mx.example.org\nDiagnostic-Code: smtp; {folded}\n"
    )


def notice(answer: str) -> str:
    return (
        "From: MAILER-DAEMON@mail.example.net\nTo: ops@example.net\nSubject: Undelivered Mail Returned to Sender\n"
        'MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain; charset=utf-8\n\nThis is the mail system at host mail.example.net.\n\n"
        f"<jo@example.org>: host mx.example.org[192.0.2.25] said: {joined(answer)} (in reply to RCPT TO command)\n\n"
        f"--b\nContent-Type: message/delivery-status\n\n{fields(answer)}\n--b--\n"
    )


def qmail(answer: str) -> str:
    return (
        "From: MAILER-DAEMON@mail.example.net\nTo: ops@example.net\nSubject: failure notice\n\n"
        "Hi. This is the qmail-send program at mail.example.net.\nI'm afraid I wasn't able to deliver your message to "
        f"the following addresses.\n\n<jo@example.org>:\n192.0.2.25 does not like recipient.\nRemote host "
        f"said: {answer}\nGiving up on 192.0.2.25.\n\n--- Below this line is a copy of the message.\n\nSubject: hello\n"
    )


def event(answer: str) -> str:
    name = "bounce" if answer.startswith("5") else "deferred"
    escaped = answer.replace("\n", "\\n")
    return f'{{"event": "{name}", "email": "jo@example.org", "reason": "{escaped}"}}'


PLACES: dict[str, Callable[[str], str]] = {
    "quoted": lambda answer: "\n".join(f"> {line}" for line in answer.split("\n")),
    "a transcript": lambda answer: "\n".join(f"<<< {line}" for line in answer.split("\n")),
    "a question": lambda answer: f"Our customer gets this, why?\n\n{answer}\n\nThank you",
    "Postfix": postfix,
    "Exim": exim,
    "Sendmail": sendmail,
    "OpenSMTPD": opensmtpd,
    "msmtp": msmtp,
    "fields": fields,
    "a notice": notice,
    "qmail": qmail,
    "an event": event,
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("answer", ANSWERS)
def test_the_same_cause_wherever_it_stands(answer: str, place: str) -> None:
    (bare,) = explain(answer, words=False).failures
    (failure,) = explain(PLACES[place](answer), words=False).failures
    assert (failure.cause, failure.reply_code, failure.enhanced_status_code or "x") == (
        bare.cause,
        bare.reply_code,
        bare.enhanced_status_code or (failure.enhanced_status_code and f"{answer[0]}.0.0") or "x",
    )
