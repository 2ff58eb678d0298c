"""The files that a machine is set up with call what exists, and systemd understands them."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import typer.main

from bot.cli import app

DEPLOY = Path(__file__).parent.parent / "deploy"
UNITS = sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")])


def test_services_call_commands_that_exist() -> None:
    """Each with options that the command has."""
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    called = [
        re.findall(r"^ExecStart=\S+/studyhall (\w+)(.*)$", unit.read_text(encoding="utf-8"), re.MULTILINE)
        for unit in DEPLOY.glob("*.service")
    ]

    assert sorted(name for [(name, _)] in called) == ["backup", "run"]
    for [(name, words)] in called:
        has = {option for one in commands[name].params for option in one.opts}
        assert set(re.findall(r" (--?[a-z-]+)", words)) <= has


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not there")
def test_systemd_understands_every_unit(tmp_path: Path) -> None:
    """Not one unknown key, wrong value or warning."""
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8")
        # The program and its pages are not where they will be.
        text = re.sub(r"/opt/studyhall/\.venv/bin/studyhall", "/bin/true", text)
        (tmp_path / unit.name).write_text(re.sub(r"(?m)^Documentation=.*\n", "", text), encoding="utf-8")

    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / unit.name) for unit in UNITS)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
