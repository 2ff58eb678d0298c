"""Row 9: from exec to the first reply, and the memory of a bot that has nothing to do.

``studyhall run`` as a process of its own against the light server, with a message that waits: from when the process is made
to when the bytes of the reply are at the server. Compiled modules are there, as after any first start, and so is the
database. Beside it a bot of python-telegram-bot alone with one handler, in the same interpreter; it keeps nothing.
"""

import asyncio
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks import bots, ledger
from benchmarks.light import Light, said
from benchmarks.row import Line, Row, Run

_QUIET = 3.0
"""Seconds after the reply, until what a start leaves behind is tidied up."""
_COMPILED = {"PYTHONDONTWRITEBYTECODE": ""}
_BARE = """\
import asyncio, sys
from telegram.ext import ApplicationBuilder, CommandHandler
async def reply(update, context):
    await update.effective_message.reply_text("here")
url, token = sys.argv[1:]
app = ApplicationBuilder().token(token).base_url(f"{url}/bot").build()
app.add_handler(CommandHandler("help", reply))
app.run_polling()
"""


async def ours(light: Light, folder: Path) -> tuple[float, float]:
    """Seconds to the first reply, and MB afterwards."""
    await light.feed([said(ledger.FIRST_USER, ledger.FIRST_USER, "/help")])
    began = time.perf_counter()
    async with bots.ours(light, folder, polls=False, environment=_COMPILED) as bot:
        await light.until("sendMessage", 1)
        took = time.perf_counter() - began
        await asyncio.sleep(_QUIET)
        return took, bot.memory


async def bare(light: Light, script: Path) -> tuple[float, float]:
    """The same of the bot with one handler."""
    await light.forget()
    await light.feed([said(ledger.FIRST_USER, ledger.FIRST_USER, "/help")])
    began = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(script), light.url, light.token, env={**os.environ, **_COMPILED}
    )
    try:
        await light.until("sendMessage", 1)
        took = time.perf_counter() - began
        await asyncio.sleep(_QUIET)
        return took, bots.Bot(process).memory
    finally:
        process.terminate()
        await process.wait()


async def measure(run: Run) -> list[Line]:
    """An empty database, the bare bot, and a database of a million entries, in turn."""
    empty, full, script = run.folder / "empty", run.folder / "full", run.folder / "bare.py"
    script.write_text(_BARE)
    for folder in (empty, full):
        folder.mkdir()
    entries, people = (20_000, 1_000) if run.quick else (1_000_000, 50_000)
    run.say(f"start: {entries:,} entries are booked")
    await ledger.make(full / "studyhall.db", entries, people)
    found: dict[str, list[tuple[float, float]]] = {"empty": [], "bare": [], "full": []}
    async with Light.started() as light:
        await ours(light, empty)  # makes the database and compiles the modules
        for _ in run.rounds("start"):
            found["empty"].append(await ours(light, empty))
            found["bare"].append(await bare(light, script))
            found["full"].append(await ours(light, full))

    def of(name: str, which: int) -> Sequence[float]:
        return [one[which] for one in found[name]]

    alone, size = "python-telegram-bot alone, one handler", f"{entries:,} ledger rows"
    return [
        Line("start to first reply", "s", of("empty", 0), peer=alone, theirs=of("bare", 0), at_most=1.5),
        Line(f"the same with {size}", "s", of("full", 0), peer="an empty database", theirs=of("empty", 0), at_most=1.5),
        Line("idle memory", "MB", of("empty", 1), peer=alone, theirs=of("bare", 1), at_most=110),
        Line(
            f"the same with {size}", "MB", of("full", 1), peer="an empty database", theirs=of("empty", 1), at_most=110
        ),
    ]


ROWS = (Row(9, "start", measure),)
