"""Workbooks as bytes: what :mod:`quizzes.tables` made ready, written row by row so that memory holds one row at a time."""

import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

    from quizzes.tables import Cell


def written(pages: "Iterable[tuple[str, Sequence[str], Sequence[Sequence[Cell]]]]") -> bytes:
    """A workbook of these sheets: name, titles, rows."""
    book = openpyxl.Workbook(write_only=True)
    for name, titles, body in pages:
        _write_page(book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", name)[:31].strip("' ") or "Sheet1"), titles, body)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write_page(page: Any, titles: Sequence[str], body: "Sequence[Sequence[Cell]]") -> None:
    for column, title in enumerate(titles):
        texts = [title, *(str(row[column]) for row in body[:200] if column < len(row) and row[column] is not None)]
        page.column_dimensions[get_column_letter(column + 1)].width = min(max(map(_width, texts)) + 2, 60)
    page.freeze_panes = "A2"
    header = [WriteOnlyCell(page, title) for title in titles]
    for cell in header:
        cell.font = Font(bold=True)
    page.append(header)
    for row in body:
        page.append([_word(page, cell) if isinstance(cell, str) and cell in ERROR_CODES else cell for cell in row])


def _word(page: "WriteOnlyWorksheet", text: str) -> openpyxl.cell.Cell:
    """The words ``#N/A``, which openpyxl would write as the error."""
    cell = WriteOnlyCell(page, text)
    cell.data_type = "s"
    return cell


def _width(text: str) -> int:
    """How wide the longest line of a text is; a Chinese character counts for two."""
    return max(
        (sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line[:60]) for line in text.split("\n")),
        default=0,
    )
