"""What is stored about one person, from every table that names them; and how that is forgotten.

``storage/queries/personal.sql`` has a query ``personal_<table>`` for every table that names a person, and a statement
``forget_<table>`` for every table that keeps a name, a Telegram id, a text or a file of theirs. A new table needs its lines
there; a test finds those that have none.
"""

import json
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
