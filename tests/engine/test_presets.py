"""Rule sheets as data: the shipped ones hold, and mistakes are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizzes.draws import Wanted
from quizzes.engine.rules import Answerer, BuzzerSegment, EveryoneSegment, RequiredSegment, RiskSegment, Seating
from quizzes.engine.turn_rules import Loses
from quizzes.presets import Mistake, PresetError, load_presets
from tests.engine.play import seconds

TITLE = '[title]\nzh-CN = "赛"\nen = "Contest"\n'
SEGMENT = '[[segments]]\nkind = "buzzer"\n'


def test_shipped_buzzer_preset() -> None:
    """Base 100, plus and minus 10, 20 s to buzz, 5 s to start, 3 s to answer, half a second of grace."""
    preset = load_presets()["buzzer"]

    (segment,) = preset.rules.segments
    assert isinstance(segment, BuzzerSegment)
    assert (segment.questions, segment.right, segment.wrong, segment.rebounds) == (10, 10, -10, 0)
    assert (segment.buzz, segment.start, segment.answer) == (seconds(20), seconds(5), seconds(3))
    assert segment.answerer is Answerer.PRESSER
    assert (preset.rules.base, preset.rules.grace, preset.rules.pause) == (100, seconds(0.5), seconds(4))
    assert preset.rules.tie_break is not None
    assert preset.title == {"zh-CN": "抢答赛", "zh-TW": "搶答賽", "en": "Buzzer contest"}


def test_shipped_everyone_preset() -> None:
    """Base 0, plus 10 and nothing lost, 15 s, speed weighs."""
    preset = load_presets()["everyone"]

    (segment,) = preset.rules.segments
    assert isinstance(segment, EveryoneSegment)
    assert (segment.questions, segment.right, segment.wrong, segment.answer) == (10, 10, 0, seconds(15))
    assert segment.speed_floor == 50
    assert preset.rules.base == 0


def test_organisers_own_preset(tmp_path: Path) -> None:
    """A file of one's own says what differs; the rest has its default; a byte order mark does no harm."""
    text = f'base = 50\nseating = "individuals"\n{TITLE}{SEGMENT}answer = 7.5\n[[segments]]\nkind = "everyone"\n'
    (tmp_path / "ours.toml").write_text(text, encoding="utf-8-sig")

    preset = load_presets(tmp_path)["ours"]

    assert preset.rules.base == 50
    assert preset.rules.seating is Seating.INDIVIDUALS
    assert preset.rules.segments == (BuzzerSegment(answer=seconds(7.5)), EveryoneSegment())


def test_segments_in_which_teams_take_turns(tmp_path: Path) -> None:
    """Lists of numbers, words and what may be left out; each wrong one is named."""
    turns = (
        '[[segments]]\nkind = "required"\nmake_up = 5\n[[segments]]\nkind = "risk"\nstakes = [10, 20]\nloses = "half"\n'
    )
    (tmp_path / "good.toml").write_text(f"{TITLE}{turns}", encoding="utf-8")
    preset = load_presets(tmp_path)["good"]
    (tmp_path / "good.toml").write_text(
        f'{TITLE}[[segments]]\nkind = "risk"\nstakes = 10\norder = "seats"\n'
        f'[[segments]]\nkind = "risk"\nstakes = [10, "x"]\nright = 10\n',
        encoding="utf-8",
    )

    with pytest.raises(PresetError) as refused:
        load_presets(tmp_path)

    assert preset.rules.segments == (RequiredSegment(make_up=5), RiskSegment(stakes=(10, 20), loses=Loses.HALF))
    assert {mistake.key: mistake.problem for mistake in refused.value.mistakes} == {
        "segments[0].stakes": "wrong_type",
        "segments[0].order": "not_one_of",
        "segments[1].stakes": "wrong_type",
        "segments[1].right": "unknown",
    }


def test_every_mistake_of_every_file_is_named(tmp_path: Path) -> None:
    """All mistakes come at once, each with its file and key."""
    (tmp_path / "a.toml").write_text(
        'base = "many"\ngrase = 1\ngrace = -1\npause = 1e9\nseating = "sofa"\nlate_join = 1\n'
        'tie_break = 3\n[title]\nen = ""\nfr = "Jeu"\n'
        '[[segments]]\nkind = "buzzer"\nanswer = true\nfine = 1.5\n'
        '[[segments]]\nkind = "riddle"\n[[segments]]\nquestions = 3\n',
        encoding="utf-8",
    )
    (tmp_path / "b.toml").write_text("base = ", encoding="utf-8")
    (tmp_path / "c.toml").write_text(TITLE, encoding="utf-8")

    with pytest.raises(PresetError) as refused:
        load_presets(tmp_path)

    found = {(mistake.file, mistake.key): mistake.problem for mistake in refused.value.mistakes}
    assert found == {
        ("a.toml", "base"): "wrong_type",
        ("a.toml", "grase"): "unknown",
        ("a.toml", "grace"): "negative",
        ("a.toml", "pause"): "too_long",
        ("a.toml", "seating"): "not_one_of",
        ("a.toml", "late_join"): "wrong_type",
        ("a.toml", "tie_break"): "wrong_type",
        ("a.toml", "title.zh-CN"): "missing",
        ("a.toml", "title.en"): "wrong_type",
        ("a.toml", "title.fr"): "unknown",
        ("a.toml", "segments[0].answer"): "wrong_type",
        ("a.toml", "segments[0].fine"): "wrong_type",
        ("a.toml", "segments[1].kind"): "not_one_of",
        ("a.toml", "segments[2].kind"): "missing",
        ("b.toml", ""): "unreadable",
        ("c.toml", "segments"): "missing",
    }
    assert refused.value.params["mistakes"] == refused.value.mistakes


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        (f"{TITLE}{SEGMENT}rebounds = -1\n", Mistake("p.toml", "rebounds", "unplayable", "bad_number")),
        (f"segments = 3\n{TITLE}", Mistake("p.toml", "segments", "wrong_type", 3)),
        (f"segments = [3]\n{TITLE}", Mistake("p.toml", "segments[0]", "wrong_type", 3)),
        (f"title = 3\n{SEGMENT}", Mistake("p.toml", "title", "wrong_type", 3)),
        (SEGMENT, Mistake("p.toml", "title", "missing")),
        (f"{TITLE}{SEGMENT}[tie_break]\nquestions = 3\n", Mistake("p.toml", "tie_break.questions", "unknown", 3)),
    ],
)
def test_single_mistakes(tmp_path: Path, text: str, mistake: Mistake) -> None:
    """What is well written but cannot be used is named too."""
    (tmp_path / "p.toml").write_text(text, encoding="utf-8")

    with pytest.raises(PresetError) as refused:
        load_presets(tmp_path)

    assert refused.value.mistakes == (mistake,)


def test_folder_that_is_not_there(tmp_path: Path) -> None:
    """A folder that does not exist is a mistake, not an empty list."""
    with pytest.raises(PresetError):
        load_presets(tmp_path / "nowhere")


def test_preset_says_which_questions_a_segment_draws(tmp_path: Path) -> None:
    """The shares of a mix are narrowed by the segment's own wish and keep their proportions with another number."""
    draw = 'questions = 10\ndraw = { categories = ["公文"] }\n'
    mix = 'mix = [ { questions = 3, difficulty = [2, 1] }, { questions = 7, kinds = ["single"] } ]\n'
    (tmp_path / "ours.toml").write_text(TITLE + SEGMENT + draw + mix, encoding="utf-8")

    (segment,) = load_presets(tmp_path)["ours"].draws

    easy, single = Wanted(categories=("公文",), hardest=2), Wanted(categories=("公文",), kinds=("single",))
    assert segment.places(10) == (easy,) * 3 + (single,) * 7
    assert segment.places(5) == (easy,) * 2 + (single,) * 3
    assert segment.places(1) == (single,)


@pytest.mark.parametrize(
    ("lines", "key", "problem"),
    [
        ('draw = "公文"', "draw", "wrong_type"),
        ('draw = { category = "公文" }', "draw.category", "unknown"),
        ("draw = { tags = [1] }", "draw.tags", "wrong_type"),
        ('draw = { kinds = ["quiz"] }', "draw.kinds", "not_one_of"),
        ("draw = { difficulty = [0, 9] }", "draw.difficulty", "wrong_type"),
        ("mix = 3", "mix", "wrong_type"),
        ("mix = [ { difficulty = 1 } ]", "mix[0].questions", "missing"),
        ("mix = [ { questions = 3 } ]", "mix", "unplayable"),
        ("draw = { difficulty = 1 }\nmix = [ { questions = 10, difficulty = 5 } ]", "mix[0]", "unplayable"),
    ],
)
def test_mistakes_in_a_draw_are_named(tmp_path: Path, lines: str, key: str, problem: str) -> None:
    """Each with its key."""
    (tmp_path / "ours.toml").write_text(f"{TITLE}{SEGMENT}questions = 10\n{lines}\n", encoding="utf-8")

    with pytest.raises(PresetError) as refused:
        load_presets(tmp_path)

    assert [(one.key, one.problem) for one in refused.value.mistakes] == [(f"segments[0].{key}", problem)]


def test_places_that_may_not_be_shared(tmp_path: Path) -> None:
    """A list of places; a word in it, or a place before the first, is a mistake."""
    (tmp_path / "a.toml").write_text(f"tie_places = [1, 3]\n{TITLE}{SEGMENT}", encoding="utf-8")
    assert load_presets(tmp_path)["a"].rules.tie_places == (1, 3)

    (tmp_path / "a.toml").write_text(f'tie_places = ["x"]\n{TITLE}{SEGMENT}', encoding="utf-8")
    (tmp_path / "b.toml").write_text(f"tie_places = [0]\n{TITLE}{SEGMENT}", encoding="utf-8")
    with pytest.raises(PresetError) as refused:
        load_presets(tmp_path)

    assert [(m.file, m.key, m.problem) for m in refused.value.mistakes] == [
        ("a.toml", "tie_places", "wrong_type"),
        ("b.toml", "tie_places", "unplayable"),
    ]
