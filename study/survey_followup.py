"""What follows from a survey: the lowest of each tier put things right, problems and suggestions become tasks."""

from collections.abc import Callable
from datetime import datetime, timedelta

from quizzes.engine.frozen import dataclass
from storage import Database, Tx
from storage.evaluations import EvaluationRow
from study.access import Access
from study.calendar import day_of, moment
from study.errors import Expired
from study.programme.words import Title
from study.rectifications import RANK, Demand, demand
from study.survey_end import EVENING, survey_of
from study.survey_figures import Line, brought_up_to_date, ranking, said
from study.survey_runs import SurveyStillOpen, organiser, run_of, run_view, settled_run, show
from study.survey_views import SurveyOpen, SurveyResult, SurveySaid
from study.tasks import TaskSettings


@dataclass(frozen=True, slots=True)
class LowRank:
    """Why a unit has to put something right: its place in its tier."""

    survey: Title
    tier: Title
    action: Title | None
    unit: str
    score: float
    rank: int
    count: int


@dataclass(frozen=True, slots=True)
class SaidAbout:
    """Why a unit has to put something right: what somebody wrote."""

    survey: Title
    unit: str
    collects: str
    text: str


Wording = Callable[[LowRank | SaidAbout], Demand]
"""The words of a rectification in the programme's language; the house gives them."""


class SurveyFollowUp:
    """An organiser's side of a survey that is closed; ``settings`` are those of the tasks that it leads to."""

    def __init__(self, database: Database, settings: TaskSettings, wording: Wording) -> None:
        self._database, self._settings, self._wording = database, settings, wording

    async def rectify(self, user_id: int, evaluation_id: int, *, me: str, on_message: int, now: datetime) -> int:
        """Let the lowest of each tier put things right; whoever was asked before is not asked again. Returns how many are new.

        Raises:
            NotAllowed, Forged: it is another unit's.
            SurveyStillOpen: there are no results yet.
            NobodyResponsible: a unit has nobody to ask.
        """

        def look(tx: Tx) -> tuple[SurveyOpen | SurveyResult, tuple[Line, ...]]:
            access, row = settled_run(tx, user_id, evaluation_id, now, self._settings.admins)
            return run_view(tx, access, row.id, 0, now), ranking(tx, row, now)

        # A closed survey's figures do not change any more: they are counted before, while others may write.
        before, lines = await self._database.read(look)

        def work(tx: Tx) -> int:
            _, row = settled_run(tx, user_id, evaluation_id, now, self._settings.admins)
            survey, count = survey_of(row), 0
            subjects = {subject.id: subject for subject in tx.evaluations.subjects(row.id)}
            tiers = {tier.key: tier for tier in survey.tiers}
            for line in lines:
                if not line.low:
                    continue
                tier = tiers[line.tier]
                why = LowRank(survey.title, tier.title, tier.action, line.name, line.score, line.rank, line.count)
                count += demand(
                    tx,
                    row.id,
                    subjects[line.subject],
                    RANK,
                    self._wording(why),
                    by=user_id,
                    given_by=row.unit_id,
                    due_at=self._evening(now, tier.rectify_days),
                    me=me,
                    now=now,
                    settings=self._settings,
                )
            if isinstance(before, SurveyResult):
                show(tx, user_id, brought_up_to_date(tx, before), on_message, now)
            return count

        return await self._database.write(work)

    def _evening(self, now: datetime, days: int) -> datetime:
        """The end of work so many days from now: what people read is a day, not the minute at which somebody pressed."""
        return moment(day_of(now, self._settings.zone) + timedelta(days=days), EVENING, self._settings.zone)

    async def said(
        self, user_id: int, evaluation_id: int, collects: str, at: int, *, on_message: int, now: datetime
    ) -> None:
        """Show one of the problems or suggestions that were written about the organiser's units.

        Raises:
            NotAllowed, Forged, SurveyStillOpen: not for them, or not yet.
        """

        def work(tx: Tx) -> None:
            access = organiser(tx, user_id, self._settings.admins)
            row = run_of(tx, access, evaluation_id)
            if row.is_open(now):
                raise SurveyStillOpen()
            self._show_said(tx, user_id, access, row, collects, at, on_message, now)

        await self._database.write(work)

    async def take_up(
        self, user_id: int, evaluation_id: int, mark_id: str, *, me: str, on_message: int, now: datetime
    ) -> bool:
        """Make a task of one problem or suggestion for those who run the unit that it is about; false if it was one already.

        Raises:
            NotAllowed, Forged, SurveyStillOpen: not for them, or not yet.
            NobodyResponsible: the unit has nobody to ask.
        """

        def work(tx: Tx) -> bool:
            access, row = settled_run(tx, user_id, evaluation_id, now, self._settings.admins)
            survey = survey_of(row)
            found = [one for kind in ("problem", "suggestion") for one in said(tx, row, kind)]
            one = next((one for one in found if one.mark == mark_id), None)
            if one is None:
                raise Expired()
            subject = tx.evaluations.subject(one.subject)
            assert subject is not None
            days = next((tier.rectify_days for tier in survey.tiers if tier.key == one.tier), 30)
            new = demand(
                tx,
                row.id,
                subject,
                f"said:{mark_id}",
                self._wording(SaidAbout(survey.title, one.unit, one.collects, one.text)),
                by=user_id,
                given_by=row.unit_id,
                due_at=self._evening(now, days),
                me=me,
                now=now,
                settings=self._settings,
            )
            units = access.units(tx)
            same = [other.mark for other in said(tx, row, one.collects) if other.unit_id in units]
            if mark_id not in same:
                raise Expired()
            self._show_said(tx, user_id, access, row, one.collects, same.index(mark_id), on_message, now)
            return new

        return await self._database.write(work)

    def _show_said(
        self,
        tx: Tx,
        user_id: int,
        access: Access,
        row: EvaluationRow,
        collects: str,
        at: int,
        on_message: int,
        now: datetime,
    ) -> None:
        units = access.units(tx)
        found = [one for one in said(tx, row, collects) if one.unit_id in units]
        if not found:
            raise Expired()
        at = min(max(at, 0), len(found) - 1)
        one = found[at]
        view = SurveySaid(
            evaluation=row.id,
            collects="problem" if collects == "problem" else "suggestion",
            unit=one.unit,
            text=one.text,
            mark=one.mark,
            at=at,
            of=len(found),
            state=one.state,
            may_rectify=access.is_admin or row.unit_id in units,
        )
        show(tx, user_id, view, on_message, now)
