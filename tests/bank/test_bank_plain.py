"""Plain text as organisers type it."""

import pytest

from quizzes.bank.items import Kind
from quizzes.bank.plain import read
from tests.bank.asking import asked, faults, remarks

CAPITAL = [("我国的首都是（ ）。", ("北京", "上海", "广州", "深圳"), "A")]
AFTER_BRACKETS = [("我国的首都是（　　）。", ("北京", "上海", "广州", "深圳"), "A")]


@pytest.mark.parametrize(
    "text",
    [
        "1. 我国的首都是（ ）。\nA. 北京\nB. 上海\nC. 广州\nD. 深圳\n答案：A",
        "1、我国的首都是（ ）。\nA、北京\nB、上海\nC、广州\nD、深圳\n答案:A",
        "1．我国的首都是（ ）。\nA．北京\nB．上海\nC．广州\nD．深圳\n【答案】A",
        "(1) 我国的首都是（ ）。\nA) 北京\nB) 上海\nC) 广州\nD) 深圳\n正确答案：A",
        "（1）我国的首都是（ ）。\n（A）北京\n（B）上海\n（C）广州\n（D）深圳\n参考答案：Ａ",
        "第1题 我国的首都是（ ）。\nA: 北京\nB: 上海\nC: 广州\nD: 深圳\n标准答案：a",
        "第1题：我国的首都是（ ）。\nA.北京 B.上海\nC.广州 D.深圳\n答案 A",
        "1. 我国的首都是（ ）。\nA.北京 B.上海 C.广州 D.深圳\n答：A",
        "1. 我国的首都是（ ）。\nA.北京B.上海C.广州D.深圳\n答案：A",
        "1. 我国的首都是（ ）。A.北京 B.上海 C.广州 D.深圳 答案：A",
        "1. 我国的首都是（ ）。\nA. 北京\tB. 上海\tC. 广州\tD. 深圳【答案】A",
        "1. 我国的首都是（ ）。\nA 北京\nB 上海\nC 广州\nD 深圳\n答案：A",
        "1. 我国的首都是（ ）。\nA北京\nB上海\nC广州\nD深圳\n答案：A",
        "1. 我国的首都是（ ）。\nａ．北京\nｂ．上海\nｃ．广州\nｄ．深圳\n答案：ａ",
        "1) 我国的首都是（ ）。\na) 北京\nb) 上海\nc) 广州\nd) 深圳\nAnswer: A",
        "1.我国的首都是（ ）。\n\nA.北京；\n\nB.上海；\n\nC.广州；\n\nD.深圳\n\n答案：A",
        "Q1. 我国的首都是（ ）。\n[A] 北京\n[B] 上海\n[C] 广州\n[D] 深圳\n[答案] A",
        "1. 我国的首都是（ ）。\nA. 北京\nB. 上海\nC. 广州\nD. 深圳（答案：A）",
        "一、我国的首都是（ ）。\nA. 北京\nB. 上海\nC. 广州\nD. 深圳\n答案：A",
        "我国的首都是（ ）。\nA. 北京\nB. 上海\nC. 广州\nD. 深圳\n答案：A",
        "1. 我国的首都是（ ）。\n  Ａ、北京　　Ｂ、上海　　Ｃ、广州　　Ｄ、深圳\n  答案：Ａ",
        "1. 【单选题】我国的首都是（ ）。\nA. 北京\nB. 上海\nC. 广州\nD. 深圳\n答案：A",
        "1. （单选，2分）我国的首都是（ ）。\nA. 北京\nB. 上海\nC. 广州\nD. 深圳\n答案：A",
        "1. 我国的首都是（ ）。（2分）\nA. 北京\nB. 上海\nC. 广州\nD. 深圳\n答案：A",
    ],
)
def test_one_question_in_every_layout_that_one_meets(text: str) -> None:
    """Numbers, option signs, line breaks and labels vary; the question is the same."""
    bank = read(text.encode())

    assert asked(bank) == CAPITAL
    assert bank.errors == ()
    assert bank.warnings == ()


@pytest.mark.parametrize("brackets", ["（A）", "( A )", "（　A　）", "（Ａ）", "【A】", "[ A ]", "(a)"])
def test_answer_in_the_brackets_is_taken_out_of_the_text(brackets: str) -> None:
    """Or else everybody would read it with the question."""
    bank = read(f"1. 我国的首都是{brackets}。\nA. 北京\nB. 上海\nC. 广州\nD. 深圳".encode())

    assert asked(bank) == AFTER_BRACKETS
    assert bank.errors == ()


@pytest.mark.parametrize(
    "text",
    [
        "1. 首都是（ ）。（A）\nA. 北京\nB. 上海",
        "1. 首都是（ ）。【 A 】\nA. 北京\nB. 上海",
        "1. 首都是（ ）。\nA. 北京 √\nB. 上海",
        "1. 首都是（ ）。\nA. 北京（正确答案）\nB. 上海",
        "1. 首都是（ ）。\nA. 北京\nB. 上海\n正确答案是：A",
        "1. 首都是（ ）。\nA. 北京\nB. 上海\n答案是A",
    ],
)
def test_answer_behind_the_text_or_ticked(text: str) -> None:
    """Where it stands beside the blank, at the right option, or in a sentence."""
    bank = read(text.encode())

    assert asked(bank) == [("首都是（ ）。", ("北京", "上海"), "A")]


def test_answer_before_the_number() -> None:
    """Some papers leave room for the answer there."""
    bank = read("（ √ ）1. 地球绕太阳公转。\n（ × ）2. 月球自身发光。\n（B）3. 首都是哪里？\nA. 上海\nB. 北京".encode())

    assert asked(bank) == [
        ("地球绕太阳公转。", (), "T"),
        ("月球自身发光。", (), "F"),
        ("首都是哪里？", ("上海", "北京"), "B"),
    ]


def test_letters_in_brackets_are_text_if_the_blank_is_elsewhere() -> None:
    """A bracket with a letter is an answer only where no other bracket waits for one."""
    bank = read("1. 维生素(A)主要来自（ ）。\nA. 岩石\nB. 动物肝脏\n答案：B".encode())

    assert asked(bank) == [("维生素(A)主要来自（ ）。", ("岩石", "动物肝脏"), "B")]
    assert bank.errors == ()


def test_two_answers_that_disagree_are_refused() -> None:
    """Nobody knows which of them is right."""
    bank = read("1. 首都是（A）。\nA. 北京\nB. 上海\n答案：B".encode())

    assert bank.items == ()
    assert faults(bank) == [(1, "answers", "item.answers_disagree")]
    assert bank.errors[0].params == {"first": "A", "second": "B", "number": 1}


@pytest.mark.parametrize(
    ("said", "right"),
    [
        *((word, "T") for word in ("对", "√", "✓", "正确", "T", "True", "是", "Ｔ", "对。")),
        *((word, "F") for word in ("错", "×", "✗", "错误", "F", "false", "否", "X", "不正确")),
    ],
)
def test_true_and_false_in_all_words_and_marks(said: str, right: str) -> None:
    """Behind the label and in the brackets."""
    apart = read(f"判断题\n1. 地球绕太阳公转。\n答案：{said}".encode())
    inside = read(f"一、判断题\n1. 地球绕太阳公转。（ {said} ）".encode())

    assert asked(apart) == asked(inside) == [("地球绕太阳公转。", (), right)]


def test_options_that_only_say_true_and_false_vanish() -> None:
    """The kind is true/false, whichever letter stands for which."""
    bank = read("1. 鲸是鱼。\nA. 错误\nB. 正确\n答案：A\n2. 鲸是哺乳动物。\nA. 对\nB. 错\n答案：A".encode())

    assert asked(bank) == [("鲸是鱼。", (), "F"), ("鲸是哺乳动物。", (), "T")]
    assert {item.kind for item in bank.items} == {Kind.TRUE_FALSE}


def test_sections_give_kind_points_and_category() -> None:
    """A heading holds until the next one; a subject holds for the kinds below it."""
    text = """2024年度知识竞赛题库
（内部资料）

第一章 公文

一、单项选择题（每题2分，共2分）
每题只有一个正确答案。
1. 答复请示用（ ）。
A. 批复
B. 函
答案：A

二、多项选择题（每小题 3 分）
2. 属于法定文种的有（ ）。
A. 请示
B. 总结
C. 函
答案：AC

第二章 安全

三、判断题
3. 电梯可以用于火灾逃生。（×）

四、填空题
4. 火警电话是____。
答案：119

五、简答题
5. 简述灭火器的使用步骤。
答案：提起灭火器，拔下保险销，
对准火焰根部，压下压把。
"""

    bank = read(text.encode())

    assert bank.errors == ()
    assert [(item.kind.value, item.points, item.category) for item in bank.items] == [
        ("single", 2, "公文"),
        ("several", 3, "公文"),
        ("true_false", None, "安全"),
        ("fill_in", None, "安全"),
        ("oral", None, "安全"),
    ]
    assert bank.items[4].accepted == ("提起灭火器，拔下保险销，\n对准火焰根部，压下压把。",)
    assert bank.lines == (8, 14, 23, 26, 30)


def test_explanations_may_have_several_lines_and_lists() -> None:
    """Numbers within an explanation count its points, not questions."""
    text = """1. 首都是（ ）。
A. 北京
B. 上海
【答案】A
【解析】理由如下：
1. 宪法有规定。
2. 大家都知道。
（1）也写在书里。
A、B两项中只有一项对。
难度：易
2. 最长的河是（ ）。
A. 黄河
B. 长江
答案：B。长江全长约6300千米。
"""

    bank = read(text.encode())

    assert asked(bank) == [
        ("首都是（ ）。", ("北京", "上海"), "A"),
        ("最长的河是（ ）。", ("黄河", "长江"), "B"),
    ]
    assert bank.items[0].explanation.count("\n") == 4
    assert bank.items[0].difficulty == 1
    assert bank.items[1].explanation == "长江全长约6300千米。"


@pytest.mark.parametrize(
    "line",
    [
        "答案：B 解析：因为。",
        "【答案】B【解析】因为。",
        "答案：B。解析：因为。",
        "答案：B（因为。）",
        "答案及解析：B。因为。",
        "正确答案：B　答案解析：因为。",
        "答案：B\n答案解析：因为。",
        "答案:B\n\n解析:\n因为。",
    ],
)
def test_answer_and_explanation_in_one_line_or_more(line: str) -> None:
    """However they are joined, they are parted."""
    bank = read(f"1. 首都是（ ）。\nA. 上海\nB. 北京\n{line}".encode())

    assert asked(bank) == [("首都是（ ）。", ("上海", "北京"), "B")]
    assert bank.items[0].explanation == "因为。"


def test_labels_give_every_field() -> None:
    """One after another or in one line."""
    text = (
        "1. 首都是（ ）。\nA. 北京\nB. 上海\n答案：A\n解析：常识。\n依据：《地图册》第3页\n"
        "难度：较易 分值：5\n分类：地理\n知识点：首都、城市\n图片：map.png"
    )

    item = read(text.encode()).items[0]

    assert item.explanation == "常识。\n依据：《地图册》第3页"
    assert (item.difficulty, item.points, item.category) == (2, 5, "地理")
    assert item.tags == ("首都", "城市")
    assert item.media == "map.png"


@pytest.mark.parametrize(
    "key",
    [
        "参考答案\n1-5 ABCDA",
        "参考答案：\n1—5：ABCDA",
        "答案\n1~5 A B C D A",
        "【参考答案】\n1-3 ABC 4-5 DA",
        "附：试题答案\n1.A 2.B 3.C 4.D 5.A",
        "参考答案及解析\n1、A\n2、B\n3、C\n4、D\n5、A",
        "参考答案\n1A 2B 3C 4D 5A",
        "参考答案\n1-5ABCDA",
        "参考答案\n(1)A (2)B (3)C (4)D (5)A",
        "答案：1-5 ABCDA",
        "参考答案：1.A  2.B  3.C  4.D  5.A",
        "参考答案\n题号\t1\t2\t3\t4\t5\n答案\tA\tB\tC\tD\tA",
        "参考答案\n一、单项选择题\n1-5 ABCDA",
        "参考答案\n单选题：1-5 ABCDA",
        "Answers\n1-5 ABCDA",
        "参考答案\n１－５　ＡＢＣＤＡ",
        "参考答案\n1.A；2.B；3.C；4.D；5.A；",
        "参考答案\n1-5：A、B、C、D、A",
        "参考答案\n第1题：A\n第2题：B\n第3题：C\n第4题：D\n第5题：A",
        "参考答案\n1至5题 ABCDA",
        "参考答案\n（一）选择\n1-5 ABCDA",
        "标准答案 1-5：ABCDA",
        "选择题答案：1-5 ABCDA",
        "参考答案\n1.（A）2.（B）3.（C）4.（D）5.（A）",
        "参考答案\n1\tA\n2\tB\n3\tC\n4\tD\n5\tA",
    ],
)
def test_answers_gathered_at_the_end(key: str) -> None:
    """Ranges, pairs and tables of answers, with or without their headings."""
    questions = "\n".join(f"{n}. 第{n}问（ ）。\nA. 甲{n}\nB. 乙{n}\nC. 丙{n}\nD. 丁{n}" for n in range(1, 6))

    bank = read(f"一、单项选择题\n{questions}\n\n{key}\n".encode())

    assert "".join(answer for _, _, answer in asked(bank)) == "ABCDA"
    assert bank.errors == ()
    assert bank.warnings == ()


def test_key_by_sections_whose_numbers_begin_anew() -> None:
    """Each section of the key answers the section of the same name."""
    text = """一、单选题
1. 甲（ ）
A. 一
B. 二
2. 乙（ ）
A. 三
B. 四
二、多选题
1. 丙（ ）
A. 五
B. 六
C. 七
三、判断题
1. 丁是戊。（ ）
2. 己是庚。（ ）
四、填空题
1. 我国的首都是____。
2. 我国最长的河是____。

参考答案
一、单选题
1. A  2. B
二、多选题
1. ABC
三、判断题
1-2 √×
四、填空题
1. 北京
2. 长江
解析：全长约6300千米。
"""

    bank = read(text.encode())

    assert [answer for _, _, answer in asked(bank)] == ["A", "B", "ABC", "T", "F", "北京", "长江"]
    assert bank.items[-1].explanation == "全长约6300千米。"
    assert bank.errors == ()
    assert bank.warnings == ()


def test_key_after_each_section() -> None:
    """The next section begins with its heading."""
    text = """一、单选题
1. 甲（ ）
A. 一
B. 二
2. 乙（ ）
A. 三
B. 四
答案：1-2 AB
二、判断题
1. 丁是戊。
2. 己是庚。
答案：1.√ 2.×
"""

    bank = read(text.encode())

    assert [answer for _, _, answer in asked(bank)] == ["A", "B", "T", "F"]
    assert bank.errors == ()
    assert bank.warnings == ()


def test_key_with_reasons() -> None:
    """An entry may explain itself, in its line and in the lines below."""
    text = """1. 甲（ ）
A. 一
B. 二
2. 乙（ ）
A. 三
B. 四
参考答案与解析
1.【答案】A【解析】因为一。
而且不是二。
2. B。因为四。
"""

    bank = read(text.encode())

    assert [(answer, item.explanation) for (_, _, answer), item in zip(asked(bank), bank.items, strict=True)] == [
        ("A", "因为一。\n而且不是二。"),
        ("B", "因为四。"),
    ]


def test_key_that_does_not_fit_is_reported() -> None:
    """A question without an answer is an error, an answer without a question a warning."""
    bank = read("1. 甲（ ）\nA. 一\nB. 二\n2. 乙（ ）\nA. 三\nB. 四\n参考答案\n1.A 3.B\n".encode())

    assert len(bank.items) == 1
    assert faults(bank) == [(4, "answers", "item.no_answer")]
    assert remarks(bank) == [(8, "item.key_unused")]
    assert bank.warnings[0].params == {"number": 3}


def test_ranges_of_questions_for_several_answers() -> None:
    """Words of letters are answers if there are as many as questions."""
    questions = "\n".join(f"{n}. 第{n}问（ ）。\nA. 甲{n}\nB. 乙{n}\nC. 丙{n}\nD. 丁{n}" for n in range(1, 4))

    bank = read(f"{questions}\n参考答案\n1-3 AB C ABD".encode())

    assert [answer for _, _, answer in asked(bank)] == ["AB", "C", "ABD"]


def test_range_with_too_few_answers_is_believed_for_none() -> None:
    """Where one is missing, nobody knows whose the others are."""
    questions = "\n".join(f"{n}. 第{n}问（ ）。\nA. 甲{n}\nB. 乙{n}" for n in range(1, 4))

    bank = read(f"{questions}\n参考答案\n1-3 AB".encode())

    assert bank.items == ()
    assert [code for _, _, code in faults(bank)] == ["item.answer_unclear"] * 3


def test_questions_without_numbers_and_a_title() -> None:
    """Blank lines part them; the title is no question, and that is said."""
    text = """安全知识竞赛

火警电话是（ ）。
A. 110
B. 119
答案：B
解析：119是火警。

急救电话是（ ）。
A. 120
B. 122
答案：A
"""

    bank = read(text.encode())

    assert asked(bank) == [
        ("火警电话是（ ）。", ("110", "119"), "B"),
        ("急救电话是（ ）。", ("120", "122"), "A"),
    ]
    assert remarks(bank) == [(1, "item.text_left_out")]


def test_numbers_that_are_no_question_numbers() -> None:
    """Decimals, years and lists within a text do not begin a question."""
    text = """1. 圆周率约为（ ），
3.14是它的近似值，下列说法正确的有：
（1）它是无理数
（2）它是整数
A. （1）
B. （2）
答案：A
2.2020年珠峰的新高程是（ ）米。
A. 8848.86
B. 8844.43
答案：A
"""

    bank = read(text.encode())

    assert [text for text, _, _ in asked(bank)] == [
        "圆周率约为（ ），\n3.14是它的近似值，下列说法正确的有：\n（1）它是无理数\n（2）它是整数",
        "2020年珠峰的新高程是（ ）米。",
    ]
    assert bank.items[1].options == ("8848.86", "8844.43")


@pytest.mark.parametrize(
    ("body", "text", "options"),
    [
        ("含脂溶性维生素的是\nA、甲\nB、乙\nC、维生素D、钙", "含脂溶性维生素的是", ("甲", "乙", "维生素D、钙")),
        ("A、B两地相距（ ）公里。\nA. 10 B. 20 C. 30 D. 40", "A、B两地相距（ ）公里。", ("10", "20", "30", "40")),
        ("下列属于\nA. 很长的一个选项，\n分成两行\nB. 短的", "下列属于", ("很长的一个选项，分成两行", "短的")),
        ("英文\nA. one two\nthree\nB. four", "英文", ("one two three", "four")),
        ("选\nA.甲 B.乙\nC.丙 D.丁 E.戊\nF.己", "选", ("甲", "乙", "丙", "丁", "戊", "己")),
    ],
)
def test_letters_within_texts_are_not_options(body: str, text: str, options: tuple[str, ...]) -> None:
    """Only letters that continue the row of options are believed."""
    bank = read(f"1. {body}\n答案：A".encode())

    assert asked(bank) == [(text, options, "A")]


def test_skipped_option_letter_is_an_error() -> None:
    """A missing C is a slip of the typist, and D would become C."""
    bank = read("1. 首都是（ ）。\nA. 北京\nB. 上海\nD. 深圳\n答案：A".encode())

    assert faults(bank) == [(1, "options", "item.option_missing")]
    assert bank.errors[0].params == {"option": "C", "number": 1}


def test_fill_in_answers_have_variants() -> None:
    """One blank: bars and semicolons part variants; several blanks: semicolons part their answers."""
    text = """一、填空题
1. 我国的首都是____。
答案：北京|北京市；首都北京
2. 最长的两条河是____和____。
答案：长江；黄河
3. 标准号为____。
答案：GB/T 9704
"""

    assert [item.accepted for item in read(text.encode()).items] == [
        ("北京", "北京市", "首都北京"),
        ("长江；黄河",),
        ("GB/T 9704",),
    ]


def test_good_questions_survive_bad_ones() -> None:
    """Each bad one is reported where it stands, with its number; the others are there."""
    text = """1. 没有答案（ ）。
A. 甲
B. 乙
2. 只有一个选项（ ）。
A. 甲
答案：A
3. 好的（ ）。
A. 甲
B. 乙
答案：B
4. 答案不在选项里（ ）。
A. 甲
B. 乙
答案：E
5. 选项相同（ ）。
A. 甲
B. 甲
答案：A
6.
A. 甲
B. 乙
答案：A
7. 看不懂的答案（ ）。
A. 甲
B. 乙
答案：大概是甲吧
一、单项选择题
8. 单选却有两个答案（ ）。
A. 甲
B. 乙
答案：AB
"""

    bank = read(text.encode())

    assert asked(bank) == [("好的（ ）。", ("甲", "乙"), "B")]
    assert faults(bank) == [
        (1, "answers", "item.no_answer"),
        (4, "options", "item.too_few_options"),
        (11, "answers", "item.answer_no_option"),
        (15, "options", "item.options_equal"),
        (19, "text", "item.no_text"),
        (23, "answers", "item.answer_unclear"),
        (28, "answers", "item.answers_too_many"),
    ]
    assert [error.params["number"] for error in bank.errors] == [1, 2, 4, 5, 6, 7, 8]
