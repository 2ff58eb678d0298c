"""Assignments from the composing to the acceptance: preview, sending, counts, hand-ins, the deadline."""

from datetime import datetime, timedelta
from pathlib import Path

import bot
from storage import Tx
from storage.people import Role
from tests.dialogues.unhurried import Unhurried, until
from tests.hall import SHANGHAI, Hall, HallMaker

PHOTO = (Path(bot.__file__).parent / "demo_data" / "desk.png").read_bytes()
UNIT = "示范区/第一支部"
OTHER = "示范区/第二支部"


async def staff(hall: Hall) -> tuple[Unhurried, Unhurried, Unhurried]:
    """An organiser of the first branch with two members."""
    organiser = Unhurried(hall, await hall.enrol("周组", UNIT, role=Role.ORGANISER))
    anna = Unhurried(hall, await hall.enrol("安娜", UNIT))
    bert = Unhurried(hall, await hall.enrol("伯特", UNIT))
    return organiser, anna, bert


async def assigned(
    hall: Hall, line: str = "11-24 18:00 查隐患：请查办公室<b>&。"
) -> tuple[Unhurried, Unhurried, Unhurried]:
    """An assignment that has been sent."""
    organiser, anna, bert = await staff(hall)
    await organiser.says(f"/assign {line}")
    await organiser.presses("发送")
    await hall.advance(seconds=5)
    return organiser, anna, bert


async def test_assignment_is_composed_step_by_step_and_sent_after_a_preview(hall: Hall) -> None:
    """Content, deadline, audience; nothing is sent before the confirmation; old buttons are void."""
    organiser, anna, bert = await staff(hall)
    group = await hall.unit_group("一支部", UNIT, organiser, anna, bert)

    await organiser.says("/assign")
    await organiser.says("身边隐患我来查\n请查<b>办公室</b>&家里。")
    await organiser.presses("周五 18:00")
    preview = await organiser.last()
    nothing = await anna.messages()
    sent = await organiser.presses("发送")
    again = await organiser.presses(data=preview.buttons[-1][0].data)
    await hall.advance(seconds=5)

    assert "将私聊发给 3 人。" in preview.text
    assert "1 个群将收到任务卡片。" in preview.text
    assert "截止时间：11月27日 18:00" in preview.text
    assert "请查<b>办公室</b>&家里。" in preview.text
    assert not nothing
    assert sent == "已发送给 3 人。"
    assert again == "这个按钮已失效。"
    sheet = await anna.last()
    assert sheet.labels == ["收到", "提交"]
    assert "请查<b>办公室</b>&家里。" in sheet.text
    assert "已收到：0/3\n已交：0/3" in await anna.reads(group)


async def test_one_line_shows_the_preview_at_once(hall: Hall) -> None:
    """Deadline, title and text on one line; another deadline is simply written."""
    organiser, *_ = await staff(hall)

    await organiser.says("/assign 11-30 18:00 查隐患：请查办公室。")
    first = await organiser.reads()
    await organiser.says("周五下午5点")

    assert "查隐患" in first
    assert "请查办公室。" in first
    assert "11月30日 18:00" in first
    assert "11月27日 17:00" in await organiser.reads()


async def test_bad_input_gets_one_sentence_and_sends_nothing(hall: Hall) -> None:
    """Unreadable, past or missing: refused; a member may not assign, nor anybody in a group."""
    organiser, anna, bert = await staff(hall)
    group = await hall.unit_group("一支部", UNIT, organiser, anna, bert)
    answers = []

    for line in ("下次 标题", "11-20 18:00 标题", "11-31 18:00 标题", "11-30 18:00", f"11-30 {'长' * 101}"):
        await organiser.says(f"/assign {line}")
        answers.append(await organiser.reads())
    await anna.says("/assign 11-30 标题")
    await organiser.says("/assign 11-30 标题", group)

    unreadable = "看不懂这个截止时间。请这样写：11-30 18:00、周五 17:00 或 3天。"
    assert answers == [
        unreadable,
        "这个截止时间已经过去，请换一个更晚的时间。",
        unreadable,
        "任务需要标题：请写在第一行，或写在文件的说明里。",
        "内容太长：最多 100 字，现有 101 字。",
    ]
    assert await anna.reads() == "您没有权限在这里执行此操作，请联系本单位的组织者。"
    assert "请私聊我进行" in await organiser.reads(group)


async def test_units_are_chosen_on_the_preview(hall: Hall) -> None:
    """An admin narrows the audience to one unit; only its people and group get it."""
    admin = Unhurried(hall, await hall.admin())
    _, anna, _ = await staff(hall)
    carl = Unhurried(hall, await hall.enrol("卡尔", OTHER))
    await admin.says("/assign 3天 查隐患")

    await admin.presses("第二支部")
    narrowed = await admin.reads()
    forged = await admin.presses(data="assign_unit:1:1")
    await admin.presses("发送")
    await hall.advance(seconds=5)

    assert "将私聊发给 1 人。" in narrowed
    assert forged == "这个按钮已失效。"
    assert "查隐患" in await carl.reads()
    assert not await anna.messages()


async def test_organiser_cannot_reach_another_unit(hall: Hall) -> None:
    """Forged data with a unit that one does not run is refused and changes nothing."""
    organiser, *_ = await staff(hall)
    carl = Unhurried(hall, await hall.enrol("卡尔", OTHER))
    await organiser.says("/assign 3天 查隐患")
    preview = await organiser.last()
    key = (preview.buttons[-1][0].data or "").split(":")[1]

    def unit_of(tx: Tx) -> int:
        person = tx.people.by_user(carl.id)
        assert person is not None
        return person.unit_id

    toast = await organiser.presses(data=f"assign_unit:{key}:{await hall.read(unit_of)}")
    await organiser.presses("发送")
    await hall.advance(seconds=5)

    assert toast == "您没有权限在这里执行此操作，请联系本单位的组织者。"
    assert not await carl.messages()


async def test_received_is_counted_once_and_the_card_is_edited(hall: Hall) -> None:
    """Pressing twice counts once; the group's card shows the count without a new message."""
    organiser, anna, bert = await staff(hall)
    group = await hall.unit_group("一支部", UNIT, organiser, anna, bert)
    await organiser.says("/assign 11-24 18:00 查隐患")
    await organiser.presses("发送")
    await hall.advance(seconds=5)
    before = len(await anna.messages(group))

    sheet = await anna.last()
    first = await anna.presses("收到")
    second = await anna.presses(data="task_got:1")
    await hall.advance(seconds=5)

    assert first == "好的，已确认收到。"
    assert second == "您已经确认过了。"
    assert next(m for m in await anna.messages() if m.id == sheet.id).labels == ["提交"]
    assert len(await anna.messages(group)) == before
    assert "已收到：1/3" in await anna.reads(group)


async def test_file_is_handed_in_read_returned_and_accepted(hall: Hall) -> None:
    """The whole way of a submission, with its record at the end."""
    organiser, anna, _ = await assigned(hall)

    await anna.presses("提交")
    await anna.sends(b"%PDF-1.4", "隐患.pdf", caption="见附件")
    await anna.presses("提交")
    await organiser.says("/reviews")
    await organiser.presses("#1")
    sheet = await organiser.last()
    await organiser.presses("照片和文件（1）")
    file = await organiser.last()
    await organiser.presses("退回", message=sheet)
    await organiser.says("请补整改日期")
    await anna.presses("提交")
    await anna.says("整改日期：11月25日")
    await anna.presses("提交")
    await organiser.says("/reviews")
    await organiser.presses("#1")
    await organiser.presses("通过")
    assert hall.app is not None
    records = await hall.app.house.tasks.records.export("assignment")

    assert "见附件" in sheet.text
    assert sheet.labels[:2] == ["通过", "退回"]
    assert file.file is not None
    assert file.file.name == "隐患.pdf"
    done = next(record for record in records if record["name"] == "安娜")
    assert done["state"] == "accepted"
    assert done["text"] == "见附件\n整改日期：11月25日"
    assert done["files"] == ["隐患.pdf"]
    assert done["task"] == "查隐患"
    assert [record["state"] for record in records].count("draft") == 2


async def test_newer_version_while_it_is_being_read(hall: Hall) -> None:
    """Nobody accepts what they have not seen."""
    organiser, anna, _ = await assigned(hall)
    await anna.presses("提交")
    await anna.says("第一稿")
    await anna.presses("提交")
    await organiser.says("/reviews")
    await organiser.presses("#1")

    await anna.presses("修改")
    await anna.says("第二稿")
    await anna.presses("提交")
    toast = await organiser.presses("通过")

    assert toast == "作者已提交新版本，请重新打开查看。"


async def test_close_takes_no_first_hand_in_any_more(hall: Hall) -> None:
    """After the close a draft is kept but not taken; the group's card says so."""
    organiser, anna, bert = await staff(hall)
    group = await hall.unit_group("一支部", UNIT, organiser, anna, bert)
    await organiser.says("/assign 11-24 18:00 查隐患")
    await organiser.presses("发送")
    await hall.advance(seconds=5)
    await anna.presses("提交")
    await anna.says("写了一点")

    await organiser.presses("查看情况")
    await organiser.presses("关闭任务")
    refused = await anna.presses("提交")
    await hall.advance(seconds=5)

    assert "（已关闭）" in await organiser.reads()
    assert refused == "任务已关闭，不再接收提交。"
    assert "（已关闭）" in await anna.reads(group)


async def test_whoever_joins_or_leaves_after_the_sending(hall: Hall) -> None:
    """A later joiner is not asked; who left is missing no more, and cannot hand in."""
    organiser, _, bert = await assigned(hall)
    newcomer = Unhurried(hall, await hall.enrol("新人", UNIT))

    def leave(tx: Tx) -> None:
        person = tx.people.by_user(bert.id)
        assert person is not None
        tx.people.leave(person.id, now=hall.clock.now())

    await hall.write(leave)
    await newcomer.says("/tasks")
    refused = await bert.presses("提交")
    await organiser.says("/assignments")
    await organiser.presses("#1")

    assert await newcomer.reads() == "您目前没有任务。"
    assert refused == "您还不在名册中。请私聊我发送 /start 申请加入。"
    assert "已交：0/2" in await organiser.reads()
    assert "伯特" not in await organiser.reads()


async def test_deadline_with_automatic_reminder_in_the_programmes_zone(hall_with: HallMaker) -> None:
    """Friday's reminder for a Monday deadline comes on Friday at 9:00; the summary at the deadline names who is missing."""
    friday = datetime(2026, 11, 26, 17, 0, tzinfo=SHANGHAI)
    hall = await hall_with(start=friday)
    organiser, anna, bert = await staff(hall)
    await organiser.says("/assign 11-30 12:00 查隐患")
    await organiser.presses("发送")
    await hall.advance(seconds=5)
    await bert.presses("提交")
    await bert.says("查完了")
    await bert.presses("提交")

    await until(hall, datetime(2026, 11, 27, 9, 0))
    reminded = await anna.reads()
    await until(hall, datetime(2026, 11, 30, 12, 0))
    told = await anna.reads()

    assert reminded == "⏰ 您还有 1 件事没有完成：\n• 任务：查隐患（11月30日 12:00 截止）"
    assert not any("没有完成" in message.text for message in await bert.messages())
    assert "《查隐患》已于 11月30日 12:00 截止" in told
    summary = next(m.text for m in await organiser.messages() if "已到截止时间" in m.text)
    assert "已交：1/3" in summary
    assert "未交：周组、安娜" in summary or "未交：安娜、周组" in summary


async def test_blocked_member_does_not_stop_the_others(hall: Hall) -> None:
    """Whoever blocked the bot is simply not reached; the organiser sees how many."""
    organiser, anna, bert = await staff(hall)
    await anna.person.blocks()
    await hall.settle()

    await organiser.says("/assign 3天 查隐患")
    preview = await organiser.reads()
    await organiser.presses("发送")
    await hall.advance(seconds=5)

    assert "1 人可能收不到。" in preview
    assert "查隐患" in await bert.reads()


async def test_no_call_runs_into_the_limits(hall: Hall) -> None:
    """Twenty members press at once: the card is edited within Telegram's limits."""
    organiser = await hall.enrol("周组", UNIT, role=Role.ORGANISER)
    members = [await hall.enrol(f"成员{n}", UNIT) for n in range(20)]
    group = await hall.unit_group("一支部", UNIT, organiser, *members)
    await organiser.says("/assign 11-24 18:00 查隐患")
    await hall.advance(seconds=3)
    await organiser.presses("发送")
    await hall.advance(seconds=10)

    for member in members:
        await member.presses("收到")
    await hall.advance(seconds=timedelta(minutes=2).total_seconds())

    assert "已收到：20/21" in await organiser.reads(group)
    assert not [call for call in await hall.town.calls() if call.status == 429]


async def test_assigning_in_english(hall: Hall) -> None:
    """The fixed labels in English."""
    organiser, anna, _ = await staff(hall)
    await organiser.says("/lang en")
    await anna.says("/lang en")

    await organiser.says("/assign Fri 17:00 Safety: check your office")
    preview = await organiser.last()
    toast = await organiser.presses("Send")
    await hall.advance(seconds=5)

    assert "It goes to 3 people in private." in preview.text
    assert preview.labels == ["Members", "Organisers", "Judges", "Observers", "Admins", "Send", "Cancel"]
    assert toast == "Sent to 3 people."
    assert (await anna.last()).labels == ["Received", "Hand in"]


async def test_assignment_with_a_photo_brings_the_photo_first(hall: Hall) -> None:
    """A photo with a caption is content; members get the photo, then the card with the buttons."""
    organiser, anna, _ = await staff(hall)
    await organiser.says("/assign")
    await organiser.sends(PHOTO, "desk.png", kind="photo", caption="整理桌面\n照着做")
    await organiser.says("明天")
    preview = await organiser.reads()

    await organiser.presses("发送")
    await hall.advance(seconds=5)

    assert "附一张照片或一个文件。" in preview
    *_, photo, sheet = await anna.messages()
    assert photo.file is not None
    assert photo.file.kind == "photo"
    assert sheet.labels == ["收到", "提交"]


async def test_photo_without_words_is_no_assignment(hall: Hall) -> None:
    """It has no title; the question stays open and a second try is taken."""
    organiser, *_ = await staff(hall)
    await organiser.says("/assign")

    await organiser.sends(PHOTO, "desk.png", kind="photo")
    refused = await organiser.reads()
    await organiser.says("整理桌面")

    assert refused == "任务需要标题：请写在第一行，或写在文件的说明里。"
    assert "《整理桌面》什么时候截止？" in await organiser.reads()


async def test_photos_of_an_album_share_one_card(hall: Hall) -> None:
    """Three photos sent at once are one draft under one card."""
    _, anna, _ = await assigned(hall)
    await anna.presses("提交")
    first = await anna.sends(PHOTO, "1.png", kind="photo")
    sent = await anna.person.town.ask("GET", f"/chats/{anna.id}/messages", params={"as": anna.id, "limit": 1000})
    raw = next(message for message in sent if message["message_id"] == first.id)
    await anna.presses("重写")

    for n in range(3):
        await hall.town.put_update(
            {
                "message": {
                    "message_id": 9000 + n,
                    "date": raw["date"],
                    "chat": {"id": anna.id, "type": "private", "first_name": "安娜"},
                    "from": {"id": anna.id, "is_bot": False, "first_name": "安娜"},
                    "photo": raw["photo"],
                    "media_group_id": "139",
                }
            }
        )
    await hall.settle()
    await hall.advance(seconds=10)

    cards = [message for message in await anna.messages() if "照片和文件：" in message.text]
    assert ["照片和文件：3" in card.text for card in cards] == [True]


async def test_voice_message_is_not_taken(hall: Hall) -> None:
    """What no reviewer could read gets one sentence."""
    _, anna, _ = await assigned(hall)
    await anna.presses("提交")

    await anna.sends(b"OggS", "v.ogg", kind="voice")

    assert await anna.reads() == "请发送文字、照片或文件，其他类型无法收取。"


async def test_given_without_a_dialogue(hall: Hall) -> None:
    """What an import gives reaches the members as what an organiser writes does."""
    admin = await hall.admin()
    _, anna, _ = await staff(hall)
    assert hall.app is not None
    tasks, now = hall.app.house.tasks, hall.clock.now()
    due_at = now + timedelta(days=3)

    task = await tasks.assigning.give(admin.id, "查隐患", "请查", due_at, me=hall.app.house.me, now=now)
    asked = [
        await tasks.clock.ask_for_reflection(
            "demo", "本周心得", "请写", least=10, due_at=due_at, me=hall.app.house.me, now=now
        )
        for _ in range(2)
    ]
    await hall.settle()
    await hall.advance(seconds=5)

    assert task == 1
    assert asked == [2, None]
    assert [text for text in ("查隐患", "本周心得") if any(text in m.text for m in await anna.messages())] == [
        "查隐患",
        "本周心得",
    ]


async def test_overview_of_many_people_fits_into_one_message(hall: Hall) -> None:
    """Three hundred names are cut with a count of the rest."""
    organiser = Unhurried(hall, await hall.enrol("周组", "示范区", role=Role.ORGANISER))

    def crowd(tx: Tx) -> None:
        for n in range(300):
            unit = tx.people.add_unit(f"示范区/第{n % 12}支部")
            entry = tx.people.add(
                code=f"X{n}",
                name=f"很长很长的名字<b>&{n:03}",
                unit_id=unit,
                level="",
                title="",
                role=Role.MEMBER,
                now=hall.clock.now(),
            )
            tx.people.join(entry, 5_000_000 + n, now=hall.clock.now())

    await hall.write(crowd)
    await organiser.says("/assign 3天 查隐患")
    await organiser.presses("发送")
    await hall.advance(seconds=5)

    await organiser.says("/assignments")
    await organiser.presses("#1")

    text = await organiser.reads()
    assert "已交：0/301" in text
    assert "……还有 " in text
    assert len(text) <= 4096


async def test_group_that_became_a_supergroup_gets_its_card_anew(hall: Hall) -> None:
    """The old card cannot be edited; the next change shows one new card, and what follows edits that one."""
    organiser, anna, bert = await staff(hall)
    small = await hall.unit_group("一支部", UNIT, organiser, anna, bert, kind="group")
    other = await hall.group("闲谈", anna, kind="group")
    await organiser.says("/assign 11-24 18:00 查隐患")
    await organiser.presses("发送")
    await hall.advance(seconds=5)

    large = await small.upgrade()
    await hall.settle()
    before = [message for message in await anna.messages(large) if "查隐患" in message.text]
    await anna.presses("收到")
    await hall.advance(seconds=5)
    await bert.presses("收到")
    await hall.advance(seconds=5)

    cards = [message for message in await anna.messages(large) if "查隐患" in message.text]
    assert before == []
    assert len(cards) == 1
    assert "已收到：2/3" in cards[0].text
    assert not any("查隐患" in message.text for message in await anna.messages(other))


async def test_levels_and_roles_narrow_an_assignment(hall: Hall) -> None:
    """What is ticked on the preview decides who is asked; a level that nobody has cannot be forged."""
    organiser = Unhurried(hall, await hall.enrol("周组", UNIT, role=Role.ORGANISER))
    anna = Unhurried(hall, await hall.enrol("安娜", UNIT, level="科级"))
    bert = Unhurried(hall, await hall.enrol("伯特", UNIT, level="处级"))
    judge = Unhurried(hall, await hall.enrol("评委甲", UNIT, level="科级", role=Role.JUDGE))
    await organiser.says("/assign 11-24 18:00 查隐患")
    key = (await organiser.last()).buttons[-1][0].data.split(":")[1]  # type: ignore[union-attr]

    await organiser.presses("科级")
    by_level = await organiser.last()
    await organiser.presses("成员")
    by_both = await organiser.reads()
    forged = await organiser.presses(data=f"assign_level:{key}:7")
    sent = await organiser.presses("发送")
    await hall.advance(seconds=5)

    assert "✓ 科级" in by_level.labels
    assert "将私聊发给 2 人。" in by_level.text
    assert "将私聊发给 1 人。" in by_both
    assert forged == "这个按钮无效。"
    assert sent == "已发送给 1 人。"
    assert "查隐患" in await anna.reads()
    assert not await bert.messages()
    assert not await judge.messages()
