"""Who is meant by an audience, and that nobody reaches beyond the units they run."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from storage import Database, Tx
from storage.people import Role
from study import audience as audiences
from study.access import access_of
from study.audience import Audience, UnknownTask
from tests.hall import ADMIN_ID, MONDAY

NOBODY: frozenset[int] = frozenset()


@pytest.fixture
async def roster(empty_database: Path, tmp_path: Path) -> Any:
    """Two branches, each with an organiser (11, 21) and two members, one of whom has not joined."""
    path = tmp_path / "roster.db"
    shutil.copy(empty_database, path)
    database = Database(path)
    await database.open()

    def work(tx: Tx) -> None:
        for branch in (1, 2):
            unit = tx.people.add_unit(f"区/支部{branch}")
            group = -100 - branch
            tx.places.see_group(group, f"群{branch}")
            tx.places.bind(group, unit)
            for number, role in ((1, Role.ORGANISER), (2, Role.MEMBER), (3, Role.MEMBER)):
                code = f"{branch}{number}"
                person = tx.people.add(
                    code=code, name=code, unit_id=unit, level=f"L{number}", title="", role=role, now=MONDAY
                )
                if number < 3:
                    tx.people.join(person, int(code), now=MONDAY)
                if number == 1:
                    tx.places.see_user(int(code), code, None, private=True, now=MONDAY)

    await database.write(work)
    yield database
    await database.close()


async def names(database: Database, audience: Audience, user_id: int, **more: Any) -> list[str]:
    """Whom ``user_id`` reaches with an audience."""

    def work(tx: Tx) -> list[str]:
        access = access_of(tx, user_id, frozenset({ADMIN_ID}))
        return [person.name for person in audiences.recipients(tx, audience, access, **more)]

    return await database.read(work)


async def test_an_admin_reaches_all_who_have_joined(roster: Database) -> None:
    """An empty choice is everybody; whoever has not joined cannot be written to."""
    assert await names(roster, Audience(), ADMIN_ID) == ["11", "12", "21", "22"]


async def test_an_organiser_reaches_their_own_unit_alone(roster: Database) -> None:
    """An organiser's "everybody" ends at the units they run, and naming another unit does not widen it."""
    other = await roster.read(lambda tx: tx.people.units_called("支部2")[0].id)
    top = await roster.read(lambda tx: tx.people.units_called("区")[0].id)

    assert await names(roster, Audience(), 11) == ["11", "12"]
    assert await names(roster, Audience(units=(other,)), 11) == []
    assert await names(roster, Audience(units=(top,)), 11) == ["11", "12"]


async def test_a_member_reaches_nobody(roster: Database) -> None:
    """Whoever runs no unit has no audience."""
    assert await names(roster, Audience(), 12) == []


async def test_units_count_with_or_without_those_below(roster: Database) -> None:
    """The top unit has nobody of its own here."""
    top = await roster.read(lambda tx: tx.people.units_called("区")[0].id)

    assert await names(roster, Audience(units=(top,)), ADMIN_ID) == ["11", "12", "21", "22"]
    assert await names(roster, Audience(units=(top,), with_below=False), ADMIN_ID) == []


async def test_levels_and_roles_narrow_it_down(roster: Database) -> None:
    """Each list is a choice of its own; both have to fit."""
    assert await names(roster, Audience(levels=("L2",)), ADMIN_ID) == ["12", "22"]
    assert await names(roster, Audience(roles=(Role.ORGANISER,)), ADMIN_ID) == ["11", "21"]
    assert await names(roster, Audience(roles=(Role.ORGANISER,), levels=("L2",)), ADMIN_ID) == []


async def test_only_those_who_owe_an_answer_are_meant(roster: Database) -> None:
    """The task's own look-up says who has not answered; without one nobody is guessed at."""
    owing = await roster.read(lambda tx: tx.people.by_code("12"))
    assert owing is not None
    audience = Audience(not_answered="7")

    assert await names(roster, audience, ADMIN_ID, owing=lambda tx, ref: frozenset({owing.id})) == ["12"]
    with pytest.raises(UnknownTask):
        await names(roster, audience, ADMIN_ID)


async def test_reach_tells_apart_who_can_be_reached(roster: Database) -> None:
    """Joined, joined but never started the bot, not joined; and the groups of the units."""

    def work(tx: Tx) -> audiences.Reach:
        return audiences.reach(tx, Audience(), access_of(tx, 11, NOBODY))

    found = await roster.read(work)

    assert [person.name for person in found.people] == ["11", "12"]
    assert [person.name for person in found.unjoined] == ["13"]
    assert found.unreached == {12}
    assert [group.title for group in found.groups] == ["群1"]


def test_an_audience_survives_json() -> None:
    """It is kept as JSON with a draft."""
    audience = Audience(units=(3,), levels=("科级",), roles=(Role.JUDGE,), also_groups=True, not_answered="task:4")

    assert Audience.model_validate_json(audience.model_dump_json()) == audience
