"""Heilongjiang's people (``heilongjiang``): a province, three cities, seven counties, 41 people, and how they act."""

from collections.abc import Sequence
from typing import Any

from sandbox.people import Group
from storage import Tx
from storage.people import Role
from study.programme import Programme
from study.programme.points import Points
from study.programme.reading import SHIPPED, read_programme
from study.programme.surveys import Surveys
from tests.dialogues.test_exams import Examinee
from tests.hall import Hall

PROVINCE = "黑龙江省"
COUNTIES = {
    "道里区": "哈尔滨市",
    "双城区": "哈尔滨市",
    "肇源县": "大庆市",
    "林甸县": "大庆市",
    "萝北县": "鹤岗市",
    "绥滨县": "鹤岗市",
}
"""Each county has an organiser (部长), a member of staff (干事) and three delegates (代表) who only take part in surveys."""
CITIES = ("哈尔滨市", "大庆市", "鹤岗市")
STAFF = "组工干部"


def path_of(unit: str) -> str:
    """A unit's path from the province down."""
    return f"{PROVINCE}/{COUNTIES[unit]}/{unit}" if unit in COUNTIES else f"{PROVINCE}/{unit}"


def roster() -> list[tuple[str, str, Role, str]]:
    """Name, unit, role and level of the 41 people of the first day; 18 of them are staff."""
    lines = [("郑处长", PROVINCE, Role.ORGANISER, ""), ("督导员", PROVINCE, Role.OBSERVER, "")]
    for city in CITIES:
        lines += [
            (f"{city}部长", path_of(city), Role.ORGANISER, STAFF),
            (f"{city}干事", path_of(city), Role.MEMBER, STAFF),
        ]
    for county in COUNTIES:
        lines += [(f"{county}部长", path_of(county), Role.ORGANISER, STAFF)]
        lines += [(f"{county}干事", path_of(county), Role.MEMBER, STAFF)]
        lines += [(f"{county}代表{n}", path_of(county), Role.MEMBER, "") for n in (1, 2, 3)]
    small = f"{path_of('鹤岗市')}/工农区"
    return [
        *lines,
        ("道里区代表4", path_of("道里区"), Role.MEMBER, ""),
        ("工农区代表1", small, Role.MEMBER, ""),
        ("工农区代表2", small, Role.MEMBER, ""),
    ]


class Province:
    """The hall with everybody in it, by name."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self.people: dict[str, Examinee] = {}
        self.group: Group | None = None

    def __getitem__(self, name: str) -> Examinee:
        return self.people[name]

    async def join(self, lines: Sequence[tuple[str, str, Role, str]]) -> None:
        """Put people on the roster; all have joined."""
        actors = [await self.hall.person(name) for name, *_ in lines]
        now = self.hall.clock.now()

        def work(tx: Tx) -> None:
            for actor, (name, unit, role, level) in zip(actors, lines, strict=True):
                unit_id = tx.people.add_unit(unit)
                entry = tx.people.add(
                    code=f"C{actor.id}", name=name, unit_id=unit_id, level=level, title="", role=role, now=now
                )
                tx.people.join(entry, actor.id, now=now)
                tx.places.see_user(actor.id, name, None, private=True, now=now)

        await self.hall.write(work)
        self.people |= {actor.name: Examinee(self.hall, actor) for actor in actors}

    async def apply(self, programme: Programme) -> str:
        """Put a programme in force; says whether it changes anything."""
        assert self.hall.app is not None
        return await self.hall.app.house.programmes.apply(programme, now=self.hall.clock.now())

    async def fills(self, name: str, subject: int, answers: dict[int, str]) -> None:
        """Fill in a form with one press an item, and send it, without waiting for the bot in between."""
        person = self.people[name].person
        card = await person.last()
        for at, value in answers.items():
            await person.presses(data=f"fill:set:{subject}:{at}:{value}", message=card)
        await person.presses(data=f"fill:send:{subject}", message=card)

    async def subjects(self, purpose: str) -> dict[tuple[str, str], int]:
        """The subjects of the newest evaluation of a purpose, by who has to answer about them and what they are called."""

        def look(tx: Tx) -> dict[tuple[str, str], int]:
            row = max(tx.evaluations.of_purpose(purpose), key=lambda one: one.id)
            return {
                (person.name, ticket.title): ticket.subject_id
                for person in tx.people.everybody()
                for ticket in tx.evaluations.tickets_of(row.id, person.id)
            }

        return await self.hall.read(look)

    async def points(self) -> list[dict[str, Any]]:
        """Every entry of the year, as ``studyhall export points --format json`` has them."""
        assert self.hall.app is not None
        return [dict(one) for one in await self.hall.app.house.points.records.export(year=2026)]


def shipped() -> Programme:
    """The programme as it comes."""
    return read_programme(SHIPPED / "heilongjiang")


def revised(programme: Programme) -> Programme:
    """What the office changes in September: one city and one county at the end of the ranks, 5 points a milestone and not 3."""
    survey = programme.surveys.surveys[0]
    tiers = tuple(tier.model_copy(update={"lowest": 1}) for tier in survey.tiers)
    rules = tuple(
        rule.model_copy(update={"points": 5}) if rule.key == "item_stage" else rule for rule in programme.points.rules
    )
    return programme.model_copy(
        update={
            "surveys": Surveys(surveys=(survey.model_copy(update={"tiers": tiers}),)),
            "points": Points(caps=programme.points.caps, rules=rules),
        }
    )


def projects() -> bytes:
    """The table of 20 items in 6 works, and one row without a day. The first three are due on 25 October, the rest in December."""
    works = (4, 4, 3, 3, 3, 3)
    rows, number = ["大项,项目名称,推进措施,责任领导,完成时限"], 0
    for work, count in enumerate(works, 1):
        for _ in range(count):
            number += 1
            due = "2026-10-25" if number <= 3 else "2026-12-31"
            rows.append(f"第{work}工程,项目{number},分步推进、按月调度,{CITIES[number % 3]}部长,{due}")
    rows.append("第6工程,没有时限的项目,分步推进,鹤岗市部长,")
    return "\n".join(rows).encode("utf-8-sig")
