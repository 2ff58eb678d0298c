"""The register of sessions as a workbook: which unit, which period."""

import asyncio

from handlers.act import Press, Said
from handlers.house import House
from handlers.present import register as show
from handlers.present.exports import preparing
from handlers.room import Command, Room
from handlers.texts import N_
from study.day_words import read_period
from study.errors import Forged


async def register(act: Said) -> None:
    """``/register`` asks; ``/register FROM to TO`` gives the own unit's."""
    registers, user, now = act.house.attendance.registers, act.sender.id, act.received_at
    if not act.words:
        await registers.menu(user, now=now)
        return
    period = read_period(act.words, registers.today(now))
    await registers.ask(user, await registers.unit_of(user), period.first, period.last, now=now)


async def press_register(act: Press) -> None:
    """Another unit, or the file."""
    if not act.chat.is_private:
        raise Forged()
    fields, registers, now = act.fields, act.house.attendance.registers, act.received_at
    what, unit, period = fields.word("unit", "get"), fields.number(), fields.word("month", "quarter", "year", "-")
    fields.end()
    if what == "unit":
        # From the menu of exports (no unit yet) it is a message of its own.
        await registers.menu(act.sender.id, unit_id=unit, on_message=act.message_id if unit else None, now=now)
        return
    if period == "-":
        raise Forged()
    first, last = show.period_from(period, registers.today(now))
    await registers.ask(act.sender.id, unit, first, last, now=now)
    await act.toast(preparing(act.t))


async def file_of(house: House, stored: str) -> bytes:
    """The workbook behind a stored attachment, made from what is known and allowed now.

    Raises:
        NotAllowed: whoever asked for it does not run the unit any more.
    """
    user_id, unit_id, first, last = show.wish_of(stored)
    found = await house.attendance.registers.for_user(user_id, unit_id, first, last)
    t = await house.languages.of(user_id)
    from handlers.present.register_book import workbook  # openpyxl: slow to load, and seldom wanted

    return await asyncio.to_thread(workbook, found, house.programme, t)


ROOM = Room(
    commands=(
        Command(
            "register",
            register,
            N_("the register of sessions for the printer"),
            N_("[DAY to DAY]"),
        ),
    ),
    presses={"reg": press_register},
)
