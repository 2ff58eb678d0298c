"""Sessions through the sandbox: a year's plan, one planned in the chat, told, changed, cancelled; the figures; speeches."""

from datetime import datetime, time

from sandbox.people import Message
from storage import Tx
from storage.leaves import LeaveState
from storage.people import Role
from storage.sessions import SessionState
from study.programme import Programme
from study.programme.points import PointRule, Points
from study.programme.words import Title
from tests.hall import Hall, HallMaker
from tests.programme.parts import apply, programme_of

UNIT, OTHER = "开发区/办公室", "开发区/招商局"
QUIET = {"checkin": {"enabled": False}, "materials": {"enabled": False}}
PLAN = """日期,时间,题目,主讲人,形式,专题,地点,对象,资料
2026-11-27,,招商引资实务,王五,讲座,招商引资,,,招商手册
2026-12-04,15:30-17:00,信访工作条例,市信访局 张科长,以案说纪,信访稳定,二楼会议室,招商局,
2026-13-01,,没有这一天,,,,,,
2026-12-11,,廉政条规,,报告会,,,,
"""


def rules(*ons: str) -> Points:
    """A point for each of these happenings."""
    return Points(rules=tuple(PointRule(key=on.split(".")[1], title=Title({"en": on}), on=on, points=1) for on in ons))


async def points(hall: Hall) -> dict[str, int]:
    """The points of everybody who has any, by name."""

    def work(tx: Tx) -> dict[str, int]:
        rows = tx.connection.execute(
            "SELECT p.name, sum(l.points) AS n FROM ledger l JOIN people p ON p.id = l.person_id GROUP BY p.name"
        )
        return {row["name"]: row["n"] for row in rows.fetchall() if row["n"]}

    return await hall.read(work)


async def attend(hall: Hall, session_id: int, **statuses: str) -> None:
    """Put lines into a session's register, as the roll call does."""

    def work(tx: Tx) -> None:
        people = {person.name: person for person in tx.people.everybody()}
        for name, status in statuses.items():
            person = people[name]
            tx.connection.execute(
                "INSERT INTO attendances (session_id, person_id, unit_id, status, at) VALUES (?, ?, ?, ?, NULL)",
                (session_id, person.id, person.unit_id, status),
            )

    await hall.write(work)


async def test_p1_a_yearly_plan_is_taken_in_told_and_its_materials_come_before(hall_with: HallMaker) -> None:
    """P1: the office sends its plan; bad lines are named; people hear of it at once, the day before with the material, an
    hour before; a plan sent again changes only what is different, and only those concerned are told."""
    hall = await hall_with(**QUIET)
    admin, anna = await hall.admin(), await hall.enrol("Anna", UNIT)
    wang, away = await hall.enrol("王五", OTHER), await hall.enrol("Away", OTHER)
    fields = {"series": "", "topic": "", "link": "", "tags": "", "content": '{"text": ""}', "question": None}
    await hall.write(
        lambda tx: tx.materials.add(now=hall.clock.now(), title="招商手册", text="读一读。", picture=None, **fields)
    )
    await apply(hall, programme_of("penglai", "series", points=rules("session.lectured").model_dump()))

    await anna.says("/sessions")
    fridays = await anna.reads()
    await admin.says("/syllabus")
    await admin.sends(PLAN.encode(), "计划.csv")
    preview = await admin.last()
    await admin.presses("导入其余")
    taken = await admin.reads()
    before_news = await anna.reads()
    await hall.advance(minutes=6)
    news, wangs_news = await anna.reads(), await wang.reads()

    assert "您近期的学习活动：2 场" in fridays
    assert "11月27日 星期五 15:00–16:30 周五集中学习" in fridays
    assert "第 4 行：“2026-13-01”不是日期" in preview.text
    assert "第 5 行：没有“报告会”这种形式" in preview.text
    assert "学习计划：新增 0 场，变更 2 场，0 场无变化。" in preview.text
    assert taken.startswith("学习计划：新增 0 场，变更 2 场，0 场无变化。\n\n有 2 行未导入。")
    assert before_news == fridays
    assert "招商引资实务\n讲座 · 王五 · 机关会议室" in news
    assert "信访工作条例" not in news
    assert "12月4日 星期五 15:30–17:00 信访工作条例\n以案说纪 · 市信访局 张科长 · 二楼会议室" in wangs_news

    await away.says("/leave 11-27 出差")
    await hall.write(lambda tx: tx.leaves.decide(1, LeaveState.APPROVED, by=1, decider="Boss", now=hall.clock.now()))
    aways = len(await away.messages())
    await hall.until(datetime(2026, 11, 26, 17, 0))
    eve, material = [message.text for message in (await anna.messages())[-2:]]
    await anna.presses("已读")
    await hall.until(datetime(2026, 11, 27, 14, 0))
    soon = await anna.reads()
    await hall.write(lambda tx: tx.sessions.set_state(1, SessionState.HELD))  # as the close of a roll call does
    await hall.until(datetime(2026, 11, 27, 16, 30))
    earned = await points(hall)

    assert eve.startswith("学习提醒\n\n11月27日 星期五 15:00–16:30 招商引资实务")
    assert eve.endswith("请提前阅读：招商手册")
    assert material == "招商手册\n\n读一读。"
    assert soon.startswith("即将开始\n\n11月27日 星期五 15:00–16:30 招商引资实务")
    assert len(await away.messages()) == aways
    assert earned == {"王五": 1}

    annas = len(await anna.messages())
    await admin.sends(PLAN.replace("二楼会议室", "三楼会议室").encode(), "计划.csv", caption="/syllabus")
    second = await admin.reads()
    await admin.presses("导入其余")
    changed = await wang.reads()
    await admin.sends(PLAN.replace("二楼会议室", "三楼会议室").encode(), "计划.csv", caption="/syllabus")
    third = await admin.reads()

    assert "新增 0 场，变更 1 场，1 场无变化" in second
    assert "• 2026年12月4日 信访工作条例：地点" in second
    assert changed.startswith("安排有变：信访工作条例\n地点：二楼会议室 → 三楼会议室")
    assert "新增 0 场，变更 0 场，2 场无变化" in third
    assert len(await anna.messages()) == annas


async def test_a_session_is_planned_on_one_line_changed_and_cancelled(hall_with: HallMaker) -> None:
    """The organiser writes a line and puts the card right; members hear of it once, of a move and of the end at once; another
    unit's organiser sees nothing of it; what was held may still be called off, and its lecturer loses the point."""
    hall = await hall_with(**QUIET)
    boss, stranger = (
        await hall.enrol("Boss", UNIT, role=Role.ORGANISER),
        await hall.enrol("Other", OTHER, role=Role.ORGANISER),
    )
    anna, wang = await hall.enrol("Anna", UNIT), await hall.enrol("王五", UNIT)
    await apply(hall, programme_of("yuhang", "series", points=rules("session.lectured").model_dump()))

    await boss.says("/sessions 新建 11-27 15:00-16:00 礼堂 王五 城市学 《城市更新》")
    card = await boss.last()
    await boss.presses("系列")
    await boss.presses("机关干部大讲堂")
    chosen = await boss.reads()
    toast = await boss.presses("发布安排")
    again = await boss.presses(data=f"sessnew:{_key(card)}:go")
    await hall.advance(minutes=6)
    news = await anna.reads()
    stranger_sees = [await stranger.presses(data="sess:open:1") for _ in (await stranger.says("/sessions"),)]

    assert "形式" not in card.text.split("专题：城市学")[0]
    assert "专题：城市学\n主讲人：王五\n地点：礼堂\n范围：办公室\n参加对象：3 人" in card.text
    assert "形式：讲座\n系列：机关干部大讲堂" in chosen
    assert (toast, again) == ("已发布，参加对象 3 人。", "这个按钮已失效。")
    assert news.startswith("新的学习安排\n\n11月27日 星期五 15:00–16:00 城市更新\n讲座 · 王五 · 礼堂")
    assert stranger_sees == ["您没有权限在这里执行此操作，请联系本单位的组织者。"]

    await boss.says("/sessions 1")
    await boss.presses("时间")
    await boss.says("11-26 10:00")
    moved = await anna.reads()
    await hall.until(datetime(2026, 11, 25, 17, 0))
    eve = await anna.reads()
    await hall.until(datetime(2026, 11, 27, 18, 0))
    told = [message.text for message in await anna.messages()]
    earned = await points(hall)
    await boss.says("/sessions 1")
    held = await boss.last()
    await boss.presses("这场没有举办")
    await boss.says("停电，未举办")
    cancelled = await boss.reads()

    assert moved.startswith("安排有变：城市更新\n时间：2026-11-27 15:00-16:00 → 2026-11-26 10:00-11:00")
    assert "11月26日 星期四 10:00–11:00 城市更新" in eve
    assert sum(text.startswith(("学习提醒", "即将开始")) for text in told) == 2
    assert earned == {"王五": 1}
    assert "已举办，参加 0 人次" in held.text
    assert "时间" not in held.labels
    assert "已取消：停电，未举办" in cancelled
    assert await points(hall) == {}
    assert await wang.reads() == told[-1]


async def test_y2_three_figures_by_series_topic_and_unit(hall_with: HallMaker) -> None:
    """Y2: sessions, attendances and people are three figures, against what the year wished for; an organiser reads those of
    the own unit."""
    hall = await hall_with(**QUIET)
    admin, boss = await hall.admin(), await hall.enrol("Boss", UNIT, role=Role.ORGANISER)
    for name, unit in (("Anna", UNIT), ("Bert", UNIT), ("Carl", OTHER)):
        await hall.enrol(name, unit)
    await apply(hall, programme_of("yuhang", "series"))
    for line in (
        "11-20 09:00 机关干部大讲堂 城市学 《一》",
        "11-21 09:00 机关干部大讲堂 党的建设 《二》",
        "11-22 09:00 主体班 城市学 《三》",
        "12-20 09:00 主体班 《四》",
    ):
        await admin.says(f"/sessions 新建 {line}")
        await admin.presses("发布安排")
        await hall.advance(3)
    await attend(hall, 1, Anna="present", Bert="late", Carl="present")
    await attend(hall, 2, Anna="make_up", Bert="absent", Carl="leave")
    await attend(hall, 3, Carl="present")

    await admin.says("/sessions 统计 2026年")
    year = await admin.reads()
    await admin.presses("按专题")
    by_topic = await admin.reads()
    await admin.presses("按单位")
    by_unit = await admin.reads()
    await boss.says("/sessions 统计 11月")
    bosss = await boss.reads()

    assert year.startswith(
        "学习活动统计（2026年1月1日 至 2026年12月31日）\n\n3 场次，5 人次，3 人\n\n另有待举办 1 场、已取消 0 场，未计入"
    )
    assert "机关干部大讲堂\n2 场次，4 人次，3 人\n年度计划 16 场，已举办 2 场" in year
    assert "主体班\n1 场次，1 人次，1 人\n年度计划 12 场，已举办 1 场" in year
    assert "送课到基层、理论进家门\n0 场次，0 人次，0 人\n年度计划 200 场，已举办 0 场" in year
    assert "城市学\n2 场次，4 人次，3 人" in by_topic
    assert "党的建设\n1 场次，1 人次，1 人" in by_topic
    assert "开发区/办公室\n2 场次，3 人次，2 人" in by_unit
    assert "开发区/招商局\n2 场次，2 人次，1 人" in by_unit
    assert bosss.startswith("办公室学习活动统计（2026年11月1日 至 2026年11月30日）\n\n2 场次，3 人次，2 人")


async def test_x5_speeches_are_noted_registered_confirmed_and_counted_apart(hall_with: HallMaker) -> None:
    """X5: the organiser notes who spoke with a press or by name, a member registers an own speech that counts once it is
    confirmed; a press too many counts once; sessions and speeches are two figures."""
    hall = await hall_with(**QUIET)
    boss = await hall.enrol("Boss", UNIT, role=Role.ORGANISER)
    anna, bert = await hall.enrol("Anna", UNIT), await hall.enrol("Bert", UNIT)
    await apply(hall, programme_of("xiangyang", "header", "series", points=rules("session.spoke").model_dump()))
    await boss.says("/sessions 新建 11-23 10:00-11:00 全员大研讨 会议室 《加快建成支点》")
    await boss.presses("发布安排")
    await hall.until(datetime(2026, 11, 23, 10, 30))

    await boss.says("/speech Anna")
    by_name = await boss.reads()
    at_once = await boss.presses("Anna ×1")
    await hall.advance(minutes=2)
    later = await boss.presses("Anna ×1")
    noted = await boss.reads()
    await boss.presses("撤回上一条")
    await bert.says("/speech 营商环境怎么抓")
    kept = await bert.reads()
    waits = [await bert.says("/speech 再说一次"), await bert.reads()][1]
    asked = await boss.reads()
    await boss.presses("确认发言")
    confirmed = await bert.reads()
    forged = await anna.presses(data="speech:yes:3") if (await anna.says("/sessions")) else None
    await hall.until(datetime(2026, 11, 23, 12, 0))
    await boss.says("/sessions 统计 本月")

    assert "发言 1 人次，1 人\nAnna ×1" in by_name
    assert (at_once, later) == ("刚刚已经记过了。", "已记录。")
    assert "发言 2 人次，1 人\nAnna ×2" in noted
    assert kept == "已登记您在“加快建成支点”中的发言，组织者确认后计入。"
    assert waits == "您在这场活动中已申报发言，正在等待确认。"
    assert asked == "Bert（办公室）申报在“加快建成支点”中发言。\n发言内容：营商环境怎么抓"
    assert confirmed == "Bert 在“加快建成支点”中的发言已确认。"
    assert forged == "您没有权限在这里执行此操作，请联系本单位的组织者。"
    assert "1 场次，0 人次，0 人\n发言 2 人次，2 人" in await boss.reads()
    assert await points(hall) == {"Anna": 1, "Bert": 1}


async def test_p1_meetings_follow_a_changed_programme_and_survive_a_downtime(hall_with: HallMaker) -> None:
    """P1: a unit's own Friday is run by its organiser; applied twice it is there once; changed in mid-year those concerned
    hear of it; after a downtime over the eve's message one message says all; the meeting is not held twice."""
    hall = await hall_with(**QUIET)
    boss, anna = await hall.enrol("Boss", UNIT, role=Role.ORGANISER), await hall.enrol("Anna", UNIT)
    carl = await hall.enrol("Carl", OTHER)
    programme = programme_of("penglai", "series")
    friday = programme.series.meetings[0].model_copy(update={"unit": UNIT})

    def at(hour: int) -> Programme:
        meeting = friday.model_copy(update={"at": time(hour)})
        return programme.model_copy(update={"series": programme.series.model_copy(update={"meetings": (meeting,)})})

    await apply(hall, at(15))
    await apply(hall, at(15))
    await boss.says("/sessions 管理")
    run = await boss.reads()
    await apply(hall, at(14))
    moved = await anna.reads()
    await boss.says("/sessions 1")
    await boss.presses("地点")
    await boss.sends(b"x", "x.txt")
    await hall.advance(3)
    refused = await boss.reads()
    await boss.says("无")
    await hall.advance(3)
    placeless = await boss.reads()
    before = len(await anna.messages())
    await hall.stop_bot()
    await hall.until(datetime(2026, 11, 27, 13, 30))
    await hall.start_bot()
    told = [message.text for message in (await anna.messages())[before:]]
    await hall.until(datetime(2026, 11, 27, 16, 0))
    await boss.says("/sessions 统计 本月")
    await hall.advance(3)

    assert run.startswith("您组织的近期活动：2 场\n\n11月27日 星期五 15:00–16:30 周五集中学习")
    assert moved.startswith("安排有变：周五集中学习\n时间：2026-11-27 15:00-16:30 → 2026-11-27 14:00-15:30")
    assert refused == "请用文字发送；发送“无”则清空，发送 /cancel 则不作修改。"
    assert "地点" not in placeless
    assert [text.split("\n")[0] for text in told] == ["即将开始"]
    assert await carl.messages() == []
    assert "1 场次，0 人次，0 人" in await boss.reads()


def _key(card: Message) -> str:
    """The key of the card of a session that is being planned."""
    return (card.buttons[0][0].data or "").split(":")[1]
