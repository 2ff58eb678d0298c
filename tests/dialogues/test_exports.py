"""``/export``: organisers get the records of their own units as tables, in private."""

import csv
import io

import openpyxl
import pytest

from sandbox.people import Message
from storage.people import Role
from tests.dialogues.match import Match, gather
from tests.hall import Actor, Hall

FIRST, SECOND = "示范区/第一支部", "示范区/第二支部"


@pytest.fixture
async def match(hall: Hall) -> Match:
    """A contest of one question was played in the first unit; somebody of the second unit is on the roster too."""
    match = await gather(hall)
    await hall.enrol("邻居", SECOND)
    await match.begins("buzzer 常识 1")
    await match.anna.presses("抢答", match.group)
    await match.anna.presses(await match.letter(right=True), match.group)
    await hall.advance(hours=1)
    await match.anna.says("签到", match.group)
    return match


async def asks(hall: Hall, actor: Actor) -> None:
    """Ask for the menu, at a pace that Telegram's limit of a message a second lets pass."""
    await hall.advance(seconds=5)
    await actor.says("/export")
    await hall.advance(seconds=5)


async def fetched(hall: Hall, actor: Actor) -> tuple[Message, bytes]:
    """The newest document in somebody's private chat, and its bytes."""
    await hall.advance(seconds=5)
    message = await actor.last()
    assert message.file is not None
    return message, await hall.town.file(message.file)


async def table(hall: Hall, actor: Actor, label: str) -> list[dict[str, str]]:
    """Press a button of the menu and read the CSV that comes."""
    await asks(hall, actor)
    await actor.presses(label)
    _, content = await fetched(hall, actor)
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


async def test_organiser_gets_the_records_of_the_own_unit(match: Match) -> None:
    """Each kind as a table in Chinese words; nobody of another unit is in it."""
    await asks(match.hall, match.host)
    menu = await match.host.last()
    toast = await match.host.presses("签到 XLSX")
    message, content = await fetched(match.hall, match.host)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    attendance = await table(match.hall, match.host, "签到 CSV")
    contests = await table(match.hall, match.host, "竞赛 CSV")
    roster = await table(match.hall, match.host, "名册 CSV")

    assert menu.labels == [
        f"{what} {form}"
        for what in (
            "签到",
            "竞赛",
            "心得",
            "作业",
            "考试成绩",
            "名册",
            "题目统计",
            "成果与申报",
            "积分",
            "认领事项",
            "金点子",
        )
        for form in ("XLSX", "CSV")
    ] + ["学习签到表（可打印）"]
    assert toast == "正在生成文件，请稍候。"
    assert message.file is not None
    assert message.file.name == "签到-2026-11-23.xlsx"
    assert "签到（截至 " in message.text
    assert sheet is not None
    assert [cell.value for cell in sheet[1]] == ["日期", "事项", "单位", "姓名", "状态", "时间"]
    assert [line for line in attendance if line["姓名"] == "安娜"] == [
        {
            "日期": "2026-11-23",
            "事项": "签到",
            "单位": FIRST,
            "姓名": "安娜",
            "状态": "准时",
            "时间": attendance[0]["时间"],
        }
    ]
    assert {(line["类别"], line["名次"], line["姓名"], line["得分"]) for line in contests} >= {
        ("队伍", "1", "红队", "110"),
        ("选手", "1", "安娜", "10"),
    }
    assert {line["竞赛状态"] for line in contests} == {"已结束"}
    assert {line["姓名"] for line in roster} == {"主持", "安娜", "<b>伯特&", "卡尔"}
    assert {line["角色"] for line in roster} == {"成员", "组织者"}


async def test_other_units_stay_closed(match: Match) -> None:
    """An organiser of another unit gets none of this one's people, contests and check-ins; an admin gets all."""
    hall = match.hall
    neighbour = await hall.enrol("二支部组织者", SECOND, role=Role.ORGANISER)
    admin = await hall.admin()

    theirs = [
        await table(hall, neighbour, f"{what} CSV") for what in ("签到", "竞赛", "心得", "作业", "考试成绩", "名册")
    ]
    everybody = await table(hall, admin, "名册 CSV")
    contests = await table(hall, admin, "竞赛 CSV")

    assert {line["姓名"] for lines in theirs for line in lines} == {"邻居", "二支部组织者"}
    assert theirs[1] == []
    assert {"安娜", "邻居"} <= {line["姓名"] for line in everybody}
    assert contests != []


async def test_who_may_not_and_where_not(match: Match) -> None:
    """Members are refused, groups too, and forged buttons; whoever lost the role before the file is made gets none."""
    await match.host.says("/export", match.group)
    await match.hall.advance(minutes=1)
    in_group = await match.text()
    await asks(match.hall, match.anna)
    refused = await match.anna.reads()
    await asks(match.hall, match.host)
    forged = await match.host.presses(data="exp:nothing:csv")
    sneaked = await match.anna.presses(data="exp:roster:csv", message=await match.anna.last())
    await match.hall.advance(seconds=5)

    assert "私聊" in in_group
    assert refused == "您没有权限在这里执行此操作，请联系本单位的组织者。"
    assert forged == "这个按钮无效。"
    assert sneaked == "您没有权限在这里执行此操作，请联系本单位的组织者。"
    assert not [message for message in await match.anna.messages() if message.file is not None]


async def test_in_english_and_across_a_restart(match: Match) -> None:
    """The file is made when it is delivered, in the reader's language, also after the bot was started anew."""
    hall, host = match.hall, match.host
    await host.says("/lang en")
    await asks(hall, host)
    await hall.town.fault("retry", method="sendDocument", retry_after=30)
    await host.presses("Roster CSV")
    await hall.stop_bot()
    await hall.start_bot()
    await hall.advance(minutes=2)

    message, content = await fetched(hall, host)

    lines = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert message.text.startswith("Roster, as of ")
    assert {line["Role"] for line in lines} == {"member", "organiser"}
    assert "Has joined" in lines[0]
