"""The process in Prometheus' text format: what was counted, and the state as it is when somebody looks.

A registry of its own and no global one: two bots in one process (the tests have them) do not mix. ``prometheus_client``
is imported at the first look; it costs an eighth of a second that no start should wait for.
"""

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from platform import python_version
from typing import TYPE_CHECKING, Any

import structlog

from bot.backups import newest_backup
from bot.health import Health, Sources, State
from bot.metrics import Histogram, Measures
from storage import Tx, schema
from storage.operations import Backlog, LiveContests, OpenRows, Operations, age

if TYPE_CHECKING:
    from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

log = structlog.get_logger()

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True, slots=True)
class _Seen:
    """The state at one moment."""

    now: datetime
    state: State
    inbox: Backlog
    outbox: tuple[OpenRows, ...]
    contests: tuple[LiveContests, ...]
    backed_up_at: datetime | None


class Exposition:
    """Makes the page; call it for its bytes."""

    def __init__(self, sources: Sources, health: Health) -> None:
        self._sources = sources
        self._health = health
        self._processes: Any = None

    async def __call__(self) -> bytes:
        """The page at present."""
        if self._processes is None:
            self._processes = await asyncio.to_thread(_process_collectors)
        # On a thread: a contest is not to wait while the page is written.
        return await asyncio.to_thread(_page, self._sources, await self._look(), self._processes)

    async def _look(self) -> _Seen:
        def work(tx: Tx) -> tuple[Backlog, tuple[OpenRows, ...], tuple[LiveContests, ...]]:
            room = Operations.of(tx)
            return room.inbox(), tuple(room.outbox()), tuple(room.contests())

        sources = self._sources
        inbox, outbox, contests = await sources.database.read(work)
        newest = None
        if sources.backups is not None:
            try:
                newest = await asyncio.to_thread(newest_backup, sources.backups)
            except OSError as error:
                log.warning("the folder of backups cannot be read", folder=str(sources.backups), reason=str(error))
        return _Seen(
            sources.clock.now(),
            await self._health.look(),
            inbox,
            outbox,
            contests,
            None if newest is None else newest.at,
        )


def _page(sources: Sources, seen: _Seen, processes: list[Any]) -> bytes:
    from prometheus_client import CollectorRegistry, generate_latest

    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Collected(partial(_metrics, sources, seen)))
    for collector in processes:
        registry.register(collector)
    return bytes(generate_latest(registry))


class _Collected:
    """What prometheus_client asks for metrics."""

    def __init__(self, metrics: Any) -> None:
        self._metrics = metrics

    def collect(self) -> Iterable["Metric"]:
        """All of them."""
        metrics: Iterable[Metric] = self._metrics()
        return metrics


def _process_collectors() -> list[Any]:
    from prometheus_client import PlatformCollector, ProcessCollector

    return [ProcessCollector(registry=None), PlatformCollector(registry=None)]


def our_version() -> str:
    """The version that is installed."""
    try:
        return version("studyhall")
    except PackageNotFoundError:
        return "unknown"


def _metrics(sources: Sources, seen: _Seen) -> Iterator["Metric"]:
    from prometheus_client.core import InfoMetricFamily

    build = {"version": our_version(), "schema": schema.newest(), "python": python_version()}
    yield InfoMetricFamily("studyhall_build", "What is running", value=build)
    yield from _work(sources, seen)
    yield from _delivery(sources, seen)
    yield from _time(sources.measures)
    yield from _storage(sources, seen)


def _work(sources: Sources, seen: _Seen) -> Iterator["Metric"]:
    measures, desk = sources.measures, sources.desk
    yield _gauge("ready", "1 while the bot can do its work", float(seen.state.ready))
    yield _gauges(
        "trouble",
        "1 for each reason why it cannot",
        "reason",
        {trouble.code: 1.0 for trouble in seen.state.troubles},
    )
    yield _counters("updates_received", "Updates that were stored", "kind", measures.received)
    yield _counter("updates_done", "Updates that were dealt with", measures.dealt - desk.failures)
    yield _counter("updates_failed", "Updates that could not be dealt with; the log says why", desk.failures)
    yield _counter("handler_faults", "Faults of ours that a user was given a reference for", desk.faults)
    yield _gauge("inbox_waiting", "Updates not dealt with", seen.inbox.rows)
    yield _gauge("inbox_oldest_seconds", "Since when the first of them waits", age(seen.inbox.oldest, seen.now))
    if sources.poller.answered_at is not None:
        since = sources.clock.monotonic() - sources.poller.answered_at
        yield _gauge("poll_age_seconds", "Since Telegram answered getUpdates; a quiet poll takes 50 s", since)
    by_state = {row.state.value: float(row.rows) for row in seen.contests}
    yield _gauges("contests", "Contests going on", "state", {"lobby": 0.0, "running": 0.0, "paused": 0.0} | by_state)


def _delivery(sources: Sources, seen: _Seen) -> Iterator["Metric"]:
    from prometheus_client.core import GaugeMetricFamily

    from storage import Rank

    depth = GaugeMetricFamily("studyhall_outbox_rows", "What is to be delivered", labels=["rank", "state"])
    oldest = GaugeMetricFamily("studyhall_outbox_oldest_seconds", "Since when the first of it waits", labels=["rank"])
    found = {(row.rank, row.state.value): row for row in seen.outbox}
    for rank in Rank:
        rows = [row for row in seen.outbox if row.rank is rank]
        for state in ("pending", "sending"):
            row = found.get((rank, state))
            depth.add_metric([rank.name.lower(), state], row.rows if row is not None else 0)
        oldest.add_metric([rank.name.lower()], age(min((row.oldest for row in rows), default=None), seen.now))
    yield depth
    yield oldest
    ended = {state.value: count for state, count in sources.pump.ended.items()}
    yield _counters("deliveries", "How deliveries ended", "state", ended)
    calls = {rank.name.lower(): count for rank, count in sources.limiter.calls.items()}
    calls["free"] = sources.limiter.free_calls
    yield _counters("telegram_calls", "Calls to Telegram; free: those that count for no limit", "rank", calls)
    yield _counter("telegram_refusals", "How often Telegram answered 429", sources.limiter.refusals)
    yield _gauge("telegram_waiting", "Calls that wait for their turn", sources.limiter.waiting)


def _time(measures: Measures) -> Iterator["Metric"]:
    yield _histogram("ruling_seconds", "From a press's bytes to its ruling on disk", measures.rulings)
    yield _histogram("toast_seconds", "From a press's bytes to Telegram's confirmation of the answer", measures.toasts)
    yield _histogram("timer_late_seconds", "How late the timers of contests rang", measures.timers)
    yield _histogram("alarm_late_seconds", "How late what falls due by the calendar rang", measures.alarms)


def _storage(sources: Sources, seen: _Seen) -> Iterator["Metric"]:
    measures, path = sources.measures, sources.database.path
    yield _histogram("commit_seconds", "How long a group of transactions took", measures.commits)
    yield _histogram("commit_batch", "How many transactions shared a commit", measures.batches)
    yield _counter("commit_failures", "Commits that were refused", measures.failed_commits)
    yield _gauge("database_bytes", "Size of the database", _size(path))
    yield _gauge("wal_bytes", "Size of the log beside it", _size(path.with_name(f"{path.name}-wal")))
    if sources.backups is not None:
        # Never is written as infinitely long ago, so that an alert on the age rings.
        backup_age = float("inf") if seen.backed_up_at is None else age(seen.backed_up_at, seen.now)
        yield _gauge("backup_age_seconds", "Since the newest copy in [backup] folder", backup_age)


def _gauge(name: str, about: str, value: float) -> "Metric":
    return _gauges(name, about, "", {"": value})


def _gauges(name: str, about: str, label: str, values: Mapping[str, float]) -> "Metric":
    from prometheus_client.core import GaugeMetricFamily

    return _filled(GaugeMetricFamily(f"studyhall_{name}", about, labels=_labels(label)), values)


def _counter(name: str, about: str, value: float) -> "Metric":
    return _counters(name, about, "", {"": value})


def _counters(name: str, about: str, label: str, values: Mapping[str, float]) -> "Metric":
    from prometheus_client.core import CounterMetricFamily

    return _filled(CounterMetricFamily(f"studyhall_{name}", about, labels=_labels(label)), values)


def _labels(label: str) -> list[str]:
    return [label] if label else []


def _filled(family: "GaugeMetricFamily | CounterMetricFamily", values: Mapping[str, float]) -> "Metric":
    """A family with its values by the value of its label; one without a label has a single one, by no name."""
    for key, value in values.items():
        family.add_metric([key] if key else [], value)
    return family


def _histogram(name: str, about: str, seen: Histogram) -> "Metric":
    from prometheus_client.core import HistogramMetricFamily

    buckets, below = [], 0
    for bound, count in zip((*map(str, seen.bounds), "+Inf"), seen.counts, strict=True):
        below += count
        buckets.append((bound, below))
    return HistogramMetricFamily(f"studyhall_{name}", about, buckets=buckets, sum_value=seen.total)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
