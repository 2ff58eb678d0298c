"""The words of question banks: kinds, answers, difficulty and points, as people write them in Chinese and English."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from quizzes.bank.items import LETTERS, Kind
from quizzes.engine.han import simplified

ANY_KIND = tuple(Kind)
_EITHER = (Kind.SINGLE, Kind.SEVERAL)

_KINDS: Mapping[str, tuple[Kind, ...]] = MappingProxyType(
    {
        word: kinds
        for words, kinds in (
            ("单选 单项选择 单项 single singlechoice radio", (Kind.SINGLE,)),
            (
                "多选 多项选择 多项 复选 不定项 不定项选择 several multi multiselect multipleresponse checkbox",
                (Kind.SEVERAL,),
            ),
            ("选择 choice multiplechoice", _EITHER),  # "multiple choice" speaks of the options, not of the answers
            ("判断 判断对错 是非 对错 正误 正误判断 truefalse trueorfalse tf boolean judge", (Kind.TRUE_FALSE,)),
            ("填空 填充 fillin fillintheblank fillintheblanks fill blank shortanswer typed", (Kind.FILL_IN,)),
            ("简答 问答 申论 论述 名词解释 案例分析 材料分析 口答 口述 口试 oral essay open openended", (Kind.ORAL,)),
        )
        for word in words.split()
    }
)


@lru_cache(maxsize=256)  # the same few words in row after row
def kinds_of(word: str) -> tuple[Kind, ...]:
    """The kinds that a word such as ``单选题`` or ``Choice`` allows: all for an empty word, none for an unknown one."""
    key = re.sub(r"[\s_/\-()（）\[\]【】:：]", "", as_read(word).casefold())
    if not key:
        return ANY_KIND
    found = _KINDS.get(re.sub(r"(试题|题目|题|类|questions?)$", "", key))
    return found or _KINDS.get(key, ())


# Longest first, so that 单项选择 is not taken for 选择.
_KIND_WORDS = sorted((word for word in _KINDS if not word.isascii() and len(word) > 1), key=len, reverse=True)
_KIND_IN_HEADING = re.compile("|".join(_KIND_WORDS))
_ENGLISH_IN_HEADING = (
    (re.compile(r"\bsingle[\s-]?choice", re.IGNORECASE), (Kind.SINGLE,)),
    (re.compile(r"\bmultiple[\s-]?(response|answers?)|\bseveral answers", re.IGNORECASE), (Kind.SEVERAL,)),
    (re.compile(r"\bmultiple[\s-]?choice", re.IGNORECASE), _EITHER),
    (re.compile(r"\btrue\s*(/|or|and)\s*false", re.IGNORECASE), (Kind.TRUE_FALSE,)),
    (re.compile(r"\bfill[\s-]?in", re.IGNORECASE), (Kind.FILL_IN,)),
    (re.compile(r"\b(oral|open|essay) questions?", re.IGNORECASE), (Kind.ORAL,)),
)


def kinds_in(heading: str) -> tuple[Kind, ...]:
    """The kinds that a heading such as ``一、单项选择题（每题2分）`` speaks of; none if it speaks of no kind."""
    found = _KIND_IN_HEADING.search(simplified(heading))
    if found:
        return _KINDS[found[0]]
    return next((kinds for pattern, kinds in _ENGLISH_IN_HEADING if pattern.search(heading)), ())


_TRUE = frozenset(
    [
        "对",
        "√",
        "✓",
        "✔",
        "☑",
        "t",
        "true",
        "正确",
        "是",
        "y",
        "yes",
        "v",
        "对的",
        "right",
        "correct",
        "正",
        "✅",
        "○",
        "◯",
        "⭕",
    ]
)
_FALSE = frozenset(
    [
        "错",
        "×",
        "✗",
        "✘",
        "✕",
        "╳",
        "x",
        "f",
        "false",
        "错误",
        "否",
        "n",
        "no",
        "错的",
        "wrong",
        "incorrect",
        "误",
        "不对",
        "不正确",
        "❌",
        "☒",
    ]
)
_TRUTH_TRIM = " \t\n.。．,，;；、()（）[]【】“”\"'"


def truth(word: str) -> bool | None:
    """What a word or mark says about a statement: ``对 √ T 正确`` true, ``错 × F 错误`` false, else nothing."""
    key = word.strip(_TRUTH_TRIM)
    key = unicodedata.normalize("NFKC", key).casefold() if key not in ("×", "√") else key
    key = simplified(key)
    return True if key in _TRUE else False if key in _FALSE else None


_SEPARATORS = re.compile(r"[\s,，、;；/|.。．&+和及与()（）\[\]【】]+|\band\b", re.IGNORECASE)


@lru_cache(maxsize=256)
def letters(answer: str) -> str | None:
    """The letters that an answer consists of, in order and once each: ``Ａ，c``, ``A、C``, ``ca`` are ``AC``.

    ``None`` if there is anything but letters in it; letters beyond the last possible option are kept.
    """
    bare = _SEPARATORS.sub("", narrow(answer)).upper()
    if not re.fullmatch("[A-Z]+", bare) or len(bare) > len(LETTERS) or (len(bare) > 1 and max(bare) > "J"):
        return None
    return "".join(sorted(set(bare)))


_DIFFICULTIES: Mapping[str, int] = MappingProxyType(
    dict.fromkeys(("易", "容易", "简单", "低", "easy", "初级", "基础", "一星"), 1)
    | dict.fromkeys(("较易", "偏易", "fairlyeasy", "二星"), 2)
    | dict.fromkeys(("中", "中等", "一般", "适中", "普通", "medium", "normal", "intermediate", "中级", "三星"), 3)
    | dict.fromkeys(("较难", "偏难", "fairlyhard", "四星"), 4)
    | dict.fromkeys(("难", "困难", "高", "hard", "difficult", "高级", "五星"), 5)
)


@lru_cache(maxsize=256)
def difficulty(word: str) -> int | None:
    """From 1 (easy) to 5 (hard): a word, a number from 1 to 5 or stars.

    Raises:
        ValueError: the word means no difficulty.
    """
    key = re.sub(r"[\s_-]", "", as_read(word).casefold())
    if not key:
        return None
    if stars := re.fullmatch(r"([★⭐*]+)[☆]*", key):
        level = len(stars[1])
    elif re.fullmatch(r"[0-9](\.0+)?", key):
        level = int(float(key))
    else:
        level = _DIFFICULTIES.get(key.removesuffix("题"), 0)
    if not 1 <= level <= 5:
        raise ValueError(word)
    return level


@lru_cache(maxsize=256)
def points(word: str) -> int | None:
    """Whole points: ``2``, ``2.0``, ``2分``, ``10 points``.

    Raises:
        ValueError: not a whole number.
    """
    key = re.sub(r"(分|points?|pts?\.?)$", "", narrow(word).strip().casefold()).strip()
    if not key:
        return None
    if not re.fullmatch(r"[0-9]{1,6}(\.0+)?", key):
        raise ValueError(word)
    return int(float(key))


_ESCAPED = re.compile(r"\\([\\|｜;；])|([|｜])|([;；])")


def accepted_texts(answer: str, *, blanks: int = 1) -> tuple[str, ...]:
    """The variants of a typed answer: ``北京|北京市`` or, if the question has one blank only, ``北京；北京市``.

    With several blanks a semicolon parts their answers, which are one answer together. A backslash keeps a separator.
    """
    variants, piece, at = [], "", 0
    for found in _ESCAPED.finditer(answer):
        piece += answer[at : found.start()] + (found[1] or "")
        at = found.end()
        if found[2] or (found[3] and blanks < 2):
            variants.append(piece)
            piece = ""
        elif found[3]:
            piece += found[3]
    variants.append(piece + answer[at:])
    return tuple(dict.fromkeys(text for text in map(str.strip, variants) if text))


def accepted_line(texts: tuple[str, ...]) -> str:
    """The variants as one text from which ``accepted_texts`` reads them again."""
    return "|".join(re.sub(r"([\\|｜;；])", r"\\\1", text) for text in texts)


_BLANK = re.compile(r"_{2,}|＿{2,}|[（(][\s　_]*[）)]|\[\s*\]|【[\s　]*】|﹍{2,}|…{3,}")


def blanks_in(text: str) -> int:
    """How many blanks to fill in a question shows: ``____``, ``（　）`` and the like."""
    return len(_BLANK.findall(text))


_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x3002: 0x2E}


@lru_cache(maxsize=256)  # each line of a document is looked at from several sides
def narrow(text: str) -> str:
    """Full-width letters, digits and punctuation made narrow, character by character, so that positions stay."""
    return text if text.isascii() else text.translate(_NARROW)


@lru_cache(maxsize=256)  # for the same reason
def as_read(text: str) -> str:
    """What a line is recognised by: narrow and in simplified characters; positions stay."""
    return simplified(narrow(text))


@lru_cache(maxsize=256)
def tags(written: str) -> tuple[str, ...]:
    """Tags parted by commas, semicolons or line ends, once each."""
    parts = re.split(r"[,，、;；|\n]", written)
    return tuple(dict.fromkeys(tag for tag in map(str.strip, parts) if tag))


def category_of_path(path: str) -> str:
    """The category that a path of Moodle's names: ``$course$/top/公文`` is ``公文``."""
    names = (name.strip() for name in path.split("/"))
    return "/".join(name for name in names if name and name != "top" and not re.fullmatch(r"\$\w+\$", name))
