"""The knowledge contest of a district: twelve branches with two teams each, their groups, and the office that runs it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass

from quizzes.engine.phases import OPEN_PHASES, Answering, Contest, Finished, Phase, Starting
from quizzes.live import load
from quizzes.tournament.state import Tournament
from quizzes.tournament_log import load as load_tournament
from sandbox.people import Group
from storage import Tx
from storage.people import Role
from tests.dialogues.e5_bank import QUESTIONS
from tests.hall import Actor, Hall

BRANCHES = (
    "财政局支部", "教育局支部", "民政局支部", "司法局支部", "人社局支部", "住建局支部",
    "水利局支部", "农业局支部", "商务局支部", "卫健局支部", "审计局支部", "统计局支部",
)  # fmt: skip
BANK = "综合知识"
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙"
_GIVEN = ("建国", "慧敏", "志强", "雅琴", "海涛", "晓燕")


@dataclass
class District:
    """``courts``: the group of each branch; ``teams``: the players of each team, its captain first."""

    hall: Hall
    host: Actor
    home: Group
    courts: dict[str, Group]
    teams: dict[str, tuple[Actor, ...]]

    async def tournament(self) -> Tournament:
        """The tournament as it is stored."""
        return await self.hall.read(lambda tx: load_tournament(tx, tx.tournaments.all()[-1]).tournament)

    async def contest(self, group: Group) -> Contest:
        """The newest contest of a group as it is stored."""
        return await self.hall.read(lambda tx: load(tx, tx.contests.newest_in(group.id)).contest)  # type: ignore[arg-type]

    async def goes_on(self, groups: Collection[Group]) -> AsyncIterator[dict[int, Contest]]:
        """The contests of these groups by chat, second by second until all are over; only what moved is loaded anew."""
        counts: dict[int, int] = {}
        contests: dict[int, Contest] = {}

        def look(tx: Tx) -> None:
            for group in groups:
                row = tx.contests.newest_in(group.id)
                assert row is not None
                count = tx.contests.count_events(row.id)
                if counts.get(group.id) != count:
                    counts[group.id], contests[group.id] = count, load(tx, row).contest

        for _ in range(900):
            await self.hall.read(look)
            if all(isinstance(contest.phase, Finished) for contest in contests.values()):
                return
            yield contests
            await self.hall.advance(seconds=1)
        raise AssertionError("the bouts never ended")

    async def opens(self, bout: int, group: Group) -> list[str]:
        """The office opens a bout in a group, and its teams sit down; their names."""
        tournament = await self.tournament()
        names = [tournament.entrants[id_].name for id_ in tournament.playing(tournament.bouts[bout])]
        await self.host.says(f"/contest 赛事 {bout}", group)
        for name in names:
            for player in self.teams[name]:
                await player.press(f"加入 {name}", group)
        return names

    async def until(self, group: Group, *phases: type[Phase]) -> Contest:
        """Let time pass until the contest of a group is in one of these phases."""
        for _ in range(180):
            contest = await self.contest(group)
            if isinstance(contest.phase, phases):
                return contest
            await self.hall.advance(seconds=1)
        raise AssertionError(f"{phases} never came; it is {contest.phase}")

    async def answers(self, group: Group, player: Actor, *, right: bool, says: str = "") -> None:
        """Answer as the kind of the question asks for; ``says``: what is typed where something is to be typed."""
        contest = await self.contest(group)
        question = contest.question
        assert isinstance(contest.phase, Answering | Starting), contest.phase
        if question.kind.typed:
            await player.says(says or (question.accepted[0] if right else "不清楚"), group)
        else:
            place = question.answer[0] if right else (question.answer[0] + 1) % len(question.options)
            await player.press("ABCD"[place] + ".", group)

    async def buzzes(self, group: Group, player: Actor, *, right: bool) -> None:
        """Press, and answer at once."""
        await player.press("抢答", group)
        await self.answers(group, player, right=right)

    async def texts(self, group: Group) -> list[str]:
        """All that a group was told."""
        return [message.text for message in await self.host.messages(group)]


def is_open(contest: Contest) -> bool:
    """Whether a question is before the players."""
    return isinstance(contest.phase, OPEN_PHASES)


async def gather(hall: Hall) -> District:
    """Everybody is on the roster and in their groups, and the bank is in."""
    host = await hall.enrol("林晓云", "云溪区", role=Role.ORGANISER)
    teams: dict[str, tuple[Actor, ...]] = {}
    courts: dict[str, Group] = {}
    for surname, branch in zip(_SURNAMES, BRANCHES, strict=True):
        people = [await hall.enrol(surname + given, f"云溪区/{branch}") for given in _GIVEN]
        teams[f"{branch}一队"], teams[f"{branch}二队"] = tuple(people[:3]), tuple(people[3:])
        courts[branch] = await hall.unit_group(f"{branch}学习群", f"云溪区/{branch}", host, *people)
    everybody = [player for team in teams.values() for player in team]
    home = await hall.unit_group("云溪区知识竞赛总群", "云溪区", host, *everybody)
    assert hall.app is not None
    await hall.app.house.banks.take_in(BANK, QUESTIONS, now=hall.clock.now())
    return District(hall, host, home, courts, teams)
