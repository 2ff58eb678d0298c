"""A run of a survey as organisers reach it: who may look, what they see, the message that shows it."""

from datetime import datetime

from storage import Rank, Tx
from storage.evaluations import EvaluationRow
from study.access import Access, access_of
from study.errors import Forged, NotAllowed, StudyError
from study.evaluations import form_of, results
from study.survey_end import SURVEY, survey_of
from study.survey_figures import figures
from study.survey_views import SurveyOpen, SurveyResult
from study.views import View


class SurveyStillOpen(StudyError):
    """Results are there only once nothing more can be answered."""

    code = "survey_open"


def organiser(tx: Tx, user_id: int, admins: frozenset[int]) -> Access:
    """Somebody who organises.

    Raises:
        NotAllowed: they do not.
    """
    access = access_of(tx, user_id, admins)
    if not access.is_organiser:
        raise NotAllowed()
    return access


def concerns(tx: Tx, access: Access, row: EvaluationRow) -> bool:
    """Whether a run rates any of somebody's units."""
    units = access.units(tx)
    return access.is_admin or any(one.unit_id in units for one in tx.evaluations.subjects(row.id))


def run_of(tx: Tx, access: Access, evaluation_id: int) -> EvaluationRow:
    """A run by its number.

    Raises:
        Forged: there is none.
        NotAllowed: it rates none of their units.
    """
    row = tx.evaluations.get(evaluation_id)
    if row is None or row.purpose != SURVEY:
        raise Forged()
    if not concerns(tx, access, row):
        raise NotAllowed()
    return row


def settled_run(
    tx: Tx, user_id: int, evaluation_id: int, now: datetime, admins: frozenset[int]
) -> tuple[Access, EvaluationRow]:
    """A closed run that somebody is in charge of.

    Raises:
        Forged, NotAllowed: there is none, or it is another unit's.
        SurveyStillOpen: it is not closed.
    """
    access = organiser(tx, user_id, admins)
    row = run_of(tx, access, evaluation_id)
    access.must_run(tx, row.unit_id)
    if row.is_open(now):
        raise SurveyStillOpen()
    return access, row


def run_view(tx: Tx, access: Access, evaluation_id: int, page: int, now: datetime) -> SurveyOpen | SurveyResult:
    """How far a run is, or what came of it.

    Raises:
        Forged, NotAllowed: there is none for them.
    """
    row = run_of(tx, access, evaluation_id)
    if not row.is_open(now):
        return figures(tx, row, access, now).model_copy(update={"page": page})
    found, form = results(tx, row.id, now=now), form_of(row)
    return SurveyOpen(
        evaluation=row.id,
        title=survey_of(row).title,
        asked=found.asked,
        answered=found.answered,
        raters=found.raters,
        finished=found.finished,
        units=len(found.subjects),
        enough=sum(one.answered >= form.shown_from for one in found.subjects),
        least=form.shown_from,
        closes_at=row.closes_at,
        may_close=access.is_admin or row.unit_id in access.units(tx),
    )


def show(tx: Tx, user_id: int, view: View, on_message: int | None, now: datetime) -> None:
    """Show something in the message whose button was pressed, or in a new one."""
    ref = f"survey:{user_id}"
    if on_message is not None:
        tx.outbox.adopt(ref, user_id, on_message, now=now)
    if on_message is None or not tx.outbox.edit(ref, view, now=now, rank=Rank.REPLY):
        tx.outbox.say(user_id, view, now=now, ref=ref)
