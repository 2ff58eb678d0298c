"""Row 10: a bank from XLSX, a register to XLSX, and what memory they take; each in a process of its own."""

import asyncio
import json
import os
import sys
from pathlib import Path

from benchmarks.bots import ROOT
from benchmarks.row import Line, Row, Run


async def carried_out(way: str, path: Path, rows: int) -> dict[str, float]:
    """Seconds and MB of one way of :mod:`benchmarks.sheets`."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.sheets", way, str(path), str(rows),
        stdout=asyncio.subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    out, _ = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"{way} failed")
    return dict(json.loads(out))


async def measure(run: Run) -> list[Line]:
    """Reading and writing, ours and openpyxl's, in turn."""
    questions, lines = (1_000, 10_000) if run.quick else (10_000, 100_000)
    bank, register = run.folder / "bank.xlsx", run.folder / "register.xlsx"
    await carried_out("prepare", bank, questions)
    ways = {"our_reading": bank, "their_reading": bank, "our_writing": register, "their_writing": register}
    found: dict[str, list[dict[str, float]]] = {way: [] for way in ways}
    for _ in run.rounds("spreadsheets"):
        for way, path in ways.items():
            found[way].append(await carried_out(way, path, questions if path is bank else lines))
    # A tenth of the rows: memory that is bounded by what a row takes and not by the file would be the same.
    small = [await carried_out("our_writing", register, lines // 10) for _ in found["our_writing"]]

    def of(way: str, what: str) -> list[float]:
        return [one[what] for one in found[way]]

    reading, writing = "openpyxl, read-only, nothing checked", "openpyxl, write-only, nothing defused"
    return [
        Line(
            f"bank of {questions:,} questions from XLSX", "s", of("our_reading", "seconds"),
            peer=reading, theirs=of("their_reading", "seconds"), at_most=4,
        ),
        Line("its memory", "MB", of("our_reading", "memory"), peer=reading, theirs=of("their_reading", "memory")),
        Line(
            f"register of {lines:,} rows to XLSX", "s", of("our_writing", "seconds"),
            peer=writing, theirs=of("their_writing", "seconds"), at_most=12,
        ),
        Line("its memory", "MB", of("our_writing", "memory"), peer=writing, theirs=of("their_writing", "memory")),
        Line(
            "its memory", "MB", of("our_writing", "memory"), peer="a tenth of the rows",
            theirs=[one["memory"] for one in small],
        ),
    ]  # fmt: skip


ROWS = (Row(10, "spreadsheets", measure),)
