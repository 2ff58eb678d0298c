"""What each person has to come to within a period, how far they are, and what is missing."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from quizzes.engine.frozen import dataclass
from storage import Tx
from storage.people import Person
from study.calendar import day_of, moment
from study.ledger import Happening, credit
from study.owed import Owed
from study.periods import Period, period_of
from study.programme import programme_in_force
from study.programme.quotas import Quota, Slot
from study.programme.words import Title

_TEMPLATES = {"reflection": ("reflection", "own_reflection"), "assignment": ("assignment", "assignment")}
_DEFAULT_ZONE = ZoneInfo("Asia/Shanghai")
_DAY_ENDS = time(23, 59)


@dataclass(frozen=True, slots=True)
class Gap:
    """One slot of somebody's quota: how many of how many there are, in which period. A filled one is told too."""

    quota: str
    quota_title: Title
    slot: str
    title: Title
    done: int
    wanted: int
    period: Period

    @property
    def is_filled(self) -> bool:
        """Whether nothing is missing."""
        return self.done >= self.wanted

    def line(self, language: str) -> str:
        """Such as ``一本好书 0/1``; what goes beyond the quota is counted too."""
        return f"{self.title.within(language)} {self.done}/{self.wanted}"


def gaps(tx: Tx, person: Person, day: date, *, zone: ZoneInfo = _DEFAULT_ZONE) -> tuple[Gap, ...]:
    """Every slot of every quota that a person has on a day, in the order of ``quotas.toml``."""
    return tuple(gap for quota in quotas_of(tx, person) for gap in standing(tx, person, quota, day, zone))


def quotas_of(tx: Tx, person: Person) -> tuple[Quota, ...]:
    """The quotas that a person has."""
    programme = programme_in_force(tx)
    unit = tx.people.unit(person.unit_id)
    cohorts = {cohort.key: cohort.who for cohort in programme.header.cohorts}
    path = "" if unit is None else unit.path
    return tuple(quota for quota in programme.quotas.quotas if quota.who.concerns(person, path, cohorts))


def standing(tx: Tx, person: Person, quota: Quota, day: date, zone: ZoneInfo) -> tuple[Gap, ...]:
    """How far a person is with one quota in the period that a day lies in."""
    period = period_of(quota.period, day)
    return tuple(
        Gap(quota.key, quota.title, slot.key, slot.title, _done(tx, person, slot, period, zone), slot.count, period)
        for slot in quota.slots
    )


def settle_quotas(tx: Tx, person_id: int, day: date, *, now: datetime, zone: ZoneInfo) -> None:
    """Let the ledger say which quotas of a person are filled in the period of a day; again and again if need be."""
    person = tx.people.person(person_id)
    if person is None or person.left_at is not None:
        return
    for quota in quotas_of(tx, person):
        found = standing(tx, person, quota, day, zone)
        filled = Happening("quota.filled", {"quota": quota.key}) if all(gap.is_filled for gap in found) else None
        period = found[0].period
        credit(tx, person.id, f"quota:{quota.key}:{period.key}", filled, day=min(day, period.last), now=now)


def owed(tx: Tx, now: datetime, *, zone: ZoneInfo = _DEFAULT_ZONE) -> Iterable[Owed]:
    """The slots that are not filled, of each quota whose period is in its last ``remind_days`` days: once a week at first."""
    today = day_of(now, zone)
    programme = programme_in_force(tx)
    for quota in programme.quotas.quotas:
        period = period_of(quota.period, today)
        if (period.last - today).days >= quota.remind_days:
            continue
        due_at = moment(period.last, _DAY_ENDS, zone)
        for person in programme.meant(tx, quota.who):
            language = tx.places.language(person.user_id) if person.user_id is not None else None
            for gap in standing(tx, person, quota, today, zone):
                if not gap.is_filled:
                    yield Owed(person.id, "quota", gap.line(language or "zh-CN"), due_at, "work_home", weekly=True)


def overview(
    tx: Tx, quota: Quota, units: frozenset[int], day: date, zone: ZoneInfo
) -> Sequence[tuple[Person, tuple[Gap, ...]]]:
    """How far everybody who is meant is, of some units, by unit and name."""
    people = programme_in_force(tx).meant(tx, quota.who)
    return [(one, standing(tx, one, quota, day, zone)) for one in people if one.unit_id in units]


def _done(tx: Tx, person: Person, slot: Slot, period: Period, zone: ZoneInfo) -> int:
    since = moment(period.first, time(0), zone)
    until = moment(period.last + timedelta(days=1), time(0), zone)
    series = slot.series or ""
    if slot.work is not None:
        return tx.works.accepted(person.id, slot.work, period.first, period.last)
    if slot.task is not None:
        return tx.works.tasks(person.id, _TEMPLATES[slot.task], since, until)
    if slot.sessions == "lectured":
        return tx.works.lectured(person.name, series, since, until)
    if slot.sessions == "spoke":
        return tx.works.spoke(person.id, series, since, until)
    return tx.works.attended(person.id, series, since, until)
