"""Heilongjiang, September and October 2026: H1 to H6 with 42 people, against figures worked out by hand."""

from collections import Counter
from datetime import datetime

import pytest

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
EVERY_RULE = {
    "survey_filled": 76,  # 39 raters - 1 on leave = 38, 2 points each
    "checklist_done": 70,  # 11 in September, 3 in October, 5 points each
    "record_excellent": 16,  # two by 双城区干事; a third one was returned: +8 -8
    "record_good": 10,  # 道里区干事 in September, and the returned one of October: 5 each
    "record_plain": 2,  # 肇源县干事 in September
    "exam_passed": 5,  # one of two
    "exam_full": 3,  # the same one
    "material_right": 1,
    "item_stage": 13,  # 3 under the rules of September's first days, then 5 and 5; the late plan of item 3 gives nothing
    "item_closed": 10,  # item 1, on 20 October
    "item_closed_late": 4,  # item 3, on 28 October, due on the 25th
    "visit": 1,
    "by_hand": 1,  # +2, -2, -1, and the reversal of -2
}


@pytest.mark.long
async def test_heilongjiang_two_months(hall_with: HallMaker) -> None:
    """H1–H6 in September and October: projects, exam, survey, rectification, records, checklists, points, bulletins."""
    hall = await hall_with(checkin={"enabled": False}, start=START)
    town = Province(hall)
    await town.join(roster())
    town.people["管理员"] = Examinee(hall, await hall.admin())
    await town["管理员"].says("/help")  # who has never written cannot be written to
    applied = [await town.apply(shipped()) for _ in range(2)]
    await chooses(hall, town)
    await studies(hall, town)
    await plans(hall, town)
    applied.append(await town.apply(revised(shipped())))
    await rates(hall, town)
    await is_reviewed(hall, town)
    await checks(hall, town)
    await writes_records(hall, town)
    await is_ranked(hall, town)
    await goes_on(hall, town)
    await bulletin(hall, town)
    entries = await town.points()
    by_rule: Counter[str] = Counter()
    for entry in entries:
        by_rule[entry["rule"]] += entry["points"]

    assert applied == ["first", "same", "changed"]
    assert dict(by_rule) == EVERY_RULE
    assert sum(entry["points"] for entry in entries) == 212
    assert await hall.read(lambda tx: tx.ledger.unequal()) == []


async def chooses(hall: Hall, town: Province) -> None:
    """认项 (H3): 20 items of 6 works are put up, one row is not complete; six members state wishes; the office confirms."""
    office = town["郑处长"]
    await hall.until(datetime(2026, 9, 2, 9, 5))
    await office.says("/items")
    await office.presses("发布事项")
    await office.sends(projects(), "projects.csv")
    taken = await office.reads()
    for county, items in WISHES.items():
        for item in items:
            await town[f"{county}干事"].says(f"/start item_{item}")
            await town[f"{county}干事"].presses("填报意向")
    for item, county in ((1, "双城区"), (3, "肇源县")):
        await office.says(f"/start item_{item}")
        await office.presses("查看意向")
        await office.presses(f"{county}干事")
    await office.says("/items")
    await office.presses("双向选择")
    preview = await office.last()
    confirmed = await office.presses("确认分配", message=preview)
    twice = await office.presses(data="item_match:1", message=preview)

    assert taken.startswith("✅ 已发布 20 项（6 个大项）。")
    assert "第 22 行：缺少完成时限" in taken
    # 道里区 and 林甸县 lose their first wish to whom the office chose, and get their second.
    assert "• 项目1 → 双城区干事（双城区），第 1 意向，单位第 1 选择" in preview.text
    assert "• 项目2 → 道里区干事（道里区），第 2 意向" in preview.text
    assert "• 项目4 → 林甸县干事（林甸县），第 2 意向" in preview.text
    assert "无人承担的事项：14 项" in preview.text  # 20 - 6
    assert confirmed == "已分配 6 项。"
    assert twice == "此事已有人处理，请发 /items 查看最新情况。"


async def studies(hall: Hall, town: Province) -> None:
    """学、考 (H5): a material with a question on 7 September, an exam of five questions on the 8th."""
    chief, best, worst = town["双城区部长"], town["双城区干事"], town["道里区干事"]
    town.group = await hall.unit_group("双城区学习群", path_of("双城区"), chief, best)
    await hall.until(datetime(2026, 9, 7, 7, 0))
    await library(hall, THREE[:1])
    assert hall.app is not None
    await hall.app.house.banks.take_in("条例", ITEMS, now=hall.clock.now())
    await hall.until(datetime(2026, 9, 7, 8, 1))
    await best.says("/today")
    await best.presses("答题")
    await best.presses("B. 结论")
    await hall.until(datetime(2026, 9, 8, 14, 0))
    city = town["哈尔滨市部长"]
    await city.says("/exam 条例\n标题 干部选拔任用条例测试\n题数 5\n每题 20")
    await city.presses("发布")
    for who, right in ((best, 5), (worst, 1)):
        await who.begins()
        await who.goes_through(right=right)
        await who.hands_in()

    assert "100/100 分（100%） · ✅ 及格" in await best.reads()
    assert "20/100 分（20%） · ❌ 不及格" in await worst.reads()


async def plans(hall: Hall, town: Province) -> None:
    """The plan of item 1 is accepted on the 10th; that of item 2 says nothing and comes back."""
    await hall.until(datetime(2026, 9, 10, 9, 30))
    await reports(town, 1, "双城区", "分三步推进：9 月摸底，10 月整改，12 月验收。")
    await accepts(town, 1, "哈尔滨市")
    await reports(town, 2, "道里区", "尽快推进。")
    chief = town["哈尔滨市部长"]
    await chief.says("/start item_2")
    await chief.presses("退回")
    await chief.says("没有步骤和时限")

    assert "没有步骤和时限" in await town["道里区干事"].reads()


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


async def rates(hall: Hall, town: Province) -> None:
    """测评 (H4): one of 39 is on leave; 38 answer by presses, one of them every indicator, in the chat."""
    office, away, full = town["郑处长"], town["道里区代表4"], town["绥滨县代表1"]
    await hall.until(datetime(2026, 9, 11, 10, 0))
    await away.says("/leave 9月14日-9月28日 住院")
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
    await full.presses("📝")
    await full.presses("▫️ 绥滨县")
    for _ in range(19):
        await full.presses("3")
    await full.says("办事大厅排队时间长")
    await full.says("增设周末窗口")
    await full.presses("✅ 提交")
    await town.fills(full.name, asked[full.name, "鹤岗市"], {0: "5", 5: "5"})
    await hall.advance(minutes=1)

    assert "4 个方面，19 项指标" in plan
    # 6 counties of 5 people, one more in 道里区, 2 in 工农区: 33 who rate county and city; 6 of the cities rate their own.
    assert "参加测评 39 人，测评表 72 份" in plan


async def is_reviewed(hall: Hall, town: Province) -> None:
    """不定期考评 (H1): three spot checks on the 17th; one entry is disputed and reversed, one dispute is rejected."""
    await hall.until(datetime(2026, 9, 17, 15, 0))
    city = town["哈尔滨市部长"]
    for words in (
        "道里区部长 +2 随机抽查：台账规范",
        "道里区干事 -2 随机抽查：台账缺页",
        "双城区部长 -1 随机抽查：迟报",
    ):
        await city.says(f"/award {words}")
        await city.presses("确认记入")
    await city.says("/award 林甸县干事 +2 表现好")
    foreign = await city.reads()
    ruled = []
    for name, words, ruling, why in (
        ("道里区干事", "台账在档案室，没有缺页", "支持", "核实无误"),
        ("双城区部长", "当天系统故障", "不予支持", "系统当日正常"),
    ):
        await town[name].says("/card")
        await town[name].presses("？有异议")
        await town[name].presses("#")
        await town[name].says(words)
        await city.presses(ruling)
        await city.says(why)
        ruled.append(await town[name].reads())
    await reports(town, 2, "道里区", "9 月 30 日前走访 12 个社区，10 月 20 日前形成报告。")
    await accepts(town, 2, "哈尔滨市")

    assert foreign == "您所管的单位中没有“林甸县干事”。"
    assert "撤销。理由：核实无误" in ruled[0]
    assert "予以保留。理由：系统当日正常" in ruled[1]


async def checks(hall: Hall, town: Province) -> None:
    """四查四看 (H6): 18 members of staff are asked on the 20th; eleven answer, one of them with a problem."""
    await hall.until(datetime(2026, 9, 20, 9, 30))
    asked = await town.subjects("checklist")
    for county in COUNTIES:
        for role in ("部长", "干事"):
            if (name := f"{county}{role}") not in ("绥滨县干事", "道里区干事"):
                await town.fills(name, asked[name, name], dict.fromkeys(range(8), "yes"))
    one, office = town["道里区干事"], town["郑处长"]
    await hall.advance(minutes=1)
    await one.presses("填写")
    for answer in ("是", "是", "是", "是", "否"):
        await one.presses(answer)
    await one.says("本月没有下基层，下月补两次。")
    for _ in range(3):
        await one.presses("是")
    card = await one.last()
    await one.presses("✅ 提交")
    await one.presses(data=f"fill:send:{asked[one.name, one.name]}", message=card)
    await office.says("/checklist")
    await office.presses("本单位自查情况")
    overview = await office.reads()
    await hall.until(datetime(2026, 9, 21, 9, 30))
    await reports(town, 3, "肇源县", "10 月底前建成并试运行。")
    await accepts(town, 3, "大庆市")

    assert len(asked) == 18  # 3 cities and 6 counties, two each
    assert "已提交 11/18 人" in overview  # 12 of the counties, 绥滨县干事 aside
    assert "本月没有下基层，下月补两次。" in overview


async def writes_records(hall: Hall, town: Province) -> None:
    """定期考评 (H1, H2): three records of results of September, each rated."""
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

    assert f"评定等次：{rating}" in await author.reads()


async def is_ranked(hall: Hall, town: Province) -> None:
    """The survey ends while the bot is down; the lowest city and county report, one of them is sent back once (H4)."""
    await hall.until(datetime(2026, 9, 28, 9, 30))
    away, done, missing = [await town[name].reads() for name in ("道里区代表4", "双城区干事", "林甸县干事")]
    await hall.until(datetime(2026, 9, 28, 17, 0))
    await hall.stop_bot()
    hall.clock.skip(7200)
    await hall.start_bot()
    await hall.advance(minutes=5)
    office = town["郑处长"]
    await office.presses("查看结果")
    result = await office.reads()
    await office.presses("第 2 页")
    cities = await office.reads()
    await office.presses("第 3 页")
    counties = await office.reads()
    given = await office.presses("下达整改任务")
    await rectifies(town, "绥滨县", "已加强培训。")
    await office.says("/reviews")
    await office.presses("#")
    await office.presses("退回")
    await office.says("请写明窗口数和排队时间")
    returned = await town["绥滨县部长"].reads()
    await hall.until(datetime(2026, 9, 30, 10, 0))
    await rectifies(town, "鹤岗市", "市本级建立月调度制度，9 项问题已整改 9 项。")
    await office.says("/reviews")
    await office.presses("#")
    await office.presses("通过")

    assert "⏰" not in away  # on leave
    assert "本月实绩" not in done
    assert "尚缺：本月实绩 0/1" in missing
    assert "全部填完 38/39 人" in result
    assert "收到测评表 70/72 份" in result  # 72 - the two of 道里区代表4
    # (100 + 88.9 + 77.8 + 33.3 + 66.7 + 22.2 of the counties + 88.9 + 66.7 + 44.4 of the cities) / 9
    assert "各单位平均 65.4 分" in result
    assert "不计入统计的单位：1 个" in result  # 工农区: 2 answers, 5 are needed
    # A mark of 9 on 1 to 10 is 8/9 of the way. Answers: 5 + 1 + 5 + 2 - 1 on leave; 5 + 5 + 2; 5 + 5 + 2 + 2.
    assert "1. 哈尔滨市 88.9 · 12 份\n2. 大庆市 66.7 · 12 份\n3. 鹤岗市 44.4 · 14 份" in cities
    assert "1. 道里区 100.0 · 5 份\n2. 双城区 88.9 · 5 份\n3. 肇源县 77.8 · 5 份\n4. 萝北县 66.7 · 5 份" in counties
    assert "6. 绥滨县 22.2 · 5 份" in counties
    assert given == "已交办 2 项。"
    assert "请写明窗口数和排队时间" in returned
    assert "已销号" in await office.reads()


async def rectifies(town: Province, unit: str, text: str) -> None:
    """The unit reports what it has put right."""
    head = town[f"{unit}部长"]
    await head.says("/tasks")
    await head.presses(next(label for label in (await head.last()).labels if f"整改：{unit}" in label))
    await head.says(text)
    await head.presses("提交")


async def goes_on(hall: Hall, town: Province) -> None:
    """October: the rectification is closed, somebody joins, a visit, checklists, items 1 and 3 closed, a rating corrected."""
    office, late, best = town["郑处长"], "林甸县新干事", town["双城区干事"]
    heard = len(await town["林甸县干事"].messages())
    await hall.until(datetime(2026, 10, 8, 8, 0))
    nagged = len(await town["林甸县干事"].messages()) - heard
    await hall.until(datetime(2026, 10, 9, 9, 30))
    await rectifies(town, "绥滨县", "增设窗口 3 个，平均排队时间由 40 分钟降到 10 分钟。")
    await office.says("/reviews")
    await office.presses("#")
    await office.presses("通过")
    closed = await office.reads()
    await town.join([(late, path_of("林甸县"), Role.MEMBER, STAFF)])
    await hall.until(datetime(2026, 10, 15, 9, 30))
    await town["督导员"].says("/visit 绥滨县 窗口已增设，群众反映良好")
    await hall.until(datetime(2026, 10, 20, 9, 30))
    asked = await town.subjects("checklist")
    for name in (best.name, "道里区干事", late):
        await town.fills(name, asked[name, name], dict.fromkeys(range(8), "yes"))
    await hall.advance(minutes=1)
    await reports(town, 1, "双城区", "社区党组织生活全部规范，抽查 20 个支部均达标。")
    await accepts(town, 1, "哈尔滨市")
    await hall.until(datetime(2026, 10, 27, 9, 30))
    await record(town, "双城区", 33, "优秀")
    await record(town, "道里区", 14, "优秀")
    chief, author = town["道里区部长"], town["道里区干事"]
    await chief.says("/start work_5")
    await chief.presses("退回")
    await chief.says("数字重复计算，请核实")
    await author.says("/start work_5")
    await author.presses("填写")
    await author.says(RECORD.format(n=11))
    await author.presses("跳过")
    await author.presses("提交审核")
    await chief.presses("审核")
    await chief.presses("良好")
    await hall.until(datetime(2026, 10, 28, 9, 30))
    await reports(town, 3, "肇源县", "平台已上线，注册 5200 人。")
    await accepts(town, 3, "大庆市")
    await best.says("/card")
    card = await best.reads()

    assert nagged <= 2  # 29 and 30 September at most, nothing from 1 to 7 October
    assert "已销号" in closed
    assert len(asked) == 19  # 18, and who joined on 9 October
    # 1 + 5 + 3 + 3 + 2 + 5 + 8 in September, 5 + 5 + 10 + 8 in October
    assert "2026 年度 55 分，其中本月 28 分" in card
    assert "• 项目节点按期完成：+8" in card  # 3 before the rules were changed, 5 after


async def bulletin(hall: Hall, town: Province) -> None:
    """月通报 (H2): October's is drafted on 3 November, edited by the office, approved by an admin, posted once."""
    office, admin, reader = town["郑处长"], town["管理员"], town["双城区干事"]
    await hall.until(datetime(2026, 11, 4, 10, 0))
    await office.presses("打开草稿")
    await office.presses("✎ 满意度测评与整改")
    await office.says("两个单位均已完成整改。")
    await office.presses("提交审核")
    own = (await office.last()).labels
    await admin.presses("打开")
    approved = await admin.presses("审核通过并发布")
    twice = await admin.presses(data="bull:approve:3:0")
    await hall.advance(minutes=1)
    posted = "\n".join(message.text for message in await reader.messages(town.group))
    files = [message for message in await reader.messages(town.group) if message.file is not None]
    await office.says("/report 2026-09")
    september = await all_pages(town)
    await office.says("/report 2026-10")
    october = await all_pages(town)

    assert "审核通过并发布" not in own  # by another person
    assert approved == "已审核，发布到 1 个群。"
    assert twice == "这份通报已经处理过了。"
    assert posted.count("两个单位均已完成整改。") == 1
    assert [file.file.name.rpartition(".")[2] for file in files if file.file is not None][-1:] == ["docx"]
    for line in (
        "参考人次：2 人次",
        "及格人次：1 人次",
        "平均成绩：60.0 分",  # (100 + 20) / 2
        "测评表：70 份",  # 72 - 2
        "自查清单：11 份",
        "记分合计：164 分",  # 76 + 55 + 8 + 5 + 2 + 5 + 3 + 1 + 3 + 5 + 1 by hand
        "得分人数：38 人",  # whoever filled in the survey; all others of September are among them
        "实绩写实：通过：3 项",
    ):
        assert line in september, line
    for line in (
        "整改应交：1 人次",  # 鹤岗市, due on 28 October; 绥滨县 is due in November
        "自查清单：3 份",
        "记分合计：48 分",  # 212 - 164: 15 + 10 + 4 + 5 + 8 + 5 + 1
        "得分人数：5 人",  # 双城区干事, 道里区干事, 肇源县干事, who joined late, the observer
        "实绩写实 · 优秀：获评：1 项",  # the second was returned and became 良好
        "实绩写实 · 良好：获评：1 项",
    ):
        assert line in october, line


async def all_pages(town: Province) -> str:
    """Every chapter of the report that is open."""
    office = town["郑处长"]
    read = [await office.reads()]
    for label in [one for one in (await office.last()).labels if one.endswith("情况") or one == "年度任务"]:
        if not label.startswith("·"):
            await office.presses(label)
            read.append(await office.reads())
    return "\n".join(read)
