"""Question banks in the database: taking them in, finding them, drawing questions for a contest."""

import asyncio
import json
import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter

from quizzes import draws
from quizzes.bank.items import Item
from quizzes.bank.items import Kind as ItemKind
from quizzes.bank.near import NearTexts
from quizzes.draw_words import written
from quizzes.draws import Candidate, Wanted
from quizzes.engine.questions import Kind, Question, shuffled
from quizzes.errors import NoBanks, TooFewFitting, TooFewForStake, TooFewQuestions, UnknownBank
from storage import Database, Tx
from storage.banks import BankItemLabels, BankItemRow, BankRow, NewItem

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
    """What became of a bank's questions: how many are new, how many newer versions of known ones.

    ``near``: new questions that say nearly the same as one that the bank had, each with that one.
    """

    bank: str
    new: int
    renewed: int
    near: tuple[tuple[str, str], ...] = ()


class Banks:
    """The banks of the programme."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def take_in(self, name: str, items: Sequence[Item], *, now: datetime) -> Taken:
        """Add questions to the bank with this name, made if it is new; a known text is a newer version."""
        rows = [_row(item) for item in items]

        def texts(tx: Tx) -> list[str]:
            known = tx.banks.named(name)
            return [] if known is None else [row.text for row in tx.banks.items(known.id)]

        before = await self._database.read(texts)
        near = await asyncio.to_thread(_near, before, [item.text for item in items]) if before else ()

        def work(tx: Tx) -> Taken:
            known = tx.banks.named(name)
            bank_name = known.name if known is not None else name
            new, renewed = tx.banks.add(tx.banks.put(bank_name, now=now), rows)
            return Taken(bank_name, new, renewed, near)

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


def _near(known: Sequence[str], coming: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Those that come and are nearly the same as a known one, but not a newer version of it."""
    texts, exact = NearTexts(), set(known)
    for text in known:
        texts.add(text)
    found = []
    for text in coming:
        like = None if text in exact else texts.add(text)
        if like is not None and like < len(known):
            found.append((text, known[like]))
    return tuple(found)


def _row(item: Item) -> NewItem:
    body = _item.dump_json(item).decode()
    return NewItem(item.kind.value, item.text, body, item.category or "", item.difficulty, item.tags, item.points)


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


def draw(
    tx: Tx,
    bank: BankRow,
    places: Sequence[Wanted],
    spare: int,
    dice: random.Random,
    *,
    since: datetime,
    avoid: Collection[str] = (),
    spoken: bool = False,
) -> tuple[Question, ...]:
    """Draw a question for each place, then up to ``spare`` in reserve, their options shuffled once.

    Questions that were asked after ``since``, or that a contest under way holds, come only where the bank has no other.
    ``avoid``: ids of questions that must not come at all.

    ``spoken``: oral questions and no others, for contests in which judges rule on them.

    Raises:
        TooFewQuestions, TooFewFitting: the bank has not enough that a contest can ask.
        TooFewForStake: it has not enough for a stake whose questions are its own.
    """
    candidates = [_candidate(row) for row in tx.banks.labels(bank.id) if row.kind in (_SPOKEN if spoken else _PLAYABLE)]
    candidates = [one for one in candidates if str(one.id) not in avoid]
    drawn = draws.draw(candidates, places, spare, _asked(tx, since), dice)
    if isinstance(drawn, draws.Shortage):
        numbers = {"name": bank.name, "given": drawn.given, "needed": drawn.needed}
        if drawn.wanted == draws.ANY:
            raise TooFewQuestions(**numbers)
        if drawn.wanted == Wanted(stake=drawn.wanted.stake) and drawn.wanted.stake is not None:
            raise TooFewForStake(stake=drawn.wanted.stake[1], **numbers)
        raise TooFewFitting(wishes=written(drawn.wanted), **numbers)
    rows = (tx.banks.item(item_id) for item_id in (*drawn.places, *drawn.reserve))
    return tuple(_question(row, dice) for row in rows if row is not None)


def _candidate(row: BankItemLabels) -> Candidate:
    tags = tuple(row.tags.split("\n")) if row.tags else ()
    return Candidate(row.id, row.kind, row.category, row.difficulty, tags, row.points)


def _asked(tx: Tx, since: datetime) -> dict[int, int]:
    """When each question was asked last; what a contest under way may still ask counts as asked just now."""
    asked = {int(id_): at for id_, at in tx.tallies.asked(since).items() if id_.isdigit()}
    newest = max(asked.values(), default=0)
    for opening in tx.contests.openings():
        for question in json.loads(opening)["questions"]:
            asked[int(question["id"])] = newest + 1
    return asked


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
