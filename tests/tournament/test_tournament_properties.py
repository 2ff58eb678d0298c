"""Whatever the number of teams and the plan: everyone plays, nobody twice, exactly the right number goes on."""

from __future__ import annotations

from collections import Counter
from math import ceil

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from quizzes.tournament import commands as c
from quizzes.tournament.bracket import bracket
from quizzes.tournament.errors import PlanUnusable, TournamentError
from quizzes.tournament.events import Finished, RoundEnded
from quizzes.tournament.plan import Plan, Stage, check_plan
from quizzes.tournament.state import BoutState
from tests.tournament.course import FINAL, HOST, Course, stage

UNITS = st.dictionaries(st.sampled_from("ABCDEFGHIJKLMNOP"), st.integers(1, 6), min_size=1).filter(
    lambda units: 2 <= sum(units.values()) <= 64
)
SEEDS = st.text(alphabet="0123456789abcdef", min_size=4, max_size=8)
STAGES = st.builds(
    lambda size, number, by_teams, **more: stage(**({"teams": size} if by_teams else {"bouts": number}), **more),
    st.integers(2, 6),
    st.integers(1, 12),
    st.booleans(),
    top=st.integers(1, 3),
    one_a_unit=st.booleans(),
    best_losers=st.integers(0, 3),
    most=st.none() | st.integers(1, 8),
)


def is_playable(stages: list[Stage]) -> bool:
    try:
        check_plan(Plan((*stages, FINAL)))
    except PlanUnusable:
        return False
    return True


PLANS = st.lists(STAGES, min_size=1, max_size=2).filter(is_playable)


@given(units=UNITS, size=st.integers(2, 6), seed=SEEDS)
def test_everyone_is_drawn_once_and_units_are_apart(units: dict[str, int], size: int, seed: str) -> None:
    """Bouts differ by one team at the most; none has more of a unit than it must."""
    course = Course(stage(teams=size), FINAL, units=units, seed=seed)
    course.draws()

    bouts = [course.teams(bout) for bout in course.now.rounds[0].bouts]
    assert Counter(name for bout in bouts for name in bout) == Counter(
        f"{unit}{n}" for unit, teams in units.items() for n in range(1, teams + 1)
    )
    sizes = [len(bout) for bout in bouts]
    assert max(sizes) - min(sizes) <= 1
    assert max(sizes) <= size
    for unit, teams in units.items():
        assert max(sum(name[0] == unit for name in bout) for bout in bouts) <= ceil(teams / len(bouts))


@given(units=UNITS, seed=SEEDS)
def test_the_same_seed_draws_the_same(units: dict[str, int], seed: str) -> None:
    """Nothing but the list and the seed decides."""
    courses = [Course(stage(teams=3), FINAL, units=units, seed=seed) for _ in range(2)]
    for course in courses:
        course.draws()

    assert courses[0].log == courses[1].log


@settings(max_examples=60)
@given(units=UNITS, stages=PLANS, seed=SEEDS, data=st.data())
def test_exactly_the_right_number_goes_on(
    units: dict[str, int], stages: list[Stage], seed: str, data: st.DataObject
) -> None:
    """From the first draw to the podium, with any scores; nobody is in a round twice, nobody comes from nowhere."""
    course = Course(*stages, FINAL, units=units, seed=seed)
    while not course.now.is_over:
        if course.now.to_draw is not None:
            course.draws()
        for bout in list(course.waiting):
            size = len(course.teams(bout))
            scores = data.draw(st.lists(st.integers(-5, 5), min_size=size, max_size=size))
            course.plays(bout, *(score * 10 for score in scores), asked=10 + bout % 2)
            if course.now.bouts[bout].state is BoutState.TIED:
                course.does(c.BreakTie(bout, seed, HOST))

    for round_ in course.now.rounds[:-1]:
        rule_ = course.now.plan.stages[round_.stage]
        bouts = [course.now.bouts[number] for number in round_.bouts]
        drawn = [entrant for bout in bouts for entrant in bout.entrants]
        on = [one.entrant for one in round_.advanced or ()]
        assert len(drawn) == len(set(drawn))
        assert len(on) == len(set(on))
        assert set(on) <= set(drawn)
        placed = sum(min(rule_.top, len(bout.entrants)) for bout in bouts)
        wanted = min(len(drawn), placed + rule_.best_losers)
        wanted = wanted if rule_.most is None else min(wanted, rule_.most)
        if rule_.one_a_unit:
            on_units = [course.now.entrants[entrant].unit for entrant in on]
            assert len(on_units) == len(set(on_units))
            assert 1 <= len(on) <= wanted
        else:
            assert len(on) == wanted
        following = course.now.rounds[round_.number + 1]
        playing = [entrant for number in following.bouts for entrant in course.now.bouts[number].entrants]
        assert Counter(playing) == Counter(on)
    assert course.now.places[0].place == 1
    assert len(bracket(course.now).rounds) == len(course.now.rounds)


class TournamentMachine(RuleBasedStateMachine):
    """Organisers do anything in any order; contests report, report again, change and are called off."""

    @initialize(units=UNITS.filter(lambda units: sum(units.values()) <= 12), stages=PLANS, seed=SEEDS)
    def opens(self, units: dict[str, int], stages: list[Stage], seed: str) -> None:
        self.course = Course(*stages, FINAL, units=units, seed=seed)

    def tries(self, command: c.Command) -> None:
        before = self.course.tournament
        try:
            self.course.does(command)
        except TournamentError:
            assert self.course.tournament == before

    @rule()
    def draws(self) -> None:
        self.tries(c.Draw(self.course.seed, HOST))

    @rule(seed=SEEDS, reason=st.sampled_from(["", "漏报"]))
    def redraws(self, seed: str, reason: str) -> None:
        self.tries(c.Redraw(seed, HOST, reason))

    @rule(bout=st.integers(0, 9))
    def opens_bout(self, bout: int) -> None:
        self.course.contests += 1
        self.tries(c.OpenBout(bout, str(self.course.contests), HOST))

    @rule(
        contest=st.integers(1, 9), scores=st.lists(st.integers(0, 3), min_size=12, max_size=12), asked=st.integers(1, 3)
    )
    def reports(self, contest: int, scores: list[int], asked: int) -> None:
        bout = self.course.now.of_contest(str(contest))
        if bout is None or bout.state is BoutState.WAITING:
            return
        count = len(self.course.now.playing(bout))
        if count:
            self.course.reports(str(contest), *scores[:count], asked=asked)

    @rule(contest=st.integers(1, 9))
    def abandons(self, contest: int) -> None:
        self.tries(c.Abandon(str(contest), ""))

    @rule(bout=st.integers(0, 9), scores=st.lists(st.integers(0, 3), min_size=12, max_size=12))
    def enters(self, bout: int, scores: list[int]) -> None:
        known = self.course.now.bouts.get(bout)
        names = [self.course.now.entrants[id_].name for id_ in self.course.now.playing(known)] if known else []
        self.tries(c.EnterResult(bout, tuple(zip(names, scores, strict=False)), HOST, "手工", self.course.seed))

    @rule(bout=st.integers(0, 9), seed=SEEDS)
    def breaks(self, bout: int, seed: str) -> None:
        self.tries(c.BreakTie(bout, seed, HOST))

    @rule(bout=st.integers(0, 9))
    def annuls(self, bout: int) -> None:
        self.tries(c.Annul(bout, HOST, "重赛"))

    @rule(bout=st.integers(0, 9))
    def accepts(self, bout: int) -> None:
        self.tries(c.Accept(bout, HOST, "改判", self.course.seed))

    @rule(place=st.integers(0, 11))
    def withdraws(self, place: int) -> None:
        names = [one.name for one in self.course.now.entrants.values()]
        self.tries(c.Withdraw(names[place % len(names)], HOST, "弃权", self.course.seed))

    @invariant()
    def holds(self) -> None:
        if not hasattr(self, "course"):
            return
        now = self.course.now
        for round_ in now.rounds:
            drawn = [entrant for number in round_.bouts for entrant in now.bouts[number].entrants]
            assert len(drawn) == len(set(drawn))
            if round_.advanced is not None:
                assert all(now.bouts[number].state is BoutState.DECIDED for number in round_.bouts)
                assert {one.entrant for one in round_.advanced} <= set(drawn)
        for earlier, later in zip(now.rounds, now.rounds[1:], strict=False):
            drawn = {entrant for number in later.bouts for entrant in now.bouts[number].entrants}
            assert earlier.advanced is not None
            assert drawn <= {one.entrant for one in earlier.advanced}
        assert set(now.bouts) == {number for round_ in now.rounds for number in round_.bouts}
        if now.places:
            assert any(isinstance(event, Finished) for event in self.course.log)
        if any(round_.advanced for round_ in now.rounds):
            assert any(isinstance(event, RoundEnded) for event in self.course.log)
        bracket(now)


TestTournamentMachine = TournamentMachine.TestCase
TestTournamentMachine.settings = settings(max_examples=60, stateful_step_count=25)
