"""Question banks in the database: taking them in, finding them, drawing questions for a contest."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter

from quizzes.bank.items import Item
from quizzes.bank.items import Kind as ItemKind
from quizzes.engine.questions import Kind, Question, shuffled
from quizzes.errors import NoBanks, TooFewQuestions, UnknownBank
from storage import Database, Tx
from storage.banks import BankItemRow, BankRow, NewItem

_item: TypeAdapter[Item] = TypeAdapter(Item)
TRUE_FALSE = ("True", "False")
"""The options of a true/false question, whose items carry none; the presenter says them in the reader's language."""
_PLAYABLE = {ItemKind.SINGLE: Kind.SINGLE, ItemKind.SEVERAL: Kind.SEVERAL, ItemKind.TRUE_FALSE: Kind.TRUE_FALSE}


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


def draw(tx: Tx, bank: BankRow, needed: int, spare: int, dice: random.Random) -> tuple[Question, ...]:
    """Draw questions without repeats, their options shuffled once: ``needed`` ones, then up to ``spare`` in reserve.

    Raises:
        TooFewQuestions: the bank has not enough that a contest can ask.
    """
    rows = [row for row in tx.banks.items(bank.id) if row.kind in _PLAYABLE]
    if len(rows) < needed:
        raise TooFewQuestions(name=bank.name, given=len(rows), needed=needed)
    drawn = dice.sample(rows, min(len(rows), needed + spare))
    return tuple(_question(row, dice) for row in drawn)


def _question(row: BankItemRow, dice: random.Random) -> Question:
    item = _item.validate_json(row.body)
    kind = _PLAYABLE[item.kind]
    question = Question(
        id=str(row.id),
        kind=kind,
        text=item.text,
        options=TRUE_FALSE if kind is Kind.TRUE_FALSE else item.options,
        answer=item.answers,
        explanation=item.explanation,
        points=item.points,
    )
    if kind is Kind.TRUE_FALSE:
        return question
    order = list(range(len(question.options)))
    dice.shuffle(order)
    return shuffled(question, order)
