"""What other capabilities add to the points card, in words: a function for each ``name`` of ``study.card_sections``."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from handlers.present.works import quota_lines
from handlers.texts import Texts
from study.card_sections import CardSection
from study.work_views import QuotaView


def _quotas(facts: Sequence[dict[str, Any]], t: Texts) -> list[str]:
    quotas = [QuotaView.model_validate(fact) for fact in facts]
    return [line for quota in quotas for line in quota_lines(quota, t)]


SECTION_WORDS: Final[dict[str, Callable[[Sequence[dict[str, Any]], Texts], list[str]]]] = {"quota": _quotas}
"""HTML lines for the facts of a section, the first of them its heading."""


def section_lines(section: CardSection, t: Texts) -> list[str]:
    """A section of a card as HTML lines."""
    return SECTION_WORDS[section.name](section.facts, t)
