"""The contest of E5 as it is held: twelve bouts at the same time, then the final before judges, and its minutes."""

import random
from pathlib import Path

import pytest

from quizzes.engine.phases import Answering, Buzzing, Contest, Finished, Reading, Staking, Starting
from sandbox.people import Group
from storage.people import Role
from tests.cli.desk import Desk
from tests.dialogues.e5 import BANK, BRANCHES, District, gather, is_open
from tests.hall import Actor, HallMaker

MINUTES = Path(__file__).with_name("minutes") / "e5_minutes.zh-CN.txt"
"""Read by hand, line by line, the points added up; a change of its words is to be read the same way."""
BUZZERS_WON = (8, 8, 7, 7, 6, 6, 5, 5, 5, 5, 5, 5)
"""How many of nine buzzer questions the winner of each branch takes: the first six branches have the better winners."""
RISKS = (("30 分", True), ("放弃", True), ("50 分", True), ("10 分", False), ("50 分", True), ("50 分", False))
"""What each team of the final chooses, and whether it is right then."""


@pytest.mark.long
async def test_e5(hall_with: HallMaker) -> None:
    """Every call of the whole day passes Telegram's limits, every audit agrees, and the minutes are those on file."""
    district = await gather(await hall_with(dice=random.Random(2026)))
    judges = [await district.hall.enrol(name, "云溪区/评委组", role=Role.JUDGE) for name in ("韩志远", "沈雅文")]
    judges.append(await district.hall.enrol("邱国栋", f"云溪区/{BRANCHES[0]}", role=Role.JUDGE))

    await preliminaries(district)
    through = await finalists(district)
    names = await open_the_final(district, judges)
    await required_questions(district, names, judges)
    await buzzer_questions(district, names)
    await risk_questions(district, names)
    await sudden_death(district, names)
    await district.hall.advance(minutes=2)

    assert sorted(through) == sorted(names)
    assert isinstance((await district.contest(district.home)).phase, Finished)
    calls = await district.hall.town.calls()
    assert [call for call in calls if call.status == 429] == []
    desk = Desk(
        district.hall.folder, district.hall.folder, district.hall.sandbox, district.hall.url, district.hall.town
    )
    desk.config()
    for number in range(1, 14):
        done = await desk.here("audit", "contest", str(number), "--out", f"minutes-{number}.txt")
        assert (done.status, done.err) == (0, [])
    bracket = await desk.here("audit", "tournament", "1")
    assert (bracket.status, bracket.err, bracket.out[-1]) == (0, [], "重放结果与已公布的对阵一致。")
    told = (desk.folder / "minutes-13.txt").read_text(encoding="utf-8").splitlines()
    assert told == MINUTES.read_text(encoding="utf-8").splitlines()


async def preliminaries(district: District) -> None:
    """Twelve bouts in twelve groups, side by side: again and again all twelve have a question open at the same moment."""
    host, home = district.host, district.home
    await host.says(f"/tournament branches {BANK} 云溪区机关知识竞赛", home)
    await host.says(f"/tournament 参赛 {'；'.join(f'{branch}：一队、二队' for branch in BRANCHES)}", home)
    await host.press("抽签", home)
    tournament = await district.tournament()
    courts = {
        number: district.courts[tournament.entrants[bout.entrants[0]].unit] for number, bout in tournament.bouts.items()
    }
    for number, group in courts.items():
        await district.opens(number, group)
    for group in courts.values():
        await host.press("开始", group)
    handled: set[tuple[int, int]] = set()
    together = 0
    async for contests in district.goes_on(courts.values()):
        together += all(map(is_open, contests.values()))
        for branch, group in district.courts.items():
            contest = contests[group.id]
            key = (group.id, contest.course.nonce)
            if isinstance(contest.phase, Answering | Starting | Buzzing) and key not in handled:
                handled.add(key)
                await play(district, branch, group, contest)
    assert together >= 6


async def play(district: District, branch: str, group: Group, contest: Contest) -> None:
    """One question of a bout: its winner is the first team of every other branch, the second of the others."""
    place, slot = BRANCHES.index(branch), contest.course.slot
    winner, loser = (f"{branch}一队", f"{branch}二队") if place % 2 == 0 else (f"{branch}二队", f"{branch}一队")
    if slot < 6:
        assert contest.course.team is not None
        name = contest.seats.teams[contest.course.team].name
        await district.answers(group, district.teams[name][slot % 3], right=name == winner or slot < 4)
    else:
        name = winner if slot - 6 < BUZZERS_WON[place] else loser
        await district.buzzes(group, district.teams[name][slot % 3], right=True)


async def finalists(district: District) -> list[str]:
    """Who goes on, as the district was told."""
    tournament = await district.tournament()
    through = [tournament.entrants[one.entrant].name for one in tournament.rounds[0].advanced or ()]
    told = [text for text in await district.texts(district.home) if "晋级下一阶段" in text]
    assert len(told) == 1
    assert all(name in told[0] for name in through)
    assert {name[:-2] for name in through} == set(BRANCHES[:6])
    return through


async def open_the_final(district: District, judges: list[Actor]) -> list[str]:
    """The lobby, the panel (one judge's own branch plays), every team ready, the start; the teams in their order."""
    names = await district.opens(13, district.home)
    await district.host.says(f"/judge {' '.join(judge.name for judge in judges)}", district.home)
    for name in names:
        await district.teams[name][0].press("准备", district.home)
    await district.host.press("开始", district.home)
    return names


async def required_questions(district: District, names: list[str], judges: list[Actor]) -> None:
    """Twelve, two a team: 3 and 12 wrong, 5 not begun; the first that is typed is ruled wrong and won by a protest."""
    home, protested = district.home, False
    for number in range(1, 13):
        contest = await district.until(home, Answering, Starting)
        team = district.teams[names[(number - 1) % 6]]
        if number == 5:
            await district.hall.advance(seconds=22)
            continue
        await district.hall.advance(seconds=2.3)
        if contest.question.kind.typed and not protested and number not in (3, 12):
            protested = True
            city = contest.question.accepted[0]
            await district.answers(home, team[1], right=False, says=f"{city}市区")
            await team[0].says(f"/protest 所答“{city}市区”即指{city}，应判正确", home)
            await district.hall.advance(seconds=1)
            for judge in judges[:2]:
                await judge.press("改判")
        else:
            await district.answers(home, team[number % 3], right=number not in (3, 12))
    assert protested


async def buzzer_questions(district: District, names: list[str]) -> None:
    """Twelve: a make-up answer, nobody, a false start, one replaced, one not begun, the rest right or wrong."""
    home, hall = district.home, district.hall
    one, two, three, four, five, six = (district.teams[name] for name in names)
    plan: dict[int, tuple[tuple[Actor, bool], ...]] = {
        13: ((one[0], True),), 14: ((two[1], False), (three[2], True)), 15: (), 16: (), 17: ((five[0], True),),
        18: (), 19: ((two[2], True),), 20: ((three[0], True),), 21: ((five[1], True),), 22: ((one[2], False),),
        23: ((six[0], True),), 24: ((four[1], True),),
    }  # fmt: skip
    for number in range(13, 25):
        if number == 16:
            await district.until(home, Reading)
            await four[0].press("抢答", home)
            continue
        await district.until(home, Buzzing)
        if number == 17:
            await district.host.says("/contest 换题 题干与参考答案不一致", home)
            await district.until(home, Buzzing)
        for player, right in plan[number]:
            await district.until(home, Buzzing)
            await hall.advance(seconds=0.65)
            await player.press("抢答", home)
            await hall.advance(seconds=1.4)
            await district.answers(home, player, right=right)
        if number == 18:
            await six[1].press("抢答", home)
            await hall.advance(seconds=9)
        if number in (15, 18, 22):
            await hall.advance(seconds=24)


async def risk_questions(district: District, names: list[str]) -> None:
    """One a team, in order of score; two teams end level at the top."""
    home = district.home
    for _ in range(6):
        contest = await district.until(home, Staking)
        assert contest.course.team is not None
        place = names.index(contest.seats.teams[contest.course.team].name)
        team = district.teams[names[place]]
        stake, right = RISKS[place]
        await district.hall.advance(seconds=3.2)
        await team[0].press(stake, home)
        if stake != "放弃":
            await district.until(home, Answering, Starting)
            await district.hall.advance(seconds=4.1)
            await district.answers(home, team[2], right=right)


async def sudden_death(district: District, names: list[str]) -> None:
    """Two teams are level: one question at the buzzer decides."""
    contest = await district.until(district.home, Buzzing)
    assert contest.course.contenders is not None
    assert {contest.seats.teams[team].name for team in contest.course.contenders} == {names[2], names[4]}
    await district.hall.advance(seconds=0.9)
    await district.buzzes(district.home, district.teams[names[4]][0], right=True)
