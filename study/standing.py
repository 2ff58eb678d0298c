"""A look at somebody's standing outside of a use case (for the command menu and the first check of a role)."""

from collections.abc import Mapping

from quizzes.engine.frozen import dataclass
from storage import Database, Tx
from study.access import Access, access_of


@dataclass(frozen=True, slots=True)
class Reach:
    """What somebody runs: everything (admins), or these units; ``own`` is the unit that they belong to."""

    is_admin: bool
    units: frozenset[int]
    own: int | None

    def over(self, unit_id: int | None) -> bool:
        """Whether a unit (None: the whole programme) is theirs to run."""
        return self.is_admin or (unit_id is not None and unit_id in self.units)


class Standings:
    """Who somebody is to the programme."""

    def __init__(self, database: Database, admins: frozenset[int]) -> None:
        self._database = database
        self._admins = admins

    async def of(self, user_id: int) -> Access:
        """The standing of a Telegram user."""
        return await self._database.read(lambda tx: access_of(tx, user_id, self._admins))

    async def groups_run_by(self, user_id: int) -> tuple[int, ...]:
        """The groups that a user runs, by title."""

        def work(tx: Tx) -> tuple[int, ...]:
            access = access_of(tx, user_id, self._admins)
            units = access.units(tx)
            return tuple(
                group.chat_id
                for group in tx.places.groups()
                if (access.is_organiser if group.unit_id is None else access.is_admin or group.unit_id in units)
            )

        return await self._database.read(work)

    async def runs_group(self, user_id: int, chat_id: int) -> bool:
        """Whether a user runs a group: its unit, or any unit as long as the group is bound to none."""

        def work(tx: Tx) -> bool:
            access = access_of(tx, user_id, self._admins)
            group = tx.places.group(chat_id)
            if group is None or group.unit_id is None:
                return access.is_organiser
            return access.is_admin or group.unit_id in access.units(tx)

        return await self._database.read(work)

    async def reach(self, user_id: int) -> Reach:
        """What a user runs."""

        def work(tx: Tx) -> Reach:
            access = access_of(tx, user_id, self._admins)
            own = access.person.unit_id if access.person is not None else None
            return Reach(access.is_admin, access.units(tx), own)

        return await self._database.read(work)

    async def units_seen(self, user_id: int) -> frozenset[int]:
        """The units whose affairs concern a user: the own one, those above it, and those that they run."""

        def work(tx: Tx) -> frozenset[int]:
            access = access_of(tx, user_id, self._admins)
            parents = {unit.id: unit.parent_id for unit in tx.people.units()}
            walked = access.person.unit_id if access.person is not None else None
            return _upwards(walked, parents) | access.units(tx)

        return await self._database.read(work)

    async def unit_of_group(self, chat_id: int) -> tuple[int | None, frozenset[int]]:
        """The unit that a group is bound to, and the ids of it and of all above it."""

        def work(tx: Tx) -> tuple[int | None, frozenset[int]]:
            group = tx.places.group(chat_id)
            parents = {unit.id: unit.parent_id for unit in tx.people.units()}
            unit_id = None if group is None else group.unit_id
            return unit_id, _upwards(unit_id, parents)

        return await self._database.read(work)


def _upwards(unit_id: int | None, parents: Mapping[int, int | None]) -> frozenset[int]:
    """A unit and all above it."""
    above: set[int] = set()
    while unit_id is not None:
        above.add(unit_id)
        unit_id = parents.get(unit_id)
    return frozenset(above)
