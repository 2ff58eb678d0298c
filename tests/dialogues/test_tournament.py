"""A tournament as it is run: entries, draw, bouts in several groups at once, the final; ties, restarts, protests."""

import io
import zipfile
from collections import OrderedDict

import pytest

from handlers.present.pictures import studio
from quizzes.engine import commands as engine
from quizzes.tournament.state import BoutState
from tests.dialogues.cup import Cup, gather
from tests.hall import HallMaker


@pytest.fixture
async def small(hall_with: HallMaker) -> Cup:
    """Four branches, two groups, contests of two questions."""
    return await gather(await hall_with(contest={"questions": 2}), units=4, groups=2)


@pytest.fixture
async def cup(hall_with: HallMaker) -> Cup:
    """Eight branches, four groups, contests of one question."""
    return await gather(await hall_with(contest={"questions": 1}))


async def drawn(cup: Cup, words: str = "knockout 常识 春季知识竞赛") -> None:
    """A tournament whose bouts are drawn."""
    await cup.host.says(f"/tournament {words}", cup.home)
    await cup.host.presses("抽签", cup.home)


async def test_four_bouts_at_once_and_on_to_the_final(cup: Cup) -> None:
    """Units enter by themselves; the draw is shown with its seed; everybody hears once who goes on; the final decides."""
    await cup.host.says("/tournament knockout 常识 春季知识竞赛", cup.home)
    card = await cup.host.reads(cup.home)
    await cup.host.presses("抽签：淘汰赛", cup.home)
    bouts = dict(enumerate(cup.groups, start=1))
    for bout, group in bouts.items():
        await cup.opens(bout, group)
    winners = {bout: (await cup.names(bout))[0] for bout in bouts}
    losers = {bout: (await cup.names(bout))[1] for bout in bouts}

    await cup.wins(bouts, winners, 1)
    after_first = await cup.texts(cup.groups[0])
    home = await cup.texts(cup.home)
    await cup.host.presses("抽签：淘汰赛", cup.home)
    halves = {5: cup.groups[0], 6: cup.groups[1]}
    for bout, group in halves.items():
        await cup.opens(bout, group)
    finalists = {bout: (await cup.names(bout))[0] for bout in halves}
    await cup.wins(halves, finalists, 1)
    await cup.opens(7, cup.groups[3])
    champion = (await cup.names(7))[1]
    await cup.wins({7: cup.groups[3]}, {7: champion}, 1)

    assert "春季知识竞赛" in card
    assert "参赛队伍（8）" in card
    assert len(await cup.seed()) == 8
    told = [text for text in home if "晋级下一阶段" in text]
    assert len(told) == 1
    assert [name in told[0] for name in winners.values()] == [True] * 4
    assert [f"✅ {name}" in told[0] for name in losers.values()] == [False] * 4
    assert sum("晋级下一阶段" in text for text in after_first) == 1
    assert set(await cup.names(7)) == set(finalists.values())
    end = (await cup.texts(cup.home))[-1]
    assert "赛事决出名次" in end
    assert f"🥇 {champion}" in end
    calls = await cup.hall.town.calls()
    assert all(call.status == 200 for call in calls)
    assert sum(call.method == "sendPhoto" and call.params.get("chat_id") == cup.home.id for call in calls) == 5


async def test_no_question_comes_twice_in_a_tournament(cup: Cup) -> None:
    """Neither between bouts that run side by side nor later."""
    await drawn(cup)
    bouts = dict(enumerate(cup.groups, start=1))
    for bout, group in bouts.items():
        await cup.opens(bout, group)

    ids = [question.id for group in cup.groups for question in (await cup.contest(group)).setup.questions]

    assert len(ids) == len(set(ids)) == 4 * 6


async def test_lobby_has_exactly_the_bouts_teams(small: Cup) -> None:
    """Fixed seats: nobody makes another team, and the rule of the cut stands in the lobby."""
    cup = small
    await drawn(cup)
    await cup.host.says("/contest 赛事 2", cup.groups[0])
    lobby = await cup.host.last(cup.groups[0])

    labels = [button.text for row in lobby.buttons for button in row]
    assert [label for label in labels if label.startswith("加入")] == [f"加入 {name}" for name in await cup.names(2)]
    assert not [label for label in labels if "新建" in label]
    await cup.host.says("/contest 赛事 2", cup.groups[1])
    assert await cup.host.reads(cup.groups[1]) == "第 2 场正在进行，请先赛完或终止该场竞赛。"


async def test_button_opens_a_bout_in_the_group_where_it_is_pressed(cup: Cup) -> None:
    """The card in a bout's group has a button for each bout that waits."""
    await drawn(cup)
    await cup.host.says("/tournament", cup.groups[2])

    toast = await cup.host.presses("开赛：第 3 场", cup.groups[2])

    assert toast == "已开放入场。"
    assert (await cup.tournament()).bouts[3].state is BoutState.OPEN
    assert "加入" in str((await cup.host.last(cup.groups[2])).buttons)


async def test_tie_at_the_cut_is_settled_by_sudden_death(small: Cup) -> None:
    """Both teams are right once: an extra question in the same bout decides who goes on."""
    cup = small
    await drawn(cup)
    await cup.opens(1, cup.groups[0])
    first, second = await cup.names(1)
    for name in (first, second):
        await cup.answers(cup.groups[0], name, right=True)
    await cup.hall.advance(seconds=5)
    extra = (await cup.texts(cup.groups[0]))[-1]
    await cup.answers(cup.groups[0], second, right=True)
    await cup.hall.advance(seconds=5)

    assert "加赛：答对即胜出，答错或超时即退出。" in extra
    assert "只定名次，不计分" in extra
    assert "+10" not in extra
    ruled, final = [text for text in await cup.texts(cup.groups[0]) if "加赛胜出" in text or "最终成绩" in text][:2]
    assert "正确，加赛胜出" in ruled
    assert "同分名次由加赛决定。" in final
    bout = (await cup.tournament()).bouts[1]
    assert bout.result is not None
    now = await cup.tournament()
    assert [now.entrants[line.entrant].name for line in bout.result.lines] == [second, first]


async def test_tie_without_a_question_left_waits_for_the_organiser(small: Cup) -> None:
    """Nobody ever buzzes, the reserve runs out: the organiser draws lots by a button in private."""
    cup = small
    await drawn(cup)
    await cup.opens(1, cup.groups[0])
    await cup.hall.advance(minutes=5)
    told = (await cup.texts(cup.groups[0]))[-1]

    await cup.host.presses("抽签定名次：第 1 场")

    assert "晋级名次并列" in told
    assert (await cup.tournament()).bouts[1].state is BoutState.DECIDED
    assert (
        sum("已计入" in text or "成绩有变" in text or "人工录入" in text for text in await cup.texts(cup.groups[0]))
        == 1
    )


async def test_restart_in_the_middle_goes_on_where_it_was(small: Cup) -> None:
    """One bout is over, one runs: after the restart the first stands and is not told again, the second goes on."""
    cup = small
    await drawn(cup)
    pair = {1: cup.groups[0], 2: cup.groups[1]}
    await cup.opens(1, cup.groups[0])
    winner = (await cup.names(1))[0]
    await cup.wins({1: cup.groups[0]}, {1: winner}, 2)
    await cup.opens(2, cup.groups[1])
    await cup.hall.advance(seconds=5)
    before = await cup.texts(cup.groups[0])

    await cup.hall.stop_bot()
    await cup.hall.start_bot()
    after = await cup.texts(cup.groups[0])
    second = (await cup.names(2))[1]
    await cup.wins({2: pair[2]}, {2: second}, 2)

    assert after == before
    now = await cup.tournament()
    assert [now.bouts[bout].state for bout in (1, 2)] == [BoutState.DECIDED] * 2


async def test_result_that_a_crash_kept_from_the_tournament_is_caught_up_with_once(small: Cup) -> None:
    """The contest is over but the tournament does not know: after the start it does, and a second start adds nothing."""
    cup = small
    await drawn(cup)
    await cup.opens(1, cup.groups[0])
    assert cup.hall.app is not None
    followers, cup.hall.app.house.contests.running.followers[:] = (
        list(cup.hall.app.house.contests.running.followers),
        [],
    )
    assert followers
    await cup.wins({1: cup.groups[0]}, {1: (await cup.names(1))[0]}, 2)
    unheard = (await cup.tournament()).bouts[1].state

    for _ in range(2):
        await cup.hall.stop_bot()
        await cup.hall.start_bot()

    assert unheard is BoutState.OPEN
    assert (await cup.tournament()).bouts[1].state is BoutState.DECIDED
    assert sum("成绩已计入" in text for text in await cup.texts(cup.groups[0])) == 1


async def overrule(cup: Cup, contest_id: int, index: int, *, right: bool) -> None:
    """A judge changes a ruling of a contest that is over."""
    assert cup.hall.app is not None
    await cup.hall.app.house.contests.do(contest_id, lambda _: engine.Overrule(index, right, cup.host.id, "申诉成立"))
    await cup.hall.advance(seconds=5)


async def finished_first_round(cup: Cup) -> dict[int, str]:
    """Both bouts played, each 1 : 0 by the first team's one right answer, the second question wrong by the other."""
    await drawn(cup)
    bouts = dict(enumerate(cup.groups, start=1))
    for bout, group in bouts.items():
        await cup.opens(bout, group)
    names = {bout: await cup.names(bout) for bout in bouts}
    for place, right in ((0, True), (1, False)):
        for bout, group in bouts.items():
            await cup.answers(group, names[bout][place], right=right)
    await cup.hall.advance(seconds=5)
    return {bout: pair[0] for bout, pair in names.items()}


async def test_overruled_in_time_puts_the_other_team_through(small: Cup) -> None:
    """Both rulings of bout 1 are turned round before the final begins: the other team is in it, and all hear of it."""
    cup = small
    winners = await finished_first_round(cup)
    loser = next(name for name in await cup.names(1) if name != winners[1])

    await overrule(cup, 1, 1, right=True)
    await overrule(cup, 1, 0, right=False)

    now = await cup.tournament()
    through = [now.entrants[one.entrant].name for one in now.rounds[0].advanced or ()]
    assert loser in through
    assert winners[1] not in through
    assert set(await cup.names(3)) == set(through)
    assert sum("晋级队伍现为" in text for text in await cup.texts(cup.home)) == 1


async def test_overruled_too_late_is_flagged_and_the_bracket_stays(small: Cup) -> None:
    """The final has begun: the organiser hears of it in private, nobody is thrown out."""
    cup = small
    winners = await finished_first_round(cup)
    await cup.opens(3, cup.groups[0])
    before = (await cup.tournament()).rounds

    await overrule(cup, 1, 0, right=False)
    await overrule(cup, 1, 1, right=True)

    now = await cup.tournament()
    assert now.rounds == before
    assert now.bouts[1].flagged is not None
    assert winners[1] in [now.entrants[one.entrant].name for one in now.rounds[0].advanced or ()]
    private = [message.text for message in await cup.host.messages()]
    assert any("对阵维持已公布的结果" in text for text in private)


async def test_result_by_hand_walk_over_and_replay(small: Cup) -> None:
    """What is done by hand needs a reason, is told to everybody, and can be undone before the next stage."""
    cup = small
    await drawn(cup)
    first, second = await cup.names(1)
    away, there = await cup.names(2)

    await cup.host.says(f"/tournament 成绩 1 {first}=90 {second}=120", cup.home)
    refused = await cup.host.reads(cup.home)
    await cup.host.says(f"/tournament 成绩 1 {first}=90 {second}=120 现场停电，改用纸质答题", cup.home)
    entered = await cup.texts(cup.home)
    await cup.host.says(f"/tournament 弃权 {away} 未到场", cup.home)
    withdrawn = await cup.texts(cup.home)
    await cup.host.says("/tournament 重赛 1 题目泄露", cup.home)

    assert "请写明理由" in refused
    assert any("人工录入成绩" in text and "现场停电" in text and f"{second} 120" in text for text in entered)
    assert any(f"{away}退赛" in text and "未到场" in text for text in withdrawn)
    now = await cup.tournament()
    assert now.bouts[1].state is BoutState.WAITING
    assert now.bouts[2].result is not None
    assert now.entrants[now.bouts[2].result.lines[0].entrant].name == there


async def test_contest_called_off_leaves_the_bout_to_be_played(small: Cup) -> None:
    """/contest 终止 annuls the bout; it can be opened again, in any group."""
    cup = small
    await drawn(cup)
    await cup.opens(1, cup.groups[0])
    await cup.host.says("/contest 终止", cup.groups[0])

    assert "作废，将重赛" in (await cup.texts(cup.groups[0]))[-1]
    await cup.opens(1, cup.groups[1])
    assert (await cup.tournament()).bouts[1].state is BoutState.OPEN


async def test_entrants_listed_by_hand(cup: Cup) -> None:
    """Named teams play instead of their unit as a whole, and are drawn apart; a wrong name is one clear sentence."""
    await cup.host.says("/tournament groups 常识", cup.home)
    await cup.host.says("/tournament 参赛 第一支部：红旗队、先锋队；第二支部：一队", cup.home)
    card = await cup.host.reads(cup.home)
    await cup.host.says("/tournament 参赛 红旗队", cup.home)
    twice = await cup.host.reads(cup.home)
    await cup.host.says("/tournament 除名 第三支部", cup.home)
    await cup.host.presses("抽签", cup.home)

    assert "参赛队伍（9）" in card
    assert "红旗队（第一支部）" in card
    assert "第二支部一队（第二支部）" in card
    assert "已有名为“红旗队”的队伍" in twice
    now = await cup.tournament()
    apart = [{now.entrants[id_].unit for id_ in bout.entrants} for bout in now.bouts.values()]
    assert all(len(units) == len(bout.entrants) for units, bout in zip(apart, now.bouts.values(), strict=True))


async def test_set_up_by_buttons_and_members_cannot(cup: Cup) -> None:
    """/tournament alone asks for plan and bank; a member hears that it is not for them."""
    await cup.host.says("/tournament", cup.home)
    await cup.host.presses("分组预决赛", cup.home)
    await cup.host.presses("常识", cup.home)
    opened = await cup.host.reads(cup.home)
    await cup.players["第一支部"].says("/tournament", cup.groups[0])

    assert "分组预决赛" in opened
    assert "没有权限" in await cup.host.reads(cup.groups[0])


async def test_words_that_do_not_fit(cup: Cup) -> None:
    """Each gets one sentence that says how to write it, and nothing is changed."""
    await drawn(cup)
    before = await cup.tournament()

    for words, answer in (
        ("/tournament 成绩 一", "成绩 3"),
        ("/tournament 重赛", "重赛 3"),
        ("/tournament 开赛 99", "没有第 99 场"),
        ("/tournament 9", "没有您可以管理的第 9 号赛事"),
        ("/tournament nonsense 常识", "没有名为“nonsense”的赛制"),
        ("/tournament 抽签", "没有可抽的签"),
        ("/tournament 弃权 谁 病假", "没有名为“谁”的队伍"),
        ("/contest 赛事", "/contest 赛事 3"),
    ):
        await cup.host.says(words, cup.home)
        assert answer in await cup.host.reads(cup.home), words

    assert await cup.tournament() == before


async def test_certificates_once_the_tournament_is_decided(small: Cup) -> None:
    """The card has the buttons at the end, for those who run it; the zip comes in private. Before, a forged one is refused."""
    cup = small
    await drawn(cup)
    early = await cup.host.presses(data="tour:cert:1:pdf", chat=cup.home)
    for bout in (1, 2, 3):
        first, second = await cup.names(bout)
        await cup.host.says(f"/tournament 成绩 {bout} {first}=10 {second}=30 停电", cup.home)
    await cup.host.says("/tournament 1", cup.home)
    await cup.hall.advance(seconds=5)
    card = (await cup.host.messages(cup.home))[-1]
    toast = await cup.host.presses("奖状图片", cup.home, message=card)
    stranger = next(iter(cup.players.values()))
    await stranger.says("/help")
    player = await stranger.presses(data="tour:cert:1:png", message=await stranger.last())
    await cup.hall.advance(seconds=5)
    message = await cup.host.last()

    assert early == "竞赛尚未结束。"
    assert toast == "正在生成文件，马上发给您。"
    assert player == "您没有权限在这里执行此操作，请联系本单位的组织者。"
    assert message.file is not None
    with zipfile.ZipFile(io.BytesIO(await cup.hall.town.file(message.file))) as archive:
        assert [name[:6] for name in archive.namelist()] == ["01-一等奖", "02-二等奖"]


async def test_news_go_without_their_picture_if_it_cannot_be_drawn(small: Cup, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine too busy to draw the bracket: the group hears of the draw all the same, in words."""
    monkeypatch.setattr(studio, "CHILD", "handlers.present.pictures.nobody")
    monkeypatch.setattr(studio, "_newest", OrderedDict())

    await drawn(small)

    told = next(message for message in await small.host.messages(small.home) if "抽签种子" in message.text)
    assert told.file is None
    assert "第一支部" in told.text
