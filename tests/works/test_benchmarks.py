"""Benchmarking plans of Xiangyang (X3): what is not quantified goes back by itself, versions are kept, progress is shown."""

from storage.people import Role
from tests.hall import HallMaker
from tests.works.office import QUIET, apply, enrol, fills

COUNTY = "襄阳市/枣阳市"


async def test_x3_vague_plan_goes_back_field_by_field_before_anybody_reads_it(hall_with: HallMaker) -> None:
    """学习深圳经验, 进一步提升, 年底前: each is named; the next version is read, returned by field, approved, measured."""
    hall = await hall_with(**QUIET)
    await apply(hall, "xiangyang")
    office = await hall.admin()
    await office.says("/lang")
    city = await enrol(hall, "市作风办", "襄阳市", Role.ORGANISER)
    lead = await enrol(hall, "枣阳组织者", COUNTY, Role.ORGANISER)
    await enrol(hall, "谷城组织者", "襄阳市/谷城县", Role.ORGANISER)
    plain = await enrol(hall, "普通干部", COUNTY)
    quiet = len(await city.messages())

    # One field after another, all of it empty words.
    await plain.says("/works")
    await lead.says("/works")
    await lead.presses("＋ 对标提升计划")
    await lead.presses("填写")
    await fills(lead, "深圳市有关部门", "学习深圳经验", "营商环境进一步提升")
    named_at_once = await lead.reads()
    await lead.presses("下一项")
    await fills(lead, "5", "进一步提升")
    await lead.presses("下一项")
    await fills(lead, "工作日", "年底前")
    await lead.presses("下一项")
    await lead.presses("跳过")
    toast = await lead.presses("提交审核")
    back = await lead.reads()
    assert "对标提升计划" not in " ".join((await plain.last()).labels)
    assert "⚠️ 对标事项：“进一步提升”过于笼统，请写明具体内容和数字" in named_at_once
    assert toast == "已自动退回，请按提示修改后重新提交。"
    assert "系统检查未通过，已自动退回（尚未送审）" in back
    for line in ("• 对标事项：“进一步提升”过于笼统", "• 目标值：没有量化，请填写具体数字", "• 完成日期：不是具体日期"):
        assert line in back
    assert "现状值" not in back.split("请修改以下内容")[1].split("\n\n")[0]
    assert len(await city.messages()) == quiet

    # The same once more is refused; then the whole form in one message.
    same = await lead.presses("提交审核")
    await lead.presses("填写")
    await lead.says("对标事项：企业开办全流程办理时间\n目标值：1\n完成日期：2027年6月30日")
    await lead.presses("提交审核")
    assert same == "退回后还没有修改，请修改后再提交。"

    # The city's organiser returns it field by field; nobody else's organiser sees it.
    await city.presses("审核")
    await city.presses("退回修改")
    await city.says("对标对象：请写明具体部门")
    assert "• 对标对象：请写明具体部门" in await lead.reads()
    await lead.presses("查看")
    await lead.presses("填写")
    await lead.says("深圳市政务服务和数据管理局")
    await lead.presses("提交审核")
    await lead.presses("版本对比")
    third = await lead.reads()
    await lead.presses("‹ 第 2 版")
    second = await lead.reads()
    assert "• 对标对象：深圳市有关部门 → 深圳市政务服务和数据管理局" in third
    assert "• 目标值：进一步提升 → 1" in second
    await city.presses("审核")
    await city.presses("同意")
    await office.presses("审核")
    await hall.advance(seconds=4)
    await office.presses("同意")
    await hall.advance(seconds=4)

    # Progress, and who has a valid plan.
    await lead.says("/works")
    await lead.presses("#1 对标提升计划")
    await lead.presses("上报进展")
    await lead.says("大约三天")
    unread = await lead.reads()
    await lead.says("3 2026-11-23")
    assert unread.startswith("请发送数值")
    assert (
        "现状 5 → 目标 1 工作日，完成时限 2027年6月30日\n▓▓▓▓▓░░░░░ 50% · 目前 3 工作日（2026年11月23日）"
        in await lead.reads()
    )
    await city.says("/works")
    await city.presses("总体情况")
    await city.presses("对标提升计划")
    overview = await city.reads()
    assert "已有有效计划：1/3 个单位" in overview
    assert "✅ 枣阳市" in overview
    assert "⬜ 谷城县" in overview
