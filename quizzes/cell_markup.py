"""What a workbook's XML says of one cell."""

import re
from datetime import date, datetime, time
from functools import lru_cache
from typing import TypeAlias

from quizzes.cell_escapes import defuse, escaped
from quizzes.sheets import MAX_CELL_CHARS

Cell: TypeAlias = str | int | float | bool | date | time | None

BOLD, DAY, MOMENT, CLOCK = 1, 2, 3, 4
"""Styles by their places in the list ``cellXfs`` (see ``quizzes.workbooks``)."""

ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What no XML may hold, and so no workbook."""


def plain(text: str) -> str:
    """A text that no spreadsheet runs and every cell holds.

    Raises:
        ValueError: it is too long.
    """
    text = ILLEGAL.sub("", text)
    if len(text) >= MAX_CELL_CHARS:
        raise ValueError(f"a cell holds {MAX_CELL_CHARS} characters, and this text has {len(text)}")
    return defuse(text)


_SHORT = 64


def content_of_cell(cell: Cell) -> str:
    """A cell from the end of its reference on."""
    if isinstance(cell, str):
        return _cached(cell) if len(cell) <= _SHORT else text_cell(plain(cell))
    if isinstance(cell, bool):
        return f'" t="b"><v>{cell:d}</v></c>'
    if isinstance(cell, int):
        return f'"><v>{cell}</v></c>'
    if isinstance(cell, float):
        # No number of a sheet is infinite, or none.
        return f'"><v>{cell!r}</v></c>' if cell - cell == 0 else '" t="e"><v>#NUM!</v></c>'
    return _dated(cell) if cell is not None else '"/>'


_DAY_ONE = datetime(1899, 12, 30)
"""Day 0 of Excel's calendar as it is from March 1900 on; before that it counts a day that never was."""
_REAL_FROM = 61


def _dated(cell: date | time) -> str:
    if isinstance(cell, time):
        seconds = cell.hour * 3600 + cell.minute * 60 + cell.second + cell.microsecond / 1_000_000
        return f'" s="{CLOCK}"><v>{seconds / 86400!r}</v></c>'
    if isinstance(cell, datetime):
        passed = cell.replace(tzinfo=None) - _DAY_ONE  # Excel knows local time only
        number, style = passed.days + (passed.seconds + passed.microseconds / 1_000_000) / 86400, MOMENT
    else:
        number, style = float((cell - _DAY_ONE.date()).days), DAY
    if number < _REAL_FROM:
        return text_cell(str(cell))
    return f'" s="{style}"><v>{number!r}</v></c>'


def text_cell(text: str) -> str:
    """A text cell from the end of its style or reference on; ``text`` is plain."""
    keep = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
    return f'" t="inlineStr"><is><t{keep}>{marked_up(escaped(text))}</t></is></c>'


@lru_cache(4096)  # units, events and states repeat from row to row
def _cached(text: str) -> str:
    return text_cell(plain(text))


def marked_up(text: str) -> str:
    """A text between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
