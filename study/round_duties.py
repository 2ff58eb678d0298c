"""What observers do at regular times: the daily touch-point, the weekly meeting, the monthly observation."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from storage import Tx
from storage.people import Person
from study.access import Access
from study.calendar import day_of
from study.errors import NotAllowed
from study.owed import Owed
from study.programme import programme_in_force
from study.programme.rounds import Duty
from study.round_book import RoundSettings, head_of
from study.round_rules import duty_due, duty_period
from study.round_views import DutyLine, DutyList


def duties_of(tx: Tx, person: Person) -> Sequence[Duty]:
    """What somebody does at regular times, by the programme in force."""
    programme = programme_in_force(tx)
    return [duty for duty in programme.rounds.duties if person in programme.meant(tx, duty.who)]


def do_duty(tx: Tx, person_id: int, key: str, *, evidence: str = "", now: datetime, settings: RoundSettings) -> bool:
    """Note that a duty is done for the period of ``now``; says whether that is new. A visit that is logged calls this too, with
    the row that shows it as ``evidence`` (``visit:12``); nothing happens if the programme has no such duty."""
    duty = next((one for one in programme_in_force(tx).rounds.duties if one.key == key), None)
    if duty is None:
        return False
    period = duty_period(duty.every, day_of(now, settings.zone))
    return tx.rounds.duty_done(person_id, key, period, evidence, now=now)


def must_have_duty(tx: Tx, access: Access, key: str) -> Person:
    """Let those pass whose duty it is.

    Raises:
        NotOnRoster, NotAllowed.
    """
    person = access.member()
    if key not in {duty.key for duty in duties_of(tx, person)}:
        raise NotAllowed()
    return person


def duty_list(tx: Tx, person: Person, now: datetime, settings: RoundSettings) -> DutyList:
    """What is to be done in this period, and the rounds that somebody may sit in."""
    today = day_of(now, settings.zone)
    lines = []
    for duty in duties_of(tx, person):
        period = duty_period(duty.every, today)
        done = next((one for one in tx.rounds.duties_done(duty.key, period) if one.person_id == person.id), None)
        due = duty_due(duty.every, today, settings.works)
        lines.append(
            DutyLine(
                key=duty.key,
                title=duty.title,
                every=duty.every,
                due=due,
                done_at=None if done is None else done.done_at,
            )
        )
    below = tx.people.within(person.unit_id)
    rounds = tuple(head_of(row) for row in tx.rounds.alive() if row.unit_id in below)
    return DutyList(duties=tuple(lines), rounds=rounds[:20])


def owed_duties(tx: Tx, now: datetime, settings: RoundSettings) -> Iterable[Owed]:
    """Whoever has not done a duty on the last day for it."""
    programme = programme_in_force(tx)
    today = day_of(now, settings.zone)
    for duty in programme.rounds.duties:
        if duty_due(duty.every, today, settings.works) != today:
            continue
        done = {one.person_id for one in tx.rounds.duties_done(duty.key, duty_period(duty.every, today))}
        for person in programme.meant(tx, duty.who):
            if person.id not in done:
                yield Owed(person.id, "duty", duty.title, payload="round_duties")
