"""Daily materials: reading, the question, today's again; the library, the schedule, who has not read."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Literal

import orjson

import handlers.present.material_cards
import handlers.present.material_lists  # noqa: F401 - both register their presenters
from handlers.act import Press, Said
from handlers.callback_data import Fields
from handlers.content import content_of
from handlers.house import House
from handlers.present import materials as show
from handlers.room import Command, Room
from handlers.texts import N_
from quizzes.engine.han import heard
from study.calendar import WEEKDAYS, Days
from study.due import Due
from study.errors import Forged, WrongChat
from study.material_adding import ADDING
from study.material_cards import LISTENER, REFRESH
from study.material_rules import Plan, shifted, toggled
from study.material_schedule import PUSH
from study.outcome import Outcome

_SUBJECTS = {
    "plan": "plan", "计划": "plan", "计画": "plan", "schedule": "plan", "read": "read", "已读": "read", "add": "add", "添加": "add",
    "新增": "add",
}  # fmt: skip
_DAYS: dict[str, Days] = {"workdays": "workdays", "daily": "every day"}
_MOVES: dict[str, Literal["up", "down"]] = {"up": "up", "down": "down"}
_ASKED_BACK: dict[str, Literal["", "push", "remove"]] = {"open": "", "push": "push", "remove": "remove"}
_STEPS = (-60, -10, 10, 60)


async def today(act: Said) -> None:
    """Show today's material again."""
    reply_to = None if act.chat.is_private else act.message_id
    await act.house.materials.today(act.sender.id, act.chat.id, reply_to=reply_to, now=act.received_at)


async def material(act: Said) -> None:
    """``/material`` lists, ``/material WORDS`` searches; ``plan``, ``read`` and ``add`` are its other sides."""
    materials, now = act.house.materials, act.received_at
    subject = _SUBJECTS.get(heard(act.words))
    if subject == "plan":
        await materials.schedule.open_plans(act.sender.id, act.chat.id, now=now)
    elif subject == "read":
        await materials.reports.today(act.sender.id, act.chat.id, now=now)
    elif not act.chat.is_private:
        raise WrongChat(wanted="private", link=f"https://t.me/{act.house.me}")
    elif subject == "add":
        await materials.adding.begin(act.sender.id, now=now)
    else:
        await materials.library.look(act.sender.id, show.query_of(act.words), 0, now=now)


async def press_read(act: Press) -> None:
    """Somebody has read a material."""
    fields = act.fields
    material_id = fields.number()
    fields.end()
    done = await act.house.materials.read(
        act.sender.id, act.chat.id, material_id, on_message=act.message_id, now=act.received_at
    )
    await act.toast(show.read_toast(done, act.t))


async def press_question(act: Press) -> None:
    """Ask for the question, mark options, answer."""
    fields, questions, now = act.fields, act.house.materials.questions, act.received_at
    verb, material_id = fields.word("ask", "pick", "mark", "hand"), fields.number()
    option = fields.number() if verb in ("pick", "mark") else None
    fields.end()
    if verb == "ask":
        sent = await questions.ask(act.sender.id, act.chat.id, material_id, now=now)
        if sent.privately:
            await act.toast(show.sent_toast(act.t))
        else:
            await act.toast(url=show.question_link(act.house.me, material_id))
        return
    _must_be_private(act)
    if verb == "mark" and option is not None:
        await questions.mark(act.sender.id, material_id, option, on_message=act.message_id, now=now)
        return
    given = await questions.answer(act.sender.id, material_id, option, on_message=act.message_id, now=now)
    await act.toast(show.answer_toast(right=given.right, t=act.t))


async def open_by_link(act: Said, payload: str) -> None:
    """Send the question that a link ``?start=mat_…`` means."""
    number = payload.removeprefix("mat_")
    if not (number.isascii() and number.isdigit() and len(number) <= 18):
        raise Forged()
    await act.house.materials.questions.ask(act.sender.id, act.chat.id, int(number), now=act.received_at)


async def press_library(act: Press) -> None:
    """Turning pages, one material, its place, removing it, sending it now."""
    _must_be_private(act)
    fields, library, who = act.fields, act.house.materials.library, act.sender.id
    now, on_message = act.received_at, act.message_id
    verb = fields.word("list", "add", "open", "up", "down", "preview", "push", "pushed", "remove", "gone")
    if verb == "add":
        await act.house.materials.adding.begin(who, now=now)
        return
    number = fields.number()
    if verb == "list":
        await library.look(who, fields.word(), number, on_message=on_message, now=now)
    elif verb in _MOVES:
        await library.move(who, number, _MOVES[verb], on_message=on_message, now=now)
    elif verb == "preview":
        await library.preview(who, number, now=now)
    elif verb == "pushed":
        count = await library.push(who, number, on_message=on_message, now=now)
        await act.toast(show.pushed_toast(count, act.t))
    elif verb == "gone":
        await library.remove(who, number, on_message=on_message, now=now)
        await act.toast(show.removed_toast(act.t))
    else:
        await library.open(who, number, sure=_ASKED_BACK[verb], on_message=on_message, now=now)


async def press_plan(act: Press) -> None:
    """Change one thing about a group's schedule."""
    fields = act.fields
    chat_id, verb = fields.number(), fields.word("show", "on", "off", "days", "day", "at", "series")
    series_of = fields.number() if verb == "series" else None
    change = _change(fields, verb)
    fields.end()
    await act.house.materials.schedule.change_plan(
        act.sender.id,
        chat_id,
        change,
        series_of=series_of,
        on_message=(act.chat.id, act.message_id),
        now=act.received_at,
    )


def _change(fields: Fields, verb: str) -> Callable[[Plan], Plan]:
    match verb:
        case "on" | "off":
            return lambda plan: replace(plan, is_on=verb == "on")
        case "days":
            days = _DAYS[fields.word(*_DAYS)]
            return lambda plan: replace(plan, days=days)
        case "day":
            weekday = fields.word(*WEEKDAYS)
            return lambda plan: replace(plan, days=toggled(plan.days, weekday))
        case "at":
            minutes = fields.number()
            if minutes not in _STEPS:
                raise Forged()
            return lambda plan: replace(plan, at=shifted(plan.at, minutes))
        case _:
            return lambda plan: plan


async def press_remind(act: Press) -> None:
    """Remind those who have not read it; or show one group's report (in private)."""
    fields = act.fields
    verb, post_id = fields.word("remind", "show"), fields.number()
    fields.end()
    if verb == "show":
        _must_be_private(act)
        await act.house.materials.reports.open(act.sender.id, act.chat.id, post_id, now=act.received_at)
        return
    count = await act.house.materials.reports.remind(act.sender.id, post_id, now=act.received_at)
    await act.toast(show.reminded_toast(count, act.t), alert=not count)


async def press_adding(act: Press) -> None:
    """A step of adding a material by its button."""
    _must_be_private(act)
    fields, adding = act.fields, act.house.materials.adding
    if fields.word("series", "skip") == "series":
        await adding.take_series(act.sender.id, fields.number(), now=act.received_at)
        return
    match fields.word("series", "tags", "question"):
        case "series":
            await adding.skip(act.sender.id, "series", now=act.received_at)
        case "tags":
            await adding.skip(act.sender.id, "tags", now=act.received_at)
        case _:
            await adding.skip(act.sender.id, "question", now=act.received_at)


async def said_adding(act: Said, body: str) -> None:
    """What is sent while a material is added."""
    await act.house.materials.adding.give(act.sender.id, body, content_of(act.message), now=act.received_at)


def _must_be_private(act: Press) -> None:
    if not act.chat.is_private:
        raise Forged()


async def plan(house: House, since: datetime, until: datetime) -> None:
    """Set the alarms of the materials to come."""
    await house.materials.schedule.plan_days(since, until)


async def push_due(house: House, due: Due) -> None:
    """A group's hour has come."""
    body = orjson.loads(due.body)
    await house.materials.schedule.push_due(due, date.fromisoformat(body["day"]), body["chat_id"])


async def refresh_due(house: House, due: Due) -> None:
    """A card shows what has gathered."""
    await house.materials.schedule.refresh_due(int(due.body), now=due.now)


async def card_ended(house: House, outcome: Outcome) -> None:
    """A material was delivered or not."""
    await house.materials.card_ended(outcome)


ROOM = Room(
    commands=(
        Command("today", today, N_("today's material")),
        Command(
            "material",
            material,
            N_("the library of materials, its schedule, who has read"),
            N_("[WORDS | plan | read | add]"),
        ),
    ),
    presses={
        "matread": press_read,
        "matq": press_question,
        "mat": press_library,
        "matplan": press_plan,
        "matrem": press_remind,
        "matadd": press_adding,
    },
    topics={ADDING: said_adding},
    by_the_hour=(PUSH,),
    alarms={PUSH: push_due, REFRESH: refresh_due},
    listeners={LISTENER: card_ended},
    plan=plan,
    errors={
        "material_gone": N_("This material is no longer in the list."),
        "material_no_group_of_theirs": N_("No group is bound to a unit that you run. Bind one first: /bind UNIT"),
        "material_no_group": N_("No group is bound to your unit, so there is no daily material for it."),
        "material_flawed.no_title": N_("The first line has to be a title. Please send it again."),
        "material_flawed.no_text": N_("There is nothing to read below the title. Please send it again with its text."),
        "material_flawed.long_title": N_("The title is too long: {length} characters, {limit} at most."),
        "material_flawed.long_text": N_("The text is too long: {length} characters, {limit} at most."),
        "material_flawed.long_link": N_("The link is too long: {length} characters, {limit} at most."),
        "material_exists": N_("The series already has a material called “{title}”. Please choose another series."),
        "material_already_answered": N_("You have answered this question already; the first answer counts."),
        "material_nothing_marked": N_("Please mark at least one option first."),
        "material_none_today": N_("No material was sent today."),
    },
)
