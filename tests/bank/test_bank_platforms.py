"""The formats of learning platforms: GIFT, Aiken, Moodle XML, and our own JSON."""

import base64
import json

import pytest

from quizzes.bank import aiken, gift, moodle, own_json
from quizzes.bank.carry import FormatCannotCarry
from quizzes.bank.items import Item, Kind
from quizzes.files import UnknownFormat
from tests.bank.asking import asked, faults, remarks

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 16


# GIFT


def test_gift_of_moodles_own_examples() -> None:
    """Titles, feedback, missing words, weights, escapes, true/false in all spellings, several accepted texts."""
    text = r"""// a comment
::Q1:: Who's buried in Grant's tomb? {=Grant ~no one ~Napoleon#He rests in Paris}

::Q2::[html]<p>Grant was buried in <b>New York</b>.</p> {TRUE#wrong#right####In a tomb.}

The sun rises in the west. {F}

Two plus two equals {=four =4}

The {=cat =feline} sat on the mat.

What two people are entombed in Grant's tomb? {
   ~%-100%No one
   ~%50%Grant
   ~%50%Grant's wife
   ~%-100%Grant's father
}

When was Ulysses S. Grant born? {#1822}

Which sign assigns? {=\= ~\~ ~\#}

Write an essay. {}
"""

    bank = gift.read(text.encode())

    assert bank.errors == ()
    assert asked(bank) == [
        ("Who's buried in Grant's tomb?", ("Grant", "no one", "Napoleon"), "A"),
        ("Grant was buried in New York.", (), "T"),
        ("The sun rises in the west.", (), "F"),
        ("Two plus two equals", (), "four|4"),
        ("The ____ sat on the mat.", (), "cat|feline"),
        ("What two people are entombed in Grant's tomb?", ("No one", "Grant", "Grant's wife", "Grant's father"), "BC"),
        ("When was Ulysses S. Grant born?", (), "1822"),
        ("Which sign assigns?", ("=", "~", "#"), "A"),
        ("Write an essay.", (), ""),
    ]
    assert [item.kind for item in bank.items][-1] is Kind.ORAL
    assert bank.items[1].explanation == "In a tomb."
    assert bank.lines == (2, 4, 6, 8, 10, 12, 19, 21, 23)


def test_gift_feedback_of_the_right_answer_explains() -> None:
    """Where there is no general one."""
    bank = gift.read("首都是 {=北京#有法律规定 ~上海#不对}\n\n鲸是鱼 {F#错在哪里#它用肺呼吸}".encode())

    assert [item.explanation for item in bank.items] == ["有法律规定", "它用肺呼吸"]


def test_gift_categories_and_notes() -> None:
    """The category holds until the next one; notes in comments give what GIFT has no sign for."""
    text = """$CATEGORY: $course$/top/公文/格式

// [tag:行文] [tag:版式] [points:5] [difficulty:2] [media:a.png]
首都是 {=北京 ~上海}

$CATEGORY: $course$/top

河是 {=长江 ~太湖}
"""

    first, second = gift.read(text.encode()).items

    assert (first.category, first.tags, first.points) == ("公文/格式", ("行文", "版式"), 5)
    assert (first.difficulty, first.media) == (2, "a.png")
    assert second == Item(Kind.SINGLE, "河是", ("长江", "太湖"), (0,))


@pytest.mark.parametrize(
    ("question", "field", "code", "params"),
    [
        ("Match. {=a -> b =c -> d}", "kind", "item.unsupported_kind", {"kind": "matching"}),
        ("How many? {#3:2}", "kind", "item.unsupported_kind", {"kind": "numerical"}),
        ("Just a description.", "kind", "item.unsupported_kind", {"kind": "description"}),
        ("Not closed {=a ~b", "answers", "item.syntax", {"found": "{=a ~b"}),
        ("Nothing known {abc}", "answers", "item.syntax", {"found": "{abc"}),
        ("Two right {=a =b ~c}", "answers", "item.answers_too_many", {"answer": "AB"}),
        ("None right {~a ~b}", "answers", "item.no_answer", {}),
    ],
)
def test_gift_faults(question: str, field: str, code: str, params: dict[str, str]) -> None:
    """Each at its line; the others are taken."""
    bank = gift.read(f"One {{=a ~b}}\n\n{question}\n\nTwo {{=a ~b}}".encode())

    assert len(bank.items) == 2
    assert faults(bank) == [(3, field, code)]
    assert bank.errors[0].params == params


# Aiken


def test_aiken() -> None:
    """Both signs after letters, texts of several lines, true/false by its options."""
    text = """What is the correct answer
to this question?
A. Is it this one?
B. Maybe this answer?
C. Possibly this one?
ANSWER: B

鲸是鱼。
A) 对
B) 错
ANSWER: B
"""

    bank = aiken.read(text.encode())

    options = ("Is it this one?", "Maybe this answer?", "Possibly this one?")
    assert asked(bank) == [
        ("What is the correct answer\nto this question?", options, "B"),
        ("鲸是鱼。", (), "F"),
    ]
    assert bank.lines == (1, 8)


def test_aiken_faults() -> None:
    """No answer, an answer that is no option, a letter skipped."""
    text = "One?\nA. a\nB. b\nTwo?\nA. a\nB. b\nANSWER: D\n\nThree?\nA. a\nC. b\nANSWER: A\n\nFour?\nA. a\nB. b\nANSWER: B\n"

    bank = aiken.read(text.encode())

    assert [item.text for item in bank.items] == ["Four?"]
    assert faults(bank) == [
        (1, "answers", "item.no_answer"),
        (4, "answers", "item.answer_no_option"),
        (9, "options", "item.option_missing"),
    ]


@pytest.mark.parametrize(
    "item",
    [
        Item(Kind.SEVERAL, "属于", ("甲", "乙", "丙"), (0, 2)),
        Item(Kind.FILL_IN, "首都是____", accepted=("北京",)),
        Item(Kind.SINGLE, "ANSWER: B", ("甲", "乙"), (0,)),
    ],
)
def test_aiken_refuses_what_it_cannot_carry(item: Item) -> None:
    """The question is named, and nothing is written."""
    good = Item(Kind.SINGLE, "首都是", ("北京", "上海"), (0,))

    with pytest.raises(FormatCannotCarry) as refusal:
        aiken.to_aiken([good, item])

    assert refusal.value.params == {"format": "aiken", "number": 2, "kind": item.kind.value}


# Moodle XML


def moodle_bank(*questions: str) -> bytes:
    """A quiz of these questions, one a line from the second."""
    return "\n".join(["<quiz>", *questions, "</quiz>"]).encode()


def moodle_question(kind: str, inside: str, text: str = "首都是") -> str:
    """A question as Moodle writes it."""
    return (
        f'<question type="{kind}"><name><text>n</text></name>'
        f'<questiontext format="html"><text><![CDATA[<p>{text}</p>]]></text></questiontext>{inside}</question>'
    )


CHOICES = (
    '<answer fraction="100" format="html"><text>北京</text><feedback><text>对了</text></feedback></answer>'
    '<answer fraction="0" format="html"><text>&lt;b&gt;上海&lt;/b&gt;</text></answer>'
)


def test_moodle_kinds() -> None:
    """Single and several answers, true/false, short and numerical answers, essays."""
    data = moodle_bank(
        '<question type="category"><category><text>$course$/top/地理</text></category></question>',
        moodle_question("multichoice", "<single>true</single>" + CHOICES),
        moodle_question(
            "multichoice",
            "<single>false</single>"
            + "".join(
                f'<answer fraction="{f}"><text>{t}</text></answer>' for f, t in ((50, "甲"), (50, "乙"), (-100, "丙"))
            ),
            "属于",
        ),
        moodle_question(
            "truefalse",
            '<answer fraction="0"><text>true</text></answer><answer fraction="100"><text>false</text></answer>',
            "鲸是鱼",
        ),
        moodle_question(
            "shortanswer",
            '<answer fraction="100"><text>长江</text></answer><answer fraction="100"><text>扬子江</text></answer>'
            '<answer fraction="0"><text>*</text></answer>',
            "河是",
        ),
        moodle_question(
            "numerical", '<answer fraction="100"><text>1949</text><tolerance>0</tolerance></answer>', "年份"
        ),
        moodle_question("essay", "<graderinfo><text>要点</text></graderinfo>", "谈谈"),
    )

    bank = moodle.read(data)

    assert bank.errors == ()
    assert asked(bank) == [
        ("首都是", ("北京", "上海"), "A"),
        ("属于", ("甲", "乙", "丙"), "AB"),
        ("鲸是鱼", (), "F"),
        ("河是", (), "长江|扬子江"),
        ("年份", (), "1949"),
        ("谈谈", (), "要点"),
    ]
    assert bank.items[0].explanation == "对了"
    assert {item.category for item in bank.items} == {"地理"}
    assert bank.lines == (3, 4, 5, 6, 7, 8)


def test_moodle_fields() -> None:
    """Feedback, grade, tags; a grade of 1 is what every question of Moodle has."""
    inside = (
        "<generalfeedback><text>解析</text></generalfeedback><defaultgrade>{}</defaultgrade><tags>{}</tags>" + CHOICES
    )
    tags = "<tag><text>公文</text></tag><tag><text>difficulty:4</text></tag>"

    first, second = moodle.read(
        moodle_bank(
            moodle_question("multichoice", inside.format("2.0000000", tags)),
            moodle_question("multichoice", inside.format("1.0000000", ""), "另一题"),
        )
    ).items

    assert (first.explanation, first.points, first.tags, first.difficulty) == ("解析", 2, ("公文",), 4)
    assert second.points is None


def test_moodle_pictures_come_along() -> None:
    """By name, and under another name if two questions call different pictures alike."""

    def with_picture(content: bytes, text: str) -> str:
        packed = base64.b64encode(content).decode()
        return moodle_question("multichoice", CHOICES, text).replace(
            "</questiontext>", f'<file name="map.png" encoding="base64">{packed}</file></questiontext>'
        )

    shown = '<img src="@@PLUGINFILE@@/map.png" alt="x"/>'
    bank = moodle.read(
        moodle_bank(with_picture(PNG, f"首都在哪里{shown}"), with_picture(PNG + b"2", f"河在哪里{shown}"))
    )

    assert [item.text for item in bank.items] == ["首都在哪里", "河在哪里"]
    assert [bank.media[item.media or ""] for item in bank.items] == [PNG, PNG + b"2"]


def test_moodle_html_becomes_text() -> None:
    """Paragraphs and breaks become lines, entities characters, scripts nothing."""
    html = "<p>第一行&nbsp;&lt;甲&gt;</p><script>alert(1)</script><ul><li>10<sup>8</sup></li></ul>尾"

    bank = moodle.read(moodle_bank(moodle_question("multichoice", CHOICES, html)))

    assert bank.items[0].text == "第一行 <甲>\n10^8\n尾"


def test_moodle_faults() -> None:
    """Kinds that nobody can ask in a chat are named; so is a choice without a right answer."""
    data = moodle_bank(
        moodle_question("matching", ""),
        moodle_question("cloze", ""),
        moodle_question("numerical", '<answer fraction="100"><text>3</text><tolerance>1</tolerance></answer>'),
        moodle_question("multichoice", CHOICES.replace('"100"', '"50"')),
        moodle_question("multichoice", "<defaultgrade>0.5</defaultgrade>" + CHOICES),
        moodle_question("multichoice", CHOICES, "好题"),
    )

    bank = moodle.read(data)

    assert [item.text for item in bank.items] == ["好题"]
    assert faults(bank) == [
        (2, "kind", "item.unsupported_kind"),
        (3, "kind", "item.unsupported_kind"),
        (4, "kind", "item.unsupported_kind"),
        (5, "answers", "item.no_answer"),
        (6, "points", "item.bad_points"),
    ]


def test_xml_that_is_no_quiz() -> None:
    """It is well formed and something else."""
    with pytest.raises(UnknownFormat):
        moodle.read(b"<rss><channel/></rss>")


# JSON


def test_json_says_what_is_wrong_with_which_question() -> None:
    """Unknown fields are typing slips, wrong types are named; lines are ordinals."""
    good = {"kind": "single", "text": "首都是", "options": ["北京", "上海"], "answers": [0]}
    wrong: list[object] = [
        good,
        good | {"text": "甲", "explantion": "…"},
        good | {"text": "乙", "points": "2"},
        good | {"text": "丙", "answers": [-1]},
        good | {"text": "丁", "kind": "matching"},
        "not even a question",
        good | {"text": "戊", "answers": [7]},
    ]

    bank = own_json.read(json.dumps({"format": "studyhall-bank", "version": 1, "items": wrong}).encode())

    assert [item.text for item in bank.items] == ["首都是"]
    assert faults(bank) == [
        (2, "explantion", "item.syntax"),
        (3, "points", "item.syntax"),
        (4, "answers", "item.syntax"),
        (5, "kind", "item.unknown_kind"),
        (6, "text", "item.syntax"),
        (7, "answers", "item.answer_no_option"),
    ]


@pytest.mark.parametrize(
    "document",
    [
        [],
        {},
        {"format": "other"},
        {"format": "studyhall-bank", "version": 2},
        {"format": "studyhall-bank", "version": 1},
    ],
)
def test_json_of_something_else(document: object) -> None:
    """Only what says that it is a bank is read as one."""
    with pytest.raises(UnknownFormat):
        own_json.read(json.dumps(document).encode())


def test_one_of_several_is_remarked_in_every_format() -> None:
    """Weights say that a question is for several answers although it has one."""
    bank = gift.read(b"Which? {~%100%a ~%-100%b}")

    assert bank.items[0].kind is Kind.SEVERAL
    assert remarks(bank) == [(1, "item.one_of_several")]
