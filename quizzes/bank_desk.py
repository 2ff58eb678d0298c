"""Banks as organisers see them in the chat: which there are, what is in one and how it was answered, a file that comes."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import datetime
from pathlib import PurePath
from typing import ClassVar

from quizzes.bank.formats import read_bank
from quizzes.bank.items import ItemError, ParsedBank
from quizzes.banks import Banks, Taken
from quizzes.errors import NothingGood, UnknownBank
from quizzes.part import Part
from quizzes.statistics import QuestionStatistics, Statistics
from quizzes.views import Choice
from storage import Database, View

LISTED = 40
_CATEGORIES_SHOWN = 12
_HARDEST_SHOWN = 5
_LINES_KEPT = 2_000
_ANSWERS_LEAST = 3
"""With fewer answers a share of right ones says nothing about a question."""


class BankList(View):
    """Every bank; pressing one shows what is in it."""

    kind: ClassVar[str] = "bank.list"
    banks: tuple[Choice, ...]


class HardQuestion(Part):
    """A question that few got right; ``share`` in percent."""

    text: str
    share: int
    answers: int


class BankCard(View):
    """What is in a bank, and how it was answered. Pairs are labels with counts; a difficulty of 0 is unknown."""

    kind: ClassVar[str] = "bank.card"
    id: int
    name: str
    items: int
    kinds: tuple[tuple[str, int], ...]
    difficulties: tuple[tuple[int, int], ...]
    categories: tuple[tuple[str, int], ...]
    other_categories: int
    asked: int
    answers: int
    right: int | None
    mean_ms: int | None
    hardest: tuple[HardQuestion, ...]


class BankTaken(View):
    """What came of a file: counts, and what was wrong with the questions that were left out."""

    kind: ClassVar[str] = "bank.taken"
    file: str
    bank: str
    new: int
    renewed: int
    near: tuple[tuple[str, str], ...]
    problems: tuple[ItemError, ...]
    remarks: tuple[ItemError, ...]
    left_out: int
    """How many problems there were; ``problems`` holds the first of them."""


class BankDesk:
    """Looks at banks, and takes files in."""

    def __init__(self, database: Database, banks: Banks) -> None:
        self._database = database
        self._banks = banks
        self._statistics = Statistics(database)

    async def all(self) -> BankList:
        """Every bank that has questions."""
        rows = [row for row in await self._banks.all() if row.items]
        return BankList(banks=tuple(Choice(id=row.id, name=row.name, items=row.items) for row in rows[:LISTED]))

    async def card(self, bank_id: int) -> BankCard:
        """What is in a bank.

        Raises:
            UnknownBank: it is gone.
        """
        row = await self._database.read(lambda tx: tx.banks.get(bank_id))
        if row is None:
            raise UnknownBank(name=str(bank_id), known="")
        labels = await self._database.read(lambda tx: tx.banks.labels(bank_id))
        asked = await self._statistics.questions(bank=row.name)
        categories = Counter(label.category for label in labels if label.category).most_common()
        answered = sum(one.answered for one in asked)
        ruled = sum(one.right + one.wrong for one in asked)
        took = sum((one.mean_ms or 0) * one.answered for one in asked)
        return BankCard(
            id=row.id,
            name=row.name,
            items=row.items,
            kinds=tuple(Counter(label.kind for label in labels).most_common()),
            difficulties=tuple(sorted(Counter(label.difficulty or 0 for label in labels).items())),
            categories=tuple(categories[:_CATEGORIES_SHOWN]),
            other_categories=len(categories[_CATEGORIES_SHOWN:]),
            asked=len(asked),
            answers=ruled,
            right=round(100 * sum(one.right for one in asked) / ruled) if ruled else None,
            mean_ms=round(took / answered) if answered else None,
            hardest=_hardest(asked),
        )

    async def receive(self, content: bytes, filename: str, *, now: datetime) -> BankTaken:
        """Take in the good questions of a file; the bank is called as the file is.

        Raises:
            FileError: it cannot be read at all.
            NothingGood: there is no good question in it.
        """
        parsed = await asyncio.to_thread(read_bank, content, filename)
        if not parsed.items:
            first = parsed.errors[0].line if parsed.errors else 0
            raise NothingGood(file=filename, bad=len(parsed.errors), line=first)
        taken = await self._banks.take_in(PurePath(filename).stem.strip() or filename, parsed.items, now=now)
        return _view(filename, taken, parsed)


def _view(filename: str, taken: Taken, parsed: ParsedBank) -> BankTaken:
    return BankTaken(
        file=filename,
        bank=taken.bank,
        new=taken.new,
        renewed=taken.renewed,
        near=taken.near,
        problems=parsed.errors[:_LINES_KEPT],
        remarks=parsed.warnings[:_LINES_KEPT],
        left_out=len(parsed.errors),
    )


def _hardest(asked: tuple[QuestionStatistics, ...]) -> tuple[HardQuestion, ...]:
    told = [(one.right_share, one) for one in asked if one.right + one.wrong >= _ANSWERS_LEAST]
    worst = sorted(((share, one) for share, one in told if share is not None and share < 1), key=lambda pair: pair[0])
    return tuple(
        HardQuestion(text=one.text, share=round(100 * share), answers=one.right + one.wrong)
        for share, one in worst[:_HARDEST_SHOWN]
    )
