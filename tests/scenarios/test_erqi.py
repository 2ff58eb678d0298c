"""Two months of Erqi's rounds (E1 to E6) in four branches, from the shipped template to the figures of the office."""

from datetime import date, datetime

import pytest

from storage import Tx
from study.programme import Programme
from study.programme.reading import SHIPPED, read_programme
from tests.hall import SHANGHAI, HallMaker
from tests.scenarios import erqi_cup
from tests.scenarios.erqi_district import MUST_KNOW, SIZES, TOP, District, gather

QUIET = {"checkin": {"enabled": False}, "materials": {"enabled": False}}
START = datetime(2026, 2, 9, 7, 0, tzinfo=SHANGHAI)
"""A Monday. The holidays of the Spring Festival are 15 to 23 February; Saturdays 14 and 28 are workdays for them."""
FIRST, SECOND, THIRD, FOURTH = date(2026, 2, 14), date(2026, 2, 28), date(2026, 3, 16), date(2026, 3, 30)
"""The 16th is a holiday: the workday before. February has no 30th: its last day."""


@pytest.mark.long
async def test_erqi_two_months_of_rounds_and_a_tournament(hall_with: HallMaker) -> None:
    """E1–E6: four rounds, the card of the day, observers, a notice replied to late, a contest, an outdoor day; the figures."""
    hall = await hall_with(**QUIET, start=START)
    d = await gather(hall)
    assert hall.app is not None
    programme = read_programme(SHIPPED / "erqi")
    applied = [await hall.app.house.programmes.apply(programme, now=hall.clock.now()) for _ in range(2)]

    await card_of_the_day(d)
    await first_round(d)
    await second_round(d)
    await notice_and_visits(d)
    applied.append(await hall.app.house.programmes.apply(more_for_speaking(programme), now=hall.clock.now()))
    await card_of_the_day_in_march(d)
    await third_round(d)
    await erqi_cup.hold(d)
    await outdoor_day(d)
    await points_by_hand(d)
    await fourth_round(d)

    assert applied == ["first", "same", "changed"]
    await figures(d)


def more_for_speaking(programme: Programme) -> Programme:
    """The version of March: a speech is worth 4 points instead of 3."""
    rules = tuple(
        rule.model_copy(update={"points": 4}) if rule.key == "round_spoke" else rule for rule in programme.points.rules
    )
    return programme.model_copy(update={"points": programme.points.model_copy(update={"rules": rules})})


async def card_of_the_day(d: District) -> None:
    """E3: on the 9th the six of the third branch answer in their group, four of them right; one presses twice."""
    await d.hall.until(datetime(2026, 2, 9, 8, 31))
    card = await d.crowd["三01"].last(d.groups["三"])
    right = next(label for label in card.labels if label.endswith(MUST_KNOW[0].options[0]))
    wrong = next(label for label in card.labels if label.endswith(MUST_KNOW[0].options[1]))
    for name in d.names("三"):
        await d.crowd[name].press(right if name <= "三04" else wrong, d.groups["三"])
    twice = await d.crowd["三05"].presses(right, d.groups["三"])
    await d.goes_by(datetime(2026, 2, 9, 18, 2))
    closed = await d.crowd["三01"].reads(d.groups["三"])

    assert card.text.startswith("📘 应知应会30问 · 1/30")
    assert twice == "您已作答，以第一次作答为准。点“看答案”可再看解析。"
    assert "作答 6 人：答对 4 人，答错 2 人" in closed


async def first_round(d: District) -> None:
    """14 February: one on leave, one absent, one late, one skipped; the fourth branch fills in all its forms."""
    hall = d.hall
    await d.goes_by(datetime(2026, 2, 11, 9, 1))
    told = (await d.crowd["一02"].last(d.groups["一"])).text
    groups = [line for line in told.splitlines() if line.startswith("第 ")]
    await d.reads(name for name in d.crowd if name not in ("一12", "二09", "三06"))
    again = await d.crowd["二05"].presses(data=f"round_read:{await d.round('二', FIRST)}")
    await d.crowd["二08"].says("/leave 2月14日 探亲")
    await hall.advance(seconds=3)
    await d.crowd["二01"].presses("批准")
    await d.crowd["一01"].says("/round")
    await hall.advance(seconds=3)
    foreign = await d.crowd["一01"].presses(data=f"round_see:{await d.round('二', FIRST)}")
    await d.goes_by(datetime(2026, 2, 14, 9, 1))
    nagged = await d.crowd["三06"].reads()
    await d.hall.until(datetime(2026, 2, 14, 15, 1))
    rounds = {branch: await d.round(branch, FIRST) for branch in SIZES}
    away = {"一11", "二08", "三05"}
    for branch, number in rounds.items():
        await d.come([name for name in d.names(branch) if name not in away], number)
    await d.reads(["一12"])
    await hall.until(datetime(2026, 2, 14, 15, 12))
    await d.come(["一11"], rounds["一"])
    for branch, number in rounds.items():
        await d.speak(branch, number, skipped=("二07",), absent=("三05",))
    await hall.advance(seconds=5)
    await d.crowd["一01"].presses("填写总结讲话")
    await d.crowd["一01"].says("学用结合，抓好落实。")
    await d.fill_in(d.names("四"))
    await d.goes_by(datetime(2026, 2, 25, 18, 1))
    await hall.advance(seconds=30)
    one, two, three, four = [(await d.summary(branch)) for branch in "一二三四"]

    # The office's one organiser holds no round alone.
    assert await d.units_with_rounds() == {"第一支部", "第二支部", "第三支部", "第四支部"}
    assert [line.split("：")[0] for line in groups] == ["第 1 组（6 人）", "第 2 组（6 人）"]
    assert "学讲评 · 第一支部 · 2月14日 15:00" in told
    assert again == "您已确认过了。"
    assert foreign == "您没有权限在这里执行此操作，请联系本单位的组织者。"
    assert nagged == "⏰ 您还有 1 件事没有完成：\n• 待阅读：学讲评（2月14日 15:00 截止）"
    # 一12 read only during the meeting.
    assert "会前预学：已读 12/12 人" in one
    assert "一01总结讲话：学用结合，抓好落实。" in one
    assert "到会 8 人（应到 9 人），请假 1 人" in two
    assert "发言 7 人次，共 7 人" in two
    assert "缺席：三05" in three
    assert "自评：思路见解：4/4 人完成，平均 75.0 分（满分 100 分）" in four
    assert "互评：方式方法：4/4 人完成，平均 75.0 分（满分 100 分）" in four
    assert "总评：目标方向：4/4 人完成，平均 75.0 分（满分 100 分）" in four


async def second_round(d: District) -> None:
    """28 February: the bot is started anew between two speakers, a wrong step is undone, an observer comments; one is absent."""
    await d.goes_by(datetime(2026, 2, 26, 9, 1))
    await d.reads(name for name in d.crowd if name != "一12")
    await d.goes_by(datetime(2026, 2, 28, 15, 1))
    rounds = {branch: await d.round(branch, SECOND) for branch in SIZES}
    for branch, number in rounds.items():
        await d.come([name for name in d.names(branch) if name != "三06"], number)
    vote = await d.observer.presses("我到了", d.groups["四"])
    await d.observer.presses("旁听意见", d.groups["四"])
    await d.observer.says("发言联系实际，建议多用案例。")
    group = next(iter(await d.order(rounds["二"])))
    chair, chat = d.crowd["二01"], d.groups["二"]
    await d.step(chair, chat, group)
    first = await d.speaker(group)
    await d.step(chair, chat, group, "absent")
    await d.step(chair, chat, group, "undo")
    undone = await d.speaker(group)
    await d.hall.stop_bot()
    await d.hall.start_bot()
    for branch, number in rounds.items():
        await d.speak(branch, number, absent=("三06",))
    await d.ends_evaluation(rounds)

    assert vote == "您是观察员，可以旁听和留言，不参加发言、投票、评议，也不主持会议。"
    assert first == undone
    assert "发言 9 人次，共 9 人" in await d.summary("二")
    assert "旁听意见\n督导员：发言联系实际，建议多用案例。" in await d.summary("四")


async def notice_and_visits(d: District) -> None:
    """E4: what the observer saw becomes a notice to the third branch, whose reply comes three days late; one joins."""
    hall = d.hall
    await d.goes_by(datetime(2026, 3, 4, 10, 0))
    await d.observer.says("/visit 第三支部 会议记录不全")
    await hall.advance(seconds=4)
    await d.observer.presses("月观摩")
    await hall.advance(seconds=4)
    await d.observer.says("/round")
    duties = await d.observer.reads()
    report = next(one for one in await d.office.messages() if "会议记录不全" in one.text)
    await d.office.presses("转为督导通报", message=report)
    await d.office.says("3-6 18:00")
    await hall.advance(seconds=4)
    await d.office.presses("发送")
    await hall.advance(seconds=4)
    late = await hall.enrol("四05", f"{TOP}/第四支部")
    await d.groups["四"].add(late.person)
    d.crowd["四05"] = late
    await d.goes_by(datetime(2026, 3, 9, 10, 0))
    head = d.crowd["三01"]
    notice = next(one for one in await head.messages() if "会议记录不全" in one.text and "回复" in one.labels)
    await head.presses("回复", message=notice)
    await hall.advance(seconds=4)
    await head.says("记录已补齐，并明确专人负责。")
    await hall.advance(seconds=4)
    await head.presses("提交")
    await hall.advance(seconds=4)
    told = await d.office.reads()
    await d.office.presses("查看")
    await hall.advance(seconds=4)
    await d.office.presses("通过")
    await hall.advance(seconds=4)

    assert "✅ 月观摩" in duties
    assert "第三支部" in told
    assert "逾期" in told or "迟" in told


async def card_of_the_day_in_march(d: District) -> None:
    """On 10 March, the thirteenth card, two of the third branch know it."""
    await d.goes_by(datetime(2026, 3, 10, 8, 31))
    card = await d.crowd["三01"].last(d.groups["三"])
    # 9 to 14 and 24 to 28 February are 11 workdays, 2 to 6 and 9 March 6: this is the 18th card.
    # It is one of right or wrong.
    label = next(label for label in card.labels if label.endswith(("正确", "错误")[MUST_KNOW[17].answers[0]]))
    for name in ("三01", "三02"):
        await d.crowd[name].press(label, d.groups["三"])

    assert card.text.startswith("📘 应知应会30问 · 18/30")


async def third_round(d: District) -> None:
    """16 March: the one who joined is in the fourth branch's group; two are absent; nobody else has moved."""
    before = await d.order(await d.round("一", SECOND))
    await d.goes_by(datetime(2026, 3, 12, 9, 1))
    await d.reads(d.crowd)
    await d.goes_by(datetime(2026, 3, 16, 15, 1))
    rounds = {branch: await d.round(branch, THIRD) for branch in SIZES}
    after = await d.order(rounds["一"])
    for branch, number in rounds.items():
        await d.come([name for name in d.names(branch) if name not in ("一11", "一12")], number)
    for branch, number in rounds.items():
        await d.speak(branch, number, absent=("一11", "一12"))
    await d.ends_evaluation(rounds)
    await d.goes_by(datetime(2026, 3, 20, 14, 0))

    assert [names[1:] + names[:1] for names in before.values()] == list(after.values())
    assert "到会 5 人（应到 5 人）" in await d.summary("四")


async def outdoor_day(d: District) -> None:
    """E6: the season counts the contest by itself; five events are entered by hand, one of them wrong and taken back."""
    await d.goes_by(datetime(2026, 3, 27, 17, 0))
    await d.office.says("/season 新建 能力作风建设年 2026-02-01 2026-04-30 10 7 5 3", d.home)
    await d.hall.advance(seconds=5)
    await d.office.says(
        "/season 录入 投手榴弹 第四支部 第1名 户外拓展\n智连棋局 第二支部 第1名 户外拓展\n旱地冰壶 第二支部 第2名 户外拓展\n"
        "合力建塔 第三支部 第1名 户外拓展\n卡丁车 第三支部 第1名 户外拓展\n卡丁车 第四支部 第2名 户外拓展",
        d.home,
    )
    await d.hall.advance(seconds=5)
    await d.office.presses("确认录入", d.home)
    await d.hall.advance(seconds=5)
    await d.office.says("/season 冲正 4 合力建塔名次有误", d.home)
    await d.hall.advance(seconds=5)
    await d.office.says("/season", d.home)
    await d.hall.advance(seconds=5)
    standings = await d.office.reads(d.home)

    assert "竞赛 0 场，赛事 1 个，手工录入 7 条" in standings
    # The final: 一 130, 二 120, 三 110, 四 90, so 10, 7, 5 and 3 points. By hand: 四 10 + 7, 二 10 + 7, 三 10 (its other 10 taken back).
    places = [line for line in standings.splitlines() if "支部" in line]
    wanted = ["🥇 第二支部 24", "🥈 第四支部 20", "🥉 第三支部 15", "4. 第一支部 10"]
    assert [line.replace("\u3000", " ").removesuffix(" 分") for line in places] == wanted


async def points_by_hand(d: District) -> None:
    """Two points for help, five by mistake, which are taken back; another branch's organiser may give nothing."""
    boss = d.crowd["一01"]
    for words in ("+2 协助布置会场", "+5 记错了人"):
        await boss.says(f"/award 一02 {words}")
        await d.hall.advance(seconds=4)
        await boss.presses("确认记入")
        await d.hall.advance(seconds=4)
    number = await d.hall.read(lambda tx: newest_entry(tx, "一02"))
    await boss.says(f"/reverse {number} 记错了人")
    await d.hall.advance(seconds=4)
    await d.crowd["二01"].says("/award 一02 +3 表现好")
    await d.hall.advance(seconds=4)

    assert await d.crowd["二01"].reads() == "您所管的单位中没有“一02”。"


async def fourth_round(d: District) -> None:
    """30 March: all are there and speak; one has not read."""
    await d.goes_by(datetime(2026, 3, 29, 8, 30))
    await d.reads(name for name in d.crowd if name != "二09")
    await d.goes_by(datetime(2026, 3, 30, 15, 1))
    rounds = {branch: await d.round(branch, FOURTH) for branch in SIZES}
    for branch, number in rounds.items():
        await d.come(d.names(branch), number)
        await d.speak(branch, number)
    await d.ends_evaluation(rounds)


def newest_entry(tx: Tx, name: str) -> int:
    """The number of somebody's newest entry."""
    person = next(one for one in tx.people.everybody() if one.name == name)
    return tx.ledger.newest(person.id, most=1)[0].id


async def figures(d: District) -> None:
    """The office's figures are those of the script."""
    sessions = await asks(d, "/sessions 统计 2026年")
    quarter = await asks(d, "/report 2026Q1")
    notices, visits, points = [await chapter(d, name) for name in ("督导通报", "走访督导", "积分情况")]
    contest = await chapter(d, "竞赛活动")
    february = await asks(d, "/report 2026-02")
    points_of_february = await chapter(d, "积分情况")

    # A round is five sessions (the first branch has two groups): 4 x 5. There were 31 - 1 on leave - 1 absent = 29, 31 - 1 = 30,
    # 32 - 2 = 30, 32; of the 29 one was skipped: 28 + 30 + 30 + 32 speeches. 31 people at first, and one who joined.
    assert "学讲评\n20 场次，121 人次，32 人\n发言 120 人次，32 人" in sessions
    assert counted(quarter) == {
        "集中学习场次": "20 场",
        "到课人次": "121 人次",
        "到课人数": "32 人",
        "到课率": "96.8%",  # 121 of 125: without the one on leave, 121 + 4 absences
        "缺席人次": "4 人次",
        "补课": "0 人次",
        "发言人次": "120 人次",
        "发言人数": "32 人",
    }
    # February has the first two rounds: 29 + 30 attendances, 28 + 30 speeches.
    assert [counted(february)[name] for name in ("集中学习场次", "到课人次", "到课人数", "发言人次")] == [
        "10 场", "59 人次", "31 人", "58 人次",
    ]  # fmt: skip
    # One notice, replied to after its time, and settled.
    assert counted(notices) == {
        "督导通报应交": "1 人次",
        "督导通报已交": "1 篇",
        "督导通报按时提交": "0 篇",
        "督导通报审核通过": "1 篇",
        "督导通报逾期未交": "0 人次",
    }
    assert counted(visits) == {"走访次数": "1 次", "走访人数": "1 人"}
    # Two of the four bouts were played here, and the final.
    assert counted(contest)["竞赛"] == "3 场"
    assert "能力作风建设年知识竞赛：第一支部一队" in contest
    by_rule = {name.removesuffix("：积分"): value for name, value in counted(points).items()}
    assert by_rule == {
        # All that follows, added up.
        "记分合计": "1075 分",
        "得分人数": "32 人",
        # In time: 31 - 3, 31 - 1, 32, 32 - 1, so 121 x 2.
        "按时完成会前预学": "242 分",
        # 121 came, one of them late: 120 x 3, and 1.
        "参加学讲评": "360 分",
        "参加学讲评（迟到）": "1 分",
        # Under the first version 28 + 30 speeches at 3, under the second 30 + 32 at 4: 174 + 248.
        "会上发言": "422 分",
        # The four of the fourth branch, once.
        "完成三评": "8 分",
        "应知应会答对": "6 分",  # 4 in February, 2 in March
        # Four players in two bouts (two were on paper), four in the final, 2 each.
        "参加知识竞赛": "16 分",
        "知识竞赛第一名": "8 分",
        "知识竞赛第二名": "6 分",
        "知识竞赛第三名": "4 分",
        # +2, and +5 that were taken back.
        "人工记分": "2 分",
    }
    # 58 x 2 + 58 x 3 + 1 + 58 x 3 + 8 + 4: what was earned before the second version stays.
    assert counted(points_of_february)["记分合计"] == "477 分"
    assert await d.total(date(2026, 2, 1), date(2026, 4, 30)) == 1075
    # 四02: read 4 x 2, came 4 x 3, spoke 2 x 3 + 2 x 4, all evaluations 2, the final 2.
    await d.crowd["四02"].says("/card")
    await d.hall.advance(seconds=3)
    card = await d.crowd["四02"].reads()
    assert "2026 年度 38 分" in card
    assert " +4 会上发言 · 3月30日 星期一\n    “学讲评”发言" in card


async def asks(d: District, words: str) -> str:
    """What the office gets for a command."""
    await d.office.says(words)
    await d.hall.advance(seconds=3)
    return await d.office.reads()


async def chapter(d: District, name: str) -> str:
    """Another chapter of the report that is there."""
    await d.office.press(name)
    await d.hall.advance(seconds=3)
    return await d.office.reads()


def counted(page: str) -> dict[str, str]:
    """The figures of a page by their names, without the comparison."""
    lines = [
        line.removeprefix("• ").split("（比上期")[0].split("（与上期")[0]
        for line in page.splitlines()
        if line[0:1] == "•"
    ]
    return {name: value for name, _, value in (line.rpartition("：") for line in lines)}
