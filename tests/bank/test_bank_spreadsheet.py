"""Question banks in CSV and XLSX."""

import io

import openpyxl
import pytest

from quizzes.bank.items import Kind, ParsedBank
from quizzes.bank.spreadsheet import read, to_csv, to_xlsx
from quizzes.files import MissingColumns, UnknownFormat
from quizzes.tables import read_table
from tests.bank.asking import asked, faults, remarks


def bank_of(*rows: str, header: str = "题型,题干,A,B,C,D,答案") -> ParsedBank:
    """The bank of a CSV with these rows."""
    return read("\n".join([header, *rows]).encode())


@pytest.mark.parametrize(
    "header",
    [
        "题型,题干,A,B,C,D,答案,解析,分值,难度,分类",
        "type,question,A,B,C,D,answer,explanation,points,difficulty,category",
        "题型/type,题干/question,选项A,选项B,选项C,选项D,正确答案,答案解析,分数,难易度,章节",
        "试题类型*,题目（必填）,A选项,B选项,C选项,D选项,标准答案,试题解析,分值(分),难度等级,所属分类",
        "TYPE,Question,Option A,option b,OPTION C,Option D,Correct Answer,说明,Score,Level,类别",
    ],
)
def test_headers_in_chinese_english_or_both(header: str) -> None:
    """Each field is found by any of its words."""
    bank = bank_of("单选,首都是,北京,上海,广州,深圳,A,常识,2,易,地理", header=header)

    item = bank.items[0]
    assert asked(bank) == [("首都是", ("北京", "上海", "广州", "深圳"), "A")]
    assert (item.explanation, item.points, item.difficulty, item.category) == ("常识", 2, 1, "地理")


def test_columns_in_any_order_with_others_between() -> None:
    """Serial numbers and remarks do not matter."""
    bank = bank_of("A,1,北京,首都是,好题,上海", header="答案,序号,A,题干,备注,B")

    assert asked(bank) == [("首都是", ("北京", "上海"), "A")]


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("单选", Kind.SINGLE),
        ("单选题", Kind.SINGLE),
        ("单项选择题", Kind.SINGLE),
        ("【单选题】", Kind.SINGLE),
        ("single", Kind.SINGLE),
        ("Single choice", Kind.SINGLE),
        ("选择题", Kind.SINGLE),
        ("multiple choice", Kind.SINGLE),
        ("", Kind.SINGLE),
        ("多选", Kind.SEVERAL),
        ("不定项选择题", Kind.SEVERAL),
        ("several", Kind.SEVERAL),
        ("Multiple response", Kind.SEVERAL),
    ],
)
def test_words_for_choice(word: str, kind: Kind) -> None:
    """What is called a choice without saying which goes by its answer."""
    assert bank_of(f"{word},首都是,北京,上海,,,A").items[0].kind is kind


@pytest.mark.parametrize(
    ("row", "kind", "answer"),
    [
        ("判断,鲸是鱼,,,,,错", Kind.TRUE_FALSE, "F"),
        ("判断题,鲸是鱼,正确,错误,,,B", Kind.TRUE_FALSE, "F"),
        ("True/False,Whales are fish,,,,,FALSE", Kind.TRUE_FALSE, "F"),
        (",鲸是哺乳动物,,,,,√", Kind.TRUE_FALSE, "T"),
        ("是非题,鲸是哺乳动物,,,,,A", Kind.TRUE_FALSE, "T"),
        ("填空,首都是____,,,,,北京|北京市", Kind.FILL_IN, "北京|北京市"),
        (",首都是____,,,,,北京；北京市", Kind.FILL_IN, "北京|北京市"),
        ("fill in the blank,2+2=__,,,,,4", Kind.FILL_IN, "4"),
        ("简答,谈谈体会,,,,,略", Kind.ORAL, "略"),
        ("口答,谈谈体会,,,,,", Kind.ORAL, ""),
    ],
)
def test_other_kinds(row: str, kind: Kind, answer: str) -> None:
    """True and false, typed and spoken answers, named or recognised."""
    bank = bank_of(row)

    assert bank.items[0].kind is kind
    assert asked(bank)[0][2] == answer


@pytest.mark.parametrize(
    "answer",
    ["ABD", "A,B,D", "A、B、D", "A B D", "A;B;D", "ＡＢＤ", "abd", "DBA", "A，B，D", "A/B/D", "A和B和D", "【ABD】"],
)
def test_several_answers_however_they_are_parted(answer: str) -> None:
    """Separators, width, case and order do not matter."""
    bank = bank_of(f'多选,下列属于,甲,乙,丙,丁,"{answer}"')

    assert bank.items[0].answers == (0, 1, 3)


@pytest.mark.parametrize("answer", ["A", "a", "Ａ", "A.", "A、", "(A)", "北京"])
def test_one_answer_as_letter_or_as_the_option_itself(answer: str) -> None:
    """Some write the text of the right option."""
    assert bank_of(f"单选,首都是,北京,上海,,,{answer}").items[0].answers == (0,)


def test_options_that_repeat_their_letters() -> None:
    """``A. 北京`` in column A is 北京, if every option does so."""
    bank = bank_of(
        "单选,首都是,A. 北京,B、上海,C．广州,,A", "单选,选区是,A区,B区,,,A", "单选,缩写是,A. Smith,Jones,,,B"
    )

    assert [item.options for item in bank.items] == [("北京", "上海", "广州"), ("A区", "B区"), ("A. Smith", "Jones")]


@pytest.mark.parametrize(
    "cell", ["A.北京|B.上海", "A. 北京\nB. 上海", "北京|上海", "北京\n上海", "A、北京；B、上海", "A-北京|B-上海"]
)
def test_all_options_in_one_column(cell: str) -> None:
    """As some platforms export them."""
    bank = bank_of(f'首都是,"{cell}",A', header="题干,选项,答案")

    assert asked(bank) == [("首都是", ("北京", "上海"), "A")]


def test_sheets_named_after_kinds() -> None:
    """Each sheet gives its kind to rows that name none, and errors name the sheet."""
    book = openpyxl.Workbook()
    for title, rows in {
        "单选题": [["首都是", "北京", "上海", "A"], ["没有答案", "北京", "上海", None]],
        "判断题": [["鲸是鱼", None, None, "B"]],
        "说明": [["请勿修改", None, None, None]],
    }.items():
        sheet = book.create_sheet(title)
        if title != "说明":
            sheet.append(["题干", "A", "B", "答案"])
        for row in rows:
            sheet.append(row)
    book.remove(book.worksheets[0])
    out = io.BytesIO()
    book.save(out)

    bank = read(out.getvalue())

    assert [item.kind for item in bank.items] == [Kind.SINGLE, Kind.TRUE_FALSE]
    assert [(error.line, error.sheet) for error in bank.errors] == [(3, "单选题")]


@pytest.mark.parametrize(
    ("row", "field", "code", "params"),
    [
        ("单选,,北京,上海,,,A", "text", "item.no_text", {}),
        (f"单选,{'长' * 1001},北京,上海,,,A", "text", "item.text_too_long", {"limit": 1000, "length": 1001}),
        (f"单选,{'😀' * 501},北京,上海,,,A", "text", "item.text_too_long", {"limit": 1000, "length": 1002}),
        ("连线,首都是,北京,上海,,,A", "kind", "item.unknown_kind", {"kind": "连线"}),
        ("单选,首都是,北京,,,,A", "options", "item.too_few_options", {"count": 1}),
        ("单选,首都是,北京,,广州,,A", "options", "item.option_empty", {"option": "B"}),
        (
            f"单选,首都是,北京,{'长' * 201},,,A",
            "options",
            "item.option_too_long",
            {"option": "B", "limit": 200, "length": 201},
        ),
        ("单选,首都是,北京,上海,北京,,A", "options", "item.options_equal", {"first": "A", "second": "C"}),
        ("单选,首都是,北京,上海,,,", "answers", "item.no_answer", {}),
        ("单选,首都是,北京,上海,,,D", "answers", "item.answer_no_option", {"option": "D"}),
        ("单选,首都是,北京,上海,,,AB", "answers", "item.answers_too_many", {"answer": "AB"}),
        ("单选,首都是,北京,上海,,,都对", "answers", "item.answer_unclear", {"answer": "都对"}),
        ("判断,鲸是鱼,,,,,大概", "answers", "item.answer_unclear", {"answer": "大概"}),
        ("判断,鲸是,大鱼,小鱼,,,A", "options", "item.not_true_or_false", {}),
        ("填空,首都是____,,,,,", "answers", "item.no_answer", {}),
        (f"填空,首都是____,,,,,{'长' * 201}", "accepted", "item.answer_too_long", {"limit": 200, "length": 201}),
        (
            f"填空,是____,,,,,{'|'.join(map(str, range(21)))}",
            "accepted",
            "item.too_many_answers",
            {"limit": 20, "count": 21},
        ),
    ],
)
def test_every_fault_is_named_with_its_row(row: str, field: str, code: str, params: dict[str, object]) -> None:
    """The good ones around it are taken."""
    bank = bank_of("单选,好题一,北京,上海,,,A", row, "单选,好题二,北京,上海,,,B")

    assert [item.text for item in bank.items] == ["好题一", "好题二"]
    assert faults(bank) == [(3, field, code)]
    assert bank.errors[0].params == params
    assert bank.lines == (2, 4)


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("解析", "长" * 1001, "item.explanation_too_long"),
        ("分值", "两分", "item.bad_points"),
        ("分值", "2.5", "item.bad_points"),
        ("分值", "0", "item.bad_points"),
        ("分值", "99999", "item.bad_points"),
        ("难度", "很玄", "item.bad_difficulty"),
        ("难度", "6", "item.bad_difficulty"),
        ("分类", "长" * 51, "item.label_too_long"),
        ("标签", "长" * 51, "item.label_too_long"),
        ("标签", "、".join(map(str, range(21))), "item.too_many_tags"),
    ],
)
def test_faults_of_what_goes_with_a_question(column: str, cell: str, code: str) -> None:
    """A slip there is reported too and never guessed away."""
    bank = bank_of(f"首都是,北京,上海,A,{cell}", header=f"题干,A,B,答案,{column}")

    assert [code for _, _, code in faults(bank)] == [code]


@pytest.mark.parametrize(
    ("word", "level"), [("易", 1), ("较易", 2), ("中等", 3), ("3", 3), ("4.0", 4), ("难", 5), ("★★★☆☆", 3), ("Easy", 1)]
)
def test_difficulty_in_words_numbers_and_stars(word: str, level: int) -> None:
    """From 1 to 5."""
    assert bank_of(f"首都是,北京,上海,A,{word}", header="题干,A,B,答案,难度").items[0].difficulty == level


def test_several_faults_of_one_question_are_all_named() -> None:
    """So that one round of corrections is enough."""
    bank = bank_of("单选,,北京,北京,,,E")

    assert [code for _, _, code in faults(bank)] == ["item.no_text", "item.options_equal", "item.answer_no_option"]


def test_duplicates_name_the_first() -> None:
    """Width, spaces and the final stop make no difference; another answer to the same question is said to be one."""
    bank = bank_of(
        "单选,首都是( ).,北京,上海,,,A",
        "单选,首都 是（　）。,上海,北京,,,B",
        "单选,首都是（）,北京,上海,,,B",
        "单选,首都是（ ）。,北京,广州,,,A",
    )

    assert len(bank.items) == 2
    assert faults(bank) == [(3, "text", "item.duplicate"), (4, "text", "item.duplicate_disagrees")]
    assert all(error.params == {"first_line": 2} for error in bank.errors)


def test_near_duplicates_are_remarked_and_taken() -> None:
    """A word changed is nearly the same; another number, or other options to a common text, is not."""
    bank = bank_of(
        "单选,按照公文格式国家标准的规定公文标题一般使用什么字体？,黑体,楷体,宋体,仿宋,A",
        "单选,依照公文格式国家标准的规定公文标题一般使用什么字体？,黑体,楷体,宋体,仿宋,A",
        "判断,民法典第184条规定了自愿实施紧急救助行为的责任,,,,,对",
        "判断,民法典第185条规定了自愿实施紧急救助行为的责任,,,,,错",
        "单选,下列说法正确的是,甲是乙的父亲,乙是丙的父亲,,,A",
        "单选,下列说法正确的是,水在零度结冰,酒在零度结冰,,,A",
    )

    assert len(bank.items) == 6
    assert remarks(bank) == [(3, "item.near_duplicate")]
    assert bank.warnings[0].params == {"first_line": 2}


def test_question_for_several_answers_that_has_one() -> None:
    """It is allowed (不定项), and remarked."""
    bank = bank_of("多选,首都是,北京,上海,,,A")

    assert bank.items[0].kind is Kind.SEVERAL
    assert remarks(bank) == [(2, "item.one_of_several")]


def test_rows_with_a_type_only_are_blank() -> None:
    """Types filled down past the last question are no questions."""
    bank = bank_of("单选,首都是,北京,上海,,,A", "单选,,,,,,", "单选,,,,,,")

    assert (len(bank.items), bank.errors) == (1, ())


@pytest.mark.parametrize("header", ["姓名,单位", "题干,A,B", "A,B,答案"])
def test_table_without_questions_or_answers(header: str) -> None:
    """The missing columns are named; nothing is guessed."""
    with pytest.raises(MissingColumns):
        bank_of("x,y,z", header=header)


def test_header_alone_is_no_bank() -> None:
    """There is nothing to take."""
    with pytest.raises(UnknownFormat):
        bank_of()


@pytest.mark.parametrize("chinese", [True, False])
def test_written_tables_are_made_for_people(chinese: bool) -> None:
    """Headers, kinds and answers in their language; both are read."""
    bank = bank_of("判断,鲸是鱼,,,,,错", "多选,属于,甲,乙,丙,,AC", "填空,首都是____,,,,,北京|北京市")

    table = read_table(to_csv(bank.items, chinese=chinese))

    expected = ("题型", "题干") if chinese else ("type", "question")
    assert table.headers[:2] == expected
    assert table.rows[0].cells[:2] == ("判断" if chinese else "true_false", "鲸是鱼")
    assert table.rows[0].cells[6] == ("错" if chinese else "false")
    for data in (to_csv(bank.items, chinese=chinese), to_xlsx(bank.items, chinese=chinese)):
        assert read(data).items == bank.items


def test_ten_options_are_too_many() -> None:
    """Eight letters fit a keyboard and a message; columns beyond H are other columns."""
    bank = bank_of('首都是,"A.1|B.2|C.3|D.4|E.5|F.6|G.7|H.8|I.9|J.10",A', header="题干,选项,答案")

    assert [code for _, _, code in faults(bank)] == ["item.too_many_options"]
