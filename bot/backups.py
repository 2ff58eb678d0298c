"""The folder of copies: their names, which is the newest, which are too many."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

_NAME = re.compile(r"studyhall-(\d{8}T\d{6})\.db")
_STAMP = "%Y%m%dT%H%M%S"


@dataclass(frozen=True, slots=True, order=True)
class Backup:
    """A copy, by the time (UTC) that its name says."""

    at: datetime
    path: Path


def backup_name(at: datetime) -> str:
    """What a copy made at ``at`` is called."""
    return f"studyhall-{at.astimezone(UTC):{_STAMP}}.db"


def backups_in(folder: Path) -> list[Backup]:
    """Every copy in the folder, the oldest first; files of other names are nobody's business here."""
    if not folder.is_dir():
        return []
    found = []
    for path in folder.iterdir():
        named = _NAME.fullmatch(path.name)
        if named is not None and path.is_file():
            found.append(Backup(datetime.strptime(named[1], _STAMP).replace(tzinfo=UTC), path))
    return sorted(found)


def newest_backup(folder: Path) -> Backup | None:
    """The newest copy, if there is one."""
    return max(backups_in(folder), default=None)


def drop_old(folder: Path, keep: int) -> list[Path]:
    """Remove all but the newest ``keep`` copies; returns what was removed."""
    old = [backup.path for backup in backups_in(folder)[:-keep]]
    for path in old:
        path.unlink()
    return old
