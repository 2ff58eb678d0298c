"""Make-up lessons in private: read, be tested, be signed off."""

from handlers.act import Press, Said
from handlers.present import makeups as show
from handlers.room import Command, Room
from handlers.texts import N_
from study.checkin_register import Actor
from study.errors import Forged, NotUnderstood
from study.makeup_signing import RETURN_TOPIC
from study.makeups import TEST_TOPIC

LINK = "makeup_"


async def makeup(act: Said) -> None:
    """One's own make-ups, and what waits for a signature."""
    await act.house.attendance.signing.listed(act.sender.id, now=act.received_at)


async def makeup_said(act: Said) -> None:
    """The word alone; in a group it may mean anything."""
    if act.chat.is_private:
        await makeup(act)


async def open_by_link(act: Said, payload: str) -> None:
    """``?start=makeup_12``."""
    number = payload.removeprefix(LINK)
    if not (number.isascii() and number.isdigit() and len(number) <= 18):
        raise Forged()
    await act.house.attendance.make_ups.open(act.sender.id, int(number), now=act.received_at)


async def press_make_up(act: Press) -> None:
    """Open, read, begin the test; more time."""
    fields, user, now, rooms = act.fields, act.sender.id, act.received_at, act.house.attendance
    what, number = fields.word("open", "read", "test", "more"), fields.number()
    fields.end()
    if what == "open":
        await rooms.make_ups.open(user, number, now=now)
    elif what == "read":
        await rooms.make_ups.read(user, number, on_message=act.message_id, now=now)
    elif what == "test":
        await rooms.make_ups.begin(user, number, on_message=act.message_id, now=now)
    else:
        await rooms.signing.extend(Actor(user, act.sender.name), number, now=now)
        await act.toast(show.given(act.t))


async def press_option(act: Press) -> None:
    """An option of a question; -1 ends the choice of several."""
    fields = act.fields
    number, place, option = fields.number(), fields.number(), fields.number()
    fields.end()
    chosen = None if option == -1 else option
    await act.house.attendance.make_ups.answer(
        act.sender.id, number, place, chosen, on_message=act.message_id, now=act.received_at
    )


async def answer_said(act: Said, body: str) -> None:
    """An answer in words."""
    if not await act.house.attendance.make_ups.write(act.sender.id, int(body), act.words, now=act.received_at):
        raise NotUnderstood()


async def press_signature(act: Press) -> None:
    """Signed off, or back with a reason."""
    fields, actor, now, signing = (
        act.fields,
        Actor(act.sender.id, act.sender.name),
        act.received_at,
        act.house.attendance.signing,
    )
    what, number, tries = fields.word("yes", "no"), fields.number(), fields.number()
    fields.end()
    if what == "yes":
        await signing.sign(actor, number, tries, now=now)
    else:
        await signing.ask_why_not(actor, number, tries, now=now)


async def reason_said(act: Said, body: str) -> None:
    """Why it goes back."""
    number, tries = body.split(":")
    actor = Actor(act.sender.id, act.sender.name)
    await act.house.attendance.signing.send_back(actor, int(number), int(tries), act.words, now=act.received_at)


ROOM = Room(
    commands=(Command("makeup", makeup, N_("make up for missed sessions"), part="rollcall.make_up"),),
    words={"补课": makeup_said},
    presses={"mk": press_make_up, "mkq": press_option, "mks": press_signature},
    topics={TEST_TOPIC: answer_said, RETURN_TOPIC: reason_said},
    kept={TEST_TOPIC: N_("Your make-up test is kept. /makeup brings you back to it.")},
    errors=show.ERRORS,
)
