"""``studyhall check``: one line for each thing that is wrong."""

import asyncio
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from storage import schema
from tests.cli.desk import Desk


def at_schema(path: Path, revision: str) -> None:
    """Let a database claim to be at another revision."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))


async def test_good_configuration(desk: Desk, empty_database: Path) -> None:
    """Everything is looked at and found good, through each of the two ways to call the command."""
    script = Path(sys.executable).with_name("studyhall")
    shutil.copy(empty_database, desk.database)

    by_module, by_script = await asyncio.gather(
        desk.studyhall("check"), desk.studyhall("check", "-c", "config.toml", entry=(str(script),))
    )

    assert by_module.status == by_script.status == 0
    assert by_module.err == by_script.err == []
    assert by_module.out == [
        "✓ 配置文件：config.toml",
        f"✓ 数据库：{desk.database}",
        "✓ 学习计划：尚未启用（用 studyhall programme apply 启用）。",
        f"✓ Telegram：{desk.url} 已确认机器人 @{desk.sandbox.world.bot.username}。",
    ]
    assert by_script.out == by_module.out


async def test_what_is_wrong_with_the_file(desk: Desk) -> None:
    """A missing file, broken TOML, typos: each problem is one line in the configuration's language, and names its key."""
    typo = desk.config("typo.toml", chekin={"opens": "07:30"}, materials={"att": "08:00", "at": "25:00"})
    broken = desk.write("broken.toml", f'[telegram]\ntoken = "{desk.sandbox.token}')
    foreign = desk.write("foreign.toml", "名字".encode("utf-16"))

    in_english = desk.config("english.toml", programme={"language": "en", "nmae": "Programme"})

    missing, typos, unclosed, utf16, english = [
        await desk.here("check", "-c", path) for path in (Path("nowhere.toml"), typo, broken, foreign, in_english)
    ]

    assert [done.status for done in (missing, typos, unclosed, utf16)] == [1, 1, 1, 1]
    assert missing.err == ["nowhere.toml: 没有这个文件；可以从 config.example.toml 复制一份开始"]
    assert sorted(typos.err) == [
        f"{typo}: chekin: 没有这个配置项，是不是想写 checkin？",
        f"{typo}: materials.at: 应为一天中的时刻，例如 07:30",
        f"{typo}: materials.att: 没有这个配置项，是不是想写 at？",
    ]
    assert english.err == [f"{in_english}: programme.nmae: there is no such key; did you mean name?"]
    assert len(unclosed.err) == len(utf16.err) == 1
    assert unclosed.err[0].startswith(f"{broken}: 不是有效的 TOML：")
    assert utf16.err[0].startswith(f"{foreign}: 无法读取：")


async def test_what_is_wrong_with_telegram(desk: Desk) -> None:
    """No token, a refused one, nobody there, a webhook without its address."""
    stranger = "987654321:" + "x" * 35
    none = desk.config("none.toml", telegram={"token": ""})
    refused = desk.config("refused.toml", telegram={"token": stranger})
    nobody = desk.config("nobody.toml", telegram={"api_url": "http://127.0.0.1:9"})
    webhook = desk.config("webhook.toml", telegram={"mode": "webhook"})
    desk.secrets += (stranger,)

    checks = [await desk.here("check", "-c", path) for path in (none, refused, nobody, webhook)]
    starts = [await desk.here("run", "-c", path) for path in (none, webhook)]

    assert [done.status for done in (*checks, *starts)] == [1] * 6
    assert checks[0].err == ["✗ 缺少 telegram.token，请向 @BotFather 申请。"]
    assert checks[1].err == ["✗ Telegram 不接受该令牌，请从 @BotFather 重新复制到 telegram.token。"]
    assert len(checks[2].err) == 1
    assert checks[2].err[0].startswith("✗ 无法连接 http://127.0.0.1:9：")
    assert "Error" not in checks[2].err[0]
    assert checks[3].err == ["✗ 缺少 telegram.webhook.public_url，Telegram 需要知道回调地址。"]
    assert starts[0].err == [f"{none}：缺少 telegram.token，请向 @BotFather 申请。"]
    assert starts[1].err == [f"{webhook}：缺少 telegram.webhook.public_url，Telegram 需要知道回调地址。"]


async def test_run_that_cannot_begin(desk: Desk, empty_database: Path) -> None:
    """A refused token, a server that is not there, a database from the future: one line each, and no traceback."""
    stranger = "987654321:" + "x" * 35
    desk.secrets += (stranger,)
    shutil.copy(empty_database, desk.folder / "newer.db")
    at_schema(desk.folder / "newer.db", "9999")
    refused = desk.config("refused.toml", telegram={"token": stranger})
    nobody = desk.config("nobody.toml", telegram={"api_url": "http://127.0.0.1:9"}, storage={"url": "sqlite:///2.db"})
    newer = desk.config("newer.toml", storage={"url": "sqlite:///newer.db"})

    starts = await asyncio.gather(*(desk.studyhall("run", "-c", path) for path in (refused, nobody, newer)))

    assert [done.status for done in starts] == [1, 1, 1]
    assert starts[0].err == ["Telegram 不接受该令牌，请从 @BotFather 重新复制到 telegram.token。"]
    assert len(starts[1].err) == 1
    assert starts[1].err[0].startswith("无法连接 http://127.0.0.1:9：")
    assert len(starts[2].err) == 1
    assert "由更高版本的 Studyhall 写入" in starts[2].err[0]


async def test_what_is_wrong_with_the_database(desk: Desk, empty_database: Path) -> None:
    """An older schema is explained, a newer one refused; so are a missing folder and a file of another kind."""
    older, newer = desk.folder / "older.db", desk.folder / "newer.db"
    for path, revision in ((older, "0001"), (newer, "9999")):
        shutil.copy(empty_database, path)
        at_schema(path, revision)
    desk.write("text.db", "这不是数据库" * 1000)

    def on(url: str) -> Path:
        return desk.config(f"{len(list(desk.folder.iterdir()))}.toml", storage={"url": f"sqlite:///{url}"})

    configs = [on("older.db"), on("newer.db"), on("nowhere/studyhall.db"), on("text.db"), on("new.db")]
    checks = [await desk.here("check", "-c", path) for path in configs]

    known = schema.newest()
    too_new = f"{newer} 由更高版本的 Studyhall 写入（结构版本 9999，当前程序只支持到 {known}），请先升级 Studyhall。"
    assert [done.status for done in checks] == [0, 1, 1, 1, 0]
    assert f"✓ 数据库：{older} 的结构版本为 0001，下次启动时会先备份，再升级到 {known}。" in checks[0].out
    assert checks[1].err == [f"✗ {too_new}"]
    assert checks[2].err == [f"✗ 数据库所在的文件夹不存在：{desk.folder / 'nowhere'}"]
    assert len(checks[3].err) == 1
    assert checks[3].err[0].startswith(f"✗ {desk.folder / 'text.db'} 不是 Studyhall 的数据库：")
    assert f"✓ 数据库：{desk.folder / 'new.db'} 尚不存在，首次启动时自动创建。" in checks[4].out


async def test_usage_is_status_two(desk: Desk) -> None:
    """Words that the command line does not know are a matter of usage, told from a failure by the status."""
    wrong = (["chekc"], ["export", "everything"], ["audit", "contest", "three"], ["import", "roster"], [])

    usage = [await desk.here(*words) for words in wrong]
    help_ = await desk.here("--help")

    assert [done.status for done in usage] == [2] * 5
    assert all(done.err for done in usage[:4])
    assert help_.status == 0
    for command in ("demo", "run", "check", "import", "export", "audit", "backup", "restore"):
        assert any(line.split()[1:2] == [command] for line in help_.out), command
        assert any(line.split()[1:2] == [command] for line in usage[4].out), command
