"""The doctor's look at the machine: the disk, the files and their rights, backups, the clock, the configuration."""

import shutil
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

from bot.backups import newest_backup
from bot.commands.doctor_findings import FileCheck, Finding, Subject, hint, wrong
from storage import schema

_LARGE_LOG: Final = 256 * 1024 * 1024
_LEAST_FREE: Final = 200 * 1024 * 1024
_OLD_BACKUP: Final = timedelta(days=2)
_MB: Final = 1024 * 1024


def schema_version(subject: Subject) -> Iterator[Finding]:
    """Older than the program, or newer."""
    found, known = schema.revision_of(subject.path), schema.newest()
    if found is not None and found > known:
        yield wrong("schema_newer", found=found, known=known)
    elif found != known:
        yield hint("schema_older", found=found, known=known)


def free_space(subject: Subject) -> Iterator[Finding]:
    """A backup before an update takes as much again as the database."""
    if subject.is_copy:
        return
    free = shutil.disk_usage(subject.path.parent).free
    needed = max(_LEAST_FREE, 2 * subject.path.stat().st_size)
    if free < needed:
        yield wrong("disk_full", free=free // _MB, needed=needed // _MB, folder=subject.path.parent)


def log_size(subject: Subject) -> Iterator[Finding]:
    """A write-ahead log that is never folded in: somebody reads without end."""
    log = subject.path.with_name(f"{subject.path.name}-wal")
    size = log.stat().st_size if log.exists() else 0
    if size > _LARGE_LOG:
        yield wrong("log_large", path=log, size=size // _MB)


def backups(subject: Subject) -> Iterator[Finding]:
    """None, or none of the last days."""
    if subject.is_copy:
        return
    folder = subject.config.backup.path
    if folder is None:
        yield hint("backup_nowhere")
        return
    newest = newest_backup(folder)
    if newest is None:
        yield wrong("backup_never", folder=folder)
    elif subject.now - newest.at > _OLD_BACKUP:
        yield wrong("backup_old", at=newest.at, folder=folder)


def file_rights(subject: Subject) -> Iterator[Finding]:
    """What people wrote, and the token, are for nobody else on the machine."""
    path, telegram = subject.path, subject.config.telegram
    files = [path.with_name(f"{path.name}{suffix}") for suffix in ("", "-wal", "-shm")]
    token = telegram.token.get_secret_value()
    if telegram.token_file:
        files.append(Path(telegram.token_file))
    elif token and token in subject.config_path.read_text(encoding="utf-8"):  # else it came from the environment
        files.append(subject.config_path)
    for file in files:
        if file.exists() and file.stat().st_mode & (stat.S_IROTH | stat.S_IWOTH):
            yield wrong("readable_by_all", path=file)


def clock(subject: Subject) -> Iterator[Finding]:
    """A machine whose clock stands before what the bot has already seen."""
    if subject.as_of - subject.now > timedelta(minutes=5):
        yield wrong("clock_behind", now=subject.now, last=subject.as_of)


def nobody_in_charge(subject: Subject) -> Iterator[Finding]:
    """Without an admin nobody can begin."""
    if not subject.config.programme.admins:
        yield wrong("no_admins")


FILE_CHECKS: tuple[FileCheck, ...] = (
    schema_version,
    free_space,
    log_size,
    backups,
    file_rights,
    clock,
    nobody_in_charge,
)
