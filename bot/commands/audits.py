"""``studyhall audit``: replay what was recorded and compare it with what was announced."""

import asyncio
from pathlib import Path

from bot.commands.offline import house_to_read
from bot.commands.outcome import Failed, out, read_config
from bot.config import Config
from handlers.errors import Refusal
from handlers.present.minutes import minutes
from handlers.registry import SENTENCES
from handlers.texts import Texts


def contest(config_path: Path, contest_id: int) -> None:
    """Print the official minutes of a contest.

    Raises:
        Failed: there is no such contest, or its replay gives other standings than those announced.
    """
    config, t = read_config(config_path)
    try:
        lines = asyncio.run(_minutes(config, contest_id, t))
    except Exception as error:
        if isinstance(error, Refusal) and error.code in SENTENCES:
            raise Failed(SENTENCES.of(error, t)) from error
        raise
    for line in lines:
        out.print(line, markup=False)


async def _minutes(config: Config, contest_id: int, t: Texts) -> list[str]:
    async with house_to_read(config, t) as house:
        return minutes(await house.records.history(contest_id), t)
