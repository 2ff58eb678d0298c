"""Xiangyang's half-year (X1–X5), told in its telling weeks from the shipped template, and the office's figures at its end."""

from study.programme.reading import SHIPPED, read_programme
from tests.hall import HallMaker
from tests.scenarios.xiangyang import City, at, totals

QUIET = {"checkin": {"enabled": False}, "materials": {"enabled": False}}


async def test_x1_to_x5_a_half_year_of_xiangyang_adds_up(hall_with: HallMaker) -> None:
    """X1–X5."""
    hall = await hall_with(**QUIET, start=at(7, 1))
    city = City(hall)
    await city.fill()
    house = hall.app.house
    programme = read_programme(SHIPPED / "xiangyang")
    assert await house.programmes.apply(programme, now=hall.clock.now()) == "first"
    assert await house.programmes.apply(programme, now=hall.clock.now()) == "same"
    office = city.office
    await lecture_by_order(city)
    await office.says("/sessions 统计 下半年")
    print(await office.reads())
    print(await totals(hall))


async def lecture_by_order(city):
    hall, office = city.hall, city.office
    voters = [*city.all_of("骨干甲", "骨干乙", "青年甲"), *city.all_of("青年乙")[:4]]
    await city.all_say([*voters, city["督查员"]], "/menu")
    m = await city["督查员"].last()
    print(m.text, m.labels)
    v = await voters[0].last()
    data = next(b.data for row in v.buttons for b in row if "抓项目" in b.text)
    await city.all_press(voters, data)
    await city.all_press(voters[:3], data)
    print(await voters[0].reads())
    print(await city["督查员"].presses(data=data))
    await office.says("/menu")
    print(await office.reads(), (await office.last()).labels)
    await office.presses("安排第 1 项")
    await office.presses("安排开课")
    await office.says("07-10 15:00-17:00 市直机关礼堂 市发改委局长")
    print(await office.reads(), (await office.last()).labels)
    await office.presses("名额")
    print(await office.reads())
    await office.presses("发布安排")
    print(await office.reads())
    await hall.advance(minutes=6)
    for n in (0, 20, 21):
        print(voters[n].name, await voters[n].reads())
