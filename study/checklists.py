"""Checklists of self-examination: forms about oneself that come again every month, with a remark for every problem.

They are open: the writer and the organisers of their unit see what was found.
"""

import calendar
import json
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from storage import Database, Rank, Tx
from storage.evaluations import EvaluationRow
from storage.people import Person
from study.access import access_of
from study.calendar import days_between, moment
from study.checklist_views import ChecklistHistory, ChecklistOverview, Finding, HistoryLine, OverviewLine
from study.due import Due
from study.errors import Forged, NotAllowed, SwitchedOff
from study.evaluation_rules import problems
from study.evaluations import Subject, answers_of, form_of, open_evaluation
from study.programme import Programme, programme_in_force
from study.programme.forms import Checklist, Form
from study.views import View

CHECKLIST = "checklist"
"""The purpose of an evaluation that is a checklist of one month."""
OPENING = "checklist.open"
"""The alarm that opens a checklist; its key is the checklist's and the month."""

_MORNING = time(9, 0)
_LISTED = 12


def day_in(checklist: Checklist, year: int, month: int) -> date | None:
    """The day of a month on which a checklist opens; a short month uses its last day. ``None``: not in this month."""
    if month not in checklist.months:
        return None
    return date(year, month, min(checklist.day, calendar.monthrange(year, month)[1]))


def ask_newcomer(tx: Tx, row: EvaluationRow, person: Person) -> None:
    """Let somebody who joined after a checklist was opened fill it in too, if they are meant."""
    key = f"person:{person.id}"
    programme = programme_in_force(tx)
    checklist = _checklist(programme, json.loads(row.about)["checklist"])
    if checklist is None or tx.evaluations.tickets_of(row.id, person.id):
        return
    unit = tx.people.unit(person.unit_id)
    cohorts = {cohort.key: cohort.who for cohort in programme.header.cohorts}
    if unit is not None and checklist.who.means(person, unit.path, cohorts):
        subject = tx.evaluations.add_subject(row.id, key, person.name, person_id=person.id, unit_id=None)
        tx.evaluations.add_ticket(row.id, subject, person.id)


class Checklists:
    """The checklists of one programme; ``admins`` are those that the config names."""

    def __init__(self, database: Database, admins: frozenset[int], zone: ZoneInfo) -> None:
        self._database, self._admins, self._zone = database, admins, zone

    async def plan(self, since: datetime, until: datetime) -> None:
        """Set the alarms for the checklists that open between two times."""

        def work(tx: Tx) -> None:
            for checklist in programme_in_force(tx).forms.checklists:
                first, last = (at.astimezone(self._zone).date() for at in (since, until))
                for day in days_between(first, last):
                    at = moment(day, _MORNING, self._zone)
                    if day == day_in(checklist, day.year, day.month) and since <= at <= until:
                        useful = at + timedelta(days=checklist.days)
                        tx.alarms.set(OPENING, f"{checklist.key}:{day:%Y-%m}", at, useful_until=useful)

        await self._database.write(work)

    async def open(self, due: Due) -> None:
        """Open a checklist for everybody who is meant; if the bot was down until after its end, it is passed over."""
        key, _, month = due.key.partition(":")

        def work(tx: Tx) -> None:
            programme = programme_in_force(tx)
            checklist = _checklist(programme, key)
            form = None if checklist is None else programme.forms.of(checklist.form)
            if due.late or checklist is None or form is None:
                return
            people = [person for person in programme.meant(tx, checklist.who) if person.user_id is not None]
            closes_at = due.due_at + timedelta(days=checklist.days)
            open_evaluation(
                tx,
                form=form,
                ref=f"{CHECKLIST}:{key}:{month}",
                subjects=[Subject.person(person) for person in people],
                raters=[person.id for person in people],
                pairs=[(person.id, f"person:{person.id}") for person in people],
                closes_at=closes_at,
                now=due.now,
                purpose=CHECKLIST,
                about={"checklist": key, "month": month},
            )

        await self._database.write(work)

    async def history(self, user_id: int, *, now: datetime, on_message: int | None = None) -> None:
        """Show somebody their own checklists of the last months and what they found.

        Raises:
            NotOnRoster: they are nobody.
            SwitchedOff: the programme has no checklists, and nobody ever had one.
        """

        def work(tx: Tx) -> None:
            access = access_of(tx, user_id, self._admins)
            access.must_belong()
            rows = {row.id: row for row in tx.evaluations.of_purpose(CHECKLIST)}
            if not rows and not programme_in_force(tx).forms.checklists:
                raise SwitchedOff()
            lines = []
            for sheet in tx.evaluations.sheets_of(access.person.id, CHECKLIST) if access.person is not None else ():
                row = rows[sheet.evaluation_id]
                lines.append(
                    HistoryLine(
                        title=form_of(row).title,
                        month=json.loads(row.about)["month"],
                        at=sheet.sent_at or row.opened_at,
                        findings=_findings("", form_of(row), sheet.sent or "{}"),
                    )
                )
            view = ChecklistHistory(
                lines=tuple(lines[:_LISTED]),
                open=access.person is not None
                and any(self._owes(tx, row, access.person, now) for row in rows.values()),
                overview=next(iter(rows), None) if access.is_organiser else None,
            )
            _say(tx, user_id, view, on_message, now)

        await self._database.write(work)

    async def overview(self, user_id: int, evaluation_id: int, page: int, *, on_message: int, now: datetime) -> None:
        """Show an organiser a month's checklist: who has not done it, and the problems that were found, of their units.

        Raises:
            NotAllowed: they organise nothing.
            Forged: there is no such checklist.
        """

        def work(tx: Tx) -> None:
            units = access_of(tx, user_id, self._admins).units(tx)
            if not units:
                raise NotAllowed()
            months = list(reversed(tx.evaluations.of_purpose(CHECKLIST)))
            ids = [row.id for row in months]
            if evaluation_id not in ids:
                raise Forged()
            at = ids.index(evaluation_id)
            row, form = months[at], form_of(months[at])
            counts = [one for one in tx.evaluations.person_counts(row.id) if one.unit_id in units]
            found: list[Finding] = []
            for sheet in tx.evaluations.sheets(row.id):
                if sheet.unit_id in units:
                    found += _findings(sheet.name, form, sheet.sent or "{}")
            by_item = [
                OverviewLine(title=item.title, count=sum(finding.item == item.title for finding in found))
                for item in form.items
            ]
            view = ChecklistOverview(
                evaluation=row.id,
                title=form.title,
                month=json.loads(row.about)["month"],
                asked=len(counts),
                done=sum(one.answered > 0 for one in counts),
                missing=tuple(one.name for one in counts if not one.answered),
                items=tuple(line for line in by_item if line.count),
                findings=tuple(found),
                page=page,
                closes_at=row.closes_at,
                is_open=row.is_open(now),
                earlier=ids[at - 1] if at > 0 else None,
                later=ids[at + 1] if at + 1 < len(ids) else None,
            )
            _say(tx, user_id, view, on_message, now)

        await self._database.write(work)

    def _owes(self, tx: Tx, row: EvaluationRow, person: Person, now: datetime) -> bool:
        return row.is_open(now) and any(not one.answered for one in tx.evaluations.tickets_of(row.id, person.id))


def _checklist(programme: Programme, key: str) -> Checklist | None:
    return next((one for one in programme.forms.checklists if one.key == key), None)


def _findings(name: str, form: Form, body: str) -> tuple[Finding, ...]:
    answers = answers_of(body)
    return tuple(
        Finding(name=name, item=item.title, remark=answers[item.key].remark) for item in problems(form, answers)
    )


def _say(tx: Tx, user_id: int, view: View, on_message: int | None, now: datetime) -> None:
    ref = f"checklist:{user_id}"
    if on_message is not None:
        tx.outbox.adopt(ref, user_id, on_message, now=now)
    if on_message is None or not tx.outbox.edit(ref, view, now=now, rank=Rank.REPLY):
        tx.outbox.say(user_id, view, now=now, ref=ref)
