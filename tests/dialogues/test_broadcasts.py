"""Broadcasts: composing, the look before it goes, sending to many, acknowledgements."""

from collections import Counter

import pytest

from storage import Tx
from storage.people import Role
from study.broadcast_rules import room_for_text
from tests.dialogues.unhurried import Unhurried
from tests.hall import Actor, Hall

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63f8ffff3f0005fe02fe"
    "a72d3a050000000049454e44ae426082"
)


async def branch(hall: Hall) -> tuple[Actor, Actor, Actor]:
    """An organiser of a branch with two members."""
    boss = await hall.enrol("王书记", role=Role.ORGANISER)
    return boss, await hall.enrol("安娜", level="科级"), await hall.enrol("鲍勃")


async def inbox(actor: Actor) -> list[str]:
    """Everything that the bot wrote to somebody in private."""
    return [message.text for message in await actor.messages() if message.sender != actor.id]


async def test_a_text_is_shown_first_and_sent_by_its_button(hall: Hall) -> None:
    """The preview shows the copy as it will be and the number of recipients; each gets it once, the sender none."""
    boss, anna, bob = await branch(hall)

    await boss.says("/broadcast 周五下午三点集中学习")
    sample, card = (await boss.messages())[-2:]
    assert sample.text == "📢 第一支部 · 王书记\n\n周五下午三点集中学习"
    assert "私聊：共 2 人" in card.text
    assert "可送达 2 人" in card.text
    assert await inbox(anna) == []

    toast = await boss.presses("发送")
    await hall.advance(5)

    assert toast == "已开始发送。"
    assert await inbox(anna) == await inbox(bob) == [sample.text]
    result = await boss.last()
    assert result.id == card.id
    assert "发送完毕" in result.text
    assert "已送达：2/2 人" in result.text


async def crowd(hall: Hall, count: int) -> list[int]:
    """So many members of the branch who have all started the bot; returns their Telegram ids."""
    ids = [7_000_000 + number for number in range(count)]
    people = [await hall.person(f"成员{user_id}", id=user_id) for user_id in ids]

    def work(tx: Tx) -> None:
        unit_id = tx.people.add_unit("示范区/第一支部")
        for person in people:
            entry = tx.people.add(
                code=f"M{person.id}",
                name=person.name,
                unit_id=unit_id,
                level="",
                title="",
                role=Role.MEMBER,
                now=hall.clock.now(),
            )
            tx.people.join(entry, person.id, now=hall.clock.now())
            tx.places.see_user(person.id, person.name, None, private=True, now=hall.clock.now())

    await hall.write(work)
    return ids


async def sends_to(hall: Hall, ids: list[int]) -> Counter[int]:
    """How many messages the bot sent to each of these chats; fails if any call ended in 429."""
    calls = await hall.town.calls()
    assert [call for call in calls if call.status == 429] == []
    wanted = set(ids)
    return Counter(
        int(call.params["chat_id"])
        for call in calls
        if call.method.startswith("send") and int(call.params["chat_id"]) in wanted
    )


async def test_three_hundred_recipients_get_it_once_each_within_the_limits(hall: Hall) -> None:
    """More than a page and more than Telegram lets through in ten seconds; the card follows by being edited."""
    boss = await hall.enrol("王书记", role=Role.ORGANISER)
    ids = await crowd(hall, 300)
    await boss.says("/broadcast 通知")
    await boss.presses("发送")
    seen = []

    for _ in range(8):
        await hall.advance(3)
        seen.append(await boss.reads())

    assert any("正在发送" in text and "▓" in text for text in seen)
    assert "已送达：300/300 人" in seen[-1]
    assert await sends_to(hall, ids) == Counter(ids)
    edits = [call for call in await hall.town.calls(method="editMessageText") if int(call.params["chat_id"]) == boss.id]
    assert len(edits) <= 8


async def test_a_restart_in_the_middle_repeats_nobody_and_skips_nobody(hall: Hall) -> None:
    """The second page is not even in the outbox when the bot stops."""
    boss = await hall.enrol("王书记", role=Role.ORGANISER)
    ids = await crowd(hall, 300)
    await boss.says("/broadcast 通知")
    await boss.presses("发送")

    await hall.stop_bot()
    hall.clock.skip(60)
    await hall.start_bot()
    await hall.advance(4)
    halfway = sum((await sends_to(hall, ids)).values())
    await hall.stop_bot()
    await hall.start_bot()
    await hall.advance(60)

    assert 0 < halfway < 300
    assert await sends_to(hall, ids) == Counter(ids)
    assert "已送达：300/300 人" in await boss.reads()


async def test_stopping_calls_off_what_has_not_gone_out(hall: Hall) -> None:
    """What was sent stays sent; the rest, in the outbox or not, never goes; the numbers add up."""
    boss = await hall.enrol("王书记", role=Role.ORGANISER)
    ids = await crowd(hall, 300)
    await boss.says("/broadcast 通知")
    await boss.presses("发送")
    await hall.advance(3)

    toast = await boss.presses("停止")
    await hall.advance(60)

    sent = await sends_to(hall, ids)
    assert toast == "已停止，尚未发出的不再发送。"
    assert 0 < len(sent) < 300
    assert set(sent.values()) == {1}
    text = await boss.reads()
    assert "已停止发送" in text
    assert f"已送达：{len(sent)}/300 人" in text
    assert f"停止前未发：{300 - len(sent)} 人" in text
    assert await hall.read(lambda tx: tx.outbox.pending()) == 0


async def test_the_result_tells_blocked_from_never_started_and_not_joined(hall: Hall) -> None:
    """A person who blocked the bot or never started it stops nobody else; who has not joined is counted apart."""
    boss, anna, bob = await branch(hall)
    carl = await hall.enrol("卡尔", started=False)
    await hall.write(lambda tx: add_unjoined(tx, hall))
    await bob.person.blocks()
    await hall.settle()

    await boss.says("/broadcast 通知")
    preview = await boss.reads()
    await boss.presses("发送")
    await hall.advance(6)

    assert "另有 1 人尚未加入" in preview
    text = await boss.reads()
    assert "已送达：1/3 人" in text
    assert "已停用机器人：1 人" in text
    assert "无法送达（未启动机器人）：1 人" in text
    assert "尚未加入、未发送：1 人" in text
    assert len(await inbox(anna)) == 1
    await boss.presses("详情")
    details = await boss.reads()
    assert "鲍勃（第一支部）：已停用机器人" in details
    assert f"{carl.name}（第一支部）：未启动机器人" in details


def add_unjoined(tx: Tx, hall: Hall) -> None:
    """Somebody on the roster without a Telegram account."""
    unit_id = tx.people.add_unit("示范区/第一支部")
    tx.people.add(code="U1", name="未加入", unit_id=unit_id, level="", title="", role=Role.MEMBER, now=hall.clock.now())


async def test_an_answer_that_never_came_is_unknown_and_not_repeated(hall: Hall) -> None:
    """A copy that may have arrived is not sent twice."""
    boss, anna, bob = await branch(hall)
    await boss.says("/broadcast 通知")
    await hall.town.fault("lost", method="sendMessage", chat_id=anna.id, times=1)

    await boss.presses("发送")
    await hall.advance(60)

    assert "结果不明（可能已送达）：1 人" in await boss.reads()
    assert "已送达：1/2 人" in await boss.reads()
    assert len(await inbox(anna)) == len(await inbox(bob)) == 1


async def test_a_second_press_sends_nothing_more(hall: Hall) -> None:
    """Whether the button is pressed twice at once or again later."""
    boss, anna, _ = await branch(hall)
    await boss.says("/broadcast 通知")
    card = await boss.last()
    data = next(button.data for row in card.buttons for button in row if button.text == "发送")

    presses = [await boss.person.presses(message=card, data=data) for _ in range(2)]
    await hall.settle()
    await hall.advance(6)
    late = await boss.presses(message=card, data=data)

    toasts = [await boss.person.toast(press) for press in presses]
    assert toasts == ["已开始发送。", "这条通知已经发出，不会重复发送。"]
    assert late == toasts[1]
    assert len(await inbox(anna)) == 1


async def test_an_organiser_reaches_their_own_unit_alone(hall: Hall) -> None:
    """Another branch's people neither get it nor can be chosen by forged data."""
    boss, anna, _ = await branch(hall)
    other = await hall.enrol("外人", unit="示范区/第二支部")
    unit = await hall.read(lambda tx: tx.people.units_called("第二支部")[0].id)
    await boss.says("/broadcast 通知")
    card = await boss.last()
    await boss.presses("修改")
    broadcast_id, version = card.buttons[0][0].data.split(":")[2:]

    forged = await boss.presses(message=card, data=f"bcc:unit:{broadcast_id}:{version}:0:{unit}")
    await boss.presses("预览")
    await hall.advance(3)
    await boss.presses("发送")
    await hall.advance(6)

    assert forged == "您没有权限在这里执行此操作，请联系本单位的组织者。"
    assert await inbox(other) == []
    assert len(await inbox(anna)) == 1


async def test_members_may_not_broadcast(hall: Hall) -> None:
    """Neither the command nor the list is for them."""
    _, anna, _ = await branch(hall)

    for command in ("/broadcast 你好", "/broadcast", "/broadcasts"):
        await anna.says(command)
        assert await anna.reads() == "您没有权限在这里执行此操作，请联系本单位的组织者。"


@pytest.mark.parametrize(
    "data",
    [
        "bc:send",
        "bc:send:1",
        "bc:send:x:1",
        "bc:send:999:1",
        "bc:send:1:1:1",
        "bc:steal:1:1",
        "bcc:unit:1:1:0",
        "bcc:unit:1:1:0:99999",
        "bcc:level:1:1:0:5",
        "bcc:role:1:1:0:king",
        "bcc:ack:1:1:0:0",
        "bcs:stop:999",
        "bcs:remind:1:0",
        "bca:999",
        "bca:",
    ],
)
async def test_forged_data_changes_nothing(hall: Hall, data: str) -> None:
    """Whatever a modified client sends, one sentence comes back and the draft is as it was."""
    boss, anna, _ = await branch(hall)
    await boss.says("/broadcast 通知")
    before = await hall.read(lambda tx: tx.broadcasts.get(1))

    toast = await boss.presses(data=data)
    await hall.advance(6)

    assert toast in ("这个按钮无效。", "您没有权限在这里执行此操作，请联系本单位的组织者。")
    assert await hall.read(lambda tx: tx.broadcasts.get(1)) == before
    assert await inbox(anna) == []


async def test_only_the_sender_may_press_the_buttons(hall: Hall) -> None:
    """Another organiser of the same unit is refused too, before and after it is sent."""
    boss, anna, _ = await branch(hall)
    deputy = await hall.enrol("李副书记", role=Role.ORGANISER)
    await boss.says("/broadcast 通知")
    await deputy.says("/broadcast 另一条")

    refusals = [
        await deputy.presses(data=data) for data in ("bc:send:1:1", "bc:cancel:1:1", "bcc:ack:1:1:0", "bc:text:1:1")
    ]
    await boss.presses("发送")
    refusals += [await deputy.presses(data=data) for data in ("bcs:stop:1", "bcs:show:1", "bcs:remind:1:0")]
    await hall.advance(6)

    assert set(refusals) == {"只有这条通知的发起人才能操作。"}
    assert await inbox(anna) == ["📢 第一支部 · 王书记\n\n通知"]


async def test_a_role_lost_since_the_preview_stops_it(hall: Hall) -> None:
    """Who may send is asked again when it is sent."""
    boss, anna, _ = await branch(hall)
    await boss.says("/broadcast 通知")
    await hall.write(lambda tx: tx.people.set_role(tx.people.by_user(boss.id).id, Role.MEMBER))  # type: ignore[union-attr]

    toast = await boss.presses("发送")
    await hall.advance(6)

    assert toast == "您没有权限在这里执行此操作，请联系本单位的组织者。"
    assert await inbox(anna) == []


async def test_recipients_who_changed_since_the_preview_are_shown_first(hall: Hall) -> None:
    """The press sends nothing but brings the numbers up to date; the next one sends."""
    boss, anna, _ = await branch(hall)
    await boss.says("/broadcast 通知")
    carl = await hall.enrol("卡尔")

    toast = await boss.presses("发送")
    changed = await boss.reads()
    nothing = await inbox(anna)
    await boss.presses("发送")
    await hall.advance(6)

    assert toast == "预览之后接收名单有变化，人数已更新。请核对后再点“发送”。"
    assert "私聊：共 3 人" in changed
    assert nothing == []
    assert len(await inbox(anna)) == len(await inbox(carl)) == 1


async def test_angle_brackets_are_words(hall: Hall) -> None:
    """In the text, in the sender's name and the unit's, in a recipient's name."""
    boss = await hall.enrol("<b>王&", unit="一<i>部&", role=Role.ORGANISER)
    anna = await hall.enrol("安<娜>&", unit="一<i>部&")
    await anna.person.blocks()
    await hall.settle()
    bob = await hall.enrol("鲍勃", unit="一<i>部&")

    await boss.says("/broadcast 若 a<b && c>d，则 <b>粗</b>")
    await boss.presses("发送")
    await hall.advance(6)
    await boss.presses("详情")

    assert await inbox(bob) == ["📢 一<i>部& · <b>王&\n\n若 a<b && c>d，则 <b>粗</b>"]
    assert "安<娜>&（一<i>部&）：已停用机器人" in await boss.reads()


async def test_a_text_over_the_limit_is_refused_with_both_lengths(hall: Hall) -> None:
    """The heading takes its share; the longest text that fits arrives whole."""
    boss, anna, _ = await branch(hall)
    limit = room_for_text("王书记", "第一支部")

    await boss.says("/broadcast " + "学" * (limit + 1))
    refusal = await boss.reads()
    await boss.says("/broadcast " + "学" * limit)
    await boss.presses("发送")
    await hall.advance(6)

    assert refusal == f"内容太长：最多 {limit} 字，现有 {limit + 1} 字。"
    assert (await inbox(anna))[0].endswith("学" * limit)


async def test_a_photo_and_its_audience_are_chosen_step_by_step(hall: Hall) -> None:
    """Content, then the one card of choices, then the preview, then everybody chosen gets the photo."""
    boss, anna, bob = await branch(hall)
    await boss.says("/broadcast")
    asked = await boss.reads()
    await boss.sends(PNG, "p.png", kind="photo", caption="看图<学>")
    card = await boss.last()

    await boss.presses("科级")
    await boss.presses("需要确认收到")
    chosen = await boss.last()
    await boss.presses("预览")
    await hall.advance(3)
    sample, preview = (await boss.messages())[-2:]
    await boss.presses("发送")
    await hall.advance(6)

    assert "请发送要群发的内容" in asked
    assert chosen.id == card.id
    assert chosen.edits == 2
    assert {"✓ 科级", "✓ 需要确认收到", "✓ 私聊发送"} <= set(chosen.labels)
    assert sample.file is not None
    assert sample.labels == ["收到"]
    assert "对象：您所管单位全体人员 · 科级" in preview.text
    assert "私聊：共 1 人" in preview.text
    copy = await anna.last()
    assert copy.text == sample.text == "📢 第一支部 · 王书记\n\n看图<学>"
    assert copy.file is not None
    assert copy.file.kind == "photo"
    assert await inbox(bob) == []


async def test_a_document_goes_to_the_groups_alone(hall: Hall) -> None:
    """With private switched off nobody is written to, and at least one way has to stay."""
    boss, anna, _ = await branch(hall)
    group = await hall.unit_group("第一支部群", "示范区/第一支部", boss, anna)
    await boss.says("/broadcast")
    await boss.sends(b"%PDF-1.4 text", "方案.pdf")

    stuck = await boss.presses("✓ 私聊发送")
    await boss.presses("同时发到群")
    await boss.presses("✓ 私聊发送")
    await boss.presses("预览")
    await hall.advance(3)
    preview = await boss.reads()
    await boss.presses("发送")
    await hall.advance(6)

    assert stuck == "私聊和群至少要保留一种。"
    assert "群：1 个" in preview
    assert "私聊：不发送" in preview
    copy = await anna.last(group)
    assert copy.file is not None
    assert copy.file.name == "方案.pdf"
    assert await inbox(anna) == []
    assert "群：已发 1/1 个" in await boss.reads()


async def test_what_cannot_be_sent_again_leaves_the_question_open(hall: Hall) -> None:
    """A sticker is refused in one sentence; the text after it is taken."""
    boss, _, _ = await branch(hall)
    await boss.says("/broadcast")
    sticker = {"file_id": "S", "file_unique_id": "S", "type": "regular", "width": 1, "height": 1}
    await hall.town.put_update(
        {
            "message": {
                "message_id": 99999,
                "date": int(hall.clock.now().timestamp()),
                "chat": {"id": boss.id, "type": "private", "first_name": boss.name},
                "from": {"id": boss.id, "is_bot": False, "first_name": boss.name},
                "sticker": {**sticker, "is_animated": False, "is_video": False},
            }
        }
    )
    await hall.settle()
    refusal = await boss.reads()

    await boss.says("通知")

    assert refusal == "这类内容无法转发，请发送文字、图片、文件、音频、语音或视频。"
    assert "请选择发送对象" in await boss.reads()


async def test_the_content_can_be_changed_and_the_old_preview_is_gone(hall: Hall) -> None:
    """A new preview takes the place of the old one, whose buttons are of no use any more."""
    boss, anna, _ = await branch(hall)
    await boss.says("/broadcast 旧通知")
    old = await boss.last()
    await boss.presses("修改")
    await boss.presses("修改内容")
    await boss.says("新通知")
    await hall.advance(4)
    texts = await inbox(boss)

    stale = await boss.presses(data=old.buttons[0][0].data)
    await boss.presses("发送")
    await hall.advance(6)

    assert not any("旧通知" in text for text in texts)
    assert stale == "这个按钮已失效。"
    assert await inbox(anna) == ["📢 第一支部 · 王书记\n\n新通知"]


async def test_a_cancelled_draft_is_never_sent(hall: Hall) -> None:
    """The card says so and has no buttons; the old data is of no use."""
    boss, anna, _ = await branch(hall)
    await boss.says("/broadcast 通知")
    card = await boss.last()

    await boss.presses("取消")
    await hall.advance(2)
    after = await boss.last()
    late = await boss.presses(message=card, data=card.buttons[0][0].data)
    await hall.advance(6)

    assert "已取消，没有发送。" in after.text
    assert after.labels == []
    assert late == "这个按钮已失效。"
    assert await inbox(anna) == []


async def test_units_are_chosen_from_a_paged_tree(hall: Hall) -> None:
    """Twelve branches fill two pages; the unit chosen on the second is the only one written to."""
    admin = await hall.admin()
    people = [await hall.enrol(f"成员{n:02}", unit=f"区/支部{n:02}") for n in range(12)]
    await admin.says("/broadcast")
    await admin.says("通知")
    first = await admin.last()

    await admin.presses("第 2 页 ›")
    await admin.presses("　支部11")
    second = await admin.last()
    await admin.presses("预览")
    await hall.advance(3)
    preview = await admin.reads()
    await admin.presses("发送")
    await hall.advance(6)

    assert first.id == second.id
    assert "　支部00" in first.labels
    assert "✓ 　支部11" in second.labels
    assert "对象：支部11 · 含下级单位" in preview
    assert [len(await inbox(person)) for person in people] == [0] * 11 + [1]


async def test_in_a_group_the_preview_comes_in_private(hall: Hall) -> None:
    """The group only hears where to look; recipients are still asked for in private."""
    boss, anna, _ = await branch(hall)
    group = await hall.unit_group("第一支部群", "示范区/第一支部", boss, anna)

    await boss.says("/broadcast 通知", group)

    assert await boss.reads(group) == "预览已私聊发给您，请在私聊中确认发送。"
    assert "群发预览" in await boss.reads()


async def test_in_a_group_whoever_never_started_the_bot_is_told_so(hall: Hall) -> None:
    """There is no way to show the preview, so the group hears why."""
    boss = await hall.enrol("王书记", role=Role.ORGANISER, started=False)
    group = await hall.unit_group("第一支部群", "示范区/第一支部", boss)

    await boss.says("/broadcast 通知", group)

    assert "我还不能私聊您" in await boss.reads(group)


async def test_an_acknowledgement_counts_once_a_person(hall: Hall) -> None:
    """A second press says so; the sender's own preview and strangers do not count; the silent can be reminded."""
    boss, anna, bob = await branch(hall)
    stranger = await hall.enrol("外人", unit="示范区/第二支部")
    await boss.says("/broadcast")
    await boss.says("请阅读")
    await boss.presses("需要确认收到")
    await boss.presses("预览")
    await hall.advance(3)
    sample = await boss.presses("收到")
    await boss.presses("发送")
    await hall.advance(6)

    first = await anna.presses("收到")
    again = await anna.presses("收到")
    await stranger.says("/lang")
    foreign = await stranger.presses(data="bca:1")
    await hall.advance(6)

    assert sample == "这个按钮供接收人确认。您是发起人，无需点按。"
    assert (first, again) == ("已确认收到，谢谢。", "您已经确认过了。")
    assert foreign == "您不在这条通知的接收名单中。"
    assert "已确认：1/2 人" in await boss.reads()

    await boss.says("/broadcasts")
    assert "确认 1/2" in await boss.reads()
    await boss.presses("1. 请阅读")
    assert "尚未确认\n鲍勃（第一支部）" in await boss.reads()
    toasts = [await boss.presses("提醒未确认的人（1）"), await boss.presses("提醒未确认的人（1）")]
    await hall.advance(6)

    assert toasts == ["正在提醒 1 人。", "刚刚已经提醒过了。"]
    assert len(await inbox(anna)) == 1
    reminder = (await inbox(bob))[-1]
    assert reminder == "📢 第一支部 · 王书记\n\n请阅读\n\n提醒：请阅读后点按下方按钮确认。"
    assert "提醒已发完" in await boss.reads()

    await bob.presses("收到")
    result = await hall.app.house.broadcasts.result(1)  # type: ignore[union-attr]
    assert result is not None
    assert (result.acknowledged, result.people, result.delivered) == (2, 2, 2)


async def test_readers_see_it_in_their_own_language(hall: Hall) -> None:
    """The words are the sender's; what is around them is the reader's."""
    boss, anna, _ = await branch(hall)
    await boss.says("/lang en")
    await anna.says("/lang en")
    await boss.says("/broadcast")
    await boss.says("Please read")
    await boss.presses("Ask for an acknowledgement")
    await boss.presses("Preview")
    await hall.advance(3)
    assert "In private: 2 recipients" in await boss.reads()

    toast = await boss.presses("Send")
    await hall.advance(6)

    assert toast == "It is on its way."
    assert (await anna.last()).labels == ["Got it"]
    assert await anna.presses("Got it") == "Thank you, that is noted."
    await hall.advance(6)
    assert "Acknowledged: 1 of 2" in await boss.reads()
    await boss.presses("Show details")
    await boss.presses("Remind those who have not acknowledged (1)")


async def test_the_card_is_edited_at_most_every_few_seconds(hall: Hall) -> None:
    """Forty acknowledgements within seconds cost two edits at most."""
    boss = await hall.enrol("王书记", role=Role.ORGANISER)
    people = [await hall.enrol(f"成员{n}") for n in range(20)]
    await boss.says("/broadcast")
    await boss.says("请阅读")
    await boss.presses("需要确认收到")
    await boss.presses("预览")
    await hall.advance(3)
    await boss.presses("发送")
    await hall.advance(10)
    before = (await boss.last()).edits

    for person in people:
        await person.presses("收到")
    await hall.advance(10)

    assert "已确认：20/20 人" in await boss.reads()
    assert (await boss.last()).edits - before <= 2


async def test_with_nobody_to_write_to_there_is_no_send_button(hall: Hall) -> None:
    """And data that would send all the same is refused."""
    boss = await hall.enrol("王书记", role=Role.ORGANISER)

    await boss.says("/broadcast 通知")
    card = await boss.last()
    toast = await boss.presses(data="bc:send:1:1")

    assert "没有可以接收的人" in card.text
    assert card.labels == ["修改", "取消"]
    assert toast == "没有可以接收的人，请重新选择发送对象。"


async def assigned(hall: Hall, boss: Actor) -> None:
    """An assignment of the branch that its members have before them."""
    await boss.says("/assign 11-30 18:00 查隐患：请查办公室。")
    await boss.presses("发送")
    await hall.advance(10)


async def hand_in(actor: Unhurried) -> None:
    """A member hands something in for the assignment."""
    await actor.presses("提交")
    await actor.says("已查完")
    await actor.presses("提交")


async def test_those_who_have_not_handed_in_are_written_to_alone(hall: Hall) -> None:
    """The task is chosen among the open ones; the preview names it, and at the press it is counted anew."""
    boss, anna, bob = (Unhurried(hall, actor) for actor in await branch(hall))
    await assigned(hall, boss)
    late = await hall.enrol("丙")
    await hand_in(anna)
    await boss.says("/broadcast")
    await boss.says("请尽快提交")

    await boss.presses("只发给未交者")
    offered = await boss.last()
    await boss.presses("查隐患")
    chosen = await boss.last()
    await boss.presses("预览")
    await hall.advance(5)
    preview = await boss.reads()

    assert offered.labels == ["查隐患", "✓ 不按任务筛选"]
    assert "✓ 未交者：查隐患" in chosen.labels
    assert "私聊：共 1 人" in chosen.text
    assert "《查隐患》未交者" in preview
    assert "私聊：共 1 人" in preview
    await hand_in(bob)
    assert "接收名单有变化" in (await boss.presses("发送") or "")
    await hall.advance(5)
    assert "私聊：共 0 人" in await boss.reads()
    heard = [text for actor in (anna, bob, late) for text in await inbox(actor)]
    assert not any("请尽快提交" in text for text in heard)


async def test_the_choice_of_a_task_is_sent_and_can_be_taken_back(hall: Hall) -> None:
    """Only who owes it gets it; without the limit all are meant again; a task of others cannot be forged."""
    boss, anna, bob = (Unhurried(hall, actor) for actor in await branch(hall))
    await assigned(hall, boss)
    await hand_in(anna)
    other = Unhurried(hall, await hall.enrol("李组", "示范区/第二支部", role=Role.ORGANISER))
    await other.says("/broadcast")
    await other.says("通知")
    await other.presses("只发给未交者")
    foreign = await other.last()
    forged = await other.presses(data="bcc:task:1:1:0:1")
    await boss.says("/broadcast")
    await boss.says("请尽快提交")

    await boss.presses("只发给未交者")
    await boss.presses("查隐患")
    await boss.presses("✓ 未交者")
    await boss.presses("不按任务筛选")
    all_again = await boss.reads()
    await boss.presses("只发给未交者")
    await boss.presses("查隐患")
    await boss.presses("预览")
    await hall.advance(5)
    await boss.presses("发送")
    await hall.advance(10)

    assert "目前没有可以提交的任务。" in foreign.text
    assert foreign.labels == ["✓ 不按任务筛选"]
    assert forged == "这个按钮无效。"
    assert "私聊：共 2 人" in all_again
    assert "已送达：1/1 人" in await boss.reads()
    assert any("请尽快提交" in text for text in await inbox(bob))
    assert not any("请尽快提交" in text for text in await inbox(anna))
