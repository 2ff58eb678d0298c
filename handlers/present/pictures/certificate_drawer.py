"""Draws certificates: red and gold on warm paper, a double frame with corners, a seal-like medal for the place."""

import math

from matplotlib.patches import Circle, Polygon

from handlers.present.pictures.certificate import Certificate
from handlers.present.pictures.colours import BRONZE, DARK_RED, FAINT, GOLD, INK, PALE_GOLD, PAPER, RED, SILVER
from handlers.present.pictures.paper import Paper

_WIDTH, _HEIGHT = 1169, 827  # A4 at a hundred dots an inch
_MARGIN = 150
"""How far the texts keep from the edge."""
_METALS = {1: GOLD, 2: SILVER, 3: BRONZE}


def draw(drawing: Certificate) -> Paper:
    """The certificate on a sheet of its own."""
    paper = Paper(_WIDTH, _HEIGHT, colour=PAPER, scale=2)
    _frame(paper)
    _medal(paper, _WIDTH - 222, 172, _METALS.get(drawing.place, RED))
    if drawing.upright:
        _chinese(paper, drawing)
    else:
        _centred(paper, drawing)
    return paper


def _frame(paper: Paper) -> None:
    paper.box(28, 28, _WIDTH - 56, _HEIGHT - 56, edge=RED, line=10)
    paper.box(44, 44, _WIDTH - 88, _HEIGHT - 88, edge=GOLD, line=3)
    paper.box(58, 58, _WIDTH - 116, _HEIGHT - 116, edge=GOLD, line=1.2)
    for x, dx in ((58, 1), (_WIDTH - 58, -1)):
        for y, dy in ((58, 1), (_HEIGHT - 58, -1)):
            _corner(paper, x, y, dx, dy)


def _corner(paper: Paper, x: float, y: float, dx: int, dy: int) -> None:
    """The angular scroll of Chinese frames, turned towards the middle."""

    def at(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return [(x + dx * right, y + dy * down) for right, down in points]

    paper.line(at((0, 84), (26, 84), (26, 26), (84, 26), (84, 0)), colour=RED, width=4)
    paper.line(at((12, 62), (12, 12), (62, 12)), colour=GOLD, width=3)
    paper.line(at((40, 66), (40, 40), (66, 40), (66, 54), (54, 54)), colour=RED, width=4)


def _medal(paper: Paper, x: float, y: float, colour: str) -> None:
    """A rosette with two ribbons; the place stands in words, so it bears a star only."""
    axes = paper.axes
    for side in (-1, 1):
        ribbon = [(x + side * 6, y + 30), (x + side * 44, y + 30), (x + side * 52, y + 112)]
        ribbon += [(x + side * 32, y + 97), (x + side * 14, y + 114)]
        axes.add_patch(Polygon(ribbon, closed=True, facecolor=DARK_RED, edgecolor="none"))
    petals = []
    for step in range(72):
        radius = 62 if step % 2 else 55
        petals.append((x + radius * math.sin(step * math.pi / 36), y - radius * math.cos(step * math.pi / 36)))
    axes.add_patch(Polygon(petals, closed=True, facecolor=colour, edgecolor="none"))
    axes.add_patch(Circle((x, y), 46, facecolor=PAPER, edgecolor="none"))
    axes.add_patch(Circle((x, y), 42, facecolor=colour, edgecolor="none"))
    star = []
    for step in range(10):
        radius = 27 if step % 2 == 0 else 11
        star.append((x + radius * math.sin(step * math.pi / 5), y - radius * math.cos(step * math.pi / 5)))
    axes.add_patch(Polygon(star, closed=True, facecolor=PAPER, edgecolor="none"))


def _chinese(paper: Paper, drawing: Certificate) -> None:
    """Heading in the middle, the winner addressed at the left margin, the deed indented, office and date at the right."""
    inner = _WIDTH - 2 * _MARGIN
    paper.text(_WIDTH / 2, 170, "　".join(drawing.heading), 104, weight="bold", colour=RED, align="center", width=520)
    paper.line([(_WIDTH / 2 - 170, 248), (_WIDTH / 2 + 170, 248)], colour=PALE_GOLD, width=2)
    y = paper.paragraph(_MARGIN, 316, drawing.winner, 46, width=inner, lines=2, weight="bold")
    if drawing.members:
        y = paper.paragraph(_MARGIN, y, drawing.members, 24, width=inner, lines=2, colour=FAINT)
    y = paper.paragraph(_MARGIN + 64, max(y + 10, 440), drawing.deed, 30, width=inner - 64, lines=2)
    # Long names and events push the prize down, as far as the foot lets it.
    prize = min(max(y + 32, 556), 624)
    paper.text(_WIDTH / 2, prize, drawing.prize, 74, weight="bold", colour=RED, align="center", width=inner)
    paper.text(_MARGIN + 64, prize + 66, drawing.close, 28, width=300)
    _foot(paper, drawing)


def _centred(paper: Paper, drawing: Certificate) -> None:
    """Everything in the middle, line below line."""
    middle, inner = _WIDTH / 2, _WIDTH - 2 * _MARGIN
    paper.text(middle, 168, drawing.heading, 58, weight="bold", colour=RED, align="center", width=540)
    paper.line([(middle - 170, 222), (middle + 170, 222)], colour=PALE_GOLD, width=2)
    paper.text(middle, 282, drawing.close, 26, colour=FAINT, align="center", width=560)
    y = paper.paragraph(middle, 352, drawing.winner, 52, width=inner, lines=2, weight="bold", align="center")
    if drawing.members:
        paper.paragraph(middle, y, drawing.members, 24, width=inner, lines=2, colour=FAINT, align="center")
    paper.text(middle, 514, drawing.prize, 66, weight="bold", colour=RED, align="center", width=inner)
    paper.paragraph(middle, 590, drawing.deed, 28, width=inner, lines=2, align="center")
    _foot(paper, drawing)


def _foot(paper: Paper, drawing: Certificate) -> None:
    right = _WIDTH - _MARGIN - 20
    paper.text(right, 694, drawing.issuer, 28, weight="medium", align="right", width=480)
    paper.text(right, 738, drawing.date, 26, colour=INK, align="right", width=620)
