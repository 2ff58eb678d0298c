"""An organiser sets an exam: the bank, a card with the whole plan, publish."""

import random
from collections import Counter
from datetime import datetime, timedelta

from quizzes import banks
from quizzes.draws import Candidate, Shortage, Wanted, draw
from storage import Database, Rank, Tx
from study.access import Access, access_of
from study.audience import levels_of, reach
from study.audience_choices import Choice, level_tagged, toggled
from study.calendar import day_of, moment
from study.deadlines import EVENING
from study.errors import Expired, Forged, NotAllowed
from study.exam_book import ExamSettings, exam_of, head_of
from study.exam_clock import invite, set_alarms
from study.exam_errors import ExamNobody, ExamShort
from study.exam_plan import RANGES, STEPS, ExamPlan, changed, checked, next_step, with_category, with_number
from study.exam_views import CategoryChoice, ExamBanks, ExamDropped, ExamHead, ExamPreview, ExamPublished
from study.task_views import UnitChoice

PLAN = "exam.plan"
_OPEN_FOR = timedelta(days=7)
_UNITS_A_PAGE = 8
_CATEGORIES = 12
_BANKS = 40


class ExamSetting:
    """The way from ``/exam BANK`` to an exam that is set; ``dice`` draws the questions."""

    def __init__(self, database: Database, settings: ExamSettings, *, dice: random.Random | None = None) -> None:
        self._database, self._settings = database, settings
        self._dice = dice if dice is not None else random.SystemRandom()

    async def offer(self, user_id: int, *, now: datetime) -> None:
        """Show the banks to choose from.

        Raises:
            NotAllowed: they run nothing.
            NoBanks: there is none.
        """

        def work(tx: Tx) -> None:
            self._access(tx, user_id)
            known = tx.banks.all()
            if not known:
                banks.find(tx, "")
            view = ExamBanks(banks=tuple((bank.id, bank.name, bank.items) for bank in known[:_BANKS]))
            tx.outbox.say(user_id, view, now=now)

        await self._database.write(work)

    async def start(self, user_id: int, key: int, bank: str | int, lines: str = "", *, now: datetime) -> None:
        """Show the plan of an exam from a bank (by name or id), as it would be by default, changed by ``lines``.

        Raises:
            StudyError, QuizError: they run nothing, there is no such bank, or a line cannot be read.
        """

        def work(tx: Tx) -> None:
            self._access(tx, user_id)
            found = banks.find(tx, bank) if isinstance(bank, str) else tx.banks.get(bank)
            if found is None:
                raise Forged()
            settings = self._settings
            usable = sum(self._categories(tx, found.name).values())
            evening = moment(day_of(now + _OPEN_FOR, settings.zone), EVENING, settings.zone)
            plan = ExamPlan(
                key=key,
                bank=found.name,
                title=found.name,
                count=max(1, min(settings.questions, usable)),
                minutes=settings.minutes,
                points=settings.points,
                pass_percent=settings.pass_percent,
                closes_at=evening,
            )
            plan = changed(plan, lines, now, settings.zone)
            view = self._card(tx, user_id, plan, now)
            self._keep(tx, user_id, plan, now)
            tx.outbox.say(user_id, view, now=now, ref=_ref(user_id, key))

        await self._database.write(work)

    async def take_lines(self, user_id: int, body: str, said: str, key: int, *, now: datetime) -> None:
        """Change the plan by what is written; the card comes again below it.

        Raises:
            StudyError: a line cannot be read.
        """

        def work(tx: Tx) -> None:
            before = ExamPlan.model_validate_json(body)
            plan = changed(before, said, now, self._settings.zone).model_copy(update={"key": key})
            view = self._card(tx, user_id, plan, now)
            self._keep(tx, user_id, plan, now)
            tx.outbox.delete(_ref(user_id, before.key), now=now)
            tx.outbox.say(user_id, view, now=now, ref=_ref(user_id, key))

        await self._database.write(work)

    async def step(self, user_id: int, key: int, name: str, up: bool, *, now: datetime) -> None:
        """One press on ``−`` or ``＋`` beside a number; at the end of its range nothing changes.

        Raises:
            Expired: the card is an old one.
            Forged: there is no such number.
        """

        def work(tx: Tx) -> None:
            plan = self._planned(tx, user_id, key)
            if name not in RANGES:
                raise Forged()
            least, most = RANGES[name]
            if name == "count":
                least = max(least, sum(wanted for _, wanted in plan.categories))
            value = getattr(plan, name) + (STEPS[name] if up else -STEPS[name])
            self._change(tx, user_id, with_number(plan, name, min(max(value, least), most)), now)

        await self._database.write(work)

    async def switch_results(self, user_id: int, key: int, *, now: datetime) -> None:
        """Results at once, or at the close.

        Raises:
            Expired: the card is an old one.
        """

        def work(tx: Tx) -> None:
            plan = self._planned(tx, user_id, key)
            self._change(tx, user_id, plan.model_copy(update={"at_once": not plan.at_once}), now)

        await self._database.write(work)

    async def step_category(self, user_id: int, key: int, number: int, *, now: datetime) -> None:
        """Ask for five more of a category, by its place on the card.

        Raises:
            Expired: the card is an old one.
            Forged: there is no such category.
        """

        def work(tx: Tx) -> None:
            plan = self._planned(tx, user_id, key)
            has = self._categories(tx, plan.bank)
            names = _named(has)
            if not 0 <= number < len(names):
                raise Forged()
            name = names[number]
            wanted = dict(plan.categories).get(name, 0)
            self._change(tx, user_id, with_category(plan, name, next_step(wanted, has[name])), now)

        await self._database.write(work)

    async def toggle(self, user_id: int, key: int, choice: Choice, value: int | str, *, now: datetime) -> None:
        """Put a unit, a level (by its tag) or a role in or out of the audience; none chosen means all.

        Raises:
            Expired: the card is an old one.
            NotAllowed: they do not run the unit.
        """

        def work(tx: Tx) -> None:
            plan = self._planned(tx, user_id, key)
            access = self._access(tx, user_id)
            chosen: int | str = value
            if choice is Choice.PAGE:
                self._change(tx, user_id, plan.model_copy(update={"page": int(value)}), now)
                return
            if choice is Choice.UNIT:
                access.must_run(tx, int(value))
            elif choice is Choice.LEVEL:
                chosen = level_tagged(tx, access, plan.audience, int(value))
            audience = toggled(plan.audience, choice, chosen)
            self._change(tx, user_id, plan.model_copy(update={"audience": audience}), now)

        await self._database.write(work)

    async def publish(self, user_id: int, key: int, *, now: datetime) -> int:
        """Draw the questions and set the exam; returns for how many people it is.

        Raises:
            Expired: the card is an old one, or it was published already.
            ExamWindow: its time has passed while the card stood there.
            ExamNobody, ExamShort: nobody would take it, or the bank has not enough.
        """

        def work(tx: Tx) -> int:
            plan = checked(self._planned(tx, user_id, key), now)
            access = self._access(tx, user_id)
            audience = plan.audience
            if not audience.units and not access.is_admin and access.person is not None:
                # Who joins later is asked by this: "all" means all of the units that the organiser runs.
                audience = audience.model_copy(update={"units": (access.person.unit_id,)})
            whom = reach(tx, audience, access)
            if not whom.people:
                raise ExamNobody()
            exam_id = tx.exams.add(
                title=plan.title,
                bank=plan.bank,
                minutes=plan.minutes,
                points=plan.points,
                pass_percent=plan.pass_percent,
                at_once=plan.at_once,
                audience=audience.model_dump_json(),
                unit_id=None if access.is_admin or access.person is None else access.person.unit_id,
                created_by=user_id,
                opens_at=plan.opens_at or now,
                closes_at=plan.closes_at,
                questions=self._draw(tx, plan),
                now=now,
            )
            exam = exam_of(tx, exam_id)
            for person in whom.people:
                tx.exams.ask(exam_id, person.id)
            set_alarms(tx, exam, self._settings)
            if exam.opens_at <= now:
                invite(tx, exam, now=now)
            tx.conversations.end(user_id, user_id)
            view = ExamPublished(head=head_of(tx, exam), people=len(whom.people))
            tx.outbox.edit(_ref(user_id, key), view, now=now, rank=Rank.REPLY)
            return len(whom.people)

        return await self._database.write(work)

    async def drop(self, user_id: int, key: int, *, now: datetime) -> None:
        """Publish nothing.

        Raises:
            Expired: the card is an old one.
        """

        def work(tx: Tx) -> None:
            self._planned(tx, user_id, key)
            tx.conversations.end(user_id, user_id)
            tx.outbox.edit(_ref(user_id, key), ExamDropped(), now=now, rank=Rank.REPLY)

        await self._database.write(work)

    def _draw(self, tx: Tx, plan: ExamPlan) -> list[tuple[int, str]]:
        bank = banks.find(tx, plan.bank)
        candidates = [
            Candidate(id=one.id, kind=one.kind, category=one.category) for one in tx.exams.candidates(bank.id)
        ]
        places = [Wanted(categories=(name,)) for name, wanted in plan.categories for _ in range(wanted)]
        places += [Wanted()] * (plan.count - len(places))
        drawn = draw(candidates, places, 0, {}, self._dice)
        if isinstance(drawn, Shortage):
            raise ExamShort(
                given=drawn.given, needed=drawn.needed, category="、".join(drawn.wanted.categories) or bank.name
            )
        rows = [row for item_id in drawn.places if (row := tx.banks.item(item_id)) is not None]
        return [(row.id, row.body) for row in rows]

    def _categories(self, tx: Tx, bank: str) -> Counter[str]:
        """How many questions of each category (``""``: none) an exam can ask."""
        return Counter(row.category for row in tx.exams.candidates(banks.find(tx, bank).id))

    def _access(self, tx: Tx, user_id: int) -> Access:
        access = access_of(tx, user_id, self._settings.admins)
        if not access.is_organiser:
            raise NotAllowed()
        return access

    def _keep(self, tx: Tx, user_id: int, plan: ExamPlan, now: datetime) -> None:
        tx.conversations.put(user_id, user_id, PLAN, plan.model_dump_json(), now=now)

    def _planned(self, tx: Tx, user_id: int, key: int) -> ExamPlan:
        under_way = tx.conversations.get(user_id, user_id)
        if under_way is None or under_way.topic != PLAN:
            raise Expired()
        plan = ExamPlan.model_validate_json(under_way.body)
        if plan.key != key:
            raise Expired()
        return plan

    def _change(self, tx: Tx, user_id: int, plan: ExamPlan, now: datetime) -> None:
        view = self._card(tx, user_id, plan, now)
        self._keep(tx, user_id, plan, now)
        tx.outbox.edit(_ref(user_id, plan.key), view, now=now, rank=Rank.REPLY)

    def _card(self, tx: Tx, user_id: int, plan: ExamPlan, now: datetime) -> ExamPreview:
        access = self._access(tx, user_id)
        has, wanted = self._categories(tx, plan.bank), dict(plan.categories)
        names = _named(has)
        for name in wanted:
            if name not in names:
                raise ExamShort(given=0, needed=wanted[name], category=name)
        whom, run = reach(tx, plan.audience, access), access.units(tx)
        units = [unit for unit in tx.people.units() if unit.id in run]
        covered = frozenset().union(*(tx.people.within(unit_id) for unit_id in plan.audience.units))
        top = min((unit.path.count("/") for unit in units), default=0)
        pages = max(1, -(-len(units) // _UNITS_A_PAGE))
        page = min(max(plan.page, 0), pages - 1)
        return ExamPreview(
            key=plan.key,
            head=ExamHead(
                id=0,
                title=plan.title,
                bank=plan.bank,
                questions=plan.count,
                minutes=plan.minutes,
                points=plan.points,
                pass_percent=plan.pass_percent,
                at_once=plan.at_once,
                opens_at=plan.opens_at or now,
                closes_at=plan.closes_at,
            ),
            opens_now=plan.opens_at is None,
            usable=sum(has.values()),
            categories=tuple(
                CategoryChoice(number=number, name=name, has=has[name], wanted=wanted.get(name, 0))
                for number, name in enumerate(names)
                if number < _CATEGORIES or name in wanted
            ),
            units=tuple(
                UnitChoice(id=unit.id, name=unit.name, depth=unit.path.count("/") - top, chosen=unit.id in covered)
                for unit in units[page * _UNITS_A_PAGE : (page + 1) * _UNITS_A_PAGE]
            ),
            page=page,
            pages=pages,
            levels=levels_of(tx, access),
            audience=plan.audience,
            people=len(whom.people),
            unjoined=len(whom.unjoined),
        )


def _named(categories: Counter[str]) -> list[str]:
    """The categories that have a name, the largest first."""
    return [name for name, _ in sorted(categories.items(), key=lambda one: (-one[1], one[0])) if name]


def _ref(user_id: int, key: int) -> str:
    return f"exam.plan:{user_id}:{key}"
