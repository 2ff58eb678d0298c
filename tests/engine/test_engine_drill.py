"""The latency drill: everybody presses once, sees the delays, and nothing of it counts."""

from __future__ import annotations

import pytest

from quizzes.engine import commands as c
from quizzes.engine import errors, wake_at
from quizzes.engine import events as e
from quizzes.engine.drill import DRILLS_MOST, WINDOW
from quizzes.engine.judge_rules import SpeechSegment
from quizzes.engine.phases import Interval, Lobby, Paused
from tests.engine.play import ANNA, BO, CHEN, DING, HOST, RED, Play, seconds


def drilling() -> Play:
    """A drill whose button is on the screen."""
    play = Play()
    play.seats()
    play.does(c.OpenDrill(ANNA))
    play.does(c.ConfirmDrill(1, play.at))
    return play


def test_drill_before_a_speech_ends_by_itself() -> None:
    """A contest that begins with a speech has no question's rules to ask for when the window is over."""
    play = Play(SpeechSegment())
    play.seats()
    play.does(c.OpenDrill(ANNA))
    play.does(c.ConfirmDrill(1, play.at))
    play.at += WINDOW + seconds(1)

    play.does(c.Wake())

    assert play.phase == Lobby()
    assert play.last(e.DrillClosed).delays == ()


def press(play: Play, player: int, after: float = 0, nonce: int = 1) -> tuple[e.Event, ...]:
    play.update_id += 1
    return play.does(c.PressDrill(player, play.update_id, play.at + seconds(after), nonce))


def test_delays_are_counted_from_the_confirmed_message() -> None:
    """Once everybody has pressed the drill closes early, the quickest first, and the lobby goes on."""
    play = drilling()

    press(play, CHEN, 0.9)
    press(play, ANNA, 0.4)
    press(play, BO, 0.5)
    press(play, DING, 2.5)

    closed = play.last(e.DrillClosed)
    assert [(delay.player, delay.after) for delay in closed.delays] == [
        (ANNA, seconds(0.4)),
        (BO, seconds(0.5)),
        (CHEN, seconds(0.9)),
        (DING, seconds(2.5)),
    ]
    assert play.phase == Lobby()
    assert set(play.scores.values()) == {0}


def test_who_does_not_press_is_not_waited_for() -> None:
    """The window ends by itself; an old button, a second press and a stranger change nothing."""
    play = drilling()
    press(play, ANNA, 0.4)

    assert press(play, ANNA, 1) == ()
    with pytest.raises(errors.NotSeated):
        press(play, 99)
    with pytest.raises(errors.DrillOver):
        press(play, BO, nonce=2)
    with pytest.raises(errors.DrillOver):
        press(play, BO, 30)
    assert wake_at(play.now_) == play.at + WINDOW + play.now_.rules.grace
    play.wakes()

    assert [delay.player for delay in play.last(e.DrillClosed).delays] == [ANNA]
    with pytest.raises(errors.DrillOver):
        press(play, BO)


def test_presses_before_the_confirmation_count_as_nothing_lost() -> None:
    """Who sees the button before we hear that it is there is not refused."""
    play = Play()
    play.seats()
    play.does(c.OpenDrill(HOST))
    for player in (ANNA, BO, CHEN, DING):
        press(play, player)

    play.does(c.ConfirmDrill(1, play.at + seconds(1)))

    assert [delay.after for delay in play.last(e.DrillClosed).delays] == [seconds(0)] * 4


@pytest.mark.parametrize(
    "command", [c.LoseDrill(1), c.Recover(), c.LoseConnection(Play().at, Play().at)], ids=["lost", "restart", "outage"]
)
def test_drill_that_fails_ends_quietly(command: c.Command) -> None:
    """A lost message, a restart, an outage: back in the lobby."""
    play = Play()
    play.seats()
    play.does(c.OpenDrill(HOST))

    play.does(command)

    assert isinstance(play.last(e.DrillDropped), e.DrillDropped)
    assert play.phase == Lobby()
    assert play.does(c.ConfirmDrill(1, play.at)) == ()


def test_start_and_pause_end_the_drill() -> None:
    """Nobody has to wait for it; a start that is refused leaves it alone."""
    started, paused, refused = drilling(), drilling(), Play(teams_least=9)
    refused.seats()
    refused.does(c.OpenDrill(HOST))

    started.does(c.Start(HOST))
    paused.does(c.Pause(HOST))
    with pytest.raises(errors.TooFewTeams):
        refused.does(c.Start(HOST))

    assert isinstance(started.phase, Interval)
    assert isinstance(paused.phase, Paused)
    assert refused.phase.drill is not None


def test_drills_are_bounded() -> None:
    """One at a time, some before a contest, none without players or after the start."""
    play = Play()
    with pytest.raises(errors.NoPlayers):
        play.does(c.OpenDrill(HOST))
    play.seats()
    for number in range(1, DRILLS_MOST + 1):
        play.does(c.OpenDrill(HOST))
        with pytest.raises(errors.DrillGoesOn):
            play.does(c.OpenDrill(HOST))
        play.does(c.LoseDrill(number))
    with pytest.raises(errors.DrillsUsedUp):
        play.does(c.OpenDrill(HOST))
    play.does(c.Start(HOST))
    with pytest.raises(errors.AlreadyStarted):
        play.does(c.OpenDrill(HOST))


def test_people_come_and_go_during_a_drill() -> None:
    """Joining and leaving go on; whoever left is not in the result."""
    play = drilling()
    press(play, BO, 0.4)

    play.does(c.Leave(BO))
    play.does(c.Join(99, "Late", team=RED))
    play.wakes()

    assert play.last(e.DrillClosed).delays == ()
