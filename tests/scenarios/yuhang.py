"""A year in Yuhang: who is there, how its time passes, and what people do again and again in it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sandbox.people import Group, Press
from storage.people import Role
from study.programme import Programme
from study.programme.reading import SHIPPED, read_programme
from tests.hall import SHANGHAI, Actor, Hall

OPENS = datetime(2026, 1, 5, 7, 0, tzinfo=SHANGHAI)
"""The first workday of the year after its holiday's end."""
LEADER = "领导干部"
DISTRICT, PLANNING, HOUSING = "余杭区", "余杭区/发改局", "余杭区/住建局"
SECTION, TOWN = "余杭区/住建局/开发科", "余杭区/塘栖镇"
VILLAGE, QUARTER, EXPERTS = "余杭区/塘栖镇/丁山湖村", "余杭区/塘栖镇/塘栖社区", "余杭区/专家组"
ORGANISERS = {
    "高远": DISTRICT,
    "周明": PLANNING,
    "赵刚": HOUSING,
    "王芳": SECTION,
    "钱江": TOWN,
    "丁一": VILLAGE,
    "唐二": QUARTER,
}
LEADERS = {
    "陈立": PLANNING, "方正": PLANNING, "何平": PLANNING, "张伟": HOUSING, "李军": HOUSING, "吴强": SECTION,
    "沈浩": TOWN, "韩冰": TOWN, "许诺": TOWN,
}  # fmt: skip
MEMBERS = {
    "梁工": PLANNING, "林工": PLANNING, "刘洋": SECTION, "孙悦": SECTION,
    **{f"村民{n}": VILLAGE for n in range(1, 8)},
    **{f"居民{n}": QUARTER for n in range(1, 8)},
}  # fmt: skip
JUDGES = ("评甲", "评乙", "评丙")
NEWCOMER = "秦川"
PLAN_EVERY = timedelta(hours=36)
"""The bot plans two days ahead: whoever looks again after a day and a half misses nothing, and a year costs a third."""
_BREATH = 4
"""Seconds after what many did at once: the bot's answers, one a second into each chat."""


class Year:
    """The hall over a year, its people by name, and its three groups."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self.people: dict[str, Actor] = {}
        self.groups: dict[str, Group] = {}

    async def gather(self) -> None:
        """Everybody joins who is there in January: 37 people (7 organisers, 9 leaders, 18 members, 3 judges) and the office."""
        hall = self.hall
        self.people["办公室"] = await hall.admin("办公室")
        wanted = [(name, unit, Role.ORGANISER, "") for name, unit in ORGANISERS.items()]
        wanted += [(name, unit, Role.MEMBER, LEADER) for name, unit in LEADERS.items()]
        wanted += [(name, unit, Role.MEMBER, "") for name, unit in MEMBERS.items()]
        wanted += [(name, EXPERTS, Role.JUDGE, "") for name in JUDGES]
        for name, unit, role, level in wanted:
            await self.joins(name, unit, role, level)
        everybody = [person for name, person in self.people.items() if name != "办公室"]
        self.groups["district"] = await hall.unit_group("三力提升", DISTRICT, *everybody)
        for key, unit in (("village", VILLAGE), ("quarter", QUARTER)):
            own = [self.people[name] for name, where in {**ORGANISERS, **MEMBERS}.items() if where == unit]
            self.groups[key] = await hall.unit_group(unit.rsplit("/", 1)[1], unit, *own)

    async def joins(self, name: str, unit: str, role: Role = Role.MEMBER, level: str = "") -> None:
        """Somebody is on the roster and has joined."""
        self.people[name] = await self.hall.enrol(name, unit, role=role, level=level)

    async def leap(self, month: int, day: int, hour: int = 10, minute: int = 0, *, year: int = 2026) -> None:
        """Let time pass until a moment of the programme's year; whatever falls due happens on the way."""
        await self.hall.until(datetime(year, month, day, hour, minute, tzinfo=SHANGHAI))

    async def apply(self, programme: Programme) -> str:
        """Put a programme in force, as the command does; says whether anything changed."""
        assert self.hall.app is not None
        return await self.hall.app.house.programmes.apply(programme, now=self.hall.clock.now())

    async def say(self, names: str, *texts: str, chat: str = "") -> None:
        """Some people (``陈立 方正``) each say the same, one text after the other."""
        for text in texts:
            for name in names.split():
                await self.people[name].person.says(text, self.groups.get(chat))
            await self.breathe()

    async def press(self, names: str, *labels: str, chat: str = "") -> list[Press]:
        """Some people each press the same buttons; the last press of each."""
        done: list[Press] = []
        for label in labels:
            done = [await self.people[name].person.presses(label, chat=self.groups.get(chat)) for name in names.split()]
            await self.breathe()
        return done

    async def breathe(self) -> None:
        """Let the bot answer."""
        await self.hall.settle()
        await self.hall.advance(seconds=_BREATH)

    async def reads(self, name: str) -> str:
        """The newest message that somebody has from the bot."""
        return await self.people[name].reads()

    async def forges(self, name: str, data: str) -> str | None:
        """Somebody presses what is not on any button of theirs; the toast."""
        press = await self.people[name].person.presses(data=data)
        await self.breathe()
        return await self.people[name].person.toast(press)

    async def roll(
        self,
        caller: str,
        chat: str,
        expected: Iterable[str],
        *,
        absent: str = "",
        late: str = "",
        again: str = "",
        restart: bool = False,
    ) -> None:
        """The roll of the session that is on is called in a group: the expected come, but for some who are late or never."""
        hall, group = self.hall, self.groups[chat]
        await self.say(caller, "/rollcall", chat=chat)
        there = [name for name in expected if name not in f"{absent} {late}".split()]
        for at, name in enumerate(there):
            if restart and at == len(there) // 2:
                await self.breathe()
                await hall.stop_bot()
                await hall.start_bot()
            await self.people[name].person.presses("签到", chat=group)
        await self.breathe()
        if again:
            await self.press(again, "签到", chat=chat)
        if late:
            await hall.advance(minutes=15)
            await self.press(late, "签到", chat=chat)
        await hall.advance(minutes=31)

    async def hand_in(self, names: str, kind: str, *answers: str) -> None:
        """Some people each fill in a new work of a kind and hand it in; ``›`` skips a field."""
        await self.say(names, "/works")
        await self.press(names, f"＋ {kind}")
        await self.fill(names, *answers)

    async def goes_on(self, leaders: str, *answers: str) -> None:
        """The leaders of topics fill in what the next stage asks for, and hand it in."""
        await self.say(leaders, "/works")
        await self.press(leaders, "#")
        await self.fill(leaders, *answers)

    async def fill(self, names: str, *answers: str) -> None:
        """Fill in what the open work asks for, and hand it in."""
        await self.press(names, "填写")
        for answer in answers:
            await (self.press(names, "跳过") if answer == "›" else self.say(names, answer))
        await self.press(names, "提交审核")

    async def review(self, names: str, *ratings: str) -> None:
        """Some reviewers each open what waits for them and press one button after the other."""
        await self.say(names, "/works")
        await self.press(names, "待我审核")
        await self.press(names, "#", *ratings)

    async def propose(self, leader: str, topic: str, mate: str = "") -> None:
        """A leader proposes an innovation topic, alone or with a colleague."""
        await self.say(leader, "/works")
        await self.press(leader, "＋ 创新实践课题")
        if mate:
            await self.press(leader, "成员")
            await self.say(leader, mate)
            await self.press(leader, "完成")
        await self.fill(leader, topic, "群众反映多年、部门之间职责交叉，一直没有解决好")

    async def lesson(
        self, month: int, day: int, organiser: str, chat: str, expected: Iterable[str], absent: str = ""
    ) -> None:
        """A unit's organiser plans a lesson at the grassroots the day before, and calls its roll in the unit's group."""
        await self.leap(month, day - 1)
        await self.say(
            organiser,
            f"/sessions 新建 {month}-{day} 09:00-10:30 文化礼堂 区宣讲团 送课到基层、理论进家门 《送理论进家门》",
        )
        await self.press(organiser, "发布安排")
        await self.leap(month, day, 9)
        await self.roll(organiser, chat, expected, absent=absent)

    async def totals(self) -> dict[str, int]:
        """What the office's table for the assessment of 2026 gives each person who has anything."""
        assert self.hall.app is not None
        totals = await self.hall.app.house.points.records.totals(2026)
        return {line.name: line.total for line in totals.lines if line.total}


def programme(**points: int) -> Programme:
    """The shipped programme; ``report_accepted=4`` gives a rule other points."""
    shipped = read_programme(SHIPPED / "yuhang")
    rules = tuple(
        rule.model_copy(update={"points": points.get(rule.key, rule.points)}) for rule in shipped.points.rules
    )
    return shipped.model_copy(update={"points": shipped.points.model_copy(update={"rules": rules})})
