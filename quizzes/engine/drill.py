"""The latency drill of the lobby: everybody presses once and sees how fast their presses arrive. It never counts."""

from __future__ import annotations

from datetime import datetime, timedelta

from quizzes.engine import commands as c
from quizzes.engine import errors
from quizzes.engine import events as e
from quizzes.engine.copying import replace
from quizzes.engine.phases import Contest, Drill, DrillOpen, DrillSent, Lobby
from quizzes.engine.scoring import window_after

WINDOW = timedelta(seconds=10)
"""So long the button waits for those who have not pressed yet."""
DRILLS_MOST = 3
"""So many drills before one contest; each costs the group two messages or edits."""


def drill_of(contest: Contest) -> Drill | None:
    """The drill that is under way."""
    return contest.phase.drill if isinstance(contest.phase, Lobby) else None


def open_drill(contest: Contest, command: c.OpenDrill, now: datetime) -> tuple[e.Event, ...]:
    """Raises: AlreadyStarted, NoPlayers, DrillGoesOn, DrillsUsedUp."""
    if not isinstance(contest.phase, Lobby):
        raise errors.AlreadyStarted
    if contest.phase.drill is not None:
        raise errors.DrillGoesOn
    if not contest.seats.players:
        raise errors.NoPlayers
    if contest.course.drills >= DRILLS_MOST:
        raise errors.DrillsUsedUp(most=DRILLS_MOST)
    return (e.DrillAsked(now, contest.course.drills + 1, command.by),)


def confirm(contest: Contest, command: c.ConfirmDrill, now: datetime) -> tuple[e.Event, ...]:
    """The window opens; a confirmation of a drill that is over says nothing."""
    drill = drill_of(contest)
    if not isinstance(drill, DrillSent) or drill.nonce != command.nonce:
        return ()
    opened = e.DrillOpened(now, drill.nonce, command.at, command.at + WINDOW + contest.rules.grace)
    if not _all_in(contest, len(drill.presses)):
        return (opened,)
    return opened, close(drill_opened(contest, opened), now)


def lose(contest: Contest, command: c.LoseDrill, now: datetime) -> tuple[e.Event, ...]:
    """The message may not be there: the drill is over, and the lobby goes on."""
    drill = drill_of(contest)
    if not isinstance(drill, DrillSent) or drill.nonce != command.nonce:
        return ()
    return drop(contest, now)


def drop(contest: Contest, now: datetime) -> tuple[e.Event, ...]:
    """The drill, if there is one, comes to nothing."""
    drill = drill_of(contest)
    return () if drill is None else (e.DrillDropped(now, drill.nonce),)


def press(contest: Contest, command: c.PressDrill, now: datetime) -> tuple[e.Event, ...]:
    """Take a press; a second one is a no-op. The drill closes early once everybody has pressed.

    Raises:
        DrillOver: the button is an old one, or the press came too late.
        NotSeated: the person sits in no team.
    """
    drill = drill_of(contest)
    if drill is None or drill.nonce != command.nonce:
        raise errors.DrillOver
    if command.player not in contest.seats.players:
        raise errors.NotSeated(player=command.player)
    if isinstance(drill, DrillOpen) and command.received_at > drill.closes_at:
        raise errors.DrillOver
    if command.player in drill.presses:
        return ()
    pressed = e.DrillPressed(now, command.player, command.update_id, command.received_at, drill.nonce)
    after = drill_pressed(contest, pressed)
    if isinstance(drill, DrillOpen) and _all_in(after, len(drill.presses) + 1):
        return pressed, close(after, now)
    return (pressed,)


def close(contest: Contest, now: datetime) -> e.DrillClosed:
    """The window is over: who pressed how soon, the quickest first; whoever got up meanwhile is left out."""
    drill = drill_of(contest)
    assert isinstance(drill, DrillOpen)
    delays = [
        e.Delay(player, window_after(received_at, drill.opened_at))
        for player, received_at in drill.presses.items()
        if player in contest.seats.players
    ]
    return e.DrillClosed(now, drill.nonce, tuple(sorted(delays, key=lambda delay: delay.after)))


def _all_in(contest: Contest, pressed: int) -> bool:
    return pressed >= len(contest.seats.players)


def drill_asked(contest: Contest, event: e.DrillAsked) -> Contest:
    """The button is on its way."""
    course = replace(contest.course, drills=event.nonce)
    return replace(contest, course=course, phase=Lobby(DrillSent(event.nonce)))


def drill_opened(contest: Contest, event: e.DrillOpened) -> Contest:
    """What was pressed while we waited for the confirmation counts from now."""
    drill = drill_of(contest)
    presses = {} if drill is None else drill.presses
    return contest.in_phase(Lobby(DrillOpen(event.nonce, event.opened_at, event.closes_at, presses)))


def drill_pressed(contest: Contest, event: e.DrillPressed) -> Contest:
    """One more has pressed."""
    drill = drill_of(contest)
    if drill is None:
        return contest
    return contest.in_phase(Lobby(replace(drill, presses={**drill.presses, event.player: event.received_at})))
