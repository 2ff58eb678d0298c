"""``studyhall run``, and what the other commands do while it has the database."""

import asyncio
import signal
import sqlite3
from contextlib import closing

from bot.lock import DatabaseLock
from bot.web.control import socket_of
from tests.cli.desk import Desk

ROSTER = "姓名,单位,编号\n安娜,示范区/第一支部,A1\n伯特,示范区/第一支部,A2\n"
BANK = "1. 一加一等于几？\nA. 二\nB. 三\n答案：A\n"


async def test_the_other_commands_beside_a_running_bot(desk: Desk) -> None:
    """One bot a database: a second is refused, imports go through the first, backups are whole, restoring waits."""
    desk.write("roster.csv", ROSTER)
    desk.write("常识.txt", BANK)
    async with desk.running("run", "-c", "config.toml") as bot:
        await bot.until("ready")
        anna = await desk.town.person("安娜")

        second = await desk.studyhall("run")
        roster, bank = await desk.here("import", "roster", "roster.csv"), await desk.here("import", "bank", "常识.txt")
        await anna.says("/start A1")
        await desk.sandbox.settled()
        backup = await desk.here("backup", "copy.db")
        restored = await desk.here("restore", "copy.db")
        check = await desk.here("check")
        control = socket_of(desk.database)
        mode = control.stat().st_mode & 0o777
        end = await bot.ends(signal.SIGTERM)

    assert second.status == 1
    assert len(second.err) == 1
    assert second.err[0].startswith("数据库正被另一个进程（")
    assert (roster.status, roster.out) == (0, ["名册：新增 2 人，更新 0 人，0 人无变化；名册中另有 0 人不在此文件内。"])
    assert (bank.status, bank.out) == (0, ["题库“常识”：新增 1 道，更新 0 道。"])
    assert desk.rows("SELECT name FROM people WHERE user_id = ?", anna.id) == [("安娜",)]
    assert backup.status == 0
    with closing(sqlite3.connect(desk.folder / "copy.db")) as copy:
        assert copy.execute("SELECT count(*) FROM people").fetchone() == (2,)
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert restored.status == 1
    assert restored.err[0].startswith("数据库正被另一个进程（")
    assert check.status == 0
    assert mode == 0o600
    assert end.status == 0
    assert not control.exists()


async def test_run_ends_in_good_order(desk: Desk) -> None:
    """Ctrl-C ends it with status 0 and without a word of trouble, with nothing of its own left open."""
    async with desk.running("run") as bot:
        await bot.until("ready")
        anna = await desk.town.person("安娜")
        await anna.says("/help")

        end = await bot.ends(signal.SIGINT)

    assert end.status == 0
    assert [line for line in end.err if "error" in line or "warning" in line] == []
    assert not socket_of(desk.database).exists()
    assert not desk.database.with_name("studyhall.db-wal").exists()


async def test_signal_during_the_start(desk: Desk) -> None:
    """A signal while Telegram does not answer yet ends it as well."""
    await desk.town.fault("hang", method="getMe", times=1)
    async with desk.running("run") as bot:
        await desk.until(lambda: desk.town.calls(method="getMe"))

        end = await bot.ends(signal.SIGTERM)

    assert end.status == 0


async def test_import_without_a_bot_that_answers(desk: Desk) -> None:
    """Somebody else holds the database and no bot listens: one line, nothing imported."""
    desk.write("roster.csv", ROSTER)
    lock = DatabaseLock(desk.database)
    lock.acquire()
    try:
        done = await asyncio.wait_for(desk.here("import", "roster", "roster.csv"), 30)
    finally:
        lock.release()

    assert done.status == 1
    assert len(done.err) == 1
    assert done.err[0].startswith("正在运行的机器人没有响应：")
