"""Who answered: a mailbox provider or a filter in front of one, where the text tells it; else nobody is named."""

import pytest

from bot.core import explain

POSTFIX = (
    "Nov 23 14:21:40 mail postfix/smtp[1]: 4AB: to=<{to}>, relay={relay}[192.0.2.25]:25, dsn=5.1.1, status=bounced "
    "(host {relay}[192.0.2.25] said: {answer} (in reply to RCPT TO command))"
)
NO = "550 5.1.1 user unknown"


@pytest.mark.parametrize(
    ("relay", "provider"),
    [
        ("gmail-smtp-in.l.google.com", "google"),
        ("alt4.aspmx.l.google.com", "google"),
        ("mta7.am0.yahoodns.net", "yahoo"),
        ("outlook-com.olc.protection.outlook.com", "outlook"),
        ("example-org.mail.protection.outlook.com", "microsoft365"),
        ("mx01.mail.icloud.com", "apple"),
        ("smtp-in.orange.fr", "orange"),
        ("mx1.free.fr", "free"),
        ("smtp-in.sfr.fr", "sfr"),
        ("mxs.mail.ru", "mailru"),
        ("mx.yandex.ru", "yandex"),
        ("mx00.t-online.de", "t-online"),
        ("mx3.qq.com", "qq"),
        ("mxa-00000001.gslb.pphosted.com", "proofpoint"),
        ("eu-smtp-inbound-1.mimecast.com", "mimecast"),
        ("MX1.FREE.FR", "free"),
    ],
)
def test_the_remote_mta_tells_the_provider(relay: str, provider: str) -> None:
    (failure,) = explain(POSTFIX.format(to="jo@example.org", relay=relay, answer=NO)).failures
    assert failure.provider == provider


@pytest.mark.parametrize(
    ("reply", "provider"),
    [
        pytest.param("451 No room for you at the moment [#4.16.55]", "yahoo", id="a mark"),
        pytest.param("550 5.7.999 Remote server returned an error", "microsoft365", id="a code beyond 99"),
        pytest.param("550 5.7.28 Remote server returned an error", None, id="a registered code"),
        pytest.param("421 4.7.29 This mail has been rate limited because of TLS", "google", id="Google's words"),
    ],
)
def test_the_words_or_the_code_tell_the_provider(reply: str, provider: str | None) -> None:
    (failure,) = explain(reply).failures
    assert failure.provider == provider


@pytest.mark.parametrize(
    ("domain", "provider"),
    [
        ("gmail.com", "google"),
        ("googlemail.com", "google"),
        ("hotmail.com", "outlook"),
        ("yahoo.com", "yahoo"),
        ("icloud.com", "apple"),
        ("orange.fr", "orange"),
        ("wanadoo.fr", "orange"),
        ("laposte.net", "laposte"),
        ("gmx.de", "gmx"),
        ("GMAIL.COM", "google"),
    ],
)
def test_the_domain_of_the_recipient_tells_the_provider(domain: str, provider: str) -> None:
    (failure,) = explain(f"Final-Recipient: rfc822; jo@{domain}\nDiagnostic-Code: smtp; {NO}").failures
    assert failure.provider == provider


@pytest.mark.parametrize(
    ("answer", "provider"),
    [
        pytest.param("550-5.1.1 https://support.google.com/mail/?p=NoSuchUser x - gsmtp", "google", id="gsmtp"),
        pytest.param(
            "421 4.7.0 [TSS04] Messages from 192.0.2.9 temporarily deferred due to user complaints", "yahoo", id="TSS04"
        ),
        pytest.param("550 5.7.1 Unfortunately, messages from [192.0.2.9] weren't sent (S3150)", "outlook", id="S3150"),
        pytest.param("550 5.2.0 Mail rejete. OFR_506 [506]", "orange", id="OFR_506"),
        pytest.param(
            "554 Blocked - see https://ipcheck.proofpoint.com/?ip=192.0.2.9", "proofpoint", id="a page of Proofpoint's"
        ),
    ],
)
def test_a_mark_in_the_words_tells_the_provider(answer: str, provider: str) -> None:
    (failure,) = explain(answer).failures
    assert failure.provider == provider


def test_a_filter_in_front_of_a_domain_is_told_from_its_provider() -> None:
    line = POSTFIX.format(to="jo@gmail.com", relay="mxa-00000001.gslb.pphosted.com", answer=NO)
    (failure,) = explain(line).failures
    assert failure.provider == "proofpoint"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(NO, id="words that everybody says"),
        pytest.param(POSTFIX.format(to="jo@example.org", relay="mx.example.org", answer=NO), id="a host of one's own"),
        pytest.param(
            POSTFIX.format(to="jo@notgmail.com", relay="mx.free.fr.example.org", answer=NO), id="names that look alike"
        ),
        pytest.param("550 5.1.1 <jo@example.org>: Recipient address rejected", id="words of a server's software"),
    ],
)
def test_nobody_is_named_where_nothing_tells(text: str) -> None:
    (failure,) = explain(text).failures
    assert failure.provider is None


@pytest.mark.parametrize(
    ("reporting_mta", "provider"),
    [("AM9PR05MB0001.eurprd05.prod.outlook.com", "microsoft365"), ("mail.example.org", None)],
)
def test_exchange_that_reports_without_another_server_is_microsofts_where_its_host_is(
    reporting_mta: str, provider: str | None
) -> None:
    notice = (
        f"Reporting-MTA: dns;{reporting_mta}\n\n"
        "Final-Recipient: rfc822;jo@example.org\nAction: failed\nStatus: 5.1.10\n"
        "Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient jo@example.org not found\n"
    )
    assert [failure.provider for failure in explain(notice).failures] == [provider]


def test_of_a_company_and_a_part_of_it_the_part_answered() -> None:
    answer = "550 5.5.0 mailbox unavailable (S2017062302). [DB5EUR02FT034.eop-eur02.prod.protection.outlook.com]"
    assert [failure.provider for failure in explain(answer).failures] == ["outlook"]
