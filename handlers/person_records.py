"""The record of one person across study, exams, evaluation and duties."""

import asyncio

from handlers.act import Press, Said
from handlers.house import House
from handlers.joining import must_be_private
from handlers.present import person_records as show
from handlers.room import Command, Room
from handlers.texts import N_


async def record(act: Said) -> None:
    """One's own record, or that of somebody whose unit one runs."""
    await act.house.person_records.show(act.sender.id, act.words.strip(), now=act.received_at)


async def press_record(act: Press) -> None:
    """The Word file."""
    must_be_private(act)
    fields = act.fields
    person = fields.number()
    fields.end()
    await act.house.person_records.ask_file(act.sender.id, person, now=act.received_at)


async def file_of(house: House, stored: str) -> bytes:
    """The file, made when it is sent, of what its reader may see then.

    Raises:
        NotAllowed: they may not see it any more.
    """
    person, reader = show.wish_of(stored)
    t = await house.languages.of(reader)
    found = await house.person_records.record(reader, person, now=house.clock.now())
    return await asyncio.to_thread(show.record_docx, found, house.programme, t)


ROOM = Room(
    commands=(
        Command(
            "record",
            record,
            N_("the year's record of one person on one page"),
            N_("[NAME]"),
            part="reports",
        ),
    ),
    presses={"record": press_record},
    errors=show.ERRORS,
)
