"""The web side: Slack's signed requests for Bolt, with a guard in front; health and metrics."""

import logging
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.adapter.asgi.http_request import AsgiHttpRequest
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.app import Rebond
from bot.logs import where
from bot.settings import EVENTS_PATH

log = logging.getLogger(__name__)

MOST_BYTES = 1_000_000

_TIMESTAMP = re.compile(r"[0-9]{1,15}")

_SHAPES: Mapping[str, type] = {
    "type": str,
    "event": dict,
    "message": dict,
    "container": dict,
    "callback_id": str,
    "response_url": str,
    "actions": list,
    "view": dict,
}

Health = Callable[[], Awaitable[bool]]


class SlackRequests(AsyncSlackRequestHandler):
    """
    Bolt's ASGI adapter with a guard in front.

    Bolt by itself reads a body of any size, and answers 500 with a traceback where a body is
    not UTF-8, broken, a list or too deep, or where the timestamp is no number.
    """

    def __init__(self, rebond: Rebond, elsewhere: ASGIApp) -> None:
        super().__init__(rebond.app, EVENTS_PATH)
        self._took = rebond.metrics.took
        self._elsewhere = elsewhere

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take Slack's requests; everything else is for the application behind."""
        if scope["type"] != "http" or scope["path"] != EVENTS_PATH:
            await self._elsewhere(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)  # type: ignore[arg-type]

    async def dispatch(self, request: AsgiHttpRequest) -> BoltResponse:
        """Read a request within bounds and let Bolt answer it; a bad one gets a 4xx and is not logged."""
        started = time.perf_counter()
        body = await _read(request)
        if body is None:
            return _refusal(413, "too large")
        headers = request.get_headers()
        if not _could_be_signed(headers):
            return _refusal(401, "not signed")
        try:
            bolt_request = AsyncBoltRequest(body=body.decode(), query=request.query_string, headers=headers)
        except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
            return _refusal(400, "not a request of Slack's")
        if not is_well_formed(bolt_request.body):
            return _refusal(400, "not a request of Slack's")
        try:
            response = await self.app.async_dispatch(bolt_request)
        except Exception as error:  # Bolt's own error handling stumbles over some bodies
            log.error("request refused: %s", where(error))
            return _refusal(400, "not a request of Slack's")
        self._took(time.perf_counter() - started)
        return response


def is_well_formed(body: Mapping[str, Any]) -> bool:
    """
    Tell whether the parts of a body that Bolt and the handlers walk through have their usual shape.

    What is missing is no fault: then no handler is meant. A command is flat, and its values are strings.
    """
    if "command" in body:
        return True
    if not all(isinstance(body[name], kind) for name, kind in _SHAPES.items() if name in body):
        return False
    if "actions" not in body:
        return True
    return bool(body["actions"]) and all(
        isinstance(action, dict) and isinstance(action.get("action_id"), str) for action in body["actions"]
    )


def _could_be_signed(headers: Mapping[str, Any]) -> bool:
    """Tell whether Bolt can check the signature: it stumbles over what is no number, or not ASCII."""
    timestamp, signature = headers.get("x-slack-request-timestamp", "0"), headers.get("x-slack-signature", "")
    return bool(_TIMESTAMP.fullmatch(timestamp)) and signature.isascii()


async def _read(request: AsgiHttpRequest) -> bytes | None:
    """Read the body; None where it is larger than anything that Slack sends."""
    body = b""
    while True:
        part = await request.receive()
        body += part.get("body", b"")
        if len(body) > MOST_BYTES:
            return None
        if not part.get("more_body"):
            return bytes(body)


def _refusal(status: int, reason: str) -> BoltResponse:
    return BoltResponse(status=status, body={"error": reason})


def build_web_app(rebond: Rebond, healthy: Health, *, slack_requests: bool) -> ASGIApp:
    """Build the ASGI application: GET /healthz, GET /metrics, and POST /slack/events where Slack calls us."""

    async def healthz(_: Request) -> Response:
        if await healthy():
            return PlainTextResponse("ok\n")
        return PlainTextResponse("not connected to Slack\n", status_code=503)

    async def metrics(_: Request) -> Response:
        return Response(rebond.metrics.text(), headers={"content-type": CONTENT_TYPE_LATEST})

    pages = Starlette(routes=[Route("/healthz", healthz), Route("/metrics", metrics)])
    return SlackRequests(rebond, pages) if slack_requests else pages
