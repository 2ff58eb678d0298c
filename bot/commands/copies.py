"""``studyhall backup`` and ``studyhall restore``."""

import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from bot.backups import backup_name, drop_old
from bot.commands.outcome import Failed, read_config, refuse_own_files, storage_sentence
from bot.commands.terminal import out
from bot.config import Config
from bot.lock import DatabaseLock
from handlers.texts import Texts
from storage import StorageError, schema
from storage.restored import mark_restored, mark_taken

_BESIDE = ("-wal", "-shm")
"""SQLite's own files beside a database in WAL mode."""


def backup(config_path: Path, file: Path | None) -> None:
    """Copy the database, also while it is in use; the copy appears only when it is whole.

    Without a file it goes into the folder of the configuration, where only the newest are kept.

    Raises:
        Failed: there is no database of ours, the file cannot be written, or it is one of those that the bot works on.
    """
    config, t = read_config(config_path)
    if file is not None:
        _back_up(config, config_path, file, t)
        return
    folder = config.backup.path
    if folder is None:
        raise Failed(t("Name a file, or a folder for backups in [backup] folder."))
    _back_up(config, config_path, folder / backup_name(datetime.now(UTC)), t)
    try:
        dropped = drop_old(folder, config.backup.keep)
    except OSError as error:
        raise Failed(t("Old backups could not be removed: {reason}", reason=str(error))) from error
    for old in dropped:
        out.print(t("Removed {path}.", path=old), markup=False)


def _back_up(config: Config, config_path: Path, file: Path, t: Texts) -> None:
    path = config.storage.path
    refuse_own_files(config, config_path, file, t)
    try:
        if schema.revision_of(path) is None:
            raise Failed(t("There is no database at {path} yet.", path=path))
    except StorageError as error:
        raise Failed(storage_sentence(error, t)) from error
    part = file.with_name(f"{file.name}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        schema.copy(path, part)
        mark_taken(part, datetime.now(UTC))
        part.replace(file)
    except (OSError, sqlite3.Error) as error:
        raise Failed(t("The backup could not be written: {reason}", reason=str(error))) from error
    finally:
        if part.is_file():
            part.unlink()
    out.print(t("Backed up to {path} ({size} kB).", path=file, size=file.stat().st_size // 1024), markup=False)


def restore(config_path: Path, file: Path) -> None:
    """Put a backup in place of the database; the old database is kept beside it.

    Raises:
        Failed: the backup is no database of ours or from a newer version, or the bot is running.
    """
    config, t = read_config(config_path)
    path = config.storage.path
    if not file.exists():
        raise Failed(t("There is no file {path}.", path=file))
    lock = DatabaseLock(path)
    try:
        revision = schema.revision_of(file)
        if revision is None:
            raise Failed(t("{path} is empty.", path=file))
        if revision > schema.newest():
            raise Failed(
                t(
                    "{path} was written by a newer version of Studyhall (schema {found}; this one knows {known}). Update Studyhall.",
                    path=file,
                    found=revision,
                    known=schema.newest(),
                )
            )
        lock.acquire()
        kept = _put_in_place(file, path)
    except StorageError as error:
        raise Failed(storage_sentence(error, t)) from error
    except (OSError, sqlite3.Error) as error:
        raise Failed(t("The backup could not be restored: {reason}", reason=str(error))) from error
    finally:
        lock.release()
    if kept is not None:
        out.print(t("What was there is kept as {path}.", path=kept), markup=False)
    out.print(t("Restored {path}.", path=path), markup=False)


def _put_in_place(file: Path, path: Path) -> Path | None:
    fresh = path.with_name(f"{path.name}.restoring")
    fresh.unlink(missing_ok=True)
    schema.copy(file, fresh)
    mark_restored(fresh, datetime.now(UTC))
    kept = None
    if path.exists():
        kept = path.with_name(f"{path.name}.{datetime.now(UTC):%Y%m%dT%H%M%S%f}.before-restore")
        _keep(path, kept)
    for suffix in _BESIDE:
        path.with_name(f"{path.name}{suffix}").unlink(missing_ok=True)
    fresh.replace(path)
    return kept


def _keep(path: Path, kept: Path) -> None:
    """Copy the database as one whole file; a damaged one, which is what backups are for, as the files that it is."""
    try:
        schema.copy(path, kept)
    except sqlite3.Error:
        for suffix in ("", *_BESIDE):
            damaged = path.with_name(f"{path.name}{suffix}")
            if damaged.exists():
                shutil.copy2(damaged, kept.with_name(f"{kept.name}{suffix}"))
