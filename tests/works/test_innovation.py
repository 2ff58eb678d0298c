"""Innovation topics of Yuhang (Y3): six stages, each with its reviewers and its log; the rating posts points once."""

from storage.people import Role
from tests.hall import HallMaker
from tests.works.office import QUIET, apply, enrol, fills, points

UNIT, ABOVE = "余杭区/住建局/开发科", "余杭区/住建局"


async def test_y3_topic_goes_through_six_stages_and_its_rating_posts_points_once(hall_with: HallMaker) -> None:
    """立题 to 表彰 with a team; the last rating comes twice, with a restart between: 10 points each, once."""
    hall = await hall_with(**QUIET)
    await apply(hall, "yuhang")
    office = await hall.admin()
    await office.says("/lang")
    lead, mate = await enrol(hall, "张科", UNIT), await enrol(hall, "李工", UNIT)
    chief = await enrol(hall, "王科长", UNIT, Role.ORGANISER)
    bureau = await enrol(hall, "赵局长", ABOVE, Role.ORGANISER)
    judges = [await enrol(hall, f"评委{n}", "余杭区/专家组", Role.JUDGE) for n in "甲乙丙"]
    insider = await enrol(hall, "内行", UNIT, Role.JUDGE)

    # 立题: the form field by field, a colleague in the team, the unit's organiser returns it once.
    await lead.says("/works")
    await lead.presses("＋ 创新实践课题")
    await lead.presses("填写")
    first = await lead.reads()
    await fills(lead, "安置房交付提速", "安置房")
    short = await lead.reads()
    await hall.stop_bot()
    await hall.start_bot()
    await lead.says("安置房建成后交付手续多、时间长，群众意见大")
    await lead.presses("成员")
    await lead.says("李工")
    await lead.presses("完成")
    await lead.presses("提交审核")
    await chief.presses("审核")
    sheet = await chief.reads()
    await chief.presses("退回修改")
    await chief.says("要破解的难题：请写明目前要多少天")
    back = await lead.reads()
    await lead.presses("查看")
    await lead.presses("填写")
    asked_again = await lead.reads()
    await lead.says("安置房建成后交付平均要 180 天，群众意见大")
    await lead.presses("提交审核")
    await chief.presses("审核")
    await chief.presses("同意")
    assert "（1/2）" in first
    assert "课题名称" in first
    assert "字数不足，至少 15 字" in short
    assert "张科、李工（开发科）" in sheet
    assert "▶️ 立题 → 申报 → 论证 → 督查 → 评审 → 表彰" in sheet
    assert "要破解的难题：请写明目前要多少天" in back
    assert "（2/2）" in asked_again

    # 申报, 论证: the bureau, then two of three judges; a judge of the same unit has nothing to say.
    await lead.presses("查看")
    await lead.presses("填写")
    await fills(lead, "一是并联审批，二是提前介入，三是专人跟踪，分三个阶段推进落实到位", "交付时间压缩到 90 天以内")
    await lead.presses("提交审核")
    await bureau.presses("审核")
    await bureau.presses("同意")
    assert "论证" in await lead.reads()
    await insider.says("/works")
    assert "待我审核" not in " ".join((await insider.last()).labels)
    await judges[0].presses("审核")
    counted = await judges[0].presses("同意")
    again = await judges[0].presses(data="wrev:ok:1:2:3:-1")
    await judges[1].presses("审核")
    await judges[1].presses("同意")
    assert (counted, again) == ("已记录，还需其他审核人的意见。", "您已经审核过了。")

    # 督查, 评审: the office, then three ratings; the last press is repeated around a restart.
    await lead.presses("查看")
    await lead.presses("填写")
    await lead.says("并联审批已在三个小区试行，平均用时 120 天")
    await lead.presses("提交审核")
    await office.presses("审核")
    await hall.advance(seconds=4)
    await office.presses("同意")
    await hall.advance(seconds=4)
    await lead.presses("查看")
    await lead.presses("填写")
    await lead.says("五个小区全部提前交付，平均用时 85 天，已形成制度文件并全区推广")
    await lead.presses("跳过")
    await lead.presses("提交审核")
    for judge, rating in zip(judges, ("优秀", "良好", "优秀"), strict=True):
        assert await points(hall, lead) == []
        await judge.presses("审核")
        last = await judge.press(rating)
    after_rating = await points(hall, lead)
    assert last.update_id is not None
    await hall.stop_bot()
    await hall.town.redeliver(last.update_id)
    await hall.start_bot()
    repeated = await judges[2].presses(data="wrev:ok:1:4:5:0")
    assert after_rating == [("innovation_excellent", 10)]
    assert repeated == "这一环节已经处理过了。"
    assert await points(hall, lead) == await points(hall, mate) == after_rating

    # 表彰, the log, the year's list, the export.
    await office.presses("审核")
    await hall.advance(seconds=4)
    done = await office.presses("同意")
    await hall.advance(seconds=4)
    assert done == "已记录：全部环节通过。"
    assert "评定等次：优秀" in await lead.reads()
    await lead.presses("查看")
    await lead.presses("办理记录")
    log = await lead.reads()
    await lead.presses("‹ 第 1 页")
    log = await lead.reads() + log
    for line in (
        "提交第 1 版",
        "王科长 · 退回修改",
        "进入“论证”环节",
        "评委甲 · 同意 优秀",
        "评定 优秀",
        "全部环节通过",
    ):
        assert line in log
    await chief.says("/works")
    await chief.presses("总体情况")
    await chief.presses("创新实践课题")
    assert "已提交 1 项，其中通过 1 项" in await chief.reads()
    await chief.presses("清单")
    assert "1. 安置房交付提速\n张科、李工（开发科） · 已通过，评定等次：优秀" in await chief.reads()
    await chief.presses("XLSX")
    file = (await chief.last()).file
    assert file is not None
    assert file.name == "成果与申报-2026-11-23.xlsx"
    assert hall.app is not None
    (record,) = await hall.app.house.works.records.export()
    assert (record["number"], record["rating"], record["members"]) == (1, "优秀", ["李工"])
    assert await points(hall, mate) == after_rating

    # The office finds out that the figures were wrong: back to 评审, and the points go by an entry of their own.
    await office.says("/start work_1")
    await hall.advance(seconds=4)
    await office.presses("退回：评审")
    await hall.advance(seconds=4)
    await office.says("成果报告：用时与台账不符")
    assert await points(hall, mate) == [*after_rating, ("innovation_excellent", -10)]
    assert "成果报告：用时与台账不符" in await lead.reads()
