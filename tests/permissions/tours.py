"""Short dialogues that show what no short dialogue of the suite shows."""

from storage.people import Role
from tests.dialogues.match import gather
from tests.hall import Hall, HallMaker
from tests.programme.parts import programme_of


async def an_organiser_looks_at_the_programme(hall: Hall) -> None:
    """The parts of the programme in force."""
    organiser = await hall.enrol("周组", role=Role.ORGANISER)
    assert hall.app is not None
    await hall.app.house.programmes.apply(programme_of("yuhang", "works"), now=hall.clock.now())

    await organiser.says("/programme")

    assert (await organiser.last()).labels


async def an_assignment_for_many_units(hall: Hall) -> None:
    """More units than fit on a page."""
    for number in range(1, 31):
        await hall.enrol(f"成员{number}", f"示范区/第{number}支部")
    organiser = await hall.enrol("周组", "示范区", role=Role.ORGANISER)

    await organiser.says("/assign 11-24 18:00 查隐患:请查办公室。")

    assert (await organiser.last()).labels


async def somebody_scans_the_code_of_a_screen(hall_with: HallMaker) -> None:
    """The teams of the contest whose screen shows the code, in private."""
    match = await gather(await hall_with(web={"host": "127.0.0.1", "port": 0}))
    await match.host.says("/screen", match.group)
    await match.opens()
    row = await match.hall.read(lambda tx: tx.screens.of("group", match.group.id))
    assert row is not None
    guest = await match.hall.person("来宾")

    await guest.says(f"/start join_{row.join_key}")

    assert (await guest.last()).labels
