"""What the capabilities of a programme leave as evidence is called: a form, a work, a session, an item."""

from collections.abc import Callable, Mapping
from typing import Final

from storage import Tx
from study.evaluations import form_of
from study.programme.current import programme_in_force
from study.programme.daily import DailyPlan
from study.programme.rounds import RoundPlan
from study.programme.words import Title
from study.work_book import kind_of

Named = Callable[[Tx, str], Title | str]
"""The name of the row with an id: in the words of the data, or of the programme as it was then; empty if there is none."""


def _evaluation(tx: Tx, row_id: str) -> Title | str:
    row = tx.evaluations.get(int(row_id))
    return "" if row is None else form_of(row).title


def _work(tx: Tx, row_id: str) -> Title | str:
    row = tx.works.get(int(row_id))
    return "" if row is None else kind_of(row).title


def _quota(tx: Tx, row_id: str) -> Title | str:
    key, _, period = row_id.partition(":")
    quotas = programme_in_force(tx).quotas.quotas
    return next((quota.title for quota in quotas if quota.key == key), period)


def _session(tx: Tx, row_id: str) -> str:
    row = tx.sessions.get(int(row_id.partition(":")[0]))
    return "" if row is None else row.title


def _speech(tx: Tx, row_id: str) -> str:
    row = tx.sessions.speech(int(row_id))
    return "" if row is None else row.topic or _session(tx, str(row.session_id))


def _note(tx: Tx, row_id: str) -> str:
    row = tx.notes.get(int(row_id))
    return "" if row is None else _session(tx, str(row.session_id))


def _round(tx: Tx, row_id: str) -> Title | str:
    row = tx.rounds.get(int(row_id.partition(":")[0]))
    return "" if row is None else RoundPlan.model_validate_json(row.body).title


def _daily(tx: Tx, row_id: str) -> Title | str:
    row = tx.daily.get(int(row_id))
    return "" if row is None else DailyPlan.model_validate_json(row.body).title


def _visit(tx: Tx, row_id: str) -> str:
    row = tx.visits.get(int(row_id))
    return "" if row is None else row.unit


def _item(tx: Tx, row_id: str) -> str:
    row = tx.claims.get(int(row_id))
    return "" if row is None else row.title


def _item_report(tx: Tx, row_id: str) -> str:
    item_id = tx.claims.item_of_report(int(row_id))
    return "" if item_id is None else _item(tx, str(item_id))


def _idea(tx: Tx, row_id: str) -> str:
    row = tx.ideas.get(int(row_id.partition(":")[0]))
    return "" if row is None else row.text.splitlines()[0][:40]


NAMERS: Final[Mapping[str, Named]] = {
    "evaluation": _evaluation,
    "work": _work,
    "work_rating": _work,
    "work_shortlist": _work,
    "quota": _quota,
    "session": _session,
    "session_lecturer": _session,
    "speech": _speech,
    "note": _note,
    "note_pick": _note,
    "round": _round,
    "round_read": _round,
    "round_attended": _round,
    "round_spoke": _round,
    "round_evaluated": _round,
    "daily": _daily,
    "visit": _visit,
    "item": _item,
    "item_report": _item_report,
    "idea": _idea,
}
"""One line a table; others add theirs."""
