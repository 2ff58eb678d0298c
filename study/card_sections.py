"""What other capabilities add to the points card: the gaps of a quota, a year's lectures.

A capability's function is passed to the card in ``bot/services.py``; the words for its ``name`` stand in
``handlers.present.card_sections.SECTION_WORDS``.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from quizzes.part import Part
from storage import Tx
from storage.people import Person


class CardSection(Part):
    """A part of a card: ``name`` says whose words it takes, ``facts`` is what they say (JSON's own types)."""

    name: str
    facts: tuple[dict[str, Any], ...]


Adding = Callable[[Tx, Person, datetime], Iterable[CardSection]]
"""What a capability adds to somebody's card at a moment; one that is switched off adds nothing."""
