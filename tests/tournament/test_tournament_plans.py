"""Plans of tournaments as data: the shipped ones hold, mistakes are named by file and key."""

from pathlib import Path

import pytest

from quizzes.presets import PresetError, load_presets
from quizzes.tournament.plan import Drawing
from quizzes.tournament_plans import load_plans

TITLE = '[title]\nzh-CN = "杯"\nen = "Cup"\n'
STAGE = '[[stages]]\ntitle = { zh-CN = "决赛", en = "Final" }\npreset = "buzzer"\nbouts = 1\n'


def test_shipped_plans() -> None:
    """Branches: within, one a unit, the six best; groups: three with the first three."""
    plans = load_plans(load_presets())

    first, final = plans["branches"].plan.stages
    assert (first.drawing, first.top, first.one_a_unit, first.most) == (Drawing.WITHIN, 1, True, 6)
    assert (first.preset, final.preset, final.bouts, final.medals) == ("prelim", "final", 1, 3)
    assert (plans["groups"].plan.stages[0].bouts, plans["groups"].plan.stages[0].top) == (3, 3)
    assert plans["knockout"].plan.stages[0].repeat
    assert plans["heats"].plan.stages[0].best_losers == 2


def test_every_mistake_is_named(tmp_path: Path) -> None:
    """Unknown keys, wrong words, a preset that does not exist, a plan without a final."""
    (tmp_path / "a.toml").write_text(
        f'{TITLE}[[stages]]\ntitle = {{ en = "x" }}\npreset = "nope"\nteams = "two"\ndrawing = "dice"\nseed = 1\n',
        encoding="utf-8",
    )
    (tmp_path / "b.toml").write_text(f"{TITLE}{STAGE.replace('bouts = 1', 'teams = 2')}", encoding="utf-8")
    (tmp_path / "c.toml").write_text(TITLE, encoding="utf-8")
    (tmp_path / "d.toml").write_text("= ", encoding="utf-8")

    with pytest.raises(PresetError) as refused:
        load_plans({"buzzer"}, tmp_path)

    assert {(mistake.file, mistake.key, mistake.problem) for mistake in refused.value.mistakes} >= {
        ("a.toml", "stages[0].title.zh-CN", "missing"),
        ("a.toml", "stages[0].preset", "not_one_of"),
        ("a.toml", "stages[0].teams", "wrong_type"),
        ("a.toml", "stages[0].drawing", "not_one_of"),
        ("a.toml", "stages[0].seed", "unknown"),
        ("b.toml", "stages[0]", "unplayable"),
        ("c.toml", "stages", "missing"),
        ("d.toml", "", "unreadable"),
    }
