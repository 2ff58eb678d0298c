"""A group of functions in one transaction, each in a savepoint of its own if it needs one: how it runs, and what comes of each."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import structlog

from storage.errors import CommitFailed, NotArrived
from storage.origin import Origin
from storage.transaction import Aftermath, Late, Tx
from storage.trouble import refused, trouble_of

log = structlog.get_logger()


@dataclass(slots=True)
class Job:
    """A function that waits for its turn to write, and what came of it."""

    work: Callable[[Tx], Any]
    origin: Origin | None
    done: asyncio.Future[Any]
    aftermath: Aftermath
    result: Any = None
    error: BaseException | None = None
    completes: bool = False
    """Whether the commit makes its update, or its alarm, one that was dealt with."""
    leads: bool = False
    """Whether others follow at once that share its commit."""


def failure(batch: list[Job]) -> str | None:
    """Why a group could not be stored: then every one of it has an error, so that mostly the first tells that it was."""
    if any(job.error is None for job in batch):
        return None
    refusals = (job.error for job in batch if isinstance(job.error, CommitFailed | sqlite3.OperationalError))
    refusal = next(refusals, None)
    return None if refusal is None else str(refusal.__cause__ or refusal)


def effect(follows: Callable[[], None]) -> None:
    """What follows a commit cannot undo it, and must not stop the writer: everybody else waits for that."""
    try:
        follows()
    except Exception:
        log.exception("an effect of a transaction failed")


def run_group(batch: list[Job], long_enough: float, connection: sqlite3.Connection) -> tuple[int, bool]:
    """Run jobs in one transaction, each in a savepoint of its own if it needs one, and commit; outcomes are left on the jobs.

    Says how many were run (not all, if that takes long), and whether anything was written: that nothing fails which writes
    nothing proves nothing.
    """
    late = Late()
    before = connection.total_changes
    until = perf_counter() + long_enough
    count = 0
    try:
        connection.execute("BEGIN IMMEDIATE")
        for job in batch:
            count += 1
            _run_job(job, Tx(connection, job.aftermath, late), late)
            if perf_counter() > until:
                break
        late.write(connection)
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        with suppress(sqlite3.Error):  # a full disk may have rolled it back already
            connection.execute("ROLLBACK")
        count = max(count, 1)
        for job in batch[:count]:
            job.completes = False
            if job.error is None:
                job.error = refused(error)
        return count, False
    return count, connection.total_changes > before


def _run_job(job: Job, tx: Tx, late: Late) -> None:
    try:
        if job.origin is not None and not job.origin.has_arrived:
            raise NotArrived()
        job.result = job.work(tx)
        if job.origin is not None and job.origin.alarm_id is not None:
            tx.alarms.done(job.origin.alarm_id)
    except Exception as error:
        job.error = refused(error) if isinstance(error, sqlite3.Error) and trouble_of(error) else error
        # At once: the next of the group may look at the same memory.
        for follow in job.aftermath.on_abort:
            effect(follow)
        job.aftermath.on_abort.clear()
        if late.error is not None:
            raise late.error from error
        tx.undo()
        if job.origin is None or job.origin.settles is None or not job.origin.settles(error):
            tx.settle()
            return
    job.completes = job.origin is not None
    tx.settle(job.origin.update_id if job.origin is not None else None)
