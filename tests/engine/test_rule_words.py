"""The rules in words: whatever changes in them changes the words, and every shipped sheet reads as its golden text."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from handlers.present.rule_sheet import chapters
from handlers.texts import texts
from quizzes.engine.questions import Kind
from quizzes.engine.rules import (
    BuzzerSegment,
    EveryoneSegment,
    FalseStart,
    JudgeRules,
    ProtestRules,
    RequiredSegment,
    RiskSegment,
    Rules,
    Seating,
    SpeechSegment,
    TeamScore,
)
from quizzes.presets import load_presets

GOLDEN = Path(__file__).with_name("rule_words")
SECOND = timedelta(seconds=1)
BUZZER = BuzzerSegment(reading=SECOND, false_start=FalseStart.FINED)
REQUIRED = RequiredSegment(passes_on=1, make_up=5)
EVERYONE = EveryoneSegment(team_score=TeamScore.BEST, speed_floor=50)
SEGMENTS = (BUZZER, EVERYONE, REQUIRED, RiskSegment(stakes=(10, 31)))
# Sudden death gives no points, so what a question is worth says nothing there.
WORTHLESS = {"questions", "right", "wrong", "fine", "own_points"}


def words(rules: Rules, language: str = "zh-CN") -> str:
    t = texts(language, ZoneInfo("Asia/Shanghai"))
    return "\n\n".join("\n".join([name, *lines]) for name, lines in chapters(rules, t))


def others(value: Any, name: str) -> list[Any]:
    """Other values that a key could have."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, StrEnum):
        return [word for word in type(value) if word is not value]
    if isinstance(value, timedelta):
        return [value + SECOND]
    if isinstance(value, tuple):
        return [(*value, 70)]
    if value is None:
        return [7]
    return [value + 3]


def changes(part: Any, without: set[str] = frozenset()) -> list[tuple[str, Any]]:  # type: ignore[assignment]
    """Every key of a part of the rules with every other value."""
    return [
        (field.name, value)
        for field in dataclasses.fields(part)
        if field.name not in without
        for value in others(getattr(part, field.name), field.name)
    ]


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("place", range(len(SEGMENTS)), ids=lambda place: type(SEGMENTS[place]).__name__)
def test_no_key_of_a_segment_is_silent(place: int, language: str) -> None:
    """Another number, word or switch in a segment is another text."""
    rules = Rules((SEGMENTS[place],))
    plain = words(rules, language)

    silent = [
        (key, value)
        for key, value in changes(SEGMENTS[place])
        if words(Rules((dataclasses.replace(SEGMENTS[place], **{key: value}),)), language) == plain
        # Where there is no press, whoever may answer and whoever pressed are the same people.
        and not (key == "answerer" and value == "presser")
    ]

    assert silent == []


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_no_key_of_the_whole_is_silent(language: str) -> None:
    """The same for what holds for the contest, with and without sudden death."""
    rules = Rules((BUZZER,), bench_most=1, tie_break=BUZZER)
    plain = words(rules, language)

    changed = [
        dataclasses.replace(rules, **{key: value})
        for key, value in changes(rules, {"segments", "tie_break", "seating", "judges", "protests"})
    ]
    changed += [dataclasses.replace(rules, seating=seating) for seating in (Seating.FIXED, Seating.INDIVIDUALS)]
    changed += [dataclasses.replace(rules, tie_break=None), dataclasses.replace(rules, protests=ProtestRules())]
    changed += [
        dataclasses.replace(rules, tie_break=dataclasses.replace(BUZZER, **{key: value}))
        for key, value in changes(BUZZER, WORTHLESS)
    ]

    assert [other for other in changed if words(other, language) == plain] == []


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_no_key_of_judges_and_protests_is_silent(language: str) -> None:
    """The same for how the panel agrees and how a ruling is protested against."""
    judges, protests = JudgeRules(kinds=(Kind.ORAL,)), ProtestRules()
    rules = Rules((BUZZER,), judges=judges, protests=protests)
    plain = words(rules, language)

    changed = [
        dataclasses.replace(rules, judges=dataclasses.replace(judges, **{key: value}))
        for key, value in [*changes(judges, {"kinds", "named"}), ("kinds", (Kind.FILL_IN,)), ("named", ("陈国栋",))]
    ]
    changed += [
        dataclasses.replace(rules, protests=dataclasses.replace(protests, **{key: value}))
        for key, value in changes(protests)
    ]
    changed.append(dataclasses.replace(rules, protests=None))

    assert [other for other in changed if words(other, language) == plain] == []


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_no_key_of_a_speech_is_silent(language: str) -> None:
    """And for speeches, which ask no questions."""
    speech = SpeechSegment()
    plain = words(Rules((speech,)), language)

    silent = [
        key
        for key, value in changes(speech, {"questions"})
        if words(Rules((dataclasses.replace(speech, **{key: value}),)), language) == plain
    ]

    assert silent == []


@pytest.mark.parametrize("name", sorted(load_presets()))
def test_shipped_sheets_read_as_expected(name: str) -> None:
    """The golden texts were read by a person; a change in the rules or in the words shows up here."""
    rules = load_presets()[name].rules

    assert words(rules) + "\n" == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
