"""Requests that are broken, huge, forged or strange: a clean 4xx or a sentence; nothing is logged."""

import copy
import hashlib
import hmac
import io
import json
import logging
import random
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest

from bot.logs import SLACK_LIBRARIES, PlaceAndKind
from bot.playground import Playground
from bot.settings import EVENTS_PATH
from tests.running import running_bot
from tests.slack_person import Person

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
SECRET = "jo.secret@example.org"

COMMAND = {"command": "/smtp", "text": SECRET, "user_id": "U1", "channel_id": "C1", "team_id": "T1"}
EVENT = {
    "type": "event_callback",
    "event_id": "Ev1",
    "team_id": "T1",
    "event": {"type": "app_mention", "user": "U1", "channel": "C1", "ts": "1.1", "text": SECRET},
}
SHORTCUT = {
    "type": "message_action",
    "callback_id": "explain_this_bounce",
    "user": {"id": "U1"},
    "team": {"id": "T1"},
    "channel": {"id": "C1"},
    "message": {"ts": "1.1", "text": SECRET},
    "response_url": "ftp://127.0.0.1/",
}
ACTION = {
    "type": "block_actions",
    "user": {"id": "U1"},
    "team": {"id": "T1"},
    "channel": {"id": "C1"},
    "container": {"message_ts": "1.1"},
    "actions": [{"action_id": "share_in_channel", "block_id": "b", "value": SECRET, "type": "button"}],
    "response_url": "ftp://127.0.0.1/",
}


class Forger:
    """Posts to the bot whatever a test likes, signed or not."""

    def __init__(self, session: aiohttp.ClientSession, url: str, secret: str) -> None:
        self._session, self._url, self._secret = session, url, secret

    def sign(self, body: bytes, timestamp: str | None = None) -> dict[str, str]:
        """Sign a body as Slack does."""
        timestamp = timestamp or str(int(time.time()))
        base = b"v0:" + timestamp.encode() + b":" + body
        signature = hmac.new(self._secret.encode(), base, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={signature}"}

    async def post(self, body: bytes, kind: str = JSON, headers: dict[str, str] | None = None) -> tuple[int, str]:
        """Post a body, signed unless headers are given; returns status and answer."""
        headers = {"Content-Type": kind, **(self.sign(body) if headers is None else headers)}
        async with self._session.post(self._url, data=io.BytesIO(body), headers=headers) as response:
            return response.status, await response.text()


@pytest.fixture
async def forger(slack: Playground) -> AsyncIterator[Forger]:
    async with running_bot(slack, "http") as url, aiohttp.ClientSession() as session:
        yield Forger(session, url + EVENTS_PATH, slack.signing_secret)


def payload(value: object) -> bytes:
    return urlencode({"payload": value if isinstance(value, str) else json.dumps(value)}).encode()


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        pytest.param(b"{", JSON, 400, id="broken JSON"),
        pytest.param(b"[]", JSON, 400, id="a list"),
        pytest.param(b"[[" + b"]]", JSON, 400, id="a list of lists"),
        pytest.param(b"17", JSON, 400, id="a number"),
        pytest.param(b"null", JSON, 400, id="null"),
        pytest.param(b'"text"', JSON, 400, id="a string"),
        pytest.param(b"[" * 5000 + b"]" * 5000, JSON, 400, id="a deep list"),
        pytest.param(b'{"a":' * 5000 + b"1" + b"}" * 5000, JSON, 400, id="a deep object"),
        pytest.param(b'{"text": "\xff\xfe"}', JSON, 400, id="not UTF-8"),
        pytest.param(b"command=%2Fsmtp&text=\xff", FORM, 400, id="a command that is not UTF-8"),
        pytest.param(b"{" + b" " * 3_000_000 + b"}", JSON, 413, id="3 MB"),
        pytest.param(payload("{"), FORM, 400, id="a broken payload"),
        pytest.param(payload([]), FORM, 400, id="a payload that is a list"),
        pytest.param(payload(17), FORM, 400, id="a payload that is a number"),
        pytest.param(payload("[" * 5000 + "]" * 5000), FORM, 400, id="a deep payload"),
        pytest.param(payload({"type": "block_actions", "actions": []}), FORM, 400, id="no action"),
        pytest.param(payload({"type": "block_actions", "actions": [1]}), FORM, 400, id="a number as action"),
        pytest.param(b'{"type": "event_callback", "event": []}', JSON, 400, id="an event that is a list"),
        pytest.param(b"{}", JSON, 404, id="an empty object"),
        pytest.param(b"", FORM, 404, id="nothing"),
        pytest.param(b'{"type": "event_callback"}', JSON, 404, id="no event"),
        pytest.param(b'{"type": "event_callback", "event": {}}', JSON, 404, id="an empty event"),
        pytest.param(b"command=%2Fother&text=x", FORM, 404, id="another command"),
    ],
)  # fmt: skip
async def test_a_signed_request_that_is_broken_gets_a_clean_refusal(
    forger: Forger, body: bytes, kind: str, status: int
) -> None:
    answered, text = await forger.post(body, kind)
    assert answered == status
    assert "Traceback" not in text


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"X-Slack-Signature": "v0=" + "0" * 64}, id="a wrong signature"),
        pytest.param({"X-Slack-Signature": "v0=é"}, id="a signature that is not ASCII"),
        pytest.param({"X-Slack-Signature": ""}, id="an empty signature"),
        pytest.param({"X-Slack-Request-Timestamp": "soon"}, id="a timestamp in words"),
        pytest.param({"X-Slack-Request-Timestamp": "1e9"}, id="a timestamp that is no whole number"),
        pytest.param({"X-Slack-Request-Timestamp": "9" * 5000}, id="a timestamp without end"),
        pytest.param({"X-Slack-Request-Timestamp": ""}, id="an empty timestamp"),
        pytest.param({"X-Slack-Request-Timestamp": "1000000000"}, id="an old timestamp"),
    ],
)
async def test_a_request_that_slack_did_not_sign_is_refused(forger: Forger, change: dict[str, str]) -> None:
    body = urlencode(COMMAND).encode()
    assert (await forger.post(body, FORM, forger.sign(body) | change))[0] == 401


async def test_an_old_request_is_refused_although_it_is_signed(forger: Forger) -> None:
    body = urlencode(COMMAND).encode()
    old = str(int(time.time()) - 3600)
    assert (await forger.post(body, FORM, forger.sign(body, old)))[0] == 401


async def test_a_request_without_signature_is_refused(forger: Forger) -> None:
    assert (await forger.post(urlencode(COMMAND).encode(), FORM, {}))[0] == 401


async def test_slack_s_question_for_the_address_is_answered(forger: Forger) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "abc"}).encode()
    status, text = await forger.post(body)
    assert (status, json.loads(text)) == (200, {"challenge": "abc"})


@pytest.mark.parametrize("given", ["", "x" * 40_000, "🙃" * 500, "\0", "\u202e550", "&lt;" * 5000, "=" * 1000])
async def test_any_text_of_a_command_gets_an_answer(forger: Forger, given: str) -> None:
    status, text = await forger.post(urlencode(COMMAND | {"text": given}).encode(), FORM)
    assert status == 200
    assert json.loads(text)["blocks"]


STRANGE: list[Any] = [None, 0, 1e308, True, "", "x", [], {}, [[]], [{}], {"id": None}, {"type": []}]


async def test_a_signed_request_of_any_shape_gets_no_5xx(slack: Playground, forger: Forger) -> None:
    """Every field of every kind of request is left out, and made strange; then several at random."""
    dice = random.Random(17)
    for sample in (EVENT, SHORTCUT, ACTION):
        for strange in [*mutations(sample), *(mutate_at_random(sample, dice) for _ in range(150))]:
            body = json.dumps(strange).encode() if sample is EVENT else payload(strange)
            await assert_clean(forger, body, JSON if sample is EVENT else FORM)
    for name in COMMAND:
        for value in ("", "x", "[]", "{"):
            await assert_clean(forger, urlencode(COMMAND | {name: value}).encode(), FORM)
        without = {key: value for key, value in COMMAND.items() if key != name}
        await assert_clean(forger, urlencode(without).encode(), FORM)
    slack.complaints.clear()  # strange requests have strange answers; what counts is that there are some


def mutations(sample: Any) -> list[Any]:
    """Return copies of a structure, each with one part left out or made strange."""
    return [changed(sample, path, value) for path in paths(sample) for value in (*STRANGE, ...)]


def mutate_at_random(sample: Any, dice: random.Random) -> Any:
    for _ in range(3):
        if known := list(paths(sample)):
            sample = changed(sample, dice.choice(known), dice.choice([*STRANGE, ...]))
    return sample


def paths(structure: Any) -> Iterator[tuple[Any, ...]]:
    """Give the way to every part of a structure."""
    if isinstance(structure, dict | list):
        for key in structure if isinstance(structure, dict) else range(len(structure)):
            yield (key,)
            yield from ((key, *rest) for rest in paths(structure[key]))


def changed(structure: Any, path: tuple[Any, ...], value: object) -> Any:
    """Copy a structure with one part changed; `...` takes it out."""
    copied = part = copy.deepcopy(structure)
    for key in path[:-1]:
        part = part[key]
    if value is ...:
        del part[path[-1]]
    else:
        part[path[-1]] = value
    return copied


async def assert_clean(forger: Forger, body: bytes, kind: str) -> None:
    status, text = await forger.post(body, kind)
    assert status < 500, body
    assert "Traceback" not in text


@pytest.fixture
def everything_logged(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """The log at its most talkative, as it is written: through the filter of our handler."""
    reduce = PlaceAndKind()
    caplog.handler.addFilter(reduce)
    caplog.set_level(logging.DEBUG)
    yield caplog
    caplog.handler.removeFilter(reduce)


async def test_no_text_reaches_the_log(
    everything_logged: pytest.LogCaptureFixture,
    slack: Playground,
    forger: Forger,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    command, event = urlencode(COMMAND).encode(), json.dumps(EVENT).encode()
    async with Person(slack.url) as ada:
        await ada.say(f"@rebond {SECRET}")
        await ada.sees_ephemeral()
        await ada.sees_reply(await ada.say(f"@rebond 550 5.1.1 <{SECRET}>"))
        slack.faults.rate_limited, slack.faults.retry_after = 4, 0
        await ada.say_directly(f"550 5.1.1 <{SECRET}>")
        await ada.sees(lambda each: "reference" in each["text"])
    await forger.post(command, FORM)
    await forger.post(command, FORM, {})
    await forger.post(command, FORM, forger.sign(command) | {"X-Slack-Signature": "v0=" + "0" * 64})
    await forger.post(command.replace(b"smtp", b"other"), FORM)
    await forger.post(event)
    await forger.post(event.replace(b"app_mention", b"message"))
    await forger.post(event.replace(b"app_mention", b"reaction_added"))
    await forger.post(event[:-1])
    await forger.post(event + b"\xff")
    await forger.post(b'{"type": "event_callback", "event": ["%s"]}' % SECRET.encode())
    for interaction in (SHORTCUT, ACTION):
        await forger.post(payload(interaction), FORM)
        await forger.post(payload(json.dumps(interaction)[:-1]), FORM)
        await forger.post(payload(interaction | {"callback_id": SECRET, "actions": [{"action_id": SECRET}]}), FORM)
    assert everything_logged.records
    assert "secret" not in everything_logged.text
    assert "jo" not in everything_logged.text.replace("json", "").replace("join", "")


def test_bolt_and_the_sdk_are_quiet_even_where_the_root_logger_is_not(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    SLACK_LIBRARIES.info("body: %s", SECRET)
    SLACK_LIBRARIES.error("body: %s", SECRET, exc_info=ValueError(SECRET))
    assert SECRET not in caplog.text
    assert "(ValueError)" in caplog.text
