"""Units of the programme as teams of a group's contests: those right below the group's own unit."""

from __future__ import annotations

from storage import Tx


def known_as(tx: Tx, chat_id: int, user_id: int, name: str) -> tuple[str, str | None]:
    """A player's name on the roster (else ``name``), and the unit that is their team by rights (see :func:`home_of`)."""
    person = tx.people.by_user(user_id)
    if person is None:
        return name, None
    return person.name, home_of(tx, chat_id, person.unit_id)


def home_of(tx: Tx, chat_id: int, unit_id: int) -> str | None:
    """The name of the unit right below the group's own that a person's unit is, or belongs to."""
    group = tx.places.group(chat_id)
    if group is None or group.unit_id is None:
        return None
    units = {unit.id: unit for unit in tx.people.units()}
    unit = units.get(unit_id)
    while unit is not None and unit.parent_id != group.unit_id:
        unit = None if unit.parent_id is None else units.get(unit.parent_id)
    return None if unit is None else unit.name


def teams_of(tx: Tx, chat_id: int) -> tuple[str, ...]:
    """The units right below the group's own that have somebody who joined, if there are at least two."""
    group = tx.places.group(chat_id)
    if group is None or group.unit_id is None:
        return ()
    joined = {person.unit_id for person in tx.people.everybody() if person.user_id is not None}
    names = [
        unit.name
        for unit in tx.people.units()
        if unit.parent_id == group.unit_id and joined & tx.people.within(unit.id)
    ]
    return tuple(names) if len(names) >= 2 else ()
