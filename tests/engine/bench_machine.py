"""The part of the state machine that judges, protests and speaks; mixed into ``ContestMachine``."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from quizzes.engine import commands as c
from quizzes.engine import commands_bench as cb
from quizzes.engine import events_bench as eb
from quizzes.engine.bench import Decision, Docket, Matter, Verdict
from quizzes.engine.events import Event
from quizzes.engine.judge_rules import JudgeRules, ProtestRules, SpeechOrder, SpeechSegment
from quizzes.engine.phases import Answering, Called, Closing, Contest, Finished, Interval, Judging, Starting
from quizzes.engine.questions import Kind
from quizzes.engine.scoring import AwardKind
from quizzes.engine.stage import STAGE_PHASES, Scoring, Summoned, Talking
from tests.engine.play import HOST

JUDGES = st.sampled_from([51, 52, 53, 54, HOST])
ANYBODY = JUDGES | st.integers(1, 7)
SPEECHES = st.builds(
    SpeechSegment,
    order=st.sampled_from(SpeechOrder),
    warning=st.sampled_from([timedelta(0), timedelta(seconds=30)]),
    drop_from=st.sampled_from([1, 3]),
)
JUDGE_RULES = st.builds(JudgeRules, quorum=st.integers(0, 3), kinds=st.sampled_from([(), (Kind.FILL_IN,)]))
PROTEST_RULES = st.none() | st.builds(
    ProtestRules, each=st.integers(1, 2), window=st.sampled_from([timedelta(0), timedelta(seconds=30)])
)


class BenchRules:
    """Judges are named, recused and dismissed; they and others vote, protest, speak and score."""

    if TYPE_CHECKING:
        at: datetime
        log: list[Event]

        @property
        def alive(self) -> Contest: ...
        def does(self, command: c.Command) -> tuple[Event, ...]: ...
        def stamp(self, ago: timedelta) -> dict[str, object]: ...

    def seats_judges(self, count: int) -> None:
        """A panel from the beginning, so that most contests have one."""
        for judge in range(51, 51 + count):
            self.does(cb.NameJudge(judge, f"J{judge}", HOST))

    def speaks(self, player: int) -> None:
        """Whoever is called begins, and has finished."""
        for make in (cb.Begin, cb.EndAnswer):
            nonce = self.alive.course.nonce
            self.does(make(player, nonce=nonce, **self.stamp(timedelta(0))))  # type: ignore[arg-type]

    def judges_well(self, right: bool, protests: bool) -> None:
        """Those on the bench, or the host in their place, do what the phase waits for; a captain may protest."""
        phase, nonce = self.alive.phase, self.alive.course.nonce
        for judge in self.alive.bench.sitting(HOST):
            if isinstance(self.alive.phase, Judging):
                self.does(cb.Rule(judge, nonce, right))
            elif isinstance(self.alive.phase, Scoring):
                self.does(cb.GiveScore(judge, nonce, 9000 if right else 8000))
            for protest in self.alive.bench.open_protests:
                self.does(cb.JudgeProtest(judge, protest.id, Verdict.OVERTURNED if right else Verdict.STANDS))
        if protests and isinstance(phase, Interval | Closing):
            for team in self.alive.seats.teams.values():
                if team.captain is not None:
                    self.does(cb.FileProtest(team.captain, None, ""))
        elif isinstance(phase, Summoned):
            self.does(cb.BeginTalk(HOST, nonce, host=True))
        elif isinstance(phase, Talking):
            self.does(cb.EndTalk(HOST, nonce, host=True))

    @rule(judge=ANYBODY, which=st.sampled_from(["name", "chief", "dismiss", "recuse", "unreachable"]))
    def panel_changes(self, judge: int, which: str) -> None:
        commands: dict[str, c.Command] = {
            "name": cb.NameJudge(judge, f"J{judge}", HOST),
            "chief": cb.NameJudge(judge, f"J{judge}", HOST, chief=True),
            "dismiss": cb.DismissJudge(judge, HOST),
            "recuse": cb.Recuse(frozenset({judge})),
            "unreachable": cb.NoteUnreachable(judge),
        }
        self.does(commands[which])

    @precondition(lambda self: isinstance(self.alive.phase, Judging))
    @rule(judge=ANYBODY, right=st.booleans(), stale=st.sampled_from([0, 0, 0, 1]))
    def somebody_rules(self, judge: int, right: bool, stale: int) -> None:
        self.does(cb.Rule(judge, self.alive.course.nonce - stale, right))

    @precondition(lambda self: isinstance(self.alive.phase, Called | Starting | Answering))
    @rule(player=st.integers(0, 7), ago=st.sampled_from([0, 0, 30]), end=st.booleans())
    def somebody_speaks(self, player: int, ago: int, end: bool) -> None:
        phase = self.alive.phase
        assert isinstance(phase, Called | Starting | Answering)
        who, nonce = player or phase.turn.player or 1, self.alive.course.nonce
        make = cb.EndAnswer if end else cb.Begin
        self.does(make(who, nonce=nonce, **self.stamp(timedelta(seconds=ago))))  # type: ignore[arg-type]

    @precondition(lambda self: self.alive.records != ())
    @rule(player=st.integers(1, 7), index=st.none() | st.integers(0, 4), reason=st.sampled_from(["", "book"]))
    def somebody_protests(self, player: int, index: int | None, reason: str) -> None:
        self.does(cb.FileProtest(player, index, reason))

    @precondition(lambda self: self.alive.bench.open_protests != ())
    @rule(judge=ANYBODY, verdict=st.sampled_from(Verdict), last=st.booleans())
    def somebody_judges_a_protest(self, judge: int, verdict: Verdict, last: bool) -> None:
        self.does(cb.JudgeProtest(judge, self.alive.bench.protests[-1 if last else 0].id, verdict))

    @precondition(lambda self: isinstance(self.alive.phase, STAGE_PHASES))
    @rule(who=ANYBODY, which=st.sampled_from(["begin", "end", "skip", "repeat", "host begins", "host ends"]))
    def somebody_is_on_stage(self, who: int, which: str) -> None:
        nonce = self.alive.course.nonce
        commands: dict[str, c.Command] = {
            "begin": cb.BeginTalk(who, nonce),
            "end": cb.EndTalk(who, nonce),
            "skip": cb.SkipSpeaker(HOST, nonce, "ill"),
            "repeat": cb.RepeatScoring(HOST, nonce),
            "host begins": cb.BeginTalk(HOST, nonce, host=True),
            "host ends": cb.EndTalk(HOST, nonce, host=True),
        }
        self.does(commands[which])

    @precondition(lambda self: isinstance(self.alive.phase, Scoring))
    @rule(judge=ANYBODY, score=st.integers(-1, 101), cents=st.sampled_from([0, 0, 50, 1]))
    def somebody_scores(self, judge: int, score: int, cents: int) -> None:
        self.does(cb.GiveScore(judge, self.alive.course.nonce, score * 100 + cents))

    @rule(seconds=st.sampled_from([0, 5, 9999]))
    def host_extends(self, seconds: int) -> None:
        self.does(cb.Extend(HOST, timedelta(seconds=seconds), "noise"))

    @invariant()
    def players_and_judges_are_different_people(self) -> None:
        if self.log:
            assert not {judge.id for judge in self.alive.bench.judges} & set(self.alive.seats.players)

    @invariant()
    def a_matter_before_judges_is_timed_and_a_closed_one_has_its_decision(self) -> None:
        if not self.log:
            return
        for protest in self.alive.bench.protests:
            assert isinstance(protest.state, Docket | Decision)
        decided = [
            event.number for event in self.log if isinstance(event, eb.Decided) and event.matter is Matter.PROTEST
        ]
        closed = [protest.id for protest in self.alive.bench.protests if not protest.is_open]
        assert sorted(decided) == closed
        assert not (isinstance(self.alive.phase, Finished) and self.alive.bench.open_protests)

    @invariant()
    def no_team_loses_more_protests_than_it_has(self) -> None:
        if not self.log or self.alive.rules.protests is None:
            return
        for team in self.alive.seats.teams:
            lost = sum(one.team == team and not one.is_upheld for one in self.alive.bench.protests)
            assert lost <= self.alive.rules.protests.each

    @invariant()
    def every_team_speaks_once_a_segment(self) -> None:
        if not self.log:
            return
        scored = [award.team for award in self.alive.awards if award.kind is AwardKind.SPEECH]
        speeches = len(self.alive.rules.speeches)
        assert all(scored.count(team) <= speeches for team in set(scored))
        for speakers in self.alive.bench.rounds:
            assert len(set(speakers.order)) == len(speakers.order)
            assert speakers.place <= len(speakers.order)
