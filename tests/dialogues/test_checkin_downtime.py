"""The bot's own absence is nobody's fault: restarts, missed openings, missed closes, weekends and holidays."""

from datetime import date, datetime

from storage import Tx
from storage.people import Role
from tests.dialogues.test_checkins import UNIT, card, register, texts
from tests.hall import SHANGHAI, Actor, Hall, HallMaker


async def sleep_until(hall: Hall, at: datetime) -> None:
    """Stop the bot and start it again at a moment on the programme's clock."""
    await hall.stop_bot()
    hall.clock.skip((at.replace(tzinfo=SHANGHAI) - hall.clock.now()).total_seconds())
    await hall.start_bot()


async def streak_of(actor: Actor) -> str:
    """Check in in private and read the streak."""
    await actor.says("签到")
    return (await actor.reads()).split("。")[-2]


async def test_restart_between_open_and_close_changes_nothing(hall: Hall) -> None:
    """The same card goes on, who was in is in, and the close comes once."""
    anna, bob = await hall.enrol("Anna"), await hall.enrol("Bob")
    group = await hall.unit_group("一支部", UNIT, anna, bob)
    await hall.until(datetime(2026, 11, 23, 8, 0))
    await anna.presses("签到", group)

    await sleep_until(hall, datetime(2026, 11, 23, 8, 30))
    again = await anna.presses("签到", group)
    await bob.presses("签到", group)
    await hall.until(datetime(2026, 11, 23, 20, 30))
    await sleep_until(hall, datetime(2026, 11, 23, 22, 0))

    assert again == "您今天 08:00 已签到，无需重复。连续签到 1 天。"
    assert "已签到 2/2 人\n签到已截止，全部到齐。" in (await card(anna, group)).text
    assert len(await texts(anna, group)) == 1


async def test_gathered_edit_survives_a_restart(hall: Hall) -> None:
    """Presses whose count was still to be shown when the bot stopped are shown after the start."""
    people = [await hall.enrol(f"P{n}") for n in range(8)]
    group = await hall.unit_group("一支部", UNIT, *people)
    await hall.until(datetime(2026, 11, 23, 8, 0))
    for person in people:
        await person.presses("签到", group)
    before = (await card(people[0], group)).text

    await sleep_until(hall, datetime(2026, 11, 23, 8, 5))

    assert "已签到 8/8 人" not in before
    assert "已签到 8/8 人" in (await card(people[0], group)).text


async def test_card_comes_late_if_the_bot_was_down_at_the_hour(hall: Hall) -> None:
    """Back at 10:00: the card is opened, nobody is late until 10:30, whoever comes later is."""
    anna, bob = await hall.enrol("Anna"), await hall.enrol("Bob")
    group = await hall.unit_group("一支部", UNIT, anna, bob)

    await sleep_until(hall, datetime(2026, 11, 23, 10, 0))
    shown = await card(anna, group)
    await hall.until(datetime(2026, 11, 23, 10, 30))
    on_time = await anna.presses("签到", group)
    await hall.advance(1)
    late = await bob.presses("签到", group)

    assert shown.text.endswith("10:30 后为迟到，20:00 截止。")
    assert on_time == "10:30 签到成功。连续签到 1 天。"
    assert late == "10:30 签到成功，记为迟到。连续签到 1 天。"


async def test_whole_day_missed_counts_as_not_held_and_is_reported(hall: Hall) -> None:
    """Down all through Tuesday: nobody is absent, Wednesday goes on with the streak, the organiser is told once."""
    anna, boss = await hall.enrol("Anna"), await hall.enrol("Boss", role=Role.ORGANISER)
    group = await hall.unit_group("一支部", UNIT, anna, boss)
    await hall.until(datetime(2026, 11, 23, 8, 0))
    await anna.presses("签到", group)
    await hall.until(datetime(2026, 11, 23, 21, 0))

    await sleep_until(hall, datetime(2026, 11, 25, 7, 0))
    told = [message.text for message in await boss.messages()]
    await hall.until(datetime(2026, 11, 25, 8, 0))
    toast = await anna.presses("签到", group)

    assert toast == "08:00 签到成功。连续签到 2 天。"
    assert told == [
        "以下日期签到时段系统未在运行：11月24日 星期二。按未开展签到处理，不记缺勤。\n如需补登，请使用 /mark。"
    ]
    assert not [key for key in await register(hall) if key[0] == "2026-11-24"]


async def test_several_missed_days_are_one_report(hall: Hall) -> None:
    """Back after a week: one message with all the days, the weekend not among them."""
    boss = await hall.enrol("Boss", role=Role.ORGANISER)
    await hall.unit_group("一支部", UNIT, boss)

    await sleep_until(hall, datetime(2026, 12, 1, 7, 0))

    (told,) = [message.text for message in await boss.messages()]
    assert [f"{month}月{day}日" in told for month, day in ((11, 23), (11, 27), (11, 28), (11, 29), (11, 30))] == [
        True,
        True,
        False,
        False,
        True,
    ]


async def test_close_missed_on_the_same_day_leaves_a_quarter_of_an_hour(hall: Hall) -> None:
    """What waited at Telegram while the bot was down at the close still counts; then it closes as usual."""
    anna, bob = await hall.enrol("Anna"), await hall.enrol("Bob")
    group = await hall.unit_group("一支部", UNIT, anna, bob)
    await hall.until(datetime(2026, 11, 23, 19, 50))
    await hall.stop_bot()
    await anna.person.presses("签到", chat=group)
    hall.clock.skip(20 * 60)

    await hall.start_bot()
    waiting = await card(anna, group)
    await hall.until(datetime(2026, 11, 23, 20, 26))

    assert "20:25 截止。" in waiting.text
    assert await register(hall) == {("2026-11-23", "Anna"): "late", ("2026-11-23", "Bob"): "absent"}
    assert (await card(anna, group)).labels == []


async def test_close_missed_until_the_next_day_makes_nobody_absent(hall: Hall) -> None:
    """Whoever had checked in keeps it; the rest is not counted, and the organiser is told."""
    anna, boss = await hall.enrol("Anna"), await hall.enrol("Boss", role=Role.ORGANISER)
    group = await hall.unit_group("一支部", UNIT, anna, boss)
    await hall.until(datetime(2026, 11, 23, 8, 0))
    await anna.presses("签到", group)

    await sleep_until(hall, datetime(2026, 11, 24, 7, 0))

    assert await register(hall) == {("2026-11-23", "Anna"): "on_time"}
    closed = await card(anna, group)
    assert closed.labels == []
    assert "截止时系统未在运行，当天不记缺勤。" in closed.text
    assert "11月23日 星期一。已签到的保留" in await boss.reads()


async def test_weekend_and_public_holiday_do_not_break_a_streak(hall_with: HallMaker) -> None:
    """30 September, the holiday of 2026 (1 to 7 October), 8 and 9 October and the swapped Saturday: a streak of four."""
    hall = await hall_with(start=datetime(2026, 9, 30, 7, 0, tzinfo=SHANGHAI))
    anna = await hall.enrol("Anna")
    group = await hall.unit_group("一支部", UNIT, anna)
    await hall.until(datetime(2026, 9, 30, 8, 0))
    streaks = [await streak_of(anna)]

    await hall.until(datetime(2026, 10, 2, 8, 0))
    await anna.says("签到")
    on_holiday = await anna.reads()
    for day in (8, 9, 10):
        await hall.until(datetime(2026, 10, day, 8, 0))
        streaks.append(await streak_of(anna))

    assert on_holiday == "今天不用签到。"
    assert streaks == [f"连续签到 {n} 天" for n in (1, 2, 3, 4)]
    days = {day for day, _ in await register(hall)}
    assert days == {"2026-09-30", "2026-10-08", "2026-10-09", "2026-10-10"}
    assert len(await texts(anna, group)) == 4


async def test_absence_breaks_a_streak_and_leave_does_not(hall: Hall) -> None:
    """Monday there, Tuesday absent, Wednesday there: one day in a row."""
    anna = await hall.enrol("Anna")
    await hall.unit_group("一支部", UNIT, anna)

    await hall.until(datetime(2026, 11, 23, 8, 0))
    await anna.says("签到")
    await hall.until(datetime(2026, 11, 25, 8, 0))

    assert await streak_of(anna) == "连续签到 1 天"


async def test_person_added_in_mid_week_was_not_absent_before(hall: Hall) -> None:
    """Joined on Wednesday at noon: not missing on Wednesday, expected on Thursday, a streak of one on Friday."""
    anna = await hall.enrol("Anna")
    group = await hall.unit_group("一支部", UNIT, anna)
    await hall.until(datetime(2026, 11, 25, 12, 0))
    newcomer = await hall.enrol("Newcomer")
    await hall.until(datetime(2026, 11, 25, 20, 30))
    wednesday = (await card(anna, group)).text

    await hall.until(datetime(2026, 11, 26, 20, 30))
    thursday = (await card(anna, group)).text
    await hall.until(datetime(2026, 11, 27, 8, 0))

    assert "未签到 1 人：Anna" in wednesday
    assert "未签到 2 人：Anna、Newcomer" in thursday
    assert await streak_of(newcomer) == "连续签到 1 天"
    assert [day for day, name in await register(hall) if name == "Newcomer"] == ["2026-11-26", "2026-11-27"]


async def test_whoever_has_not_joined_is_not_missing(hall: Hall) -> None:
    """On the roster without a Telegram account: neither expected nor absent, but the organiser sees how many there are."""
    boss = await hall.enrol("Boss", role=Role.ORGANISER)
    group = await hall.unit_group("一支部", UNIT, boss)

    def work(tx: Tx) -> None:
        unit_id = tx.people.add_unit(UNIT)
        now = hall.clock.now()
        tx.people.add(code="X1", name="Absentee", unit_id=unit_id, level="", title="", role=Role.MEMBER, now=now)

    await hall.write(work)
    await hall.until(datetime(2026, 11, 23, 8, 0))
    await boss.says("/missing")

    assert "已签到 0/1 人" in (await card(boss, group)).text
    assert (await boss.reads()).endswith("未签到 1 人：Boss\n\n另有 1 人在名册中，尚未加入。")


async def test_days_switched_off_have_no_card(hall_with: HallMaker) -> None:
    """With check-in disabled nothing opens and nobody can check in; other weekdays follow the configuration."""
    hall = await hall_with(checkin={"days": ("tuesday",)})
    anna = await hall.enrol("Anna")
    group = await hall.unit_group("一支部", UNIT, anna)
    await hall.until(datetime(2026, 11, 23, 21, 0))
    await anna.says("签到")
    refused = await anna.reads()
    await hall.until(datetime(2026, 11, 24, 7, 31))

    assert refused == "今天不用签到。"
    assert [text.splitlines()[0] for text in await texts(anna, group)] == ["每日签到 · 11月24日 星期二"]


async def test_new_hours_take_effect_with_the_next_start(hall_with: HallMaker) -> None:
    """The alarm planned under the old hours does nothing; the card comes at the new hour, once."""
    hall = await hall_with()
    anna = await hall.enrol("Anna")
    group = await hall.unit_group("一支部", UNIT, anna)
    await hall.stop_bot()
    hall._settings["checkin"] = {"opens": "08:30"}
    await hall.start_bot()

    await hall.until(datetime(2026, 11, 23, 8, 29))
    before = await texts(anna, group)
    await hall.until(datetime(2026, 11, 23, 8, 31))

    assert before == []
    assert len(await texts(anna, group)) == 1


async def test_every_change_of_the_register_is_kept(hall: Hall) -> None:
    """The log says who checked in and whom the close counted absent."""
    anna, bob = await hall.enrol("Anna"), await hall.enrol("Bob")
    group = await hall.unit_group("一支部", UNIT, anna, bob)
    await hall.until(datetime(2026, 11, 23, 8, 0))
    await anna.presses("签到", group)
    await hall.until(datetime(2026, 11, 23, 20, 30))

    def causes(tx: Tx) -> list[tuple[str, str, str]]:
        day = date(2026, 11, 23)
        people = tx.people.everybody()
        entries = [(person.name, entry) for person in people for entry in tx.checkins.entries(day, person.id)]
        return [(name, entry.cause.value, entry.status.value) for name, entry in entries]

    assert await hall.read(causes) == [("Anna", "self", "on_time"), ("Bob", "close", "absent")]
