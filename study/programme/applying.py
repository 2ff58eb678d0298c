"""Applying a programme: from then on it is in force. What was earned under an earlier one stays as it was."""

import hashlib
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

    async def in_force(self) -> Programme:
        """What was applied last; an empty programme if nothing was."""
        return await self._database.read(programme_in_force)

    async def apply(self, programme: Programme, *, now: datetime) -> Applied:
        """Put a programme in force; one that is in force already changes nothing."""
        body = programme.model_dump_json()
        digest = hashlib.sha256(body.encode()).hexdigest()

        def work(tx: Tx) -> Applied:
            newest = tx.programmes.newest()
            if newest is not None and newest.digest == digest:
                return "same"
            tx.programmes.add(name=programme.name, digest=digest, body=body, now=now)
            return "first" if newest is None else "changed"

        return await self._database.write(work)
