"""A look at somebody's standing outside of a use case (for the command menu and the first check of a role)."""

from storage import Database, Tx
from study.access import Access, access_of


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
