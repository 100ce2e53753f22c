"""Text as it is typed, and what Slack makes of it."""

import time
from typing import Any

import pytest

from bot.playground.composer import Directory, compose, normalise

DIRECTORY = Directory(
    user={"rebond": "UREBOND", "ada": "UADA", "jean.luc": "UJEAN"}.get, channel={"general": "CGENERAL"}.get
)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        pytest.param("550 5.1.1 No such user", "550 5.1.1 No such user", id="plain text"),
        pytest.param("a < b & c > d", "a &lt; b &amp; c &gt; d", id="reserved characters are escaped"),
        pytest.param("&amp;", "&amp;amp;", id="an entity that was typed is escaped too"),
        pytest.param("<j@ex.org>", "&lt;<mailto:j@ex.org|j@ex.org>&gt;", id="an address is linked"),
        pytest.param("b+j=d.fr@ex.org", "<mailto:b+j=d.fr@ex.org|b+j=d.fr@ex.org>", id="a long local part"),
        pytest.param("see https://ex.org/a?b=1&c.", "see <https://ex.org/a?b=1&amp;c>.", id="a web address"),
        pytest.param("mx1.ex.org said", "<http://mx1.ex.org|mx1.ex.org> said", id="a bare domain is linked"),
        pytest.param("mx.ex.org[192.0.2.1]:25", "<http://mx.ex.org|mx.ex.org>[192.0.2.1]:25", id="a host of a log"),
        pytest.param("1.2.3.4 and 5.7.26", "1.2.3.4 and 5.7.26", id="numbers are no domains"),
        pytest.param("@rebond 452", "<@UREBOND> 452", id="a mention of the app"),
        pytest.param("@Ada", "@Ada", id="a name that nobody has"),
        pytest.param("thanks @jean.luc.", "thanks <@UJEAN>.", id="a name with a dot"),
        pytest.param("ops@rebond", "ops@rebond", id="an @ inside a word"),
        pytest.param("#general", "<#CGENERAL|general>", id="a channel"),
        pytest.param("#5.7.1", "#5.7.1", id="a code after a number sign"),
        pytest.param("@here", "<!here>", id="a mention of all who are here"),
        pytest.param("<@UREBOND>", "&lt;@UREBOND&gt;", id="a token that was typed is no mention"),
        pytest.param("`@ada j@ex.org`", "`@ada <mailto:j@ex.org|j@ex.org>`", id="code mentions nobody"),
        pytest.param("```\n550 <j@ex.org>\n```", "```550 &lt;<mailto:j@ex.org|j@ex.org>&gt;```", id="a code block"),
        pytest.param("> 550 no\n> such\nso?", "&gt; 550 no\n&gt; such\nso?", id="a quote"),
        pytest.param("boîte pleine 📮", "boîte pleine 📮", id="French, and an emoji"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_writes_the_text(typed: str, text: str) -> None:
    assert compose(typed, DIRECTORY).text == text


def elements(typed: str) -> list[dict[str, Any]]:
    (block,) = compose(typed, DIRECTORY).blocks
    assert block["type"] == "rich_text"
    found: list[dict[str, Any]] = block["elements"]
    return found


def test_writes_a_rich_text_block() -> None:
    assert elements("@rebond <j@ex.org> `x`") == [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "user", "user_id": "UREBOND"},
                {"type": "text", "text": " <"},
                {"type": "link", "url": "mailto:j@ex.org", "text": "j@ex.org"},
                {"type": "text", "text": "> "},
                {"type": "text", "text": "x", "style": {"code": True}},
            ],
        }
    ]


@pytest.mark.parametrize(
    ("typed", "styles"),
    [
        pytest.param("a *b c* d", [{}, {"bold": True}, {}], id="bold"),
        pytest.param("_b_", [{"italic": True}], id="italic"),
        pytest.param("~b~", [{"strike": True}], id="struck out"),
        pytest.param("*_b_*", [{"bold": True, "italic": True}], id="both"),
        pytest.param("2 * 3 * 4, a*b*c, snake_case_name, *** no ***, * no*", [{}], id="only signs"),
        pytest.param("`*b*`", [{"code": True}], id="in code"),
    ],
)
def test_reads_emphasis_as_slacks_composer_does(typed: str, styles: list[dict[str, bool]]) -> None:
    assert compose(typed, DIRECTORY).text == typed
    assert [element.get("style", {}) for element in elements(typed)[0]["elements"]] == styles


def test_reads_the_names_of_emoji_and_no_other_word_between_colons() -> None:
    assert elements(":tada: at 10:15:20: dsn:failed: x")[0]["elements"] == [
        {"type": "emoji", "name": "tada"},
        {"type": "text", "text": " at 10:15:20: dsn:failed: x"},
    ]


def test_keeps_a_code_block_whole_in_rich_text() -> None:
    said, code = elements("@rebond\n```550-5.7.26 *no*\n550 <!here>```")
    assert said["type"] == "rich_text_section"
    assert code == {
        "type": "rich_text_preformatted",
        "elements": [{"type": "text", "text": "550-5.7.26 *no*\n550 <!here>"}],
    }


def test_keeps_a_quote_apart_in_rich_text() -> None:
    assert [element["type"] for element in elements("look:\n> 550 no\nwhy?")] == [
        "rich_text_section",
        "rich_text_quote",
        "rich_text_section",
    ]


@pytest.mark.parametrize(
    ("sent", "text"),
    [
        pytest.param("<@U1> <#C1|x> <!here>", "<@U1> <#C1|x> <!here>", id="tokens stay"),
        pytest.param("a & b < c > d", "a &amp; b &lt; c &gt; d", id="what is no token is escaped"),
        pytest.param("&lt;x&gt; &amp; &quot;", "&lt;x&gt; &amp; &amp;quot;", id="Slack's three entities stay"),
        pytest.param("see https://ex.org/x.", "see <https://ex.org/x>.", id="an address is linked"),
        pytest.param("<https://ex.org|here>", "<https://ex.org|here>", id="a link stays"),
        pytest.param("<script>", "&lt;script&gt;", id="a tag is text"),
    ],
)
def test_normalises_what_an_app_sends(sent: str, text: str) -> None:
    assert normalise(sent) == text


@pytest.mark.parametrize(
    "piece", ["a", "a.", "a@", "http://", "@a", "#a.", "`", "```", "> ", "<", "a.com.", "é", "http://!"]
)
def test_no_text_is_slow(piece: str) -> None:
    begin = time.process_time()
    compose(piece * (40_000 // len(piece)), DIRECTORY)
    normalise(piece * (40_000 // len(piece)))
    assert time.process_time() - begin < 2
