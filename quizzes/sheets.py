"""Reading workbooks: the cells of an ``.xlsx`` as the text that Excel shows.

What a Chinese Excel stores differs from what is seen: ``1`` is the number ``1.0``, ``50%`` is ``0.5``, and an option
``2021年1月1日`` became 44197 with one of the date formats that only the Chinese Excel has. All of it is turned back here.

The parts are read as streams. openpyxl's read-only mode was tried first: it took 2.9 s where this takes 0.9 s for 10,000
questions, keeps every empty row of a hostile sheet, gives up on the style sheets of some WPS files, and cannot tell a
formula that was never computed from an empty cell.
"""

from collections.abc import Mapping
from dataclasses import field
from functools import lru_cache
from typing import TYPE_CHECKING
from zipfile import ZipFile

from quizzes.engine.frozen import dataclass
from quizzes.files import Content, TooManyRows, open_archive, reading
from quizzes.office import main_part, relations
from quizzes.xml_stream import Enough, XmlReader, attribute

if TYPE_CHECKING:
    from quizzes.cell_texts import CellTexts

MAX_COLUMNS = 64
MAX_CELL_CHARS = 32_767  # Excel's own limit
_MAX_ROWS_LOOKED_AT = 200_000  # formatted but empty rows count here
_MAX_STRINGS = 2_000_000
_KIND = Content.XLSX.value


@dataclass(frozen=True, slots=True)
class Row:
    """One row: ``line`` as Excel numbers it, its cells as text, and which of them could not be told (by column index).

    A fault is ``formula`` (its value was never computed) or ``error`` (``#REF!`` and the like).
    """

    line: int
    cells: tuple[str, ...]
    faults: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A visible worksheet: its title and those of its rows that hold something."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Workbook:
    """The visible worksheets in order, and whether there are pictures, which nobody reads here."""

    sheets: tuple[Sheet, ...]
    has_pictures: bool


def read_workbook(data: bytes, *, max_rows: int) -> Workbook:
    """Read every visible worksheet.

    Raises:
        TooManyRows: a sheet has more than ``max_rows`` rows that hold something.
        FileBroken, ForbiddenXml, ZipBomb, FileTooLarge, FileEncrypted.
    """
    with open_archive(data, Content.XLSX) as archive, reading(Content.XLSX):
        names = set(archive.namelist())
        path = main_part(archive, Content.XLSX) or "xl/workbook.xml"
        book = _Book(archive, path)
        related = relations(archive, path, Content.XLSX)
        parts = dict(related.values())
        strings = _Strings(archive, parts["sharedStrings"]).strings if parts.get("sharedStrings") in names else []
        formats = _Styles(archive, parts["styles"]).formats if parts.get("styles") in names else []
        # It needs openpyxl's table of formats, and openpyxl (with numpy behind it) is a third of a second of any start.
        from quizzes.cell_texts import CellTexts

        values = CellTexts(strings, formats, in_1904=book.in_1904)
        sheets = tuple(
            Sheet(title, tuple(_Cells(archive, related[relation][1], values, max_rows).rows))
            for title, relation in book.sheets
            if relation in related and related[relation][0] == "worksheet"
        )
        return Workbook(sheets, any(name.startswith("xl/media/") for name in names))


class _Part(XmlReader):
    """An XML part of the archive, read when it is made."""

    def __init__(self, archive: ZipFile, path: str) -> None:
        with archive.open(path) as source:
            self.read(source, kind=_KIND)


class _Book(_Part):
    def __init__(self, archive: ZipFile, path: str) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.in_1904 = False
        super().__init__(archive, path)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "workbookPr":
            self.in_1904 = attributes.get("date1904") in ("1", "true")
        elif name == "sheet" and attributes.get("state", "visible") == "visible":
            self.sheets.append((attributes["name"], attribute(attributes, "id") or ""))


class _Strings(_Part):
    """The texts that cells share, without the phonetic guides (``rPh``) that Excel stores beside them."""

    def __init__(self, archive: ZipFile, path: str) -> None:
        self.strings: list[str] = []
        self._pieces: list[str] = []
        self._in_text = self._in_phonetic = False
        super().__init__(archive, path)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "si":
            self._pieces = []
        elif name == "rPh":
            self._in_phonetic = True
        elif name == "t":
            self._in_text = not self._in_phonetic

    def end(self, name: str) -> None:
        if name == "t":
            self._in_text = False
        elif name == "rPh":
            self._in_phonetic = False
        elif name == "si":
            self.strings.append("".join(self._pieces))
            if len(self.strings) > _MAX_STRINGS:
                raise TooManyRows(limit=_MAX_STRINGS)

    def text(self, text: str) -> None:
        if self._in_text:
            self._pieces.append(text)


class _Styles(_Part):
    """The number format of each cell style, in the order in which cells count them."""

    def __init__(self, archive: ZipFile, path: str) -> None:
        self.formats: list[str] = []
        self._custom: dict[int, str] = {}
        self._in_cells = False
        super().__init__(archive, path)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt" and "numFmtId" in attributes:
            self._custom[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells:
            from quizzes.cell_texts import builtin_format  # as above

            number = int(attributes.get("numFmtId", 0))
            self.formats.append(self._custom.get(number) or builtin_format(number))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._in_cells = False


class _Cells(_Part):
    """The rows of one worksheet."""

    def __init__(self, archive: ZipFile, path: str, values: "CellTexts", max_rows: int) -> None:
        self.rows: list[Row] = []
        self._values = values
        self._max_rows = max_rows
        self._looked_at = self._line = self._column = 0
        self._cells: dict[int, str] = {}
        self._faults: dict[int, str] = {}
        self._kind = self._style = ""
        self._has_formula = self._taking = self._in_phonetic = False
        self._pieces: list[str] = []
        super().__init__(archive, path)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "c":
            self._column = _column(attributes["r"]) if "r" in attributes else self._column + 1
            self._kind = attributes.get("t", "n")
            self._style = attributes.get("s", "0")
            self._has_formula = False
            self._pieces = []
        elif name in ("v", "t"):
            self._taking = self._column <= MAX_COLUMNS and not self._in_phonetic
        elif name == "f":
            self._has_formula = True
        elif name == "rPh":
            self._in_phonetic = True
        elif name == "row":
            self._line = int(attributes["r"]) if "r" in attributes else self._line + 1
            self._column = 0
            self._cells, self._faults = {}, {}

    def text(self, text: str) -> None:
        if self._taking and len(self._pieces) < MAX_CELL_CHARS:
            self._pieces.append(text[:MAX_CELL_CHARS])

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            self._taking = False
        elif name == "c":
            self._keep_cell()
        elif name == "row":
            self._keep_row()
        elif name == "rPh":
            self._in_phonetic = False
        elif name == "sheetData":
            raise Enough

    def _keep_cell(self) -> None:
        raw = "".join(self._pieces)
        if raw and self._kind == "e":
            self._faults[self._column - 1] = "error"
        elif raw:
            self._cells[self._column] = self._values.text_of(raw, self._kind, self._style)
        elif self._has_formula and self._column <= MAX_COLUMNS:
            self._faults[self._column - 1] = "formula"

    def _keep_row(self) -> None:
        self._looked_at += 1
        if self._looked_at > _MAX_ROWS_LOOKED_AT:
            raise TooManyRows(limit=self._max_rows)
        if not self._faults and not any(self._cells.values()):
            return
        if len(self.rows) >= self._max_rows:
            raise TooManyRows(limit=self._max_rows)
        width = max(max(self._cells, default=0), max(self._faults, default=-1) + 1)
        cells = tuple(self._cells.get(column, "") for column in range(1, width + 1))
        self.rows.append(Row(self._line, cells, self._faults))


def _column(reference: str) -> int:
    """The number of the column in a reference such as ``AB12``, from 1."""
    return _numbered(reference.rstrip("0123456789"))


@lru_cache(1024)
def _numbered(letters: str) -> int:
    number = 0
    for letter in letters:
        if not letter.isalpha():
            break
        number = number * 26 + ord(letter) - 64
    return number
