"""What an event makes of a tournament. No rule is weighed here: it has happened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from quizzes.tournament import events as e
from quizzes.tournament.errors import NotOpenedYet
from quizzes.tournament.state import Bout, BoutState, Entrant, Round, Tournament


def evolve(tournament: Tournament | None, event: e.Event) -> Tournament:
    """The tournament after this event; None is the one before its first.

    Raises:
        NotOpenedYet: the log does not begin with ``Opened``, or has it twice.
    """
    if tournament is None or isinstance(event, e.Opened):
        if tournament is not None or not isinstance(event, e.Opened):
            raise NotOpenedYet
        return Tournament(event.title, event.preset, event.plan, event.bank, event.by, event.at)
    match event:
        case e.Entered():
            entrant = Entrant(event.entrant, event.name, event.unit)
            return replace(
                tournament,
                entrants={**tournament.entrants, entrant.id: entrant},
                next_entrant=max(tournament.next_entrant, entrant.id + 1),
            )
        case e.Struck():
            kept = {id_: one for id_, one in tournament.entrants.items() if id_ != event.entrant}
            return replace(tournament, entrants=kept)
        case e.Drawn():
            return _drawn(tournament, event)
        case e.BoutOpened():
            return _with(tournament, event.bout, state=BoutState.OPEN, contest=event.contest)
        case e.BoutDecided():
            return _decided(tournament, event)
        case e.BoutAnnulled():
            after = _with(tournament, event.bout, state=BoutState.WAITING, result=None, flagged=None, contest=None)
            return _reopened(after, tournament.bouts[event.bout].round)
        case e.ResultFlagged():
            # Changed back to what it was: there is nothing to look at any more.
            same = event.result == tournament.bouts[event.bout].result
            return _with(tournament, event.bout, flagged=None if same else event.result)
        case e.Withdrawn():
            return replace(tournament, withdrawn=tournament.withdrawn | {event.entrant})
        case e.RoundEnded():
            return _ended(tournament, event)
        case e.Finished():
            return replace(tournament, places=event.places)
        case e.CalledOff():
            return replace(tournament, called_off=event.reason)


def replay(events: Iterable[e.Event]) -> Tournament:
    """The tournament that these events, in order, make.

    Raises:
        NotOpenedYet: the log is empty or does not begin with ``Opened``.
    """
    tournament: Tournament | None = None
    for event in events:
        tournament = evolve(tournament, event)
    if tournament is None:
        raise NotOpenedYet
    return tournament


def _with(tournament: Tournament, number: int, **changed: object) -> Tournament:
    bout: Bout = replace(tournament.bouts[number], **changed)  # type: ignore[arg-type]
    return replace(tournament, bouts={**tournament.bouts, number: bout})


def _decided(tournament: Tournament, event: e.BoutDecided) -> Tournament:
    state = BoutState.TIED if event.tied else BoutState.DECIDED
    contest = event.result.contest
    after = _with(tournament, event.bout, state=state, result=event.result, flagged=None, contest=contest)
    round_ = after.rounds[after.bouts[event.bout].round]
    return _reopened(after, round_.number) if event.tied and round_.advanced is not None else after


def _drawn(tournament: Tournament, event: e.Drawn) -> Tournament:
    """The round's bouts, in place of those of a former draw."""
    before = _without_rounds(tournament, event.round)
    bouts = {pairing.bout: Bout(pairing.bout, event.round, pairing.entrants) for pairing in event.pairings}
    made = Round(event.round, event.stage, tuple(bouts), event.seed)
    return replace(before, rounds=(*before.rounds, made), bouts={**before.bouts, **bouts})


def _without_rounds(tournament: Tournament, number: int) -> Tournament:
    """As if this round and those after it had never been drawn."""
    return replace(
        tournament,
        rounds=tournament.rounds[:number],
        bouts={id_: bout for id_, bout in tournament.bouts.items() if bout.round < number},
        places=(),
    )


def _ended(tournament: Tournament, event: e.RoundEnded) -> Tournament:
    """Whoever goes on now is who goes on; a draw that was made for others is gone."""
    before = tournament.rounds[event.round]
    ended = replace(before, advanced=event.advanced, lots=event.seed)
    same = before.advanced is not None and _ids(before.advanced) == _ids(event.advanced)
    kept = tournament if same else _without_rounds(tournament, event.round + 1)
    return replace(kept, rounds=(*kept.rounds[: event.round], ended, *kept.rounds[event.round + 1 :]))


def _ids(advanced: tuple[e.Advance, ...]) -> tuple[int, ...]:
    return tuple(sorted(one.entrant for one in advanced))


def _reopened(tournament: Tournament, number: int) -> Tournament:
    """A bout of this round is to be played again: it is not over, and what followed was never drawn."""
    before = _without_rounds(tournament, number + 1)
    reopened = replace(before.rounds[number], advanced=None)
    return replace(before, rounds=(*before.rounds[:number], reopened))
