"""``studyhall programme``: look at study programmes, check a folder, put one in force, copy one to change it."""

import asyncio
import shutil
from pathlib import Path
from zoneinfo import ZoneInfo

import aiohttp

from bot.commands.applying import ProgrammeApplied, put_in_force
from bot.commands.offline import house_to_read, house_to_write
from bot.commands.outcome import Failed, read_config, storage_sentence
from bot.commands.terminal import out
from bot.config import Config
from bot.web.control import ask_to_apply
from handlers.present.programme_mistakes import mistake_line
from handlers.present.programme_parts import part_lines, part_title, parts_of
from handlers.texts import Texts, texts
from storage import StorageError, schema
from storage.errors import InUse
from study.programme import Programme
from study.programme.reading import ProgrammeError, folder_of, read_programme, shipped


def listed(config_path: Path) -> None:
    """Print every programme that comes with the bot, and which one is in force."""
    config, t = _words(config_path)
    force = None if config is None else in_force(config, t)
    for name in shipped():
        programme = _read(name, t)
        mark = "★" if force is not None and force == programme else " "
        out.print(f"{mark} {name}  {programme.header.title.within(t.language)}", markup=False)
    if config is not None:
        out.print(force_line(force, t), markup=False)


def shown(config_path: Path, name: str) -> None:
    """Print a programme in words, part by part."""
    _, t = _words(config_path)
    programme = _read(name, t)
    out.print(f"{programme.name}  {programme.header.title.within(t.language)}", markup=False)
    for part in parts_of(programme):
        out.print(f"\n{part_title(part, t)}", markup=False)
        for line in part_lines(programme, part, t):
            out.print(f"• {line}", markup=False)


def checked(config_path: Path, name: str) -> None:
    """Say that a folder is a programme that can be applied.

    Raises:
        Failed: with every mistake of every file.
    """
    _, t = _words(config_path)
    programme = _read(name, t)
    parts = t(", ").join(part_title(part, t) for part in parts_of(programme))
    title = programme.header.title.within(t.language)
    out.print(t("“{title}” has no mistakes. Its parts: {parts}", title=title, parts=parts), markup=False)


def applied(config_path: Path, name: str) -> None:
    """Put a programme in force, also while the bot is running, and say what that has changed.

    Raises:
        Failed: the folder or the database cannot be used.
    """
    config, t = read_config(config_path)
    programme = _read(name, t)
    try:
        done = asyncio.run(_apply(config, programme, t))
    except StorageError as error:
        raise Failed(storage_sentence(error, t)) from error
    except (aiohttp.ClientError, OSError) as error:
        raise Failed(t("The running bot does not answer: {reason}", reason=str(error))) from error
    for line in done.lines:
        out.print(line, markup=False)


def copied(config_path: Path, name: str, folder: Path) -> None:
    """Copy a programme into a folder of one's own, to change it there.

    Raises:
        Failed: there is no such programme, or the folder is there already.
    """
    _, t = _words(config_path)
    source = folder_of(name)
    if not (source / "programme.toml").is_file():
        raise Failed(_unknown(name, t))
    if folder.exists() and any(folder.iterdir() if folder.is_dir() else (folder,)):
        raise Failed(t("{path} is there already; nothing was changed.", path=folder))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file in sorted(source.glob("*.toml")):
            shutil.copyfile(file, folder / file.name)
    except OSError as error:
        raise Failed(
            t("{path} cannot be written: {reason}", path=folder, reason=error.strerror or str(error))
        ) from error
    out.print(t("Copied to {path}. Change it, then: studyhall programme check {path}", path=folder), markup=False)


def in_force(config: Config, t: Texts) -> Programme | None:
    """The programme in force; ``None`` if there is no database yet, or none that this version can read."""
    path = config.storage.path

    async def read() -> Programme:
        async with house_to_read(config, t) as house:
            return await house.programmes.in_force()

    try:
        if schema.revision_of(path) != schema.newest():
            return None
        return asyncio.run(read())
    except (StorageError, OSError, Failed):
        return None


def force_line(programme: Programme | None, t: Texts) -> str:
    """Which programme is in force, in a line."""
    if programme is None or not programme.name:
        return t("Programme: none is in force (studyhall programme apply puts one in force).")
    title = programme.header.title.within(t.language)
    return t("Programme: “{title}” ({name}) is in force.", title=title, name=programme.name)


def _words(config_path: Path) -> tuple[Config | None, Texts]:
    """The configuration, if there is one: looking at programmes needs none."""
    if not config_path.exists():
        return None, texts("zh-CN", ZoneInfo("UTC"))
    return read_config(config_path)


def _read(name: str, t: Texts) -> Programme:
    folder = folder_of(name)
    if not folder.is_dir():
        raise Failed(_unknown(name, t))
    try:
        return read_programme(folder)
    except ProgrammeError as error:
        raise Failed("\n".join(mistake_line(mistake, t) for mistake in error.mistakes)) from error


def _unknown(name: str, t: Texts) -> str:
    known = t(", ").join(shipped())
    return t("There is no programme “{name}”. Name a folder, or one of: {known}", name=name, known=known)


async def _apply(config: Config, programme: Programme, t: Texts) -> ProgrammeApplied:
    try:
        async with house_to_write(config) as house:
            return await put_in_force(house, programme, t)
    except InUse:
        return await ask_to_apply(config.storage.path, programme)
