"""Check-in: the button, the words and the command; who is missing; corrections."""

from datetime import date, datetime

import orjson

from handlers.act import Press, Said
from handlers.house import House
from handlers.present import checkins as show
from handlers.room import Command, Room
from handlers.texts import N_
from study.checkin_register import Actor
from study.checkin_sheets import CLOSE, LISTENER, REFRESH
from study.checkins import OPEN, ReplyTo
from study.day_words import read_day
from study.due import Due
from study.errors import Forged
from study.mark_words import read_mark
from study.outcome import Outcome


async def check_in(act: Said) -> None:
    """Somebody says that they are here."""
    reply = ReplyTo(act.chat.id, None if act.chat.is_private else act.message_id)
    await act.house.checkins.check_in(act.sender.id, at=act.received_at, reply=reply)


async def press_check_in(act: Press) -> None:
    """Somebody presses the button of a day's card."""
    fields = act.fields
    day = _day(fields.number())
    fields.end()
    done = await act.house.checkins.check_in(act.sender.id, at=act.received_at, day=day)
    await act.toast(show.toast(done, act.t))


def _day(number: int) -> date:
    try:
        return date(number // 10000, number // 100 % 100, number % 100)
    except (ValueError, OverflowError) as error:
        raise Forged() from error


async def missing(act: Said) -> None:
    """Who has not checked in."""
    register, now = act.house.register, act.received_at
    today = register.today(now)
    day = read_day(act.words, today)[0] if act.words else today
    await register.missing(act.sender.id, act.chat.id, day, now=now)


async def mark(act: Said) -> None:
    """Correct a line of the register, or show how it came about."""
    register, now = act.house.register, act.received_at
    wanted = read_mark(act.words, register.today(now))
    actor = Actor(act.sender.id, act.sender.name)
    if wanted.status is None:
        await register.history(actor, wanted.name, wanted.day, chat_id=act.chat.id, now=now)
    else:
        await register.mark(actor, wanted.name, wanted.day, wanted.status, wanted.reason, chat_id=act.chat.id, now=now)


async def plan(house: House, since: datetime, until: datetime) -> None:
    """Set the alarms of the check-ins to come."""
    await house.checkins.plan_days(since, until, now=house.clock.now())


async def open_due(house: House, due: Due) -> None:
    """The hour of check-in has come."""
    await house.checkins.open_day(due)


async def close_due(house: House, due: Due) -> None:
    """Check-in is over."""
    await house.checkins.close_due(due)


async def refresh_due(house: House, due: Due) -> None:
    """A card shows what has gathered."""
    body = orjson.loads(due.body)
    await house.checkins.refresh(date.fromisoformat(body["day"]), body["unit_id"], now=due.now)


async def card_ended(house: House, outcome: Outcome) -> None:
    """A card was delivered or not."""
    await house.checkins.card_ended(outcome)


ROOM = Room(
    commands=(
        Command("checkin", check_in, N_("check in")),
        Command("missing", missing, N_("who has not checked in"), N_("[DAY]")),
        Command(
            "mark",
            mark,
            N_("correct a check-in, or see its history"),
            N_("NAME [DAY] STATUS REASON"),
        ),
    ),
    words={"签到": check_in, "打卡": check_in, "checkin": check_in},
    presses={"checkin": press_check_in},
    by_the_hour=(OPEN,),
    alarms={OPEN: open_due, CLOSE: close_due, REFRESH: refresh_due},
    listeners={LISTENER: card_ended},
    plan=plan,
    errors={
        "checkin_not_open": N_("Check-in opens at {opens} today."),
        "checkin_closed": N_(
            "Too late: check-in closed at {closes}. If that is wrong, ask an organiser to correct it."
        ),
        "checkin_not_today": N_("There is no check-in today."),
        "checkin_no_group": N_("Check-in is not held in your unit: no group is bound to it. Please tell an organiser."),
        "checkin_not_needed": N_("Observers and judges need not check in."),
        "checkin_not_held": N_("No check-in was held here on {day}."),
        "checkin_unbound": N_("This group is bound to no unit yet. An organiser can bind it: /bind UNIT"),
        "person_unknown": N_("There is nobody called {name} in the units that you run."),
        "person_ambiguous": N_("Several people are called {name}. Please use the code instead: {codes}"),
        "day_ahead": N_("That day has not come yet."),
        "not_yet_joined": N_("They had not joined by that day, so they cannot be absent."),
        "day_unreadable": N_("I cannot read that day. Write it like 2026-11-25, 11-25 or tomorrow."),
        "mark_unreadable": N_(
            "Please write: /mark NAME [DAY] STATUS REASON. The status is present, late, leave, excused or absent."
        ),
    },
)
