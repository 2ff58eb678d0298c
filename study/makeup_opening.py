"""When somebody has to make up for a session, and when no longer."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from storage import Rank, Tx
from storage.attendance import Presence
from storage.people import Person
from storage.sessions import Session
from study.attendance_book import facts_of
from study.calendar import day_of, moment
from study.makeup_views import MakeUpOpened
from study.programme import programme_in_force

_LAST_MINUTE = time(23, 59)


def settle_make_up(
    tx: Tx, session: Session, person: Person, status: Presence, zone: ZoneInfo, *, now: datetime
) -> None:
    """Bring the make-up in line with what the register says: opened (and told) after an absence, dropped if there was none.

    One that is cleared stays, unless the line says anything else than that.
    """
    rules = programme_in_force(tx).rollcall.make_up
    known = tx.make_ups.of(session.id, person.id)
    wanted = rules is not None and (status is Presence.ABSENT or (status is Presence.LEAVE and rules.leave))
    if known is not None and known.state != "dropped" and status is not Presence.MAKE_UP:
        undone = known.state == "cleared"
        if undone or not wanted:
            tx.make_ups.put(known.model_copy(update={"state": "dropped"}))
    if not wanted:
        return
    assert rules is not None
    due_at = moment(day_of(now, zone) + timedelta(days=rules.days), _LAST_MINUTE, zone)
    make_up_id = tx.make_ups.open(session.id, person.id, due_at=due_at, now=now)
    if make_up_id is not None and person.user_id is not None:
        view = MakeUpOpened(id=make_up_id, session=facts_of(session), due_at=due_at)
        tx.outbox.say(person.user_id, view, now=now, rank=Rank.PUSH)
