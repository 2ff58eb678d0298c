"""The lobby: who sits where, and when a contest may start."""

from __future__ import annotations

from typing import Any

import pytest

from quizzes.engine import commands as c
from quizzes.engine import errors
from quizzes.engine import events as e
from quizzes.engine.phases import Interval, Lobby
from quizzes.engine.questions import Kind, Question, shuffled
from quizzes.engine.rules import Rules, Seating
from tests.engine.play import ANNA, BLUE, BO, BUZZER, CHEN, EVERYONE, HOST, RED, Play, but, questions, seconds


def test_first_to_come_makes_the_team_and_is_its_captain() -> None:
    """A team is made by whoever names it; its name is found again in any case."""
    play = Play()

    made = play.does(c.Join(ANNA, "Anna", team_name=" Red "))
    joined = play.does(c.Join(BO, "Bo", team_name="RED"))

    assert made == (e.TeamMade(play.at, RED, "Red"), e.Joined(play.at, ANNA, "Anna", RED, None))
    assert joined == (e.Joined(play.at, BO, "Bo", RED, None),)
    assert play.now_.seats.teams[RED].captain == ANNA
    assert play.now_.seats.teams[RED].members == (ANNA, BO)


def test_joining_another_team_is_a_switch() -> None:
    """A player sits in one team only; the next in line becomes captain, an empty team is gone."""
    play = Play()
    play.does(c.Join(ANNA, "Anna", team_name="Red"))
    play.does(c.Join(BO, "Bo", team=RED))

    play.does(c.Join(ANNA, "Anna", team_name="Blue"))
    assert play.now_.seats.teams[RED].captain == BO
    play.does(c.Join(BO, "Bo", team=BLUE))

    assert list(play.now_.seats.teams) == [BLUE]
    assert play.now_.seats.teams[BLUE].members == (ANNA, BO)
    with pytest.raises(errors.AlreadySeated):
        play.does(c.Join(BO, "Bo", team=BLUE))


def test_leaving_readiness_and_captains() -> None:
    """Leaving hands the captaincy on; ready is said for the team; any member can be made captain."""
    play = Play()
    play.seats()

    assert play.does(c.Ready(BO)) == (e.ReadySet(play.at, RED, True, BO),)
    assert play.does(c.Ready(ANNA)) == ()
    play.does(c.Appoint(BO, HOST))
    assert play.now_.seats.teams[RED].captain == BO
    play.does(c.Leave(BO))

    assert play.now_.seats.teams[RED].captain == ANNA
    with pytest.raises(errors.NotSeated):
        play.does(c.Leave(BO))


def test_teams_given_beforehand() -> None:
    """Fixed teams can be joined and not made, stay when empty, and are dropped if empty at the start."""
    play = Play(seating=Seating.FIXED)
    with pytest.raises(errors.TeamUnknown):
        play.does(c.Join(ANNA, "Anna", team_name="Red"))
    contest = Play()
    contest.contest, contest.log = None, []

    contest.does(
        c.Open("c", "p", Rules((BUZZER,), seating=Seating.FIXED), "b", questions(2), HOST, teams=("Red", "Blue"))
    )
    contest.does(c.Join(ANNA, "Anna", team=BLUE))
    contest.does(c.Join(ANNA, "Anna", team=RED))
    assert list(contest.now_.seats.teams) == [RED, BLUE]
    contest.does(c.Start(HOST))

    assert list(contest.now_.seats.teams) == [RED]


@pytest.mark.parametrize("name", ["", "   ", "x" * 65, "two\nlines"])
def test_unusable_team_names(name: str) -> None:
    """A team's name has 1 to 64 printable characters."""
    with pytest.raises(errors.TeamNameUnusable):
        Play().does(c.Join(ANNA, "Anna", team_name=name))


def test_full_teams_and_full_houses() -> None:
    """The rules bound members and teams; whoever leaves a team of one to make another needs no further room."""
    play = Play(members_most=1, teams_most=2)
    play.does(c.Join(ANNA, "Anna", team_name="Red"))
    play.does(c.Join(CHEN, "Chen", team_name="Blue"))

    with pytest.raises(errors.TeamFull):
        play.does(c.Join(BO, "Bo", team=RED))
    with pytest.raises(errors.TooManyTeams):
        play.does(c.Join(BO, "Bo", team_name="Green"))
    play.does(c.Join(ANNA, "Anna", team_name="Green"))

    assert [team.name for team in play.now_.seats.teams.values()] == ["Blue", "Green"]


def test_start_is_refused_with_its_reason() -> None:
    """Nobody there, too few teams, teams not ready, too few questions: each is its own refusal."""
    play = Play(bank=questions(1), teams_least=2, all_ready=True)
    start = c.Start(HOST)

    with pytest.raises(errors.NoPlayers):
        play.does(start)
    play.does(c.Join(ANNA, "Anna", team_name="Red"))
    with pytest.raises(errors.TooFewTeams) as few:
        play.does(start)
    play.does(c.Join(CHEN, "Chen", team_name="Blue"))
    play.does(c.Ready(CHEN))
    with pytest.raises(errors.TeamsNotReady) as waiting:
        play.does(start)
    play.does(c.Ready(ANNA))
    with pytest.raises(errors.TooFewQuestions) as scarce:
        play.does(start)

    assert few.value.params == {"least": 2, "teams": 1}
    assert waiting.value.params == {"teams": ("Red",)}
    assert scarce.value.params == {"needed": 2, "given": 1}
    assert isinstance(play.phase, Lobby)


def test_after_the_start() -> None:
    """Newcomers may join if the rules say so; nobody switches or leaves; nothing starts twice."""
    play = Play()
    play.seats()
    assert play.does(c.Start(HOST)) == (e.Started(play.at, HOST, play.at + seconds(4), (2,)),)
    assert isinstance(play.phase, Interval)

    play.does(c.Join(99, "Late", team=RED))
    with pytest.raises(errors.SwitchTooLate):
        play.does(c.Join(ANNA, "Anna", team=BLUE))
    for command in (c.Leave(ANNA), c.Ready(ANNA), c.Start(HOST)):
        with pytest.raises(errors.AlreadyStarted):
            play.does(command)

    strict = Play(late_join=False)
    strict.asks()
    with pytest.raises(errors.JoinTooLate):
        strict.does(c.Join(99, "Late", team=RED))


def test_individuals_join_once() -> None:
    """Alone one can neither join twice nor late, if the rules say so."""
    play = Play(EVERYONE, seating=Seating.INDIVIDUALS, late_join=False, teams_most=1)
    play.does(c.Join(ANNA, "Anna"))

    with pytest.raises(errors.AlreadySeated):
        play.does(c.Join(ANNA, "Anna"))
    with pytest.raises(errors.TooManyTeams):
        play.does(c.Join(BO, "Bo"))
    play.does(c.Start(HOST))
    with pytest.raises(errors.JoinTooLate):
        play.does(c.Join(BO, "Bo"))


@pytest.mark.parametrize(
    ("rules", "problem"),
    [
        (Rules(()), "no_segments"),
        (Rules((but(BUZZER, questions=0),)), "no_questions"),
        (Rules((but(BUZZER, questions=-1), EVERYONE)), "bad_number"),
        (Rules((but(BUZZER, answer=seconds(-1)),)), "negative_time"),
        (Rules((BUZZER,), pause=seconds(-1)), "negative_time"),
        (Rules((but(BUZZER, rebounds=-1),)), "bad_number"),
        (Rules((but(EVERYONE, best=0),)), "bad_number"),
        (Rules((but(EVERYONE, speed_floor=101),)), "bad_number"),
        (Rules((BUZZER,), teams_least=0), "bad_number"),
    ],
)
def test_unplayable_rules(rules: Rules, problem: str) -> None:
    """Rules that cannot be played never open a lobby."""
    with pytest.raises(errors.RulesUnusable) as refused:
        Play().does_first(c.Open("c", "p", rules, "b", questions(3), HOST))

    assert refused.value.params["problem"] == problem


@pytest.mark.parametrize(
    "changed", [{"options": ("a",)}, {"answer": ()}, {"answer": (9,)}, {"answer": (0, 1)}, {"answer": (1, 0)}]
)
def test_unusable_questions(changed: dict[str, Any]) -> None:
    """A question that nobody could answer never opens a lobby."""
    bad: Question = but(questions(1)[0], **changed)

    with pytest.raises(errors.QuestionUnusable):
        Play().does_first(c.Open("c", "p", Rules((BUZZER,)), "b", (questions(1)[0], bad), HOST))


def test_a_contest_opens_once_and_first() -> None:
    """The first command opens, no later one does; two teams given beforehand may not share a name."""
    with pytest.raises(errors.NotOpenedYet):
        Play().does_first(c.Start(HOST))
    with pytest.raises(errors.AlreadyOpened):
        Play().does(c.Open("c", "p", Rules((BUZZER,)), "b", questions(2), HOST))
    with pytest.raises(errors.TeamNameTaken):
        Play().does_first(c.Open("c", "p", Rules((BUZZER,)), "b", questions(2), HOST, teams=("Red", "red")))


def test_shuffled_options_keep_their_answer() -> None:
    """The right options are the same texts wherever they go."""
    question = Question("q", Kind.SEVERAL, "?", ("a", "b", "c"), (0, 2))

    moved = shuffled(question, (2, 1, 0))

    assert moved.options == ("c", "b", "a")
    assert {moved.options[place] for place in moved.answer} == {"a", "c"}
    assert shuffled(question, (1, 2, 0)).answer == (1, 2)
    with pytest.raises(ValueError, match="every option once"):
        shuffled(question, (0, 0, 1))


def test_number_of_questions_is_shared_among_the_segments() -> None:
    """``N questions`` keeps the proportion of the segments and their sum."""
    rules = Rules((but(BUZZER, questions=6), but(EVERYONE, questions=3)))

    assert [segment.questions for segment in rules.with_questions(5).segments] == [4, 1]
    assert rules.with_questions(1).planned == 1
    with pytest.raises(ValueError, match="at least one"):
        rules.with_questions(0)
