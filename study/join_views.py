"""What people see when they come, and what organisers see of it."""

from typing import ClassVar, Literal

from storage.people import Role
from study.views import View


class Known(View):
    """Who somebody is to the programme; ``new`` if they have just joined."""

    kind: ClassVar[str] = "join.known"
    programme: str
    name: str
    unit: str
    role: Role
    title: str
    is_admin: bool
    new: bool


class Stranger(View):
    """Somebody who is not on the roster: how to get there. ``asked_unit`` if their request waits."""

    kind: ClassVar[str] = "join.stranger"
    programme: str
    is_admin: bool
    can_ask: bool
    asked_name: str = ""
    asked_unit: str | None = None


class GroupHint(View):
    """In a group: the way to the private chat."""

    kind: ClassVar[str] = "join.group_hint"
    link: str


class Greeting(View):
    """The first word in a group."""

    kind: ClassVar[str] = "join.greeting"


class UnitOption(View):
    """One unit to choose; ``has_below`` if there are units below it."""

    kind: ClassVar[str] = "join.unit_option"
    id: int
    name: str
    has_below: bool


class UnitPicker(View):
    """A page of the units below ``at`` (0: the top of the tree); ``above`` is where "back" leads."""

    kind: ClassVar[str] = "join.units"
    at: int
    path: str
    above: int
    options: tuple[UnitOption, ...]
    page: int
    pages: int


class NameAsked(View):
    """A unit is chosen; what shall the organisers read as the name?"""

    kind: ClassVar[str] = "join.name"
    unit_id: int
    unit: str
    suggestion: str


class Requested(View):
    """A request is on its way; ``readers`` organisers and admins got it."""

    kind: ClassVar[str] = "join.requested"
    name: str
    unit: str
    readers: int


class Candidate(View):
    """An entry of the roster that may be the asker's."""

    kind: ClassVar[str] = "join.candidate"
    id: int
    name: str
    code: str


class RequestCard(View):
    """A request as organisers see it. ``choosing``: which of the candidates is it?"""

    kind: ClassVar[str] = "join.request"
    request_id: int
    name: str
    unit: str
    account: str
    username: str | None
    candidates: tuple[Candidate, ...]
    choosing: bool = False
    state: Literal["open", "approved", "refused", "settled"] = "open"
    decider: str = ""
    code: str = ""


class RequestsNone(View):
    """No request waits."""

    kind: ClassVar[str] = "join.no_requests"


class RequestRefused(View):
    """The asker was not admitted."""

    kind: ClassVar[str] = "join.refused"
    unit: str


class CodeUnknown(View):
    """A code that nobody has; ``left`` is how many more may be tried."""

    kind: ClassVar[str] = "join.code_unknown"
    left: int


class CodeTaken(View):
    """A code with which somebody else has joined."""

    kind: ClassVar[str] = "join.code_taken"


class CodeTakenNotice(View):
    """Organisers hear that an account tried the code of somebody who has joined with another."""

    kind: ClassVar[str] = "join.code_taken_notice"
    person_id: int
    name: str
    unit: str
    code: str
    account: str
    username: str | None


class OfficerJoined(View):
    """Those who look after a unit hear that somebody has come in who may do more than a member."""

    kind: ClassVar[str] = "join.officer_joined"
    person_id: int
    name: str
    unit: str
    role: Role
    account: str
    username: str | None


class CodesGuessed(View):
    """Admins hear that ``accounts`` have tried ``misses`` wrong codes within ``minutes``; none is heard for now."""

    kind: ClassVar[str] = "join.codes_guessed"
    misses: int
    accounts: int
    minutes: int


class LinkRow(View):
    """Somebody who has not joined yet, and their link."""

    kind: ClassVar[str] = "join.link"
    name: str
    unit: str
    code: str
    link: str


class Links(View):
    """The links of everybody in one's units who has not joined yet; ``people`` is how many there are in all."""

    kind: ClassVar[str] = "join.links"
    rows: tuple[LinkRow, ...]
    people: int
