"""Workbooks written as their rows come, so that memory holds a few rows and what is written, packed, and nothing else.

A sheet needs so little of the format that writing it out is shorter than asking for it: openpyxl's write-only mode makes
objects of every cell and serialises each by itself, which for 100,000 rows took more than six times as long (benchmarks, row 10).
What has to look like paper (``handlers.present.register_book``) is still openpyxl's.

The same rows give the same bytes: nothing in the file says when it was made.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, islice
from types import TracebackType
from typing import IO, Self
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from quizzes.cell_markup import BOLD, ILLEGAL, Cell, content_of_cell, marked_up, plain, text_cell

MAX_SHEET_ROWS = 1_048_576
"""Rows of a sheet, its header among them (Excel specifications and limits); more go on to the next sheet."""
_AT_ONCE = 128
"""Rows between two turns of the packer, which lets go of the interpreter: the bot goes on while a thread writes."""
_LOOKED_AT = 200
"""Rows whose texts say how wide a column is."""
_WIDEST = 60

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_STYLES = f"""{_HEAD}<styleSheet xmlns="{_MAIN}">\
<numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>\
<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ h:mm:ss"/><numFmt numFmtId="166" formatCode="h:mm:ss"/></numFmts>\
<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>\
<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>\
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>\
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>\
<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>\
{"".join(f'<xf numFmtId="{n}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' for n in (164, 165, 166))}\
</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""

_BEFORE_COLUMNS = f"""{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">\
<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>\
<selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews>"""
_AFTER_ROWS = "</sheetData></worksheet>"


class Book:
    """A workbook on its way into a file that need not be seekable: sheets one after the other, then the list of them."""

    def __init__(self, out: IO[bytes], *, max_rows: int = MAX_SHEET_ROWS) -> None:
        self._max_rows = max_rows
        self._archive = ZipFile(out, "w", ZIP_DEFLATED)
        self._names: list[str] = []
        self._part: IO[bytes] | None = None
        self._sheet: _Sheet | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is None:
            self.finish()
        self.close()

    def close(self) -> None:
        """Let go of what was begun, finished or not."""
        if self._part is not None:
            self._part.close()
            self._part = None
        self._archive.close()

    def sheet(self, name: str, headers: Sequence[str]) -> None:
        """Begin a sheet: headers bold and frozen. What cannot stand in its name is left out; a name used already gets a number."""
        self._end_sheet()
        self._names.append(self._free_name(name))
        self._part = self._archive.open(_packed(f"xl/worksheets/sheet{len(self._names)}.xml"), "w")
        self._sheet = _Sheet(name, headers, self._max_rows)

    def add(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Write rows into the sheet that was begun last, texts defused; they may come in as many parts as you like.

        Raises:
            ValueError: a text is longer than the 32,767 characters that a cell holds.
        """
        coming = iter(rows)
        while some := list(islice(coming, _AT_ONCE)):
            assert self._sheet is not None
            assert self._part is not None
            while some:
                fitting, some = self._sheet.parted(some)
                self._part.write(self._sheet.written(fitting).encode("utf-8", "replace"))
                if some:
                    self.sheet(self._sheet.name, self._sheet.headers)

    def finish(self) -> None:
        """Write the list of the sheets, which stands last; nothing can be added any more."""
        if not self._names:
            self.sheet("", ())
        self._end_sheet()
        numbers = range(1, len(self._names) + 1)
        sheets = "".join(
            f'<sheet name="{_attribute(name)}" sheetId="{number}" r:id="rId{number}"/>'
            for number, name in zip(numbers, self._names, strict=True)
        )
        related = [(f"{_RELATED}/worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
        parts = [
            ("xl/workbook.xml", "sheet.main"), ("xl/styles.xml", "styles"),
            *((f"xl/worksheets/sheet{number}.xml", "worksheet") for number in numbers),
        ]  # fmt: skip
        types = "".join(f'<Override PartName="/{part}" ContentType="{_TYPE}.{kind}+xml"/>' for part, kind in parts)
        self._write(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}"><bookViews><workbookView/></bookViews>'
            f"<sheets>{sheets}</sheets></workbook>",
        )
        self._archive.writestr(_packed("xl/styles.xml"), _STYLES)
        self._write("xl/_rels/workbook.xml.rels", _relations([*related, (f"{_RELATED}/styles", "styles.xml")]))
        self._write("_rels/.rels", _relations([(f"{_RELATED}/officeDocument", "xl/workbook.xml")]))
        self._write(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
        )
        self._archive.close()

    def _end_sheet(self) -> None:
        if self._part is not None and self._sheet is not None:
            self._part.write(f"{self._sheet.written(())}{_AFTER_ROWS}".encode("utf-8", "replace"))
            self._part.close()
            self._part = None

    def _write(self, path: str, text: str) -> None:
        self._archive.writestr(_packed(path), _HEAD + text)

    def _free_name(self, name: str) -> str:
        plain = re.sub(r"[\[\]:*?/\\]", " ", ILLEGAL.sub("", name))[:31].strip("' ") or "Sheet1"
        taken = {one.casefold() for one in self._names}
        found, number = plain, 1
        while found.casefold() in taken:
            number += 1
            found = f"{plain[: 30 - len(str(number))]} {number}"
        return found


class _Sheet:
    """The rows of one sheet as XML; the columns stand before them, so the first rows wait until their widths are known."""

    def __init__(self, name: str, headers: Sequence[str], max_rows: int) -> None:
        self.name, self.headers = name, headers
        self._titles = [plain(header) for header in headers]
        self._max_rows = max_rows
        self._columns: list[str] = []
        self._row = 0
        self._first: list[Sequence[Cell]] | None = []

    def parted(self, rows: list[Sequence[Cell]]) -> tuple[list[Sequence[Cell]], list[Sequence[Cell]]]:
        """The rows that this sheet still holds, and the others."""
        waiting = 0 if self._first is None else len(self._first) + 1
        room = self._max_rows - self._row - waiting
        return rows[:room], rows[room:]

    def written(self, rows: Sequence[Sequence[Cell]]) -> str:
        """Some rows; without any, whatever still waits."""
        if self._first is None:
            return "".join(map(self._line, rows))
        self._first += rows
        if rows and len(self._first) < _LOOKED_AT:
            return ""
        waited, self._first = self._first, None
        return "".join([_BEFORE_COLUMNS, self._widths(waited), "<sheetData>", self._header(), *map(self._line, waited)])

    def _line(self, row: Sequence[Cell]) -> str:
        self._row += 1
        if len(row) > len(self._columns):
            self._columns += [_letters(place) for place in range(len(self._columns), len(row))]
        number = self._row
        cells = [
            f'<c r="{column}{number}{content_of_cell(cell)}'
            for column, cell in zip(self._columns, row, strict=False)
            if cell is not None
        ]
        return f'<row r="{number}">{"".join(cells)}</row>'

    def _header(self) -> str:
        if not self._titles:
            return ""
        self._row = 1
        cells = [f'<c r="{_letters(place)}1" s="{BOLD}{text_cell(text)}' for place, text in enumerate(self._titles)]
        return f'<row r="1">{"".join(cells)}</row>'

    def _widths(self, rows: Sequence[Sequence[Cell]]) -> str:
        if not self._titles:
            return ""
        found = []
        for column, title in enumerate(self._titles):
            texts = (str(row[column]) for row in rows[:_LOOKED_AT] if column < len(row) and row[column] is not None)
            width = min(max(map(_width, chain([title], texts))) + 2, _WIDEST)
            found.append(f'<col min="{column + 1}" max="{column + 1}" width="{width}" customWidth="1"/>')
        return f"<cols>{''.join(found)}</cols>"


def _attribute(text: str) -> str:
    return marked_up(text).replace('"', "&quot;").replace("\n", " ").replace("\t", " ")


def _relations(found: Iterable[tuple[str, str]]) -> str:
    lines = (f'<Relationship Id="rId{n}" Type="{kind}" Target="{path}"/>' for n, (kind, path) in enumerate(found, 1))
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(lines)}</Relationships>'


def _packed(path: str) -> ZipInfo:
    """An entry that is compressed and has the oldest time that a ZIP knows."""
    entry = ZipInfo(path)
    entry.compress_type = ZIP_DEFLATED
    return entry


@lru_cache(256)
def _letters(place: int) -> str:
    """The letters of a column, from 0: ``A``, ``Z``, ``AA``."""
    found = ""
    place += 1
    while place:
        place, digit = divmod(place - 1, 26)
        found = chr(65 + digit) + found
    return found


def _width(text: str) -> int:
    """How wide the longest line of a text is; a Chinese character counts for two."""
    return max(
        (sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line[:_WIDEST]) for line in text.split("\n")),
        default=0,
    )
