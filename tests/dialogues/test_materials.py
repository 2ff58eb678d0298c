"""The daily material in the groups: when it comes, who has read it, /today."""

from datetime import datetime

from sandbox.people import Group, Message
from storage.people import Role
from tests.dialogues.material_table import PICTURE, THREE, library
from tests.hall import SHANGHAI, Actor, Hall, HallMaker

UNIT = "示范区/第一支部"
QUIET = {"enabled": False}
EIGHT = datetime(2026, 11, 23, 8, 0)


async def cards(reader: Actor, group: Group | None = None) -> list[Message]:
    """The materials in a chat, oldest first."""
    return [message for message in await reader.messages(group) if "已读" in "".join(message.labels) + message.text]


async def titles(reader: Actor, group: Group) -> list[str]:
    """The first lines of the materials in a group."""
    return [message.text.split("\n")[0] for message in await cards(reader, group)]


async def no_call_was_too_many(hall: Hall) -> bool:
    """Whether Telegram never had to say 429."""
    return all(call.status != 429 for call in await hall.town.calls())


async def test_material_comes_at_the_hour_on_workdays_one_a_day(hall_with: HallMaker) -> None:
    """At 8:00 the group gets the first of the list, on Tuesday the second, on Friday's weekend nothing."""
    hall = await hall_with(checkin=QUIET)
    anna = await hall.enrol("Anna")
    group = await hall.unit_group("一支部", UNIT, anna)
    await library(hall, [(*row[:2], f"第{n}篇", *row[3:]) for n, row in enumerate(THREE * 3, 1)])

    await hall.until(datetime(2026, 11, 23, 7, 59))
    assert await titles(anna, group) == []
    await hall.until(EIGHT)

    first = (await cards(anna, group))[-1]
    assert first.text == "第1篇\n每日一学 · 写作\n\n先说结论，再说理由。\n\n已读 0/1"
    assert first.labels == ["已读", "答题"]
    await hall.until(datetime(2026, 11, 30, 7, 59))
    assert await titles(anna, group) == [f"第{n}篇" for n in range(1, 6)]


async def test_nothing_comes_on_a_public_holiday(hall_with: HallMaker) -> None:
    """The Spring Festival is no workday although it is a Wednesday; the swapped Saturday is one."""
    hall = await hall_with(checkin=QUIET, start=datetime(2026, 2, 13, 21, 0, tzinfo=SHANGHAI))
    anna = await hall.enrol("Anna")
    group = await hall.unit_group("一支部", UNIT, anna)
    await library(hall)

    await hall.until(datetime(2026, 2, 14, 8, 1))
    on_saturday = await titles(anna, group)
    await hall.until(datetime(2026, 2, 20, 12, 0))

    assert on_saturday == ["第一篇"]
    assert await titles(anna, group) == ["第一篇"]


async def test_reading_counts_once_and_is_shown_by_editing(hall_with: HallMaker) -> None:
    """The toast tells the own count of the week; the card is edited; a second press changes nothing."""
    hall = await hall_with(checkin=QUIET)
    anna, bob = await hall.enrol("Anna"), await hall.enrol("Bob")
    group = await hall.unit_group("一支部", UNIT, anna, bob)
    await library(hall)
    await hall.until(EIGHT)

    toasts = [await anna.presses("已读", group), await anna.presses("已读", group), await bob.presses("已读", group)]

    assert toasts == ["已记录。本周已读 1 篇。", "这篇您已经读过了。本周已读 1 篇。", "已记录。本周已读 1 篇。"]
    (card,) = await cards(anna, group)
    assert card.text.endswith("\n\n已读 2/2")


async def test_rush_to_the_button_costs_few_edits_and_ends_right(hall_with: HallMaker) -> None:
    """Forty people press within seconds: no 429, a handful of edits, and the last number is right."""
    hall = await hall_with(checkin=QUIET)
    people = [await hall.enrol(f"成员{n}") for n in range(40)]
    group = await hall.unit_group("一支部", UNIT, *people)
    await library(hall)
    await hall.until(EIGHT)

    for person in people:
        await person.presses("已读", group)
        await hall.advance(0.2)
    await hall.advance(60)

    (card,) = await cards(people[0], group)
    assert card.text.endswith("已读 40/40")
    edits = [call for call in await hall.town.calls() if call.method == "editMessageText"]
    assert 2 <= len(edits) <= 6
    assert await no_call_was_too_many(hall)


async def test_stranger_and_forger_are_refused(hall_with: HallMaker) -> None:
    """Who is not on the roster is told how to get there; a material that never came here cannot be read here."""
    hall = await hall_with(checkin=QUIET)
    anna, stranger = await hall.enrol("Anna"), await hall.person("Stranger")
    group = await hall.unit_group("一支部", UNIT, anna, stranger)
    await library(hall)
    await hall.until(EIGHT)

    refused = await stranger.presses("已读", group)
    forged = [await anna.presses(None, group, data=data) for data in ("matread:2", "matread:x", "matread:1:1")]

    assert refused == "您还不在名册中。请私聊我发送 /start 申请加入。"
    assert set(forged) == {"这个按钮无效。"}
    (card,) = await cards(anna, group)
    assert card.text.endswith("已读 0/1")


async def test_downtime_over_the_hour_sends_late_and_past_its_use_reports_once(hall_with: HallMaker) -> None:
    """Back at 10:00 the material comes late; away until 21:00 the organisers hear of it and the same comes next day."""
    hall = await hall_with(checkin=QUIET)
    anna, head = await hall.enrol("Anna"), await hall.enrol("Head", role=Role.ORGANISER)
    group = await hall.unit_group("一支部", UNIT, anna, head)
    other = await hall.unit_group("二支部", "示范区/第一支部/小组", anna)
    await library(hall)
    await hall.stop_bot()
    hall.clock.skip(3 * 3600)

    await hall.start_bot()
    assert await titles(anna, group) == ["第一篇"]
    await hall.stop_bot()
    hall.clock.skip(35 * 3600)
    await hall.start_bot()
    await hall.advance(60)

    assert await titles(anna, group) == ["第一篇"]
    reports = [message.text for message in await head.messages() if "未能推送" in message.text]
    assert len(reports) == 1
    assert reports[0].count("11月24日") == 2
    await hall.until(datetime(2026, 11, 25, 8, 0))
    assert await titles(anna, group) == ["第一篇", "第二篇"]
    assert await titles(anna, other) == ["第一篇", "第二篇"]


async def test_restart_sends_nothing_twice(hall_with: HallMaker) -> None:
    """A restart after 8:00 leaves one card, which still counts."""
    hall = await hall_with(checkin=QUIET)
    anna = await hall.enrol("Anna")
    group = await hall.unit_group("一支部", UNIT, anna)
    await library(hall)
    await hall.until(EIGHT)
    await hall.stop_bot()
    await hall.start_bot()
    await hall.advance(hours=2)

    await anna.presses("已读", group)

    (card,) = await cards(anna, group)
    assert card.text.endswith("已读 1/1")


async def test_groups_go_through_the_list_at_their_own_places(hall_with: HallMaker) -> None:
    """A group that comes a day later begins with the first material."""
    hall = await hall_with(checkin=QUIET)
    anna, bob = await hall.enrol("Anna"), await hall.enrol("Bob", "示范区/第二支部")
    one = await hall.unit_group("一支部", UNIT, anna)
    await library(hall)
    await hall.until(datetime(2026, 11, 24, 7, 0))
    two = await hall.unit_group("二支部", "示范区/第二支部", bob)

    await hall.until(datetime(2026, 11, 24, 9, 0))

    assert await titles(anna, one) == ["第一篇", "第二篇"]
    assert await titles(bob, two) == ["第一篇"]


async def test_group_bound_after_the_hour_gets_todays_at_once(hall_with: HallMaker) -> None:
    """/bind at 15:00 brings today's material; at 21:00 it waits for the next day and nobody is told of a miss."""
    hall = await hall_with(checkin=QUIET)
    admin = await hall.admin()
    await hall.enrol("Anna")
    await library(hall)
    group, late = await hall.group("一支部", admin), await hall.group("二支部", admin)

    await hall.until(datetime(2026, 11, 23, 15, 0))
    await admin.says("/bind 第一支部", group)
    await hall.until(datetime(2026, 11, 23, 21, 0))
    await admin.says("/bind 第一支部", late)
    await hall.advance(hours=2)

    assert await titles(admin, group) == ["第一篇"]
    assert await titles(admin, late) == []
    assert not any("未能推送" in message.text for message in await admin.messages())


async def test_end_of_the_list_is_told_once(hall_with: HallMaker) -> None:
    """When a group has had everything its organisers hear of it once; new materials go on by themselves."""
    hall = await hall_with(checkin=QUIET)
    head = await hall.enrol("Head", role=Role.ORGANISER)
    group = await hall.unit_group("一支部", UNIT, head)
    await library(hall, THREE[:1])

    await hall.until(datetime(2026, 11, 26, 9, 0))
    told = [message.text for message in await head.messages()]
    await library(hall)
    await hall.until(datetime(2026, 11, 27, 9, 0))

    assert told == ["一支部的学习材料已全部推送完，请及时补充：/material"]
    assert await titles(head, group) == ["第一篇", "第二篇"]


async def test_empty_library_says_nothing(hall_with: HallMaker) -> None:
    """An office that does not use materials hears nothing of them."""
    hall = await hall_with(checkin=QUIET)
    head = await hall.enrol("Head", role=Role.ORGANISER)
    group = await hall.unit_group("一支部", UNIT, head)

    await hall.until(datetime(2026, 11, 25, 9, 0))

    assert [message.text for message in await head.messages()] == []
    assert await titles(head, group) == []


async def test_today_shows_the_groups_again_and_the_newest_takes_over(hall_with: HallMaker) -> None:
    """After /today in the group a press is counted on the new message."""
    hall = await hall_with(checkin=QUIET)
    anna = await hall.enrol("Anna")
    group = await hall.unit_group("一支部", UNIT, anna)
    await library(hall)
    await anna.says("/today", group)
    before = await anna.reads(group)
    await hall.until(EIGHT)

    await anna.says("/today", group)
    await anna.presses("已读", group)

    old, new = await cards(anna, group)
    assert before == "今天没有学习材料。下一篇将于 11月23日 星期一 推送。"
    assert old.text.endswith("已读 0/1")
    assert new.text.endswith("已读 1/1")


async def test_today_in_private_is_that_of_the_nearest_group(hall_with: HallMaker) -> None:
    """Somebody of a unit without a group gets the material of the group above; the button turns into a tick."""
    hall = await hall_with(checkin=QUIET)
    anna, far = await hall.enrol("Anna", "示范区/第一支部/小组"), await hall.enrol("Far", "别处")
    group = await hall.unit_group("一支部", UNIT, anna)
    await library(hall)
    await hall.until(EIGHT)

    await anna.says("/today")
    toast = await anna.presses("已读")
    await far.says("/today")

    assert toast == "已记录。本周已读 1 篇。"
    assert (await anna.last()).text.endswith("✓ 您已读过这篇材料。")
    assert (await anna.last()).labels == ["答题"]
    assert (await cards(anna, group))[-1].text.endswith("已读 1/1")
    assert await far.reads() == "您所在单位还没有绑定群，暂无每日学习材料，请联系组织者。"


async def test_private_pushes_go_to_those_who_can_be_reached(hall_with: HallMaker) -> None:
    """With private on everybody of the group gets it in private too, once, and nobody who never started the bot."""
    hall = await hall_with(checkin=QUIET, materials={"private": True})
    anna, shy = await hall.enrol("Anna"), await hall.enrol("Shy", started=False)
    await hall.write(lambda tx: tx.places.reach(shy.id, False))
    await hall.unit_group("一支部", UNIT, anna, shy)
    await hall.unit_group("一支部二群", UNIT, anna, shy)
    await library(hall)

    await hall.until(EIGHT)

    assert len(await cards(anna)) == 1
    assert await shy.messages() == []


async def test_picture_of_the_import_comes_with_the_card(hall_with: HallMaker) -> None:
    """A short text is the picture's caption, a long one follows it; both are counted by editing."""
    hall = await hall_with(checkin=QUIET, materials={"private": True})
    anna = await hall.enrol("Anna")
    group = await hall.unit_group("一支部", UNIT, anna)
    rows = [
        ("系列", "", f"第{n}篇", text, "", "desk.png", *[""] * 7) for n, text in enumerate(("短。", "长" * 2500), 1)
    ]
    await library(hall, rows, **{"desk.png": PICTURE})

    await hall.until(EIGHT)
    await anna.presses("已读", group)
    await hall.advance(30)
    short = (await cards(anna, group))[-1]
    await hall.until(datetime(2026, 11, 24, 8, 0))
    await anna.presses("已读", group)
    await hall.advance(30)

    assert short.file is not None
    assert await hall.town.file(short.file) == PICTURE
    assert short.text.endswith("已读 1/1")
    long = (await cards(anna, group))[-1]
    assert long.file is None
    assert long.text.endswith("已读 1/1")
    assert await no_call_was_too_many(hall)


async def test_broken_picture_does_not_keep_the_text_back(hall_with: HallMaker) -> None:
    """Telegram cannot read the picture: the text goes without it, is counted by editing, and the organisers are told."""
    hall = await hall_with(checkin=QUIET)
    head = await hall.enrol("Head", role=Role.ORGANISER)
    group = await hall.unit_group("一支部", UNIT, head)
    row = ("系列", "", "第一篇", "正文。", "", "desk.png", *[""] * 7)
    await library(hall, [row], **{"desk.png": PICTURE[:8] + bytes(64)})

    await hall.until(EIGHT)
    await head.presses("已读", group)
    await hall.advance(30)

    assert (await cards(head, group))[-1].text.endswith("已读 1/1")
    assert await head.reads() == "以下材料的图片或文件被 Telegram 拒收，已只推送文字：第一篇。"


async def test_names_full_of_html_and_english(hall_with: HallMaker) -> None:
    """What comes from people is shown as it is; in English the button is Read."""
    hall = await hall_with(checkin=QUIET, programme={"language": "en"})
    anna = await hall.enrol("Anna", language_code="en")
    group = await hall.unit_group("<b>One</b>", UNIT, anna)
    await library(hall, [("<i>", "a & b", "<b>&", "1 < 2 & 3", "", "", "", "<u>?", "<A>", "&B", "", "A", "<e>&")])
    await hall.until(EIGHT)

    first = await anna.last(group)
    toast = await anna.presses("Read", group)
    await anna.presses("Answer the question", group)
    await anna.presses("A. <A>")

    assert first.text == "<b>&\n<i> · a & b\n\n1 < 2 & 3\n\nRead by 0/1"
    assert toast == "Read. 1 material this week."
    assert "<e>&" in await anna.reads()


async def test_supergroup_goes_on_in_the_list(hall_with: HallMaker) -> None:
    """A group that becomes a supergroup gets the next material, not the first again."""
    hall = await hall_with(checkin=QUIET)
    anna = await hall.enrol("Anna")
    group = await hall.unit_group("一支部", UNIT, anna, kind="group")
    await library(hall)
    await hall.until(EIGHT)

    upgraded = await group.upgrade()
    await hall.settle()
    await hall.until(datetime(2026, 11, 24, 9, 0))

    assert (await titles(anna, upgraded))[-1] == "第二篇"


async def test_export_has_a_line_for_each_reading(hall_with: HallMaker) -> None:
    """Who read what when, and whether the answer was right."""
    hall = await hall_with(checkin=QUIET)
    anna = await hall.enrol("Anna")
    group = await hall.unit_group("一支部", UNIT, anna)
    await library(hall)
    await hall.until(EIGHT)
    await anna.presses("已读", group)
    await anna.presses("答题", group)
    await anna.presses("A. 理由")

    assert hall.app is not None
    (line,) = await hall.app.house.materials.export()

    assert line == {
        "date": "2026-11-23",
        "series": "每日一学",
        "title": "第一篇",
        "unit": UNIT,
        "name": "Anna",
        "read_at": "2026-11-23T08:00:00+08:00",
        "right": False,
    }
