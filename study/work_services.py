"""Everything about works, put together."""

from quizzes.engine.frozen import dataclass
from storage import Database
from study.work_clock import WorkClock
from study.work_forms import WorkForms
from study.work_news import WorkSettings
from study.work_overview import WorkOverviews
from study.work_records import WorkRecords
from study.work_reviews import WorkReviews
from study.work_teams import WorkTeams
from study.works import Works


@dataclass(frozen=True, slots=True)
class WorkServices:
    """The sides from which works are seen."""

    members: Works
    teams: WorkTeams
    forms: WorkForms
    reviews: WorkReviews
    overviews: WorkOverviews
    clock: WorkClock
    records: WorkRecords


def open_works(database: Database, settings: WorkSettings) -> WorkServices:
    """Put them together."""
    return WorkServices(
        members=Works(database, settings),
        teams=WorkTeams(database, settings),
        forms=WorkForms(database, settings),
        reviews=WorkReviews(database, settings),
        overviews=WorkOverviews(database, settings),
        clock=WorkClock(database, settings),
        records=WorkRecords(database, settings.zone),
    )
