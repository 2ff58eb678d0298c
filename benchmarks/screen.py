"""From the commit of an event to the pixels of the big screen, in a real Chromium. See ``benchmarks/README.md``."""

import argparse
import asyncio
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.async_api import Page, async_playwright
from rich.console import Console
from rich.table import Table

from bot.clock import SystemClock
from bot.web.screen import screen_routes
from bot.web.server import Server
from handlers.present.screens import rules_in_words
from quizzes.bank.items import Item, Kind
from quizzes.banks import Banks
from quizzes.engine import commands as c
from quizzes.engine import events as e
from quizzes.engine.phases import Asking
from quizzes.halls import Halls
from quizzes.presets import load_presets
from quizzes.screens import Screens
from quizzes.service import Contests
from quizzes.tournament_halls import TournamentHalls
from storage import Database, schema
from storage.contests import ContestRow

CHAT, HOST = -100_500, 1
QUESTIONS = 25
LIMIT_MS = 200.0
_WATCH = """
window.painted = {};
new MutationObserver(() => {
  const change = document.body.dataset.change;
  requestAnimationFrame(() => { window.painted[change] ??= performance.timeOrigin + performance.now(); });
}).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-change"] });
window.bare = [];
setInterval(() => {
  const asked = performance.now();
  requestAnimationFrame(() => window.bare.push(performance.now() - asked));
}, 150);
"""
"""Notes when the first frame after the change was made ready: the page names a change once all of it is in the DOM."""


class Contest:
    """A contest of real commits without Telegram: what it would confirm is confirmed at once."""

    def __init__(self, database: Database, clock: SystemClock) -> None:
        presets = load_presets()
        buzzer = presets["buzzer"]
        rules = replace(buzzer.rules, pause=timedelta(milliseconds=150), tie_break=None)
        presets["buzzer"] = replace(buzzer, rules=rules)
        zone = ZoneInfo("Asia/Shanghai")
        self.database, self.clock = database, clock
        self.contests = Contests(database, presets, clock, settle=timedelta(0))
        self.contests.running.attach(lambda _, work: self._later(work), lambda: False)
        self.screens = Screens(database, presets)
        self.halls = Halls(
            database, presets, clock, "Studyhall", lambda card: rules_in_words(card, zone), language="zh-CN"
        )
        self.committed: dict[str, tuple[float, str]] = {}
        self.contests.running.watchers.append(self._follow)
        self._tasks: set[asyncio.Task[None]] = set()
        self.id = 0

    def _later(self, work: Callable[[], Awaitable[None]]) -> None:
        task = asyncio.ensure_future(work())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _follow(self, row: ContestRow, first: int, events: tuple[e.Event, ...]) -> None:
        """Called right after the commit; notes the time before the halls hear of it."""
        at = time.time() * 1000
        self.halls.committed(row, first, events)
        feed = self.halls._halls[CHAT].feed if CHAT in self.halls._halls else None
        if feed is not None:
            self.committed.setdefault(f"{feed.epoch}-{feed.number}", (at, type(events[-1]).__name__))

    async def open(self) -> None:
        """A bank, a group, two teams."""
        items = tuple(
            Item(
                Kind.SINGLE,
                f"第{n}题：下列说法中，哪一项是正确的？",
                ("甲", "乙", "丙", "丁"),
                (0,),
                explanation="见教材。" * 8,
            )
            for n in range(QUESTIONS + 5)
        )
        now = self.clock.now()
        await Banks(self.database).take_in("常识", items, now=now)
        await self.database.write(lambda tx: tx.places.see_group(CHAT, "竞赛群"))
        self.id = await self.contests.open(
            chat_id=CHAT, group="竞赛群", host_id=HOST, preset="buzzer", bank="常识", count=QUESTIONS,
            team_names=("红队", "蓝队"), now=now,
        )  # fmt: skip
        await self.screens.give(CHAT, HOST, may=True, told=None, now=now)
        for player in range(2, 8):
            await self.does(c.Join(player, f"队员{player}", 1 + player % 2))

    async def does(self, command: c.Command) -> None:
        """One command, committed."""
        await self.contests.do(self.id, lambda _: command)

    async def play(self) -> None:
        """Every question: shown, buzzed, called, ruled; the pauses between go by the real clock."""
        await self.does(c.Start(HOST))
        update = 0
        for _ in range(QUESTIONS):
            nonce = await self._reaches(Asking)
            for make in (
                lambda now, n=nonce: c.ConfirmShown(n, now),
                lambda now, n=nonce, u=update: c.Press(2 + n % 6, u + 1, now, n),
                lambda now, n=nonce: c.ConfirmAnswering(n, now),
                lambda now, n=nonce, u=update: c.Choose(2 + n % 6, (n % 4,), u + 2, now, n),
            ):
                await asyncio.sleep(0.06)
                await self.does(make(self.clock.now()))
            update += 2

    async def _reaches(self, phase: type) -> int:
        while True:
            live = self.contests.running._live.get(self.id)
            if live is not None and isinstance(live.contest.phase, phase):
                return live.contest.course.nonce
            await asyncio.sleep(0.005)


async def measure(folder: Path, viewers: int) -> tuple[list[tuple[str, float]], list[float]]:
    """Play a contest before so many pages; the first one is measured: what each event took, and what a bare frame, in ms."""
    path = folder / "studyhall.db"
    schema.upgrade(path)
    database, clock = Database(path), SystemClock()
    await database.open()
    contest = Contest(database, clock)
    contest.screens.base = "http://bench"
    arenas = TournamentHalls(database, clock, "Studyhall", language="zh-CN")
    server = Server(
        "127.0.0.1", 0, screen_routes(contest.screens, contest.halls, arenas, clock, lambda: "studyhall_bot")
    )
    await server.start()
    await contest.open()
    row = await database.read(lambda tx: tx.screens.of("group", CHAT))
    assert row is not None
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("This needs Chromium: apt-get install chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        pages: list[Page] = []
        for _ in range(viewers):
            page = await browser.new_page(viewport={"width": 1920, "height": 1080})
            await page.add_init_script(_WATCH)
            await page.goto(f"{server.url}/screen/{row.token}")
            await page.wait_for_selector("body[data-change]")
            pages.append(page)
        await asyncio.sleep(1.5)
        contest.committed.clear()
        await contest.play()
        await asyncio.sleep(0.5)
        bare: list[float] = await pages[0].evaluate("window.bare")
        painted: dict[str, float] = await pages[0].evaluate("window.painted")
        await browser.close()
    contest.halls.stop()
    await server.stop()
    contest.contests.running.stop()
    await database.close()
    took = [(kind, painted[change] - at) for change, (at, kind) in contest.committed.items() if change in painted]
    return took, bare


def main() -> None:
    """Print median, p99 and the worst, over all events and for each kind; fail over the limit."""
    options = argparse.ArgumentParser()
    options.add_argument("--pages", type=int, default=1, help="how many pages look at once")
    pages = options.parse_args().pages
    with tempfile.TemporaryDirectory() as folder:
        took, bare = asyncio.run(measure(Path(folder), pages))
    table = Table("event", "n", "median ms", "p99 ms", "worst ms")
    kinds = dict.fromkeys(kind for kind, _ in took)
    for kind in (*kinds, ""):
        values = sorted(ms for one, ms in took if one == kind or not kind)
        p99 = values[min(len(values) - 1, round(0.99 * (len(values) - 1)))]
        table.add_row(
            kind or "all", str(len(values)), f"{statistics.median(values):.1f}", f"{p99:.1f}", f"{values[-1]:.1f}"
        )
    bare.sort()
    Console().print(table)
    Console().print(
        f"a bare frame of the same page: median {statistics.median(bare):.1f} ms, "
        f"p99 {bare[round(0.99 * (len(bare) - 1))]:.1f} ms"
    )
    everything = sorted(ms for _, ms in took)
    if everything[round(0.99 * (len(everything) - 1))] > LIMIT_MS:
        sys.exit(f"slower than {LIMIT_MS:g} ms")


if __name__ == "__main__":
    main()
