"""The big screen over HTTP: its page, its live feed, the clock and the picture code for joining.

``/screen/TOKEN`` is the page, ``/screen/TOKEN/feed`` the live feed (server-sent events), ``/screen/TOKEN/join.svg`` the code
to scan, ``/screen/TOKEN/picture/N`` a picture of the question on show, ``/screen/clock`` the time, ``/screen/assets/…`` the page's own files. A token that opens nothing, whether it was
revoked, mistyped or guessed, gets the same answer everywhere. Tokens are never logged.
"""

import asyncio
import io
from collections.abc import Callable
from pathlib import Path

import segno
from aiohttp import web

from bot.clock import Clock
from quizzes.feed import Change, Gone
from quizzes.halls import Halls
from quizzes.screens import JOIN, Screens
from quizzes.tournament_halls import TournamentHalls
from storage.screens import ScreenRow

_STATIC = Path(__file__).with_name("static")
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
_PATIENCE = 20.0
"""Seconds that a viewer may take to accept what was sent; then the line is given up and the page comes back by itself."""
_VIEWERS = 500
"""The most that look at once; a hall needs one."""
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}

_KEPT = {"Cache-Control": "private, max-age=31536000, immutable"}
"""A stored picture never changes, and its address holds the token: it may be kept by the browser that was shown it."""


def screen_routes(
    screens: Screens, halls: Halls, arenas: TournamentHalls, clock: Clock, me: Callable[[], str]
) -> web.RouteTableDef:
    """Everything under ``/screen``; ``me`` is the bot's user name, for the link to join."""
    routes = web.RouteTableDef()
    assets = {path.name: path for path in _STATIC.iterdir() if path.suffix in _TYPES}
    looking: set[object] = set()

    async def opened(request: web.Request) -> ScreenRow:
        row = await screens.opened_by(request.match_info["token"])
        if row is None:
            raise web.HTTPNotFound(headers=HEADERS)
        return row

    def join_link(row: ScreenRow) -> str:
        return f"https://t.me/{me()}?start={JOIN}{row.join_key}"

    @routes.get("/screen/clock")
    async def time(_request: web.Request) -> web.Response:
        return web.Response(text=f"{clock.now().timestamp() * 1000:.1f}", headers=HEADERS)

    @routes.get("/screen/assets/{name}")
    async def asset(request: web.Request) -> web.StreamResponse:
        path = assets.get(request.match_info["name"])
        if path is None:
            raise web.HTTPNotFound(headers=HEADERS)
        return web.FileResponse(path, headers={**HEADERS, "Content-Type": f"{_TYPES[path.suffix]}; charset=utf-8"})

    @routes.get("/screen/{token}")
    async def page(request: web.Request) -> web.StreamResponse:
        await opened(request)
        return web.FileResponse(
            _STATIC / "screen.html", headers={**HEADERS, "Content-Type": "text/html; charset=utf-8"}
        )

    @routes.get("/screen/{token}/join.svg")
    async def join(request: web.Request) -> web.Response:
        row = await opened(request)
        if row.subject != "group":
            raise web.HTTPNotFound(headers=HEADERS)
        picture = code_picture(join_link(row))
        return web.Response(body=picture, content_type="image/svg+xml", headers=HEADERS)

    @routes.get(r"/screen/{token}/picture/{number:\d{1,15}}")
    async def picture(request: web.Request) -> web.Response:
        row = await opened(request)
        content = None
        if row.subject == "group":
            content = await halls.picture(row.subject_id, int(request.match_info["number"]))
        type_ = None if content is None else picture_type(content)
        if type_ is None:
            raise web.HTTPNotFound(headers=HEADERS)
        return web.Response(body=content, content_type=type_, headers={**HEADERS, **_KEPT})

    @routes.get("/screen/{token}/feed")
    async def feed(request: web.Request) -> web.StreamResponse:
        row = await opened(request)
        if len(looking) >= _VIEWERS:
            raise web.HTTPServiceUnavailable(headers=HEADERS)
        last = request.headers.get("Last-Event-ID") or request.query.get("last", "")
        mark = object()
        looking.add(mark)
        try:
            return await _stream(request, row, last)
        finally:
            looking.discard(mark)

    async def _stream(request: web.Request, row: ScreenRow, last: str) -> web.StreamResponse:
        if row.subject == "tournament":
            viewer = await arenas.view(row.subject_id, last=last)
        else:
            viewer = await halls.view(row.subject_id, join=join_link(row), last=last)
        response = web.StreamResponse(
            headers={**HEADERS, "Content-Type": "text/event-stream; charset=utf-8", "X-Accel-Buffering": "no"}
        )
        try:
            await response.prepare(request)
            await _written(response, b"retry: 1000\n\n")
            while True:
                what = await viewer.next()
                if isinstance(what, Change):
                    await _written(response, b"id: %s\ndata: %s\n\n" % (what.id.encode(), what.body))
                elif isinstance(what, Gone):
                    await _written(response, b"event: gone\ndata: -\n\n")
                    break
                else:
                    await _written(response, b"event: beat\ndata: -\n\n")
        except (ConnectionError, TimeoutError):
            # The viewer has gone, or does not read: it comes back by itself and gets the newest state then.
            if request.transport is not None:
                request.transport.abort()
        finally:
            viewer.leave()
        return response

    return routes


async def _written(response: web.StreamResponse, data: bytes) -> None:
    async with asyncio.timeout(_PATIENCE):
        await response.write(data)


def picture_type(content: bytes) -> str | None:
    """What a stored picture is, by its content."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    return "image/webp" if content[:4] == b"RIFF" and content[8:12] == b"WEBP" else None


def code_picture(link: str) -> bytes:
    """A link as a picture code (SVG) that a telephone reads from across a hall."""
    out = io.BytesIO()
    segno.make(link, error="m", micro=False).save(
        out,
        kind="svg",
        xmldecl=False,
        border=2,
        dark="#10201b",
        light="#ffffff",
        omitsize=True,
        svgclass=None,
        lineclass=None,
    )
    return out.getvalue()
