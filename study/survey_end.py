"""The end of a survey: whoever started it hears that its results are there."""

import json
from datetime import datetime, time

from storage import Rank, Tx
from storage.evaluations import EvaluationRow
from study.programme.surveys import Survey
from study.survey_views import SurveyEnded

SURVEY = "survey"
"""The purpose of an evaluation that is a survey by units."""
EVENING = time(18, 0)
"""When a day is over for those who have to answer, or to put something right."""


def survey_of(row: EvaluationRow) -> Survey:
    """The survey as it was when it was started."""
    return Survey.model_validate_json(json.loads(row.about)["survey"])


def tell_closed(tx: Tx, row: EvaluationRow, *, now: datetime) -> None:
    """Tell the organiser who started a survey that it is over; nothing for other evaluations."""
    if row.purpose == SURVEY and row.created_by is not None:
        view = SurveyEnded(evaluation=row.id, title=survey_of(row).title)
        tx.outbox.say(row.created_by, view, now=now, rank=Rank.PUSH)
