"""The question of a day from the must-know list: shown, answered, counted in everybody's practice, closed with the answer.

The bank is gone through in its order; when every question was shown it begins again.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from quizzes.bank.items import Item, Kind
from quizzes.engine.frozen import dataclass
from quizzes.posing import can_be_posed, chosen_at, is_right, item_of, order_of, pose
from quizzes.practice.mistakes import keep, known_of
from quizzes.practice.scheduling import grade_of, reviewed
from storage import Database, Rank, Tx
from storage.banks import BankItemRow
from storage.daily import DailyCardRow
from storage.people import Role
from study.access import access_of
from study.calendar import day_of, days_between, is_on, moment
from study.daily_views import DailyBankMissing, DailyCard
from study.due import Due
from study.errors import Expired, StudyError
from study.ledger import Happening, credit
from study.programme import Programme, programme_in_force
from study.programme.daily import DailyPlan
from study.round_book import RoundSettings, must_not_observe

_CHOOSABLE = (Kind.SINGLE, Kind.TRUE_FALSE)


class DailyClosed(StudyError):
    """The answer is out; nothing counts any more."""

    code = "daily_closed"


class DailyAnswered(StudyError):
    """Somebody has answered this card; the first answer counts."""

    code = "daily_answered"


class DailySeen(StudyError):
    """Somebody has looked at the answer and cannot answer any more."""

    code = "daily_seen"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many cards somebody has answered, and how many of them right."""

    cards: int
    correct: int


@dataclass(frozen=True, slots=True)
class Ruled:
    """What became of an answer: the question with the answer, whether it was right (``None``: only looked at), and how
    somebody does with the whole list."""

    card: DailyCard
    right: bool | None
    tally: Tally


class DailyCards:
    """The questions of the days of one programme."""

    def __init__(self, database: Database, settings: RoundSettings) -> None:
        self._database, self._settings = database, settings

    async def plan(self, since: datetime, until: datetime) -> None:
        """Set the alarms for the cards between two times."""
        settings = self._settings

        def work(tx: Tx) -> None:
            for plan in programme_in_force(tx).daily.cards:
                for day in days_between(day_of(since, settings.zone), day_of(until, settings.zone)):
                    at = moment(day, plan.at, settings.zone)
                    if since <= at <= until and is_on(plan.days, day, settings.country):
                        closes = moment(day, plan.closes, settings.zone)
                        tx.alarms.set("daily.show", f"{plan.key}:{day.isoformat()}", at, useful_until=closes)

        await self._database.write(work)

    async def show(self, due: Due) -> None:
        """Show the question of a day; if the bot was down until it would close, the day has none."""
        key, _, day = due.key.partition(":")

        def work(tx: Tx) -> None:
            programme = programme_in_force(tx)
            plan = next((one for one in programme.daily.cards if one.key == key), None)
            if plan is None or due.late:
                return
            self._show(tx, programme, plan, date.fromisoformat(day), due.now)

        await self._database.write(work)

    def _show(self, tx: Tx, programme: Programme, plan: DailyPlan, day: date, now: datetime) -> None:
        bank = tx.banks.named(plan.bank)
        rows = [] if bank is None else [row for row in tx.banks.items(bank.id) if can_be_posed(item_of(row.body))]
        if not rows:
            self._complain(tx, plan, now)
            return
        row, number = _next(rows, tx.daily.shown(plan.key))
        order = order_of(item_of(row.body), self._settings.dice)
        card_id = tx.daily.add(
            plan.key,
            day,
            row.id,
            number=number,
            of_all=len(rows),
            shuffled=json.dumps(order),
            body=plan.model_dump_json(),
            now=now,
        )
        if card_id is None:
            return
        view = self._card(tx, _of(tx, card_id))
        if plan.groups:
            for group in tx.places.groups():
                if group.unit_id is not None:
                    tx.daily.place(card_id, group.chat_id)
                    tx.outbox.say(group.chat_id, view, now=now, rank=Rank.PUSH, ref=_ref(card_id, group.chat_id))
        if plan.private:
            reachable = tx.places.reachable()
            away = {leave.person_id for leave in tx.leaves.approved_on(day)}
            for person in programme.meant(tx, plan.who):
                if person.user_id in reachable and person.role is not Role.OBSERVER and person.id not in away:
                    ref = _ref(card_id, person.user_id or 0)
                    tx.outbox.say(person.user_id or 0, view, now=now, rank=Rank.BROADCAST, ref=ref)
        closes = moment(day, plan.closes, self._settings.zone)
        tx.alarms.set("daily.close", str(card_id), closes)

    def _complain(self, tx: Tx, plan: DailyPlan, now: datetime) -> None:
        reachable = tx.places.reachable()
        admins = {one.user_id for one in tx.people.everybody() if one.role is Role.ADMIN and one.user_id is not None}
        for user_id in sorted((admins | self._settings.admins) & reachable):
            tx.outbox.say(user_id, DailyBankMissing(title=plan.title, bank=plan.bank), now=now, rank=Rank.PUSH)

    async def close(self, due: Due) -> None:
        """Let the groups see the answer, and how many knew it."""

        def work(tx: Tx) -> None:
            card = tx.daily.get(int(due.key))
            if card is None or not tx.daily.close(card.id, now=due.now):
                return
            view = self._card(tx, _of(tx, card.id))
            for chat_id in tx.daily.places(card.id):
                tx.outbox.edit(_ref(card.id, chat_id), view, now=due.now)

        await self._database.write(work)

    async def answer(self, user_id: int, card_id: int, place: int | None, *, private: bool, now: datetime) -> Ruled:
        """Somebody chooses an option (by its place on the card), or (``None``) looks at the answer. The first answer counts, for
        practice too; whoever has answered may look again.

        Raises:
            Expired, NotOnRoster, ObserverOnly, DailyClosed, DailyAnswered, DailySeen.
        """

        def work(tx: Tx) -> Ruled:
            card = _of(tx, card_id)
            access = access_of(tx, user_id, self._settings.admins)
            must_not_observe(access)
            person = access.member()
            item = _item(tx, card)
            before = tx.daily.answer_of(card.id, person.id)
            if place is not None:
                if card.closed_at is not None:
                    raise DailyClosed()
                if before is not None:
                    raise DailySeen() if before.outcome == "seen" else DailyAnswered()
            right: bool | None = None
            if place is not None:
                chosen = chosen_at(json.loads(card.shuffled), (place,))
                if item.kind not in _CHOOSABLE or not chosen:
                    raise Expired()
                right = is_right(item, chosen)
                tx.daily.answer(card.id, person.id, "right" if right else "wrong", json.dumps(chosen), now=now)
                self._practise(tx, user_id, card, item, right, now)
                what = Happening("daily.right" if right else "daily.wrong", {"card": card.plan})
                credit(tx, person.id, f"daily:{card.id}", what, day=day_of(now, self._settings.zone), now=now)
            elif before is None and card.closed_at is None:
                tx.daily.answer(card.id, person.id, "seen", "", now=now)
            elif before is not None and before.outcome != "seen":
                right = before.outcome == "right"
            view = self._card(tx, card, person.id)
            if private:
                tx.outbox.edit(_ref(card.id, user_id), view, now=now, rank=Rank.REPLY)
            tally = tx.daily.tally(card.plan, person.id)
            return Ruled(view, right, Tally(tally.cards, tally.correct))

        return await self._database.write(work)

    def _practise(self, tx: Tx, user_id: int, card: DailyCardRow, item: Item, right: bool, now: datetime) -> None:
        """Let the answer be one of the person's practice: what was wrong comes again there."""
        zone = self._settings.zone
        known = known_of(tx.practice.card(user_id, card.item_id))
        grade = grade_of(right=right, took=None, length=len(item.text))
        keep(tx, user_id, card.item_id, reviewed(known, grade, now, zone), source="practice", now=now)
        tx.practice.answered(
            user_id,
            card.item_id,
            day_of(now, zone),
            is_new=known is None,
            is_right=right,
            grade=grade.value,
            now=now,
        )

    def _card(self, tx: Tx, card: DailyCardRow, person_id: int | None = None) -> DailyCard:
        """The card as a group sees it, or (``person_id``) as somebody does who has answered or looked."""
        plan, item = DailyPlan.model_validate_json(card.body), _item(tx, card)
        done = None if person_id is None else tx.daily.answer_of(card.id, person_id)
        closed = card.closed_at is not None
        chosen = tuple(json.loads(done.answer)) if done is not None and done.answer else None
        counts = tx.daily.counts(card.id)
        return DailyCard(
            card=card.id,
            title=plan.title,
            number=card.number,
            of_all=card.of_all,
            posed=pose(item, json.loads(card.shuffled), chosen, reveal=closed or person_id is not None),
            choosable=item.kind in _CHOOSABLE,
            closed=closed or done is not None,
            outcome="" if done is None else done.outcome,
            counts=(counts.get("right", 0), counts.get("wrong", 0), counts.get("seen", 0)) if closed else None,
        )


def _next(rows: Sequence[BankItemRow], shown: Mapping[int, int]) -> tuple[BankItemRow, int]:
    """The question that was shown least often, the first of them in the bank's order; and its number in the bank."""
    place = min(range(len(rows)), key=lambda at: (shown.get(rows[at].id, 0), at))
    return rows[place], place + 1


def _of(tx: Tx, card_id: int) -> DailyCardRow:
    card = tx.daily.get(card_id)
    if card is None:
        raise Expired()
    return card


def _item(tx: Tx, card: DailyCardRow) -> Item:
    row = tx.banks.item(card.item_id)
    if row is None:
        raise Expired()
    return item_of(row.body)


def _ref(card_id: int, chat_id: int) -> str:
    return f"daily:{card_id}:{chat_id}"
