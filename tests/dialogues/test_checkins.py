"""The daily card, the button and the words, who is late, what a rush costs."""

from datetime import datetime

from sandbox.people import Group, Message
from storage.people import Role
from tests.hall import SHANGHAI, Actor, Hall, HallMaker

UNIT = "示范区/第一支部"
EIGHT = datetime(2026, 11, 23, 8, 0)


async def card(reader: Actor, group: Group, *, newest: bool = True) -> Message:
    """The card in a group."""
    found = [message for message in await reader.messages(group) if message.text.startswith(("每日签到", "Check-in"))]
    return found[-1] if newest else found[0]


async def texts(reader: Actor, group: Group) -> list[str]:
    """What was said in a group, without Telegram's own notes on who came."""
    return [message.text for message in await reader.messages(group) if message.text]


async def register(hall: Hall) -> dict[tuple[str, str], str]:
    """What the register says, by day and name."""
    assert hall.app is not None
    lines = await hall.app.house.checkins.export()
    return {(str(line["date"]), str(line["name"])): str(line["status"]) for line in lines}


async def test_card_comes_at_the_hour_and_counts_by_being_edited(hall: Hall) -> None:
    """One message with one button; a press is confirmed by a toast and counted on the same message."""
    anna, bob = await hall.enrol("Anna"), await hall.enrol("Bob")
    group = await hall.unit_group("一支部", UNIT, anna, bob)

    await hall.until(datetime(2026, 11, 23, 7, 30))
    first = await card(anna, group)
    toast = await anna.presses("签到", group)

    assert first.labels == ["签到"]
    assert first.text == "每日签到 · 11月23日 星期一\n已签到 0/2 人\n09:00 后为迟到，20:00 截止。"
    assert toast == "07:30 签到成功。连续签到 1 天。"
    after = await card(anna, group)
    assert "已签到 1/2 人" in after.text
    assert await texts(anna, group) == [after.text]
    assert after.id == first.id


async def test_close_takes_the_button_and_names_the_missing_once(hall: Hall) -> None:
    """At the close the same message shows the final figures, and one short message names who is missing."""
    anna, bob = await hall.enrol("Anna"), await hall.enrol("<b>Bob</b> & Co")
    group = await hall.unit_group("一支部", UNIT, anna, bob)
    await hall.until(EIGHT)
    await anna.presses("签到", group)

    await hall.until(datetime(2026, 11, 23, 20, 1))

    closed = await card(anna, group)
    assert closed.labels == []
    assert closed.text.endswith("已签到 1/2 人\n未签到 1 人：<b>Bob</b> & Co\n签到已截止。")
    assert await anna.reads(group) == "11月23日 星期一未签到：<b>Bob</b> & Co"
    assert len(await texts(anna, group)) == 2
    assert await register(hall) == {
        ("2026-11-23", "Anna"): "on_time",
        ("2026-11-23", "<b>Bob</b> & Co"): "absent",
    }


async def test_nobody_is_named_when_all_are_there_or_the_office_does_not_want_it(hall_with: HallMaker) -> None:
    """With announce_missing off the card alone tells."""
    hall = await hall_with(checkin={"announce_missing": False})
    anna = await hall.enrol("Anna")
    group = await hall.unit_group("一支部", UNIT, anna)

    await hall.until(datetime(2026, 11, 23, 20, 1))

    assert len(await texts(anna, group)) == 1


async def test_words_and_command_check_in_wherever_they_are_said(hall: Hall) -> None:
    """签到, 打卡 and /checkin do the same, in the group and in private; a second time tells when the first was."""
    anna, bob, carl = await hall.enrol("Anna"), await hall.enrol("Bob"), await hall.enrol("Carl")
    group = await hall.unit_group("一支部", UNIT, anna, bob, carl)
    await hall.until(EIGHT)

    await anna.says("签到！", group)
    await bob.says("打卡")
    await carl.says("/checkin")
    await hall.advance(minutes=5)
    await anna.says("/checkin")

    assert (await anna.messages(group))[-1].text == "Anna，08:00 签到成功。连续签到 1 天。"
    assert await bob.reads() == "Bob，08:00 签到成功。连续签到 1 天。"
    assert await carl.reads() == "Carl，08:00 签到成功。连续签到 1 天。"
    assert await anna.reads() == "Anna，您今天 08:00 已签到，无需重复。连续签到 1 天。"
    assert "已签到 3/3 人" in (await card(anna, group)).text


async def test_late_is_late_and_closed_is_closed(hall: Hall) -> None:
    """Exactly nine is on time and exactly eight in the evening late; after either the next verdict holds."""
    people = [await hall.enrol(name) for name in ("Anna", "Bob", "Carl", "Dora")]
    group = await hall.unit_group("一支部", UNIT, *people)
    anna, bob, carl, dora = people

    await hall.until(datetime(2026, 11, 23, 9, 0))
    on_the_dot = await anna.presses("签到", group)
    await hall.advance(0.001)
    late = await bob.presses("签到", group)
    await hall.until(datetime(2026, 11, 23, 20, 0))
    await carl.says("签到")
    await hall.advance(0.001)
    await dora.says("签到")

    assert on_the_dot == "09:00 签到成功。连续签到 1 天。"
    assert late == "09:00 签到成功，记为迟到。连续签到 1 天。"
    assert await carl.reads() == "Carl，20:00 签到成功，记为迟到。连续签到 1 天。"
    assert await dora.reads() == "签到已于 20:00 截止。如有特殊情况，请联系组织者更正。"
    assert "迟到 2 人：Bob、Carl" in (await card(anna, group)).text
    assert (await register(hall))[("2026-11-23", "Dora")] == "absent"


async def test_who_cannot_check_in_is_told_why(hall: Hall) -> None:
    """Too early, not on the roster, an observer, a unit without a group, an old card: one clear sentence each."""
    anna, watcher = await hall.enrol("Anna"), await hall.enrol("Watcher", role=Role.OBSERVER)
    lone, guest = await hall.enrol("Lone", "远方/第九支部"), await hall.person("Guest")
    group = await hall.unit_group("一支部", UNIT, anna, watcher, guest)

    await anna.says("签到")
    early = await anna.reads()
    await hall.until(EIGHT)
    await lone.says("签到")
    toasts = [await person.presses("签到", group) for person in (guest, watcher)]
    forged = [
        await anna.presses(chat=group, data=data) for data in ("checkin:20261399", "checkin:1:2", "checkin:20261120")
    ]

    assert early == "签到还没有开始，今天 07:30 开始。"
    assert await lone.reads() == "您所在单位还没有绑定群，暂未开展签到，请联系组织者。"
    assert toasts == ["您还不在名册中。请私聊我发送 /start 申请加入。", "观察员和评委无需签到。"]
    assert forged == ["这个按钮无效。", "这个按钮无效。", "这个按钮已失效。"]
    assert await register(hall) == {}


async def test_yesterdays_button_does_not_check_in_today(hall: Hall) -> None:
    """The button of a day belongs to that day, even if somebody keeps the message."""
    anna = await hall.enrol("Anna")
    group = await hall.unit_group("一支部", UNIT, anna)
    await hall.until(datetime(2026, 11, 24, 8, 0))

    toast = await anna.presses(chat=group, data="checkin:20261123")

    assert toast == "签到已于 20:00 截止。如有特殊情况，请联系组织者更正。"
    assert await register(hall) == {("2026-11-23", "Anna"): "absent"}


async def test_thirty_presses_within_a_second_cost_few_edits(hall: Hall) -> None:
    """All thirty count, nobody is refused by Telegram, and the card is edited a handful of times."""
    people = [await hall.enrol(f"P{n:02}") for n in range(30)]
    group = await hall.unit_group("一支部", UNIT, *people)
    await hall.until(EIGHT)

    for person in people:
        assert await person.presses("签到", group) == "08:00 签到成功。连续签到 1 天。"
        await hall.advance(0.03)
    await hall.advance(10)

    shown = await card(people[0], group)
    assert "已签到 30/30 人" in shown.text
    assert shown.edits <= 6
    assert not [call for call in await hall.town.calls() if call.status == 429]


async def test_rush_of_words_is_confirmed_privately(hall: Hall) -> None:
    """Thirty people who write 签到 in the group get thirty confirmations, but the group only a few of them."""
    people = [await hall.enrol(f"P{n:02}") for n in range(30)]
    group = await hall.unit_group("一支部", UNIT, *people)
    await hall.until(EIGHT)

    for person in people:
        await person.says("签到", group)
    await hall.advance(20)

    said_in_group = [m for m in await people[0].messages(group) if "签到成功" in m.text]
    in_private = [person for person in people if [m for m in await person.messages() if "签到成功" in m.text]]
    assert len(said_in_group) <= 6
    assert len(said_in_group) + len(in_private) == 30
    assert "已签到 30/30 人" in (await card(people[0], group)).text
    assert not [call for call in await hall.town.calls() if call.status == 429]


async def test_sub_unit_with_its_own_group_has_its_own_card(hall: Hall) -> None:
    """The people of a unit without a group belong to the card above; a unit with one has its own."""
    boss = await hall.enrol("Boss", "示范区")
    anna, bob = await hall.enrol("Anna", "示范区/第一支部"), await hall.enrol("Bob", "示范区/第二支部")
    top = await hall.unit_group("全区", "示范区", boss, anna, bob)
    first = await hall.unit_group("一支部", "示范区/第一支部", anna)
    await hall.until(EIGHT)

    await anna.presses("签到", top)
    await bob.presses("签到", top)
    await hall.advance(10)

    assert "已签到 1/2 人" in (await card(boss, top)).text
    assert "已签到 1/1 人" in (await card(anna, first)).text


async def test_group_bound_during_the_hours_gets_its_card_with_the_first_check_in(hall: Hall) -> None:
    """Nobody need wait for tomorrow, and nobody is late because the group was bound at ten."""
    await hall.until(datetime(2026, 11, 23, 10, 0))
    anna = await hall.enrol("Anna")
    group = await hall.unit_group("一支部", UNIT, anna)

    await anna.says("签到")

    assert await anna.reads() == "Anna，10:00 签到成功。连续签到 1 天。"
    assert "已签到 1/1 人" in (await card(anna, group)).text


async def test_group_bound_during_the_hours_has_its_card_within_the_hour(hall: Hall) -> None:
    """Even if nobody says anything, the card comes by itself."""
    await hall.until(EIGHT)
    anna = await hall.enrol("Anna")
    group = await hall.unit_group("一支部", UNIT, anna)

    await hall.advance(hours=1)

    assert (await card(anna, group)).labels == ["签到"]


async def test_binding_a_group_shows_the_card_at_once(hall: Hall) -> None:
    """Whoever binds a group while check-in is open sees the card in the same breath; a second group gets it too."""
    await hall.until(EIGHT)
    boss = await hall.enrol("Boss", role=Role.ORGANISER)
    group, other = await hall.group("一支部", boss), await hall.group("一支部二群", boss)

    for chat in (group, other):
        await boss.says(f"/bind {UNIT}", chat)
    await boss.presses("签到", other)
    await hall.advance(10)

    assert "已签到 1/1 人" in (await card(boss, group)).text
    assert "已签到 1/1 人" in (await card(boss, other)).text


async def test_group_that_became_a_supergroup_keeps_its_card_going(hall: Hall) -> None:
    """The old message cannot be edited any more, so the new group gets a new card with the right count."""
    anna, bob = await hall.enrol("Anna"), await hall.enrol("Bob")
    small = await hall.town.group("一支部", [anna.person, bob.person], type="group")
    await hall.settle()

    await hall.write(lambda tx: tx.places.bind(small.id, tx.people.add_unit(UNIT)))
    await hall.until(EIGHT)
    await anna.presses("签到", small)
    large = await small.upgrade()
    await hall.settle()
    await bob.says("签到", large)
    await hall.advance(10)

    shown = await card(bob, large)
    assert "已签到 2/2 人" in shown.text
    assert shown.labels == ["签到"]


async def test_group_upgraded_while_its_card_was_on_the_way_has_one_card(hall: Hall) -> None:
    """The card finds the new id by itself, and the next check-in edits it there."""
    anna = await hall.enrol("Anna")
    small = await hall.unit_group("一支部", UNIT, anna, kind="group")
    await hall.stop_bot()
    large = await small.upgrade()
    hall.clock.skip((EIGHT.replace(tzinfo=SHANGHAI) - hall.clock.now()).total_seconds())

    await hall.start_bot()
    await hall.advance(10)
    await anna.presses("签到", large)
    await hall.advance(60)

    cards = [message for message in await anna.messages(large) if "每日签到" in message.text]
    assert len(cards) == 1
    assert "已签到 1/1 人" in cards[0].text


async def test_bot_thrown_out_shows_no_card_and_keeps_quiet(hall: Hall) -> None:
    """No call to the lost group, and nobody there is counted absent; back in, it goes on the next day."""
    anna = await hall.enrol("Anna")
    group = await hall.unit_group("一支部", UNIT, anna)
    await group.set_bot("kicked")
    await hall.settle()
    before = len(await hall.town.calls())

    await hall.until(datetime(2026, 11, 23, 21, 0))
    calls = [call for call in (await hall.town.calls())[before:] if call.params.get("chat_id") == group.id]
    await group.set_bot("member")
    await hall.until(datetime(2026, 11, 24, 7, 31))

    assert calls == []
    assert await register(hall) == {}
    assert "11月24日" in (await card(anna, group)).text


async def test_bot_thrown_out_while_the_card_is_open(hall: Hall) -> None:
    """What people say in private still counts; the close says nothing to the lost group and fails nowhere."""
    anna, bob = await hall.enrol("Anna"), await hall.enrol("Bob")
    group = await hall.unit_group("一支部", UNIT, anna, bob)
    await hall.until(EIGHT)
    await group.set_bot("kicked")
    await hall.settle()

    await anna.says("签到")
    await hall.until(datetime(2026, 11, 23, 21, 0))

    assert await register(hall) == {("2026-11-23", "Anna"): "on_time", ("2026-11-23", "Bob"): "absent"}


async def test_deleted_card_comes_again_with_the_next_check_in(hall: Hall) -> None:
    """An edit that finds no message is answered with a new card."""
    anna, bob = await hall.enrol("Anna"), await hall.enrol("Bob")
    group = await hall.unit_group("一支部", UNIT, anna, bob)
    await hall.until(EIGHT)
    first = await card(anna, group)
    await hall.town.fault(
        "status", method="editMessageText", times=1, code=400, description="Bad Request: message to edit not found"
    )

    await anna.says("签到")
    await hall.advance(10)

    second = await card(anna, group)
    assert second.id != first.id
    assert "已签到 1/2 人" in second.text


async def test_english_group_and_english_member(hall: Hall) -> None:
    """A group that reads English has an English card; a toast is in the presser's language."""
    anna = await hall.enrol("Anna", role=Role.ORGANISER)
    bob = await hall.enrol("Bob")
    group = await hall.unit_group("Branch 1", UNIT, anna, bob)
    await anna.says("/lang en", group)
    await bob.says("/lang en")
    await hall.until(EIGHT)

    toast = await bob.presses("Check in", group)
    again = await bob.presses("Check in", group)
    late_enough = await card(bob, group)
    await hall.until(datetime(2026, 11, 23, 20, 1))

    assert toast == "checked in at 08:00. 1 day in a row."
    assert again == "you have already checked in today, at 08:00. 1 day in a row."
    assert "In: 1 of 2" in late_enough.text
    assert "On time until 09:00, open until 20:00." in late_enough.text
    assert await bob.reads(group) == "Not checked in on Monday, 23 November: Anna"


async def test_many_long_names_fit_on_the_card(hall: Hall) -> None:
    """A hundred people with long names are cut to what a message may hold."""
    people = [await hall.enrol(f"{'很长的名字' * 11}{n:03}") for n in range(100)]
    group = await hall.unit_group("一支部", UNIT, people[0])

    await hall.until(datetime(2026, 11, 23, 20, 30))

    shown, named = await card(people[0], group), await people[0].reads(group)
    assert "另有" in shown.text
    assert "另有" in named
    assert not [call for call in await hall.town.calls() if call.status >= 400]
