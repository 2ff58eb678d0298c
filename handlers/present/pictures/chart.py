"""Charts of a bulletin as data."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from handlers.present.pictures.drawing import Drawing


@dataclass(frozen=True)
class ChartPicture(Drawing):
    """Bars side by side (units), or a line (months): a label and a value each; ``words`` are the values in words."""

    drawer: ClassVar[str] = "handlers.present.pictures.chart_drawer"
    title: str
    form: Literal["bars", "line"]
    labels: tuple[str, ...]
    values: tuple[float, ...]
    words: tuple[str, ...]
