"""From a text to the facts and the sentences of its explanation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import LANGUAGES, Failure, catalogue, describe, explain
from bot.core.bounce import _judged_once
from bot.core.pages import pages_of


@pytest.mark.parametrize(
    ("text", "cause", "permanence"),
    [
        pytest.param("452", "storage_full", "temporary", id="a failure that may pass"),
        pytest.param("250", "delivered", None, id="a success"),
        pytest.param("354", "unknown", None, id="no outcome"),
        pytest.param("4xx", "unknown", "temporary", id="a class"),
        pytest.param("x5x", "unknown", None, id="a second digit"),
        pytest.param("550 5.7.26", "authentication_failed", "permanent", id="the enhanced status code decides"),
        pytest.param("550 5.0.0", "recipient_unknown", "permanent", id="unless it is empty of meaning"),
        pytest.param("5.7.999", "policy_rejected", "permanent", id="a code that is not registered: its subject"),
        pytest.param("2.7.999", "delivered", None, id="a success that is not registered"),
        pytest.param("560", "unknown", "permanent", id="a reply code that no standard knows"),
        pytest.param("605", "unknown", "permanent", id="a pseudo code"),
    ],
)
def test_a_code_alone_has_its_most_usual_cause(text: str, cause: str, permanence: str | None) -> None:
    explanation = explain(text)
    assert explanation.kind == "code"
    (failure,) = explanation.failures
    assert failure.permanence == permanence
    if text != "605":
        assert failure.cause == cause


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        pytest.param("550 5.7.1 Relay access denied", "relay_denied", id="a phrase before an empty detail"),
        pytest.param("451 4.7.1 Greylisted, come back later", "greylisted", id="a phrase before the class"),
        pytest.param("550 5.1.1 Gone", "recipient_unknown", id="no phrase: the enhanced status code"),
        pytest.param(
            "552 Requested action aborted", "mailbox_full", id="no phrase, no enhanced status code: the reply code"
        ),
        pytest.param(
            "550 Requested action not taken: mailbox unavailable", "recipient_unknown", id="the standard words"
        ),
        pytest.param(
            "554 Your message was rejected by this user and was not delivered. Reason: Your IP address is listed",
            "ip_blocked",
            id="what stands behind the opening of a refusal",
        ),
        pytest.param(
            "connect ETIMEDOUT 192.0.2.1:25", "connection_failed", id="no code, but the port behind an address"
        ),
        pytest.param("450 Mailbox unavailable", "greylisted", id="the same words with a code that they mean less with"),
        pytest.param("250 2.0.0 Ok: queued as 4ABC", "delivered", id="a success"),
        pytest.param(
            "235 2.7.0 Authentication successful", "delivered", id="a success that names a reason of failures"
        ),
        pytest.param(
            "Your message to jo@example.org could not be delivered: user unknown",
            "recipient_unknown",
            id="no code at all",
        ),
        pytest.param(
            "connect to mx.example.org[192.0.2.25]:25: Connection refused",
            "connection_failed",
            id="no code, but the port of mail",
        ),
        pytest.param(
            "connect to mx.example.org[192.0.2.25]: No route to host",
            "connection_failed",
            id="no code and no port, but how Postfix names a host",
        ),
        pytest.param(
            "450 4.7.0 Your message has been delayed, please retry (greylist)",
            "greylisted",
            id="a reason beside the delay",
        ),
        pytest.param(
            "450 4.7.1 Service temporarily unavailable, try again in 4 minutes (greylisted)",
            "greylisted",
            id="a grey list",
        ),
        pytest.param(
            "550 5.7.1 <jo@example.org>: Sender address rejected: SPF check: mail not permitted",
            "authentication_failed",
            id="what stands behind Postfix's opening",
        ),
        pytest.param(
            "550 5.1.0 <jo@example.org>: Sender address rejected: this person is an unknown user",
            "sender_rejected",
            id="a sender who is unknown, and no recipient",
        ),
        pytest.param(
            "550 Connexion refusée : IP sur liste noire", "ip_blocked", id="what stands behind a refused connection"
        ),
        pytest.param("554 Transaction failed", "policy_rejected", id="words that two companies use differently"),
    ],
)
def test_a_reply_has_the_cause_that_its_strongest_evidence_tells(text: str, cause: str) -> None:
    explanation = explain(text)
    assert explanation.kind == "reply"
    assert [failure.cause for failure in explanation.failures] == [cause]


def test_the_explanation_says_what_decided() -> None:
    assert explain("550 5.7.1 Relay access denied").failures[0].decided_by == "relay access denied"
    assert explain("550 5.1.1 Gone").failures[0].decided_by == "5.1.1"


def test_in_a_transcript_only_the_failures_are_explained() -> None:
    explanation = explain("<<< 250 2.1.0 Ok\n<<< 550 5.1.1 Unknown user")
    assert [failure.reply_code for failure in explanation.failures] == ["550"]


def test_the_same_failure_twice_is_told_once() -> None:
    assert len(explain("550 5.1.1 Unknown user\n\n550 5.1.1 Unknown user").failures) == 1


@pytest.mark.parametrize("text", ["boite pleine", "Boîte pleine", "quota", "greylisting", "liste grise"])
def test_words_find_entries_in_either_language(text: str) -> None:
    explanation = explain(text)
    assert explanation.kind == "words"
    assert explanation.matches


def test_words_are_left_alone_where_nobody_asked() -> None:
    assert explain("quota", words=False).kind == "nothing"


@pytest.mark.parametrize("text", ["", "   ", "999", "250 users", "1.2.3.4", "2024", "12:30", "🙂🙂", "\0", "\ud800"])
def test_nothing_usable_is_nothing(text: str) -> None:
    assert explain(text).kind == "nothing"


@pytest.mark.parametrize("code", ["560", "5.7.999", "550 5.7.999"])
def test_a_code_that_no_standard_knows_is_explained_by_its_parts_and_says_so(code: str) -> None:
    (description,) = describe(explain(code))
    assert all(description.meaning[language] for language in LANGUAGES)
    assert any(code.split()[-1] in note["en"] for note in description.notes)


def test_the_digits_of_a_code_are_read_one_by_one() -> None:
    (description,) = describe(explain("452 4.3.1"))
    assert [digit.code for digit in description.digits] == ["4xx", "x5x", "452", "4.x.x", "x.3.x", "x.3.1"]


def test_a_code_s_practice_is_told_where_it_leaves_the_standard() -> None:
    assert describe(explain("452"))[0].notes


@pytest.mark.parametrize("code", sorted(catalogue().reply_codes))
def test_every_reply_code_has_its_own_title_and_meaning(code: str) -> None:
    (description,) = describe(explain(code))
    assert description.title == catalogue().reply_codes[code].title
    assert description.meaning == catalogue().reply_codes[code].meaning


@pytest.mark.parametrize("detail", sorted(catalogue().details))
def test_every_registered_enhanced_status_code_has_its_own_title_and_meaning(detail: str) -> None:
    for class_ in ("2", "4", "5", "x"):
        (description,) = describe(explain(f"{class_}.{detail}"))
        assert description.title == catalogue().details[detail].title
        assert not any("registered" in note["en"] for note in description.notes)


@given(st.text())
def test_any_text_has_an_explanation_with_a_description_for_each_failure(text: str) -> None:
    explanation = explain(text)
    assert len(describe(explanation)) == len(explanation.failures)


_FRAGMENTS = st.sampled_from(
    [
        "550",
        "5.1.1",
        "-",
        " ",
        "\n",
        "#",
        "(",
        "said: ",
        "<a@example.org>",
        "user unknown",
        "4xx",
        ">",
        "\u2011",
        "é",
    ]
)


@given(st.lists(_FRAGMENTS, max_size=60).map("".join))
def test_any_heap_of_fragments_has_an_explanation(text: str) -> None:
    explanation = explain(text)
    assert len(describe(explanation)) == len(explanation.failures)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("450 Please retry in 2 hours", "450"),
        ("550 refused", "550"),
        ("251 User not local; will forward to <jo@example.org>", "251"),
        ("354 Start mail input", "354"),
    ],
)
def test_a_short_reply_is_read_where_somebody_asks(text: str, code: str) -> None:
    asked = explain(text)
    assert asked.kind == "reply"
    assert asked.failures[0].reply_code == code


@pytest.mark.parametrize(
    ("text", "actor", "retry"),
    [
        pytest.param("550 5.1.1 User unknown", "sender", "no", id="the cause's own"),
        pytest.param("554 2001:db8::1 IPv6 is not accepted. AUP#I-1260", "sender", "after_change", id="to be changed"),
        pytest.param(
            "550 5.7.513 Access denied [Customer Block list] (AS16012607)", "receiver", "after_change", id="by them"
        ),
    ],
)
def test_who_must_act_is_told_by_the_sign_where_the_cause_does_not_fit(text: str, actor: str, retry: str) -> None:
    (description,) = describe(explain(text))
    assert (description.actor, description.retry) == (actor, retry)


def test_of_two_signs_with_the_same_words_the_one_with_the_reply_s_code_is_told() -> None:
    temporary, permanent = (
        describe(explain(f"{codes} The user gets mail at a rate that prevents additional messages. - gsmtp"))[0]
        for codes in ("450 4.2.1", "550 5.2.1")
    )
    assert temporary.advice != permanent.advice


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("450 4.7.1 Greylisted, try again in 5 minutes", 300),
        ("450 4.7.1 Greylisté, réessayez dans 2 heures", 7200),
        ("552 5.3.4 Message size exceeds fixed limit within 20 MB", None),
        ("450 4.7.1 Too many errors in 3 messages", None),
        ("550 5.7.1 Certificate expires in 2024 days", None),
        ("450 4.2.1 Mailbox temporarily disabled: try in 30 minutes", 1800),
        ("550 4.4.7 The server has tried for 48 hours", None),
        ("550 5.4.7 Delivery expired, message too old after 5 days", None),
        ("421 4.4.2 Idle for 300 seconds", None),
        ("421 4.7.0 Too many connections, blocked for 30 minutes", 1800),
        ("450 4.4.7 Le serveur continue d'essayer pendant 5 jours", None),
    ],
)
def test_a_wait_is_told_only_where_the_server_gives_one(text: str, seconds: int | None) -> None:
    assert explain(text).failures[0].retry_after == seconds


@pytest.mark.parametrize(
    "text",
    [
        "550\u20095.1.1 user unknown",  # a thin space
        "550\u200e 5.1.1 user unknown",  # a mark of direction, as portals copy it
        "\uff15\uff15\uff10 \uff15.\uff11.\uff11 user unknown",  # full-width digits
        "5\u0665\u0660 5.\u0661.1 user unknown",  # digits of two scripts
    ],
)
def test_codes_are_read_in_whatever_characters_they_were_typed(text: str) -> None:
    (failure,) = explain(text).failures
    assert (failure.reply_code, failure.enhanced_status_code) == ("550", "5.1.1")


def test_a_long_wording_is_judged_and_not_remembered() -> None:
    before = _judged_once.cache_info().currsize  # type: ignore[attr-defined]
    assert explain(f"550 5.1.1 user unknown {'x ' * 1_000}").failures[0].cause == "recipient_unknown"
    assert _judged_once.cache_info().currsize == before  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", ["554 5.7.1 Virus found in message.zip", "554 5.7.1 Refused: listed in our.local"])
def test_a_file_s_name_is_no_blocklist(text: str) -> None:
    assert explain(text).failures[0].blocklist is None


def test_what_decided_is_found_behind_letters_that_grow_when_folded() -> None:
    (failure,) = explain("552 5.2.2 Straße: the mailbox is full today").failures
    assert failure.diagnostic_code
    assert failure.decided_at is not None
    assert failure.diagnostic_code[failure.decided_at :].startswith(failure.decided_by or "nothing")


def test_events_that_only_tell_of_deliveries_hold_no_failure() -> None:
    told = explain('{"event": "delivered", "email": "jo@example.org", "response": "250 OK"}')
    assert (told.kind, told.failures) == ("log", ())


def test_a_link_of_a_reply_is_given_without_the_address_in_it() -> None:
    (failure,) = explain(
        "550-5.1.1 The email account that you tried to reach does not exist. "
        "550 5.1.1 https://support.google.com/mail/?p=NoSuchUser&u=jo@example.org - gsmtp"
    ).failures
    assert "https://support.google.com/mail/?p=NoSuchUser" in [page.address for page in pages_of(failure)]


def test_a_link_to_a_customer_s_page_is_no_provider_s() -> None:
    failure = Failure("spam_rejected", diagnostic_code="550 see https://u1.ct.sendgrid.net/x", provider="sendgrid")
    assert not any("ct.sendgrid.net" in page.address for page in pages_of(failure))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("User unknown in relay recipient table", "reply", id="what a server says"),
        pytest.param(
            "TLS is required, but was not offered by host mx.example.org[192.0.2.1]", "reply", id="a sentence"
        ),
        pytest.param("mailbox full", "words", id="the words of an entry"),
        pytest.param("spam refused", "words", id="two words"),
    ],
)
def test_words_that_a_server_says_are_its_reply_and_others_are_looked_up(text: str, kind: str) -> None:
    assert explain(text).kind == kind
