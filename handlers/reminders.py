"""The day's reminder of everything that somebody owes."""

import handlers.present.reminders  # noqa: F401 - registers its presenter
from handlers.house import House
from handlers.room import Room
from study.due import Due


async def ring(house: House, due: Due) -> None:
    """Remind everybody who owes something."""
    await house.reminders.ring(due, me=house.me)


ROOM = Room(
    alarms={"reminders": ring},
    by_the_hour=("reminders",),
    plan=lambda house, since, until: house.reminders.plan(since, until),
)
