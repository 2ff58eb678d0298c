"""The three figures of sessions, which are never the same thing, and the two of speeches.

* **sessions** (场次): sessions that were held; planned and cancelled ones do not count;
* **attendances** (人次): lines of their registers that say present, late or make-up (到、迟到、补);
* **people** (人数): the different people behind these lines;
* **speeches** (发言人次): speeches that an organiser noted or confirmed; **speakers** (发言人数): who gave them.

For a unit, attendances and speeches are those of people who were in it or below it at that time, and sessions those that it
(or a unit below it) gave or that one of these people attended. People are counted once in each part, so the people of all
parts together may be more than the people of the whole.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from quizzes.engine.frozen import dataclass
from storage import Tx
from study.calendar import moment
from study.programme import programme_in_force

Side = Literal["series", "topic", "form", "unit", "session"]


@dataclass(frozen=True, slots=True)
class Figures:
    """Sessions, attendances and people; speeches and speakers."""

    sessions: int = 0
    attendances: int = 0
    people: int = 0
    speeches: int = 0
    speakers: int = 0


def span(first: date, last: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The moments from the beginning of ``first`` to the end of ``last`` (the second does not belong to it)."""
    return moment(first, time(0), zone), moment(last + timedelta(days=1), time(0), zone)


def figures(tx: Tx, first: date, last: date, zone: ZoneInfo, *, path: str = "") -> Figures:
    """The figures of the sessions from ``first`` to ``last``, both days included; of a unit and those below it if ``path``
    names one."""
    return _parts(tx, first, last, zone, "", path).get("", Figures())


def figures_by(tx: Tx, first: date, last: date, zone: ZoneInfo, side: Side, *, path: str = "") -> Mapping[str, Figures]:
    """The same by the keys of the series, topics or forms (empty: none), or by the ids (as text) of the units of those who
    attended, or of the sessions. Units stand for themselves alone, not for those below them."""
    return {part: found for part, found in _parts(tx, first, last, zone, side, path).items() if part is not None}


def figures_of_cohorts(tx: Tx, first: date, last: date, zone: ZoneInfo, *, path: str = "") -> Mapping[str, Figures]:
    """The same by the programme's cohorts, as the roster has them (and their units) today: sessions that one of a cohort
    attended."""
    programme = programme_in_force(tx)
    lines = tx.sessions.figure_lines(*span(first, last, zone))
    paths = {unit.id: unit.path for unit in tx.people.units()}
    found: dict[str, Figures] = {}
    for cohort in programme.header.cohorts:
        ids = {person.id for person in programme.meant(tx, cohort.who) if _is_in(paths[person.unit_id], path)}
        found[cohort.key] = _counted(
            (line.session_id, line.person_id, line.what) for line in lines if line.person_id in ids
        )
    return found


def _is_in(own: str, path: str) -> bool:
    return not path or own == path or own.startswith(f"{path}/")


def _counted(lines: Iterable[tuple[int, int, str]]) -> Figures:
    by_kind: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for session_id, person_id, what in lines:
        by_kind[what].append((session_id, person_id))
    attended, spoke = by_kind["attended"], by_kind["spoke"]
    return Figures(
        sessions=len({session for session, _ in attended}),
        attendances=len(attended),
        people=len({person for _, person in attended}),
        speeches=len(spoke),
        speakers=len({person for _, person in spoke}),
    )


def _parts(tx: Tx, first: date, last: date, zone: ZoneInfo, side: str, path: str) -> Mapping[str | None, Figures]:
    begin, end = span(first, last, zone)
    spoken = {one.part: one for one in tx.sessions.spoken(begin, end, by=side, path=path)}
    found: dict[str | None, Figures] = {}
    for one in tx.sessions.attended(begin, end, by=side, path=path):
        words = spoken.pop(one.part, None)
        found[one.part] = Figures(
            one.sessions,
            one.attendances,
            one.people,
            words.speeches if words else 0,
            words.speakers if words else 0,
        )
    for part, words in spoken.items():
        found[part] = Figures(speeches=words.speeches, speakers=words.speakers)
    return found
