"""Updates on their way into the inbox, and presses that share its commit."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.dispatch import Dispatch
from bot.ingest import Ingest
from storage import CommitFailed, Database, Origin, Turn, Tx, handling
from storage.errors import NotArrived
from storage.inbox import InboxRow

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


@pytest.fixture
async def database(empty_database: Path, tmp_path: Path) -> AsyncIterator[Database]:
    """An empty database, with what the first transaction loads."""
    database = Database(Path(shutil.copy(empty_database, tmp_path)))
    await database.open()
    await database.write(lambda tx: tx.inbox.waiting())
    yield database
    await database.close()


class Desk:
    """Deals with presses as the bot's desk does, and notes what became of them and how large the groups were."""

    def __init__(self, database: Database, work: Callable[[Tx, int], object]) -> None:
        self.log: list[str] = []
        self.groups: list[int] = []
        database.batches.append(lambda size, _seconds, _refusal: self.groups.append(size))
        self._database = database
        self._work = work
        self.dispatch = Dispatch(self._deal, lambda row: "callback_query" in (row.update or {}))
        self.ingest = Ingest(database, self.dispatch)

    async def _deal(self, row: InboxRow, turn: Turn) -> None:
        origin = Origin(update_id=row.update_id, turn=turn, arrival=row.arrival)
        with handling(origin):
            try:
                await self._database.write(lambda tx: self._work(tx, row.update_id))
            except NotArrived:
                self.log.append(f"{row.update_id} has not arrived")
            except CommitFailed:
                self.log.append(f"{row.update_id} failed")
            else:
                self.log.append(f"{row.update_id} done")

    async def states(self) -> dict[int, str]:
        """What the inbox says of each update."""
        while not self.dispatch.idle:  # noqa: ASYNC110 - nothing here waits for time to pass
            await asyncio.sleep(0)
        rows = await self._database.read(lambda tx: tx.connection.execute("SELECT * FROM inbox").fetchall())
        return {row["update_id"]: row["state"] for row in rows}


def press(update_id: int, chat_id: int = -1) -> dict[str, object]:
    """A press in a chat."""
    message = {"message_id": 5, "chat": {"id": chat_id}}
    return {
        "update_id": update_id,
        "callback_query": {"id": "1", "from": {"id": 7}, "message": message, "data": "buzz:1"},
    }


def words(update_id: int, chat_id: int = -1) -> dict[str, object]:
    """A message in a chat."""
    return {"update_id": update_id, "message": {"message_id": 5, "chat": {"id": chat_id}, "text": "大家好"}}


async def test_presses_share_the_commit_of_their_inbox_rows(database: Database) -> None:
    """Two presses that lead their chat: one commit brings them in and deals with them; a message of theirs waits for it."""
    order: list[int] = []
    desk = Desk(database, lambda _tx, update_id: order.append(update_id))

    await desk.ingest.take([press(1), press(2), words(3), press(4)], NOON)

    assert await desk.states() == {1: "done", 2: "done", 3: "done", 4: "done"}
    assert order == [1, 2, 3, 4]
    assert desk.groups[0] == 3


async def test_of_many_presses_the_inbox_goes_first(database: Database) -> None:
    """What waits at Telegram waits for the inbox's commit, so a crowd does not make it long."""
    desk = Desk(database, lambda _tx, _update_id: None)

    await desk.ingest.take([press(number) for number in range(1, 31)], NOON)

    assert set((await desk.states()).values()) == {"done"}
    assert desk.groups == [1, 30]


async def test_an_update_that_comes_twice_has_one_effect(database: Database) -> None:
    """In one batch, and in a later one: the press that shares the commit is not carried out a second time."""
    order: list[int] = []
    desk = Desk(database, lambda _tx, update_id: order.append(update_id))

    await desk.ingest.take([press(1), press(1)], NOON)
    await desk.ingest.take([press(2), press(1), words(1)], NOON)

    assert await desk.states() == {1: "done", 2: "done"}
    assert order == [1, 2]


async def test_a_press_that_breaks_the_commit_is_brought_in_alone_the_next_time(database: Database) -> None:
    """Else the poller would be given it again and again, and nobody would be heard any more."""

    def breaks(tx: Tx, update_id: int) -> None:
        if update_id == 1:
            tx.connection.execute("ROLLBACK")

    desk = Desk(database, breaks)

    with pytest.raises(CommitFailed):
        await desk.ingest.take([press(1), press(2, -2)], NOON)
    assert await desk.states() == {}
    await desk.ingest.take([press(1), press(2, -2)], NOON)

    assert (await desk.states())[1] == "waiting"
    assert desk.log[:2] == ["1 has not arrived", "2 has not arrived"]
    assert "1 failed" in desk.log
