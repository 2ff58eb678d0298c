"""Which command needs which part of the programme, and what it says without it."""

from handlers.registry import COMMANDS, is_there
from storage.people import Role
from study.programme import Programme
from study.programme.reading import folder_of, read_programme
from study.programme.whole import PARTS
from tests.hall import HallMaker

NEEDS = {
    "forms": "forms",
    "checklist": "forms.checklists",
    "speech": "series",
    "menu": "menu.enabled",
    "works": "works.works quotas.quotas",
    "items": "claims",
    "idea": "ideas",
    "round": "rounds",
    "makeup": "rollcall.make_up",
    "notes": "notes",
    "card": "points works quotas rollcall",
    "rank": "points",
    "dispute": "points",
    "award": "points",
    "reverse": "points",
    "survey": "surveys",
    "visit": "rounds",
    "report": "reports",
    "bulletin": "reports",
    "record": "reports",
}
"""The commands that are listed only where the programme has something for them; all others work without one."""
ASKING = {"forms", "speech", "dispute", "award", "reverse", "visit"}
"""Those of them that show what there is (nothing), or how they are written, before they look into the programme."""


def test_every_command_is_listed_exactly_where_its_part_is() -> None:
    """A programme without anything lists none of those; each is listed by one that has its part, and by none without."""
    shipped = [read_programme(folder_of(name)) for name in ("yuhang", "penglai", "erqi", "xiangyang", "heilongjiang")]

    assert {command.name: command.part for command in COMMANDS if command.part} == NEEDS
    assert {part.partition(".")[0] for parts in NEEDS.values() for part in parts.split()} <= {*PARTS}
    assert [command.name for command in COMMANDS if is_there(command, Programme())] == [
        command.name for command in COMMANDS if command.name not in NEEDS
    ]
    for command in COMMANDS:
        assert any(is_there(command, programme) for programme in shipped), command.name
    erqi = shipped[2]
    listed = {command.name for command in COMMANDS if is_there(command, erqi)}
    assert "forms" in listed
    assert not listed & {"checklist", "works", "items", "menu", "makeup"}


async def test_a_command_without_its_part_says_so(hall_with: HallMaker) -> None:
    """Whoever writes a command that is not listed hears that it is not part of the programme."""
    hall = await hall_with(checkin={"enabled": False}, materials={"enabled": False})
    office = await hall.enrol("办公室", "开发区", role=Role.ORGANISER)
    said_off = set()

    for name in NEEDS:
        await office.says(f"/{name}")
        await hall.advance(1)
        if "没有启用" in await office.reads():
            said_off.add(name)

    assert said_off == NEEDS.keys() - ASKING
