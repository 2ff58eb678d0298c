"""``/practice``: due mistakes first, then new questions of a bank, one message from the first to the last of the day.

What is on the screen is a row (:class:`Sitting`), so a restart in mid-card changes nothing.
"""

import random
from collections.abc import Callable
from datetime import date, datetime

from quizzes import banks
from quizzes.bank.items import Item, Kind
from quizzes.errors import NoBanks
from quizzes.live import load
from quizzes.posing import Answer, is_right, item_of, order_of, pose, typed_answer
from quizzes.practice import cards
from quizzes.practice.cards import PracticeSettings
from quizzes.practice.errors import CardGone, ExamUnderWay, NoAnswer, NothingMarked, NotPractising
from quizzes.practice.mistakes import harvest, keep, known_of
from quizzes.practice.scheduling import Grade, grade_of, reviewed
from quizzes.practice.sitting import Answered, Sitting, item_with, option_at, ref_of
from quizzes.practice.views import PracticeRuling
from storage import Database, Rank, Tx, View

TOPIC = "practice"


class Practice:
    """Everybody's practice; people are Telegram's users, and nobody has to be on the roster."""

    def __init__(self, database: Database, settings: PracticeSettings, *, dice: random.Random | None = None) -> None:
        self._database, self._settings = database, settings
        self._dice = dice if dice is not None else random.SystemRandom()
        self.followers: list[Callable[[Tx, int, date, datetime], None]] = []
        """Told of every answer (the user, the day, the moment), inside of its transaction."""

    async def begin(self, user_id: int, bank: str, *, now: datetime) -> None:
        """Begin, or go on where it was left; ``bank`` "" is the one of the last time, or the only one.

        Raises:
            UnknownBank, NoBanks: there is no such bank (and nothing is due).
        """

        def work(tx: Tx) -> None:
            bank_id, sitting = self._of(tx, user_id)
            _must_be_free(tx, user_id, now)
            if bank:
                chosen = banks.find(tx, bank).id
                same, bank_id = chosen == bank_id, chosen
            else:
                same, known = True, tx.banks.all()
                if bank_id is None and len(known) == 1:
                    bank_id = known[0].id
                if not known and not tx.practice.due_count(user_id, now):
                    raise NoBanks()
            tx.conversations.put(user_id, user_id, TOPIC, "{}", now=now)
            tx.outbox.delete(ref_of(user_id, sitting), now=now)
            moved = sitting.model_copy(update={"message": sitting.message + 1, "round": sitting.round + 1})
            if sitting.item is not None and sitting.answered is None and same:
                self._say(tx, user_id, bank_id, moved, cards.card(tx, user_id, moved, self._settings, now), now)
            elif bank_id is None:
                self._show_menu(tx, user_id, moved, now)
            else:
                self._deal(tx, user_id, bank_id, moved, now, anew=True)

        await self._database.write(work)

    async def menu(self, user_id: int, round_: int, *, now: datetime) -> None:
        """Show the banks, on the message that is there.

        Raises:
            CardGone: the button is an old one.
        """

        def work(tx: Tx) -> None:
            _, sitting = self._at(tx, user_id, round_, now)
            self._show_menu(tx, user_id, sitting.model_copy(update={"round": round_ + 1}), now, edit=True)

        await self._database.write(work)

    async def choose(self, user_id: int, round_: int, bank_id: int, *, now: datetime) -> None:
        """Take a bank from the menu; 0: only what is due.

        Raises:
            CardGone: the button is an old one, or there is no such bank.
        """

        def work(tx: Tx) -> None:
            _, sitting = self._at(tx, user_id, round_, now)
            if sitting.item is not None or (bank_id and tx.banks.get(bank_id) is None):
                raise CardGone()
            self._go_on_talking(tx, user_id, now)
            self._deal(tx, user_id, bank_id or None, sitting, now)

        await self._database.write(work)

    async def mark(self, user_id: int, round_: int, place: int, *, now: datetime) -> None:
        """Mark an option (by its place on the screen) where several are right, or take the mark away.

        Raises:
            CardGone: the button is an old one.
        """

        def work(tx: Tx) -> None:
            bank_id, sitting, item = self._asked(tx, user_id, round_, now)
            if item.kind is not Kind.SEVERAL:
                raise CardGone()
            marked = set(sitting.marked) ^ set(option_at(sitting, place))
            after = sitting.model_copy(update={"marked": tuple(sorted(marked))})
            self._edit(tx, user_id, bank_id, after, cards.card(tx, user_id, after, self._settings, now), now)

        await self._database.write(work)

    async def pick(self, user_id: int, round_: int, place: int, *, now: datetime) -> bool:
        """Answer by one option; says whether it is right.

        Raises:
            CardGone: the button is an old one.
        """

        def work(tx: Tx) -> bool:
            bank_id, sitting, item = self._asked(tx, user_id, round_, now)
            if item.kind not in (Kind.SINGLE, Kind.TRUE_FALSE):
                raise CardGone()
            return self._rule(tx, user_id, bank_id, sitting, item, option_at(sitting, place), now)

        return await self._database.write(work)

    async def hand_in(self, user_id: int, round_: int, *, now: datetime) -> bool:
        """Answer by the marked options; says whether they are right.

        Raises:
            CardGone: the button is an old one.
            NothingMarked: no option is marked.
        """

        def work(tx: Tx) -> bool:
            bank_id, sitting, item = self._asked(tx, user_id, round_, now)
            if item.kind is not Kind.SEVERAL:
                raise CardGone()
            if not sitting.marked:
                raise NothingMarked()
            return self._rule(tx, user_id, bank_id, sitting, item, sitting.marked, now)

        return await self._database.write(work)

    async def write(self, user_id: int, said: str, *, now: datetime) -> None:
        """Answer in words: those of a fill-in question, or letters.

        Raises:
            NoAnswer: nothing is asked, or that is no answer to it.
        """

        def work(tx: Tx) -> None:
            _must_be_free(tx, user_id, now)
            bank_id, sitting = self._of(tx, user_id)
            item = None if sitting.item is None else item_with(tx, sitting.item)
            if item is None or sitting.answered is not None:
                raise NoAnswer()
            answer = typed_answer(item, sitting.order, said)
            if answer is None:
                raise NoAnswer()
            # The answer stands below the question now: the ruling comes below both, and the question goes.
            tx.outbox.delete(ref_of(user_id, sitting), now=now)
            moved = sitting.model_copy(update={"message": sitting.message + 1})
            self._rule(tx, user_id, bank_id, moved, item, answer, now, anew=True)

        await self._database.write(work)

    async def next(self, user_id: int, round_: int, *, grade: Grade | None = None, now: datetime) -> None:
        """Go on to the next question; ``grade`` says how well the last one was known, if not as it looked.

        Raises:
            CardGone: the button is an old one.
        """

        def work(tx: Tx) -> None:
            bank_id, sitting = self._at(tx, user_id, round_, now)
            answered = sitting.answered
            if sitting.item is None or answered is None or (grade is not None and not answered.right):
                raise CardGone()
            if grade is not None:
                known = reviewed(answered.before, grade, answered.at, self._settings.zone)
                keep(tx, user_id, sitting.item, known, source="practice", now=answered.at)
                tx.practice.regrade(answered.id, grade.value)
            self._go_on_talking(tx, user_id, now)
            self._deal(tx, user_id, bank_id, sitting, now)

        await self._database.write(work)

    async def more(self, user_id: int, round_: int, *, now: datetime) -> None:
        """Look again whether something is due, from the end of a day's card.

        Raises:
            CardGone: the button is an old one.
        """

        def work(tx: Tx) -> None:
            bank_id, sitting = self._at(tx, user_id, round_, now)
            if sitting.item is not None:
                raise CardGone()
            self._go_on_talking(tx, user_id, now)
            self._deal(tx, user_id, bank_id, sitting, now)

        await self._database.write(work)

    async def stop(self, user_id: int, round_: int | None = None, *, now: datetime) -> None:
        """End for today; what is on the screen becomes the day's summary.

        Raises:
            CardGone: the button is an old one.
            NotPractising: nothing is under way.
        """

        def work(tx: Tx) -> None:
            bank_id, sitting = self._of(tx, user_id) if round_ is None else self._at(tx, user_id, round_, now)
            under_way = tx.conversations.get(user_id, user_id)
            talking = under_way is not None and under_way.topic == TOPIC
            if sitting.item is None and not talking:
                raise NotPractising()
            if talking:
                tx.conversations.end(user_id, user_id)
            self._close(tx, user_id, bank_id, sitting, now, reason="stopped")

        await self._database.write(work)

    async def catch_up(self, *, now: datetime) -> None:
        """Take in the mistakes of contests that ended under an older version of the program."""

        def work(tx: Tx) -> None:
            for row in tx.practice.unharvested():
                harvest(tx, row.id, load(tx, row).contest, at=row.ended_at or now)

        await self._database.write(work)

    def _rule(
        self,
        tx: Tx,
        user_id: int,
        bank_id: int | None,
        sitting: Sitting,
        item: Item,
        answer: Answer,
        now: datetime,
        *,
        anew: bool = False,
    ) -> bool:
        assert sitting.item is not None
        right = is_right(item, answer)
        took = None if sitting.shown_at is None else now - sitting.shown_at
        grade = grade_of(right=right, took=took, length=len(item.text) + sum(map(len, item.options)))
        before = known_of(tx.practice.card(user_id, sitting.item))
        known = reviewed(before, grade, now, self._settings.zone)
        keep(tx, user_id, sitting.item, known, source="practice", now=now)
        today = now.astimezone(self._settings.zone).date()
        answer_id = tx.practice.answered(
            user_id, sitting.item, today, is_new=sitting.is_new, is_right=right, grade=grade.value, now=now
        )
        for follow in self.followers:
            follow(tx, user_id, today, now)
        after = sitting.model_copy(
            update={"round": sitting.round + 1, "answered": Answered(id=answer_id, right=right, at=now, before=before)}
        )
        view = PracticeRuling(
            round=after.round,
            posed=pose(item, sitting.order, answer, reveal=True),
            is_right=right,
            due_at=known.due_at,
            progress=cards.progress(tx, user_id, self._settings, now),
        )
        (self._say if anew else self._edit)(tx, user_id, bank_id, after, view, now)
        return right

    def _deal(
        self, tx: Tx, user_id: int, bank_id: int | None, sitting: Sitting, now: datetime, *, anew: bool = False
    ) -> None:
        today = cards.today(tx, user_id, self._settings, now)
        row, is_new = None, False
        if today.may_review(self._settings.caps):
            row = tx.practice.due_item(user_id, now)
        if row is None and bank_id is not None and today.may_learn(self._settings.caps):
            row, is_new = cards.fresh(tx, user_id, bank_id), True
        if row is None:
            self._close(tx, user_id, bank_id, sitting, now, reason="done", anew=anew)
            return
        order = order_of(item_of(row.body), self._dice)
        after = Sitting(
            message=sitting.message, round=sitting.round + 1, item=row.id, is_new=is_new, order=order, shown_at=now
        )
        view = cards.card(tx, user_id, after, self._settings, now)
        (self._say if anew else self._edit)(tx, user_id, bank_id, after, view, now)

    def _close(
        self,
        tx: Tx,
        user_id: int,
        bank_id: int | None,
        sitting: Sitting,
        now: datetime,
        *,
        reason: str,
        anew: bool = False,
    ) -> None:
        after = Sitting(message=sitting.message, round=sitting.round + 1)
        view = cards.over(tx, user_id, bank_id, after, self._settings, now, reason=reason)
        (self._say if anew else self._edit)(tx, user_id, bank_id, after, view, now)

    def _show_menu(self, tx: Tx, user_id: int, sitting: Sitting, now: datetime, *, edit: bool = False) -> None:
        after = Sitting(message=sitting.message, round=sitting.round)
        view = cards.menu(tx, user_id, after, now)
        (self._edit if edit else self._say)(tx, user_id, None, after, view, now)

    def _of(self, tx: Tx, user_id: int) -> tuple[int | None, Sitting]:
        row = tx.practice.sitting(user_id)
        return (None, Sitting()) if row is None else (row.bank_id, Sitting.model_validate_json(row.body))

    def _at(self, tx: Tx, user_id: int, round_: int, now: datetime) -> tuple[int | None, Sitting]:
        _must_be_free(tx, user_id, now)
        bank_id, sitting = self._of(tx, user_id)
        if sitting.round != round_:
            raise CardGone()
        return bank_id, sitting

    def _asked(self, tx: Tx, user_id: int, round_: int, now: datetime) -> tuple[int | None, Sitting, Item]:
        bank_id, sitting = self._at(tx, user_id, round_, now)
        if sitting.item is None or sitting.answered is not None:
            raise CardGone()
        return bank_id, sitting, item_with(tx, sitting.item)

    def _go_on_talking(self, tx: Tx, user_id: int, now: datetime) -> None:
        """Let what is written be an answer, unless it belongs to something else by now."""
        if tx.conversations.get(user_id, user_id) is None:
            tx.conversations.put(user_id, user_id, TOPIC, "{}", now=now)

    def _edit(self, tx: Tx, user_id: int, bank_id: int | None, sitting: Sitting, view: View, now: datetime) -> None:
        tx.practice.put_sitting(user_id, bank_id, sitting.model_dump_json())
        ref = ref_of(user_id, sitting)
        if not tx.outbox.edit(ref, view, now=now, rank=Rank.REPLY):
            tx.outbox.say(user_id, view, now=now, ref=ref)  # the message was refused once, or is gone

    def _say(self, tx: Tx, user_id: int, bank_id: int | None, sitting: Sitting, view: View, now: datetime) -> None:
        tx.practice.put_sitting(user_id, bank_id, sitting.model_dump_json())
        tx.outbox.say(user_id, view, now=now, ref=ref_of(user_id, sitting))


def _must_be_free(tx: Tx, user_id: int, now: datetime) -> None:
    """Nobody looks answers up here while they take an exam.

    Raises:
        ExamUnderWay: they do.
    """
    if tx.exams.is_under_way(user_id, now):
        raise ExamUnderWay()
