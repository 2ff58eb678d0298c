"""Xiangyang's half-year (X1–X5), told in its telling weeks from the shipped template, and the office's figures at its end.

Between the telling weeks the machine is off (:meth:`City.jump`): that is also what a crash looks like to the bot.
"""

from sandbox.people import Message
from study.programme import Programme
from study.programme.reading import SHIPPED, read_programme
from tests.dialogues.unhurried import Unhurried
from tests.hall import HallMaker
from tests.scenarios.xiangyang import CITY, City, at, path_of, totals

QUIET = {"checkin": {"enabled": False}, "materials": {"enabled": False}}
ITEMS = """大项,事项,措施
城建,城市围挡整治,逐一排查
城建,老旧小区改造,加装电梯
教育,校园食品安全,明厨亮灶
就业,小哥食堂,设点 12 处
信访,邻里纠纷调解,网格员上门
营商,企业帮扶,领导包联
交通,停车难,共享车位
医疗,社区义诊,每月一次
"""


async def test_x1_to_x5_a_half_year_of_xiangyang_adds_up(hall_with: HallMaker) -> None:
    """X1–X5: orders and the rota, three tiers of trainees, a plan sent back, items reopened, discussions; the figures at the
    end are those worked out by hand from this script."""
    hall = await hall_with(**QUIET, start=at(7, 1))
    assert hall.app is not None
    city = City(hall)
    await city.fill()
    shipped = read_programme(SHIPPED / "xiangyang")
    apply = hall.app.house.programmes.apply
    assert [await apply(shipped, now=hall.clock.now()) for _ in range(2)] == ["first", "same"]

    await july_a_lecture_is_ordered(city)
    await july_items_are_taken_on(city)
    await july_a_plan_goes_back(city)
    await july_the_lecture(city)
    await july_items_and_a_discussion(city)
    await august_the_county_course(city)
    await september_the_key_staff(city)
    await october_another_version_and_the_young(city, shipped)
    await november_seminar_and_discussions(city)
    await december_the_figures(city)


async def july_a_lecture_is_ordered(city: City) -> None:
    """X1: 22 vote for the lecture on funds, 20 get a seat; one gives it up and the first who waits comes up."""
    hall, office, voters = city.hall, city.office, _voters(city)
    await city.all_say([*voters, city["督查员"]], "/menu")
    vote = _data(await voters[0].last(), "抓项目、争资金")
    await city.all_press(voters[:20], vote)
    await city.all_press(voters[:3], vote)
    await city.all_press(voters[20:], vote)
    eyes = await city["督查员"].presses(data=vote)
    await office.says("/menu")
    menu = await office.reads()
    await office.presses("安排第 1 项")
    await office.presses("安排开课")
    await office.says("07-10 15:00-17:00 市直机关礼堂 市发改委局长")
    await office.presses("名额")
    await office.presses("发布安排")
    await hall.advance(minutes=6)
    told = [(await voters[number].reads()).splitlines()[-1] for number in (0, 19, 20)]
    await voters[3].presses("查看详情")
    await voters[3].presses("取消报名")
    await office.says("/menu 轮值")

    assert eyes == "您没有权限在这里执行此操作，请联系本单位的组织者。"
    assert (
        "1. 抓项目、争资金：政策要点与资金争取 · 市发展改革委 · 22 票" in menu
    )  # 18 + 4 voters, three of them pressed twice
    seated = "已为您报名；如不能参加，请取消报名。"
    assert told == [seated, seated, "名额已满，您已进入候补名单。"]
    assert (await voters[20].reads()).startswith("您已候补成功")
    assert "1. 市发展改革委 · 已讲 1 次，最近 2026年7月10日\n▶ 2. 市经信局 · 尚未授课" in await office.reads()


async def july_items_are_taken_on(city: City) -> None:
    """X4: eight items from a table; two leaders want one and the first gets it; nobody takes on a third; one takes on none."""
    office, leaders = city.office, city.all_of("局长")
    await office.says("/items")
    await office.presses("发布事项")
    await office.sends(ITEMS.encode("utf-8-sig"), "items.csv")
    offered = await office.reads()
    await city.all_say(leaders[:5], "/items")
    await city.all_press(leaders[:2], "item:open:1")
    race = [await leader.presses("认领") for leader in leaders[:2]]
    for leader, item in ((0, 2), (1, 3), (1, 4), (2, 5), (3, 6), (4, 7)):
        await leaders[leader].presses(data=f"item:open:{item}")
        assert await leaders[leader].presses("认领") == "认领成功。"
    await leaders[0].presses(data="item:open:8")

    assert offered.startswith("✅ 已发布 8 项（7 个大项）。")
    assert race == ["认领成功。", "老河口市局长（老河口市）已先认领了该事项。"]
    assert await leaders[0].presses("认领") == "每人最多认领 2 项，您已达到上限。"


async def july_a_plan_goes_back(city: City) -> None:
    """X3: what is vague is named field by field and goes back unread; the next version is returned by a person, the third
    approved; the versions and what changed are kept."""
    office, lead, style = city.office, city["枣阳市干事"], city["作风办"]
    vague = "对标对象：深圳市有关部门\n对标事项：学习深圳\n现状值：5\n目标值：进一步提升\n计量单位：个工作日\n完成日期：年底前"
    await lead.says("/works")
    await lead.presses("＋ 对标提升计划")
    await lead.presses("填写")
    await lead.says(vague)
    toast = await lead.presses("提交审核")
    back = await lead.reads()
    await lead.presses("填写")
    await lead.says("对标事项：企业开办全流程办理时间\n目标值：1\n完成日期：2026年12月20日")
    await lead.presses("提交审核")
    await style.presses("审核")
    await style.presses("退回修改")
    await style.says("对标对象：请写明具体部门")
    await lead.presses("查看")
    await lead.presses("填写")
    await lead.says("对标对象：深圳市政务服务和数据管理局")
    await lead.presses("提交审核")
    await lead.presses("版本对比")
    third = await lead.reads()
    await lead.presses("‹ 第 2 版")
    second = await lead.reads()
    await style.presses("审核")
    await style.presses("同意")
    await office.presses("审核")
    await office.presses("同意")

    assert toast == "已自动退回，请按提示修改后重新提交。"
    for line in ("• 对标事项：“学习深圳”过于笼统", "• 目标值：没有量化", "• 完成日期：不是具体日期"):
        assert line in back
    assert "• 对标对象：深圳市有关部门 → 深圳市政务服务和数据管理局" in third
    assert "• 目标值：进一步提升 → 1" in second
    assert (await lead.reads()).endswith("已通过全部环节。")


async def july_the_lecture(city: City) -> None:
    """X1: of 20 seats one is on leave, 17 are in time, one is late, one absent; a late one disputes it, in vain."""
    hall, office, boss = city.hall, city.office, city["老河口市干事"]
    voters = _voters(city)
    seated = [*voters[:3], *voters[4:21]]
    away, late, absent = seated[0], seated[18], seated[19]
    await away.says("/leave 07-10 外出招商")
    await boss.presses("批准")
    await city.jump(at(7, 10, 14, 30))
    await hall.until(at(7, 10, 15))
    await city.roll_call(office, CITY, seated[1:18], [late])
    summary = await office.reads()
    missed = await absent.reads()
    await late.says("/card")
    await late.presses("？有异议")
    await late.presses("#")
    await late.says("礼堂门口排队，并未迟到")
    judge = city["枣阳市干事"]
    await judge.presses("不予支持")
    await judge.says("签到记录为 15:06")

    assert "应到 20 人 · 实到 18 人 · 出勤率 90.0%\n缺席 1 人 · 请假 1 人 · 迟到 1 人" in summary
    assert missed.startswith("您缺席了下面这次学习，请在 8月9日 23:59 前补课：")
    assert "签到记录为 15:06" in await late.reads()


async def july_items_and_a_discussion(city: City) -> None:
    """X4, X5: two first milestones in time; a county discusses by itself, and another's organiser has no business there; a
    speech noted for the wrong one is taken back. A leader with nothing reported is reminded of it, once."""
    hall, boss = city.hall, city["老河口市干事"]
    await city.jump(at(7, 20, 8, 30))
    await _report(city, "老河口市局长", 1, "32 处围挡，责任到人")
    await _report(city, "枣阳市局长", 3, "学校食堂 64 家全部明厨亮灶")
    await city.jump(at(7, 24, 8, 30))
    number = await city.plan(boss, "07-24 09:00-11:00 全员大研讨 会议室 《对标新昌怎么干》")
    await hall.until(at(7, 24, 9))
    await city.roll_call(boss, "老河口市", city.of("老河口市"))
    await boss.says("/speech 老河口市局长、老河口市骨干甲、老河口市青年甲")
    await boss.presses("撤回上一条（老河口市青年甲）")
    await boss.presses("老河口市青年乙")
    speeches = await boss.reads()
    other = city["枣阳市干事"]
    await other.says(f"/sessions {number}")
    foreign = await other.reads()
    await city.jump(at(7, 29, 8, 50))
    await hall.until(at(7, 29, 9, 1))
    await hall.advance(seconds=5)
    reminders = [(await leader.reads()).splitlines()[-1] for leader in city.all_of("局长")[:2]]

    assert "发言 3 人次，3 人\n老河口市局长 ×1" in speeches
    assert foreign == "您没有权限在这里执行此操作，请联系本单位的组织者。"
    assert reminders == ["• 节点：老旧小区改造（7月31日 23:59 截止）", "• 节点：小哥食堂（7月31日 23:59 截止）"]


async def august_the_county_course(city: City) -> None:
    """X2: a course for the county tier alone; the eve's message comes late since the machine was off. X4: a late milestone."""
    hall, office, leaders = city.hall, city.office, city.all_of("局长")
    await city.jump(at(8, 12, 9))
    line = "08-14 09:00-12:00 专题培训班 省委“七大战略”深度解读 市委党校 张教授 《战略思维与领导力》"
    await city.plan(office, line, "班次", "县级干部", "返回")
    card = await office.reads()
    await hall.advance(minutes=6)
    await city.jump(at(8, 14, 7))
    eve = await leaders[5].reads()
    await hall.until(at(8, 14, 9))
    await city.roll_call(office, CITY, leaders)
    full = await office.reads()
    await _report(city, "谷城县局长", 5, "调解室 9 个", late=True)

    assert "专题：省委“七大战略”深度解读\n主讲人：张教授\n地点：市委党校\n" in card
    assert "参加对象：6 人" in card
    assert "战略思维与领导力" in eve
    assert "应到 6 人 · 实到 6 人 · 出勤率 100.0%" in full


async def september_the_key_staff(city: City) -> None:
    """X2: 18 of the middle tier; the machine restarts in the middle of the roll call; an absence is put right with a reason.
    The handbook is found and read."""
    hall, office, staff = city.hall, city.office, city.all_of("干事", "骨干甲", "骨干乙")
    await city.jump(at(9, 10, 9))
    await city.plan(
        office, "09-11 09:00-12:00 专题培训班 市委党校 李教授 《招商引资新模式》", "班次", "业务骨干", "返回"
    )
    await city.jump(at(9, 11, 8, 30))
    await hall.until(at(9, 11, 9))
    await city.roll_call(office, CITY, staff[:16], [staff[16]], restart=True)
    summary = await office.reads()
    await office.presses("名单")
    await office.presses("缺 市经信局骨干乙")
    await office.presses("√ 到")
    await office.says("手机没电，现场核实到会")
    corrected = await staff[17].reads()
    await _report(city, "老河口市局长", 1, "整治 30 处，回访满意")
    fields = {"series": "", "topic": "", "link": "", "content": '{"text": ""}', "question": None, "picture": None}
    handbook = "“两资三能”学习手册（一）"
    await hall.write(
        lambda tx: tx.materials.add(now=hall.clock.now(), title=handbook, text="立项争资。", tags="学习手册", **fields)
    )
    reader = city["谷城县青年甲"]
    await reader.says("/library 立项")
    await reader.presses(handbook)
    await reader.presses("已读")

    assert "应到 18 人 · 实到 17 人 · 出勤率 94.4%\n缺席 1 人 · 请假 0 人 · 迟到 1 人" in summary
    assert corrected.endswith("的考勤登记为“到”（原为“缺勤”）。原因：手机没电，现场核实到会")


async def october_another_version_and_the_young(city: City, shipped: Programme) -> None:
    """A speech is worth two from now on, and what was earned stays; X2: 12 young ones, one absent who makes up for it; who
    joins afterwards was not absent."""
    hall, office, young = city.hall, city.office, city.all_of("青年甲", "青年乙")
    assert hall.app is not None
    await city.jump(at(10, 15, 9))
    before = await totals(hall)
    rules = tuple(
        rule.model_copy(update={"points": 2}) if rule.key == "spoke" else rule for rule in shipped.points.rules
    )
    changed = shipped.model_copy(update={"points": shipped.points.model_copy(update={"rules": rules})})
    assert await hall.app.house.programmes.apply(changed, now=hall.clock.now()) == "changed"
    assert await totals(hall) == before
    await city.plan(
        office, "10-16 09:00-12:00 专题培训班 市委党校 王教授 《防范化解保密风险实战》", "班次", "年轻干部", "返回"
    )
    await city.jump(at(10, 16, 8, 30))
    await hall.until(at(10, 16, 9))
    await city.roll_call(office, CITY, young[:11])
    await city.join("老河口市新青年", path_of("老河口市"), "年轻干部")
    for button in ("去补课", "我已学完"):
        await young[11].presses(button)
    unsigned = await young[11].reads()
    await young[11].presses("提交审核")
    await city["市经信局干事"].presses("审核通过")

    assert "待提交审核" in unsigned
    assert await young[11].reads() == "您对“防范化解保密风险实战”的补课已由 市经信局干事 审核通过，考勤记为“补”。"


async def november_seminar_and_discussions(city: City) -> None:
    """X5: a seminar with five speeches by four, a discussion entered afterwards without a roll, one with a newcomer; X4: an
    item is done, reopened and done again."""
    hall, office, boss = city.hall, city.office, city["老河口市干事"]
    await city.jump(at(11, 5, 9))
    await city.plan(
        office, "11-06 09:00-11:30 专题研讨会 加快建成支点 汉江宾馆 《汉襄宜协同怎么干》", "班次", "县级干部", "返回"
    )
    await city.jump(at(11, 6, 8, 30))
    await hall.until(at(11, 6, 9))
    await city.roll_call(office, CITY, city.all_of("局长"))
    await office.says("/speech 老河口市局长、枣阳市局长、市发改委局长、市商务局局长")
    await hall.advance(minutes=2)
    again = [await office.presses("枣阳市局长") for _ in range(2)]
    seminar = await office.reads()
    lead = city["枣阳市干事"]
    await city.plan(lead, "11-04 15:00-16:00 全员大研讨 会议室 《差距在哪里》")
    await lead.says("/speech 枣阳市局长、枣阳市干事、枣阳市骨干甲、枣阳市青年甲")
    await _report(city, "老河口市局长", 1, "街道包联、每周巡查")
    await office.presses(data="item:open:1")
    await office.presses("重新办理")
    await office.says("人民路围挡反弹")
    reopened = await city["老河口市局长"].reads()
    await city.jump(at(11, 20, 8, 30))
    await city.plan(boss, "11-20 09:00-11:00 全员大研讨 会议室 《再看新昌》")
    await hall.until(at(11, 20, 9))
    await city.roll_call(boss, "老河口市", [*city.of("老河口市"), city["老河口市新青年"]])
    await boss.says("/speech 老河口市新青年")
    await city["老河口市骨干乙"].says("/speech 营商环境怎么抓")
    await boss.presses("确认发言")
    await _report(city, "老河口市局长", 1, "路段长公示上墙")

    assert again == ["已记录。", "刚刚已经记过了。"]
    assert "发言 5 人次，4 人" in seminar
    assert reopened.startswith("🔁 《城市围挡整治》重新办理：人民路围挡反弹")


async def december_the_figures(city: City) -> None:
    """What the office reads at the end of the year, figure by figure."""
    hall, office = city.hall, city.office
    await city.jump(at(12, 31, 17))
    await office.says("/sessions 统计 下半年")
    by_series = await office.reads()
    await office.presses("按班次")
    by_cohort = await office.reads()
    await office.says("/report 2026H2")
    study = await office.reads()
    await office.presses("成果情况")
    done = await office.reads()
    await office.presses("事项认领与办理")
    taken = await office.reads()
    await office.says("/works")
    await office.presses("总体情况")
    await office.presses("对标提升计划")
    plans = await office.reads()
    await office.says("/items")
    await office.presses("认领情况")
    await office.presses("按人员")
    items = await office.reads()
    earned = await totals(hall)
    await city["老河口市局长"].says("/card")
    card = await city["老河口市局长"].reads()

    # Sessions: lecture, 3 courses, seminar, 3 discussions (24 July, 4 and 20 November).
    # Attendances: lecture 17 + 1 late; courses 6, 16 + 1 late + 1 put right, 11 + 1 made up; seminar 6; discussions 6 + 0 + 7.
    # People: the 36 members and the newcomer; the two at the city's office came to nothing.
    # Speeches: 3 in July, 5 in the seminar, 4 + 2 in November. Two leaders spoke in two sessions each: 3 + 4 + 4 + 2 - 2.
    assert "8 场次，73 人次，37 人\n发言 14 人次，11 人" in by_series
    assert "局长讲堂\n1 场次，18 人次，18 人" in by_series
    assert "专题培训班\n3 场次，36 人次，36 人" in by_series  # 6 + 18 + 12, each of one tier
    assert "专题研讨会\n1 场次，6 人次，6 人\n发言 5 人次，4 人" in by_series
    assert "全员大研讨\n3 场次，13 人次，7 人\n发言 9 人次，9 人" in by_series
    # County tier: course 6, seminar 6, its leader in both discussions of 老河口; speeches 老河口 2, 枣阳 3, two others 1 each.
    assert "县级干部\n4 场次，14 人次，6 人\n发言 7 人次，4 人" in by_cohort
    # Key staff: lecture 4 + 6 (one on leave, one gave the seat up), course 18, discussions 3 + 3; speeches 1 + 2 + 1.
    assert "业务骨干\n4 场次，34 人次，18 人\n发言 4 人次，4 人" in by_cohort
    # Young ones: lecture 6 + 2 (one of them late), course 12, discussions 2 + 3; the newcomer is the 13th; a speech in each of
    # the discussions.
    assert "年轻干部\n4 场次，25 人次，13 人\n发言 3 人次，3 人" in by_cohort

    # The half-year's report says the same: 72 came of 74 expected (one absent, one made up, the one on leave aside).
    for line in (
        "• 集中学习场次：8 场",
        "• 到课人次：73 人次",
        "• 到课人数：37 人",
        "• 到课率：97.3%",
        "• 缺席人次：1 人次",
        "• 补课：1 人次",
        "• 发言人次：14 人次",
        "• 发言人数：11 人",
    ):
        assert line in study
    assert "• 对标提升计划：通过：1 项" in done
    assert "• 认领事项：7 件" in taken
    assert "• 认领人数：5 人" in taken
    assert "• 办结事项：1 件" in taken

    # A plan is due from each unit with an organiser: the six and the city itself.
    assert "已有有效计划：1/7 个单位\n已提交 1 项，其中通过 1 项" in plans
    # 2 + 2 + 1 + 1 + 1 of the eight taken on; one done. Overdue: the first milestone of four of them, and of 谷城 and 枣阳 the
    # second one, due on 28 December (30 + 150 days after 1 July).
    assert "共 8 项，已认领 7 项，已办结 1 项（按期 1 项，逾期 0 项）；节点逾期 6 项" in items
    assert "认领不足 1 项的：1 人\n市经信局局长（市经信局）" in items

    assert earned == EARNED
    assert sum(earned.values()) == 193
    assert "2026 年度 23 分" in card


EARNED = {
    # Attended 2 each time (late 1, made up 1); lecture + discussion + course of the tier + seminar + discussion.
    "老河口市局长": 2
    + 2
    + 2
    + 2
    + (1 + 2)
    + (2 + 2 + 2 + 6),  # two speeches, at 1 and at 2; 2 + 6 taken back, earned again
    "老河口市干事": 2 + 2 + 2,
    "老河口市骨干甲": 2 + 2 + 2 + 1,  # on leave at the lecture; a speech in July
    "老河口市骨干乙": 2 + 2 + 2 + 2 + 2,  # a speech in November
    "老河口市青年甲": 2 + 2 + 2 + 2,  # the speech noted in July was another's
    "老河口市青年乙": 2 + 2 + 2 + 2 + 1,
    "老河口市新青年": 2 + 2,
    "枣阳市局长": 2 + 2 + 5 + 2,  # three speeches in November, 5 at most a month; a milestone
    "枣阳市干事": 2 + 2 + 5,  # the plan
    "枣阳市骨干甲": 2 + 2,  # gave up the seat at the lecture; a speech
    "枣阳市骨干乙": 2 + 2,
    "枣阳市青年甲": 2 + 2 + 2,
    "枣阳市青年乙": 1 + 2,  # late at the lecture; the dispute changed nothing
    "谷城县局长": 2 + 2,  # a milestone too late earns nothing
    "谷城县干事": 2,
    "谷城县骨干甲": 2 + 2,
    "谷城县骨干乙": 2 + 2,
    "谷城县青年甲": 2 + 2 + 1,  # the handbook
    "谷城县青年乙": 2,  # absent from the lecture
    "市发改委局长": 6 + 2 + 2 + 2,  # the lecture; a speech at 2
    "市发改委干事": 2,
    "市发改委骨干甲": 2 + 2,
    "市发改委骨干乙": 2 + 2,
    "市发改委青年甲": 2 + 2,
    "市发改委青年乙": 2,  # waited for a seat in vain
    "市商务局局长": 2 + 2 + 2,
    "市商务局干事": 2,
    "市商务局骨干甲": 2 + 2,
    "市商务局骨干乙": 2 + 2,
    "市商务局青年甲": 2 + 2,
    "市商务局青年乙": 2,
    "市经信局局长": 2 + 2,
    "市经信局干事": 2,
    "市经信局骨干甲": 2 + 1,  # late at the course
    "市经信局骨干乙": 2 + 2,  # put right
    "市经信局青年甲": 2 + 2,
    "市经信局青年乙": 1,  # made up
}
"""What each has earned by the end of the year, in the order in which it is told above."""


async def _report(city: City, name: str, item: int, text: str, *, late: bool = False) -> None:
    """A leader reports on the milestone that is under way, and the city's office accepts it."""
    leader, style = city[name], city["作风办"]
    await leader.says(f"/start item_{item}")
    await leader.presses("上报进展")
    await leader.sends(b"on the spot", "办理情况.pdf", caption=text)
    assert await leader.presses("提交汇报") == ("已提交（已逾期）。" if late else "已提交。")
    await style.presses("查看事项")
    await style.presses("通过汇报")


def _voters(city: City) -> list[Unhurried]:
    return [*city.all_of("骨干甲", "骨干乙", "青年甲"), *city.all_of("青年乙")[:4]]


def _data(message: Message, words: str) -> str:
    return next(button.data or "" for row in message.buttons for button in row if words in button.text)
