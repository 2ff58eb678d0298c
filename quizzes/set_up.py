"""``/contest`` alone: choosing a preset, a bank and a number of questions by buttons."""

from collections.abc import Mapping

from quizzes.errors import NoBanks, UnknownBank, UnknownPreset
from quizzes.presets import Preset
from quizzes.views import Choice, SetUpCard
from storage import Database

_COUNTS = (5, 10, 15, 20)
_BANKS_SHOWN = 30


class SetUp:
    """The three steps of the set-up card; each is made from what there is now."""

    def __init__(self, database: Database, presets: Mapping[str, Preset]) -> None:
        self._database = database
        self._presets = presets

    def presets(self) -> SetUpCard:
        """The first step."""
        return SetUpCard(step="preset", presets=tuple((p.name, dict(p.title)) for p in self._presets.values()))

    def asks_for_count(self, preset: str) -> bool:
        """Whether the number of questions is the host's to choose: a preset of several segments says it itself."""
        return preset in self._presets and len(self._presets[preset].rules.segments) == 1

    def chosen(self, preset: str) -> SetUpCard:
        """What is left of the card once the lobby is open: what was chosen, and no buttons."""
        titles = dict(self._presets[preset].title)
        return SetUpCard(step="chosen", presets=((preset, titles),), preset=preset)

    async def banks(self, preset: str) -> SetUpCard:
        """The second step.

        Raises:
            UnknownPreset, NoBanks: there is nothing to choose.
        """
        if preset not in self._presets:
            raise UnknownPreset(name=preset, known="、".join(self._presets))
        return SetUpCard(step="bank", presets=(), preset=preset, banks=await self.bank_choices())

    async def bank_choices(self) -> tuple[Choice, ...]:
        """The banks that have something in them.

        Raises:
            NoBanks: none has.
        """
        rows = await self._database.read(lambda tx: tx.banks.all())
        banks = tuple(Choice(id=row.id, name=row.name, items=row.items) for row in rows if row.items)
        if not banks:
            raise NoBanks()
        return banks[:_BANKS_SHOWN]

    async def counts(self, preset: str, bank_id: int) -> SetUpCard:
        """The third step: as many questions as the bank has, in round numbers."""
        row = await self._database.read(lambda tx: tx.banks.get(bank_id))
        if row is None:
            raise UnknownBank(name=str(bank_id), known="")
        counts = tuple(count for count in _COUNTS if count <= row.items) or (max(row.items, 1),)
        return SetUpCard(step="count", presets=(), preset=preset, bank_id=bank_id, counts=counts)

    async def bank_name(self, bank_id: int) -> str:
        """The name behind a button.

        Raises:
            UnknownBank: the bank is gone.
        """
        row = await self._database.read(lambda tx: tx.banks.get(bank_id))
        if row is None:
            raise UnknownBank(name=str(bank_id), known="")
        return row.name
