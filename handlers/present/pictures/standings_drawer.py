"""Draws standings: a red head, a podium for the first three, the others as a table; two columns when there are many."""

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
from handlers.present.pictures.standings import Line, StandingsPicture

_WIDTH = 1080
_WIDE = 1620
"""Telegram shrinks a photo's longer side to 1280 pixels: many teams are better drawn wide than high."""
_HEAD = 250
_ROW = 92
_SMALL_ROW = 62
_SIDE = 48
_MANY = 16
"""From so many teams on, those behind the first three stand in two columns."""
_METALS = {1: GOLD, 2: SILVER, 3: BRONZE}
_UP, _DOWN = "#2e7d4f", "#9a4a42"


def draw(drawing: StandingsPicture) -> Paper:
    """As high as the number of teams wants."""
    first = [line for line in drawing.lines if line.rank <= 3][:8]
    rest = list(drawing.lines[len(first) :])
    columns = 2 if len(rest) > _MANY else 1
    rows = -(-len(rest) // columns)
    small = _SMALL_ROW if columns == 2 else _ROW
    height = _HEAD + 36 + len(first) * (_ROW + 28) + rows * small + (20 if rest else 0) + 76
    paper = Paper(_WIDE if columns == 2 else _WIDTH, height, colour=PAPER)
    _head(paper, drawing)
    y = float(_HEAD + 36)
    for line in first:
        _leader(paper, line, y)
        y += _ROW + 28
    y += 20 if rest else 0
    width = (paper.width - 2 * _SIDE - (columns - 1) * 24) / columns
    for number, line in enumerate(rest):
        column, row = divmod(number, rows)
        x = _SIDE + column * (width + 24)
        if row % 2 == 0:
            paper.box(x, y + row * small, width, small, fill=BAND, corner=10)
        _row(paper, line, x, y + (row + 0.5) * small, width, narrow=columns == 2)
    if drawing.note:
        paper.text(paper.width / 2, height - 42, drawing.note, 22, colour=FAINT, align="center")
    return paper


def _head(paper: Paper, drawing: StandingsPicture) -> None:
    paper.box(0, 0, paper.width, _HEAD, fill=RED)
    paper.box(0, _HEAD - 10, paper.width, 10, fill=GOLD)
    wide = paper.width - 2 * _SIDE
    paper.text(paper.width / 2, 56, drawing.over, 30, colour=PALE_GOLD, align="center", width=wide)
    paper.text(paper.width / 2, 124, drawing.title, 62, weight="bold", colour=WHITE, align="center", width=wide)
    paper.text(paper.width / 2, 196, drawing.below, 28, colour=PALE_GOLD, align="center", width=wide)


def _leader(paper: Paper, line: Line, y: float) -> None:
    metal = _METALS[line.rank]
    height = _ROW + 12
    paper.box(_SIDE, y, paper.width - 2 * _SIDE, height, fill=WHITE, edge=metal, line=3, corner=18)
    paper.box(_SIDE, y, 104, height, fill=metal, corner=18)
    paper.box(_SIDE + 84, y, 20, height, fill=metal)
    middle = y + height / 2
    paper.text(_SIDE + 52, middle, str(line.rank), 56, weight="bold", colour=WHITE, align="center")
    right = paper.width - _SIDE - 28
    left = _SIDE + 132
    _moved(paper, line, right - 190, middle, 26)
    paper.text(right, middle, line.score, 52, weight="bold", colour=DARK_RED, align="right", width=150)
    _name(paper, line, left, middle, right - 250 - left, 40, 22)


def _row(paper: Paper, line: Line, x: float, middle: float, width: float, *, narrow: bool) -> None:
    size = 26 if narrow else 32
    rank = 56 if narrow else 84
    paper.text(x + rank / 2 + 6, middle, str(line.rank), size, weight="medium", colour=FAINT, align="center")
    score = 84 if narrow else 150
    right = x + width - 16
    moved = 58 if narrow else 90
    paper.text(right, middle, line.score, size + 2, weight="bold", colour=INK, align="right", width=score)
    _moved(paper, line, right - score - 10, middle, size - 6)
    left = x + rank + 12
    _name(paper, line, left, middle, right - score - moved - left, size, 0 if narrow else 19)


def _name(paper: Paper, line: Line, x: float, middle: float, width: float, size: float, detail: float) -> None:
    """The name, if need be in two smaller lines; the detail below a name of one line."""
    shown, fitting = paper.laid(line.name, size, width, 2, "medium")
    if len(shown) == 1 and detail and line.detail:
        paper.text(x, middle - size * 0.42, shown[0], fitting, weight="medium")
        paper.text(x, middle + size * 0.62, line.detail, detail, colour=FAINT, width=width)
        return
    step = fitting * 1.3
    for number, part in enumerate(shown):
        paper.text(x, middle + (number - (len(shown) - 1) / 2) * step, part, fitting, weight="medium")


def _moved(paper: Paper, line: Line, right: float, middle: float, size: float) -> None:
    if line.moved:
        arrow, colour = ("▲", _UP) if line.moved > 0 else ("▼", _DOWN)
        paper.text(right, middle, f"{arrow}{abs(line.moved)}", size, colour=colour, align="right")
