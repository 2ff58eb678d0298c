"""The parts of a programme in words that need no programmer: a title and a function a part.

Another capability adds its part to ``PART_WORDS``. A part that is not there shows the titles of its tables.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final

from handlers.present.happenings import happening_words
from handlers.present.programme_claims import claims_lines, ideas_lines
from handlers.present.programme_rounds import daily_lines, rounds_lines
from handlers.present.programme_sessions import menu_lines, notes_lines, rollcall_lines, series_lines
from handlers.present.programme_who import who_words
from handlers.present.programme_works import forms_lines, quotas_lines, surveys_lines, works_lines
from handlers.texts import N_, Texts
from quizzes.engine.frozen import dataclass
from study.programme import Programme
from study.programme.points import Caps
from study.programme.whole import PARTS
from study.programme.words import Part, Title


@dataclass(frozen=True, slots=True)
class PartWords:
    """What a part is called (marked with ``N_``), and its plain lines."""

    title: str
    lines: Callable[[Programme, Texts], list[str]]


_VISIBLE = {
    "private": N_("Ranks: everybody sees only their own place."),
    "unit": N_("Ranks: everybody sees the list of their own unit."),
    "everyone": N_("Ranks: everybody sees all lists."),
}
_CAPS = {
    "day": N_("at most {n} a day"),
    "week": N_("at most {n} a week"),
    "month": N_("at most {n} a month"),
    "year": N_("at most {n} a year"),
}


def _header(programme: Programme, t: Texts) -> list[str]:
    header = programme.header
    lines = [header.about.within(t.language)] if header.about is not None else []
    lines += [
        t("Cohort “{title}”: {who}", title=cohort.title.within(t.language), who=who_words(cohort.who, programme, t))
        for cohort in header.cohorts
    ]
    lines.append(t(_VISIBLE[header.ranks.visible]))
    if not header.reminders.enabled:
        lines.append(t("No reminders are sent."))
    elif header.reminders.days == "workdays":
        lines.append(t("Reminders: on workdays at {time}.", time=f"{header.reminders.at:%H:%M}"))
    else:
        lines.append(t("Reminders: at {time}, on the days that are set.", time=f"{header.reminders.at:%H:%M}"))
    return lines


def _points(programme: Programme, t: Texts) -> list[str]:
    lines = []
    for rule in programme.points.rules:
        points = f"+{rule.points}" if rule.points > 0 else str(rule.points)
        worth = t("{points} for each", points=points) if rule.each else points
        said = [worth, *_caps(rule.caps, t)]
        lines.append(
            t(
                "{title}: {worth}, for: {what}",
                title=rule.title.within(t.language),
                worth=t(", ").join(said),
                what=happening_words(rule, t),
            )
        )
    caps = _caps(programme.points.caps, t)
    if caps:
        lines.append(t("All rules together: {caps}", caps=t(", ").join(caps)))
    return lines


def _caps(caps: Caps, t: Texts) -> list[str]:
    return [t(words, n=most) for name, words in _CAPS.items() if (most := getattr(caps, name)) is not None]


PART_WORDS: Final[dict[str, PartWords]] = {
    "header": PartWords(N_("The programme"), _header),
    "points": PartWords(N_("Points"), _points),
    "rounds": PartWords(N_("Rounds of study, speech and evaluation"), rounds_lines),
    "daily": PartWords(N_("Question of the day"), daily_lines),
    "forms": PartWords(N_("Forms and checklists"), forms_lines),
    "surveys": PartWords(N_("Surveys"), surveys_lines),
    "series": PartWords(N_("Lectures, classes, meetings"), series_lines),
    "menu": PartWords(N_("The menu"), menu_lines),
    "rollcall": PartWords(N_("Roll call and make-up"), rollcall_lines),
    "notes": PartWords(N_("Study notes"), notes_lines),
    "works": PartWords(N_("Works and plans"), works_lines),
    "quotas": PartWords(N_("Quotas"), quotas_lines),
    "claims": PartWords(N_("Items to take on"), claims_lines),
    "ideas": PartWords(N_("Golden ideas"), ideas_lines),
    "reports": PartWords(N_("Reports and bulletins"), lambda programme, t: list(_titles(programme.reports, t))),
}
"""One line a part; others add theirs."""


def parts_of(programme: Programme) -> tuple[str, ...]:
    """The parts that are switched on, the programme itself first."""
    return tuple(part for part in PARTS if part == "header" or programme.has(part))


def part_title(part: str, t: Texts) -> str:
    """What a part is called; plain words."""
    words = PART_WORDS.get(part)
    return part if words is None else t(words.title)


def part_lines(programme: Programme, part: str, t: Texts) -> list[str]:
    """A part in plain lines."""
    words = PART_WORDS.get(part)
    if words is not None:
        return words.lines(programme, t)
    return list(_titles(getattr(programme, part), t))


def _titles(table: Part, t: Texts) -> Iterator[str]:
    for name in type(table).model_fields:
        value: Any = getattr(table, name)
        for one in value if isinstance(value, tuple) else (value,):
            title = getattr(one, "title", None)
            if isinstance(title, Title):
                yield title.within(t.language)
