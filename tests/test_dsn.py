"""The fields of a delivery status notification (RFC 3464 §2), as they come and as they are pasted."""

import pytest

from bot.core import explain
from bot.core.dsn import Notification, RecipientFields, read_fields

JO = RecipientFields("jo@example.org", "failed", "5.1.1", "mx.example.org", "550 5.1.1 User unknown")
ONE = """\
Reporting-MTA: dns; mail.example.net
Arrival-Date: Mon, 23 Nov 2026 14:21:40 +0000

Original-Recipient: rfc822; alias@example.org
Final-Recipient: rfc822; jo@example.org
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.example.org
Diagnostic-Code: smtp; 550 5.1.1 User unknown
"""


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(ONE, id="as RFC 3464 has it"),
        pytest.param(ONE.replace("\n\n", "\n"), id="the empty line is lost"),
        pytest.param(ONE.replace("\n", "\n\n"), id="with empty lines everywhere"),
        pytest.param(ONE.replace("; ", ";"), id="no space after the type"),
        pytest.param(ONE.replace(": ", ":\t"), id="tabs"),
        pytest.param(ONE.upper().replace("JO@", "jo@").replace("SMTP", "smtp"), id="in capitals"),
        pytest.param("Some prose first.\n\n" + ONE + "\nand some after", id="in the midst of prose"),
    ],
)
def test_reads_one_recipient(text: str) -> None:
    notification = read_fields(text)
    recipients = [one for one in notification.recipients if one.final_recipient]
    assert [one.final_recipient.casefold() for one in recipients if one.final_recipient] == ["jo@example.org"]
    assert (notification.reporting_mta or "").casefold() == "mail.example.net"


def test_reads_every_field() -> None:
    assert read_fields(ONE) == Notification("mail.example.net", (JO,))


@pytest.mark.parametrize(
    ("field", "name", "value"),
    [
        pytest.param("Final-Recipient: rfc822;<jo@example.org>", "final_recipient", "jo@example.org", id="in brackets"),
        pytest.param("Final-Recipient: jo@example.org", "final_recipient", "jo@example.org", id="without a type"),
        pytest.param(
            "Final-Recipient: utf-8; jörg@example.org", "final_recipient", "jörg@example.org", id="utf-8, RFC 6533"
        ),
        pytest.param(
            r"Final-Recipient: utf-8; j\x{F6}rg@example.org", "final_recipient", "jörg@example.org", id="in ASCII alone"
        ),
        pytest.param(
            r"Final-Recipient: utf-8; j\x{D800}rg@example.org",
            "final_recipient",
            r"j\x{D800}rg@example.org",
            id="of no character",
        ),
        pytest.param(
            "Final-Recipient: RFC822; jo@example.org (Jo)", "final_recipient", "jo@example.org", id="with a comment"
        ),
        pytest.param(
            "Original-Recipient: rfc822; jo@example.org", "final_recipient", "jo@example.org", id="only original"
        ),
        pytest.param("Action: Failed", "action", "failed", id="action in capitals"),
        pytest.param("Action: failed (gave up)", "action", "failed", id="action with a comment"),
        pytest.param("Action: delayed", "action", "delayed", id="a warning"),
        pytest.param(
            "Disposition: automatic-action/MDN-sent-automatically; deleted",
            "action",
            "deleted",
            id="a filter's refusal",
        ),
        pytest.param(
            "Disposition: Automatic-Action / MDN-sent-automatically ;\n deleted/error",
            "action",
            "deleted",
            id="folded too",
        ),
        pytest.param(
            "Disposition: manual-action/MDN-sent-automatically; deleted", "action", "delivered", id="deleted unread"
        ),
        pytest.param(
            "Disposition: manual-action/MDN-sent-manually; displayed", "action", "delivered", id="a read receipt"
        ),
        pytest.param("Status: 5.1.1 (unknown)", "status", "5.1.1", id="status with a comment"),
        pytest.param("Status: 5.7.509", "status", "5.7.509", id="a detail of three digits"),
        pytest.param("Status: unknown", "status", None, id="no status"),
        pytest.param("Diagnostic-Code: smtp; 550 No", "diagnostic_code", "550 No", id="smtp"),
        pytest.param("Diagnostic-Code: X-Postfix; unknown user", "diagnostic_code", "unknown user", id="Postfix's own"),
        pytest.param("Diagnostic-Code: x-unix; 67", "diagnostic_code", "67", id="a status of a process"),
        pytest.param(
            "Diagnostic-Code: 550 No; sorry", "diagnostic_code", "550 No; sorry", id="no type, but a semicolon"
        ),
        pytest.param(
            "Diagnostic-Code: smtp;550-5.1.1 No\n 550 5.1.1 user",
            "diagnostic_code",
            "550-5.1.1 No\n550 5.1.1 user",
            id="folded",
        ),
        pytest.param(
            "Diagnostic-Code: smtp; 550 No\nuser here",
            "diagnostic_code",
            "550 No\nuser here",
            id="the fold has lost its indent",
        ),
        pytest.param(
            "Final-Recipient: rfc822; <jo@example.org> (Jo)", "final_recipient", "jo@example.org", id="a comment"
        ),
    ],
)
def test_reads_a_field(field: str, name: str, value: str | None) -> None:
    text = field if field.startswith(("Final", "Original", "Action", "Diag")) else f"Action: failed\n{field}"
    (recipient,) = read_fields(text).recipients
    assert getattr(recipient, name) == value


@pytest.mark.parametrize("name", ["mx.example.net", "mx.example.net (Postfix) [192.0.2.7]"])
def test_the_host_that_reports(name: str) -> None:
    fields = f"Reporting-MTA: dns; {name}\n\nFinal-Recipient: rfc822; jo@example.org\nAction: failed\nStatus: 5.1.1"
    assert [failure.reporting_mta for failure in explain(fields).failures] == ["mx.example.net"]


def test_a_group_for_each_recipient() -> None:
    recipients = read_fields(
        "Reporting-MTA: dns; mail.example.net\n\n"
        "Final-Recipient: rfc822; jo@example.org\nAction: failed\nStatus: 5.1.1\n\n"
        "Final-Recipient: rfc822; an@example.org\nAction: delayed\nStatus: 4.2.2\n"
    ).recipients
    assert [(one.final_recipient, one.action, one.status) for one in recipients] == [
        ("jo@example.org", "failed", "5.1.1"),
        ("an@example.org", "delayed", "4.2.2"),
    ]


def test_a_second_recipient_begins_a_group_where_the_empty_line_is_lost() -> None:
    recipients = read_fields(
        "Final-Recipient: rfc822; jo@example.org\nStatus: 5.1.1\nFinal-Recipient: rfc822; an@example.org\nStatus: 4.2.2"
    ).recipients
    assert [(one.final_recipient, one.status) for one in recipients] == [
        ("jo@example.org", "5.1.1"),
        ("an@example.org", "4.2.2"),
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "Dear all,\n\nsee you at 5.1.1", "Subject: 550 5.1.1", "Status: 5.1.1"])
def test_no_recipient_where_no_field_of_one_stands(text: str) -> None:
    assert read_fields(text).recipients == ()


@pytest.mark.parametrize(
    ("reporting_ua", "reporting_mta"),
    [
        pytest.param("mail.example.org; Dovecot Mail Delivery Agent", "mail.example.org", id="a host and its product"),
        pytest.param("mail.example.org", "mail.example.org", id="a host"),
        pytest.param("Some Mail Program 1.2; on a telephone", None, id="a program alone"),
    ],
)
def test_the_host_that_reports_a_disposition(reporting_ua: str, reporting_mta: str | None) -> None:
    fields = f"Reporting-UA: {reporting_ua}\nFinal-Recipient: rfc822; jo@example.org\nDisposition: x/y; deleted"
    assert read_fields(fields).reporting_mta == reporting_mta


def test_a_channel_of_a_server_is_no_domain() -> None:
    fields = "Original-recipient: rfc822;jo@example.org\nFinal-recipient: rfc822;jo1937@ims-ms-daemon\nAction: failed"
    assert [one.final_recipient for one in read_fields(fields).recipients] == ["jo@example.org"]
