"""The answer to a command is made once for each wording, and is the one that would be made for the text itself."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core import LANGUAGES, explain
from bot.core.memory import forget
from bot.core.team import Team, in_use
from bot.core.wording import without_names
from bot.render.acknowledgement import acknowledgement
from bot.render.blocks import answer

_PIECES = st.sampled_from(
    [
        *("550 5.1.1", "452", "5.7.1", "user unknown", "mailbox full", "blocked using zen.spamhaus.org", "é"),
        *(
            "greylisted, wait 300 seconds",
            "jo@example.org",
            "x@n0.example",
            "o'neil@example.org",
            "ann.lee+x@gmail.com",
        ),
        *(
            "http://example.org/?ip=",
            "203.0.113.9",
            "0.0.0.1",
            "1.2.3.4.5",
            "4BFE00AA01",
            "idx1idx",
            "1xVUyb-00001o-07",
        ),
        *(
            "relay=mx.example.net",
            "host mx1.example.org",
            "hostx1x.example",
            "1234567",
            "0.24/0.01/0.96/1.2",
            "RFC 5321",
        ),
        *("9990000001", "BL000000", "delist@microsoft.com", "127.255.255.254"),
    ]
)
_BETWEEN = st.sampled_from([" ", " <", "> ", "; ", ": ", "'", '"', "\\", "\n", "=", "&", "(", ")"])


def made_for(text: str) -> object:
    return {**answer(explain(text), LANGUAGES, shareable=True), "response_type": "ephemeral"}


@given(st.lists(st.tuples(_PIECES, _BETWEEN), max_size=8))
@example([("452", '"'), ("4BFE00AA01", " ")])
def test_the_answer_to_a_wording_is_the_answer_to_the_text(pieces: list[tuple[str, str]]) -> None:
    text = "".join(part for piece in pieces for part in piece)

    kind, body = acknowledgement(text, LANGUAGES)

    assert kind == explain(text).kind
    assert json.loads(body) == made_for(text)


@pytest.mark.parametrize(
    "text",
    [
        "550 5.1.1 <jo@example.org>: user unknown",
        "550 5.1.1 <" + "x" * 150 + "@example.org>: user unknown",
        "550 5.7.1 no " + "<" * 200,
        "550 5.1.1 user unknown " + "word " * 100,
    ],
)
def test_long_names_and_long_texts_are_answered_like_short_ones(text: str) -> None:
    assert json.loads(acknowledgement(text, LANGUAGES)[1]) == made_for(text)


def test_two_people_of_whom_the_same_is_said_share_one_wording() -> None:
    first, second = (f"550 5.1.1 <{name}@example.org>: unknown (id 4BFE00AA0{name})" for name in "12")

    assert without_names(first)[0] == without_names(second)[0]


def test_a_host_that_the_team_knows_stays_in_the_wording() -> None:
    in_use[:] = [Team("Ours", {"203.0.113.9": "our outbound relay"}, {}, {})]
    forget()
    try:
        assert "203.0.113.9" in without_names("554 5.7.1 blocked 203.0.113.9")[0]
        assert "our outbound relay" in acknowledgement("554 5.7.1 blocked 203.0.113.9", LANGUAGES)[1]
    finally:
        in_use.clear()
        forget()
