"""The rules of a submission: histories of commands, and properties that hold in all of them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from study.errors import StudyError
from study.submission import (
    Accept,
    Answer,
    Attached,
    Begin,
    Command,
    Commend,
    Consent,
    Event,
    HandIn,
    Receive,
    Return,
    Rewrite,
    Submission,
    Terms,
    Write,
    length_of,
)
from study.task_publishing import parts_of
from study.task_refusals import (
    AlreadyAccepted,
    AlreadyReviewed,
    ConsentGiven,
    DeadlineOver,
    NewerVersion,
    PieceNotTaken,
    ReasonNeeded,
    SubmissionEmpty,
    SubmissionShort,
    TaskClosed,
    TooManyFiles,
)
from study.task_rules import LONGEST, decide, evolve, may_write
from study.task_templates import ASSIGNMENT, REFLECTION, TEMPLATES, Piece, State

DUE = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
EARLY, LATE = DUE - timedelta(hours=1), DUE + timedelta(hours=1)
TERMS = Terms(REFLECTION, 5, DUE)
PHOTO = Attached(Piece.PHOTO, "p1")
FILE = Attached(Piece.FILE, "f1", "a.pdf")


def after(
    *commands: Command, terms: Terms = TERMS, now: datetime = EARLY, work: Submission | None = None
) -> Submission:
    """A submission after these commands."""
    work = work or Submission()
    for command in commands:
        for event in decide(work, command, terms, now=now):
            work = evolve(work, event)
    return work


def test_messages_add_up_and_are_handed_in() -> None:
    """Two messages make one text of two lines; the draft is empty afterwards."""
    work = after(Write("一二三"), Write("四五"), HandIn())

    assert work.state is State.HANDED_IN
    assert work.handed.text == "一二三\n四五"
    assert work.draft.is_empty
    assert work.version == 1
    assert not work.late


@pytest.mark.parametrize(
    ("commands", "error"),
    [
        ((HandIn(),), SubmissionEmpty),
        ((Write("一 二\n三 四"), HandIn()), SubmissionShort),
        ((Write("", (FILE,)),), PieceNotTaken),
        ((Write("", (PHOTO,) * 21),), TooManyFiles),
        ((Accept(0),), AlreadyReviewed),
        ((Write("一二三四五"), HandIn(), Accept(2)), NewerVersion),
        ((Write("一二三四五"), HandIn(), Return(1, "  ")), ReasonNeeded),
        ((Write("一二三四五"), HandIn(), Accept(1), Write("六")), AlreadyAccepted),
        ((Write("一二三四五"), HandIn(), Accept(1), Accept(1)), AlreadyReviewed),
        ((Write("一二三四五"), HandIn(), Return(1, "改"), Accept(1)), AlreadyReviewed),
        ((Answer(Consent.NAMED),), ConsentGiven),
        ((Write("一二三四五"), HandIn(), Commend(1), Answer(Consent.REFUSED), Answer(Consent.NAMED)), ConsentGiven),
        ((Write("一二三四五"), HandIn(), Commend(1), Answer(Consent.ASKED)), ConsentGiven),
    ],
)
def test_what_does_not_fit_is_refused(commands: tuple[Command, ...], error: type[StudyError]) -> None:
    """The last of these commands raises exactly this error."""
    work = after(*commands[:-1])

    with pytest.raises(error):
        decide(work, commands[-1], TERMS, now=EARLY)


def test_photo_needs_no_least_length() -> None:
    """Handwritten notes are as long as they are."""
    assert after(Write("", (PHOTO,)), HandIn()).version == 1


def test_late_is_marked_by_the_first_version() -> None:
    """A late first version is late; one returned and handed in again after the deadline is not, if the first was in time."""
    late = after(Write("一二三四五"), HandIn(), now=LATE)
    in_time = after(Write("一二三四五"), HandIn(), Return(1, "改"))
    again = after(Begin(), HandIn(), now=LATE, work=in_time)

    assert late.late
    assert again.version == 2
    assert not again.late


def test_deadline_and_close() -> None:
    """After the deadline what is handed in stays; after the close nothing new is taken, a return invites again."""
    handed_in = after(Write("一二三四五"), HandIn())
    returned = after(Return(1, "改"), work=handed_in)
    closed = Terms(REFLECTION, 5, DUE, closes_at=EARLY)

    with pytest.raises(DeadlineOver):
        decide(handed_in, Begin(), TERMS, now=LATE)
    with pytest.raises(TaskClosed):
        decide(Submission(), Write("一"), closed, now=LATE)
    assert may_write(returned, closed, LATE)


def test_at_the_deadline_itself_it_is_in_time() -> None:
    """The last moment counts."""
    assert not after(Write("一二三四五"), HandIn(), now=DUE).late


def test_only_templates_that_publish_ask_for_consent() -> None:
    """A good assignment is praised, not published."""
    terms = Terms(ASSIGNMENT, 1, DUE)

    work = after(Write("好"), HandIn(), Commend(1), terms=terms)

    assert work.commended
    assert work.consent is Consent.NONE
    assert work.state is State.ACCEPTED


def test_every_template_is_whole() -> None:
    """Each names every state and takes something."""
    for name, template in TEMPLATES.items():
        assert template.name == name
        assert set(template.states) == set(State)
        assert template.takes
        assert template.exempt <= template.takes


@given(st.text())
def test_length_leaves_white_space_out(text: str) -> None:
    """It is the length of the words without what stands between them."""
    assert length_of(text) == len("".join(text.split())) + sum(
        1 for character in text if not character.isspace() and not character.split()
    )


@given(st.text(alphabet=st.sampled_from("一二 \n😀"), max_size=400), st.integers(3, 50))
def test_parts_lose_no_word(text: str, most: int) -> None:
    """Cut into parts, no part is too long for Telegram's count and no word is lost."""
    parts = parts_of(text, most)

    assert all(len(part.encode("utf-16-le")) // 2 <= most for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


class Submissions(RuleBasedStateMachine):
    """Any commands at any times: replay gives the state, and only our own refusals escape."""

    @initialize(close=st.booleans())
    def begin(self, close: bool) -> None:
        self.work = Submission()
        self.log: list[Event] = []
        self.now = EARLY
        self.terms = Terms(REFLECTION, 5, DUE, closes_at=LATE if close else None)

    def do(self, command: Command) -> None:
        before = self.work
        try:
            events = decide(before, command, self.terms, now=self.now)
        except StudyError:
            assert self.work == before
            return
        for event in events:
            self.work = evolve(self.work, event)
        self.log += events

    @rule(minutes=st.integers(1, 120))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(text=st.sampled_from(("", "一", "一二三四五六", "长" * 9000)), photo=st.booleans())
    def writes(self, text: str, photo: bool) -> None:
        self.do(Write(text, (PHOTO,) if photo else ()))

    @rule(command=st.sampled_from((Begin(), Rewrite(), HandIn(), Receive())))
    def member(self, command: Command) -> None:
        self.do(command)

    @rule(version=st.integers(0, 3), what=st.sampled_from((Accept, Commend)))
    def rules(self, version: int, what: type[Accept] | type[Commend]) -> None:
        self.do(what(version))

    @rule(version=st.integers(0, 3))
    def returns(self, version: int) -> None:
        self.do(Return(version, "请修改"))

    @rule(consent=st.sampled_from(Consent))
    def answers(self, consent: Consent) -> None:
        self.do(Answer(consent))

    @invariant()
    def replay_gives_the_state(self) -> None:
        work = Submission()
        for event in self.log:
            work = evolve(work, event)
        assert work == self.work

    @invariant()
    def what_must_hold(self) -> None:
        work = self.work
        assert len(work.draft.text) <= LONGEST
        assert (work.version > 0) == (work.handed_in_at is not None)
        assert (work.state is State.DRAFT) == (work.version == 0)
        assert not work.commended or work.state is State.ACCEPTED
        assert (work.consent is not Consent.NONE) == work.commended
        assert work.state is not State.RETURNED or work.reason


TestSubmissions = Submissions.TestCase
