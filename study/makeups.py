"""Make-up lessons (补课): read the material, pass a short test, be signed off; the register then says "made up"."""

import random
from collections.abc import Iterable
from datetime import datetime

from quizzes.bank.items import Kind
from quizzes.posing import chosen_at, item_of, typed_answer
from storage import Database, Rank, Tx
from storage.makeups import MakeUp
from storage.sessions import Session
from study.access import access_of
from study.attendance_book import facts_of, session_of
from study.errors import Expired, Forged, NotAllowed
from study.leaves import deciders_of
from study.makeup_book import make_up_of, person_of, request_of, request_ref, stage_of
from study.makeup_test import Paper, draw
from study.makeup_test import Source as Bank
from study.makeup_views import (
    MakeUpCard,
    MakeUpQuestion,
    MakeUpTested,
)
from study.owed import Owed
from study.programme import programme_in_force
from study.programme.rollcall import MakeUpRules
from study.rollcall_cards import Office
from study.rollcall_errors import MakeUpDone, MakeUpNotYet, MakeUpTooLate

TEST_TOPIC = "makeup.test"
_TEXT = 2500
_DEFAULT = MakeUpRules()


class MakeUps:
    """The side of those who make up; ``dice`` draws the questions."""

    def __init__(self, database: Database, office: Office, *, dice: random.Random | None = None) -> None:
        self._database, self._office = database, office
        self._dice = dice if dice is not None else random.SystemRandom()

    async def open(self, user_id: int, make_up_id: int, *, now: datetime) -> None:
        """Show one's own make-up, or to whoever signs off what waits for it.

        Raises:
            Expired, NotAllowed, NotOnRoster.
        """

        def work(tx: Tx) -> None:
            make_up = make_up_of(tx, make_up_id)
            access = access_of(tx, user_id, self._office.admins)
            if access.person is not None and access.person.id == make_up.person_id:
                tx.outbox.say(user_id, self._card(tx, make_up, now), now=now, ref=_card_ref(make_up))
                return
            access.must_run(tx, person_of(tx, make_up).unit_id)
            if make_up.state != "waiting":
                raise MakeUpDone()
            tx.make_ups.notify(make_up, user_id)
            tx.outbox.say(user_id, request_of(tx, make_up), now=now, ref=request_ref(make_up, user_id))

        await self._database.write(work)

    async def read(self, user_id: int, make_up_id: int, *, on_message: int, now: datetime) -> None:
        """The person says that they have read the material.

        Raises:
            Expired, NotAllowed, MakeUpDone, MakeUpTooLate.
        """

        def work(tx: Tx) -> None:
            make_up = self._mine(tx, user_id, make_up_id, now)
            if make_up.read_at is None:
                make_up = make_up.model_copy(update={"read_at": now})
                tx.make_ups.put(make_up)
            self._show(tx, user_id, make_up, on_message, now)

        await self._database.write(work)

    async def begin(self, user_id: int, make_up_id: int, *, on_message: int, now: datetime) -> None:
        """Begin the test, or go on with it; where there is none, hand in at once.

        Raises:
            Expired, NotAllowed, MakeUpDone, MakeUpTooLate, MakeUpNotYet.
        """

        def work(tx: Tx) -> None:
            make_up = self._mine(tx, user_id, make_up_id, now)
            if make_up.read_at is None:
                raise MakeUpNotYet()
            session = session_of(tx, make_up.session_id)
            paper = Paper.model_validate_json(make_up.paper) if make_up.paper else self._draw(tx, session)
            if paper is None:
                done = self._hand_in(tx, make_up, None, now=now)
                self._show(tx, user_id, done, on_message, now)
                return
            kept = make_up.model_copy(update={"paper": paper.model_dump_json()})
            tx.make_ups.put(kept)
            self._ask(tx, user_id, kept, paper, session, on_message, now)

        await self._database.write(work)

    async def answer(
        self, user_id: int, make_up_id: int, place: int, option: int | None, *, on_message: int, now: datetime
    ) -> None:
        """Choose an option of the question at a place; of several, ``None`` ends the choice. A late press does nothing.

        Raises:
            Expired, NotAllowed, MakeUpDone, MakeUpTooLate; Forged: no such option.
        """

        def work(tx: Tx) -> None:
            make_up = self._mine(tx, user_id, make_up_id, now)
            paper = _paper(make_up)
            if paper.at != place:
                return
            drawn = paper.questions[place]
            item = item_of(drawn.body)
            if option is None:
                if item.kind is not Kind.SEVERAL or not drawn.answer:
                    raise Expired()
                self._answered(
                    tx, user_id, make_up, paper.with_answer(place, drawn.answer, final=True), on_message, now
                )
                return
            chosen = chosen_at(drawn.order, (option,))
            if not chosen:
                raise Forged()
            if item.kind is Kind.SEVERAL:
                before = drawn.answer if isinstance(drawn.answer, tuple) else ()
                toggled = tuple(sorted(set(before) ^ set(chosen)))
                self._answered(tx, user_id, make_up, paper.with_answer(place, toggled, final=False), on_message, now)
            else:
                self._answered(tx, user_id, make_up, paper.with_answer(place, chosen, final=True), on_message, now)

        await self._database.write(work)

    async def write(self, user_id: int, make_up_id: int, said: str, *, now: datetime) -> bool:
        """Answer the question on the screen in words; says whether that was an answer to it.

        Raises:
            Expired, NotAllowed, MakeUpDone, MakeUpTooLate.
        """

        def work(tx: Tx) -> bool:
            make_up = self._mine(tx, user_id, make_up_id, now)
            paper = _paper(make_up)
            place = paper.at
            if place is None:
                raise Expired()
            drawn = paper.questions[place]
            answer = typed_answer(item_of(drawn.body), drawn.order, said)
            if answer is None:
                return False
            self._answered(tx, user_id, make_up, paper.with_answer(place, answer, final=True), None, now)
            return True

        return await self._database.write(work)

    def _draw(self, tx: Tx, session: Session) -> Paper | None:
        rules = programme_in_force(tx).rollcall.make_up or _DEFAULT
        return draw(tx, Bank(rules.bank_of(session.series), rules.questions), self._dice)

    def _answered(
        self, tx: Tx, user_id: int, make_up: MakeUp, paper: Paper, on_message: int | None, now: datetime
    ) -> None:
        kept = make_up.model_copy(update={"paper": paper.model_dump_json()})
        tx.make_ups.put(kept)
        session = session_of(tx, make_up.session_id)
        if paper.at is not None:
            self._ask(tx, user_id, kept, paper, session, on_message, now)
            return
        under_way = tx.conversations.get(user_id, user_id)
        if under_way is not None and under_way.topic == TEST_TOPIC:
            tx.conversations.end(user_id, user_id)
        rules = programme_in_force(tx).rollcall.make_up or _DEFAULT
        passed = paper.percent >= rules.pass_percent
        if passed:
            self._hand_in(tx, kept, paper.percent, now=now)
        else:
            update = {"paper": "", "percent": paper.percent, "tries": kept.tries + 1}
            tx.make_ups.put(kept.model_copy(update=update))
        view = MakeUpTested(
            id=make_up.id,
            title=session.title,
            right=paper.right,
            of=len(paper.questions),
            percent=paper.percent,
            pass_percent=rules.pass_percent,
            passed=passed,
        )
        _put(tx, user_id, on_message, view, now)

    def _ask(
        self,
        tx: Tx,
        user_id: int,
        make_up: MakeUp,
        paper: Paper,
        session: Session,
        on_message: int | None,
        now: datetime,
    ) -> None:
        place = paper.at
        assert place is not None
        tx.conversations.put(user_id, user_id, TEST_TOPIC, str(make_up.id), now=now)
        view = MakeUpQuestion(
            id=make_up.id, title=session.title, place=place, of=len(paper.questions), posed=paper.posed(place)
        )
        _put(tx, user_id, on_message, view, now)

    def _hand_in(self, tx: Tx, make_up: MakeUp, percent: int | None, *, now: datetime) -> MakeUp:
        """Read and (where there is a test) passed: it waits for a signature, and whoever gives it is asked."""
        done = make_up.model_copy(
            update={
                "state": "waiting",
                "paper": "",
                "percent": percent,
                "tries": make_up.tries + 1,
                "handed_at": now,
                "reason": "",
            }
        )
        tx.make_ups.put(done)
        for decider in deciders_of(tx, person_of(tx, done), self._office.admins):
            tx.make_ups.notify(done, decider)
            ref = request_ref(done, decider)
            tx.outbox.say(decider, request_of(tx, done), now=now, rank=Rank.PUSH, ref=ref)
        return done

    def _mine(self, tx: Tx, user_id: int, make_up_id: int, now: datetime) -> MakeUp:
        """One's own make-up that is still to be done."""
        make_up = make_up_of(tx, make_up_id)
        if access_of(tx, user_id, self._office.admins).member().id != make_up.person_id:
            raise NotAllowed()
        if make_up.state != "open":
            raise MakeUpDone()
        if now > make_up.due_at:
            raise MakeUpTooLate()
        return make_up

    def _card(self, tx: Tx, make_up: MakeUp, now: datetime) -> MakeUpCard:
        session = session_of(tx, make_up.session_id)
        rules = programme_in_force(tx).rollcall.make_up or _DEFAULT
        material = next((one for one in tx.materials.all() if one.title == session.material), None)
        parts = () if material is None else (material.text, material.link)
        bank = tx.banks.named(rules.bank_of(session.series)) if rules.questions else None
        return MakeUpCard(
            id=make_up.id,
            session=facts_of(session),
            stage=stage_of(make_up, now),
            due_at=make_up.due_at,
            material=session.material,
            text="\n".join(part for part in parts if part)[:_TEXT],
            questions=0 if bank is None else min(rules.questions, bank.items),
            pass_percent=rules.pass_percent,
            percent=make_up.percent,
            tries=make_up.tries,
            reason=make_up.reason,
        )

    def _show(self, tx: Tx, user_id: int, make_up: MakeUp, on_message: int, now: datetime) -> None:
        _put(tx, user_id, on_message, self._card(tx, make_up, now), now)


def owed(tx: Tx, now: datetime) -> Iterable[Owed]:
    """The make-ups that somebody has yet to do; what waits for a signature, or is overdue, they do not owe."""
    for make_up in tx.make_ups.all_in("open"):
        if now <= make_up.due_at:
            session = session_of(tx, make_up.session_id)
            yield Owed(
                person_id=make_up.person_id,
                kind="make_up",
                title=session.title,
                due_at=make_up.due_at,
                payload=f"makeup_{make_up.id}",
            )


def _paper(make_up: MakeUp) -> Paper:
    if not make_up.paper:
        raise Expired()
    return Paper.model_validate_json(make_up.paper)


def _card_ref(make_up: MakeUp) -> str:
    return f"makeup:{make_up.id}"


def _put(
    tx: Tx, user_id: int, on_message: int | None, view: MakeUpCard | MakeUpQuestion | MakeUpTested, now: datetime
) -> None:
    """In place of the message whose button was pressed; what was said gets a new one."""
    if on_message is None:
        tx.outbox.say(user_id, view, now=now)
        return
    ref = f"pressed:{user_id}:{on_message}"
    tx.outbox.adopt(ref, user_id, on_message, now=now)
    tx.outbox.edit(ref, view, now=now, rank=Rank.REPLY)
