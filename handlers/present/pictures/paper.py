"""A sheet to draw on: pixels from the top left, text that fits, PNG and PDF.

Every text is drawn literally: ``$`` and ``^`` begin no formula.
"""

import io
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Patch, Rectangle

from handlers.present.pictures.colours import INK
from handlers.present.pictures.fonts import advance, drawable, face

_DPI = 100
_POINTS = 72 / _DPI
"""Points a pixel."""
_SMALLEST = 0.55
"""To this part of its size a text may shrink before its end is cut off."""
Align = Literal["left", "center", "right"]
_LINE = 1.35
_NEARLY = 0.8
"""A text that fits on one line at this part of its size is not broken."""


class Paper:
    """A sheet of ``width`` by ``height`` pixels; ``scale`` makes the PNG finer than that."""

    def __init__(self, width: float, height: float, *, colour: str, scale: float = 1) -> None:
        self.width, self.height, self._scale = width, height, scale
        self._figure = Figure(figsize=(width / _DPI, height / _DPI), dpi=_DPI, facecolor=colour)
        FigureCanvasAgg(self._figure)
        self._axes: Axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_xlim(0, width)
        self._axes.set_ylim(height, 0)
        self._axes.axis("off")

    @property
    def axes(self) -> Axes:
        """matplotlib's own, for what has no method here."""
        return self._axes

    def measure(self, text: str, size: float, weight: str = "regular") -> float:
        """How wide a text is in pixels."""
        return size * sum(advance(character, weight) for character in text)

    def fitted(self, text: str, size: float, width: float, weight: str = "regular") -> tuple[str, float]:
        """The text and the size at which it is no wider than ``width``: smaller first, then cut off with an ellipsis."""
        text = drawable(text)
        wide = self.measure(text, size, weight)
        if wide <= width:
            return text, size
        smaller = size * max(_SMALLEST, width / wide)
        if wide * smaller / size <= width * 1.001:
            return text, smaller
        least, most = 0, len(text)
        while least < most:
            middle = (least + most + 1) // 2
            if self.measure(f"{text[:middle].rstrip()}…", smaller, weight) <= width:
                least = middle
            else:
                most = middle - 1
        return f"{text[:least].rstrip()}…", smaller

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        weight: str = "regular",
        colour: str = INK,
        align: Align = "left",
        width: float | None = None,
        turn: float = 0,
    ) -> None:
        """One line, its middle at the height ``y``; no wider than ``width``."""
        shown, size = (drawable(text), size) if width is None else self.fitted(text, size, width, weight)
        self._axes.text(
            x,
            y,
            shown,
            fontproperties=face(weight),
            fontsize=size * _POINTS,
            color=colour,
            ha=align,
            va="center_baseline",
            rotation=turn,
            parse_math=False,
        )

    def wrapped(self, text: str, size: float, width: float, weight: str = "regular") -> list[str]:
        """The text in lines that are no wider than ``width``: Chinese breaks anywhere, Latin words stay whole."""
        lines, line = [], ""
        for word in _words(drawable(text)):
            if line and self.measure((line + word).rstrip(), size, weight) > width:
                lines.append(line.rstrip())
                line = ""
            line += word if line else word.lstrip()
        return [*lines, line.rstrip()] if line.strip() else lines

    def laid(
        self, text: str, size: float, width: float, lines: int, weight: str = "regular"
    ) -> tuple[list[str], float]:
        """The text in at most so many lines, and their size: one line if that is nearly as large, smaller, cut at last."""
        text = drawable(text)
        wide = self.measure(text, size, weight)
        if wide <= width / _NEARLY:
            return [text], size * min(1.0, width / wide) if wide else size
        fitting = size
        shown = self.wrapped(text, fitting, width, weight)
        while len(shown) > lines and fitting > size * _SMALLEST:
            fitting *= 0.95
            shown = self.wrapped(text, fitting, width, weight)
        if len(shown) > lines:
            last = "".join(shown[lines - 1 :])
            while last and self.measure(f"{last}…", fitting, weight) > width:
                last = last[:-1]
            shown = [*shown[: lines - 1], f"{last.rstrip()}…"]
        return shown, fitting

    def paragraph(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        width: float,
        lines: int,
        weight: str = "regular",
        colour: str = INK,
        align: Align = "left",
    ) -> float:
        """Text in at most so many lines from ``y`` (the first line's middle) down; returns the height of the next line."""
        shown, fitting = self.laid(text, size, width, lines, weight)
        for line in shown:
            self.text(x, y, line, fitting, weight=weight, colour=colour, align=align)
            y += fitting * _LINE
        return y

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str | None = None,
        edge: str | None = None,
        line: float = 1,
        corner: float = 0,
    ) -> None:
        """A rectangle from its top left corner; ``line`` in pixels."""
        shape: Patch = (
            FancyBboxPatch((x, y), width, height, boxstyle=f"round,pad=0,rounding_size={corner}")
            if corner
            else Rectangle((x, y), width, height)
        )
        shape.set(facecolor=fill or "none", edgecolor=edge or "none", linewidth=line * _POINTS if edge else 0)
        self._axes.add_patch(shape)

    def line(self, points: list[tuple[float, float]], *, colour: str = INK, width: float = 1) -> None:
        """A line through points."""
        xs, ys = zip(*points, strict=True)
        self._axes.plot(
            xs, ys, color=colour, linewidth=width * _POINTS, solid_capstyle="butt", scalex=False, scaley=False
        )

    def file(self, form: str) -> bytes:
        """The sheet as ``png`` or ``pdf``."""
        into = io.BytesIO()
        # Without the moment of making, the same drawing gives the same bytes.
        more = {"metadata": {"CreationDate": None}} if form == "pdf" else {"pil_kwargs": {"compress_level": 3}}
        self._figure.savefig(into, format=form, dpi=_DPI * self._scale, facecolor=self._figure.get_facecolor(), **more)
        return into.getvalue()


def _words(text: str) -> list[str]:
    """Where a line may break: between Chinese characters (but not before punctuation), and after spaces."""
    words: list[str] = []
    for character in text:
        wide = ord(character) > 0x2E7F
        glued = character in "，。、；：！？）》」』】〉”’" or (
            bool(words) and not wide and not words[-1].endswith(" ") and ord(words[-1][-1]) <= 0x2E7F
        )
        if words and (glued or character == " "):
            words[-1] += character
        else:
            words.append(character)
    return words
