"""Which unit a group belongs to."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import ClassVar

from quizzes.engine.frozen import dataclass
from storage import Database, Tx
from storage.people import Unit
from study.access import Access, access_of
from study.errors import Expired, Forged, NotAllowed, StudyError, TooLong
from study.near_names import near_units
from study.roster import DEPTH_LIMIT, LIMITS, UNIT_NAME_LIMIT, unit_path
from study.views import View

_CHOICES = 8


class Binding(View):
    """What a group is bound to; ``unit`` is ``None`` if to nothing."""

    kind: ClassVar[str] = "bind.state"
    unit: str | None


class Bound(View):
    """A group was bound; ``made`` if the unit is new."""

    kind: ClassVar[str] = "bind.bound"
    unit: str
    made: bool
    people: int
    joined: int


class UnitChoice(View):
    """A unit on a button."""

    kind: ClassVar[str] = "bind.choice"
    id: int
    path: str


class WhichUnit(View):
    """Several units are called so, or none but some nearly; ``wish_id`` (0: none) is for making the unit."""

    kind: ClassVar[str] = "bind.which"
    wanted: str
    choices: tuple[UnitChoice, ...]
    is_known: bool
    wish_id: int


class RebindAsked(View):
    """The group is bound to another unit already."""

    kind: ClassVar[str] = "bind.again"
    now_unit: str
    unit_id: int
    unit: str


class Unbound(View):
    """A group is bound to nothing any more."""

    kind: ClassVar[str] = "bind.unbound"
    unit: str


class UnitUnknown(StudyError):
    """Nothing that they run is called so; ``near`` names what is like it (``wanted`` is ``near`` or ``none``)."""

    code = "bind_unknown"


class BoundAlready(StudyError):
    """The group is bound to this very unit."""

    code = "bind_same"


class NotBound(StudyError):
    """The group is bound to nothing."""

    code = "bind_not_bound"


@dataclass(frozen=True, slots=True)
class _Here:
    chat_id: int
    on_message: int | None
    now: datetime


class Bindings:
    """Groups and their units. ``on_message``: the message whose button was pressed; it changes instead of a new one.

    ``bound`` is told, within the transaction, that a group was bound (so that the day's card comes at once).
    """

    def __init__(self, database: Database, admins: frozenset[int], *bound: Callable[[Tx, int, datetime], None]) -> None:
        self._database = database
        self._admins = admins
        self._bound = bound

    async def show(self, chat_id: int, *, now: datetime) -> None:
        """Say what a group is bound to."""

        def work(tx: Tx) -> None:
            unit = self._unit_of(tx, chat_id)
            tx.outbox.say(chat_id, Binding(unit=None if unit is None else unit.path), now=now)

        await self._database.write(work)

    async def bind(self, user_id: int, chat_id: int, title: str, wanted: str, *, now: datetime) -> None:
        """Bind a group to the unit with this name or path; ask if several are called so, or none.

        If nothing is even like it, an admin gets the unit made.

        Raises:
            UnitUnknown: an organiser named none of the own units.
            NotAllowed: the unit, or the one that the group is bound to, is run by others.
            BoundAlready: it is bound to this unit.
            TooLong: that cannot be a unit's name.
        """
        path = fitting_path(wanted)

        def work(tx: Tx) -> None:
            tx.places.see_group(chat_id, title)
            here = _Here(chat_id, None, now)
            access = access_of(tx, user_id, self._admins)
            called = tx.people.units_called(path)
            exact = [unit for unit in called if unit.path == path] or called
            if not exact:
                self._unknown(tx, access, path, here)
                return
            run = access.units(tx)
            own = [unit for unit in exact if unit.id in run]
            if not own:
                raise NotAllowed()
            if len(own) == 1:
                self._tie(tx, access, own[0], here)
            else:
                tx.outbox.say(chat_id, _which(path, own, is_known=True), now=now)

        await self._database.write(work)

    async def take(
        self, user_id: int, chat_id: int, title: str, unit_id: int, *, sure: bool, on_message: int, now: datetime
    ) -> None:
        """Bind a group to a unit that was pressed; ``sure`` if they know that it is bound to another.

        Raises:
            Forged: there is no such unit.
            NotAllowed, BoundAlready: as above.
        """

        def work(tx: Tx) -> None:
            tx.places.see_group(chat_id, title)
            unit = tx.people.unit(unit_id)
            if unit is None:
                raise Forged()
            access = access_of(tx, user_id, self._admins)
            self._tie(tx, access, unit, _Here(chat_id, on_message, now), sure=sure)

        await self._database.write(work)

    async def make(
        self, user_id: int, chat_id: int, title: str, wish_id: int, *, on_message: int, now: datetime
    ) -> None:
        """Make the unit that was wished for in this group, and bind the group to it.

        Raises:
            NotAllowed: only admins make units.
            Expired: nothing was wished for.
        """

        def work(tx: Tx) -> None:
            access = access_of(tx, user_id, self._admins)
            access.must_run(tx, None)
            path = tx.joining.wished(wish_id, chat_id)
            if path is None:
                raise Expired()
            tx.places.see_group(chat_id, title)
            made = not any(unit.path == path for unit in tx.people.units_called(path))
            unit = tx.people.unit(tx.people.add_unit(path))
            assert unit is not None
            self._tie(tx, access, unit, _Here(chat_id, on_message, now), made=made)

        await self._database.write(work)

    async def unbind(self, user_id: int, chat_id: int, *, now: datetime) -> None:
        """Bind a group to nothing.

        Raises:
            NotBound: it is so already.
            NotAllowed: they do not run its unit.
        """

        def work(tx: Tx) -> None:
            unit = self._unit_of(tx, chat_id)
            if unit is None:
                raise NotBound()
            access_of(tx, user_id, self._admins).must_run(tx, unit.id)
            tx.places.bind(chat_id, None)
            tx.outbox.say(chat_id, Unbound(unit=unit.path), now=now)

        await self._database.write(work)

    def _unknown(self, tx: Tx, access: Access, path: str, here: _Here) -> None:
        run = access.units(tx)
        near = near_units(path, [unit for unit in tx.people.units() if unit.id in run])
        if not access.is_admin:
            names = "、".join(unit.path for unit in near)
            raise UnitUnknown(wanted="near" if near else "none", unit=path, near=names)
        if near:
            wish_id = tx.joining.wish(here.chat_id, path, now=here.now)
            tx.outbox.say(here.chat_id, _which(path, near, is_known=False, wish_id=wish_id), now=here.now)
            return
        unit = tx.people.unit(tx.people.add_unit(path))
        assert unit is not None
        self._tie(tx, access, unit, here, made=True)

    def _tie(self, tx: Tx, access: Access, unit: Unit, here: _Here, *, made: bool = False, sure: bool = False) -> None:
        access.must_run(tx, unit.id)
        bound = self._unit_of(tx, here.chat_id)
        if bound is not None:
            if bound.id == unit.id:
                raise BoundAlready(unit=unit.path)
            # Nobody takes a group away from a unit that is not theirs.
            access.must_run(tx, bound.id)
            if not sure:
                self._answer(tx, RebindAsked(now_unit=bound.path, unit_id=unit.id, unit=unit.path), here)
                return
        tx.places.bind(here.chat_id, unit.id)
        people = tx.people.of_units(tx.people.within(unit.id))
        joined = sum(person.user_id is not None for person in people)
        self._answer(tx, Bound(unit=unit.path, made=made, people=len(people), joined=joined), here)
        for tell in self._bound:
            tell(tx, here.chat_id, here.now)

    def _answer(self, tx: Tx, view: View, here: _Here) -> None:
        if here.on_message is None:
            tx.outbox.say(here.chat_id, view, now=here.now)
            return
        ref = f"bind:{here.chat_id}:{here.on_message}"
        tx.outbox.adopt(ref, here.chat_id, here.on_message, now=here.now)
        tx.outbox.edit(ref, view, now=here.now)

    def _unit_of(self, tx: Tx, chat_id: int) -> Unit | None:
        group = tx.places.group(chat_id)
        return None if group is None or group.unit_id is None else tx.people.unit(group.unit_id)


def fitting_path(wanted: str) -> str:
    """What was written as a path of units.

    Raises:
        TooLong: it is longer, or deeper, than a unit's path may be.
        UnitUnknown: there is no name in it.
    """
    path = unit_path(wanted)
    if not path:
        raise UnitUnknown(wanted="none", unit=wanted[:UNIT_NAME_LIMIT], near="")
    names = path.split("/")
    longest = max(map(len, names))
    if longest > UNIT_NAME_LIMIT:
        raise TooLong(limit=UNIT_NAME_LIMIT, length=longest)
    if len(path) > LIMITS["unit"] or len(names) > DEPTH_LIMIT:
        raise TooLong(limit=LIMITS["unit"], length=len(path))
    return path


def _which(wanted: str, units: Sequence[Unit], *, is_known: bool, wish_id: int = 0) -> WhichUnit:
    choices = tuple(UnitChoice(id=unit.id, path=unit.path) for unit in units[:_CHOICES])
    return WhichUnit(wanted=wanted, choices=choices, is_known=is_known, wish_id=wish_id)
