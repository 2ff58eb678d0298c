"""How far everybody is with their quotas, counted for all of them at once.

The same rules as :mod:`study.quotas`, which looks at one person: here a query a source counts everybody, so that a report of
thousands costs no more than a few queries. Quotas whose period goes on are counted as far as the report goes.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import time, timedelta
from zoneinfo import ZoneInfo

from quizzes.engine.frozen import dataclass
from storage import Tx
from storage.people import Person
from storage.reports import Window
from study.calendar import moment
from study.periods import period_of
from study.programme import Programme
from study.programme.quotas import Quota, Slot
from study.report_rules import Counted

_TEMPLATES = {"reflection": ("reflection", "own_reflection"), "assignment": ("assignment",)}


@dataclass(frozen=True, slots=True)
class QuotaLine:
    """One person and one slot: how many of how many."""

    person: Person
    quota: Quota
    slot: Slot
    done: int

    @property
    def missing(self) -> int:
        """How many are missing."""
        return max(self.slot.count - self.done, 0)


def quota_lines(tx: Tx, programme: Programme, window: Window, zone: ZoneInfo) -> list[QuotaLine]:
    """Every slot of everybody who is meant, in the order of the quotas, by unit and name."""
    lines: list[QuotaLine] = []
    for quota in programme.quotas.quotas:
        period = period_of(quota.period, window.last)
        last = min(period.last, window.last)
        own = replace(
            window,
            first=period.first,
            last=last,
            begin=moment(period.first, time(0), zone),
            end=moment(last + timedelta(days=1), time(0), zone),
        )
        done: dict[tuple[int, str], dict[str, int]] = defaultdict(dict)
        for one in tx.reports.done(own):
            done[one.person_id, one.what][one.part] = one.n
        lectured = _by_name(tx.reports.lectured(own))
        for person in programme.meant(tx, quota.who):
            lines += [QuotaLine(person, quota, slot, _done(person, slot, done, lectured)) for slot in quota.slots]
    return lines


def _by_name(lectured: Mapping[tuple[str, str], int]) -> Mapping[str, Mapping[str, int]]:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for (name, series), n in lectured.items():
        found[name][series] = n
    return found


def _done(
    person: Person,
    slot: Slot,
    done: Mapping[tuple[int, str], Mapping[str, int]],
    lectured: Mapping[str, Mapping[str, int]],
) -> int:
    if slot.work is not None:
        return done.get((person.id, "work"), {}).get(slot.work, 0)
    if slot.task is not None:
        found = done.get((person.id, "task"), {})
        return sum(found.get(template, 0) for template in _TEMPLATES[slot.task])
    if slot.sessions == "lectured":
        found = lectured.get(person.name, {})
    else:
        found = done.get((person.id, slot.sessions or ""), {})
    return sum(n for series, n in found.items() if not slot.series or series == slot.series)


def complete(lines: Iterable[QuotaLine]) -> list[tuple[Person, Quota, bool]]:
    """Everybody who is meant by a quota, and whether nothing of it is missing."""
    found: dict[tuple[str, int], tuple[Person, Quota, bool]] = {}
    for line in lines:
        key = (line.quota.key, line.person.id)
        before = found.get(key, (line.person, line.quota, True))
        found[key] = (line.person, line.quota, before[2] and line.missing == 0)
    return list(found.values())


def quota_sums(lines: Sequence[QuotaLine]) -> Mapping[str, list[Counted]]:
    """The sums of the three sources of quotas."""
    whole = complete(lines)
    return {
        "quota_people": [Counted(p.unit_id, p.id, quota.key, 1, 1) for p, quota, _ in whole],
        "quota_complete": [Counted(p.unit_id, p.id, quota.key, 1, 1) for p, quota, done in whole if done],
        "quota_gaps": [
            Counted(line.person.unit_id, line.person.id, line.quota.key, 1, line.missing)
            for line in lines
            if line.missing
        ],
    }
