"""``studyhall import``: into the database, or through the bot that is running on it."""

import asyncio
import sys
from pathlib import Path

import aiohttp

from bot.commands.importing import Imported, take_in
from bot.commands.offline import house_to_write
from bot.commands.outcome import Failed, read_config, say_error, storage_sentence
from bot.commands.terminal import err, out
from bot.config import Config
from bot.web.control import ask_to_import
from handlers.texts import Texts
from storage import StorageError
from storage.errors import InUse

_YES = ("y", "yes", "是", "好")


def import_file(config_path: Path, kind: str, file: Path, *, name: str | None, yes: bool) -> None:
    """Import a file; with bad rows in a roster it asks before it takes in the rest.

    Raises:
        Failed: the file or the database cannot be used, or the confirmation was refused.
    """
    config, t = read_config(config_path)
    try:
        content = file.read_bytes()
    except OSError as error:
        raise Failed(t("{path} cannot be read: {reason}", path=file, reason=error.strerror or str(error))) from error
    done = _once(config, kind, content, file, name, yes, t)
    if done.question is not None:
        _print(done.problems)
        if not _confirmed(done.question):
            raise Failed(t("Nothing was imported."))
        done = _once(config, kind, content, file, name, True, t).model_copy(update={"problems": []})
    _print(done.problems)
    if done.refused is not None:
        raise Failed(done.refused)
    for line in done.lines:
        out.print(line, markup=False)


def _confirmed(question: str) -> bool:
    """Ask on standard error, so that standard output has results only; nobody there to answer is a no."""
    err.print(f"{question} [y/N] ", end="", markup=False)
    answer = sys.stdin.readline()
    if not answer.endswith("\n") or not sys.stdin.isatty():
        err.print()
    return answer.strip().lower() in _YES


def _print(problems: list[str]) -> None:
    for line in problems:
        say_error(line)


def _once(
    config: Config, kind: str, content: bytes, file: Path, name: str | None, confirmed: bool, t: Texts
) -> Imported:
    try:
        return asyncio.run(_import(config, kind, content, file.absolute(), name, confirmed, t))
    except StorageError as error:
        raise Failed(storage_sentence(error, t)) from error
    except (aiohttp.ClientError, OSError) as error:
        raise Failed(t("The running bot does not answer: {reason}", reason=str(error))) from error


async def _import(
    config: Config, kind: str, content: bytes, file: Path, name: str | None, confirmed: bool, t: Texts
) -> Imported:
    try:
        async with house_to_write(config) as house:
            return await take_in(
                house, kind, content, file.name, name=name, confirmed=confirmed, t=t, folder=file.parent
            )
    except InUse:
        return await ask_to_import(config.storage.path, kind, content, str(file), name=name, confirmed=confirmed)
