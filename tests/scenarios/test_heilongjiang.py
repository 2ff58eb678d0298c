"""Heilongjiang, September and October: H1 to H6 with 42 people, against figures worked out by hand."""

from collections import Counter
from datetime import datetime

from storage.people import Role
from tests.dialogues.material_table import THREE, library
from tests.dialogues.test_exams import ITEMS, Examinee
from tests.hall import SHANGHAI, Hall, HallMaker
from tests.scenarios.striving import COUNTIES, STAFF, Province, path_of, projects, revised, roster, shipped

START = datetime(2026, 9, 1, 8, 30, tzinfo=SHANGHAI)
RECORD = "走访群众 {n} 户，协调解决用水、出行问题 {n} 件，全部办结并回访。"
MARKS = {"道里区": 10, "双城区": 9, "肇源县": 8, "林甸县": 4, "萝北县": 7, "绥滨县": 3, "工农区": 1} | {
    "哈尔滨市": 9,
    "大庆市": 7,
    "鹤岗市": 5,
}
"""What everybody who rates a unit gives it, of 1 to 10."""

WISHES = {"道里区": (1, 2), "双城区": (1,), "肇源县": (3,), "林甸县": (3, 4), "萝北县": (5,), "绥滨县": (6,)}
"""The items that each county's 干事 wishes for, the dearest first."""


async def test_heilongjiang_two_months(hall_with: HallMaker) -> None:
    """H1–H6 in September and October: projects, exam, survey, rectification, records, checklists, points, bulletins."""
    hall = await hall_with(checkin={"enabled": False}, start=START)
    town = Province(hall)
    await town.join(roster())
    town.people["管理员"] = Examinee(hall, await hall.admin())
    applied = [await town.apply(shipped()) for _ in range(2)]
    await chooses(hall, town)
    await studies(hall, town)
    await plans(hall, town)
    applied.append(await town.apply(revised(shipped())))
    await rates(hall, town)
    await is_reviewed(hall, town)
    await checks(hall, town)
    await writes_records(hall, town)
    await ranked(hall, town)
    await october(hall, town)

    assert applied == ["first", "same", "changed"]
    print(
        Counter(),
        [
            (e["name"], e["rule"], e["points"], e["day"])
            for e in await town.points()
            if e["rule"] not in ("survey_filled", "checklist_done")
        ],
    )
    await hall.until(datetime(2026, 11, 4, 10, 0))


async def chooses(hall: Hall, town: Province) -> None:
    """认项 (H3): 20 items of 6 works are put up, one row is not complete; six members state wishes; the office confirms."""
    office = town["郑处长"]
    await hall.until(datetime(2026, 9, 2, 9, 5))
    await office.says("/items")
    print(await office.reads(), (await office.last()).labels)
    await office.presses("发布事项")
    print(await office.reads(), (await office.last()).labels)
    await office.sends(projects(), "projects.csv")
    print(await office.reads(), (await office.last()).labels)
    for county, items in WISHES.items():
        for item in items:
            await town[f"{county}干事"].says(f"/start item_{item}")
            await town[f"{county}干事"].presses("填报意向")
    print(await town["道里区干事"].reads(), (await town["道里区干事"].last()).labels)
    for item, county in ((1, "双城区"), (3, "肇源县")):
        await office.says(f"/start item_{item}")
        await office.presses("查看意向")
        await office.presses(f"{county}干事")
    await office.says("/items")
    await office.presses("双向选择")
    preview = await office.last()
    print(preview.text)
    print(await office.presses("确认分配", message=preview))
    print(await office.presses(data="item_match:1", message=preview))
    await town["郑处长"].says("/items")
    print(await office.reads(), (await office.last()).labels)


async def plans(hall: Hall, town: Province) -> None:
    """Plans."""
    await hall.until(datetime(2026, 9, 10, 9, 30))
    await reports(town, 1, "双城区", "分三步推进：9 月摸底，10 月整改，12 月验收。")
    await accepts(town, 1, "哈尔滨市")
    print(await town["双城区干事"].reads())
    await reports(town, 2, "道里区", "尽快推进。")
    chief = town["哈尔滨市部长"]
    await chief.says("/start item_2")
    await chief.presses("退回")
    await chief.says("没有步骤和时限")


async def reports(town: Province, item: int, county: str, text: str) -> None:
    """The holder reports on the milestone that is due."""
    holder = town[f"{county}干事"]
    await holder.says(f"/start item_{item}")
    await holder.presses("上报进展")
    await holder.says(text)
    await holder.presses("提交汇报")


async def accepts(town: Province, item: int, city: str) -> None:
    """The city accepts it."""
    chief = town[f"{city}部长"]
    await chief.says(f"/start item_{item}")
    await chief.presses("通过汇报")


async def studies(hall: Hall, town: Province) -> None:
    """学、考 (H5): a material with a question on 7 September, an exam of five questions on the 8th."""
    chief, best, worst = town["双城区部长"], town["双城区干事"], town["道里区干事"]
    await hall.unit_group("双城区学习群", path_of("双城区"), chief, best)
    await hall.until(datetime(2026, 9, 7, 7, 0))
    await library(hall, THREE[:1])
    assert hall.app is not None
    await hall.app.house.banks.take_in("条例", ITEMS, now=hall.clock.now())
    await hall.until(datetime(2026, 9, 7, 8, 1))
    group = hall.town
    await best.says("/today")
    print(await best.reads(), (await best.last()).labels)
    await best.presses("答题")
    print(await best.reads(), (await best.last()).labels)
    await hall.until(datetime(2026, 9, 8, 14, 0))
    city = town["哈尔滨市部长"]
    await city.says("/exam 条例\n标题 干部选拔任用条例测试\n题数 5\n每题 20")
    await city.presses("发布")
    print(await city.reads())
    for who, right in ((best, 5), (worst, 1)):
        await who.begins()
        await who.goes_through(right=right)
        await who.hands_in()
        print(await who.reads())


async def rates(hall: Hall, town: Province) -> None:
    """测评 (H4): one of 39 is on leave and one answers on paper; 37 answer by presses, one of them everything in the chat."""
    office, away, full = town["郑处长"], town["道里区代表4"], town["绥滨县代表1"]
    await hall.until(datetime(2026, 9, 11, 10, 0))
    await away.says("/leave 9月14日-9月28日 住院")
    print(await away.reads())
    await town["道里区部长"].presses("批准")
    await hall.until(datetime(2026, 9, 14, 10, 0))
    await office.says("/survey")
    await office.presses("发起")
    plan = await office.reads()
    await office.presses("开始测评")
    await hall.advance(minutes=5)
    asked = await town.subjects("survey")
    for (name, unit), subject in asked.items():
        if name not in (away.name, full.name):
            await town.fills(name, subject, {0: str(MARKS[unit]), 5: str(MARKS[unit])})
    await hall.advance(minutes=5)
    await full.says("/forms")
    print(await full.reads(), (await full.last()).labels)
    await full.presses("📝")
    print(await full.reads(), (await full.last()).labels)
    await full.presses("▫️ 绥滨县")
    for _ in range(19):
        await full.presses("3")
    print(await full.reads(), (await full.last()).labels)
    await full.says("办事大厅排队时间长")
    await full.says("增设周末窗口")
    print(await full.reads(), (await full.last()).labels)
    await full.presses("✅ 提交")
    await town.fills(full.name, asked[full.name, "鹤岗市"], {0: "5", 5: "5"})
    await hall.advance(minutes=1)


async def is_reviewed(hall: Hall, town: Province) -> None:
    """不定期考评 (H1): three spot checks on the 17th; one entry is disputed and reversed, one dispute is rejected."""
    await hall.until(datetime(2026, 9, 17, 15, 0))
    city = town["哈尔滨市部长"]
    said = []
    for words in (
        "道里区部长 +2 随机抽查：台账规范",
        "道里区干事 -2 随机抽查：台账缺页",
        "双城区部长 -1 随机抽查：迟报一次",
    ):
        await city.says(f"/award {words}")
        await city.presses("确认记入")
    await city.says("/award 林甸县干事 +2 表现好")
    foreign = await city.reads()
    for name, words, ruling, why in (
        ("道里区干事", "台账在档案室，没有缺页", "支持", "核实无误"),
        ("双城区部长", "当天系统故障", "不予支持", "系统当日正常"),
    ):
        await town[name].says("/card")
        await town[name].presses("？有异议")
        print((await town[name].last()).labels, await town[name].reads())
        await town[name].presses("#")
        await town[name].says(words)
        print((await city.last()).labels, await city.reads())
        await city.presses(ruling)
        await city.says(why)
        print(await town[name].reads())


async def checks(hall: Hall, town: Province) -> None:
    """四查四看 (H6): 18 members of staff are asked on the 20th; eleven answer, one of them with a problem."""
    await reports(town, 2, "道里区", "9 月 30 日前走访 12 个社区，10 月 20 日前形成报告。")
    await accepts(town, 2, "哈尔滨市")
    print(await town["道里区干事"].reads())
    await hall.until(datetime(2026, 9, 20, 9, 30))
    asked = await town.subjects("checklist")
    for county in COUNTIES:
        for role in ("部长", "干事"):
            if (name := f"{county}{role}") not in ("绥滨县干事", "道里区干事"):
                await town.fills(name, asked[name, name], dict.fromkeys(range(8), "yes"))
    one = town["道里区干事"]
    await hall.advance(minutes=1)
    await one.presses("填写")
    for _ in range(4):
        await one.presses("是")
    await one.presses("否")
    await one.says("本月没有下基层，下月补两次。")
    for _ in range(3):
        await one.presses("是")
    card = await one.last()
    await one.presses("✅ 提交")
    print(await one.reads())
    await one.presses(data=f"fill:send:{asked[one.name, one.name]}", message=card)
    print(await one.reads())
    await hall.until(datetime(2026, 9, 21, 9, 30))
    await reports(town, 3, "肇源县", "10 月底前建成并试运行。")
    await accepts(town, 3, "大庆市")
    print(await town["肇源县干事"].reads())
    print(await town["绥滨县干事"].reads())


async def writes_records(hall: Hall, town: Province) -> None:
    """实绩写实 (H2)."""
    await hall.until(datetime(2026, 9, 24, 9, 30))
    for county, n, rating in (("双城区", 31, "优秀"), ("道里区", 12, "良好"), ("肇源县", 5, "一般")):
        await record(town, county, n, rating)


async def record(town: Province, county: str, n: int, rating: str) -> None:
    """One record of results, written and rated."""
    author, chief = town[f"{county}干事"], town[f"{county}部长"]
    await author.says("/works")
    await author.presses("＋ 实绩写实")
    await author.presses("填写")
    await author.says(RECORD.format(n=n))
    await author.presses("跳过")
    await author.presses("提交审核")
    await chief.presses("审核")
    await chief.presses(rating)
    print(await author.reads())


async def ranked(hall: Hall, town: Province) -> None:
    """Ranks."""
    await hall.until(datetime(2026, 9, 28, 9, 30))
    print([(await town[n].reads()) for n in ("道里区代表4", "双城区干事", "林甸县干事", "绥滨县代表1")])
    await hall.until(datetime(2026, 9, 28, 17, 0))
    await hall.stop_bot()
    hall.clock.skip(7200)
    await hall.start_bot()
    await hall.advance(minutes=5)
    office = town["郑处长"]
    print(await office.reads(), (await office.last()).labels)
    await office.says("/survey")
    await office.presses("结果")
    print(await office.reads(), (await office.last()).labels)
    await office.presses("第 2 页")
    print(await office.reads(), (await office.last()).labels)
    await office.presses("下达整改任务")
    await office.presses("第 3 页")
    print(await office.reads(), (await office.last()).labels)
    for name in ("鹤岗市部长", "绥滨县部长"):
        print(await town[name].reads(), (await town[name].last()).labels)
    await rectifies(town, "绥滨县", "已加强培训。")
    await office.says("/reviews")
    print(await office.reads(), (await office.last()).labels)
    await office.presses("#1")
    print(await office.reads(), (await office.last()).labels)
    await office.presses("退回")
    await office.says("请写明窗口数和排队时间")
    print(await town["绥滨县部长"].reads())
    await hall.until(datetime(2026, 9, 30, 10, 0))
    await rectifies(town, "鹤岗市", "市本级建立月调度制度，9 项问题已整改 9 项。")
    await office.says("/reviews")
    await office.presses("#1")
    await office.presses("通过")
    print(await office.reads())


async def rectifies(town: Province, unit: str, text: str) -> None:
    """The unit reports what it has put right."""
    head = town[f"{unit}部长"]
    await head.says("/tasks")
    await head.presses(next(label for label in (await head.last()).labels if f"整改：{unit}" in label))
    await head.says(text)
    await head.presses("提交")


async def october(hall: Hall, town: Province) -> None:
    await hall.until(datetime(2026, 10, 9, 9, 30))
    office, observer, late = town["郑处长"], town["督导员"], "林甸县新干事"
    print("绥滨:", await town["绥滨县部长"].reads())
    await rectifies(town, "绥滨县", "增设窗口 3 个，平均排队时间由 40 分钟降到 10 分钟。")
    await office.says("/reviews")
    await office.presses("#1")
    await office.presses("通过")
    print(await office.reads())
    await town.join([(late, path_of("林甸县"), Role.MEMBER, STAFF)])
    await hall.until(datetime(2026, 10, 15, 9, 30))
    await observer.says("/visit 绥滨县 窗口已增设，群众反映良好")
    print(await observer.reads())
    await hall.until(datetime(2026, 10, 20, 9, 30))
    asked = await town.subjects("checklist")
    for name in ("双城区干事", "道里区干事", late):
        await town.fills(name, asked[name, name], dict.fromkeys(range(8), "yes"))
    await hall.advance(minutes=1)
    await reports(town, 1, "双城区", "社区党组织生活全部规范，抽查 20 个支部均达标。")
    await accepts(town, 1, "哈尔滨市")
    await hall.until(datetime(2026, 10, 27, 9, 30))
    await record(town, "双城区", 33, "优秀")
    await record(town, "道里区", 14, "优秀")
    chief = town["道里区部长"]
    print((await chief.last()).labels)
    await hall.until(datetime(2026, 10, 28, 9, 30))
    await reports(town, 3, "肇源县", "平台已上线，注册 5200 人。")
    await accepts(town, 3, "大庆市")
    print(await town["肇源县干事"].reads())
    await town["双城区干事"].says("/card")
    print(await town["双城区干事"].reads())
    await town["双城区干事"].says("/rank")
    print(await town["双城区干事"].reads())
