"""What is shown of roll calls: data without words."""

from datetime import date, datetime
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from study.checkin_views import Names
from study.views import View

Mark = Literal["present", "late", "leave", "absent", "make_up"]


class Figures(BaseModel):
    """The three figures, and what they consist of: 应到 ``expected``, 实到 ``came`` (``late`` among them), the rest."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    expected: int
    came: int
    late: int
    leave: int
    absent: int


class SessionFacts(BaseModel):
    """A session in short."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    id: int
    title: str
    starts_at: datetime
    lecturer: str = ""
    place: str = ""


class RollCallCard(View):
    """The card in a group. ``by_code``: there is no button, the code on the hall's screen counts."""

    kind: ClassVar[str] = "rollcall.card"
    id: int
    session: SessionFacts
    unit: str
    figures: Figures
    late_at: datetime
    closes_at: datetime
    by_code: bool
    is_open: bool
    link: str


class RollCallPanel(View):
    """The panel of whoever runs it, in private; ``page`` is the address of the hall's screen, if there is one."""

    kind: ClassVar[str] = "rollcall.panel"
    id: int
    session: SessionFacts
    unit: str
    figures: Figures
    late_at: datetime
    closes_at: datetime
    by_code: bool
    is_open: bool
    page: str


class RollCallCode(View):
    """The code of the moment, in the private chat that is shown to the hall; without a code it is over."""

    kind: ClassVar[str] = "rollcall.code"
    title: str
    code: str | None
    seconds: int


class RollCallSummary(View):
    """At the close, with names; ``interrupted``: the bot was away too long, so nobody was counted absent."""

    kind: ClassVar[str] = "rollcall.summary"
    id: int
    session: SessionFacts
    unit: str
    figures: Figures
    late: Names
    leave: Names
    absent: Names
    warned: tuple["Warned", ...] = ()
    interrupted: bool = False


class Warned(BaseModel):
    """Somebody who has reached a threshold: absent ``row`` times in a row, or there ``came`` times out of ``expected``."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    name: str
    unit: str
    row: int | None = None
    came: int = 0
    expected: int = 0
    leave: int = 0
    period: str = ""


class AttendanceWarning(View):
    """For the person."""

    kind: ClassVar[str] = "rollcall.warning"
    warned: Warned


class SessionChoice(BaseModel):
    """One of several; ``roll_call`` if its roll has been called here already."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    session: SessionFacts
    roll_call: int | None
    is_open: bool = False


class RollCallChoice(View):
    """Which session? In private also those that are over, whose register can be corrected."""

    kind: ClassVar[str] = "rollcall.choice"
    choices: tuple[SessionChoice, ...]
    in_group: bool


class PersonMark(BaseModel):
    """Somebody on the roll, and what it says of them."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    id: int
    name: str
    mark: Mark | None


class NameList(View):
    """A page of the roll."""

    kind: ClassVar[str] = "rollcall.names"
    roll_call: int
    session: SessionFacts
    people: tuple[PersonMark, ...]
    page: int
    pages: int
    figures: Figures
    is_open: bool


class NameCalled(View):
    """One name after the other: whose turn it is, and how many are left with theirs."""

    kind: ClassVar[str] = "rollcall.called"
    roll_call: int
    session: SessionFacts
    person: PersonMark | None
    unit: str
    left: int
    figures: Figures


class LogEntry(BaseModel):
    """One change of a line."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    made_at: datetime
    mark: Mark
    cause: Literal["self", "leave", "close", "mark", "make_up"]
    author: str
    reason: str


class PersonSheet(View):
    """Somebody's line and how it came about; buttons for another mark. ``wanted``: its reason is asked for."""

    kind: ClassVar[str] = "rollcall.person"
    roll_call: int
    session: SessionFacts
    person: PersonMark
    unit: str
    log: tuple[LogEntry, ...]
    page: int
    wanted: Mark | None = None


class MarkedForYou(View):
    """For the person: an organiser has corrected the line."""

    kind: ClassVar[str] = "rollcall.marked"
    session: SessionFacts
    before: Mark | None
    after: Mark
    author: str
    reason: str


class Came(View):
    """Somebody's own check-in at a session; ``again``: they had done so before."""

    kind: ClassVar[str] = "rollcall.came"
    name: str
    title: str
    mark: Mark
    at: datetime | None
    again: bool


class AskLeave(View):
    """The sessions to come from which leave can be asked for, with what became of it."""

    kind: ClassVar[str] = "rollcall.ask_leave"
    sessions: tuple["LeaveChoice", ...]


class LeaveChoice(BaseModel):
    """A session to come."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    session: SessionFacts
    state: Literal["none", "asked", "approved", "declined"]


class LeaveWhy(View):
    """Why? The next message is the reason."""

    kind: ClassVar[str] = "rollcall.leave_why"
    session: SessionFacts


class LeaveRequested(View):
    """For those who decide: with buttons until somebody has."""

    kind: ClassVar[str] = "rollcall.leave_requested"
    id: int
    session: SessionFacts
    name: str
    unit: str
    reason: str
    state: Literal["asked", "approved", "declined"]
    decider: str


class LeaveAnswered(View):
    """For the person who asked: it is on its way (``asked``), or the answer."""

    kind: ClassVar[str] = "rollcall.leave_answered"
    session: SessionFacts
    state: Literal["asked", "approved", "declined"]
    decider: str
    heard: bool = True


class RegisterMenu(View):
    """The register of which unit and period? ``periods`` are the month, the quarter and the year of today."""

    kind: ClassVar[str] = "register.menu"
    units: tuple[tuple[int, str], ...]
    unit: int
    today: date


class RegisterFile(View):
    """The register as a workbook; it is made when it is sent."""

    kind: ClassVar[str] = "register.file"
    user_id: int
    unit_id: int
    unit: str
    first: date
    last: date
