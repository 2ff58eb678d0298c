"""Telling formats apart, encodings, and what goes with every code."""

import pytest

from quizzes.bank.formats import format_of, read_bank
from quizzes.bank.items import Fault, Item, Kind, Remark, flaws, tidy
from quizzes.bank.near import NearTexts
from quizzes.files import FileError


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("题干,A,B,答案\n甲,1,2,A", "", "csv"),
        ("题干\tA\tB\t答案\n甲\t1\t2\tA", "题库.txt", "csv"),
        ("竞赛题库,,,\n序号,题干,选项,答案\n1,甲,x,A", "", "csv"),
        ("随便什么", "题库.csv", "csv"),
        ("1. 甲（ ）\nA. 1\nB. 2\n答案：A", "题库.txt", "text"),
        ("甲（ ）\nA. 1\nB. 2\n答案：A", "", "text"),
        ("1. 集合{x|x=1~2}是（ ）\nA. 1\nB. 2\n答案：A", "", "text"),
        ("What?\nA. 1\nB. 2\nANSWER: A", "quiz.txt", "aiken"),
        ("1. What?\nA. 1\nB. 2\nANSWER: A", "quiz.txt", "text"),
        ("::t:: What? {=a ~b}", "quiz.txt", "gift"),
        ("What? {=a ~b}", "", "gift"),
        ("What is it?{T}", "", "gift"),
        ("What?{\n=a\n~b\n}", "quiz.gift", "gift"),
        ("<?xml version='1.0'?>\n<quiz></quiz>", "", "moodle"),
        ("  <quiz></quiz>", "x.txt", "moodle"),
        ('{"format": "studyhall-bank"}', "", "json"),
    ],
)
def test_format_by_content_and_name(text: str, name: str, expected: str) -> None:
    """The name decides only where the content does not."""
    assert format_of(text.encode(), name) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_text_in_every_encoding(encoding: str, newline: str) -> None:
    """As Notepad, Excel and old editors save it."""
    text = "1. 珠穆朗玛峰位于（ ）。\nA. 中尼边境\nB. 中印边境\n答案：A\n解析：喜马拉雅山脉。".replace("\n", newline)

    bank = read_bank(text.encode(encoding), "题库.txt")

    assert bank.items == (
        Item(Kind.SINGLE, "珠穆朗玛峰位于（ ）。", ("中尼边境", "中印边境"), (0,), explanation="喜马拉雅山脉。"),
    )


def test_every_file_error_has_a_code_of_its_own() -> None:
    """Sentences are found by them."""

    def all_of(kind: type[FileError]) -> list[type[FileError]]:
        return [kind, *(deeper for below in kind.__subclasses__() for deeper in all_of(below))]

    codes = [kind.code for kind in all_of(FileError)]

    assert len(codes) == len(set(codes))
    assert all(code == "file" or code.startswith("file.") for code in codes)


def test_faults_and_remarks_do_not_share_codes() -> None:
    """One table of sentences serves both."""
    assert not {fault.value for fault in Fault} & {remark.value for remark in Remark}


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (Item(Kind.SINGLE, "x", ("a", "b"), (2,)), [Fault.ANSWER_NO_OPTION]),
        (Item(Kind.TRUE_FALSE, "x", (), (2,)), [Fault.ANSWER_NO_OPTION]),
        (Item(Kind.TRUE_FALSE, "x", (), (0, 1)), [Fault.ANSWERS_TOO_MANY]),
        (Item(Kind.FILL_IN, "x", accepted=("",)), [Fault.NO_ANSWER]),
        (Item(Kind.SINGLE, "x", tuple("abcdefghi"), (0,)), [Fault.TOO_MANY_OPTIONS]),
        (Item(Kind.ORAL, "x"), []),
        (Item(Kind.ORAL, "x", points=0, difficulty=9), [Fault.BAD_POINTS, Fault.BAD_DIFFICULTY]),
        (Item(Kind.SINGLE, "x", ("A", "a"), (0,)), [Fault.OPTIONS_EQUAL]),
    ],
)
def test_flaws_of_an_item(item: Item, expected: list[Fault]) -> None:
    """Also of one that no file gave."""
    assert [fault for _, fault, _ in flaws(item)] == expected


def test_the_longest_question_fits_a_message_of_telegram() -> None:
    """Text, eight options with their letters and the explanation, and room for the rest of the message."""
    longest = Item(
        Kind.SINGLE, "长" * 1000, tuple(f"{n}" + "长" * 199 for n in range(8)), (0,), explanation="长" * 1000
    )

    message = "\n".join([longest.text, *(f"A. {option}" for option in longest.options), longest.explanation])

    assert list(flaws(longest)) == []
    assert len(message) <= 4096 - 400


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  a\u3000", "a"),
        ("a\r\nb\rc\x0bd\u2028e", "a\nb\nc\nd\ne"),
        ("a \t\u3000\nb", "a\nb"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("\ufeffa\u200bb\x00\x07c\ud800", "abc"),
        ("a\xa0b", "a b"),
    ],
)
def test_tidy_texts(written: str, kept: str) -> None:
    """Nothing invisible is kept, and nothing that is read changes; once is enough."""
    assert tidy(written) == kept
    assert tidy(kept) == kept


def test_near_texts_at_a_bounded_cost() -> None:
    """Ten thousand texts from one template are compared with a few each."""
    near = NearTexts()
    template = "关于公文处理工作的下列说法中正确的是哪一项请选出最合适的答案"

    found = [near.add(f"{template}{chr(0x4E00 + n // 100)}{chr(0x5E00 + n % 100)}") for n in range(10_000)]

    assert found[0] is None
    assert sum(other is not None for other in found) > 9_000
