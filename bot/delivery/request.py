"""python-telegram-bot's network seam: short calls over :mod:`bot.delivery.wire`, files and proxies over one aiohttp session.

Two things are its own. It tells apart what was surely not sent (:class:`NotSent`: it may be repeated) from what may
have arrived. And the bot's token, which is part of every URL, is in no text that leaves here: errors are made anew,
without the cause whose words name the URL.
"""

import asyncio
import io
import json
import re
from collections.abc import Mapping
from typing import IO, Any, Final, TypeVar
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import orjson
from aiohttp.payload import BytesPayload, Payload
from telegram.error import BadRequest, NetworkError
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter

from bot.delivery.trust import system_certificates
from bot.delivery.unsent import NotSent, network_error, redacted_bytes
from bot.delivery.upload import Upload
from bot.delivery.wire import KEEP_ALIVE, Wire

T = TypeVar("T")
# What python-telegram-bot passes for "not given"; its type is private to it.
_NOT_GIVEN: Final[Any] = BaseRequest.DEFAULT_NONE

_SHORT: Final = 64 * 1024
"""Bytes of a call that go into the socket's buffer at once, so that nothing can stall half-way."""
# The Bot API server splits the header at every ";" and knows no escapes (tdnet/td/net/HttpReader.cpp).
_NOT_IN_FILE_NAMES: Final = re.compile(r'[\x00-\x1f\x7f";\\]')


def proxy_from_environment(url: str) -> str | None:
    """The proxy that the environment (``HTTPS_PROXY``, ``NO_PROXY`` and the like) names for a URL, if any."""
    parts = urlsplit(url)
    if proxy_bypass(parts.hostname or ""):
        return None
    proxies = getproxies()
    return proxies.get(parts.scheme) or proxies.get("all")


class AiohttpRequest(BaseRequest):
    """Calls of the Bot API over keep-alive connections, up to ``connections`` side by side.

    All timeouts are seconds, ``None`` for none. ``pool_timeout`` and ``connect_timeout`` together are the time to get
    a connection; ``write_timeout`` (``media_write_timeout`` with files) is how long an upload may stand still;
    ``read_timeout`` how long the server may be silent. JSON is read and written by orjson; files go as multipart.

    Errors of :meth:`do_request`, beside those that python-telegram-bot makes of Telegram's answers:

    * :class:`NotSent`, :class:`NotSentInTime`: surely without effect;
    * ``TimedOut``, ``NetworkError``: the call may have taken effect (the connection broke, the answer never came);
    * ``BadRequest``: the parameters cannot be written as JSON.
    """

    __slots__ = ("_connections", "_media_write_timeout", "_proxy", "_session", "_timeout", "_wires", "_write_timeout")

    def __init__(
        self,
        *,
        connections: int = 256,
        read_timeout: float | None = 10.0,
        write_timeout: float | None = 5.0,
        connect_timeout: float | None = 5.0,
        pool_timeout: float | None = 5.0,
        media_write_timeout: float | None = 20.0,
        proxy: str | None = None,
    ) -> None:
        self._connections = connections
        self._timeout = _timeout(read_timeout, connect_timeout, pool_timeout)
        self._write_timeout = write_timeout
        self._media_write_timeout = media_write_timeout
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None
        self._wires: dict[str, Wire] = {}

    @property
    def read_timeout(self) -> float | None:
        """Seconds the server may be silent, where a call does not say otherwise."""
        return self._timeout.sock_read

    async def initialize(self) -> None:
        """Open the session; a no-op if it is open."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    limit=self._connections, keepalive_timeout=KEEP_ALIVE, ttl_dns_cache=300
                ),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                proxy=self._proxy,
            )

    async def shutdown(self) -> None:
        """Close the session and its connections; a no-op if it is closed."""
        session, self._session = self._session, None
        for wire in self._wires.values():
            wire.close()
        self._wires.clear()
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = _NOT_GIVEN,
        write_timeout: Any = _NOT_GIVEN,
        connect_timeout: Any = _NOT_GIVEN,
        pool_timeout: Any = _NOT_GIVEN,
    ) -> tuple[int, bytes]:
        """The status and body of the server's answer, whatever they are; see the class for what is raised."""
        session = self._session
        if session is None:
            raise NotSent("The connection to Telegram is not open")
        timeout = self._timeout_for(read_timeout, connect_timeout, pool_timeout)
        if method == "POST" and self._proxy is None and not (request_data and request_data.contains_files):
            body = _json(request_data.parameters if request_data else {})
            if len(body) <= _SHORT:
                base, _, path = url.rpartition("/")
                status, content = await self._wire_to(base).post(path, body, timeout.sock_read, timeout.connect)
                # It may be a proxy's page that repeats the URL, and the library quotes it in its error.
                return status, content if status < 300 else redacted_bytes(content)
        upload = None if method == "GET" else await self._upload(request_data, write_timeout)
        try:
            async with session.request(
                method,
                url,
                data=upload,
                timeout=timeout,
                allow_redirects=False,
                ssl=system_certificates() if url.startswith("https:") else True,
            ) as response:
                answer = await response.read()
                return response.status, answer if response.status < 300 else redacted_bytes(answer)
        except (aiohttp.ClientError, OSError) as cause:
            error = network_error(cause, may_have_arrived=upload is None or upload.is_handed_over)
        # Outside the handler: the cause would go along as context, and its words name the URL.
        raise error

    async def call(self, url: str, parameters: Mapping[str, object], *, read_timeout: float | None = _NOT_GIVEN) -> Any:
        """The bare result of one call whose parameters are JSON values: for whoever needs no Telegram objects.

        Raises:
            TelegramError: as every method of ``telegram.Bot``.
        """
        data = RequestData([RequestParameter(name, value, None) for name, value in parameters.items()])
        return await self.post(url, data, read_timeout=read_timeout)

    def warm(self, base: str, count: int) -> None:
        """Have so many connections to a bot's base URL ready for short calls; with a proxy nothing can be prepared."""
        if self._session is not None and self._proxy is None:
            self._wire_to(base).warm(min(count, self._connections))

    def _wire_to(self, base: str) -> Wire:
        wire = self._wires.get(base)
        if wire is None:
            wire = self._wires[base] = Wire(base, self.USER_AGENT, connections=self._connections)
        return wire

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Telegram's answer as a dictionary.

        Raises:
            NetworkError: it is not; somebody else than Telegram may have answered, and what became of the call is open.
        """
        answer: dict[str, Any]
        try:
            answer = orjson.loads(payload)
        except orjson.JSONDecodeError:
            # orjson is stricter than Telegram need be: half a surrogate pair must not lose a batch of updates.
            try:
                answer = json.loads(payload.decode("utf-8", "replace"))
            except ValueError:
                answer = {}
        if not isinstance(answer, dict) or not answer:
            raise NetworkError("Invalid server response")
        return answer

    async def _upload(self, data: RequestData | None, write_timeout: Any) -> Upload:
        if data is None or not data.contains_files:
            body: Payload = BytesPayload(_json(data.parameters if data else {}), content_type="application/json")
            return Upload(body, _given(write_timeout, self._write_timeout))
        return Upload(await _multipart(data), _given(write_timeout, self._media_write_timeout))

    def _timeout_for(self, read: Any, connect: Any, pool: Any) -> aiohttp.ClientTimeout:
        if read is _NOT_GIVEN and connect is _NOT_GIVEN and pool is _NOT_GIVEN:
            return self._timeout
        usual = self._timeout
        usual_pool = None if usual.connect is None or usual.sock_connect is None else usual.connect - usual.sock_connect
        return _timeout(_given(read, usual.sock_read), _given(connect, usual.sock_connect), _given(pool, usual_pool))


def _given(value: Any, usual: T) -> T:
    return usual if value is _NOT_GIVEN else value


def _timeout(read: float | None, connect: float | None, pool: float | None) -> aiohttp.ClientTimeout:
    both = None if connect is None or pool is None else connect + pool
    return aiohttp.ClientTimeout(total=None, connect=both, sock_connect=connect, sock_read=read)


def _json(parameters: Mapping[str, object]) -> bytes:
    try:
        return orjson.dumps(parameters, option=orjson.OPT_PASSTHROUGH_DATETIME)
    except TypeError:
        # Numbers as keys, half a surrogate pair, an integer beyond 64 bits: what the standard library can write,
        # Telegram shall judge.
        try:
            return json.dumps(parameters).encode()
        except (TypeError, ValueError) as cause:
            raise BadRequest(f"The parameters cannot be written as JSON: {cause}") from None


async def _multipart(data: RequestData) -> Payload:
    form = aiohttp.FormData(quote_fields=False, default_to_multipart=True)
    for name, text in data.json_parameters.items():
        form.add_field(name, text)
    for name, (file_name, content, content_type) in data.multipart_data.items():
        whole = content if isinstance(content, bytes) else await asyncio.to_thread(_read, content)
        file_name = _NOT_IN_FILE_NAMES.sub("_", file_name)
        # A stream is written in pieces; a bytes object would be copied into the socket's buffer as a whole.
        form.add_field(name, io.BytesIO(whole), filename=file_name, content_type=content_type)
    return form()


def _read(file: IO[bytes]) -> bytes:
    """The rest of an open file, which is left as it was found: a call refused with 429 is made again."""
    if not file.seekable():
        return file.read()
    start = file.tell()
    try:
        return file.read()
    finally:
        file.seek(start)
