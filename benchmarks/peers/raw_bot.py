"""No bot at all: bytes in, bytes out, over connections of its own. It shows what the light server can do. ``URL TOKEN MARKS``."""

import asyncio
import json
import signal
import sys
from urllib.parse import urlsplit

CONNECTIONS = 100
_HEAD_END = b"\r\n\r\n"


class Caller:
    """A keep-alive connection for one call after the other."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, token: str) -> None:
        self._reader, self._writer, self._token = reader, writer, token

    async def call(self, method: str, body: bytes) -> bytes:
        """The body of the answer."""
        self._writer.write(
            b"POST /bot%b/%b HTTP/1.1\r\nHost: light\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
            % (self._token.encode(), method.encode(), len(body), body)
        )
        head = await self._reader.readuntil(_HEAD_END)
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0])
        return await self._reader.readexactly(length)


async def main(url: str, token: str) -> None:
    """Poll and answer until SIGTERM."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    parts = urlsplit(url)

    async def caller() -> Caller:
        return Caller(*await asyncio.open_connection(parts.hostname, parts.port, limit=2**24), token)

    presses: asyncio.Queue[str] = asyncio.Queue()

    async def answers(one: Caller) -> None:
        while True:
            query = await presses.get()
            await one.call("answerCallbackQuery", b'{"callback_query_id":"%b"}' % query.encode())

    async def polls(one: Caller) -> None:
        offset = 0
        while True:
            for update in json.loads(await one.call("getUpdates", b'{"offset":%d,"timeout":50}' % offset))["result"]:
                offset = update["update_id"] + 1
                presses.put_nowait(update["callback_query"]["id"])

    tasks = [asyncio.create_task(answers(await caller())) for _ in range(CONNECTIONS)]
    tasks.append(asyncio.create_task(polls(await caller())))
    await stop.wait()
    for task in tasks:
        task.cancel()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))
