"""Plain text: the line that notifications say, and the answer in a terminal."""

import pytest

from bot.core import LANGUAGES, Explanation, Failure, catalogue, explain
from bot.render.text import fallback, fitting, terminal
from bot.render.words import to_ask_for

REPLY = explain("552 5.2.2 <john@example.org>: \x1b[31mmailbox is full")
FULL = catalogue().causes["mailbox_full"]


def test_the_fallback_says_the_point_in_both_languages() -> None:
    assert (
        fallback(REPLY, LANGUAGES)
        == f"552 5.2.2 · {FULL.title['en']} (permanent) · {FULL.title['fr']} (échec définitif)"
    )


def test_the_fallback_says_how_many_more_there_are() -> None:
    failures = (*REPLY.failures, Failure("virus", "554"), Failure("spam_content", "554"))

    assert fallback(Explanation("reply", failures), ("fr",)).endswith("(et 2 de plus)")


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        pytest.param("a & b <c>", "a &amp; b &lt;c&gt;", id="escaped"),
        pytest.param("é" * 400, "é" * 299 + "…", id="cut"),
        pytest.param("&" * 400, "&amp;" * 59 + "…", id="never cut inside an entity"),
    ],
)
def test_fitting(text: str, escaped: str) -> None:
    assert fitting(text) == escaped


@pytest.mark.parametrize("asked", ["452", "4xx", "550 5.7.26", "5.7.999", "mailbox full", "zzzz", REPLY.text])
def test_a_terminal_line_is_at_most_80_columns_wide(asked: str) -> None:
    text = terminal(explain(asked), LANGUAGES)

    assert max(map(len, text.splitlines())) <= 80
    assert text == text.strip()


def test_the_terminal_says_it_in_each_language_one_after_the_other() -> None:
    text = terminal(REPLY, LANGUAGES)

    assert text.startswith(f"552 5.2.2 · {FULL.title['en']} (permanent)\n")
    assert f"\n552 5.2.2 · {FULL.title['fr']} (échec définitif)\n" in text
    assert f"  1. {FULL.advice['fr'][0]}" in text


def test_the_terminal_says_one_language_alone() -> None:
    assert FULL.title["en"] not in terminal(REPLY, ("fr",))


def test_no_control_character_of_a_stranger_reaches_the_terminal() -> None:
    failure = Failure("mailbox_full", final_recipient="john\x1b[2J@example.org", remote_mta="mx\x07.example.org")

    text = terminal(Explanation("notice", (failure,)), LANGUAGES)

    assert "john[2J@example.org" in text
    assert "mx.example.org" in text


def test_words_are_answered_by_the_best_match_and_how_to_ask_for_the_others() -> None:
    explanation = explain("boîte pleine")

    text = terminal(explanation, ("fr",))

    assert text.startswith(FULL.title["fr"])
    for other in explanation.matches[1:]:
        assert f"`rebond explain {to_ask_for(other, 'fr')}`" in text


def test_one_failure_of_several_recipients_is_said_once() -> None:
    failures = tuple(Failure("mailbox_full", "552", final_recipient=f"{name}@example.org") for name in ("ann", "bob"))

    text = terminal(Explanation("notice", failures), ("en",))

    assert text.count(FULL.title["en"]) == 1
    assert "Recipient: ann@example.org, bob@example.org" in text
