"""The hall's screen of a roll call: the code of the moment in big digits, and as a picture to scan.

``/rollcall/PAGE`` is the page, ``/rollcall/PAGE/now`` what it shows at this moment (JSON, asked for every second),
``/rollcall/PAGE/code.svg`` the picture. An address that opens nothing gets the same answer everywhere and is never logged.
"""

from collections.abc import Mapping
from pathlib import Path

from aiohttp import web

from bot.clock import Clock
from bot.web.screen import HEADERS, code_picture
from study.rollcall_screen import HallScreen
from study.rollcalls import RollCalls

_STATIC = Path(__file__).with_name("static")


def rollcall_routes(calls: RollCalls, clock: Clock, words: Mapping[str, str]) -> web.RouteTableDef:
    """Everything under ``/rollcall``; ``words`` are what stands on the page, in the programme's language."""
    routes = web.RouteTableDef()

    async def opened(request: web.Request) -> HallScreen:
        screen = await calls.screen(request.match_info["page"], now=clock.now())
        if screen is None:
            raise web.HTTPNotFound(headers=HEADERS)
        return screen

    @routes.get("/rollcall/{page}")
    async def page(request: web.Request) -> web.StreamResponse:
        await opened(request)
        return web.FileResponse(
            _STATIC / "rollcall.html", headers={**HEADERS, "Content-Type": "text/html; charset=utf-8"}
        )

    @routes.get("/rollcall/{page}/now")
    async def now(request: web.Request) -> web.Response:
        screen = await opened(request)
        return web.json_response(
            {
                "title": screen.title,
                "unit": screen.unit,
                "code": screen.code,
                "left": round(screen.left, 1),
                "seconds": screen.seconds,
                "came": screen.came,
                "expected": screen.expected,
                "open": screen.is_open,
                "words": dict(words),
            },
            headers=HEADERS,
        )

    @routes.get("/rollcall/{page}/code.svg")
    async def picture(request: web.Request) -> web.Response:
        screen = await opened(request)
        if not screen.link:
            raise web.HTTPNotFound(headers=HEADERS)
        return web.Response(body=code_picture(screen.link), content_type="image/svg+xml", headers=HEADERS)

    return routes
