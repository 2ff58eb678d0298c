"""What lies behind an entry of the ledger, by the name that the data have for it.

Evidence is named ``<table>:<id>``, or ``<table>:<id>:<part>`` where a row is evidence of several things. A capability that books adds the way from its id to a name here; the words around the
name are made by ``handlers.present.evidence``.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

from quizzes.part import Part
from storage import Tx
from study.evidence_names import NAMERS as PROGRAMME_NAMERS
from study.evidence_names import Named
from study.programme.words import Title


class Evidence(Part):
    """What lies behind an entry: its table and the row's name; ``day`` where it is a day.

    ``title`` is the name by language, where it is one of the programme's.
    """

    table: str
    name: str
    title: Mapping[str, str] = {}
    day: date | None = None


def _submission(tx: Tx, row_id: str) -> str:
    row = tx.tasks.submission(int(row_id))
    task = None if row is None else tx.tasks.get(row.task_id)
    return "" if task is None else task.title


def _paper(tx: Tx, row_id: str) -> str:
    row = tx.exams.paper(int(row_id))
    exam = None if row is None else tx.exams.get(row.exam_id)
    return "" if exam is None else exam.title


def _contest(tx: Tx, row_id: str) -> str:
    row = tx.contests.get(int(row_id))
    return "" if row is None else f"{row.bank} #{row.id}".strip()


def _tournament(tx: Tx, row_id: str) -> str:
    row = tx.tournaments.get(int(row_id))
    return "" if row is None else row.title


def _material(tx: Tx, row_id: str) -> str:
    row = tx.materials.get(int(row_id))
    return "" if row is None else row.title


NAMERS: Final[dict[str, Named]] = {
    "submission": _submission,
    "submission_handed_in": _submission,
    "submission_commended": _submission,
    "exam_paper": _paper,
    "exam_taken": _paper,
    "exam_full": _paper,
    "exam_right": _paper,
    "contest": _contest,
    "contest_played": _contest,
    "contest_right": _contest,
    "tournament": _tournament,
    "material_read": _material,
    "material_answer": _material,
    **PROGRAMME_NAMERS,
}
"""One line a table; others add theirs."""


def evidence_of(tx: Tx, evidence: str) -> Evidence:
    """What a piece of evidence is called."""
    table, _, row_id = evidence.partition(":")
    further = f"{table}_{row_id.partition(':')[2]}"
    table = further if further in NAMERS else table
    namer = NAMERS.get(table)
    if namer is not None:
        name = namer(tx, row_id)
        return (
            Evidence(table=table, name="", title=name.root)
            if isinstance(name, Title)
            else Evidence(table=table, name=name)
        )
    try:
        return Evidence(table=table, name="", day=date.fromisoformat(row_id))
    except ValueError:
        return Evidence(table=table, name=row_id)
