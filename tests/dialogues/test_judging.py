"""Judges, protests and speeches as they are held: in the group, and in the judges' private chats."""

import pytest

from quizzes.bank.items import Item, Kind
from storage.people import Role
from tests.dialogues.match import Match, gather
from tests.hall import Actor, Hall

ORAL = tuple(Item(Kind.ORAL, f"请说明第{n}条的要点。", accepted=(f"要点{n}",)) for n in range(1, 9))


@pytest.fixture
async def match(hall: Hall) -> Match:
    """Two teams in a group, a host, and banks with choices and with oral questions."""
    match = await gather(hall)
    assert hall.app is not None
    await hall.app.house.banks.take_in("口答", ORAL, now=hall.clock.now())
    return match


async def panel(match: Match, *names: str, unit: str = "示范区/评委办") -> list[Actor]:
    """Judges of another unit, in the lobby."""
    judges = [await match.hall.enrol(name, unit, role=Role.JUDGE) for name in names]
    await match.host.says(f"/judge {' '.join(names)}", match.group)
    return judges


async def speaks(match: Match, player: Actor) -> None:
    """First at the buzzer, begins, has finished."""
    await player.presses("抢答", match.group)
    await player.presses("开始作答", match.group)
    await player.presses("答完", match.group)


async def begins(match: Match, *names: str, words: str = "oral 口答 2") -> list[Actor]:
    await match.opens(words)
    judges = await panel(match, *names)
    await match.host.presses("开始", match.group, message=await lobby(match))
    await match.hall.advance(seconds=6)
    return judges


async def lobby(match: Match):  # type: ignore[no-untyped-def]
    messages = await match.host.messages(match.group)
    return next(message for message in messages if "🏁" in message.text)


async def test_two_of_three_rule_on_an_oral_answer(match: Match) -> None:
    """Equal ballots of a majority decide; the group sees one ruling, and the others' buttons are gone."""
    wang, li, zhao = await begins(match, "王五", "李六", "赵七")
    before = len(await match.hall.town.calls())

    await speaks(match, match.anna)
    first = await wang.presses("✅ 正确")
    await li.presses("✅ 正确")

    calls = [call for call in (await match.hall.town.calls())[before:] if call.params.get("chat_id") == match.group.id]
    assert first == "您的裁定：✅ 正确"
    assert "评委裁定正确，+10 分" in await match.text()
    assert "红队 110" in await match.text()
    assert [call.method for call in calls] == ["editMessageText", "editMessageText"]
    assert "裁定：✅ 正确（评委裁定）" in await zhao.reads()
    assert (await zhao.last()).buttons == ()
    assert "参考答案：要点" in await wang.reads()


async def test_a_judge_of_a_team_is_recused(match: Match) -> None:
    """In a group of the district, a judge from a branch that plays has no ballot; the two others have to agree."""
    district = await match.hall.unit_group("全区群", "示范区", match.host, match.anna, match.bert, match.carl)
    match.group = district
    boss = await match.hall.enrol("区主持", "示范区", role=Role.ORGANISER)
    await district.add(boss.person)
    match.host = boss
    await match.opens("oral 口答 2")
    own = await match.hall.enrol("孙八", "示范区/第一支部", role=Role.JUDGE)
    wang, li = await panel(match, "王五", "李六")
    await boss.says("/judge 孙八", district)

    await match.hall.advance(seconds=5)
    assert "孙八（回避）" in (await lobby(match)).text
    assert "回避" in await own.reads()
    await boss.presses("开始", district, message=await lobby(match))
    await match.hall.advance(seconds=6)
    await speaks(match, match.anna)
    await wang.presses("✅ 正确")
    assert "评委裁定" not in await match.text()
    await li.presses("✅ 正确")

    assert "评委裁定正确" in await match.text()
    assert "请裁定" not in await own.reads()


async def test_the_chief_decides_after_the_time(match: Match) -> None:
    """The panel is silent for its time; then the chief alone has buttons."""
    wang, li = await begins(match, "王五", "李六")
    await speaks(match, match.anna)

    await match.hall.advance(seconds=61)
    assert (await li.last()).buttons == ()
    await wang.presses("❌ 错误")

    assert "评委裁定错误，-10 分" in await match.text()


async def test_nobody_judges(match: Match) -> None:
    """The question is void, and the next one is asked."""
    await begins(match, "王五", "李六")
    await speaks(match, match.anna)

    await match.hall.advance(seconds=61)
    await match.hall.advance(seconds=31)
    assert "超时无人裁定，本题作废" in await match.text()
    await match.hall.advance(seconds=6)

    assert "第 2 题" in await match.text()


async def test_without_judges_the_host_rules(match: Match) -> None:
    """The same buttons, in the host's private chat; a stranger's press changes nothing."""
    await begins(match)
    await speaks(match, match.anna)
    ballot = await match.host.last()
    data = ballot.buttons[0][0].data

    refused = await match.bert.presses(data=data, chat=match.group, message=await lobby(match))
    await match.host.presses("✅ 正确")

    assert refused == "这个按钮无效。"
    assert "评委裁定正确，+10 分" in await match.text()


async def test_a_protest_is_upheld_and_another_rejected(match: Match) -> None:
    """The captain presses 申诉; the judges rule anew, and the score follows in one message; then one that stands."""
    wang, li = await begins(match, "王五", "李六")
    await speaks(match, match.anna)
    for judge in (wang, li):
        await judge.presses("❌ 错误")

    member = await match.carl.presses("申诉", match.group)
    toast = await match.anna.presses("申诉", match.group)
    again = await match.bert.says("/protest 不服", match.group)
    await match.anna.says("/protest 要点已答出", match.group)
    await match.hall.advance(seconds=2)
    for judge in (wang, li):
        await judge.presses("改判")

    assert again is not None
    assert member == "只有队长（安娜）可以申诉。"
    assert toast is not None
    assert "申诉已提交复核" in toast
    decision = await match.text()
    assert "申诉结果：改判" in decision
    assert "原因：要点已答出" in decision
    assert "红队 110" in decision

    await match.hall.advance(seconds=6)
    await speaks(match, match.bert)
    for judge in (wang, li):
        await judge.presses("✅ 正确")
    await match.anna.says("/protest 答非所问", match.group)
    await match.hall.advance(seconds=2)
    for judge in (wang, li):
        await judge.presses("维持原判")
    assert "维持原判" in await match.text()
    assert "最终成绩" not in await match.text()

    await match.hall.advance(seconds=70)
    assert "最终成绩" in await match.text()


async def test_a_judge_who_never_started_the_bot(match: Match) -> None:
    """The group hears once whom the bot cannot write to."""
    await match.opens("oral 口答 2")
    await match.hall.enrol("周九", "示范区/评委办", role=Role.JUDGE, started=False)

    await match.host.says("/judge 周九", match.group)
    await match.host.says("/judge", match.group)

    texts = [message.text for message in await match.host.messages(match.group)]
    assert sum("无法私信评委周九" in text for text in texts) == 1
    assert "联系不上" in texts[-1]


async def test_players_members_and_unknown_names_are_refused(match: Match) -> None:
    """A player cannot be named, a member cannot name, an unknown name is said to be unknown."""
    await match.opens("oral 口答 2")

    await match.host.says("/judge 安娜", match.group)
    player = await match.text()
    await match.anna.says("/judge 王五", match.group)
    member = await match.text()
    await match.host.says("/judge 不存在", match.group)
    unknown = await match.text()

    assert "安娜是参赛选手，不能担任评委" in player
    assert "没有权限" in member
    assert "找不到不存在" in unknown


async def test_namesakes_are_asked_about(match: Match) -> None:
    """Two people of one name: a button says who is meant."""
    await match.opens("oral 口答 2")
    await match.hall.enrol("王五", "示范区/评委办")
    await match.hall.enrol("王五", "示范区/宣传办")

    await match.host.says("/judge 王五", match.group)
    await match.host.presses("王五（宣传办）", match.group)

    assert "王五（主评委）" in await match.text()


async def test_the_host_acts_by_hand(match: Match) -> None:
    """More time, points, a ruling anew and a void question, each with its reason; the host's panel lists them."""
    await match.begins("buzzer 常识 3")
    await match.host.says("/contest 延时 5 音响故障", match.group)
    extended = await match.text()
    await match.anna.presses("抢答", match.group)
    await match.anna.presses(await match.letter(right=False), match.group)
    await match.host.says("/contest 改判 1 对 参考书有误", match.group)
    overruled = await match.text()
    await match.host.says("/contest 加分 蓝队 5 纪律好", match.group)
    corrected = await match.text()
    await match.host.says("/contest 加分 黄队 5 纪律好", match.group)
    unknown = await match.text()
    await match.host.says("/contest 减分 蓝队 5", match.group)
    no_reason = await match.text()
    await match.bert.says("/contest 加分 蓝队 50 自己人", match.group)
    member = await match.text()
    await match.host.says("/contest 作废 1 题目有误", match.group)

    assert "延时 5 秒" in extended
    assert "音响故障" in extended
    assert "红队 110" in overruled
    assert "蓝队 105" in corrected
    assert "没有叫“黄队”的队" in unknown
    assert "/contest 减分" in no_reason
    assert "没有权限" in member
    assert "红队 100" in await match.text()
    await match.hall.advance(seconds=5)
    acts = await match.host.reads()
    for word in ("延时 5 秒", "改判为正确", "蓝队 +5 分", "第 1 题作废", "题目有误"):
        assert word in acts


async def test_p7_a_speech_contest(match: Match) -> None:
    """P7: five judges score, one highest and one lowest are dropped; the standings have two decimals."""
    await match.host.says("/contest speech", match.group)
    for speaker in (match.anna, match.bert):
        await speaker.presses("加入", match.group)
    await match.host.presses("开始", match.group)
    early = await match.text()
    judges = [await match.hall.enrol(name, "示范区/评委办", role=Role.JUDGE) for name in "甲乙丙丁戊"]
    await match.host.says("/judge 甲 乙 丙 丁 戊", match.group)
    await match.host.presses("开始", match.group, message=await lobby(match))
    await match.hall.advance(seconds=6)
    called = await match.text()

    for scores in (("90", "60", "100", "90.5", "91"), ("80", "80", "80", "80", "80")):
        await match.host.presses("开始演讲", match.group)
        await match.hall.advance(seconds=271)
        assert "还剩 30 秒" in await match.text()
        await match.host.presses("演讲结束", match.group)
        await judges[0].says("一百分")
        assert "请输入数字" in await judges[0].reads()
        await judges[0].says("90.55")
        assert "最多 1 位小数" in await judges[0].reads()
        for judge, score in zip(judges, scores, strict=True):
            await judge.says(score)
        scored = await match.text()
        await match.hall.advance(seconds=6)
        if scores[0] == "90":
            assert "最后得分：90.50" in scored

    assert "加入" in str(early) or "🏁" in early
    assert "抽签出场顺序" in called
    final = await match.text()
    assert "最终成绩" in final
    assert "90.50" in final
    assert "80.00" in final
    await match.hall.advance(seconds=5)
    # Who speaks first, and so gets these scores, is drawn by lot.
    reviews = []
    for speaker in (match.anna, match.bert):
        await speaker.says("/review")
        reviews.append(await speaker.reads())
    (review,) = (text for text in reviews if "90.50 分" in text)
    assert "第 1 名（共 2 人），90.50 分" in review
    assert "90.50 分（有效评分 90.00、90.50、91.00 的平均分，去掉 60.00、100.00）" in review
    assert "答对" not in review


async def test_a_replacement_with_its_reason(match: Match) -> None:
    """``/contest 换题 理由``: the next question comes from the reserve, and the host's list of acts has the reason."""
    await match.begins("buzzer 常识 2")
    before = (await match.contest()).question

    await match.host.says("/contest 换题 题干有误", match.group)
    await match.hall.advance(seconds=5)

    contest = await match.contest()
    assert contest.question != before
    assert contest.course.slot == 0
    assert "题干有误" in await match.host.reads()


async def test_a_ballot_whose_answer_was_lost_comes_again(match: Match) -> None:
    """A judge has to be able to vote: a ballot of which nobody knows whether it arrived is sent once more."""
    wang, _li, _zhao = await begins(match, "王五", "李六", "赵七")
    await match.hall.town.fault("lost", method="sendMessage", chat_id=wang.id)

    await speaks(match, match.anna)
    await match.hall.advance(seconds=5)

    ballots = [message for message in await wang.messages() if "✅ 正确" in message.labels]
    assert len(ballots) == 2
    assert await wang.presses("✅ 正确", message=ballots[-1]) == "您的裁定：✅ 正确"
