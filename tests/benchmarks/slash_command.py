"""
Requests a second, p50 and p99 of `/smtp …` over HTTP, beside a bare Bolt handler in the same run.

    python -m tests.benchmarks.slash_command [SECONDS]

Both servers run as in production, each in a process of its own: uvicorn, signatures checked, a small Slack
for auth.test. The texts differ from request to request: in the names that stand in replies, as in real life, and in a
second round in their very words. The bare handler acknowledges each with a fixed text.
"""

import asyncio
import hashlib
import hmac
import itertools
import os
import socket
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlencode

from bot.operator.manifest import manifest
from bot.playground import Playground
from bot.settings import EVENTS_PATH

ROOT = Path(__file__).parent.parent.parent
CONNECTIONS = 16
ROUNDS = 3

BARE = """
import asyncio, os, uvicorn
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

client = AsyncWebClient(token=os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])
client.proxy = None
app = AsyncApp(client=client, signing_secret=os.environ["SLACK_SIGNING_SECRET"], process_before_response=True)

@app.command("/smtp")
async def smtp(ack):
    await ack("452: insufficient system storage")

uvicorn.run(AsyncSlackRequestHandler(app), host="127.0.0.1", port=int(os.environ["PORT"]), log_level="error")
"""


def texts() -> Iterator[str]:
    """Give what people type: codes, and replies of which no two are alike, as they differ in real life."""
    codes = ["452", "5.7.26", "4xx", "550", "421", "552 5.2.2", "550 5.7.1", "45x", "554", "5.1.1"]
    for number in itertools.count():
        yield codes[number % len(codes)]
        yield f"550 5.1.1 <jo{number}@example.org>: user unknown (queue id 4B{number:08X})"


def new_words() -> Iterator[str]:
    """Give replies whose words no two share, so that nothing that was worked out before helps."""
    for number in itertools.count():
        yield f"550 5.1.1 no user called j{number}o here, said server{number}"


def request(text: str, secret: str) -> bytes:
    """Build a signed request as it goes over the wire."""
    body = urlencode(
        {
            "token": "t",
            "team_id": "T0001",
            "team_domain": "example",
            "channel_id": "C2147483705",
            "channel_name": "ops",
            "user_id": "U2147483697",
            "user_name": "ada",
            "command": "/smtp",
            "text": text,
            "api_app_id": "A123456",
            "is_enterprise_install": "false",
            "response_url": "https://hooks.slack.com/commands/1234/5678",
            "trigger_id": "13345224609.738474920.8088930838d88f008e0",
        }
    ).encode()
    now = str(int(time.time()))
    signature = hmac.new(secret.encode(), b"v0:" + now.encode() + b":" + body, hashlib.sha256).hexdigest()
    head = (
        f"POST {EVENTS_PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: Slackbot 1.0\r\nAccept: */*\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
        f"X-Slack-Request-Timestamp: {now}\r\nX-Slack-Signature: v0={signature}\r\n\r\n"
    )
    return head.encode() + body


async def load(port: int, secret: str, seconds: float, stream: Iterator[str]) -> tuple[float, float, float]:
    """Send requests over some connections; returns requests a second, p50 and p99 in milliseconds."""
    end = time.perf_counter() + seconds
    took: list[float] = []

    async def connection() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while time.perf_counter() < end:
            wire = request(next(stream), secret)
            started = time.perf_counter()
            writer.write(wire)
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200"), head
            length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
            await reader.readexactly(length)
            took.append(time.perf_counter() - started)
        writer.close()

    await asyncio.gather(*(connection() for _ in range(CONNECTIONS)))
    percentiles = statistics.quantiles(took, n=100)
    return len(took) / seconds, percentiles[49] * 1000, percentiles[98] * 1000


@asynccontextmanager
async def server(slack: Playground, *command: str):  # type: ignore[no-untyped-def]
    """Run a server until it takes connections; gives its port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url,
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "PYTHONPATH": str(ROOT),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, *command, env={**os.environ, **environment}, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        while process.returncode is None:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.05)
            else:
                writer.close()
                break
        yield port
    finally:
        process.terminate()
        await process.wait()


async def main(seconds: float) -> None:
    """Measure both in turns, for both kinds of texts, and print every round and the ratio of the medians."""
    async with (
        Playground(manifest()) as slack,
        server(slack, "-c", BARE) as bare,
        server(slack, "-m", "bot", "run") as ours,
    ):
        ports = {"bare Bolt": bare, "Rebond": ours}
        for kind, stream in (("names differ", texts()), ("words differ", new_words())):
            rates: dict[str, list[float]] = {name: [] for name in ports}
            for port in ports.values():
                await load(port, slack.signing_secret, 1, stream)
            for _ in range(ROUNDS):
                for name, port in ports.items():
                    rate, p50, p99 = await load(port, slack.signing_secret, seconds, stream)
                    rates[name].append(rate)
                    print(f"{kind}: {name:10} {rate:7.0f} requests/s   p50 {p50:6.2f} ms   p99 {p99:6.2f} ms")
            ratio = statistics.median(rates["Rebond"]) / statistics.median(rates["bare Bolt"])
            print(f"{kind}: Rebond reaches {ratio:.2f} of the requests a second of a bare Bolt handler")


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1]) if len(sys.argv) > 1 else 5))
