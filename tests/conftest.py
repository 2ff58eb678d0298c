"""Fixtures that any test may use."""

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from storage import schema
from tests.hall import Hall, HallMaker

# The programs that tests start, and the workers of xdist, keep their bytecode even where the environment says otherwise:
# to compile all of the bot anew is two and a half seconds of processor time a start, and there are dozens.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

_MEMORY = Path("/dev/shm")
_ENOUGH = 2 << 30


def _keep_files_in_memory() -> None:
    """Every hall commits hundreds of times and waits for the disk each time; what a crash leaves is the same in memory.

    Where there is little room (a container's 64 MB), or somebody names another folder, it is left as it is.
    """
    if _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free >= _ENOUGH:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))


_keep_files_in_memory()

# A busy machine is no failure: what is slow is measured in benchmarks, never in a test.
settings.register_profile("studyhall", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("studyhall")


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database at the newest schema, made once; tests copy it."""
    path = tmp_path_factory.mktemp("schema") / "empty.db"
    schema.upgrade(path)
    return path


@pytest.fixture
async def hall_with(tmp_path: Path, empty_database: Path) -> AsyncIterator[HallMaker]:
    """Open a hall with settings of one's own: ``await hall_with(checkin={"opens": "08:00"}, start=…)``."""
    halls: list[Hall] = []

    async def make(**settings: Any) -> Hall:
        hall = Hall(tmp_path, empty_database, **settings)
        halls.append(hall)
        await hall.open()
        return hall

    yield make
    for hall in halls:
        await hall.close()


@pytest.fixture
async def hall(hall_with: HallMaker) -> Hall:
    """The real bot against the sandbox, on a working Monday at 7:00."""
    return await hall_with()
