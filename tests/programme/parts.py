"""Parts of the programmes that come with the bot, each by itself: a test of one is not moved by the others."""

import tomllib
from typing import Any

from study.programme import Programme
from study.programme.reading import SHIPPED, file_of
from tests.hall import Hall


def programme_of(name: str, *parts: str, **more: Any) -> Programme:
    """The named parts of a shipped programme, with whatever else a test puts beside them."""
    tables = {part: tomllib.loads((SHIPPED / name / file_of(part)).read_text(encoding="utf-8")) for part in parts}
    return Programme.model_validate({"name": name, **tables, **more})


async def apply(hall: Hall, programme: Programme) -> None:
    """Put a programme in force and let its recurring meetings be planned, as the bot does at its start."""
    assert hall.app is not None
    await hall.app.house.programmes.apply(programme, now=hall.clock.now())
    await hall.stop_bot()
    await hall.start_bot()
