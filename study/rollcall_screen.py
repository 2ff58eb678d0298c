"""What the hall's screen shows of a roll call."""

from datetime import datetime

from quizzes.engine.frozen import dataclass
from storage import Tx
from storage.attendance import RollCall
from study.attendance_book import figures_of, roll_of, session_of
from study.rollcall_cards import Doors, code_view, unit_name
from study.rollcall_rules import begins, interval_of


@dataclass(frozen=True, slots=True)
class HallScreen:
    """What the hall's screen shows at a moment; no ``code``: it is over, or goes by button. ``left`` in seconds."""

    title: str
    unit: str
    code: str | None
    link: str
    left: float
    seconds: int
    came: int
    expected: int
    closes_at: datetime
    is_open: bool


def screen_of(tx: Tx, roll_call: RollCall, doors: Doors, now: datetime) -> HallScreen:
    """The screen at a moment."""
    session = session_of(tx, roll_call.session_id)
    view = code_view(tx, roll_call, now)
    figures = figures_of(*roll_of(tx, roll_call, session))
    following = interval_of(now, roll_call.opened_at, roll_call.code_seconds) + 1
    next_at = begins(following, roll_call.opened_at, roll_call.code_seconds)
    return HallScreen(
        title=session.title,
        unit=unit_name(tx, roll_call),
        code=view.code,
        link="" if view.code is None else doors.code_link(roll_call.id, view.code),
        left=(next_at - now).total_seconds(),
        seconds=roll_call.code_seconds,
        came=figures.came,
        expected=figures.expected,
        closes_at=roll_call.closes_at,
        is_open=roll_call.state == "open" and now <= roll_call.closes_at,
    )
