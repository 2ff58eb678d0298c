"""The contest engine: the rules of a contest as a pure machine.

The rules of the machine
========================

1.  A contest is its log. ``decide(contest, command, now=…)`` says what a command makes happen, as events;
    ``evolve(contest, event)`` says what an event makes of the contest; ``replay(events)`` is all of it again. Nothing
    else changes a contest, and ``evolve`` weighs no rule: what is in the log has happened.
2.  A refusal is a ``ContestError`` with a code and parameters and has changed nothing. Any other exception is a bug.
3.  Nothing here reads a clock, throws dice, waits or sends. Times come in with the command; options were shuffled
    before the contest was opened, and lots follow from the seed that came with it. What was drawn is an event.
4.  Players are judged by ``received_at``, when their bytes arrived, never by when we got round to looking. ``now``
    only dates the events and decides whether a wake-up is due.
5.  Among presses received before the settling ends the smallest ``update_id`` is first. Nobody is told that they won
    before ``Buzzed``.
6.  A window opens when the message that shows it was confirmed. What players pressed while we did not know that yet
    waits and counts; it counts from the opening.
7.  A round has a nonce. A lost message, a pause, a restart or an outage voids the round; the same question is asked
    again with a new nonce, and the old buttons are dead. Three rounds lost in a row pause the contest.
8.  What was ruled on a question before (a wrong answer before a rebound, a fine) outlives its lost round, except after
    an outage: that undoes the question from its beginning, even if it is noticed in the pause after the ruling.
9.  Scores are the base and the sum of the awards. Overruling, voiding and correcting replace or add awards; nothing
    is ever added to a score in passing.
10. Sudden death decides ranks, not scores.
11. Where teams take turns, every team that was there at the start gets as many questions as the others. Until a stake
    is chosen there is no question (``Course.index`` is -1).
12. Written words are an answer only while they are waited for, and only of those who are waited for; all others make
    no event and no refusal.

Theory of operation
===================

The shell keeps the events and runs this loop for each contest, one command after another::

    events = decide(contest, command, now=now)    # or a ContestError: tell the person, nothing happened
    contest = evolve(contest, event)              # for each of them, after they were committed
    wake_at(contest)                              # set one timer for it, or none

Three events ask the shell for something and get an answer by their nonce: ``QuestionAsked`` and ``StakeAsked`` (send or
edit the message; ``ConfirmShown`` or ``LoseShown``) and ``Buzzed`` (edit it; ``ConfirmAnswering`` or ``LoseAnswering``). All else goes on
by wake-ups. Both answers may come late, twice or never arrive: a late one says nothing, and if none ever comes,
``Recover`` after the restart asks again. ``Wake`` goes through the same queue as the presses.

::

    Lobby ─Start─▶ Interval ─▶ Asking ─▶ (Reading) ─▶ Buzzing ─▶ Settling ─▶ Called ─▶ (Starting) ─▶ Answering ─▶ Interval
                      ▲           ▲                      │nobody                                        │wrong, rebound
                      │           └──────────────────────┼──────────────────────────────────────────────┘
                      ├◀─────────────────────────────────┘
                      ├─ Asking ─▶ (Reading) ─▶ Collecting ─▶ Interval          no question left: Finished
                      ├─ Asking ─▶ (Reading) ─▶ (Starting) ─▶ Answering ─▶ Interval, or Asking for who makes it up
                      └─ Offering ─▶ Staking ─▶ Asking as a required one, or Interval for who passes
    from anywhere before the end: Paused (back to the Lobby or to Asking), Aborted

Presses and answers on a living round are always events, whatever became of them (``PressNoted.kind``): the official
minutes need the late ones too. On a dead round, in the lobby, or from somebody who sits in no team they are refused.

How to grow it: a segment kind is a dataclass of settings in ``rules``, a room beside ``answers`` and ``everyone`` for
its decisions, phases if it has new ones (then ``wake`` and the state machine of the tests name them), and a line in
``decide._played``, ``decide._woken`` and ``codec``. A new field of an event needs a default.
"""

from quizzes.engine.commands import Command
from quizzes.engine.decide import decide
from quizzes.engine.errors import ContestError
from quizzes.engine.events import Event
from quizzes.engine.evolve import evolve
from quizzes.engine.phases import Contest
from quizzes.engine.replay import replay
from quizzes.engine.scoring import Standings, standings
from quizzes.engine.wake import wake_at

__all__ = [
    "Command",
    "Contest",
    "ContestError",
    "Event",
    "Standings",
    "decide",
    "evolve",
    "replay",
    "standings",
    "wake_at",
]
