"""Two teams, a host and a bank: the beginning of every contest in the tests."""

from dataclasses import dataclass

from quizzes.bank.items import Item, Kind
from quizzes.engine.phases import Contest
from quizzes.live import load
from sandbox.people import Group
from storage.people import Role
from tests.hall import Actor, Hall

QUESTIONS = tuple(
    Item(
        Kind.SINGLE,
        f"第{n}道：{n} 加 1 等于几？",
        (f"{n + 1}", f"{n + 2}", f"{n + 3}", f"{n + 4}"),
        (0,),
        explanation=f"{n}+1={n + 1}",
    )
    for n in range(1, 21)
)


@dataclass
class Match:
    """Two teams in a group, and their host."""

    hall: Hall
    group: Group
    host: Actor
    anna: Actor
    bert: Actor
    carl: Actor

    async def opens(self, words: str = "buzzer 常识 2") -> None:
        """The host opens the lobby, Anna and Carl join one team, Bert the other."""
        await self.host.says(f"/contest {words}", self.group)
        await self.anna.presses("加入 红队", self.group)
        await self.bert.presses("加入 蓝队", self.group)
        await self.carl.presses("加入 红队", self.group)

    async def begins(self, words: str = "buzzer 常识 2") -> None:
        """The lobby closes and the first question is on the screen."""
        await self.opens(words)
        await self.host.presses("开始", self.group)
        await self.hall.advance(seconds=5)

    async def contest(self) -> Contest:
        """The contest as it is stored."""
        return await self.hall.read(lambda tx: load(tx, tx.contests.newest()).contest)  # type: ignore[arg-type]

    async def letter(self, *, right: bool) -> str:
        """The beginning of the button of a right (or wrong) option."""
        answer = (await self.contest()).question.answer[0]
        return "ABCD"[answer if right else (answer + 1) % 4] + "."

    async def text(self) -> str:
        """The newest message in the group."""
        return await self.anna.reads(self.group)

    async def buzz_data(self) -> str:
        """What the buzzer of the question under way carries."""
        contest = await self.contest()
        return f"buzz:{contest.setup.id}:{contest.phase.nonce}"  # type: ignore[union-attr]


async def gather(hall: Hall, kind: str = "supergroup") -> Match:
    """A host and three players in a group, and a bank of twenty questions."""
    host = await hall.enrol("主持", role=Role.ORGANISER)
    anna, bert, carl = [await hall.enrol(name) for name in ("安娜", "<b>伯特&", "卡尔")]
    group = await hall.unit_group("竞赛群", "示范区/第一支部", host, anna, bert, carl, kind=kind)
    assert hall.app is not None
    await hall.app.house.banks.take_in("常识", QUESTIONS, now=hall.clock.now())
    return Match(hall, group, host, anna, bert, carl)
