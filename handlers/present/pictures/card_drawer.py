"""Draws a points card: a red head with the name, three sums, the rules with their caps as bars, the newest entries."""

from handlers.present.pictures.card import CardPicture, CardRow
from handlers.present.pictures.colours import BAND, DARK_RED, FAINT, GOLD, INK, PALE_GOLD, PAPER, RED, WHITE
from handlers.present.pictures.paper import Paper

_WIDTH = 1080
_HEAD = 210
_SUMS = 150
_TITLE = 64
_ROW = 84
_SIDE = 48


def draw(drawing: CardPicture) -> Paper:
    """As high as the number of lines wants."""
    blocks = [(drawing.rules_title, drawing.rules), (drawing.entries_title, drawing.entries)]
    height = _HEAD + _SUMS + sum(_TITLE + len(rows) * _ROW for _, rows in blocks if rows) + 84
    paper = Paper(_WIDTH, height, colour=PAPER)
    wide = _WIDTH - 2 * _SIDE
    paper.box(0, 0, _WIDTH, _HEAD, fill=RED)
    paper.box(0, _HEAD - 10, _WIDTH, 10, fill=GOLD)
    paper.text(_WIDTH / 2, 44, drawing.over, 28, colour=PALE_GOLD, align="center", width=wide)
    paper.text(_WIDTH / 2, 108, drawing.name, 58, weight="bold", colour=WHITE, align="center", width=wide)
    paper.text(_WIDTH / 2, 170, drawing.unit, 28, colour=PALE_GOLD, align="center", width=wide)
    column = wide / max(1, len(drawing.sums))
    for number, (label, points) in enumerate(drawing.sums):
        x = _SIDE + (number + 0.5) * column
        paper.text(x, _HEAD + 58, points, 52, weight="bold", colour=DARK_RED, align="center", width=column - 20)
        paper.text(x, _HEAD + 112, label, 24, colour=FAINT, align="center", width=column - 20)
    y = float(_HEAD + _SUMS)
    for title, rows in blocks:
        if rows:
            paper.text(_SIDE, y + _TITLE / 2, title, 30, weight="bold", colour=DARK_RED, width=wide)
            y = _rows(paper, rows, y + _TITLE, wide)
    paper.text(_WIDTH / 2, height - 42, drawing.note, 22, colour=FAINT, align="center", width=wide)
    return paper


def _rows(paper: Paper, rows: tuple[CardRow, ...], y: float, wide: float) -> float:
    for number, row in enumerate(rows):
        if number % 2 == 0:
            paper.box(_SIDE, y, wide, _ROW, fill=BAND, corner=10)
        middle, left = y + _ROW / 2, _SIDE + 20
        room = wide - 220
        paper.text(left, middle - (16 if row.note else 0), row.what, 30, weight="medium", colour=INK, width=room)
        if row.note:
            paper.text(left, middle + 20, row.note, 20, colour=FAINT, width=room)
        paper.text(_SIDE + wide - 20, middle, row.points, 36, weight="bold", colour=INK, align="right", width=150)
        if row.full is not None:
            paper.box(left, y + _ROW - 10, room, 5, fill=PALE_GOLD)
            if row.full > 0:
                paper.box(left, y + _ROW - 10, room * min(1.0, row.full), 5, fill=GOLD)
        y += _ROW
    return y
