"""Who somebody is to the programme, and what they may do where."""

from quizzes.engine.frozen import dataclass
from storage import Tx
from storage.people import Person, Role
from study.errors import NotAllowed, NotOnRoster

__all__ = ["Access", "Person", "Role", "access_of"]


@dataclass(frozen=True, slots=True)
class Access:
    """A Telegram user's standing: their roster entry, if any, and whether the config names them as an admin."""

    user_id: int
    person: Person | None
    is_admin: bool

    @property
    def is_organiser(self) -> bool:
        """Whether they may run a unit at all."""
        return self.is_admin or (self.person is not None and self.person.role is Role.ORGANISER)

    @property
    def is_judge(self) -> bool:
        """Whether they may rule in contests."""
        return self.is_organiser or (self.person is not None and self.person.role is Role.JUDGE)

    def must_belong(self) -> None:
        """Let only those pass who are on the roster, and the admins that the config names.

        Raises:
            NotOnRoster: they are nobody.
        """
        if not self.is_admin:
            self.member()

    def member(self) -> Person:
        """Their roster entry.

        Raises:
            NotOnRoster: they have none.
        """
        if self.person is None:
            raise NotOnRoster()
        return self.person

    def units(self, tx: Tx) -> frozenset[int]:
        """The ids of the units that they run: all for an admin, the own one and those below for an organiser."""
        if self.is_admin:
            return frozenset(unit.id for unit in tx.people.units())
        if self.person is not None and self.person.role is Role.ORGANISER:
            return tx.people.within(self.person.unit_id)
        return frozenset()

    def must_run(self, tx: Tx, unit_id: int | None) -> None:
        """Let only those pass who run this unit (``None``: the whole programme, admins only).

        Raises:
            NotAllowed: they do not.
        """
        if self.is_admin:
            return
        if unit_id is None or unit_id not in self.units(tx):
            raise NotAllowed()


def access_of(tx: Tx, user_id: int, admins: frozenset[int]) -> Access:
    """Look a user's standing up; ``admins`` are those that the config names."""
    person = tx.people.by_user(user_id)
    return Access(user_id, person, user_id in admins or (person is not None and person.role is Role.ADMIN))
