"""The people of a forum on practice, and what many of them do at once."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sandbox.people import Group
from storage import Tx
from storage.people import Role
from tests.dialogues.unhurried import BREATH, Unhurried
from tests.hall import SHANGHAI, Actor, Hall

OFFICE = "开发区机关"
SECTIONS = {
    "赵": f"{OFFICE}/党政办公室",
    "钱": f"{OFFICE}/招商局",
    "孙": f"{OFFICE}/经济发展局",
    "李": f"{OFFICE}/财政局",
    "周": f"{OFFICE}/规划建设局",
}
SCHOOL, ABOVE = "市委党校", "市委组织部"
LEADERS = ("钱一", "李一")
TALKING = frozenset(
    [
        "赵组",
        "钱组",
        "孙组",
        "李组",
        "赵五",
        "赵一",
        "赵二",
        "钱一",
        "钱二",
        "钱三",
        "孙一",
        "孙三",
        "李一",
        "李三",
        "李四",
        "周一",
        "周三",
        "周四",
        "评甲",
        "评乙",
        "评丙",
    ]
)
"""Those whom the bot can write to; the others only ever use the group."""
BANK = """
1. 征收土地应当先做什么？
A. 公告
B. 施工
答案：A

2. 招商引资首先要了解什么？
A. 企业需求
B. 天气
答案：A

3. 信访事项应当在多少日内答复？
A. 60 日
B. 600 日
答案：A

4. 服务企业要不要上门？
A. 要
B. 不要
答案：A

5. 财政资金能不能挪用？
A. 不能
B. 能
答案：A
"""
_RIGHT = frozenset({"公告", "企业需求", "60 日", "要", "不能"})


def day(month: int, number: int, hour: int = 15, minute: int = 0) -> datetime:
    """A moment of the quarter on the programme's clock."""
    return datetime(2026, month, number, hour, minute, tzinfo=SHANGHAI)


@dataclass(frozen=True, slots=True)
class Quarter:
    """The hall, the office at its desk, the group of the whole office, and everybody by name.

    The surname says the section, 组 is its organiser (赵组 that of the whole office), 赵五 keeps the roll.
    """

    hall: Hall
    office: Unhurried
    group: Group
    people: dict[str, Unhurried]

    def __getitem__(self, name: str) -> Unhurried:
        return self.people[name]

    def on_the_roll(self, *but: str) -> list[Unhurried]:
        """Those whose names are called, but for some."""
        return [actor for name, actor in self.people.items() if name[0] in SECTIONS and name not in but]

    async def jump(self, at: datetime) -> None:
        """Pass over days on which nothing is to happen; what the bot does each hour it does once."""
        self.hall.clock.skip((at - self.hall.clock.now()).total_seconds())
        await self.hall.settle()

    async def joins(self, name: str, section: str) -> None:
        """Somebody comes to a section in the middle of the quarter."""
        actor = Unhurried(self.hall, await self.hall.person(name, started=False))
        await self.hall.write(lambda tx: _put(tx, self.hall, actor, SECTIONS[section], Role.MEMBER))
        await self.group.add(actor.person)
        self.people[name] = actor

    async def friday(self, at: datetime, *, absent: tuple[str, ...] = (), late: tuple[str, ...] = ()) -> str:
        """A Friday whose roll is called by the button: opened by its keeper, closed by itself; the group's card."""
        await self.jump(at - timedelta(hours=22, minutes=5))
        await self.hall.until(at)
        await self["赵五"].says("点名", self.group)
        await self["赵五"].presses("改用群内按钮")
        await self.all_press(self.on_the_roll(*absent, *late), "签到", self.group)
        await self.hall.until(at + timedelta(minutes=11))
        await self.all_press([self[name] for name in late], "签到", self.group)
        await self.hall.until(at + timedelta(minutes=31))
        return await self.card()

    async def card(self) -> str:
        """The newest card of a roll call in the group."""
        texts = [one.text for one in await self["赵一"].messages(self.group)]
        return [text for text in texts if text.startswith("📋")][-1]

    async def all_press(self, actors: Sequence[Actor], label: str, chat: Group | None = None) -> None:
        """Everybody presses the same button."""
        if actors:
            await asyncio.gather(*(actor.person.presses(label, chat=chat) for actor in actors))
            await self.hall.advance(seconds=BREATH)

    async def all_say(self, said: dict[str, str]) -> None:
        """Everybody says something of their own in private."""
        await asyncio.gather(*(self[name].person.says(text) for name, text in said.items()))
        await self.hall.advance(seconds=BREATH)


async def gather(hall: Hall) -> Quarter:
    """30 cadres in five sections and the office itself, three judges and an observer from elsewhere, their group."""
    plan = [
        (f"{surname}{given}", OFFICE if f"{surname}{given}" in ("赵组", "赵五") else unit, given)
        for surname, unit in SECTIONS.items()
        for given in "组一二三四五"
    ]
    plan += [(f"评{given}", SCHOOL, "评") for given in "甲乙丙"] + [("督学", ABOVE, "督")]
    roles = {"组": Role.ORGANISER, "评": Role.JUDGE, "督": Role.OBSERVER}
    people = [Unhurried(hall, await hall.person(name, started=name in TALKING)) for name, _, _ in plan]

    def work(tx: Tx) -> None:
        for actor, (_, unit, part) in zip(people, plan, strict=True):
            _put(tx, hall, actor, unit, roles.get(part, Role.MEMBER))

    await hall.write(work)
    named = {actor.name: actor for actor in people}
    members = [actor for actor in people if actor.name[0] in SECTIONS]
    group = await hall.unit_group("机关业务讲坛", OFFICE, *members)
    return Quarter(hall, Unhurried(hall, await hall.admin()), group, named)


def _put(tx: Tx, hall: Hall, actor: Actor, unit: str, role: Role) -> None:
    now, name = hall.clock.now(), actor.name
    level, title = ("科级领导干部" if name in LEADERS else ""), ("考勤员" if name == "赵五" else "")
    unit_id = tx.people.add_unit(unit)
    entry = tx.people.add(code=f"K{actor.id}", name=name, unit_id=unit_id, level=level, title=title, role=role, now=now)
    tx.people.join(entry, actor.id, now=now)
    tx.places.see_user(actor.id, name, None, private=name in TALKING, now=now)


async def press(actor: Unhurried, *labels: str) -> None:
    """One button after the other."""
    for label in labels:
        await actor.presses(label)


async def answer(actor: Unhurried, *, right: bool = True) -> None:
    """Answer the question on the screen; the order of the options is each paper's own."""
    labels = [label for label in (await actor.last()).labels if label[1:3] == ". "]
    await actor.presses(next(label for label in labels if (label[3:] in _RIGHT) is right))


async def shown_code(actor: Unhurried) -> str:
    """The code that is on show in somebody's private chat."""
    found = [re.search(r"🔢 (\d{3}) (\d{3})", one.text) for one in await actor.messages()]
    last = [one for one in found if one is not None][-1]
    return last[1] + last[2]
