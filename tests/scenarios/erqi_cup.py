"""The knowledge contest of the scenario (E5): a bout in each of four branches, two of them on paper, then the final."""

from __future__ import annotations

from collections.abc import Collection

from quizzes.engine.phases import Answering, Buzzing, Contest, Finished, Staking, Starting
from quizzes.live import load
from quizzes.tournament.state import Tournament
from quizzes.tournament_log import load as load_tournament
from sandbox.people import Group
from storage import Tx
from tests.hall import Actor
from tests.scenarios.erqi_district import SIZES, District

RIGHT = {"一": 3, "二": 2, "三": 1, "四": 0}
"""How many of its three required questions in the final each branch's team knows."""
BY_HAND = "三四"
"""The branches whose bouts are played on paper, and their results entered."""


async def hold(d: District) -> None:
    """From the entries to the places: two bouts side by side and two by hand, the final, every ruling by the bot itself."""
    await d.office.says("/tournament branches 知识竞赛 能力作风建设年知识竞赛", d.home)
    await d.office.says("/tournament 参赛 " + "；".join(f"第{b}支部：一队、二队" for b in SIZES), d.home)
    await d.office.press("抽签", d.home)
    tournament = await _tournament(d)
    courts = {}
    for number, bout in tournament.bouts.items():
        names = [tournament.entrants[team].name for team in tournament.playing(bout)]
        branch = names[0][1]
        if branch in BY_HAND:
            first, second = sorted(names)
            words = f"/tournament 成绩 {number} {first}=160 {second}=130 现场停电，改用纸质答题"
            await d.office.says(words, d.home)
            continue
        courts[number] = d.groups[branch]
        await d.office.says(f"/contest 赛事 {number}", courts[number])
        for name in names:
            await player(d, name).press(f"加入 {name}", courts[number])
    for group in courts.values():
        await d.office.press("开始", group)
    await _play(d, courts.values(), final=False)
    tournament = await _tournament(d)
    (number,) = tournament.rounds[1].bouts
    await d.office.says(f"/contest 赛事 {number}", d.home)
    finalists = [tournament.entrants[id_].name for id_ in tournament.playing(tournament.bouts[number])]
    for name in finalists:
        await player(d, name).press(f"加入 {name}", d.home)
    for name in finalists:
        await player(d, name).press("准备", d.home)
    await d.office.press("开始", d.home)
    await _play(d, [d.home], final=True)


def player(d: District, team: str) -> Actor:
    """Who plays for a team: the second of a branch for its first team, the third for its second."""
    return d.crowd[f"{team[1]}02" if team.endswith("一队") else f"{team[1]}03"]


async def _tournament(d: District) -> Tournament:
    return await d.hall.read(lambda tx: load_tournament(tx, tx.tournaments.all()[-1]).tournament)


async def _play(d: District, groups: Collection[Group], *, final: bool) -> None:
    """Answer what is to be answered until all of these contests are over."""
    handled: set[tuple[int, int]] = set()
    asked: dict[str, int] = {}
    counts: dict[Group, int] = {}
    contests: dict[Group, Contest] = {}

    def look(tx: Tx) -> None:
        """Only what has moved is loaded anew."""
        for group in groups:
            row = tx.contests.newest_in(group.id)
            assert row is not None
            count = tx.contests.count_events(row.id)
            if counts.get(group) != count:
                counts[group], contests[group] = count, load(tx, row).contest

    for _ in range(1500):
        await d.hall.read(look)
        for group, contest in contests.items():
            key = (group.id, contest.course.nonce)
            if key in handled:
                continue
            match contest.phase:
                case Starting() | Answering() if contest.course.team is not None:
                    handled.add(key)
                    name = contest.seats.teams[contest.course.team].name
                    asked[name] = asked.get(name, 0) + 1
                    right = asked[name] <= RIGHT[name[1]] if final else name.endswith("一队")
                    await answer(player(d, name), contest, group, right=right)
                case Buzzing() if final and "buzz" not in asked:
                    # The team of the fourth branch is first, but its three seconds pass: ten points less.
                    handled.add(key)
                    asked["buzz"] = 1
                    await d.crowd["四02"].press("抢答", group)
                    await d.hall.advance(seconds=10)
                case Staking():
                    handled.add(key)
                    assert contest.course.team is not None
                    await player(d, contest.seats.teams[contest.course.team].name).press("放弃", group)
        if all(isinstance(contest.phase, Finished) for contest in contests.values()):
            return
        await d.hall.advance(seconds=min(max(d.hall.clock.due(30) or 30, 0.5), 30))
    raise AssertionError("the bouts never ended")


async def answer(who: Actor, contest: Contest, group: Group, *, right: bool) -> None:
    """Press the right option, or the one after it."""
    place = contest.question.answer[0]
    await who.press("ABCD"[place if right else (place + 1) % 4] + ".", group)
