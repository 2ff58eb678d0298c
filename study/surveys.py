"""Surveys by units, an organiser's side: started from the programme, watched without seeing who, closed, ranked, put right."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from storage import Database, Rank, Tx
from storage.evaluations import EvaluationRow
from storage.people import Unit
from study.access import Access, access_of
from study.calendar import moment
from study.errors import Expired, Forged, NotAllowed, StudyError, SwitchedOff
from study.evaluations import Subject, close_evaluation, form_of, open_evaluation, results
from study.programme import Programme, programme_in_force
from study.programme.surveys import Survey
from study.programme.words import Title
from study.rectifications import RANK, Demand, demand
from study.survey_end import SURVEY, survey_of
from study.survey_figures import Said, figures, ranking, said
from study.survey_views import (
    SurveyFile,
    SurveyLine,
    SurveyMenu,
    SurveyOpen,
    SurveyPicture,
    SurveyPreview,
    SurveyResult,
    SurveySaid,
)
from study.tasks import TaskSettings
from study.views import View

_EVENING = time(18, 0)


class NobodyToAsk(StudyError):
    """Nobody who has joined would rate anything, or no unit would be rated."""

    code = "survey_nobody"


class SurveyStillOpen(StudyError):
    """Results are there only once nothing more can be answered."""

    code = "survey_open"


class SurveyRunning(StudyError):
    """One is open already."""

    code = "survey_running"


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


@dataclass(frozen=True, slots=True)
class _Plan:
    """Who would rate which units."""

    subjects: Mapping[str, Subject]
    pairs: tuple[tuple[int, str], ...]
    tiers: tuple[tuple[Title, int], ...]

    @property
    def raters(self) -> frozenset[int]:
        return frozenset(rater for rater, _ in self.pairs)


class Surveys:
    """The surveys of one programme; ``settings`` are those of the tasks that they lead to."""

    def __init__(self, database: Database, settings: TaskSettings, wording: Wording) -> None:
        self._database, self._settings, self._wording = database, settings, wording

    async def menu(self, user_id: int, *, now: datetime, on_message: int | None = None) -> None:
        """List the surveys of the programme, each with its newest run that the organiser may see.

        Raises:
            NotAllowed: they organise nothing.
            SwitchedOff: the programme has no survey.
        """

        def work(tx: Tx) -> None:
            access = self._organiser(tx, user_id)
            surveys = programme_in_force(tx).surveys.surveys
            if not surveys:
                raise SwitchedOff()
            lines = []
            for survey in surveys:
                runs = [row for row in self._runs(tx, survey.key) if self._concerns(tx, access, row)]
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
            _show(tx, user_id, SurveyMenu(surveys=tuple(lines)), on_message, now)

        await self._database.write(work)

    async def preview(self, user_id: int, key: str, *, on_message: int, now: datetime) -> None:
        """Show what a survey would be if it were started now.

        Raises:
            NotAllowed, SwitchedOff: they organise nothing, or there is no such survey.
            NobodyToAsk: nobody would rate anything.
        """

        def work(tx: Tx) -> None:
            access = self._organiser(tx, user_id)
            programme, survey = self._survey(tx, key)
            form, plan = programme.forms.of(survey.form), self._plan(tx, programme, survey, access)
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
            _show(tx, user_id, view, on_message, now)

        await self._database.write(work)

    async def start(self, user_id: int, key: str, *, on_message: int, now: datetime) -> int:
        """Start a survey among the units that the organiser runs; returns how many people are asked.

        Raises:
            NotAllowed, SwitchedOff: they organise nothing, or there is no such survey.
            NobodyToAsk: nobody would rate anything.
            SurveyRunning: one is open.
        """

        def work(tx: Tx) -> int:
            access = self._organiser(tx, user_id)
            if self._running(tx, key, access, now) is not None:
                raise SurveyRunning()
            programme, survey = self._survey(tx, key)
            form, plan = programme.forms.of(survey.form), self._plan(tx, programme, survey, access)
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
            self._show_run(tx, user_id, access, evaluation_id, 0, on_message, now)
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
            lambda tx: self._run_view(tx, self._organiser(tx, user_id), evaluation_id, page, now)
        )
        await self._database.write(lambda tx: _show(tx, user_id, view, on_message, now))

    async def close(self, user_id: int, evaluation_id: int, *, on_message: int, now: datetime) -> None:
        """End a survey before its deadline.

        Raises:
            NotAllowed, Forged: it is another unit's.
        """

        def work(tx: Tx) -> None:
            access = self._organiser(tx, user_id)
            row = self._run(tx, access, evaluation_id)
            access.must_run(tx, row.unit_id)
            close_evaluation(tx, row.id, now=now)
            self._show_run(tx, user_id, access, row.id, 0, on_message, now)

        await self._database.write(work)

    async def rectify(self, user_id: int, evaluation_id: int, *, me: str, on_message: int, now: datetime) -> int:
        """Let the lowest of each tier put things right; whoever was asked before is not asked again. Returns how many are new.

        Raises:
            NotAllowed, Forged: it is another unit's.
            SurveyStillOpen: there are no results yet.
            NobodyResponsible: a unit has nobody to ask.
        """

        def work(tx: Tx) -> int:
            access, row = self._settled(tx, user_id, evaluation_id, now)
            survey, count = survey_of(row), 0
            subjects = {subject.id: subject for subject in tx.evaluations.subjects(row.id)}
            tiers = {tier.key: tier for tier in survey.tiers}
            for line in ranking(tx, row, now):
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
                    due_at=now + timedelta(days=tier.rectify_days),
                    me=me,
                    now=now,
                    settings=self._settings,
                )
            self._show_run(tx, user_id, access, row.id, 0, on_message, now)
            return count

        return await self._database.write(work)

    async def said(
        self, user_id: int, evaluation_id: int, collects: str, at: int, *, on_message: int, now: datetime
    ) -> None:
        """Show one of the problems or suggestions that were written about the organiser's units.

        Raises:
            NotAllowed, Forged, SurveyStillOpen: not for them, or not yet.
        """

        def work(tx: Tx) -> None:
            access = self._organiser(tx, user_id)
            row = self._run(tx, access, evaluation_id)
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
            access, row = self._settled(tx, user_id, evaluation_id, now)
            survey = survey_of(row)
            found = [one for kind in ("problem", "suggestion") for one in said(tx, row, kind, now)]
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
                due_at=now + timedelta(days=days),
                me=me,
                now=now,
                settings=self._settings,
            )
            same = [other.mark for other in said(tx, row, one.collects, now)]
            self._show_said(tx, user_id, access, row, one.collects, same.index(mark_id), on_message, now)
            return new

        return await self._database.write(work)

    async def send_file(self, user_id: int, evaluation_id: int, *, now: datetime) -> None:
        """Send the results as a workbook.

        Raises:
            NotAllowed, Forged, SurveyStillOpen: not for them, or not yet.
        """

        def work(tx: Tx) -> None:
            self._facts(tx, user_id, evaluation_id, now)
            row = tx.evaluations.get(evaluation_id)
            assert row is not None
            view = SurveyFile(evaluation=row.id, title=survey_of(row).title, user_id=user_id)
            tx.outbox.say(user_id, view, now=now)

        await self._database.write(work)

    async def send_pictures(self, user_id: int, evaluation_id: int, *, now: datetime) -> int:
        """Send the ranking of each tier as a picture; returns how many.

        Raises:
            NotAllowed, Forged, SurveyStillOpen: not for them, or not yet.
        """

        def work(tx: Tx) -> int:
            facts = self._facts(tx, user_id, evaluation_id, now)
            tiers = [tier for tier in facts.tiers if tier.units]
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
            found = self._facts(tx, user_id, evaluation_id, now)
            row = tx.evaluations.get(evaluation_id)
            assert row is not None
            units = access_of(tx, user_id, self._settings.admins).units(tx)
            written = [one for kind in ("problem", "suggestion") for one in said(tx, row, kind, now)]
            return found, tuple(one for one in written if one.unit_id in units)

        return await self._database.read(look)

    def _facts(self, tx: Tx, user_id: int, evaluation_id: int, now: datetime) -> SurveyResult:
        access = self._organiser(tx, user_id)
        row = self._run(tx, access, evaluation_id)
        if row.is_open(now):
            raise SurveyStillOpen()
        return figures(tx, row, access, now)

    def _organiser(self, tx: Tx, user_id: int) -> Access:
        access = access_of(tx, user_id, self._settings.admins)
        if not access.is_organiser:
            raise NotAllowed()
        return access

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
        runs = (row for row in self._runs(tx, key) if row.is_open(now) and self._concerns(tx, access, row))
        return next(runs, None)

    def _concerns(self, tx: Tx, access: Access, row: EvaluationRow) -> bool:
        units = access.units(tx)
        return access.is_admin or any(one.unit_id in units for one in tx.evaluations.subjects(row.id))

    def _run(self, tx: Tx, access: Access, evaluation_id: int) -> EvaluationRow:
        row = tx.evaluations.get(evaluation_id)
        if row is None or row.purpose != SURVEY:
            raise Forged()
        if not self._concerns(tx, access, row):
            raise NotAllowed()
        return row

    def _settled(self, tx: Tx, user_id: int, evaluation_id: int, now: datetime) -> tuple[Access, EvaluationRow]:
        access = self._organiser(tx, user_id)
        row = self._run(tx, access, evaluation_id)
        access.must_run(tx, row.unit_id)
        if row.is_open(now):
            raise SurveyStillOpen()
        return access, row

    def _closes_at(self, survey: Survey, now: datetime) -> datetime:
        day = now.astimezone(self._settings.zone).date() + timedelta(days=survey.days)
        return moment(day, _EVENING, self._settings.zone)

    def _plan(self, tx: Tx, programme: Programme, survey: Survey, access: Access) -> _Plan:
        run = access.units(tx)
        units = [unit for unit in tx.people.units() if unit.id in run]
        paths = {unit.id: unit.path for unit in tx.people.units()}
        rated: dict[str, Unit] = {}
        tiers = []
        for tier in survey.tiers:
            of_tier = [unit for unit in units if unit.path.count("/") + 1 == tier.depth]
            rated |= {unit.path: unit for unit in of_tier}
            tiers.append((tier.title, len(of_tier)))
        pairs = set()
        for raters in survey.raters:
            for person in programme.meant(tx, raters.who):
                if person.user_id is None or person.unit_id not in run:
                    continue
                path = paths[person.unit_id]
                for name, unit in rated.items():
                    own = path == name or path.startswith(f"{name}/")
                    chosen = own if raters.rates == "own" else raters.rates == "all" or name in raters.rates
                    if chosen:
                        pairs.add((person.id, f"unit:{unit.id}"))
        if not pairs:
            raise NobodyToAsk()
        subjects = {f"unit:{unit.id}": Subject.unit(unit.id, unit.name) for unit in rated.values()}
        return _Plan(subjects, tuple(sorted(pairs)), tuple(tiers))

    def _show_run(
        self,
        tx: Tx,
        user_id: int,
        access: Access,
        evaluation_id: int,
        page: int,
        on_message: int | None,
        now: datetime,
    ) -> None:
        _show(tx, user_id, self._run_view(tx, access, evaluation_id, page, now), on_message, now)

    def _run_view(
        self, tx: Tx, access: Access, evaluation_id: int, page: int, now: datetime
    ) -> SurveyOpen | SurveyResult:
        row = self._run(tx, access, evaluation_id)
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
        found = [one for one in said(tx, row, collects, now) if one.unit_id in units]
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
        _show(tx, user_id, view, on_message, now)


def _show(tx: Tx, user_id: int, view: View, on_message: int | None, now: datetime) -> None:
    ref = f"survey:{user_id}"
    if on_message is not None:
        tx.outbox.adopt(ref, user_id, on_message, now=now)
    if on_message is None or not tx.outbox.edit(ref, view, now=now, rank=Rank.REPLY):
        tx.outbox.say(user_id, view, now=now, ref=ref)
