"""The judge of the playground, limit by limit."""

from typing import Any

import pytest

from bot.playground.limits import judge_message, judge_view, refusal

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def section(text: str) -> Json:
    return {"type": "section", "text": mrkdwn(text)}


def button(**more: Any) -> Json:
    return {"type": "button", "text": plain("Share"), **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def rich(*parts: Json, kind: str = "rich_text_section") -> Json:
    return {"type": "rich_text", "elements": [{"type": kind, "elements": list(parts)}]}


def table(rows: int = 1, cells: int = 1, text: str = "x") -> Json:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": text}] * cells for _ in range(rows)]}


def option(value: str = "a") -> Json:
    return {"text": plain("A"), "value": value}


def container(*children: Json, **more: Any) -> Json:
    return {"type": "container", "title": plain("More"), "child_blocks": list(children), **more}


GOOD = [
    pytest.param([section("*550* &lt;joe&gt; &amp; co")], id="a section"),
    pytest.param([{"type": "section", "fields": [mrkdwn("a"), plain("b")]}], id="a section of fields"),
    pytest.param([{"type": "section", "text": plain("x"), "accessory": button()}], id="a button at the side"),
    pytest.param([{"type": "header", "text": plain("x" * 150)}], id="a header of 150 characters"),
    pytest.param([{"type": "context", "elements": [mrkdwn("a")] * 10}], id="ten things in a context"),
    pytest.param([actions(*(button(action_id=str(n)) for n in range(25)))], id="25 buttons"),
    pytest.param([actions(button(style="primary", value="v" * 2000))], id="a button with a long value"),
    pytest.param([actions(button(url="https://www.rfc-editor.org/rfc/rfc5321"))], id="a link button"),
    pytest.param([actions({"type": "overflow", "options": [option(), option("b")]})], id="an overflow menu"),
    pytest.param([actions({"type": "static_select", "options": [option()]})], id="a select menu"),
    pytest.param([rich({"type": "text", "text": "<!channel> & <x>"})], id="rich text is literal"),
    pytest.param([rich({"type": "text", "text": "550"}, kind="rich_text_preformatted")], id="preformatted rich text"),
    pytest.param([table(100, 20)], id="the biggest table"),
    pytest.param([container(section("a"), table())], id="a container"),
    pytest.param([{"type": "divider"}] * 50, id="50 blocks"),
    pytest.param([{"type": "image", "image_url": "https://example.org/x.png", "alt_text": "a chart"}], id="an image"),
    pytest.param([{"type": "markdown", "text": "**bold**"}], id="a markdown block"),
]


@pytest.mark.parametrize("blocks", GOOD)
def test_takes_good_blocks(blocks: list[Json]) -> None:
    assert judge_message({"text": "fallback", "blocks": blocks}) == []


REFUSED = [
    pytest.param([{"type": "divider"}] * 51, "51 blocks", id="51 blocks"),
    pytest.param([{"type": "marquee"}], "no block has the type 'marquee'", id="an unknown kind of block"),
    pytest.param([{"type": ["section"]}], "no block has the type", id="a kind that is no word"),
    pytest.param(["section"], "no block has the type None", id="a block that is no object"),
    pytest.param([section("x" * 3001)], "3001 characters, more than 3000", id="a long section"),
    pytest.param([section("")], "an empty string", id="an empty section"),
    pytest.param([{"type": "section"}], "a section has text or fields", id="a section of nothing"),
    pytest.param([{"type": "section", "txt": mrkdwn("x")}], "unknown property txt", id="a mistyped property"),
    pytest.param([{"type": "section", "fields": [mrkdwn("a")] * 11}], "11 items", id="eleven fields"),
    pytest.param([{"type": "section", "fields": [mrkdwn("a" * 2001)]}], "2001 characters", id="a long field"),
    pytest.param([{"type": "header", "text": plain("x" * 151)}], "151 characters", id="a long header"),
    pytest.param([{"type": "header", "text": mrkdwn("x")}], "plain_text is missing", id="markup in a header"),
    pytest.param([{"type": "context", "elements": [mrkdwn("a")] * 11}], "11 items", id="a full context"),
    pytest.param([{"type": "context", "elements": []}], "0 items", id="an empty context"),
    pytest.param([{"type": "context", "elements": [button()]}], "text object", id="a button in a context"),
    pytest.param([actions(*(button(action_id=str(n)) for n in range(26)))], "26 items", id="26 buttons"),
    pytest.param([actions(button(text=plain("x" * 76)))], "76 characters", id="a long button"),
    pytest.param([actions(button(value="v" * 2001))], "2001 characters", id="a long value"),
    pytest.param([actions(button(url="javascript:alert(1)"))], "no web address", id="a script for an address"),
    pytest.param([actions(button(url="https://e.org/" + "x" * 3000))], "3014 characters", id="a long address"),
    pytest.param([actions(button(action_id="a" * 256))], "256 characters", id="a long action_id"),
    pytest.param([actions(button(style="fancy"))], "'fancy' is not one of", id="an unknown style"),
    pytest.param([actions(button(accessibility_label="x" * 76))], "76 characters", id="a long label"),
    pytest.param(
        [actions(button(action_id="a"), button(action_id="a"))],
        "action_id 'a' is there 2",
        id="two of one action",
    ),
    pytest.param([{"type": "divider", "block_id": "a"}] * 2, "block_id 'a' is there 2", id="two of one block_id"),
    pytest.param([{"type": "divider", "block_id": "a" * 256}], "256 characters", id="a long block_id"),
    pytest.param([rich({"type": "text", "text": ""})], "an empty string", id="an empty text in rich text"),
    pytest.param([rich({"type": "bold", "text": "x"})], "no place in rich text", id="an unknown part"),
    pytest.param(
        [rich({"type": "user", "user_id": "U1"}, kind="rich_text_preformatted")],
        "only text and links",
        id="a mention in preformatted text",
    ),
    pytest.param([table(101)], "101 items", id="a table of 101 rows"),
    pytest.param([table(1, 21)], "21 items", id="a table of 21 columns"),
    pytest.param([table(11, 1, "x" * 1000)], "11000 characters in a table", id="a table of many words"),
    pytest.param([table(), table()], "2 table blocks", id="two tables"),
    pytest.param([container(table()), table()], "2 table blocks", id="two tables, one in a container"),
    pytest.param([container(*[section("a")] * 11)], "11 items", id="eleven blocks in a container"),
    pytest.param([container(container(section("a")))], "no place in a container", id="nested containers"),
    pytest.param([container(section("x" * 3001))], "3001 characters", id="a long section in a container"),
    pytest.param([{"type": "alert", "text": plain("x")}], "not shown in message", id="an alert in a message"),
    pytest.param([{"type": "image", "image_url": "https://e.org/x"}], "a string is missing", id="no alt_text"),
    pytest.param([{"type": "markdown", "text": "x" * 12_001}], "12001 characters", id="a long markdown block"),
    pytest.param([actions({"type": "overflow", "options": [option()] * 6})], "6 items", id="six in an overflow"),
    pytest.param([actions({"type": "static_select"})], "either options or", id="a menu of nothing"),
]


@pytest.mark.parametrize(("blocks", "complaint"), REFUSED)
def test_refuses_bad_blocks(blocks: list[Json], complaint: str) -> None:
    found = judge_message({"text": "fallback", "blocks": blocks})
    assert refusal(found) == "invalid_blocks"
    assert complaint in " / ".join(map(str, found))


@pytest.mark.parametrize(
    ("message", "error", "complaint"),
    [
        pytest.param({}, "no_text", "neither text nor blocks", id="nothing at all"),
        pytest.param({"text": " \n"}, "no_text", "neither text nor blocks", id="only white space"),
        pytest.param({"text": "x" * 40_001}, "msg_too_long", "more than 40000", id="too long"),
        pytest.param({"text": "x" * 4_001}, None, "more than the 4000 advised", id="longer than advised"),
        pytest.param({"blocks": [section("x")]}, None, "no text beside", id="blocks without a fallback"),
        pytest.param(
            {"text": "x" * 301, "blocks": [section("x")]},
            None,
            "300 advised",
            id="a fallback that is a letter",
        ),
        pytest.param({"text": "x", "blocks": {}}, "invalid_blocks_format", "no list", id="blocks are no list"),
        pytest.param(
            {"text": "x", "blocks": [section("x" * 2700) for _ in range(5)]},
            "msg_blocks_too_long",
            "13500 characters",
            id="much text in all blocks",
        ),
        pytest.param(
            {"text": "x", "blocks": [section("x" * 2500) for _ in range(5)]},
            None,
            "12000 advised",
            id="nearly so",
        ),
        pytest.param({"text": "<!channel> 550"}, None, "rings for many: <!channel>", id="<!channel>"),
        pytest.param({"text": "<!subteam^S1|ops>"}, None, "rings for many", id="a user group"),
        pytest.param(
            {"text": "x", "blocks": [section("<!here>")]},
            None,
            "/blocks/0/text/text",
            id="<!here> in a section",
        ),
        pytest.param(
            {"text": "x", "blocks": [{"type": "markdown", "text": "<!everyone>"}]},
            None,
            "rings for many",
            id="<!everyone> in markdown",
        ),
        pytest.param(
            {"text": "x", "blocks": [rich({"type": "broadcast", "range": "here"})]},
            None,
            "rings for many",
            id="a broadcast in rich text",
        ),
        pytest.param({"text": "1 < 2"}, None, "stands unescaped", id="an open bracket"),
        pytest.param({"text": "AT&T"}, None, "stands unescaped", id="an ampersand"),
        pytest.param({"text": "AT&amp;T <https://e.org|x> <@U1>"}, None, "", id="escaped, with tokens"),
        pytest.param(
            {"text": "x", "blocks": [actions(button(style="primary"), button(style="primary"))]},
            None,
            "more than one primary",
            id="two primary buttons",
        ),
        pytest.param(
            {"text": "x", "blocks": [actions(button(text=plain("Share 🎉")))]},
            None,
            "an emoji",
            id="a merry button",
        ),
        pytest.param(
            {"text": "x", "attachments": [{"blocks": [{"type": "marquee"}]}]},
            "invalid_blocks",
            "/attachments/0/blocks/0",
            id="bad blocks in an attachment",
        ),
        pytest.param({"text": "x", "attachments": [{}] * 101}, "too_many_attachments", "100", id="attachments"),
    ],
)
def test_judges_a_message(message: Json, error: str | None, complaint: str) -> None:
    found = judge_message(message)
    assert refusal(found) == error
    assert complaint in " / ".join(map(str, found))
    assert bool(found) == bool(complaint)


@pytest.mark.parametrize(
    ("more", "complaint"),
    [
        pytest.param({"unfurl_links": False, "unfurl_media": False}, "", id="unfurling is off"),
        pytest.param({"unfurl_links": "0", "unfurl_media": "false"}, "", id="off, in a form"),
        pytest.param({"unfurl_media": False}, "unfurl_links is not off", id="links unfurl"),
        pytest.param(
            {"unfurl_links": False, "unfurl_media": False, "reply_broadcast": True},
            "reply_broadcast is on",
            id="a reply for the whole channel",
        ),
        pytest.param(
            {"unfurl_links": False, "unfurl_media": False, "link_names": 1},
            "link_names is on",
            id="names are linked",
        ),
    ],
)
def test_judges_how_a_message_is_posted(more: Json, complaint: str) -> None:
    assert "".join(map(str, judge_message({"text": "x", **more}, posted=True))) == complaint


def modal(*blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": plain("Explain a bounce"), "blocks": list(blocks), **more}


INPUT = {
    "type": "input",
    "label": plain("Bounce"),
    "element": {"type": "plain_text_input", "action_id": "bounce", "multiline": True},
}


@pytest.mark.parametrize(
    ("view", "complaint"),
    [
        pytest.param(modal(INPUT, submit=plain("Explain")), "", id="a modal with an input"),
        pytest.param({"type": "home", "blocks": [section("x")] * 100}, "", id="a Home of 100 blocks"),
        pytest.param({"type": "home", "blocks": [section("x")] * 101}, "101 blocks", id="a Home of 101 blocks"),
        pytest.param(modal(INPUT), "needs a submit", id="a modal that cannot be sent"),
        pytest.param(modal(section("x"), title=plain("x" * 25)), "25 characters", id="a long title"),
        pytest.param(modal(section("x"), titel="x"), "unknown property titel", id="a mistyped property"),
        pytest.param(modal(table()), "not shown in modal", id="a table in a modal"),
        pytest.param(modal({"type": "alert", "text": plain("x")}), "", id="an alert in a modal"),
        pytest.param({"type": "window"}, "of type modal or home", id="neither modal nor Home"),
        pytest.param([], "of type modal or home", id="no object"),
    ],
)
def test_judges_a_view(view: Any, complaint: str) -> None:
    found = judge_view(view)
    assert complaint in " / ".join(map(str, found))
    assert bool(found) == bool(complaint)
