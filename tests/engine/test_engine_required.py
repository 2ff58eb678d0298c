"""Required questions: each team in turn, as histories of commands."""

from __future__ import annotations

import pytest

from quizzes.engine import commands as c
from quizzes.engine import errors
from quizzes.engine import events as e
from quizzes.engine.phases import Answering, Asking, Finished, Interval, Reading, Starting
from quizzes.engine.questions import Kind
from quizzes.engine.rules import Answerer, NotStarted, RequiredSegment
from quizzes.engine.scoring import QuestionState
from quizzes.engine.turn_rules import TurnOrder
from tests.engine.play import ANNA, BLUE, BO, BUZZER, CHEN, DING, GREEN, HOST, RED, Play, but, questions, seconds

REQUIRED = RequiredSegment(questions=3, wrong=-5)


def turns(play: Play) -> list[int]:
    """Whose question each one was."""
    return [
        event.team
        for event in play.log
        if isinstance(event, e.QuestionAsked) and event.reason is e.AskReason.NEXT and event.team is not None
    ]


def plays_through(play: Play) -> None:
    """Nobody answers anything until the contest is over."""
    play.asks()
    while not isinstance(play.phase, Finished):
        if isinstance(play.phase, Asking):
            play.confirms()
        else:
            play.wakes()


def test_each_team_answers_its_own_question_in_two_messages() -> None:
    """The window opens with the confirmed message: asked, shown, answered, ruled."""
    play = Play(REQUIRED)

    play.asks()
    asked = play.last(e.QuestionAsked)
    play.passes(1)
    shown = play.confirms()
    play.passes(2)
    given = play.chooses(BO, 0)

    assert (asked.team, asked.reason, asked.number, asked.of) == (RED, e.AskReason.NEXT, 1, 3)
    assert [type(event) for event in shown] == [e.QuestionOpened, e.AnsweringOpened]
    opened = play.last(e.AnsweringOpened)
    assert (opened.starts_by, opened.closes_at) == (None, opened.opened_at + seconds(15.5))
    assert [type(event) for event in given] == [e.Chosen, e.Ruled]
    ruled = play.last(e.Ruled)
    assert (ruled.right, ruled.team, ruled.player, ruled.points) == (True, RED, BO, 10)
    assert ruled.rulings[0].after == seconds(2)
    assert play.scores == {RED: 10, BLUE: 0, GREEN: 0}


def test_the_others_may_not_answer() -> None:
    """Somebody of another team who presses is noted, and nothing else happens; a stranger is refused."""
    play = Play(REQUIRED)
    play.shows()

    other = play.chooses(CHEN, 0)
    with pytest.raises(errors.NotSeated):
        play.chooses(99, 0)
    with pytest.raises(errors.NotBuzzing):
        play.presses(ANNA)

    assert [event.kind for event in other if isinstance(event, e.PressNoted)] == [e.PressKind.NOT_YOUR_TURN]
    assert isinstance(play.phase, Answering)


def test_only_the_captain_where_the_rules_say_so() -> None:
    """A member is noted as not entitled, the captain's answer counts."""
    play = Play(but(REQUIRED, answerer=Answerer.CAPTAIN))
    play.shows()

    member = play.chooses(BO, 0)
    captain = play.chooses(ANNA, 0)

    assert isinstance(member[0], e.PressNoted)
    assert isinstance(captain[-1], e.Ruled)


def test_what_comes_before_the_confirmation_counts() -> None:
    """Players may see the question before we hear that it is there."""
    play = Play(REQUIRED)
    play.asks()

    given = play.chooses(ANNA, 0)
    late = play.does(c.ConfirmShown(1, play.at))

    assert isinstance(given[-1], e.Ruled)
    assert late == ()
    assert play.scores[RED] == 10


def test_silence_is_wrong_and_nobody_is_named() -> None:
    """The team pays, no player does."""
    play = Play(REQUIRED)
    play.shows()

    play.wakes()

    ruled = play.last(e.Ruled)
    assert (ruled.right, ruled.team, ruled.player, ruled.points) == (False, RED, None, -5)
    assert ruled.reason is e.RulingReason.NOT_ANSWERED
    assert play.scores[RED] == -5


def test_several_taps_have_a_time_to_start() -> None:
    """The first mark has to come in time; marks are the team's, whoever sets them."""
    play = Play(REQUIRED, bank=questions(3, Kind.SEVERAL))
    play.shows()
    assert isinstance(play.phase, Starting)

    play.toggles(ANNA, 0)
    play.toggles(BO, 1)
    ruled = play.submits(ANNA)[-1]

    assert isinstance(ruled, e.Ruled)
    assert ruled.right


def test_marks_made_before_the_confirmation_are_kept() -> None:
    """One member marks while the message is on its way, another hands in."""
    play = Play(REQUIRED, bank=questions(3, Kind.SEVERAL))
    play.asks()

    play.toggles(ANNA, 0)
    play.toggles(BO, 1)
    play.confirms()
    assert isinstance(play.phase, Answering)
    ruled = play.submits(BO)[-1]

    assert isinstance(ruled, e.Ruled)
    assert ruled.right


def test_not_started_can_cost_nothing() -> None:
    """A team that does nothing at all loses nothing and the question is void; who had begun is wrong."""
    rules = but(REQUIRED, not_started=NotStarted.VOID, questions=6)
    idle, begun = Play(rules), Play(rules, bank=questions(6, Kind.SEVERAL))

    idle.shows()
    idle.wakes()
    begun.shows()
    begun.toggles(ANNA, 0)
    begun.wakes()

    ruled = idle.last(e.Ruled)
    assert (ruled.right, ruled.team, ruled.points, ruled.reason) == (None, RED, 0, e.RulingReason.NOT_STARTED)
    assert idle.now_.records[0].state is QuestionState.VOID
    assert begun.last(e.Ruled).right is False
    assert begun.scores[RED] == -5


def test_reading_time_comes_first() -> None:
    """An answer in the reading time is too early; the team's time begins at the announced moment."""
    play = Play(but(REQUIRED, reading=seconds(5)))
    play.asks()
    before = play.chooses(ANNA, 0)
    play.confirms()
    during = play.chooses(ANNA, 0)
    assert isinstance(play.phase, Reading)

    play.passes(6)
    after = play.chooses(ANNA, 0)

    for early in (before, during):
        assert [event.kind for event in early if isinstance(event, e.PressNoted)] == [e.PressKind.FALSE_START]
    assert [type(event) for event in after] == [e.ReadingEnded, e.AnsweringOpened, e.Chosen, e.Ruled]


def test_the_next_team_makes_it_up() -> None:
    """After a wrong answer the question goes on in turn, as often as the rules say, for what they say."""
    play = Play(but(REQUIRED, passes_on=1, make_up=4, make_up_wrong=-1))
    play.shows()
    play.chooses(ANNA, 1)
    again = play.last(e.QuestionAsked)
    assert (again.reason, again.team, again.excluded) == (e.AskReason.REBOUND, BLUE, (RED,))

    play.confirms()
    assert [type(event) for event in play.chooses(DING, 0)] == [e.PressNoted]
    play.chooses(CHEN, 1)

    assert play.last(e.Ruled).closes
    assert play.scores == {RED: -5, BLUE: -1, GREEN: 0}
    assert [ruling.team for ruling in play.now_.records[0].rulings] == [RED, BLUE]
    play.shows()
    assert turns(play) == [RED, BLUE]


def test_overruling_takes_back_what_was_made_up() -> None:
    """Had the first answer been ruled right, nobody would have made it up; ruled wrong after all, the values differ."""
    play = Play(but(REQUIRED, passes_on=1, make_up=4))
    play.shows()
    play.chooses(ANNA, 1)
    play.confirms()
    play.chooses(CHEN, 0)
    assert play.scores == {RED: -5, BLUE: 4, GREEN: 0}

    play.does(c.Overrule(0, False, HOST, "book", team=BLUE))
    assert play.scores == {RED: -5, BLUE: 0, GREEN: 0}
    play.does(c.Overrule(0, True, HOST, "book", team=RED))

    assert play.scores == {RED: 10, BLUE: 0, GREEN: 0}


def test_an_outage_gives_the_question_back_to_its_team() -> None:
    """What was ruled on it before is undone too, and the team whose turn it is is asked again."""
    play = Play(but(REQUIRED, passes_on=2))
    play.shows()
    play.chooses(ANNA, 1)
    play.confirms()

    play.does(c.LoseConnection(play.at, play.at))

    asked = play.last(e.QuestionAsked)
    assert (asked.reason, asked.team, asked.excluded) == (e.AskReason.AGAIN, RED, ())
    assert play.scores[RED] == 0


def test_what_does_not_divide_evenly_is_not_asked() -> None:
    """Seven questions and three teams: two each, six in all; the number stands in the event and on the cards."""
    play = Play(but(REQUIRED, questions=7), but(BUZZER, questions=1), bank=questions(8))

    play.seats()
    play.does(c.Start(HOST))
    plays_through(play)

    assert play.last(e.Started).questions == (6, 1)
    assert {event.of for event in play.log if isinstance(event, e.QuestionAsked)} == {7}
    assert turns(play) == [RED, BLUE, GREEN] * 2
    assert [record.index for record in play.now_.records] == [0, 1, 2, 3, 4, 5, 7]


def test_too_few_questions_for_the_teams_is_refused() -> None:
    """Each team has to get one."""
    play = Play(but(REQUIRED, questions=2))
    play.seats()

    with pytest.raises(errors.TooFewForTeams) as refused:
        play.does(c.Start(HOST))

    assert refused.value.params == {"segment": "required", "questions": 2, "teams": 3}


def test_a_team_that_came_late_gets_no_turn() -> None:
    """The turns are those of the teams that were there at the start."""
    play = Play(but(REQUIRED, questions=6))
    play.seats()
    play.does(c.Start(HOST))
    play.does(c.Join(41, "Late", team_name="White"))

    plays_through(play)

    assert turns(play) == [RED, BLUE, GREEN] * 2


def test_order_by_score_and_by_lot() -> None:
    """The highest first, equal ones by lot; a drawn order names everybody's lot; the same seed gives the same lots."""
    scored = Play(but(BUZZER, questions=1), but(REQUIRED, order=TurnOrder.SCORE), seed=7)
    scored.answers(CHEN, 0)
    scored.shows()
    drawn, same, other = (Play(but(REQUIRED, order=TurnOrder.DRAWN), seed=seed) for seed in (1, 1, 3))
    for play in (drawn, same, other):
        plays_through(play)

    by_score, by_lot = scored.last(e.Drawn), drawn.last(e.Drawn)
    assert by_score.order[0] == BLUE
    assert {team for team, _ in by_score.lots} == {RED, GREEN}
    assert sorted(lot for _, lot in by_lot.lots) == [1, 2, 3]
    assert by_lot.order == tuple(team for team, _ in sorted(by_lot.lots, key=lambda one: one[1])) == tuple(turns(drawn))
    assert by_lot.order == same.last(e.Drawn).order
    assert by_lot.order != other.last(e.Drawn).order
    assert drawn.count(e.Drawn) == 1


def test_void_replace_and_pause() -> None:
    """A replaced question is still the same team's; a voided one gives way to the next team; a pause asks again."""
    play = Play(REQUIRED, bank=questions(5))
    play.shows()
    play.does(c.ReplaceQuestion(HOST, "typo"))
    assert (play.last(e.QuestionAsked).team, play.last(e.QuestionAsked).index) == (RED, 3)
    play.confirms()
    play.does(c.Pause(HOST))
    play.does(c.Resume(HOST))
    assert (play.last(e.QuestionAsked).team, play.last(e.QuestionAsked).reason) == (RED, e.AskReason.AGAIN)
    play.confirms()

    play.does(c.VoidQuestion(3, HOST, "typo too"))
    assert isinstance(play.phase, Interval)
    play.shows()

    assert play.last(e.QuestionAsked).team == BLUE


def test_rules_that_cannot_be_played() -> None:
    """Nobody presses for a question of their own; nothing is passed on less than never."""
    for segment, problem in (
        (but(REQUIRED, answerer=Answerer.PRESSER), "bad_answerer"),
        (but(REQUIRED, passes_on=-1), "bad_number"),
    ):
        with pytest.raises(errors.RulesUnusable) as refused:
            Play(segment)
        assert refused.value.params["problem"] == problem
