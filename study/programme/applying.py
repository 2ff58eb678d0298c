"""Applying a programme: from then on it is in force. What was earned under an earlier one stays as it was."""

import hashlib
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Literal

from storage import Database, Tx
from study.programme.current import programme_in_force
from study.programme.whole import Programme

Applied = Literal["first", "changed", "same"]
"""Whether it is the programme's first time, another than the one in force, or exactly the one in force."""


class Programmes:
    """The programme of one office."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.watchers: list[Callable[[], Awaitable[None]]] = []
        """Called after another programme has come into force."""

    async def in_force(self) -> Programme:
        """What was applied last; an empty programme if nothing was."""
        return await self._database.read(programme_in_force)

    async def apply(self, programme: Programme, *, now: datetime) -> Applied:
        """Put a programme in force; one that is in force already changes nothing."""
        body = programme.model_dump_json()
        digest = hashlib.sha256(body.encode()).hexdigest()

        def work(tx: Tx) -> Applied:
            newest = tx.programmes.newest()
            # A newer version of the bot may write the same programme otherwise than it was kept.
            if newest is not None and (newest.digest == digest or programme_in_force(tx) == programme):
                return "same"
            tx.programmes.add(name=programme.name, digest=digest, body=body, now=now)
            return "first" if newest is None else "changed"

        applied = await self._database.write(work)
        if applied != "same":
            for watch in self.watchers:
                await watch()
        return applied
