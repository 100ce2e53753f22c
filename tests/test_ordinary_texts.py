"""Mail, chat, logs and figures in which nothing bounced: Rebond reads no failure in any of them."""

import tomllib
from pathlib import Path

import pytest

from bot.core import explain

_TEXTS = tomllib.loads(Path(__file__).with_name("ordinary_texts.toml").read_text(encoding="utf-8"))["text"]


@pytest.mark.parametrize("text", [pytest.param(one["text"], id=one["name"]) for one in _TEXTS])
def test_reads_no_failure_in_an_ordinary_text(text: str) -> None:
    assert [failure for failure in explain(text, words=False).failures if failure.cause != "delivered"] == []


def test_the_set_is_large_and_its_names_are_its_own() -> None:
    names = [one["name"] for one in _TEXTS]
    assert len(names) >= 150
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        pytest.param(
            "Recipient: jo@example.org\nSMTP code: 550\nAttempts: 3\nSize: 34 KB\nParts: 2\nLines: 70\n"
            "Reply: 550 5.1.1 User unknown",
            "recipient_unknown",
            id="a reply below a list of counts",
        ),
        pytest.param(
            "  0.12 connected to mx.example.org\n  0.30 EHLO a\n  0.41 RCPT TO:<jo@example.org>\n"
            "  0.45 550 5.1.1 User unknown",
            "recipient_unknown",
            id="a session with its seconds, which look like sections",
        ),
        pytest.param(
            "Votre message à jo@example.org n'a pas pu être remis : utilisateur inconnu.\nTél. 01 23 45 67 89",
            "recipient_unknown",
            id="a refusal above a telephone number",
        ),
        pytest.param(
            "Your mail bounced: mailbox full. Quota 1024 MB, used 1030 MB, 3 attempts in 2 days",
            "mailbox_full",
            id="a refusal full of figures",
        ),
        pytest.param("550 <members@example.org> no such user", "recipient_unknown", id="a mailbox called members"),
        pytest.param("550 500 messages per day sent, limit exceeded", "rate_limited", id="a limit"),
        pytest.param(
            "503 Service unavailable; client host [192.0.2.1] blocked using zen.spamhaus.org",
            "ip_blocked",
            id="a code of the web with a reason of mail",
        ),
        pytest.param("| jo@example.org | 550 5.1.1 | bounced |", "recipient_unknown", id="a table of bounces"),
        pytest.param('550,"User unknown"', "recipient_unknown", id="a cell behind a code"),
        pytest.param(
            "Server: mx.example.org\nPort: 25\nThe message was not delivered: connection timed out",
            "connection_failed",
            id="a failure with its port",
        ),
        pytest.param("The mail server said: no such user here", "recipient_unknown", id="what a server said"),
    ],
)
def test_a_failure_that_looks_like_an_ordinary_text_is_read(text: str, cause: str) -> None:
    assert [failure.cause for failure in explain(text).failures][:1] == [cause]
