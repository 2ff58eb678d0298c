"""What works refuse, keep and hide; mistakes in their files; a programme that changes in mid-year."""

from pathlib import Path

import pytest

from storage.people import Role
from study.programme import Programme
from study.programme.reading import ProgrammeError, read_programme
from tests.hall import HallMaker
from tests.works.office import LEADER, QUIET, apply, enrol, fills

UNIT, OTHER = "余杭区/发改局", "余杭区/农业局"


async def test_draft_outlives_cancel_and_nobody_else_sees_it(hall_with: HallMaker) -> None:
    """A book begun twice is one; a file where text is wanted, a stranger's number, a forged button: one sentence each."""
    hall = await hall_with(**QUIET)
    await apply(hall, "yuhang")
    lead, mate = await enrol(hall, "陈局长", UNIT, level=LEADER), await enrol(hall, "小王", UNIT)
    twins = [await enrol(hall, "李明", unit) for unit in (UNIT, OTHER)]
    stranger = await enrol(hall, "农业组织者", OTHER, Role.ORGANISER)
    chief = await enrol(hall, "周科长", UNIT, Role.ORGANISER)
    boss = await enrol(hall, "区组织者", "余杭区", Role.ORGANISER)

    for _ in range(2):
        await lead.says("/works")
        await lead.presses("＋ 读书")
    await lead.presses("填写")
    await lead.says("《论语》")
    await lead.sends(b"notes", "notes.pdf")
    refused = await lead.reads()
    await lead.says("/cancel")
    left = await lead.reads()
    await lead.says("/works")
    await lead.presses("#1 读书")
    await lead.presses("填写")
    again = await lead.reads()
    early = await lead.presses(data="work:hand:1")
    unseen = []
    for person in (mate, stranger, chief):
        await person.says("/start work_1")
        unseen.append(await person.reads())
    await stranger.says("/works")
    forged = [
        await stranger.presses(data=data) for data in ("work:hand:1", "wrev:ok:1:0:1:-1", "work:new:nothing", "wall:x")
    ]

    # A team: names that nobody or more than one has add nobody; only the leader decides; a rejected topic is over.
    await lead.says("/works")
    await lead.presses("＋ 创新实践课题")
    await lead.presses("成员")
    await lead.says("小王、查无此人")
    unknown = await lead.reads()
    await lead.says("李明")
    unclear = await lead.reads()
    await lead.says(f"小王 C{twins[1].id}")
    team = await lead.reads()
    await lead.presses("移除 李明")
    await mate.says("/works")
    await mate.presses("#2")
    await mate.presses("填写")
    await fills(mate, "项目前期提速", "项目前期手续平均要跑十几个部门，时间太长")
    of_mate = (await mate.last()).labels
    not_leader = await mate.presses(data="work:off:2")
    await lead.presses("完成")
    await lead.presses("提交审核")
    await chief.presses("审核")
    await hall.app.house.programmes.apply(Programme(name="other"), now=hall.clock.now())  # type: ignore[union-attr]
    await chief.presses("不予通过")
    await chief.says("与去年的课题重复")
    over = await lead.reads()
    settled = await lead.presses(data="work:form:2:0")
    await boss.says("/start work_2")
    of_boss = await boss.last()
    await stranger.says("/works")

    assert refused == "这一项请用文字填写。"
    assert left == "已退出填写，已填内容都已保存，发送 /works 可继续。"
    assert "读后收获" in again
    assert early == "还有 1 项未填或有误，请先补充完整。"
    assert unseen == ["没有找到这项内容。"] * 3
    assert forged == [
        "没有找到这项内容。",
        "没有找到这项内容。",
        "您不在填报范围内，或本学习计划没有这项内容。",
        "这个按钮无效。",
    ]
    assert unknown == "名册中没有“查无此人”，本次未添加任何人。"
    assert unclear.startswith("名册中有多位“李明”：")
    assert "小王（发改局）" in team
    assert "李明（农业局）" in team
    assert "提交审核" not in of_mate
    assert not_leader == "只有负责人可以办理。"
    assert "未通过" in over
    assert "原因：与去年的课题重复" in over
    assert settled == "已经办结，不能再修改。"
    assert of_boss.labels == ["办理记录"]
    assert await stranger.reads() == "本单位的学习计划没有启用这项功能。"


def test_mistakes_in_works_and_quotas_are_named_by_key(tmp_path: Path) -> None:
    """A field that no stage can find, a stage at which nobody acts, a cohort and a work that there are not."""
    (tmp_path / "programme.toml").write_text("", encoding="utf-8")
    (tmp_path / "works.toml").write_text(
        """
[[works]]
key = "plan"
title = "计划"
who = {cohorts = ["leaders"]}
shortlist = {top = 3}
fields = [{key = "a", title = "甲"}, {key = "a", title = "乙", kind = "choice"}]
stages = [{key = "one", title = "一", fields = ["b"]}, {key = "two", title = "二"}]
progress = {baseline = "a", target = "a", measure = "a", due = "nothing"}
""",
        encoding="utf-8",
    )
    (tmp_path / "quotas.toml").write_text(
        '[[quotas]]\nkey = "q"\ntitle = "指标"\nslots = [{key = "x", title = "甲", work = "none"}, {key = "y", title = "乙"}]\n',
        encoding="utf-8",
    )

    with pytest.raises(ProgrammeError) as caught:
        read_programme(tmp_path)

    assert {(one.file, one.key, one.problem) for one in caught.value.mistakes} == {
        ("works.toml", "works[0].fields[1].key", "twice"),
        ("works.toml", "works[0].who.cohorts", "unknown_name"),
        ("works.toml", "works[0].fields[1].choices", "wrong"),
        ("works.toml", "works[0].stages[0].fields", "unknown_name"),
        ("works.toml", "works[0].stages[1]", "wrong"),
        ("works.toml", "works[0].progress.due", "unknown_name"),
        ("works.toml", "works[0].shortlist", "wrong"),
        ("quotas.toml", "quotas[0].slots[0].work", "unknown_name"),
        ("quotas.toml", "quotas[0].slots[1]", "wrong"),
    }
