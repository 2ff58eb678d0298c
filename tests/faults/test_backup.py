"""A backup taken in the middle of things, and put back: nothing goes on as if nothing had been lost, nobody gets it twice."""

from collections import Counter

from storage.people import Role
from study.notes import Note
from tests.cli.desk import Desk
from tests.dialogues.match import gather
from tests.hall import Actor, Hall


async def seen(actor: Actor) -> Counter[str]:
    """How often the bot said what in private."""
    return Counter(message.text for message in await actor.messages() if message.sender != actor.id)


async def test_restored_contest_is_paused_and_played_to_an_end_that_the_audit_confirms(hall: Hall, desk: Desk) -> None:
    """Backed up in mid-question, played on, put back: the group is told plainly, the host lets it go on from the backup."""
    admin, match = await hall.admin(), await gather(hall)
    desk.database = hall.database_path
    config = desk.config(storage={"url": f"sqlite:///{hall.database_path}"})
    await match.begins()
    await match.anna.presses("抢答", match.group)

    backup = await desk.here("backup", "copy.db", "-c", config)
    await match.anna.presses(await match.letter(right=True), match.group)
    await hall.advance(seconds=5)
    await hall.stop_bot()
    restored = await desk.here("restore", "copy.db", "-c", config)
    await hall.start_bot()
    paused = [message.text for message in await match.anna.messages(match.group)][-1]
    told = await admin.reads()
    await hall.stop_bot()
    await hall.start_bot()
    await match.host.says("/contest 继续", match.group)
    for _ in range(2):
        await hall.advance(seconds=8)
        await match.anna.presses("抢答", match.group)
        await match.anna.presses(await match.letter(right=True), match.group)
    await hall.advance(minutes=2)
    await hall.stop_bot()
    audit = await desk.here("audit", "contest", "1", "-c", config)

    said = [message.text for message in await match.anna.messages(match.group)]
    assert (backup.status, restored.status) == (0, 0)
    assert "暂停" in paused
    assert "此后的记录已丢失" in paused
    assert told.startswith("请注意：数据已从")
    assert sum("此后的记录已丢失" in text for text in said) == 1
    assert sum("此后的记录已丢失" in text for text in (await seen(admin)).elements()) == 1
    assert sum("最终成绩" in text for text in said) == 1
    assert "120" in next(text for text in said if "最终成绩" in text)
    assert (audit.status, audit.out[-1]) == (0, "回放结果与公布成绩一致。")


async def test_restored_broadcast_is_not_sent_a_second_time(hall: Hall, desk: Desk) -> None:
    """What waited in the backup was sent long ago: it is noted as unknown, and its sender sees that it was stopped."""
    boss = await hall.enrol("王书记", role=Role.ORGANISER)
    people = [await hall.enrol(f"成员{number}") for number in range(1, 4)]
    config = desk.config(storage={"url": f"sqlite:///{hall.database_path}"})
    await boss.says("/broadcast 周五集中学习")
    await hall.town.fault("retry", chat_id=people[0].id, retry_after=60)
    await boss.presses("发送")
    row = await hall.write(lambda tx: tx.outbox.say(people[0].id, Note(text="就这一次"), now=hall.clock.now()))

    backup = await desk.here("backup", "copy.db", "-c", config)
    await hall.advance(minutes=3)
    await hall.stop_bot()
    await desk.here("restore", "copy.db", "-c", config)
    await hall.start_bot()
    await hall.advance(minutes=10)

    assert backup.status == 0
    for person in people:
        assert sum(("周五集中学习" in text) * count for text, count in (await seen(person)).items()) == 1
    assert (await seen(people[0]))["就这一次"] == 1
    assert "已停止" in "".join(await seen(boss))
    assert await hall.read(lambda tx: tx.outbox.pending()) == 0
    state = await hall.read(
        lambda tx: tx.connection.execute("SELECT state, error FROM outbox WHERE id = ?", (row,)).fetchone()
    )
    assert (state["state"], state["error"]) == ("unknown", "interrupted")
