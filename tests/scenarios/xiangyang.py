"""The people of Xiangyang's scenario: six units with six members each, the city's office, an observer; what they do together."""

import re
from collections.abc import Sequence
from datetime import datetime

from sandbox.people import Group
from storage import Tx
from storage.people import Role
from tests.dialogues.unhurried import Unhurried
from tests.hall import SHANGHAI, Hall

CITY = "襄阳市"
COUNTIES = ("老河口市", "枣阳市", "谷城县")
DEPARTMENTS = ("市发改委", "市商务局", "市经信局")
UNITS = (*COUNTIES, *DEPARTMENTS)
POSTS = ("局长", "干事", "骨干甲", "骨干乙", "青年甲", "青年乙")
"""Of each unit: its leader, its organiser (key staff), two of the key staff, two young ones. 36 members in all."""
_LEVELS = {"局长": "县级干部", "干事": "业务骨干", "骨干甲": "业务骨干", "骨干乙": "业务骨干"}


def at(month: int, day: int, hour: int = 8, minute: int = 0) -> datetime:
    """A moment of the year 2026 on the city's clocks."""
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


def path_of(unit: str) -> str:
    """Where a unit hangs in the tree."""
    return f"{CITY}/{unit}" if unit in COUNTIES else f"{CITY}/市直机关/{unit}"


class City:
    """Everybody, by name: ``city["老河口市青年甲"]``; ``office`` is the admin, ``style`` the office that rules on plans."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self.people: dict[str, Unhurried] = {}
        self.groups: dict[str, Group] = {}

    def __getitem__(self, name: str) -> Unhurried:
        return self.people[name]

    async def fill(self) -> None:
        """Put everybody on the roster and open the groups: the city's, and one of each unit that meets by itself."""
        self.office = Unhurried(self.hall, await self.hall.admin("市委组织部"))
        for unit in UNITS:
            for post in POSTS:
                role = Role.ORGANISER if post == "干事" else Role.MEMBER
                await self.join(f"{unit}{post}", path_of(unit), _LEVELS.get(post, "年轻干部"), role)
        await self.join("作风办", CITY, "", Role.ORGANISER)
        await self.join("督查员", CITY, "", Role.OBSERVER)
        self.groups[CITY] = await self.hall.unit_group("市直机关大群", CITY, self.office, self["作风办"])
        for unit in ("老河口市", "枣阳市", "市发改委"):
            self.groups[unit] = await self.hall.unit_group(f"{unit}学习群", path_of(unit), *self.of(unit))

    async def join(self, name: str, unit: str, level: str, role: Role = Role.MEMBER) -> None:
        """Somebody is on the roster from now on."""
        self.people[name] = Unhurried(self.hall, await self.hall.enrol(name, unit, role=role, level=level))

    def of(self, unit: str, *posts: str) -> list[Unhurried]:
        """The members of a unit who hold these posts (all of them if none is named)."""
        return [self[f"{unit}{post}"] for post in posts or POSTS]

    def all_of(self, *posts: str) -> list[Unhurried]:
        """Everybody in the six units who holds one of these posts, unit by unit."""
        return [one for unit in UNITS for one in self.of(unit, *posts)]

    async def all_say(self, people: Sequence[Unhurried], text: str) -> None:
        """Many write at the same moment."""
        for one in people:
            await one.person.says(text)
        await self.hall.settle()
        await self.hall.advance(seconds=3)

    async def all_press(self, people: Sequence[Unhurried], data: str) -> None:
        """Many press at the same moment, on the newest message that they have."""
        for one in people:
            await one.person.presses(data=data)
        await self.hall.settle()
        await self.hall.advance(seconds=3)

    async def plan(self, who: Unhurried, line: str, *buttons: str) -> int:
        """Somebody plans a session on one line, with the buttons of its card; its number."""
        await who.says(f"/sessions 新建 {line}")
        for button in (*buttons, "发布安排"):
            await who.presses(button)
        return await self.hall.read(lambda tx: max(one.id for one in _sessions(tx)))

    async def roll_call(
        self, caller: Unhurried, unit: str, came: Sequence[Unhurried], late: Sequence[Unhurried] = ()
    ) -> None:
        """The roll of what is on in a unit is called by the code on the screen, and closes by itself."""
        start = self.hall.clock.now()
        await caller.says("/rollcall", self.groups[unit])
        await caller.presses("在此显示签到码")
        await self.all_say(came, await shown_code(caller))
        if late:
            await self.hall.until(start.replace(minute=start.minute + 6))
            await self.all_say(late, await shown_code(caller))
        await caller.presses("立即结束")


async def shown_code(caller: Unhurried) -> str:
    """The code that is on show in the caller's private chat."""
    shown = [one.text for one in (await caller.messages())[-6:] if "🔢" in one.text]
    found = re.search(r"🔢 (\d{3}) (\d{3})", shown[-1])
    assert found is not None
    return found[1] + found[2]


def _sessions(tx: Tx):  # type: ignore[no-untyped-def]
    return tx.sessions.between(at(1, 1), at(12, 31, 23))


async def totals(hall: Hall) -> dict[str, int]:
    """What everybody's ledger comes to in 2026, by name; who has nothing is left out."""
    first, last = at(1, 1).date(), at(12, 31).date()

    def work(tx: Tx) -> dict[str, int]:
        return {one.name: tx.ledger.sum_of(one.id, first, last) for one in tx.people.everybody()}

    return {name: points for name, points in (await hall.read(work)).items() if points}
