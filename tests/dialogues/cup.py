"""A tournament of several groups at the same time: an admin, players who are a team each, a bank that is large enough."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from quizzes.bank.items import Item, Kind
from quizzes.engine.phases import Buzzing, Contest
from quizzes.live import load
from quizzes.tournament.state import Tournament
from quizzes.tournament_log import load as load_tournament
from sandbox.people import Group
from storage.people import Role
from tests.hall import Actor, Hall

QUESTIONS = tuple(
    Item(Kind.SINGLE, f"第{n}道：{n} 加 1 等于几？", (f"{n + 1}", f"{n + 2}", f"{n + 3}", f"{n + 4}"), (0,))
    for n in range(1, 121)
)


@dataclass
class Cup:
    """``players`` by the team that they play for."""

    hall: Hall
    host: Actor
    home: Group
    groups: list[Group]
    players: dict[str, Actor] = field(default_factory=dict)

    async def tournament(self) -> Tournament:
        """The newest tournament as it is stored."""
        return await self.hall.read(lambda tx: load_tournament(tx, tx.tournaments.all()[-1]).tournament)

    async def names(self, bout: int) -> list[str]:
        """Who plays in a bout."""
        now = await self.tournament()
        return [now.entrants[id_].name for id_ in now.playing(now.bouts[bout])]

    async def contest(self, group: Group) -> Contest:
        """The contest that goes on in a group."""
        return await self.hall.read(lambda tx: load(tx, tx.contests.live_in(group.id)).contest)  # type: ignore[arg-type]

    async def opens(self, bout: int, group: Group) -> None:
        """The host opens a bout in a group, its players sit down, and it starts."""
        await self.host.says(f"/contest 赛事 {bout}", group)
        for name in await self.names(bout):
            await self.players[name].presses(f"加入 {name}", group)
        await self.host.presses("开始", group)

    async def answers(self, group: Group, name: str, *, right: bool) -> None:
        """Somebody buzzes and answers the next question of a group, which may wait for room in the group's limit."""
        player = self.players[name]
        while not isinstance((await self.contest(group)).phase, Buzzing):
            await self.hall.advance(seconds=2)
        await player.presses("抢答", group)
        question = (await self.contest(group)).question
        place = question.answer[0] if right else (question.answer[0] + 1) % 4
        await player.presses("ABCD"[place] + ".", group)

    async def wins(self, bouts: dict[int, Group], winners: dict[int, str], questions: int) -> None:
        """In each of these bouts, side by side, one team answers everything."""
        for _ in range(questions):
            for bout, group in bouts.items():
                await self.answers(group, winners[bout], right=True)
        await self.hall.advance(seconds=5)

    async def texts(self, group: Group) -> list[str]:
        """All that a group was told."""
        return [message.text for message in await self.host.messages(group)]

    async def seed(self) -> str:
        """The seed that the draw was announced with."""
        found = re.search(r"抽签种子：([0-9a-f]{8})", "\n".join(await self.texts(self.home)))
        assert found is not None
        return found[1]


async def gather(hall: Hall, units: int = 8, groups: int = 4, teams: tuple[str, ...] = ()) -> Cup:
    """An office with units of one player each, a group for the programme and one for each bout."""
    host = await hall.enrol("主持", "示范区", role=Role.ORGANISER)
    names = teams or tuple(f"第{'一二三四五六七八九十'[n]}支部" for n in range(units))
    players = {name: await hall.enrol(f"{name}队员", f"示范区/{name[:4]}") for name in names}
    home = await hall.unit_group("赛事总群", "示范区", host)
    courts = [
        await hall.unit_group(f"{number}号赛场", "示范区", host, *players.values()) for number in range(1, groups + 1)
    ]
    assert hall.app is not None
    await hall.app.house.banks.take_in("常识", QUESTIONS, now=hall.clock.now())
    return Cup(hall, host, home, courts, players)
