"""Exams, the pure part: when somebody may begin, which answers count, what a paper is worth."""

import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.bank.items import Item, Kind
from study.deadlines import DeadlinePast, DeadlineUnreadable
from study.errors import TooLong
from study.exam_errors import ExamLine, ExamNotOpen, ExamNumber, ExamOver, ExamWindow, PaperHandedIn, PaperOver
from study.exam_plan import ExamPlan, changed, next_step, with_category, with_number
from study.exam_rules import Stage, Terms, due_at, lay_out, must_count, stage, toggled, warn_at, worth

ZONE = ZoneInfo("Asia/Shanghai")
OPENS = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CLOSES = OPENS + timedelta(hours=8)
SECOND = timedelta(seconds=1)


def terms(*, cancelled: bool = False, points: int = 5, pass_percent: int = 60) -> Terms:
    """Half an hour within eight."""
    return Terms(OPENS, CLOSES, timedelta(minutes=30), points, pass_percent, True, cancelled)


ITEMS = (
    Item(Kind.SINGLE, "甲？", ("一", "二", "三"), (0,)),
    Item(Kind.SEVERAL, "乙？", ("一", "二", "三"), (0, 2)),
    Item(Kind.FILL_IN, "丙____", accepted=("北京",)),
)


def test_exam_is_open_from_its_first_to_its_last_moment() -> None:
    """Both ends belong to it; one that was called off is over."""
    assert stage(terms(), OPENS - SECOND) is Stage.AHEAD
    assert stage(terms(), OPENS) is Stage.OPEN
    assert stage(terms(), CLOSES) is Stage.OPEN
    assert stage(terms(), CLOSES + SECOND) is Stage.OVER
    assert stage(terms(cancelled=True), OPENS) is Stage.OVER


def test_paper_ends_with_its_own_time_or_with_the_exam() -> None:
    """Whoever begins late has less; nobody begins outside."""
    assert due_at(terms(), OPENS) == OPENS + timedelta(minutes=30)
    assert due_at(terms(), CLOSES - timedelta(minutes=10)) == CLOSES
    with pytest.raises(ExamNotOpen):
        due_at(terms(), OPENS - SECOND)
    with pytest.raises(ExamOver):
        due_at(terms(), CLOSES + SECOND)


def test_warning_comes_five_minutes_before_the_end_of_all_but_short_papers() -> None:
    """A paper of nine minutes has none."""
    assert warn_at(OPENS, OPENS + timedelta(minutes=30)) == OPENS + timedelta(minutes=25)
    assert warn_at(OPENS, OPENS + timedelta(minutes=9)) is None


def test_answers_count_by_when_they_were_received() -> None:
    """The last moment counts; after it nothing; what time ended still takes what came in time, what was handed in not."""
    due = OPENS + timedelta(minutes=30)
    must_count(due, None, due, by_time=False)
    must_count(due, due, due - SECOND, by_time=True)
    with pytest.raises(PaperOver):
        must_count(due, None, due + SECOND, by_time=False)
    with pytest.raises(PaperOver):
        must_count(due, due, due + SECOND, by_time=True)
    with pytest.raises(PaperHandedIn):
        must_count(due, OPENS, due - SECOND, by_time=False)


def test_paper_is_worth_its_right_answers() -> None:
    """A wrong or an open question costs nothing; the pass mark counts in percent of all points."""
    done = worth(ITEMS, {1: (0,), 2: (0,)}, terms(pass_percent=33))

    assert done.marks == {1: True, 2: False, 3: None}
    assert (done.right, done.wrong, done.blank) == (1, 1, 1)
    assert (done.score, done.total, done.percent) == (5, 15, 33.3)
    assert done.passed
    assert not worth(ITEMS, {1: (0,)}, terms(pass_percent=34)).passed
    assert worth(ITEMS, {1: (0,), 2: (2, 0), 3: "北京 "}, terms(pass_percent=100)).passed


@given(st.integers(0, 2**32), st.integers(1, 100))
def test_everybody_gets_every_question_once(seed: int, count: int) -> None:
    """A layout is a permutation of the questions, each with a permutation of its options."""
    items = [ITEMS[number % len(ITEMS)] for number in range(count)]

    layout = lay_out(items, random.Random(seed))

    assert sorted(number for number, _ in layout) == list(range(1, count + 1))
    assert all(sorted(order) == list(range(len(items[number - 1].options))) for number, order in layout)


def test_option_is_taken_in_and_out() -> None:
    """The last one out leaves no answer."""
    assert toggled((0, 1, 2), None, 2) == (2,)
    assert toggled((0, 1, 2), (2,), 0) == (0, 2)
    assert toggled((0, 1, 2), (2,), 2) is None


NOW = datetime(2026, 11, 23, 7, 0, tzinfo=ZONE)
PLAN = ExamPlan(
    key=1, bank="党史", title="党史", count=20, minutes=30, points=5, pass_percent=60, closes_at=NOW + timedelta(days=7)
)


def test_plan_is_written_line_by_line() -> None:
    """Chinese or English, with or without units and colons."""
    plan = changed(
        PLAN,
        "标题：第一季度 测试\n题数 25题\nminutes 40\n每题 4分\n及格线 70%\n分类 党的 创立 10\n"
        "开始 11-28 9:00\n截止 11-30 18:00\n成绩 截止后公布",
        NOW,
        ZONE,
    )

    assert (plan.title, plan.count, plan.minutes, plan.points, plan.pass_percent) == ("第一季度 测试", 25, 40, 4, 70)
    assert plan.categories == (("党的 创立", 10),)
    assert plan.opens_at == datetime(2026, 11, 28, 9, 0, tzinfo=ZONE)
    assert plan.closes_at == datetime(2026, 11, 30, 18, 0, tzinfo=ZONE)
    assert not plan.at_once


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("随便什么", ExamLine),
        ("题数 很多", ExamLine),
        ("成绩 也许", ExamLine),
        ("分类 10", ExamLine),
        ("题数 0", ExamNumber),
        ("题数 101", ExamNumber),
        ("时长 9999", ExamNumber),
        ("截止 11-20", DeadlinePast),
        ("截止 哪天", DeadlineUnreadable),
        ("开始 12-30", ExamWindow),
        (f"标题 {'长' * 101}", TooLong),
    ],
)
def test_bad_lines_are_refused(line: str, error: type[Exception]) -> None:
    """Each by an error of its own."""
    with pytest.raises(error):
        changed(PLAN, line, NOW, ZONE)


def test_categories_ask_for_at_least_so_many() -> None:
    """The whole grows with them and cannot be made smaller than they are."""
    plan = with_category(with_category(PLAN, "甲", 15), "乙", 10)

    assert plan.count == 25
    with pytest.raises(ExamNumber):
        with_number(plan, "count", 24)
    assert with_category(plan, "甲", 0).categories == (("乙", 10),)
    with pytest.raises(ExamNumber):
        with_category(plan, "丙", 90)


def test_category_button_goes_round() -> None:
    """Five more at a press, up to what there is, then none."""
    assert [next_step(wanted, 7) for wanted in (0, 5, 7)] == [5, 7, 0]
