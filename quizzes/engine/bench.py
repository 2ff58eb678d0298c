"""The bench: who judges, what lies before them, and how ballots become a verdict.

The rules of the bench
======================

1.  The judges of a matter are those on the panel who are not recused; where there is none, the host judges alone.
2.  A verdict needs as many equal ballots as the quorum says (0: a majority of those judges; never more than there are).
3.  If all have voted and no verdict has the quorum, the chief's ballot decides.
4.  When the time is up the matter is the chief's alone; a ballot of the chief that is there already decides at once.
5.  If the chief is silent too, nobody has judged: the question is void, the protest is rejected.
6.  A first ballot counts; nobody votes twice on a matter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from enum import StrEnum

from quizzes.engine.copying import replace
from quizzes.engine.frozen import dataclass
from quizzes.engine.teams import PlayerId, TeamId


class Verdict(StrEnum):
    """What a ballot says: the first two on an answer, the others on a protested ruling."""

    RIGHT = "right"
    WRONG = "wrong"
    STANDS = "stands"
    OVERTURNED = "overturned"
    VOID = "void"
    """The question does not count."""


class How(StrEnum):
    """Who decided."""

    PANEL = "panel"
    CHIEF = "chief"
    HOST = "host"
    NOBODY = "nobody"


class Matter(StrEnum):
    """What judges decide on: an answer (numbered by the round's nonce) or a protest (by its own number)."""

    RULING = "ruling"
    PROTEST = "protest"


@dataclass(frozen=True, slots=True)
class Judge:
    """A member of the panel. ``recused``: their own unit plays; ``unreachable``: the bot cannot write to them."""

    id: PlayerId
    name: str
    recused: bool = False
    unreachable: bool = False


@dataclass(frozen=True, slots=True)
class Docket:
    """A matter before the judges until ``due_at``; ``alone``: it is the chief's by now."""

    due_at: datetime
    alone: bool = False
    ballots: Mapping[PlayerId, Verdict] = field(default_factory=dict)

    def with_ballot(self, judge: PlayerId, verdict: Verdict) -> Docket:
        """One more ballot."""
        return replace(self, ballots={**self.ballots, judge: verdict})


@dataclass(frozen=True, slots=True)
class Decision:
    """How a protest ended; ``verdict`` is None if nobody judged it (it is rejected then)."""

    verdict: Verdict | None
    how: How


@dataclass(frozen=True, slots=True)
class Protest:
    """A team's protest against the ruling on a question."""

    id: int
    index: int
    team: TeamId
    by: PlayerId
    reason: str
    state: Docket | Decision

    @property
    def is_open(self) -> bool:
        """Whether it waits for a verdict."""
        return isinstance(self.state, Docket)

    @property
    def is_upheld(self) -> bool:
        """Whether the ruling gave way."""
        return isinstance(self.state, Decision) and self.state.verdict in (Verdict.OVERTURNED, Verdict.VOID)


@dataclass(frozen=True, slots=True)
class Round:
    """The speakers of a speech segment in their order; ``place`` of them have had their turn."""

    segment: int
    order: tuple[TeamId, ...]
    place: int = 0


@dataclass(frozen=True, slots=True)
class Bench:
    """The panel in the order in which it was named, the protests, and the speakers' rounds."""

    judges: tuple[Judge, ...] = ()
    chief_id: PlayerId | None = None
    protests: tuple[Protest, ...] = ()
    rounds: tuple[Round, ...] = ()

    def judge(self, player: PlayerId) -> Judge | None:
        """The member of the panel with this number."""
        return next((judge for judge in self.judges if judge.id == player), None)

    def sitting(self, host: PlayerId) -> tuple[PlayerId, ...]:
        """Who judges now: those not recused, or the host where there is nobody."""
        return tuple(judge.id for judge in self.judges if not judge.recused) or (host,)

    def chief(self, host: PlayerId) -> PlayerId:
        """Whose word counts last: the chief, or the first in line if the chief may not judge, or the host."""
        sitting = self.sitting(host)
        return self.chief_id if self.chief_id in sitting and self.chief_id is not None else sitting[0]

    @property
    def is_manned(self) -> bool:
        """Whether anybody on the panel may judge."""
        return any(not judge.recused for judge in self.judges)

    def protest(self, number: int) -> Protest | None:
        """The protest with this number."""
        return next((protest for protest in self.protests if protest.id == number), None)

    @property
    def open_protests(self) -> tuple[Protest, ...]:
        """Those that wait for a verdict, the oldest first."""
        return tuple(protest for protest in self.protests if protest.is_open)

    def round_of(self, segment: int) -> Round | None:
        """The speakers of a segment, once they are drawn."""
        return next((one for one in self.rounds if one.segment == segment), None)

    def with_protest(self, changed: Protest) -> Bench:
        """One protest is replaced by a newer picture of itself, or is new."""
        others = tuple(protest for protest in self.protests if protest.id != changed.id)
        return replace(self, protests=tuple(sorted((*others, changed), key=lambda protest: protest.id)))

    def with_round(self, changed: Round) -> Bench:
        """The speakers of one segment are replaced by a newer picture, or are new."""
        others = tuple(one for one in self.rounds if one.segment != changed.segment)
        return replace(self, rounds=(*others, changed))


def needed(bench: Bench, host: PlayerId, quorum: int) -> int:
    """How many equal ballots decide."""
    sitting = len(bench.sitting(host))
    return min(quorum, sitting) if quorum else sitting // 2 + 1


def tally(bench: Bench, host: PlayerId, quorum: int, docket: Docket) -> Decision | None:
    """The verdict that the ballots make by now, if they make one."""
    sitting, chief = bench.sitting(host), bench.chief(host)
    ballots = {judge: docket.ballots[judge] for judge in sitting if judge in docket.ballots}
    by_chief = How.CHIEF if bench.is_manned else How.HOST
    if docket.alone:
        return Decision(ballots[chief], by_chief) if chief in ballots else None
    enough = needed(bench, host, quorum)
    for verdict, count in Counter(ballots.values()).items():
        if count >= enough:
            return Decision(verdict, How.PANEL if bench.is_manned else How.HOST)
    return Decision(ballots[chief], by_chief) if len(ballots) == len(sitting) else None
