"""Every capability, once: what the menu, ``/help``, dispatch and the docs test are made from."""

from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

import handlers.present.common
import handlers.present.round_cards  # noqa: F401 - registers its presenters
from handlers import (
    afterwards,
    assigning,
    bank_desk,
    binding,
    broadcasts,
    bulletins,
    checkins,
    checklists,
    contest,
    contest_turns,
    daily,
    exams,
    exports,
    forms,
    general,
    ideas,
    items,
    joining,
    judging,
    leaves,
    lineup,
    makeups,
    materials,
    members,
    menu,
    notes,
    person_records,
    personal,
    points,
    practice,
    programmes,
    register,
    reminders,
    reports,
    reviews,
    rollcall,
    roster,
    rounds,
    screens,
    seasons,
    sessions,
    surveys,
    syllabus,
    tasks,
    tournaments,
    visits,
    works,
)
from handlers.act import Press, Said
from handlers.errors import Sentences
from handlers.guards import behind_the_door
from handlers.house import House
from handlers.present.general import Help, HelpLine, cancelled
from handlers.room import Command, Hearing, Room, Where, Who
from handlers.texts import N_
from study.notes import Note
from study.outcome import Outcome
from study.programme import Programme

T = TypeVar("T")


async def help_(act: Said) -> None:
    """List what this person can do in this chat."""
    access = await act.house.standings.of(act.sender.id)
    private = act.chat.is_private
    programme = await act.house.programmes.in_force()
    there = [command for command in COMMANDS if is_there(command, programme, off=act.house.switched_off)]
    fitting = [command for command in there if _fits(command, private=private)]

    def lines(*kinds: Who, of: Iterable[Command] = fitting) -> tuple[HelpLine, ...]:
        return help_lines((c for c in of if c.who in kinds), organises=bool(organisers))

    organisers = (Who.ORGANISERS, Who.ADMINS) if access.is_admin else (Who.ORGANISERS,) if access.is_organiser else ()
    in_groups = [command for command in there if private and command.where is Where.GROUP]
    await act.reply(
        Help(
            programme=act.house.programme,
            everyone=lines(Who.EVERYONE),
            organisers=lines(*organisers),
            elsewhere=lines(Who.EVERYONE, *organisers, of=in_groups),
        )
    )


def help_lines(commands: Iterable[Command], *, organises: bool = False) -> tuple[HelpLine, ...]:
    """Commands as the help lists them: by group, those without one last; in the order of the menu within each.

    ``organises``: the reader runs a unit, and is told what only organisers may write.
    """
    order = [title for title, _ in GROUPS]
    found = [
        HelpLine(
            name=command.name,
            usage=(organises and command.organisers_usage) or command.usage,
            about=command.about,
            group=_GROUP_OF.get(command.name, ""),
        )
        for command in commands
    ]
    return tuple(sorted(found, key=lambda line: order.index(line.group) if line.group else len(order)))


def is_there(command: Command, programme: Programme, *, off: frozenset[str] = frozenset()) -> bool:
    """Whether the programme in force has what a command is for; ``off``: parts that the configuration switches off."""
    return not command.part or any(
        programme.has(part) for part in command.part.split() if part.partition(".")[0] not in off
    )


def _fits(command: Command, *, private: bool) -> bool:
    return command.where is Where.ANYWHERE or (command.where is Where.PRIVATE) == private


HELP = Room(commands=(Command("help", help_, N_("what I can do")),))


async def cancel(act: Said) -> None:
    """Leave whatever conversation is under way, and say what becomes of it."""
    under_way = await act.house.conversations.get(act.sender.id, act.chat.id)
    if under_way is not None and under_way.topic in LEAVING:
        await LEAVING[under_way.topic](act, under_way.body)
        return
    left = await act.house.conversations.end(act.sender.id, act.chat.id)
    kept = None if left is None else KEPT.get(left.topic)
    await act.reply(Note(text=cancelled(act.t, ended=left is not None, kept=kept)))


CANCEL = Room(commands=(Command("cancel", cancel, N_("leave what you have begun")),))

ROOMS: tuple[Room, ...] = (
    # In the order of the menu and of /help: what people do every day comes first.
    checkins.ROOM,
    materials.ROOM,
    tasks.ROOM,
    forms.ROOM,
    checklists.ROOM,
    sessions.ROOM,
    menu.ROOM,
    works.ROOM,
    items.ROOM,
    ideas.ROOM,
    leaves.ROOM,
    rounds.ROOM,
    daily.ROOM,
    rollcall.ROOM,
    makeups.ROOM,
    notes.ROOM,
    register.ROOM,
    contest.ROOM,
    lineup.ROOM,
    contest_turns.ROOM,
    judging.ROOM,
    screens.ROOM,
    tournaments.ROOM,
    seasons.ROOM,
    afterwards.ROOM,
    practice.ROOM,
    exams.ROOM,
    points.ROOM,
    personal.ROOM,
    programmes.ROOM,
    joining.ROOM,
    roster.ROOM,
    binding.ROOM,
    members.ROOM,
    surveys.ROOM,
    assigning.ROOM,
    syllabus.ROOM,
    reviews.ROOM,
    broadcasts.ROOM,
    bank_desk.ROOM,
    exports.ROOM,
    reminders.ROOM,
    visits.ROOM,
    reports.ROOM,
    bulletins.ROOM,
    person_records.ROOM,
    HELP,
    general.ROOM,
    CANCEL,
)


GROUPS: tuple[tuple[str, tuple[Room, ...]], ...] = (
    (N_("Every day"), (checkins.ROOM, materials.ROOM, tasks.ROOM, daily.ROOM, leaves.ROOM)),
    (N_("Sessions"), (sessions.ROOM, menu.ROOM, syllabus.ROOM, rollcall.ROOM, makeups.ROOM, notes.ROOM, register.ROOM)),
    (
        N_("Works, rounds, forms"),
        (works.ROOM, items.ROOM, ideas.ROOM, rounds.ROOM, forms.ROOM, checklists.ROOM, surveys.ROOM, reviews.ROOM),
    ),
    (
        N_("Contests"),
        (
            contest.ROOM,
            lineup.ROOM,
            contest_turns.ROOM,
            judging.ROOM,
            screens.ROOM,
            tournaments.ROOM,
            seasons.ROOM,
            afterwards.ROOM,
        ),
    ),
    (N_("Practice and exams"), (practice.ROOM, exams.ROOM, bank_desk.ROOM)),
    (
        N_("Points and records"),
        (points.ROOM, personal.ROOM, person_records.ROOM, reports.ROOM, bulletins.ROOM, exports.ROOM),
    ),
    (N_("Tasks and notices"), (assigning.ROOM, broadcasts.ROOM, visits.ROOM)),
    (N_("People and units"), (joining.ROOM, roster.ROOM, members.ROOM, binding.ROOM, programmes.ROOM)),
)
"""The headings of /help; rooms that stand nowhere here come last, without one."""


def _once(of: Callable[[Room], Iterable[tuple[str, T]]]) -> dict[str, T]:
    found: dict[str, T] = {}
    for room in ROOMS:
        for name, value in of(room):
            if name in found:
                raise ValueError(f"{name} is registered twice")
            found[name] = value
    return found


_GROUP_OF = {command.name: title for title, rooms in GROUPS for room in rooms for command in room.commands}
COMMANDS: tuple[Command, ...] = tuple(_once(lambda room: ((c.name, c) for c in room.commands)).values())
WORDS: dict[str, Callable[[Said], Awaitable[None]]] = _once(lambda room: room.words.items())
HEARINGS: tuple[Hearing, ...] = tuple(room.hears for room in ROOMS if room.hears is not None)
PRESSES: dict[str, Callable[[Press], Awaitable[None]]] = {
    prefix: behind_the_door(run) for prefix, run in _once(lambda room: room.presses.items()).items()
}
SWIFT: frozenset[str] = frozenset(prefix for room in ROOMS for prefix in room.swift)
TOPICS: dict[str, Callable[[Said, str], Awaitable[None]]] = _once(lambda room: room.topics.items())
KEPT: dict[str, str] = _once(lambda room: room.kept.items())
LEAVING: dict[str, Callable[[Said, str], Awaitable[None]]] = _once(lambda room: room.leaving.items())
LISTENERS: dict[str, Callable[[House, Outcome], Awaitable[None]]] = _once(lambda room: room.listeners.items())
SENTENCES = Sentences(ROOMS)
