"""The menu through the sandbox: wishes, votes, a session of them with seats; lectures in turn; cohorts; the library."""

from sandbox.people import Message
from storage import Tx
from storage.people import Role
from study.programme.points import PointRule, Points
from study.programme.words import Title
from study.session_draft import Draft
from tests.dialogues.test_sessions import QUIET, attend, points
from tests.hall import ADMIN_ID, HallMaker
from tests.programme.parts import apply, programme_of

UNIT = "襄阳市/市直机关"


def _data(menu: Message, words: str) -> str:
    """What the button of something on the menu carries."""
    return next(button.data or "" for row in menu.buttons for button in row if words in button.text)


def two_seats(tx: Tx) -> None:
    """Let the session on the admin's card have two seats; its button begins with twenty."""
    draft = tx.conversations.get(ADMIN_ID, ADMIN_ID)
    assert draft is not None
    body = Draft.model_validate_json(draft.body).model_copy(update={"capacity": 2})
    tx.conversations.put(ADMIN_ID, ADMIN_ID, draft.topic, body.model_dump_json(), now=draft.updated_at)


async def test_x1_orders_from_the_menu_become_a_session_with_seats(hall_with: HallMaker) -> None:
    """X1: members vote (once each, three votes, to be taken back) and add a wish; the office makes a session of the first:
    voters are signed up, the one too many waits and comes up when a seat is given up; the rota says who is next."""
    hall = await hall_with(**QUIET)
    admin, eye = await hall.admin(), await hall.enrol("Eye", UNIT, role=Role.OBSERVER)
    people = [await hall.enrol(name, UNIT) for name in ("Anna", "Bert", "Carl")]
    anna, bert, carl = people
    await apply(hall, programme_of("xiangyang", "header", "series", "menu"))

    await anna.says("/menu")
    menu = await anna.last()
    await anna.presses("1. 抓项目、争资金")
    voted = await anna.last()
    await anna.presses("✓ 1. 抓项目、争资金")
    await anna.says("/menu 《数字政务怎么用》")
    wished = await anna.reads()
    await bert.says("/menu 数字政务怎么用")
    refused = await bert.reads()
    for person in (bert, carl):
        await person.says("/menu")
        vote = _data(await person.last(), "数字政务")
        await person.presses(data=vote)
        await person.presses(data=vote)
    await eye.says("/menu")
    eyes = await eye.last()

    assert menu.text.startswith("点餐：共 3 项可选\n1. 抓项目、争资金：政策要点与资金争取 · 市发展改革委 · 0 票")
    assert menu.text.endswith("剩余票数：3 票\n没有想听的？发送：/menu 想听的内容")
    assert "1. 抓项目、争资金：政策要点与资金争取 · 市发展改革委 · 1 票" in voted.text
    assert "剩余票数：2 票" in voted.text
    assert "1. 数字政务怎么用 · 学员提出 · 1 票" in wished
    assert "抓项目、争资金：政策要点与资金争取 · 市发展改革委 · 0 票" in wished
    assert refused == "菜单中已有“数字政务怎么用”，请直接投票：/menu"
    assert "1. 数字政务怎么用 · 学员提出 · 3 票" in eyes.text
    assert not any("数字政务" in label for label in eyes.labels)

    await admin.says("/menu 数据安全 主讲：市数据局")
    offered = await admin.reads()
    await hall.advance(3)
    await admin.says("/menu")
    await admin.presses("安排第 1 项")
    await admin.presses("安排开课")
    await admin.says("11-27 15:00-17:00 数据中心 局数据科李科长")
    card = await admin.reads()
    await hall.write(two_seats)
    await admin.presses("发布安排")
    await hall.advance(5)
    told = [await person.reads() for person in people]
    await anna.says("/sessions 1")
    await hall.advance(5)
    await anna.presses("取消报名")
    came_up = await carl.reads()
    twice = await anna.presses("我要报名")
    await bert.says("/sessions 1")
    sheet = await bert.last()
    await hall.advance(5)
    await admin.says("/menu 轮值")
    rota = await admin.last()
    await admin.presses("安排 市发展改革委")
    await hall.advance(5)
    await admin.says("11-30 09:00 礼堂 《立项争资实务》")
    await hall.advance(5)
    await admin.presses("发布安排")
    await hall.advance(5)
    await admin.says("/menu 轮值")
    await hall.advance(5)

    assert offered.endswith("5. 数据安全 · 市数据局 · 0 票")
    assert "系列：局长讲堂" in card
    assert "需要报名" in card
    assert [text.splitlines()[-1] for text in told] == [
        "已为您报名；如不能参加，请取消报名。",
        "已为您报名；如不能参加，请取消报名。",
        "名额已满，您已进入候补名单。",
    ]
    assert came_up.startswith("您已候补成功")
    assert twice == "名额已满，已为您登记候补。"
    assert "已报名：2 人（名额 2 人），候补 1 人\n您已报名。" in sheet.text
    assert "▶ 1. 市发展改革委 · 尚未授课" in rota.text
    assert "1. 市发展改革委 · 已讲 1 次，最近 2026年11月30日\n▶ 2. 市经信局 · 尚未授课" in await admin.reads()


async def test_x2_courses_of_cohorts_their_figures_and_the_handbook(hall_with: HallMaker) -> None:
    """X2: a course is meant for one tier of trainees and told to them alone; the figures by cohort; everybody finds the
    handbook in the library by a word or its tag and reads it."""
    hall = await hall_with(**QUIET)
    admin = await hall.admin()
    young, chief = await hall.enrol("小李", UNIT, level="科员"), await hall.enrol("张县长", UNIT, level="县处级副职")
    fields = {"series": "", "topic": "", "link": "", "content": '{"text": ""}', "question": None, "picture": None}

    def add(tx: Tx) -> None:
        now = hall.clock.now()
        tx.materials.add(
            now=now, title="“两资三能”学习手册（一）", text="立项争资。", tags="学习手册;两资三能", **fields
        )
        tx.materials.add(now=now, title="保密须知", text="不得外传。", tags="保密", **fields)

    await hall.write(add)
    reading = Points(rules=(PointRule(key="r", title=Title({"en": "r"}), on="session.lectured", points=1),))
    await apply(hall, programme_of("xiangyang", "header", "series", points=reading.model_dump()))

    await admin.says("/sessions 新建 11-20 09:00 专题培训班 防范化解保密风险 党校 张县长 《保密风险实战》")
    await admin.presses("班次")
    await admin.presses("年轻干部")
    await admin.presses("返回")
    card = await admin.reads()
    await admin.presses("发布安排")
    await attend(hall, 1, 小李="present")
    await hall.advance(5)
    await admin.says("/sessions 统计 2026")
    await admin.presses("按班次")
    await hall.advance(5)
    by_cohort = await admin.reads()
    await young.says("/sessions 往期")
    youngs = await young.reads()
    await young.says("/library 手册")
    found = await young.last()
    await young.presses("“两资三能”学习手册（一）")
    await hall.advance(5)
    handbook = await young.last()
    read = await young.presses("已读")
    await young.says("/library")
    await hall.advance(5)
    await young.presses("# 保密")
    await hall.advance(5)

    assert "班次：年轻干部\n参加对象：1 人" in card
    assert "县级干部\n0 场次，0 人次，0 人" in by_cohort
    assert "年轻干部\n1 场次，1 人次，1 人" in by_cohort
    assert "保密风险实战" in youngs
    assert found.text.startswith("学习资料中含“手册”的：1 份")
    assert handbook.text.startswith("“两资三能”学习手册（一）\n\n立项争资。")
    assert read is not None
    assert (await young.reads()).startswith("学习资料中含“保密”的：1 份")
    assert await points(hall) == {"张县长": 1}
    assert (await chief.messages()) == [] or "保密风险实战" not in await chief.reads()
