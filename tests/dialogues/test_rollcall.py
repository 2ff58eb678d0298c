"""P2, strict roll call at every session: by button, by code, by name; closed by itself, corrected with reasons, a register."""

import json
import re
from datetime import datetime, timedelta

import aiohttp

from sandbox.people import Group
from storage.people import Role
from study.programme.rollcall import RollCalls
from study.programme.whole import Programme
from tests.dialogues.test_core_review import migration
from tests.hall import SHANGHAI, Actor, Hall, HallMaker

UNIT = "示范区/第一支部"
QUIET = {"checkin": {"enabled": False}, "materials": {"enabled": False}}
FRIDAY = datetime(2026, 11, 27, 15, 0, tzinfo=SHANGHAI)


async def opened(hall_with: HallMaker, **rules: object) -> Hall:
    """A hall on a Friday afternoon with a roll call's rules in force; no other cards come."""
    hall = await hall_with(**QUIET, start=FRIDAY - timedelta(hours=1))
    await rule(hall, RollCalls.model_validate(rules))
    return hall


async def rule(hall: Hall, rules: RollCalls) -> None:
    """Put rules in force."""
    assert hall.app is not None
    await hall.app.house.programmes.apply(Programme(name="test", rollcall=rules), now=hall.clock.now())


async def planned(hall: Hall, title: str, at: datetime = FRIDAY, **more: object) -> int:
    """A session that stands in the plan, for the first branch."""

    def work(tx):  # type: ignore[no-untyped-def]
        unit = tx.people.add_unit(UNIT)
        return tx.sessions.add(
            key=title,
            title=title,
            starts_at=at,
            ends_at=at + timedelta(hours=2),
            unit_id=unit,
            now=hall.clock.now(),
            **more,
        )

    session: int = await hall.write(work)
    return session


async def card(reader: Actor, group: Group) -> str:
    """The newest card in a group."""
    return [one.text for one in await reader.messages(group) if one.text.startswith("📋")][-1]


async def lines(hall: Hall) -> dict[str, str]:
    """What the register says, by name."""
    assert hall.app is not None
    return {str(one["name"]): str(one["status"]) for one in await hall.app.house.attendance.registers.export()}


async def test_p2_roll_call_by_button_closes_itself(hall_with: HallMaker) -> None:
    """P2: in time, late and again; leave stands by itself; who is on the roster later is not absent; twice opened is once."""
    hall = await opened(hall_with)
    anna, bob, carl = [await hall.enrol(name) for name in ("Anna", "Bob", "Carl")]
    boss, second = await hall.enrol("Boss", role=Role.ORGANISER), await hall.enrol("Second", role=Role.ORGANISER)
    group = await hall.unit_group("一支部", UNIT, anna, bob, carl, boss, second)
    await planned(hall, "业务讲坛第一讲", lecturer="王主任")
    await anna.says("/askleave")
    await anna.presses("11月27日")
    await anna.says("去医院复查")
    await boss.presses("批准")

    await hall.until(FRIDAY)
    await boss.says("/rollcall", group)
    await second.says("/rollcall", group)
    first = await bob.presses("签到", group)
    again = await bob.presses("签到", group)
    await hall.advance(minutes=11)
    late = await carl.presses("签到", group)
    await hall.stop_bot()
    await hall.start_bot()
    await hall.enrol("Newcomer")
    on_show = await card(bob, group)
    await hall.until(FRIDAY + timedelta(minutes=31))
    closed = await card(bob, group)

    assert await anna.reads() == "您对“业务讲坛第一讲”的请假已由 Boss 批准。"
    assert first == "15:00 签到成功：业务讲坛第一讲"
    assert again == "您在“业务讲坛第一讲”的考勤已登记：到，无需重复。"
    assert late == "15:11 签到成功，记为迟到：业务讲坛第一讲"
    assert "应到 5 人 · 实到 2 人 · 出勤率 40.0%\n未到 2 人 · 请假 1 人 · 迟到 1 人" in on_show
    assert "主讲：王主任" in on_show
    assert closed.endswith("缺席 2 人 · 请假 1 人 · 迟到 1 人\n点名已截止。")
    assert await lines(hall) == {
        "Anna": "leave",
        "Bob": "present",
        "Carl": "late",
        "Boss": "absent",
        "Second": "absent",
    }
    summary = next(one.text for one in await boss.messages() if "缺席 2 人：" in one.text)
    assert "缺席 2 人：Boss、Second" in summary
    assert "迟到 1 人：Carl" in summary
    await carl.says("/lang")
    await boss.says("/lang")
    assert await carl.presses(data="rc:1") == "您在“业务讲坛第一讲”的考勤已登记：迟到，无需重复。"
    assert await boss.presses(data="rc:1") == "点名已于 15:30 截止。如您确已到场，请联系组织者更正。"


async def test_p2_roll_call_by_rotating_code(hall_with: HallMaker) -> None:
    """P2: the code of the moment counts, a forwarded one is stale, guessing is stopped, the button is refused."""
    hall = await opened(hall_with, way="code", code_seconds=20)
    anna, bob, carl = [await hall.enrol(name) for name in ("Anna", "Bob", "Carl")]
    boss = await hall.enrol("Boss", role=Role.ORGANISER)
    stranger = await hall.enrol("Stranger", "示范区/第二支部")
    group = await hall.unit_group("一支部", UNIT, anna, bob, carl, boss)

    await boss.says("/rollcall 安全生产专题", group)
    await bob.says("/lang")
    refused = await bob.presses(data="rc:1")
    await boss.presses("在此显示签到码")
    old = await shown_code(boss)
    await anna.says(old)
    taken = await anna.reads()
    await stranger.says(old)
    others = await stranger.reads()
    await hall.advance(23)
    await bob.says(f"{old[:3]} {old[3:]}")
    just_before = await bob.reads()
    await hall.advance(20)
    new = await shown_code(boss)
    await carl.says(old)
    stale = await carl.reads()
    for _ in range(5):
        await carl.says("000000" if new != "000000" else "111111")
        await hall.advance(3)
    blocked = await carl.reads()
    await hall.stop_bot()
    await hall.start_bot()
    await hall.advance(minutes=11)
    code = await shown_code(boss)
    await carl.says(f"/start roll_1_{code}")
    await boss.presses("立即结束")

    assert refused == "本次凭现场签到码签到，请把大屏上的签到码私聊发给我。"
    assert taken == "14:00 签到成功：安全生产专题"
    assert others == "您不在本次学习的应到名单中。如有疑问，请联系组织者。"
    assert just_before == "14:00 签到成功：安全生产专题"
    assert new != old
    assert stale == "签到码有误或已失效，请发送大屏上当前显示的签到码。"
    assert blocked == "签到码错误次数过多，请联系组织者，或 10 分钟后再试。"
    assert await carl.reads() == "14:11 签到成功，记为迟到：安全生产专题"
    assert await lines(hall) == {"Anna": "present", "Bob": "present", "Carl": "late", "Boss": "absent"}
    assert "实到 3 人" in await card(anna, group)


async def shown_code(boss: Actor) -> str:
    """The code that is on show in the organiser's private chat."""
    texts = [one.text for one in await boss.messages() if "🔢" in one.text]
    found = re.search(r"🔢 (\d{3}) (\d{3})", texts[-1])
    assert found is not None
    return found[1] + found[2]


async def test_p2_names_are_called_and_corrected_with_reasons(hall_with: HallMaker) -> None:
    """P2: called one by one; afterwards corrected with a reason, told to the person, kept in the log; others see nothing."""
    hall = await opened(hall_with)
    anna, bob = await hall.enrol("Anna"), await hall.enrol("Bob")
    boss = await hall.enrol("Boss", role=Role.ORGANISER)
    stranger = await hall.enrol("Stranger", "示范区/第二支部", role=Role.ORGANISER)
    group = await hall.unit_group("一支部", UNIT, anna, bob, boss)
    await boss.says("/rollcall 读书会", group)

    async def press(*labels: str) -> None:
        for label in labels:
            await boss.presses(label)
            await hall.advance(3)

    await press("逐人点名")
    whose = (await boss.last()).text
    await press("√ 到", "暂时跳过", "缺 缺勤", "√ 到")
    done = (await boss.last()).text
    await boss.says("点名")
    await hall.advance(3)
    await press("📋", "立即结束")
    await boss.says("/rollcall")
    await hall.advance(3)
    await press("🗂", "名单", "缺 Boss", "迟 迟到")
    await boss.says("会务接待，晚到十分钟")
    await hall.advance(3)
    sheet = await boss.last()
    await press("名单", "√ Anna", "缺 缺勤", "核实未到场")
    await stranger.says("/lang")
    forged = await stranger.presses(data="rcw:1:1:present:0")

    told = await anna.reads()
    before = await lines(hall)
    await anna.says("/leave 今天 急诊")
    await press("批准")

    assert (await lines(hall))["Anna"] == "leave"
    assert "还有 3 人未点\n\n👤 Anna（第一支部）" in whose
    assert done.endswith("全部点名完毕。")
    assert "迟到（组织者登记 · Boss · 会务接待，晚到十分钟）" in sheet.text
    assert before == {"Anna": "absent", "Bob": "present", "Boss": "late"}
    assert told == "Boss 已将您在“读书会”的考勤登记为“缺勤”（原为“到”）。原因：核实未到场"
    assert forged == "您没有权限在这里执行此操作，请联系本单位的组织者。"


async def test_p2_hall_screen_shows_the_code_and_its_picture(hall_with: HallMaker) -> None:
    """P2: the page has the code of the moment, how many are there, a picture to scan; a wrong address opens nothing."""
    hall = await hall_with(**QUIET, start=FRIDAY, web={"host": "127.0.0.1", "port": 0})
    await rule(hall, RollCalls(way="code"))
    anna, boss = await hall.enrol("Anna"), await hall.enrol("Boss", role=Role.ORGANISER)
    await boss.says("/rollcall 安全生产专题")
    address = (await boss.reads()).rpartition("会场大屏：")[2].strip()

    async with aiohttp.ClientSession() as web:

        async def get(path: str) -> tuple[int, str]:
            async with web.get(path) as answer:
                return answer.status, await answer.text()

        page, picture = await get(address), await get(f"{address}/code.svg")
        before = json.loads((await get(f"{address}/now"))[1])
        await anna.says(before["code"])
        await hall.advance(20)
        after = json.loads((await get(f"{address}/now"))[1])
        await hall.advance(minutes=31)
        over = json.loads((await get(f"{address}/now"))[1])
        guessed = [(await get(f"{address}x{path}"))[0] for path in ("", "/now", "/code.svg")]

    assert page[0] == 200
    assert "<svg" in picture[1]
    assert (before["title"], before["unit"], before["came"], before["expected"]) == ("安全生产专题", "第一支部", 0, 2)
    assert before["code"] != after["code"]
    assert after["came"] == 1
    assert (over["code"], over["open"]) == (None, False)
    assert guessed == [404, 404, 404]


async def test_p2_outage_at_the_close_and_a_migrating_group_lose_nothing(hall_with: HallMaker) -> None:
    """P2: away at the close, whoever pressed meanwhile counts; the group's card goes along to the supergroup."""
    hall = await opened(hall_with, late_after=10, close_after=30)
    anna, bob, boss = await hall.enrol("Anna"), await hall.enrol("Bob"), await hall.enrol("Boss", role=Role.ORGANISER)
    group = await hall.unit_group("一支部", UNIT, anna, bob, boss, kind="group")
    await boss.says("/rollcall 读书会", group)
    await anna.presses("签到", group)
    new = group.id - 7_000_000
    await hall.town.put_update(migration(group.id, anna.id, migrate_to_chat_id=new))
    await hall.settle()
    moved = await hall.read(lambda tx: tx.attendance.cards(1))

    await hall.stop_bot()
    hall.clock.skip(45 * 60)
    await bob.person.presses(data="rc:1", chat=group)
    await hall.start_bot()
    still_open = await lines(hall)
    await hall.advance(minutes=11)

    assert moved == (new,)
    assert still_open == {"Anna": "present", "Bob": "present"}
    assert await lines(hall) == {"Anna": "present", "Bob": "present", "Boss": "absent"}
