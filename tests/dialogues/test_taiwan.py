"""An office in Taiwan: members read and write traditional characters from the first word to the exported sheet."""

import csv
import io

from storage.people import Role
from tests.dialogues.match import gather
from tests.hall import Actor, Hall, HallMaker
from tests.scripts import SIMPLIFIED_ONLY


async def answered(actor: Actor, words: str) -> str:
    """What the bot says in private to some words."""
    await actor.says(words)
    return await actor.reads()


async def test_who_chose_traditional_characters_gets_them(hall: Hall) -> None:
    """``/lang zh-TW`` in private and in the group of an office that speaks zh-CN: help, check-in, leave, contest, sheet."""
    match = await gather(hall)
    anna, host, group = match.anna, match.host, match.group

    chosen = await answered(anna, "/lang zh-TW")
    helped = await answered(anna, "/help")
    await hall.advance(minutes=40)
    checked = await answered(anna, "簽到")
    leave = await answered(anna, "/leave 後天 看牙醫")
    await host.says("/lang zh-TW")
    await host.says("/lang zh-TW", group)
    await host.says("/contest 搶答賽 常識 1", group)
    lobby = await match.text()
    await anna.presses("加入 紅隊", group)
    await match.bert.presses("加入 藍隊", group)
    await host.presses("開始", group)
    await hall.advance(seconds=5)
    toast = await anna.presses("搶答", group)
    await anna.presses(await match.letter(right=True), group)
    await hall.advance(minutes=1)
    end = await match.text()
    await host.says("/export")
    await hall.advance(seconds=5)
    await host.presses("簽到 CSV")
    await hall.advance(seconds=5)
    sheet = (await host.last()).file
    assert sheet is not None
    rows = list(csv.DictReader(io.StringIO((await hall.town.file(sheet)).decode("utf-8-sig"))))

    assert chosen == "好的，我在這裡使用繁體中文。"
    assert "每日簽到" in helped
    assert "簽到成功" in checked
    assert "11月25日" in leave
    assert "搶答賽" in lobby
    assert toast == "您搶到了！請立即作答。"
    assert "最終成績" in end
    assert end.index("紅隊") < end.index("藍隊")
    assert sheet.name.startswith("簽到-")
    assert {(row["姓名"], row["狀態"]) for row in rows} == {("安娜", "準時")}


async def test_office_that_speaks_traditional_characters(hall_with: HallMaker) -> None:
    """Nobody has to choose, Telegram's menu is in the same script, and no simplified character is said in a whole morning."""
    hall = await hall_with(programme={"name": "社區學習計畫", "language": "zh-TW", "timezone": "Asia/Taipei"})
    organiser = await hall.enrol("林怡君", "臺中市/西區", role=Role.ORGANISER)
    member = await hall.enrol("陳志豪", "臺中市/西區")
    group = await hall.unit_group("西區學習群組", "臺中市/西區", organiser, member)

    menu = await hall.town.ask("GET", "/commands", params={"as": member.id, "chat_id": member.id})
    await hall.advance(hours=1)
    await member.presses("簽到", group)
    for words in ("心得", "/tasks", "/today", "/practice", "/leave 明天 開會", "/start"):
        await member.says(words)
        await hall.advance(seconds=2)
    for words in (
        "/rollcall",
        "/assign 下週五 讀後感：讀完第三章，寫三百字",
        "/material",
        "/contest",
        "/members",
        "/season 新增",
    ):
        await organiser.says(words)
        await hall.advance(seconds=2)
    said = [message.text for who in (organiser, member) for message in await who.messages()]
    said += [message.text for message in await member.messages(group)]

    assert "每日簽到" in [one["description"] for one in menu]
    assert len(said) > 20
    assert [text for text in said if SIMPLIFIED_ONLY & set(text)] == []
    assert any("讀後感" in text and "12月4日" in text for text in said)
