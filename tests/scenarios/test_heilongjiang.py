"""Heilongjiang, September and October: H1 to H6 with 42 people, against figures worked out by hand."""

from collections import Counter
from datetime import datetime

from storage.people import Role
from tests.dialogues.material_table import THREE, library
from tests.dialogues.test_exams import ITEMS
from tests.hall import SHANGHAI, Hall, HallMaker
from tests.scenarios.striving import STAFF, Province, path_of, revised, roster, shipped

START = datetime(2026, 9, 1, 8, 30, tzinfo=SHANGHAI)
RECORD = "走访群众 {n} 户，协调解决用水、出行问题 {n} 件，全部办结并回访。"
MARKS = {"道里区": 10, "双城区": 9, "肇源县": 8, "林甸县": 4, "萝北县": 7, "绥滨县": 3, "工农区": 1} | {
    "哈尔滨市": 9,
    "大庆市": 7,
    "鹤岗市": 5,
}
"""What everybody who rates a unit gives it, of 1 to 10."""


async def test_heilongjiang_two_months(hall_with: HallMaker) -> None:
    """H1–H6 in September and October: projects, exam, survey, rectification, records, checklists, points, bulletins."""
    hall = await hall_with(checkin={"enabled": False}, start=START)
    town = Province(hall)
    await town.join(roster())
    applied = [await town.apply(shipped()) for _ in range(2)]
    await studies(hall, town)
    applied.append(await town.apply(revised(shipped())))
    await rates(hall, town)
    await is_reviewed(hall, town)
    await checks(hall, town)
    await writes_records(hall, town)
    await ranked(hall, town)
    await october(hall, town)

    assert applied == ["first", "same", "changed"]
    print(Counter(), [(e["name"], e["rule"], e["points"], e["day"]) for e in await town.points() if e["rule"] not in ("survey_filled", "checklist_done")])
    await hall.until(datetime(2026, 11, 4, 10, 0))


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
    await full.presses("填写")
    print(await full.reads(), (await full.last()).labels)


async def is_reviewed(hall: Hall, town: Province) -> None:
    """不定期考评 (H1): three spot checks on the 17th; one entry is disputed and reversed, one dispute is rejected."""
    await hall.until(datetime(2026, 9, 17, 15, 0))
    city = town["哈尔滨市部长"]
    said = []
    for words in ("道里区部长 +2 随机抽查：台账规范", "道里区干事 -2 随机抽查：台账缺页", "双城区部长 -1 随机抽查：迟报一次"):
        await city.says(f"/award {words}")
        await city.presses("确认记入")
    await city.says("/award 林甸县干事 +2 表现好")
    foreign = await city.reads()
    for name, words, ruling, why in (
        ("道里区干事", "台账在档案室，没有缺页", "支持", "核实无误"),
        ("双城区部长", "当天系统故障", "驳回", "系统当日正常"),
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
    """四查四看 (H6)."""
    await hall.until(datetime(2026, 9, 20, 9, 30))


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
    for name in ("鹤岗市部长", "绥滨县部长"):
        print(await town[name].reads(), (await town[name].last()).labels)


async def october(hall: Hall, town: Province) -> None:
    await hall.until(datetime(2026, 10, 12, 9, 30))
    await town.join([("林甸县新干事", path_of("林甸县"), Role.MEMBER, STAFF)])
    await hall.until(datetime(2026, 10, 20, 9, 30))
