"""A whole contest of every preset that comes with the bot, played by quick players under Telegram's limits."""

import pytest

from quizzes.bank.items import Item
from quizzes.bank.items import Kind as ItemKind
from quizzes.engine.phases import Aborted, Answering, Buzzing, Collecting, Contest, Finished, Judging, Staking, Starting
from quizzes.engine.questions import Kind
from quizzes.engine.stage import Scoring, Summoned, Talking
from quizzes.presets import load_presets
from storage.people import Role
from tests.dialogues.cup import QUESTIONS
from tests.dialogues.match import Match, gather
from tests.dialogues.test_judging import lobby
from tests.hall import Actor, Hall

WITHOUT_TEAMS = ("solo", "speech")
ORAL_BANK = tuple(Item(ItemKind.ORAL, f"请说明第{n}条的要点。", accepted=(f"要点{n}",)) for n in range(1, 17))


@pytest.mark.parametrize("preset", sorted(load_presets()))
async def test_a_whole_contest_meets_no_limit(hall: Hall, preset: str) -> None:
    """From the lobby to the standings with nothing but the defaults: not one call is refused."""
    match = await gather(hall)
    assert hall.app is not None
    await hall.app.house.banks.take_in("百题", QUESTIONS, now=hall.clock.now())
    await hall.app.house.banks.take_in("口答", ORAL_BANK, now=hall.clock.now())
    bank = "" if preset == "speech" else "口答" if preset == "oral" else "百题"
    await match.host.says(f"/contest {preset} {bank}".strip(), match.group)
    for player, team in ((match.anna, "红队"), (match.bert, "蓝队"), (match.carl, "红队")):
        await player.presses("加入" if preset in WITHOUT_TEAMS else f"加入 {team}", match.group)
    judges = [await hall.enrol(name, "示范区/评委办", role=Role.JUDGE) for name in ("王五", "赵六")]
    if preset in ("oral", "speech", "final"):
        await match.host.says("/judge 王五 赵六", match.group)
    if preset == "final":
        for captain in (match.anna, match.bert):
            await captain.presses("准备", match.group, message=await lobby(match))
    await match.host.presses("开始", match.group, message=await lobby(match))

    contest = await match.contest()
    for _ in range(1500):
        if isinstance(contest.phase, Finished | Aborted):
            break
        if not await play(match, contest, judges):
            await hall.advance(seconds=1)
        contest = await match.contest()
    await hall.advance(minutes=1)

    assert isinstance(contest.phase, Finished)
    assert any("最终成绩" in message.text for message in await match.host.messages(match.group))
    assert [call for call in await hall.town.calls() if call.status == 429] == []


async def play(match: Match, contest: Contest, judges: list[Actor]) -> bool:
    """Whoever can do something does it at once; False if there is only waiting."""
    players = {player.id: player for player in (match.anna, match.bert, match.carl)}
    phase, group = contest.phase, match.group
    match phase:
        case Staking():
            assert contest.course.team is not None
            captain = contest.seats.teams[contest.course.team].captain
            assert captain is not None
            await players[captain].press("10 分", group)
        case Buzzing():
            slot = contest.course.slot
            free = [seat for seat in contest.seats.players.values() if seat.team not in contest.course.excluded]
            playing = contest.course.contenders
            free = [seat for seat in free if playing is None or seat.team in playing]
            await players[free[slot % len(free)].id].press("抢答", group)
        case Starting() if contest.question.kind is Kind.ORAL:
            assert phase.turn.player is not None
            await players[phase.turn.player].press("开始作答", group)
        case Answering() | Starting():
            player = phase.turn.player or contest.seats.teams[phase.turn.team].members[0]
            word = "答完" if contest.question.kind is Kind.ORAL else await match.letter(right=player != match.bert.id)
            await players[player].press(word, group)
        case Collecting() if len(phase.answers) < len(players):
            for player in players.values():
                await player.press(await match.letter(right=player is not match.carl), group)
        case Judging():
            for judge in judges:
                await judge.press("✅ 正确")
        case _:
            return await on_stage(match, contest, judges)
    return True


async def on_stage(match: Match, contest: Contest, judges: list[Actor]) -> bool:
    """A speaker is called, speaks and is scored."""
    match contest.phase:
        case Summoned():
            await match.host.press("开始演讲", match.group)
        case Talking():
            await match.hall.advance(seconds=120)
            await match.host.press("演讲结束", match.group)
        case Scoring():
            for judge, score in zip(judges, ("90", "92.5"), strict=True):
                await judge.says(score)
        case _:
            return False
    return True
