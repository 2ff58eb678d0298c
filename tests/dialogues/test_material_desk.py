"""What organisers do with materials: the library, adding one, the schedule, who has not read; and the question."""

import re
from datetime import datetime

from sandbox.people import Message
from storage.people import Role
from tests.dialogues.material_table import PICTURE, THREE, library
from tests.dialogues.test_materials import EIGHT, QUIET, UNIT, cards, titles
from tests.hall import Actor, Hall, HallMaker

FORGED = "这个按钮无效。"


def datas(message: Message) -> list[str]:
    """What the buttons of a message carry."""
    return [button.data or "" for row in message.buttons for button in row]


async def test_question_goes_private_and_one_answer_counts(hall_with: HallMaker) -> None:
    """The question comes privately, nothing gives the answer away, the explanation follows, a second try is refused."""
    hall = await hall_with(checkin=QUIET)
    anna, bob = await hall.enrol("Anna"), await hall.enrol("Bob")
    group = await hall.unit_group("一支部", UNIT, anna, bob)
    await library(hall)
    await hall.until(EIGHT)

    sent = await anna.presses("答题", group)
    question = await anna.last()
    right = await anna.presses("B. 结论")
    await bob.presses("答题", group)
    wrong = await bob.presses("A. 理由")
    again = [await anna.presses("答题", group), await anna.presses(None, message=question, data="matq:pick:1:1")]
    await hall.advance(30)

    assert sent == "题目已发到您的私聊，请前往作答。"
    assert question.labels == ["A. 理由", "B. 结论"]
    assert datas(question) == ["matq:pick:1:0", "matq:pick:1:1"]
    assert (right, wrong) == ("回答正确！", "回答有误，请看正确答案。")
    assert (await anna.reads()).endswith("A. 理由\n✅ B. 结论\n\n回答正确！\n正确答案：B。\n\n结论在前。")
    assert "❌ A. 理由" in await bob.reads()
    assert set(again) == {"您已答过这道题，以第一次作答为准。"}
    assert (await cards(anna, group))[-1].text.endswith("已读 0/2 · 答题 2 人，答对 1 人")


async def test_several_answers_are_marked_and_then_submitted(hall_with: HallMaker) -> None:
    """Marks can be taken back, also before the message shows them; submitting nothing and forged marks are refused."""
    hall = await hall_with(checkin=QUIET)
    anna = await hall.enrol("Anna")
    group = await hall.unit_group("一支部", UNIT, anna)
    await library(hall, THREE[1:2])
    await hall.until(EIGHT)
    await anna.presses("答题", group)

    empty = await anna.presses("提交答案")
    forged = [await anna.presses(None, data=data) for data in ("matq:mark:1:3", "matq:hand:1:1", "matq:pick:1:0")]
    for index in (0, 2, 2, 1):
        await anna.presses(None, data=f"matq:mark:1:{index}")
    await hall.advance(5)
    marked = (await anna.last()).labels
    done = await anna.presses("提交答案")

    assert empty == "请至少选择一个选项。"
    assert set(forged) == {FORGED}
    assert marked == ["☑ A. 红", "☑ B. 绿", "C. 长", "提交答案"]
    assert done == "回答正确！"


async def test_who_cannot_be_written_to_gets_the_question_by_a_link(hall_with: HallMaker) -> None:
    """The press opens the bot with a payload, and /start with it sends the question."""
    hall = await hall_with(checkin=QUIET)
    anna = await hall.enrol("Anna", started=False)
    await hall.write(lambda tx: tx.places.reach(anna.id, False))
    group = await hall.unit_group("一支部", UNIT, anna)
    await library(hall)
    await hall.until(EIGHT)

    press = await anna.press("答题", group)
    url = (await anna.person.answer(press))["url"]
    hall.sandbox.world.chats[anna.id].started = True
    await anna.says(f"/start {url.split('start=')[1]}")
    question = await anna.reads()
    await anna.says("/start mat_99")

    assert re.fullmatch(r"https://t\.me/\w+\?start=mat_1", url)
    assert question.startswith("第一篇 · 单选题\n\n先说什么？")
    assert await anna.reads() == FORGED


async def test_library_is_searched_ordered_and_thinned_out(hall_with: HallMaker) -> None:
    """Title, topic, tags and text are searched; up and down change the order; removing asks back."""
    hall = await hall_with(checkin=QUIET)
    head = await hall.enrol("Head", role=Role.ORGANISER)
    await library(hall)

    await head.says("/material 自登记")
    found = await head.last()
    await head.says("/material")
    everything = await head.last()
    await head.presses("3. 第三篇")
    await head.presses("↑ 上移")
    moved = await head.reads()
    for button in ("移除", "返回", "移除"):
        await head.presses(button)
        await hall.advance(2)
    gone = await head.presses("确认移除")
    await hall.advance(2)
    left = await head.last()

    assert found.labels == ["2. 第二篇", "＋ 添加材料"]
    assert everything.labels == ["1. 第一篇", "2. 第二篇", "3. 第三篇", "＋ 添加材料"]
    assert "第 2 篇，共 3 篇" in moved
    assert gone == "已移出材料库，阅读记录保留。"
    assert left.labels == ["1. 第一篇", "2. 第二篇", "＋ 添加材料"]


async def test_long_list_has_pages_also_of_what_was_found(hall_with: HallMaker) -> None:
    """Eight a page; the words that are searched for travel along."""
    hall = await hall_with(checkin=QUIET)
    head = await hall.enrol("Head", role=Role.ORGANISER)
    rows = [("系列", "", f"第{n}篇{'单' if n % 2 else '双'}", "正文", *[""] * 9) for n in range(1, 41)]
    await library(hall, rows)

    await head.says("/material 单")
    await head.presses("第 2 页")
    await head.presses("第 3 页")

    assert (await head.last()).labels[:4] == ["33. 第33篇单", "35. 第35篇单", "37. 第37篇单", "39. 第39篇单"]


async def test_push_now_names_the_groups_and_goes_to_own_ones_only(hall_with: HallMaker) -> None:
    """An organiser's push reaches the groups of the own units; the schedule goes on without that material."""
    hall = await hall_with(checkin=QUIET)
    head, anna = await hall.enrol("Head", role=Role.ORGANISER), await hall.enrol("Anna", "示范区/第二支部")
    own = await hall.unit_group("一支部", UNIT, head)
    other = await hall.unit_group("二支部", "示范区/第二支部", anna)
    await library(hall)

    await head.says("/material")
    await head.presses("1. 第一篇")
    await head.presses("立即推送")
    asked = await head.last()
    toast = await head.presses("确认推送")
    await head.presses(None, message=asked, data="mat:pushed:1")
    pushed = await titles(head, own)
    await hall.until(EIGHT)

    assert "将推送到：一支部" in asked.text
    assert toast == "正在推送到 1 个群。"
    assert pushed == ["第一篇"]
    assert await titles(head, own) == ["第一篇", "第二篇"]
    assert await titles(anna, other) == ["第一篇"]


async def test_members_may_not(hall_with: HallMaker) -> None:
    """A member's command and a member's forged buttons are refused, and in a group the library stays closed."""
    hall = await hall_with(checkin=QUIET)
    anna, head = await hall.enrol("Anna"), await hall.enrol("Head", role=Role.ORGANISER)
    group = await hall.unit_group("一支部", UNIT, anna, head)
    await library(hall)
    await hall.until(EIGHT)
    await anna.says("/today")

    await anna.says("/material")
    refused = await anna.reads()
    await head.says("/material", group)
    in_group = await anna.reads(group)
    toasts = {
        await anna.presses(None, data=data)
        for data in (
            "mat:gone:1",
            "mat:pushed:1",
            "mat:list:0:",
            "mat:add",
            f"matplan:{group.id}:off",
            "matrem:remind:1",
        )
    }
    card = (await cards(anna, group))[-1]
    forged = await anna.presses(None, message=card, data="mat:gone:1")

    assert "组织者" in refused
    assert "私聊" in in_group
    assert len(toasts) == 1
    assert "组织者" in str(toasts)
    assert forged == FORGED
    await hall.until(datetime(2026, 11, 24, 8, 0))
    assert await titles(anna, group) == ["第一篇", "第二篇"]


async def test_adding_by_conversation(hall_with: HallMaker) -> None:
    """A photo with a caption, a series by its button, tags, a question: it stands in the list and is sent as it is."""
    hall = await hall_with(checkin=QUIET)
    head = await hall.enrol("Head", role=Role.ORGANISER)
    group = await hall.unit_group("一支部", UNIT, head)
    await library(hall, THREE[:1])

    await head.says("/material add")
    await head.sends(PICTURE, "p.jpg", kind="photo", caption="新的<b>一篇\n正文第一行\nhttps://example.org/x\n第二行")
    await head.presses("每日一学")
    await head.says("安全，学习, 安全")
    await head.says("这不是题目")
    await hall.advance(5)
    refused = await head.reads()
    await head.says("一加一等于几？ A. 一 B. 二 答案：B 解析：数一数。")
    await hall.advance(5)
    sheet = await head.last()
    await head.presses("预览")
    await hall.advance(5)
    preview = await head.last()
    await head.says("/material 数学 一篇")
    await head.says("/material 一篇 正文")
    await hall.advance(5)
    await head.presses("2. 新的")
    await hall.advance(5)
    again = await head.reads()
    await hall.until(datetime(2026, 11, 24, 8, 0))

    assert refused.startswith("这道题无法收录")
    assert sheet.text.startswith("新的<b>一篇\n每日一学\n\n正文第一行\n第二行\n\nhttps://example.org/x")
    assert "标签：安全、学习" in sheet.text
    assert "附题目 · 附图片或文件" in sheet.text
    assert preview.file is not None
    assert again == sheet.text
    sent = (await cards(head, group))[-1]
    assert sent.text.startswith("新的<b>一篇")
    assert sent.file is not None
    assert sent.labels == ["已读", "答题"]


async def test_adding_refuses_in_one_sentence_and_goes_on(hall_with: HallMaker) -> None:
    """A title alone, a title too long, a series that has it already: nothing is lost; everything but the text can be skipped."""
    hall = await hall_with(checkin=QUIET)
    head = await hall.enrol("Head", role=Role.ORGANISER)
    await library(hall, THREE[:1])
    answers = []

    await head.says("/material add")
    for text in ("只有标题", "长" * 101 + "\n正文"):
        await head.says(text)
        await hall.advance(2)
        answers.append(await head.reads())
    await head.says("第一篇\n另一段正文")
    await head.says("每日一学")
    await hall.advance(5)
    answers.append(await head.reads())
    stale = await head.presses(None, data="matadd:skip:question")
    await hall.stop_bot()
    await hall.start_bot()
    for _ in range(3):
        await head.presses("跳过")
        await hall.advance(2)

    assert answers == [
        "只有标题，没有内容。请连同正文（或图片、文件、链接）重新发送。",
        "标题过长：共 101 字，最多 100 字。",
        "该系列中已有《第一篇》，请选择其他系列。",
    ]
    assert stale == "这个按钮已失效。"
    assert "第 2 篇，共 2 篇" in await head.reads()


async def test_group_has_a_plan_of_its_own(hall_with: HallMaker) -> None:
    """Hour, days and series are changed by buttons, and what was planned before does nothing."""
    hall = await hall_with(checkin=QUIET)
    head = await hall.enrol("Head", role=Role.ORGANISER)
    group = await hall.unit_group("一支部", UNIT, head)
    await library(hall)

    await head.says("/material plan")
    await head.presses("一支部")
    before = await head.reads()
    for button in ("+1 小时", "+10 分钟", "专题", "周一", "周三"):
        await head.presses(button)
        await hall.advance(2)
    after = await head.reads()
    await hall.until(datetime(2026, 11, 23, 9, 9))
    early = await titles(head, group)
    await hall.until(datetime(2026, 11, 25, 20, 0))

    assert before == "每日学习材料 · 一支部\n推送时间：工作日 08:00\n推送系列：全部\n还有 3 篇未推送。"
    assert after == "每日学习材料 · 一支部\n推送时间：周一、周三 09:10\n推送系列：专题\n还有 1 篇未推送。"
    assert early == []
    assert await titles(head, group) == ["第三篇"]


async def test_switching_off_and_on_in_the_group(hall_with: HallMaker) -> None:
    """Off, nothing comes; on again before the hour, it does; another's group cannot be named in a group's button."""
    hall = await hall_with(checkin=QUIET)
    head = await hall.enrol("Head", role=Role.ORGANISER)
    group = await hall.unit_group("一支部", UNIT, head)
    other = await hall.unit_group("另一群", UNIT, head)
    await library(hall)

    await head.says("/material 计划", group)
    await head.presses("关闭推送", group)
    forged = await head.presses(None, group, data=f"matplan:{other.id}:off")
    await hall.until(datetime(2026, 11, 24, 7, 0))
    off = await titles(head, group)
    await head.presses("开启推送", group)
    await hall.until(datetime(2026, 11, 24, 8, 0))

    assert forged == FORGED
    assert off == []
    assert await titles(head, group) == ["第一篇"]
    assert await titles(head, other) == ["第一篇", "第二篇"]


async def test_only_the_unread_are_reminded_once_a_day(hall_with: HallMaker) -> None:
    """The report names both; a reminder brings the material to those who have not read it, not to who is on leave."""
    hall = await hall_with(checkin=QUIET)
    head = await hall.enrol("Head", role=Role.ORGANISER)
    anna, bob, away = await hall.enrol("Anna"), await hall.enrol("Bob"), await hall.enrol("Away")
    group = await hall.unit_group("一支部", UNIT, head, anna, bob, away)
    await library(hall)
    await head.says("/material read")
    before = await head.reads()
    await away.says("/leave 今天 看病")
    await head.presses("批准")
    await hall.until(EIGHT)
    await anna.presses("已读", group)
    await head.presses("已读", group)

    await head.says("/material read")
    report = await head.last()
    toasts = [await head.presses("提醒未读"), await head.presses("提醒未读")]
    await bob.presses("已读")

    assert before == "今天还没有推送学习材料。"
    assert "已读 2 人：Anna、Head\n未读 1 人：Bob" in report.text
    assert "Away" in report.text.split("未读")[1]
    assert toasts[0] == "已提醒 1 人。"
    assert str(toasts[1]).startswith("没有需要提醒的人")
    assert (await bob.reads()).endswith("✓ 您已读过这篇材料。")
    assert await cards(away) == []
    assert await cards(anna) == []


async def test_many_groups_are_an_overview_first(hall_with: HallMaker) -> None:
    """Above three groups there is a line and a button each; the button shows the names."""
    hall = await hall_with(checkin=QUIET)
    head = await hall.enrol("Head", "示范区", role=Role.ORGANISER)
    for number in range(4):
        member = await hall.enrol(f"成员{number}", f"示范区/支部{number}")
        await hall.unit_group(f"支部{number}", f"示范区/支部{number}", member)
    await library(hall)
    await hall.until(EIGHT)

    await head.says("/material read")
    overview = await head.last()
    await head.presses("支部2")
    await hall.advance(5)

    assert overview.text.split("\n")[1:] == [f"支部{number}：0/1 · 第一篇" for number in range(4)]
    assert "未读 1 人：成员2" in await head.reads()


async def test_report_of_yesterday_reminds_nobody(hall_with: HallMaker) -> None:
    """The button of an old report is no longer in use."""
    hall = await hall_with(checkin=QUIET)
    head = await hall.enrol("Head", role=Role.ORGANISER)
    await hall.enrol("Anna")
    await hall.unit_group("一支部", UNIT, head)
    await library(hall)
    await hall.until(EIGHT)
    await head.says("/material read")

    await hall.until(datetime(2026, 11, 24, 7, 0))

    assert await head.presses("提醒未读") == "这个按钮已失效。"


async def said_in(hall: Hall, actor: Actor, text: str) -> str:
    """What is answered in private."""
    await actor.says(text)
    await hall.settle()
    return await actor.reads()


async def test_unbound_group_says_how_to_bind(hall_with: HallMaker) -> None:
    """/today in a group that belongs to no unit is answered by what to do."""
    hall = await hall_with(checkin=QUIET)
    anna = await hall.enrol("Anna")
    group = await hall.group("散群", anna)

    await anna.says("/today", group)

    assert await anna.reads(group) == "本群还没有绑定单位，请组织者发送：/bind 单位名称"
    assert "名册" in await said_in(hall, await hall.person("Stranger"), "/today")
