"""The phases of a speech: somebody is called, speaks, is scored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime

from quizzes.engine.frozen import dataclass
from quizzes.engine.teams import PlayerId, TeamId


@dataclass(frozen=True, slots=True)
class Summoned:
    """A speaker is called; the talk begins on a press, or by itself at ``starts_by``."""

    nonce: int
    team: TeamId
    starts_by: datetime


@dataclass(frozen=True, slots=True)
class Talking:
    """The talk; ``warns_at`` is None once the warning was given, or if there is none."""

    nonce: int
    team: TeamId
    began_at: datetime
    closes_at: datetime
    warns_at: datetime | None


@dataclass(frozen=True, slots=True)
class Scoring:
    """Every judge gives a score, in hundredths, until ``closes_at``."""

    nonce: int
    team: TeamId
    closes_at: datetime
    scores: Mapping[PlayerId, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unscored:
    """No score came: the host repeats the scoring or skips; at ``skips_at`` the speaker is skipped."""

    nonce: int
    team: TeamId
    skips_at: datetime


StagePhase = Summoned | Talking | Scoring | Unscored
STAGE_PHASES = (Summoned, Talking, Scoring, Unscored)
