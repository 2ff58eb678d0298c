"""A correction as organisers write it: ``张三 11月20日 迟到 堵车`` (name or code, day, status, reason)."""

from datetime import date

from quizzes.engine.frozen import dataclass
from quizzes.engine.han import heard
from storage.checkins import Status
from study.day_words import DayUnreadable, read_day
from study.errors import StudyError


class MarkUnreadable(StudyError):
    """There is no name, or no reason for a status."""

    code = "mark_unreadable"


_WORDS: dict[str, Status] = {
    **dict.fromkeys(("准时", "到", "已到", "正常", "出勤", "on_time", "present", "ontime"), Status.ON_TIME),
    **dict.fromkeys(("迟到", "late"), Status.LATE),
    **dict.fromkeys(("请假", "leave"), Status.LEAVE),
    **dict.fromkeys(("公假", "因公", "公出", "免签", "excused"), Status.EXCUSED),
    **dict.fromkeys(("缺勤", "缺席", "未到", "absent"), Status.ABSENT),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """What is to stand in the register; without ``status`` its history is asked for."""

    name: str
    day: date
    status: Status | None
    reason: str


def read_mark(words: str, today: date) -> Mark:
    """Read a correction, or a name with or without a day.

    The first word that is a status divides it: before it stand the name (spaces are part of it) and the day, after it the
    reason.

    Raises:
        MarkUnreadable: there is no name, or no reason for a status.
    """
    parts = words.split()
    at = next((n for n, part in enumerate(parts) if n and heard(part) in _WORDS), None)
    before = parts if at is None else parts[:at]
    name, day = _name_and_day(before, today)
    if at is None:
        return Mark(name, day, None, "")
    reason = " ".join(parts[at + 1 :])
    if not reason:
        raise MarkUnreadable()
    return Mark(name, day, _WORDS[heard(parts[at])], reason)


def _name_and_day(parts: list[str], today: date) -> tuple[str, date]:
    """Divide the words before a status: the longest end that is a day is the day, today without one."""
    if not parts:
        raise MarkUnreadable()
    for at in range(1, len(parts)):
        try:
            day, rest = read_day(" ".join(parts[at:]), today)
        except DayUnreadable:
            continue
        if not rest:
            return " ".join(parts[:at]), day
    return " ".join(parts), today
