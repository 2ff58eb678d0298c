"""What an exam paper means for the ledger: taken, passed or not, everything right, so many right answers."""

from datetime import datetime
from zoneinfo import ZoneInfo

from storage import Tx
from storage.exams import ExamRow, PaperRow
from study.exam_rules import Worth
from study.ledger import Happening, credit


def credit_paper(tx: Tx, exam: ExamRow, row: PaperRow, done: Worth, *, now: datetime, zone: ZoneInfo) -> None:
    """Let the ledger say what a paper that is handed in amounts to; judged anew, it is corrected."""
    assert row.handed_in_at is not None
    day = row.handed_in_at.astimezone(zone).date()
    about = {"exam": str(exam.id), "title": exam.title, "bank": exam.bank}
    facts = {
        "exam_paper": Happening("exam.passed" if done.passed else "exam.failed", about),
        "exam_taken": Happening("exam.taken", about),
        "exam_full": Happening("exam.full", about) if done.total and done.score == done.total else None,
        "exam_right": Happening("exam.right", about, done.right) if done.right else None,
    }
    for table, what in facts.items():
        credit(tx, row.person_id, f"{table}:{row.id}", what, day=day, now=now)
