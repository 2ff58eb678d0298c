"""Forms as data and what answers amount to: scores, ranks, what is too little to be shown, what a survey's tables hold."""

import io
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as some

from handlers.present.survey_results import drawing, workbook
from handlers.texts import texts
from study.evaluation_rules import (
    Answer,
    AnswerUnreadable,
    Given,
    item_result,
    lowest,
    problems,
    ranks,
    score_of,
    unanswered,
    written,
)
from study.programme.forms import Form, Item
from study.programme.reading import SHIPPED, ProgrammeError, read_programme
from study.programme.words import Title
from study.submission import Accepted, Return, Returned, Submission, Terms
from study.survey_figures import Said
from study.survey_views import IndicatorLine, Ranked, SurveyResult, TierRanking
from study.task_refusals import AlreadyReviewed
from study.task_rules import decide
from study.task_templates import ASSIGNMENT, RECTIFICATION, State
from tests.hall import MONDAY, SHANGHAI

SCALE = Item.model_validate({"key": "fair", "title": "公道", "min": 1, "max": 5})


def test_h4_shipped_survey_has_four_aspects_and_nineteen_indicators() -> None:
    """H4: the satisfaction survey that comes with ``heilongjiang``, its tiers, and the checklist of H6."""
    programme = read_programme(SHIPPED / "heilongjiang")

    form, survey = programme.forms.of("satisfaction"), programme.surveys.of("satisfaction")

    assert form is not None
    assert survey is not None
    indicators = [[item for item in aspect.items if item.kind == "scale"] for aspect in form.aspects]
    assert [len(items) for items in indicators if items] == [5, 5, 5, 4]
    assert form.anonymous
    assert [(tier.depth, tier.lowest) for tier in survey.tiers] == [(2, 3), (3, 10)]
    assert programme.forms.checklists[0].day == 20


def test_mistakes_in_forms_are_named(tmp_path: Path) -> None:
    """A scale that goes backwards, a checklist of no form, a survey that is not anonymous: each by file and key."""
    folder = tmp_path / "bad"
    folder.mkdir()
    (folder / "programme.toml").write_text('title = "坏"', encoding="utf-8")
    form = '[[forms]]\nkey = "open"\ntitle = "表"\n[[forms.aspects]]\nkey = "a"\ntitle = "a"\n'
    item = '[[forms.aspects.items]]\nkey = "i"\ntitle = "i"\n'
    (folder / "forms.toml").write_text(f'{form}{item}[[checklists]]\nkey = "c"\nform = "none"\n', encoding="utf-8")
    survey = (
        '[[surveys]]\nkey = "s"\ntitle = "s"\nform = "open"\n[[surveys.tiers]]\nkey = "t"\ntitle = "t"\ndepth = 1\n'
    )
    (folder / "surveys.toml").write_text(survey, encoding="utf-8")

    with pytest.raises(ProgrammeError) as refused:
        read_programme(folder)
    (folder / "forms.toml").write_text(f"{form}{item}min = 5\nmax = 1\n", encoding="utf-8")
    with pytest.raises(ProgrammeError) as backwards:
        read_programme(folder)

    assert {(one.file, one.key, one.problem) for one in refused.value.mistakes} == {
        ("forms.toml", "checklists[0].form", "unknown_name"),
        ("surveys.toml", "surveys[0].form", "wrong"),
    }
    assert [one.key for one in backwards.value.mistakes] == ["forms[0].aspects[0].items[0]"]


@given(some.lists(some.integers(1, 5), max_size=12), some.integers(1, 6))
def test_no_figure_of_fewer_answers_than_are_needed(values: list[int], least: int) -> None:
    """Below the least number nothing but the count comes out; above it the score is between 0 and 100."""
    given = Given()
    for value in values:
        given.add(SCALE, Answer(str(value), f"因为{value}"))

    result = item_result(SCALE, given, least=least)

    assert result.count == len(values)
    if len(values) < least:
        assert (result.mean, result.score, result.counts, result.words) == (None, None, {}, ())
    else:
        assert result.score is not None
        assert 0 <= result.score <= 100
        assert sum(result.counts.values()) == len(values)
        assert score_of([result]) == result.score


@given(some.dictionaries(some.integers(1, 50), some.floats(0, 100), max_size=15), some.integers(0, 6))
def test_the_lowest_are_lower_than_the_rest(scores: dict[int, float], most: int) -> None:
    """As many as asked for, more only on a tie with the last of them; ranks count how many are better."""
    low = lowest(scores, most)
    places = ranks(sorted(scores.values(), reverse=True))

    assert len(low) >= min(most, len(scores))
    if low:
        assert max(scores[key] for key in low) < min([scores[key] for key in scores.keys() - low], default=101)
    assert all(first <= second for first, second in pairwise(places))
    assert all(place <= at for at, place in enumerate(places, 1))


def test_a_no_is_a_problem_and_needs_a_word() -> None:
    """A checklist cannot be sent while a problem is not explained; numbers are read strictly."""
    item = {"key": "visit", "title": "下基层", "kind": "yes_no", "remark": "no"}
    form = Form.model_validate(
        {"key": "c", "title": "自查", "aspects": [{"key": "a", "title": "a", "items": [item]}], "comments": True}
    )
    number = Item.model_validate({"key": "n", "title": "n", "kind": "number", "min": 0, "max": 31})

    assert unanswered(form, {}) == (0,)
    assert unanswered(form, {"visit": Answer("no")}) == (0,)
    assert unanswered(form, {"visit": Answer("no", "没有时间")}) == ()
    assert [one.key for one in problems(form, {"visit": Answer("no", "没有时间")})] == ["visit"]
    assert problems(form, {"visit": Answer("yes")}) == ()
    assert written(number, " 07 ").value == "7"
    for wrong in ("", "32", "-1", "1.5", "七", "99999999"):
        with pytest.raises(AnswerUnreadable):
            written(number, wrong)


def test_only_a_rectification_is_reopened() -> None:
    """What was accepted can be returned where the template says so, and nowhere else."""
    accepted = Submission(state=State.ACCEPTED, version=1)

    events = decide(accepted, Return(1, "仍有反映"), Terms(RECTIFICATION, 1, MONDAY), now=MONDAY)

    assert events == (Returned(1, "仍有反映"),)
    with pytest.raises(AlreadyReviewed):
        decide(accepted, Return(1, "仍有反映"), Terms(ASSIGNMENT, 1, MONDAY), now=MONDAY)
    assert Accepted(1) not in events


def test_the_workbook_and_the_picture_hold_the_ranking() -> None:
    """A sheet a tier, the indicators, what was written; the picture has the same lines."""
    title = Title({"zh-CN": "满意度测评"})
    ranked = Ranked(
        subject=1,
        name="大庆市",
        path="黑龙江省/大庆市",
        rank=2,
        score=25.0,
        answered=5,
        low=True,
        rectification="accepted",
    )
    tier = TierRanking(
        key="city", title=Title({"zh-CN": "市（地）"}), count=13, hidden=0, lowest=3, action=None, units=(ranked,)
    )
    facts = SurveyResult(
        evaluation=1,
        title=title,
        least=5,
        raters=5,
        finished=5,
        asked=5,
        answered=5,
        score=25.0,
        tiers=(tier,),
        indicators=(IndicatorLine(aspect=title, title=Title({"zh-CN": "服务"}), score=25.0),),
        problems=1,
        suggestions=0,
        rectifications={"accepted": 1},
        to_rectify=0,
        may_rectify=True,
    )
    said = (Said("ab", 1, 1, "大庆市", "city", "problem", "=1+1", ""),)
    t = texts("zh-CN", SHANGHAI)

    book = openpyxl.load_workbook(io.BytesIO(workbook(facts, said, t)))
    drawn = drawing(facts, "city", "示范学习", t)

    sheets = [[[cell.value for cell in row] for row in sheet] for sheet in book]
    assert book.sheetnames == ["市（地）", "指标", "意见建议"]
    assert sheets[0][1] == [2, "大庆市", "黑龙江省/大庆市", 25, 5, "已销号"]
    assert sheets[1][1] == ["满意度测评", "服务", 25]
    assert sheets[2][1] == ["问题", "大庆市", "'=1+1", "未交办"]
    assert [(line.rank, line.name, line.score, line.detail) for line in drawn.lines] == [(2, "大庆市", "25.0", "5 份")]
