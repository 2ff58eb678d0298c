"""A tournament in the database: its log, what a contest reports to it, and the audit of both."""

from __future__ import annotations

import json
from collections.abc import Iterable

import orjson

from quizzes.engine.frozen import dataclass
from quizzes.engine.phases import Aborted, Contest, Finished
from quizzes.engine.scoring import QuestionState, standings, value_right
from quizzes.tournament import commands as c
from quizzes.tournament import events as e
from quizzes.tournament.codec import event_from_dict, event_to_dict
from quizzes.tournament.evolve import replay
from quizzes.tournament.results import Line
from quizzes.tournament.state import Tournament
from storage import Tx
from storage.tournaments import TournamentRow


@dataclass(frozen=True, slots=True)
class Stored:
    """A tournament as it is committed, with its row and the number of its events."""

    row: TournamentRow
    tournament: Tournament
    count: int


def events_of(tx: Tx, tournament_id: int) -> tuple[e.Event, ...]:
    """All events of a tournament, in order.

    Raises:
        quizzes.engine.errors.LogUnreadable: a newer version of the program wrote them.
    """
    return tuple(event_from_dict(orjson.loads(row.body)) for row in tx.tournaments.events(tournament_id))


def load(tx: Tx, row: TournamentRow, *, until: int | None = None) -> Stored:
    """Replay a tournament from its events (or only the first ``until``)."""
    events = events_of(tx, row.id)[:until]
    return Stored(row, replay(events), len(events))


def append(tx: Tx, tournament_id: int, first: int, events: Iterable[e.Event]) -> None:
    """Store events behind those that are there."""
    tx.tournaments.append(
        tournament_id,
        first,
        [
            (
                event.at,
                type(event).__name__,
                json.dumps(event_to_dict(event), ensure_ascii=False, separators=(",", ":")),
            )
            for event in events
        ],
    )


def told_by(contest_id: int, contest: Contest, tournament: Tournament, seed: str) -> c.Command | None:
    """What a contest that is over means to the tournament; None: it goes on."""
    match contest.phase:
        case Finished():
            lines = lines_of(contest, tournament)
            asked, attainable = counted(contest)
            return c.Report(str(contest_id), lines, asked, attainable, seed)
        case Aborted(reason=reason):
            return c.Abandon(str(contest_id), reason)
        case _:
            return None


def lines_of(contest: Contest, tournament: Tournament) -> tuple[Line, ...]:
    """The contest's teams as the tournament knows them; somebody whose seats stayed empty is not there."""
    now = standings(contest.rules, contest.seats, contest.awards)
    found = []
    for line in now.teams:
        entrant = tournament.named(line.name)
        if entrant is not None:
            gained = line.score - contest.rules.base * contest.rules.unit
            found.append(Line(entrant.id, line.rank, line.score, gained, line.right, line.wrong))
    return tuple(found)


def counted(contest: Contest) -> tuple[int, int]:
    """How many questions counted, sudden death apart, and what a team could gain with them."""
    counted = [
        record
        for record in contest.records
        if record.state is not QuestionState.VOID and record.segment < len(contest.rules.segments)
    ]
    attainable = sum(
        value_right(contest.rules.segment(record.segment), contest.setup.questions[record.index]) for record in counted
    )
    return len(counted), attainable * contest.rules.unit


def asked_in(contest: Contest) -> frozenset[str]:
    """The ids of the questions that nobody of the tournament may get again: what was asked, and what still may be."""
    if isinstance(contest.phase, Finished | Aborted):
        shown = {record.index for record in contest.records} | {max(contest.course.index, 0)}
        return frozenset(contest.setup.questions[index].id for index in shown if contest.course.nonce)
    return frozenset(question.id for question in contest.setup.questions)
