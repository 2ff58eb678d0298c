"""Presets: rule sheets as data, one TOML file each.

A file has a title in each language, the rules of the whole contest, and one ``[[segments]]`` table a segment. Lengths
are seconds. What a file does not say has the engine's default; what it says and we do not know is a mistake.
"""

from __future__ import annotations

import dataclasses
import re
import tomllib
import typing
from collections.abc import Callable, Mapping
from datetime import timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

from quizzes.engine.errors import RulesUnusable
from quizzes.engine.frozen import dataclass
from quizzes.engine.lobby import check_rules
from quizzes.engine.questions import Kind
from quizzes.engine.rules import (
    AnySegment,
    BuzzerSegment,
    EveryoneSegment,
    JudgeRules,
    ProtestRules,
    RequiredSegment,
    RiskSegment,
    Rules,
    SpeechSegment,
)
from quizzes.preset_draws import SegmentDraw, read_draw

SHIPPED = Path(__file__).with_name("presets")
"""The presets that come with the bot."""

LANGUAGES = ("zh-CN", "zh-TW", "en")
MAY_LACK = frozenset({"zh-TW"})
"""What a title may be without: an office that writes files of its own need not write them in two scripts."""
_SEGMENTS: Mapping[str, type[AnySegment]] = {
    "buzzer": BuzzerSegment,
    "everyone": EveryoneSegment,
    "required": RequiredSegment,
    "risk": RiskSegment,
    "speech": SpeechSegment,
}
_LONGEST = timedelta(days=1)
_IN_ORDER = (
    "buzzer",
    "required",
    "everyone",
    "speed",
    "prelim",
    "final",
    "risk-10-20-30",
    "risk-10-30-50",
    "oral",
    "solo",
    "speech",
)
"""The shipped presets as they are offered: what is played most comes first."""


@dataclass(frozen=True, slots=True)
class Preset:
    """Rules under a name; ``title`` by language (``zh-CN``, ``zh-TW``, ``en``); ``draws``: which questions each segment takes."""

    name: str
    title: Mapping[str, str]
    rules: Rules
    draws: tuple[SegmentDraw, ...] = ()


def titles_of(presets: Mapping[str, Preset], name: str) -> dict[str, str]:
    """A preset's title by language; its name, where a preset of an old contest is there no more."""
    preset = presets.get(name)
    return dict.fromkeys(LANGUAGES, name) if preset is None else dict(preset.title)


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is wrong in a preset's file. ``key`` as in ``segments[0].answer``."""

    file: str
    key: str
    problem: str
    """``unreadable``, ``missing``, ``unknown``, ``wrong_type``, ``negative``, ``too_long``, ``not_one_of``,
    ``bad_name`` or ``unplayable``."""
    value: object = None


class PresetError(Exception):
    """Presets that cannot be used; ``params["mistakes"]`` names every mistake by file and key."""

    code: ClassVar[str] = "preset.unusable"

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        self.mistakes = mistakes
        self.params: dict[str, object] = {"mistakes": mistakes}
        super().__init__("; ".join(f"{m.file}: {m.key}: {m.problem}" for m in mistakes))


_NAME = re.compile(r"[^\s:/\\.]+")
_NAME_BYTES = 32


def all_presets(own: Path | None) -> dict[str, Preset]:
    """The programme's own presets in alphabetical order, then the shipped ones that no own one replaces by name.

    Raises:
        PresetError: with every mistake of every file of ``own``, or that there is no such folder.
    """
    shipped = _shipped()
    presets = load_presets(own) if own is not None else {}
    shown = sorted(shipped, key=lambda name: _IN_ORDER.index(name) if name in _IN_ORDER else len(_IN_ORDER))
    return presets | {name: shipped[name] for name in shown if name not in presets}


@cache
def _shipped() -> Mapping[str, Preset]:
    """Those that come with the bot do not change while it runs, and reading them is half of building a bot."""
    return load_presets()


def file_of(name: str, own: Path | None) -> Path | None:
    """The file of a preset: the programme's own one, else the one that comes with the bot; None: there is no such."""
    places = ([] if own is None else [own]) + [SHIPPED]
    if not _NAME.fullmatch(name):
        return None
    return next((folder / f"{name}.toml" for folder in places if (folder / f"{name}.toml").is_file()), None)


def load_presets(folder: Path = SHIPPED) -> dict[str, Preset]:
    """All presets of a folder by name (the file's name without ``.toml``), in alphabetical order.

    Raises:
        PresetError: with every mistake of every file.
    """
    presets: dict[str, Preset] = {}
    mistakes: list[Mistake] = []
    if not folder.is_dir():
        raise PresetError((Mistake(folder.name, "", "missing"),))
    for path in sorted(folder.glob("*.toml")):
        reading = _Reading(path.name)
        preset = reading.preset(path)
        mistakes += reading.mistakes
        if preset is not None:
            presets[preset.name] = preset
    if mistakes:
        raise PresetError(tuple(mistakes))
    return presets


_HINTS: dict[type[Any], Mapping[str, Any]] = {}


def hints_of(kind: type[Any]) -> Mapping[str, Any]:
    """The types of a dataclass's fields; to look them up is most of reading a file, so it is done once."""
    if kind not in _HINTS:
        _HINTS[kind] = typing.get_type_hints(kind)
    return _HINTS[kind]


class _Reading:
    """One file being read; mistakes are gathered, so that an organiser mends them all at once."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.mistakes: list[Mistake] = []

    def wrong(self, key: str, problem: str, value: object = None) -> None:
        self.mistakes.append(Mistake(self.file, key, problem, value))

    def preset(self, path: Path) -> Preset | None:
        """The preset, or None after mistakes."""
        try:
            data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as unreadable:
            self.wrong("", "unreadable", str(unreadable))
            return None
        if not _NAME.fullmatch(path.stem) or len(path.stem.encode()) > _NAME_BYTES:
            # It is typed after /contest and goes into buttons.
            self.wrong("", "bad_name", path.stem)
        title = self.title(data.pop("title", None))
        draws: list[SegmentDraw] = []
        segments = self.segments(data.pop("segments", None), draws)
        tie_break = data.pop("tie_break", None)
        tables = {name: data.pop(name) for name in ("judges", "protests") if name in data}
        given = self.fields(Rules, data, "", without={"segments", "tie_break", "judges", "protests"})
        given |= {name: self.table(name, value) for name, value in tables.items()}
        if tie_break is not None:
            given["tie_break"] = self.tie_break(tie_break)
        if self.mistakes:
            return None
        rules = Rules(segments=segments, **given)
        try:
            check_rules(rules)
        except RulesUnusable as refused:
            self.wrong(str(refused.params["field"]), "unplayable", refused.params["problem"])
            return None
        return Preset(path.stem, title, rules, tuple(draws))

    def title(self, data: object) -> dict[str, str]:
        """The title in every language."""
        if not isinstance(data, dict):
            self.wrong("title", "missing" if data is None else "wrong_type", data)
            return {}
        for language in LANGUAGES:
            if language in MAY_LACK and language not in data:
                continue
            if not isinstance(data.get(language), str) or not data[language].strip():
                self.wrong(f"title.{language}", "missing" if language not in data else "wrong_type", data.get(language))
        for language, text in data.items():
            if language not in LANGUAGES:
                self.wrong(f"title.{language}", "unknown", text)
        return data

    def segments(self, data: object, draws: list[SegmentDraw]) -> tuple[AnySegment, ...]:
        """The segments in their order; what each says about its questions goes to ``draws``."""
        if not isinstance(data, list) or not data:
            self.wrong("segments", "missing" if not data else "wrong_type", data)
            return ()
        made: list[AnySegment] = []
        for place, table in enumerate(data):
            where = f"segments[{place}]"
            if not isinstance(table, dict):
                self.wrong(where, "wrong_type", table)
                continue
            values = dict(table)
            name = values.pop("kind", None)
            kind = _SEGMENTS.get(name) if isinstance(name, str) else None
            if kind is None:
                self.wrong(f"{where}.kind", "missing" if name is None else "not_one_of", name)
                continue
            questions = values.get("questions", kind().questions)
            draws.append(read_draw(values, questions if type(questions) is int else None, f"{where}.", self.wrong))
            made.append(kind(**self.fields(kind, values, f"{where}.")))
        return tuple(made)

    def table(self, name: str, data: object) -> JudgeRules | ProtestRules | None:
        """The rules of the panel, or of protests."""
        if not isinstance(data, dict):
            self.wrong(name, "wrong_type", data)
            return None
        if name == "protests":
            return ProtestRules(**self.fields(ProtestRules, data, "protests."))
        values = dict(data)
        kinds, named = values.pop("kinds", []), values.pop("named", [])
        lists: dict[str, Any] = {}
        if isinstance(kinds, list):
            read = [self.one_of(Kind, kind, "judges.kinds") for kind in kinds]
            lists["kinds"] = tuple(kind for kind in read if kind is not None)
        else:
            self.wrong("judges.kinds", "wrong_type", kinds)
        if isinstance(named, list) and all(isinstance(one, str) and one.strip() for one in named):
            lists["named"] = tuple(one.strip() for one in named)
        else:
            self.wrong("judges.named", "wrong_type", named)
        return JudgeRules(**lists, **self.fields(JudgeRules, values, "judges.", without={"kinds", "named"}))

    def tie_break(self, data: object) -> BuzzerSegment | None:
        """Sudden death: the settings of a buzzer question."""
        if not isinstance(data, dict):
            self.wrong("tie_break", "wrong_type", data)
            return None
        return BuzzerSegment(**self.fields(BuzzerSegment, data, "tie_break.", without={"questions"}))

    def fields(
        self, kind: type[Any], data: Mapping[str, object], prefix: str, without: set[str] | None = None
    ) -> dict[str, Any]:
        """What a table says for a dataclass, each value checked; a value with a mistake is left out."""
        hints = hints_of(kind)
        known = {field.name for field in dataclasses.fields(kind)} - (without or set())
        values: dict[str, Any] = {}
        for key, value in data.items():
            if key not in known:
                self.wrong(prefix + key, "unknown", value)
                continue
            read = self.value(hints[key], value, prefix + key)
            if read is not None:
                values[key] = read
        return values

    def value(self, hint: Any, value: object, key: str) -> Any:
        """One value as the rules want it; None after a mistake."""
        if hint is timedelta:
            return self.length(value, key)
        if isinstance(hint, type) and issubclass(hint, StrEnum):
            return self.one_of(hint, value, key)
        if typing.get_origin(hint) is tuple:
            return self.numbers(value, key)
        wanted = bool if hint is bool else int
        if type(value) is not wanted:
            self.wrong(key, "wrong_type", value)
            return None
        return value

    def numbers(self, value: object, key: str) -> tuple[int, ...] | None:
        """A list of whole numbers."""
        if not isinstance(value, list) or any(type(one) is not int for one in value):
            self.wrong(key, "wrong_type", value)
            return None
        return tuple(value)

    def length(self, value: object, key: str) -> timedelta | None:
        """Seconds."""
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
            self.wrong(key, "wrong_type", value)
        elif value < 0:
            self.wrong(key, "negative", value)
        elif value > _LONGEST.total_seconds():
            self.wrong(key, "too_long", value)
        else:
            return timedelta(seconds=value)
        return None

    def one_of(self, kind: type[StrEnum], value: object, key: str) -> StrEnum | None:
        """One of the words that the rules know."""
        words: Callable[[object], StrEnum] = kind
        try:
            return words(value)
        except ValueError:
            self.wrong(key, "not_one_of", value)
            return None
