"""What other capabilities add to the points card, in words: a function for each ``name`` of ``study.card_sections``."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from handlers.texts import Texts
from study.card_sections import CardSection

SECTION_WORDS: Final[dict[str, Callable[[Sequence[dict[str, Any]], Texts], list[str]]]] = {}
"""HTML lines for the facts of a section, the first of them its heading."""


def section_lines(section: CardSection, t: Texts) -> list[str]:
    """A section of a card as HTML lines."""
    return SECTION_WORDS[section.name](section.facts, t)
