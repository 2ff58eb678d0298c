"""What a monitor sees of the bot: whether it lives, whether it can work, and its figures."""

import asyncio
import re
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.dialogues.match import gather
from tests.hall import Hall, HallMaker, _free_port

ROOT = Path(__file__).parents[2]
Figures = dict[tuple[str, tuple[tuple[str, str], ...]], float]


class Monitor:
    """Asks the bot's own port."""

    def __init__(self, hall: Hall, port: int, session: aiohttp.ClientSession) -> None:
        self.hall = hall
        self._url = f"http://127.0.0.1:{port}"
        self._session = session

    async def asks(self, path: str) -> tuple[int, Any]:
        """The status and the JSON of an answer."""
        async with self._session.get(f"{self._url}{path}") as answer:
            return answer.status, await answer.json()

    async def page(self) -> str:
        """The metrics as they are written."""
        async with self._session.get(f"{self._url}/metrics") as answer:
            assert answer.status == 200
            assert answer.content_type == "text/plain"
            return await answer.text()

    async def figures(self) -> Figures:
        """The metrics as they are read."""
        return {
            (sample.name, tuple(sorted(sample.labels.items()))): sample.value
            for family in text_string_to_metric_families(await self.page())
            for sample in family.samples
        }


@pytest.fixture
async def monitor(hall_with: HallMaker) -> AsyncIterator[Monitor]:
    """Somebody who watches a bot that has just started."""
    port = _free_port()
    hall = await hall_with(health={"port": port})
    async with aiohttp.ClientSession() as session:
        yield Monitor(hall, port, session)


async def test_bot_that_works_is_live_and_ready(monitor: Monitor) -> None:
    """Three addresses, 200 each, and nothing to complain of."""
    both, live, ready = [await monitor.asks(f"/health{path}") for path in ("", "/live", "/ready")]

    assert both == (200, {"live": True, "ready": True, "reasons": [], "waiting": 0})
    assert live == (200, {"live": True})
    assert ready == (200, {"ready": True, "reasons": [], "waiting": 0})


async def test_second_poller_makes_it_unready_in_plain_words(monitor: Monitor) -> None:
    """The bot lives, so nobody starts it again; it is not ready, and the reason says what to do."""
    hall = monitor.hall
    async with aiohttp.ClientSession() as session:
        await (await session.get(f"{hall.url}/bot{hall.sandbox.token}/getUpdates?timeout=0")).read()
    assert hall.app is not None
    await hall.until_true(lambda: hall.app.poller.trouble is not None)  # type: ignore[union-attr]

    live, ready = await monitor.asks("/health/live"), await monitor.asks("/health/ready")
    figures = await monitor.figures()

    assert live == (200, {"live": True})
    assert ready[0] == 503
    assert ready[1]["reasons"] == [
        {
            "code": "conflict",
            "says": "另有程序在用同一令牌收取消息，或已设置回调地址，请将其停用。",
        }
    ]
    assert figures["studyhall_ready", ()] == 0
    assert figures["studyhall_trouble", (("reason", "conflict"),)] == 1


async def test_database_that_takes_nothing_is_told_until_it_does_again(monitor: Monitor) -> None:
    """A refused write is a reason, and stays one until a write of the probe's own has gone through."""
    hall = monitor.hall
    await takes_writes(hall, False)
    with pytest.raises(Exception, match="readonly"):
        await hall.write(lambda tx: tx.meta.put("probe", "1"))

    refused = await monitor.asks("/health")
    still = await monitor.asks("/health/ready")
    await takes_writes(hall, True)
    again = await monitor.asks("/health/ready")
    figures = await monitor.figures()

    assert refused[0] == still[0] == 503
    assert refused[1]["live"] is True
    assert refused[1]["reasons"] == still[1]["reasons"]
    assert refused[1]["reasons"][0]["code"] == "storage"
    assert refused[1]["reasons"][0]["says"] == "数据库无法写入：文件只读。"
    assert again[0] == 200
    assert figures["studyhall_commit_failures_total", ()] == 3


async def takes_writes(hall: Hall, does: bool) -> None:
    """Let the database refuse whatever is written, as on a disk that was mounted read-only, or take it again."""
    assert hall.app is not None
    writer = hall.app.database._writer
    assert writer is not None
    await writer.run(lambda connection: connection.execute(f"PRAGMA query_only = {'OFF' if does else 'ON'}"))


async def test_writer_that_does_not_answer_is_not_live(monitor: Monitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that hangs holds the writer's thread; whoever starts the bot again learns of it."""
    monkeypatch.setattr("bot.health._PATIENCE", 0.01)
    hall = monitor.hall
    free = threading.Event()
    hanging = asyncio.ensure_future(hall.write(lambda tx: free.wait()))

    held = await monitor.asks("/health/live")
    free.set()
    await hanging
    monkeypatch.undo()
    after = await monitor.asks("/health/live")

    assert held == (503, {"live": False})
    assert after == (200, {"live": True})


async def test_starting_and_stopping_are_not_ready(monitor: Monitor) -> None:
    """Before the first update is let in and after the end has begun, no work is promised."""
    assert monitor.hall.app is not None
    for phase in ("starting", "stopping"):
        monitor.hall.app.health.phase = phase

        status, told = await monitor.asks("/health/ready")

        assert status == 503
        assert [reason["code"] for reason in told["reasons"]] == [phase]
    monitor.hall.app.health.phase = ""


async def test_a_contest_in_figures(monitor: Monitor) -> None:
    """What a monitor reads of a contest: updates, rulings, toasts, timers, what was sent; and nothing about anybody."""
    match = await gather(monitor.hall)
    await match.begins()
    await match.anna.presses("抢答", match.group)
    await match.anna.presses(await match.letter(right=True), match.group)

    page = await monitor.page()
    figures = await monitor.figures()

    def count(name: str, **labels: str) -> float:
        return figures[f"studyhall_{name}", tuple(labels.items())]

    assert count("updates_received_total", kind="callback_query") == 6
    assert count("updates_failed_total") == count("handler_faults_total") == 0
    assert count("updates_done_total") == sum(
        value for (name, _), value in figures.items() if name == "studyhall_updates_received_total"
    )
    assert count("ruling_seconds_count") == 2
    assert count("toast_seconds_count") == 6
    assert count("ruling_seconds_sum") == count("timer_late_seconds_sum") == 0  # the clock is moved by hand
    assert count("timer_late_seconds_count") > 0
    assert count("contests", state="running") == 1
    assert count("deliveries_total", state="sent") > 3
    assert count("telegram_calls_total", rank="contest") > 3
    assert count("outbox_rows", rank="broadcast", state="pending") == 0
    assert count("inbox_waiting") == 0
    assert count("commit_seconds_count") == count("commit_batch_count") > 10
    assert count("database_bytes") > 100_000
    assert count("ready") == 1
    assert figures["process_open_fds", ()] > 5
    assert any(name == "studyhall_build_info" for name, _ in figures)
    for personal in (match.anna.name, str(match.anna.id), str(match.group.id), match.group.title, "示范区", "常识"):
        assert personal not in page


async def test_port_that_is_taken_stops_nothing(hall_with: HallMaker) -> None:
    """What runs the programme does not fail for want of somebody who watches it."""
    taken = await asyncio.start_server(lambda _reader, _writer: None, "127.0.0.1", 0)
    port = taken.sockets[0].getsockname()[1]

    hall = await hall_with(health={"port": port})
    anna = await hall.person("安娜")
    await anna.says("/help")

    assert "/lang" in await anna.reads()
    taken.close()
    await taken.wait_closed()


async def test_figures_are_called_as_the_docs_and_the_alerts_call_them(monitor: Monitor) -> None:
    """A rule about a figure that does not exist never rings; a figure that no page explains helps nobody."""
    anna = await monitor.hall.person("安娜")
    await anna.says("/help")

    page = await monitor.page()
    names = set(re.findall(r"^# TYPE (\w+)", page, re.MULTILINE))
    docs, rules = [(ROOT / path).read_text(encoding="utf-8") for path in ("docs/operations.md", "deploy/alerts.yml")]

    def named(text: str) -> set[str]:
        found = re.findall(r"\b(?:studyhall|process)_\w+", text)
        return {re.sub(r"_bucket$", "", name) for name in found}

    known = names | {"studyhall_backup_age_seconds", "studyhall_build_info"}
    assert named(docs) <= known
    assert named(rules) <= known
    assert {name for name in names if name.startswith("studyhall_")} - {"studyhall_build"} <= named(docs)


async def test_backup_that_was_never_made_is_infinitely_old(hall_with: HallMaker) -> None:
    """So that an alert on its age rings from the first day; once there is one, its age is told."""
    port = _free_port()
    hall = await hall_with(health={"port": port})
    await hall.stop_bot()
    folder = hall.folder / "backups"
    hall._settings["backup"] = {"folder": str(folder)}
    await hall.start_bot()
    async with aiohttp.ClientSession() as session:
        monitor = Monitor(hall, port, session)
        never = await monitor.figures()
        folder.mkdir()
        (folder / "studyhall-20261122T230000.db").write_bytes(b"")
        once = await monitor.figures()

    assert never["studyhall_backup_age_seconds", ()] == float("inf")
    assert once["studyhall_backup_age_seconds", ()] == 0
