"""Raw updates by long poll: as JSON, stamped when their bytes arrive, never as Telegram objects."""

from datetime import timedelta
from typing import Any

from bot.clock import Clock
from bot.delivery.request import AiohttpRequest, proxy_from_environment
from bot.ingest import KINDS, Batch

_WAIT = timedelta(seconds=50)
_GRACE = timedelta(seconds=10)
_MOST = 100


class StampedRequest(AiohttpRequest):
    """Remembers when the bytes of the last answer arrived; for one caller at a time."""

    __slots__ = ("_clock", "received_at")

    def __init__(self, clock: Clock, proxy: str | None) -> None:
        super().__init__(connections=2, proxy=proxy)
        self._clock = clock
        self.received_at = clock.now()

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """As its parent, and take the time."""
        answer = await super().do_request(*args, **kwargs)
        self.received_at = self._clock.now()
        return answer


class Fetcher:
    """Asks a Bot API server for updates."""

    def __init__(self, api_url: str, token: str, clock: Clock) -> None:
        self._url = f"{api_url.rstrip('/')}/bot{token}/getUpdates"
        self._request = StampedRequest(clock, proxy_from_environment(api_url))

    async def open(self) -> None:
        """Connect."""
        await self._request.initialize()

    async def close(self) -> None:
        """Disconnect; what was fetched and not stored will be given again."""
        await self._request.shutdown()

    async def __call__(self, offset: int | None, *, wait: bool) -> Batch:
        """The next updates, up to 100; waits for the first up to 50 seconds if asked to.

        Raises:
            telegram.error.TelegramError: no answer, or a refusal (409 ``Conflict``: a second poller).
        """
        asked: dict[str, object] = {
            "timeout": int(_WAIT.total_seconds()) if wait else 0,
            "limit": _MOST,
            "allowed_updates": list(KINDS),
        }
        if offset is not None:
            asked["offset"] = offset
        updates = await self._request.call(self._url, asked, read_timeout=(_WAIT + _GRACE).total_seconds())
        if not isinstance(updates, list):
            updates = []
        return Batch(updates, self._request.received_at)
