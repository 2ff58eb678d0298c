"""How a command ends: with a line on standard output, or with one clear line on standard error."""

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.commands.config_words import problem_line
from bot.config import Config, load
from bot.config_problems import ConfigError
from bot.log import redact
from handlers.texts import N_, Texts, texts
from storage import NewerSchema, StorageError
from storage.errors import Damaged, InUse, NotADatabase, OldSchema, Unavailable
from storage.trouble import refused, trouble_of

if TYPE_CHECKING:
    from quizzes.presets import Preset


class Failed(Exception):
    """The command cannot be carried out; the sentence is for the user, in their language."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


def say_error(sentence: str) -> None:
    """One line on standard error."""
    from bot.commands.terminal import err

    err.print(redact(sentence), markup=False)


def read_config(path: Path) -> tuple[Config, Texts]:
    """Load the configuration, and the words of its language.

    Raises:
        Failed: it cannot be used; every problem is named.
    """
    try:
        config = load(path)
    except ConfigError as error:
        t = texts(error.language, ZoneInfo("UTC"))
        raise Failed("\n".join(problem_line(problem, t) for problem in error.problems)) from error
    return config, words_of(config)


def presets_or_fail(config: Config, t: Texts) -> "dict[str, Preset]":
    """All presets of a programme.

    Raises:
        Failed: with every mistake of every file.
    """
    from handlers.present.preset_mistakes import mistake_line
    from quizzes.presets import PresetError, all_presets

    try:
        return all_presets(config.contest.own_presets)
    except PresetError as error:
        raise Failed("\n".join(mistake_line(mistake, t) for mistake in error.mistakes)) from error


def refuse_own_files(config: Config, config_path: Path, file: Path, t: Texts) -> None:
    """Let nobody write an export or a backup over what the bot works on.

    Raises:
        Failed: ``file`` is the database, one of the files beside it, or the configuration.
    """
    database = config.storage.path
    beside = [database.with_name(f"{database.name}{suffix}") for suffix in ("", "-wal", "-shm", ".lock", ".sock")]
    if file.resolve() in {own.resolve() for own in (config_path, *beside)}:
        raise Failed(t("{path} belongs to the bot itself. Please name another file.", path=file))


def write_whole(file: Path, content: bytes, t: Texts) -> None:
    """Write a file, which appears only when it is whole.

    Raises:
        Failed: it cannot be written.
    """
    part = file.with_name(f"{file.name}.part")
    try:
        part.write_bytes(content)
        part.replace(file)
    except OSError as error:
        if part.is_file():
            part.unlink()
        raise Failed(t("{path} cannot be written: {reason}", path=file, reason=error.strerror or str(error))) from error


def words_of(config: Config) -> Texts:
    """The words of the programme's language."""
    return texts(config.programme.language, config.programme.zone)


def english() -> Texts:
    """Words for before a configuration is read."""
    return texts("en", ZoneInfo("UTC"))


_DAMAGED = N_("The database {path} is damaged ({reason}). Put a backup in its place: studyhall restore FILE")
_TROUBLES = {
    "full": N_("The disk is full: the database cannot be written. Make room, then try again."),
    "read_only": N_("The database is read-only. Let Studyhall write to its file and folder, then try again."),
    "locked": N_("Another program holds the database. Close it, then try again."),
    "io": N_("The database cannot be read or written: {reason}. Look after the disk, then try again."),
    "memory": N_("There is not enough memory for the database."),
    "damaged": _DAMAGED,
}
"""By the kinds of ``storage.trouble``."""


def trouble_sentence(error: sqlite3.Error, path: Path, t: Texts) -> str | None:
    """The same for an error of SQLite's own; None if it is not the machine's."""
    if trouble_of(error) is None:
        return None
    unavailable = refused(error)
    unavailable.params["path"] = str(path)
    return storage_sentence(unavailable, t)


def storage_sentence(error: StorageError, t: Texts) -> str:
    """What is wrong with the database, in words."""
    path = error.params.get("path", "")
    if isinstance(error, Unavailable):
        return t(_TROUBLES[error.trouble], path=path, reason=error.params["reason"])
    if isinstance(error, Damaged):
        return t(_DAMAGED, path=path, reason=error.params["reason"])
    if isinstance(error, NewerSchema):
        return t(
            "{path} was written by a newer version of Studyhall (schema {found}; this one knows {known}). Update Studyhall.",
            path=path,
            found=error.params["found"],
            known=error.params["known"],
        )
    if isinstance(error, OldSchema):
        return t("{path} is at an older schema. Start the bot once to bring it up to date.", path=path)
    if isinstance(error, InUse):
        return t("The database is in use by another process ({pid}). Stop it first.", pid=error.params["pid"])
    if isinstance(error, NotADatabase):
        return t("{path} is not a database of Studyhall: {reason}.", path=path, reason=error.params["reason"])
    return t("The database cannot be used: {reason}", reason=str(error))
