"""The light server's process: ``python -m benchmarks.light.server CONTROL_FD``. Started by :class:`benchmarks.light.Light`.

It listens on a free port of this machine and does what the lines of JSON on the control socket say. Each line is answered
by one with the same ``id``; lines without an ``id`` tell of calls that are followed.
"""

import asyncio
import gc
import socket
import sys
from typing import Any

import orjson

from benchmarks.light.limits import Limits
from benchmarks.light.town import Town
from benchmarks.light.webhook import Hook
from benchmarks.light.wire import Connection

_LINE = 2**30


class Control:
    """Does what the benchmark says."""

    def __init__(self, town: Town, writer: asyncio.StreamWriter) -> None:
        self._town, self._writer = town, writer
        self._hook: Hook | None = None
        town.tell = self._say

    def _say(self, line: dict[str, Any]) -> None:
        self._writer.write(orjson.dumps(line) + b"\n")

    async def do(self, line: dict[str, Any]) -> None:
        """One line."""
        town, number = self._town, line["id"]
        answer: dict[str, Any] = {"id": number}
        match line["do"]:
            case "set":
                if "delay" in line:
                    town.delay = town.poll_delay = line["delay"]
                town.poll_delay = line.get("poll_delay", town.poll_delay)
                if "limits" in line:
                    town.limit(Limits(**line["limits"]) if line["limits"] else None)
                if "follow" in line:
                    town.follow = frozenset(line["follow"])
            case "feed":
                town.feed(line["updates"], line["at"])
            case "until":
                town.until(line["method"], line["count"], lambda: self._say(answer))
                return
            case "forget":
                town.forget()
                # What is remembered from the start on is not walked through again in the middle of a measurement.
                gc.collect()
                gc.freeze()
            case "hook":
                self._hook = Hook(line["host"], line["port"], line["secret"], line["connections"])
                await self._hook.open()
            case "push":
                assert self._hook is not None
                self._hook.push(line["updates"], line["at"], town.due)
            case "report":
                calls = [(at, method, status, kind, body.decode()) for at, method, status, kind, body in town.calls]
                answer |= {
                    "polls": town.polls,
                    "due": list(town.due.items()),
                    "calls": calls,
                    "counts": town.counts,
                    "waiting": town.waiting,
                    "pushed": [] if self._hook is None else self._hook.pushed,
                }
        self._say(answer)


async def main(control: int) -> None:
    """Serve until the control socket is closed."""
    town = Town()
    reader, writer = await asyncio.open_connection(sock=socket.socket(fileno=control), limit=_LINE)
    server = await asyncio.get_running_loop().create_server(
        lambda: Connection(town.serve), "127.0.0.1", 0, backlog=1024
    )
    port = server.sockets[0].getsockname()[1]
    writer.write(orjson.dumps({"port": port}) + b"\n")
    desk = Control(town, writer)
    doing: set[asyncio.Task[None]] = set()
    while line := await reader.readline():
        task = asyncio.create_task(desk.do(orjson.loads(line)))
        doing.add(task)
        task.add_done_callback(doing.discard)
        task.add_done_callback(_ended)
    server.close()


def _ended(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        raise error


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
