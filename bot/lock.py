"""One process writes a database: a lock on a file beside it, which the system lets go of however the process ends."""

import fcntl
import os
from pathlib import Path
from typing import IO

from storage.errors import InUse


class DatabaseLock:
    """Held by whoever writes."""

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(f"{database.name}.lock")
        self._file: IO[str] | None = None

    def acquire(self) -> None:
        """Take the lock.

        Raises:
            InUse: another process has it; its id is in ``params["pid"]``.
        """
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = self._path.open("a+", encoding="ascii")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            pid = file.read().strip() or "?"
            file.close()
            raise InUse(path=str(self._path), pid=pid) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        self._file = file

    def release(self) -> None:
        """Let go of it; a no-op if it is not held."""
        if self._file is not None:
            self._file.close()
            self._file = None
