"""The HTTP side of the API: who calls, with which arguments, and how the answer looks."""

import re
import secrets
from contextlib import suppress
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from bot.playground import other_bot_api, person_api, response_url, web_api
from bot.playground.arguments import Arguments
from bot.playground.errors import SlackError
from bot.playground.files import MOST_BYTES
from bot.playground.hub import Call, Hub
from bot.playground.strict_json import read_json
from bot.playground.workspace import Json, Member

MOST_BODY = 1_000_000

_PERSON = re.compile(r"xoxp-([\w.-]{1,80})")
_OTHER_BOT = re.compile(r"xoxb-([a-z][\w.-]{0,79})")


def routes(hub: Hub) -> list[BaseRoute]:
    """Give the routes of the API, the socket and the uploads."""

    async def api(request: Request) -> Response:
        try:
            return await _call(hub, request)
        except SlackError as error:
            return JSONResponse(error.as_json(), error.status, error.headers)

    async def respond(request: Request) -> Response:
        try:
            body = _read_json(await read_body(request, MOST_BODY))
            response_url.answer(hub, request.path_params["key"], body)
        except SlackError as error:
            return JSONResponse(error.as_json(), error.status if error.status != 200 else 400)
        return PlainTextResponse("ok")

    async def upload(request: Request) -> Response:
        try:
            body = await read_body(request, MOST_BYTES)
            content = _uploaded(body, request.headers.get("content-type", ""))
            hub.files.upload(request.path_params["key"], content)
        except SlackError as error:
            return JSONResponse(error.as_json(), error.status)
        return PlainTextResponse(f"OK - {len(content)}")

    async def download(request: Request) -> Response:
        try:
            _may_read_files(hub, _token(request, dict(request.query_params)))
            file = hub.files.find(request.path_params["id"])
        except SlackError as error:
            return JSONResponse(error.as_json(), 404)
        # Whatever was uploaded, a browser must not run it as part of the page.
        harmless = {
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
        }
        return Response(file.content, media_type=file.mimetype, headers=harmless)

    async def socket(websocket: WebSocket) -> None:
        ticket = websocket.query_params.get("ticket", "")
        if ticket not in hub.tickets or hub.courier.full:
            await websocket.close()
            return
        hub.tickets.discard(ticket)
        await websocket.accept()
        await hub.courier.serve(websocket, str(hub.workspace.bot.app_id))

    return [
        Route("/api/{method}", api, methods=["GET", "POST"]),
        Route("/response/{key}", respond, methods=["POST"]),
        Route("/upload/{key}", upload, methods=["POST"]),
        Route("/files/{id}/download", download),
        WebSocketRoute("/socket", socket),
    ]


async def read_body(request: Request, most: int) -> bytes:
    """Read a body of a bounded size."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise SlackError("request_too_large", status=413)
    return bytes(body)


def person_of(hub: Hub, token: str) -> Member | None:
    """Find the person whose token this is."""
    match = _PERSON.fullmatch(token)
    return hub.workspace.person(match.group(1)) if match else None


async def _call(hub: Hub, request: Request) -> Response:
    method = request.path_params["method"]
    values = await _values(request)
    token = _token(request, values)
    arguments = Arguments(values)
    if secrets.compare_digest(token.encode(), hub.bot_token.encode()):
        return await _call_as_app(hub, method, arguments)
    if secrets.compare_digest(token.encode(), hub.app_token.encode()):
        return JSONResponse(_open_connection(hub, method))
    if person := person_of(hub, token):
        return JSONResponse(await person_api.call(hub, person, method, arguments))
    if match := _OTHER_BOT.fullmatch(token):
        bot = hub.workspace.other_bot(match.group(1))
        return JSONResponse(await other_bot_api.call(hub, bot, method, arguments))
    raise SlackError("invalid_auth" if token else "not_authed")


async def _call_as_app(hub: Hub, method: str, arguments: Arguments) -> Response:
    hub.calls.append(Call(method, arguments.values))
    hub.workspace.notify()
    if hub.faults.slow:
        with suppress(TimeoutError):
            await hub.workspace.until(lambda: False, hub.faults.slow)
    if hub.faults.rate_limited > 0:
        hub.faults.rate_limited -= 1
        raise SlackError("ratelimited", status=429, headers={"Retry-After": str(hub.faults.retry_after)})
    scopes = {"X-OAuth-Scopes": ",".join(sorted(hub.scopes))}
    try:
        return JSONResponse(await web_api.call(hub, method, arguments), headers=scopes)
    except SlackError as error:
        error.headers |= scopes
        raise


def _open_connection(hub: Hub, method: str) -> Json:
    if method != "apps.connections.open":
        raise SlackError("not_allowed_token_type")
    ticket = secrets.token_hex(16)
    hub.tickets.add(ticket)
    return {"ok": True, "url": f"{hub.url.replace('http', 'ws', 1)}/socket?ticket={ticket}"}


def _may_read_files(hub: Hub, token: str) -> None:
    if secrets.compare_digest(token.encode(), hub.bot_token.encode()):
        hub.need_scope("files:read")
    elif not person_of(hub, token):
        raise SlackError("invalid_auth")


def _token(request: Request, values: Json) -> str:
    """Take the token out of the header or the arguments."""
    in_arguments = values.pop("token", "")
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else str(in_arguments)


async def _values(request: Request) -> Json:
    body = await read_body(request, MOST_BODY)
    values: Json = dict(request.query_params)
    if request.headers.get("content-type", "").startswith("application/json"):
        return values | (_read_json(body) if body else {})
    try:
        return values | dict(parse_qsl(body.decode(), keep_blank_values=True, errors="strict"))
    except ValueError:
        raise SlackError("invalid_form_data", status=400) from None


def _read_json(body: bytes) -> Json:
    try:
        values: Any = read_json(body)
    except ValueError:
        raise SlackError("invalid_json", status=400) from None
    if not isinstance(values, dict):
        raise SlackError("json_not_object", status=400)
    return values


def _uploaded(body: bytes, content_type: str) -> bytes:
    """Take the file out of an upload: the body itself, or the first file of a form."""
    if not content_type.startswith("multipart/form-data"):
        return body
    form = BytesParser(policy=HTTP).parsebytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body)
    for part in form.walk():
        if isinstance(part, EmailMessage) and part.get_filename():
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                return content
    raise SlackError("no_file_data", status=400)
