"""What systemd hears of the bot, on a socket as systemd has one."""

import asyncio
import socket
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot.notify import ServiceManager


@pytest.fixture
def systemd() -> Iterator[tuple[socket.socket, str]]:
    """A manager that listens, and its address."""
    with TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        address = str(Path(folder) / "notify")
        listening.bind(address)
        listening.setblocking(False)
        yield listening, address


def heard(listening: socket.socket) -> list[str]:
    """All that was said."""
    words = []
    while True:
        try:
            words.append(listening.recv(4096).decode())
        except BlockingIOError:
            return words


def test_start_and_end_are_told(systemd: tuple[socket.socket, str]) -> None:
    """In sd_notify's own words."""
    listening, address = systemd
    manager = ServiceManager.from_environment({"NOTIFY_SOCKET": address})

    manager.ready()
    manager.stopping()

    assert heard(listening) == ["READY=1", "STOPPING=1"]


def test_abstract_address() -> None:
    """Systemd may listen in Linux's abstract name space, which it writes with an @."""
    name = "studyhall-test-of-notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(f"\0{name}")
        listening.setblocking(False)

        ServiceManager.from_environment({"NOTIFY_SOCKET": f"@{name}"}).ready()

        assert heard(listening) == ["READY=1"]


async def test_watchdog_hears_of_life_only(systemd: tuple[socket.socket, str]) -> None:
    """At half of the manager's patience, and not while the writer does not answer."""
    listening, address = systemd
    manager = ServiceManager.from_environment({"NOTIFY_SOCKET": address, "WATCHDOG_USEC": "2000"})
    answers = iter([True, False, True])
    asked_all = asyncio.Event()

    async def is_live() -> bool:
        answer = next(answers, None)
        if answer is None:
            asked_all.set()
            await asyncio.Event().wait()
        return bool(answer)

    with manager.watched(is_live):
        async with asyncio.timeout(60):
            await asked_all.wait()

    assert heard(listening) == ["WATCHDOG=1", "WATCHDOG=1"]


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"WATCHDOG_USEC": "2000"},
        {"NOTIFY_SOCKET": "/nowhere", "WATCHDOG_USEC": "2000", "WATCHDOG_PID": "1"},
        {"NOTIFY_SOCKET": "/nowhere/at/all"},
    ],
)
async def test_nobody_who_listens_stops_nothing(environment: dict[str, str]) -> None:
    """Started from a shell, meant for another process, a manager that is gone: the bot goes on."""
    manager = ServiceManager.from_environment(environment)

    manager.ready()
    with manager.watched(never):
        await asyncio.sleep(0)
    manager.stopping()


async def never() -> bool:
    """Nobody should ask."""
    raise AssertionError
