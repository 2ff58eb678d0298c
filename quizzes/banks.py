"""Question banks in the database: taking them in, finding them, drawing questions for a contest."""

import asyncio
import json
import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from pydantic import TypeAdapter

from quizzes import draws
from quizzes.bank.items import Item
from quizzes.bank.items import Kind as ItemKind
from quizzes.bank.media import free_name, is_address, kind_of, kind_of_address
from quizzes.bank.near import NearTexts
from quizzes.draw_words import written
from quizzes.draws import Candidate, Wanted
from quizzes.engine.frozen import dataclass
from quizzes.engine.han import heard
from quizzes.engine.questions import Kind, Question, shuffled
from quizzes.errors import NoBanks, TooFewFitting, TooFewForStake, TooFewQuestions, UnknownBank
from storage import Database, Tx
from storage.banks import BankItemLabels, BankItemRow, BankRow, NewItem

_item: TypeAdapter[Item] = TypeAdapter(Item)
_NOTHING: Mapping[str, bytes] = MappingProxyType({})
STORED = "bank:"
"""How the name of a stored picture or sound begins; its id follows."""
TRUE_FALSE = ("True", "False")
"""The options of a true/false question, whose items carry none; the presenter says them in the reader's language."""
_PLAYABLE = {
    ItemKind.SINGLE: Kind.SINGLE,
    ItemKind.SEVERAL: Kind.SEVERAL,
    ItemKind.TRUE_FALSE: Kind.TRUE_FALSE,
    ItemKind.FILL_IN: Kind.FILL_IN,
    ItemKind.ORAL: Kind.ORAL,
}


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

    async def take_in(
        self, name: str, items: Sequence[Item], *, media: Mapping[str, bytes] = _NOTHING, now: datetime
    ) -> Taken:
        """Add questions to the bank with this name, made if it is new; a known text is a newer version.

        ``media``: the pictures and sounds that the questions name (see :mod:`quizzes.bank.media`).
        """

        def texts(tx: Tx) -> list[str]:
            known = tx.banks.named(name)
            return [] if known is None else [row.text for row in tx.banks.items(known.id)]

        before = await self._database.read(texts)
        near = await asyncio.to_thread(_near, before, [item.text for item in items]) if before else ()

        def work(tx: Tx) -> Taken:
            known = tx.banks.named(name)
            bank_name = known.name if known is not None else name
            bank_id = tx.banks.put(bank_name, now=now)
            names = {called: _keep(tx, bank_id, called, content) for called, content in media.items()}
            kept = [item if item.media not in names else replace(item, media=names[item.media]) for item in items]
            new, renewed = tx.banks.add(bank_id, [_row(item) for item in kept])
            return Taken(bank_name, new, renewed, near)

        return await self._database.write(work)

    async def media(self, stored: str, *, fresh: bool = False) -> bytes | str:
        """A stored picture or sound by the name that a card gives it: Telegram's id for it, or the bytes.

        ``fresh``: Telegram does not know its id any more.

        Raises:
            KeyError: there is none.
        """
        media_id = int(stored.removeprefix(STORED))

        def work(tx: Tx) -> bytes | str:
            row = tx.banks.media(media_id)
            if row is not None and row.file_id is not None and not fresh:
                return row.file_id
            content = tx.banks.media_content(media_id)
            if content is None:
                raise KeyError(stored)
            return content

        return await self._database.read(work)

    async def media_sent(self, stored: str, file_id: str) -> None:
        """Telegram has the picture or sound now; its bytes are not sent again."""
        await self._database.write(lambda tx: tx.banks.media_sent(int(stored.removeprefix(STORED)), file_id))

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


def _keep(tx: Tx, bank_id: int, name: str, content: bytes) -> str:
    """Keep a picture or sound; returns the name under which it lies, another one if other content has this one."""
    kind = kind_of(content)
    assert kind is not None, "what cannot be shown is left out before"
    for called in (name, free_name(name, content)):
        row = tx.banks.media_named(bank_id, called)
        if row is None:
            tx.banks.add_media(bank_id, called, kind, content)
            return called
        if tx.banks.media_content(row.id) == content:
            return called
    raise AssertionError("a name that is made of the content has that content")


def with_media(tx: Tx, bank: BankRow, questions: Sequence[Question]) -> tuple[Question, ...]:
    """The questions with what they show as a card names it: ``photo:bank:3``, ``audio:https://…``, or nothing."""

    def shown(media: str) -> str:
        if not media:
            return ""
        if is_address(media):
            return f"{kind_of_address(media)}:{media}"
        row = tx.banks.media_named(bank.id, media)
        return "" if row is None else f"{row.kind}:{STORED}{row.id}"

    return tuple(replace(question, media=shown(question.media)) for question in questions)


def _row(item: Item) -> NewItem:
    body = _item.dump_json(item).decode()
    return NewItem(item.kind.value, item.text, body, item.category or "", item.difficulty, item.tags, item.points)


def find(tx: Tx, name: str) -> BankRow:
    """The bank with this name, whatever the case; in the other Chinese script, if only one is meant.

    Raises:
        UnknownBank, NoBanks: there is no such bank.
    """
    bank = tx.banks.named(name.strip())
    if bank is not None:
        return bank
    banks = tx.banks.all()
    if not banks:
        raise NoBanks()
    alike = [other for other in banks if heard(other.name) == heard(name)]
    if len(alike) == 1:
        return alike[0]
    known = [other.name for other in banks]
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
) -> tuple[Question, ...]:
    """Draw a question for each place, then up to ``spare`` in reserve, their options shuffled once.

    Questions that were asked after ``since``, or that a contest under way holds, come only where the bank has no other.
    ``avoid``: ids of questions that must not come at all.


    Raises:
        TooFewQuestions, TooFewFitting: the bank has not enough that a contest can ask.
        TooFewForStake: it has not enough for a stake whose questions are its own.
    """
    candidates = [_candidate(row) for row in tx.banks.labels(bank.id) if row.kind in _PLAYABLE]
    candidates = [one for one in candidates if str(one.id) not in avoid]
    drawn = draws.draw(candidates, places, spare, _asked(tx, bank, since), dice)
    if isinstance(drawn, draws.Shortage):
        numbers = {"name": bank.name, "given": drawn.given, "needed": drawn.needed}
        if drawn.wanted == draws.ANY:
            raise TooFewQuestions(**numbers)
        if drawn.wanted == Wanted(stake=drawn.wanted.stake) and drawn.wanted.stake is not None:
            raise TooFewForStake(stake=drawn.wanted.stake[1], **numbers)
        raise TooFewFitting(kinds=drawn.wanted.kinds, labels=written(drawn.wanted), **numbers)
    rows = (tx.banks.item(item_id) for item_id in (*drawn.places, *drawn.reserve))
    return tuple(_question(row, dice) for row in rows if row is not None)


def _candidate(row: BankItemLabels) -> Candidate:
    tags = tuple(row.tags.split("\n")) if row.tags else ()
    return Candidate(row.id, row.kind, row.category, row.difficulty, tags, row.points)


def _asked(tx: Tx, bank: BankRow, since: datetime) -> dict[int, int]:
    """When each question was asked last; what a contest under way may still ask counts as asked just now.

    A thousand contests may be under way: only those of the same bank are read (0.1 ms each, within the writer).
    """
    asked = {int(id_): at for id_, at in tx.tallies.asked(since).items() if id_.isdigit()}
    newest = max(asked.values(), default=0)
    for opening in tx.contests.openings(bank.name):
        for question in json.loads(opening)["questions"]:
            asked[int(question["id"])] = newest + 1
    return asked


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
        media=item.media or "",
        accepted=item.accepted if kind.typed or kind is Kind.ORAL else (),
    )
    if kind in (Kind.TRUE_FALSE, Kind.ORAL) or kind.typed:
        return question
    order = list(range(len(question.options)))
    dice.shuffle(order)
    return shuffled(question, order)
