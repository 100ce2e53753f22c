"""How requests reach the app: Socket Mode envelopes or signed HTTP, acknowledged in time or tried again."""

import asyncio
import hashlib
import hmac
import json
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Literal
from urllib.parse import urlencode

import aiohttp
from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.playground.faults import Faults
from bot.playground.strict_json import read_json

Json = dict[str, Any]
Kind = Literal["events_api", "slash_commands", "interactive"]

# Slack's own limit on the connections of one app.
MOST_CONNECTIONS = 10


class NotDeliveredError(Exception):
    """A request that the app did not take; the reason in Slack's words."""

    def __init__(self, reason: str, *, retry: bool = True) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry = retry


class Line:
    """One open socket of the app."""

    def __init__(self, websocket: WebSocket) -> None:
        self._websocket = websocket
        self._waiting: dict[str, asyncio.Future[Json]] = {}
        self._closed = asyncio.Event()

    async def serve(self, hello: Json) -> None:
        """Greet, then take acknowledgements until the socket closes."""
        try:
            await self._websocket.send_json(hello)
            while True:
                self._acknowledged(await self._websocket.receive_text())
        except (WebSocketDisconnect, RuntimeError, KeyError):
            # A frame that is no text, or a socket that went away, ends the line.
            return
        finally:
            self._closed.set()
            for future in self._waiting.values():
                if not future.done():
                    future.set_exception(NotDeliveredError("connection_failed"))

    async def send(self, envelope: Json, patience: float) -> Json:
        """Send an envelope and wait for its acknowledgement; give the payload that came with it."""
        envelope_id: str = envelope["envelope_id"]
        future = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = future
        try:
            async with asyncio.timeout(patience):
                await self._websocket.send_json(envelope)
                answer: Json = await future
                return answer
        except TimeoutError:
            raise NotDeliveredError("timeout") from None
        except (WebSocketDisconnect, RuntimeError):
            raise NotDeliveredError("connection_failed") from None
        finally:
            del self._waiting[envelope_id]
            if future.done() and not future.cancelled():
                future.exception()

    async def drop(self) -> None:
        """Ask for a new connection as Slack does when it refreshes, then close this one."""
        with suppress(WebSocketDisconnect, RuntimeError):
            await self._websocket.send_json({"type": "disconnect", "reason": "refresh_requested"})
            with suppress(TimeoutError):
                async with asyncio.timeout(1):
                    await self._closed.wait()
                    return
            await self._websocket.close()

    async def close(self) -> None:
        """Close the socket without a word."""
        with suppress(WebSocketDisconnect, RuntimeError):
            await self._websocket.close()

    def _acknowledged(self, text: str) -> None:
        try:
            answer = read_json(text)
        except ValueError:
            return
        if isinstance(answer, dict) and (future := self._waiting.get(str(answer.get("envelope_id")))):
            payload = answer.get("payload")
            if not future.done():
                future.set_result(payload if isinstance(payload, dict) else {})


class Courier:
    """Delivers to the app, by socket or by signed HTTP."""

    def __init__(self, signing_secret: str, faults: Faults, notify: Callable[[], None]) -> None:
        self._signing_secret = signing_secret.encode()
        self._faults = faults
        self._notify = notify
        self._lines: list[Line] = []
        self._session: aiohttp.ClientSession | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._connected = asyncio.Event()
        self.url: str | None = None

    @property
    def connected(self) -> bool:
        """Whether there is somebody to deliver to."""
        return bool(self._lines) or self.url is not None

    @property
    def under_way(self) -> int:
        """How many events are being delivered just now."""
        return len(self._tasks)

    def deliver_to(self, url: str) -> None:
        """Deliver to this address from now on, signed."""
        self.url = url
        self._notify()

    async def serve(self, websocket: WebSocket, app_id: str) -> None:
        """Keep one socket of the app until it closes."""
        line = Line(websocket)
        self._lines.append(line)
        self._connected.set()
        self._notify()
        info = {"connection_info": {"app_id": app_id}, "debug_info": {"host": "playground"}}
        try:
            await line.serve({"type": "hello", "num_connections": len(self._lines), **info})
        finally:
            if line in self._lines:
                self._lines.remove(line)
            if not self._lines:
                self._connected.clear()
            self._notify()

    @property
    def full(self) -> bool:
        """Whether the app has all the connections that it may have."""
        return len(self._lines) >= MOST_CONNECTIONS

    async def drop(self) -> None:
        """Close all sockets; the app is expected to come back."""
        lines, self._lines = self._lines, []
        self._connected.clear()
        self._notify()
        await asyncio.gather(*(line.drop() for line in lines))

    async def close(self) -> None:
        """Give up what is under way and let go of everything."""
        self._connected.set()  # nobody waits for the app any longer
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(line.close() for line in self._lines))
        if self._session:
            await self._session.close()

    async def ask(self, kind: Kind, payload: Json) -> Json:
        """Deliver a command or an interaction, once; give what the app answered with its acknowledgement."""
        return await self._send(kind, payload, 0, "")

    def send_event(self, body: Json) -> None:
        """Deliver an event in the background, with Slack's retries: the same event_id each time."""
        task = asyncio.create_task(self._deliver(body))
        self._tasks.add(task)
        task.add_done_callback(self._delivered)

    def _delivered(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._notify()

    async def _deliver(self, body: Json) -> None:
        attempt, reason = 0, ""
        while True:
            copies = max(1, self._faults.repeat)
            sends = (self._send("events_api", body, attempt, reason) for _ in range(copies))
            results = await asyncio.gather(*sends, return_exceptions=True)
            failures = [result for result in results if isinstance(result, NotDeliveredError)]
            taken = len(failures) < len(results)
            if taken or not failures[0].retry or attempt >= len(self._faults.retry_delays):
                return
            await asyncio.sleep(self._faults.retry_delays[attempt])
            attempt, reason = attempt + 1, failures[0].reason

    async def _send(self, kind: Kind, payload: Json, attempt: int, reason: str) -> Json:
        if self.url is not None:
            return await self._post(self.url, kind, payload, attempt, reason)
        with suppress(TimeoutError):
            async with asyncio.timeout(self._faults.patience):
                await self._connected.wait()
        if not self._lines:
            raise NotDeliveredError("connection_failed")
        envelope: Json = {
            "envelope_id": str(uuid.uuid4()),
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        if kind == "events_api":
            envelope |= {"retry_attempt": attempt, "retry_reason": reason}
        return await self._lines[-1].send(envelope, self._faults.patience)

    async def _post(self, url: str, kind: Kind, payload: Json, attempt: int, reason: str) -> Json:
        content_type = "application/json" if kind == "events_api" else "application/x-www-form-urlencoded"
        body = _encode(kind, payload)
        headers = {"Content-Type": content_type, "User-Agent": "Slackbot 1.0 (playground)", **self.sign(body)}
        if attempt:
            headers |= {
                "X-Slack-Retry-Num": str(attempt),
                "X-Slack-Retry-Reason": "http_timeout" if reason == "timeout" else reason,
            }
        if self._session is None:
            self._session = aiohttp.ClientSession()
        timeout = aiohttp.ClientTimeout(total=self._faults.patience)
        try:
            post = self._session.post(url, data=body, headers=headers, timeout=timeout, allow_redirects=False)
            async with post as response:
                answer = await response.text(errors="replace")
                if not response.ok:
                    retry = response.headers.get("X-Slack-No-Retry") != "1"
                    raise NotDeliveredError("http_error", retry=retry)
                return _decode(answer, response.content_type)
        except TimeoutError:
            raise NotDeliveredError("timeout") from None
        except aiohttp.ClientError:
            raise NotDeliveredError("connection_failed") from None

    def sign(self, body: bytes) -> dict[str, str]:
        """Sign a body as Slack does: HMAC-SHA256 over version, time and body."""
        now = str(int(time.time()))
        digest = hmac.new(self._signing_secret, b"v0:" + now.encode() + b":" + body, hashlib.sha256)
        return {"X-Slack-Request-Timestamp": now, "X-Slack-Signature": f"v0={digest.hexdigest()}"}


def _encode(kind: Kind, payload: Json) -> bytes:
    if kind == "events_api":
        return json.dumps(payload).encode()
    fields = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return urlencode(fields).encode()


def _decode(answer: str, content_type: str) -> Json:
    """Read the body of an acknowledgement: JSON, or plain text that becomes the message's text."""
    if content_type == "application/json":
        try:
            payload = read_json(answer)
        except ValueError:
            raise NotDeliveredError("http_error") from None
        return payload if isinstance(payload, dict) else {}
    return {"text": answer} if answer else {}
