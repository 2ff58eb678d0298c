"""How the people of one's units are laid out: units with counts, pages of people, one person."""

from collections.abc import Sequence
from typing import TypeVar

from storage import Tx
from storage.people import Person, Role, Unit
from study.access import Access
from study.join_rules import same_name
from study.member_views import MemberList, MemberRow, PersonCard, UnitCount, UnitCounts
from study.roster import code_key

T = TypeVar("T")

PAGE = 10


def roles_of(access: Access) -> tuple[Role, ...]:
    """The roles that somebody may give."""
    roles = (Role.MEMBER, Role.ORGANISER, Role.JUDGE, Role.OBSERVER)
    return (*roles, Role.ADMIN) if access.is_admin else roles


def called(people: Sequence[Person], who: str) -> list[Person]:
    """Whoever has this code, or else this name."""
    by_code = [person for person in people if code_key(person.code) == code_key(who)]
    return by_code or [person for person in people if same_name(person.name, who)]


def unit_counts(units: Sequence[Unit], people: Sequence[Person], page: int) -> UnitCounts:
    """A page of units with how many belong to each and to those below it."""
    parent = {unit.id: unit.parent_id for unit in units}
    total = dict.fromkeys(parent, 0)
    joined = dict.fromkeys(parent, 0)
    for person in people:
        at: int | None = person.unit_id
        while at in total:
            total[at] += 1
            joined[at] += person.user_id is not None
            at = parent[at]
    rows = [UnitCount(id=u.id, path=u.path, people=total[u.id], joined=joined[u.id]) for u in units]
    shown, page, pages = _page(rows, page)
    return UnitCounts(
        rows=tuple(shown),
        page=page,
        pages=pages,
        people=len(people),
        joined=sum(person.user_id is not None for person in people),
    )


def member_list(tx: Tx, unit: Unit, page: int) -> MemberList:
    """A page of the people of exactly one unit."""
    people = tx.people.of_units(frozenset({unit.id}))
    shown, page, pages = _page(people, page)
    return MemberList(
        unit_id=unit.id,
        path=unit.path,
        rows=tuple(
            MemberRow(
                id=person.id,
                name=person.name,
                code=person.code,
                level=person.level,
                title=person.title,
                role=person.role,
                joined=person.user_id is not None,
            )
            for person in shown
        ),
        page=page,
        pages=pages,
        people=len(people),
        joined=sum(person.user_id is not None for person in people),
    )


def _page(rows: Sequence[T], page: int) -> tuple[Sequence[T], int, int]:
    pages = max(1, -(-len(rows) // PAGE))
    page = min(max(page, 0), pages - 1)
    return rows[page * PAGE : (page + 1) * PAGE], page, pages


def person_card(tx: Tx, access: Access, person: Person) -> PersonCard:
    """One person, and what may be done about them."""
    unit = tx.people.unit(person.unit_id)
    user = None if person.user_id is None else tx.places.user(person.user_id)
    may = person.user_id != access.user_id and (person.role is not Role.ADMIN or access.is_admin)
    return PersonCard(
        id=person.id,
        name=person.name,
        unit_id=person.unit_id,
        unit=person.unit if unit is None else unit.path,
        code=person.code,
        level=person.level,
        title=person.title,
        role=person.role,
        account=None if person.user_id is None else (user.name if user is not None else str(person.user_id)),
        joined_at=person.joined_at,
        roles=tuple(role for role in roles_of(access) if role is not person.role) if may else (),
        may_change=may,
    )
