"""Tables as people keep them: CSV and XLSX, read with care and written so that a Chinese Excel opens them.

Reading gives text and line numbers, never types. Writing defuses: a cell that a spreadsheet would run as a formula gets a
leading apostrophe, which reading takes away again.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Self

from quizzes.cell_escapes import defuse, restore
from quizzes.cell_markup import Cell
from quizzes.engine.frozen import dataclass
from quizzes.engine.han import simplified
from quizzes.files import Content, FileBroken, FileEmpty, MissingColumns, TooManyRows, WrongContent, content_of, decode
from quizzes.sheets import MAX_COLUMNS, Row, Sheet, Workbook, read_workbook
from quizzes.workbooks import Book

MAX_ROWS = 50_000  # filled rows of a sheet, its header among them
_HEADER_WITHIN = 20  # above it may stand a title, who made it, how to fill it in

_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class Table:
    """A header and the rows below it, each as wide as the header; blank rows are left out.

    ``line`` is the header's row. Rows count as Excel counts them, so a CSV cell of three lines is part of one row.
    ``has_pictures`` says that the workbook has pictures, which nobody reads here.
    """

    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    line: int = 1
    sheet: str | None = None
    has_pictures: bool = False


def read_table(data: bytes, name: str = "", *, known: Collection[str] = (), max_rows: int = MAX_ROWS) -> Table:
    """Read the first table of a CSV or XLSX file: of its sheets the first with a header of ``known`` words, or the first.

    Raises:
        FileError: it cannot be read, or there is nothing in it.
    """
    tables = read_tables(data, name, known=known, max_rows=max_rows)
    return next((table for table in tables if _recognised(table.headers, _words(known))), tables[0])


def read_tables(
    data: bytes, name: str = "", *, known: Collection[str] = (), max_rows: int = MAX_ROWS
) -> tuple[Table, ...]:
    """Read every sheet that holds something; ``known`` words help to find the header among the first rows of each.

    ``sheet`` is named only if there are several. ``name`` matters for text alone, where ``.tsv`` speaks for tabs.

    Raises:
        FileError: it cannot be read, or there is nothing in it.
    """
    match content_of(data):
        case Content.XLSX:
            book = read_workbook(data, max_rows=max_rows)
        case Content.TEXT:
            book = Workbook((Sheet("", tuple(_csv_rows(decode(data), name, _words(known), max_rows))),), False)
        case Content.DOCX:
            raise WrongContent(kind="docx")
    sheets = [sheet for sheet in book.sheets if sheet.rows]
    if not sheets:
        raise FileEmpty
    several = len(sheets) > 1
    tables = (table_of(sheet.rows, known=known, sheet=sheet.title if several else None) for sheet in sheets)
    return tuple(replace(table, has_pictures=book.has_pictures) for table in tables)


def find_columns(
    headers: Sequence[str], words: Mapping[str, Collection[str]], *, required: Collection[str] = ()
) -> dict[str, int]:
    """Say which column holds which field, given the words that may head each field; the first match counts.

    Script (簡 and 简), case, width, spaces, stars and remarks in brackets do not matter: ``题干*（必填）`` is ``题干``, ``Type / 题型`` is both.

    Raises:
        MissingColumns: a required field has no column; ``columns`` lists those fields.
    """
    fields = {key: field for field, names in words.items() for key in _words(names)}
    found: dict[str, int] = {}
    for column, header in enumerate(headers):
        for key in _keys(header):
            if key in fields:
                found.setdefault(fields[key], column)
    missing = [field for field in required if field not in found]
    if missing:
        raise MissingColumns(columns=missing)
    return found


def write_csv(headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Write a CSV that Excel opens in Chinese: UTF-8 with BOM, texts defused, numbers as numbers."""
    with TableFile("csv", headers) as file:
        file.add(rows)
        return file.content()


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet to be written."""

    name: str
    headers: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def write_xlsx(headers: Sequence[str], rows: Iterable[Sequence[Cell]], *, sheet: str = "Sheet1") -> bytes:
    """Write a workbook of one sheet; see :func:`write_workbook`."""
    return write_workbook([Page(sheet, headers, rows)])


class TableFile:
    """A table on its way into a file (``csv`` or ``xlsx``): rows are written as they come, and not kept.

    ``before`` are sheets that stand before it in a workbook. To be used in a ``with``, or else ended with ``content``.
    """

    def __init__(
        self, form: str, headers: Sequence[str], *, sheet: str = "Sheet1", before: Iterable[Page] = ()
    ) -> None:
        self._out = io.BytesIO()
        self._book = self._text = None
        if form == "csv":
            self._text = io.TextIOWrapper(self._out, "utf-8-sig", "replace", newline="", write_through=True)
            self._lines = csv.writer(self._text)
            self._lines.writerow([_csv_text(header) for header in headers])
            return
        self._book = Book(self._out)
        for page in before:
            self._book.sheet(page.name, page.headers)
            self._book.add(page.rows)
        self._book.sheet(sheet, headers)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._book is not None:
            self._book.close()

    def add(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Write some rows.

        Raises:
            ValueError: a text is longer than the 32,767 characters that a cell of a workbook holds.
        """
        if self._book is not None:
            self._book.add(rows)
        else:
            self._lines.writerows([_csv_text(cell) for cell in row] for row in rows)

    def content(self) -> bytes:
        """The whole file; nothing can be added any more."""
        if self._book is not None:
            self._book.finish()
        elif self._text is not None:
            self._text.flush()
        return self._out.getvalue()


def write_workbook(pages: Iterable[Page]) -> bytes:
    """Write a workbook: headers bold and frozen, columns as wide as their texts, texts defused.

    Pages and rows are taken as they come, so memory holds no more of them than whoever gives them does.

    Raises:
        ValueError: a text is longer than the 32,767 characters that a cell holds.
    """
    out = io.BytesIO()
    with Book(out) as book:
        for page in pages:
            book.sheet(page.name, page.headers)
            book.add(page.rows)
    return out.getvalue()


def table_of(rows: Sequence[Row], *, known: Collection[str] = (), sheet: str | None = None) -> Table:
    """Part rows that were found somewhere into a header and what stands below it."""
    start = _header_index(rows, _words(known))
    header = rows[start]
    headers = tuple(_tidy(cell) for cell in header.cells)
    width = len(headers)
    body = tuple(
        replace(row, cells=(*map(_tidy, row.cells[:width]), *[""] * (width - len(row.cells))))
        for row in rows[start + 1 :]
        if row.cells != header.cells  # printed tables repeat it on each page
    )
    return Table(headers, body, header.line, sheet)


def _header_index(rows: Sequence[Row], words: frozenset[str]) -> int:
    top = rows[:_HEADER_WITHIN]
    scores = [_recognised(row.cells, words) for row in top]
    if max(scores) > 0:
        return scores.index(max(scores))
    # No word is known: the first row with more than a merged title in it.
    return next((index for index, row in enumerate(top) if sum(map(bool, row.cells)) > 1), 0)


def _recognised(cells: Sequence[str], words: frozenset[str]) -> int:
    return sum(not words.isdisjoint(_keys(cell)) for cell in cells)


def _words(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(_key, words))


def _key(header: str) -> str:
    return re.sub(r"[\s*:_.\-]", "", simplified(unicodedata.normalize("NFKC", header).casefold()))


def _keys(header: str) -> set[str]:
    if len(header) > 60:
        return set()
    bare = re.sub(r"[(（\[【].*?[)）\]】]", "", header) or header
    return {_key(header), *map(_key, re.split(r"[/／|\n]", bare)), _key(bare)} - {""}


def _tidy(text: str) -> str:
    text = restore(text.strip(" \u3000\xa0\ufeff\u200b\r\n"))
    if text.isprintable():
        return text.strip()  # no line ends, nothing without a width
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ").strip().strip("\ufeff\u200b")


def _csv_rows(text: str, name: str, words: frozenset[str], max_rows: int) -> Iterator[Row]:
    if re.match(r"\s*<(!doctype|html|table|\?xml)", text, re.IGNORECASE):
        raise WrongContent(kind="html")
    hint = re.match(r"sep=(.)\n", text)
    delimiter = hint[1] if hint else _delimiter(text, name, words)
    filled = 0
    for line, record in _records(text, delimiter):
        if (hint and line == 1) or not any(map(str.strip, record)):
            continue
        filled += 1
        if filled > max_rows:
            raise TooManyRows(limit=max_rows)
        yield Row(line, tuple(record[:MAX_COLUMNS]))


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    begun = begins = 0
    try:
        for number, record in enumerate(reader, 1):
            begun, begins = begins, reader.line_num
            yield number, record
    except csv.Error as error:  # a field over 128 KiB: somebody forgot to close a quote
        raise FileBroken(kind="csv", line=begins + 1) from error
    if begins - begun > 1 and text.count('"') % 2:
        raise FileBroken(kind="csv", line=begun + 1)  # the last record ran to the end of the file in search of a quote


def _delimiter(text: str, name: str, words: frozenset[str]) -> str:
    """The delimiter under which a header is recognised best, or, if none is, which splits the rows into most columns."""

    def fitness(delimiter: str) -> tuple[int, int, bool]:
        try:
            top = list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), _HEADER_WITHIN))
        except csv.Error:
            return 0, 0, False
        known = max(_recognised(record, words) for record in top)
        return (
            known,
            sorted(map(len, top))[len(top) // 2],
            delimiter == "\t" and name.lower().endswith((".tsv", ".tab")),
        )

    return max(",\t;", key=fitness)


def _csv_text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return defuse(_ILLEGAL.sub("", cell))
        case bool():
            return "TRUE" if cell else "FALSE"
        case datetime():
            return f"{cell:%Y-%m-%d %H:%M:%S}"
        case _:
            return str(cell)
