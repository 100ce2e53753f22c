"""The text of Slack messages, as people and bots meant it."""

from typing import Any

import pytest

from bot.slack.message import MOST_CHARACTERS, plain, readings

REPLY = "550 5.1.1 <jo@example.org>: no such user & no alias"
ESCAPED = "550 5.1.1 &lt;jo@example.org&gt;: no such user &amp; no alias"


def rich(*elements: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"type": "rich_text", "elements": list(elements)}]


def section(*inline: dict[str, Any], kind: str = "rich_text_section") -> dict[str, Any]:
    return {"type": kind, "elements": list(inline)}


def text(value: str) -> dict[str, Any]:
    return {"type": "text", "text": value}


def mrkdwn(value: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": value}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(ESCAPED, REPLY, id="the three escapes"),
        pytest.param("&amp;lt;", "&lt;", id="unescaped once only"),
        pytest.param("<mailto:a@b.c|a@b.c>", "a@b.c", id="an address"),
        pytest.param("<mailto:a@b.c>", "a@b.c", id="an address without a label"),
        pytest.param("&lt;<mailto:a@b.c|a@b.c>&gt;", "<a@b.c>", id="an address in brackets"),
        pytest.param("<http://mx.b.c|mx.b.c>[192.0.2.1]", "mx.b.c[192.0.2.1]", id="a host"),
        pytest.param("<https://support.google.com/a?x=1&amp;y=2>", "https://support.google.com/a?x=1&y=2", id="a link"),
        pytest.param("<@U0BOT> 550", "550", id="a mention"),
        pytest.param("<@U0BOT|rebond> 550", "550", id="a mention with a name"),
        pytest.param("<#C1|mail> <!subteam^S1|@ops> 550", "mail @ops 550", id="a channel and a group"),
        pytest.param("<!here> 550", "550", id="everybody"),
        pytest.param("550 <not a link>", "550 <not a link>", id="brackets that are no link"),
        pytest.param("<" * 1000, "<" * 1000, id="nothing but brackets"),
    ],
)
def test_plain(given: str, expected: str) -> None:
    assert plain(given) == expected


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        pytest.param({"text": ESCAPED}, (REPLY,), id="text alone"),
        pytest.param(
            {"text": ESCAPED, "blocks": rich(section(text(REPLY), kind="rich_text_preformatted"))},
            (REPLY,),
            id="what the composer sends: said once",
        ),
        pytest.param(
            {
                "text": "<@U0> ```55\\*0```",
                "blocks": rich(
                    section({"type": "user", "user_id": "U0"}, text(" ")),
                    section(text("550 *literal* &amp;"), kind="rich_text_preformatted"),
                ),
            },
            ("550 *literal* &amp;", "```55\\*0```"),
            id="preformatted text is literal",
        ),
        pytest.param(
            {"blocks": rich(section(text("for "), {"type": "link", "url": "mailto:a@b.c", "text": "a@b.c"}))},
            ("for a@b.c",),
            id="a link in rich text",
        ),
        pytest.param(
            {"blocks": rich(section(text("RCPT <"), {"type": "link", "url": "mailto:a@b.c"}, text(">")))},
            ("RCPT <a@b.c>",),
            id="a link without a label",
        ),
        pytest.param(
            {"blocks": rich({"type": "rich_text_list", "elements": [section(text("one")), section(text("two"))]})},
            ("one\ntwo",),
            id="a list",
        ),
        pytest.param({"blocks": rich(section(text(REPLY), kind="rich_text_quote"))}, (REPLY,), id="a quote"),
        pytest.param(
            {
                "text": "New bounce",
                "blocks": [
                    {"type": "header", "text": {"type": "plain_text", "text": "Bounce"}},
                    {"type": "section", "text": mrkdwn(ESCAPED), "fields": [mrkdwn("*to*"), mrkdwn("b.c")]},
                    {"type": "context", "elements": [mrkdwn("mx1"), {"type": "image", "alt_text": ""}]},
                    {"type": "divider"},
                ],
            },
            (f"Bounce\n{REPLY}\n*to*\nb.c\nmx1", "New bounce"),
            id="another bot's blocks come before its summary",
        ),
        pytest.param(
            {
                "blocks": [
                    {
                        "type": "table",
                        "rows": [[{"type": "raw_text", "text": "550"}, rich(section(text("no")))[0]]],
                    }
                ]
            },
            ("550\tno",),
            id="a table",
        ),
        pytest.param({"blocks": [{"type": "markdown", "text": "> 550"}]}, ("> 550",), id="markdown"),
        pytest.param(
            {"blocks": [{"type": "container", "child_blocks": [{"type": "section", "text": mrkdwn("550")}]}]},
            ("550",),
            id="blocks in a container",
        ),
        pytest.param(
            {
                "text": "Alert",
                "attachments": [
                    {
                        "pretext": "mail",
                        "title": "Bounce",
                        "text": ESCAPED,
                        "fields": [{"title": "Host", "value": "mx1"}, {"value": "b"}],
                        "fallback": "said again",
                    }
                ],
            },
            (f"Alert\nmail\nBounce\n{REPLY}\nHost: mx1\nb", "Alert"),
            id="attachments of old",
        ),
        pytest.param({"attachments": [{"fallback": "550 only"}]}, ("550 only",), id="a fallback alone"),
        pytest.param(
            {"attachments": [{"blocks": [{"type": "section", "text": mrkdwn("550")}], "fallback": "[no preview]"}]},
            ("550",),
            id="blocks in an attachment",
        ),
        pytest.param(
            {"attachments": [{"message_blocks": [{"message": {"blocks": rich(section(text("550 forwarded")))}}]}]},
            ("550 forwarded",),
            id="a forwarded message",
        ),
        pytest.param({"text": "  "}, (), id="nothing"),
        pytest.param({}, (), id="nothing at all"),
    ],
)
def test_readings(message: dict[str, Any], expected: tuple[str, ...]) -> None:
    assert readings(message) == expected


HOSTILE: list[Any] = [
    None,
    0,
    -1.5,
    True,
    "",
    "550",
    [],
    {},
    [None],
    [[]],
    [{}],
    {"text": None},
    [{"type": None}],
]


@pytest.mark.parametrize("key", ["text", "blocks", "attachments"])
@pytest.mark.parametrize("value", HOSTILE, ids=repr)
def test_any_shape_is_read(key: str, value: object) -> None:
    assert isinstance(readings({key: value}), tuple)


@pytest.mark.parametrize("kind", ["rich_text", "section", "context", "table", "container", None])
@pytest.mark.parametrize("key", ["elements", "text", "fields", "rows", "blocks", "title"])
@pytest.mark.parametrize("value", HOSTILE, ids=repr)
def test_any_block_is_read(kind: str | None, key: str, value: object) -> None:
    assert isinstance(readings({"blocks": [{"type": kind, key: value}]}), tuple)


def test_blocks_without_end_are_read_in_bounded_time_and_length() -> None:
    deep: list[Any] = []
    for _ in range(400):
        deep = [{"type": "container", "blocks": deep, "text": mrkdwn("x")}]
    assert len(readings({"blocks": deep})[0]) < 100
    wide = [{"type": "section", "text": mrkdwn("y" * 3000)}] * 10_000
    assert len(readings({"blocks": wide})[0]) <= MOST_CHARACTERS
    assert len(readings({"text": "z" * 10 * MOST_CHARACTERS})[0]) <= MOST_CHARACTERS
