"""Names that are formulas, markup or bytes, in every table and paper that leaves the bot."""

import csv
import io
import zipfile
from zoneinfo import ZoneInfo

import docx
import openpyxl

from bot.commands.terminal import Terminal, harmless
from handlers.present.certificates import Certificate, file_name
from handlers.present.official_paper import OfficialPaper
from handlers.texts import texts
from quizzes.tables import read_table, write_csv, write_xlsx
from tests.security.nasty import NASTY

DANGEROUS = tuple("=+-@\t\r＝＋－＠")


def test_csv_cell_is_never_a_formula() -> None:
    """No cell begins with what a spreadsheet runs, and what was written is read back the same."""
    names = [name for name in NASTY if name.strip() and "\ud83d" not in name and name.isprintable()]

    content = write_csv(["姓名"], [[name] for name in NASTY])
    cells = [row[0] for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) if row]

    assert not [cell for cell in cells if cell.startswith(DANGEROUS)]
    assert not [cell for cell in cells if any(c < " " and c not in "\t\r\n" for c in cell)]
    read = [row.cells[0] for row in read_table(write_csv(["姓名"], [[name] for name in names])).rows]
    assert read == [name.strip() for name in names]


def test_workbook_holds_texts_and_no_formulas() -> None:
    """Every name is a text cell; control characters, half surrogates and lengths break no file."""
    names = [name for name in NASTY if "\ud83d" not in name]

    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(["姓名"], [[name] for name in names])))
    cells = [row[0] for row in book.active.iter_rows(min_row=2)]  # type: ignore[union-attr]

    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert not [cell.value for cell in cells if str(cell.value).startswith(DANGEROUS)]


def test_word_papers_take_any_name() -> None:
    """A paper with such names in titles, text and tables is whole, has no link of theirs and no field."""
    paper = OfficialPaper(texts("zh-CN", ZoneInfo("Asia/Shanghai")))
    for name in NASTY:
        paper.heading(name)
        paper.paragraph(name)
        paper.table([[name, name]], widths=[5, 5])

    content = paper.content()

    read = docx.Document(io.BytesIO(content))
    assert any("evil.example" in paragraph.text for paragraph in read.paragraphs)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        body, relations = parts.read("word/document.xml"), parts.read("word/_rels/document.xml.rels")
    assert b"<a href" not in body
    assert b"instrText" not in body
    assert b"evil.example" not in relations


def test_file_of_a_certificate_is_named_safely() -> None:
    """Whatever the winner is called, the file lies where it was meant to."""
    for name in NASTY:
        winner = Certificate(
            heading="",
            winner=name,
            members="",
            deed="",
            prize="一等奖",
            close="",
            issuer="",
            date="",
            upright=True,
            place=1,
        )
        found = file_name(1, winner, "pdf")

        assert found.startswith("01-一等奖-")
        assert found.endswith(".pdf")
        assert not set(found) & set('/\\:*?"<>|\x00\r\n\t')
        assert ".." not in found
        assert len(found) < 80


def test_terminal_obeys_no_name() -> None:
    """Neither Rich's markup nor a terminal's own orders: what an organiser reads in the console is the name."""
    into = io.StringIO()
    console = Terminal(file=into, force_terminal=True, color_system="truecolor", soft_wrap=True, highlight=False)
    for name in NASTY:
        console.print(name.replace("\ud83d", ""), markup=False)

    said = into.getvalue()
    assert "\x1b" not in said
    assert "\x07" not in said
    assert "\x9b" not in harmless("\x9b31m")
    assert "[red]红[/red] [link=https://evil.example]点[/link] [/]" in said
    assert harmless("一行\n\t二") == "一行\n\t二"
