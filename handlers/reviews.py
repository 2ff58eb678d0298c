"""Reflections and assignments, the organisers' side: how far people are, reading, ruling, reminding, closing."""

from handlers.act import Press, Said
from handlers.present import reviews as show
from handlers.room import Command, Room
from handlers.texts import N_
from study.errors import Usage
from study.task_reviews import RETURNING


async def reflections(act: Said) -> None:
    """List the reflections that are asked for, or show one by its number."""
    house, number = act.house, act.words.strip().removeprefix("#")
    if not number:
        await house.tasks.reviews.list(act.sender.id, kind="reflection", waiting=False, now=act.received_at)
    elif number.isascii() and number.isdigit() and len(number) <= 18:
        await house.tasks.reviews.detail(act.sender.id, int(number), now=act.received_at)
    else:
        raise Usage(usage="/reflections 12")


async def reviews(act: Said) -> None:
    """List the tasks with something to be read."""
    await act.house.tasks.reviews.list(act.sender.id, kind=None, waiting=True, now=act.received_at)


async def assignments(act: Said) -> None:
    """List the assignments."""
    await act.house.tasks.reviews.list(act.sender.id, kind="assignment", waiting=False, now=act.received_at)


async def press_task(act: Press) -> None:
    """What the buttons under a task do: show it, read, remind, close."""
    fields, house = act.fields, act.house
    what = fields.word("show", "read", "remind", "close")
    task_id = fields.number()
    fields.end()
    match what:
        case "show":
            await house.tasks.reviews.detail(act.sender.id, task_id, on_message=act.message_id, now=act.received_at)
        case "read":
            await house.tasks.reviews.read(act.sender.id, task_id, on_message=act.message_id, now=act.received_at)
        case "remind":
            count = await house.tasks.reviews.remind(act.sender.id, task_id, now=act.received_at)
            await act.toast(show.reminded(act.t, count), alert=True)
        case "close":
            await house.tasks.reviews.close(
                act.sender.id, task_id, on_message=act.message_id, me=house.me, now=act.received_at
            )


async def press_turn(act: Press) -> None:
    """Another submission, or another page of one."""
    fields = act.fields
    submission, page = fields.number(), fields.number()
    fields.end()
    await act.house.tasks.reviews.turn(act.sender.id, submission, page, on_message=act.message_id, now=act.received_at)


async def press_rule(act: Press) -> None:
    """Accept a submission, pick it as a good one, or begin to return it."""
    fields, reviews = act.fields, act.house.tasks.reviews
    what = fields.word("accept", "good", "return")
    submission, version = fields.number(), fields.number()
    fields.end()
    if what == "return":
        await reviews.begin_return(act.sender.id, submission, version, now=act.received_at)
        return
    outcome = await reviews.accept(
        act.sender.id,
        act.sender.name,
        submission,
        version,
        commended=what == "good",
        on_message=act.message_id,
        me=act.house.me,
        now=act.received_at,
    )
    await act.toast(show.ruled(act.t, outcome))


async def give_back(act: Said, body: str) -> None:
    """Return a submission for the reason that was given."""
    await act.house.tasks.reviews.give_back(
        act.sender.id, act.sender.name, body, act.message.text or "", now=act.received_at
    )


async def press_files(act: Press) -> None:
    """Send the photos and files of a submission."""
    fields = act.fields
    submission = fields.number()
    fields.end()
    count = await act.house.tasks.reviews.files(act.sender.id, submission, now=act.received_at)
    await act.toast(show.files_sent(act.t, count))


ROOM = Room(
    commands=(
        Command("reviews", reviews, N_("submissions to be read")),
        Command(
            "reflections",
            reflections,
            N_("reflections: who has handed in, who has not"),
            "[12]",
        ),
        Command(
            "assignments",
            assignments,
            N_("assignments: who has handed in, who has not"),
        ),
    ),
    presses={"review": press_task, "review_turn": press_turn, "review_rule": press_rule, "review_files": press_files},
    topics={RETURNING: give_back},
)
