"""P4, study notes: one form, by questions or as a photo; good ones shown to the group with consent; the diligent praised."""

from datetime import timedelta
from pathlib import Path

import bot
from storage.people import Role
from study.programme.notes import NoteField, NoteForm
from study.programme.points import PointRule, Points
from study.programme.whole import Programme
from study.programme.words import Title
from tests.dialogues.test_rollcall import FRIDAY, QUIET, UNIT, planned
from tests.hall import Actor, Hall, HallMaker

PHOTO = (Path(bot.__file__).parent / "demo_data" / "desk.png").read_bytes()


async def prepared(hall_with: HallMaker) -> Hall:
    """A hall an hour after a session, with a form of three fields and points for notes."""
    hall = await hall_with(**QUIET, start=FRIDAY - timedelta(hours=1))
    form = NoteForm(
        fields=(
            NoteField(key="time", title=Title({"zh-CN": "时间"}), fill="time"),
            NoteField(key="points", title=Title({"zh-CN": "要点"}), least=5),
            NoteField(key="gains", title=Title({"zh-CN": "体会"})),
        ),
        days=1,
    )
    points = Points(
        rules=(
            PointRule(key="taken", title=Title({"en": "t"}), on="note.taken", points=2),
            PointRule(key="picked", title=Title({"en": "p"}), on="note.picked", points=3),
        )
    )
    assert hall.app is not None
    await hall.app.house.programmes.apply(Programme(name="p", notes=form, points=points), now=hall.clock.now())
    await planned(hall, "招商引资专题")
    await hall.until(FRIDAY + timedelta(hours=1))
    return hall


async def press(hall: Hall, actor: Actor, *labels: str) -> None:
    """Press one button after the other, each once the last answer is there."""
    for label in labels:
        await actor.presses(label)
        await hall.advance(3)


async def say(hall: Hall, actor: Actor, *texts: str) -> None:
    """Say one thing after the other."""
    for text in texts:
        await actor.says(text)
        await hall.advance(3)


async def test_p4_note_by_questions_is_picked_shown_and_praised(hall_with: HallMaker) -> None:
    """P4: too short is asked again; a picked note is posted with its author's consent, once; 篇 and 人 are two figures."""
    hall = await prepared(hall_with)
    anna, bob = await hall.enrol("Anna"), await hall.enrol("Bob")
    boss, second = await hall.enrol("Boss", role=Role.ORGANISER), await hall.enrol("Second", role=Role.ORGANISER)
    group = await hall.unit_group("一支部", UNIT, anna, bob, boss)

    await say(hall, anna, "笔记")
    await press(hall, anna, "📝")
    asked = await anna.reads()
    await say(hall, anna, "太短")
    short = await anna.reads()
    await say(hall, anna, "招商要看产业链 <b>上下游</b>", "回去梳理本街道企业清单")
    kept = await anna.reads()
    await say(hall, bob, "/notes")
    await press(hall, bob, "📝")
    await bob.sends(PHOTO, "page.jpg", kind="photo", caption="手写笔记")
    await hall.advance(3)
    by_photo = await bob.reads()

    await say(hall, boss, "/notes")
    await press(hall, boss, "评阅笔记")
    newest = await boss.last()
    await press(hall, boss, "下一份")
    await press(hall, boss, "👍")
    await say(hall, second, "/lang")
    again = await second.presses(data="nt:pick:1")
    await press(hall, anna, "同意，署名展示")
    repeated = await anna.presses(data="ntc:1:named") if (await anna.last()).labels else None
    posted = await anna.reads(group)
    await say(hall, anna, "/notes")
    rewritten = [label for label in (await anna.last()).labels if "招商" in label]
    await say(hall, boss, "/notes")
    await press(hall, boss, "本月勤学榜", "发到群里表扬")
    praised = await anna.reads(group)
    sums = await hall.read(lambda tx: [tx.ledger.sum_of(one, FRIDAY.date(), FRIDAY.date()) for one in (1, 2)])

    assert "时间  2026-11-27 15:00\n\n✏️ 要点 （1/2）\n手写的笔记，拍照发送即可。" in asked
    assert short.startswith("内容偏短，至少还差 3 字，请重写这一项。")
    assert kept.startswith("笔记已保存。 您本月已写 1 篇。")
    assert by_photo.startswith("笔记已保存。")
    assert newest.text.startswith("第 1/2 篇\n招商引资专题\nBob（第一支部）")
    assert newest.file is not None
    assert again == "这篇已经选过了。"
    assert repeated is None
    assert posted == (
        "🌟 优秀学习笔记，特此表扬\n招商引资专题\n作者：Anna（第一支部）\n时间  2026-11-27 15:00\n"
        "要点  招商要看产业链 <b>上下游</b>\n体会  回去梳理本街道企业清单"
    )
    assert rewritten == []
    assert praised == (
        "第一支部 · 2026 年 11 月学习笔记\n共 2 篇，2 人撰写（应写 4 人），入选优秀 1 篇\n"
        "1. Anna（第一支部）1 篇，其中优秀 1 篇\n2. Bob（第一支部）1 篇\n学习认真，特此表扬！"
    )
    assert sums == [5, 2]


async def test_p4_notes_refuse_what_is_late_foreign_or_switched_off(hall_with: HallMaker) -> None:
    """P4: after the days, for other units and without consent nothing is shown; without the part the command says so."""
    hall = await prepared(hall_with)
    anna, boss = await hall.enrol("Anna"), await hall.enrol("Boss", role=Role.ORGANISER)
    stranger = await hall.enrol("Stranger", "示范区/第二支部", role=Role.ORGANISER)
    group = await hall.unit_group("一支部", UNIT, anna, boss)
    await say(hall, anna, "/notes")
    await press(hall, anna, "📝")
    await say(hall, anna, "五个字的要点", "体会")
    await say(hall, stranger, "/lang")
    foreign = [await stranger.presses(data=data) for data in ("nt:pick:1", "nt:write:1")]
    await say(hall, boss, "/lang")
    await boss.presses(data="nt:pick:1")
    await hall.advance(3)
    await press(hall, anna, "不同意")
    told = await boss.reads()
    await hall.advance(days=1)
    await say(hall, boss, "/lang")
    late = await boss.presses(data="nt:write:1")
    assert hall.app is not None
    await hall.app.house.programmes.apply(Programme(name="none"), now=hall.clock.now())
    await say(hall, anna, "/notes")

    assert foreign == [
        "您没有权限在这里执行此操作，请联系本单位的组织者。",
        "您不在本次学习的应到名单中。如有疑问，请联系组织者。",
    ]
    assert told == "Anna 的笔记（招商引资专题）：不展示。"
    assert [one.text for one in await anna.messages(group) if "优秀" in one.text] == []
    assert late == "学习笔记请在学习开始后 1 天内提交。"
    assert await anna.reads() == "本单位的学习计划没有启用这项功能。"
