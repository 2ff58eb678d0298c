"""What others read in a group is changed by the buttons under it alone."""

from storage.people import Role
from tests.hall import Hall

UNIT = "示范区/第一支部"


async def test_nobody_writes_over_a_message_with_the_button_of_another(hall: Hall) -> None:
    """The data of a button that is there is sent with another message: that one stays, and the button itself goes on working."""
    organiser = await hall.enrol("周组", UNIT, role=Role.ORGANISER)
    anna = await hall.enrol("安娜", UNIT)
    group = await hall.unit_group("一支部", UNIT, organiser, anna)
    await organiser.says("/season 新建 2026年冬季 2026-11-01 2027-01-31 10 7 5", group)
    season = await anna.last(group)
    await organiser.says("/lang", group)
    languages = await anna.last(group)
    data = season.buttons[0][0].data
    assert data is not None

    toast = await anna.presses(None, group, message=languages, data=data)
    await hall.advance(minutes=1)
    forged = await anna.last(group)
    own = await anna.presses(None, group, message=season, data=data)

    assert toast == "这个按钮已失效。"
    assert forged == languages
    assert own is None


async def test_the_figures_of_one_unit_are_not_written_over_the_card_of_another(hall: Hall) -> None:
    """An organiser who is in the group of another unit shows nothing under what is not theirs."""
    organiser = await hall.enrol("周组", UNIT, role=Role.ORGANISER)
    other = await hall.enrol("吴组", "示范区/第二支部", role=Role.ORGANISER)
    group = await hall.unit_group("一支部", UNIT, organiser, other)
    await organiser.says("/lang", group)
    languages = await organiser.last(group)

    toast = await other.presses(None, group, message=languages, data="sessfig:739900:739930:unit:0")
    await hall.advance(minutes=1)

    assert toast == "这个按钮已失效。"
    assert await organiser.last(group) == languages


async def test_whose_group_it_is_not_does_not_choose_its_language(hall: Hall) -> None:
    """An organiser of another unit who is in the group is refused; one of its own unit is not."""
    organiser = await hall.enrol("周组", UNIT, role=Role.ORGANISER)
    other = await hall.enrol("吴组", "示范区/第二支部", role=Role.ORGANISER)
    group = await hall.unit_group("一支部", UNIT, organiser, other)

    await other.says("/lang en", group)
    refused = await other.reads(group)
    await organiser.says("/lang en", group)

    assert refused.startswith("您没有权限")
    assert await organiser.reads(group) == "I shall speak English here."


async def test_standings_of_a_season_are_not_for_strangers(hall: Hall) -> None:
    """In private whoever is on the roster sees them; a stranger is told to ask for admission, and a guessed button tells no more."""
    admin = await hall.admin()
    stranger = await hall.person("路人")
    await admin.says("/season 新建 2026年冬季 2026-11-01 2027-01-31 10 7 5")
    data = (await admin.last()).buttons[0][0].data
    assert data is not None

    await stranger.says("/season")
    told = await stranger.last()
    toast = await stranger.presses(None, message=told, data=data)

    assert told.text.startswith("您还不在名册中")
    assert toast is not None
    assert toast.startswith("您还不在名册中")
