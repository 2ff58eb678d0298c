"""What is on disk at the moment of a kill, seen in a copy of it, and what was promised by then."""

import shutil
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sandbox.updates import FIRST_ID
from storage.database import _as_dict
from storage.ledger import Ledger
from storage.transaction import queries
from tests.chaos.office import Office
from tests.chaos.receipts import UPDATE
from tests.chaos.strands.contests import Logs, contest_of, events_of
from tests.chaos.strands.strand import Strand


@dataclass
class Autopsy:
    """Examines the files after each kill; ``checked`` counts by kind what was promised and was there."""

    office: Office
    folder: Path
    strands: list[Strand]
    logs: Logs = field(default_factory=Logs)
    checked: Counter[str] = field(default_factory=Counter)
    in_flight: Counter[str] = field(default_factory=Counter)
    under_way: Counter[str] = field(default_factory=Counter)
    _confirmed: int = FIRST_ID

    @contextmanager
    def copy(self) -> Iterator[sqlite3.Connection]:
        """The database as a power cut would leave it: the bot's own files are not touched, the next start finds them so."""
        database = self.office.desk.database
        copied = self.folder / "autopsy.db"
        for suffix in ("", "-wal"):
            (self.folder / f"autopsy.db{suffix}").unlink(missing_ok=True)
            if (found := database.with_name(f"{database.name}{suffix}")).exists():
                shutil.copy(found, self.folder / f"autopsy.db{suffix}")
        (self.folder / "autopsy.db-shm").unlink(missing_ok=True)
        connection = sqlite3.connect(copied)
        try:
            yield connection
        finally:
            connection.close()

    def examine(self) -> list[str]:
        """Look at everything right after a kill; what is wrong."""
        with self.copy() as connection:
            wrong = [*_sound(connection), *self._confirmed_updates(connection), *self._promised(connection)]
            wrong += [*self.logs.compare(connection), *self._seen(connection, in_flight=("sending", "unknown"))]
            self._note_what_was_under_way(connection)
            return wrong

    def examine_the_end(self) -> list[str]:
        """Look at everything once all is done and the bot has been stopped in good order; what is wrong."""
        with self.copy() as connection:
            wrong = [*_sound(connection), *self._confirmed_updates(connection), *self.logs.compare(connection)]
            wrong += [*self._seen(connection, in_flight=("unknown",)), *_left_over(connection)]
            for receipt in self.office.receipts:
                if (why := receipt.wrong(connection)) is not None:
                    wrong.append(why)
            for strand in self.strands:
                wrong += strand.wrong(connection)
            return wrong

    def _confirmed_updates(self, connection: sqlite3.Connection) -> Iterator[str]:
        """Whatever Telegram need not keep for us any more is in the inbox."""
        updates = self.office.desk.sandbox.world.updates
        waiting = {entry.update_id for entry in updates.pending}
        told = [number for number in range(self._confirmed, updates.next_id) if number not in waiting]
        stored = {
            number
            for (number,) in connection.execute("SELECT update_id FROM inbox WHERE update_id >= ?", (self._confirmed,))
        }
        self.checked[UPDATE] += len(told)
        self._confirmed = min(waiting, default=updates.next_id)
        lost = [number for number in told if number not in stored]
        if lost:
            yield f"Telegram was told that these updates are ours, and they are not stored: {lost}"

    def _promised(self, connection: sqlite3.Connection) -> Iterator[str]:
        for receipt in self.office.receipts:
            if receipt.sooner or not receipt.seen():
                continue
            receipt.sooner = True
            self.checked[receipt.kind] += 1
            if (why := receipt.wrong(connection)) is not None:
                yield why

    def _seen(self, connection: sqlite3.Connection, *, in_flight: tuple[str, ...]) -> Iterator[str]:
        """What people see in their chats is what the outbox says was sent, and nothing else but what was in flight."""
        sent: dict[int, list[int]] = defaultdict(list)
        doubtful: Counter[int] = Counter()
        for chat_id, state, message_id in connection.execute(
            "SELECT chat_id, state, message_id FROM outbox WHERE action = 'send' AND state <> 'pending'"
        ):
            if state == "sent":
                sent[chat_id].append(message_id)
            elif state in in_flight:
                doubtful[chat_id] += 1
        world = self.office.desk.sandbox.world
        for chat_id, chat in world.chats.items():
            there = {number for number, message in chat.messages.items() if message.sender == world.bot.id}
            noted = sent[chat_id]
            if len(noted) != len(set(noted)) or not there.issuperset(noted):
                yield f"chat {chat_id}: the outbox has messages as sent that nobody sees, or one twice"
            if (more := len(there.difference(noted))) > doubtful[chat_id]:
                yield f"chat {chat_id} sees {more} messages of which the outbox knows nothing; {doubtful[chat_id]} were in flight"

    def _note_what_was_under_way(self, connection: sqlite3.Connection) -> None:
        found = {what for strand in self.strands for what in strand.under_way(connection)}
        for (contest_id,) in connection.execute(
            "SELECT id FROM contests WHERE state IN ('lobby', 'running', 'paused')"
        ).fetchall():
            contest = contest_of(events_of(connection, contest_id))
            found.add(f"a contest: {type(contest.phase).__name__}" if contest is not None else "a contest")
        if connection.execute("SELECT 1 FROM inbox WHERE state = 'waiting'").fetchone():
            found.add("updates in the inbox")
        if connection.execute("SELECT 1 FROM outbox WHERE state = 'pending'").fetchone():
            found.add("messages in the outbox")
        self.under_way.update(found or {"nothing"})
        for kind, count in connection.execute(
            "SELECT CASE WHEN batch LIKE 'broadcast%' THEN 'copies of broadcasts' ELSE 'other messages' END, count(*) "
            "FROM outbox WHERE state = 'sending' AND action = 'send' GROUP BY 1"
        ):
            self.in_flight[kind] += count


def _sound(connection: sqlite3.Connection) -> Iterator[str]:
    """The file itself, and what is kept twice in it."""
    for pragma in ("integrity_check", "foreign_key_check"):
        found = connection.execute(f"PRAGMA {pragma}").fetchall()
        if found not in ([], [("ok",)]):
            yield f"PRAGMA {pragma}: {found}"
    before, connection.row_factory = connection.row_factory, _as_dict
    try:
        unequal = Ledger(connection, queries()).unequal()
    finally:
        connection.row_factory = before
    if unequal:
        yield f"the sums of the ledger are not those of a recount: {list(unequal)}"


def _left_over(connection: sqlite3.Connection) -> Iterator[str]:
    """Nothing is left to be done, and nothing went wrong on the way."""
    for table, done in (
        ("inbox", "state = 'done'"),
        ("outbox", "state IN ('sent', 'unknown') OR error = 'message_gone'"),
    ):
        for row in connection.execute(f"SELECT * FROM {table} WHERE NOT ({done})").fetchall():  # noqa: S608 - words of ours
            yield f"left in the {table}: {row}"
    for row in connection.execute("SELECT * FROM broadcasts WHERE state = 'sending'").fetchall():
        yield f"a broadcast is stuck: {row}"
