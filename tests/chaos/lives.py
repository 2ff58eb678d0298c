"""The lives of the bot: a process each, started whole or out of the nursery."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.cli.desk import PATIENCE, ROOT, Desk, Done, Process

LOOK = 0.02
"""Seconds between two looks at what another process brings about."""
_WHOLE = 10
"""Every so-many-th start is one of ``python -m``, from the first import on."""


class Forked:
    """A bot out of the nursery, as a :class:`tests.cli.desk.Process` is one of its own."""

    def __init__(self, nursery: asyncio.subprocess.Process, out: Path, err: Path) -> None:
        self._nursery, self._out, self._err = nursery, out, err
        self._pid = 0
        self._status: int | None = None
        self._asking = asyncio.Lock()

    async def begin(self) -> None:
        """Ask for it."""
        assert self._nursery.stdin is not None
        self._out.unlink(missing_ok=True)
        self._err.unlink(missing_ok=True)
        self._nursery.stdin.write(f"{self._out}\t{self._err}\n".encode())
        self._pid = await self._number()

    def kill(self) -> None:
        """kill -9, at this very moment."""
        if self._status is None:
            os.kill(self._pid, signal.SIGKILL)

    async def until(self, words: str) -> str:
        """Wait for a line with these words; an assertion fails if it ends without."""
        async with asyncio.timeout(PATIENCE):
            while True:
                over = self._status is not None
                for line in self._lines(self._err):
                    if words in line:
                        return line
                assert not over, f"it ended without {words!r}: {self._lines(self._err)}"
                await asyncio.sleep(LOOK)

    async def ends(self, number: signal.Signals | None = None) -> Done:
        """Send it a signal, if one is named, and wait for its end."""
        async with self._asking:
            if self._status is None:
                if number is not None:
                    os.kill(self._pid, number)
                async with asyncio.timeout(PATIENCE):
                    self._status = await self._number()
        return Done(self._status, self._lines(self._out), self._lines(self._err))

    async def _number(self) -> int:
        assert self._nursery.stdout is not None
        return int(await self._nursery.stdout.readline())

    @staticmethod
    def _lines(path: Path) -> list[str]:
        return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


class Lives:
    """Starts the bot at a desk, again and again."""

    def __init__(self, desk: Desk, clock: tuple[str, ...], nursery: asyncio.subprocess.Process) -> None:
        self._desk = desk
        self._clock = clock
        self._nursery = nursery
        self._starts = 0

    @asynccontextmanager
    async def begins(self) -> AsyncIterator[Process | Forked]:
        """One life; it is ended at the latest when the block is left."""
        self._starts += 1
        desk = self._desk
        if self._starts % _WHOLE == 0:
            async with desk.running("run", entry=("-m", "tests.cli.hasty", *self._clock)) as whole:
                yield whole
            return
        forked = Forked(self._nursery, desk.folder / "out.txt", desk.folder / "err.txt")
        await forked.begin()
        try:
            yield forked
        finally:
            forked.kill()
            await forked.ends()

    @property
    def is_whole(self) -> bool:
        """Whether the life that began last began with the first import."""
        return self._starts % _WHOLE == 0


@asynccontextmanager
async def lives_at(desk: Desk, *clock: str) -> AsyncIterator[Lives]:
    """The lives of the bot at a desk; ``clock`` is what `tests.cli.hasty` is told: SPEED, SINCE, AT."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("STUDYHALL_")}
    nursery = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.chaos.nursery",
        *clock,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=desk.folder,
        env={**ours, "PYTHONPATH": str(ROOT), "TMPDIR": str(desk.temporary), "COLUMNS": "200", "NO_COLOR": "1"},
    )
    assert nursery.stdin is not None
    try:
        yield Lives(desk, clock, nursery)
    finally:
        nursery.stdin.close()
        await nursery.wait()
