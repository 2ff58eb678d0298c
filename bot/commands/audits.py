"""``studyhall audit``: replay what was recorded and compare it with what was announced."""

import asyncio
from collections.abc import Coroutine
from pathlib import Path

from bot.commands.offline import house_to_read
from bot.commands.outcome import Failed, out, read_config
from bot.config import Config
from handlers.errors import Refusal
from handlers.present.minutes import minutes
from handlers.present.tournament_minutes import tournament_minutes
from handlers.registry import SENTENCES
from handlers.texts import Texts


def contest(config_path: Path, contest_id: int) -> None:
    """Print the official minutes of a contest.

    Raises:
        Failed: there is no such contest, or its replay gives other standings than those announced.
    """
    config, t = read_config(config_path)
    _print(_minutes(config, contest_id, t), t)


def tournament(config_path: Path, tournament_id: int) -> None:
    """Print what happened in a tournament, everything worked out again.

    Raises:
        Failed: there is no such tournament, or its replay gives another bracket than the one announced.
    """
    config, t = read_config(config_path)
    _print(_bracket(config, tournament_id, t), t)


def _print(work: Coroutine[None, None, list[str]], t: Texts) -> None:
    try:
        lines = asyncio.run(work)
    except Exception as error:
        if isinstance(error, Refusal) and error.code in SENTENCES:
            raise Failed(SENTENCES.of(error, t)) from error
        raise
    for line in lines:
        out.print(line, markup=False)


async def _minutes(config: Config, contest_id: int, t: Texts) -> list[str]:
    async with house_to_read(config, t) as house:
        return minutes(await house.records.history(contest_id), t)


async def _bracket(config: Config, tournament_id: int, t: Texts) -> list[str]:
    async with house_to_read(config, t) as house:
        return tournament_minutes(await house.tournament_records.audit(tournament_id), t)
