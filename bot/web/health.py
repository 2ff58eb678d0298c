"""``/health`` and ``/metrics``, on an address of their own."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.health import Health, State
from bot.web.metrics import CONTENT_TYPE
from handlers.texts import Texts


def health_routes(health: Health, t: Texts) -> web.RouteTableDef:
    """``/health`` for people, ``/health/live`` and ``/health/ready`` for programs: 200, or 503 with the reasons."""
    routes = web.RouteTableDef()

    @routes.get("/health")
    async def both(_request: web.Request) -> web.Response:
        state = await health.look()
        told = {"live": state.live, "ready": state.ready, **_told(state, t)}
        return web.json_response(told, status=_status(state.ready))

    @routes.get("/health/live")
    async def live(_request: web.Request) -> web.Response:
        is_live = await health.is_live()
        return web.json_response({"live": is_live}, status=_status(is_live))

    @routes.get("/health/ready")
    async def ready(_request: web.Request) -> web.Response:
        state = await health.look()
        return web.json_response({"ready": state.ready, **_told(state, t)}, status=_status(state.ready))

    return routes


def short_health_routes(health: Health) -> web.RouteTableDef:
    """``/health`` on the address of the pages, which the whole internet may reach: as short as it has always been."""
    routes = web.RouteTableDef()

    @routes.get("/health")
    async def short(_request: web.Request) -> web.Response:
        state = await health.look()
        trouble = state.troubles[0].code if state.troubles else None
        told = {"ready": state.ready, "trouble": trouble, "waiting": state.waiting}
        return web.json_response(told, status=_status(state.ready))

    return routes


def metrics_routes(exposition: Callable[[], Awaitable[bytes]]) -> web.RouteTableDef:
    """``/metrics`` in Prometheus' text format."""
    routes = web.RouteTableDef()

    @routes.get("/metrics")
    async def metrics(_request: web.Request) -> web.Response:
        return web.Response(body=await exposition(), headers={"Content-Type": CONTENT_TYPE})

    return routes


def _told(state: State, t: Texts) -> dict[str, object]:
    reasons = [{"code": trouble.code, "says": trouble.says(t)} for trouble in state.troubles]
    return {"reasons": reasons, "waiting": state.waiting}


def _status(is_well: bool) -> int:
    return 200 if is_well else 503
