"""Files that are not what they say, or that would do harm: one clear code each, and nothing read."""

import io
import tracemalloc
import zipfile
from contextlib import suppress

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes import files
from quizzes.bank.formats import read_bank
from quizzes.bank.items import MAX_ITEMS
from quizzes.files import FileError
from quizzes.tables import write_csv
from tests.bank.office import archive, docx, paragraph, row, xlsx

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512
HEADER = row("题干", "A", "B", "答案")
BILLION_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;">'
    '<!ENTITY lol3 "&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;">]>'
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def refusal(data: bytes, name: str = "") -> tuple[str, dict[str, object]]:
    """The code and the parameters with which a file is refused."""
    with pytest.raises(FileError) as caught:
        read_bank(data, name)
    return caught.value.code, caught.value.params


@pytest.mark.parametrize("data", [b"", b"   \r\n\t ", b"\xef\xbb\xbf", b"\xff\xfe", "\ufeff \u3000\n".encode()])
def test_empty_file(data: bytes) -> None:
    """Nothing, or nothing but spaces and marks."""
    assert refusal(data) == ("file.empty", {})


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PNG, "png"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 40, "jpeg"),
        (b"GIF89a" + b"\x00" * 40, "gif"),
        (b"%PDF-1.7\n", "pdf"),
        (b"Rar!\x1a\x07\x00", "rar"),
        (b"MZ\x90\x00\x03", "program"),
        (b"{\\rtf1\\ansi}", "rtf"),
        (b"\x00\x00\x00\x18ftypmp42", "media"),
        (archive({"photo.jpg": b"x"}), "zip"),
        (b"<html><body>Login</body></html>", "html"),
    ],
)
def test_other_files_under_the_name_of_a_bank(data: bytes, kind: str) -> None:
    """A picture renamed to .xlsx is a picture."""
    assert refusal(data, "题库.xlsx") == ("file.wrong_content", {"kind": kind})


def test_old_office_and_encrypted_files() -> None:
    """Both come in the same container; what helps differs."""
    assert refusal(OLE, "题库.xls") == ("file.old_office", {})
    assert refusal(OLE + "EncryptedPackage".encode("utf-16-le"), "题库.xlsx") == ("file.encrypted", {})


def test_text_that_begins_like_a_program() -> None:
    """Two letters are no signature if text follows them."""
    bank = read_bank("BM是什么的缩写？\nA. 甲\nB. 乙\n答案：A".encode())

    assert [item.text for item in bank.items] == ["BM是什么的缩写？"]


def test_file_over_the_size_that_telegram_hands_on() -> None:
    """It is refused before anything is unpacked."""
    assert refusal(b"x" * (files.MAX_FILE_BYTES + 1)) == ("file.too_large", {"limit_mb": 20})


@pytest.mark.parametrize("path", ["xl/worksheets/sheet1.xml", "xl/other.xml"])
def test_zip_bomb_is_not_unpacked(path: str) -> None:
    """A part that packs a thousand to one is no sheet, wherever it lies; memory stays flat."""
    bomb = xlsx(HEADER, more={path: b" " * (40 * 2**20)})

    tracemalloc.start()
    found = refusal(bomb, "题库.xlsx")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert found == ("file.bomb", {})
    assert peak < 4 * 2**20


def test_many_small_parts_that_are_large_together() -> None:
    """Below the ratio of a bomb and above what a bank may unpack to."""
    noise = b"".join(number.to_bytes(4, "big") * 5 for number in range(2**18))
    assert refusal(archive({f"xl/part{n}.xml": noise for n in range(14)})) == ("file.too_large", {"limit_mb": 64})


def test_archive_of_too_many_parts() -> None:
    """Its directory alone would cost more than any bank."""
    assert refusal(archive({f"xl/{number}": b"" for number in range(files.MAX_PARTS + 1)}))[0] == "file.bomb"


@pytest.mark.parametrize("prolog", [BILLION_LAUGHS, OUTSIDE])
def test_xml_with_a_document_type_is_refused(prolog: str) -> None:
    """In a sheet, in a document and in a Moodle file; entities are never even declared."""
    declared = prolog.encode()

    assert refusal(xlsx(HEADER, prolog=prolog))[0] == "file.forbidden_xml"
    assert refusal(archive({"word/document.xml": declared + b"<w:document/>"}))[0] == "file.forbidden_xml"
    assert refusal(declared + b"<quiz></quiz>", "quiz.xml")[0] == "file.forbidden_xml"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_document_type_in_another_encoding(encoding: str) -> None:
    """The parser itself refuses it, so the encoding hides nothing."""
    declared = (OUTSIDE.replace("?>", f' encoding="{encoding[:6]}"?>', 1) + "<quiz></quiz>").encode(encoding)

    assert refusal(declared, "quiz.xml")[0] in {"file.forbidden_xml", "file.broken"}


def test_broken_archives() -> None:
    """Cut off, with damaged content, with parts missing, or lying about sizes."""
    good = xlsx(HEADER + row("甲", "1", "2", "A"))
    with zipfile.ZipFile(io.BytesIO(good)) as packed:
        start = packed.getinfo("xl/worksheets/sheet1.xml").header_offset
    damaged = bytearray(good)
    damaged[start + 70 : start + 90] = b"\xff" * 20

    assert refusal(good[: len(good) // 2])[0] == "file.broken"
    assert refusal(bytes(damaged))[0] == "file.broken"
    assert refusal(archive({"xl/workbook.xml": b"<workbook>"}))[0] == "file.broken"
    assert refusal(archive({"xl/theme.xml": b"<x/>"}))[0] == "file.broken"
    assert refusal(archive({"word/styles.xml": b"<x/>"}))[0] == "file.broken"


def test_broken_xml_is_named_with_its_line() -> None:
    """Moodle files are written by hand too."""
    assert refusal(b"<quiz>\n<question type='essay'>\n</quiz>", "q.xml") == (
        "file.broken",
        {"kind": "moodle", "line": 3},
    )


def test_broken_json_is_named_with_its_line() -> None:
    """A comma too many has a place."""
    assert refusal(b'{\n"format": "studyhall-bank",,\n}', "q.json") == ("file.broken", {"kind": "json", "line": 2})


def test_deeply_nested_json() -> None:
    """No recursion takes the process down."""
    data = b'{"format": "studyhall-bank", "version": 1, "items": ' + b"[" * 100_000

    assert refusal(data)[0] == "file.broken"


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ("题干,答案\n".encode() + "题".encode() * 10 + b"\n\xff\xfe\xfa", 3),
        (b"\x81\x20\x81", 1),
        ("一二三四五六\n".encode() + "七".encode()[:2] + b"8", 2),
    ],
)
def test_unknown_encoding_names_the_line(data: bytes, line: int) -> None:
    """A text that begins as UTF-8 and is then damaged is not turned into wrong characters."""
    assert refusal(data, "题库.csv") == ("file.unknown_encoding", {"line": line})


def test_binary_rubbish_is_no_text() -> None:
    """Control characters give it away."""
    assert refusal(bytes(range(1, 32)) * 20)[0] in {"file.unknown_encoding", "file.unknown_format"}


def test_a_hundred_thousand_questions_are_refused_within_bounds() -> None:
    """The limit is named; memory holds what the limit allows and no more."""
    rows = [[f"第{number}问", "甲", "乙", "A"] for number in range(100_000)]
    data = write_csv(["题干", "A", "B", "答案"], rows)
    del rows

    tracemalloc.start()
    found = refusal(data, "题库.csv")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert found == ("file.too_many_rows", {"limit": MAX_ITEMS})
    assert peak < 60 * 2**20


def test_sheet_of_endless_empty_rows_and_cells() -> None:
    """Neither a row of a million cells nor a million rows is kept; a far stray cell is not followed."""
    wide = xlsx(HEADER + "<row>" + "<c/>" * 100_000 + "</row>")
    tall = xlsx(HEADER + "".join(f'<row r="{number}"/>' for number in range(2, 210_000)))
    stray = xlsx(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>题干</t></is></c><c r="B1" t="inlineStr"><is><t>答案</t></is></c></row>'
        '<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>鲸是鱼。</t></is></c>'
        '<c r="B1048576" t="inlineStr"><is><t>错</t></is></c><c r="XFD1048576"><v>1</v></c></row>'
    )

    assert refusal(tall)[0] == "file.too_many_rows"
    tracemalloc.start()
    assert refusal(wide)[0] == "file.unknown_format"
    bank = read_bank(stray)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert bank.lines == (1048576,)
    assert peak < 30 * 2**20


def test_text_of_too_many_questions() -> None:
    """The same limit holds where there are no rows."""
    assert refusal("".join(f"{number}.\n" for number in range(MAX_ITEMS + 1)).encode())[0] == "file.too_many_rows"


def test_moodle_question_of_endless_elements() -> None:
    """One question is in memory at a time, and even that is bounded."""
    data = b"<quiz><question type='multichoice'>" + b"<a/>" * 100_000 + b"</question></quiz>"

    assert refusal(data)[0] == "file.broken"


def test_formulas_are_never_run_and_named_where_they_have_no_value() -> None:
    """A bank full of formulas is a list of errors, each with its column."""
    cells = "<c><f>HYPERLINK(&quot;http://x&quot;)</f></c>" * 3 + '<c t="inlineStr"><is><t>A</t></is></c>'
    bank = read_bank(xlsx(HEADER + f"<row>{cells}</row>" * 3))

    assert bank.items == ()
    assert {error.code.value for error in bank.errors} == {"item.formula"}
    assert [(error.line, error.params["column"]) for error in bank.errors][:3] == [(2, "题干"), (2, "A"), (2, "B")]


def test_formula_as_text_is_text_and_defused_on_the_way_out() -> None:
    """``=1+1`` may well be what a question is about."""
    bank = read_bank("题干,A,B,答案\n=1+1 得几？,'=2,3,A\n".encode(), "题库.csv")

    assert bank.items[0].text == "=1+1 得几？"
    assert bank.items[0].options == ("=2", "3")


def test_workbook_with_pictures_says_that_they_are_left_out() -> None:
    """Nothing vanishes silently."""
    bank = read_bank(xlsx(HEADER + row("甲", "1", "2", "A"), more={"xl/media/image1.png": PNG}))

    assert [warning.code.value for warning in bank.warnings] == ["item.pictures_left_out"]


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=200), st.sampled_from(["", "a.csv", "a.gift", "a.xml", "a.json"]))
def test_whatever_bytes_arrive_only_file_errors_escape(data: bytes, name: str) -> None:
    """No input ends in a traceback."""
    with suppress(FileError):
        read_bank(data, name)


GOOD = {
    "xlsx": xlsx(HEADER + row("甲", "1", "2", "A")),
    "docx": docx(paragraph("1. 甲（A）") + paragraph("A. 一") + paragraph("B. 二")),
    "openpyxl": (lambda out: (openpyxl.Workbook().save(out), out.getvalue())[1])(io.BytesIO()),
}


@settings(deadline=None, max_examples=80)
@given(st.sampled_from(sorted(GOOD)), st.data())
def test_damaged_office_files_only_raise_file_errors(kind: str, data: st.DataObject) -> None:
    """Bytes changed anywhere in a real file."""
    damaged = bytearray(GOOD[kind])
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(4, len(damaged) - 1))] = data.draw(st.integers(0, 255))

    with suppress(FileError):
        read_bank(bytes(damaged))


@settings(deadline=None, max_examples=80)
@given(st.text(st.sampled_from('<>/="abrstvcfdeniolwm:0123456789 '), max_size=60))
def test_sheets_of_any_xml_only_raise_file_errors(rows: str) -> None:
    """Well formed or not, with numbers where none should be."""
    for rubbish in (
        rows,
        f'<row r="{rows[:4]}"><c r="{rows[4:8]}" t="s" s="{rows[8:10]}"><v>{rows[10:14]}</v></c></row>',
    ):
        with suppress(FileError):
            read_bank(xlsx(rubbish))
