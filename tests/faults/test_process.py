"""The bot as a process, and trouble that only a real machine has: a disk that takes no more, a file that is held, a sleep.

Like `tests/cli/test_kill.py` on the real clock. It waits for what happens; only a sleep is a length of time.
"""

import json
import os
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.desk import Desk
from tests.cli.test_kill import Programme
from tests.faults.disk import damaged, held

pytestmark = pytest.mark.long

_SLEEP = 70
"""Seconds: longer than any window, and than a poll waits for its answer."""
UNSTORED = "机器人暂时无法保存数据"
_TROUBLE = "nothing can be stored"
_MENDED = "things can be stored again"


def takes_check_ins(desk: Desk, **more: Any) -> None:
    """Let the programme take check-ins at any hour."""
    desk.config(
        checkin={"days": "every day", "opens": "00:00", "late": "23:50", "closes": "23:59"},
        materials={"enabled": False},
        log={"format": "json"},
        **more,
    )


async def is_checked_in(desk: Desk) -> bool:
    """Whether exactly one check-in is stored."""
    return desk.rows("SELECT count(*) FROM checkin_entries") == [(1,)]


async def is_told(programme: Programme, words: str) -> bool:
    """Whether Anna has read this in private."""
    return any(words in message.text for message in await programme.anna.messages())


async def test_file_that_may_not_grow(programme: Programme) -> None:
    """The system refuses every byte more: the sender is told, nothing is pretended; with room again it is done, once."""
    desk = programme.desk
    takes_check_ins(desk)
    async with desk.running("run") as bot:
        await bot.until("ready")
        log = desk.database.with_name(f"{desk.database.name}-wal")
        pid = bot._process.pid
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (log.stat().st_size, resource.RLIM_INFINITY))
        await programme.anna.says("签到")
        trouble = await bot.until(_TROUBLE)
        await desk.until(lambda: is_told(programme, UNSTORED))
        pretended = await is_told(programme, "签到成功")
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        await bot.until(_MENDED)
        await desk.until(lambda: is_checked_in(desk))
        await desk.sandbox.settled()
        end = await bot.ends(signal.SIGTERM)

    assert '"trouble": "io"' in trouble
    assert not pretended
    assert end.status == 0
    assert sum(_TROUBLE in line for line in end.err) == 1


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of four megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", place], check=False, capture_output=True)
    if done.returncode != 0:
        pytest.skip("only root may mount a small disk")
    yield place
    subprocess.run(["umount", place], check=True)


async def test_full_disk(programme: Programme, small_disk: Path) -> None:
    """No space left on device: told, waited out, gone on from; a second start meanwhile says what is wrong and ends."""
    desk = programme.desk
    shutil.move(desk.database, small_disk / desk.database.name)
    desk.database = small_disk / desk.database.name
    takes_check_ins(desk, storage={"url": f"sqlite:///{desk.database}"})
    filler = small_disk / "filler"
    async with desk.running("run") as bot:
        await bot.until("ready")
        fill(filler)
        await programme.anna.says("签到")
        trouble = await bot.until(_TROUBLE)
        backup = await desk.studyhall("backup", small_disk / "copy.db")
        filler.unlink()
        await bot.until(_MENDED)
        await desk.until(lambda: is_checked_in(desk))
        await bot.ends(signal.SIGKILL)
    fill(filler)
    start = await desk.studyhall("run")
    filler.unlink()

    assert '"trouble": "full"' in trouble
    assert backup.status == 1
    assert not (small_disk / "copy.db").exists()
    assert start.status == 1
    [line] = [line for line in map(json.loads, start.err) if line["level"] == "critical"]
    assert line["reason"] == "磁盘已满，数据库无法写入。请先清理空间，然后重试。"


def fill(filler: Path) -> None:
    """Take every byte that is left."""
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 4096)
        except OSError:
            pass


async def test_file_that_another_program_holds(programme: Programme) -> None:
    """Longer than the five seconds that are waited: named, and over when the other lets go."""
    desk = programme.desk
    takes_check_ins(desk)
    async with desk.running("run") as bot:
        await bot.until("ready")
        with held(desk.database):
            await programme.anna.says("签到")
            trouble = await bot.until(_TROUBLE)
            await desk.until(lambda: is_told(programme, UNSTORED))
        await bot.until(_MENDED)
        await desk.until(lambda: is_checked_in(desk))
        end = await bot.ends(signal.SIGTERM)

    assert '"trouble": "locked"' in trouble
    assert end.status == 0


async def test_torn_log_after_a_kill(programme: Programme) -> None:
    """kill -9, and half a frame behind the log's end: everything that was stored is there after the next start."""
    desk = programme.desk
    takes_check_ins(desk)
    async with desk.running("run") as bot:
        await bot.until("ready")
        await programme.anna.says("签到")
        await desk.until(lambda: is_checked_in(desk))
        await bot.ends(signal.SIGKILL)
    with desk.database.with_name(f"{desk.database.name}-wal").open("ab") as log:
        log.write(b"\x5a" * 2000)

    async with desk.running("run") as bot:
        await bot.until("ready")
        await programme.bert.says("签到")
        await desk.until(lambda: are_checked_in(desk, 2))
        end = await bot.ends(signal.SIGTERM)

    assert end.status == 0


async def are_checked_in(desk: Desk, count: int) -> bool:
    """Whether so many check-ins are stored."""
    return desk.rows("SELECT count(*) FROM checkin_entries") == [(count,)]


async def test_damaged_database_does_not_start(desk: Desk, empty_database: Path) -> None:
    """One sentence that names the way out, and no traceback."""
    damaged(desk.database, empty_database, 4096, 10_000_000)

    start = await desk.studyhall("run")

    assert start.status == 1
    assert len(start.err) == 1
    assert "已损坏" in start.err[0]
    assert "studyhall restore" in start.err[0]


async def test_process_that_slept(programme: Programme) -> None:
    """Stopped in mid-question for longer than it lasts: the question is asked again, and played to the end of the contest."""
    desk, group = programme.desk, programme.group
    async with desk.running("run") as bot:
        await bot.until("ready")
        await programme.host.says("/contest buzzer 常识 1", group)
        lobby = await programme.button("加入 红队")
        await programme.anna.presses("加入 红队", message=lobby)
        await programme.bert.presses("加入 蓝队", message=lobby)
        await programme.host.presses("开始", message=await programme.button("开始"))
        question = await programme.button("抢答")
        os.kill(bot._process.pid, signal.SIGSTOP)
        wakes_at = time.monotonic() + _SLEEP

        async def slept() -> bool:
            return time.monotonic() >= wakes_at

        await programme.bert.presses("抢答", message=question)
        await desk.until(slept)
        os.kill(bot._process.pid, signal.SIGCONT)
        void = await programme.shows("服务曾中断")
        # The poll that broke meanwhile tells of the same outage a moment later: the question may be asked once more.
        pressed: set[int] = set()

        async def called() -> bool:
            newest = (await programme.anna.messages(group))[-1]
            if any(label.startswith("A.") for label in newest.labels):
                return True
            if newest.id > void.id and newest.id not in pressed and "抢答" in "".join(newest.labels):
                pressed.add(newest.id)
                await programme.anna.presses("抢答", message=newest)
            return False

        await desk.until(called)
        right = (await programme.contest()).question.answer[0]
        await programme.anna.presses(f"{'ABCD'[right]}.", message=await programme.button("A.", void.id))
        final = await programme.shows("最终成绩", void.id)
        end = await bot.ends(signal.SIGTERM)
    audit = await desk.studyhall("audit", "contest", "1")

    assert "110" in final.text
    assert end.status == 0
    assert audit.out[-1] == "回放结果与公布成绩一致。"
