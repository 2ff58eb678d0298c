"""A contest as it is played: lobby, buzzer, answer, ruling, standings; wrong people, wrong times, outages."""

import sqlite3
from contextlib import closing

import pytest

from tests.dialogues.match import Match, gather
from tests.hall import Hall


@pytest.fixture
async def match(hall: Hall) -> Match:
    """Two teams in a group, a host, a bank."""
    return await gather(hall)


async def test_contest_from_lobby_to_standings(match: Match) -> None:
    """The first to buzz answers within three seconds; right earns, wrong costs; the end shows who won."""
    await match.begins()

    first = await match.anna.presses("抢答", match.group)
    later = await match.bert.presses(data=await match.buzz_data(), chat=match.group)
    answer = await match.anna.presses(await match.letter(right=True), match.group)
    ruling = await match.text()
    await match.hall.advance(seconds=5)
    await match.bert.presses("抢答", match.group)
    await match.bert.presses(await match.letter(right=False), match.group)
    await match.hall.advance(seconds=5)
    end = await match.text()

    assert first == "您抢到了！请立即作答。"
    assert later == "别人先抢到了。"
    assert answer is not None
    assert answer.startswith("您的答案：")
    assert "正确，+10 分" in ruling
    assert "红队 110" in ruling
    assert "最终成绩" in end
    assert end.index("红队") < end.index("蓝队")
    assert "<b>伯特&" in end
    assert all(call.status == 200 for call in await match.hall.town.calls())


async def test_late_answer_counts_as_wrong(match: Match) -> None:
    """After three seconds and the grace the answer is wrong, and the press after it hears so."""
    await match.begins()
    await match.anna.presses("抢答", match.group)
    letter = await match.letter(right=True)
    message = await match.anna.last(match.group)
    data = next(button.data for row in message.buttons for button in row if button.text.startswith(letter))

    await match.hall.advance(seconds=3.6)
    toast = await match.anna.presses(data=data, chat=match.group, message=message)

    assert toast == "这道题已结束。"
    assert "超时未答" in await match.text()
    assert "红队 90" in await match.text()


async def test_question_costs_three_calls(match: Match) -> None:
    """Send, edit on the buzz, edit with the ruling: nothing else goes to the group."""
    await match.begins()
    before = len(await match.hall.town.calls())

    await match.anna.presses("抢答", match.group)
    await match.anna.presses(await match.letter(right=True), match.group)

    calls = [call for call in (await match.hall.town.calls())[before:] if call.params.get("chat_id") == match.group.id]
    assert [call.method for call in calls] == ["editMessageText", "editMessageText"]


async def test_restart_asks_again_and_keeps_scores(match: Match) -> None:
    """After a restart the open question is void and asked again, the scores stand, the group is told once."""
    await match.begins()
    await match.anna.presses("抢答", match.group)
    await match.anna.presses(await match.letter(right=True), match.group)
    await match.hall.advance(seconds=5)

    await match.hall.stop_bot()
    await match.hall.start_bot()
    texts = [message.text for message in await match.anna.messages(match.group)]
    await match.bert.presses("抢答", match.group)
    await match.bert.presses(await match.letter(right=True), match.group)

    assert sum("机器人已重启" in text for text in texts) == 1
    assert "红队 110" in await match.text()
    assert "蓝队 110" in await match.text()


async def test_only_the_host_starts(match: Match) -> None:
    """A player who presses 开始 is refused and nothing begins."""
    await match.opens()

    toast = await match.anna.presses("开始", match.group)

    assert toast == "只有主持人或组织者可以这样做。"
    assert "加入" in str((await match.anna.last(match.group)).buttons)


async def test_member_cannot_open(match: Match) -> None:
    """/contest is for organisers."""
    await match.anna.says("/contest buzzer 常识", match.group)

    assert "没有权限" in await match.text()


async def test_unknown_bank_and_preset_are_named(match: Match) -> None:
    """The refusal lists what there is."""
    await match.host.says("/contest buzzer 没有的", match.group)
    bank = await match.text()
    await match.host.says("/contest 没有的 常识", match.group)
    preset = await match.text()
    await match.host.says("/contest buzzer 常识 99", match.group)
    many = await match.text()

    assert "常识" in bank
    assert "buzzer" in preset
    assert "20 道" in many


async def test_set_up_card_opens_a_lobby(match: Match) -> None:
    """/contest alone leads by buttons to the lobby."""
    await match.host.says("/contest", match.group)
    await match.host.presses("抢答赛", match.group)
    await match.host.presses("常识", match.group)
    await match.host.presses("5 题", match.group)

    cards = [message for message in await match.host.messages(match.group) if message.text == "抢答赛"]
    assert "题库：常识" in await match.text()
    assert [card.labels for card in cards] == [[]]


async def test_set_up_card_asks_for_no_number_that_the_rules_fix(match: Match) -> None:
    """A preliminary bout has several segments, each with its number: the lobby opens after the bank."""
    await match.host.says("/contest", match.group)
    await match.host.presses("预赛", match.group)
    await match.host.presses("常识", match.group)

    assert "题库：常识" in await match.text()


async def test_preset_alone_asks_for_the_bank(match: Match) -> None:
    """/contest buzzer goes on where the set-up card would."""
    await match.host.says("/contest buzzer", match.group)
    await match.host.presses("常识", match.group)
    await match.host.presses("5 题", match.group)

    assert "题库：常识" in await match.text()


async def test_contest_that_never_began_is_called_off_without_scores(match: Match) -> None:
    """Nobody has any points yet, so none are shown."""
    await match.opens()
    await match.host.says("/contest stop", match.group)

    assert await match.text() == "⏹ 本场竞赛已终止。"


async def test_everyone_segment_counts_correctness_apart(match: Match) -> None:
    """All answer; whoever is right earns, the ruling says how many were."""
    await match.begins("everyone 常识 1")
    right, wrong = await match.letter(right=True), await match.letter(right=False)

    await match.anna.presses(right, match.group)
    second = await match.anna.presses(wrong, match.group)
    await match.bert.presses(wrong, match.group)
    await match.hall.advance(seconds=16)

    ruling = await match.text()
    assert second == "以第一次作答为准。"
    assert "2 人作答，1 人答对" in ruling


async def test_a_lost_lobby_comes_once_more(match: Match) -> None:
    """Of a lobby nobody knows whether it arrived; without its buttons nobody could join, so it is sent again, once."""
    await match.hall.town.fault("lost", method="sendMessage", chat_id=match.group.id)

    await match.opens()

    await match.hall.advance(seconds=5)

    lobbies = [message for message in await match.anna.messages(match.group) if "加入 红队" in str(message.buttons)]
    assert len(lobbies) == 2
    assert "安娜" in lobbies[-1].text
    await match.host.presses("开始", match.group)
    await match.hall.advance(seconds=5)
    assert "第 1 题" in await match.text()


async def test_a_lobby_that_never_left_is_there_after_the_restart(match: Match) -> None:
    """The process ended in the midst of the lobby's send: the next one sends it, as the lobby stands."""
    await match.hall.town.fault("lost", method="sendMessage", chat_id=match.group.id)
    await match.host.says("/contest buzzer 常识 2", match.group)
    await match.hall.stop_bot()
    with closing(sqlite3.connect(match.hall.database_path)) as connection:
        connection.execute("DELETE FROM outbox WHERE kind = 'contest.lobby' AND state = 'sent'")
        connection.execute("UPDATE outbox SET state = 'sending', sent_at = NULL WHERE kind = 'contest.lobby'")
        connection.execute("DELETE FROM messages")
        connection.commit()
    before = (await match.anna.last(match.group)).id

    await match.hall.start_bot()

    lobby = await match.anna.last(match.group)
    assert lobby.id > before
    assert "加入 红队" in str(lobby.buttons)


async def test_who_joined_right_before_a_restart_is_on_the_card(match: Match) -> None:
    """The card is edited only every few seconds; the timer of an edit that was still to come ends with the process."""
    await match.opens()
    assert "卡尔" not in await match.text()

    await match.hall.stop_bot()
    await match.hall.start_bot()

    assert "卡尔" in await match.text()


async def test_contest_alone_brings_the_open_lobby_down_to_the_newest(match: Match) -> None:
    """`/contest` while people gather: the card comes again below all that was said, and the old one goes."""
    await match.opens()
    await match.hall.advance(seconds=5)
    old = await match.anna.last(match.group)
    await match.carl.says("大家好", match.group)

    await match.host.says("/contest", match.group)

    new = await match.anna.last(match.group)
    assert new.id > old.id
    assert "卡尔" in new.text
    assert old.id not in [message.id for message in await match.anna.messages(match.group)]
    await match.host.presses("开始", match.group)
    await match.hall.advance(seconds=5)
    await match.host.says("/contest", match.group)
    assert (await match.text()).startswith("本群已有一场竞赛在进行。")


async def test_lost_question_is_asked_again(match: Match) -> None:
    """A send whose answer never came is void: a new question message, a new nonce, no second copy by itself."""
    await match.opens()
    await match.hall.town.fault("lost", method="sendMessage", chat_id=match.group.id)

    await match.host.presses("开始", match.group)
    await match.hall.advance(seconds=5)

    texts = [message.text for message in await match.anna.messages(match.group)]
    assert sum("第 1 题" in text for text in texts) == 2
    assert "重新出题" in texts[-1]
    await match.anna.presses("抢答", match.group)
    assert "抢到" in await match.text()


async def test_host_pauses_and_goes_on_from_the_panel(match: Match) -> None:
    """The host's private panel stops the contest and lets it go on with the question asked anew."""
    await match.begins()

    await match.host.presses("暂停")
    paused = await match.text()
    await match.host.presses("继续比赛")

    assert "暂停" in paused
    assert "重新出题" in await match.text()


async def test_stranger_cannot_buzz(match: Match) -> None:
    """Somebody who joined no team hears so."""
    await match.begins()
    dora = await match.hall.person("朵拉")
    await match.group.add(dora.person)

    toast = await dora.presses("抢答", match.group)

    assert toast == "您没有参加本场竞赛。"


async def test_thrown_out_in_mid_contest(match: Match) -> None:
    """Thrown out of the group, the contest pauses by itself; let in again, the host lets it go on."""
    await match.begins()
    await match.group.set_bot("kicked")
    await match.hall.advance(seconds=60)

    await match.group.set_bot("member")
    await match.hall.settle()
    await match.host.presses("继续比赛")

    assert "重新出题" in await match.text()


async def test_a_rush_into_the_lobby_costs_few_edits(match: Match) -> None:
    """The card is edited at once and then every few seconds, so that the questions find room in the group's limit."""
    players = [await match.hall.enrol(f"队员{number}") for number in range(10)]
    for player in players:
        await match.group.add(player.person)
    await match.host.says("/contest buzzer 常识 2", match.group)
    before = len(await match.hall.town.calls())

    for number, player in enumerate(players):
        await player.presses("加入 红队" if number % 2 else "加入 蓝队", match.group)
    at_once = await match.text()
    await match.hall.advance(seconds=5)

    edits = [call for call in (await match.hall.town.calls())[before:] if call.method == "editMessageText"]
    assert "队员0" in at_once
    card = await match.text()
    assert [player.name for player in players if player.name not in card] == []
    assert len(edits) <= 3


async def test_a_sheet_with_fixed_questions_takes_no_number(match: Match) -> None:
    """Said in one sentence, and nothing is opened."""
    await match.host.says("/contest final 常识 12", match.group)

    assert "题数是固定的" in await match.text()
