"""The Bot API over HTTP: ``/bot<TOKEN>/<method>`` and ``/file/bot<TOKEN>/<path>``, with the faults that are staged."""

from __future__ import annotations

import asyncio
import mimetypes
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote

import orjson
from aiohttp import BodyPartReader, web

from sandbox.api import Answer
from sandbox.errors import ApiError, HungUp, bad_request, too_many_requests
from sandbox.faults import Fault
from sandbox.files import Upload
from sandbox.limits import UPLOAD_BYTES

if TYPE_CHECKING:
    from sandbox.server import Sandbox

_WORDS = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    413: "Request Entity Too Large",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}
_HTML = b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><h1>502 Bad Gateway</h1></body>\r\n</html>\r\n"


def routes(sandbox: Sandbox) -> list[web.AbstractRouteDef]:
    """The routes of the bot's side."""
    side = BotSide(sandbox)
    return [
        web.route("*", "/bot{token}/{method}", side.act),
        web.get("/file/bot{token}/{path:.+}", side.file),
    ]


class BotSide:
    """What a bot reaches."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    async def act(self, request: web.Request) -> web.StreamResponse:
        """One method call."""
        method = request.match_info["method"]
        if request.method not in {"GET", "POST"}:
            return _response(Answer.refusal(ApiError(405, "Method Not Allowed")))
        if unquote(request.match_info["token"]) not in self._sandbox.tokens:
            return _response(Answer.refusal(ApiError(401, "Unauthorized")))
        try:
            raw, uploads = await _read(request)
        except ApiError as error:
            return _response(Answer.refusal(error))
        fault = self._sandbox.faults.strike(method, raw.get("chat_id"))
        try:
            if fault is None:
                return _response(await self._sandbox.api.call(method, raw, uploads))
            return await self._troubled(request, method, raw, uploads, fault)
        except HungUp:
            return _hang_up(request)

    async def file(self, request: web.Request) -> web.StreamResponse:
        """The bytes of a file that ``getFile`` named."""
        if unquote(request.match_info["token"]) not in self._sandbox.tokens:
            return _response(Answer.refusal(ApiError(401, "Unauthorized")))
        stored = self._sandbox.world.files.at(request.match_info["path"])
        if stored is None:
            return _response(Answer.refusal(ApiError(404, "Not Found")))
        return web.Response(body=stored.upload.content, content_type="application/octet-stream")

    async def _troubled(
        self, request: web.Request, method: str, raw: dict[str, Any], uploads: dict[str, Upload], fault: Fault
    ) -> web.StreamResponse:
        api = self._sandbox.api
        match fault.kind:
            case "refuse":
                answer = Answer(0, b"", "connection refused")
                api.log(method, raw, uploads, answer, fault.kind)
                return _hang_up(request)
            case "html":
                api.log(method, raw, uploads, Answer(502, _HTML, "Bad Gateway"), fault.kind)
                return web.Response(status=502, body=_HTML, content_type="text/html")
            case "status" | "retry":
                answer = Answer.refusal(_staged(fault))
                api.log(method, raw, uploads, answer, fault.kind)
                return _response(answer)
        answer = await api.call(method, raw, uploads, fault=fault.kind)
        match fault.kind:
            case "lost":
                return _hang_up(request)
            case "hang":
                await self._sandbox.stopping.wait()
                return _hang_up(request)
            case "cut":
                return await _cut_off(request, answer)
            case "hold":
                await _either(fault.released, self._sandbox.stopping)
            case "delay":
                await _either(self._sandbox.stopping, None, fault.seconds)
        return _response(answer)


def _staged(fault: Fault) -> ApiError:
    if fault.kind == "retry":
        return too_many_requests(fault.retry_after)
    return ApiError(fault.code, fault.description or _WORDS.get(fault.code, "Error"))


def _response(answer: Answer) -> web.Response:
    return web.Response(status=answer.status, body=answer.body, content_type="application/json")


def _hang_up(request: web.Request) -> web.Response:
    """Close the connection without a word; what is returned reaches nobody."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)


async def _cut_off(request: web.Request, answer: Answer) -> web.StreamResponse:
    """Promise the whole body, send half of it, hang up."""
    response = web.StreamResponse(status=answer.status, headers={"Content-Length": str(len(answer.body))})
    response.content_type = "application/json"
    await response.prepare(request)
    await response.write(answer.body[: len(answer.body) // 2])
    if request.transport is not None:
        request.transport.close()
    return response


async def _either(first: asyncio.Event, second: asyncio.Event | None, seconds: float | None = None) -> None:
    waits = [asyncio.ensure_future(one.wait()) for one in (first, second) if one is not None]
    try:
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()


async def _read(request: web.Request) -> tuple[dict[str, Any], dict[str, Upload]]:
    """The parameters of a call, wherever they are: in the address, a form, JSON.

    Raises:
        ApiError: the body is too large or is not what it says it is.
    """
    raw: dict[str, Any] = dict(request.query)
    uploads: dict[str, Upload] = {}
    if request.content_length and request.content_length > UPLOAD_BYTES + 1024 * 1024:
        raise ApiError(413, "Request Entity Too Large")
    if request.content_type == "application/json":
        raw.update(_json(await request.read()))
    elif request.content_type == "multipart/form-data":
        try:
            await _read_parts(request, raw, uploads)
        except ValueError:
            raise bad_request("can't parse multipart request body") from None
    elif request.content_type == "application/x-www-form-urlencoded" and request.can_read_body:
        try:
            form = parse_qsl((await request.read()).decode(), keep_blank_values=True, errors="strict")
        except UnicodeDecodeError:
            raise bad_request("strings must be encoded in UTF-8") from None
        raw.update(form)
    return raw, uploads


def _json(body: bytes) -> dict[str, Any]:
    if not body:
        return {}
    try:
        parsed = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise bad_request("can't parse JSON encoded request body") from None
    if not isinstance(parsed, dict):
        raise bad_request("JSON encoded request body must be an object")
    return parsed


async def _read_parts(request: web.Request, raw: dict[str, Any], uploads: dict[str, Upload]) -> None:
    reader = await request.multipart()
    async for part in reader:
        if not isinstance(part, BodyPartReader) or part.name is None:
            raise bad_request("can't parse multipart request body")
        content = bytes(await part.read())
        if part.filename is None:
            try:
                raw[part.name] = content.decode()
            except UnicodeDecodeError:
                raise bad_request("strings must be encoded in UTF-8") from None
            continue
        if len(content) > UPLOAD_BYTES:
            raise ApiError(413, "Request Entity Too Large")
        guessed = mimetypes.guess_type(part.filename)[0]
        uploads[part.name] = Upload(part.filename, content, guessed or "application/octet-stream")
