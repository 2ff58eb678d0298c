"""The bot as a service: what systemd is told, the log as JSON, the token in a file of its own."""

import json
import shutil
import signal
import socket
from pathlib import Path

import aiohttp
import pytest

from bot.backups import newest_backup
from bot.config import load
from bot.config_problems import ConfigError
from tests.cli.desk import Desk
from tests.hall import _free_port


async def test_life_of_a_service(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Systemd hears of start and end, monitoring finds its port, every line is JSON, and the token is in its file alone."""
    desk.write("token", f"{desk.sandbox.token}\n")
    port = _free_port()
    desk.config(
        telegram={"token": "", "token_file": "token"},
        health={"port": port},
        log={"format": "json", "level": "debug"},
    )
    address = str(desk.temporary / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(address)
        monkeypatch.setenv("NOTIFY_SOCKET", address)
        async with desk.running("run") as bot:
            await bot.until("ready")
            systemd.settimeout(60)
            first = systemd.recv(4096).decode()
            async with aiohttp.ClientSession() as session:
                health = await (await session.get(f"http://127.0.0.1:{port}/health")).json()
                metrics = await (await session.get(f"http://127.0.0.1:{port}/metrics")).text()
            end = await bot.ends(signal.SIGTERM)
        last = systemd.recv(4096).decode()

    assert (first, last) == ("READY=1", "STOPPING=1")
    assert health["ready"] is True
    assert "\nstudyhall_ready 1.0\n" in metrics
    assert end.status == 0
    assert len(end.err) > 3
    assert all({"time", "level", "logger", "event"} <= json.loads(line).keys() for line in end.err)


async def test_start_that_fails_is_a_line_too(desk: Desk) -> None:
    """Whatever keeps the bot from running, the log's last line says it in the log's own form; the status is 1."""
    desk.config("typo.toml", log={"format": "json"}, chekin={"opens": "07:30"})

    done = await desk.studyhall("run", "-c", "typo.toml")

    assert done.status == 1
    [line] = [json.loads(line) for line in done.err]
    assert (line["level"], line["event"]) == ("critical", "the bot cannot run")
    assert line["reason"] == "typo.toml: chekin: 没有这个配置项，是不是想写 checkin？"


async def test_nightly_backup_keeps_the_newest(desk: Desk, empty_database: Path) -> None:
    """Without a file it goes into the folder; the oldest go, files of other names stay, and nobody else may read it."""
    shutil.copy(empty_database, desk.database)
    folder = desk.folder / "copies"
    folder.mkdir()
    for name in ("studyhall-20250101T000000.db", "studyhall-20250102T000000.db", "before-the-fair.db"):
        (folder / name).touch()
    desk.config(backup={"folder": "copies", "keep": 2})

    done = await desk.here("backup")
    desk.config()
    nowhere = await desk.here("backup")

    kept = sorted(path.name for path in folder.iterdir())
    assert (done.status, done.err) == (0, [])
    assert done.out[-1] == f"已删除 {folder / 'studyhall-20250101T000000.db'}。"
    assert kept[:2] == ["before-the-fair.db", "studyhall-20250102T000000.db"]
    assert len(kept) == 3
    newest = newest_backup(folder)
    assert newest is not None
    assert newest.path == folder / kept[2]
    assert (folder / kept[2]).stat().st_mode & 0o777 == 0o600
    assert nowhere.status == 1
    assert nowhere.err == ["请写明备份文件名，或在配置 [backup] 的 folder 中填写备份文件夹。"]


def test_token_of_a_file(tmp_path: Path) -> None:
    """Beside the configuration or wherever it says; a line break at its end does not count."""
    (tmp_path / "token").write_text("1:x\n")
    (tmp_path / "config.toml").write_text('[telegram]\ntoken_file = "token"')

    assert load(tmp_path / "config.toml").telegram.token.get_secret_value() == "1:x"


@pytest.mark.parametrize(
    ("telegram", "code"),
    [
        ('token_file = "nowhere"', "unreadable"),
        ('token_file = "empty"', "token_empty"),
        ('token_file = "."', "unreadable"),
        ('token_file = "token"\ntoken = "2:y"', "token_twice"),
    ],
)
def test_token_file_that_is_no_good(tmp_path: Path, telegram: str, code: str) -> None:
    """Missing, empty, a folder, or beside another token: one line that names the key."""
    (tmp_path / "token").write_text("1:x")
    (tmp_path / "empty").write_text("\n")
    (tmp_path / "config.toml").write_text(f"[telegram]\n{telegram}")

    with pytest.raises(ConfigError) as caught:
        load(tmp_path / "config.toml")

    [problem] = caught.value.problems
    assert problem.where.endswith("telegram.token_file")
    assert [code for code, _ in problem.reasons] == [code]


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "study.example.org"])
async def test_health_in_public_has_to_be_meant(desk: Desk, host: str) -> None:
    """An address that others can reach is refused in one sentence, unless the configuration says that it is meant."""
    refused = desk.config("refused.toml", health={"host": host, "port": 9464})
    meant = desk.config("meant.toml", health={"host": host, "port": 9464, "public": True})
    off = desk.config("off.toml", health={"host": host, "port": 0})

    done = await desk.here("check", "-c", refused)

    assert done.status == 1
    assert done.err == [
        f"{refused}: health: host 可被其他机器访问；确实需要时请设 public = true，否则请将 host 改为 127.0.0.1"
    ]
    assert load(meant).health.is_on
    assert not load(off).health.is_on
