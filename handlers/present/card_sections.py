"""What other capabilities add to the points card, in words: a function for each ``name`` of ``study.card_sections``."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from handlers.present.works import quota_lines
from handlers.texts import N_, Texts, bold, escape
from study.card_sections import CardSection
from study.programme.words import Title
from study.work_views import QuotaView


def _quotas(facts: Sequence[dict[str, Any]], t: Texts) -> list[str]:
    return [line for fact in facts for line in quota_lines(QuotaView.model_validate(fact), t)]


def _attendance(facts: Sequence[dict[str, Any]], t: Texts) -> list[str]:
    found = facts[0]
    due = sum(value for key, value in found.items() if key != "year")
    there = found.get("present", 0) + found.get("late", 0)
    heading = bold(t.html("Attendance {year}", year=found["year"]))
    line = t.html(
        "Due {due}, there {there} (late {late}), made up {make_up}, on leave {leave}, absent {absent}",
        due=due,
        there=there,
        late=found.get("late", 0),
        make_up=found.get("make_up", 0),
        leave=found.get("leave", 0),
        absent=found.get("absent", 0),
    )
    return [heading, line]


def _works(facts: Sequence[dict[str, Any]], t: Texts) -> list[str]:
    lines: list[str] = [bold(t.html("Works under way"))]
    for fact in facts:
        state = N_("sent back") if fact["returned"] else _PHASES[fact["phase"]]
        kind, title = Title(fact["kind"]).within(t.language), fact["title"]
        lines.append(escape(t("• {name}: {state}", name=f"{kind} {title}".strip(), state=t(state))))
    return lines


_PHASES: Final = {"writing": N_("being written"), "review": N_("under review")}
SECTION_WORDS: Final[dict[str, Callable[[Sequence[dict[str, Any]], Texts], list[str]]]] = {
    "quotas": _quotas,
    "attendance": _attendance,
    "works": _works,
}
"""HTML lines for the facts of a section, the first of them its heading."""


def section_lines(section: CardSection, t: Texts) -> list[str]:
    """A section of a card as HTML lines."""
    return SECTION_WORDS[section.name](section.facts, t)
