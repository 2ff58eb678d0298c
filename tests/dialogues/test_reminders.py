"""The day's reminder: one message with everything that somebody owes, never on holidays or during leave."""

from datetime import datetime

from study.programme import Programme
from study.programme.header import Header, Reminders
from tests.dialogues.unhurried import Unhurried
from tests.hall import SHANGHAI, Hall, HallMaker

QUIET = {"checkin": {"enabled": False}, "materials": {"enabled": False}}


async def two_tasks(hall: Hall, due: str) -> None:
    """An admin gives two tasks to everybody, due on the same day."""
    admin = await hall.admin()
    for title in ("查隐患", "读文件"):
        await admin.says(f"/assign {due} {title}：请完成")
        await admin.presses("发送")
        await hall.advance(seconds=5)


async def test_everything_that_is_owed_comes_in_one_message(hall_with: HallMaker) -> None:
    """Two tasks, one message, with a way into each; a restart at the hour sends no second one; who is done hears nothing."""
    hall = await hall_with(**QUIET)
    anna, bert = await hall.enrol("安娜"), Unhurried(hall, await hall.enrol("伯特"))
    await two_tasks(hall, "11-25 18:00")
    for title in ("查隐患", "读文件"):
        card = next(message for message in await bert.messages() if message.text.startswith(title) and message.labels)
        await bert.presses("提交", message=card)
        await bert.says("做完了")
        await bert.presses("提交")

    await hall.until(datetime(2026, 11, 24, 9, 0, tzinfo=SHANGHAI))
    await hall.stop_bot()
    await hall.start_bot()
    reminder = await anna.last()
    count = len([message for message in await anna.messages() if "没有完成" in message.text])

    assert reminder.text == (
        "⏰ 您还有 2 件事没有完成：\n• 任务：查隐患（11月25日 18:00 截止）\n• 任务：读文件（11月25日 18:00 截止）"
    )
    assert reminder.labels == ["任务：查隐患", "任务：读文件"]
    assert count == 1
    assert not any("没有完成" in message.text for message in await bert.messages())


async def test_the_programme_says_when_and_holidays_are_quiet(hall_with: HallMaker) -> None:
    """At the programme's own hour; the holiday of 1 January reminds nobody: the last workday before it does."""
    hall = await hall_with(start=datetime(2026, 12, 29, 7, 0, tzinfo=SHANGHAI), **QUIET)
    assert hall.app is not None
    programme = Programme(name="own", header=Header(reminders=Reminders(at=datetime(2026, 1, 1, 8, 15).time())))
    await hall.app.house.programmes.apply(programme, now=hall.clock.now())
    await hall.stop_bot()
    await hall.start_bot()
    anna = await hall.enrol("安娜")
    await two_tasks(hall, "01-02 18:00")

    await hall.until(datetime(2026, 12, 31, 8, 14, tzinfo=SHANGHAI))
    before = await anna.reads()
    await hall.until(datetime(2026, 12, 31, 8, 15, tzinfo=SHANGHAI))
    then = await anna.reads()
    await hall.until(datetime(2027, 1, 2, 12, 0, tzinfo=SHANGHAI))
    count = len([message for message in await anna.messages() if "没有完成" in message.text])

    assert "没有完成" not in before
    assert "没有完成" in then
    assert count == 1
