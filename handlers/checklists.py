"""Checklists of self-examination: one's own history, and the organisers' overview of a month."""

import handlers.present.checklists  # noqa: F401 - registers its presenters
from handlers.act import Press, Said
from handlers.house import House
from handlers.room import Command, Room
from handlers.texts import N_
from study.checklists import OPENING
from study.due import Due


async def checklist(act: Said) -> None:
    """Show somebody their own checklists."""
    await act.house.checklists.history(act.sender.id, now=act.received_at)


async def press_checklist(act: Press) -> None:
    """The own history, or a page of a month's overview."""
    fields = act.fields
    what = fields.word("own", "all")
    evaluation, page = (fields.number(), fields.number()) if what == "all" else (0, 0)
    fields.end()
    who, on, now = act.sender.id, act.message_id, act.received_at
    if what == "own":
        await act.house.checklists.history(who, on_message=on, now=now)
    else:
        await act.house.checklists.overview(who, evaluation, page, on_message=on, now=now)


async def opening(house: House, due: Due) -> None:
    """A month's checklist opens."""
    await house.checklists.open(due)


ROOM = Room(
    commands=(
        Command(
            "checklist",
            checklist,
            N_("your checklists and what you found"),
            part="forms.checklists",
        ),
    ),
    presses={"checklist": press_checklist},
    by_the_hour=(OPENING,),
    alarms={OPENING: opening},
    plan=lambda house, since, until: house.checklists.plan(since, until),
)
