"""The figures of sessions come from queries; here they are held against a plain recount of the rows."""

import random
from collections.abc import AsyncIterator, Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from shutil import copy
from zoneinfo import ZoneInfo

import pytest

from storage import Database, Tx
from storage.people import Role
from storage.sessions import SessionState
from study.programme import Programme
from study.programme.applying import Programmes
from study.programme.header import Cohort, Header
from study.programme.words import Title, Who
from study.session_figures import Figures, figures, figures_by, figures_of_cohorts

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")
UNITS = ("区", "区/甲", "区/甲_", "区/甲/一组", "区/乙")
FIRST, LAST = date(2026, 3, 1), date(2026, 9, 30)


@pytest.fixture
async def database(tmp_path: Path, empty_database: Path) -> AsyncIterator[Database]:
    """A year of sessions of all kinds, with registers and speeches drawn by lot."""
    copy(empty_database, tmp_path / "figures.db")
    database = Database(tmp_path / "figures.db")
    await database.open()
    who = Who(levels=("young",))
    header = Header(cohorts=(Cohort(key="young", title=Title({"en": "Young"}), who=who),))
    await Programmes(database).apply(Programme(name="one", header=header), now=NOW)
    await database.write(_fill)
    yield database
    await database.close()


def _fill(tx: Tx) -> None:
    dice = random.Random(20260101)
    units = [tx.people.add_unit(path) for path in UNITS]
    people = [
        tx.people.add(
            code=str(n),
            name=f"P{n}",
            unit_id=dice.choice(units),
            level=dice.choice(("young", "old")),
            title="",
            role=Role.MEMBER,
            now=NOW,
        )
        for n in range(20)
    ]
    for _ in range(60):
        starts_at = NOW + timedelta(days=dice.randrange(365), hours=dice.randrange(24))
        session_id = tx.sessions.add(
            key=None,
            title="t",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=1),
            series=dice.choice(("", "a", "b")),
            topic=dice.choice(("", "x")),
            form=dice.choice(("lecture", "seminar")),
            unit_id=dice.choice((None, *units)),
            now=NOW,
        )
        assert session_id is not None
        tx.sessions.set_state(session_id, dice.choice((SessionState.HELD, SessionState.HELD, *SessionState)))
        for person_id in dice.sample(people, dice.randrange(12)):
            person = tx.people.person(person_id)
            assert person is not None
            tx.connection.execute(
                "INSERT INTO attendances VALUES (?, ?, ?, ?, NULL)",
                (session_id, person_id, person.unit_id, dice.choice(("present", "late", "leave", "absent", "make_up"))),
            )
        for person_id in dice.choices(people, k=dice.randrange(4)):
            person = tx.people.person(person_id)
            assert person is not None
            speech_id = tx.sessions.speak(
                session_id, person_id, person.unit_id, "", by=1, confirmed_by=dice.choice((None, 1)), now=NOW
            )
            if dice.random() < 0.2:
                tx.sessions.withdraw_speech(speech_id, now=NOW)


def recount(
    tx: Tx,
    path: str = "",
    only: Callable[[dict[str, object]], bool] = lambda session: True,
    people: set[int] | None = None,
) -> Figures:
    """Count row by row, in Python, what the queries count."""
    paths = {unit.id: unit.path for unit in tx.people.units()}

    def inside(unit_id: object) -> bool:
        own = paths.get(unit_id, "")  # type: ignore[call-overload]
        return not path or own == path or own.startswith(f"{path}/")

    attended: list[tuple[object, object]] = []
    spoke: list[object] = []
    counted: set[object] = set()
    rows = {
        name: tx.connection.execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608 - names of our own
        for name in ("sessions", "attendances", "speeches")
    }
    for session in rows["sessions"]:
        day = datetime.fromtimestamp(session["starts_at"] / 1000, ZONE).date()
        if session["state"] != "held" or not FIRST <= day <= LAST or not only(session):
            continue
        here = [
            line["person_id"]
            for line in rows["attendances"]
            if line["session_id"] == session["id"]
            and line["status"] in ("present", "late", "make_up")
            and inside(line["unit_id"])
            and (people is None or line["person_id"] in people)
        ]
        attended += [(session["id"], person) for person in here]
        spoke += [
            speech["person_id"]
            for speech in rows["speeches"]
            if speech["session_id"] == session["id"]
            and speech["confirmed_by"] is not None
            and speech["withdrawn_at"] is None
            and inside(speech["unit_id"])
            and (people is None or speech["person_id"] in people)
        ]
        given = people is None and (not path or (session["unit_id"] is not None and inside(session["unit_id"])))
        if here or given:
            counted.add(session["id"])
    return Figures(len(counted), len(attended), len({person for _, person in attended}), len(spoke), len(set(spoke)))


async def test_the_figures_are_those_of_a_plain_recount(database: Database) -> None:
    """In all, of each unit with those below it (甲_ is not below 甲), by series, topic and form, and of a cohort."""

    def look(tx: Tx) -> None:
        for path in ("", *UNITS):
            assert figures(tx, FIRST, LAST, ZONE, path=path) == recount(tx, path)
        for side in ("series", "topic", "form"):
            found = figures_by(tx, FIRST, LAST, ZONE, side)  # type: ignore[arg-type]
            assert found
            for key, value in found.items():
                assert value == recount(tx, only=lambda session, key=key, side=side: session[side] == key)  # type: ignore[misc]
        young = {person.id for person in tx.people.everybody() if person.level == "young"}
        assert figures_of_cohorts(tx, FIRST, LAST, ZONE)["young"] == recount(tx, people=young)
        total = figures(tx, FIRST, LAST, ZONE)
        assert total.sessions < total.attendances
        assert total.people < total.attendances
        assert 0 < total.speakers < total.speeches

    await database.read(look)


async def test_the_figures_of_units_stand_for_themselves(database: Database) -> None:
    """Attendances of all units together are those of the whole; each unit without those below it."""

    def look(tx: Tx) -> None:
        by_unit = figures_by(tx, FIRST, LAST, ZONE, "unit")
        assert sum(one.attendances for one in by_unit.values()) == figures(tx, FIRST, LAST, ZONE).attendances
        assert sum(one.speeches for one in by_unit.values()) == figures(tx, FIRST, LAST, ZONE).speeches

    await database.read(look)
