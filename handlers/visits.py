"""The visit log of observers, and the notice that may come of a visit."""

from handlers.act import Press, Said
from handlers.present import visits as show
from handlers.room import Command, Room
from handlers.texts import N_
from study.task_templates import NOTICE


async def visit(act: Said) -> None:
    """Note a visit; without words show the log."""
    if not act.words:
        await act.house.visits.list(act.sender.id, now=act.received_at)
        return
    photo = act.message.photo[-1].file_id if act.message.photo else ""
    await act.house.visits.note(act.sender.id, act.update_id, act.words, photo, now=act.received_at)


async def press_duty(act: Press) -> None:
    """The visit was one of the visitor's regular duties."""
    fields = act.fields
    visit_id, key = fields.number(), fields.word()
    fields.end()
    new = await act.house.visits.as_duty(act.sender.id, visit_id, key, now=act.received_at)
    await act.toast(show.duty_done(act.t, new))


async def press_notice(act: Press) -> None:
    """Make a notice of what was found."""
    fields = act.fields
    visit_id = fields.number()
    fields.end()
    found = await act.house.visits.finding(act.sender.id, visit_id)
    await act.house.tasks.assigning.start_about(
        act.sender.id,
        act.update_id,
        found.unit_id,
        show.notice_title(act.t, found.day),
        found.text,
        template=NOTICE,
        now=act.received_at,
    )


ROOM = Room(
    commands=(
        Command(
            "visit",
            visit,
            N_("note a visit to a unit, or see the log"),
            N_("[UNIT what was seen]"),
            part="rounds",
        ),
    ),
    presses={"visit_duty": press_duty, "visit_notice": press_notice},
    errors={
        "visit_unit.near": N_("There is no unit called {unit} among yours. Did you mean: {near}?"),
        "visit_unit.none": N_("There is no unit called {unit} among yours."),
        "visit_unreadable": N_("Please write the unit and what you saw: /visit UNIT What you saw"),
    },
)
