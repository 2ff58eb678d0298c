"""``studyhall certificates``: the certificates of a contest or of a tournament as files."""

import asyncio
from pathlib import Path

from bot.commands.offline import house_to_read
from bot.commands.outcome import Failed, read_config, write_whole
from bot.commands.terminal import out
from bot.config import Config
from handlers.afterwards import award_files, certificate_files
from handlers.errors import Refusal
from handlers.registry import SENTENCES
from handlers.texts import Texts
from handlers.tournament_awards import occasion, placed
from quizzes.engine.phases import Finished
from quizzes.reviews import ContestNotOver
from quizzes.tournament.events import Finished as Decided


def certificates(config_path: Path, contest_id: int | None, tournament_id: int | None, folder: Path) -> None:
    """Write one certificate a placed team, as PDF and as PNG.

    Raises:
        Failed: there is no such contest or tournament, it was not played to its end, or the folder cannot be written
            to; or not exactly one was named.
    """
    config, t = read_config(config_path)
    if (contest_id is None) is (tournament_id is None):
        raise Failed(t("Name a contest by its number, or a tournament with --tournament."))
    try:
        files = asyncio.run(_files(config, contest_id, t) if contest_id is not None else _won(config, tournament_id, t))
    except Exception as error:
        if isinstance(error, Refusal) and error.code in SENTENCES:
            raise Failed(SENTENCES.of(error, t)) from error
        raise
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Failed(
            t("{path} cannot be written: {reason}", path=folder, reason=error.strerror or str(error))
        ) from error
    for name, content in files:
        write_whole(folder / name, content, t)
    out.print(t("{count} files written to {path}", count=len(files), path=folder), markup=False)


async def _files(config: Config, contest_id: int, t: Texts) -> list[tuple[str, bytes]]:
    async with house_to_read(config, t) as house:
        history = await house.records.history(contest_id)
        if not isinstance(history.contest.phase, Finished):
            raise ContestNotOver()
        return await certificate_files(house, history, t, "pdf", "png")


async def _won(config: Config, tournament_id: int | None, t: Texts) -> list[tuple[str, bytes]]:
    async with house_to_read(config, t) as house:
        history = await house.tournament_records.history(tournament_id)
        if not any(isinstance(event, Decided) for event in history.events):
            raise ContestNotOver()
        return await award_files(house, await placed(house, history), occasion(house, history), t, "pdf", "png")
