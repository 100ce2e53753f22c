"""What a button carries: the answer once more in 2,000 characters, and nothing but what we wrote."""

import json
from typing import Any

import pytest

from bot.core import Explanation, Failure, catalogue, describe, explain
from bot.render.blocks import answer
from bot.render.sharing import pack, unpack

REPLY = explain("550 5.1.1 <john.doe@example.org>: Recipient address rejected & <b>gone</b>")


@pytest.mark.parametrize(
    "explanation",
    [
        *(pytest.param(explain(code), id=code) for code in catalogue().reply_codes),
        *(pytest.param(explain(asked), id=asked) for asked in ("4xx", "x5x", "5.7", "x.7.26", "550 5.7.26", "5.7.999")),
        pytest.param(explain("mailbox full"), id="words"),
        pytest.param(
            explain(
                "Nov 23 14:22:01 mail postfix/smtp[165]: 4AB: to=<jo@example.org>, relay=mx.example.org[192.0.2.1]:25, "
                "dsn=5.1.1, status=bounced (host mx.example.org[192.0.2.1] said: 550 User unknown)"
            ),
            id="a log line",
        ),
        pytest.param(REPLY, id="a reply"),
        pytest.param(explain("550 5.1.1 user unknown " + "x" * 40_000), id="a long reply"),
        pytest.param(
            Explanation(
                "notice",
                tuple(
                    Failure("mailbox_full", "552", "5.2.2", "permanent", f"{name}@example.org", f"552 {name} full")
                    for name in ("ann", "bob", "cyd")
                ),
                text="a whole message " * 100,
            ),
            id="a notice",
        ),
    ],
)
def test_the_shared_answer_is_the_answer(explanation: Explanation) -> None:
    assert answer(unpack(pack(explanation))) == answer(explanation)


def test_no_address_travels_in_the_value() -> None:
    assert "john.doe" not in pack(REPLY)
    assert "j•••@example.org" in pack(REPLY)


def test_nothing_in_the_value_needs_escaping() -> None:
    assert not set("&<>") & set(pack(REPLY))


def test_without_room_the_quotes_are_left_out() -> None:
    failures = tuple(
        Failure("mailbox_full", "552", f"5.2.{number}", "permanent", "ann@example.org", "552 " + "full " * 110)
        for number in range(5)
    )

    shared = unpack(pack(Explanation("notice", failures)))

    assert [failure.diagnostic_code for failure in shared.failures] == [None] * 5
    assert {failure.final_recipient for failure in shared.failures} == {"a•••@example.org"}


def test_without_room_for_recipients_their_number_stays() -> None:
    failures = tuple(
        Failure("mailbox_full", "552", "5.2.2", "permanent", f"ann@{number}.example.org") for number in range(300)
    )

    shared = unpack(pack(Explanation("notice", failures)))

    assert len(shared.failures) == 300
    assert set(shared.failures) == {Failure("mailbox_full", "552", "5.2.2", "permanent")}


def test_a_thousand_different_failures_still_fit() -> None:
    failures = tuple(Failure("mailbox_full", "552", f"5.2.{number}", "permanent") for number in range(1000))

    assert 10 < len(unpack(pack(Explanation("notice", failures))).failures) < 100


FAILURE: dict[str, Any] = {"cause": "mailbox_full", "reply_code": "552"}

FORGED_FACTS: dict[str, dict[str, Any]] = {
    "no cause": {"cause": None},
    "a cause that we do not know": {"cause": "rain"},
    "a cause that is a list": {"cause": []},
    "an unknown fact": {"colour": "red"},
    "a code that is none": {"reply_code": "<!here>"},
    "a code that is a number": {"reply_code": 552},
    "an odd enhanced status code": {"enhanced_status_code": "5..1"},
    "an unknown permanence": {"permanence": "for ever"},
    "a wait that is a text": {"retry_after": "soon"},
    "a server that has not given up": {"given_up": False},
    "too many": {"times": 1001},
    "none": {"times": 0},
    "a number that is true": {"times": True},
    "an address in clear": {"final_recipient": "john.doe@example.org"},
    "a control character": {"remote_mta": "mx\x1b.example.org"},
}

FORGED: dict[str, Any] = {
    "null": None,
    "a list": [],
    "no failures": {"kind": "reply", "text": "", "failures": []},
    "no text": {"kind": "reply", "failures": [FAILURE]},
    "another key": {"kind": "reply", "text": "", "failures": [FAILURE], "more": 1},
    "an unknown kind": {"kind": "poem", "text": "", "failures": [FAILURE]},
    "a kind that is a list": {"kind": [], "text": "", "failures": [FAILURE]},
    "words that are a code": {"kind": "words", "text": "452", "failures": []},
    "words that mean nothing": {"kind": "words", "text": "qqqq zzzz", "failures": []},
    "a failure that is a text": {"kind": "reply", "text": "", "failures": ["552"]},
    **{name: {"kind": "reply", "text": "", "failures": [{**FAILURE, **facts}]} for name, facts in FORGED_FACTS.items()},
    "too many in all": {"kind": "reply", "text": "", "failures": [{**FAILURE, "times": 600}] * 2},
}


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("", id="nothing"),
        pytest.param("452", id="a number"),
        pytest.param("{", id="broken JSON"),
        pytest.param("[" * 1999, id="nested too deep"),
        pytest.param(pack(REPLY) + " ", id="a space more"),
        pytest.param(pack(REPLY) + " " * 2000, id="too long"),
        *(pytest.param(json.dumps(packed, separators=(",", ":")), id=name) for name, packed in FORGED.items()),
    ],
)
def test_what_we_did_not_pack_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        unpack(value)


def test_what_is_described_survives() -> None:
    assert describe(unpack(pack(REPLY))) == describe(REPLY)
