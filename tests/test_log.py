"""Lines of mail logs, one by one and in excerpts: a failure for each that tells of one, and none for the others."""

import pytest

from bot.core import Failure, explain

HEAD = "Nov 23 14:21:40 mail"
EXIM = "2026-11-23 14:21:40 1xVWvS-00019O-1J"
POSTFIX = (
    f"{HEAD} postfix/smtp[4248]: 00D0221A3E0: to=<jo@example.org>, relay=mx.example.org[192.0.2.25]:25, delay=0.09"
)
SENDMAIL = f"{HEAD} sm-mta[84]: 6ANELe84000084: to=<jo@example.org>, delay=00:00:01, relay=mx.example.org. [192.0.2.25]"
OPENSMTPD = (
    f"{HEAD} smtpd[33]: 95f5000000000001 mta delivery evpid=1af5000000000001 from=<ops@example.net> "
    'to=<jo@example.org> rcpt=<-> source="192.0.2.1" relay="192.0.2.25 (mx.example.org)" delay=1s'
)
MSMTP = f"{HEAD} host=mx.example.org tls=on auth=off from=ops@example.net recipients=jo@example.org"
COURIER = f"{HEAD} courieresmtp: id=0A.01.02,from=<ops@example.net>,addr=<jo@example.org>"
DMA = f"{HEAD} dma[23a220.55e3]: <jo@example.org> trying delivery\n{HEAD} dma[23a220.55e3]:"
QMAIL = "@4000000065f2a1b42d1c5a74"
STARTING = f"{QMAIL} starting delivery 12: msg 345 to remote jo@example.org\n{QMAIL} delivery 12:"


def only(text: str) -> Failure:
    """The one failure of an excerpt."""
    explanation = explain(text, words=False)
    assert explanation.kind == "log"
    (failure,) = explanation.failures
    return failure


@pytest.mark.parametrize(
    ("text", "cause", "reply_code", "enhanced_status_code", "permanence"),
    [
        pytest.param(
            f"{POSTFIX}, dsn=5.1.1, status=bounced (host mx.example.org[192.0.2.25] said: 550 5.1.1 "
            "<jo@example.org>: Recipient address rejected: User unknown (in reply to RCPT TO command))",
            "recipient_unknown",
            "550",
            "5.1.1",
            "permanent",
            id="Postfix smtp, bounced",
        ),
        pytest.param(
            f"{POSTFIX}, dsn=4.2.2, status=deferred (host mx.example.org[192.0.2.25] said: 452 4.2.2 mailbox full "
            "(in reply to RCPT TO command))",
            "mailbox_full",
            "452",
            "4.2.2",
            "temporary",
            id="Postfix smtp, deferred",
        ),
        pytest.param(
            f"{HEAD} postfix/lmtp[1]: 4AB: to=<jo@example.org>, relay=mail.example.org[private/lmtp], dsn=5.2.2, "
            "status=bounced (host mail.example.org[private/lmtp] said: 552 5.2.2 <jo@example.org> Quota exceeded "
            "(mailbox for user is full) (in reply to end of DATA command))",
            "mailbox_full",
            "552",
            "5.2.2",
            "permanent",
            id="Postfix lmtp",
        ),
        pytest.param(
            f"{HEAD} postfix/local[1]: 4AB: to=<jo@example.org>, relay=local, dsn=5.1.1, "
            'status=bounced (unknown user: "jo")',
            "recipient_unknown",
            None,
            "5.1.1",
            "permanent",
            id="Postfix local",
        ),
        pytest.param(
            f"{HEAD} postfix/smtp[1]: 4AB: to=<jo@example.org>, relay=none, dsn=5.4.4, status=bounced (Host or domain "
            "name not found. Name service error for name=example.org type=A: Host not found)",
            "domain_not_found",
            None,
            "5.4.4",
            "permanent",
            id="Postfix smtp, no such domain",
        ),
        pytest.param(
            f"{HEAD} postfix/smtp[1]: 4AB: to=<jo@example.org>, relay=none, dsn=4.4.1, status=deferred (connect to "
            "mx.example.org[192.0.2.25]:25: Connection timed out)",
            "connection_failed",
            None,
            "4.4.1",
            "temporary",
            id="Postfix smtp, no connection",
        ),
        pytest.param(
            f"{HEAD} postfix/instance-b/smtp[1]: 4AB: to=<jo@example.org>, relay=mx.example.org[192.0.2.25]:25, "
            "dsn=4.7.1, status=deferred (host mx.example.org[192.0.2.25] said: 451 4.7.1 Greylisted)",
            "greylisted",
            "451",
            "4.7.1",
            "temporary",
            id="a second instance of Postfix",
        ),
        pytest.param(
            f"{HEAD} postfix/smtpd[1]: NOQUEUE: reject: RCPT from app.example.com[192.0.2.7]: 554 5.7.1 "
            "<jo@example.org>: Relay access denied; from=<ops@example.net> to=<jo@example.org> proto=ESMTP helo=<app>",
            "relay_denied",
            "554",
            "5.7.1",
            "permanent",
            id="Postfix smtpd, a client refused",
        ),
        pytest.param(
            f"{HEAD} postfix/cleanup[1]: 4AB: reject: header Subject: win a price from app.example.com[192.0.2.7]; "
            "from=<ops@example.net> to=<jo@example.org> proto=ESMTP helo=<app.example.com>: 5.7.1 looks like spam",
            "spam_content",
            None,
            "5.7.1",
            "permanent",
            id="Postfix cleanup, a header refused",
        ),
        pytest.param(
            f"{HEAD} postfix/cleanup[1]: 4AB: reject: body cheap pills; from=<ops@example.net> to=<jo@example.org>: "
            "5.7.1 looks like spam",
            "spam_content",
            None,
            "5.7.1",
            "permanent",
            id="Postfix cleanup, a line of a body refused that came from here",
        ),
        pytest.param(
            f"{HEAD} postfix/cleanup[1]: 4AB: discard: header Subject: 550 hats from app.example.com[192.0.2.7]; "
            "from=<ops@example.net> to=<jo@example.org> proto=ESMTP helo=<app.example.com>: looks like spam",
            "spam_content",
            None,
            None,
            None,
            id="Postfix cleanup, discarded",
        ),
        pytest.param(
            f"{HEAD} postfix/cleanup[1]: 4AB: milter-reject: END-OF-MESSAGE from app.example.com[192.0.2.7]: "
            "5.7.1 virus found: Eicar; from=<ops@example.net> to=<jo@example.org> proto=ESMTP helo=<app.example.com>",
            "virus",
            None,
            "5.7.1",
            "permanent",
            id="Postfix cleanup, refused by a milter",
        ),
        pytest.param(
            f"{HEAD} postfix/smtpd[1]: 4AB: milter-reject: RCPT from app.example.com[192.0.2.7]: 451 4.7.1 Greylisted; "
            "from=<ops@example.net> to=<jo@example.org> proto=ESMTP helo=<app.example.com>",
            "greylisted",
            "451",
            "4.7.1",
            "temporary",
            id="Postfix smtpd, refused by a milter",
        ),
        pytest.param(
            f"{HEAD} postfix/postscreen[1]: NOQUEUE: reject: RCPT from [192.0.2.7]:33500: 550 5.7.1 Service "
            "unavailable; client [192.0.2.7] blocked using zen.spamhaus.org; from=<ops@example.net>, "
            "to=<jo@example.org>, proto=ESMTP, helo=<app.example.com>",
            "ip_blocked",
            "550",
            "5.7.1",
            "permanent",
            id="Postfix postscreen",
        ),
        pytest.param(
            f"{HEAD} postfix/virtual[1]: 4AB: to=<jo@example.org>, orig_to=<info@example.org>, relay=virtual, "
            "delay=0.1, delays=0.1/0/0/0, dsn=5.2.2, status=bounced (maildir delivery failed: mailbox full)",
            "mailbox_full",
            None,
            "5.2.2",
            "permanent",
            id="Postfix virtual",
        ),
        pytest.param(
            f"{EXIM} ** jo@example.org R=dnslookup T=remote_smtp H=mx.example.org [192.0.2.25]: SMTP error from remote "
            "mail server after RCPT TO:<jo@example.org>: 550-5.1.1 We looked everywhere\\n550 5.1.1 user unknown",
            "recipient_unknown",
            "550",
            "5.1.1",
            "permanent",
            id="Exim, a reply of two lines",
        ),
        pytest.param(
            f"{EXIM} == jo@example.org R=dnslookup T=remote_smtp defer (-44) H=mx.example.org [192.0.2.25]: SMTP error "
            "from remote mail server after RCPT TO:<jo@example.org>: 452 4.2.2 mailbox full",
            "mailbox_full",
            "452",
            "4.2.2",
            "temporary",
            id="Exim, deferred",
        ),
        pytest.param(
            f"{EXIM} ** jo@example.org <alias@example.org> F=<ops@example.net> P=<ops@example.net> R=dnslookup "
            'T=remote_smtp H=mx.example.org [192.0.2.25] X=TLS1.3:ECDHE:256 CV=yes DN="CN=mx.example.org" C="x": '
            "552 5.2.2 mailbox full DT=1s",
            "mailbox_full",
            "552",
            "5.2.2",
            "permanent",
            id="Exim with every field",
        ),
        pytest.param(
            f"{EXIM} ** jo@example.org: Unrouteable address", "recipient_unknown", None, None, None, id="Exim, no host"
        ),
        pytest.param(
            f"{EXIM} H=app.example.com [192.0.2.7] F=<ops@example.net> rejected RCPT <jo@example.org>: "
            "relay not permitted",
            "relay_denied",
            None,
            None,
            None,
            id="Exim, a client refused",
        ),
        pytest.param(
            f"{EXIM} ** jo@example.org <info@example.org> F=<ops@example.net>: Unrouteable address",
            "recipient_unknown",
            None,
            None,
            None,
            id="Exim, no host for an alias",
        ),
        pytest.param(
            f"{EXIM} == jo@example.org routing defer (-51): host lookup did not complete",
            "domain_not_found",
            None,
            None,
            "temporary",
            id="Exim, no router yet",
        ),
        pytest.param(
            f"{EXIM} ** |/usr/bin/procmail -d jo <jo@example.org> R=userforward T=address_pipe: mailbox is full",
            "mailbox_full",
            None,
            None,
            None,
            id="Exim, to a program",
        ),
        pytest.param(
            f"{HEAD} exim[123]: {EXIM} ** jo@example.org R=r T=t: 552 5.2.2 mailbox full",
            "mailbox_full",
            "552",
            "5.2.2",
            "permanent",
            id="Exim through syslog",
        ),
        pytest.param(
            f"{EXIM} H=app.example.com [192.0.2.7] X=TLS1.3:ECDHE:256 CV=no F=<ops@example.net> temporarily rejected "
            "RCPT <jo@example.org>: greylisted",
            "greylisted",
            None,
            None,
            "temporary",
            id="Exim, a client put off",
        ),
        pytest.param(
            f"{EXIM} H=app.example.com [192.0.2.7] F=<ops@example.net> rejected after DATA: This message scored 12.1 "
            "spam points\nEnvelope-from: <ops@example.net>\nEnvelope-to: <jo@example.org>\nP Received: from app\n"
            "F From: ops@example.net",
            "spam_content",
            None,
            None,
            None,
            id="Exim's reject log, with the envelope below",
        ),
        pytest.param(
            f"{SENDMAIL}, dsn=5.1.1, reply=550 5.1.1 <jo@example.org>... User unknown, stat=User unknown",
            "recipient_unknown",
            "550",
            "5.1.1",
            "permanent",
            id="Sendmail",
        ),
        pytest.param(
            f"{SENDMAIL}, dsn=4.0.0, stat=Deferred: Connection timed out with mx.example.org.",
            "connection_failed",
            None,
            "4.0.0",
            "temporary",
            id="Sendmail, no connection",
        ),
        pytest.param(
            f"{SENDMAIL}, dsn=4.0.0, reply=221 2.0.0 Bye, stat=Deferred: 421 4.7.0 Error: too many errors",
            "rate_limited",
            "421",
            "4.7.0",
            "temporary",
            id="Sendmail, the session ended with 221",
        ),
        pytest.param(
            f"{HEAD} sm-mta[84]: 6ANELe84000084: ruleset=check_rcpt, arg1=<jo@example.org>, relay=app.example.com "
            "[192.0.2.7], reject=550 5.7.1 <jo@example.org>... Relaying denied",
            "relay_denied",
            "550",
            "5.7.1",
            "permanent",
            id="Sendmail, a client refused",
        ),
        pytest.param(
            f"{HEAD} sm-mta[84]: 6ANELe84000084: Milter: to=<jo@example.org>, reject=451 4.7.1 Greylisted",
            "greylisted",
            "451",
            "4.7.1",
            "temporary",
            id="Sendmail, a recipient put off by a milter",
        ),
        pytest.param(
            f"{HEAD} sm-mta[84]: 6ANELe84000084: ruleset=check_compat, arg1=<ops@example.net>, arg2=<jo@example.org>, "
            "relay=app.example.com [192.0.2.7], reject=550 5.7.1 Relaying denied",
            "relay_denied",
            "550",
            "5.7.1",
            "permanent",
            id="Sendmail, a pair refused",
        ),
        pytest.param(
            f'{OPENSMTPD.partition(" source=")[0]} delay=4d result="Expire" stat="Envelope expired"',
            "delivery_expired",
            None,
            None,
            None,
            id="OpenSMTPD, expired",
        ),
        pytest.param(
            f"{HEAD} smtpd[33]: 95f5000000000001 smtp failed-command "
            'command="RCPT TO:<jo@example.org>" result="550 5.1.1 user unknown"',
            "recipient_unknown",
            "550",
            "5.1.1",
            "permanent",
            id="OpenSMTPD, a client refused",
        ),
        pytest.param(
            f'{OPENSMTPD} result="PermFail" stat="550 5.1.1 user unknown"',
            "recipient_unknown",
            "550",
            "5.1.1",
            "permanent",
            id="OpenSMTPD",
        ),
        pytest.param(
            f'{OPENSMTPD} result="PermFail" stat="550-User unknownSender verify failed"',
            "sender_rejected",
            "550",
            None,
            "permanent",
            id="OpenSMTPD, lines joined with nothing between",
        ),
        pytest.param(
            f'{OPENSMTPD} result="TempFail" stat="452 4.2.2 mailbox full"',
            "mailbox_full",
            "452",
            "4.2.2",
            "temporary",
            id="OpenSMTPD, deferred",
        ),
        pytest.param(
            f"{COURIER}: 550-5.1.1 We looked everywhere\n{COURIER}: 550 5.1.1 user unknown\n{COURIER},status: failure",
            "recipient_unknown",
            "550",
            "5.1.1",
            "permanent",
            id="Courier, a line for each line",
        ),
        pytest.param(
            f"{HEAD} courieresmtpd: error,relay=::ffff:192.0.2.7,from=<ops@example.net>,to=<jo@example.org>: "
            "550 User unknown.",
            "recipient_unknown",
            "550",
            None,
            "permanent",
            id="Courier, a client refused",
        ),
        pytest.param(
            f"{DMA} remote delivery to mx.example.org [192.0.2.25] failed after RCPT TO: 550 5.1.1 user unknown",
            "recipient_unknown",
            "550",
            "5.1.1",
            "permanent",
            id="dma",
        ),
        pytest.param(
            f"{DMA.partition(chr(10))[2]} remote delivery deferred: mx.example.org [192.0.2.25] failed after RCPT TO: "
            "452 4.2.2 <jo@example.org> mailbox full",
            "mailbox_full",
            "452",
            "4.2.2",
            "temporary",
            id="dma, deferred, the recipient in the reply",
        ),
        pytest.param(
            f"{DMA} connect to mx.example.org [192.0.2.25] failed: Connection refused",
            "connection_failed",
            None,
            None,
            "temporary",
            id="dma, no server to be reached",
        ),
        pytest.param(
            f"{STARTING} failure: 192.0.2.25_does_not_like_recipient./Remote_host_said:_550_5.1.1_user_unknown/"
            "Giving_up_on_192.0.2.25./",
            "recipient_unknown",
            "550",
            "5.1.1",
            "permanent",
            id="qmail",
        ),
        pytest.param(
            f"{STARTING} failure: Sorry,_I_couldn't_find_any_host_named_example.org._(#5.1.2)/",
            "domain_not_found",
            None,
            "5.1.2",
            "permanent",
            id="qmail, no such domain",
        ),
        pytest.param(
            f"{STARTING} deferral: Connected_to_192.0.2.25_but_sender_was_rejected./"
            "Remote_host_said:_451_4.7.1_Greylisted,_see_https://example.org/grey/451/",
            "greylisted",
            "451",
            "4.7.1",
            "temporary",
            id="qmail, deferred",
        ),
        pytest.param(
            STARTING.replace(QMAIL, f"{HEAD} qmail: 1700749300.123456").replace("remote ", "local example.org-")
            + " failure: Sorry,_no_mailbox_here_by_that_name._vpopmail_(#5.1.1)/",
            "recipient_unknown",
            None,
            "5.1.1",
            "permanent",
            id="qmail through syslog, to a virtual domain",
        ),
        pytest.param(
            f"{MSMTP} smtpstatus=550 smtpmsg='550-5.1.1 We can't find\\n550 5.1.1 this one: user unknown' "
            "errormsg='recipient address jo@example.org not accepted by the server' exitcode=EX_DATAERR",
            "recipient_unknown",
            "550",
            "5.1.1",
            "permanent",
            id="msmtp",
        ),
        pytest.param(
            f"{MSMTP} errormsg='cannot connect to mx.example.org, port 25: Connection refused' exitcode=EX_TEMPFAIL",
            "connection_failed",
            None,
            None,
            "temporary",
            id="msmtp, no connection",
        ),
    ],
)
def test_reads_a_failure(
    text: str, cause: str, reply_code: str | None, enhanced_status_code: str | None, permanence: str | None
) -> None:
    failure = only(text)
    assert failure.final_recipient == "jo@example.org"
    assert (failure.cause, failure.reply_code, failure.enhanced_status_code, failure.permanence) == (
        cause,
        reply_code,
        enhanced_status_code,
        permanence,
    )


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{POSTFIX}, dsn=5.1.1, status=bounced (550 5.1.1 No)", id="Postfix"),
        pytest.param(f"{EXIM} ** jo@example.org R=r T=t H=mx.example.org [192.0.2.25]: 550 5.1.1 No", id="Exim"),
        pytest.param(f"{SENDMAIL}, dsn=5.1.1, stat=User unknown", id="Sendmail"),
        pytest.param(f'{OPENSMTPD} result="PermFail" stat="550 5.1.1 No"', id="OpenSMTPD"),
        pytest.param(
            f"{DMA} remote delivery to mx.example.org [192.0.2.25] failed after RCPT TO: 550 5.1.1 No", id="dma"
        ),
        pytest.param(f"{MSMTP} smtpstatus=550 smtpmsg='550 5.1.1 No' errormsg='x' exitcode=EX_DATAERR", id="msmtp"),
        pytest.param(
            f"{STARTING} failure: Connected_to_mx.example.org_but_sender_was_rejected./Remote_host_said:_550_No/",
            id="qmail",
        ),
    ],
)
def test_reads_the_remote_mta(text: str) -> None:
    assert only(text).remote_mta == "mx.example.org"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{POSTFIX}, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 4AB)", id="Postfix, sent"),
        pytest.param(f"{HEAD} postfix/smtpd[1]: connect from app.example.com[192.0.2.7]", id="Postfix, a connection"),
        pytest.param(f"{HEAD} postfix/qmgr[1]: 4AB: from=<ops@example.net>, size=550, nrcpt=1", id="Postfix, a queue"),
        pytest.param(f"{HEAD} postfix/qmgr[1]: 4AB: removed", id="Postfix, the end"),
        pytest.param(
            f"{HEAD} postfix/anvil[1]: statistics: max connection rate 550/60s for (smtp:192.0.2.7) at Nov 23 14:11:40",
            id="Postfix, a count of connections",
        ),
        pytest.param(
            f"{HEAD} postfix/smtpd[1]: NOQUEUE: reject_warning: RCPT from app.example.com[192.0.2.7]: 450 4.7.25 "
            "Client host rejected; from=<ops@example.net> to=<jo@example.org> proto=ESMTP helo=<app>",
            id="Postfix, a warning",
        ),
        pytest.param(
            f"{HEAD} postfix/smtp[1]: 4AB: host mx1.example.org[192.0.2.25] said: 450 4.7.1 Greylisted (in reply to "
            f"RCPT TO command)\n{POSTFIX}, dsn=2.0.0, status=sent (250 2.0.0 Ok)",
            id="Postfix, sent by the second server",
        ),
        pytest.param(f'{EXIM} => jo@example.org R=r T=t H=mx.example.org [192.0.2.25] C="250 2.0.0 Ok"', id="Exim, =>"),
        pytest.param(f"{EXIM} -> jo@example.org R=r T=t H=mx.example.org [192.0.2.25]", id="Exim, ->"),
        pytest.param(f"{EXIM} => jo <jo@example.org> R=local T=maildir\n{EXIM} Completed", id="Exim, local"),
        pytest.param(f"{SENDMAIL}, dsn=2.0.0, stat=Sent (Ok: queued as 4AB)", id="Sendmail"),
        pytest.param(f'{OPENSMTPD} result="Ok" stat="250 2.0.0 Ok"', id="OpenSMTPD"),
        pytest.param(f"{COURIER}: 250 Ok: queued\n{COURIER},status: success", id="Courier"),
        pytest.param(f"{DMA} delivery successful", id="dma"),
        pytest.param(
            f"{DMA} connect to mx1.example.org [192.0.2.25] failed: Connection refused\n"
            f"{DMA.partition(chr(10))[2]} delivery successful",
            id="dma, the second server of the domain",
        ),
        pytest.param(
            f"{STARTING} success: 192.0.2.25_accepted_message./Remote_host_said:_250_ok_1700749300_qp_550/", id="qmail"
        ),
        pytest.param(f"{MSMTP} mailsize=550 smtpstatus=250 smtpmsg='250 2.0.0 Ok' exitcode=EX_OK", id="msmtp"),
    ],
)
def test_a_delivery_is_no_failure(text: str) -> None:
    explanation = explain(text, words=False)
    assert (explanation.kind, explanation.failures) == ("log", ())


def test_the_queue_gives_up() -> None:
    for status in ("expired", "force-expired"):
        line = f"{HEAD} postfix/qmgr[1]: 4AB: from=<ops@example.net>, status={status}, returned to sender"
        assert (only(line).cause, only(line).permanence) == ("delivery_expired", "permanent")


@pytest.mark.parametrize(
    ("said", "cause"),
    [
        pytest.param("rejected MAIL <ops@example.net>: Sender verify failed", "sender_rejected", id="a sender"),
        pytest.param('rejected connection in "connect" ACL: 554 5.7.1 No rDNS', "reverse_dns_missing", id="a client"),
        pytest.param("rejected EHLO or HELO [::1]: 550 5.7.1 no reverse DNS", "reverse_dns_missing", id="a greeting"),
        pytest.param("rejected by local_scan(): virus found: Eicar", "virus", id="a scanner"),
        pytest.param("rejected by non-SMTP ACL: virus found: Eicar", "virus", id="a message from here"),
        pytest.param("rejected after DATA: virus found: Eicar", "virus", id="a message"),
    ],
)
def test_exim_names_no_recipient_where_it_rejects_something_else(said: str, cause: str) -> None:
    failure = only(f"{EXIM} H=app.example.com [192.0.2.7] F=<ops@example.net> {said}")
    assert (failure.cause, failure.final_recipient) == (cause, None)


@pytest.mark.parametrize(
    ("said", "cause"),
    [
        pytest.param("Milter: data, reject=554 5.7.1 virus found: Eicar", "virus", id="a milter, of a message"),
        pytest.param(
            "Milter: from=<ops@example.net>, reject=550 5.7.1 SPF check failed",
            "authentication_failed",
            id="a milter, of a sender",
        ),
        pytest.param(
            "milter=av, action=eoh, reject=554 5.7.1 virus found: Eicar", "virus", id="a milter that is named"
        ),
        pytest.param(
            "ruleset=check_mail, arg1=<ops@example.net>, relay=app.example.com [192.0.2.7], reject=553 5.1.8 "
            "<ops@example.net>... Domain of sender address ops@example.net does not exist",
            "sender_rejected",
            id="a sender",
        ),
        pytest.param(
            "ruleset=check_relay, arg1=app.example.com, arg2=192.0.2.7, reject=550 5.7.1 no reverse DNS",
            "reverse_dns_missing",
            id="a client",
        ),
    ],
)
def test_sendmail_names_no_recipient_where_it_rejects_something_else(said: str, cause: str) -> None:
    failure = only(f"{HEAD} sm-mta[84]: 6ANELe84000084: {said}")
    assert (failure.cause, failure.final_recipient) == (cause, None)


def test_a_failure_for_each_recipient_of_sendmail() -> None:
    line = SENDMAIL.replace("<jo@example.org>", "<jo@example.org>,<an@example.org>")
    failures = explain(f"{line}, dsn=5.1.1, stat=User unknown").failures
    assert [failure.final_recipient for failure in failures] == ["jo@example.org", "an@example.org"]


@pytest.mark.parametrize(
    ("text", "cause", "reply_code"),
    [
        pytest.param(
            f"{HEAD} postfix/smtp[1]: 4AB: host mx.example.org[192.0.2.25] said: 450 4.7.1 Greylisted (in reply to "
            "RCPT TO command)",
            "greylisted",
            "450",
            id="a reply",
        ),
        pytest.param(
            f"{HEAD} postfix/smtp[1]: connect to mx.example.org[192.0.2.25]:25: Connection timed out",
            "connection_failed",
            None,
            id="no connection",
        ),
    ],
)
def test_what_postfix_heard_on_the_way_counts_where_nothing_else_stands(
    text: str, cause: str, reply_code: str | None
) -> None:
    failure = only(text)
    assert (failure.cause, failure.reply_code, failure.permanence) == (cause, reply_code, "temporary")
    assert (failure.final_recipient, failure.remote_mta) == (None, "mx.example.org")


FULL = "(host mx.example.org[192.0.2.25] said: 452 4.2.2 mailbox full (in reply to RCPT TO command))"


@pytest.mark.parametrize(
    ("text", "given_up"),
    [
        pytest.param(f"{POSTFIX}, dsn=4.2.2, status=bounced {FULL}", True, id="Postfix, bounced"),
        pytest.param(f"{POSTFIX}, dsn=4.2.2, status=deferred {FULL}", None, id="Postfix, deferred"),
        pytest.param(f"{POSTFIX}, dsn=4.2.2, status=SOFTBOUNCE {FULL}", None, id="Postfix, kept in the queue"),
        pytest.param(f"{POSTFIX}, dsn=4.2.2, status=undeliverable {FULL}", None, id="Postfix, only asked"),
        pytest.param(f"{EXIM} ** jo@example.org R=r T=t: retry timeout exceeded", True, id="Exim, no code"),
        pytest.param(f"{EXIM} ** jo@example.org R=r T=t: 452 4.2.2 full: retry timeout exceeded", True, id="Exim"),
        pytest.param(f"{EXIM} == jo@example.org R=r T=t defer (-44): 452 4.2.2 full", None, id="Exim, deferred"),
        pytest.param(f"{SENDMAIL}, dsn=4.2.2, reply=452 4.2.2 full, stat=Mailbox full", True, id="Sendmail"),
        pytest.param(f"{SENDMAIL}, dsn=4.2.2, stat=Deferred: 452 4.2.2 full", None, id="Sendmail, deferred"),
        pytest.param(f'{OPENSMTPD} result="PermFail" stat="452 4.2.2 full"', True, id="OpenSMTPD"),
        pytest.param(f"{POSTFIX}, dsn=5.1.1, status=bounced (550 5.1.1 No)", None, id="for good"),
    ],
)
def test_a_line_tells_that_the_server_has_given_up(text: str, given_up: bool | None) -> None:
    assert only(text).given_up is given_up


def test_replies_of_interleaved_deliveries_stay_apart() -> None:
    other = COURIER.replace("0A.01.02", "0B.01.02").replace("jo@", "an@")
    explanation = explain(
        f"{COURIER}: 550-5.1.1 We looked everywhere\n{other}: 452-4.2.2 This is\n{COURIER}: 550 5.1.1 user unknown\n"
        f"{COURIER},status: failure\n{other}: 452 4.2.2 mailbox full\n{other},status: deferred"
    )
    assert [(one.final_recipient, one.cause, one.diagnostic_code) for one in explanation.failures] == [
        ("jo@example.org", "recipient_unknown", "We looked everywhere user unknown"),
        ("an@example.org", "mailbox_full", "This is mailbox full"),
    ]


def test_deliveries_of_qmail_stay_apart() -> None:
    other = STARTING.replace(" 12:", " 13:").replace("jo@", "an@").split("\n")
    mine = STARTING.split("\n")
    explanation = explain(
        f"{mine[0]}\n{other[0]}\n{other[1]} failure: This_message_is_looping._(#5.4.6)/\n"
        f"{mine[1]} failure: 192.0.2.25_does_not_like_recipient./Remote_host_said:_550-5.1.1_We_know_nobody/"
        "550_5.1.1_by_<jo_e@example.org>:_user_unknown/Giving_up_on_192.0.2.25./"
    )
    assert [(one.final_recipient, one.cause, one.diagnostic_code) for one in explanation.failures] == [
        ("an@example.org", "routing_loop", "This message is looping."),
        ("jo@example.org", "recipient_unknown", "We know nobody by <jo_e@example.org>: user unknown"),
    ]


def test_letters_that_exim_wrote_as_octal_numbers_are_letters() -> None:
    line = f"{EXIM} ** jo@example.org R=r T=t H=mx.example.org [192.0.2.25]: 550 5.1.1 bo\\303\\256te inconnue \\377"
    assert only(line).diagnostic_code == "boîte inconnue \ufffd"


def test_a_failure_for_each_recipient_of_msmtp() -> None:
    line = f"{MSMTP},an@example.org smtpstatus=550 smtpmsg='550 5.7.1 No' errormsg='no' exitcode=EX_UNAVAILABLE"
    assert [failure.final_recipient for failure in explain(line).failures] == ["jo@example.org", "an@example.org"]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: f"> {text}", id="quoted"),
        pytest.param(lambda text: f"    {text}", id="indented"),
        pytest.param(lambda text: f"```{text}```", id="in a code block"),
        pytest.param(lambda text: f"what is this?\n{text}\nthanks", id="in a message"),
        pytest.param(lambda text: text.replace(HEAD, "2026-11-23T14:21:40.123456+00:00 mail"), id="with an ISO time"),
        pytest.param(lambda text: text.partition("mail ")[2], id="without its time"),
    ],
)
def test_reads_a_line_however_it_was_pasted(change) -> None:  # type: ignore[no-untyped-def]
    line = f"{POSTFIX}, dsn=5.1.1, status=bounced (host mx.example.org[192.0.2.25] said: 550 5.1.1 user unknown)"
    failure = only(change(line))
    assert (failure.final_recipient, failure.cause, failure.remote_mta) == (
        "jo@example.org",
        "recipient_unknown",
        "mx.example.org",
    )


def test_dma_writes_the_number_of_its_process_too() -> None:
    head = f"{HEAD} dma[5f1c2.800a49080][71230]:"
    failed = "remote delivery to mx.example.org [192.0.2.150] failed after RCPT TO: 553 5.7.1 <ops@example.net>: No"
    assert only(f"{head} <jo@example.org> trying delivery\n{head} {failed}").final_recipient == "jo@example.org"


def test_dovecot_tells_whose_mailbox_took_no_message() -> None:
    failure = only(
        f"{HEAD} dovecot[1320]: lmtp(jo@example.org)<19877><uJ0RCknZ>: Error: sieve: msgid=<a@example.net>: "
        "failed to store into mailbox 'INBOX': Quota exceeded (mailbox for user is full)"
    )
    assert (failure.cause, failure.final_recipient) == ("mailbox_full", "jo@example.org")


def test_opensmtpd_delivers_to_a_mailbox_of_its_own() -> None:
    failure = only(
        f"{HEAD} smtpd[3312]: 8e11a37c20bb5a40 mda delivery evpid=c6f2a9307ef4d1c8 from=<ops@example.net> "
        "to=<jo@example.org> rcpt=<jo@example.org> user=jo delay=1s result=TempFail "
        'stat=Error ("No space left on device")'
    )
    assert (failure.cause, failure.final_recipient) == ("storage_full", "jo@example.org")


@pytest.mark.parametrize(
    ("said", "cause"),
    [
        ("H=mx.example.org [192.0.2.25] Connection timed out", "connection_failed"),
        ("mx.example.org [192.0.2.25]:25 Connection refused", "connection_failed"),
        (
            "H=mx.example.org [192.0.2.25]: SMTP error from remote mail server after initial connection: "
            "421 4.7.0 Too many connections from your address",
            "rate_limited",
        ),
    ],
)
def test_an_attempt_of_exim_counts_until_a_line_tells_how_the_delivery_ended(said: str, cause: str) -> None:
    attempt = f"{EXIM} {said}"
    assert (only(attempt).cause, only(attempt).remote_mta) == (cause, "mx.example.org")
    assert explain(f"{attempt}\n{EXIM} => jo@example.org R=dnslookup T=remote_smtp H=mx2.example.org").failures == ()


NULLMAILER = f"""\
{HEAD} nullmailer-send[7]: Starting delivery, 1 message(s) in queue.
{HEAD} nullmailer-send[7]: Starting delivery: host: mx.example.org protocol: smtp file: 1795492456.18375
{HEAD} nullmailer-send[7]: From: <ops@example.net> to: <jo@example.org>
{HEAD} nullmailer-send[7]: Message-ID: <1@example.net>
"""


def test_nullmailer_names_the_recipient_lines_before_the_answer() -> None:
    answer = f"{HEAD} nullmailer-send[7]: smtp: Failed: 550 5.1.1 <jo@example.org>: User unknown\n"
    ended = f"{HEAD} nullmailer-send[7]: Sending failed: Permanent error in sending the message\n"
    for text in (NULLMAILER + answer + ended, NULLMAILER + ended + answer):
        failure = only(text)
        assert (failure.cause, failure.reply_code, failure.enhanced_status_code, failure.permanence) == (
            "recipient_unknown",
            "550",
            "5.1.1",
            "permanent",
        )
        assert (failure.final_recipient, failure.remote_mta) == ("jo@example.org", "mx.example.org")


def test_nullmailer_without_an_answer_tells_its_own_error() -> None:
    failure = only(f"{NULLMAILER}{HEAD} nullmailer-send[7]: Sending failed: Connection timed out")
    assert (failure.cause, failure.final_recipient) == ("connection_failed", "jo@example.org")


def test_a_delivery_of_nullmailer_is_no_failure() -> None:
    text = (
        f"{NULLMAILER}{HEAD} nullmailer-send[7]: smtp: Succeeded: 250 2.0.0 Ok\n{HEAD} nullmailer-send[7]: Sent file."
    )
    assert explain(text).failures == ()


def test_sendmail_writes_a_recipient_with_or_without_brackets() -> None:
    bare = SENDMAIL.replace("<jo@example.org>", "jo@example.org, ctladdr=ops@example.net (0/0)")
    for line in (SENDMAIL, bare):
        assert only(f"{line}, dsn=5.1.1, stat=User unknown").final_recipient == "jo@example.org"
