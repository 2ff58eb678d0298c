"""The desk that every test of the command line sits at."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox.people import Town
from sandbox.server import Sandbox
from tests.cli.desk import Desk


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """A folder with a good config, and a sandbox that serves on loopback."""
    sandbox = Sandbox()
    running = await sandbox.start()
    async with Town(running.url) as town:
        desk = Desk(tmp_path, sandbox, running.url, town)
        desk.config()
        yield desk
    await running.stop()
