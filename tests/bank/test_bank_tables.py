"""Tables in CSV and XLSX: what Chinese spreadsheets really hold, and what must never run in one."""

import io
import weakref
from collections.abc import Iterator
from datetime import UTC, date, datetime, time

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes import tables
from quizzes.cell_escapes import defuse, restore
from quizzes.files import FileBroken, FileEmpty, MissingColumns, TooManyRows, WrongContent
from quizzes.tables import find_columns, read_table, read_tables, write_csv, write_xlsx
from quizzes.workbooks import Book
from tests.bank.office import row, xlsx

ROSTER = {"name": ("name", "姓名"), "unit": ("unit", "单位"), "code": ("code", "编号")}


def lines(data: bytes, name: str = "") -> list[tuple[int, tuple[str, ...]]]:
    """The rows of a table as line and cells."""
    return [(found.line, found.cells) for found in read_table(data, name).rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_in_every_encoding_and_delimiter(encoding: str, delimiter: str) -> None:
    """Excel's CSV, its "Unicode text" and what European settings make of it."""
    text = f"姓名{delimiter}单位\r\n张三{delimiter}示范区/第一支部\r\n"

    table = read_table(text.encode(encoding))

    assert table.headers == ("姓名", "单位")
    assert [found.cells for found in table.rows] == [("张三", "示范区/第一支部")]


def test_rows_count_as_excel_counts_them() -> None:
    """Blank rows count and a cell of two lines does not count twice."""
    data = '姓名,备注\r\n张三,"第一行\r\n第二行"\r\n\r\n,,\r\n李四,好\r\n'.encode()

    assert lines(data) == [(2, ("张三", "第一行\n第二行")), (5, ("李四", "好"))]


def test_title_above_the_header_is_skipped() -> None:
    """A merged title row, notes, then the header; repeated headers of printed pages vanish."""
    data = "花名册,,\n填表说明：请勿改动表头,,\n姓名,单位,编号\n张三,一支部,001\n姓名,单位,编号\n李四,二支部,002\n".encode()

    table = read_table(data, known=["姓名", "单位", "编号"])

    assert (table.line, table.headers) == (3, ("姓名", "单位", "编号"))
    assert [found.cells for found in table.rows] == [("张三", "一支部", "001"), ("李四", "二支部", "002")]


def test_short_rows_are_padded_and_cells_trimmed() -> None:
    """Every row is as wide as the header; spaces of all widths vanish around texts."""
    assert lines("a,b,c\n x\u3000,\u200b1".encode()) == [(2, ("x", "1", ""))]


@pytest.mark.parametrize(
    "headers",
    [
        ("姓名", "单位", "编号"),
        ("编号", "Unit", "姓 名*"),
        ("name / 姓名", "所在单位（必填）", "Code"),
        ("单位(unit)", "编号", "NAME"),
    ],
)
def test_columns_are_found_by_any_of_their_words(headers: tuple[str, ...]) -> None:
    """Chinese, English or both, in any order, with stars and remarks."""
    words = ROSTER | {"unit": ("unit", "单位", "所在单位")}

    found = find_columns(headers, words)

    assert found.keys() == ROSTER.keys()
    assert len(set(found.values())) == 3


def test_missing_columns_are_named() -> None:
    """The refusal lists the fields for which there is no column."""
    with pytest.raises(MissingColumns) as refusal:
        find_columns(("姓名", "电话"), ROSTER, required=("name", "unit", "code"))

    assert refusal.value.params == {"columns": ["unit", "code"]}


def test_numbers_appear_as_excel_shows_them() -> None:
    """Whole numbers without .0, percentages, fixed digits, identity numbers with all of theirs, true and false."""
    formats = "".join(f'<xf numFmtId="{number}"/>' for number in (0, 9, 10, 2))
    cells = (
        "<c><v>1</v></c><c><v>1.0</v></c><c><v>0.30000000000000004</v></c><c><v>110101199003074514</v></c>"
        '<c s="1"><v>0.5</v></c><c s="2"><v>0.125</v></c><c s="3"><v>1.5</v></c><c t="b"><v>1</v></c><c t="b"><v>0</v></c>'
    )

    table = read_table(xlsx(row(*"abcdefghi") + f"<row>{cells}</row>", formats=formats))

    assert table.rows[0].cells == (
        *("1", "1", "0.3", "110101199003074514"),
        *("50%", "12.50%", "1.50", "TRUE", "FALSE"),
    )


def test_dates_of_a_chinese_excel() -> None:
    """Formats 31, 57 and 58 are dates there only; openpyxl would give 44197 for the first of January 2021."""
    formats = "".join(f'<xf numFmtId="{number}"/>' for number in (31, 57, 58, 14, 22, 20))
    cells = "".join(
        f'<c s="{style}"><v>{value}</v></c>' for style, value in enumerate((44197, 44197, 44197, 44197, 44197.5, 0.5))
    )

    table = read_table(xlsx(row(*"abcdef") + f"<row>{cells}</row>", formats=formats))

    assert table.rows[0].cells == ("2021年1月1日", "2021年1月", "1月1日", "2021-01-01", "2021-01-01 12:00", "12:00")


def test_codes_keep_their_leading_zeros() -> None:
    """As text, and as numbers whose format shows zeros."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["姓名", "编号"])
    sheet.append(["张三", "007"])
    sheet.append(["李四", 8])
    sheet["B3"].number_format = "000"
    out = io.BytesIO()
    book.save(out)

    assert [found.cells for found in read_table(out.getvalue()).rows] == [("张三", "007"), ("李四", "008")]


def test_merged_title_hidden_sheets_and_sheet_names() -> None:
    """Visible sheets only, each named if there are several."""
    book = openpyxl.Workbook()
    first = book.active
    first.title = "单选"
    first.append(["安全知识题库"])
    first.merge_cells("A1:C1")
    first.append(["题干", "答案"])
    first.append(["甲", "A"])
    other = book.create_sheet("多选")
    other.append(["题干", "答案"])
    book.create_sheet("草稿").append(["不看"])
    book["草稿"].sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)

    found = read_tables(out.getvalue(), known=["题干", "答案"])

    assert [(table.sheet, table.line, len(table.rows)) for table in found] == [("单选", 2, 1), ("多选", 1, 0)]


def test_formulas_show_their_values_and_unsolved_ones_are_named() -> None:
    """What Excel computed is text; what nobody computed, and errors, are faults of the row."""
    cells = (
        "<c><f>1+1</f><v>2</v></c><c><f>NOW()</f></c>"
        '<c t="e"><f>1/0</f><v>#DIV/0!</v></c><c t="str"><f>A1</f><v>text</v></c>'
    )

    found = read_table(xlsx(row(*"abcd") + f"<row>{cells}</row>")).rows[0]

    assert found.cells == ("2", "", "", "text")
    assert found.faults == {1: "formula", 2: "error"}


def test_phonetic_guides_and_rich_text_of_shared_strings() -> None:
    """Runs are joined, and the pinyin that Excel stores beside a text is left out."""
    shared = (
        '<sst><si><r><t>北</t></r><r><t xml:space="preserve">京 </t></r><rPh><t>běijīng</t></rPh></si>'
        "<si><t>a_x000D_b_x005F_x0041_</t></si></sst>"
    )
    workbook = xlsx(
        row("a", "b") + '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>',
        more={
            "xl/sharedStrings.xml": shared,
            "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="rId1" Type="x/worksheet"'
            ' Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="x/sharedStrings"'
            ' Target="/xl/sharedStrings.xml"/></Relationships>',
        },
    )

    assert read_table(workbook).rows[0].cells == ("北京", "a\nb_x0041_")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_cells_that_a_spreadsheet_would_run_are_defused(sign: str) -> None:
    """In CSV and in XLSX, headers too; reading gives the text back."""
    text = f"{sign}cmd|' /C calc'!A0"

    as_csv = write_csv([text, "b"], [["x", text]])
    as_xlsx = write_xlsx([text, "b"], [["x", text]])

    assert "'" + text[:1] in as_csv.decode("utf-8-sig")
    cells = [cell for cells in openpyxl.load_workbook(io.BytesIO(as_xlsx)).active.iter_rows() for cell in cells]
    assert [cell.data_type for cell in cells] == ["s"] * 4
    assert cells[0].value.startswith("'")
    for data in (as_csv, as_xlsx):
        assert read_table(data).rows[0].cells == ("x", text.strip())


@given(st.text())
def test_restoring_gives_back_what_was_defused(text: str) -> None:
    """Also for texts that begin with apostrophes themselves."""
    assert restore(defuse(text)) == text
    assert defuse(text)[:1] not in {"=", "+", "-", "@", "\t", "\r"}


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"), max_size=20).map(tables._tidy)


@settings(deadline=None)
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3).filter(any), max_size=5))
def test_tables_come_back_as_they_were_written(rows: list[list[str]]) -> None:
    """CSV and XLSX alike; a row equal to the header is one of those that printing repeats."""
    headers = ["first", "second", "third"]
    expected = [tuple(cells) for cells in rows if cells != headers]

    for data in (write_csv(headers, rows), write_xlsx(headers, rows)):
        table = read_table(data, known=headers)
        assert [found.cells for found in table.rows] == expected


def test_numbers_stay_numbers_in_exports() -> None:
    """A penalty of -10 is no formula; dates and true and false are written as such."""
    cells = ["-10", -10, 2.5, True, date(2024, 5, 1), datetime(2024, 5, 1, 8, 30), None]

    as_csv = write_csv(list("abcdefg"), [cells]).decode("utf-8-sig").splitlines()[1]
    sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx(list("abcdefg"), [cells]))).active

    assert as_csv == "'-10,-10,2.5,TRUE,2024-05-01,2024-05-01 08:30:00,"
    assert [cell.value for cell in sheet[2]][:4] == ["'-10", -10, 2.5, True]
    assert sheet["F2"].value == datetime(2024, 5, 1, 8, 30)


def test_workbooks_are_made_to_be_read() -> None:
    """Header bold and frozen, columns wide enough for Chinese, the sheet's name allowed, errors as words."""
    data = write_xlsx(["姓名", "说明"], [["张三", "一二三四五六七八九十"], ["#N/A", "x"]], sheet="2024/05: [考勤]?*")

    sheet = openpyxl.load_workbook(io.BytesIO(data)).active

    assert sheet.title == "2024 05   考勤"
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold
    assert sheet.column_dimensions["B"].width >= 20
    assert (sheet["A3"].value, sheet["A3"].data_type) == ("#N/A", "s")


def test_text_too_long_for_a_cell_is_refused_when_writing() -> None:
    """openpyxl would cut it off without a word."""
    with pytest.raises(ValueError, match="32767"):
        write_xlsx(["a"], [["x" * 40_000]])


def test_unclosed_quote_is_named_with_its_line() -> None:
    """Otherwise the rest of the file would be one cell."""
    with pytest.raises(FileBroken) as refusal:
        read_table('姓名,单位\n张三,一\n李四,"二\n王五,三\n'.encode())

    assert refusal.value.params == {"kind": "csv", "line": 3}


def test_quote_within_a_text_is_a_quote() -> None:
    """An inch is no reason to refuse."""
    assert lines('a,b\n5" 屏,1\n6",2\n7,"x"\n'.encode())[0] == (2, ('5" 屏', "1"))


def test_delimiter_hint_of_excel() -> None:
    """A first line ``sep=;`` says what parts the cells, whatever they hold."""
    assert lines(b"sep=;\na;b,c\n1;2,3\n") == [(3, ("1", "2,3"))]


def test_page_of_html_called_table_is_named() -> None:
    """Some platforms export web pages under the name of a table."""
    with pytest.raises(WrongContent) as refusal:
        read_table(b"<html><table><tr><td>a</td></tr></table></html>", "bank.csv")

    assert refusal.value.params == {"kind": "html"}


def test_sheet_without_anything_is_empty() -> None:
    """Formatted but empty rows are nothing."""
    with pytest.raises(FileEmpty):
        read_table(xlsx('<row><c s="0"/></row><row/>'))


def test_more_rows_than_the_limit_are_refused_as_a_whole() -> None:
    """In both formats, and nothing is half read."""
    data = write_csv(["a", "b"], [[str(number), "x"] for number in range(200)])
    book = write_xlsx(["a", "b"], [[str(number), "x"] for number in range(200)])

    for file in (data, book):
        with pytest.raises(TooManyRows) as refusal:
            read_table(file, max_rows=100)
        assert refusal.value.params["limit"] == 100


def test_rows_are_written_as_they_come() -> None:
    """Of a long table only a few rows are ever held: what was given before is on its way into the file."""
    held: list[weakref.ref[_Row]] = []

    def rows() -> Iterator[_Row]:
        for number in range(5_000):
            row = _Row([f"成员{number}", number])
            held.append(weakref.ref(row))
            yield row
            alive.append(sum(one() is not None for one in held[-2_000:]))

    alive: list[int] = []
    data = write_xlsx(["姓名", "分"], rows())

    assert max(alive) <= 1_024
    assert len(read_table(data).rows) == 5_000


def test_more_rows_than_a_sheet_holds_go_on_to_the_next() -> None:
    """With the same header, whole rows, and numbers in the names of the sheets, which no other sheet may have."""
    out = io.BytesIO()
    with Book(out, max_rows=4) as book:
        book.sheet("考勤", ["=姓名"])
        book.add([str(number)] for number in range(5))
        book.add([["5"], ["6"]])
        book.sheet("考勤", ["a"])

    found = openpyxl.load_workbook(out)

    columns = {sheet.title: [cell.value for cell in sheet["A"]] for sheet in found.worksheets}
    assert columns == {
        "考勤": ["'=姓名", "0", "1", "2"],
        "考勤 2": ["'=姓名", "3", "4", "5"],
        "考勤 3": ["'=姓名", "6"],
        "考勤 4": ["a"],
    }


def test_same_rows_make_the_same_workbook() -> None:
    """Nothing in it says when it was made; numbers that are none and days before Excel's calendar break no file."""
    rows = [
        [float("nan"), date(1899, 1, 1), datetime(2026, 11, 28, 12, tzinfo=UTC), time(6), "a\rb\n", "_x000D_&<>\"'"]
    ]

    data = write_xlsx(list("abcdef"), rows)
    row = openpyxl.load_workbook(io.BytesIO(data)).active[2]

    assert data == write_xlsx(list("abcdef"), rows)
    assert [cell.value for cell in row][:4] == ["#NUM!", "1899-01-01", datetime(2026, 11, 28, 12), time(6)]
    assert read_table(data).rows[0].cells[4:] == ("a\nb", "_x000D_&<>\"'")


class _Row(list[str | int]):
    """A row that can be watched."""

    __slots__ = ("__weakref__",)
