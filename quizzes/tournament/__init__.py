"""The rules of a tournament as a pure machine, in the manner of the contest engine.

The rules of the machine
========================

1.  A tournament is its log: ``decide(tournament, command, now=…)`` says what a command makes happen, ``evolve`` what an
    event makes of the tournament, ``replay`` all of it again. A refusal is a ``TournamentError``; nothing happened then.
2.  Nothing is drawn here by chance. A seed comes in with the command and is in the log; whoever has the seed can work
    the draw out again by hand (``lots``).
3.  Stages follow one another. A stage is drawn into bouts; a bout is decided by a contest, by hand, by walk-over or by
    a bye. When all bouts of a stage are decided, ``RoundEnded`` says who goes on and why; after the final, ``Finished`` does.
4.  In the draw, teams of one unit meet as late as possible: no bout has more of them than it must have.
5.  Who goes on: the first ``top`` of each bout; at most one of a unit, if the stage says so (the next one of that bout
    moves up); then the best of the losers; never more than ``most``. Teams of different bouts are compared by score
    only if their bouts asked equally many questions, else by the share of the points that could be had; then by right
    answers; then by lot.
6.  A tie across the cut of a bout is first settled in the bout itself (``Rules.tie_places`` of the contest engine). If
    it stands at the end all the same, the bout waits for a lot, for a result by hand or for a replay.
7.  A report is known by its contest: the same report again says nothing. A result that is changed afterwards changes
    who goes on only as long as the next stage has not begun; after that it is flagged and the bracket stays.
8.  Who has withdrawn does not play and does not go on; whoever is next moves up. A bout with one team left is a
    walk-over.
"""

from quizzes.tournament.commands import Command
from quizzes.tournament.decide import decide
from quizzes.tournament.errors import TournamentError
from quizzes.tournament.events import Event
from quizzes.tournament.evolve import evolve, replay
from quizzes.tournament.state import Tournament

__all__ = ["Command", "Event", "Tournament", "TournamentError", "decide", "evolve", "replay"]
