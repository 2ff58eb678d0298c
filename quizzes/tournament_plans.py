"""Plans of tournaments as data, one TOML file each, beside the presets of contests.

A file has a title in each language and one ``[[stages]]`` table a stage, in order; what a stage does not say has its
default (``quizzes.tournament.plan.Stage``), what it says and we do not know is a mistake.
"""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Collection, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from quizzes.engine.frozen import dataclass
from quizzes.presets import LANGUAGES, MAY_LACK, Mistake, PresetError, hints_of
from quizzes.tournament.errors import PlanUnusable
from quizzes.tournament.plan import Drawing, Plan, Stage, check_plan

SHIPPED = Path(__file__).with_name("tournament_presets")
"""The plans that come with the bot."""


@dataclass(frozen=True, slots=True)
class TournamentPreset:
    """A plan under a name; ``title`` by language."""

    name: str
    title: Mapping[str, str]
    plan: Plan


def load_plans(contests: Collection[str], folder: Path = SHIPPED) -> dict[str, TournamentPreset]:
    """All plans of a folder by name, in alphabetical order; ``contests``: the presets that a stage may name.

    Raises:
        PresetError: with every mistake of every file.
    """
    found: dict[str, TournamentPreset] = {}
    mistakes: list[Mistake] = []
    for path in sorted(folder.glob("*.toml")):
        reading = _Reading(path.name, contests)
        preset = reading.preset(path)
        mistakes += reading.mistakes
        if preset is not None:
            found[preset.name] = preset
    if mistakes:
        raise PresetError(tuple(mistakes))
    return found


class _Reading:
    """One file being read; mistakes are gathered, so that an organiser mends them all at once."""

    def __init__(self, file: str, contests: Collection[str]) -> None:
        self.file = file
        self.contests = contests
        self.mistakes: list[Mistake] = []

    def wrong(self, key: str, problem: str, value: object = None) -> None:
        self.mistakes.append(Mistake(self.file, key, problem, value))

    def preset(self, path: Path) -> TournamentPreset | None:
        """The preset, or None after mistakes."""
        try:
            data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as unreadable:
            self.wrong("", "unreadable", str(unreadable))
            return None
        title = self.title(data.pop("title", None), "title")
        tables = data.pop("stages", None)
        for key, value in data.items():
            self.wrong(key, "unknown", value)
        if not isinstance(tables, list) or not tables:
            self.wrong("stages", "missing" if not tables else "wrong_type", tables)
            return None
        stages = [self.stage(table, f"stages[{place}]") for place, table in enumerate(tables)]
        if self.mistakes:
            return None
        plan = Plan(tuple(stage for stage in stages if stage is not None))
        try:
            check_plan(plan)
        except PlanUnusable as refused:
            self.wrong(f"stages[{int(str(refused.params['stage'])) - 1}]", "unplayable", refused.params["problem"])
            return None
        return TournamentPreset(path.stem, title, plan)

    def title(self, data: object, key: str) -> dict[str, str]:
        """The title in every language."""
        if not isinstance(data, dict):
            self.wrong(key, "missing" if data is None else "wrong_type", data)
            return {}
        for language in LANGUAGES:
            if language in MAY_LACK and language not in data:
                continue
            if not isinstance(data.get(language), str) or not data[language].strip():
                self.wrong(f"{key}.{language}", "missing" if language not in data else "wrong_type", data.get(language))
        for language, text in data.items():
            if language not in LANGUAGES:
                self.wrong(f"{key}.{language}", "unknown", text)
        return data

    def stage(self, table: object, where: str) -> Stage | None:
        """One stage, each value checked; None after a mistake."""
        if not isinstance(table, dict):
            self.wrong(where, "wrong_type", table)
            return None
        values = dict(table)
        titles = self.title(values.pop("title", None), f"{where}.title")
        preset = values.pop("preset", None)
        if preset not in self.contests:
            self.wrong(f"{where}.preset", "missing" if preset is None else "not_one_of", preset)
        hints = hints_of(Stage)
        known = {field.name for field in dataclasses.fields(Stage)} - {"titles", "preset"}
        given: dict[str, Any] = {}
        for key, value in values.items():
            if key not in known:
                self.wrong(f"{where}.{key}", "unknown", value)
            else:
                given[key] = self.value(hints[key], value, f"{where}.{key}")
        if self.mistakes:
            return None
        return Stage(tuple(titles.items()), str(preset), **given)

    def value(self, hint: Any, value: object, key: str) -> Any:
        """One value as a stage wants it; None after a mistake."""
        if isinstance(hint, type) and issubclass(hint, StrEnum):
            if value in list(Drawing):
                return Drawing(str(value))
            self.wrong(key, "not_one_of", value)
        elif type(value) is not (bool if hint is bool else int):
            self.wrong(key, "wrong_type", value)
        else:
            return value
        return None
