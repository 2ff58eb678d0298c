"""The district of the scenario: four branches, their organisers and groups, the office and an observer; how a round is held."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from quizzes.bank.formats import read_bank
from quizzes.bank.items import Item, Kind
from sandbox.people import Group
from storage import Tx
from storage.people import Role
from storage.rounds import Speaking
from study.programme.reading import SHIPPED
from tests.hall import SHANGHAI, Actor, Hall

TOP = "二七区"
SIZES = {"一": 12, "二": 9, "三": 6, "四": 4}
"""People of each branch, its organiser (the first) among them."""
MUST_KNOW = read_bank((SHIPPED / "erqi" / "must-know.csv").read_bytes(), "must-know.csv").items
CONTEST = tuple(
    Item(Kind.SINGLE, f"第{n}题：{n} 加 1 等于几？", (f"{n + 1}", f"{n + 2}", f"{n + 3}", f"{n + 4}"), (0,))
    for n in range(1, 121)
)


_PEER = ("▫️", "4", "4", "4", "跳过", "✅ 提交")


@dataclass
class District:
    """``crowd``: everybody by name (``一01`` is the organiser of the first branch); ``groups``: each branch's chat."""

    hall: Hall
    crowd: dict[str, Actor]
    groups: dict[str, Group]
    home: Group
    office: Actor
    observer: Actor

    def names(self, branch: str) -> list[str]:
        """Everybody in a branch."""
        return [name for name in self.crowd if name[0] == branch]

    def group(self, name: str) -> Group:
        """The chat of somebody's branch."""
        return self.groups[name[0]]

    async def goes_by(self, at: datetime) -> None:
        """Let days pass until a moment; the nights are skipped, and what would have rung in them rings in the morning."""
        while (now := self.hall.clock.now().astimezone(SHANGHAI)).date() < at.date():
            evening = now.replace(hour=18, minute=1, second=0, microsecond=0)
            if now < evening:
                await self.hall.until(evening)
            morning = (evening + timedelta(days=1)).replace(hour=8, minute=20)
            self.hall.clock.skip((morning - self.hall.clock.now()).total_seconds())
            await self.hall.settle()
        await self.hall.until(at.replace(tzinfo=SHANGHAI))

    async def reads(self, names: Iterable[str]) -> None:
        """These press 已读 under what they got in private."""
        for name in names:
            await self.crowd[name].person.presses("已读")
        await self.hall.settle()

    async def round(self, branch: str, day: date) -> int:
        """The number of a branch's round on a day."""
        at = datetime.combine(day, time(), SHANGHAI)

        def work(tx: Tx) -> int:
            rows = tx.rounds.between(at, at + timedelta(days=1))
            return next(row.id for row in rows if row.unit.endswith(f"第{branch}支部"))

        return await self.hall.read(work)

    async def units_with_rounds(self) -> set[str]:
        """The units in which rounds are planned or held."""
        now = self.hall.clock.now()
        return await self.hall.read(
            lambda tx: {row.unit for row in tx.rounds.between(now - timedelta(days=30), now + timedelta(days=30))}
        )

    async def order(self, round_id: int) -> dict[int, list[str]]:
        """Who is in which group of a round (by its id), in the order of speaking."""

        def work(tx: Tx) -> dict[int, list[str]]:
            found: dict[int, list[str]] = {}
            for member in tx.rounds.members(round_id):
                found.setdefault(member.group_id, []).append(member.name)
            return found

        return await self.hall.read(work)

    async def come(self, names: Iterable[str], round_id: int) -> None:
        """These say that they are there."""
        team = {name: group for group, names in (await self.order(round_id)).items() for name in names}
        for name in names:
            data = f"round_here:{team[name]}"
            await self.crowd[name].person.presses(data=data, chat=self.group(name))
        await self.hall.settle()

    async def step(self, host: Actor, chat: Group, group_id: int, what: str = "next") -> None:
        """Whoever is in the chair presses a button of the card, as it stands now."""
        number, _ = await self.hall.read(lambda tx: _standing(tx, group_id))
        await host.press(data=f"round_step:{what}:{group_id}:{number}", chat=chat)

    async def speaker(self, group_id: int) -> str | None:
        """Whose turn it is in a group."""
        _, speakers = await self.hall.read(lambda tx: _standing(tx, group_id))
        return speakers[0]

    async def speak(
        self, branch: str, round_id: int, *, skipped: Collection[str] = (), absent: Collection[str] = ()
    ) -> None:
        """In each group of a branch everybody speaks in turn, those apart who are skipped or not there; then it is ended."""
        chair, chat = self.crowd[f"{branch}01"].person, self.groups[branch]
        card = await chair.last(chat)
        for group_id in await self.order(round_id):
            number, (now, *waiting) = await self.hall.read(lambda tx, one=group_id: _standing(tx, one))  # type: ignore[misc]
            steps = [] if now is not None else ["next"]
            steps += [
                "skip" if name in skipped else "absent" if name in absent else "next"
                for name in (now, *waiting)
                if name is not None
            ]
            for at, what in enumerate([*steps, "end"], start=number):
                await chair.presses(data=f"round_step:{what}:{group_id}:{at}", chat=chat, message=card)
        await self.hall.settle()

    async def ends_evaluation(self, rounds: Mapping[str, int]) -> None:
        """Where nobody means to fill in any more, the organisers of the branches end it by hand."""
        for branch, number in rounds.items():
            chair = self.crowd[f"{branch}01"].person
            await chair.says("/round")
            await self.hall.advance(seconds=2)
            await chair.presses(data=f"round_do:close:{number}")
        await self.hall.advance(seconds=30)

    async def summary(self, branch: str) -> str:
        """The newest summary in a branch's chat."""
        seen = await self.office.messages(self.groups[branch])
        return next(one.text for one in reversed(seen) if one.text.startswith("📋"))

    async def fill_in(self, names: Collection[str]) -> None:
        """The people of a branch fill in all three forms: 4 of 5 everywhere, a word where one is needed."""
        mates = len(names) - 1
        await self._each(
            names, "/forms", "📝 自评", "4", "4", "4", "联系实际不够", "跳过", "✅ 提交", "‹ 全部表单", "📝 互评"
        )
        await self._each(names, *[*_PEER, "‹ 全部对象"] * (mates - 1), *_PEER)
        await self._each(names, "‹ 全部表单", "📝 总评", "4", "4", "4", "4", "跳过", "跳过", "✅ 提交")

    async def _each(self, names: Collection[str], *acts: str) -> None:
        """All of them do the same at the same time, in private, one act after the other."""
        for act in acts:
            for name in names:
                person = self.crowd[name].person
                if act.startswith("/") or act == "联系实际不够":
                    await person.says(act)
                else:
                    await person.presses(act)
            # A private chat takes one call a second.
            await self.hall.advance(seconds=2)

    async def total(self, first: date, last: date) -> int:
        """All points of everybody between two days."""
        return await self.hall.read(
            lambda tx: sum(tx.ledger.sum_of(one.id, first, last) for one in tx.people.everybody())
        )


async def gather(hall: Hall) -> District:
    """Everybody is on the roster and in the chat of their branch; the banks are in."""
    crowd = {}
    for branch, size in SIZES.items():
        for number in range(1, size + 1):
            crowd[f"{branch}{number:02}"] = await hall.person(f"{branch}{number:02}")
    office, observer = await hall.person("专班"), await hall.person("督导员")

    def work(tx: Tx) -> None:
        now = hall.clock.now()
        roster = [(one, f"{TOP}/第{name[0]}支部", _role(name)) for name, one in crowd.items()]
        roster += [(office, TOP, Role.ORGANISER), (observer, TOP, Role.OBSERVER)]
        for actor, unit, role in roster:
            entry = tx.people.add(
                code=f"C{actor.id}",
                name=actor.name,
                unit_id=tx.people.add_unit(unit),
                level="",
                title="",
                role=role,
                now=now,
            )
            tx.people.join(entry, actor.id, now=now)
            tx.places.see_user(actor.id, actor.name, None, private=True, now=now)

    await hall.write(work)
    groups = {
        branch: await hall.unit_group(
            f"第{branch}支部",
            f"{TOP}/第{branch}支部",
            *(one for name, one in crowd.items() if name[0] == branch),
            observer,
            office,
        )
        for branch in SIZES
    }
    home = await hall.unit_group("二七区总群", TOP, office, observer, *crowd.values())
    assert hall.app is not None
    for name, items in (("应知应会30问", MUST_KNOW), ("知识竞赛", CONTEST)):
        await hall.app.house.banks.take_in(name, items, now=hall.clock.now())
    return District(hall, crowd, groups, home, office, observer)


def _role(name: str) -> Role:
    return Role.ORGANISER if name.endswith("01") else Role.MEMBER


def _standing(tx: Tx, group_id: int) -> tuple[int, list[str | None]]:
    """The step of a group's card; whose turn it is (``None``: nobody's), then who speaks after that."""
    group = tx.rounds.group(group_id)
    assert group is not None
    members = [one for one in tx.rounds.members(group.round_id) if one.group_id == group_id]
    now = next((one.name for one in members if one.person_id == group.speaker_id), None)
    return group.step, [now, *(one.name for one in members if one.status is Speaking.WAITING and one.name != now)]
