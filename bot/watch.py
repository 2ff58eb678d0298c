"""Lets the bot be watched: counts what happens in it, and serves ``/health`` and ``/metrics``."""

import structlog

from bot.config import Config
from bot.health import Health, Sources
from bot.web.health import health_routes, metrics_routes
from bot.web.metrics import Exposition
from bot.web.server import Server
from handlers.texts import texts

log = structlog.get_logger()


class Watch:
    """Sees without being seen: what is watched must not fail for want of a watcher."""

    def __init__(self, config: Config, sources: Sources, health: Health) -> None:
        place = config.health
        self._server: Server | None = None
        if place.is_on:
            words = texts(config.programme.language, config.programme.zone)
            self._server = Server(
                place.host, place.port, health_routes(health, words), metrics_routes(Exposition(sources, health))
            )

    async def start(self) -> None:
        """Serve, if that is wanted; an address that cannot be had is told of and missed by whoever watches."""
        if self._server is None:
            return
        try:
            await self._server.start()
        except OSError as error:
            log.error("health and metrics cannot be served; the bot runs without", reason=str(error))

    async def stop(self) -> None:
        """Serve no more; a no-op if nothing is served."""
        if self._server is not None:
            await self._server.stop()
