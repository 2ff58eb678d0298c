"""The question of a day: an option is chosen, or the answer looked at."""

from handlers.act import Press
from handlers.house import House
from handlers.present import daily as show
from handlers.room import Room
from study.due import Due


async def press(act: Press) -> None:
    """An option by its place on the card, or ``see``: the answer. What is right is told to the presser alone."""
    fields = act.fields
    what, card = fields.word("pick", "see"), fields.number()
    place = fields.number() if what == "pick" else None
    fields.end()
    ruled = await act.house.daily.answer(act.sender.id, card, place, private=act.chat.is_private, now=act.received_at)
    await act.toast(show.ruled(act.t, ruled.card, right=ruled.right, tally=ruled.tally), alert=True)


async def show_card(house: House, due: Due) -> None:
    """Show the question of a day."""
    await house.daily.show(due)


async def close(house: House, due: Due) -> None:
    """Show its answer."""
    await house.daily.close(due)


ROOM = Room(
    presses={"daily": press},
    by_the_hour=("daily.show",),
    alarms={"daily.show": show_card, "daily.close": close},
    errors=dict(show.ERRORS),
    plan=lambda house, since, until: house.daily.plan(since, until),
)
