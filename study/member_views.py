"""What organisers see of the people of their units, and what those people hear of it."""

from datetime import datetime
from typing import ClassVar, Literal

from storage.people import Role
from study.views import View

Errand = Literal["role", "remove", "release"]


class UnitCount(View):
    """A unit with how many belong to it and to those below, and how many of them have joined."""

    kind: ClassVar[str] = "members.count"
    id: int
    path: str
    people: int
    joined: int


class UnitCounts(View):
    """A page of one's units; the totals are those of all pages."""

    kind: ClassVar[str] = "members.units"
    rows: tuple[UnitCount, ...]
    page: int
    pages: int
    people: int
    joined: int


class MemberRow(View):
    """One person in a list."""

    kind: ClassVar[str] = "members.row"
    id: int
    name: str
    code: str
    level: str
    title: str
    role: Role
    joined: bool


class MemberList(View):
    """A page of the people of exactly one unit."""

    kind: ClassVar[str] = "members.list"
    unit_id: int
    path: str
    rows: tuple[MemberRow, ...]
    page: int
    pages: int
    people: int
    joined: int


class PersonCard(View):
    """One person, and what may be done about them; ``roles`` are those that may be given."""

    kind: ClassVar[str] = "members.person"
    id: int
    name: str
    unit_id: int
    unit: str
    code: str
    level: str
    title: str
    role: Role
    account: str | None
    joined_at: datetime | None
    roles: tuple[Role, ...]
    may_change: bool


class PersonChoice(View):
    """Somebody on a button."""

    kind: ClassVar[str] = "members.choice"
    id: int
    name: str
    unit: str
    code: str


class WhichPerson(View):
    """Several people have the name."""

    kind: ClassVar[str] = "members.which"
    errand: Errand
    role: Role | None
    name: str
    choices: tuple[PersonChoice, ...]


class Sure(View):
    """Shall it really be done?"""

    kind: ClassVar[str] = "members.sure"
    errand: Errand
    id: int
    name: str
    unit: str
    code: str


class Left(View):
    """Nothing was done after all."""

    kind: ClassVar[str] = "members.left_as_is"
    name: str


class RoleGiven(View):
    """Somebody has another role."""

    kind: ClassVar[str] = "members.role_given"
    name: str
    unit: str
    role: Role


class Removed(View):
    """Somebody is not on the roster any more."""

    kind: ClassVar[str] = "members.removed"
    name: str
    unit: str


class Released(View):
    """Somebody may join with another account, by this link."""

    kind: ClassVar[str] = "members.released"
    name: str
    unit: str
    code: str
    link: str


class Told(View):
    """What was decided about somebody, as they hear it."""

    kind: ClassVar[str] = "members.told"
    errand: Errand
    programme: str
    role: Role | None = None
