"""The running program: health, metrics, a clear word where it cannot start, and a clean end."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

import bot.serve
from bot.playground import Playground
from tests.running import running_bot
from tests.slack_person import Person

ROOT = Path(__file__).parent.parent
FULL = "552 5.2.2 mailbox is full"


@asynccontextmanager
async def program(folder: Path, *arguments: str, **variables: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run `rebond` in an empty folder, with these variables and no others of ours."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *arguments),
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "HOST": "127.0.0.1", **variables},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def ended(process: asyncio.subprocess.Process) -> tuple[int | None, str]:
    async with asyncio.timeout(20):
        said = await process.communicate()
    return process.returncode, b"".join(said).decode()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


def tokens(slack: Playground, transport: str) -> dict[str, str]:
    way = {
        "socket": {"SLACK_APP_TOKEN": slack.app_token},
        "http": {"SLACK_SIGNING_SECRET": slack.signing_secret},
    }
    return {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_API_URL": slack.api_url, **way[transport]}


# While it runs


@pytest.mark.parametrize("transport", ["socket", "http"])
async def test_it_tells_that_it_is_well_and_counts_its_answers(slack: Playground, transport: str) -> None:
    async with running_bot(slack, transport) as url, aiohttp.ClientSession(url) as session:
        async with session.get("/healthz") as health:
            assert health.status == 200
        async with Person(slack.url) as ada:
            await ada.command("/smtp", "452")
        async with session.get("/metrics") as metrics:
            text = await metrics.text()
        assert 'rebond_answers_total{kind="code",surface="command"} 1.0' in text
        assert "rebond_request_seconds_count 1.0" in text
        async with session.get("/") as elsewhere:
            assert elsewhere.status == 404
        async with session.get("/slack/events") as wrong_method:
            assert wrong_method.status == 404


async def test_it_is_not_well_while_the_socket_is_away_and_comes_back(slack: Playground) -> None:
    async with (
        running_bot(slack, "socket") as url,
        aiohttp.ClientSession(url) as session,
        Person(slack.url) as ada,
    ):
        slack.faults.slow = 1
        dropping = asyncio.create_task(slack.drop())
        await slack.until(lambda: not slack.connected)
        async with session.get("/healthz") as health:
            assert health.status in {200, 503}
        await dropping
        await slack.bot_connected()
        assert (await ada.command("/smtp", "452"))["text"]
        async with session.get("/healthz") as health:
            assert health.status == 200


@pytest.mark.parametrize("transport", ["socket", "http"])
async def test_what_the_machine_says_elsewhere_does_not_lead_it_astray(
    slack: Playground, monkeypatch: pytest.MonkeyPatch, transport: str
) -> None:
    """The SDK would send loopback through a proxy, and Bolt turn to OAuth."""
    for name in ("HTTPS_PROXY", "HTTP_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_BOT_TOKEN"):
        monkeypatch.setenv(name, "somebody else's")
    async with running_bot(slack, transport), Person(slack.url) as ada:
        question = await ada.say(f"@rebond {FULL}")
        await ada.sees_reply(question)
        await ada.shortcut("explain_this_bounce", question)
        assert "mailbox is full" in (await ada.sees_ephemeral())["text"]


class LateTickets(set[str]):
    """Tickets of which the first has expired before it is used."""

    def add(self, ticket: str) -> None:
        if not hasattr(self, "expired"):
            self.expired = ticket
        elif ticket != self.expired:
            super().add(ticket)


async def test_an_address_that_has_expired_is_not_tried_for_ever(
    slack: Playground, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.serve, "_PING", 0.1)
    slack.hub.tickets = LateTickets()
    async with running_bot(slack, "socket"):
        assert slack.connected


# Where it cannot start


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        pytest.param({}, ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"], id="no tokens"),
        pytest.param({"SLACK_BOT_TOKEN": "xoxb-1"}, ["SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"], id="half of them"),
        pytest.param({"PORT": "http"}, ["PORT", "SLACK_BOT_TOKEN"], id="a port that is no number"),
        pytest.param(
            {
                "SLACK_BOT_TOKEN": "xoxb-1",
                "SLACK_APP_TOKEN": "xapp-1",
                "SLACK_API_URL": "http://127.0.0.1:9/",
            },
            ["SLACK_API_URL"],
            id="no Slack there",
        ),
    ],
)
async def test_it_says_what_is_missing(tmp_path: Path, variables: dict[str, str], said: list[str]) -> None:
    async with program(tmp_path, "run", **{"PORT": str(free_port())} | variables) as process:
        status, text = await ended(process)
    assert status == 2
    assert all(name in text for name in said)
    assert "Traceback" not in text


@pytest.mark.parametrize(("wrong", "named"), [("SLACK_BOT_TOKEN", "xoxb-wrong"), ("SLACK_APP_TOKEN", "xapp-wrong")])
async def test_a_token_that_slack_refuses_is_named(tmp_path: Path, slack: Playground, wrong: str, named: str) -> None:
    variables = tokens(slack, "socket") | {wrong: named, "PORT": str(free_port())}
    async with program(tmp_path, "run", **variables) as process:
        status, text = await ended(process)
    assert status == 2
    assert wrong in text
    assert named not in text
    assert "Traceback" not in text


@pytest.mark.parametrize("command", ["run", "playground"])
async def test_a_port_that_is_taken_is_named(tmp_path: Path, slack: Playground, command: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        async with program(tmp_path, command, PORT=port, **tokens(slack, "http")) as process:
            status, text = await ended(process)
    assert status == 2
    assert port in text
    assert "PORT" in text
    assert "Traceback" not in text


# The end


@pytest.mark.parametrize("transport", ["socket", "http"])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_lets_it_finish_the_answer_under_way(
    tmp_path: Path, slack: Playground, transport: str, number: signal.Signals
) -> None:
    port = str(free_port())
    async with (
        program(tmp_path, "run", PORT=port, **tokens(slack, transport)) as process,
        Person(slack.url) as ada,
    ):
        if transport == "http":
            slack.deliver_to(f"http://127.0.0.1:{port}/slack/events")
        await ready(process)
        await slack.bot_connected()
        slack.faults.slow = 1
        question = await ada.say(f"@rebond {FULL}")
        await slack.delivered()  # acknowledged, and the answer is on its slow way
        process.send_signal(number)
        status, text = await ended(process)
        answers = [message for message in await ada.thread(question) if "bot_id" in message]
    assert status == 0
    assert len(answers) == 1
    assert "Traceback" not in text


async def ready(process: asyncio.subprocess.Process) -> None:
    assert process.stderr
    async with asyncio.timeout(20):
        while b"ready" not in await process.stderr.readline():
            pass


async def test_the_playground_runs_the_bot_until_it_is_told_to_end(tmp_path: Path) -> None:
    port = str(free_port())
    async with program(tmp_path, "playground", PORT=port) as process:
        assert process.stdout
        assert f"http://127.0.0.1:{port}" in (await process.stdout.readline()).decode()
        async with Person(f"http://127.0.0.1:{port}") as ada:
            assert "452" in (await ada.command("/smtp", "452"))["text"]
        process.send_signal(signal.SIGTERM)
        status, text = await ended(process)
    assert status == 0
    assert "Traceback" not in text
