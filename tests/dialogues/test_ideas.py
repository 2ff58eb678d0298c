"""Y4: golden ideas, collected in campaigns, voted on, adopted."""

from datetime import date

from storage.people import Role
from study.programme import Programme
from study.programme.claims import Claims, Milestone, Pool
from study.programme.ideas import Campaign, Ideas
from study.programme.words import Title
from tests.dialogues.unhurried import Unhurried
from tests.hall import HallMaker

QUIET = {"checkin": {"enabled": False}, "materials": {"enabled": False}}


async def test_y4_ideas_are_collected_voted_on_and_adopted(hall_with: HallMaker) -> None:
    """A look-alike is voted for instead; a vote counts once and can be withdrawn; the office adopts one and refuses one."""
    hall = await hall_with(**QUIET)
    assert hall.app is not None
    pool = Pool(key="new", title=Title("创新项目"), milestones=(Milestone(key="do", title=Title("实施"), days=30),))
    campaign = Campaign(
        key="golden",
        title=Title("金点子征集"),
        first=date(2026, 11, 1),
        last=date(2026, 12, 31),
        votes=1,
        pool="new",
        categories=("服务", "管理"),
    )
    programme = Programme(name="own", claims=Claims(pools=(pool,)), ideas=Ideas(campaigns=(campaign,)))
    await hall.app.house.programmes.apply(programme, now=hall.clock.now())
    office = Unhurried(hall, await hall.enrol("办公室", "余杭区", role=Role.ORGANISER))
    anna = Unhurried(hall, await hall.enrol("安娜", "余杭区/甲村"))
    bert = Unhurried(hall, await hall.enrol("伯特", "余杭区/乙村"))
    group = await hall.unit_group("甲村群", "余杭区/甲村", anna, bert)

    await anna.says("/idea 在社区设立周末办事窗口，方便上班群众")
    await anna.presses("服务")
    card = await anna.reads()
    await bert.says("/idea 社区设立周末办事窗口方便上班群众")
    alike = await bert.last()
    voted = await bert.presses("👍 支持第 1 号")
    own = await anna.presses(data="idea:vote:1")
    await bert.says("/idea 会议资料一律改发电子版", group)
    in_group = await anna.reads(group)
    await office.says("/idea")
    listed = await office.reads()
    full = await office.presses(data="idea:vote:99")
    await office.presses("1. 在社区")
    await office.presses("采纳")
    told = await anna.reads()
    posted = await office.presses("发到群里")
    again = await office.presses(data="idea_rule:post:1")
    item = await office.presses("转为事项")
    await office.says("/start idea_2")
    await office.presses("不采纳")
    await office.says("已有规定")
    refused = await bert.reads()
    await bert.says("/start idea_1")
    withdrawn = await bert.presses("撤回投票")
    await bert.says("/idea")

    assert "安娜（甲村） · 服务 · 0 票" in card
    assert alike.text.startswith("已有类似的金点子。")
    assert voted == "已投票。"
    assert own == "这是您本人的金点子，须由他人投票和评审。"
    assert in_group.startswith("感谢您的建议，金点子已提交。\n💡 第 2 号金点子\n会议资料一律改发电子版")
    assert full == "没有这条金点子。"
    assert "共 2 条，提交人数 2 人，1 票，已采纳 0 条" in listed
    assert told.startswith("🎉 您的第 1 号金点子已被采纳")
    assert (posted, again) == ("已发到 1 个群。", "已发到 0 个群。")
    assert (await anna.reads(group)).startswith("🎉 金点子征集：第 1 号金点子已被采纳")
    assert item == "已转为第 1 号事项。"
    assert refused.startswith("您的第 2 号金点子未被采纳：已有规定")
    assert withdrawn == "已撤回投票。"
    assert "共 2 条，提交人数 2 人，0 票，已采纳 1 条" in await bert.reads()
