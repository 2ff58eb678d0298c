"""kill -9 in every phase of whole contests, again and again.

Like `test_kill.py` on a real clock, only that it runs faster: a process of its own cannot share ours. `tests/chaos` kills
the bot under a mixed load, a tournament's bouts among it; here it is aimed at each phase of a contest.
"""

from __future__ import annotations

import shutil
import signal
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from quizzes.bank.items import Item, Kind
from quizzes.banks import Banks
from quizzes.engine import events as e
from quizzes.engine import evolve, standings
from quizzes.engine.phases import ROUND_PHASES, Aborted, Contest, Finished, Judging
from quizzes.engine.scoring import AwardKind
from sandbox.people import Group, Person
from storage import Database, Tx
from storage.people import Role
from tests.chaos.lives import Forked, Lives, lives_at
from tests.cli.crew import Crew, Ledger
from tests.cli.desk import Desk, Process
from tests.dialogues.cup import QUESTIONS

PRESETS = Path(__file__).with_name("presets")
SPEED = 8
TYPED = tuple(Item(Kind.FILL_IN, f"第{n}空：学而时习之，不亦____乎？", accepted=("说",)) for n in range(1, 41))
PHASES = [
    "Lobby",
    "Asking",
    "Called",
    "Starting",
    "Answering",
    "Judging",
    "Interval",
    "Reading",
    "Buzzing",
    "Offering",
    "Staking",
    "Closing",
    "Finished",
]
"""Where a contest is killed, each once before any comes again."""


@dataclass
class Office:
    """People on the roster, groups bound to their units, and when the hasty clock began."""

    desk: Desk
    since: str
    people: dict[str, Person]
    groups: list[Group]


async def gather(desk: Desk, empty: Path, units: dict[str, str], groups: int) -> Office:
    """``units``: who belongs where; the first is the host. Every group is the district's, and everybody is in it."""
    shutil.copy(empty, desk.database)
    desk.sandbox.world.flood.enabled = False
    desk.config(
        checkin={"enabled": False},
        materials={"enabled": False},
        log={"format": "json"},
        contest={"presets": str(PRESETS), "picture": False},
    )
    people = {name: await desk.town.person(name) for name in units}
    for person in people.values():
        desk.sandbox.world.chats[person.id].started = True
    places = [await desk.town.group(f"{n}号赛场", list(people.values())) for n in range(1, groups + 1)]
    database = Database(desk.database)
    await database.open()
    now = datetime.now(UTC)

    def work(tx: Tx) -> None:
        for number, (name, unit) in enumerate(units.items()):
            role = Role.MEMBER if number else Role.ORGANISER
            entry = tx.people.add(
                code=f"C{number}", name=name, unit_id=tx.people.add_unit(unit), level="", title="", role=role, now=now
            )
            tx.people.join(entry, people[name].id, now=now)
            tx.places.see_user(people[name].id, name, None, private=True, now=now)
        for place in places:
            tx.places.see_group(place.id, place.title)
            tx.places.bind(place.id, tx.people.add_unit("示范区"))

    await database.write(work)
    await Banks(database).take_in("常识", QUESTIONS[:40] + TYPED, now=now)
    await Banks(database).take_in("选择", QUESTIONS, now=now)
    await database.close()
    return Office(desk, str(time.time()), people, places)


async def lingers(desk: Desk, looks: int) -> None:
    """Let the other process go on for a moment: so many looks at it."""
    left = iter(range(looks))

    async def over() -> bool:
        return next(left, None) is None

    await desk.until(over)


async def kills(office: Office, process: Process | Forked, lots: Random) -> None:
    """The end of it, at a moment that nobody chose."""
    await lingers(office.desk, lots.randrange(5))
    killed = await process.ends(signal.SIGKILL)
    assert killed.status == -signal.SIGKILL
    assert not [line for line in killed.err if '"level":"error"' in line.replace(" ", "")], killed.err


def goes_on_rightly(before: Contest | None, killed: list[e.Event], ledger: Ledger) -> None:
    """What a start makes of a contest that was killed."""
    if before is None or isinstance(before.phase, Finished | Aborted):
        return
    stored = ledger.stored()
    assert stored[: len(killed)] == killed, "what was committed was changed"
    recovered = next(event for event in stored[len(killed) :] if isinstance(event, e.Recovered))
    is_open = isinstance(before.phase, ROUND_PHASES) and not isinstance(before.phase, Judging)
    assert recovered.voided == (before.open_index if is_open else None)
    after = ledger.look()
    assert after.records[: len(before.records)] == before.records or after.bench.protests


def scores_hold(ledger: Ledger) -> None:
    """Nobody scored twice, and the score is the sum of what was given."""
    contest = ledger.look()
    right = Counter(
        award.index for award in contest.awards if award.right and award.kind is AwardKind.ANSWER and award.points
    )
    assert all(count == 1 for count in right.values())
    base = contest.rules.base * contest.rules.unit
    for line in standings(contest.rules, contest.seats, contest.awards).teams:
        assert line.score == base + sum(award.points for award in contest.awards if award.team == line.team)


async def told_rightly(office: Office, crew: Crew, ledgers: list[Ledger]) -> None:
    """The group heard of each restart in a contest once at most, and of the score that is on record."""
    texts = [message.text for message in await crew.host.messages(crew.group)]
    restarts = 0
    for ledger in ledgers:
        contest: Contest | None = None
        for event in ledger.stored():
            restarts += isinstance(event, e.Recovered) and contest is not None and contest.course.slot >= 0
            contest = evolve(contest, event)
    told = sum("机器人已重启" in text for text in texts)
    lost = office.desk.rows("SELECT count(*) FROM outbox WHERE state = 'unknown'")[0][0]
    assert restarts - lost <= told <= restarts, (restarts, lost, told)


async def random_kills(office: Office, lives: Lives, seed: int, times: int, phases: tuple[str, ...]) -> Counter[str]:
    """Play contests and be killed; returns in which phases it was killed."""
    desk, lots = office.desk, Random(seed)
    people = office.people
    captains = {"红队": people["安娜"], "蓝队": people["伯特"]}
    judges = (people["王五"], people["李六"])
    crew = Crew(desk, lots, office.groups[0], people["主持"], captains, judges, protests=True)
    ledgers: list[Ledger] = []
    before: Contest | None = None
    killed: list[e.Event] = []
    seen: Counter[str] = Counter()
    todo: list[str] = []
    for number in range(times + 1):
        async with lives.begins() as bot:
            if before is not None and number < times and lots.randrange(5) == 0:
                # In the midst of coming back.
                await lingers(desk, lots.randrange(60))
                await bot.ends(signal.SIGKILL)
                seen["starting up"] += 1
                continue
            await bot.until("ready")
            if ledgers:
                ledgers[-1].look()
                goes_on_rightly(before, killed, ledgers[-1])
                scores_hold(ledgers[-1])
            todo = todo or lots.sample(phases, len(phases))
            wanted = todo.pop() if number < times else "Finished"
            if not ledgers or isinstance(ledgers[-1].look().phase, Finished | Aborted):
                ledgers.append(await crew.opens("decider 常识"))
            await crew.plays(ledgers[-1], lambda contest: type(contest.phase).__name__ == wanted)  # noqa: B023
            if number == times:
                await desk.sandbox.settled()
                assert (await bot.ends(signal.SIGTERM)).status == 0
                break
            await kills(office, bot, lots)
            before = ledgers[-1].look()
            killed = ledgers[-1].stored()
            seen[type(before.phase).__name__] += 1
    for ledger in ledgers:
        scores_hold(ledger)
        audit = await desk.here("audit", "contest", str(ledger.contest_id))
        assert (audit.status, audit.err) == (0, [])
        assert audit.out[-1] == "回放结果与公布成绩一致。"
    await told_rightly(office, crew, ledgers)
    return seen


CONTEST = {
    "主持": "示范区",
    "安娜": "示范区/第一支部",
    "伯特": "示范区/第一支部",
    "王五": "评委办",
    "李六": "评委办",
}


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2))
async def test_contest_survives_many_kills(desk: Desk, empty_database: Path, seed: int) -> None:
    """Twenty kills each, in every phase and while it comes back."""
    at = await gather(desk, empty_database, CONTEST, 1)
    async with lives_at(desk, str(SPEED), at.since, at.since) as lives:
        seen = await random_kills(at, lives, seed, 20, tuple(PHASES))
    assert len(seen) > 8
