"""The bot's addresses on the network, for those who were never told of them."""

import asyncio
import io
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

import aiohttp

from tests.hall import Hall, HallMaker

_SECRET = "X-Telegram-Bot-Api-Secret-Token"
UPDATE = b'{"update_id": 900000001, "message": {"message_id": 1, "date": 0, "chat": {"id": 5, "type": "private"}}}'


async def hooked(hall_with: HallMaker) -> tuple[Hall, str, str]:
    """A hall whose updates come by webhook: the address, and the secret that the bot told Telegram."""
    hall = await hall_with(telegram={"mode": "webhook"})
    return hall, f"{hall.config().telegram.webhook.public_url}/telegram", hall.sandbox.webhook._secret


async def stored(hall: Hall) -> int:
    """How many updates the inbox has."""
    return await hall.read(lambda tx: tx.connection.execute("SELECT count(*) AS n FROM inbox").fetchone()["n"])


async def test_webhook_is_closed_to_whoever_lacks_the_secret(hall_with: HallMaker) -> None:
    """None, an empty one, one letter off, a longer one, bytes that are no text: 401, and nothing is stored."""
    hall, url, secret = await hooked(hall_with)
    wrong: list[Mapping[str, str]] = [
        {},
        *({_SECRET: one} for one in ("", secret[:-1], f"{secret}x", secret.swapcase(), "é")),
    ]

    async with aiohttp.ClientSession() as session:
        answers = [(await session.post(url, data=UPDATE, headers=headers)).status for headers in wrong]
        right = (await session.post(url, data=UPDATE, headers={_SECRET: secret})).status
    await hall.settle()

    assert answers == [401] * 6
    assert right == 200
    assert await stored(hall) == 1


async def test_webhook_without_a_secret_in_the_config_makes_its_own(hall_with: HallMaker) -> None:
    """There is no webhook without a secret: 256 random bits, other ones after each start."""
    hall, _, secret = await hooked(hall_with)

    await hall.stop_bot()
    await hall.start_bot()

    assert hall.config().telegram.webhook.secret_token.get_secret_value() == ""
    assert re.fullmatch(r"[\w-]{43}", secret)
    assert hall.sandbox.webhook._secret != secret


RUBBISH = (
    (b"", 400),
    (b"not json", 400),
    (b"[]", 400),
    (b'"text"', 400),
    (b"[" * 100_000, 400),
    (b'{"update_id": ' + b"9" * 5000 + b"}", 400),
    (b"\xff\xfe\x00", 400),
    (b"{}", 200),
    (b'{"update_id": "1"}', 200),
    (b'{"update_id": true}', 200),
    (b'{"update_id": 900000002, "x": ' + b'{"x":' * 800 + b"1" + b"}" * 800 + b"}", 200),
    (b" " * (1024 * 1024 + 1), 413),
)


async def test_webhook_takes_no_rubbish(hall_with: HallMaker) -> None:
    """What is no update is refused or passed over; whoever has the secret stops nothing with it either."""
    hall, url, secret = await hooked(hall_with)
    anna = await hall.person("安娜")

    async with aiohttp.ClientSession() as session:
        found = [
            (await session.post(url, data=io.BytesIO(body), headers={_SECRET: secret})).status for body, _ in RUBBISH
        ]
    await hall.settle()
    await anna.says("/help")

    assert found == [status for _, status in RUBBISH]
    assert "/lang" in await anna.reads()


async def test_webhook_by_other_ways_and_in_pieces(hall_with: HallMaker) -> None:
    """Another method or path finds nothing; a body in pieces is read to the same limit."""
    hall, url, secret = await hooked(hall_with)
    headers = {_SECRET: secret}

    async def pieces(size: int):  # type: ignore[no-untyped-def]
        for _ in range(size):
            yield b" " * 65_536
        yield UPDATE

    async with aiohttp.ClientSession() as session:
        ways = [
            (await session.request(method, f"{url}{more}", headers=headers, data=UPDATE)).status
            for method, more in (("GET", ""), ("PUT", ""), ("POST", "/"), ("POST", "/../telegram2"), ("POST", "x"))
        ]
        small = (await session.post(url, headers=headers, data=pieces(1))).status
        try:
            large = (await session.post(url, headers=headers, data=pieces(400))).status
        except aiohttp.ClientError:
            large = 413  # the line was cut before all of it was sent
    await hall.settle()

    assert ways == [405, 405, 404, 404, 404]
    assert (small, large) == (200, 413)
    assert await stored(hall) == 1


async def test_pages_say_nothing_to_those_who_guess(hall_with: HallMaker) -> None:
    """Whatever is tried under the addresses of screens and roll calls gets one and the same answer."""
    hall = await hall_with(web={"host": "127.0.0.1", "port": 0})
    assert hall.app is not None
    base = hall.app._servers[0].url
    tries = [
        f"{kind}/{token}{more}"
        for kind, mores in (
            ("screen", ("", "/feed", "/join.svg", "/picture/1")),
            ("rollcall", ("", "/now", "/code.svg")),
        )
        for token in ("A" * 32, "1", "%00", "..%2f..%2fetc%2fpasswd", "' OR 1=1 --", "%25", "_" * 3000)
        for more in mores
    ]

    async with aiohttp.ClientSession() as session:
        answers = set()
        for one in tries:
            async with session.get(f"{base}/{one}") as answer:
                answers.add((answer.status, await answer.text()))
        outside = (await session.get(f"{base}/screen/assets/..%2fserver.py")).status
        others = [(await session.get(f"{base}/{path}")).status for path in ("metrics", "", "telegram", "import/roster")]

    assert answers == {(404, "404: Not Found")}
    assert outside == 404
    assert others == [404, 404, 404, 404]


async def test_line_that_never_ends_holds_up_nobody(hall_with: HallMaker) -> None:
    """Somebody who opens lines and sends a letter now and then costs a line, not the bot."""
    _, url, secret = await hooked(hall_with)
    parts = urlsplit(url)
    lines = [await asyncio.open_connection(parts.hostname, parts.port) for _ in range(30)]
    for _, writer in lines:
        writer.write(b"POST /telegram HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n")

    async with aiohttp.ClientSession() as session:
        status = (await session.post(url, data=UPDATE, headers={_SECRET: secret})).status

    for _, writer in lines:
        writer.close()
    assert status == 200
