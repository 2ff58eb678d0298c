"""Draws the charts of a bulletin: lying bars for units, whose names may be long; a line for months."""

from handlers.present.pictures.chart import ChartPicture
from handlers.present.pictures.colours import BAND, FAINT, GOLD, INK, RED, WHITE
from handlers.present.pictures.paper import Paper

_WIDTH = 1200
_SIDE = 60
_HEAD = 110
_BAR = 58
_NAME = 300
_VALUE = 170
_PLOT = 360


def draw(drawing: ChartPicture) -> Paper:
    """As high as the number of bars wants; a line has a fixed height."""
    lying = drawing.form == "bars"
    height = _HEAD + 40 + (len(drawing.labels) * _BAR if lying else _PLOT + 110)
    paper = Paper(_WIDTH, height, colour=WHITE)
    paper.text(_WIDTH / 2, 58, drawing.title, 36, weight="bold", align="center", width=_WIDTH - 2 * _SIDE)
    most = max((value for value in drawing.values if value > 0), default=1.0)
    (_bars if lying else _line)(paper, drawing, most)
    return paper


def _bars(paper: Paper, drawing: ChartPicture, most: float) -> None:
    left, room = _SIDE + _NAME + 20, _WIDTH - 2 * _SIDE - _NAME - 20 - _VALUE
    for number, (label, value, words) in enumerate(zip(drawing.labels, drawing.values, drawing.words, strict=True)):
        y = _HEAD + number * _BAR
        middle = y + _BAR / 2
        if number % 2 == 0:
            paper.box(_SIDE, y, _WIDTH - 2 * _SIDE, _BAR, fill=BAND)
        paper.text(_SIDE + _NAME, middle, label, 26, align="right", width=_NAME)
        wide = max(value, 0) / most * room
        if wide:
            paper.box(left, y + 12, wide, _BAR - 24, fill=RED)
        paper.text(left + wide + 14, middle, words, 24, colour=INK, width=_VALUE)


def _line(paper: Paper, drawing: ChartPicture, most: float) -> None:
    left, right, floor = _SIDE + 60, _WIDTH - _SIDE - 60, _HEAD + 40 + _PLOT
    steps = max(len(drawing.labels) - 1, 1)
    points = [
        (left + (right - left) * number / steps, floor - max(value, 0) / most * _PLOT)
        for number, value in enumerate(drawing.values)
    ]
    paper.line([(left - 40, floor), (right + 40, floor)], colour=FAINT, width=2)
    paper.line(points, colour=RED, width=5)
    for (x, y), label, words in zip(points, drawing.labels, drawing.words, strict=True):
        paper.box(x - 7, y - 7, 14, 14, fill=GOLD, corner=7)
        paper.text(x, y - 28, words, 22, align="center")
        paper.text(x, floor + 32, label, 22, colour=FAINT, align="center")
