"""What the cards of practice show of a person's day, their banks and the question under way."""

from datetime import datetime
from zoneinfo import ZoneInfo

from quizzes.engine.frozen import dataclass
from quizzes.posing import can_be_posed, item_of, pose
from quizzes.practice.scheduling import Caps, Today
from quizzes.practice.sitting import Sitting
from quizzes.practice.views import BankChoice, PracticeCard, PracticeMenu, PracticeOver, Progress
from storage import Tx
from storage.banks import BankItemRow

_BANKS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class PracticeSettings:
    """The zone whose days count, and the most that a day asks."""

    zone: ZoneInfo
    caps: Caps


def today(tx: Tx, user_id: int, settings: PracticeSettings, now: datetime) -> Today:
    """What somebody has done today."""
    row = tx.practice.day(user_id, now.astimezone(settings.zone).date())
    return Today(new=row.new, reviews=row.answers - row.new, right=row.correct)


def progress(tx: Tx, user_id: int, settings: PracticeSettings, now: datetime) -> Progress:
    """How far somebody is today, against the caps."""
    done, caps = today(tx, user_id, settings, now), settings.caps
    return Progress(new=done.new, new_cap=caps.new, reviews=done.reviews, reviews_cap=caps.reviews, right=done.right)


def fresh(tx: Tx, user_id: int, bank_id: int) -> BankItemRow | None:
    """The next question of a bank that this person has never had."""
    rows = tx.practice.new_items(user_id, bank_id)
    return next((row for row in rows if can_be_posed(item_of(row.body))), None)


def card(tx: Tx, user_id: int, sitting: Sitting, settings: PracticeSettings, now: datetime) -> PracticeCard:
    """The question on the screen."""
    assert sitting.item is not None
    row = tx.banks.item(sitting.item)
    assert row is not None
    bank = tx.banks.get(row.bank_id)
    return PracticeCard(
        round=sitting.round,
        posed=pose(item_of(row.body), sitting.order, sitting.marked),
        is_new=sitting.is_new,
        bank="" if bank is None else bank.name,
        progress=progress(tx, user_id, settings, now),
    )


def menu(tx: Tx, user_id: int, sitting: Sitting, now: datetime) -> PracticeMenu:
    """The banks to choose from."""
    return PracticeMenu(
        round=sitting.round,
        due=tx.practice.due_count(user_id, now),
        banks=tuple(BankChoice(id=bank.id, name=bank.name, items=bank.items) for bank in tx.banks.all()[:_BANKS_SHOWN]),
    )


def over(
    tx: Tx,
    user_id: int,
    bank_id: int | None,
    sitting: Sitting,
    settings: PracticeSettings,
    now: datetime,
    *,
    reason: str,
) -> PracticeOver:
    """The end of a day's practice."""
    bank = None if bank_id is None else tx.banks.get(bank_id)
    return PracticeOver(
        round=sitting.round,
        reason="done" if reason == "done" else "stopped",
        bank="" if bank is None else bank.name,
        progress=progress(tx, user_id, settings, now),
        waiting=tx.practice.due_count(user_id, now),
        bank_left=bank_id is not None and fresh(tx, user_id, bank_id) is not None,
        next_at=tx.practice.next_due(user_id, now),
        other_banks=len(tx.banks.all()) > (0 if bank is None else 1),
    )
