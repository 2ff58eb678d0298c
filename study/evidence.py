"""What lies behind an entry of the ledger, by the name that the data have for it.

Evidence is named ``<table>:<id>``. A capability that books adds the way from its id to a name here; the words around the
name are made by ``handlers.present.evidence``.
"""

from collections.abc import Callable
from datetime import date
from typing import Final

from quizzes.part import Part
from storage import Tx
from study.programme.daily import DailyPlan
from study.programme.rounds import RoundPlan

_SOURCE = "zh-CN"
"""The language of a name that is made of the programme's titles, as sessions have it."""

Namer = Callable[[Tx, str], str]
"""The name of the row with an id, in the words of the data; empty if there is none."""


class Evidence(Part):
    """What lies behind an entry: its table and the row's name; ``day`` where it is a day."""

    table: str
    name: str
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


def _round(tx: Tx, row_id: str) -> str:
    """``12:read``: what about the round earned it is in the rule's title already."""
    row = tx.rounds.get(int(row_id.partition(":")[0]))
    if row is None:
        return ""
    title = RoundPlan.model_validate_json(row.body).title.within(_SOURCE)
    return f"{title} {row.unit} #{row.id}"


def _daily(tx: Tx, row_id: str) -> str:
    card = tx.daily.get(int(row_id))
    if card is None:
        return ""
    return f"{DailyPlan.model_validate_json(card.body).title.within(_SOURCE)} {card.number}/{card.of_all}"


NAMERS: Final[dict[str, Namer]] = {
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
    "round": _round,
    "daily": _daily,
}
"""One line a table; others add theirs."""


def evidence_of(tx: Tx, evidence: str) -> Evidence:
    """What a piece of evidence is called."""
    table, _, row_id = evidence.partition(":")
    namer = NAMERS.get(table)
    if namer is not None:
        return Evidence(table=table, name=namer(tx, row_id))
    try:
        return Evidence(table=table, name="", day=date.fromisoformat(row_id))
    except ValueError:
        return Evidence(table=table, name=row_id)
