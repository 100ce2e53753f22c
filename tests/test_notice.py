"""Bounce messages: the samples of tests/bounces, the ways in which people paste them, and mail that is none."""

import base64
import html
import quopri
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.core import Explanation, explain
from bot.core.notice import failures_in_notice
from bot.render.sharing import pack, unpack
from bot.render.text import terminal

BOUNCES = Path(__file__).parent / "bounces"
EXPECTED: dict[str, dict[str, Any]] = tomllib.loads((BOUNCES / "expected.toml").read_text(encoding="utf-8"))


def sample(name: str) -> str:
    return (BOUNCES / name).read_text(encoding="utf-8")


def causes(explanation: Explanation) -> list[tuple[str | None, str]]:
    return [(failure.final_recipient, failure.cause) for failure in explanation.failures]


@pytest.mark.parametrize("name", EXPECTED)
def test_reads_the_sample(name: str) -> None:
    expected = EXPECTED[name]
    explanation = explain(sample(name), words=False)
    assert explanation.kind == expected["kind"]
    facts = [
        {key: getattr(failure, key) or "" for key in one}
        for one, failure in zip(expected["failures"], explanation.failures, strict=True)
    ]
    assert facts == expected["failures"]


def test_every_sample_has_an_expectation() -> None:
    assert sorted(EXPECTED) == sorted(file.name for file in BOUNCES.iterdir() if file.name != "expected.toml")


def test_samples_hold_only_addresses_that_are_kept_for_examples() -> None:
    for name in EXPECTED:
        assert "127.0.0.1" not in sample(name)


FIELDS = """\
Reporting-MTA: dns; mail.example.net

Final-Recipient: rfc822; moved@example.org
Action: failed
Status: 5.1.6
Diagnostic-Code: smtp; 551 5.1.6 <moved@example.org> has moved to <new@example.com>

Final-Recipient: rfc822; nobody@example.org
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <nobody@example.org>: there is no mailbox of that name here
"""
PROSE = """\
This is the mail system at host mail.example.net.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients.

                   The mail system

<moved@example.org>: host mx.example.org[192.0.2.25] said: 551 5.1.6
    <moved@example.org> has moved to <new@example.com> (in reply to RCPT TO
    command)

<nobody@example.org>: host mx.example.org[192.0.2.25] said: 550 5.1.1
    <nobody@example.org>: there is no mailbox of that name here (in reply to
    RCPT TO command)
"""
HEADERS = """\
From: MAILER-DAEMON@mail.example.net
To: ops@example.net
Subject: Undelivered Mail Returned to Sender
Date: Mon, 23 Nov 2026 14:21:40 +0000
MIME-Version: 1.0
"""
TWO = [("moved@example.org", "recipient_moved"), ("nobody@example.org", "recipient_unknown")]


def with_every_line(before: str) -> Callable[[str], str]:
    return lambda text: "".join(before + line for line in text.splitlines(keepends=True))


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: text, id="as it came"),
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="with the line breaks of the wire"),
        pytest.param(lambda text: text.replace("\n", "\r"), id="with the line breaks of an old Macintosh"),
        pytest.param(with_every_line("> "), id="quoted"),
        pytest.param(with_every_line(">> "), id="quoted twice"),
        pytest.param(with_every_line("| "), id="quoted by another program"),
        pytest.param(with_every_line("    "), id="indented"),
        pytest.param(lambda text: "Hi, what does this mean?\n\n" + text, id="below a question"),
        pytest.param(lambda text: text + "\n-- \nAda, operations, call 550 or 421\n", id="above a signature"),
        pytest.param(lambda text: text.replace(" ", "\u00a0"), id="with no-break spaces"),
        pytest.param(lambda text: f"```\n{text}```", id="in a code block"),
    ],
)
@pytest.mark.parametrize(
    "notice",
    [pytest.param(FIELDS, id="the fields alone"), pytest.param(PROSE, id="the prose alone")],
)
def test_reads_a_part_of_a_notice_however_it_was_pasted(notice: str, change: Callable[[str], str]) -> None:
    explanation = explain(change(notice), words=False)
    assert sorted(causes(explanation), key=str) == TWO


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(f"Content-Type: text/plain\n\n{PROSE}", id="plain"),
        pytest.param(f"\n{PROSE}", id="of no declared type"),
        pytest.param(
            "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
            + base64.encodebytes(PROSE.encode()).decode(),
            id="base64",
        ),
        pytest.param(
            "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
            + quopri.encodestring(PROSE.encode()).decode(),
            id="quoted-printable",
        ),
        pytest.param(f"Content-Type: text/html\n\n<pre>{html.escape(PROSE)}</pre>", id="HTML alone"),
        pytest.param(
            f"Content-Type: text/html; charset=x-unknown\n\n<pre>{html.escape(PROSE)}</pre>",
            id="of a charset that nobody knows",
        ),
        pytest.param(
            f'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: message/delivery-status\n\n{FIELDS}',
            id="without a final boundary",
        ),
        pytest.param(
            f"Content-Type: multipart/report; boundary=b\n\n--b\n\n{PROSE}\n--b\n"
            f"Content-Type: message/delivery-status\nContent-Transfer-Encoding: base64\n\n"
            f"{base64.encodebytes(FIELDS.encode()).decode()}\n--b--\n",
            id="with its fields in base64, which RFC 3464 forbids",
        ),
        pytest.param(f"Content-Type: multipart/report\n\n{PROSE}\n\n{FIELDS}", id="without any boundary"),
        pytest.param(f"Content-Type: multipart/report; boundary=other\n\n{FIELDS}", id="with a wrong boundary"),
    ],
)
def test_reads_a_message_whatever_its_type(message: str) -> None:
    explanation = explain(HEADERS + message, words=False)
    assert explanation.kind == "notice"
    assert sorted(causes(explanation), key=str) == TWO


def test_the_copy_of_the_message_is_no_evidence() -> None:
    returned = (
        "\n--- Below this line is a copy of the message.\n\nSubject: 550 5.7.1 Relay access denied\n\nvirus found"
    )
    explanation = explain(HEADERS + "\n" + PROSE + returned, words=False)
    assert sorted(causes(explanation), key=str) == TWO


@pytest.mark.parametrize(
    ("action", "cause"),
    [
        pytest.param("failed", "mailbox_full", id="failed"),
        pytest.param("delayed", "mailbox_full", id="delayed, for a reason"),
        pytest.param("delivered", "delivered", id="delivered"),
        pytest.param("relayed", "delivered", id="relayed"),
        pytest.param("expanded", "delivered", id="expanded"),
        pytest.param("FAILED (bounced)", "mailbox_full", id="with a comment"),
    ],
)
def test_the_action_counts(action: str, cause: str) -> None:
    fields = f"Final-Recipient: rfc822; jo@example.org\nAction: {action}\nDiagnostic-Code: smtp; 452 4.2.2 Mailbox full"
    assert causes(explain(fields)) == [("jo@example.org", cause)]


@pytest.mark.parametrize(
    ("fields", "given_up"),
    [
        pytest.param("Action: failed\nStatus: 4.4.1\nDiagnostic-Code: smtp; 421 4.4.1 timed out", True, id="failed"),
        pytest.param("Action: delayed\nStatus: 4.4.1\nDiagnostic-Code: smtp; 421 4.4.1 timed out", None, id="delayed"),
        pytest.param("Action: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 5.2.2 full", None, id="for good"),
    ],
)
def test_a_server_that_reports_a_failure_has_given_up(fields: str, given_up: bool | None) -> None:
    explanation = explain(f"Reporting-MTA: dns; a.example.net\n\nFinal-Recipient: rfc822; jo@example.org\n{fields}")
    (failure,) = explanation.failures
    assert failure.given_up is given_up
    assert failure.permanence == ("permanent" if "5.2.2" in fields else "temporary")
    assert ("has given up" in terminal(explanation, ("en",))) is ("failed" in fields)
    assert unpack(pack(explanation)).failures[0].given_up is given_up


def test_a_reply_that_made_a_server_wait_is_not_why_it_gave_up() -> None:
    waited = "last transfail: 452 4.2.2 mailbox full, try again in 300 seconds"
    (failure,) = explain(f"smtp;554 5.4.7 [internal] message timeout (exceeded max time; {waited})").failures
    assert (failure.cause, failure.reply_code, failure.retry_after) == ("delivery_expired", "554", None)
    assert waited in (failure.diagnostic_code or "")


def test_sendmail_keeps_the_first_line_of_a_reply_in_its_fields_and_all_of_it_in_its_transcript() -> None:
    notice = """\
   ----- The following addresses had permanent fatal errors -----
jo@example.org
    (reason: 554-Transaction failed)

   ----- Transcript of session follows -----
... while talking to mx.example.org.:
>>> DATA
<<< 554-Transaction failed
<<< 554 The domain example.net has no SPF record
554 5.0.0 Service unavailable

Reporting-MTA: dns; mail.example.net

Final-Recipient: RFC822; jo@example.org
Action: failed
Status: 5.0.0
Remote-MTA: DNS; mx.example.org
Diagnostic-Code: SMTP; 554-Transaction failed
"""
    assert causes(explain(notice, words=False)) == [("jo@example.org", "authentication_failed")]


def test_headers_that_a_notice_lists_deeper_than_its_words_are_not_yet_the_message_that_came_back() -> None:
    notice = """\
From: Internet Mail Delivery <postmaster@mail.example.org>
To: ops@example.net
Subject: Delivery Notification: Delivery has failed

This report relates to a message you sent with the following header fields:

  Message-id: <0K123@example.net>
  From: ops@example.net
  To: jo@example.org
  Subject: hello

Your message cannot be delivered to the following recipients:

  Recipient address: jo@example.org
  Reason: Illegal host/domain name found
"""
    assert causes(explain(notice, words=False)) == [("jo@example.org", "domain_not_found")]


def test_each_recipient_of_a_transcript_has_the_reply_that_names_it() -> None:
    notice = """\
From: Mail Delivery Subsystem <MAILER-DAEMON>
To: ops@example.net
Subject: Returned mail: User unknown

   ----- The following addresses had permanent fatal errors -----
<jo@example.org>
<an@example.com>
    (expanded from: <list@example.net>)

   ----- Transcript of session follows -----
... while talking to mx.example.org.:
>>> RCPT To:<jo@example.org>
<<< 550 <jo@example.org>... User unknown
550 <jo@example.org>... User unknown
... while talking to mx.example.com.:
>>> RCPT To:<an@example.com>
<<< 571 <an@example.com>... we do not relay
554 <an@example.com>... Service unavailable
"""
    assert causes(explain(notice, words=False)) == [
        ("jo@example.org", "recipient_unknown"),
        ("an@example.com", "relay_denied"),
    ]


def test_a_notice_may_give_each_reason_above_its_recipient() -> None:
    notice = """\
Mail System Error - Returned Mail

The user(s) account is temporarily over quota.

<jo@example.org>

The user(s) account is disabled.

<an@example.org>
"""
    assert causes(explain(notice, words=False)) == [
        ("jo@example.org", "mailbox_full"),
        ("an@example.org", "mailbox_disabled"),
    ]


def test_a_notice_may_give_each_reason_in_the_line_of_its_recipient() -> None:
    notice = """From: Postmaster <postmaster@mail.example.org>
To: <me@example.net>
Subject: Undeliverable Mail
X-Mailer: <IMail v6.06>

User mailbox exceeds allowed size: jo@example.org
unknown user: an@example.org

Original message follows.
"""
    told = [(failure.final_recipient, failure.cause) for failure in explain(notice).failures]
    assert told == [("jo@example.org", "mailbox_full"), ("an@example.org", "recipient_unknown")]


def test_the_words_of_the_system_that_reports_count_where_a_server_gave_a_bare_code() -> None:
    notice = """From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
To: me@example.net
Subject: Delivery Status Notification (Failure)
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

We're writing to let you know that the group you tried to contact (staff) may not exist, or you may not have
permission to post messages to the group.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; googlemail.com

Final-Recipient: rfc822; staff@example.org
Action: failed
Status: 5.7.1
Diagnostic-Code: smtp; 550 5.7.1

--b--
"""
    assert [failure.cause for failure in explain(notice).failures] == ["mailbox_restricted"]


def test_a_filter_that_reports_without_naming_another_server_refused_the_message_itself() -> None:
    notice = """From: Barracuda Spam Firewall <postmaster@example.org>
To: me@example.net
Subject: **Message you sent blocked by our bulk email filter**

Your message to: jo@example.org
was blocked by our Spam Firewall. The email you sent with the following subject has NOT BEEN DELIVERED:

Subject: Pens
"""
    assert [failure.provider for failure in explain(notice).failures] == ["barracuda"]


def test_majordomo_tells_the_owner_of_a_list_in_the_subject() -> None:
    notice = """From: owner-list@example.org
To: list-approval@example.org
Subject: BOUNCE list@example.org:    Non-member submission from [Jo <jo@example.net>]

From jo@example.net Mon Nov 23 14:20:00 2026
Subject: Hello

Hello
"""
    told = [(failure.final_recipient, failure.cause) for failure in explain(notice).failures]
    assert told == [("list@example.org", "mailbox_restricted")]


@pytest.mark.parametrize(
    "subject", ["=?\ucba8-8?B?w6k=?=", "=?no-such-charset?Q?=E9?=", "=?utf-8?B?w?=", "=?utf-8?Q?=C3?="]
)
def test_a_subject_that_cannot_be_decoded_is_left_as_it_is(subject: str) -> None:
    notice = (
        f"From: MAILER-DAEMON@example.net\nTo: me@example.net\nSubject: {subject}\n\n<jo@example.org>: user unknown\n"
    )
    assert [failure.cause for failure in explain(notice).failures] == ["recipient_unknown"]


def test_text_parts_that_name_different_recipients_tell_of_each_apart() -> None:
    notice = """\
From: Postmaster@example.jp
To: ops@example.net
Subject: Mail System Error - Returned Mail
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/plain

The user(s) account is temporarily over quota.

<jo@example.jp>

--b
Content-Type: text/plain

Each of the following recipients was rejected by a remote mail server.

    Recipient: <an@example.jp>
    >>> RCPT TO:<an@example.jp>
    <<< 550 <an@example.jp>: User unknown

--b--
"""
    assert causes(explain(notice, words=False)) == [
        ("jo@example.jp", "mailbox_full"),
        ("an@example.jp", "recipient_unknown"),
    ]


def test_a_server_that_names_its_users_alone_means_those_to_whom_the_message_was_addressed() -> None:
    notice = """\
From: Mailer-Daemon@gw.example.org
To: ops@example.net
Subject: Message status - undeliverable
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/plain

The message that you sent was undeliverable to the following:
\tjo (mailbox size limit exceeded)
\tan (user not found)

--b
Content-Type: message/rfc822

From: ops@example.net
To: <jo@gw.example.org>, <an@gw.example.org>
Subject: hello

--b--
"""
    assert causes(explain(notice, words=False)) == [
        ("jo@gw.example.org", "mailbox_full"),
        ("an@gw.example.org", "recipient_unknown"),
    ]


@pytest.mark.parametrize(
    ("headers", "body", "cause"),
    [
        ("From: jo@example.org\nSubject: =?utf-8?q?R=C3=A9ponse_automatique?=", "Lundi.", "auto_reply"),
        ("From: jo@example.org\nSubject: away from my mail", "I will read it when I return.", "auto_reply"),
        (
            "From: jo@example.org\nSubject: Re: hi\nDelivered-By-The-Graces-Of: The Vacation program",
            "Back on Monday.",
            "auto_reply",
        ),
        (
            "From: imss-admin@example.org\nSubject: your message could not be passed on",
            "Your mail to jo@example.org has been stopped by a rule.\nReason: attachment type not permitted",
            "content_rejected",
        ),
        (
            "From: System Administrator\nSubject: Undeliverable: hi",
            "Your message did not reach some or all of the intended recipients.\n\n"
            "      jo@example.org on 3/3/2009 10:00 AM\n            The e-mail account does not exist",
            "recipient_unknown",
        ),
    ],
)
def test_tells_by_few_words_what_a_program_wrote(headers: str, body: str, cause: str) -> None:
    notice = f"{headers}\nTo: ops@example.net\nDate: Tue, 3 Mar 2009 10:00:00 +0100\n\n{body}\n"
    assert causes(explain(notice, words=False)) == [("jo@example.org", cause)]


def test_recipients_of_whom_a_paste_has_the_prose_alone_are_read_too() -> None:
    cut = FIELDS.partition("\n\nFinal-Recipient: rfc822; nobody")[0]
    assert [(one.final_recipient, one.cause) for one in failures_in_notice(f"{PROSE}\n{cut}")] == TWO


def test_whom_a_paste_names_for_help_is_no_recipient() -> None:
    help_line = "If you need help, write to\npostmaster@example.net and say that your message was rejected as spam.\n"
    found = failures_in_notice(f"{PROSE}\n{help_line}\n{FIELDS}")
    assert [(one.final_recipient, one.cause) for one in found] == TWO


def test_a_program_that_gets_somebodys_mail_is_named_by_the_address() -> None:
    notice = (
        "The following address(es) failed:\n\n  pipe to |/usr/bin/ticket\n    generated by jo@example.org\n"
        "    local delivery failed\n\n"
        "Reporting-MTA: dns; mx.example.org\n\n"
        "Action: failed\nFinal-Recipient: rfc822;|/usr/bin/ticket\nStatus: 5.0.0\n"
    )
    assert [(one.final_recipient, one.cause) for one in failures_in_notice(notice)] == [
        ("jo@example.org", "server_unavailable")
    ]


def test_a_line_that_goes_on_behind_an_address_names_no_recipient() -> None:
    notice = (
        "This message was created automatically by mail delivery software.\n\nThe following address failed:\n\n"
        "jo@example.org:\nhost mx.example.org, reason: 550 192.0.2.1 may not send, identity a\n"
        "n@example.com, and ip 192.0.2.1\n"
    )
    assert [failure.final_recipient for failure in failures_in_notice(notice)] == ["jo@example.org"]


def test_headers_at_the_margin_are_no_copy_where_exchange_goes_on_below_them() -> None:
    notice = (
        "Your message did not reach some or all of the intended recipients.\n\nTo: Jo\nSubject: Hi\nSent: Monday\n\n"
        "The following recipient(s) could not be reached:\n\nJo on Monday\n  The mailbox is full\n"
    )
    assert [failure.cause for failure in failures_in_notice(notice)] == ["mailbox_full"]


def test_what_is_deleted_from_the_queue_is_no_longer_delayed() -> None:
    notice = (
        "   ----- Transcript of session follows -----\n<jo@example.org>... Deferred: Connection timed out with "
        "mx.example.org.\nMessage could not be delivered for 5 days\nMessage will be deleted from queue\n"
    )
    assert [failure.cause for failure in failures_in_notice(notice)] != ["delayed"]


def test_a_complaint_is_of_the_provider_whose_user_complained() -> None:
    report = (
        "From: feedback@example.org\nTo: abuse@example.net\nSubject: complaint\nDate: today\n\n"
        "Feedback-Type: abuse\nOriginal-Rcpt-To: jo@yahoo.com\n"
    )
    (failure,) = explain(report, words=False).failures
    assert (failure.cause, failure.provider) == ("complaint", "yahoo")


def test_a_warning_without_a_reason_is_a_delay() -> None:
    fields = "Final-Recipient: rfc822; jo@example.org\nAction: delayed\nStatus: 4.0.0\n"
    (failure,) = explain(fields).failures
    assert (failure.cause, failure.permanence) == ("delayed", "temporary")


ORDINARY = {
    "a newsletter": "From: news@example.com\nTo: jo@example.org\nSubject: 550 new offers\nDate: today\n\n"
    "Save 50 % on 550 items. Unsubscribe at https://example.com/u/550.",
    "an invoice": "From: shop@example.com\nTo: jo@example.org\nSubject: Invoice 554-5\nDate: today\n\n"
    "450.00 EUR are due in 30 days. Account 552 5.3.4.1, call 421 222 333.",
    "a ticket": "The dashboard shows 502 Bad Gateway since 4:50. Restarted node 5.7.26-ubuntu, no change.",
    "a code review": "In line 550 you return 4.2.1, please see section 5.1.1 of the style guide\nand 450 others.",
    "a list of addresses": "192.0.2.1\n192.0.2.45\n198.51.100.2\n5.1.1.1",
    "versions": "MySQL 5.7.26\nPHP 5.1.1\nlinux 4.4.2\nlibfoo 2.0.0",
    "numbers of people": "we have 250 users\nand 550 mailboxes\nin 4 offices",
    "a web server": "GET /inbox 503\nHTTP/1.1 502 Bad Gateway\nnginx/1.25",
    "a database": "ERROR: disk quota of tablespace exceeded\nDETAIL: limit 450 MB\nHINT: 5.2.2 or later",
    "a login": "sshd[550]: Failed password for invalid user jo from 192.0.2.1 port 450 ssh2",
    "a chat": "did the 421 to town leave? room 550 is full\nyes, at 4.50",
    "a mail with a quoted answer": "From: jo@example.org\nTo: an@example.org\nSubject: Re: lunch\nDate: today\n\n"
    "> shall we meet at 12?\nYes, in room 550.\n",
    "JSON": '{"user": "jo@example.org", "status": 550, "items": [{"id": 421, "to": "an@example.org"}]}',
    "French": "Nous avons 250 clients et 550 boîtes à livrer au 4.5.2 rue de la Poste.",
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in ORDINARY.items()])
def test_reads_no_failure_in_ordinary_mail_and_chat(text: str) -> None:
    assert explain(text, words=False).failures == ()


def test_a_list_that_answers_by_itself_refuses_who_may_not_write_to_it() -> None:
    (failure,) = explain(
        "From: SYMPA <sympa@lists.example.org>\nTo: jo@example.net\nSubject: Votre message\n"
        "Auto-Submitted: auto-replied\n\n"
        "Votre message pour la liste team@lists.example.org a été rejeté.\n"
        "Vous n'avez pas les droits nécessaires pour diffuser un message dans cette liste.",
        words=False,
    ).failures
    assert (failure.cause, failure.final_recipient) == ("mailbox_restricted", "team@lists.example.org")
