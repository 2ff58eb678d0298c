"""What is shown of the menu: data without words."""

from datetime import date
from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from study.programme.words import Title
from study.views import View


class WishLine(BaseModel):
    """Something on the menu. ``title`` is the programme's for an offer; ``mine``: the reader has voted for it."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    id: int
    title: Title
    lecturer: str
    is_offer: bool
    votes: int
    mine: bool


class MenuCard(View):
    """The menu, what has most votes first. ``left``: how many votes the reader has left (``None``: as many as they like)."""

    kind: ClassVar[str] = "menu.card"
    page: int
    pages: int
    total: int
    first: int
    wishes: tuple[WishLine, ...]
    left: int | None
    may_vote: bool
    may_wish: bool
    is_organiser: bool
    has_rota: bool


class WishSheet(View):
    """For an organiser: one thing on the menu, to be planned or taken off."""

    kind: ClassVar[str] = "menu.wish"
    wish: WishLine
    page: int


class TurnLine(BaseModel):
    """One who lectures in turn: how often so far, when last."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    number: int
    title: Title
    lecturer: str
    turns: int
    last: date | None
    is_next: bool


class RotaCard(View):
    """Whose turn it is to lecture."""

    kind: ClassVar[str] = "menu.rota"
    turns: tuple[TurnLine, ...]
    is_organiser: bool
