"""The network seam against real sockets on loopback."""

import asyncio
import io
import json
import logging
import socket
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from aiohttp import web
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.delivery.request import AiohttpRequest, proxy_from_environment
from bot.delivery.unsent import NotSent, NotSentInTime, redacted
from tests.delivery.conftest import TOKEN, Telegram

SOON = 0.05
"""Seconds of real time: the only waiting here is for a timeout to be noticed."""
PATIENT = {
    "read_timeout": 60.0,
    "write_timeout": 60.0,
    "media_write_timeout": 60.0,
    "connect_timeout": 60.0,
    "pool_timeout": 60.0,
}
"""A busy machine is not what these tests are about."""
SECRET = TOKEN.partition(":")[2]


@pytest.fixture
async def request_() -> AsyncIterator[AiohttpRequest]:
    async with AiohttpRequest(**PATIENT) as opened:
        yield opened


@asynccontextmanager
async def raw_server(
    serve: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
) -> AsyncIterator[str]:
    """A server that speaks no HTTP of its own; yields the address of a method."""

    async def served(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await serve(reader, writer)
        except ConnectionError:
            pass  # the other side went first, which is what some of these tests are about
        finally:
            writer.transport.abort()

    server = await asyncio.start_server(served, "127.0.0.1", 0, limit=2**16)
    port = server.sockets[0].getsockname()[1]
    async with server:
        yield f"http://127.0.0.1:{port}/bot{TOKEN}/sendMessage"


async def read_request(reader: asyncio.StreamReader) -> bytes:
    """One request with its body."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
    return head + await reader.readexactly(length)


async def noticed() -> None:
    """The loop has looked at its sockets a few times."""
    for _ in range(5):
        await asyncio.get_running_loop().run_in_executor(None, int)


def file_data(size: int) -> RequestData:
    """A message with a file of so many bytes."""
    file = InputFile(b"x" * size, filename="a.bin")
    return RequestData([RequestParameter("chat_id", 7, None), RequestParameter("document", None, [file])])


async def test_parameters_go_as_json_with_their_types(telegram, request_):
    """Numbers stay numbers, keyboards objects, text is UTF-8."""
    bot = Bot(TOKEN, base_url=f"{telegram.url}/bot", request=request_)
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("签到", callback_data="c")]])

    message = await bot.send_message(7, "早上好 <b>", reply_markup=keyboard, disable_notification=True)

    assert message.message_id == 5
    assert telegram.seen[0].content_type == "application/json"
    assert json.loads(telegram.bodies[0]) == {
        "chat_id": 7,
        "text": "早上好 <b>",
        "reply_markup": {"inline_keyboard": [[{"text": "签到", "callback_data": "c"}]]},
        "disable_notification": True,
        **{key: value for key, value in json.loads(telegram.bodies[0]).items() if key == "entities"},
    }


async def test_a_bare_call_gives_the_bare_result(telegram, request_):
    """No Telegram objects on either way."""
    result = await request_.call(telegram.method("sendMessage"), {"chat_id": 7, "text": "?"})

    assert result["message_id"] == 5
    assert json.loads(telegram.bodies[0]) == {"chat_id": 7, "text": "?"}


async def test_files_go_as_multipart_with_their_names(telegram, request_):
    """Three megabytes arrive whole, Chinese names as they are, without what the Bot API's parser would stumble over."""
    content = bytes(range(256)) * 4096 * 3
    bot = Bot(TOKEN, base_url=f"{telegram.url}/bot", request=request_)

    message = await bot.send_document(7, content, filename='学习"心得;\r\n一.pdf', caption="好")

    assert message.message_id == 5
    assert telegram.seen[0].content_type == "multipart/form-data"
    parts = telegram.bodies[0].split(b"\r\n--")
    assert [part.partition(b"\r\n\r\n")[2] for part in parts] == [b"7", "好".encode(), content, b""]
    assert 'form-data; name="document"; filename="学习_心得___一.pdf"'.encode() in parts[2][:200]
    assert b"Content-Type: application/pdf" in parts[2][:200]


async def test_an_open_file_is_left_as_it_was_found(telegram, request_):
    """A call that was refused is made again with the same open file."""
    file = io.BytesIO(b"skipped|content")
    file.seek(8)
    data = RequestData([RequestParameter("document", None, [InputFile(file, read_file_handle=False)])])

    await request_.post(telegram.method("sendDocument"), data)
    await request_.post(telegram.method("sendDocument"), data)

    assert [body.count(b"content\r\n") for body in telegram.bodies] == [1, 1]
    assert b"skipped" not in telegram.bodies[0]
    assert file.tell() == 8


async def test_what_cannot_be_json_is_refused_before_it_is_sent(telegram, request_):
    """Half a surrogate pair is left to Telegram to judge; an object is nobody's parameter."""
    await request_.call(telegram.method("sendMessage"), {"text": "\ud83d"})
    with pytest.raises(BadRequest, match="cannot be written as JSON"):
        await request_.call(telegram.method("sendMessage"), {"text": object()})

    assert [json.loads(body) for body in telegram.bodies] == [{"text": "\ud83d"}]


async def test_hundreds_of_calls_run_side_by_side_over_kept_connections(telegram):
    """200 calls are all at the server at once; the next 200 use the same connections."""
    everyone = asyncio.Event()
    peers: set[object] = set()

    async def answer(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        peers.add(request.transport.get_extra_info("peername"))
        if len(telegram.seen) % 200 == 0:
            everyone.set()
        await everyone.wait()
        return await telegram.answer_ok(request)

    telegram.answer = answer
    async with AiohttpRequest(**PATIENT) as request:
        for _ in range(2):
            everyone.clear()
            await asyncio.gather(*(request.call(telegram.method("getChat"), {}) for _ in range(200)))

    assert len(telegram.seen) == 400
    assert len(peers) == 200


async def test_a_silent_server_is_a_timeout_that_may_have_arrived(telegram, request_):
    """The call was written and no answer comes: nobody knows."""
    for_ever = asyncio.Event()

    async def answer(request: web.Request) -> web.StreamResponse:
        await for_ever.wait()
        return await telegram.answer_ok(request)

    telegram.answer = answer

    with pytest.raises(TimedOut) as late:
        await request_.post(telegram.method("sendMessage"), read_timeout=SOON)

    assert not isinstance(late.value, NotSent)
    for_ever.set()


async def test_waiting_for_a_connection_in_vain_is_surely_not_sent(telegram):
    """The only connection is taken: the second call never left."""
    for_ever = asyncio.Event()

    async def answer(request: web.Request) -> web.StreamResponse:
        await for_ever.wait()
        return await telegram.answer_ok(request)

    telegram.answer = answer
    async with AiohttpRequest(connections=1, **PATIENT) as request:
        first = asyncio.ensure_future(request.call(telegram.method("sendMessage"), {}))
        while not telegram.seen:
            await noticed()

        with pytest.raises(NotSentInTime) as late:
            await request.post(telegram.method("sendMessage"), pool_timeout=SOON, connect_timeout=SOON)

        for_ever.set()
        await first
    assert isinstance(late.value, TimedOut)
    assert len(telegram.seen) == 1


async def test_an_upload_that_stands_still_is_surely_not_sent(request_):
    """The server takes no bytes: it cannot have had the whole call."""
    for_ever = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await for_ever.wait()

    async with raw_server(serve) as url:
        with pytest.raises(NotSentInTime):
            await request_.post(url, file_data(30_000_000), write_timeout=SOON)
        for_ever.set()


async def test_an_upload_cut_on_the_way_is_surely_not_sent(request_):
    """The server goes away after the first bytes of a large file."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")

    async with raw_server(serve) as url:
        with pytest.raises(NotSent) as cut:
            await request_.post(url, file_data(30_000_000))

    assert not isinstance(cut.value, TimedOut)


async def test_a_slow_upload_that_goes_on_is_no_timeout(request_):
    """The time is for each piece, not for the whole."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while b"--\r\n" not in await reader.read(100_000):
            await noticed()
        writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 25\r\n\r\n{"ok":true,"result":true}')
        await writer.drain()

    async with raw_server(serve) as url:
        assert await request_.post(url, file_data(10_000_000), write_timeout=30.0) is True


@pytest.mark.parametrize(
    "answer",
    [b"", b"HTTP/1.1 200 OK\r\nContent-Le", b'HTTP/1.1 200 OK\r\nContent-Length: 25\r\n\r\n{"ok":true,'],
    ids=["before the answer", "in the head", "in the body"],
)
async def test_a_connection_cut_after_the_call_may_have_arrived(request_, answer):
    """Wherever the answer breaks off, the call was there: nobody knows, and it is not made twice."""
    calls = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        calls.append(await read_request(reader))
        writer.write(answer)
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    async with raw_server(serve) as url:
        with pytest.raises(NetworkError) as cut:
            await request_.call(url, {"chat_id": 7, "text": "?"})

    assert not isinstance(cut.value, NotSent | TimedOut)
    assert len(calls) == 1


def free_port() -> int:
    """A port where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def test_a_refused_connection_is_surely_not_sent(request_):
    """Nobody listens."""
    with pytest.raises(NotSent, match="Cannot connect to host"):
        await request_.call(f"http://127.0.0.1:{free_port()}/bot{TOKEN}/sendMessage", {})


async def test_a_name_that_nobody_knows_is_surely_not_sent(request_, monkeypatch):
    """The resolver says no."""

    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)

    with pytest.raises(NotSent, match="Name or service not known"):
        await request_.call(f"http://api.example/bot{TOKEN}/sendMessage", {})


async def test_a_connection_closed_while_idle_is_replaced(request_):
    """The server closed it meanwhile; the next call takes a new one and does not fail."""
    connections = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        await read_request(reader)
        writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 25\r\n\r\n{"ok":true,"result":true}')
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    async with raw_server(serve) as url:
        for _ in range(3):
            assert await request_.call(url, {})
            await noticed()

    assert connections == 3


async def test_before_it_is_opened_and_after_it_is_closed_nothing_is_sent(telegram):
    """Opening and closing twice does no harm; in between calls work."""
    request = AiohttpRequest()
    with pytest.raises(NotSent):
        await request.call(telegram.method("getMe"), {})

    await request.initialize()
    await request.initialize()
    await request.call(telegram.method("getMe"), {})
    await request.shutdown()
    await request.shutdown()

    with pytest.raises(NotSent):
        await request.call(telegram.method("getMe"), {})
    assert len(telegram.seen) == 1


async def test_429_is_passed_through_as_it_is(telegram, request_):
    """The limiter gets the status, the body and, through the library, the time to wait."""
    body = {"ok": False, "error_code": 429, "description": "Too Many Requests", "parameters": {"retry_after": 17}}

    async def answer(request: web.Request) -> web.StreamResponse:
        return web.json_response(body, status=429)

    telegram.answer = answer

    status, payload = await request_.do_request(telegram.method("sendMessage"), "POST")
    with pytest.raises(RetryAfter) as refusal:
        await request_.post(telegram.method("sendMessage"))

    assert (status, json.loads(payload)) == (429, body)
    assert refusal.value.retry_after == timedelta(seconds=17)


@pytest.mark.parametrize("status", [200, 302, 502, 503])
async def test_an_answer_that_is_not_telegrams_leaves_it_open(telegram, request_, status):
    """A gateway's page of HTML, with whatever status: nobody knows what became of the call; redirects are not followed."""

    async def answer(request: web.Request) -> web.StreamResponse:
        page = f"<html><h1>Bad Gateway</h1>{request.url}</html>"
        return web.Response(text=page, status=status, content_type="text/html", headers={"Location": str(request.url)})

    telegram.answer = answer

    with pytest.raises(NetworkError) as open_question:
        await request_.call(telegram.method("sendMessage"), {})

    assert not isinstance(open_question.value, NotSent | BadRequest | TimedOut)
    assert SECRET not in str(open_question.value)
    assert len(telegram.seen) == 1


@pytest.mark.parametrize("payload", [b"", b"[]", b"null", b'"ok"', b"<html>"])
def test_json_that_is_no_answer_is_an_error(payload):
    """Only an object is an answer."""
    with pytest.raises(NetworkError, match="Invalid server response"):
        AiohttpRequest.parse_json_payload(payload)


def test_odd_text_does_not_lose_an_answer():
    """Half a surrogate pair or a broken byte in one name: the rest of the batch is read."""
    half = AiohttpRequest.parse_json_payload(rb'{"result": ["\ud83d", 1]}')
    broken = AiohttpRequest.parse_json_payload(b'{"result": ["\xff", 1]}')

    assert half == {"result": ["\ud83d", 1]}
    assert broken == {"result": ["�", 1]}


async def test_files_are_downloaded_as_bytes(telegram, request_):
    """Without parsing."""

    async def answer(request: web.Request) -> web.StreamResponse:
        return web.Response(body=b"\x00\xff" * 100_000)

    telegram.answer = answer

    assert await request_.retrieve(f"{telegram.url}/file/bot{TOKEN}/a.jpg") == b"\x00\xff" * 100_000


async def test_timeouts_of_a_call_take_the_place_of_the_usual_ones():
    """A long poll adds its own time to the read timeout; what is not given stays."""
    request = AiohttpRequest(read_timeout=10, connect_timeout=3, pool_timeout=2)

    usual = request._timeout_for(AiohttpRequest.DEFAULT_NONE, AiohttpRequest.DEFAULT_NONE, AiohttpRequest.DEFAULT_NONE)
    polling = request._timeout_for(60, AiohttpRequest.DEFAULT_NONE, AiohttpRequest.DEFAULT_NONE)
    endless = request._timeout_for(AiohttpRequest.DEFAULT_NONE, None, 1)

    assert request.read_timeout == 10
    assert (usual.connect, usual.sock_connect, usual.sock_read, usual.total) == (5, 3, 10, None)
    assert (polling.connect, polling.sock_connect, polling.sock_read) == (5, 3, 60)
    assert (endless.connect, endless.sock_connect, endless.sock_read) == (None, None, 10)


async def test_calls_go_through_the_proxy_that_is_set(telegram):
    """The proxy is asked, with the whole address; Telegram's name is not even looked up here."""
    async with AiohttpRequest(proxy=telegram.url) as request:
        await request.call(f"http://api.example/bot{TOKEN}/getMe", {})

    assert telegram.seen[0].host == "api.example"


def test_the_environment_names_the_proxy(monkeypatch):
    """As curl and the library's own client read it."""
    for name in ("http_proxy", "all_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")

    assert proxy_from_environment("https://api.telegram.org/bot") == "http://proxy.example:3128"
    assert proxy_from_environment("https://127.0.0.1:8081/bot") is None
    assert proxy_from_environment("http://bot-api.example:8081/bot") is None


async def break_in_every_way(telegram: Telegram) -> AsyncIterator[Awaitable[object]]:
    """Calls that fail, each in its own way."""
    for_ever = asyncio.Event()

    async def hang(request: web.Request) -> web.StreamResponse:
        await for_ever.wait()
        return await telegram.answer_ok(request)

    async def echo(request: web.Request) -> web.StreamResponse:
        return web.Response(text=f"cannot reach {request.url}", status=502)

    async def close(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")

    async with AiohttpRequest(connections=1, **PATIENT) as request:
        telegram.answer = hang
        yield request.post(telegram.method("sendMessage"), read_timeout=SOON)
        first = asyncio.ensure_future(request.call(telegram.method("sendMessage"), {}))
        while len(telegram.seen) < 2:
            await noticed()
        yield request.post(telegram.method("sendMessage"), pool_timeout=SOON, connect_timeout=SOON)
        for_ever.set()
        await first
        telegram.answer = echo
        yield request.call(telegram.method("sendMessage"), {})
        yield request.call(f"http://127.0.0.1:{free_port()}/bot{TOKEN}/sendMessage", {})
        yield request.call(f"http:///bot{TOKEN}/sendMessage", {})
        yield request.call(f"gopher://example/bot{TOKEN}/sendMessage", {})
        async with raw_server(close) as url:
            yield request.call(url, {})
            yield request.post(url, file_data(10_000_000))
    yield request.call(telegram.method("sendMessage"), {})


async def test_the_token_is_in_no_error_and_no_log_line(telegram, caplog):
    """Not in the text, not in the representation, not in a traceback with all its causes."""
    caplog.set_level(logging.DEBUG)
    texts = []

    async for call in break_in_every_way(telegram):
        with pytest.raises(TelegramError) as failed:
            await call
        error = failed.value
        texts += [str(error), repr(error), "".join(traceback.format_exception(error))]
        assert error.__cause__ is None or isinstance(error.__cause__, TelegramError)

    assert len(texts) == 9 * 3
    assert not [text for text in [*texts, caplog.text] if SECRET in text or TOKEN.partition(":")[0] in text]


def test_redaction_leaves_the_rest_of_an_address():
    """Method, file path and host can still be read; a quoted colon does not hide a token."""
    quoted = TOKEN.replace(":", "%3A")

    assert redacted(f"to https://h/bot{TOKEN}/getMe?x=1") == "to https://h/bot<token>/getMe?x=1"
    assert redacted(f"'https://h/file/bot{quoted}/a.jpg'") == "'https://h/file/bot<token>/a.jpg'"
    assert redacted("chatbot 12:30 robots") == "chatbot 12:30 robots"
