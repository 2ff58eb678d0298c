"""Mistakes become cards: those of a contest when it ends, those of an exam when its answers may be known."""

from datetime import datetime
from zoneinfo import ZoneInfo

from quizzes.engine.phases import Contest
from quizzes.engine.scoring import QuestionState
from quizzes.posing import can_be_posed, item_of
from quizzes.practice.scheduling import Grade, Known, Memory, reviewed
from storage import Tx
from storage.practice import CardRow

_NOWHERE = ZoneInfo("UTC")
"""What was forgotten comes back after minutes, so the zone, which rounds days, does not matter."""


def known_of(row: CardRow | None) -> Known | None:
    """A stored card as the scheduler knows it."""
    return None if row is None else Known(Memory.model_validate_json(row.memory), row.due_at, row.reviewed_at)


def keep(tx: Tx, user_id: int, item_id: int, known: Known, *, source: str, now: datetime) -> None:
    """Store a card as it is now."""
    memory = known.memory.model_dump_json()
    tx.practice.put_card(
        user_id, item_id, source=source, memory=memory, due_at=known.due_at, reviewed_at=known.reviewed_at, now=now
    )


def forgotten(tx: Tx, user_id: int, item_id: int, *, source: str, at: datetime) -> bool:
    """Somebody got a question wrong elsewhere: it is asked in practice; says whether it can be.

    A question that came from no bank, or cannot be answered alone, is passed over.
    """
    item = tx.banks.item(item_id)
    if item is None or not can_be_posed(item_of(item.body)):
        return False
    before = known_of(tx.practice.card(user_id, item_id))
    if before is not None and before.reviewed_at is not None and before.reviewed_at > at:
        return False  # they have practised it since
    keep(tx, user_id, item_id, reviewed(before, Grade.FORGOT, at, _NOWHERE), source=source, now=at)
    return True


def harvest(tx: Tx, contest_id: int, contest: Contest, *, at: datetime) -> int:
    """Take the mistakes of a finished contest in, once whatever happens; returns how many there were."""
    if not tx.practice.harvest(contest_id, now=at):
        return 0
    return sum(forgotten(tx, user, item, source="contest", at=at) for user, item in mistakes_of(contest))


def mistakes_of(contest: Contest) -> tuple[tuple[int, int], ...]:
    """Who (Telegram user) got which question (id in the bank) wrong, each once; void questions do not count."""
    found: dict[tuple[int, int], None] = {}
    questions = contest.setup.questions
    for index in sorted({record.index for record in contest.records if record.index < len(questions)}):
        record, item = contest.record(index), questions[index].id
        if record is None or record.state is not QuestionState.RULED or not item.isdecimal():
            continue
        for ruling in record.rulings:
            if ruling.player and not ruling.right:
                found[ruling.player, int(item)] = None
    return tuple(found)
