"""Every command, said by everybody in every kind of chat, against the table; named people and units of one's own and of others."""

from datetime import date

import pytest

from handlers.permissions import permissions
from handlers.registry import COMMANDS
from study.programme.reading import folder_of, read_programme
from tests.dialogues.match import QUESTIONS
from tests.hall import Hall
from tests.permissions.parts import Part, Spot, is_let_in
from tests.permissions.said import CELLS, OWN, Answer, Cell, Stage

_NO_RIGHT = frozenset({"not_allowed", "not_on_roster"})
_RUN_IT = frozenset({Part.ORGANISER, Part.ABOVE, Part.ADMIN})
_OTHERS = (Part.STRANGER, Part.LEFT, Part.PEER, Part.OBSERVER, Part.JUDGE)
_RUN_THE_OTHER = frozenset({Part.SIBLING, Part.ABOVE, Part.ADMIN})

ABOUT_SOMEBODY: dict[str, frozenset[Part]] = {
    "/mark {} 出勤 当时在场": frozenset(),
    "/award {} +5 好人好事": frozenset(),
    "/role {} 评委": frozenset(),
    "/remove {}": frozenset(),
    "/release {}": frozenset(),
    "/record {}": frozenset({Part.PEER}),
}
"""What is said about somebody by name: who runs their unit may; and whoever it is about, where that is named here."""
FOR_ORGANISERS = (
    "/sessions run", "/sessions count 2026", "/sessions new 学习 11-30 9:00", "/items 新事项", "/exam 常识",
    "/season 录入 活动 一支部 5 运动会", "/season 冲正 1 记错了", "/season 新建 夏季 2027-01-01 2027-03-31",
)  # fmt: skip
"""What follows a command of everybody's and is for organisers."""


@pytest.fixture
async def stage(hall: Hall) -> Stage:
    """A programme with works, points and reports, a bank, a season of the unit; one of every role."""
    assert hall.app is not None
    house, now = hall.app.house, hall.clock.now()
    await house.programmes.apply(read_programme(folder_of("yuhang")), now=now)
    await house.banks.take_in("常识", QUESTIONS, now=now)
    stage = Stage(hall)
    await stage.open()
    unit_id = await hall.write(lambda tx: tx.people.add_unit(OWN))
    await house.seasons.open(
        name="春季",
        first_day=date(2026, 11, 1),
        last_day=date(2026, 12, 31),
        places=(3, 2, 1),
        unit_id=unit_id,
        by=1,
        now=now,
    )
    return stage


def likely(cell: Cell) -> bool:
    """Everybody in private and in the group of the unit; elsewhere those who might think that they may."""
    part, spot = cell
    return spot in (Spot.PRIVATE, Spot.OWN) or part is Part.ORGANISER or (part, spot) == (Part.PEER, Spot.FOREIGN)


async def walk(stage: Stage, cells: tuple[Cell, ...]) -> list[str]:
    """The cells of all commands in which it is not as the table says."""
    wrong: list[Answer] = []
    for command in COMMANDS:
        line = permissions().commands[command.name]
        may = [cell for cell in cells if is_let_in(line, *cell)]
        may_not = [cell for cell in cells if cell not in may]
        wrong += [one for one in await stage.refused(f"/{command.name}", may_not) if not one.refused]
        wrong += [one for one in await stage.tried(f"/{command.name}", may) if one.refused in _NO_RIGHT]
    return [str(one) for one in wrong]


async def test_commands_are_for_whom_the_table_says(stage: Stage) -> None:
    """Who may not is refused and nothing is changed; who may is let in, where the table says."""
    assert await walk(stage, tuple(cell for cell in CELLS if likely(cell))) == []


@pytest.mark.long
async def test_commands_in_every_cell(stage: Stage) -> None:
    """The same for everybody in every kind of chat."""
    assert await walk(stage, CELLS) == []


@pytest.mark.parametrize("words", ABOUT_SOMEBODY)
async def test_nobody_reaches_the_people_of_another_unit(stage: Stage, words: str) -> None:
    """A name is understood by those who run the unit, and by nobody else."""
    private = [(part, spot) for part, spot in CELLS if spot is Spot.PRIVATE]
    for name, may in (
        (Part.PEER.name, _RUN_IT | ABOUT_SOMEBODY[words]),
        (Part.FOREIGNER.name, _RUN_THE_OTHER | ({Part.FOREIGNER} if ABOUT_SOMEBODY[words] else frozenset())),
    ):
        said = words.format(name)
        refused = await stage.refused(said, [cell for cell in private if cell[0] not in may])
        tried = await stage.tried(said, [cell for cell in private if cell[0] in may])

        assert [str(one) for one in refused if not one.refused] == []
        assert [str(one) for one in tried if not one.wrote] == []


async def test_what_organisers_add_to_a_command_of_everybody(stage: Stage) -> None:
    """A command of everybody's is not one for organisers' business."""
    others = [(part, Spot.PRIVATE) for part in _OTHERS]

    for words in FOR_ORGANISERS:
        assert [str(one) for one in await stage.refused(words, others) if one.refused not in _NO_RIGHT] == []
