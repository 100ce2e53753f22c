"""Every message that we build, held against Slack's own models and limits, and against hostile text."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk.models.blocks import Block

from bot.core import LANGUAGES, Explanation, Failure, catalogue, describe, explain
from bot.render.blocks import answer, help_answer, list_answer, sentence
from bot.render.words import say

Message = dict[str, Any]

BOTH, ENGLISH, FRENCH = LANGUAGES, ("en",), ("fr",)

HOSTILE = (
    "550 5.1.1 <!channel> <!here|here> <@U1> <#C1> *x* _x_ ~x~ `x` ```x``` <https://evil.example|bank> "
    ":tada: &lt;!channel&gt; \0 \x1b[31m \udcff \u202e user unknown"
)

CODES = [
    *catalogue().reply_codes,
    *(f"{class_}.{detail}" for detail in catalogue().details for class_ in "45"),
]


def everything_in(value: Any) -> Iterator[dict[str, Any]]:
    """Every object inside a message, at any depth."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from everything_in(one)


def texts_of(message: Message, *kinds: str) -> list[str]:
    """The texts of a message's objects of some types: mrkdwn, plain_text, text (literal)."""
    return [one["text"] for one in everything_in(message["blocks"]) if one.get("type") in kinds]


def shown(message: Message) -> str:
    """All that a person sees of a message, in order."""
    return "\n".join(texts_of(message, "mrkdwn", "plain_text", "text"))


def assert_slack_takes(message: Message) -> None:
    """Check a message against Slack's models, and against the limits that they do not know."""
    json.dumps(message, ensure_ascii=False).encode("utf-8")
    assert set(message) == {"text", "blocks"}
    assert 0 < len(message["text"]) <= 4000
    assert 0 < len(message["blocks"]) <= 50
    for block in message["blocks"]:
        assert Block.parse(block).to_dict() == block  # type: ignore[union-attr]
    for one in everything_in(message["blocks"]):
        match one:
            case {"type": "section", "fields": fields}:
                assert 0 < len(fields) <= 10
                assert all(len(field["text"]) <= 2000 for field in fields)
            case {"type": "section", "text": {"text": text}}:
                assert len(text) <= 3000
            case {"type": "header", "text": text}:
                assert text["type"] == "plain_text"
                assert text["emoji"] is False
                assert len(text["text"]) <= 150
            case {"type": "context", "elements": elements}:
                assert 0 < len(elements) <= 10
            case {"type": "actions", "elements": elements}:
                assert 0 < len(elements) <= 25
            case {"type": "button", "text": text, "value": value}:
                assert text["emoji"] is False
                assert len(text["text"]) <= 75
                assert len(value) <= 2000
            case {"type": "mrkdwn" | "plain_text" | "text", "text": text}:
                assert text
    assert len("".join(texts_of(message, "mrkdwn", "plain_text", "text"))) < 12_000


@pytest.mark.parametrize("languages", [BOTH, ENGLISH, FRENCH], ids="-".join)
@pytest.mark.parametrize("code", CODES)
def test_slack_takes_the_answer_for_every_code(code: str, languages: tuple[str, ...]) -> None:
    message = answer(explain(code), languages, shareable=True, shared_by="U012345")

    assert_slack_takes(message)
    assert len(message["text"]) <= 300
    assert code in texts_of(message, "plain_text")[0]


@pytest.mark.parametrize("languages", [BOTH, ENGLISH, FRENCH], ids="-".join)
@pytest.mark.parametrize("cause", catalogue().causes)
def test_slack_takes_the_answer_for_every_cause(cause: str, languages: tuple[str, ...]) -> None:
    failure = Failure(cause, "550", "5.0.0", "permanent", "john@example.org", "550 5.0.0 no", retry_after=300)

    message = answer(Explanation("notice", (failure,)), languages, shareable=True)

    assert_slack_takes(message)
    assert len(message["text"]) <= 300


@pytest.mark.parametrize("asked", ["4", "4xx", "45x", "x5x", "5.7", "x.7.26", "560", "5.7.999", "550 5.7.26"])
def test_slack_takes_the_answer_for_parts_of_codes(asked: str) -> None:
    assert_slack_takes(answer(explain(asked), shareable=True))


@pytest.mark.parametrize("languages", [BOTH, ENGLISH, FRENCH], ids="-".join)
def test_slack_takes_help_list_and_nothing(languages: tuple[str, ...]) -> None:
    for message in (help_answer(languages), list_answer(languages), answer(explain(""), languages)):
        assert_slack_takes(message)


@pytest.mark.parametrize("languages", [BOTH, ENGLISH, FRENCH], ids="-".join)
@pytest.mark.parametrize(
    ("key", "values"),
    [
        pytest.param("fault", {"reference": "7F3A"}, id="fault"),
        pytest.param("missing_scope", {"scope": "channels:history"}, id="missing scope"),
        pytest.param("cannot_share", {}, id="cannot share"),
    ],
)
def test_a_sentence_is_said_in_each_language(key: str, values: dict[str, str], languages: tuple[str, ...]) -> None:
    message = sentence(key, languages, **values)

    assert_slack_takes(message)
    for language in languages:
        assert say(key, language, **values) in message["text"]


def test_the_title_leads_with_codes_cause_and_permanence_in_both_languages() -> None:
    message = answer(explain("550 5.1.1 <john@example.org>: user unknown"))

    title = message["blocks"][0]["text"]["text"]
    cause = catalogue().causes["recipient_unknown"].title
    assert title == f"550 5.1.1 · {cause['en']} (permanent) · {cause['fr']} (échec définitif)"
    assert message["text"] == title


def test_each_language_has_its_own_column() -> None:
    english, french = answer(explain("552 5.2.2 mailbox is full"))["blocks"][1]["fields"]

    cause = catalogue().causes["mailbox_full"]
    assert english["text"].startswith("*English*\n" + cause.meaning["en"])
    assert french["text"].startswith("*Français*\n" + cause.meaning["fr"])
    assert f"1. {cause.advice['en'][0]}" in english["text"]
    assert f"1. {cause.advice['fr'][0]}" in french["text"]


def test_one_language_takes_the_whole_width_and_says_nothing_in_the_other() -> None:
    message = answer(explain("552 5.2.2 mailbox is full"), FRENCH, shareable=True)

    assert "fields" not in message["blocks"][1]
    assert "English" not in shown(message)
    assert catalogue().causes["mailbox_full"].title["en"] not in shown(message)


def test_titles_too_long_for_the_header_stand_in_their_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    titles = {"en": "A very long title " * 6, "fr": "Un titre très long " * 6}
    failure = Failure("mailbox_full", "552", "5.2.2", "permanent", decided_by="words of this test alone")
    explanation = Explanation("reply", (failure,), text="552 5.2.2 full")
    description = describe(explanation)[0]._replace(title=titles)
    for module in ("blocks", "words"):
        monkeypatch.setattr(f"bot.render.{module}.describe", lambda _: (description,))

    message = answer(explanation)

    assert_slack_takes(message)
    assert message["blocks"][0]["text"]["text"] == "552 5.2.2 · permanent · échec définitif"
    assert titles["en"] in message["blocks"][1]["fields"][0]["text"]
    assert titles["fr"] in message["blocks"][1]["fields"][1]["text"]


@pytest.mark.parametrize(
    ("seconds", "english"),
    [
        pytest.param(60, "wait 60\u00a0s", id="seconds"),
        pytest.param(301, "wait 6\u00a0min", id="minutes, rounded up"),
        pytest.param(86400, "wait 24\u00a0h", id="hours"),
    ],
)
def test_says_how_long_the_server_asks_to_wait(seconds: int, english: str) -> None:
    failure = Failure("greylisted", "450", "4.7.1", "temporary", retry_after=seconds)

    assert english in shown(answer(Explanation("reply", (failure,))))


def test_what_is_no_failure_asks_nobody_to_act() -> None:
    assert say("whose_move", "en") not in shown(answer(explain("250")))


@pytest.mark.parametrize(
    ("languages", "label"),
    [(BOTH, "Share in Channel"), (ENGLISH, "Share in Channel"), (FRENCH, "Partager dans le canal")],
)
def test_the_button_shares(languages: tuple[str, ...], label: str) -> None:
    button = answer(explain("452"), languages, shareable=True)["blocks"][-1]["elements"][0]

    assert button["action_id"] == "share_in_channel"
    assert button["text"]["text"] == label


def test_a_shared_answer_names_who_shared_it_and_has_no_button() -> None:
    message = answer(explain("452"), shared_by="U012345")

    assert "Shared by <@U012345>" in shown(message)
    assert all(block["type"] != "actions" for block in message["blocks"])


def test_nothing_to_explain_gives_examples_and_nothing_to_share() -> None:
    message = answer(explain("999"), shareable=True)

    assert "`/smtp 452`" in shown(message)
    assert "`/smtp boîte pleine`" in shown(message)
    assert all(block["type"] != "actions" for block in message["blocks"])


def test_words_are_answered_by_the_best_match_and_how_to_ask_for_the_others() -> None:
    explanation = explain("mailbox full")
    best, *others = explanation.matches

    message = answer(explanation, shareable=True)

    assert_slack_takes(message)
    assert best.title["en"] in message["blocks"][0]["text"]["text"]
    assert catalogue().causes["mailbox_full"].advice["fr"][0] in shown(message)
    for other in others:
        assert other.title["fr"] in shown(message)


@pytest.mark.parametrize("cause", catalogue().causes)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_we_propose_find_the_cause(cause: str, language: str) -> None:
    found = explain(catalogue().causes[cause].words[language][0]).matches

    assert cause in [match.cause for match in found]


def test_one_failure_of_several_recipients_is_explained_once() -> None:
    failures = tuple(
        Failure("recipient_unknown", "550", "5.1.1", "permanent", f"{name}@example.org", f"550 5.1.1 {name}")
        for name in ("ann", "bob", "cyd", "dan", "eve", "fay", "gil")
    )

    message = answer(Explanation("notice", failures), shareable=True)

    assert_slack_takes(message)
    assert [block["type"] for block in message["blocks"]].count("header") == 1
    assert "a•••@example.org, b•••@example.org" in shown(message)
    assert "and 2 more / et 2 de plus" in shown(message)


def test_many_failures_fit_and_say_how_many_are_left_out() -> None:
    failures = tuple(
        Failure(cause, "550", f"5.1.{number}", "permanent", f"john{number}@example.org", "550 " + "x" * 2000)
        for number, cause in enumerate(catalogue().causes)
    )

    message = answer(Explanation("notice", failures), shareable=True)

    assert_slack_takes(message)
    titles = [catalogue().causes[failure.cause].title["fr"] for failure in failures]
    told = sum(title in shown(message) for title in titles)
    assert f"and {len(failures) - told} more / et {len(failures) - told} de plus" in shown(message)
    assert f"and {len(failures) - 1} more" in message["text"]


def test_a_long_paste_is_cut_visibly() -> None:
    message = answer(explain("550 5.1.1 user unknown " + "x" * 40_000), shareable=True)

    assert_slack_takes(message)
    quoted = texts_of(message, "text")[-1]
    assert len(quoted) == 600
    assert quoted.endswith("…")


def test_addresses_are_masked() -> None:
    message = answer(explain("550 5.1.1 <john.doe@example.org>: user unknown"), shareable=True)

    assert "john.doe" not in json.dumps(message)
    assert "j•••@example.org" in shown(message)


@pytest.mark.parametrize(
    "explanation",
    [
        pytest.param(explain(HOSTILE), id="a reply"),
        pytest.param(explain(HOSTILE + " x" * 20_000), id="40,000 characters"),
        pytest.param(
            Explanation(
                "notice",
                tuple(
                    Failure(
                        cause="unknown",
                        reply_code="550",
                        enhanced_status_code=f"5.0.{number}",
                        final_recipient=HOSTILE,
                        diagnostic_code=HOSTILE,
                        remote_mta=HOSTILE,
                        reporting_mta=HOSTILE,
                        provider=HOSTILE,
                        blocklist=HOSTILE,
                        decided_by=HOSTILE,
                    )
                    for number in range(30)
                ),
                text=HOSTILE,
            ),
            id="every field of a notice",
        ),
    ],
)
def test_a_strangers_text_stands_only_where_slack_reads_nothing_into_it(explanation: Explanation) -> None:
    message = answer(explanation, shareable=True)

    assert_slack_takes(message)
    assert "<!channel>" in "".join(texts_of(message, "text"))
    for text in (message["text"], *texts_of(message, "mrkdwn", "plain_text")):
        assert "!channel" not in text
        assert "evil.example" not in text
        assert "*x*" not in text
    for character in "\0\x1b\u202e\udcff":
        assert character not in shown(message)


def test_answers_for_the_same_code_do_not_share_their_list_of_blocks() -> None:
    first = answer(explain("452"))
    first["blocks"].append({"type": "divider"})

    assert answer(explain("452"))["blocks"] == first["blocks"][:-1]
