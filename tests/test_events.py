"""Events of sending services and message traces: one failure for each that tells of one."""

import json
from typing import Any

import pytest

from bot.core import explain
from bot.core.events import looks_like_events, reports_in_events

SES = {"messageId": "0100", "source": "ops@example.net", "destination": ["jo@example.org", "ok@example.org"]}


@pytest.mark.parametrize(
    ("event", "cause", "reply_code", "enhanced_status_code"),
    [
        pytest.param(
            {
                "notificationType": "Bounce",
                "bounce": {
                    "bounceType": "Permanent",
                    "bouncedRecipients": [
                        {
                            "emailAddress": "jo@example.org",
                            "action": "failed",
                            "status": "5.1.1",
                            "diagnosticCode": "smtp; 550 5.1.1 user unknown",
                        }
                    ],
                },
                "mail": SES,
            },
            "recipient_unknown",
            "550",
            "5.1.1",
            id="Amazon SES, a bounce",
        ),
        pytest.param(
            {
                "eventType": "DeliveryDelay",
                "mail": SES,
                "deliveryDelay": {
                    "delayType": "MailboxFull",
                    "delayedRecipients": [
                        {
                            "emailAddress": "jo@example.org",
                            "status": "4.2.2",
                            "diagnosticCode": "smtp; 452 4.2.2 mailbox full",
                        }
                    ],
                },
            },
            "mailbox_full",
            "452",
            "4.2.2",
            id="Amazon SES, a delay",
        ),
        pytest.param(
            {
                "notificationType": "Complaint",
                "complaint": {"complainedRecipients": [{"emailAddress": "jo@example.org"}]},
                "mail": SES,
            },
            "complaint",
            None,
            None,
            id="Amazon SES, a complaint",
        ),
        pytest.param(
            {
                "Type": "Notification",
                "Message": json.dumps(
                    {
                        "notificationType": "Bounce",
                        "bounce": {
                            "bouncedRecipients": [
                                {"emailAddress": "jo@example.org", "diagnosticCode": "smtp; 550 5.1.1 user unknown"}
                            ]
                        },
                    }
                ),
            },
            "recipient_unknown",
            "550",
            "5.1.1",
            id="Amazon SES in SNS's envelope, a string of JSON in JSON",
        ),
        pytest.param(
            [
                {
                    "email": "jo@example.org",
                    "event": "bounce",
                    "type": "bounce",
                    "status": "5.2.2",
                    "reason": "552 5.2.2 mailbox full",
                }
            ],
            "mailbox_full",
            "552",
            "5.2.2",
            id="SendGrid, a bounce",
        ),
        pytest.param(
            {
                "email": "jo@example.org",
                "event": "deferred",
                "response": "451 4.7.1 Greylisted, please come back later",
            },
            "greylisted",
            "451",
            "4.7.1",
            id="SendGrid, deferred",
        ),
        pytest.param(
            {
                "RecordType": "Bounce",
                "Type": "HardBounce",
                "TypeCode": 1,
                "Email": "jo@example.org",
                "Details": "smtp;550 5.1.1 user unknown",
                "Description": "The server was unable to deliver your message.",
            },
            "recipient_unknown",
            "550",
            "5.1.1",
            id="Postmark, a bounce",
        ),
        pytest.param(
            {"RecordType": "SpamComplaint", "Type": "SpamComplaint", "Email": "jo@example.org"},
            "complaint",
            None,
            None,
            id="Postmark, a complaint",
        ),
        pytest.param(
            {
                "event-data": {
                    "event": "failed",
                    "severity": "permanent",
                    "recipient": "jo@example.org",
                    "delivery-status": {"code": 550, "message": "5.1.1 user unknown", "mx-host": "mx.example.org"},
                }
            },
            "recipient_unknown",
            "550",
            "5.1.1",
            id="Mailgun, failed",
        ),
        pytest.param(
            {"event": "hard_bounce", "email": "jo@example.org", "reason": "550 5.1.1 user unknown", "id": 550},
            "recipient_unknown",
            "550",
            "5.1.1",
            id="Brevo, a hard bounce",
        ),
        pytest.param(
            {"event": "soft_bounce", "email": "jo@example.org", "reason": "452 4.2.2 mailbox full"},
            "mailbox_full",
            "452",
            "4.2.2",
            id="Brevo, a soft bounce",
        ),
        pytest.param(
            {
                "notificationType": "Bounce",
                "bounce": {
                    "bounceType": "Transient",
                    "bounceSubType": "MailboxFull",
                    "bouncedRecipients": [{"emailAddress": "jo@example.org"}],
                },
                "mail": SES,
            },
            "mailbox_full",
            None,
            None,
            id="Amazon SES, no reply but a kind of bounce",
        ),
        pytest.param(
            {
                "event": "failed",
                "severity": "permanent",
                "reason": "generic",
                "recipient": "jo@example.org",
                "delivery-status": {"code": 550, "message": "5.1.1 user unknown", "description": ""},
            },
            "recipient_unknown",
            "550",
            "5.1.1",
            id="Mailgun, no description",
        ),
        pytest.param(
            [
                {
                    "msys": {
                        "message_event": {"type": "bounce", "rcpt_to": "jo@example.org", "raw_reason": "552 5.2.2 full"}
                    }
                }
            ],
            "mailbox_full",
            "552",
            "5.2.2",
            id="SparkPost",
        ),
        pytest.param(
            [{"event": "hard_bounce", "msg": {"email": "jo@example.org", "diag": "smtp;550 5.1.1 user unknown"}}],
            "recipient_unknown",
            "550",
            "5.1.1",
            id="Mandrill",
        ),
        pytest.param(
            [{"event": "soft_bounce", "msg": {"email": "jo@example.org", "bounce_description": "mailbox_full"}}],
            "mailbox_full",
            None,
            None,
            id="Mandrill, no reply",
        ),
        pytest.param(
            {"event": "bounce", "email": "jo@example.org", "hard_bounce": True, "error": "", "comment": "550 5.1.1 No"},
            "recipient_unknown",
            "550",
            "5.1.1",
            id="Mailjet",
        ),
        pytest.param(
            {"events": [{"event": "hardBounces", "email": "jo@example.org", "reason": "550 5.1.1 user unknown"}]},
            "recipient_unknown",
            "550",
            "5.1.1",
            id="Brevo, a report of events",
        ),
        pytest.param(
            {"type": "email.bounced", "data": {"to": ["jo@example.org"], "bounce": {"message": "552 5.2.2 full"}}},
            "mailbox_full",
            "552",
            "5.2.2",
            id="Resend",
        ),
        pytest.param(
            {
                "eventType": "Microsoft.Communication.EmailDeliveryReportReceived",
                "data": {
                    "recipient": "jo@example.org",
                    "status": "Bounced",
                    "deliveryStatusDetails": {"statusMessage": "550 5.1.1 user unknown"},
                },
            },
            "recipient_unknown",
            "550",
            "5.1.1",
            id="Azure Communication Services",
        ),
        pytest.param(
            {
                "type": "TransientFailure",
                "recipient": "jo@example.org",
                "response": {
                    "code": 452,
                    "enhanced_code": {"class": 4, "subject": 2, "detail": 2},
                    "content": "mailbox full",
                },
                "peer_address": {"name": "mx.example.org.", "addr": "192.0.2.25"},
            },
            "mailbox_full",
            "452",
            "4.2.2",
            id="KumoMTA",
        ),
        pytest.param(
            {
                "type": "activity.hard_bounced",
                "data": {
                    "morph": {"reason": "550 5.1.1 user unknown"},
                    "email": {"from": "ops@example.net", "recipient": {"email": "jo@example.org"}},
                },
            },
            "recipient_unknown",
            "550",
            "5.1.1",
            id="MailerSend, the recipient deeper than the reason",
        ),
    ],
)
@pytest.mark.parametrize("indent", [pytest.param(None, id="on one line"), pytest.param(2, id="indented")])
def test_reads_the_event(
    event: Any, cause: str, reply_code: str | None, enhanced_status_code: str | None, indent: int | None
) -> None:
    explanation = explain(json.dumps(event, indent=indent), words=False)
    assert explanation.kind == "log"
    (failure,) = explanation.failures
    assert failure.final_recipient == "jo@example.org"
    assert (failure.cause, failure.reply_code, failure.enhanced_status_code) == (
        cause,
        reply_code,
        enhanced_status_code,
    )


@pytest.mark.parametrize(
    "event",
    [
        {"event": "delivered", "email": "jo@example.org", "response": "250 2.0.0 OK"},
        {"event": "open", "email": "jo@example.org", "useragent": "Mozilla/5.0"},
        {"event": "click", "email": "jo@example.org", "url": "https://example.com/550"},
        {"notificationType": "Delivery", "delivery": {"recipients": ["jo@example.org"]}, "mail": SES},
        {"user": "jo@example.org", "balance": 5},
    ],
    ids=lambda event: str(event.get("event", event.get("notificationType", "something else"))),
)
def test_what_is_no_failure_gives_no_report(event: dict[str, Any]) -> None:
    assert list(reports_in_events(json.dumps(event))) == []


@pytest.mark.parametrize(
    ("event", "given_up"),
    [
        pytest.param(
            {
                "notificationType": "Bounce",
                "bounce": {
                    "bounceType": "Transient",
                    "bounceSubType": "General",
                    "bouncedRecipients": [{"emailAddress": "jo@example.org", "diagnosticCode": "452 4.2.2 full"}],
                },
            },
            True,
            id="Amazon SES, a bounce, after which nothing is tried",
        ),
        pytest.param(
            {"event": "bounce", "type": "blocked", "email": "jo@example.org", "reason": "452 4.2.2 full"},
            True,
            id="SendGrid, blocked",
        ),
        pytest.param(
            {"RecordType": "Bounce", "Type": "SoftBounce", "Email": "jo@example.org", "Details": "452 4.2.2 full"},
            None,
            id="Postmark, a soft bounce",
        ),
        pytest.param(
            {"event": "failed", "severity": "temporary", "recipient": "jo@example.org", "message": "452 4.2.2 full"},
            None,
            id="Mailgun, which tries again",
        ),
        pytest.param(
            {"event": "failed", "severity": "permanent", "recipient": "jo@example.org", "message": "452 4.2.2 full"},
            True,
            id="Mailgun, which does not",
        ),
    ],
)
def test_an_event_tells_that_the_service_has_given_up(event: dict[str, Any], given_up: bool | None) -> None:
    (failure,) = explain(json.dumps(event)).failures
    assert (failure.permanence, failure.given_up) == ("temporary", given_up)


def test_each_recipient_of_a_bounce_is_a_report() -> None:
    bounced = [{"emailAddress": f"{name}@example.org", "diagnosticCode": "550 5.1.1 no"} for name in ("jo", "an", "li")]
    event = json.dumps({"notificationType": "Bounce", "bounce": {"bouncedRecipients": bounced}, "mail": SES})
    assert [report.final_recipient for report in reports_in_events(event)] == [
        "jo@example.org",
        "an@example.org",
        "li@example.org",
    ]


def test_whom_the_headers_of_the_message_name_is_no_report() -> None:
    mail = {**SES, "commonHeaders": {"from": ["ops@example.net"], "to": ["jo@example.org", "an@example.org"]}}
    bounced = {"bouncedRecipients": [{"emailAddress": "jo@example.org", "diagnosticCode": "550 5.1.1 no"}]}
    event = json.dumps({"notificationType": "Bounce", "mail": mail, "bounce": bounced})
    assert [report.final_recipient for report in reports_in_events(event)] == ["jo@example.org"]


def test_events_stand_one_to_a_line_and_between_other_words() -> None:
    one = json.dumps({"event": "bounce", "email": "jo@example.org", "reason": "550 5.1.1 user unknown"})
    two = json.dumps({"event": "bounce", "email": "an@example.org", "reason": "552 5.2.2 mailbox full"})
    text = f"Look at these:\n{one}\nnonsense {{\n[broken, \n{two} and so on"
    assert [report.final_recipient for report in reports_in_events(text)] == ["jo@example.org", "an@example.org"]


def test_reads_the_whole_events_of_a_list_that_was_cut_off() -> None:
    events = [{"event": "bounce", "email": f"u{n}@example.org", "reason": "550 5.1.1 no"} for n in range(3)]
    assert len(list(reports_in_events(json.dumps(events)[:-20]))) == 2


TRACE = """\
Received,SenderAddress,RecipientAddress,Subject,Status,Detail
2026-11-23T14:21:40,ops@example.net,jo@example.org,Invoice 554,Failed,"550 5.1.1 user unknown"
2026-11-23T14:21:41,ops@example.net,an@example.org,Invoice 555,Delivered,"250 2.0.0 Ok"
2026-11-23T14:21:42,ops@example.net,li@example.org,Invoice 556,Pending,"452 4.2.2 mailbox full"
"""


def test_reads_a_message_trace() -> None:
    assert [(one.final_recipient, one.cause) for one in explain(TRACE).failures] == [
        ("jo@example.org", "recipient_unknown"),
        ("li@example.org", "mailbox_full"),
    ]


@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_cells_may_be_parted_as_spreadsheets_do_and_hold_a_reply_of_two_lines(mark: str) -> None:
    cells = ["2026-11-23 14:21", "jo@example.org", "Failed", '"550 5.1.1\nuser unknown here"']
    (failure,) = explain(f"{mark.join(['Date', 'Recipient', 'Status', 'Detail'])}\n{mark.join(cells)}\n").failures
    assert (failure.final_recipient, failure.cause, failure.reply_code, failure.enhanced_status_code) == (
        "jo@example.org",
        "recipient_unknown",
        "550",
        "5.1.1",
    )


ACCOUNTING = """\
b,2026-11-23 14:21:40+0000,2026-11-23 14:20:40+0000,ops@example.net,jo@example.org,,failed,5.1.1 (bad destination \
mailbox address),smtp;550 5.1.1 <jo@example.org> user unknown,mx.example.org (192.0.2.25),bad-mailbox,smtp
d,2026-11-23 14:21:41+0000,2026-11-23 14:20:41+0000,ops@example.net,an@example.org,,relayed,2.0.0 (success),\
smtp;250 2.0.0 Ok,mx.example.org (192.0.2.25),,smtp
t,2026-11-23 14:21:42+0000,2026-11-23 14:20:42+0000,ops@example.net,li@example.org,,delayed,4.2.2 (mailbox full),\
"smtp;452 4.2.2 mailbox full, try later",mx.example.org (192.0.2.25),quota-issues,smtp
"""
FIELDS = "type,timeLogged,timeQueued,orig,rcpt,orcpt,dsnAction,dsnStatus,dsnDiag,dsnMta,bounceCat,srcType\n"


@pytest.mark.parametrize("text", [pytest.param(ACCOUNTING, id="rows"), pytest.param(FIELDS + ACCOUNTING, id="a file")])
def test_reads_the_accounting_of_powermta(text: str) -> None:
    assert [
        (one.final_recipient, one.cause, one.enhanced_status_code, one.remote_mta) for one in explain(text).failures
    ] == [
        ("jo@example.org", "recipient_unknown", "5.1.1", "mx.example.org"),
        ("li@example.org", "mailbox_full", "4.2.2", "mx.example.org"),
    ]


TRACKING = """\
2026-11-23T14:21:40.123Z,192.0.2.7,EX01,,EX02,"a, b",,STOREDRIVER,DELIVER,91,<1@example.net>,li@example.org,,1,1
2026-11-23T14:21:41.123Z,,,,EX02,,,ROUTING,FAIL,92,<2@example.net>,jo@example.org,'[{LED=550 5.1.10 \
RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup};{MSG=}] EX02',12004,1
2026-11-23T14:21:42.123Z,,,,EX02,,,STOREDRIVER,DEFER,93,<3@example.net>,6b1f0c6e-6e9f-4a43-9b8c-0a1b2c3d4e5f,\
an@example.org;li@example.org,"452 4.2.2 mailbox full",8200,2
"""


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(TRACKING, id="rows"),
        pytest.param(f"#Software: Microsoft Exchange Server\n#Fields: date-time,client-ip\n{TRACKING}", id="a file"),
    ],
)
def test_reads_the_tracking_log_of_exchange(text: str) -> None:
    assert [(one.final_recipient, one.cause, one.enhanced_status_code) for one in explain(text).failures] == [
        ("jo@example.org", "recipient_unknown", "5.1.10"),
        ("an@example.org", "mailbox_full", "4.2.2"),
        ("li@example.org", "mailbox_full", "4.2.2"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('{"event": "bounce", "email": "jo@example.org"}', True, id="an object"),
        pytest.param('[{"event": "bounce", "email": "jo@example.org"}]', True, id="a list"),
        pytest.param(TRACE, True, id="a message trace"),
        pytest.param("550 5.1.1 [192.0.2.1] no such user <jo@example.org>", False, id="a reply with brackets"),
        pytest.param("{jo@example.org}", False, id="an address in braces"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_tells_events_from_other_texts(text: str, expected: bool) -> None:
    assert looks_like_events(text) is expected


def test_details_tell_of_an_event_and_its_description_of_all_of_the_type() -> None:
    (failure,) = explain(
        '{"RecordType": "Bounce", "Type": "SpamNotification", "Email": "jo@example.org", "Description": "The message '
        'was either blocked by the user, or classified as spam.", "Details": "smtp;550 5.1.1 No such user"}'
    ).failures
    assert failure.cause == "recipient_unknown"


@pytest.mark.parametrize(
    "event",
    [
        {"eventType": "Reject", "mail": SES, "reject": {"reason": "Bad content"}},
        {
            "eventType": "Rendering Failure",
            "mail": SES,
            "failure": {"errorMessage": "not present in the rendering data"},
        },
    ],
)
def test_a_message_that_amazon_did_not_send_failed_for_all_to_whom_it_was_addressed(event: dict[str, Any]) -> None:
    failures = explain(json.dumps(event), words=False).failures
    assert [(failure.final_recipient, failure.cause) for failure in failures] == [
        ("jo@example.org", "content_rejected"),
        ("ok@example.org", "content_rejected"),
    ]
