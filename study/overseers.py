"""Who looks after a unit: its organisers, those of the units above it, and the admins."""

from storage import Tx
from storage.people import Role


def overseers(tx: Tx, unit_id: int, admins: frozenset[int]) -> tuple[int, ...]:
    """The Telegram ids of everybody who may decide about a unit, sorted; ``admins`` are those that the config names."""
    above = set(lineage(tx, unit_id))
    found = {
        person.user_id
        for person in tx.people.everybody()
        if person.user_id is not None
        and (person.role is Role.ADMIN or (person.role is Role.ORGANISER and person.unit_id in above))
    }
    return tuple(sorted(found | admins))


def lineage(tx: Tx, unit_id: int) -> tuple[int, ...]:
    """A unit and those above it, from the bottom."""
    walked: list[int] = []
    at: int | None = unit_id
    while at is not None and (unit := tx.people.unit(at)) is not None:
        walked.append(at)
        at = unit.parent_id
    return tuple(walked)


def called(tx: Tx, user_id: int, name: str) -> str:
    """What others read of who did something: the name on the roster, else the one on Telegram."""
    person = tx.people.by_user(user_id)
    return name if person is None else person.name
