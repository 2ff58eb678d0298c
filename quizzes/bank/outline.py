"""What a line of a question document begins: a section, a question, an option, or nothing new."""

import re

from quizzes.bank import words
from quizzes.bank.items import Kind
from quizzes.bank.words import as_read
from quizzes.engine.frozen import dataclass

BARE = "1."
BOXED = "(1)"
CHINESE = "一、"


@dataclass(slots=True, eq=False)
class Section:
    """What holds for the questions below a heading until the next one."""

    kinds: tuple[Kind, ...] = ()
    points: str = ""
    category: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Start:
    """The first line of a question: its number, how that is written, and what follows it.

    ``mark`` is an answer that stands before the number: ``（√）1. …``.
    """

    number: int
    rest: str
    style: str
    mark: str = ""


_DIGITS = "一二三四五六七八九十"
_HEADING = re.compile(
    rf"(?:(?P<chinese>[{_DIGITS}]{{1,3}}\s*[、.:]|[(][{_DIGITS}]{{1,3}}[)])"
    rf"|第\s*[{_DIGITS}0-9]+\s*(?:部分|章|节|篇|单元|编|大题|讲)[\s:、]*"
    r"|\#{1,6}\s+|(?:part|section)\s+[a-z0-9]{1,3}\s*[.:、-]?\s+)\s*(?P<title>\S.*)",
    re.IGNORECASE,
)
_POINTS_EACH = re.compile(r"[每各]小?题\s*([0-9]+(?:\.[0-9]+)?)\s*分|([0-9]+)\s*points?\s+each")
_REMARKS = re.compile(r"[(（\[【].*?[)）\]】]")
_MOST_IN_TITLE = 40
_LONGEST_KIND = 30
_LONGEST_HEADING = 200  # with its remarks in brackets


def heading(line: str, above: Section) -> Section | None:
    """The section that the line opens: one that names a kind (``一、单项选择题（每题2分）``) or a subject (``第一章 公文``).

    A heading of a kind stays within the subject ``above``.
    """
    line = line.strip()
    if len(line) > _LONGEST_HEADING:
        return None
    shadow = as_read(line)
    match = _HEADING.fullmatch(shadow)
    title = line[match.start("title") :] if match else line
    bare = _REMARKS.sub("", re.sub(r"^[【\[](.*?)[】\]]", r"\1", title)).strip(" :：.。、-—").removesuffix("部分")
    if not bare or len(bare) > (_MOST_IN_TITLE if match else _LONGEST_KIND):
        return None
    # Without a number only a line that is nothing but the name of a kind is a heading.
    kinds = words.kinds_in(bare) if match else words.kinds_of(bare)
    if not match and not kinds:
        return None
    each = _POINTS_EACH.search(shadow)
    points = (each[1] or each[2]) if each else ""
    return Section(kinds, points, above.category if kinds else bare, bare)


def is_chinese_numbered(line: str) -> bool:
    """Whether the line begins with ``一、``, as a heading or a question may."""
    match = _HEADING.fullmatch(as_read(line).strip())
    return match is not None and match["chinese"] is not None


_MARK = r"(?:[(]\s*(?P<mark>[A-Ha-h√×✓✗对错TF、,\s]{0,12}?)\s*[)]\s*)?"
_BARE = re.compile(
    rf"{_MARK}(?:第\s*)?(?P<number>[0-9]{{1,5}})\s*(?P<sign>题\s*[.:、)]?|[.、):])\s*(?P<rest>.*)", re.DOTALL
)
_OTHERS = (
    (BARE, re.compile(r"(?P<number>[0-9]{1,5})\s*(?P<rest>[【\[(]\s*(?:单|多|判断|填空|不定|简答|问答).*)", re.DOTALL)),
    (BARE, re.compile(r"(?P<number>[0-9]{1,5})\t+(?P<rest>.*)", re.DOTALL)),
    (
        BARE,
        re.compile(
            r"(?:Q|Question|题目?)\s*(?P<number>[0-9]{1,5})\s*[.:、)]?\s+(?P<rest>.*)", re.DOTALL | re.IGNORECASE
        ),
    ),
    (BOXED, re.compile(r"[(\[【]\s*(?P<number>[0-9]{1,5})\s*[)\]】]\s*[.、:]?\s*(?P<rest>.*)", re.DOTALL)),
)


def start(line: str, *, expected: int) -> Start | None:
    """The question that the line begins, by its number; a decimal is one only if it would be the ``expected`` number."""
    line = line.strip()
    shadow = as_read(line)
    if match := _BARE.fullmatch(shadow):
        number, rest = int(match["number"]), line[match.start("rest") :]
        touching = match.end("sign") == match.start("rest")
        if match["sign"] in ".:" and touching and rest[:1].isdigit() and number != expected:
            return None  # 3.14, 10:30
        return Start(number, rest, BARE, match["mark"] or "")
    for style, pattern in _OTHERS:
        if match := pattern.fullmatch(shadow):
            return Start(int(match["number"]), line[match.start("rest") :], style)
    return None


def chinese_start(line: str) -> Start | None:
    """The question that a line such as ``三、下列……`` begins."""
    match = _HEADING.fullmatch(as_read(line).strip())
    if match is None or match["chinese"] is None:
        return None
    digits = "".join(digit for digit in match["chinese"] if digit in _DIGITS)
    tens, ten, ones = digits.rpartition("十")
    number = (_DIGITS.index(tens) + 1 if tens else 1) * 10 * bool(ten) + (_DIGITS.index(ones) + 1 if ones else 0)
    return Start(number, line.strip()[match.start("title") :], CHINESE)


_FIRST_OPTION = re.compile(r"\s*(?:[(\[【]\s*[Aa]\s*[)\]】]|[Aa]\s*[.、:)]|A(?=\s|[一-鿿]))")


def is_first_option(line: str) -> bool:
    """Whether the line begins with option A."""
    return _FIRST_OPTION.match(as_read(line)) is not None


def chinese_numeral(number: int) -> str:
    """A number from 1 to 99 as headings count: ``一``, ``十``, ``十二``, ``二十一``; larger ones in digits."""
    if number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    first = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens - 1]}十"
    return first + (_DIGITS[ones - 1] if ones else "")
