"""Reports, bulletins and the record of a person, as an office and its members meet them (H2, H5)."""

import io
from datetime import datetime

import openpyxl
from docx import Document

from sandbox.people import Group
from storage import Tx
from storage.people import Role
from study.checkin_register import Actor
from study.programme import Programme
from tests.dialogues.unhurried import Unhurried
from tests.hall import Hall, HallMaker
from tests.programme.parts import programme_of

QUIET = {"checkin": {"enabled": False}, "materials": {"enabled": False}}
OFF = "本单位的学习计划没有启用这项功能。"
TOP, FIRST, SECOND = "示范区", "示范区/第一支部", "示范区/第二支部"


async def enrol(hall: Hall, name: str, unit: str = FIRST, **more: Role) -> Unhurried:
    """Somebody who gives the bot time to answer."""
    return Unhurried(hall, await hall.enrol(name, unit, **more))


async def newest_file(hall: Hall, reader: Unhurried, chat: Group | None = None) -> bytes:
    """The bytes of the newest file in a chat."""
    await hall.advance(seconds=60)
    found = [message for message in await reader.messages(chat) if message.file is not None]
    assert found[-1].file is not None
    return await hall.town.file(found[-1].file)


async def put(hall: Hall, *, at: datetime, came: tuple[str, ...], absent: tuple[str, ...] = ()) -> None:
    """A session that was held by the top unit, with its register."""

    def work(tx: Tx) -> None:
        people = {person.name: person for person in tx.people.everybody()}
        ms = int(at.timestamp() * 1000)
        top = tx.people.units_called(TOP)[0].id
        row = tx.connection.execute(
            "INSERT INTO sessions (series, topic, title, form, lecturer, place, unit_id, audience, starts_at, ends_at,"
            " state, material, created_at) VALUES ('', '', '党史专题', '', '', '', ?, '', ?, ?, 'held', '', 0)",
            (top, ms, ms + 3_600_000),
        )
        for name in (*came, *absent):
            status = "present" if name in came else "absent"
            tx.connection.execute(
                "INSERT INTO attendances (session_id, person_id, unit_id, status, at) VALUES (?, ?, ?, ?, ?)",
                (row.lastrowid, people[name].id, people[name].unit_id, status, ms),
            )

    await hall.write(work)


def programme() -> Programme:
    """Reports of the shipped programme alone."""
    return programme_of("heilongjiang", "header", "reports")


async def in_force(hall: Hall) -> None:
    """Put it in force."""
    assert hall.app is not None
    await hall.app.house.programmes.apply(programme(), now=hall.clock.now())


async def test_h2_figures_lead_to_their_rows_and_only_in_ones_own_units(hall_with: HallMaker) -> None:
    """H2: month, chapter, rows, table by unit; an organiser sees the own unit and no other, a member nothing."""
    hall = await hall_with(**QUIET)
    chief = await enrol(hall, "主任", TOP, role=Role.ORGANISER)
    boss = await enrol(hall, "书记", FIRST, role=Role.ORGANISER)
    anna = await enrol(hall, "安娜")
    await enrol(hall, "波波", SECOND)
    await chief.says("/report")
    off = await chief.reads()
    await in_force(hall)
    await put(hall, at=datetime(2026, 11, 20, 1), came=("安娜", "书记"), absent=("波波",))
    await put(hall, at=datetime(2026, 10, 20, 1), came=("安娜",))

    await anna.says("/report")
    refused = await anna.reads()
    await chief.says("/report")
    menu = await chief.last()
    await chief.presses("本月")
    page = await chief.last()
    await chief.presses("明细：到课人次（2）")
    rows = await chief.reads()
    await chief.presses("‹ 返回")
    await chief.presses("分单位")
    table = await chief.reads()
    await boss.says("/report 2026-11")
    own = await boss.reads()
    top = await hall.read(lambda tx: tx.people.units_called(TOP)[0].id)
    foreign = await boss.presses(data=f"report:page:2026-11:{top}:0")
    await boss.says("/report 2026-13")
    unreadable = await boss.reads()
    await chief.says("/report 2026-11")
    await chief.presses("Word")
    paper = Document(io.BytesIO(await newest_file(hall, chief)))
    await chief.presses("Excel")
    book = openpyxl.load_workbook(io.BytesIO(await newest_file(hall, chief)))

    assert off == OFF
    assert refused == "您没有权限在这里执行此操作，请联系本单位的组织者。"
    assert menu.labels[:3] == ["本月", "上月", "本季度"]
    assert "• 集中学习场次：1 场（与上期持平）" in page.text
    assert "• 到课人次：2 人次（比上期增加 1）" in page.text
    assert "• 到课人数：2 人（比上期增加 1）" in page.text
    assert "• 到课率：66.7%（比上期减少 33.3）" in page.text
    in_paper = [cell.text for one in paper.tables for line in one.rows for cell in line.cells]
    in_book = [cell for sheet in book for line in sheet.iter_rows(values_only=True) for cell in line]
    for words in ("到课人次", "2 人次", "到课人数", "2 人", "到课率", "66.7%"):
        assert words in in_paper
        assert words in in_book
    assert "2026-11-20 安娜 党史专题 attendances 1:" in rows
    assert "书记" in rows
    assert "波波" not in rows
    assert "第二支部 集中学习场次 0 场；到课人次 0 人次" in table
    assert "• 到课人次：2 人次" in own
    assert "• 到课率：100.0%" in own
    assert foreign == "您没有权限在这里执行此操作，请联系本单位的组织者。"
    assert unreadable.startswith("没有看懂时间")


async def test_h2_bulletin_is_drafted_edited_approved_and_posted_once(hall_with: HallMaker) -> None:
    """H2: drafted on the third, texts and lists by people, another one approves, posted once, corrected in a new version."""
    hall = await hall_with(**QUIET)
    chief = await enrol(hall, "主任", TOP, role=Role.ORGANISER)
    clerk = await enrol(hall, "文书", TOP, role=Role.ORGANISER)
    anna, bob = await enrol(hall, "安娜"), await enrol(hall, "波波", SECOND)
    group = await hall.unit_group("示范区工作群", TOP, chief, anna)
    await in_force(hall)
    await hall.stop_bot()
    await hall.start_bot()
    await put(hall, at=datetime(2026, 11, 24, 1), came=("安娜",), absent=("波波",))
    await hall.until(datetime(2026, 12, 3, 9, 1))

    told = await clerk.last()
    await clerk.presses("打开草稿")
    await clerk.presses("✎ 学习情况")
    await hall.stop_bot()
    await hall.start_bot()
    await clerk.says("本月学习扎实，<b>继续保持</b>。")
    await clerk.presses("先进 / 待改进")
    await clerk.presses("✕ 第一支部")
    await clerk.presses("+ 到课率先进单位")
    await clerk.says("第二支部青年组")
    await put(hall, at=datetime(2026, 11, 25, 1), came=("波波",))
    await clerk.presses("数据与明细")
    changed = await clerk.reads()
    await clerk.presses("‹ 返回")
    await clerk.presses("提交审核")
    own = await clerk.last()
    await chief.presses("打开")
    await chief.presses("退回")
    await chief.says("数字要更新")
    returned = await clerk.last()
    await clerk.presses("打开")
    await clerk.presses("重新取数")
    await clerk.presses("提交审核")
    forged = await clerk.presses(data="bull:approve:1:0")
    await chief.presses(data="bull:open:1:0")
    toast = await chief.presses("审核通过并发布")
    again = await chief.presses(data="bull:approve:1:0")
    posted = [m for m in await anna.messages(group) if "月通报" in m.text]
    source = await anna.presses("数据来源", group)
    await chief.presses("数据来源", group)
    await put(hall, at=datetime(2026, 11, 26, 1), came=("安娜", "波波"))
    await chief.presses("明细：到课人次（2）")
    frozen = await chief.reads()
    file = Document(io.BytesIO(await newest_file(hall, chief, group)))

    assert told.text.startswith("📰 通报草稿已生成：创先争优月通报，示范区，2026年11月")
    assert "• 集中学习场次：1 场 ⚠️ 现为 2 场" in changed.replace("（比上期增加 1）", "")
    assert "审核通过并发布" not in own.labels
    assert "数字要更新" in returned.text
    assert forged == "这份通报由您提交，须由他人审核。"
    assert toast == "已审核，发布到 1 个群。"
    assert again == "这份通报已经处理过了。"
    text = "\n".join(m.text for m in posted)
    assert text.count("一、学习情况") == 1
    assert "本月学习扎实，<b>继续保持</b>。" in text
    assert "• 集中学习场次：2 场" in text
    assert source == "您没有权限在这里执行此操作，请联系本单位的组织者。"
    assert "⚠️ 数据已有变化，现为 4 人次" in frozen
    assert frozen.count("党史专题") == 2
    paragraphs = [one.text for one in file.paragraphs]
    assert paragraphs[0] == "创先争优月通报，示范区，2026年11月"
    assert "附录：数据来源" in paragraphs
    assert any(shape for shape in file.inline_shapes)
    assert bob.name == "波波"

    await chief.presses(data="bull:open:1:0")
    await chief.presses("更正（新版本）")
    draft = await chief.reads()
    assert "更正，第 2 版" in draft
    assert "本月学习扎实" in draft


async def test_h2_stop_between_approval_and_delivery_posts_once(hall_with: HallMaker) -> None:
    """H2: approved while Telegram is away, stopped, started again, approved once more: the group has it once."""
    hall = await hall_with(**QUIET)
    chief = await enrol(hall, "主任", TOP, role=Role.ORGANISER)
    clerk = await enrol(hall, "文书", TOP, role=Role.ORGANISER)
    group = await hall.unit_group("示范区工作群", TOP, chief, clerk)
    await in_force(hall)
    await put(hall, at=datetime(2026, 10, 20, 1), came=("文书",))
    top = await hall.read(lambda tx: tx.people.units_called(TOP)[0].id)
    await clerk.says("/bulletin")
    await clerk.presses(data=f"bull_new:monthly:2026-10:{top}")
    await clerk.presses("提交审核")

    await hall.wire.cut()
    assert hall.app is not None
    by = Actor(chief.id, "主任")
    groups = await hall.app.house.bulletins.approve(by, 1, on_message=1, now=hall.clock.now())
    before = await chief.messages(group)
    await hall.stop_bot()
    await hall.wire.mend()
    await hall.start_bot()
    await hall.advance(minutes=2)
    again = await chief.presses(data="bull:approve:1:0")
    await hall.stop_bot()
    await hall.start_bot()
    await hall.advance(minutes=2)
    after = [message for message in await chief.messages(group) if message not in before]

    assert groups == 1
    assert again == "这份通报已经处理过了。"
    assert sum("一、学习情况" in message.text for message in after) == 1
    assert sum(message.file is not None for message in after) == 1


async def test_h5_record_of_a_person_for_themselves_and_their_organiser(hall_with: HallMaker) -> None:
    """H5: everything on one page, also as Word; nobody sees a colleague's."""
    hall = await hall_with(**QUIET)
    boss = await enrol(hall, "书记", role=Role.ORGANISER)
    anna, bob = await enrol(hall, "安娜"), await enrol(hall, "波波", SECOND)
    await in_force(hall)
    await put(hall, at=datetime(2026, 11, 20, 1), came=("安娜",))

    await anna.says("/record")
    own = await anna.reads()
    await bob.says("/record 安娜")
    refused = await bob.reads()
    await boss.says("/record 波波")
    outside = await boss.reads()
    await boss.says("/record 安娜")
    seen = await boss.reads()
    await boss.presses("Word")
    file = Document(io.BytesIO(await newest_file(hall, boss)))

    assert own.startswith("📁 安娜 2026 年实绩档案")
    assert "• 到课人次：1 人次" in own
    assert "• 到课率：100.0%" in own
    assert refused == "您没有权限在这里执行此操作，请联系本单位的组织者。"
    assert outside == "您负责的单位里没有叫“波波”的人。"
    assert seen == own
    assert file.paragraphs[0].text == "示范学习：实绩档案"
    assert file.tables[0].rows[0].cells[1].text == "安娜"
