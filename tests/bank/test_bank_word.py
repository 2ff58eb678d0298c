"""Question banks as Word documents."""

import io

import docx
import pytest

from quizzes.bank.items import Item, Kind
from quizzes.bank.word import read, to_docx
from quizzes.bank.word_numbers import drawn
from tests.bank.asking import asked, faults
from tests.bank.office import docx as word_file
from tests.bank.office import paragraph

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64
QUESTIONS_AND_OPTIONS = (
    '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="upperLetter"/>'
    '<w:lvlText w:val="%2、"/></w:lvl></w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
)


def test_paragraphs_are_read_like_lines() -> None:
    """What python-docx writes, with runs parted anywhere, tabs and soft breaks."""
    document = docx.Document()
    document.add_heading("安全知识题库")
    question = document.add_paragraph("1. 首都")
    question.add_run("是（").bold = True
    question.add_run("A").underline = True
    question.add_run("）。")
    document.add_paragraph("A. 北京\tB. 上海\nC. 广州\tD. 深圳")
    document.add_paragraph("解析：常识。")
    out = io.BytesIO()
    document.save(out)

    bank = read(out.getvalue())

    assert asked(bank) == [("首都是（　　）。", ("北京", "上海", "广州", "深圳"), "A")]
    assert bank.items[0].explanation == "常识。"
    assert bank.format == "docx"
    assert bank.lines == (2,)


def test_automatic_numbers_and_letters() -> None:
    """Word stores neither ``1.`` nor ``A、`` of its lists; they are counted again."""
    body = "".join(
        paragraph(f"第{number}问（ ）", in_list="3")
        + "".join(paragraph(f"选项{number}{letter}", in_list="3", depth=1) for letter in "甲乙丙")
        + paragraph("答案：B")
        for number in (1, 2)
    )

    bank = read(word_file(body, numbering=QUESTIONS_AND_OPTIONS))

    assert asked(bank) == [
        ("第1问（ ）", ("选项1甲", "选项1乙", "选项1丙"), "B"),
        ("第2问（ ）", ("选项2甲", "选项2乙", "选项2丙"), "B"),
    ]


def test_lists_that_start_anew() -> None:
    """Each question's options are a list of their own over one definition, as Word makes them by "restart at A"."""
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperLetter"/>'
        '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        + "".join(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
            '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
            for number in (1, 2)
        )
    )
    body = "".join(
        paragraph(f"{number}. 第{number}问")
        + paragraph("甲", in_list=str(number))
        + paragraph("乙", in_list=str(number))
        + paragraph("答案：A")
        for number in (1, 2)
    )

    bank = read(word_file(body, numbering=numbering))

    assert [item.options for item in bank.items] == [("甲", "乙"), ("甲", "乙")]


@pytest.mark.parametrize(
    ("number", "format_name", "text"),
    [
        (3, "decimal", "3"),
        (3, "upperLetter", "C"),
        (28, "lowerLetter", "bb"),
        (12, "chineseCountingThousand", "十二"),
        (21, "japaneseCounting", "二十一"),
        (7, "decimalZero", "07"),
    ],
)
def test_formats_of_numbers(number: int, format_name: str, text: str) -> None:
    """As Word draws them."""
    assert drawn(number, format_name) == text


def test_table_with_a_header_is_a_table() -> None:
    """The same columns as in a spreadsheet; lines are paragraphs."""
    document = docx.Document()
    document.add_paragraph("题库")
    table = document.add_table(rows=0, cols=5)
    for cells in (
        ["题干", "A", "B", "答案", "解析"],
        ["首都是", "北京", "上海", "A", "常识"],
        ["河是", "黄河", "黄河", "A", ""],
    ):
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)

    bank = read(out.getvalue())

    assert asked(bank) == [("首都是", ("北京", "上海"), "A")]
    assert faults(bank) == [(12, "options", "item.options_equal")]


def test_tables_that_only_lay_out() -> None:
    """Options in cells, and the answers in a grid at the end."""
    document = docx.Document()
    for number in (1, 2):
        document.add_paragraph(f"{number}. 第{number}问（ ）")
        table = document.add_table(rows=2, cols=2)
        for cell, text in zip(table._cells, ("A. 甲", "B. 乙", "C. 丙", "D. 丁"), strict=True):
            cell.text = text
    document.add_paragraph("参考答案")
    grid = document.add_table(rows=2, cols=3)
    for cell, text in zip(grid._cells, ("题号", "1", "2", "答案", "C", "D"), strict=True):
        cell.text = text
    out = io.BytesIO()
    document.save(out)

    bank = read(out.getvalue())

    assert asked(bank) == [
        ("第1问（ ）", ("甲", "乙", "丙", "丁"), "C"),
        ("第2问（ ）", ("甲", "乙", "丙", "丁"), "D"),
    ]


def test_raised_and_lowered_digits_keep_their_meaning() -> None:
    """Or else 10⁸ would become 108."""
    body = (
        "<w:p><w:r><w:t>1. 光速约为3×10</w:t></w:r><w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>8</w:t></w:r>"
        "<w:r><w:t>米/秒，水是H</w:t></w:r><w:r><w:rPr><w:vertAlign w:val='subscript'/></w:rPr><w:t>2</w:t></w:r>"
        "<w:r><w:t>O。</w:t></w:r></w:p>" + paragraph("答案：对")
    )

    assert read(word_file(body)).items[0].text == "光速约为3×10⁸米/秒，水是H₂O。"


def test_ticks_and_crosses_of_wingdings() -> None:
    """They are signs of a font and no text."""
    body = "".join(
        f"<w:p><w:r><w:t>{number}. 说法{number}。（</w:t></w:r><w:r><w:sym w:font='Wingdings' w:char='{sign}'/></w:r>"
        "<w:r><w:t>）</w:t></w:r></w:p>"
        for number, sign in ((1, "F0FC"), (2, "F0FB"))
    )

    assert [answer for _, _, answer in asked(read(word_file(body)))] == ["T", "F"]


def test_deleted_text_and_old_copies_are_not_read() -> None:
    """Tracked changes count as accepted, and a text box is read once."""
    body = (
        "<w:p><w:r><w:t>1. 首都是</w:t></w:r><w:del><w:r><w:delText>（A）</w:delText><w:t>旧</w:t></w:r></w:del>"
        "<w:ins><w:r><w:t>（ ）</w:t></w:r></w:ins></w:p>"
        "<w:p><w:r><AlternateContent><Choice><w:txbxContent>"
        + paragraph("A. 北京 B. 上海")
        + "</w:txbxContent></Choice><Fallback><w:txbxContent>"
        + paragraph("A. 北京 B. 上海")
        + "</w:txbxContent></Fallback></AlternateContent></w:r></w:p>"
        + paragraph("答案：A")
    )

    assert asked(read(word_file(body))) == [("首都是（ ）", ("北京", "上海"), "A")]


def test_picture_goes_with_its_question() -> None:
    """Its name is the question's medium, its bytes are in the bank."""
    body = (
        "<w:p><w:r><w:t>1. 图中是哪里？</w:t></w:r><w:r><w:drawing><a:blip r:embed='rId2'/></w:drawing></w:r></w:p>"
        + paragraph("A. 北京 B. 上海")
        + paragraph("答案：A")
    )

    bank = read(word_file(body, pictures={"image1.png": PNG}))

    assert bank.items[0].media == "image1.png"
    assert bank.media == {"image1.png": PNG}
    assert asked(bank) == [("图中是哪里？", ("北京", "上海"), "A")]


def test_second_picture_is_remarked() -> None:
    """A question shows one."""
    body = (
        "<w:p><w:r><w:t>1. 图中是哪里？</w:t><w:drawing><a:blip r:embed='rId2'/><a:blip r:embed='rId3'/></w:drawing></w:r></w:p>"
        + paragraph("A. 北京 B. 上海 答案：A")
    )

    bank = read(word_file(body, pictures={"image1.png": PNG, "image2.png": PNG}))

    assert bank.items[0].media == "image1.png"
    assert [warning.code.value for warning in bank.warnings] == ["item.pictures_left_out"]


def test_written_documents_open_in_word_and_here() -> None:
    """python-docx reads what was written; headings are bold, options lettered."""
    items = (
        Item(Kind.SINGLE, "首都是（ ）。", ("北京", "上海"), (0,), explanation="常识。", points=2),
        Item(Kind.TRUE_FALSE, "鲸是鱼。", (), (1,)),
    )

    data = to_docx(items)

    written = docx.Document(io.BytesIO(data))
    assert [text.text for text in written.paragraphs][:5] == [
        "一、单项选择题",
        "",
        "1. 首都是（ ）。",
        "A. 北京",
        "B. 上海",
    ]
    assert written.paragraphs[0].runs[0].bold
    assert read(data).items == items
