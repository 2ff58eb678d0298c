"""What other capabilities add to the points card: the gaps of a quota, a year's lectures.

A capability appends a function to ``SECTIONS`` and a presenter for its ``kind`` to
``handlers.present.card_sections.SECTION_WORDS``.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Final

from quizzes.part import Part
from storage import Tx
from storage.people import Person


class CardSection(Part):
    """A part of a card: ``name`` says whose words it takes, ``facts`` is what they say (JSON's own types)."""

    name: str
    facts: tuple[dict[str, Any], ...]


SECTIONS: Final[list[Callable[[Tx, Person, datetime], Iterable[CardSection]]]] = []
"""Asked in this order for every card; a capability that is switched off gives nothing."""
