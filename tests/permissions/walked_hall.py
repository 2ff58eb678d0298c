"""A walk along a dialogue: before its people go on, everybody who may not presses what they have just been shown.

A modified client can send any data with any message that it sees. So whenever the bot has shown a button of a kind that was
not seen before, people of every role send its data, in private and in groups, as a raw update that no button of theirs stands
behind. All of them have to be refused, and no row of the database may have changed. Then the dialogue goes on as if nothing
had happened: those who may press, and its own assertions say what comes of it.

In the long form those who may press too, while a guard in the database refuses every row: who gets there is let in.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from structlog.testing import capture_logs

from handlers.callback_data import prefix_of
from handlers.permissions import kind_of, permissions
from sandbox import wire
from sandbox.model import User
from sandbox.queries import Query
from storage import Tx
from tests.hall import Hall
from tests.permissions.guard import digest, guard_down, guard_up
from tests.permissions.parts import ROLES, Part, Spot, is_let_in, refusal_in

_FIRST_ID = 880_000
_FIRST_GROUP = -1_009_000_000_000
_CODE = "WALK"
_BESIDE, _OWN, _ABOVE = "隔壁支部", "本支部", "上级"
_NO_RIGHT = frozenset({"not_allowed", "not_on_roster"})
_NEWEST = 40
"""How many messages of a chat are looked through for new buttons."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A button that was shown."""

    kind: str
    data: str
    chat_id: int
    message_id: int


@dataclass(frozen=True, slots=True)
class Cell:
    """Who presses where."""

    part: Part
    spot: Spot
    user_id: int
    chat_id: int


@dataclass(frozen=True, slots=True)
class Pressed:
    """What came of a press: the code of the refusal, or ""."""

    sample: Sample
    cell: Cell
    refused: str
    told: str
    answered: bool

    def __str__(self) -> str:
        """The cell in words, for a failing test."""
        if not self.answered:
            return f"{self.cell.part}, {self.cell.spot}, presses {self.sample.data!r} and gets no answer"
        became = f"was refused ({self.refused})" if self.refused else f"was let in ({self.told or 'silently'})"
        return f"{self.cell.part}, {self.cell.spot}, presses {self.sample.data!r} and {became}"


class WalkedHall(Hall):
    """A hall in which whatever is shown for the first time is tried by everybody else.

    Args:
        only: the prefixes that are walked, one button a line of the table; none: whatever is shown, each kind in every cell,
            by those who may too.
    """

    def __init__(self, *args: Any, only: frozenset[str] = frozenset(), **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.wrong: list[str] = []
        self.prefixes: set[str] = set()
        self._let_in: dict[str, bool] = {}
        self._only = only
        self._whole = not only
        self._seen: set[tuple[str, bool]] = set()
        self._walking = False

    @property
    def kept_out(self) -> list[str]:
        """The kinds of buttons of which nobody was let in that may, wherever they pressed it."""
        return [kind for kind, is_in in self._let_in.items() if not is_in]

    async def settle(self) -> None:
        """Come to rest, then let everybody try what is new."""
        await super().settle()
        if self._walking or self.app is None:
            return
        if fresh := list(self._fresh()):
            self._walking = True
            try:
                for chat_id in dict.fromkeys(sample.chat_id for sample in fresh):
                    await self._walk([sample for sample in fresh if sample.chat_id == chat_id])
            finally:
                self._walking = False

    def _fresh(self) -> Iterator[Sample]:
        """The buttons of a kind that was not shown before, in private and in groups by themselves."""
        for chat in self.sandbox.world.chats.values():
            for message in list(chat.messages.values())[-_NEWEST:]:
                if message.markup is None or message.deleted or message.sender != self.sandbox.world.bot.id:
                    continue
                for button in (one for row in message.markup["inline_keyboard"] for one in row):
                    data = button.get("callback_data")
                    if data is not None and self._is_new(data, private=chat.id > 0):
                        self.prefixes.add(prefix_of(data))
                        yield Sample(kind_of(data), data, chat.id, message.id)

    def _is_new(self, data: str, *, private: bool) -> bool:
        if self._only and prefix_of(data) not in self._only:
            return False
        line = permissions().of_button(data)
        key = (kind_of(data) if self._whole or line is None else line.name, private)
        is_new = key not in self._seen
        self._seen.add(key)
        return is_new

    async def _walk(self, samples: Sequence[Sample]) -> None:
        cells = await self.write(lambda tx: self._people_enter(tx, samples[0].chat_id))
        tries = [(sample, cell) for sample in samples for cell in cells]
        lines = {sample: permissions().of_button(sample.data) for sample in samples}
        may = {
            (sample, cell): (line := lines[sample]) is not None and is_let_in(line, cell.part, cell.spot)
            for sample, cell in tries
        }
        try:
            await self._refused([pair for pair in tries if not may[pair] and (self._whole or _likely(*pair))])
            if self._whole:
                await self._tried([pair for pair in tries if may[pair]])
        finally:
            await self.write(_people_go)

    async def _refused(self, pairs: Sequence[tuple[Sample, Cell]]) -> None:
        before = await self.read(digest)
        for one in await self._press(pairs):
            if not one.refused or not one.answered:
                self.wrong.append(str(one))
        if await self.read(digest) != before:
            self.wrong.append(f"one of {sorted({sample.data for sample, _ in pairs})} changed something")

    async def _tried(self, pairs: Sequence[tuple[Sample, Cell]]) -> None:
        await self.write(guard_up)
        try:
            with capture_logs():  # that the guard stops somebody is no news, and a traceback takes long to draw
                pressed = await self._press(pairs)
        finally:
            await self.write(guard_down)
        for one in pressed:
            kind = one.sample.kind
            self._let_in[kind] = self._let_in.get(kind, False) or one.refused not in _NO_RIGHT
            if not one.answered:
                self.wrong.append(str(one))

    async def _press(self, pairs: Sequence[tuple[Sample, Cell]]) -> list[Pressed]:
        queries = [self._forge(sample, cell) for sample, cell in pairs]
        await super().settle()
        found = []
        for (sample, cell), query in zip(pairs, queries, strict=True):
            told = (query.answer or {}).get("text") or ""
            found.append(Pressed(sample, cell, refusal_in(told) if told else "", told, query.answer is not None))
        return found

    def _forge(self, sample: Sample, cell: Cell) -> Query:
        """The update that Telegram makes of what a modified client sends; the message is one without such a button."""
        world = self.sandbox.world
        if cell.user_id not in world.users:
            world.users[cell.user_id] = User(cell.user_id, cell.part.name)
        query = world.queries.open(cell.user_id, cell.chat_id, sample.message_id, sample.data)
        private = cell.chat_id > 0
        chat = {"id": cell.chat_id, "type": "private" if private else "supergroup", "title": cell.spot.value}
        payload = {
            "id": query.id,
            "from": wire.user(world.users[cell.user_id]),
            "message": {"message_id": sample.message_id, "date": world.date, "chat": chat, "text": "…"},
            "chat_instance": "1",
            "data": sample.data,
        }
        world.tell("callback_query", payload, cell.user_id)
        return query

    def _people_enter(self, tx: Tx, chat_id: int) -> list[Cell]:
        """Let one of every part onto the roster for a moment, seen from the unit that something was shown in."""
        now, unit = self.clock.now(), _unit_of(tx, chat_id)
        units = {one.id: one for one in tx.people.units()}
        above = units[unit].parent_id
        beside = tx.people.add_unit(_BESIDE if above is None else f"{units[above].path}/{_BESIDE}")
        users = {Part.STRANGER: _FIRST_ID} | ({Part.ADDRESSEE: chat_id} if chat_id > 0 else {})
        for number, (part, role) in enumerate(ROLES.items(), 1):
            home = {Part.FOREIGNER: beside, Part.SIBLING: beside, Part.ABOVE: above}.get(part, unit)
            if home is None:
                continue
            users[part] = _FIRST_ID + number
            code = f"{_CODE}{number}"
            entry = tx.people.add(code=code, name=part.name, unit_id=home, level="", title="", role=role, now=now)
            tx.people.join(entry, users[part], now=now)
            if part is Part.LEFT:
                tx.people.leave(entry, now=now)
        bound = {group.unit_id: group.chat_id for group in tx.places.groups()}
        groups = {
            Spot.OWN: chat_id if chat_id < 0 else bound.get(unit) or _group(tx, 1, unit),
            Spot.FOREIGN: _group(tx, 2, beside),
            Spot.UNBOUND: _group(tx, 3, None),
        }
        return [
            Cell(part, spot, user, groups.get(spot, user))
            for part, user in users.items()
            for spot in Spot
            if not (part is Part.ADDRESSEE and spot is Spot.PRIVATE)
        ]


def _likely(sample: Sample, cell: Cell) -> bool:
    """Where somebody is most likely to try: in private what is shown there, in the group what is shown there.

    Two of them, and whom it was shown to, try it in the other kind of chat as well.
    """
    shown, other = (Spot.PRIVATE, Spot.OWN) if sample.chat_id > 0 else (Spot.OWN, Spot.FOREIGN)
    return cell.spot is shown or (cell.spot is other and cell.part in (Part.ADDRESSEE, Part.PEER, Part.SIBLING))


def _unit_of(tx: Tx, chat_id: int) -> int:
    """The unit that somebody or a group belongs to; a new one where there is none."""
    person, group = (tx.people.by_user(chat_id), None) if chat_id > 0 else (None, tx.places.group(chat_id))
    found = person.unit_id if person is not None else group.unit_id if group is not None else None
    if found is not None:
        return found
    units = tx.people.units()
    return units[-1].id if units else tx.people.add_unit(f"{_ABOVE}/{_OWN}")


def _group(tx: Tx, number: int, unit_id: int | None) -> int:
    chat_id = _FIRST_GROUP - number
    tx.places.see_group(chat_id, f"walk {number}")
    if unit_id is not None:
        tx.places.bind(chat_id, unit_id)
    return chat_id


def _people_go(tx: Tx) -> None:
    one = tx.connection
    one.execute("DELETE FROM people WHERE code LIKE ?", (f"{_CODE}%",))
    one.execute("DELETE FROM groups WHERE chat_id BETWEEN ? AND ?", (_FIRST_GROUP - 9, _FIRST_GROUP))
    for name in (_BESIDE, _OWN, _ABOVE):
        one.execute("DELETE FROM units WHERE name = ?", (name,))
