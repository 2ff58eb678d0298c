"""Rows 1 and 2: how many presses a second are answered; ours ruled on and on disk first, the peers' with nothing behind them."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import bots
from benchmarks.arena import Prepared, Wish, ask, committed, prepare
from benchmarks.light import Light, press
from benchmarks.row import Line, Row, Run

DELAY = 0.05
CONTESTS, PLAYERS = 100, 50
BATCH = 100
"""What one getUpdates brings at the most; there is one at a time."""
CONNECTIONS = 256
"""Side by side, for our answers (``bot.delivery.request.AiohttpRequest``)."""
PTB_ONE, PTB_MANY = ("ptb_bot", "one"), ("ptb_bot", "many")


@dataclass(frozen=True, slots=True)
class Rate:
    """Presses a second, and the bot's processor time a press in ms."""

    a_second: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Peer:
    """A peer, and with how many presses it is measured: enough for a few seconds."""

    name: str
    command: tuple[str, ...]
    presses: int
    rates: list[Rate] = field(default_factory=list)


async def rate(light: Light, bot: bots.Bot, presses: Sequence[dict[str, Any]]) -> Rate:
    """Let presses wait for the bot all at once; until the last of them is answered.

    Raises:
        RuntimeError: a press was answered twice or not at all.
    """
    await light.forget()
    before = bot.cpu
    ids = await light.feed(presses)
    await light.until("answerCallbackQuery", len(presses), within=300)
    used = bot.cpu - before
    report = await light.report()
    if set(report.toasts) != set(ids):
        raise RuntimeError("not every press was answered")
    seconds = max(report.toasts.values()) - min(report.due.values())
    return Rate(len(ids) / seconds, used * 1000 / len(ids))


async def measure(delay: float, run: Run) -> list[Line]:
    """Ours and each peer in turn, in every round."""
    peers = _peers(delay, quick=run.quick) if run.peers else []
    wishes = [Wish("everyone", players=5 if run.quick else PLAYERS)] * (4 if run.quick else CONTESTS)
    ready = run.folder / "ready"
    ready.mkdir()
    prepared = await prepare(ready, wishes)
    ours: list[Rate] = []
    async with Light.started() as light:
        for number in run.rounds("presses"):
            folder = run.folder / str(number)
            shutil.copytree(ready, folder)
            ours.append(await _ours(light, folder, prepared, delay))
            for peer in peers:
                run.say(f"round {number + 1}: {peer.name}")
                peer.rates.append(await _theirs(light, folder, peer, delay))
    return _lines(delay, ours, {peer.name: peer.rates for peer in peers})


def _peers(delay: float, *, quick: bool) -> list[Peer]:
    few = 20 if quick else 1
    return [
        Peer("aiogram 3", ("aiogram_bot",), 3_000 // few),
        Peer("PTB one", PTB_ONE, (60 if delay else 1_500) // (4 if quick else 1)),
        Peer("PTB many", PTB_MANY, 400 // few),
        Peer("PTB over aiohttp", ("ptb_bot", "aiohttp"), 3_000 // few),
        Peer("bytes alone", ("raw_bot",), 5_000 // few),
    ]


async def _ours(light: Light, folder: Path, prepared: list[Prepared], delay: float) -> Rate:
    async with bots.ours(light, folder) as bot:
        questions = await ask(light, prepared)
        await light.set(delay=delay)
        try:
            rated = await rate(light, bot, [one for question in questions for one in question.presses()])
        finally:
            await light.set(delay=0)
    missing = sum(len(one.players) for one in prepared) - len(committed(folder, "Chosen"))
    if missing:
        raise RuntimeError(f"{missing} presses were answered and are not in the database")
    return rated


async def _theirs(light: Light, folder: Path, peer: Peer, delay: float) -> Rate:
    presses = [press(1_000 + n, -1_001 - n % CONTESTS, 7, f"ans:pick:1:1:{n % 4}") for n in range(peer.presses)]
    async with bots.peer(light, folder, *peer.command) as bot:
        await light.set(delay=delay)
        try:
            return await rate(light, bot, presses)
        finally:
            await light.set(delay=0)


def _lines(delay: float, ours: list[Rate], theirs: dict[str, list[Rate]]) -> list[Line]:
    own = [one.a_second for one in ours]
    lines = []
    if delay:
        limit = min(BATCH, CONNECTIONS) / delay
        lines.append(
            Line(
                "ruled on, on disk, answered",
                "/s",
                own,
                peer="the connections' limit",
                theirs=[limit] * len(own),
                ratio_at_least=0.8,
                note=f"one getUpdates of {BATCH} in each {delay * 1000:g} ms",
            )
        )
    if not theirs:
        return lines or [Line("ruled on, on disk, answered", "/s", own)]
    best = [max(one.a_second, many.a_second) for one, many in zip(theirs["PTB one"], theirs["PTB many"], strict=True)]
    rates = {name: [one.a_second for one in rounds] for name, rounds in theirs.items()}
    cpu = [one.cpu for one in theirs["aiogram 3"]]
    what = "ruled on, on disk, answered"
    lines += [
        Line(what, "/s", own, peer="aiogram 3", theirs=rates["aiogram 3"], ratio_at_least=None if delay else 2),
        Line(what, "/s", own, peer="PTB as it comes, the better of one and 256 at once", theirs=best, ratio_at_least=3),
        Line(what, "/s", own, peer="PTB over aiohttp", theirs=rates["PTB over aiohttp"]),
        Line(what, "/s", own, peer="bytes alone: what the server can do", theirs=rates["bytes alone"]),
        Line("processor time a press", "ms", [one.cpu for one in ours], peer="aiogram 3", theirs=cpu),
    ]
    return lines


ROWS = (
    Row(1, "presses → toast", partial(measure, 0.0)),
    Row(2, f"presses → toast, {DELAY * 1000:g} ms away", partial(measure, DELAY)),
)
