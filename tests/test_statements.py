"""Statements: what is said of things is read in whatever words, and each belongs to the thing that is nearest."""

from typing import Any

import pytest

from bot.core import explain
from bot.core.catalogue_source import read_tables
from bot.core.signs import matcher
from bot.core.statements import Read, statements_in


def read(text: str) -> list[Read]:
    return statements_in(matcher().scan(text, words=True).words())


def _cells(*, weak: bool) -> list[Any]:
    statements = read_tables("signs")["statements"]
    cells = {
        f"{thing} {said}": cell
        for thing, table in (*statements["of"].items(), *statements["said"].items())
        for said, cell in {"alone": table.get("alone"), **table.get("said", {})}.items()
        if cell and bool(cell.get("weak")) == weak
    }
    return [pytest.param(cell["example"], cell["cause"], id=name) for name, cell in cells.items()]


@pytest.mark.parametrize(("example", "cause"), _cells(weak=False))
def test_every_statement_decides_its_example(example: str, cause: str) -> None:
    assert read(example)[0].statement.cause == cause
    assert [failure.cause for failure in explain(example).failures] == [cause]


@pytest.mark.parametrize(("example", "cause"), _cells(weak=True))
def test_every_weak_statement_is_read_in_its_example(example: str, cause: str) -> None:
    assert cause in [one.statement.cause for one in read(example)]


@pytest.mark.parametrize(
    ("text", "phrase", "cause"),
    [
        ("550 The user’s box is overflowing", "box … overflowing", "mailbox_full"),
        ("550 recipient’s domain is bogus", "recipient's domain … bogus", "domain_not_found"),
        ("550 l'adresse de l'expéditeur est introuvable", "adresse de l'expediteur … introuvable", "sender_rejected"),
        ("550 Почтовый ящик закрыт", "ящик закрыт", "mailbox_disabled"),
        ("554 Ihre IP-Adresse ist gesperrt", "ip-adresse … gesperrt", "ip_blocked"),
        ("554 Das Postfach ist gesperrt", "postfach … gesperrt", "mailbox_disabled"),
        ("550 このアカウントは凍結されています", "アカウント … 凍結", "mailbox_disabled"),
    ],
    ids=["near", "longer thing", "French", "Russian", "German, of a host", "of a mailbox", "Japanese"],
)
def test_reads_what_is_said_of_the_nearest_thing(text: str, phrase: str, cause: str) -> None:
    assert (read(text)[0].phrase, read(text)[0].statement.cause) == (phrase, cause)


def test_reads_nothing_across_the_end_of_a_sentence() -> None:
    assert [one.phrase for one in read("This box is new. Unknown") if one.statement.rank == 0] == []


@pytest.mark.parametrize("text", ["550 jo@unknown-user.example", "550 https://example.org/spam/virus", "550 user_full"])
def test_reads_no_words_in_names(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "cause", "decided_by"),
    [
        ("550 <jo@example.org>: inactive", "mailbox_disabled", "inactive"),
        ("521 <192.0.2.1> is blocked", "ip_blocked", "blocked"),
        ("521 <2001:db8::1> is blocked", "ip_blocked", "blocked"),
        ("550 Sender an@example.net not found", "sender_rejected", "sender … not found"),
        ("550 disabled, ask postmaster@example.org", "recipient_unknown", "550"),
        ("550 /home/jo/.cache/jo@example.org: no such file or directory", "recipient_unknown", "550"),
    ],
    ids=["a mail address", "an IP address", "one of IPv6", "but not the sender's", "nor a helper's", "and no path"],
)
def test_an_address_stands_for_what_it_names(text: str, cause: str, decided_by: str) -> None:
    failure = explain(text).failures[0]
    assert (failure.cause, failure.decided_by) == (cause, decided_by)


def test_a_phrase_that_somebody_wrote_down_comes_first() -> None:
    failure = explain("550 mailbox unavailable; quota of the box is depleted, see over quota").failures[0]
    assert failure.decided_by == "over quota"


def test_says_what_it_read_and_where() -> None:
    failure = explain("550 5.7.1 Sorry, this person's inbox is brimming").failures[0]
    assert (failure.decided_by, failure.decided_at) == ("inbox … brimming", 21)


def test_reads_on_either_side_among_many_other_words() -> None:
    many = "and the server of our service told the other server about message and mail and policy and rule and headers"
    assert explain(f"550 Inbox brimming {many}").failures[0].decided_by == "inbox brimming"


@pytest.mark.parametrize(
    "text", ["550 spam-gw1.example.net: go away", "550 グループ: この可能性", "550 relay/x@example.org"]
)
def test_reads_no_part_of_a_longer_word(text: str) -> None:
    assert [one for one in read(text) if one.statement.rank < 2] == []


@pytest.mark.parametrize(
    "text",
    [
        "The user has no email yet",
        "All mailboxes moved to the new server",
        "SPF record for example.org is ok",
        "Newsletter emails: subject missing",
        "User jo@example.org not found in Active Directory",
        "Message queue is full, dropping events",
        "Invalid email address format",
        "Mail server moved to the new rack on Monday",
        "Message too large for UDP packet",
        "Error message: connection refused",
        "Can you see why her mailbox is full?",
    ],
)
def test_leaves_alone_what_people_say_of_mail(text: str) -> None:
    assert explain(text).failures == ()


def test_reads_a_reason_without_a_code_where_somebody_asks() -> None:
    assert explain("Cannot store the mail: the recipient's inbox is brimming over").failures[0].cause == "mailbox_full"
