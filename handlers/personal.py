"""What is stored about oneself: all of it as a file, and the wish that it be removed."""

import asyncio

from handlers.act import Press, Said
from handlers.house import House
from handlers.present import personal as show
from handlers.room import Command, Room
from handlers.texts import N_
from study.errors import WrongChat


async def mydata(act: Said) -> None:
    """What one can do about it."""
    await act.house.personal.show(act.sender.id, now=act.received_at)


async def press_personal(act: Press) -> None:
    """The file, the wish (asked twice), the wish taken back."""
    fields = act.fields
    what = fields.word("file", "ask", "sure", "keep", "back")
    fields.end()
    if not act.chat.is_private:
        raise WrongChat(wanted="private", link=f"https://t.me/{act.house.me}")
    personal, user, message, now = act.house.personal, act.sender.id, act.message_id, act.received_at
    match what:
        case "file":
            await personal.ask_file(user, now=now)
            await act.toast(show.preparing(act.t))
        case "ask" | "keep":
            await personal.show(user, sure=what == "ask", on_message=message, now=now)
        case "sure":
            await personal.ask_removal(user, on_message=message, now=now)
        case _:
            await personal.withdraw(user, on_message=message, now=now)


async def press_removal(act: Press) -> None:
    """An admin decides."""
    fields = act.fields
    what, removal_id = fields.word("yes", "no"), fields.number()
    fields.end()
    await act.house.personal.decide(
        act.sender.id, act.sender.name, removal_id, approve=what == "yes", now=act.received_at
    )


async def file_of(house: House, stored: str) -> bytes:
    """Everything about whoever asked for it, as it is when it is sent.

    Raises:
        NotOnRoster: they are nobody on the roster any more.
    """
    user_id = show.wish_of(stored)
    found, t = await house.personal.everything(user_id), await house.languages.of(user_id)
    return await asyncio.to_thread(show.archive, found, t)


ROOM = Room(
    commands=(Command("mydata", mydata, N_("what is stored about you")),),
    presses={"mine": press_personal, "removal": press_removal},
    errors={
        "personal_busy": N_(
            "A contest with this member is going on. Please decide when it is over; nothing was changed."
        )
    },
)
