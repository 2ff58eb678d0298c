"""The one door: a command comes in, events go out, or a typed refusal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from quizzes.tournament import commands as c
from quizzes.tournament import errors, playing, rounds
from quizzes.tournament import events as e
from quizzes.tournament.evolve import evolve
from quizzes.tournament.plan import ENTRANTS_MOST, check_plan
from quizzes.tournament.state import Tournament

NAME_MOST = 40
"""A team's name stands on buttons and in the picture of the bracket."""


def decide(tournament: Tournament | None, command: c.Command, *, now: datetime) -> tuple[e.Event, ...]:
    """Refuse ``command`` or say what it makes happen; nothing is changed here.

    No events: the command was repeated, or concerns a contest that decides nothing, and does no harm.

    Raises:
        TournamentError: the command does not fit. Anything else is a bug.
    """
    if tournament is None:
        if isinstance(command, c.Open):
            return _open(command, now)
        raise errors.NotOpenedYet
    match command:
        case c.Open():
            raise errors.NotOpenedYet
        case c.Report():
            return playing.report(tournament, command, now)
        case c.Abandon():
            return playing.abandon(tournament, command, now)
    if tournament.called_off is not None:
        raise errors.TournamentOver
    match command:
        case c.Annul():
            return playing.annul(tournament, command, now)
        case c.Accept():
            return playing.accept(tournament, command, now)
        case c.EnterResult():
            return playing.enter_result(tournament, command, now)
    if tournament.is_over:
        raise errors.TournamentOver
    match command:
        case c.Enter():
            _entries_open(tournament)
            return _enter(tournament, command.entrants, command.by, now)
        case c.Strike():
            _entries_open(tournament)
            entrant = playing.entrant_named(tournament, command.name)
            return (e.Struck(now, entrant.id, command.by),)
        case c.Draw():
            return _draw(tournament, command, now)
        case c.Redraw():
            return _redraw(tournament, command, now)
        case c.OpenBout():
            return playing.open_bout(tournament, command, now)
        case c.BreakTie():
            return playing.break_tie(tournament, command, now)
        case c.Withdraw():
            return playing.withdraw(tournament, command, now)
        case c.CallOff():
            playing.needs_reason(command.reason)
            return (e.CalledOff(now, command.by, command.reason.strip()),)


def _open(command: c.Open, now: datetime) -> tuple[e.Event, ...]:
    check_plan(command.plan)
    opened = e.Opened(now, command.title, command.preset, command.plan, command.bank, command.by)
    return opened, *_enter(evolve(None, opened), command.entrants, command.by, now)


def _enter(tournament: Tournament, entrants: Iterable[tuple[str, str]], by: int, now: datetime) -> tuple[e.Event, ...]:
    """A unit whose teams are named no longer plays under its own name. Raises: NameUnusable, NameTaken, EntrantsTooMany."""
    events: list[e.Event] = []
    for name, unit in entrants:
        name, unit = name.strip(), unit.strip() or name.strip()
        if not 1 <= len(name) <= NAME_MOST or not name.isprintable() or "=" in name:
            raise errors.NameUnusable(name=name, most=NAME_MOST)
        if tournament.named(name) is not None:
            raise errors.NameTaken(name=name)
        whole = tournament.named(unit)
        if whole is not None and whole.unit == whole.name:
            struck = e.Struck(now, whole.id, by)
            tournament = evolve(tournament, struck)
            events.append(struck)
        if len(tournament.entrants) >= ENTRANTS_MOST:
            raise errors.EntrantsTooMany(most=ENTRANTS_MOST)
        entered = e.Entered(now, tournament.next_entrant, name, unit, by)
        tournament = evolve(tournament, entered)
        events.append(entered)
    return tuple(events)


def _entries_open(tournament: Tournament) -> None:
    if tournament.rounds:
        raise errors.EntriesClosed


def _draw(tournament: Tournament, command: c.Draw, now: datetime) -> tuple[e.Event, ...]:
    """Raises: NothingToDraw, EntrantsTooFew."""
    to_draw = tournament.to_draw
    if to_draw is None:
        raise errors.NothingToDraw
    if to_draw[0] == 0 and len(tournament.entrants) < 2:
        raise errors.EntrantsTooFew(teams=len(tournament.entrants))
    return rounds.draw(tournament, *to_draw, command.seed, command.by, now)


def _redraw(tournament: Tournament, command: c.Redraw, now: datetime) -> tuple[e.Event, ...]:
    """Raises: NothingToDraw, StageBegun, ReasonMissing."""
    playing.needs_reason(command.reason)
    current = tournament.current
    if current is None or len(current.bouts) == 1:
        raise errors.NothingToDraw
    if tournament.has_begun(current.number):
        raise errors.StageBegun
    reason = command.reason.strip()
    return rounds.draw(tournament, current.number, current.stage, command.seed, command.by, now, reason)
