"""The desk that every test of the command line sits at."""

import signal
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from sandbox.people import Town
from sandbox.server import Sandbox
from tests.cli.desk import Desk


@pytest.fixture(autouse=True)
def ctrl_c() -> Iterator[None]:
    """Programs that a shell started in the background ignore Ctrl-C, and hand that down to those whom they start."""
    before = signal.getsignal(signal.SIGINT)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """A folder with a good config, and a sandbox that serves on loopback."""
    sandbox = Sandbox()
    running = await sandbox.start()
    # A short path: the folders of pytest are too deep for a socket.
    with TemporaryDirectory(prefix="desk-") as temporary:
        async with Town(running.url) as town:
            desk = Desk(tmp_path, Path(temporary), sandbox, running.url, town)
            desk.config()
            yield desk
    await running.stop()
