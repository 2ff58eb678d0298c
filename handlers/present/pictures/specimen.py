"""A line of text on a sheet: the smallest picture, to see that fonts and process work."""

from dataclasses import dataclass
from typing import ClassVar

from handlers.present.pictures.drawing import Drawing


@dataclass(frozen=True)
class Specimen(Drawing):
    """One line of black on white."""

    drawer: ClassVar[str] = "handlers.present.pictures.specimen_drawer"
    text: str
