"""Rows 1 and 2: how many presses a second are answered, ours durably, the peers with nothing behind it."""

from collections.abc import Sequence
from typing import Any

from benchmarks import bots
from benchmarks.light import Light, press
from benchmarks.row import Run

DELAY = 0.05
CONTESTS, PLAYERS = 100, 50


async def peer_rate(run: Run, light: Light, name: str, arguments: Sequence[str], presses: int) -> float:
    """Presses a second that a peer answers, all of them waiting for it from the beginning."""
    folder = run.folder / "peer"
    folder.mkdir(exist_ok=True)
    async with bots.peer(light, folder, name, *arguments):
        return await rate(light, [press(1000 + n, -1 - n % CONTESTS, 7, f"choose:1:2:{n % 4}") for n in range(presses)])


async def rate(light: Light, presses: Sequence[dict[str, Any]]) -> float:
    """Feed presses all at once; how many a second were answered until the last was."""
    await light.forget()
    ids = await light.feed(presses)
    await light.until("answerCallbackQuery", len(presses), within=180)
    report = await light.report()
    if set(report.toasts) != set(ids):
        raise RuntimeError("not every press was answered")
    return len(ids) / (max(report.toasts.values()) - min(report.due.values()))
