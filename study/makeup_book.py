"""Make-up lessons inside a transaction: between their rows and what is shown of them."""

from datetime import datetime
from typing import Literal

from storage import Tx
from storage.makeups import MakeUp
from storage.people import Person
from study.attendance_book import facts_of, session_of
from study.errors import Expired
from study.makeup_views import MakeUpLine, MakeUpRequest, Stage


def make_up_of(tx: Tx, make_up_id: int) -> MakeUp:
    """A make-up.

    Raises:
        Expired: there is none.
    """
    make_up = tx.make_ups.get(make_up_id)
    if make_up is None:
        raise Expired()
    return make_up


def person_of(tx: Tx, make_up: MakeUp) -> Person:
    """Whose make-up it is.

    Raises:
        Expired: nobody's any more.
    """
    person = tx.people.person(make_up.person_id)
    if person is None:
        raise Expired()
    return person


def stage_of(make_up: MakeUp, now: datetime) -> Stage:
    """What comes next."""
    if make_up.state in ("waiting", "cleared"):
        return "waiting" if make_up.state == "waiting" else "cleared"
    if now > make_up.due_at or make_up.state == "dropped":
        return "over"
    return "reading" if make_up.read_at is None else "testing"


def request_of(tx: Tx, make_up: MakeUp) -> MakeUpRequest:
    """What those who sign off see."""
    person = person_of(tx, make_up)
    states: dict[str, Literal["waiting", "cleared", "returned"]] = {"waiting": "waiting", "cleared": "cleared"}
    return MakeUpRequest(
        id=make_up.id,
        session=facts_of(session_of(tx, make_up.session_id)),
        name=person.name,
        unit=person.unit,
        read_at=make_up.read_at,
        percent=make_up.percent,
        tries=make_up.tries,
        state=states.get(make_up.state, "returned"),
        signer=make_up.signer,
        reason=make_up.reason,
    )


def request_ref(make_up: MakeUp, user_id: int) -> str:
    """The name of somebody's copy of it."""
    return f"makeup.request:{make_up.id}:{make_up.tries}:{user_id}"


def line_of(tx: Tx, make_up: MakeUp, now: datetime, *, named: bool = False) -> MakeUpLine:
    """A make-up in a list."""
    return MakeUpLine(
        id=make_up.id,
        session=facts_of(session_of(tx, make_up.session_id)),
        stage=stage_of(make_up, now),
        due_at=make_up.due_at,
        name=person_of(tx, make_up).name if named else "",
    )
