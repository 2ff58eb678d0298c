"""Leave: asked for in advance, approved or declined, listed, called off; what it does to the register."""

from datetime import datetime

from storage.people import Role
from tests.dialogues.test_checkins import UNIT, card, register
from tests.hall import Hall

TUESDAY_NIGHT = datetime(2026, 11, 24, 20, 30)


async def test_approved_leave_takes_away_absent_and_keeps_the_streak(hall: Hall) -> None:
    """Asked on Monday for Tuesday, approved by button: on leave on the card, no absence, the streak goes on."""
    anna, boss = await hall.enrol("Anna"), await hall.enrol("Boss", role=Role.ORGANISER)
    group = await hall.unit_group("一支部", UNIT, anna, boss)
    await hall.until(datetime(2026, 11, 23, 8, 0))
    await anna.says("签到")
    await anna.says("/leave 11月24日 去医院 <b>复查</b>")
    kept, asked = await anna.reads(), await boss.last()

    toast = await boss.presses("批准")
    await hall.until(TUESDAY_NIGHT)
    await hall.until(datetime(2026, 11, 25, 8, 0))
    await anna.says("签到")

    assert kept == "您的请假申请（11月24日 星期二）已提交，审批结果会通知您。"
    assert asked.text == "Anna（第一支部）申请请假\n日期：11月24日 星期二\n事由：去医院 <b>复查</b>"
    assert asked.labels == ["批准", "不批准"]
    assert toast == "Anna 的请假已批准。"
    decided = next(m for m in await boss.messages() if m.id == asked.id)
    assert decided.labels == []
    assert decided.text.endswith("Boss 已批准。")
    assert "您的请假（11月24日 星期二）： Boss 已批准。" in [m.text for m in await anna.messages()]
    tuesday = next(m for m in await anna.messages(group) if "11月24日" in m.text)
    assert "请假 1 人：Anna" in tuesday.text
    assert (await register(hall))[("2026-11-24", "Anna")] == "leave"
    assert (await anna.reads()).endswith("连续签到 2 天。")


async def test_declined_with_a_reason_by_conversation(hall: Hall) -> None:
    """不批准 asks why; the next message is the reason, the asker hears it, and the day counts as any other."""
    anna, boss = await hall.enrol("Anna"), await hall.enrol("Boss", role=Role.ORGANISER)
    await hall.unit_group("一支部", UNIT, anna, boss)
    await anna.says("/leave tomorrow trip")

    await boss.presses("不批准")
    asked = await boss.reads()
    await hall.stop_bot()
    await hall.start_bot()
    await boss.says("当天有考核")
    confirmed = await boss.reads()
    await hall.until(TUESDAY_NIGHT)

    assert asked == "请发送不批准 Anna 请假（11月24日 星期二）的原因。"
    assert confirmed == "已通知 Anna。 Boss 未批准：当天有考核"
    assert "您的请假（11月24日 星期二）： Boss 未批准：当天有考核" in [m.text for m in await anna.messages()]
    assert (await register(hall))[("2026-11-24", "Anna")] == "absent"


async def test_declined_without_a_reason(hall: Hall) -> None:
    """The way out of the conversation: one more button."""
    anna, boss = await hall.enrol("Anna"), await hall.enrol("Boss", role=Role.ORGANISER)
    await anna.says("/leave 明天 出游")
    await boss.presses("不批准")

    toast = await boss.presses("不说明原因")
    await boss.says("随便说一句")

    assert toast == "Anna 的请假未批准。"
    assert await anna.reads() == "您的请假（11月24日 星期二）： Boss 未批准。"


async def test_only_those_who_run_the_unit_decide_and_only_once(hall: Hall) -> None:
    """A member, the organiser of another unit and a second organiser who is too late are refused."""
    anna = await hall.enrol("Anna")
    boss, second = await hall.enrol("Boss", role=Role.ORGANISER), await hall.enrol("Second", role=Role.ORGANISER)
    stranger = await hall.enrol("Stranger", "示范区/第二支部", role=Role.ORGANISER)
    await anna.says("/leave 明天 事假")
    for person in (stranger, anna):
        await person.says("/lang")

    refused = [await person.presses(data="leave:yes:1") for person in (stranger, anna)]
    forged = [await stranger.presses(data=data) for data in ("leave:maybe:1", "leave:yes:99", "leave:yes")]
    await boss.presses("批准")
    late = await second.presses(data="leave:yes:1") if (await second.last()).labels else None
    await second.says("/lang")
    again = await second.presses(data="leave:no:1")

    assert refused == ["您没有权限在这里执行此操作，请联系本单位的组织者。"] * 2
    assert forged == ["这个按钮无效。", "这个按钮已失效。", "这个按钮无效。"]
    assert late is None
    assert again == "这条请假已经处理过了。"


async def test_organiser_does_not_decide_on_the_own_leave(hall: Hall) -> None:
    """It goes to the next level; the own button is refused."""
    boss = await hall.enrol("Boss", role=Role.ORGANISER)
    chief = await hall.enrol("Chief", "示范区", role=Role.ORGANISER)
    await boss.says("/leave 明天 开会")

    own = await boss.presses(data="leave:yes:1")
    asked = await chief.reads()

    assert own == "不能审批自己的请假。"
    assert asked.startswith("Boss（第一支部）申请请假")


async def test_without_organisers_the_admin_decides(hall: Hall) -> None:
    """The config's admin is asked if no unit upwards has an organiser."""
    admin, anna = await hall.admin(), await hall.enrol("Anna")

    await admin.says("/lang")
    await anna.says("/leave 11-25 - 11-27 出差")
    await admin.presses("批准")

    assert await anna.reads() == "您的请假（11月25日 星期三 至 11月27日 星期五）： 管理员 已批准。"


async def test_request_that_nobody_can_decide_says_so(hall: Hall) -> None:
    """Without organisers and with an admin who never talked to the bot the request is kept, and the asker knows."""
    anna = await hall.enrol("Anna")

    await anna.says("/leave 明天 看病")

    assert await anna.reads() == "您的请假申请（11月24日 星期二）已保存，但目前没有可以审批的组织者。"


async def test_what_cannot_be_asked_for_is_refused_in_one_sentence(hall: Hall) -> None:
    """A past day, no day, no reason, too long, too many days, asked before, not on the roster: nothing is kept."""
    anna, guest = await hall.enrol("Anna"), await hall.person("Guest")
    said = []
    for words in ("11-20 补假", "看病", "明天", f"明天 {'长' * 501}", "2026-12-01 - 2027-08-01 学习"):
        await anna.says(f"/leave {words}")
        await hall.advance(3)
        said.append(await anna.reads())

    await guest.says("/leave 明天 看病")
    await anna.says("/leave 11-25至11-26 出差")
    await anna.says("/leave 11-26 出差")
    await hall.advance(3)

    assert said == [
        "请假须提前提出，该日期已过。如需补办，请联系组织者更正。",
        "没有看懂日期。请写成：11月25日、11-25、2026-11-25，或今天、明天、后天。",
        "请写明日期和事由，例如：/leave 11月25日 看病，或 /leave 11月25日 至 11月27日 出差",
        "内容太长：最多 500 字，现有 501 字。",
        "请假时间太长，一次最多 184 天。",
    ]
    assert await guest.reads() == "您还不在名册中。请私聊我发送 /start 申请加入。"
    assert await anna.reads() == "您已申请过 2026-11-25 至 2026-11-26 的请假，发送 /leave 可查看。"


async def test_own_leave_is_listed_and_called_off_before_it_begins(hall: Hall) -> None:
    """The approver hears of it; on the day itself it is too late."""
    anna, boss = await hall.enrol("Anna"), await hall.enrol("Boss", role=Role.ORGANISER)
    group = await hall.unit_group("一支部", UNIT, anna, boss)
    await anna.says("/leave 明天 看病")
    await boss.presses("批准")
    await anna.says("/leave 11-26 出差")
    await boss.presses("批准")
    await anna.says("/leave", group)
    in_group = await anna.reads(group)

    await hall.advance(5)
    await anna.says("/leave")
    listed = await anna.last()
    toast = await anna.presses("撤销 11月26日")
    told = await boss.reads()
    await hall.until(datetime(2026, 11, 24, 8, 0))
    begun = await anna.presses("撤销 11月24日")

    assert in_group.startswith("这项操作请私聊我进行")
    assert "11月24日 星期二 · 已批准 · 看病\n11月26日 星期四 · 已批准 · 出差" in listed.text
    assert listed.labels == ["撤销 11月24日 星期二", "撤销 11月26日 星期四"]
    assert toast == "Anna 的请假已撤销。"
    assert told == "Anna 撤销了已批准的请假（11月26日 星期四）。"
    assert begun == "请假已经开始，不能再撤销，请联系组织者。"


async def test_leave_approved_after_the_close_corrects_the_register(hall: Hall) -> None:
    """Asked in time, decided late: the absence becomes leave, on the card too."""
    anna, boss = await hall.enrol("Anna"), await hall.enrol("Boss", role=Role.ORGANISER)
    group = await hall.unit_group("一支部", UNIT, anna, boss)
    await anna.says("/leave 今天 急诊")
    await hall.until(datetime(2026, 11, 23, 20, 30))
    before = await register(hall)

    await boss.presses("批准")

    assert before[("2026-11-23", "Anna")] == "absent"
    assert (await register(hall))[("2026-11-23", "Anna")] == "leave"
    assert "请假 1 人：Anna\n未签到 1 人：Boss" in (await card(anna, group)).text


async def test_whoever_comes_in_spite_of_leave_is_there(hall: Hall) -> None:
    """A check-in stands above leave."""
    anna, boss = await hall.enrol("Anna"), await hall.enrol("Boss", role=Role.ORGANISER)
    await hall.unit_group("一支部", UNIT, anna, boss)
    await anna.says("/leave 今天 看病")
    await boss.presses("批准")
    await hall.until(datetime(2026, 11, 23, 8, 0))
    before = await register(hall)

    await anna.says("签到")

    assert before == {("2026-11-23", "Anna"): "leave"}
    assert await register(hall) == {("2026-11-23", "Anna"): "on_time"}


async def test_leave_in_english(hall: Hall) -> None:
    """Each reads the request in their own language."""
    anna, boss = await hall.enrol("Anna"), await hall.enrol("Boss", role=Role.ORGANISER)
    for person in (anna, boss):
        await person.says("/lang en")

    await anna.says("/leave 25 Nov to 27 Nov business trip")
    kept = await anna.last()
    asked = await boss.last()
    await boss.presses("Approve")

    assert kept.text.startswith("Your request for leave (Wednesday, 25 November to Friday, 27 November)")
    assert kept.labels == ["Call off"]
    assert asked.text.startswith("Anna (第一支部) asks for leave.")
    assert (await anna.reads()).endswith("Approved by Boss.")
