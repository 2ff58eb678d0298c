"""``studyhall doctor``: what is odd in a database, and what to do about it."""

import asyncio
import json
import socket
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.commands.doctor_files import FILE_CHECKS
from bot.commands.doctor_findings import Finding, Subject, wrong
from bot.commands.doctor_tables import TABLE_CHECKS, integrity
from bot.commands.doctor_words import SENTENCES
from bot.commands.outcome import Failed, read_config, storage_sentence
from bot.commands.terminal import out
from bot.web.control import socket_of
from handlers.texts import Texts
from storage import Database, StorageError, Tx, schema
from storage.doctor import Examination

_MAGIC = b"SQLite format 3\0"
"""How every database of SQLite begins (sqlite.org/fileformat.html)."""


def doctor(config_path: Path, file: Path | None, form: str) -> None:
    """Print a line for each finding; nothing is changed.

    Raises:
        Failed: there is nothing to look at.
        SystemExit: with status 1, if something is wrong.
    """
    config, t = read_config(config_path)
    path = file if file is not None else config.storage.path
    if not path.exists():
        raise Failed(t("There is no file {path}.", path=path))
    now = datetime.now(UTC)
    try:
        revision = schema.revision_of(path)
    except StorageError as error:
        if not _is_damaged(path, error):
            raise Failed(storage_sentence(error, t)) from error
        revision, findings = (
            "?",
            [wrong("damaged" if file is None else "backup_damaged", reason=error.params["reason"])],
        )
        subject = Subject(path, config, config_path, now, now, is_running=False, is_copy=True, is_current=False)
    else:
        if revision is None:
            raise Failed(t("{path} is empty.", path=path))
        subject = Subject(
            path,
            config,
            config_path,
            now,
            now,
            is_running=file is None and _is_running(path),
            is_copy=file is not None,
            is_current=revision == schema.newest(),
        )
        findings = asyncio.run(_examine(subject))
    if form == "json":
        out.print(json.dumps(_as_json(path, findings, t), ensure_ascii=False, indent=2), markup=False)
    else:
        _print(subject, revision, findings, t)
    if any(finding.level == "wrong" for finding in findings):
        raise SystemExit(1)


def _is_damaged(path: Path, error: StorageError) -> bool:
    """Whether it is, or was, a database that SQLite cannot read, rather than a file of another kind."""
    with path.open("rb") as file:
        return isinstance(error.__cause__, sqlite3.DatabaseError) and file.read(len(_MAGIC)) == _MAGIC


def _is_running(database: Path) -> bool:
    """Whether a bot has the database at present: it listens on a socket beside it."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as asking:
        return asking.connect_ex(str(socket_of(database))) == 0


async def _examine(subject: Subject) -> list[Finding]:
    database = Database(subject.path, readers=1)
    try:
        await database.open(write=False)
    except sqlite3.Error as error:
        return [wrong("unreadable", reason=str(error))]
    try:
        return await database.read(lambda tx: list(_findings(subject, tx)))
    finally:
        await database.close()


def _findings(subject: Subject, tx: Tx) -> Iterator[Finding]:
    if not subject.is_running and subject.is_current:
        subject = _at_its_last_sign(subject, tx)
    for look in FILE_CHECKS:
        yield from look(subject)
    checks = (integrity, *(TABLE_CHECKS if subject.is_current else ()))
    for check in checks:
        try:
            yield from check(subject, tx)
        except sqlite3.DatabaseError as error:
            yield wrong("unreadable", reason=str(error))


def _at_its_last_sign(subject: Subject, tx: Tx) -> Subject:
    """A bot that is stopped is not late with what has fallen due since."""
    try:
        last = Examination.of(tx).last_sign()
    except sqlite3.DatabaseError:
        return subject  # a damaged file: told by the checks
    return subject if last is None else replace(subject, as_of=last)


def _print(subject: Subject, revision: str, findings: list[Finding], t: Texts) -> None:
    out.print(t("Database: {path} (schema {revision})", path=subject.path, revision=revision), markup=False)
    if not subject.is_copy:
        out.print(t("The bot is running.") if subject.is_running else t("The bot is not running."), markup=False)
    for finding in findings:
        mark = "✗" if finding.level == "wrong" else "·"
        out.print(f"{mark} {_sentence(finding, t)}", markup=False)
    if not findings:
        out.print("✓", t("Nothing odd was found."), markup=False)


def _as_json(path: Path, findings: list[Finding], t: Texts) -> dict[str, object]:
    return {
        "database": str(path),
        "findings": [
            {"code": finding.code, "level": finding.level, "says": _sentence(finding, t)} for finding in findings
        ],
    }


def _sentence(finding: Finding, t: Texts) -> str:
    filled = {
        name: f"{t.day(value.astimezone(t.zone))} {t.time(value)}" if isinstance(value, datetime) else value
        for name, value in finding.params.items()
    }
    return t(SENTENCES[finding.code], **filled)
