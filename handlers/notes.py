"""Study notes: written in private, picked by organisers, shown to the group with consent."""

from datetime import date

from handlers.act import Press, Said
from handlers.content import content_of
from handlers.present import notes as show
from handlers.room import Command, Room
from handlers.texts import N_
from study.checkin_register import Actor
from study.errors import Forged
from study.note_book import month_of
from study.note_writing import NOTE_TOPIC


async def notes(act: Said) -> None:
    """One's own notes; for organisers the gallery too."""
    await act.house.attendance.notes.desk(act.sender.id, now=act.received_at)


async def notes_said(act: Said) -> None:
    """The word alone; in a group it may mean anything."""
    if act.chat.is_private:
        await notes(act)


async def write(act: Said, body: str) -> None:
    """The next field, or a photo."""
    await act.house.attendance.notes.write(act.sender.id, body, content_of(act.message), now=act.received_at)


async def press_notes(act: Press) -> None:
    """Write; look through, pick, praise."""
    if not act.chat.is_private:
        raise Forged()
    fields, user, now, rooms = act.fields, act.sender.id, act.received_at, act.house.attendance
    what, number = fields.word("write", "page", "pick", "list", "praise"), fields.number()
    fields.end()
    match what:
        case "write":
            await rooms.notes.begin(user, number, now=now)
        case "page":
            await rooms.gallery.page(user, number, on_message=act.message_id if number else None, now=now)
        case "pick":
            new = await rooms.gallery.pick(Actor(user, act.sender.name), number, now=now)
            await act.toast(show.picked(act.t, new=new))
        case "list":
            await rooms.gallery.diligent(user, _month(act, number), now=now)
        case _:
            month = _month_of(number)
            await act.toast(show.posted(act.t, await rooms.gallery.praise(user, month, now=now)))


async def press_consent(act: Press) -> None:
    """The author's answer."""
    fields = act.fields
    number = fields.number()
    answer = fields.word("named", "anonymous", "refused")
    fields.end()
    for known in ("named", "anonymous", "refused"):
        if answer == known:
            await act.house.attendance.gallery.consent(
                act.sender.id, number, known, on_message=act.message_id, now=act.received_at
            )


def _month(act: Press, back: int) -> date:
    """This month, or the one before."""
    today = act.house.attendance.registers.today(act.received_at)
    first = month_of(today)[0]
    return first if not back else month_of(date.fromordinal(first.toordinal() - 1))[0]


def _month_of(number: int) -> date:
    try:
        return date(number // 100, number % 100, 1)
    except (ValueError, OverflowError) as error:
        raise Forged() from error


ROOM = Room(
    commands=(Command("notes", notes, N_("study notes"), part="notes"),),
    words={"笔记": notes_said},
    presses={"nt": press_notes, "ntc": press_consent},
    topics={NOTE_TOPIC: write},
    errors=show.ERRORS,
)
