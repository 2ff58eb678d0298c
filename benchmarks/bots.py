"""Bots as processes of their own against the light server: ours as it is run, and the peers from their environment."""

import asyncio
import json
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.light import Light

ROOT = Path(__file__).resolve().parent.parent
PEERS = ROOT / ".venv-peers" / "bin" / "python"
CONFIG = """\
[telegram]
token = "{token}"
api_url = "{url}"
mode = "{mode}"
{webhook}
[storage]
url = "sqlite:///studyhall.db"

[programme]
admins = [1]
"""


class NoPeers(Exception):
    """The peers' environment is not there."""


@dataclass(frozen=True, slots=True)
class Bot:
    """A running bot. Memory and processor time are read from ``/proc``; they count every thread."""

    process: asyncio.subprocess.Process

    @property
    def memory(self) -> float:
        """Resident memory in MB (10^6 bytes)."""
        return self._status("VmRSS")

    @property
    def peak_memory(self) -> float:
        """The most resident memory it ever had, in MB (10^6 bytes)."""
        return self._status("VmHWM")

    @property
    def cpu(self) -> float:
        """Seconds of processor time so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def _status(self, name: str) -> float:
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) * 1024 / 1e6


@asynccontextmanager
async def ours(
    light: Light,
    folder: Path,
    *,
    marks: Path | None = None,
    webhook: int | None = None,
    polls: bool = True,
    more: str = "",
    environment: Mapping[str, str] = {},
) -> AsyncIterator[Bot]:
    """``studyhall run`` in ``folder``, with the database there (or a new one), from a config written there.

    ``marks``: run it within :mod:`benchmarks.marked`, which writes there when each press was ruled on (see
    :func:`read_marks`). ``webhook``: take updates there, on this port of this machine, secret ``light``. ``more``: further lines of TOML. ``polls``: wait for
    the first ``getUpdates`` (or for its webhook to be named).
    """
    hook = (
        ""
        if webhook is None
        else f'[telegram.webhook]\npublic_url = "https://light"\nport = {webhook}\nsecret_token = "light"\n'
    )
    mode = "polling" if webhook is None else "webhook"
    (folder / "config.toml").write_text(CONFIG.format(token=light.token, url=light.url, mode=mode, webhook=hook) + more)
    start = [sys.executable, "-m", "bot"] if marks is None else [sys.executable, "-m", "benchmarks.marked", str(marks)]
    first = ("getUpdates" if webhook is None else "setWebhook") if polls else None
    async with _running([*start, "run", "-c", "config.toml"], folder, light, environment, first=first) as bot:
        yield bot


@asynccontextmanager
async def peer(light: Light, folder: Path, name: str, *arguments: str, marks: Path | None = None) -> AsyncIterator[Bot]:
    """A bot of ``benchmarks/peers`` in the peers' environment: its file's name, and what is said to it.

    ``raw_bot``, which is none, needs nothing but Python.

    Raises:
        NoPeers: the environment is not there; ``make bench`` prepares it.
    """
    alone = name == "raw_bot"
    if not alone and not PEERS.exists():
        raise NoPeers("the peers' environment is not there: run `make bench`, or say --no-peers")
    script = ROOT / "benchmarks" / "peers" / f"{name}.py"
    command = [
        sys.executable if alone else str(PEERS),
        str(script),
        light.url,
        light.token,
        str(marks or os.devnull),
        *arguments,
    ]
    async with _running(command, folder, light, {}, first="getUpdates") as bot:
        yield bot


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def read_marks(path: Path) -> dict[int, float]:
    """When each update was ruled on (monotonic seconds), as the bot wrote it when it ended."""
    return {int(number): at for number, at in json.loads(path.read_text()).items()}


@asynccontextmanager
async def _running(
    command: Sequence[str], folder: Path, light: Light, environment: Mapping[str, str], *, first: str | None
) -> AsyncIterator[Bot]:
    await light.forget()
    # Bytecode is kept even where the environment says otherwise: whoever runs a bot does not compile it at each start.
    paths = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH", ""))))
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with (folder / "bot.log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            *command, cwd=folder, stdout=log, stderr=log, env={**inherited, "PYTHONPATH": paths, **environment}
        )
        ended = asyncio.ensure_future(process.wait())
        try:
            if first is not None:
                await _first(light.until(first, 1), ended, folder)
            yield Bot(process)
        finally:
            if process.returncode is None:
                process.send_signal(signal.SIGTERM)
            try:
                await asyncio.wait_for(asyncio.shield(ended), 30)
            except TimeoutError:
                process.kill()
                await ended


async def _first(work: Any, ended: asyncio.Future[int], folder: Path) -> None:
    """Wait for ``work``, unless the bot ends before."""
    doing = asyncio.ensure_future(work)
    await asyncio.wait((doing, ended), return_when=asyncio.FIRST_COMPLETED)
    if not doing.done():
        doing.cancel()
        raise RuntimeError(f"the bot ended with status {ended.result()}: {(folder / 'bot.log').read_text()[-2000:]}")
    await doing
