"""Risk questions: stakes in order of score, lots, passing, winning and losing; as histories of commands."""

from __future__ import annotations

import pytest

from quizzes.engine import commands as c
from quizzes.engine import errors, replay, wake_at
from quizzes.engine import events as e
from quizzes.engine.phases import Answering, Asking, Finished, Interval, Offering, Paused, Staking
from quizzes.engine.rules import Answerer, NotStarted, RiskSegment
from quizzes.engine.turn_rules import Loses, NotChosen, ScoreOrder
from tests.engine.play import ANNA, BLUE, BO, BUZZER, CHEN, DING, GREEN, HOST, RED, Play, but, questions, seconds

RISK = RiskSegment(questions=3)
PLAYER = {RED: ANNA, BLUE: CHEN, GREEN: DING}


def turn(play: Play) -> int:
    """The player who may choose for the team under way."""
    team = play.now_.course.team
    assert team is not None
    return PLAYER[team]


def ahead(team: int, **rules: object) -> Play:
    """A risk round after one buzzer question that this team has won."""
    play = Play(but(BUZZER, questions=1), but(RISK, **rules), bank=questions(30))
    play.answers(PLAYER[team], 0)
    return play


def test_a_stake_then_its_question_then_the_ruling() -> None:
    """Three calls: the stakes are asked for, their message becomes the question, the question gets its ruling."""
    play = Play(RISK, seed=1)
    play.offers()
    asked = play.last(e.StakeAsked)
    assert (asked.number, asked.of, asked.stakes, asked.may_pass) == (1, 3, (10, 30, 50), True)
    assert isinstance(play.phase, Staking)
    assert wake_at(play.now_) == play.at + seconds(20.5)

    staked, question = play.stakes(turn(play), 30)
    shown = play.confirms()
    play.passes(1)
    play.chooses(turn(play), 0)

    assert isinstance(staked, e.Staked)
    assert (staked.stake, staked.player, staked.next_at) == (30, PLAYER[asked.team], None)
    assert isinstance(question, e.QuestionAsked)
    assert (question.reason, question.team, question.stake) == (e.AskReason.STAKED, asked.team, 30)
    assert question.nonce == asked.nonce + 1
    assert [type(event) for event in shown] == [e.QuestionOpened, e.AnsweringOpened]
    assert (play.last(e.Ruled).points, play.scores[asked.team]) == (30, 30)
    assert play.now_.records[0].stake == 30


@pytest.mark.parametrize(("loses", "points"), [(Loses.FULL, -15), (Loses.HALF, -7), (Loses.NOTHING, 0)])
def test_what_a_wrong_answer_costs(loses: Loses, points: int) -> None:
    """All of the stake, half of it rounded down, or nothing."""
    play = Play(but(RISK, stakes=(15,), loses=loses))
    play.offers()
    team = play.now_.course.team
    play.stakes(turn(play), 15)
    play.confirms()

    play.chooses(turn(play), 1)

    assert play.last(e.Ruled).points == points
    assert play.scores[team or 0] == points


@pytest.mark.parametrize(("order", "place"), [(ScoreOrder.HIGHEST, 0), (ScoreOrder.LOWEST, 2)])
def test_order_of_score_with_ties_drawn(order: ScoreOrder, place: int) -> None:
    """The leader is first or last; the two that are equal have drawn lots, and the order says who drew what."""
    play = ahead(BLUE, order=order)

    play.offers()

    drawn = play.last(e.Drawn)
    assert drawn.order.index(BLUE) == place
    assert sorted(lot for _, lot in drawn.lots) == [1, 2]
    assert {team for team, _ in drawn.lots} == {RED, GREEN}
    tied = tuple(team for team in drawn.order if team != BLUE)
    assert tied == tuple(team for team, _ in sorted(drawn.lots, key=lambda one: one[1]))
    assert play.now_.course.team == drawn.order[0]


def test_each_round_is_ordered_anew() -> None:
    """Six questions for three teams are two rounds; the second follows the scores that the first has made."""
    play = Play(but(RISK, questions=6))
    for number in range(3):
        play.offers()
        play.stakes(turn(play), (10, 50, 30)[number])
        play.confirms()
        play.chooses(turn(play), 0)
    first = play.last(e.Drawn)

    play.offers()

    second = play.last(e.Drawn)
    assert (first.round, second.round, second.lots) == (1, 2, ())
    assert second.order == (first.order[1], first.order[2], first.order[0])


def test_passing() -> None:
    """The team keeps its points and its place in the count; the next team is asked after the pause."""
    play = Play(RISK)
    play.offers()
    first = play.now_.course.team

    (staked,) = play.stakes(turn(play), None)
    assert isinstance(staked, e.Staked)
    assert (staked.stake, staked.next_at) == (None, play.at + seconds(4))
    assert isinstance(play.phase, Interval)
    play.offers()

    assert play.last(e.StakeAsked).number == 2
    assert play.now_.course.team != first
    with pytest.raises(errors.QuestionUnknown):
        play.does(c.ReplaceQuestion(HOST, ""))


def test_everybody_may_pass_and_the_contest_ends() -> None:
    """No question is asked at all; that is an end too."""
    play = Play(RISK)
    for _ in range(3):
        play.offers()
        play.stakes(turn(play), None)

    play.wakes()

    assert isinstance(play.phase, Finished)
    assert play.now_.records == ()


def test_nobody_chooses() -> None:
    """In the end the rules choose: the lowest stake, or to pass."""
    lowest, passing = Play(RISK), Play(but(RISK, not_chosen=NotChosen.PASS))

    lowest.offers()
    lowest.wakes()
    passing.offers()
    passing.wakes()

    assert (lowest.last(e.Staked).stake, lowest.last(e.Staked).player) == (10, None)
    assert isinstance(lowest.phase, Asking)
    assert (passing.last(e.Staked).stake, passing.last(e.Staked).player) == (None, None)
    assert isinstance(passing.phase, Interval)


def test_who_may_not_choose() -> None:
    """Another team and, where the captain chooses, a member are noted; late presses too; a dead card is refused."""
    play = Play(but(RISK, answerer=Answerer.CAPTAIN, order=ScoreOrder.HIGHEST), seed=1)
    while play.now_.course.team != RED:
        play.offers()
        if play.now_.course.team != RED:
            play.stakes(turn(play), None)
    nonce = play.nonce

    other, member = play.stakes(CHEN, 10), play.stakes(BO, 10)
    late = play.stakes(ANNA, 10, after=21)
    play.stakes(ANNA, 50)

    kinds = [event.kind for (event,) in (other, member, late) if isinstance(event, e.PressNoted)]
    assert kinds == [e.PressKind.NOT_YOUR_TURN, e.PressKind.NOT_YOUR_TURN, e.PressKind.TOO_LATE]
    with pytest.raises(errors.NotStaking):
        play.does(c.Stake(ANNA, 10, 1, play.at, nonce))
    with pytest.raises(errors.NotStaking):
        play.stakes(ANNA, 10)


def test_stakes_that_cannot_be_chosen() -> None:
    """One that is not in the rules, to pass where that is not allowed, and more than the team has."""
    play = ahead(BLUE, beyond_score=False, may_pass=False)
    play.offers()
    assert play.now_.course.team == BLUE
    assert play.last(e.StakeAsked).stakes == (10,)

    for stake in (30, 20, None):
        with pytest.raises(errors.StakeUnusable):
            play.stakes(CHEN, stake)
    play.stakes(CHEN, 10)

    assert isinstance(play.phase, Asking)


def test_a_team_without_points_still_has_the_lowest_stake() -> None:
    """Otherwise it could not play on."""
    play = ahead(BLUE, beyond_score=False, order=ScoreOrder.LOWEST)

    play.offers()

    assert play.last(e.StakeAsked).stakes == (10,)


def test_silence_on_the_question() -> None:
    """Nothing at all is wrong and costs the stake, or costs nothing, as the rules say."""
    wrong, void = Play(RISK), Play(but(RISK, not_started=NotStarted.VOID))

    for play in (wrong, void):
        play.offers()
        play.stakes(turn(play), 50)
        play.confirms()
        assert isinstance(play.phase, Answering)
        play.wakes()

    assert wrong.last(e.Ruled).points == -50
    assert (void.last(e.Ruled).right, void.last(e.Ruled).points) == (None, 0)


def test_pools_give_each_stake_its_own_questions() -> None:
    """Three stakes and three teams: nine questions are drawn, and what is asked comes from the stake's own three."""
    play = Play(but(RISK, pools=True))
    assert len(play.now_.setup.questions) == 9

    for stake in (50, 10, 50):
        play.offers()
        play.stakes(turn(play), stake)
        play.confirms()
        play.chooses(turn(play), 0)

    assert [record.index for record in play.now_.records] == [6, 0, 7]


def test_a_replacement_comes_from_the_same_pool_while_enough_are_left() -> None:
    """Then from the reserve, so that no team is left without a question."""
    play = Play(but(RISK, pools=True, stakes=(10,)), bank=questions(4))
    play.offers()
    play.stakes(turn(play), 10)
    play.confirms()

    play.does(c.ReplaceQuestion(HOST, "typo"))
    assert play.now_.course.index == 3
    with pytest.raises(errors.NoReserve):
        play.does(c.ReplaceQuestion(HOST, "typo"))
    other = Play(but(RISK, pools=True, questions=3), bank=questions(10))
    other.offers()
    other.stakes(turn(other), 30)
    other.does(c.ReplaceQuestion(HOST, "typo"))

    assert other.now_.course.index == 4
    assert other.last(e.QuestionAsked).stake == 30


def test_restart_outage_loss_and_pause_while_a_stake_is_chosen() -> None:
    """The stake is asked for again, in a new message, of the same team; nothing was lost but the round."""
    happenings: list[c.Command] = [
        c.Recover(),
        c.LoseConnection(Play().at, Play().at + seconds(60)),
        c.Pause(HOST, "tea"),
    ]
    for happening in happenings:
        play = Play(RISK)
        play.offers()
        team, nonce = play.now_.course.team, play.nonce
        play.contest = replay(play.log)

        play.does(happening)
        if isinstance(play.phase, Paused):
            play.does(c.Resume(HOST))

        again = play.last(e.StakeAsked)
        assert (again.team, again.nonce, again.number, again.reason) == (team, nonce + 1, 1, e.AskReason.AGAIN)
        assert isinstance(play.phase, Offering)
        assert play.count(e.Drawn) == 1


def test_stakes_that_are_never_shown_pause_the_contest() -> None:
    """Three messages in a row that were lost: a person has to look."""
    play = Play(RISK)
    play.offers()
    play.does(c.Recover())

    play.does(c.LoseShown(play.nonce))
    play.does(c.LoseShown(play.nonce))

    assert isinstance(play.phase, Paused)
    play.does(c.Resume(HOST))
    assert isinstance(play.phase, Offering)


def test_a_lost_question_keeps_its_stake() -> None:
    """The message that should have become the question is in doubt: the same question comes in a new one."""
    play = Play(RISK)
    play.offers()
    play.stakes(turn(play), 50)
    index = play.now_.course.index

    play.does(c.LoseShown(play.nonce))

    asked = play.last(e.QuestionAsked)
    assert (asked.reason, asked.index, asked.stake) == (e.AskReason.AGAIN, index, 50)


def test_an_outage_noticed_after_a_pass_by_silence() -> None:
    """The team could not be heard: it is asked again."""
    play = Play(but(RISK, not_chosen=NotChosen.PASS))
    play.offers()
    team = play.now_.course.team
    play.wakes()

    play.does(c.LoseConnection(play.at - seconds(3), play.at))

    assert isinstance(play.phase, Offering)
    assert play.now_.course.team == team


def test_voiding_and_overruling_count_the_stake() -> None:
    """A stake won is taken back; ruled the other way it is lost."""
    play = Play(RISK)
    play.offers()
    team = play.now_.course.team or 0
    play.stakes(turn(play), 50)
    play.confirms()
    play.chooses(turn(play), 0)

    play.does(c.Overrule(0, False, HOST, "book"))
    assert play.scores[team] == -50
    play.does(c.VoidQuestion(0, HOST, "typo"))

    assert play.scores[team] == 0


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"stakes": ()}, "bad_stakes"),
        ({"stakes": (10, 10)}, "bad_stakes"),
        ({"stakes": (0, 10)}, "bad_stakes"),
        ({"stakes": tuple(range(1, 11))}, "bad_stakes"),
        ({"may_pass": False, "not_chosen": NotChosen.PASS}, "no_way_to_pass"),
        ({"answerer": Answerer.PRESSER}, "bad_answerer"),
    ],
)
def test_rules_that_cannot_be_played(changed: dict[str, object], problem: str) -> None:
    """Stakes are one to eight different positive numbers; who may not pass cannot pass by silence either."""
    with pytest.raises(errors.RulesUnusable) as refused:
        Play(but(RISK, **changed))

    assert refused.value.params["problem"] == problem
