"""Xiangyang's half-year (X1–X5), told in its telling weeks from the shipped template, and the office's figures at its end."""

from study.programme.reading import SHIPPED, read_programme
from tests.hall import HallMaker
from tests.scenarios.xiangyang import CITY, City, at, totals, UNITS

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
    hall.programme = programme
    office = city.office
    await lecture_by_order(city)
    await items_are_taken_on(city)
    await plans(city)
    await hall.until(at(7,9,17,0))
    print("EVE", await city["老河口市骨干甲"].reads())
    await lecture(city)
    await hall.until(at(7,20))
    await items_move(city)
    await hall.until(at(7,22))
    first = await discussion(city, "老河口市", "07-24 09:00-11:00 全员大研讨 会议室 《对标新昌怎么干》", city.of("老河口市"), ["老河口市局长","老河口市骨干甲","老河口市青年甲"])
    other = city["枣阳市干事"]
    await other.says(f"/sessions {first}")
    print("FOREIGN", await other.reads())
    await other.says("/speech 老河口市局长")
    print("FOREIGN", await other.reads())
    await hall.until(at(7,29,10))
    for u in UNITS: print('REM', await city[u+'局长'].reads())
    await autumn(city)
    await office.says("/sessions 统计 下半年")
    print(await office.reads())
    await office.presses("按班次")
    print(await office.reads())
    await office.presses("按单位")
    print(await office.reads())
    print(await totals(hall))


async def discussion(city, unit, line, came, speakers):
    hall, boss = city.hall, city[f"{unit}干事"]
    n = await city.plan(boss, line)
    print(await boss.reads())
    await hall.until(at(*map(int, line.split()[0].split("-")), *map(int, line.split()[1].split("-")[0].split(":"))))
    await city.roll_call(boss, unit, came)
    await boss.says("/speech " + "、".join(speakers))
    print(await boss.reads())
    return n


async def autumn(city):
    hall, office = city.hall, city.office
    await hall.until(at(8,12,9))
    county = await city.plan(office, "08-14 09:00-12:00 专题培训班 省委“七大战略”深度解读 市委党校 张教授 《战略思维与领导力》", "班次", "县级干部", "返回")
    print(await office.reads())
    await hall.stop_bot()
    await hall.until(at(8,14,7))
    await hall.start_bot()
    await hall.advance(seconds=10)
    print("RESTART", await city["谷城县局长"].reads())
    await hall.until(at(8,14,9))
    await city.roll_call(office, CITY, city.all_of("局长"))
    print(await office.reads())
    await hall.until(at(9,9))
    backbone = await city.plan(office, "09-11 09:00-12:00 专题培训班 市委党校 李教授 《招商引资新模式》", "班次", "业务骨干", "返回")
    await hall.until(at(9,11,9))
    people = city.all_of("干事","骨干甲","骨干乙")
    await city.roll_call(office, CITY, people[:16], [people[16]])
    print(await office.reads(), (await office.last()).labels)
    await office.presses("名单")
    print((await office.last()).labels)
    await office.presses("缺 市经信局骨干乙")
    print((await office.last()).labels)
    await office.presses("√ 到")
    await office.says("手机没电，现场核实到会")
    print(await people[17].reads())
    await hall.until(at(10,9,9))
    changed = hall.programme.model_copy(update={"points": hall.programme.points.model_copy(update={"rules": tuple(r.model_copy(update={"points": 2}) if r.key=="spoke" else r for r in hall.programme.points.rules)})})
    print(await hall.app.house.programmes.apply(changed, now=hall.clock.now()))
    young = await city.plan(office, "10-16 09:00-12:00 专题培训班 市委党校 王教授 《防范化解保密风险实战》", "班次", "年轻干部", "返回")
    await hall.until(at(10,16,9))
    people = city.all_of("青年甲","青年乙")
    await city.roll_call(office, CITY, people[:11])
    print(await people[11].reads(), (await people[11].last()).labels)
    await city.join("老河口市新青年", "襄阳市/老河口市", "年轻干部")
    await people[11].presses("去补课")
    print(await people[11].reads(), (await people[11].last()).labels)
    await people[11].presses("我已学完")
    print(await people[11].reads(), (await people[11].last()).labels)
    boss = city["市经信局干事"]
    print(await boss.reads(), (await boss.last()).labels)
    await boss.presses("审核通过")
    print(await people[11].reads())
    await hall.until(at(11,4,9))
    seminar = await city.plan(office, "11-06 09:00-11:30 专题研讨会 加快建成支点 汉江宾馆 《汉襄宜协同怎么干》", "班次", "县级干部", "返回")
    await hall.until(at(11,6,9))
    await city.roll_call(office, CITY, city.all_of("局长"))
    await office.says("/speech 老河口市局长、枣阳市局长、市发改委局长、市商务局局长")
    await hall.advance(minutes=2)
    await office.presses("枣阳市局长")
    await office.presses("枣阳市局长")
    print(await office.reads())
    await hall.until(at(11,18))
    last = await discussion(city, "老河口市", "11-20 09:00-11:00 全员大研讨 会议室 《再看新昌》", [*city.of("老河口市"), city["老河口市新青年"]], ["老河口市新青年"])
    member = city["老河口市骨干乙"]
    await member.says("/speech 营商环境怎么抓")
    print(await city["老河口市干事"].reads())
    await city["老河口市干事"].presses("确认发言")
    print(await member.reads())
    m = city["老河口市青年甲"]
    await m.says("/card")
    print(await m.reads(), (await m.last()).labels)
    await hall.until(at(12,31,17))

async def plans(city):
    hall, office = city.hall, city.office
    lead, style = city["枣阳市干事"], city["作风办"]
    await lead.says("/works")
    await lead.presses("＋ 对标提升计划")
    await lead.presses("填写")
    await lead.says("对标对象：深圳市有关部门\n对标事项：学习深圳\n现状值：5\n目标值：进一步提升\n计量单位：个工作日\n完成日期：年底前")
    print(await lead.reads(), (await lead.last()).labels)
    print(await lead.presses("提交审核"))
    print(await lead.reads(), (await lead.last()).labels)
    await lead.presses("填写")
    await lead.says("对标事项：企业开办全流程办理时间\n目标值：1\n完成日期：2026年12月20日")
    print(await lead.presses("提交审核"))
    await style.presses("审核")
    print(await style.reads())
    await style.presses("退回修改")
    await style.says("对标对象：请写明具体部门")
    print(await lead.reads())
    await lead.presses("查看")
    await lead.presses("填写")
    await lead.says("对标对象：深圳市政务服务和数据管理局")
    await lead.presses("提交审核")
    await lead.presses("版本对比")
    print(await lead.reads())
    await style.presses("审核")
    await style.presses("同意")
    await office.presses("审核")
    await office.presses("同意")
    print(await lead.reads())
    await office.says("/works")
    await office.presses("总体情况")
    await office.presses("对标提升计划")
    print(await office.reads())


async def items_are_taken_on(city):
    hall, office = city.hall, city.office
    table = "大项,事项,措施\n城建,城市围挡整治,逐一排查\n城建,老旧小区改造,加装电梯\n教育,校园食品安全,明厨亮灶\n就业,小哥食堂,设点 12 处\n信访,邻里纠纷调解,网格员上门\n营商,企业帮扶,领导包联\n交通,停车难,共享车位\n医疗,社区义诊,每月一次\n"
    await office.says("/items")
    print(await office.reads(), (await office.last()).labels)
    await office.presses("发布事项")
    print(await office.reads())
    await office.sends(table.encode("utf-8-sig"), "items.csv")
    print(await office.reads())
    leaders = city.all_of("局长")
    await city.all_say(leaders, "/items")
    for one in leaders[:3]:
        await one.presses("城市围挡整治")
    print(await leaders[0].presses("认领"), await leaders[1].presses("认领"))
    print(await leaders[1].reads(), (await leaders[1].last()).labels)
    for who, items in ((0, ["老旧小区改造"]), (1, ["校园食品安全", "小哥食堂"]), (2, ["邻里纠纷调解"]), (3, ["企业帮扶"]), (4, ["停车难"])):
        for item in items:
            await leaders[who].says("/items")
            await leaders[who].presses(item)
            print(await leaders[who].presses("认领"))
    await leaders[0].says("/items")
    print(await leaders[0].reads())
    await leaders[0].presses("社区义诊")
    print(await leaders[0].presses("认领"))
    await leaders[3].says("/items")
    print("ASKED", await leaders[3].presses(data="item:open:1"))
    print((await leaders[3].reads()))


async def report(city, who, item, text, reviewer, accept=True):
    await who.says("/items")
    await who.presses("📌"+item)
    await who.presses("上报进展")
    await who.says(text)
    toast=await who.presses("提交汇报")
    print(toast, (await reviewer.reads()))
    await reviewer.presses("查看事项")
    print(await reviewer.reads(), (await reviewer.last()).labels)
    await reviewer.presses("通过汇报")
    print(await who.reads())


async def items_move(city):
    hall = city.hall
    a = city["老河口市局长"]
    await report(city, a, "城市围挡整治", "32 处围挡，责任到人", city["作风办"])
    await report(city, city["枣阳市局长"], "校园食品安全", "方案", city["作风办"])

async def lecture_by_order(city):
    hall, office = city.hall, city.office
    voters = [*city.all_of("骨干甲", "骨干乙", "青年甲"), *city.all_of("青年乙")[:4]]
    await city.all_say([*voters, city["督查员"]], "/menu")
    v = await voters[0].last()
    data = next(b.data for row in v.buttons for b in row if "抓项目" in b.text)
    await city.all_press(voters[:20], data)
    await city.all_press(voters[:3], data)
    await city.all_press(voters[20:], data)
    await office.says("/menu")
    await office.presses("安排第 1 项")
    await office.presses("安排开课")
    await office.says("07-10 15:00-17:00 市直机关礼堂 市发改委局长")
    await office.presses("名额")
    await office.presses("发布安排")
    await hall.advance(minutes=6)
    for n in (0, 20, 21): print(voters[n].name, await voters[n].reads())
    await voters[3].presses("查看详情")
    print(await voters[3].reads(), (await voters[3].last()).labels)
    await voters[3].presses("取消报名")
    print(await voters[20].reads())
    await office.says("/menu 轮值")
    print(await office.reads())


async def lecture(city):
    hall, office = city.hall, city.office
    voters = [*city.all_of("骨干甲", "骨干乙", "青年甲"), *city.all_of("青年乙")[:4]]
    seated = [*voters[:3], *voters[4:21]]
    away = seated[0]
    await hall.until(at(7,10,8))
    await away.says("/leave 07-10 外出招商")
    print(await away.reads())
    await city["老河口市干事"].presses("批准")
    await hall.until(at(7,10,15))
    await city.roll_call(office, CITY, seated[1:18], [seated[18]])
    print(await office.reads(), (await office.last()).labels)
    print(await seated[19].reads(), (await seated[19].last()).labels)
    await hall.until(at(7,10,18))
