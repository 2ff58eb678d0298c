"""Draws a bracket: a red head, a column a round (two or more for a round of many bouts), the podium at the end."""

from dataclasses import dataclass

from handlers.present.pictures.bracket import Box, BracketPicture, Column, Team
from handlers.present.pictures.colours import (
    BAND,
    BRONZE,
    DARK_RED,
    FAINT,
    GOLD,
    INK,
    PALE_GOLD,
    PAPER,
    RED,
    SILVER,
    WHITE,
)
from handlers.present.pictures.paper import Paper

_HEAD = 170
_MARGIN = 36
_WIDTH = 380
_GAP = 44
_TITLE = 76
_BOX_HEAD = 44
_ROW = 46
_BOX_FOOT = 8
_BOX_GAP = 22
_HIGHEST = 1500
"""A column higher than this stands in two or more beside each other: Telegram shrinks a photo's longer side to 1280 pixels."""
_FOOT = 60
_METALS = {1: GOLD, 2: SILVER, 3: BRONZE}


@dataclass(frozen=True)
class _Strip:
    """A part of a round that stands in one column; only the first has the heading."""

    column: Column
    boxes: tuple[Box, ...]
    first: bool


def draw(drawing: BracketPicture) -> Paper:
    """As wide as the rounds want, as high as the highest of them."""
    strips = [strip for column in drawing.columns for strip in _strips(column)]
    podium = drawing.podium[:8]
    height_of_podium = _BOX_HEAD + len(podium) * (_ROW + 22) if podium else 0
    highest = max([*(_height(strip.boxes) for strip in strips), height_of_podium, 180])
    columns = len(strips) + bool(podium)
    width = max(960, 2 * _MARGIN + columns * _WIDTH + (columns - 1) * _GAP)
    paper = Paper(width, _HEAD + _TITLE + highest + _FOOT + 24, colour=PAPER)
    _head(paper, drawing)
    x = float(_MARGIN) + (width - 2 * _MARGIN - columns * _WIDTH - (columns - 1) * _GAP) / 2
    for number, strip in enumerate(strips):
        if strip.first:
            paper.text(x, _HEAD + 34, strip.column.title, 30, weight="bold", colour=DARK_RED, width=_WIDTH)
            paper.text(x, _HEAD + 64, strip.column.below, 18, colour=FAINT, width=_WIDTH)
        if strip.first and number:
            paper.line(
                [(x - _GAP / 2, _HEAD + 24), (x - _GAP / 2, _HEAD + _TITLE + highest)], colour=PALE_GOLD, width=2
            )
        y = _HEAD + _TITLE + (highest - _height(strip.boxes)) / 2 if len(strip.boxes) == 1 else _HEAD + _TITLE + 10.0
        for box in strip.boxes:
            y = _bout(paper, box, x, y)
        x += _WIDTH + _GAP
    if podium:
        _podium(paper, drawing.podium_title, podium, x, _HEAD + _TITLE + (highest - height_of_podium) / 2)
    paper.text(width / 2, paper.height - 34, drawing.note, 20, colour=FAINT, align="center", width=width - 2 * _MARGIN)
    return paper


def _strips(column: Column) -> list[_Strip]:
    """The boxes of a round in as few columns as are not too high."""
    parts = max(1, -(-_height(column.boxes) // _HIGHEST))
    each = max(1, -(-len(column.boxes) // int(parts)))
    starts = range(0, max(1, len(column.boxes)), each)
    return [_Strip(column, column.boxes[start : start + each], start == 0) for start in starts]


def _height(boxes: tuple[Box, ...]) -> float:
    return sum(_BOX_HEAD + len(box.teams) * _ROW + _BOX_FOOT + _BOX_GAP for box in boxes)


def _head(paper: Paper, drawing: BracketPicture) -> None:
    paper.box(0, 0, paper.width, _HEAD - 14, fill=RED)
    paper.box(0, _HEAD - 22, paper.width, 8, fill=GOLD)
    wide = paper.width - 2 * _MARGIN
    paper.text(paper.width / 2, 40, drawing.over, 24, colour=PALE_GOLD, align="center", width=wide)
    paper.text(paper.width / 2, 98, drawing.title, 50, weight="bold", colour=WHITE, align="center", width=wide)


def _bout(paper: Paper, box: Box, x: float, y: float) -> float:
    height = _BOX_HEAD + len(box.teams) * _ROW + _BOX_FOOT
    paper.box(
        x, y, _WIDTH, height, fill=WHITE, edge=RED if box.live else PALE_GOLD, line=3 if box.live else 2, corner=12
    )
    middle = y + _BOX_HEAD / 2
    paper.text(x + 16, middle, box.title, 20, weight="bold", colour=DARK_RED, width=150)
    paper.text(
        x + _WIDTH - 16, middle, box.state, 18, colour=RED if box.live else FAINT, align="right", width=_WIDTH - 190
    )
    for number, team in enumerate(box.teams):
        _team(paper, team, x, y + _BOX_HEAD + number * _ROW)
    return y + height + _BOX_GAP


def _team(paper: Paper, team: Team, x: float, y: float) -> None:
    if team.through:
        paper.box(x + 4, y + 2, _WIDTH - 8, _ROW - 6, fill=BAND, corner=8)
        paper.box(x + 4, y + 2, 6, _ROW - 6, fill=GOLD)
    middle = y + _ROW / 2
    colour = FAINT if team.out else INK
    right = x + _WIDTH - 16
    tail = team.score or team.mark
    wide = paper.measure(tail, 24, "bold") if tail else 0
    weight = "bold" if team.through else "regular"
    paper.text(x + 22, middle, team.name, 24, weight=weight, colour=colour, width=_WIDTH - 60 - min(wide, 110))
    if tail:
        size = 24 if team.score else 18
        ink = DARK_RED if team.through else colour
        paper.text(right, middle, tail, size, weight=weight, colour=ink, align="right", width=110)


def _podium(paper: Paper, title: str, podium: tuple[tuple[int, str], ...], x: float, y: float) -> None:
    paper.text(x, y + 12, title, 28, weight="bold", colour=DARK_RED, width=_WIDTH)
    y += _BOX_HEAD
    for place, name in podium:
        metal = _METALS.get(place)
        paper.box(x, y, _WIDTH, _ROW + 14, fill=WHITE, edge=metal or PALE_GOLD, line=3, corner=12)
        paper.box(x, y, 64, _ROW + 14, fill=metal or FAINT, corner=12)
        paper.text(x + 32, y + (_ROW + 14) / 2, str(place), 30, weight="bold", colour=WHITE, align="center")
        paper.text(x + 80, y + (_ROW + 14) / 2, name, 28, weight="bold", width=_WIDTH - 96)
        y += _ROW + 22
