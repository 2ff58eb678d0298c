"""Every figure of a report against a plain recount of the raw tables, and against the rows that it names."""

import random
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from shutil import copy
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from storage import Database, Tx
from storage.people import Role
from storage.rows import to_ms
from study.periods import period_of
from study.programme import Programme
from study.programme.applying import Programmes
from study.quotas import standing
from study.report_figures import report_of, rows, scope_of, window_of
from study.report_rules import MEASURE
from study.report_views import Figure, Report
from tests.programme.parts import programme_of

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 12, 2, 1, tzinfo=UTC)
UNITS = ("区", "区/甲", "区/甲_", "区/甲/一组", "区/乙")
DAY = date(2026, 11, 15)

Rows = list[dict[str, Any]]


@pytest.fixture
async def database(tmp_path: Path, empty_database: Path) -> AsyncIterator[Database]:
    """Three months of everything, drawn by lot, with the quotas of a shipped programme in force."""
    path = tmp_path / "figures.db"
    copy(empty_database, path)
    database = Database(path)
    await database.open()
    try:
        await Programmes(database).apply(_programme(), now=NOW)
        await database.write(_fill)
        yield database
    finally:
        # An open one would keep the process from ending.
        await database.close()


def _programme() -> Programme:
    return programme_of("yuhang", "header", "works", "quotas", "points")


def _fill(tx: Tx) -> None:
    dice = random.Random(20261115)
    sql = tx.connection
    units = [tx.people.add_unit(path) for path in UNITS]
    people = [
        tx.people.add(
            code=str(n), name=f"P{n}", unit_id=dice.choice(units), level="领导干部", title="", role=Role.MEMBER, now=NOW
        )
        for n in range(24)
    ]

    def put(table: str, **row: Any) -> int:
        marks = ", ".join(f":{name}" for name in row)
        statement = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks}) ON CONFLICT DO NOTHING"  # noqa: S608 - our own names
        return int(sql.execute(statement, row).lastrowid or 0)

    def moment() -> int:
        return to_ms(datetime(2026, 9, 25, tzinfo=UTC) + timedelta(hours=dice.randrange(24 * 75)))

    def day() -> str:
        return (date(2026, 9, 25) + timedelta(days=dice.randrange(75))).isoformat()

    for _ in range(60):
        at = moment()
        session = put(
            "sessions", series=dice.choice(("a", "b")), topic="", title="课", form="", lecturer=f"P{dice.randrange(24)}",
            place="", unit_id=dice.choice([*units, None]), audience="", starts_at=at, ends_at=at + 3_600_000,
            state=dice.choice(("held", "held", "planned", "cancelled")), material="", created_at=at,
        )  # fmt: skip
        for person in dice.sample(people, 8):
            status = dice.choice(("present", "late", "leave", "absent", "make_up"))
            put("attendances", session_id=session, person_id=person, unit_id=dice.choice(units), status=status, at=at)
        for person in dice.sample(people, 2):
            put(
                "speeches", session_id=session, person_id=person, unit_id=dice.choice(units), topic="", noted_by=1,
                noted_at=at, confirmed_by=dice.choice((1, None)), withdrawn_at=dice.choice((None, None, 5)),
            )  # fmt: skip
    for _ in range(500):
        status = dice.choice(("on_time", "late", "leave", "absent", "excused"))
        put("checkins", day=day(), person_id=dice.choice(people), unit_id=dice.choice(units), status=status)
    for n in range(15):
        material = put(
            "materials",
            series="",
            title=f"M{n}",
            topic="",
            text="",
            link="",
            tags="",
            content="",
            position=n,
            changed_at=0,
        )
        for person in dice.sample(people, 9):
            put("material_reads", material_id=material, person_id=person, day=day(), read_at=0)
    for n in range(20):
        template = dice.choice(("reflection", "own_reflection", "assignment", "notice", "rectification"))
        task = put(
            "tasks", template=template, title=f"T{n}", text="", files="[]", least=1, audience="{}", created_at=0,
            due_at=moment(),
        )  # fmt: skip
        for person in dice.sample(people, 10):
            version = dice.choice((0, 1, 2))
            put(
                "submissions", task_id=task, person_id=person, version=version, late=dice.choice((0, 1)) if version else 0,
                state=dice.choice(("handed_in", "accepted", "returned")) if version else "draft", received=0, draft="",
                draft_files="[]", text="", files="[]", reason="", commended=0, consent="none", card=0, album="",
            )  # fmt: skip
    for n in range(60):
        phase = dice.choice(("writing", "review", "accepted", "rejected", "withdrawn"))
        work = put(
            "works", kind=dice.choice(("innovation", "book", "gone")), plan="", period="2026", unit_id=dice.choice(units),
            author_id=dice.choice(people), title=f"W{n}", phase=phase, stage=dice.randrange(3), version=1, returned=0,
            rating=dice.choice(("", "excellent", "good")) if phase == "accepted" else "", begun_at=moment(), changed_at=0, opined="",
            accepted_on=day() if phase == "accepted" else None, shortlisted=0, consent="none",
        )  # fmt: skip
        put("work_members", work_id=work, person_id=dice.choice(people))
    bank = put("banks", name="bank", added_at=0, changed_at=0)
    question = put("bank_items", bank_id=bank, position=1, kind="single", text="?", body="{}")
    for n in range(6):
        exam = put(
            "exams", title=f"E{n}", bank="", minutes=10, points=dice.choice((7, 100)), pass_percent=60, at_once=1,
            audience="{}", created_by=1, created_at=0, opens_at=0, closes_at=1, cancelled_at=dice.choice((None, None, 5)),
        )  # fmt: skip
        for number in range(dice.randint(1, 3)):
            put("exam_questions", exam_id=exam, number=number + 1, item_id=question, body="{}")
        for person in dice.sample(people, 12):
            put(
                "exam_papers", exam_id=exam, person_id=person, layout="", page=0, message=0, started_at=0, due_at=1,
                handed_in_at=dice.choice((moment(), None)), by_time=0, score=dice.choice((None, 0, 4, 5, 7)),
            )  # fmt: skip
    for n in range(20):
        found = put(
            "rounds", key=f"r{n}", plan="study", unit_id=dice.choice(units), nominal="", starts_at=moment(), turn=0,
            state=dice.choice(("closed", "evaluating", "planned", "cancelled")), reminder="", body="{}", seed="", created_at=0, reading="",
        )  # fmt: skip
        group = put(
            "round_groups",
            round_id=found,
            number=1,
            state="done",
            undo="",
            host="",
            rung=0,
            step=0,
            card=0,
            words="",
            words_by="",
        )
        for person in dice.sample(people, 5):
            status = dice.choice(("spoke", "skipped", "absent"))
            put(
                "round_members",
                round_id=found,
                person_id=person,
                group_id=group,
                unit_id=dice.choice(units),
                place=1,
                status=status,
            )
        asked = put(
            "evaluations", ref=f"x{n}", form="f", body="{}", anonymous=0, about="", opened_at=moment(),
            purpose=dice.choice(("round", "survey", "checklist")),
        )  # fmt: skip
        subject = put("evaluation_subjects", evaluation_id=asked, key="s", title="")
        for person in dice.sample(people, 8):
            put(
                "evaluation_tickets",
                subject_id=subject,
                person_id=person,
                evaluation_id=asked,
                answered=dice.choice((0, 1)),
            )
    for n in range(25):
        put(
            "visits",
            update_id=n,
            person_id=dice.choice(people),
            unit_id=dice.choice(units),
            day=day(),
            duty="",
            text="看",
            photo="",
            made_at=0,
        )
        put(
            "tournaments",
            title="杯",
            preset="p",
            bank="",
            chat_id=1,
            unit_id=dice.choice([*units, None]),
            host_id=1,
            state="entering",
            opened_at=0,
        )
    for n in range(60):
        state = dice.choice(("open", "asked", "held", "closed", "closed"))
        holder = None if state == "open" else dice.choice(people)
        item = put(
            "items", source=f"i{n}", pool="p", work="", title=f"I{n}", measure="", created_by=1, created_at=0, state=state,
            holder_id=holder, since=day() if state in ("held", "closed") else None, late=dice.choice((0, 1)),
            finished=dice.choice((0, 1)) if state == "closed" else 0,
        )  # fmt: skip
        times = sorted(moment() for _ in range(4))
        if state in ("held", "closed"):
            for version in (1, 2):
                put(
                    "item_reports", item_id=item, version=version, milestone="m", person_id=holder, text="", files="[]",
                    late=0, handed_in_at=times[version - 1],
                )  # fmt: skip
                put("item_steps", item_id=item, event="Reported", body="{}", author=1, at=times[version - 1])
            put("item_steps", item_id=item, event="ReportAccepted", body="{}", author=1, at=times[2])
        if state == "closed":
            # Closed, reopened and closed again: the last time counts.
            for event, at in (("Closed", times[2]), ("Reopened", times[2]), ("Closed", times[3])):
                put("item_steps", item_id=item, event=event, body="{}", author=1, at=at)
        ruled = dice.choice(("submitted", "shortlisted", "adopted", "adopted", "not_adopted"))
        put(
            "ideas", source=f"d{n}", campaign="c", person_id=dice.choice(people), unit_id=dice.choice(units), text="点子",
            category="", state=ruled, reason="", made_at=moment(), ruled_at=None if ruled == "submitted" else moment(),
        )  # fmt: skip
    for n in range(400):
        put(
            "ledger", person_id=dice.choice(people), unit_id=dice.choice(units), rule=dice.choice(("one", "two", "by_hand")),
            points=dice.choice((-3, 1, 2, 5)), worth=1, day=day(), at=0, evidence=f"e{n}", happening="", turn=1, reason="",
            by_hand=0,
        )  # fmt: skip


class Recount:
    """The raw tables of a month and some units, counted with nothing but loops."""

    def __init__(self, tx: Tx, units: frozenset[int] | None, month: str) -> None:
        self._sql, self._units, self._month = tx.connection, units, month
        self.people = {row["id"]: row for row in self.table("people")}

    def table(self, name: str) -> Rows:
        """All of a table."""
        return list(self._sql.execute(f"SELECT * FROM {name}").fetchall())  # noqa: S608 - our own names

    def here(self, unit_id: int | None) -> bool:
        """Whether a unit belongs to it."""
        return self._units is None or unit_id in self._units

    def on(self, day: str | None) -> bool:
        """Whether a day does."""
        return day is not None and day[:7] == self._month

    def at(self, ms: int | None) -> bool:
        """Whether a moment does."""
        return ms is not None and self.on(datetime.fromtimestamp(ms / 1000, ZONE).date().isoformat())

    def figures(self) -> dict[str, int | None]:
        """Every figure that is no figure of parts."""
        held = {s["id"]: s for s in self.table("sessions") if s["state"] == "held" and self.at(s["starts_at"])}
        lines = [a for a in self.table("attendances") if a["session_id"] in held and self.here(a["unit_id"])]
        came = [a for a in lines if a["status"] in ("present", "late", "make_up")]
        spoke = [
            v
            for v in self.table("speeches")
            if v["session_id"] in held and self.here(v["unit_id"]) and v["confirmed_by"] and not v["withdrawn_at"]
        ]
        expected = [a for a in lines if a["status"] != "leave"]
        own = [s for s in held.values() if self.here(s["unit_id"])]
        checks = [c for c in self.table("checkins") if self.on(c["day"]) and self.here(c["unit_id"])]
        made = [c for c in checks if c["status"] in ("on_time", "late")]
        due = [c for c in checks if c["status"] in ("on_time", "late", "absent")]
        reads = [r for r in self.table("material_reads") if self.on(r["day"]) and self._of(r)]
        found: dict[str, int | None] = {
            "sessions.held": len({s["id"] for s in own} | {a["session_id"] for a in came}),
            "sessions.attendances": len(came),
            "sessions.people": len({a["person_id"] for a in came}),
            "sessions.rate": _rate([a["status"] in ("present", "late") for a in expected]),
            "sessions.absent": sum(a["status"] == "absent" for a in lines),
            "sessions.make_ups": sum(a["status"] == "make_up" for a in lines),
            "sessions.speeches": len(spoke),
            "sessions.speakers": len({v["person_id"] for v in spoke}),
            "checkins.made": len(made),
            "checkins.people": len({c["person_id"] for c in made}),
            "checkins.rate": _rate([c["status"] != "absent" for c in due]),
            "materials.reads": len(reads),
            "materials.people": len({r["person_id"] for r in reads}),
        }
        found |= self._tasks() | self._exams() | self._meetings() | self._items()
        visits = [v for v in self.table("visits") if self.on(v["day"]) and self.here(v["unit_id"])]
        entries = [e for e in self.table("ledger") if self.on(e["day"]) and self.here(e["unit_id"])]
        return found | {
            "visits.made": len(visits),
            "visits.people": len({v["person_id"] for v in visits}),
            "points.given": sum(e["points"] for e in entries),
            "points.people": len({e["person_id"] for e in entries}),
            "contests.finished": 0,
            "contests.tournaments": 0,
        }

    def parts(self) -> dict[tuple[str, str], int]:
        """The figures of works and rules, by part."""
        found: dict[tuple[str, str], int] = {}

        def more(key: str, part: str, n: int = 1) -> None:
            found[key, part] = found.get((key, part), 0) + n

        for work in self.table("works"):
            if not self.here(work["unit_id"]):
                continue
            kind = work["kind"]
            if self.at(work["begun_at"]) and work["phase"] != "withdrawn":
                more("works.begun", kind)
            begun = datetime.fromtimestamp(work["begun_at"] / 1000, ZONE).date().isoformat()
            if work["phase"] in ("writing", "review") and begun[:7] <= self._month:
                more("works.open", f"{kind}/{work['stage'] if work['phase'] == 'review' else 'writing'}")
            if work["phase"] == "accepted" and self.on(work["accepted_on"]):
                more("works.accepted", kind)
                if work["rating"]:
                    more("works.rated", f"{kind}/{work['rating']}")
        for entry in self.table("ledger"):
            if self.on(entry["day"]) and self.here(entry["unit_id"]):
                more("points.by_rule", entry["rule"], entry["points"])
        return found

    def _of(self, row: dict[str, Any]) -> bool:
        return self.here(self.people[row["person_id"]]["unit_id"])

    def _tasks(self) -> dict[str, int | None]:
        due = {t["id"]: t for t in self.table("tasks") if self.at(t["due_at"])}
        works = [b for b in self.table("submissions") if b["task_id"] in due and self._of(b)]
        found: dict[str, int | None] = {}
        for name, templates in (
            ("reflections", ("reflection", "own_reflection")),
            ("assignments", ("assignment",)),
            ("notices", ("notice",)),
            ("rectifications", ("rectification",)),
        ):
            mine = [b for b in works if due[b["task_id"]]["template"] in templates]
            found[f"{name}.asked"] = len(mine)
            found[f"{name}.handed"] = sum(b["version"] > 0 for b in mine)
            found[f"{name}.on_time"] = sum(b["version"] > 0 and not b["late"] for b in mine)
            found[f"{name}.accepted"] = sum(b["state"] == "accepted" for b in mine)
            found[f"{name}.overdue"] = sum(b["version"] == 0 and due[b["task_id"]]["due_at"] < to_ms(NOW) for b in mine)
        return found

    def _items(self) -> dict[str, int | None]:
        items = {i["id"]: i for i in self.table("items") if i["holder_id"] and self._of({"person_id": i["holder_id"]})}
        done = {key for key, i in items.items() if i["state"] == "closed" and i["finished"]}
        steps = [s for s in self.table("item_steps") if s["item_id"] in items]
        last = {s["item_id"]: s["at"] for s in steps if s["event"] == "Closed"}
        late = [items[key]["late"] for key in done if self.at(last[key])]
        ideas = [i for i in self.table("ideas") if self.here(i["unit_id"])]
        new = [i for i in ideas if self.at(i["made_at"])]
        taken = [i for key, i in items.items() if self.on(i["since"]) and (i["state"] == "held" or key in done)]
        return {
            "items.taken": len(taken),
            "items.people": len({i["holder_id"] for i in taken}),
            "items.done": len(late),
            "items.milestones": sum(s["event"] == "ReportAccepted" and self.at(s["at"]) for s in steps),
            "items.on_time": len(late) - sum(late),
            "items.late": sum(late),
            "ideas.submitted": len(new),
            "ideas.people": len({i["person_id"] for i in new}),
            "ideas.adopted": sum(i["state"] == "adopted" and self.at(i["ruled_at"]) for i in ideas),
        }

    def _exams(self) -> dict[str, int | None]:
        exams = {e["id"]: e for e in self.table("exams") if e["cancelled_at"] is None}
        papers = [x for x in self.table("exam_papers") if x["exam_id"] in exams and self.at(x["handed_in_at"])]
        papers = [x for x in papers if self._of(x)]
        marked = [x for x in papers if x["score"] is not None]
        asked = Counter(q["exam_id"] for q in self.table("exam_questions"))
        best = {key: exam["points"] * asked[key] for key, exam in exams.items()}
        marks = [x["score"] * 1000 // best[x["exam_id"]] for x in marked]
        return {
            "exams.taken": len(papers),
            "exams.people": len({x["person_id"] for x in papers}),
            "exams.passed": sum(x["score"] * 100 >= 60 * best[x["exam_id"]] for x in marked),
            "exams.average": int(sum(marks) / len(marks) + 0.5) if marks else None,
        }

    def _meetings(self) -> dict[str, int | None]:
        held = {
            r["id"]: r
            for r in self.table("rounds")
            if r["state"] in ("closed", "evaluating") and self.at(r["starts_at"])
        }
        spoke = [
            m
            for m in self.table("round_members")
            if m["round_id"] in held and m["status"] == "spoke" and self.here(m["unit_id"])
        ]
        asked = {e["id"]: e["purpose"] for e in self.table("evaluations") if self.at(e["opened_at"])}
        sent = [k for k in self.table("evaluation_tickets") if k["answered"] and k["evaluation_id"] in asked]
        by_purpose = [asked[k["evaluation_id"]] for k in sent if self._of(k)]
        return {
            "rounds.held": sum(self.here(r["unit_id"]) for r in held.values()),
            "rounds.spoke": len(spoke),
            "rounds.speakers": len({m["person_id"] for m in spoke}),
            "rounds.evaluations": by_purpose.count("round"),
            "surveys.sent": by_purpose.count("survey"),
            "checklists.done": by_purpose.count("checklist"),
        }


def _rate(came: list[bool]) -> int | None:
    return int(1000 * sum(came) / len(came) + 0.5) if came else None


def _taken(tx: Tx, path: str) -> Report:
    unit = next((unit.id for unit in tx.people.units() if unit.path == path), None)
    return report_of(tx, _programme(), scope_of(tx, unit), "month", DAY, zone=ZONE, now=NOW)


async def test_every_figure_equals_a_plain_recount(database: Database) -> None:
    """For the whole and for each unit, this month and the one before; units whose names are alike stay apart."""

    def work(tx: Tx) -> None:
        for path in ("", *UNITS):
            report = _taken(tx, path)
            units = scope_of(tx, report.unit_id).units
            now, before = (Recount(tx, units, month) for month in ("2026-11", "2026-10"))
            figures = {figure.key: figure for figure in report.figures if not figure.by}
            parts = {(figure.key, figure.part): figure.value for figure in report.figures if figure.by}
            expected, earlier = now.figures(), before.figures()

            assert {key: figure.value for key, figure in figures.items()} == {key: expected[key] for key in figures}
            assert {key: figure.before for key, figure in figures.items()} == {key: earlier[key] for key in figures}
            assert all(not value for key, value in (expected | earlier).items() if key not in figures)
            assert {one: n for one, n in parts.items() if not one[0].startswith("quotas")} == now.parts()
            for place, unit in enumerate(report.units):
                own = Recount(tx, scope_of(tx, unit.id).units, "2026-11").figures()
                assert {key: f.units[place] for key, f in figures.items()} == {key: own[key] for key in figures}

    await database.read(work)


async def test_every_figure_is_what_its_rows_say(database: Database) -> None:
    """The number of its rows, the people in them, or the sum over them; page by page the same rows."""

    def work(tx: Tx) -> None:
        for path in ("", "区/甲"):
            report = _taken(tx, path)
            window = window_of(tx, period_of("month", DAY), ZONE, NOW)
            scope = scope_of(tx, report.unit_id)
            for figure in report.figures:
                found = rows(tx, _programme(), scope, figure, window, ZONE)
                paged = [
                    line
                    for after in range(0, len(found), 7)
                    for line in rows(tx, _programme(), scope, figure, window, ZONE, most=7, after=after)
                ]

                assert paged == list(found)
                assert len(found) == figure.rows
                assert len({(line.table, line.id) for line in found}) == len(found)
                assert _value(figure, [(line.name, line.amount) for line in found]) == figure.value, figure

    await database.read(work)


def _value(figure: Figure, found: list[tuple[str, int]]) -> int | None:
    match MEASURE[figure.key].how:
        case "count":
            return len(found)
        case "people":
            return len({name for name, _ in found})
        case "sum":
            return sum(amount for _, amount in found)
        case "rate":
            return _rate([amount == 1 for _, amount in found])
        case "mean":
            return int(sum(amount for _, amount in found) / len(found) + 0.5) if found else None


async def test_quotas_of_everybody_are_those_of_each(database: Database) -> None:
    """Counted for all at once, complete people and gaps are what the quota of each person says."""

    def work(tx: Tx) -> None:
        programme = _programme()
        report = report_of(tx, programme, scope_of(tx, None), "year", DAY, zone=ZONE, now=NOW)
        for quota in programme.quotas.quotas:
            each = [standing(tx, person, quota, DAY, ZONE) for person in programme.meant(tx, quota.who)]
            figures = {one.key: one.value for one in report.figures if one.by == "quota" and one.part == quota.key}

            assert figures.get("quotas.people", 0) == len(each)
            assert figures.get("quotas.complete", 0) == sum(all(gap.is_filled for gap in gaps) for gaps in each)
            assert figures.get("quotas.gaps", 0) == sum(max(g.wanted - g.done, 0) for gaps in each for g in gaps)
        assert any(figure.key == "quotas.gaps" and figure.value for figure in report.figures)

    await database.read(work)
