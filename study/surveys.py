"""Surveys by units, an organiser's side: started from the programme, watched without seeing who, closed, read."""

import json
from datetime import datetime, timedelta

from storage import Database, Tx
from storage.evaluations import EvaluationRow
from study.access import Access
from study.calendar import moment
from study.errors import StudyError, SwitchedOff
from study.evaluations import close_evaluation, open_evaluation
from study.programme import Programme, programme_in_force
from study.programme.surveys import Survey
from study.survey_end import EVENING, SURVEY, survey_of
from study.survey_figures import Said, figures, said
from study.survey_plan import plan_of
from study.survey_runs import SurveyStillOpen, concerns, organiser, run_of, run_view, show
from study.survey_views import (
    SurveyEnded,
    SurveyFile,
    SurveyLine,
    SurveyMenu,
    SurveyPicture,
    SurveyPreview,
    SurveyResult,
)
from study.tasks import TaskSettings


class SurveyRunning(StudyError):
    """One is open already."""

    code = "survey_running"


class Surveys:
    """The surveys of one programme; ``settings`` are those of the tasks that they lead to."""

    def __init__(self, database: Database, settings: TaskSettings) -> None:
        self._database, self._settings = database, settings

    async def menu(self, user_id: int, *, now: datetime, on_message: int | None = None) -> None:
        """List the surveys of the programme, each with its newest run that the organiser may see.

        Raises:
            NotAllowed: they organise nothing.
            SwitchedOff: the programme has no survey.
        """

        def work(tx: Tx) -> None:
            access = organiser(tx, user_id, self._settings.admins)
            surveys = programme_in_force(tx).surveys.surveys
            if not surveys:
                raise SwitchedOff()
            lines = []
            for survey in surveys:
                runs = [row for row in self._runs(tx, survey.key) if concerns(tx, access, row)]
                newest = next(iter(runs), None)
                lines.append(
                    SurveyLine(
                        key=survey.key,
                        title=survey.title,
                        evaluation=None if newest is None else newest.id,
                        is_open=newest is not None and newest.is_open(now),
                        opened_at=None if newest is None else newest.opened_at,
                        may_start=self._running(tx, survey.key, access, now) is None,
                    )
                )
            show(tx, user_id, SurveyMenu(surveys=tuple(lines)), on_message, now)

        await self._database.write(work)

    async def preview(self, user_id: int, key: str, *, on_message: int, now: datetime) -> None:
        """Show what a survey would be if it were started now.

        Raises:
            NotAllowed, SwitchedOff: they organise nothing, or there is no such survey.
            NobodyToAsk: nobody would rate anything.
        """

        def work(tx: Tx) -> None:
            access = organiser(tx, user_id, self._settings.admins)
            programme, survey = self._survey(tx, key)
            form, plan = programme.forms.of(survey.form), plan_of(tx, programme, survey, access)
            assert form is not None
            view = SurveyPreview(
                key=key,
                title=survey.title,
                aspects=sum(any(item.kind != "text" for item in aspect.items) for aspect in form.aspects),
                items=sum(item.kind != "text" for item in form.items),
                anonymous=form.anonymous,
                least=form.shown_from,
                tiers=plan.tiers,
                raters=len(plan.raters),
                pairs=len(plan.pairs),
                closes_at=self._closes_at(survey, now),
            )
            show(tx, user_id, view, on_message, now)

        await self._database.write(work)

    async def start(self, user_id: int, key: str, *, on_message: int, now: datetime) -> int:
        """Start a survey among the units that the organiser runs; returns how many people are asked.

        Raises:
            NotAllowed, SwitchedOff: they organise nothing, or there is no such survey.
            NobodyToAsk: nobody would rate anything.
            SurveyRunning: one is open.
        """

        def work(tx: Tx) -> int:
            access = organiser(tx, user_id, self._settings.admins)
            if self._running(tx, key, access, now) is not None:
                raise SurveyRunning()
            programme, survey = self._survey(tx, key)
            form, plan = programme.forms.of(survey.form), plan_of(tx, programme, survey, access)
            assert form is not None
            unit_id = None if access.is_admin or access.person is None else access.person.unit_id
            runs = [row for row in self._runs(tx, key) if row.unit_id == unit_id]
            evaluation_id = open_evaluation(
                tx,
                form=form,
                ref=f"{SURVEY}:{key}:{unit_id or 0}:{len(runs) + 1}",
                subjects=tuple(plan.subjects.values()),
                raters=sorted(plan.raters),
                pairs=plan.pairs,
                closes_at=self._closes_at(survey, now),
                now=now,
                purpose=SURVEY,
                about={"key": key, "survey": survey.model_dump_json()},
                unit_id=unit_id,
                created_by=user_id,
            )
            show(tx, user_id, run_view(tx, access, evaluation_id, 0, now), on_message, now)
            return len(plan.raters)

        return await self._database.write(work)

    async def show(
        self, user_id: int, evaluation_id: int, page: int = 0, *, now: datetime, on_message: int | None = None
    ) -> None:
        """Show how far a survey is, or what came of it: of the organiser's own units, and the ranks among all.

        Raises:
            NotAllowed, Forged: not for them.
        """

        # The figures of a large survey take a while: they are read before, not while everybody else waits to write.
        view = await self._database.read(
            lambda tx: run_view(tx, organiser(tx, user_id, self._settings.admins), evaluation_id, page, now)
        )
        await self._database.write(lambda tx: show(tx, user_id, view, on_message, now))

    async def close(self, user_id: int, evaluation_id: int, *, on_message: int, now: datetime) -> None:
        """End a survey before its deadline; the results are a button away (they take a while to be counted).

        Raises:
            NotAllowed, Forged: it is another unit's.
        """

        def work(tx: Tx) -> None:
            access = organiser(tx, user_id, self._settings.admins)
            row = run_of(tx, access, evaluation_id)
            access.must_run(tx, row.unit_id)
            close_evaluation(tx, row.id, now=now)
            show(tx, user_id, SurveyEnded(evaluation=row.id, title=survey_of(row).title), on_message, now)

        await self._database.write(work)

    async def send_file(self, user_id: int, evaluation_id: int, *, now: datetime) -> None:
        """Send the results as a workbook.

        Raises:
            NotAllowed, Forged, SurveyStillOpen: not for them, or not yet.
        """

        def work(tx: Tx) -> None:
            row = self._closed(tx, organiser(tx, user_id, self._settings.admins), evaluation_id, now)
            view = SurveyFile(evaluation=row.id, title=survey_of(row).title, user_id=user_id)
            tx.outbox.say(user_id, view, now=now)

        await self._database.write(work)

    async def send_pictures(self, user_id: int, evaluation_id: int, *, now: datetime) -> int:
        """Send the ranking of each tier as a picture; returns how many.

        Raises:
            NotAllowed, Forged, SurveyStillOpen: not for them, or not yet.
        """

        facts, _ = await self.facts(user_id, evaluation_id, now=now)
        tiers = [tier for tier in facts.tiers if tier.units]

        def work(tx: Tx) -> int:
            for tier in tiers:
                view = SurveyPicture(
                    evaluation=evaluation_id,
                    title=facts.title,
                    tier=tier.key,
                    tier_title=tier.title,
                    user_id=user_id,
                )
                tx.outbox.say(user_id, view, now=now)
            return len(tiers)

        return await self._database.write(work)

    async def facts(self, user_id: int, evaluation_id: int, *, now: datetime) -> tuple[SurveyResult, tuple[Said, ...]]:
        """What a file or a picture is made of when it is sent: the figures and what was written.

        Raises:
            NotAllowed, Forged, SurveyStillOpen: not for them any more, or not yet.
        """

        def look(tx: Tx) -> tuple[SurveyResult, tuple[Said, ...]]:
            access = organiser(tx, user_id, self._settings.admins)
            row, units = self._closed(tx, access, evaluation_id, now), access.units(tx)
            written = [one for kind in ("problem", "suggestion") for one in said(tx, row, kind)]
            return figures(tx, row, access, now), tuple(one for one in written if one.unit_id in units)

        return await self._database.read(look)

    def _closed(self, tx: Tx, access: Access, evaluation_id: int, now: datetime) -> EvaluationRow:
        row = run_of(tx, access, evaluation_id)
        if row.is_open(now):
            raise SurveyStillOpen()
        return row

    def _survey(self, tx: Tx, key: str) -> tuple[Programme, Survey]:
        programme = programme_in_force(tx)
        survey = programme.surveys.of(key)
        if survey is None:
            raise SwitchedOff()
        return programme, survey

    def _runs(self, tx: Tx, key: str) -> list[EvaluationRow]:
        return [row for row in tx.evaluations.of_purpose(SURVEY) if json.loads(row.about)["key"] == key]

    def _running(self, tx: Tx, key: str, access: Access, now: datetime) -> EvaluationRow | None:
        """An open run that rates some of the same units."""
        runs = (row for row in self._runs(tx, key) if row.is_open(now) and concerns(tx, access, row))
        return next(runs, None)

    def _closes_at(self, survey: Survey, now: datetime) -> datetime:
        day = now.astimezone(self._settings.zone).date() + timedelta(days=survey.days)
        return moment(day, EVENING, self._settings.zone)
