"""``studyhall doctor``: a database in which something is odd, and the line that says so."""

import json
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.backups import backup_name
from bot.commands import doctor, doctor_files, doctor_tables
from bot.commands.doctor_words import SENTENCES
from storage import Tx, to_ms
from storage.database import _prepare
from storage.outbox import State
from storage.people import Role
from storage.transaction import Aftermath
from study.notes import Note
from study.programme.reading import SHIPPED, read_programme
from tests.cli.desk import Desk
from tests.dialogues.match import gather
from tests.hall import ADMIN_ID, Hall, HallMaker

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


_played: list[bytes] = []
"""The database of :func:`played`, made once: it is only read from there."""


@pytest.fixture
async def played(hall_with: HallMaker, tmp_path: Path) -> Path:
    """A database in which a contest was played and another one goes on."""
    path = tmp_path / "studyhall.db"
    if _played:
        path.touch(mode=0o600)
        path.write_bytes(_played[0])
        return path
    hall: Hall = await hall_with()
    match = await gather(hall)
    await match.begins()
    for player, right in ((match.anna, True), (match.bert, False)):
        await player.presses("抢答", match.group)
        await player.presses(await match.letter(right=right), match.group)
        await hall.advance(seconds=10)
    await hall.advance(minutes=2)
    await match.begins()
    admin = await hall.admin()
    await admin.says("/start")
    await hall.stop_bot()
    _played.append(path.read_bytes())
    return path


class Clinic:
    """A healthy database, what the test does to it, and what the doctor says."""

    def __init__(self, desk: Desk, database: Path) -> None:
        self.desk = desk
        self.database = database
        with closing(sqlite3.connect(database)) as connection:
            last = connection.execute("SELECT max(max(received_at), 0) FROM inbox").fetchone()[0]
        self.last = datetime.fromtimestamp(last / 1000, UTC)
        self.backups = desk.folder / "backups"
        self.backups.mkdir()
        (self.backups / backup_name(datetime.now(UTC))).touch()
        self.config()

    def config(self, **sections: object) -> None:
        """Write the configuration."""
        path = self.desk.config(
            storage={"url": f"sqlite:///{self.database}"},
            **{"backup": {"folder": str(self.backups)}, "programme": {"language": "en"}, **sections},  # type: ignore[arg-type]
        )
        path.chmod(0o600)

    def does(self, work: Callable[[Tx], object]) -> None:
        """Change something in the database."""
        with closing(sqlite3.connect(self.database, isolation_level=None)) as connection:
            _prepare(connection, write=True)
            connection.execute("PRAGMA foreign_keys = OFF")
            work(Tx(connection, Aftermath()))

    def runs(self, statement: str, *values: object) -> None:
        """Change something that no method of ours would."""
        self.does(lambda tx: tx.connection.execute(statement, values))

    async def says(self, *words: str | Path) -> dict[str, str]:
        """Every finding: its sentence by its code."""
        done = await self.desk.here("doctor", "--format", "json", *words)
        assert done.err == []
        findings = json.loads("\n".join(done.out))["findings"]
        assert done.status == (1 if any(finding["level"] == "wrong" for finding in findings) else 0)
        return {finding["code"]: finding["says"] for finding in findings}


@pytest.fixture
def clinic(desk: Desk, played: Path) -> Clinic:
    """The doctor and a healthy patient."""
    return Clinic(desk, played)


async def test_healthy_database_has_no_findings(clinic: Clinic) -> None:
    """Nothing to say, status 0, on the database and on a backup of it; nothing was changed by looking."""
    await clinic.desk.here("backup", "copy.db")
    before = clinic.database.read_bytes()

    told = await clinic.desk.here("doctor")
    copy = await clinic.desk.here("doctor", "copy.db")

    assert (told.status, told.err) == (0, [])
    assert told.out[1:] == ["The bot is not running.", "✓ Nothing odd was found."]
    assert (copy.status, copy.out[-1]) == (0, "✓ Nothing odd was found.")
    assert clinic.database.read_bytes() == before


async def test_what_has_come_to_a_stop(clinic: Clinic) -> None:
    """The bot was at work for another day, and left lying what it should have dealt with: each is one line."""
    later = clinic.last + DAY

    def leave_lying(tx: Tx) -> None:
        for state, number, at in (("waiting", 91, -HOUR), ("failed", 92, -HOUR), ("done", 93, timedelta())):
            tx.connection.execute(
                "INSERT INTO inbox (update_id, chat_id, received_at, body, state) VALUES (?, 1, ?, '{}', ?)",
                (number, to_ms(later + at), state),
            )
        for state in State:
            row_id = tx.outbox.say(1, Note(text="x"), now=later - 3 * HOUR)
            sent_at = None if state in (State.PENDING, State.SENDING) else to_ms(later - 3 * HOUR)
            tx.connection.execute("UPDATE outbox SET state = ?, sent_at = ? WHERE id = ?", (state, sent_at, row_id))
        tx.alarms.set("checkin.open", "long ago", later - HOUR)
        lobby = tx.contests.add(-7, preset="buzzer", bank="x", host_id=1, now=clinic.last - DAY)
        opened = tx.contests.events(1)[0]
        tx.append_events(lobby, 0, [(clinic.last - DAY, opened.kind, opened.body)])

    clinic.does(leave_lying)

    found = await clinic.says()

    assert found.keys() == {
        "updates_waiting",
        "updates_failed",
        "deliveries_waiting",
        "deliveries_stuck",
        "deliveries_doubtful",
        "alarms_overdue",
        "contest_stuck",
        "contest_forgotten",
    }
    assert found["updates_waiting"] == (
        "Updates (1) have waited since 24 November 2026 06:02 to be dealt with: restart the bot; if they stay, see the log."
    )
    assert found["contest_stuck"].startswith("Contest 2 has stood still since 23 November 2026 07:0")


async def test_what_does_not_fit_together(clinic: Clinic) -> None:
    """People and groups, sums and records, works and tasks of another world."""
    now = clinic.last

    def spoil(tx: Tx) -> None:
        unit = tx.people.add_unit("示范区/第二支部")
        for code in ("Q1", "q1"):
            tx.people.add(code=code, name="同名", unit_id=unit, level="", title="", role=Role.MEMBER, now=now)
        stray = tx.people.add(code="Z1", name="无单位", unit_id=8888, level="", title="", role=Role.MEMBER, now=now)
        tx.places.see_group(-5, "没有绑定的群")
        tx.places.see_group(-6, "失散的群")
        tx.places.bind(-6, 9999)
        tx.connection.execute(
            "INSERT INTO ledger_totals (period, person_id, points) VALUES ('2026', (SELECT min(id) FROM people), 5)"
        )
        tx.connection.execute(
            "UPDATE contest_events SET body = replace(body, '110', '120') WHERE contest_id = 1 AND kind = 'ContestFinished'"
        )
        tx.connection.execute(
            "INSERT INTO tasks (template, title, text, files, least, audience, created_at, due_at)"
            " VALUES ('of the future', '', '', '[]', 0, '{}', 0, 0)"
        )
        kinds = read_programme(SHIPPED / "penglai").works.works
        for stage in (0, len(kinds[0].stages)):
            plan = kinds[0].model_dump_json()
            work = tx.works.add(
                key=None, kind="report", plan=plan, period="2026", unit_id=unit, author_id=1, due_at=None, now=now
            )
            tx.connection.execute("UPDATE works SET stage = ? WHERE id = ?", (stage, work))
        assert stray is not None

    clinic.does(spoil)
    clinic.config(programme={"language": "en", "admins": [ADMIN_ID, 4711]})

    found = await clinic.says()

    assert found.keys() == {
        "orphans",
        "ledger_unequal",
        "contest_broken",
        "work_unknown",
        "work_stage_unknown",
        "task_unknown",
        "person_twice",
        "code_twice",
        "group_unbound",
        "group_astray",
        "admin_unknown",
    }
    assert found["orphans"].startswith("Entries of “people” (1) belong to entries of “units” that are not there:")
    assert found["person_twice"].startswith("同名 is on the roster of 示范区/第二支部 2 times:")
    assert "没有绑定的群" in found["group_unbound"]
    assert "4711" in found["admin_unknown"]


async def test_the_machine_around_it(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """Disk, log, rights, clock, backups, the configuration."""
    clinic.config(programme={"language": "en", "admins": []})
    clinic.database.chmod(0o644)
    (clinic.desk.folder / "config.toml").chmod(0o604)
    for backup in clinic.backups.iterdir():
        backup.rename(clinic.backups / backup_name(datetime.now(UTC) - 3 * DAY))
    clinic.runs("UPDATE inbox SET received_at = ?", to_ms(datetime.now(UTC) + HOUR))
    monkeypatch.setattr(doctor_files, "_LEAST_FREE", 2**60)
    monkeypatch.setattr(doctor_files, "_LARGE_LOG", -1)

    found = await clinic.says()
    for backup in clinic.backups.iterdir():
        backup.unlink()
    never = await clinic.says()
    clinic.config(backup={"folder": ""})
    nowhere = await clinic.says()

    assert {"disk_full", "log_large", "readable_by_all", "clock_behind", "no_admins", "backup_old"} <= found.keys()
    assert "backup_never" in never
    assert "backup_nowhere" in nowhere


async def test_another_version_and_a_damaged_file(clinic: Clinic) -> None:
    """An older or a newer schema is named and its tables are left alone; a damaged page is found, and its way out told."""
    schemas = {}
    for revision in ("0001", "9999"):
        path = clinic.desk.folder / f"{revision}.db"
        shutil.copy(clinic.database, path)
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
        schemas[revision] = await clinic.says(path)
    damaged = clinic.desk.folder / "damaged.db"
    content = clinic.database.read_bytes()
    found = {}
    for pages in (range(1, 30), range(200, 230)):
        spoilt = bytearray(content)
        for page in pages:
            spoilt[page * 4096 : (page + 1) * 4096] = bytes(4096)
        damaged.write_bytes(spoilt)
        found[pages.start] = await clinic.says(damaged)
    missing = await clinic.desk.here("doctor", "nowhere.db")
    foreign = await clinic.desk.here("doctor", clinic.desk.write("text.db", "no database" * 1000))
    clinic.database.write_bytes(damaged.read_bytes())
    own = await clinic.says()

    assert list(schemas["0001"]) == ["schema_older"]
    assert list(schemas["9999"]) == ["schema_newer"]
    assert all("take an older one" in codes["backup_damaged"] for codes in found.values())
    assert "studyhall restore FILE" in own["damaged"]
    assert [done.status for done in (missing, foreign)] == [1, 1]
    assert missing.err == ["There is no file nowhere.db."]
    assert len(foreign.err) == 1


async def test_beside_a_running_bot(desk: Desk, hall_with: HallMaker) -> None:
    """The doctor reads while the bot works, says that it runs, and by the present what is late."""
    hall = await hall_with()
    desk.config(storage={"url": f"sqlite:///{hall.database_path}"}, programme={"language": "en"})

    done = await desk.here("doctor")

    assert done.out[1] == "The bot is running."


def test_every_sentence_has_its_check() -> None:
    """No sentence for what nothing finds, and none missing."""
    sources = "".join(
        Path(module.__file__ or "").read_text(encoding="utf-8") for module in (doctor, doctor_files, doctor_tables)
    )

    assert set(re.findall(r'(?:wrong|hint)\(\s*"(\w+)"', sources)) == set(SENTENCES)
