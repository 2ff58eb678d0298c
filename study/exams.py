"""The services of the exams, together."""

from quizzes.engine.frozen import dataclass
from storage import Database
from study.exam_book import ExamSettings
from study.exam_clock import ExamClock
from study.exam_papers import Papers
from study.exam_records import ExamRecords
from study.exam_setting import ExamSetting


@dataclass(frozen=True, slots=True)
class Exams:
    """Taking them, setting them, what falls due, the gradebook."""

    papers: Papers
    setting: ExamSetting
    clock: ExamClock
    records: ExamRecords


def open_exams(database: Database, settings: ExamSettings) -> Exams:
    """Build them for a programme."""
    return Exams(
        papers=Papers(database, settings),
        setting=ExamSetting(database, settings),
        clock=ExamClock(database, settings),
        records=ExamRecords(database, settings),
    )
