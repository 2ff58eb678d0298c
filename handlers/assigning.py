"""Giving an assignment: what, until when, to whom, a preview, send."""

from handlers.act import Press, Said
from handlers.content import content_of
from handlers.present import assigning as show
from handlers.room import Command, Room
from handlers.texts import N_
from study.access import Role
from study.assigning import CONTENT, DEADLINE, PREVIEW, Soon
from study.task_templates import NOTICE


async def assign(act: Said) -> None:
    """Begin an assignment, or show the preview of one that was written on one line."""
    assigning = act.house.tasks.assigning
    if act.words:
        await assigning.start_whole(act.sender.id, act.update_id, act.words, now=act.received_at)
    else:
        await assigning.start(act.sender.id, act.update_id, now=act.received_at)


async def notice(act: Said) -> None:
    """Begin a supervision notice, or show the preview of one that was written on one line."""
    assigning = act.house.tasks.assigning
    if act.words:
        await assigning.start_whole(act.sender.id, act.update_id, act.words, template=NOTICE, now=act.received_at)
    else:
        await assigning.start(act.sender.id, act.update_id, template=NOTICE, now=act.received_at)


async def notices(act: Said) -> None:
    """List the notices: who has replied, who has not."""
    await act.house.tasks.reviews.list(
        act.sender.id, kind=None, template=NOTICE.name, waiting=False, now=act.received_at
    )


async def take_content(act: Said, body: str) -> None:
    """Take what is to be done."""
    await act.house.tasks.assigning.take_content(act.sender.id, body, content_of(act.message), now=act.received_at)


async def take_deadline(act: Said, body: str) -> None:
    """Take the deadline, or another one while the preview is shown."""
    await act.house.tasks.assigning.take_deadline(act.sender.id, body, act.words, act.update_id, now=act.received_at)


async def press_deadline(act: Press) -> None:
    """Take a deadline from the buttons."""
    fields = act.fields
    choice = Soon(fields.word(*(soon.value for soon in Soon)))
    fields.end()
    await act.house.tasks.assigning.choose_deadline(act.sender.id, choice, now=act.received_at)


async def press_unit(act: Press) -> None:
    """Put a unit in or out."""
    fields = act.fields
    key, unit_id = fields.number(), fields.number()
    fields.end()
    await act.house.tasks.assigning.toggle(act.sender.id, key, unit_id, now=act.received_at)


async def press_level(act: Press) -> None:
    """Put a level in or out."""
    fields = act.fields
    key, level = fields.number(), fields.number()
    fields.end()
    await act.house.tasks.assigning.toggle_level(act.sender.id, key, level, now=act.received_at)


async def press_role(act: Press) -> None:
    """Put a role in or out."""
    fields = act.fields
    key, role = fields.number(), Role(fields.word(*Role))
    fields.end()
    await act.house.tasks.assigning.toggle_role(act.sender.id, key, role, now=act.received_at)


async def press_page(act: Press) -> None:
    """Another page of the units."""
    fields = act.fields
    key, page = fields.number(), fields.number()
    fields.end()
    await act.house.tasks.assigning.turn(act.sender.id, key, page, now=act.received_at)


async def press_send(act: Press) -> None:
    """Send the assignment."""
    fields = act.fields
    key = fields.number()
    fields.end()
    people = await act.house.tasks.assigning.send(act.sender.id, key, me=act.house.me, now=act.received_at)
    await act.toast(show.sent(act.t, people))


async def press_drop(act: Press) -> None:
    """Send nothing."""
    fields = act.fields
    key = fields.number()
    fields.end()
    await act.house.tasks.assigning.drop(act.sender.id, key, now=act.received_at)


ROOM = Room(
    commands=(
        Command(
            "assign",
            assign,
            N_("give an assignment with a deadline"),
            "[11-30 18:00 …]",
        ),
        Command(
            "notice",
            notice,
            N_("a supervision notice to units, with a deadline for the reply"),
            "[11-30 18:00 …]",
        ),
        Command("notices", notices, N_("notices: who has replied")),
    ),
    presses={
        "assign_due": press_deadline,
        "assign_unit": press_unit,
        "assign_level": press_level,
        "assign_role": press_role,
        "assign_page": press_page,
        "assign_send": press_send,
        "assign_drop": press_drop,
    },
    topics={CONTENT: take_content, DEADLINE: take_deadline, PREVIEW: take_deadline},
    errors={"notice_units": N_("Please press at least one unit that the notice is about.")},
)
