"""Closed-book exams through the sandbox: setting, taking, the clock, downtime, results, forged buttons."""

import csv
import io
import json
import re
from datetime import datetime, timedelta

import pytest
from telegram.error import BadRequest

from quizzes.bank.items import Item, Kind
from quizzes.posing import item_of
from sandbox.people import Message
from storage import Tx
from storage.exams import PaperRow
from storage.leaves import LeaveState
from storage.people import Role
from study.exam_errors import PaperHandedIn
from tests.dialogues.unhurried import BREATH, Unhurried
from tests.hall import SHANGHAI, Hall

UNIT, OTHER = "示范区/第一支部", "示范区/第二支部"
ITEMS = (
    Item(Kind.SINGLE, "单选甲？", ("对一", "错二", "错三", "错四"), (0,), explanation="因为对一。", category="党史"),
    Item(Kind.SINGLE, "单选乙？", ("对五", "错六", "错七"), (0,), category="党史"),
    Item(Kind.SEVERAL, "多选丙？", ("对八", "错九", "对十"), (0, 2), category="法规"),
    Item(Kind.TRUE_FALSE, "判断丁。", (), (0,), category="法规"),
    Item(Kind.FILL_IN, "填空戊____。", accepted=("为人民服务",)),
)
EXTRA = (
    Item(Kind.ORAL, "口答。", accepted=("要点",)),
    Item(Kind.SINGLE, "看图。", ("一", "二"), (0,), media="https://example.org/a.png"),
)


class Examinee(Unhurried):
    """Somebody who takes an exam."""

    async def paper(self) -> PaperRow:
        """Their newest paper as it is stored."""

        def look(tx: Tx) -> PaperRow:
            person = tx.people.by_user(self.id)
            assert person is not None
            papers = [row for exam in range(1, 9) if (row := tx.exams.paper_of(exam, person.id)) is not None]
            return papers[-1]

        return await self.hall.read(look)

    async def begins(self) -> None:
        """From the invitation to the first question."""
        await self.presses("参加考试")
        await self.presses("开始计时")

    async def answers(self, *, right: bool = True) -> None:
        """Answer the question on the screen."""
        row = await self.paper()
        number, order = row.layout[row.page]
        questions = await self.hall.read(lambda tx: tx.exams.questions(row.exam_id))
        item = item_of(questions[number - 1].body)
        if item.kind is Kind.FILL_IN:
            await self.says("为人民 服务" if right else "不知道")
            return
        wanted = item.answers if right else (1,)
        for option in wanted:
            await self.presses("ABCD"[order.index(option)] + ".")

    async def goes_through(self, *, right: int) -> None:
        """Answer all five, the first ``right`` ones rightly."""
        for at in range(5):
            await self.answers(right=at < right)
            if at < 4:
                await self.presses("下一题")

    async def hands_in(self) -> None:
        """Hand in, with the confirmation."""
        await self.presses("交卷")
        await self.presses("确定交卷")

    async def screen(self) -> Message:
        """The newest message of the bot."""
        return [message for message in await self.messages() if message.sender != self.id][-1]


async def staff(hall: Hall, *items: Item) -> tuple[Unhurried, Examinee, Examinee]:
    """An organiser of the first branch with two members, and a bank."""
    organiser = Unhurried(hall, await hall.enrol("周组", UNIT, role=Role.ORGANISER))
    anna = Examinee(hall, await hall.enrol("安娜", UNIT))
    bert = Examinee(hall, await hall.enrol("伯特", UNIT))
    assert hall.app is not None
    await hall.app.house.banks.take_in("题库", items or (*ITEMS, *EXTRA), now=hall.clock.now())
    return organiser, anna, bert


async def published(hall: Hall, *lines: str) -> tuple[Unhurried, Examinee, Examinee]:
    """An exam of all five questions that is open, for the members; its invitations have arrived."""
    organiser, anna, bert = await staff(hall)
    await organiser.says("\n".join(("/exam 题库", "标题 季度测试", "题数 5", "每题 20", *lines)))
    await organiser.presses("成员")
    await organiser.presses("发布")
    await hall.advance(seconds=BREATH)
    return organiser, anna, bert


async def test_organiser_sets_an_exam_by_card_and_by_lines(hall: Hall) -> None:
    """Defaults, buttons, written lines, categories; nothing goes out before it is published; once only."""
    organiser, anna, _ = await staff(hall)

    await organiser.says("/exam")
    await organiser.presses("＋ 新建考试")
    await organiser.presses("题库")
    default = await organiser.reads()
    await organiser.presses("− 时长")
    await organiser.presses("成绩：交卷即出")
    await organiser.presses("党史 0/2")
    pressed = await organiser.last()
    await organiser.says("标题 <b>季度&\n题数 4\n截止 11-27 18:00")
    written = await organiser.last()
    nothing = await anna.messages()
    await organiser.presses("成员")
    toast = await organiser.presses("发布")
    again = await organiser.presses(data=written.buttons[-1][0].data)
    await hall.advance(seconds=BREATH)

    assert "5 题，限时 30 分钟，满分 25 分，及格线 60%" in default
    assert "限时 25 分钟" in pressed.text
    assert "考试截止后公布" in pressed.text
    assert "分类至少：党史 2 题" in pressed.text
    assert "<b>季度&" in written.text
    assert "4 题，限时 25 分钟，满分 20 分" in written.text
    assert not nothing
    assert toast == "共 2 人参加。"
    assert again == "这个按钮已失效。"
    invitation = await anna.last()
    assert "📝 <b>季度&" in invitation.text
    assert invitation.labels == ["参加考试"]
    questions = await hall.read(lambda tx: [item_of(one.body) for one in tx.exams.questions(1)])
    assert len(questions) == 4
    assert sum(one.category == "党史" for one in questions) >= 2
    assert not any(one.kind is Kind.ORAL or one.media for one in questions)


async def test_bad_plans_get_one_sentence(hall: Hall) -> None:
    """No such bank, unreadable lines, too many questions of a category; a member may not set one, nor a group see one."""
    organiser, anna, bert = await staff(hall)
    group = await hall.unit_group("一支部", UNIT, organiser, anna, bert)
    said = []
    for words in ("/exam 没有", "/exam 题库\n题数 500", "/exam 题库\n瞎写", "/exam 题库\n截止 11-20"):
        await organiser.says(words)
        said.append(await organiser.reads())
    await organiser.says("/exam 题库\n题数 100")
    await organiser.presses("发布")
    short = await organiser.presses("发布")
    await anna.says("/exam 题库")
    await organiser.says("/exam", group)

    assert "没有“没有”" in said[0] or "没有" in said[0]
    assert said[1:] == [
        "请填写 1 到 100 之间的数字。",
        "看不懂“瞎写”。请这样写：题数 20、时长 30、截止 11-30 18:00。",
        "这个截止时间已经过去，请换一个更晚的时间。",
    ]
    assert short == "“题库”只有 5 道可用的题，需要 100 道。"
    assert "没有权限" in await anna.reads()
    assert "请私聊我进行" in await organiser.reads(group)
    assert await hall.read(lambda tx: tx.exams.get(1)) is None


async def test_paper_is_taken_in_any_order_and_handed_in(hall: Hall) -> None:
    """Answers change until handing in; the sheet shows what is open; the score comes at once, the answers do not."""
    _, anna, _ = await published(hall)
    await anna.begins()
    first = await anna.screen()
    await anna.goes_through(right=4)
    await anna.presses("答题卡")
    sheet = await anna.screen()
    await anna.presses("1 ✓")
    await anna.presses("答题卡")
    await anna.presses("5 ✓")
    await anna.answers(right=True)
    await anna.presses("交卷")
    sure = await anna.screen()
    await anna.presses("返回答题")
    await anna.hands_in()
    result = await anna.screen()
    await anna.presses(data=f"exam:hand:{(await anna.paper()).id}")

    assert "第 1/5 题" in first.text
    assert "还有 5 题未答。" in first.text
    assert "已全部作答。" in sheet.text
    assert "确定交卷吗？\n已全部作答。" in sure.text
    row = await anna.paper()
    assert not row.by_time
    kinds = await hall.read(lambda tx: [item_of(one.body).kind for one in tx.exams.questions(1)])
    last_was_several = kinds[row.layout[4][0] - 1] is Kind.SEVERAL
    assert row.score == (80 if last_was_several else 100)
    assert f"{row.score}/100 分" in result.text
    assert "✅ 及格" in result.text
    assert "考试截止后，可通过 /exam 查看正确答案。" in result.text
    assert result.labels == []


async def test_every_message_of_a_paper_is_protected_on_the_wire(hall: Hall) -> None:
    """Question, question after a written answer, result: each is sent so that it can be neither forwarded nor copied."""
    _, anna, _ = await published(hall)
    await anna.begins()
    row = await anna.paper()
    bodies = await hall.read(lambda tx: [item_of(one.body) for one in tx.exams.questions(1)])
    fill_in = next(page for page, (number, _) in enumerate(row.layout) if bodies[number - 1].kind is Kind.FILL_IN)
    chat = hall.sandbox.world.chats[anna.id]
    seen, refused = [], []

    async def looks() -> None:
        assert hall.app is not None
        stored = chat.message((await anna.screen()).id)
        assert stored is not None
        seen.append((stored.id, stored.more.get("has_protected_content")))
        with pytest.raises(BadRequest) as refusal:
            await hall.app.bot.forward_message(anna.id, anna.id, stored.id)
        refused.append(refusal.value)

    await looks()
    await anna.presses(data=f"exam:page:{row.id}:{fill_in}")
    await anna.says("随便")
    await looks()
    await anna.presses("答题卡")
    await looks()
    await hall.advance(minutes=31)
    await looks()

    assert [protected for _, protected in seen] == [True] * 4
    assert len({number for number, _ in seen}) == 3
    assert len(refused) == 4


async def test_questions_and_options_are_shuffled_for_each(hall: Hall) -> None:
    """The same questions for both, in orders that are stored."""
    _, anna, bert = await published(hall)
    await anna.begins()
    await bert.begins()

    one, two = (await anna.paper()).layout, (await bert.paper()).layout
    assert sorted(number for number, _ in one) == sorted(number for number, _ in two) == [1, 2, 3, 4, 5]
    assert all(sorted(order) == list(range(len(order))) for _, order in one)


async def test_one_attempt_and_the_way_back(hall: Hall) -> None:
    """A second start shows the paper again with the clock running on; after handing in it is refused."""
    _, anna, _ = await published(hall)
    invitation = await anna.last()
    await anna.begins()
    due = (await anna.paper()).due_at
    await anna.answers(right=True)
    await hall.advance(minutes=10)
    await anna.says("/cancel")
    left = await anna.reads()
    await anna.says("/exam")
    listed = await anna.last()
    await anna.presses("继续答题")
    back = await anna.screen()
    await anna.hands_in()
    again = [
        await anna.presses(data=invitation.buttons[0][0].data),
        await anna.presses(data="exam:begin:1"),
        await anna.presses(data=f"exq:{(await anna.paper()).id}:0:0"),
        await anna.presses(data=f"exam:page:{(await anna.paper()).id}:1"),
    ]

    assert left == "考试仍在计时。发送 /exam 可回到答卷。"
    assert "季度测试：答题中" in listed.text
    assert "还有 4 题未答。" in back.text
    assert (await anna.paper()).due_at == due
    taken, handed = "您已参加过这场考试，每人只有一次机会。发送 /exam 查看成绩。", "您已交卷，不能再修改。"
    assert again == [taken, taken, handed, handed]


async def test_restart_in_mid_exam_goes_on_with_the_clock_running(hall: Hall) -> None:
    """The buttons of before work, answers are there, the end is where it was, the warning comes."""
    _, anna, _ = await published(hall)
    await anna.begins()
    before = await anna.paper()
    await anna.answers(right=True)

    await hall.stop_bot()
    hall.clock.skip(15 * 60)
    await hall.start_bot()
    await anna.presses("下一题")
    await anna.answers(right=True)
    await hall.advance(minutes=9, seconds=50)
    warned = await anna.reads()
    await hall.advance(minutes=6)

    assert "还剩 5 分钟" in warned
    assert "还有 3 题未答。" in warned
    row = await anna.paper()
    assert row.due_at == before.due_at
    assert (row.handed_in_at, row.by_time, row.right_count, row.score) == (row.due_at, True, 2, 40)
    result = await anna.reads()
    assert "考试时间已到，已自动交卷。" in result
    assert "❌ 不及格" in result


async def test_time_that_runs_out_while_the_bot_is_down(hall: Hall) -> None:
    """Handed in late as of the end, with what was answered in time; a press of after the end does not count."""
    _, anna, _ = await published(hall)
    await anna.begins()
    await anna.answers(right=True)
    await anna.presses("下一题")
    row = await anna.paper()

    await hall.stop_bot()
    hall.clock.skip(2 * 3600)
    press = await anna.person.presses(data=f"exq:{row.id}:{row.page}:0")
    await hall.start_bot()
    await hall.advance(seconds=BREATH)

    assert await anna.person.toast(press) == "考试时间已到，这次作答不计入成绩。"
    after = await anna.paper()
    assert (after.handed_in_at, after.by_time, after.right_count) == (row.due_at, True, 1)
    assert "考试时间已到，已自动交卷。" in (await anna.screen()).text


async def test_answer_received_in_time_counts_though_it_is_dealt_with_late(hall: Hall) -> None:
    """What lay in the inbox when the bot went down counts by when it was received, and the result follows."""
    _, anna, _ = await published(hall)
    await anna.begins()
    row = await anna.paper()
    number, order = row.layout[0]
    item = item_of((await hall.read(lambda tx: tx.exams.questions(1)))[number - 1].body)
    in_time = row.due_at - timedelta(seconds=2)
    await hall.advance(minutes=40)
    handed = await anna.paper()
    assert hall.app is not None
    papers = hall.app.house.exams.papers

    if item.kind is Kind.FILL_IN:
        await papers.write(anna.id, row.id, "为人民服务", now=in_time)
    else:
        for option in item.answers:
            await papers.choose(anna.id, row.id, 0, order.index(option), now=in_time)
    await hall.advance(seconds=BREATH)

    assert (handed.by_time, handed.score) == (True, 0)
    assert (await anna.paper()).score == 20
    assert "20/100 分" in (await anna.screen()).text


async def test_results_at_the_close_and_the_answers_with_them(hall: Hall) -> None:
    """Nobody knows more before; then the result, the review with the right answers, and the mistakes in practice."""
    organiser, anna, bert = await published(hall, "成绩 截止后公布", "截止 11-23 12:00")
    await anna.begins()
    row = await anna.paper()
    await anna.goes_through(right=5)
    await anna.hands_in()
    early = await anna.screen()
    hidden = await anna.presses(data=f"exam:review:{row.id}")
    await hall.until(datetime(2026, 11, 23, 12, 0, 1, tzinfo=SHANGHAI))
    await hall.advance(seconds=BREATH)
    result = await anna.screen()
    await anna.presses("查看答卷")
    await anna.presses("下一题")
    review = await anna.screen()
    foreign = await bert.presses(data=f"exam:review:{row.id}")
    summary = await organiser.reads()
    await hall.advance(minutes=11)

    assert "成绩将在考试截止后公布：11月23日 12:00" in early.text
    assert "/100 分" not in early.text
    assert hidden == "考试截止后才能查看正确答案。"
    assert "100/100 分（100%）" in result.text
    assert "季度测试 · 第 2/5 题" in review.text
    assert "✅ 答对了" in review.text
    assert "正确答案：" in review.text
    assert foreign == "这不是您的答卷。"
    assert "考试已结束。" in summary
    assert "第一支部（1 人）：伯特" in summary
    assert "✅ 安娜（第一支部）：100 分" in summary
    assert await hall.read(lambda tx: tx.practice.due_count(anna.id, hall.clock.now())) == 0


async def test_mistakes_of_an_exam_are_practised_after_its_close_only(hall: Hall) -> None:
    """Practice is closed during the exam, knows nothing of it before the close, and has the mistakes afterwards."""
    _, anna, _ = await published(hall, "截止 11-23 12:00")
    await anna.begins()
    await anna.says("/practice 题库")
    refused = await anna.reads()
    await anna.goes_through(right=3)
    await anna.hands_in()
    await hall.advance(minutes=20)

    def due(tx: Tx) -> int:
        return tx.practice.due_count(anna.id, hall.clock.now())

    before = await hall.read(due)
    await hall.until(datetime(2026, 11, 23, 12, 20, tzinfo=SHANGHAI))

    assert refused == "您正在考试，交卷前不能练习。发送 /exam 可回到答卷。"
    assert before == 0
    row = await anna.paper()
    assert await hall.read(due) == 5 - (row.right_count or 0)


async def test_forged_and_foreign_buttons_change_nothing(hall: Hall) -> None:
    """Somebody else's paper, places and pages that are not there, a group, a stranger, an unknown exam."""
    organiser, anna, bert = await published(hall)
    stranger = Unhurried(hall, await hall.person("路人"))
    outsider = Unhurried(hall, await hall.enrol("外人", OTHER))
    group = await hall.unit_group("一支部", UNIT, organiser, anna, bert)
    await anna.begins()
    row = await anna.paper()
    await organiser.says("大家好", group)
    option = f"exq:{row.id}:0:0"

    await stranger.says("/lang")
    await outsider.says("/lang")
    foreign = [await bert.presses(data=data) for data in (option, f"exam:hand:{row.id}", f"exam:page:{row.id}:1")]
    absent = [
        await anna.presses(data=data) for data in (f"exq:{row.id}:0:9", f"exq:{row.id}:77:0", f"exam:page:{row.id}:9")
    ]
    broken = [
        await anna.presses(data=data)
        for data in ("exq:1", "exq:1:0:0:0", "exam:drop:1", "exs:more:1:title", "exb:x:1:0")
    ]
    others = [
        await stranger.presses(data="exam:begin:1"),
        await outsider.presses(data="exam:begin:1"),
        await anna.presses(data="exam:begin:99"),
        await anna.presses(data="exb:show:1:0"),
        await anna.presses(data="exb:surely:1:0"),
    ]

    assert foreign == ["这不是您的答卷。"] * 3
    assert set(absent) == {"这个按钮与当前题目不符，发送 /exam 可重新显示答卷。"}
    assert set(broken) <= {"这个按钮无效。", "这个按钮已失效。"}
    assert others[0] == "您还不在名册中。请私聊我发送 /start 申请加入。"
    assert others[1:] == [
        "您不在这场考试的范围内。",
        "没有这场考试。",
        "您没有权限在这里执行此操作，请联系本单位的组织者。",
        "您没有权限在这里执行此操作，请联系本单位的组织者。",
    ]
    assert await hall.read(lambda tx: tx.exams.answers(row.id)) == {}
    assert (await anna.paper()).handed_in_at is None


async def test_press_in_a_group_is_refused(hall: Hall) -> None:
    """A paper lives in private only, whatever a modified client sends."""
    organiser, anna, bert = await published(hall)
    group = await hall.unit_group("一支部", UNIT, organiser, anna, bert)
    await anna.begins()
    row = await anna.paper()
    await anna.says("/lang", group)

    toast = await anna.presses(data=f"exq:{row.id}:0:0", chat=group)

    assert toast == "这个按钮无效。"
    assert await hall.read(lambda tx: tx.exams.answers(row.id)) == {}


async def test_exam_opens_at_its_time_and_is_closed_after_it(hall: Hall) -> None:
    """No start before, none after; the invitation comes when it opens."""
    _, anna, bert = await published(hall, "开始 11-23 9:00", "截止 11-23 10:00")
    nothing = await anna.messages()
    await anna.says("/lang")
    await anna.says("/exam")
    ahead = await anna.last()
    early = await anna.presses(data="exam:begin:1")
    await hall.until(datetime(2026, 11, 23, 9, 0, 5, tzinfo=SHANGHAI))
    opened = await anna.last()
    await hall.until(datetime(2026, 11, 23, 9, 50, tzinfo=SHANGHAI))
    await anna.begins()
    late = await anna.paper()
    await hall.until(datetime(2026, 11, 23, 10, 0, 10, tzinfo=SHANGHAI))
    closed = await bert.presses("参加考试")

    assert not nothing
    assert "季度测试：11月23日 09:00 开考" in ahead.text
    assert early == "考试尚未开始，发送 /exam 可查看开考时间。"
    assert opened.labels == ["参加考试"]
    assert late.due_at == datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)
    assert closed == "考试已结束。"
    assert (await anna.paper()).handed_in_at == late.due_at


async def test_reminder_goes_once_to_who_has_not_begun_and_is_not_on_leave(hall: Hall) -> None:
    """Two open exams in one message; nobody who has begun, not a second time; who was on leave hears of it on the day."""
    organiser, anna, bert = await published(hall, "截止 11-25 18:00")
    carl = Examinee(hall, await hall.enrol("卡尔", UNIT))
    await organiser.says("/exam 题库\n标题 第二场\n题数 2\n截止 11-25 20:00")
    await organiser.presses("成员")
    await organiser.presses("发布")
    await hall.advance(seconds=BREATH)

    def on_leave(tx: Tx) -> None:
        person = tx.people.by_user(carl.id)
        assert person is not None
        day = datetime(2026, 11, 24).date()
        leave = tx.leaves.ask(person.id, day, day, "出差", now=hall.clock.now())
        tx.leaves.decide(leave, LeaveState.APPROVED, by=1, decider="周组", now=hall.clock.now())

    await hall.write(on_leave)
    await anna.presses("参加考试")
    await anna.presses("开始计时")
    await hall.until(datetime(2026, 11, 24, 9, 0, 10, tzinfo=SHANGHAI))
    said = {one.name: [m.text for m in await one.messages() if "没有完成" in m.text] for one in (anna, bert, carl)}
    await hall.until(datetime(2026, 11, 25, 9, 0, 10, tzinfo=SHANGHAI))
    later = {one.name: [m.text for m in await one.messages() if "没有完成" in m.text] for one in (anna, bert, carl)}

    assert len(said["伯特"]) == 1
    assert "季度测试" in said["伯特"][0]
    assert "第二场" in said["伯特"][0]
    assert "第二场" not in "".join(said["安娜"])
    assert said["卡尔"] == []
    assert later["伯特"] == said["伯特"]
    assert len(later["卡尔"]) == 1


async def test_gradebook_statistics_and_tables(hall: Hall) -> None:
    """Who took it, who is missing, each question; one's own units only; the table with the numbers of the wrong ones."""
    organiser, anna, _ = await published(hall)
    other = Unhurried(hall, await hall.enrol("外组", OTHER, role=Role.ORGANISER))
    await anna.begins()
    await anna.goes_through(right=5)
    await anna.hands_in()
    await organiser.says("/exam")
    await organiser.presses("成绩册")
    book = await organiser.last()
    await organiser.presses("逐题统计")
    lines = await organiser.reads()
    await organiser.presses("成绩册")
    await organiser.presses("导出成绩表")
    file = (await organiser.last()).file
    assert file is not None
    await other.says("/exam")
    foreign = await other.reads()
    begun = await organiser.presses(data="exb:cancel:1:0")
    await organiser.says("/export")
    await organiser.presses("考试成绩 CSV")
    table = (await organiser.last()).file
    assert table is not None
    rows = list(csv.DictReader(io.StringIO((await hall.town.file(table)).decode("utf-8-sig"))))

    assert "已交卷 1/2 人，答题中 0 人，及格 1 人" in book.text
    assert "平均得分率：100%" in book.text
    assert "第一支部（1 人）：伯特" in book.text
    assert len(re.findall(r"正确率 100%", lines)) == 5
    assert "季度测试" not in foreign
    assert begun == "已经有人开始答题，不能取消了。"
    assert [
        (row["得分"], row["满分"], row["得分率（%）"], row["是否及格"]) for row in rows if row["姓名"] == "安娜"
    ] == [("100", "100", "100.0", "是")]
    assert {row["姓名"]: row["状态"] for row in rows} == {"安娜": "已交", "伯特": "未参加"}
    assert hall.app is not None
    records = await hall.app.house.exams.records.export()
    mine = next(one for one in records if one["name"] == "安娜")
    assert (mine["state"], mine["score"], mine["passed"], mine["right"]) == ("handed_in", 100, True, 5)
    assert json.dumps(mine, ensure_ascii=False)


async def test_exam_is_called_off_before_anybody_begins(hall: Hall) -> None:
    """With a question first; those who were told hear of it; it cannot be begun any more."""
    organiser, anna, _ = await published(hall)
    await organiser.presses("成绩册")
    await organiser.presses("取消考试")
    await organiser.presses("确定取消")
    await hall.advance(seconds=BREATH)

    assert await anna.reads() == "“季度测试”已取消。"
    assert await anna.presses(data="exam:begin:1") == "考试已结束。"


async def test_later_joiner_may_take_it(hall: Hall) -> None:
    """Whoever belongs to the audience and joins while it is open finds it in the list."""
    await published(hall)
    dora = Examinee(hall, await hall.enrol("多拉", UNIT))

    await dora.says("/exam")
    await dora.presses("参加考试")
    await dora.presses("开始计时")

    assert "第 1/5 题" in (await dora.screen()).text


@pytest.mark.parametrize("said", ["AB CD", "不知道什么"])
async def test_words_that_are_no_answer_change_nothing(hall: Hall, said: str) -> None:
    """On a question with options only letters of options are an answer."""
    _, anna, _ = await published(hall)
    await anna.begins()
    row = await anna.paper()
    bodies = await hall.read(lambda tx: [item_of(one.body) for one in tx.exams.questions(1)])
    single = next(page for page, (number, _) in enumerate(row.layout) if bodies[number - 1].kind is Kind.SINGLE)
    await anna.presses(data=f"exam:page:{row.id}:{single}")

    await anna.says(said)

    assert await anna.reads() == "这不是当前题目的答案。请点按钮作答；发送 /exam 可重新显示题目。"
    assert await hall.read(lambda tx: tx.exams.answers(row.id)) == {}


async def test_handing_in_that_was_received_in_time_stands_though_dealt_with_late(hall: Hall) -> None:
    """The alarm was first; the paper is the person's own hand-in all the same, and only once."""
    _, anna, _ = await published(hall)
    await anna.begins()
    row = await anna.paper()
    in_time = row.due_at - timedelta(seconds=2)
    await hall.advance(minutes=40)
    assert hall.app is not None
    papers = hall.app.house.exams.papers

    await papers.hand_in(anna.id, row.id, now=in_time)
    await hall.advance(seconds=BREATH)
    with pytest.raises(PaperHandedIn):
        await papers.hand_in(anna.id, row.id, now=in_time)

    after = await anna.paper()
    assert (after.handed_in_at, after.by_time) == (in_time, False)
    assert "您已交卷。" in (await anna.screen()).text


async def test_results_of_many_are_given_out_batch_by_batch_and_once(hall: Hall) -> None:
    """More papers than one transaction takes: everybody hears of theirs once, also if the bot was down at the close."""
    _, anna, _ = await published(hall, "成绩 截止后公布", "截止 11-23 12:00")
    await anna.begins()
    await anna.hands_in()
    people = [await hall.enrol(f"考生{number}", UNIT) for number in range(51)]

    def take(tx: Tx) -> None:
        first = tx.exams.papers(1)[0]
        for one in people:
            person = tx.people.by_user(one.id)
            assert person is not None
            tx.exams.ask(1, person.id)
            paper = tx.exams.begin(1, person.id, json.dumps(first.layout), due_at=first.due_at, now=first.started_at)
            tx.exams.hand_in(paper, at=first.due_at, by_time=False, right=0, score=0)

    await hall.write(take)
    await hall.stop_bot()
    hall.clock.skip(6 * 3600)
    await hall.start_bot()
    await hall.advance(minutes=2)

    for one in (anna, *people):
        results = [message for message in await one.messages() if "0/100 分" in message.text]
        assert len(results) == 1
    assert await hall.read(lambda tx: tx.practice.due_count(people[-1].id, hall.clock.now())) == 5
