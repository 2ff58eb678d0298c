"""An office at its desk: a folder with a config, a sandbox for Telegram, and the command line as a process of its own."""

import asyncio
import io
import os
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, chdir, closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bot.cli import main
from sandbox.people import Town
from sandbox.server import Sandbox

ROOT = Path(__file__).parents[2]
PATIENCE = 240
"""Seconds that any command may take on a busy machine."""


@dataclass(frozen=True)
class Done:
    """How a command ended: its exit status and the lines it wrote."""

    status: int
    out: list[str]
    err: list[str]


class Process:
    """A command that goes on: ``run`` or ``demo``."""

    def __init__(self, process: asyncio.subprocess.Process, secrets: tuple[str, ...]) -> None:
        self._process = process
        self._secrets = secrets
        self._seen: dict[str, list[str]] = {"out": [], "err": []}
        self._news = asyncio.Condition()
        self._readers = [
            asyncio.create_task(self._read(name, stream))
            for name, stream in (("out", process.stdout), ("err", process.stderr))
            if stream is not None
        ]

    async def _read(self, name: str, stream: asyncio.StreamReader) -> None:
        while line := await stream.readline():
            async with self._news:
                self._seen[name].append(line.decode().rstrip("\n"))
                self._news.notify_all()

    @property
    def out(self) -> list[str]:
        """What it has written to standard output."""
        return self._seen["out"]

    @property
    def err(self) -> list[str]:
        """What it has written to standard error."""
        return self._seen["err"]

    async def until(self, words: str) -> str:
        """Wait for a line with these words, on either stream, and return it."""

        def found() -> str | None:
            return next((line for line in self.out + self.err if words in line), None)

        over = asyncio.gather(*self._readers)
        async with asyncio.timeout(PATIENCE):
            while (line := found()) is None:
                assert not over.done(), f"it ended without {words!r}: {self.out} {self.err}"
                async with self._news:
                    waiting = asyncio.ensure_future(self._news.wait())
                    await asyncio.wait((waiting, over), return_when=asyncio.FIRST_COMPLETED, timeout=1)
                    if not waiting.done():
                        waiting.cancel()
                        await asyncio.gather(waiting, return_exceptions=True)
        return line

    def kill(self) -> None:
        """kill -9, at this very moment."""
        if self._process.returncode is None:
            self._process.kill()

    async def ends(self, number: signal.Signals | None = None) -> Done:
        """Send it a signal, if one is named, and wait for its end."""
        if number is not None:
            self._process.send_signal(number)
        async with asyncio.timeout(PATIENCE):
            status = await self._process.wait()
            await asyncio.gather(*self._readers)
        return _told(Done(status, self.out, self.err), self._secrets)

    async def close(self) -> None:
        """Nothing is left running, however the test went."""
        if self._process.returncode is None:
            self._process.kill()
            await self._process.wait()
        await asyncio.gather(*self._readers)


class Desk:
    """The folder, the config and the sandbox of one office; ``temporary`` is where its processes put such files."""

    def __init__(self, folder: Path, temporary: Path, sandbox: Sandbox, url: str, town: Town) -> None:
        self.folder = folder
        self.temporary = temporary
        self.sandbox = sandbox
        self.url = url
        self.town = town
        self.database = folder / "studyhall.db"
        self.secrets = (sandbox.token,)

    def config(self, name: str = "config.toml", **sections: Mapping[str, Any]) -> Path:
        """Write a configuration that works, with what the test wants otherwise (``telegram={"token": …}``)."""
        tables: dict[str, dict[str, Any]] = {
            "telegram": {"token": self.sandbox.token, "api_url": self.url},
            "programme": {"name": "示范学习", "admins": [900001]},
            # Several offices at a time would want the same port.
            "health": {"port": 0},
        }
        for section, values in sections.items():
            tables[section] = {**tables.get(section, {}), **values}
        path = self.folder / name
        lines = []
        for section, values in tables.items():
            lines += [f"[{section.replace('__', '.')}]", *(f"{key} = {_toml(value)}" for key, value in values.items())]
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    def write(self, name: str, text: str | bytes) -> Path:
        """Put a file into the folder."""
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    async def studyhall(self, *words: str | Path, stdin: str = "", entry: tuple[str, ...] = ("-m", "bot")) -> Done:
        """Run a command to its end; it says neither a traceback nor the token, whatever happens."""
        process = await self._spawn(entry, words, asyncio.subprocess.PIPE)
        try:
            async with asyncio.timeout(PATIENCE):
                out, err = await process.communicate(stdin.encode())
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        assert process.returncode is not None
        return _told(Done(process.returncode, out.decode().splitlines(), err.decode().splitlines()), self.secrets)

    async def here(self, *words: str | Path, stdin: str = "") -> Done:
        """The same within this process, where a process of its own would show nothing more: it saves the start."""
        done = await asyncio.to_thread(self._here, words, stdin)
        return _told(done, self.secrets)

    def _here(self, words: tuple[str | Path, ...], stdin: str) -> Done:
        out, err, status = io.StringIO(), io.StringIO(), 0
        with (
            chdir(self.folder),
            patch.object(sys, "argv", ["studyhall", *map(str, words)]),
            patch.object(sys, "stdin", io.StringIO(stdin)),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            try:
                main()
            except SystemExit as end:
                status = end.code if isinstance(end.code, int) else 0
        return Done(status, out.getvalue().splitlines(), err.getvalue().splitlines())

    @asynccontextmanager
    async def running(self, *words: str | Path, entry: tuple[str, ...] = ("-m", "bot")) -> AsyncIterator[Process]:
        """Start a command that goes on; it is ended at the latest when the block is left."""
        process = Process(await self._spawn(entry, words, asyncio.subprocess.DEVNULL), self.secrets)
        try:
            yield process
        finally:
            await process.close()

    async def _spawn(
        self, entry: tuple[str, ...], words: tuple[str | Path, ...], stdin: int
    ) -> asyncio.subprocess.Process:
        ours = {name: value for name, value in os.environ.items() if not name.startswith("STUDYHALL_")}
        return await asyncio.create_subprocess_exec(
            sys.executable if entry[0].startswith("-") else entry[0],
            *(entry if entry[0].startswith("-") else entry[1:]),
            *map(str, words),
            stdin=stdin,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            cwd=self.folder,
            env={**ours, "PYTHONPATH": str(ROOT), "TMPDIR": str(self.temporary), "COLUMNS": "200", "NO_COLOR": "1"},
        )

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Look something up in the database as it is on disk."""
        with closing(sqlite3.connect(f"{self.database.as_uri()}?mode=ro", uri=True)) as connection:
            return connection.execute(query, values).fetchall()

    async def until(self, condition: Callable[[], Awaitable[object]]) -> None:
        """Wait for something that another process brings about."""
        async with asyncio.timeout(PATIENCE):
            while not await condition():  # noqa: ASYNC110 - no event of ours tells of another process
                await asyncio.sleep(0.02)


def _told(done: Done, secrets: tuple[str, ...]) -> Done:
    """What has to hold for whatever any command writes."""
    text = "\n".join(done.out + done.err)
    assert "Traceback" not in text, text
    assert not any(secret in text for secret in secrets), text
    return done


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str | Path) else str(value)
