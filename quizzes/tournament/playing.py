"""Bouts: opened, decided by a contest, by hand or by lot, annulled; teams that withdraw."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from quizzes.tournament import commands as c
from quizzes.tournament import errors
from quizzes.tournament import events as e
from quizzes.tournament.evolve import evolve
from quizzes.tournament.lots import lot
from quizzes.tournament.results import Line, Result, Source
from quizzes.tournament.rounds import closed, without_play
from quizzes.tournament.state import Bout, BoutState, Entrant, Tournament


def open_bout(tournament: Tournament, command: c.OpenBout, now: datetime) -> tuple[e.Event, ...]:
    """Raises: BoutUnknown, BoutOpen, BoutDecided."""
    bout = found(tournament, command.bout)
    match bout.state:
        case BoutState.OPEN:
            raise errors.BoutOpen(bout=bout.number)
        case BoutState.TIED | BoutState.DECIDED:
            raise errors.BoutDecided(bout=bout.number)
        case BoutState.WAITING:
            return (e.BoutOpened(now, bout.number, command.contest, command.by),)


def report(tournament: Tournament, command: c.Report, now: datetime) -> tuple[e.Event, ...]:
    """A contest's standings, for the first time or again. A contest that decides no bout says nothing here."""
    bout = tournament.of_contest(command.contest)
    if bout is None or tournament.called_off is not None:
        return ()
    missing = [id_ for id_ in bout.entrants if all(line.entrant != id_ for line in command.lines)]
    lines = (*command.lines, *(Line(id_, len(command.lines) + 1, None) for id_ in missing))
    result = Result(Source.CONTEST, lines, command.asked, command.attainable, command.contest)
    known = bout.flagged or bout.result
    if known is not None and (known == result or _undrawn(known, result) == result):
        return ()
    if bout.result is not None and _is_fixed(tournament, bout):
        return (e.ResultFlagged(now, bout.number, result),)
    return _decided(tournament, bout, result, command.seed, now)


def _undrawn(known: Result, reported: Result) -> Result:
    """The known result as the contest gave it, before a lot put the tied teams in order."""
    if not known.seed:
        return known
    ranks = {line.entrant: line.rank for line in reported.lines}
    lines = tuple(replace(line, rank=ranks.get(line.entrant, line.rank)) for line in known.lines)
    in_order = tuple(sorted(lines, key=lambda line: _place_in(reported, line.entrant)))
    return replace(known, lines=in_order, seed="")


def _place_in(result: Result, entrant: int) -> int:
    return next((place for place, line in enumerate(result.lines) if line.entrant == entrant), len(result.lines))


def abandon(tournament: Tournament, command: c.Abandon, now: datetime) -> tuple[e.Event, ...]:
    """The contest was called off before its end: the bout waits to be opened again."""
    bout = tournament.of_contest(command.contest)
    if bout is None or bout.state is not BoutState.OPEN or tournament.called_off is not None:
        return ()
    return (e.BoutAnnulled(now, bout.number, command.contest, None, command.reason),)


def annul(tournament: Tournament, command: c.Annul, now: datetime) -> tuple[e.Event, ...]:
    """Raises: BoutUnknown, BoutNotDecided, BoutOpen, StageBegun, ReasonMissing."""
    needs_reason(command.reason)
    bout = found(tournament, command.bout)
    if bout.state is BoutState.OPEN:
        raise errors.BoutOpen(bout=bout.number)
    if bout.result is None or bout.result.source in (Source.BYE, Source.WALK_OVER):
        raise errors.BoutNotDecided(bout=bout.number)
    _still_free(tournament, bout)
    return (e.BoutAnnulled(now, bout.number, bout.contest, command.by, command.reason.strip()),)


def enter_result(tournament: Tournament, command: c.EnterResult, now: datetime) -> tuple[e.Event, ...]:
    """Raises: BoutUnknown, BoutOpen, StageBegun, EntrantUnknown, ResultIncomplete, ReasonMissing."""
    needs_reason(command.reason)
    bout = found(tournament, command.bout)
    if bout.state is BoutState.OPEN:
        raise errors.BoutOpen(bout=bout.number)
    _still_free(tournament, bout)
    scores: dict[int, int] = {}
    for name, score in command.scores:
        entrant = entrant_named(tournament, name)
        if entrant.id not in tournament.playing(bout) or entrant.id in scores:
            raise errors.ResultIncomplete(names=entrant.name, wanted="strange", bout=bout.number)
        scores[entrant.id] = score
    missing = [tournament.entrants[id_].name for id_ in tournament.playing(bout) if id_ not in scores]
    if missing:
        raise errors.ResultIncomplete(names="、".join(missing), wanted="missing", bout=bout.number)
    lines = [
        Line(id_, 1 + sum(other > score for other in scores.values()), score)
        for id_, score in sorted(scores.items(), key=lambda pair: -pair[1])
    ]
    absent = [Line(id_, len(lines) + 1, None) for id_ in bout.entrants if id_ not in scores]
    result = Result(Source.HAND, (*lines, *absent))
    return _decided(tournament, bout, result, command.seed, now, by=command.by, reason=command.reason.strip())


def accept(tournament: Tournament, command: c.Accept, now: datetime) -> tuple[e.Event, ...]:
    """Raises: BoutUnknown, NotFlagged, StageBegun, ReasonMissing."""
    needs_reason(command.reason)
    bout = found(tournament, command.bout)
    if bout.flagged is None:
        raise errors.NotFlagged(bout=bout.number)
    _still_free(tournament, bout)
    reason = command.reason.strip()
    return _decided(tournament, bout, bout.flagged, command.seed, now, by=command.by, reason=reason)


def break_tie(tournament: Tournament, command: c.BreakTie, now: datetime) -> tuple[e.Event, ...]:
    """Raises: BoutUnknown, NotTied."""
    bout = found(tournament, command.bout)
    if bout.state is not BoutState.TIED or bout.result is None:
        raise errors.NotTied(bout=bout.number)
    names = {line.entrant: tournament.entrants[line.entrant].name for line in bout.result.lines}
    order = sorted(bout.result.lines, key=lambda line: (line.rank, lot(command.seed, f"lot {names[line.entrant]}")))
    lines = tuple(replace(line, rank=place) for place, line in enumerate(order, start=1))
    result = replace(bout.result, lines=lines, seed=command.seed)
    return _decided(tournament, bout, result, command.seed, now, by=command.by)


def withdraw(tournament: Tournament, command: c.Withdraw, now: datetime) -> tuple[e.Event, ...]:
    """Raises: EntrantUnknown, WithdrawnAlready, ReasonMissing, BoutOpen."""
    needs_reason(command.reason)
    entrant = entrant_named(tournament, command.name)
    if entrant.id in tournament.withdrawn:
        raise errors.WithdrawnAlready(name=entrant.name)
    open_ = next((b for b in tournament.bouts.values() if b.state is BoutState.OPEN and entrant.id in b.entrants), None)
    if open_ is not None:
        raise errors.BoutOpen(bout=open_.number)
    withdrawn = e.Withdrawn(now, entrant.id, command.by, command.reason.strip())
    after = evolve(tournament, withdrawn)
    current = after.current
    if current is None:
        return (withdrawn,)
    if current.number and not after.has_begun(current.number):
        # Whoever is next moves up.
        moved = closed(after, current.number - 1, command.seed, now)
        if moved:
            return withdrawn, *moved
    events: list[e.Event] = [withdrawn]
    for decided in without_play(after, current.number, now):
        events.append(decided)
        after = evolve(after, decided)
    return *events, *closed(after, current.number, command.seed, now)


def _decided(
    tournament: Tournament,
    bout: Bout,
    result: Result,
    seed: str,
    now: datetime,
    *,
    by: int | None = None,
    reason: str = "",
) -> tuple[e.Event, ...]:
    """The bout's result, and what follows from it."""
    final = tournament.is_last(tournament.rounds[bout.round])
    tied = not final and result.is_tied_at(tournament.stage_of(bout).top, tournament.withdrawn)
    decided = e.BoutDecided(now, bout.number, result, tied, by, reason)
    after = evolve(tournament, decided)
    return decided, *closed(after, bout.round, seed, now)


def found(tournament: Tournament, number: int) -> Bout:
    """Raises: BoutUnknown."""
    bout = tournament.bouts.get(number)
    if bout is None:
        raise errors.BoutUnknown(bout=number)
    return bout


def entrant_named(tournament: Tournament, name: str) -> Entrant:
    """Raises: EntrantUnknown."""
    entrant = tournament.named(name)
    if entrant is None:
        raise errors.EntrantUnknown(name=name)
    return entrant


def needs_reason(reason: str) -> None:
    """Raises: ReasonMissing."""
    if not reason.strip():
        raise errors.ReasonMissing


def _is_fixed(tournament: Tournament, bout: Bout) -> bool:
    return tournament.has_begun(bout.round + 1)


def _still_free(tournament: Tournament, bout: Bout) -> None:
    if _is_fixed(tournament, bout):
        raise errors.StageBegun
