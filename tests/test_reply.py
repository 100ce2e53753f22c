"""Replies in pastes, and numbers that only look like them."""

import pytest

from bot.core.reply import find_replies, read_reply
from bot.core.report import report_of_line


@pytest.mark.parametrize(
    ("text", "reply_code", "enhanced_status_code", "said"),
    [
        pytest.param("550 5.1.1 No such user", "550", "5.1.1", "No such user", id="one line"),
        pytest.param("550 User unknown", "550", None, "User unknown", id="no enhanced status code"),
        pytest.param(
            "451 4.7.1 Come back in 451 seconds",
            "451",
            "4.7.1",
            "Come back in 451 seconds",
            id="a time to wait that is the code's number, too",
        ),
        pytest.param(
            "550-5.7.26 This mail is unauthenticated\n550-5.7.26 and was refused.\n550 5.7.26 See the help",
            "550",
            "5.7.26",
            "This mail is unauthenticated and was refused. See the help",
            id="many lines",
        ),
        pytest.param(
            "550-5.7.26 Unauthenticated 550-5.7.26 mail 550 5.7.26 refused",
            "550",
            "5.7.26",
            "Unauthenticated mail refused",
            id="many lines that a log has joined",
        ),
        pytest.param(
            "host mx.example.org[192.0.2.1] said: 452 4.2.2 Mailbox full (in reply to RCPT TO command)",
            "452",
            "4.2.2",
            "Mailbox full (in reply to RCPT TO command)",
            id="inside a log line",
        ),
        pytest.param("> <<< 554 5.7.1 Relay denied", "554", "5.7.1", "Relay denied", id="quoted, in a transcript"),
        pytest.param(
            "Invalid Address, ERROR_CODE :550, ERROR_CODE :5.7.1 refused",
            "550",
            "5.7.1",
            "ERROR_CODE : refused",
            id="Zoho",
        ),
        pytest.param("550 User unknown (#5.1.1)", "550", "5.1.1", "User unknown", id="the code at the end"),
        pytest.param("Mailbox full (552)", "552", None, "Mailbox full", id="the reply code in brackets at the end"),
        pytest.param("SMTP error 550: mailbox gone", "550", None, "mailbox gone", id="named"),
        pytest.param("status=bounced dsn=5.1.1 (user unknown)", None, "5.1.1", "(user unknown)", id="only a dsn="),
        pytest.param(
            "5.1.6 - Mailbox moved 551-'5.1.6 Jo has moved' (delivery attempts: 0)",
            "551",
            "5.1.6",
            "Jo has moved' (delivery attempts: 0)",
            id="in quotation marks, as IronPort has it",
        ),
        pytest.param(
            "421 4.1.1 Deferred, host said: 450 4.2.0 Greylisted",
            "450",
            "4.2.0",
            "Greylisted",
            id="a reply in a reply",
        ),
        pytest.param(
            "550 5.1.1 The address that you wrote\nto does not exist here.",
            "550",
            "5.1.1",
            "The address that you wrote to does not exist here.",
            id="wrapped by a mail program",
        ),
        pytest.param(
            "451 mx1 4.4.3 Temporary server error",
            "451",
            "4.4.3",
            "mx1 Temporary server error",
            id="a word between the codes",
        ),
        pytest.param(
            "550 Blocked by filter 4.2.2",
            "550",
            None,
            "Blocked by filter 4.2.2",
            id="a version, not a code of its class",
        ),
        pytest.param(
            "550 jo@example.org is gone", "550", None, "jo@example.org is gone", id="an address right behind the code"
        ),
        pytest.param(
            "550 User jo@example.org is gone", "550", None, "User jo@example.org is gone", id="one user, no count"
        ),
        pytest.param(
            "550 5.1.7 <jo@example.org>: Sender address rejected: undeliverable address: mx.example.org said: 551 No",
            "550",
            "5.1.7",
            "<jo@example.org>: Sender address rejected: undeliverable address: mx.example.org said: 551 No",
            id="a refusal that quotes how the sender was verified",
        ),
        pytest.param(
            "421 mx1.example.org too busy, connection closed",
            "421",
            None,
            "mx1.example.org too busy, connection closed",
            id="a server that says its name first",
        ),
        pytest.param("554 mx1.example.org ESMTP", "554", None, "mx1.example.org ESMTP", id="a greeting that refuses"),
        pytest.param("535 Kennwort falsch", "535", None, "Kennwort falsch", id="a word of another language"),
        pytest.param("554\n  5.7.1 Refused", "554", "5.7.1", "Refused", id="the code alone on its line"),
        pytest.param("4.7.1 Mailbox busy (451)", "451", "4.7.1", "Mailbox busy", id="the enhanced code in front"),
        pytest.param(
            "<mail.example.org #5.5.0 smtp;550 No such mailbox>",
            "550",
            "5.5.0",
            "No such mailbox>",
            id="the code of Exchange in front",
        ),
        pytest.param("550 5.9.2 Domain unknown", "550", "5.9.2", "Domain unknown", id="a subject of no registry"),
        pytest.param(
            "550-5.7.26 Refused: SPF with ip:\n[2001:db8::1] =\n550-5.7.26 failed\n550 5.7.26 See the help",
            "550",
            "5.7.26",
            "Refused: SPF with ip: [2001:db8::1] = failed See the help",
            id="many lines, of which one was wrapped",
        ),
        pytest.param(
            "host mx.example.org[2001:db8:412:e201::1] said: 550 5.1.1 No mailbox",
            "550",
            "5.1.1",
            "No mailbox",
            id="no part of an IPv6 address",
        ),
        pytest.param("250 2.0.0 OK queued", "250", "2.0.0", "OK queued", id="a success"),
        pytest.param("250 OK", "250", None, "OK", id="a short success"),
        pytest.param(
            "c’est quoi 452 4.3.1 svp, ça bloque tout",
            "452",
            "4.3.1",
            "svp, ça bloque tout",
            id="in a sentence",
        ),
    ],
)
def test_reads_a_reply(text: str, reply_code: str | None, enhanced_status_code: str | None, said: str) -> None:
    (line,) = find_replies(text)
    assert read_reply(line) == (reply_code, enhanced_status_code, said)


def test_a_line_between_replies_joins_only_those_with_one_enhanced_status_code() -> None:
    paste = "550-5.1.1 <a@example.org> no such user\nand then\n550 5.2.2 <b@example.org> over quota"
    assert len(find_replies(paste)) == 2


def test_reads_each_of_several_replies() -> None:
    pasted = "<<< 250 2.1.0 Ok\n<<< 550 5.1.1 Unknown user\n<<< 452 4.2.2 Mailbox full"
    assert [read_reply(line).reply_code for line in find_replies(pasted)] == ["250", "550", "452"]


def test_reads_the_recipient_and_the_remote_mta_where_the_line_names_them() -> None:
    line = "to=<jo@example.org>, relay=mx.example.org[192.0.2.1]:25, dsn=5.1.1, status=bounced (550 5.1.1 User unknown)"
    report = report_of_line(line)
    assert (report.final_recipient, report.remote_mta) == ("jo@example.org", "mx.example.org")


@pytest.mark.parametrize(
    ("line", "recipient"),
    [
        pytest.param("554 Your message to jo@example.org cannot be delivered", "jo@example.org", id="message to"),
        pytest.param("550 Unknown user jo@example.org", "jo@example.org", id="unknown user"),
        pytest.param("550 Invalid recipient <jo@example.org> (#5.1.1)", "jo@example.org", id="invalid recipient"),
        pytest.param("552 jo@example.org account is full", "jo@example.org", id="whose account"),
        pytest.param("550 jo@example.org does not exist", "jo@example.org", id="who does not exist"),
        pytest.param("550 unknown mailbox accounts@example.org", "accounts@example.org", id="a name like a word"),
        pytest.param("553 Sender address rejected: jo@example.org", None, id="the sender"),
        pytest.param("554 Refused, write to postmaster@example.org", None, id="who helps"),
        pytest.param(
            "554 5.7.1 <an@example.net>: Access denied; from=<an@example.net> to=<jo@example.org>",
            "jo@example.org",
            id="named besides the sender",
        ),
    ],
)
def test_reads_the_recipient_in_the_midst_of_a_reply(line: str, recipient: str | None) -> None:
    assert report_of_line(line).final_recipient == recipient


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("we have 250 users and 550 mailboxes", id="counts"),
        pytest.param("250 users", id="a count at the start of a line"),
        pytest.param("550 mailboxes were moved last night", id="a count of mailboxes"),
        pytest.param("Meeting at 4:50, room 421", id="a time and a room"),
        pytest.param("MySQL 5.7.26 and PHP 5.1.1", id="versions"),
        pytest.param("see 192.0.2.1 and 5.1.1.2", id="addresses"),
        pytest.param("call 450 222 333", id="a telephone number"),
        pytest.param("500 Internal Server Error", id="a web server's error"),
        pytest.param("HTTP 503 on the API", id="a web server's code"),
        pytest.param("it costs $550 or 450 €", id="amounts"),
        pytest.param("in 2024 we sent 554000 messages", id="years and long numbers"),
        pytest.param("we have used 87 % (502/580)", id="a share"),
        pytest.param("retry on [421, 450, 451]", id="a list of codes"),
        pytest.param('(450, "busy")', id="a pair of a programme"),
        pytest.param("| 550-5.1.1 | left holder |", id="the number of a part"),
        pytest.param("please wait: 450 seconds", id="a time to wait"),
        pytest.param("if code == 550 || code == 554", id="a condition of a programme"),
        pytest.param("", id="nothing"),
    ],
)
def test_leaves_numbers_alone(text: str) -> None:
    assert find_replies(text) == ()
