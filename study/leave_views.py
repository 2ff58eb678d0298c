"""What is shown of leave: data without words."""

from datetime import date
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from study.views import View

LeaveState = Literal["asked", "approved", "declined", "withdrawn"]


class LeaveFacts(BaseModel):
    """A request: whose, for which days, why, and what became of it."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    id: int
    name: str
    unit: str
    first: date
    last: date
    reason: str
    state: LeaveState
    decider: str = ""
    answer: str = ""


class LeaveRequest(View):
    """For whoever decides; with buttons as long as nobody has."""

    kind: ClassVar[str] = "leave.request"
    leave: LeaveFacts


class LeaveKept(View):
    """For the asker: it has been passed on; with the button to call it off. ``asked``: how many may decide."""

    kind: ClassVar[str] = "leave.kept"
    leave: LeaveFacts
    asked: int


class LeaveDecided(View):
    """For the asker: what became of it."""

    kind: ClassVar[str] = "leave.decided"
    leave: LeaveFacts


class LeaveWithdrawn(View):
    """For whoever had approved it: the asker has called it off."""

    kind: ClassVar[str] = "leave.withdrawn"
    leave: LeaveFacts


class LeaveReasonAsked(View):
    """For the decider: why not? ``leave`` names the request; a button declines it without a reason."""

    kind: ClassVar[str] = "leave.reason_asked"
    leave: LeaveFacts


class LeaveOutcome(View):
    """For the decider who wrote a reason: it has been passed on."""

    kind: ClassVar[str] = "leave.outcome"
    leave: LeaveFacts


class LeaveList(View):
    """A person's own requests from today on; those whose id is in ``open_ids`` can be called off."""

    kind: ClassVar[str] = "leave.list"
    leaves: tuple[LeaveFacts, ...]
    open_ids: tuple[int, ...]
