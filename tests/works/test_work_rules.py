"""The rules of a work: histories of commands, and properties that hold in all of them."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from storage.works import WorkEvent
from study.errors import NotAllowed, StudyError
from study.submission import Consent
from study.work_book import decoded, encoded
from study.work_errors import (
    FieldsWanting,
    NoReview,
    NothingChanged,
    OpinionGiven,
    OwnWorkReviewed,
    RatingWrong,
    ReasonWanted,
    ReviewNewer,
    ScoreWrong,
    WorkNotOpen,
)
from study.work_field_rules import (
    Fault,
    Value,
    differences,
    fault_of,
    faults_of,
    progress,
    read_date,
    read_form,
    read_number,
)
from study.work_plan import Band, Field, FieldKind, Plan, Stage
from study.work_rules import Terms, decide, evolve, mean_of, replay, returnable
from study.work_states import (
    Accepted,
    Answer,
    Approve,
    AskConsent,
    Choose,
    Command,
    Event,
    Fill,
    HandIn,
    Phase,
    Rated,
    Recount,
    Reject,
    Return,
    Returned,
    Withdraw,
    Work,
)

TODAY = date(2026, 11, 23)
BANDS = (Band("excellent", 90), Band("good", 75), Band("pass", 60))
PLAN = Plan(
    fields=(Field("topic", least=2), Field("big", FieldKind.CHOICE, choices=("yes", "no")), Field("result", least=2)),
    stages=(
        Stage("propose", ("topic", "big"), reviewed=True, may_reject=True),
        Stage("argue", (), reviewed=True, least=2, only={"big": "yes"}),
        Stage("review", ("result",), reviewed=True, least=2, bands=BANDS),
        Stage("commend", (), reviewed=True),
    ),
)
AUTHOR, ANN, BOB, CID = 1, 11, 12, 13
TERMS = Terms(PLAN, TODAY, frozenset({AUTHOR, ANN, BOB, CID}), frozenset({AUTHOR}))
FIELDS = {"topic": Value("安置房交付"), "big": Value("yes")}
OPENING = (Fill(FIELDS), HandIn())


def after(*commands: Command, terms: Terms = TERMS) -> Work:
    """A work after these commands."""
    work = Work()
    for command in commands:
        for event in decide(work, command, terms):
            work = evolve(work, event)
    return work


def test_every_stage_in_its_order_to_the_end() -> None:
    """Author, reviewers, author, reviewers: each stage waits for enough opinions, the rating is the middle one."""
    work = after(*OPENING, Approve(ANN, 0, 1), Approve(ANN, 1, 1))
    assert (work.stage, work.phase, len(work.opinions)) == (1, Phase.REVIEW, 1)

    for command in (Approve(BOB, 1, 1), Fill({"result": Value("提前")}), HandIn(), Approve(ANN, 2, 2, "excellent")):
        for event in decide(work, command, TERMS):
            work = evolve(work, event)
    ended = decide(work, Approve(BOB, 2, 2, "good"), TERMS)

    assert [type(event).__name__ for event in ended] == ["Approved", "Rated", "Passed"]
    assert Rated(2, "good", None) in ended
    for event in ended:
        work = evolve(work, event)
    assert decide(work, Approve(CID, 3, 2), TERMS)[-1] == Accepted()


def test_stage_is_passed_over_unless_the_fields_say_so() -> None:
    """What is not big needs no argument."""
    work = after(Fill({**FIELDS, "big": Value("no")}), HandIn(), Approve(ANN, 0, 1))

    assert (work.stage, work.phase) == (2, Phase.WRITING)


def test_reviewer_names_stage_and_version() -> None:
    """A press repeated, one for a stage that is over, one for an older version: each is refused and changes nothing."""
    at_argue = after(*OPENING, Approve(ANN, 0, 1))
    one_opinion = after(*OPENING, Approve(ANN, 0, 1), Approve(ANN, 1, 1))
    newer = after(*OPENING, Return(ANN, 0, 1, 0, "太大"), Fill({"topic": Value("更小的题目")}), HandIn())

    with pytest.raises(NoReview):
        decide(at_argue, Approve(ANN, 0, 1), TERMS)
    with pytest.raises(OpinionGiven):
        decide(one_opinion, Approve(ANN, 1, 1), TERMS)
    with pytest.raises(ReviewNewer):
        decide(newer, Approve(ANN, 0, 1), TERMS)


def test_nobody_reviews_their_own_or_without_being_asked() -> None:
    """The author is no reviewer, also if they are an organiser; nor is a stranger."""
    work = after(*OPENING)

    with pytest.raises(OwnWorkReviewed):
        decide(work, Approve(AUTHOR, 0, 1), TERMS)
    with pytest.raises(NotAllowed):
        decide(work, Approve(99, 0, 1), TERMS)


def test_return_to_an_earlier_stage_voids_what_came_of_it() -> None:
    """From the end back to the first stage: the rating is gone, every version is still there, a reason is needed."""
    rated = after(
        *OPENING,
        *(Approve(ANN, 0, 1), Approve(ANN, 1, 1), Approve(BOB, 1, 1), Fill({"result": Value("提前")}), HandIn()),
        *(Approve(ANN, 2, 2, "excellent"), Approve(BOB, 2, 2, "excellent")),
    )
    assert (rated.rating, returnable(rated, PLAN)) == ("excellent", (2, 0))
    with pytest.raises(ReasonWanted):
        decide(rated, Return(ANN, 3, 2, 0, " "), TERMS)

    (event,) = decide(rated, Return(ANN, 3, 2, 0, "数据不实"), TERMS)
    work = evolve(rated, event)

    assert (work.rating, work.stage, work.phase, work.returned, len(work.versions)) == ("", 0, Phase.WRITING, True, 2)
    with pytest.raises(NothingChanged):
        decide(work, HandIn(), TERMS)


def test_what_does_not_suffice_is_refused_or_goes_back_by_itself() -> None:
    """The same faults: a plain kind takes nothing, one that sends back keeps the version and names each field."""
    plan = Plan(
        fields=(Field("object"), Field("target", FieldKind.NUMBER), Field("due", FieldKind.DATE)),
        stages=(Stage("plan", ("object", "target", "due"), reviewed=True),),
        sends_back=True,
    )
    vague = Fill({"object": Value("深圳"), "target": Value("进一步提升"), "due": Value("年底前")})
    terms = Terms(plan, TODAY, frozenset({ANN}), frozenset({AUTHOR}))

    back = after(vague, HandIn(), terms=terms)

    with pytest.raises(FieldsWanting):
        after(Fill({"topic": Value("一")}), HandIn())
    assert (back.phase, back.version, back.returned) == (Phase.WRITING, 1, True)
    assert back.faults == (Fault("target", "not_quantified"), Fault("due", "no_date"))
    with pytest.raises(NoReview):
        decide(back, Approve(ANN, 0, 1), terms)


def test_scores_without_the_extremes_give_mean_and_rating() -> None:
    """Five judges, the highest and the lowest left out; a score out of range or a rating beside it is refused."""
    plan = Plan(
        fields=(Field("text"),),
        stages=(Stage("score", ("text",), reviewed=True, least=5, scored=True, drop=1, bands=BANDS),),
    )
    terms = Terms(plan, TODAY, frozenset(range(11, 16)), frozenset({AUTHOR}))
    scores = dict(zip(range(11, 16), (10, 88, 90, 91, 100), strict=True))

    work = after(
        Fill({"text": Value("心得")}), HandIn(), *(Approve(j, 0, 1, score=s) for j, s in scores.items()), terms=terms
    )

    assert (work.phase, work.score, work.rating) == (Phase.ACCEPTED, 8967, "good")
    fresh = after(Fill({"text": Value("心得")}), HandIn(), terms=terms)
    for wrong in (Approve(11, 0, 1), Approve(11, 0, 1, score=101), Approve(11, 0, 1, "good", 90)):
        with pytest.raises(ScoreWrong):
            decide(fresh, wrong, terms)
    with pytest.raises(RatingWrong):
        decide(after(*OPENING), Approve(ANN, 0, 1, "good"), TERMS)


def test_fewer_reviewers_than_asked_for_are_enough_if_there_are_no_more() -> None:
    """A judge leaves: the one opinion that is there counts as soon as anybody looks again."""
    work = after(*OPENING, Approve(ANN, 0, 1), Approve(ANN, 1, 1))

    assert decide(work, Recount(), TERMS) == ()
    alone = Terms(PLAN, TODAY, frozenset({AUTHOR, ANN}), frozenset({AUTHOR}))
    assert [type(event).__name__ for event in decide(work, Recount(), alone)] == ["Passed"]


@pytest.mark.parametrize(
    ("text", "number"),
    [("25", "25"), ("1，200", "1200"), ("３.５", "3.5"), ("25%", "25"), ("3万", "30000"), ("-2", "-2")],
)
def test_numbers_as_people_write_them(text: str, number: str) -> None:
    """Full-width figures, separators, percent signs, 万."""
    assert str(read_number(text)) == number


@pytest.mark.parametrize("text", ["进一步提升", "学习深圳经验", "5到1", "", "约30", "1.2.3"])
def test_what_is_no_number(text: str) -> None:
    """Words, and figures that say more than one number."""
    assert read_number(text) is None


def test_faults_name_field_by_field() -> None:
    """What is wrong with each kind of field; a figure makes a phrase acceptable; a target that is the baseline is none."""
    item = Field("item", vague=("进一步提升",))
    due = Field("due", FieldKind.DATE, future=True)
    plan = Plan((Field("now", FieldKind.NUMBER), Field("then", FieldKind.NUMBER)), (), baseline="now", target="then")

    assert fault_of(item, Value("营商环境进一步提升"), TODAY) == Fault("item", "vague", "进一步提升")
    assert fault_of(item, Value("满意率进一步提升 5 个百分点"), TODAY) is None
    assert [fault_of(due, Value(text), TODAY) for text in ("2026年12月31日", "2026.2.30", "2026-1-1")] == [
        None,
        Fault("due", "no_date"),
        Fault("due", "date_past"),
    ]
    assert fault_of(Field("t", FieldKind.NUMBER), Value("5到1"), TODAY) == Fault("t", "not_a_number")
    assert fault_of(Field("o", required=False), Value(), TODAY) is None
    values = {"now": Value("5"), "then": Value("5.0")}
    assert faults_of(plan, ("now", "then"), values, TODAY) == (Fault("then", "as_before"),)


def test_whole_form_in_one_message_and_what_changed() -> None:
    """Lines by title, more lines belong to the one before; differences by field; a bar's share."""
    titles = {"目标值": "target", "Target": "target", "主要措施": "measures"}

    said, before = read_form("请看：\n目标值：25\n主要措施:\n一、上门\n二、并联", titles)

    assert (said, before) == ({"target": "25", "measures": "一、上门\n二、并联"}, "请看：")
    plan = Plan((Field("a"), Field("b")), ())
    changed = differences(plan, {"a": Value("1"), "b": Value("x")}, {"a": Value("2"), "b": Value("x")})
    assert [(one.field, one.before.text, one.after.text) for one in changed] == [("a", "1", "2")]
    assert [progress("5", "1", now) for now in ("5", "3", "1", "0", "六")] == [0, 50, 100, 125, None]
    assert read_date("2026年12月31日") == date(2026, 12, 31)


@given(st.lists(st.integers(0, 100), min_size=1, max_size=9), st.integers(0, 3))
def test_mean_lies_between_the_scores(scores: list[int], drop: int) -> None:
    """Whatever is left out, the mean is no less than the lowest and no more than the highest."""
    assert min(scores) * 100 <= mean_of(scores, drop) <= max(scores) * 100


class AnyHistory(RuleBasedStateMachine):
    """Whatever is tried in whatever order: only refusals escape, and replaying the events gives the work."""

    def __init__(self) -> None:
        super().__init__()
        self.work = Work()
        self.events: list[Event] = []
        self.stored: list[tuple[str, str]] = []

    def attempt(self, command: Command) -> None:
        """Try a command; a refusal changes nothing."""
        before = self.work
        try:
            events = decide(self.work, command, TERMS)
        except StudyError:
            assert self.work == before
            return
        for event in events:
            self.work = evolve(self.work, event)
            self.events.append(event)
            self.stored.append(encoded(event))

    @rule(topic=st.sampled_from(["", "一", "安置房", "旧城"]), big=st.sampled_from(["yes", "no", "maybe"]))
    def fill_first(self, topic: str, big: str) -> None:
        """The author writes at the first stage."""
        self.attempt(Fill({"topic": Value(topic), "big": Value(big)}))

    @rule(text=st.sampled_from(["", "结果", "更好的结果"]))
    def fill_result(self, text: str) -> None:
        """The author writes at a later stage."""
        self.attempt(Fill({"result": Value(text)}))

    @rule()
    def hand_in(self) -> None:
        """The author hands in."""
        self.attempt(HandIn())

    @rule(
        who=st.sampled_from([AUTHOR, ANN, BOB, CID, 99]),
        old=st.booleans(),
        key=st.sampled_from(["", "good", "excellent"]),
    )
    def approve(self, who: int, old: bool, key: str) -> None:
        """Somebody approves, sometimes an old version."""
        self.attempt(Approve(who, self.work.stage, self.work.version - old, key))

    @rule(who=st.sampled_from([AUTHOR, ANN]), to=st.integers(-1, 4), reason=st.sampled_from(["", "不够具体"]))
    def give_back(self, who: int, to: int, reason: str) -> None:
        """Somebody returns it."""
        self.attempt(Return(who, self.work.stage, self.work.version, to, reason))

    @rule(dice=st.integers(0, 9))
    def end(self, dice: int) -> None:
        """Now and then it is rejected or given up."""
        if dice == 0:
            self.attempt(Withdraw())
        elif dice == 1:
            self.attempt(Reject(ANN, self.work.stage, self.work.version, "重复立题"))

    @rule(consent=st.sampled_from(list(Consent)))
    def publish(self, consent: Consent) -> None:
        """The shortlist and the question of publication, in any order."""
        for command in (AskConsent(), Choose(), Answer(consent), Recount()):
            self.attempt(command)

    def teardown(self) -> None:
        """Replaying gives the work, also from what is stored."""
        assert replay(self.events) == self.work
        rows = [
            WorkEvent(id=1, work_id=1, number=n, at=0, author=0, name="", kind=kind, body=body)  # type: ignore[arg-type]
            for n, (kind, body) in enumerate(self.stored)
        ]
        assert [decoded(row) for row in rows] == self.events

    @invariant()
    def what_must_always_hold(self) -> None:
        """Versions count up, one opinion each, none of the author's, a rating only once the stage that gives it is over."""
        work = self.work
        assert [version.number for version in work.versions] == list(range(1, work.version + 1))
        who = [opinion.reviewer for opinion in work.opinions]
        assert len(who) == len(set(who))
        assert not {AUTHOR, 99} & set(who)
        if work.rating:
            assert work.phase is Phase.ACCEPTED or work.stage > 2
        ends = [event for event in self.events if isinstance(event, Accepted | Returned)]
        assert (work.phase is Phase.ACCEPTED) == (bool(ends) and isinstance(ends[-1], Accepted))


AnyHistory.TestCase.settings = settings(max_examples=40, stateful_step_count=30)
TestAnyHistory = AnyHistory.TestCase


def test_under_review_nothing_is_written() -> None:
    """What reviewers read stays as it was handed in."""
    with pytest.raises(WorkNotOpen):
        decide(after(*OPENING), Fill({"topic": Value("别的")}), TERMS)
