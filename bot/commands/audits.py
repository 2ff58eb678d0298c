"""``studyhall audit``."""

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import TypeVar

from bot.commands.offline import house_to_read
from bot.commands.outcome import Failed, read_config, refuse_own_files, write_whole
from bot.commands.terminal import out
from bot.config import Config
from handlers.afterwards import minutes_paper
from handlers.errors import Refusal
from handlers.present.minutes import minutes
from handlers.present.tournament_minutes import tournament_minutes
from handlers.registry import SENTENCES
from handlers.texts import Texts

T = TypeVar("T")


def contest(config_path: Path, contest_id: int, form: str, file: Path | None) -> None:
    """Print the official minutes of a contest, or write them to a file.

    Raises:
        Failed: there is no such contest, its replay gives other standings than those announced, or the file cannot be
            written.
    """
    config, t = read_config(config_path)
    if file is None and form == "docx":
        file = Path(f"minutes-{contest_id}.docx")
    if file is not None:
        refuse_own_files(config, config_path, file, t)
    content = _told(_minutes(config, contest_id, form, t), t)
    if file is None:
        out.print(content.decode().rstrip("\n"), markup=False)
        return
    write_whole(file, content, t)
    out.print(t("The minutes are written to {path}; the replay was checked.", path=file), markup=False)


def tournament(config_path: Path, tournament_id: int) -> None:
    """Print what happened in a tournament, everything worked out again.

    Raises:
        Failed: there is no such tournament, or its replay gives another bracket than the one announced.
    """
    config, t = read_config(config_path)
    for line in _told(_bracket(config, tournament_id, t), t):
        out.print(line, markup=False)


def _told(work: Coroutine[None, None, T], t: Texts) -> T:
    """What the work gives; a refusal in words."""
    try:
        return asyncio.run(work)
    except Exception as error:
        if isinstance(error, Refusal) and error.code in SENTENCES:
            raise Failed(SENTENCES.of(error, t)) from error
        raise


async def _minutes(config: Config, contest_id: int, form: str, t: Texts) -> bytes:
    async with house_to_read(config, t) as house:
        history = await house.records.history(contest_id)
        if form == "docx":
            return await minutes_paper(house, history, t)
        return ("\n".join(minutes(history, t)) + "\n").encode()


async def _bracket(config: Config, tournament_id: int, t: Texts) -> list[str]:
    async with house_to_read(config, t) as house:
        return tournament_minutes(await house.tournament_records.audit(tournament_id), t)
