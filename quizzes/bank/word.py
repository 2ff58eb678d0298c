"""Question banks as Word documents (``.docx``): paragraphs as lines of text, tables as tables.

The document is read as a stream. python-docx, which writes here, was left for reading: it builds the whole tree, and what a
bank needs it does not give: automatic numbers, text boxes, raised digits, signs of Wingdings.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from zipfile import ZipFile

from quizzes.bank.carry import refuse_what_is_lost
from quizzes.bank.collect import Collector
from quizzes.bank.items import MAX_ITEMS, Item, ParsedBank
from quizzes.bank.plain import read_lines
from quizzes.bank.plain_out import to_lines
from quizzes.bank.spreadsheet import read_rows
from quizzes.bank.word_numbers import Numbering, StyleLists
from quizzes.files import Content, TooManyRows, open_archive, reading
from quizzes.office import main_part, relations
from quizzes.sheets import Row
from quizzes.xml_stream import XmlReader, attribute

DOCX = "docx"
_MAX_PARAGRAPHS = 20 * MAX_ITEMS
_MAX_MEDIA_BYTES = 32 * 2**20

_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
# Ticks and crosses that Word stores as signs of the fonts Wingdings and Wingdings 2.
_TICKS = frozenset({"F0FC", "F0FE", "F050", "F052"})
_CROSSES = frozenset({"F0FB", "F0FD", "F04F", "F051", "F053"})


def read(data: bytes) -> ParsedBank:
    """Read a bank from a Word document; lines are paragraphs, those in tables counted too.

    Raises:
        FileError: it cannot be read, or there is no question in it.
    """
    collector = Collector(DOCX)
    with open_archive(data, Content.DOCX) as archive, reading(Content.DOCX):
        document = _Document(archive)
        lines: list[tuple[int, str]] = []
        for block in document.blocks:
            if isinstance(block, _Table):
                if not read_rows(list(block.as_rows()), collector):
                    lines.extend(block.as_lines())
            else:
                lines.append(block)
        read_lines(lines, collector)
        bank = collector.bank()
        return replace(bank, media=_pictures(archive, bank, document.pictures))


def _pictures(archive: ZipFile, bank: ParsedBank, parts: Mapping[str, str]) -> dict[str, bytes]:
    """The pictures that good questions show, by name, as long as they are not too large together."""
    found: dict[str, bytes] = {}
    left = _MAX_MEDIA_BYTES
    for name in dict.fromkeys(item.media for item in bank.items if item.media in parts):
        left -= archive.getinfo(parts[str(name)]).file_size
        if left >= 0:
            found[str(name)] = archive.read(parts[str(name)])
    return found


@dataclass(slots=True)
class _Paragraph:
    number: int
    pieces: list[str] = field(default_factory=list)
    list_id: str = ""
    depth: int = 0
    style: str = ""
    pictures: list[str] = field(default_factory=list)


_Lines = list[tuple[int, str]]


@dataclass(slots=True)
class _Table:
    """Rows of cells, each cell the lines of its paragraphs."""

    rows: list[list[_Lines]] = field(default_factory=list)

    def as_rows(self) -> Iterator[Row]:
        """Rows for a table with a header; a row's line is its first paragraph."""
        for row in self.rows:
            first = next((lines[0][0] for lines in row if lines), 0)
            yield Row(first, tuple("\n".join(text for _, text in lines) for lines in row))

    def as_lines(self) -> Iterator[tuple[int, str]]:
        """A row of short cells as one line, cells of several lines one after another."""
        for row in self.rows:
            filled = [lines for lines in row if lines]
            if all(len(lines) == 1 for lines in filled) and filled:
                yield filled[0][0][0], "\t".join(lines[0][1] for lines in filled)
            else:
                yield from (line for lines in filled for line in lines)


class _Document(XmlReader):
    """The lines and tables of a document in order; ``pictures`` says in which part a picture named in a line is."""

    def __init__(self, archive: ZipFile) -> None:
        self.blocks: list[tuple[int, str] | _Table] = []
        self.pictures: dict[str, str] = {}
        path = main_part(archive, Content.DOCX) or "word/document.xml"
        self._related = relations(archive, path, Content.DOCX)
        parts = dict(self._related.values())
        self._numbering = Numbering(archive, parts.get("numbering", ""))
        self._style_lists = StyleLists(archive, parts.get("styles", "")).lists
        self._open: list[_Paragraph] = []  # a text box is a paragraph within a paragraph
        self._tables = self._skipping = self._in_run = 0
        self._count = 0
        self._align = ""
        self._in_text = False
        with archive.open(path) as source:
            self.read(source, kind=Content.DOCX.value)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in _SKIPPED:
            self._skipping += 1
        elif self._skipping:
            return
        elif name == "t":
            self._in_text = True
        elif name == "r":
            self._in_run += 1
            self._align = ""
        elif name == "p":
            self._count += 1
            if self._count > _MAX_PARAGRAPHS:
                raise TooManyRows(limit=MAX_ITEMS)
            self._open.append(_Paragraph(self._count))
        elif name in _TABLE_PARTS:
            self._start_table_part(name, attributes)
        elif self._open:
            self._start_in_paragraph(self._open[-1], name, attributes)

    def _start_table_part(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "tbl":
            self._tables += 1
            if self._tables == 1:
                self.blocks.append(_Table())
        elif self._tables == 1 and isinstance(table := self.blocks[-1], _Table):
            if name == "tr":
                table.rows.append([])
            elif name == "tc":
                table.rows[-1].append([])
            else:  # a cell over several columns
                span = int(attribute(attributes, "val") or 1)
                table.rows[-1].extend([] for _ in range(min(span, 64) - 1))

    def _start_in_paragraph(self, paragraph: _Paragraph, name: str, attributes: Mapping[str, str]) -> None:
        value = attribute(attributes, "val") or ""
        if name == "pStyle":
            paragraph.style = value
        elif name == "numId":
            paragraph.list_id = value
        elif name == "ilvl":
            paragraph.depth = int(value or 0)
        elif name == "vertAlign":
            self._align = value
        elif name in ("br", "cr"):
            paragraph.pieces.append("\n")
        elif name == "tab" and self._in_run:
            paragraph.pieces.append("\t")
        elif name == "noBreakHyphen":
            paragraph.pieces.append("-")
        elif name == "sym":
            sign = (attribute(attributes, "char") or "").upper()
            paragraph.pieces.append("√" if sign in _TICKS else "×" if sign in _CROSSES else "")
        elif name in ("blip", "imagedata"):
            self._note_picture(paragraph, attribute(attributes, "embed") or attribute(attributes, "id") or "")

    def _note_picture(self, paragraph: _Paragraph, relation: str) -> None:
        kind, part = self._related.get(relation, ("", ""))
        if kind == "image":
            name = part.rpartition("/")[2]
            self.pictures[name] = part
            paragraph.pictures.append(name)

    def text(self, text: str) -> None:
        if self._in_text and not self._skipping and self._open:
            if self._align == "superscript":
                text = text.translate(_RAISED)
            elif self._align == "subscript":
                text = text.translate(_LOWERED)
            self._open[-1].pieces.append(text)

    def end(self, name: str) -> None:
        if name in _SKIPPED:
            self._skipping -= 1
        elif self._skipping:
            return
        elif name == "t":
            self._in_text = False
        elif name == "r":
            self._in_run -= 1
            self._align = ""
        elif name == "p" and self._open:
            self._close(self._open.pop())
        elif name == "tbl":
            self._tables -= 1

    def _close(self, paragraph: _Paragraph) -> None:
        text = "".join(paragraph.pieces)
        label = self._label(paragraph) if text.strip() else ""
        lines = [*f"{label}{text}".split("\n"), *(f"图片：{name}" for name in paragraph.pictures)]
        numbered = [(paragraph.number, line) for line in lines]
        if self._tables and isinstance(table := self.blocks[-1], _Table):
            table.rows[-1][-1].extend((number, line) for number, line in numbered if line.strip())
        else:
            self.blocks.extend(numbered)

    def _label(self, paragraph: _Paragraph) -> str:
        list_id, depth = paragraph.list_id, paragraph.depth
        if not list_id:
            list_id, depth = self._style_lists.get(paragraph.style, ("", 0))
        label = self._numbering.next_label(list_id, depth).strip() if list_id else ""
        if not label:
            return ""
        return f"{label}. " if label[-1].isalnum() else f"{label} "


_TABLE_PARTS = frozenset({"tbl", "tr", "tc", "gridSpan"})
# Deleted and moved text, what a paragraph's format was before, and the copy of a text box for old programs.
_SKIPPED = frozenset({"del", "moveFrom", "pPrChange", "rPrChange", "Fallback"})


def to_docx(items: Sequence[Item]) -> bytes:
    """Write the bank as a Word document in the organisers' own layout; ``read`` understands it.

    Raises:
        FormatCannotCarry: a question would be read as something else.
    """
    # python-docx is a quarter of a second of any start, and a bank is written as a document once in a while.
    import docx
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    document = docx.Document()
    style = document.styles["Normal"]
    style.font.name = "Times New Roman"
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    style.paragraph_format.space_after = 0
    # Elements, for document.add_paragraph looks for the end of the document through all of its paragraphs.
    end = document.element.body.sectPr
    for line in to_lines(items):
        paragraph = OxmlElement("w:p")
        run = OxmlElement("w:r")
        text = OxmlElement("w:t")
        text.text = line
        text.set(qn("xml:space"), "preserve")
        if line.endswith("题") and "、" in line[:4]:
            run.get_or_add_rPr().append(OxmlElement("w:b"))
        run.append(text)
        paragraph.append(run)
        end.addprevious(paragraph)
    out = io.BytesIO()
    document.save(out)
    data = out.getvalue()
    refuse_what_is_lost(DOCX, items, read, data)
    return data
