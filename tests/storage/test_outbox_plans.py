"""However much was ever sent, what is open is found without looking through it."""

import pytest

from storage import Database
from storage.transaction import queries

OPEN = {
    "outbox_waiting": {"rank": 1, "after": 0, "limit": 500},
    "outbox_overtake": {"ref": "a", "kind": "note", "body": "{}", "listener": None, "rank": 1},
    "outbox_chat_of": {"ref": "a"},
    "outbox_interrupted": {},
    "outbox_pending": {},
}


@pytest.mark.parametrize("name", OPEN)
async def test_what_is_open_is_found_by_an_index(database: Database, name):
    """No query of delivery's scans the outbox, which keeps what it has sent."""
    sql = getattr(queries(), name).sql

    plan = await database.write(
        lambda tx: [row["detail"] for row in tx.connection.execute(f"EXPLAIN QUERY PLAN {sql}", OPEN[name])]
    )

    steps = [step for step in plan if "outbox" in step]
    assert steps
    assert all("INDEX outbox_open" in step or "INDEX outbox_ref" in step for step in steps), steps
