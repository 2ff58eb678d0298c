"""A season: contests count by themselves, an outdoor day is entered by hand, corrections are entries of their own."""

import pytest

from quizzes.season_counts import season_of
from storage.people import Role
from tests.dialogues.match import Match, gather
from tests.hall import SHANGHAI, Hall

SPRING = "/season 新建 2026年冬季 2026-11-01 2027-01-31 10 7 5"


@pytest.fixture
async def match(hall: Hall) -> Match:
    """A season, and a contest of one question that the red team won."""
    match = await gather(hall)
    await match.host.says(SPRING, match.group)
    await match.begins("buzzer 常识 1")
    await match.anna.presses("抢答", match.group)
    await match.anna.presses(await match.letter(right=True), match.group)
    await hall.advance(seconds=5)
    return match


async def test_contest_counts_by_its_places(match: Match) -> None:
    """First place 10, second 7: for the teams, and by their members for the unit and the players."""
    await match.anna.says("/season", match.group)
    units = await match.text()
    await match.anna.presses("队伍", match.group)
    teams = await match.text()
    await match.anna.presses("个人", match.group)

    assert "竞赛 1 场" in units
    assert "第一支部" in units
    assert "🥇 红队" in teams
    assert teams.index("红队") < teams.index("蓝队")
    assert "安娜" in await match.text()


async def test_e6_outdoor_event_is_shown_first_and_entered_on_confirmation(match: Match) -> None:
    """Nothing is entered before 确认录入; then it stands in the ledger with its author and in the standings."""
    await match.host.says("/season 录入 拔河 安娜 10 团体户外活动\n拔河 卡尔 第二名 团体户外活动", match.group)
    draft = await match.text()
    empty = await match.hall.read(lambda tx: tx.seasons.entries(1))
    stranger = await match.anna.presses("确认录入", match.group)
    await match.host.presses("确认录入", match.group)
    entered = await match.text()
    await match.host.says("/season 明细", match.group)
    ledger = await match.text()

    assert "拔河：安娜 +10 分（团体户外活动）" in draft
    assert "卡尔 第 2 名，+7 分" in draft
    assert "录入后安娜共 20 分" in draft
    assert empty == ()
    assert stranger is not None
    assert "不是您写的" in stranger
    assert "共 2 条" in entered
    assert "#1 拔河：安娜" in ledger
    assert "主持" in ledger


async def test_correction_is_an_entry_of_its_own(match: Match) -> None:
    """The first line stays as it was; taken back twice is refused."""
    await match.host.says("/season 录入 拔河 安娜 10 户外", match.group)
    await match.host.presses("确认录入", match.group)
    before = (await match.hall.read(lambda tx: tx.seasons.entries(1)))[0]

    await match.host.says("/season 冲正 1 录错了人", match.group)
    done = await match.text()
    await match.host.says("/season 冲正 1 再来", match.group)
    twice = await match.text()

    entries = await match.hall.read(lambda tx: tx.seasons.entries(1))
    assert "冲正记录抵销第 1 条" in done
    assert "已经冲正过" in twice
    assert entries[0] == before
    assert (entries[1].points, entries[1].reverses, entries[1].reason) == (-10, 1, "录错了人")
    assert sum(entry.points for entry in entries) == 0


async def test_what_was_dropped_is_not_entered(match: Match) -> None:
    """The draft is gone, a second press says so."""
    await match.host.says("/season 录入 拔河 安娜 10 户外", match.group)
    message = await match.host.last(match.group)
    data = message.buttons[0][0].data
    await match.host.presses("不录了", match.group)

    toast = await match.host.presses(data=data, chat=match.group, message=message)

    assert toast is not None
    assert "已经录入或放弃" in toast
    assert await match.hall.read(lambda tx: tx.seasons.entries(1)) == ()


async def test_trial_contest_is_left_out_and_taken_in_again(match: Match) -> None:
    """With a reason; the last word holds."""
    await match.host.says("/season 不计 竞赛 1 试赛", match.group)
    await match.host.says("/season", match.group)
    without = await match.text()
    await match.host.says("/season 计入 竞赛 1 补算", match.group)
    await match.host.says("/season", match.group)

    assert "竞赛 0 场" in without
    assert "竞赛 1 场" in await match.text()


async def test_only_organisers_enter_and_bad_words_change_nothing(match: Match) -> None:
    """A member is refused; each mistake gets one sentence."""
    await match.anna.says("/season 录入 拔河 安娜 10 户外", match.group)
    refused = await match.text()
    answers = []
    for words in (
        "/season 录入 拔河 安娜",
        "/season 录入 拔河 安娜 10",
        "/season 录入 拔河 没有的人 10 户外",
        "/season 录入 拔河 安娜 0 户外",
        "/season 录入 拔河 安娜 第9名 户外",
        "/season 冲正 99 没有",
        "/season 不计 竞赛 99 没有",
        "/season 新建 反了 2026-03-02 2026-03-01",
        SPRING,
    ):
        await match.hall.advance(seconds=10)
        await match.host.says(words, match.group)
        answers.append(await match.text())

    assert "没有权限" in refused
    wanted = ("写", "写明理由", "找不到“没有的人”", "0 分", "0 分", "第 99 条", "编号为 99", "之前结束", "已有名为")
    assert [word in answer for word, answer in zip(wanted, answers, strict=True)] == [True] * len(wanted), answers
    assert await match.hall.read(lambda tx: tx.seasons.entries(1)) == ()


async def test_season_of_a_contest_is_the_nearest_units(match: Match) -> None:
    """A branch's own season goes before the programme's; a contest outside of its days has none."""
    admin = await match.hall.admin()
    await admin.says("/season 新建 全局 2026-01-01 2026-12-31")

    def of(tx):  # type: ignore[no-untyped-def]
        row = tx.contests.get(1)
        later = row.model_copy(update={"opened_at": row.opened_at.replace(year=2028)})
        whole = row.model_copy(update={"chat_id": -1})
        return [season_of(tx, one, SHANGHAI) for one in (row, whole, later)]

    found = await match.hall.read(of)

    assert [None if one is None else one.name for one in found] == ["2026年冬季", "全局", None]


async def test_without_a_season(hall: Hall) -> None:
    """Everybody hears how one is opened."""
    member = await hall.enrol("成员", role=Role.MEMBER)

    await member.says("/season")

    assert "/season 新建" in await member.reads()
