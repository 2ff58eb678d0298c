"""What is stored about one person, from every table that names them; and how that is forgotten.

``storage/queries/personal.sql`` has a query ``personal_<table>`` for every table that names a person, and a statement
``forget_<table>`` for every table that keeps a name, a Telegram id, a text or a file of theirs. A new table needs its lines
there; a test finds those that have none.
"""

import json
import re
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from storage.rows import Instant, Row

Stored = Mapping[str, Sequence[Mapping[str, Any]]]
"""Rows by table, as the tables have them: what is handed over is everything, not our view of it."""


class Removal(Row):
    """A request for removal; ``state`` is ``asked``, ``done``, ``declined`` or ``withdrawn``."""

    id: int
    person_id: int
    state: str
    asked_at: Instant
    decided_at: Instant | None
    decided_by: int | None


class Personal:
    """Everything about one person."""

    def __init__(self, connection: sqlite3.Connection, sql: Any) -> None:
        self._connection, self._sql = connection, sql

    def tables(self) -> Sequence[str]:
        """The tables that name a person, in the order of the queries."""
        return [name.removeprefix("personal_") for name in self._named("personal_")]

    def forgotten_tables(self) -> Sequence[str]:
        """The tables that keep something of a person by name."""
        return [name.removeprefix("forget_") for name in self._named("forget_")]

    def of(self, person_id: int, user_id: int) -> Stored:
        """Every row that names a person, by table; tables without one are left out."""
        found: dict[str, list[dict[str, Any]]] = {}
        for table in self.tables():
            query = getattr(self._sql, f"personal_{table}")
            rows = list(query(self._connection, person_id=person_id, user_id=user_id))
            if rows:
                found[table] = rows
        return found

    def forget(self, person_id: int, user_id: int | None, name: str, *, now: datetime) -> None:
        """Take away names, Telegram id, texts and files of a person; every count and sum stays as it is."""
        label = label_of(person_id)
        given = {
            "person_id": person_id,
            # An account that nobody has: the statements about it then find nothing.
            "user_id": 0 if user_id is None else user_id,
            "nobody": -person_id,
            "name": name,
            "label": label,
            "code": f"removed-{person_id}",
            "now": now,
        }
        if user_id is not None:
            self._rewrite_logs(user_id, -person_id, name, label)
        words = _Written(self._connection, self._sql, person_id, user_id, name, label)
        words.rewrite_works()
        words.rewrite_sheets()
        words.rewrite_lecturers()
        for statement in sorted(self._named("forget_"), key=lambda one: one == "forget_people"):
            getattr(self._sql, statement)(self._connection, **given)

    def plays_now(self, user_id: int) -> bool:
        """Whether a contest or a tournament that is going on names an account: its log cannot be changed meanwhile."""
        pattern = f"%{user_id}%"
        contests = list(self._sql.logs_of_contests(self._connection, pattern=pattern))
        tournaments = list(self._sql.logs_of_tournaments(self._connection, pattern=pattern))
        over = ("finished", "aborted", "called_off")
        return any(row["state"] not in over for row in (*contests, *tournaments))

    def ask_removal(self, person_id: int, *, now: datetime) -> int | None:
        """Keep a request for removal; ``None`` if one waits already. Returns its id."""
        row = self._sql.removal_ask(self._connection, person_id=person_id, asked_at=now)
        return None if row is None else int(row["id"])

    def removal(self, removal_id: int) -> Removal | None:
        """A request for removal by its id."""
        return Removal.maybe(self._sql.removal_get(self._connection, id=removal_id))

    def removal_of(self, person_id: int) -> Removal | None:
        """A person's request that waits."""
        return Removal.maybe(self._sql.removal_open_of(self._connection, person_id=person_id))

    def decide_removal(self, removal_id: int, state: str, *, by: int | None, now: datetime) -> bool:
        """Note what became of a request; says whether it was still waiting."""
        return bool(
            self._sql.removal_decide(self._connection, id=removal_id, state=state, decided_by=by, decided_at=now)
        )

    def _named(self, prefix: str) -> list[str]:
        return [
            name for name in self._sql.available_queries if name.startswith(prefix) and not name.endswith("_cursor")
        ]

    def _rewrite_logs(self, user_id: int, nobody: int, name: str, label: str) -> None:
        """Put nobody in place of somebody in the logs of contests; a replay gives the same standings as before."""
        pattern = f"%{user_id}%"
        for kind in ("contest", "tournament"):
            for log in list(getattr(self._sql, f"logs_of_{kind}s")(self._connection, pattern=pattern)):
                rows = list(getattr(self._sql, f"log_of_{kind}")(self._connection, id=log["id"]))
                bodies = {row["number"]: json.loads(row["body"]) for row in rows}
                names = {name, *_names_of(list(bodies.values()), user_id)}
                for number, body in bodies.items():
                    new = _without(body, user_id, nobody, names, label)
                    if new != body:
                        text = json.dumps(new, ensure_ascii=False, separators=(",", ":"))
                        rewrite = getattr(self._sql, f"{kind}_event_rewrite")
                        rewrite(self._connection, id=log["id"], number=number, body=text)


class _Written:
    """What a person wrote, or is named in, inside of longer texts; figures and everybody else's words stay."""

    def __init__(
        self, connection: sqlite3.Connection, sql: Any, person_id: int, user_id: int | None, name: str, label: str
    ) -> None:
        self._connection, self._sql = connection, sql
        self._person_id, self._user_id, self._name, self._label = person_id, user_id, name, label

    def rewrite_works(self) -> None:
        """Empty the words of works that were the person's alone, and name them in nobody's work any more."""
        for row in list(self._sql.own_words_of_works(self._connection, person_id=self._person_id)):
            kinds = {one["key"]: one["kind"] for one in json.loads(row["plan"])["fields"] if "kind" in one}
            if row["body"].startswith("{"):
                self._event(row["id"], row["body"], _emptied(json.loads(row["body"]), kinds))
        pattern = f"%{self._user_id}%" if self._user_id is not None else ""
        for row in list(self._sql.names_in_works(self._connection, name=self._name, pattern=pattern)):
            if row["body"] == self._name:
                self._sql.work_event_rewrite(self._connection, id=row["id"], body=self._label)
            elif self._user_id is not None and row["body"].startswith("{"):
                found = _without(json.loads(row["body"]), self._user_id, -self._person_id, set(), self._label)
                self._event(row["id"], row["body"], found)
        for row in list(self._sql.works_opined_by(self._connection, pattern=pattern)):
            opined = [-self._person_id if one == self._user_id else one for one in json.loads(row["opined"])]
            self._sql.work_opined_rewrite(self._connection, id=row["id"], opined=json.dumps(opined))

    def rewrite_sheets(self) -> None:
        """Take the words out of the open forms that the person sent; what was ticked or counted stays."""
        for row in list(self._sql.own_words_of_sheets(self._connection, person_id=self._person_id)):
            form = json.loads(row["body"])
            kinds = {item["key"]: item["kind"] for aspect in form["aspects"] for item in aspect["items"]}
            sent = {
                key: {"value": answer["value"], "remark": ""}
                for key, answer in json.loads(row["sent"]).items()
                if kinds.get(key, "text") != "text"
            }
            self._sql.sheet_rewrite(
                self._connection,
                subject_id=row["subject_id"],
                person_id=self._person_id,
                sent=json.dumps(sent, ensure_ascii=False),
            )

    def rewrite_lecturers(self) -> None:
        """Name the person as a lecturer no more; others in the same line stay."""
        for row in list(self._sql.lecturers_by_name(self._connection, person_id=self._person_id)):
            lecturer = self._unnamed(row["lecturer"])
            self._sql.lecturer_rewrite(self._connection, id=row["id"], lecturer=lecturer)
            for one in list(self._sql.lecturer_changes(self._connection, session_id=row["id"])):
                self._sql.lecturer_change_rewrite(
                    self._connection,
                    id=one["id"],
                    before=self._unnamed(one["before"]),
                    after=self._unnamed(one["after"]),
                )

    def _event(self, event_id: int, before: str, after: Any) -> None:
        text = json.dumps(after, ensure_ascii=False, separators=(",", ":"))
        if text != before:
            self._sql.work_event_rewrite(self._connection, id=event_id, body=text)

    def _unnamed(self, names: str) -> str:
        parts = re.split(r"([、,，;；/\n])", names)
        return "".join(self._label if part.strip() == self._name else part for part in parts)


_MEASURED = {"number", "date", "choice", "unit"}
"""Kinds of fields of a work that are figures or one of given answers: progress is counted from them."""


def _emptied(body: dict[str, Any], kinds: Mapping[str, str]) -> dict[str, Any]:
    """An event of a work without words and files."""
    emptied = dict(body)
    if "values" in body:
        emptied["values"] = {
            key: value if kinds.get(key) in _MEASURED else {**value, "text": "", "files": []}
            for key, value in body["values"].items()
        }
    if "reason" in body:
        emptied["reason"] = ""
    if "faults" in body:
        emptied["faults"] = [{**fault, "wanted": ""} for fault in body["faults"]]
    return emptied


def label_of(person_id: int) -> str:
    """What stands in place of the name of a person whose data are removed."""
    return f"#{person_id}"


def _names_of(value: object, user_id: int) -> set[str]:
    """The names that a log has for an account: those that stand beside its id."""
    found: set[str] = set()
    if isinstance(value, dict):
        if any(one == user_id and not isinstance(one, bool) for one in value.values()):
            found |= {one for key, one in value.items() if key == "name" and isinstance(one, str)}
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            found |= _names_of(one, user_id)
    return found


def _without(value: Any, user_id: int, nobody: int, names: set[str], label: str) -> Any:
    if isinstance(value, dict):
        return {
            (str(nobody) if key == str(user_id) else key): _without(one, user_id, nobody, names, label)
            for key, one in value.items()
        }
    if isinstance(value, list):
        return [_without(one, user_id, nobody, names, label) for one in value]
    if isinstance(value, int) and not isinstance(value, bool):
        return nobody if value == user_id else value
    return label if isinstance(value, str) and value in names else value
