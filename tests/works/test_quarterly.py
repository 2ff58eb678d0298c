"""Quarterly reflections (P5) and leading four times (P8) of Penglai; the five ones of Yuhang (Y1)."""

from collections import Counter
from datetime import UTC, date, datetime

from storage import Tx
from storage.people import Role
from study.periods import period_of
from study.quotas import gaps
from tests.dialogues.unhurried import Unhurried
from tests.hall import Hall, HallMaker
from tests.works.office import LEADER, QUIET, apply, enrol, fills, points

TEXT = "本季度集中学习了行政执法程序规定，结合窗口工作谈三点体会。" * 6


async def lines(hall: Hall, person: Unhurried) -> list[str]:
    """The card's lines of somebody's quotas."""

    def work(tx: Tx) -> list[str]:
        found = tx.people.by_user(person.id)
        assert found is not None
        return [gap.line("zh-CN") for gap in gaps(tx, found, date(2026, 12, 1))]

    return await hall.read(work)


def owing(hall: Hall, tx: Tx, now: datetime | None = None) -> list[tuple[str, str]]:
    """What is worth a reminder: kind and title."""
    assert hall.app is not None
    return [(one.kind, one.title) for one in hall.app.house.works.clock.owed(tx, now or hall.clock.now())]


def everything(hall: Hall, tx: Tx, now: datetime) -> list[tuple[int, str, str]]:
    """What the reminder gathers from every capability: whose it is, kind and title."""
    assert hall.app is not None
    return [(one.person_id, one.kind, str(one.title)) for one in hall.app.house.reminders.owed(tx, now)]


def asked_for_other_things(tx: Tx) -> None:
    """Everybody has to answer a notice and to put something right as well."""
    now = datetime(2026, 11, 23, 1, tzinfo=UTC)
    for name in ("notice", "rectification"):
        task = tx.tasks.add(
            template=name, key=name, title=name, text="", files="[]", least=1, unit_id=None, audience="{}",
            created_by=None, now=now, due_at=datetime(2026, 11, 25, 10, tzinfo=UTC),
        )  # fmt: skip
        assert task is not None
        for person in tx.people.everybody():
            tx.tasks.ask(task, person.id)


async def test_p5_quarterly_reflection_is_scored_blind_shortlisted_and_published_with_consent(
    hall_with: HallMaker,
) -> None:
    """Asked for on the first workday of the quarter; judges see no names and not their own unit's; the best go to the group."""
    hall = await hall_with(**QUIET, start=datetime(2026, 10, 7, 20, 0, tzinfo=UTC))
    await apply(hall, "penglai")
    office = Unhurried(hall, await hall.admin())
    await office.says("/lang")
    anna, bert, cleo = [
        await enrol(hall, name, f"机关/{unit}") for name, unit in (("安娜", "一室"), ("伯特", "一室"), ("克莉", "二室"))
    ]
    judges = [
        await enrol(hall, f"评委{n}", f"机关/{unit}", Role.JUDGE)
        for n, unit in zip("甲乙丙", ("三室", "四室", "二室"), strict=True)
    ]
    group = await hall.unit_group("一室群", "机关/一室", anna, bert)
    await hall.stop_bot()
    await hall.start_bot()

    await hall.until(datetime(2026, 10, 8, 9, 30))
    asked = await anna.reads()
    for person, text in ((anna, f"安：{TEXT}"), (bert, f"伯：{TEXT}"), (cleo, f"克：{TEXT}")):
        await person.presses("开始填写")
        await person.presses("填写")
        await person.says("依法行政之我见")
        await person.says(text)
        await person.presses("跳过")
        await person.presses("提交审核")
    heard = [len([m for m in await judge.messages() if "待您审核" in m.text]) for judge in judges]
    await judges[0].says("/works")
    await judges[0].presses("待我审核：3 项")
    waiting = await judges[0].reads()
    await judges[2].says("/works")
    own_unit = (await judges[2].last()).labels
    for judge, scores in zip(judges, ((95, 80, 91), (92, 70, 93), (90, 60)), strict=True):
        await judge.says("/start work_waiting")
        for score in scores:
            await judge.presses("#")
            await judge.presses("打分")
            await judge.says(str(score))
            if score != scores[-1]:
                await judge.presses("待我审核")
    told = await anna.reads()
    await anna.presses("查看")
    await anna.presses("办理记录")
    hidden = await anna.reads()

    await office.says("/works")
    await office.presses("总体情况")
    await office.presses("季度学习心得")
    await office.presses("评选优秀")
    proposed = await office.reads()
    chosen = await office.presses("确认入选")
    await anna.presses("署名发布")
    await hall.advance(seconds=10)

    assert "季度学习心得（2026 年第 4 季度）：请于 2026年12月31日 前提交。" in asked
    assert heard == [1, 1, 1]
    assert "安娜" not in waiting
    assert "一室" not in waiting
    assert "待我审核：2 项" in own_unit
    assert "得分：92.33" in told
    assert "评委" not in hidden
    assert "拟选优秀 3 篇（已评分 3 篇）" in proposed
    assert "1. 安娜（一室） · 92.33" in proposed
    assert chosen == "已入选 3 篇。"
    posted = [message.text for message in await bert.messages(group)]
    assert any("安娜（一室）" in text and "安：本季度" in text for text in posted)
    assert not any("伯：本季度" in text for text in posted)


async def test_p8_y1_quotas_are_filled_by_works_tasks_and_sessions(hall_with: HallMaker) -> None:
    """四个带头: held sessions as lecturer and listener count by themselves; 五个一: an approved book; gaps, points, reminders."""
    hall = await hall_with(**QUIET)
    await apply(hall, "penglai")
    leader = await enrol(hall, "刘主任", "机关/办公室", level="科级领导干部")
    member = await enrol(hall, "小周", "机关/办公室")

    def hold(tx: Tx) -> None:
        found = tx.people.by_user(leader.id)
        assert found is not None
        at = int(datetime(2026, 10, 9, 6, tzinfo=UTC).timestamp() * 1000)
        for number, (lecturer, state) in enumerate((("刘主任", "held"), ("王科长", "held"), ("刘主任", "planned")), 1):
            tx.connection.execute(
                "INSERT INTO sessions (id, series, topic, title, form, lecturer, place, audience, starts_at, ends_at, state,"
                " material, created_at) VALUES (?, 'friday', '', '业务讲座', '', ?, '', '', ?, ?, ?, '', ?)",
                (number, lecturer, at, at + 1, state, at),
            )
        tx.connection.execute(
            "INSERT INTO attendances (session_id, person_id, unit_id, status) VALUES (2, ?, ?, 'make_up')",
            (found.id, found.unit_id),
        )

    await hall.write(hold)
    await leader.says("/works")
    home = await leader.reads()

    assert await lines(hall, member) == ["学习心得 0/1"]
    assert await lines(hall, leader) == [
        "学习心得 0/1",
        "带头讲课 1/1",
        "带头参加学习 1/10",
        "带头调查研究 0/1",
        "带头撰写心得体会 0/2",
    ]
    assert "四个带头（2026 年第 2 个半年）\n✅ 带头讲课 1/1\n⬜ 带头参加学习 1/10" in home


async def test_y1_five_ones_of_a_year(hall_with: HallMaker) -> None:
    """An approved book fills its slot; what is missing is owed in the last weeks; the fifth one brings the points."""
    hall = await hall_with(**QUIET)
    await apply(hall, "yuhang")
    leader = await enrol(hall, "陈局长", "余杭区/发改局", level=LEADER)
    chief = await enrol(hall, "周科长", "余杭区/发改局", Role.ORGANISER)
    await leader.says("/works")
    home = await leader.reads()
    await leader.presses("＋ 读书")
    await leader.presses("填写")
    await fills(leader, "《论语》 杨伯峻译注", "学以致用，" * 12)
    early = await hall.read(lambda tx: owing(hall, tx))
    await leader.presses("提交审核")
    waiting = await hall.read(lambda tx: owing(hall, tx))
    own = await leader.presses(data="wrev:ok:1:0:1:-1")
    news = await chief.last()
    await chief.says("/reviews")
    reviews = await chief.last()
    await hall.write(asked_for_other_things)
    gathered = await hall.read(lambda tx: everything(hall, tx, datetime(2026, 11, 24, 1, tzinfo=UTC)))
    await chief.presses("审核", message=news)
    await chief.presses("同意")

    def rest(tx: Tx) -> None:
        """What other ways lead to: the other four ones are there."""
        person = tx.people.by_user(leader.id)
        assert person is not None
        for number, kind in enumerate(("lecture", "report", "innovation"), start=2):
            tx.works.add(
                key=None, kind=kind, plan="{}", period="2026", unit_id=person.unit_id, author_id=person.id,
                due_at=None, now=hall.clock.now(),
            )  # fmt: skip
            tx.connection.execute(
                "UPDATE works SET phase = 'accepted', accepted_on = '2026-11-20' WHERE id = ?", (number,)
            )
        task = tx.tasks.add(
            template="reflection", key="one", title="", text="", files="[]", least=1, unit_id=None, audience="{}",
            created_by=None, now=hall.clock.now(), due_at=hall.clock.now(),
        )  # fmt: skip
        assert task is not None
        tx.tasks.ask(task, person.id)
        tx.connection.execute("UPDATE submissions SET state = 'accepted'")

    owed = await hall.read(lambda tx: owing(hall, tx))
    long_before = await hall.read(lambda tx: owing(hall, tx, datetime(2026, 6, 1, tzinfo=UTC)))
    before = await points(hall, leader)
    await hall.write(rest)
    await hall.until(datetime(2026, 11, 24, 0, 0))

    assert "五个一（2026 年）\n⬜ 一本好书 0/1" in home
    assert {kind for kind, _ in early} == {"quota"}
    assert ("work_review", "读书 ×1") in waiting
    assert (reviews.text, reviews.labels) == ("没有待审的提交，另有成果待您审核。", ["待我审核：1 项"])
    # Neither under another name: a notice and a rectification are tasks, a work under review waits for its reviewer alone.
    assert sorted(title for _, kind, title in gathered if kind != "quota") == [
        "notice", "notice", "rectification", "rectification", "读书 ×1",
    ]  # fmt: skip
    assert [one for one, times in Counter(gathered).items() if times > 1] == []
    assert own == "不能审核自己参与的内容。"
    gaps_owed = ["一篇学习心得 0/1", "一堂实务课 0/1", "一篇调研报告 0/1", "一项创新实践课题 0/1"]
    assert owed == [("quota", title) for title in gaps_owed]
    assert long_before == []
    assert before == []
    assert await points(hall, leader) == [("five_ones_filled", 5)]
    await leader.says("/card")
    assert "\n\n五个一（2026 年）\n✅ 一本好书 1/1\n✅ 一篇学习心得 1/1" in await leader.reads()
    assert period_of("half", date(2026, 7, 1)).key == "2026H2"
