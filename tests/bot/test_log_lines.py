"""Every line on standard error is one JSON object where that is asked for, whoever wrote it."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"
_PROGRAM = f'''
import asyncio, logging, threading, warnings
import structlog
from bot import log

log.set_up("info", "json")
ours = structlog.get_logger("bot.somewhere")
ours.info("two\\nlines", number=float("nan"), endless=float("inf"), half="\\ud800", who={{"token": "{TOKEN}"}})
logging.getLogger("aiohttp.server").error("a library's own: %s", "https://api.example/bot{TOKEN}/getMe")
logging.getLogger("library").error("too few: %d and %d", 1)
warnings.warn("old", DeprecationWarning)
try:
    raise ValueError("refused {TOKEN}")
except ValueError:
    ours.exception("caught")

thread = threading.Thread(target=lambda: 1 / 0)
thread.start()
thread.join()

async def forgotten():
    raise LookupError("forgotten {TOKEN}")

async def main():
    asyncio.get_running_loop().call_soon(lambda: 1 / 0)
    task = asyncio.ensure_future(forgotten())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    del task

asyncio.run(main())

class Last:
    def __del__(self):
        raise OSError("at the end")

last = Last()
del last
raise RuntimeError("nobody caught {TOKEN}")
'''


def test_every_line_is_an_object_without_the_token() -> None:
    """Ours, a library's, one that cannot be made, warnings, threads, forgotten tasks, destructors, the last exception."""
    done = subprocess.run(
        [sys.executable, "-W", "always", "-c", _PROGRAM], cwd=ROOT, capture_output=True, text=True, check=False
    )

    lines = [json.loads(line, parse_constant=not_json) for line in done.stderr.splitlines()]

    told = [(line["logger"], line["level"], line["event"].split(":")[0]) for line in lines]
    assert told == [
        ("bot.somewhere", "info", "two\nlines"),
        ("aiohttp.server", "error", "a library's own"),
        ("bot.log", "error", "a line of library could not be written"),
        ("python", "warning", "DeprecationWarning"),
        ("bot.somewhere", "error", "caught"),
        ("python", "critical", "nobody caught this"),
        ("asyncio", "error", "Exception in callback main.<locals>.<lambda>() at <string>"),
        ("asyncio", "error", "Task exception was never retrieved\nfuture"),
        ("python", "error", "ignored"),
        ("python", "critical", "nobody caught this"),
    ]
    assert all(line["time"].endswith("Z") for line in lines)
    assert "Traceback" in lines[4]["exception"]
    assert TOKEN not in done.stderr
    assert TOKEN[10:] not in done.stderr
    assert done.stdout == ""


_FORGER = """
import logging
import structlog
from bot import log

log.set_up("info", "text")
ours = structlog.get_logger("bot.somewhere")
forged = "Anna\\r\\n2026-11-23 07:00:00 [info     ] ready\\x1b[2J\\x9b2J\\u2028\\u202e"
ours.info("joined", name=forged, plain="安娜", unit="\\x07bell")
logging.getLogger("library").error("of %s", forged)
try:
    raise ValueError(forged)
except ValueError:
    ours.exception("caught")
"""


def test_nobody_forges_a_line_of_text_or_speaks_to_the_terminal() -> None:
    """A name with line breaks and escape sequences, in a value, a message and an error, is shown as what it is."""
    done = subprocess.run([sys.executable, "-c", _FORGER], cwd=ROOT, capture_output=True, text=True, check=False)

    lines = done.stderr.split("\n")
    begun = [line for line in lines if line and not line.startswith("  ")]

    assert len(begun) == 3
    assert [" joined " in begun[0], "of Anna" in begun[1], " caught " in begun[2]] == [True] * 3
    assert r'name="Anna\r\n2026-11-23 07:00:00 [info     ] ready\x1b[2J\x9b2J\u2028\u202e"' in begun[0]
    assert r'unit="\x07bell"' in begun[0]
    assert "安娜" in begun[0]
    assert any(line.startswith("  ValueError: Anna") for line in lines)
    assert [character for line in lines for character in line if not character.isprintable()] == []


def not_json(constant: str) -> float:
    """NaN and its like are Python's, and no JSON."""
    raise AssertionError(constant)
