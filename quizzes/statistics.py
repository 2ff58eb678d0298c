"""Statistics of questions over all contests: how often asked, how often right, how long it took.

They are counted once, in the transaction that ends a contest (and again when a ruling is changed afterwards), so that a bank
of 10,000 questions is summed up by one query.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from quizzes.account import given_in
from quizzes.engine.frozen import dataclass
from quizzes.engine.phases import Contest
from quizzes.engine.scoring import QuestionState
from quizzes.live import load
from storage import Database, Tx
from storage.tallies import Tally, TallySum

_MS = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class QuestionStatistics:
    """A question of a bank. ``asked`` counts contests; ``nobody`` and ``voided`` those where it came to nothing.

    ``answered`` counts answers, ``wrong`` also those that did not come in time; ``mean_ms`` is the mean time of an answer.
    """

    bank: str
    id: str
    kind: str
    text: str
    asked: int
    answered: int
    right: int
    wrong: int
    nobody: int
    voided: int
    mean_ms: int | None
    last_asked_at: datetime

    @property
    def right_share(self) -> float | None:
        """The part that was right of all who were to answer."""
        ruled = self.right + self.wrong
        return self.right / ruled if ruled else None


class Statistics:
    """Reads what contests have left about their questions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def questions(
        self, *, bank: str | None = None, contests: Collection[int] | None = None
    ) -> tuple[QuestionStatistics, ...]:
        """Every question that was asked: of one bank, or in certain contests, or all."""

        def work(tx: Tx) -> tuple[QuestionStatistics, ...]:
            if contests is None:
                return tuple(map(_statistics, tx.tallies.sums(bank)))
            rows = [row for contest_id in contests for row in tx.tallies.of_contest(contest_id)]
            return _summed(row for row in rows if bank is None or row.bank.casefold() == bank.casefold())

        return await self._database.read(work)

    async def catch_up(self) -> int:
        """Count the contests that ended before anybody counted; returns how many."""

        def work(tx: Tx) -> int:
            missing = tx.tallies.missing()
            for contest_id in missing:
                row = tx.contests.get(contest_id)
                if row is not None:
                    tally(tx, contest_id, load(tx, row).contest, row.ended_at or row.opened_at)
            return len(missing)

        return await self._database.write(work)


def tally(tx: Tx, contest_id: int, contest: Contest, at: datetime) -> None:
    """Count the questions and note the players of a contest that is over; counting again corrects."""
    tx.tallies.put(contest_id, tallies(contest, at))
    if contest.records or contest.bench.rounds:
        tx.tallies.played(contest_id, contest.seats.players)


def tallies(contest: Contest, at: datetime) -> tuple[Tally, ...]:
    """What became of every question that was closed. Pure."""
    found = []
    for record in contest.records:
        question = contest.setup.questions[record.index]
        rulings = record.rulings if record.state is not QuestionState.VOID else ()
        given = [ruling for ruling in rulings if given_in(ruling) or question.kind.value == "oral"]
        right = sum(ruling.right for ruling in rulings)
        found.append(
            Tally(
                question_id=question.id,
                bank=contest.setup.bank,
                kind=question.kind.value,
                text=question.text,
                state=record.state.value,
                answered=len(given),
                right_answers=right,
                wrong_answers=len(rulings) - right,
                took_ms=sum(round(ruling.after / _MS) for ruling in given),
                closed_at=at,
            )
        )
    return tuple(found)


def _statistics(row: TallySum) -> QuestionStatistics:
    return QuestionStatistics(
        bank=row.bank,
        id=row.question_id,
        kind=row.kind,
        text=row.text,
        asked=row.contests,
        answered=row.answered,
        right=row.right_answers,
        wrong=row.wrong_answers,
        nobody=row.nobody,
        voided=row.voided,
        mean_ms=round(row.took_ms / row.answered) if row.answered else None,
        last_asked_at=row.closed_at,
    )


_SUMS = ("contests", "voided", "nobody", "answered", "right_answers", "wrong_answers", "took_ms")


def _summed(rows: Iterable[TallySum]) -> tuple[QuestionStatistics, ...]:
    sums: dict[tuple[str, str], TallySum] = {}
    for row in rows:
        known = sums.get((row.bank, row.question_id))
        sums[row.bank, row.question_id] = row if known is None else _plus(known, row)
    return tuple(_statistics(sums[key]) for key in sorted(sums))


def _plus(known: TallySum, row: TallySum) -> TallySum:
    added = {name: getattr(known, name) + getattr(row, name) for name in _SUMS}
    newer = row if row.closed_at >= known.closed_at else known
    return newer.model_copy(update=added)
