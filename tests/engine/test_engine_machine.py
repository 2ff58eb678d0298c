"""Whatever anybody does in whatever order, a contest stays a contest."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from quizzes.engine import commands as c
from quizzes.engine import decide, evolve, replay, standings, wake_at
from quizzes.engine import events as e
from quizzes.engine.codec import event_from_dict, event_to_dict
from quizzes.engine.errors import ContestError
from quizzes.engine.phases import (
    ROUND_PHASES,
    Aborted,
    Answering,
    Asking,
    Buzzing,
    Called,
    Closing,
    Collecting,
    Contest,
    DrillOpen,
    Finished,
    Interval,
    Judging,
    Lobby,
    Offering,
    Paused,
    Reading,
    Settling,
    Staking,
    Starting,
)
from quizzes.engine.plan import fair_counts, needed
from quizzes.engine.questions import Kind, Question
from quizzes.engine.rules import (
    Answerer,
    BuzzerSegment,
    EveryoneSegment,
    FalseStart,
    RequiredSegment,
    RiskSegment,
    Rules,
    Seating,
    TeamScore,
)
from quizzes.engine.scoring import AwardKind
from quizzes.engine.stage import Scoring, Summoned, Talking, Unscored
from quizzes.engine.turn_rules import Loses, NotChosen, NotStarted, ScoreOrder, TurnOrder
from tests.engine.bench_machine import JUDGE_RULES, PROTEST_RULES, SPEECHES, BenchRules
from tests.engine.play import HOST, START

PLAYERS = st.integers(1, 7)
TEAMS = st.integers(1, 4)
INDEXES = st.integers(-1, 20)
STALE = st.sampled_from([0, 0, 0, 0, -1, 1])
OPTIONS = st.lists(st.integers(-1, 3), max_size=3).map(tuple)
AGO = st.sampled_from([0, 0, 0, 0.1, 1, 30]).map(lambda number: timedelta(seconds=number))
AHEAD = st.sampled_from([0.05, 0.3, 1, 4, 21, 600]).map(lambda number: timedelta(seconds=number))
SHORT = st.sampled_from([0, 0, 3]).map(lambda number: timedelta(seconds=number))
TIMED = (
    Interval, Staking, Reading, Buzzing, Settling, Starting, Answering, Collecting,
    Judging, Closing, Summoned, Talking, Scoring, Unscored,
)  # fmt: skip
RESTING = (Lobby, Paused, Finished, Aborted)
UNTIMED = (Lobby, Offering, Asking, Called, Paused, Finished, Aborted)

BUZZERS = st.builds(
    BuzzerSegment,
    questions=st.integers(0, 2),
    wrong=st.sampled_from([0, -10]),
    reading=SHORT,
    rebounds=st.integers(0, 2),
    answerer=st.sampled_from(Answerer),
    false_start=st.sampled_from(FalseStart),
    not_started=st.sampled_from(NotStarted),
)
MEMBERS = st.sampled_from([Answerer.MEMBER, Answerer.CAPTAIN])
REQUIRED = st.builds(
    RequiredSegment,
    questions=st.integers(2, 5),
    wrong=st.sampled_from([0, -10]),
    reading=SHORT,
    answerer=MEMBERS,
    order=st.sampled_from(TurnOrder),
    passes_on=st.integers(0, 2),
    make_up=st.sampled_from([None, 5]),
    make_up_wrong=st.sampled_from([0, -5]),
    not_started=st.sampled_from(NotStarted),
    own_points=st.booleans(),
)
RISKS = st.builds(
    RiskSegment,
    questions=st.integers(2, 5),
    stakes=st.sampled_from([(10, 30, 50), (20, 10), (15,)]),
    may_pass=st.just(True),
    not_chosen=st.sampled_from(NotChosen),
    order=st.sampled_from(ScoreOrder),
    loses=st.sampled_from(Loses),
    beyond_score=st.booleans(),
    pools=st.booleans(),
    reading=SHORT,
    answerer=MEMBERS,
    not_started=st.sampled_from(NotStarted),
) | st.builds(RiskSegment, questions=st.integers(2, 4), may_pass=st.just(False), reading=SHORT)
EVERYONES = st.builds(
    EveryoneSegment,
    questions=st.integers(1, 2),
    wrong=st.sampled_from([0, -3]),
    reading=SHORT,
    answerer=st.sampled_from([Answerer.MEMBER, Answerer.CAPTAIN]),
    changes=st.booleans(),
    team_score=st.sampled_from(TeamScore),
    speed_floor=st.sampled_from([None, 0, 50]),
)
RULES = st.builds(
    Rules,
    segments=st.lists(BUZZERS | EVERYONES | REQUIRED | RISKS | SPEECHES, min_size=1, max_size=3)
    .map(tuple)
    .filter(lambda segments: any(segment.questions for segment in segments)),
    base=st.sampled_from([0, 100]),
    settle=st.sampled_from([timedelta(0), timedelta(milliseconds=250)]),
    pause=st.sampled_from([timedelta(0), timedelta(seconds=4)]),
    seating=st.sampled_from(Seating),
    members_most=st.sampled_from([1, 2, 200]),
    bench_most=st.sampled_from([0, 2]),
    substitutions=st.integers(0, 2),
    late_join=st.booleans(),
    tie_break=st.none() | BUZZERS,
    tie_places=st.sampled_from([(1,), (2,), (1, 2)]),
    judges=JUDGE_RULES,
    protests=PROTEST_RULES,
    decimals=st.sampled_from([0, 0, 2]),
)
KINDS = st.sampled_from(Kind)


TEXTS = st.sampled_from(["Beta", "ｂｅｔａ ", "gamma", ""])


def question(number: int, kind: Kind) -> Question:
    if kind is Kind.ORAL:
        return Question(f"q{number}", kind, "?", (), ())
    if kind.typed:
        return Question(f"q{number}", kind, "?", (), (), points=5, accepted=("Beta", "b"))
    return Question(f"q{number}", kind, "?", ("a", "b", "c"), (0, 1) if kind is Kind.SEVERAL else (1,), points=5)


class ContestMachine(BenchRules, RuleBasedStateMachine):
    """Random people press random buttons at random times; hosts, outages and restarts interfere."""

    def __init__(self) -> None:
        super().__init__()
        self.at = START
        self.contest: Contest | None = None
        self.replayed: Contest | None = None
        self.log: list[e.Event] = []
        self.update_id = 0

    @property
    def alive(self) -> Contest:
        assert self.contest is not None
        return self.contest

    def does(self, command: c.Command) -> tuple[e.Event, ...]:
        """Only a ContestError may escape, and then nothing has happened."""
        try:
            events = decide(self.contest, command, now=self.at)
        except ContestError:
            return ()
        for event in events:
            read_back = event_from_dict(event_to_dict(event))
            assert read_back == event
            self.contest = evolve(self.contest, event)
            self.replayed = evolve(self.replayed, read_back)
        self.log += events
        return events

    def stamp(self, ago: timedelta) -> dict[str, object]:
        self.update_id += 1
        return {"update_id": self.update_id, "received_at": self.at - ago}

    @initialize(
        rules=RULES,
        kinds=st.lists(KINDS, min_size=4, max_size=4),
        lobby=st.integers(0, 9),
        three=st.booleans(),
        reserve=st.integers(0, 4),
        seed=st.integers(0, 9),
    )
    def opens(self, rules: Rules, kinds: list[Kind], lobby: int, three: bool, reserve: int, seed: int) -> None:
        fixed = rules.seating is Seating.FIXED
        bank = tuple(question(number, kinds[number % len(kinds)]) for number in range(needed(rules) + reserve))
        teams = ("Red", "Blue", "Green") if fixed else ()
        self.does(c.Open("c", "p", rules, "b", bank, HOST, teams=teams, seed=seed))
        self.seats_judges(lobby - 1)
        if lobby:
            for player, team in ((1, "Red"), (2, "Blue"), (3, "Red"), (4, "Green"))[: 4 if three else 3]:
                alone = rules.seating is Seating.INDIVIDUALS
                self.does(c.Join(player, f"P{player}", team_name=None if alone else team))
            self.does(c.Start(HOST))

    @precondition(lambda self: isinstance(self.alive.phase, Lobby))
    @rule(player=PLAYERS, team=TEAMS | st.none(), name=st.sampled_from(["Red", "blue", "Green", "", None]))
    def joins(self, player: int, team: int | None, name: str | None) -> None:
        self.does(c.Join(player, f"P{player}", team, name))

    @precondition(lambda self: isinstance(self.alive.phase, Lobby))
    @rule(player=PLAYERS, which=st.sampled_from(["leave", "ready", "appoint", "drill", "start"]))
    def gathers(self, player: int, which: str) -> None:
        commands: dict[str, c.Command] = {
            "leave": c.Leave(player),
            "ready": c.Ready(player),
            "appoint": c.Appoint(player, HOST),
            "drill": c.OpenDrill(HOST),
            "start": c.Start(HOST),
        }
        self.does(commands[which])

    @rule(lots=st.data())
    def somebody_does_what_does_not_fit(self, lots: st.DataObject) -> None:
        """Any command in any phase, wrong more often than not."""
        nonce = self.alive.course.nonce + lots.draw(STALE)
        player = lots.draw(PLAYERS)
        commands: list[c.Command] = [
            c.Open("d", "p", self.alive.rules, "b", (), HOST),
            c.Join(player, "Late", lots.draw(TEAMS)),
            c.Leave(player),
            c.Ready(player),
            c.Appoint(player, HOST),
            c.Substitute(player, lots.draw(PLAYERS), HOST),
            c.OpenDrill(player),
            c.ConfirmDrill(self.alive.course.drills + lots.draw(STALE), self.at),
            c.LoseDrill(self.alive.course.drills + lots.draw(STALE)),
            c.PressDrill(player, 1, self.at, self.alive.course.drills + lots.draw(STALE)),
            c.Start(HOST),
            c.Resume(HOST),
            c.ConfirmShown(nonce, self.at),
            c.LoseShown(nonce),
            c.ConfirmAnswering(nonce, self.at),
            c.LoseAnswering(nonce),
            c.Submit(player, 1, self.at, nonce),
            c.Stake(player, 10, 1, self.at, nonce),
            c.Type(player, "hello", 1, self.at),
        ]
        self.does(lots.draw(st.sampled_from(commands)))

    @rule(step=AHEAD)
    def time_passes(self, step: timedelta) -> None:
        self.at += step

    @rule()
    def wakes(self) -> None:
        self.does(c.Wake())

    @rule()
    def wakes_on_time(self) -> None:
        moment = wake_at(self.alive)
        if moment is not None:
            self.at = max(self.at, moment)
            before = self.contest
            assert self.does(c.Wake())
            assert self.contest != before

    @precondition(lambda self: isinstance(self.alive.phase, Lobby) and self.alive.phase.drill is not None)
    @rule(player=PLAYERS, ago=AGO, confirm=st.booleans())
    def drills(self, player: int, ago: timedelta, confirm: bool) -> None:
        nonce = self.alive.course.drills
        if confirm:
            self.does(c.ConfirmDrill(nonce, self.at))
        self.does(c.PressDrill(player, nonce=nonce, **self.stamp(ago)))  # type: ignore[arg-type]

    @rule(lots=st.data())
    def substitutes(self, lots: st.DataObject) -> None:
        """Somebody on the bench, if there is one, for somebody of the same team."""
        teams = [team for team in self.alive.seats.teams.values() if team.bench]
        if teams:
            team = lots.draw(st.sampled_from(teams))
            on, off = lots.draw(st.sampled_from(team.bench)), lots.draw(st.sampled_from(team.members))
            self.does(c.Substitute(on, off, HOST))

    @precondition(lambda self: isinstance(self.alive.phase, Offering | Asking | Called))
    @rule(stale=STALE, ago=AGO, lost=st.sampled_from([False, False, False, True]))
    def is_confirmed_or_lost(self, stale: int, ago: timedelta, lost: bool) -> None:
        nonce = self.alive.course.nonce + stale
        if isinstance(self.alive.phase, Offering | Asking):
            self.does(c.LoseShown(nonce) if lost else c.ConfirmShown(nonce, self.at - ago))
        else:
            self.does(c.LoseAnswering(nonce) if lost else c.ConfirmAnswering(nonce, self.at - ago))

    @precondition(lambda self: isinstance(self.alive.phase, ROUND_PHASES))
    @rule(player=PLAYERS, stale=STALE, ago=AGO)
    def presses(self, player: int, stale: int, ago: timedelta) -> None:
        self.does(c.Press(player, nonce=self.alive.course.nonce + stale, **self.stamp(ago)))  # type: ignore[arg-type]

    @precondition(lambda self: isinstance(self.alive.phase, ROUND_PHASES))
    @rule(player=PLAYERS, stale=STALE, ago=AGO, options=OPTIONS)
    def chooses(self, player: int, stale: int, ago: timedelta, options: tuple[int, ...]) -> None:
        self.does(c.Choose(player, options, nonce=self.alive.course.nonce + stale, **self.stamp(ago)))  # type: ignore[arg-type]

    @precondition(lambda self: isinstance(self.alive.phase, ROUND_PHASES))
    @rule(player=PLAYERS, ago=AGO, option=st.integers(-1, 3), submit=st.booleans())
    def marks(self, player: int, ago: timedelta, option: int, submit: bool) -> None:
        nonce = self.alive.course.nonce
        self.does(c.Toggle(player, option, nonce=nonce, **self.stamp(ago)))  # type: ignore[arg-type]
        if submit:
            self.does(c.Submit(player, nonce=nonce, **self.stamp(ago)))  # type: ignore[arg-type]

    @precondition(lambda self: isinstance(self.alive.phase, ROUND_PHASES))
    @rule(player=PLAYERS, ago=AGO, text=TEXTS)
    def types(self, player: int, ago: timedelta, text: str) -> None:
        before, wanted = self.contest, self.alive.open_index is not None and self.alive.question.kind.typed
        events = self.does(c.Type(player, text, **self.stamp(ago)))  # type: ignore[arg-type]
        if not wanted:
            assert events == ()
            assert self.contest == before

    @precondition(lambda self: isinstance(self.alive.phase, Offering | Staking))
    @rule(player=PLAYERS, stale=STALE, ago=AGO, stake=st.sampled_from([None, 10, 15, 20, 30, 50, 7]))
    def stakes(self, player: int, stale: int, ago: timedelta, stake: int | None) -> None:
        self.does(c.Stake(player, stake, nonce=self.alive.course.nonce + stale, **self.stamp(ago)))  # type: ignore[arg-type]

    @precondition(lambda self: not isinstance(self.alive.phase, Lobby | Paused | Finished | Aborted))
    @rule(lots=st.data(), steps=st.integers(1, 9))
    def plays_well(self, lots: st.DataObject, steps: int) -> None:
        """People who know the game take it some steps further, so that the rest happens in the midst of a round."""
        for _ in range(steps):
            phase, nonce, now = self.alive.phase, self.alive.course.nonce, timedelta(0)
            seats = self.alive.seats
            turn = phase.turn.team if isinstance(phase, Called | Starting | Answering) else self.alive.course.team
            team = seats.teams.get(turn or lots.draw(st.sampled_from(sorted(seats.teams))))
            player = team.captain if team is not None and team.captain is not None else 1
            options = lots.draw(st.sampled_from([(1,), (1,), (0,), (0, 1)]))
            if isinstance(phase, Called | Answering | Starting):
                if self.alive.question.kind is Kind.ORAL:
                    self.speaks(phase.turn.player or player)
                else:
                    self.answers(phase.turn.player or player, options)
            elif isinstance(phase, Staking):
                stake = lots.draw(st.sampled_from([10, 15, 20, 30, 50, None]))
                self.does(c.Stake(player, stake, nonce=nonce, **self.stamp(now)))  # type: ignore[arg-type]
            elif isinstance(phase, Buzzing):
                self.does(c.Press(player, nonce=nonce, **self.stamp(now)))  # type: ignore[arg-type]
            elif isinstance(phase, Collecting):
                self.answers(player, options)
            else:
                self.judges_well(lots.draw(st.booleans()), lots.draw(st.booleans()))
            if self.alive.phase == phase:
                self.goes_on()

    @precondition(lambda self: isinstance(self.alive.phase, Interval))
    @rule(lots=st.data())
    def plays_on(self, lots: st.DataObject) -> None:
        """The same, more often."""
        self.plays_well(lots, 9)

    def answers(self, player: int, options: tuple[int, ...]) -> None:
        """In the way that the question wants it; the second option is right, and so is its text."""
        now = self.stamp(timedelta(0))
        if self.alive.question.kind.typed:
            self.does(c.Type(player, "b" if options == (1,) else "a", **now))  # type: ignore[arg-type]
        else:
            self.does(c.Choose(player, options, nonce=self.alive.course.nonce, **now))  # type: ignore[arg-type]

    def goes_on(self) -> None:
        """What the shell does when nobody acts: confirm, or wait and wake."""
        phase, moment = self.alive.phase, wake_at(self.alive)
        if moment is not None:
            self.at = max(self.at, moment)
            self.does(c.Wake())
        elif isinstance(phase, Offering | Asking):
            self.does(c.ConfirmShown(phase.nonce, self.at))
        elif isinstance(phase, Called):
            self.does(c.ConfirmAnswering(phase.nonce, self.at))

    @precondition(lambda self: self.alive.course.nonce > 1)
    @rule(which=st.sampled_from(["pause", "resume", "resume", "abort", "replace"]), lots=st.integers(0, 5))
    def host_interferes(self, which: str, lots: int) -> None:
        commands: dict[str, c.Command] = {
            "pause": c.Pause(HOST, "tea"),
            "resume": c.Resume(HOST),
            "replace": c.ReplaceQuestion(HOST, "typo"),
        }
        if which == "abort":
            if lots == 0:
                self.does(c.Abort(HOST, "rain"))
            return
        self.does(commands[which])

    @precondition(lambda self: self.alive.records != ())
    @rule(index=INDEXES, right=st.booleans(), team=TEAMS | st.none(), player=PLAYERS | st.none(), void=st.booleans())
    def judge_interferes(self, index: int, right: bool, team: int | None, player: int | None, void: bool) -> None:
        if void:
            self.does(c.VoidQuestion(index, HOST, "typo"))
        else:
            self.does(c.Overrule(index, right, HOST, "book", team, player))

    @precondition(lambda self: self.alive.course.nonce > 1)
    @rule(team=TEAMS, points=st.integers(-20, 20))
    def corrects(self, team: int, points: int) -> None:
        self.does(c.CorrectScore(team, points, HOST, "count"))

    @precondition(lambda self: self.alive.course.nonce > 1)
    @rule(ago=AGO, length=AGO)
    def loses_connection(self, ago: timedelta, length: timedelta) -> None:
        self.does(c.LoseConnection(self.at - ago - length, self.at - ago))

    @rule(lots=st.integers(0, 3))
    def restarts(self, lots: int) -> None:
        if lots:
            return
        self.contest = replay(self.log)
        self.does(c.Recover())

    @invariant()
    def replay_gives_the_contest(self) -> None:
        """What was written down, event by event; ``teardown`` takes the whole log from its beginning once more."""
        assert self.replayed == self.contest

    @invariant()
    def wakes_exactly_while_something_is_timed(self) -> None:
        if self.contest is not None:
            phase = self.contest.phase
            drilling = isinstance(phase, Lobby) and isinstance(phase.drill, DrillOpen)
            judged = bool(self.contest.bench.open_protests) and not isinstance(phase, Finished | Aborted)
            assert (wake_at(self.contest) is not None) is (isinstance(phase, TIMED) or drilling or judged)
            assert isinstance(self.contest.phase, TIMED) is not isinstance(self.contest.phase, UNTIMED)

    @invariant()
    def totals_are_the_sum_of_the_awards(self) -> None:
        if self.contest is None:
            return
        contest, base = self.contest, self.contest.rules.base * self.contest.rules.unit
        table = standings(contest.rules, contest.seats, contest.awards)
        for line in table.teams:
            assert line.score == base + sum(award.points for award in contest.awards if award.team == line.team)

    @invariant()
    def nobody_scores_twice_for_a_question(self) -> None:
        if self.contest is None:
            return
        answers = Counter(
            (award.index, award.player) for award in self.contest.awards if award.kind is AwardKind.ANSWER
        )
        right = Counter(
            award.index
            for award in self.contest.awards
            if award.right and award.kind is AwardKind.ANSWER and award.points
        )
        teams = Counter(
            (award.index, award.team)
            for award in self.contest.awards
            if award.kind is AwardKind.ANSWER and award.points and award.player is None
        )
        assert all(count == 1 for (_, player), count in answers.items() if player is not None)
        assert all(count == 1 for count in teams.values())
        # Points of their own go to a team only where one is called, and there to one team a question.
        assert all(count == 1 for count in right.values())

    @invariant()
    def every_team_gets_as_many_turns(self) -> None:
        """No team is asked twice before every other one was asked once, and the plan divides evenly."""
        started = next((event for event in self.log if isinstance(event, e.Started)), None)
        if self.contest is None or started is None:
            return
        course, rules = self.contest.course, self.contest.rules
        assert course.counts == fair_counts(rules, len(course.starters))
        slots: dict[tuple[int, int], int] = {}
        for event in self.log:
            opening = isinstance(event, e.StakeAsked) or (
                isinstance(event, e.QuestionAsked) and event.reason is e.AskReason.NEXT
            )
            if opening and event.team is not None:  # type: ignore[union-attr]
                slots[event.segment, event.number] = event.team  # type: ignore[union-attr]
        for segment in {segment for segment, _ in slots}:
            turns = Counter(team for (number, _), team in slots.items() if number == segment)
            assert set(turns) <= set(course.starters)
            assert max(turns.values()) - min(turns.get(team, 0) for team in course.starters) <= 1

    @invariant()
    def a_stake_is_won_or_lost_as_it_stood(self) -> None:
        if self.contest is None:
            return
        for award in self.contest.awards:
            record = None if award.index is None else self.contest.record(award.index)
            if record is None or award.kind is not AwardKind.ANSWER:
                continue
            segment = self.contest.rules.segment(record.segment)
            if isinstance(segment, RiskSegment):
                assert record.stake in segment.stakes
                points = record.stake if award.right else segment.lost(record.stake or 0)
                assert award.points == (points or 0) * self.contest.rules.unit

    @invariant()
    def a_closed_question_has_one_record(self) -> None:
        if self.contest is not None:
            indexes = [record.index for record in self.contest.records]
            assert len(indexes) == len(set(indexes))
            assert self.contest.open_index not in indexes

    @invariant()
    def everybody_sits_in_one_team(self) -> None:
        if self.contest is None:
            return
        seats = self.contest.seats
        members = [member for team in seats.teams.values() for member in (*team.members, *team.bench)]
        assert sorted(members) == sorted(seats.players)
        for team in seats.teams.values():
            assert (team.captain in team.members) is bool(team.members)
            assert (
                len(team.members) <= self.contest.rules.members_most
                or self.contest.rules.seating is Seating.INDIVIDUALS
            )
            assert not team.bench or team.members
            assert team.swaps <= self.contest.rules.substitutions

    @invariant()
    def only_who_plays_is_called(self) -> None:
        if self.contest is not None and isinstance(self.contest.phase, Called | Starting | Answering):
            turn, seats = self.contest.phase.turn, self.contest.seats
            assert turn.player is None or turn.player in seats.teams[turn.team].members

    def rests(self) -> None:
        """With nobody doing anything, messages confirmed and wake-ups on time lead to where somebody has to act."""
        for _ in range(200):
            if wake_at(self.alive) is None and isinstance(self.alive.phase, RESTING):
                return
            before = self.alive
            self.goes_on()
            assert self.alive != before, "nobody could get it out of this phase"
        raise AssertionError(f"200 wake-ups and still {self.alive.phase}")

    def teardown(self) -> None:
        """No phase is stuck: it rests, or one resume (and then nothing but time) brings a started contest to its end."""
        if self.contest is None:
            return
        self.rests()
        if isinstance(self.alive.phase, Paused):
            self.does(c.Resume(HOST))
            self.rests()
            assert not isinstance(self.alive.phase, Paused)
        assert replay(self.log) == self.contest


class _AllSeen(Exception):
    """The search can end."""


def test_every_phase_is_reached() -> None:
    """What the machine never comes to, it never proves anything about."""
    missing = {phase.__name__ for phase in (*TIMED, *UNTIMED)}

    class Watched(ContestMachine):
        def does(self, command: c.Command) -> tuple[e.Event, ...]:
            events = super().does(command)
            if self.contest is not None:
                missing.discard(type(self.contest.phase).__name__)
            return events

        def teardown(self) -> None:
            super().teardown()
            if not missing:
                raise _AllSeen

    search = settings(
        max_examples=1000, stateful_step_count=60, derandomize=True, database=None, phases=[Phase.generate]
    )
    with pytest.raises(_AllSeen):
        run_state_machine_as_test(Watched, settings=search)
    assert missing == set()


TestContestMachine = ContestMachine.TestCase
TestContestMachine.settings = settings(max_examples=100, stateful_step_count=60, deadline=None)


@pytest.mark.long
class TestManyContests(ContestMachine.TestCase):
    """The same machine for minutes; 270 contests are played anyway until every phase was reached."""

    settings = settings(max_examples=1000, stateful_step_count=60, deadline=None)
