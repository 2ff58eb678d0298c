"""Draws a specimen."""

from handlers.present.pictures.paper import Paper
from handlers.present.pictures.specimen import Specimen


def draw(drawing: Specimen) -> Paper:
    """The text in the middle of a sheet, as large as it fits."""
    paper = Paper(800, 120, colour="#ffffff")
    paper.text(400, 60, drawing.text, 48, colour="#000000", align="center", width=760)
    return paper
