"""Putting a programme in force: the same steps for the command line and for the running bot's control socket."""

from pydantic import BaseModel

from handlers.house import House
from handlers.present.programme_changes import applied_lines
from handlers.texts import Texts
from study.programme import Programme
from study.programme.changes import changes


class ProgrammeApplied(BaseModel):
    """How it went, in lines."""

    lines: list[str] = []


async def put_in_force(house: House, programme: Programme, t: Texts) -> ProgrammeApplied:
    """Apply a programme and say what that has changed."""
    before = await house.programmes.in_force()
    applied = await house.programmes.apply(programme, now=house.clock.now())
    return ProgrammeApplied(lines=applied_lines(programme.header.title, applied, changes(before, programme), t))
