"""A database at the newest schema, opened."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage import Database


@pytest.fixture
async def database(tmp_path: Path, empty_database: Path) -> AsyncIterator[Database]:
    """An empty database with its writer and readers."""
    path = tmp_path / "storage.db"
    shutil.copy(empty_database, path)
    opened = Database(path)
    await opened.open()
    yield opened
    await opened.close()
