"""Taking a roster in: by chat and by the services that the command line calls."""

from pathlib import Path

from handlers.present.joining import mistake_lines, plan_line, result_line
from handlers.texts import texts
from storage.people import Role
from tests.hall import SHANGHAI, Actor, Hall

DEMO = Path(__file__).parents[2] / "bot/demo_data/roster.csv"
HEADER = "姓名,单位,层级,职务,编号"


def csv(*lines: str) -> bytes:
    """A roster as somebody typed it."""
    return "\n".join([HEADER, *lines]).encode()


async def sends(hall: Hall, admin: Actor, *lines: str) -> None:
    """Send a roster with the command as its caption, and let time pass."""
    await admin.sends(csv(*lines), "名册.csv", caption="/roster")
    await hall.advance(seconds=5)


async def names(hall: Hall) -> list[str]:
    """Everybody on the roster, by code."""
    people = await hall.read(lambda tx: tx.people.everybody())
    return [person.name for person in sorted(people, key=lambda person: person.code)]


async def test_a_good_roster_is_taken_in_at_once(hall: Hall) -> None:
    """The project's own roster, asked for by /roster: units, roles, people."""
    admin = await hall.admin()
    await admin.says("/roster")
    asked = await admin.reads()

    await admin.sends(DEMO.read_bytes(), "roster.csv")

    assert "请把名册以 CSV 或 XLSX 文件发给我" in asked
    assert (await admin.reads()).startswith("导入完成。新增 16 人，变动 0 人，无变化 0 人。")
    lead = await hall.read(lambda tx: tx.people.by_code("SF301"))
    assert lead is not None
    assert (lead.name, lead.unit, lead.role) == ("冯立新", "第三支部", Role.ORGANISER)
    assert len(await hall.read(lambda tx: tx.people.units())) == 4


async def test_bad_rows_are_listed_and_the_rest_waits_for_a_word(hall: Hall) -> None:
    """Every bad row with its line; nothing is stored before the press, the good rows after it, a restart between."""
    admin = await hall.admin()
    await sends(hall, admin, "王若兰,支部,,,A1", ",支部,,,A2", "李文涛,支部,,,A3", "甲<b>&,支部,,,a3", "乙,支部,,,A4")
    card = await admin.last()
    before = await names(hall)
    await hall.stop_bot()
    await hall.start_bot()

    await admin.presses("导入其余")
    await hall.advance(seconds=5)
    twice = await admin.presses(data=card.buttons[0][0].data, message=card.id)

    assert card.text.splitlines()[0] == "名册中有 3 行无法导入："
    assert "第 3 行：缺少姓名" in card.text
    assert "第 4 行：编号 A3 与第 5 行重复" in card.text
    assert "第 5 行：编号 a3 与第 4 行重复" in card.text
    assert card.labels == ["导入其余 2 人", "取消"]
    assert before == []
    assert await names(hall) == ["王若兰", "乙"]
    assert "导入完成。新增 2 人" in await admin.reads()
    assert "有 3 行未导入。" in await admin.reads()
    assert twice == "这个按钮已失效。"


async def test_a_roster_can_be_dropped(hall: Hall) -> None:
    """取消 changes nothing, and another admin cannot press for the sender."""
    admin = await hall.admin()
    other = await hall.enrol("周明远", "总部", role=Role.ADMIN)
    await sends(hall, admin, "王若兰,支部,,,A1", ",支部,,,A2")
    data = (await admin.last()).buttons[0][0].data
    await other.says("/lang")

    foreign = await other.presses(data=data)
    await admin.presses("取消")

    assert foreign == "这个按钮已失效。"
    assert await admin.reads() == "名册未导入，未做任何更改。"
    assert await names(hall) == ["周明远"]


async def test_importing_again_says_what_changed_and_removes_nobody(hall: Hall) -> None:
    """Unchanged, changed, new, absent; roles given by hand and accounts stay."""
    admin = await hall.admin()
    await sends(hall, admin, "王若兰,区/一支部,科级,,A1", "李文涛,区/一支部,科员,成员,A2", "赵一鸣,区/一支部,,,A3")
    lan = await hall.person("兰")
    await lan.says("/start A1")
    await admin.says("/role 王若兰 组织者")
    await hall.advance(seconds=5)

    await sends(hall, admin, "王若兰,区/一支部,科级,书记,a1", "李文涛,区/一支部,科员,成员,A2", "新人,区/二支部,,,A4")

    text = await admin.reads()
    assert "新增 1 人，变动 1 人，无变化 1 人。" in text
    assert "• 王若兰（A1）：职务" in text
    assert "名册中有 1 人不在此文件中，仍予保留。\n赵一鸣" in text
    person = await hall.read(lambda tx: tx.people.by_user(lan.id))
    assert person is not None
    assert (person.code, person.title, person.role) == ("A1", "书记", Role.ORGANISER)
    assert await names(hall) == ["王若兰", "李文涛", "赵一鸣", "新人"]


async def test_a_short_name_means_the_unit_that_is_there(hall: Hall) -> None:
    """``一支部`` is the one unit of this name; no second one is made at the top."""
    await hall.write(lambda tx: tx.people.add_unit("区/一支部"))
    admin = await hall.admin()

    await sends(hall, admin, "王若兰,一支部,,,A1", "李文涛,一支部/一组,,,A2")

    paths = [unit.path for unit in await hall.read(lambda tx: tx.people.units())]
    assert paths == ["区", "区/一支部", "区/一支部/一组"]


async def test_who_left_is_back_with_the_next_roster(hall: Hall) -> None:
    """A removed person who is in the file is on the roster again, and it is said."""
    admin = await hall.admin()
    await sends(hall, admin, "王若兰,支部,,,A1")
    await admin.says("/remove 王若兰")
    await admin.presses("确认移出")
    gone = await names(hall)
    await hall.advance(seconds=5)

    await sends(hall, admin, "王若兰,支部,,,A1")

    assert gone == []
    assert "• 王若兰（A1）：重新加入名册" in await admin.reads()
    assert await names(hall) == ["王若兰"]


async def test_only_admins_and_only_files(hall: Hall) -> None:
    """Organisers are refused; a text, a picture in place of a table, a group: one sentence each."""
    admin = await hall.admin()
    lead = await hall.enrol("冯立新", "支部", role=Role.ORGANISER)
    group = await hall.unit_group("群", "支部", admin)

    await lead.sends(csv("甲,支部,,,A1"), "名册.csv", caption="/roster")
    await admin.says("/roster")
    await hall.advance(seconds=5)
    await admin.says("你好")
    as_text = await admin.reads()
    await hall.advance(seconds=5)
    await admin.sends(b"\x89PNG\r\n\x1a\n" + b"0" * 40, "名册.csv")
    as_picture = await admin.reads()
    await hall.advance(seconds=5)
    await admin.sends("姓名,层级\n甲,科级\n".encode(), "名册.csv")
    without_columns = await admin.reads()
    await admin.sends(csv("甲,支部,,,A1"), "名册.csv", group, caption="/roster")

    assert await lead.reads() == "您没有权限在这里执行此操作，请联系本单位的组织者。"
    assert as_text == "请发送名册文件（CSV 或 XLSX），或发送 /cancel 退出。"
    assert "png" in as_picture
    assert without_columns == "首行须为列名，缺少以下列：unit/单位, code/编号"
    assert await names(hall) == ["冯立新"]


async def test_very_many_mistakes_come_as_a_file(hall: Hall) -> None:
    """The message names the first ones, the file all of them; without a good row there is nothing to press."""
    admin = await hall.admin()
    await sends(hall, admin, *(f",支部,,,A{n}" for n in range(200)))

    text = await admin.last()
    sent = next(
        message for message in await admin.messages() if message.file is not None and message.sender != admin.id
    )
    assert sent.file is not None
    lines = (await hall.town.file(sent.file)).decode("utf-8-sig").splitlines()
    assert "……另有 175 条" in text.text
    assert "没有一行可以导入，未做任何更改。" in text.text
    assert text.labels == []
    assert lines[-1] == "第 201 行：缺少姓名"
    assert len(lines) == 200
    assert all(call.status == 200 for call in await hall.town.calls())


async def test_the_services_that_the_command_line_calls(hall: Hall) -> None:
    """Planning changes nothing; taking in does, and looks again at what is there; the export has it all."""
    assert hall.app is not None
    roster, now = hall.app.house.roster, hall.clock.now()
    t = texts("zh-CN", SHANGHAI)
    plan = await roster.plan(csv("王若兰,区/支部,科级,书记,A1", "李文涛,,,,A2", "赵一鸣,区/支部,,评委,A3"), "名册.csv")
    before = await names(hall)

    result = await roster.take_in(plan, now=now)
    again = await roster.take_in(plan, now=now)

    assert before == []
    assert (len(plan.new), plan.bad_rows, plan.units) == (2, 1, ("区/支部",))
    assert mistake_lines(plan, t) == ["第 3 行：缺少单位"]
    assert plan_line(plan, t) == "新增 2 人，变动 0 人，无变化 0 人。"
    assert result_line(result, t) == "导入完成。新增 2 人，变动 0 人，无变化 0 人。 有 1 行未导入。"
    assert (again.new, again.unchanged) == (0, 2)
    assert await roster.export() == (
        {
            "name": "王若兰",
            "unit": "区/支部",
            "level": "科级",
            "role": "member",
            "title": "书记",
            "code": "A1",
            "joined": False,
            "joined_at": None,
        },
        {
            "name": "赵一鸣",
            "unit": "区/支部",
            "level": "",
            "role": "judge",
            "title": "",
            "code": "A3",
            "joined": False,
            "joined_at": None,
        },
    )
