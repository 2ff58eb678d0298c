"""Question banks in the database: taking them in, finding them, drawing questions for a contest."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter

from quizzes.bank.items import Item
from quizzes.bank.items import Kind as ItemKind
from quizzes.engine.plan import wishes
from quizzes.engine.questions import Kind, Question, shuffled
from quizzes.engine.rules import AnySegment, RiskSegment, Rules
from quizzes.errors import NoBanks, TooFewQuestions, UnknownBank
from quizzes.stake_pools import draw_pools
from storage import Database, Tx
from storage.banks import BankItemRow, BankRow, NewItem

_item: TypeAdapter[Item] = TypeAdapter(Item)
TRUE_FALSE = ("True", "False")
"""The options of a true/false question, whose items carry none; the presenter says them in the reader's language."""
_PLAYABLE = {
    ItemKind.SINGLE: Kind.SINGLE,
    ItemKind.SEVERAL: Kind.SEVERAL,
    ItemKind.TRUE_FALSE: Kind.TRUE_FALSE,
    ItemKind.FILL_IN: Kind.FILL_IN,
}
_SPOKEN = {ItemKind.ORAL: Kind.ORAL}
"""Asked only where judges rule on them, and there no others are."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a bank's questions: how many are new, how many newer versions of known ones."""

    bank: str
    new: int
    renewed: int


class Banks:
    """The banks of the programme."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def take_in(self, name: str, items: Sequence[Item], *, now: datetime) -> Taken:
        """Add questions to the bank with this name, made if it is new; a known text is a newer version."""
        rows = [_row(item) for item in items]

        def work(tx: Tx) -> Taken:
            known = tx.banks.named(name)
            bank_name = known.name if known is not None else name
            new, renewed = tx.banks.add(tx.banks.put(bank_name, now=now), rows)
            return Taken(bank_name, new, renewed)

        return await self._database.write(work)

    async def all(self) -> Sequence[BankRow]:
        """Every bank with its size, by name."""
        return await self._database.read(lambda tx: tx.banks.all())

    async def items(self, name: str) -> tuple[Item, ...]:
        """The questions of a bank, in order.

        Raises:
            UnknownBank, NoBanks: there is no such bank.
        """
        rows = await self._database.read(lambda tx: tx.banks.items(find(tx, name).id))
        return tuple(_item.validate_json(row.body) for row in rows)


def _row(item: Item) -> NewItem:
    body = _item.dump_json(item).decode()
    return NewItem(item.kind.value, item.text, body, item.category or "", item.difficulty, item.tags)


def find(tx: Tx, name: str) -> BankRow:
    """The bank with this name, whatever the case.

    Raises:
        UnknownBank, NoBanks: there is no such bank.
    """
    bank = tx.banks.named(name.strip())
    if bank is not None:
        return bank
    known = [other.name for other in tx.banks.all()]
    if not known:
        raise NoBanks()
    raise UnknownBank(name=name, known="、".join(known[:20]))


def draw(tx: Tx, bank: BankRow, rules: Rules, spare: int, dice: random.Random) -> tuple[Question, ...]:
    """Draw questions without repeats, their options shuffled once: those of the plan, then up to ``spare`` in reserve.

    Where judges rule on oral questions, those are drawn and no others.

    Raises:
        TooFewQuestions: the bank has not enough that a contest can ask.
        TooFewForStake: it has not enough for a stake whose questions are its own.
    """
    spoken = Kind.ORAL in rules.judges.kinds
    rows = [row for row in tx.banks.items(bank.id) if row.kind in (_SPOKEN if spoken else _PLAYABLE)]
    places = wishes(rules)
    if len(rows) < len(places):
        raise TooFewQuestions(name=bank.name, given=len(rows), needed=len(places))
    staked = _drawn_for_stakes(rows, places, bank.name, dice)
    rest = [row for number, row in enumerate(rows) if number not in staked.values()]
    others = iter(dice.sample(rest, min(len(rest), len(places) - len(staked) + spare)))
    planned = [rows[staked[place]] if place in staked else next(others) for place in range(len(places))]
    return tuple(_question(row, dice) for row in (*planned, *others))


def _drawn_for_stakes(
    rows: Sequence[BankItemRow], places: Sequence[tuple[AnySegment, int | None]], bank: str, dice: random.Random
) -> dict[int, int]:
    """For each place that wants a question for a certain stake, which row it gets."""
    wanted = {
        place: (segment.stakes, stake)
        for place, (segment, stake) in enumerate(places)
        if isinstance(segment, RiskSegment) and stake is not None
    }
    if not wanted:
        return {}
    items = [_item.validate_json(row.body) for row in rows]
    return dict(zip(wanted, draw_pools(items, tuple(wanted.values()), bank, dice), strict=True))


def _question(row: BankItemRow, dice: random.Random) -> Question:
    item = _item.validate_json(row.body)
    kind = {**_PLAYABLE, **_SPOKEN}[item.kind]
    question = Question(
        id=str(row.id),
        kind=kind,
        text=item.text,
        options=TRUE_FALSE if kind is Kind.TRUE_FALSE else item.options,
        answer=item.answers,
        explanation=item.explanation,
        points=item.points,
        accepted=item.accepted if kind.typed or kind is Kind.ORAL else (),
    )
    if kind in (Kind.TRUE_FALSE, Kind.ORAL) or kind.typed:
        return question
    order = list(range(len(question.options)))
    dice.shuffle(order)
    return shuffled(question, order)
