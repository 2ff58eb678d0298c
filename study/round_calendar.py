"""Which rounds there are, by the programme in force: rows made ahead, and the alarms of each.

What nobody was told of follows the programme; what was announced, or moved by hand, stays as it is.
"""

from datetime import date, datetime, time, timedelta

from storage import Tx
from storage.rounds import RoundRow, RoundState
from study.calendar import day_of, moment, previous_on
from study.programme import programme_in_force
from study.programme.rounds import RoundPlan, weekday
from study.round_book import RoundSettings, people_by_unit, plan_of
from study.round_rules import Dated, Weeks, dates

AHEAD = timedelta(days=45)
"""How far rounds are planned; an organiser sees so many, and an announcement comes at most 20 days before."""
USEFUL = timedelta(hours=12)
"""A round that could not be opened so long after its hour is reported as missed."""


def days_of(plan: RoundPlan, first: date, last: date, settings: RoundSettings) -> tuple[Dated, ...]:
    """The days of a kind of round within a time."""
    weeks = None
    if plan.weeks is not None:
        weeks = Weeks(plan.weeks.every, weekday(plan.weeks.on), plan.weeks.since)
    return dates(plan.days, weeks, plan.shift, settings.works, first, last)


def follow_programme(tx: Tx, now: datetime, settings: RoundSettings) -> None:
    """Let the rounds to come be those of the programme in force."""
    programme = programme_in_force(tx)
    zone = settings.zone
    today = day_of(now, zone)
    planned = {row.key: row for row in tx.rounds.planned(now)}
    kept = set()
    for plan in programme.rounds.rounds:
        wanted = [
            (one, moment(one.day, plan.at, zone))
            for one in days_of(plan, today, today + AHEAD, settings)
            if moment(one.day, plan.at, zone) > now
        ]
        if not wanted:
            continue
        body = plan.model_dump_json()
        for unit_id in people_by_unit(tx, programme, plan):
            for one, starts_at in wanted:
                key = f"{plan.key}:{unit_id}:{one.nominal.isoformat()}"
                kept.add(key)
                _keep(tx, planned.get(key), key, plan, body, unit_id, one.nominal, starts_at, now, settings)
    for key, row in planned.items():
        if key not in kept and row.moved_by is None:
            call_off_alarms(tx, row)
            tx.rounds.drop(row.id)


def _keep(
    tx: Tx,
    known: RoundRow | None,
    key: str,
    plan: RoundPlan,
    body: str,
    unit_id: int,
    nominal: date,
    starts_at: datetime,
    now: datetime,
    settings: RoundSettings,
) -> None:
    if known is None:
        seed = f"{settings.dice.getrandbits(64):016x}"
        round_id = tx.rounds.add(
            key=key,
            plan=plan.key,
            unit_id=unit_id,
            nominal=nominal,
            starts_at=starts_at,
            body=body,
            seed=seed,
            now=now,
        )
        if round_id is not None:
            row = tx.rounds.get(round_id)
            assert row is not None
            set_alarms(tx, row, now, settings)
    elif known.body != body or (known.starts_at != starts_at and known.moved_by is None):
        tx.rounds.replan(known.id, starts_at=known.starts_at if known.moved_by else starts_at, body=body)
        row = tx.rounds.get(known.id)
        assert row is not None
        for kind, at in times_of(row, now, settings):
            tx.alarms.move(kind, alarm_key(row), at)


def alarm_key(row: RoundRow) -> str:
    """The key of a round's alarms; those of the time before it was moved have another."""
    return f"{row.id}:{row.turn}"


def times_of(row: RoundRow, now: datetime, settings: RoundSettings) -> tuple[tuple[str, datetime], ...]:
    """When a round is announced, reminded of and opened; what would be over already comes at once.

    A reminder that would come with the announcement, or after the beginning, is left out.
    """
    plan = plan_of(row)
    day = day_of(row.starts_at, settings.zone)
    announce = max(now, _message(day, plan.announce_days, plan.message_at, settings))
    remind = _message(day, plan.remind_days, plan.message_at, settings)
    times = [("round.announce", min(announce, row.starts_at)), ("round.open", row.starts_at)]
    if row.state is not RoundState.PLANNED:
        times = times[1:]
        announce = now
    if announce < remind < row.starts_at:
        times.append(("round.remind", remind))
    return tuple(times)


def set_alarms(tx: Tx, row: RoundRow, now: datetime, settings: RoundSettings) -> None:
    """Let the alarms of a round ring."""
    for kind, at in times_of(row, now, settings):
        useful = row.starts_at + USEFUL if kind == "round.open" else row.starts_at
        tx.alarms.set(kind, alarm_key(row), at, useful_until=useful)


def call_off_alarms(tx: Tx, row: RoundRow) -> None:
    """Let nothing of a round ring."""
    for kind in ("round.announce", "round.remind", "round.open"):
        tx.alarms.cancel(kind, alarm_key(row))


def remind_at(row: RoundRow, settings: RoundSettings) -> datetime:
    """When people are reminded of a round."""
    plan = plan_of(row)
    return _message(day_of(row.starts_at, settings.zone), plan.remind_days, plan.message_at, settings)


def _message(day: date, workdays: int, at: time, settings: RoundSettings) -> datetime:
    """So many workdays before a day: nobody is written to on a holiday."""
    for _ in range(workdays):
        day = previous_on("workdays", day, settings.country) or day
    return moment(day, at, settings.zone)
