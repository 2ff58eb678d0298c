"""Reflections and assignments, the members' side: what is asked of them, writing, handing in."""

import telegram

from handlers.act import Press, Said
from handlers.house import House
from handlers.present import tasks as show
from handlers.room import Command, Room
from handlers.task_errors import ERRORS
from handlers.texts import N_
from study.due import Due
from study.errors import Forged
from study.submission import Attached, Consent
from study.task_drafts import WRITING
from study.task_refusals import PieceNotTaken
from study.task_templates import Piece

_CONSENTS = {"named": Consent.NAMED, "anonymous": Consent.ANONYMOUS, "refused": Consent.REFUSED}


async def reflect(act: Said) -> None:
    """Open the current reflection in private; in a group show the way there."""
    tasks = act.house.tasks.members
    if act.chat.is_private:
        await tasks.reflect(act.sender.id, now=act.received_at)
    else:
        await tasks.link(act.chat.id, reply_to=act.message_id, me=act.house.me, now=act.received_at)


async def tasks(act: Said) -> None:
    """List the person's tasks."""
    await act.house.tasks.members.mine(act.sender.id, now=act.received_at)


async def open_by_link(act: Said, payload: str) -> None:
    """Open what a link ``?start=task_…`` means: a task by its number, or ``task_own``, the current reflection."""
    about = payload.removeprefix("task_")
    if about == "own":
        await act.house.tasks.members.reflect(act.sender.id, now=act.received_at)
    elif about.isascii() and about.isdigit() and len(about) <= 18:
        await act.house.tasks.members.open(act.sender.id, int(about), now=act.received_at)
    else:
        raise Forged()


async def write(act: Said, body: str) -> None:
    """Add a message to the draft."""
    message = act.message
    await act.house.tasks.writing.write(
        act.sender.id,
        body,
        text=message.text or message.caption or "",
        file=attached(message),
        album=message.media_group_id,
        now=act.received_at,
    )


def attached(message: telegram.Message) -> Attached | None:
    """The photo or file of a message, as tasks keep it.

    Raises:
        PieceNotTaken: it is neither that nor a text.
    """
    if message.photo:
        return Attached(Piece.PHOTO, message.photo[-1].file_id)
    # Telegram shows an animation as a document too.
    if message.document is not None and message.animation is None:
        return Attached(Piece.FILE, message.document.file_id, message.document.file_name or "")
    if message.text is None:
        raise PieceNotTaken(wanted="other")
    return None


async def press_received(act: Press) -> None:
    """The person says that a task has reached them."""
    task_id = _only_number(act)
    new = await act.house.tasks.members.receive(
        act.sender.id, task_id, on_message=act.message_id, me=act.house.me, now=act.received_at
    )
    await act.toast(show.received(act.t, new=new))


async def press_write(act: Press) -> None:
    """Begin to write for a task."""
    await act.house.tasks.members.begin(act.sender.id, _only_number(act), now=act.received_at)


async def press_own(act: Press) -> None:
    """Begin a reflection of one's own."""
    act.fields.end()
    await act.house.tasks.members.reflect_freely(act.sender.id, now=act.received_at)


async def press_draft(act: Press) -> None:
    """What a draft's buttons do: hand in, go on, begin anew, leave."""
    fields, writing = act.fields, act.house.tasks.writing
    what = fields.word("hand", "more", "anew", "leave")
    submission = fields.number()
    fields.end()
    match what:
        case "hand":
            done = await writing.hand_in(act.sender.id, submission, me=act.house.me, now=act.received_at)
            await act.toast(show.handed_in(act.t, late=done.late))
        case "more":
            await writing.go_on(act.sender.id, submission, now=act.received_at)
            await act.toast(show.go_on(act.t))
        case "anew":
            await writing.rewrite(act.sender.id, submission, now=act.received_at)
        case "leave":
            await writing.leave(act.sender.id, submission, now=act.received_at)


async def press_page(act: Press) -> None:
    """Another page of the draft."""
    fields = act.fields
    submission, page = fields.number(), fields.number()
    fields.end()
    await act.house.tasks.writing.turn(act.sender.id, submission, page, now=act.received_at)


async def press_consent(act: Press) -> None:
    """The author says whether a good piece may be published."""
    fields = act.fields
    submission, word = fields.number(), fields.word(*_CONSENTS)
    fields.end()
    await act.house.tasks.members.answer(act.sender.id, submission, _CONSENTS[word], now=act.received_at)


def _only_number(act: Press) -> int:
    fields = act.fields
    number = fields.number()
    fields.end()
    return number


async def prompt(house: House, due: Due) -> None:
    """Ask everybody for a reflection."""
    await house.tasks.clock.prompt(due, me=house.me)


async def again(house: House, due: Due) -> None:
    """Say who has handed in again what was returned."""
    await house.tasks.clock.again(due)


async def deadline(house: House, due: Due) -> None:
    """Say that a deadline has passed."""
    await house.tasks.clock.deadline(due, me=house.me)


ROOM = Room(
    commands=(
        Command("reflect", reflect, N_("write a reflection")),
        Command("tasks", tasks, N_("my tasks and their deadlines")),
    ),
    words={"心得": reflect},
    presses={
        "task_got": press_received,
        "task_write": press_write,
        "task_own": press_own,
        "task_draft": press_draft,
        "task_page": press_page,
        "task_consent": press_consent,
    },
    topics={WRITING: write},
    kept={WRITING: N_("You have stopped writing. What you wrote is kept as a draft; /tasks opens it again.")},
    by_the_hour=("task.prompt",),
    alarms={"task.prompt": prompt, "task.due": deadline, "task.again": again},
    errors=ERRORS,
    plan=lambda house, since, until: house.tasks.clock.plan(since, until),
)
