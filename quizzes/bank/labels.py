"""The labels that stand before the parts of a question: ``答案：`` ``【解析】`` ``难度：易 分值：2`` ``Answer:``."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from quizzes.bank.words import as_read

ANSWER = "answer"
EXPLANATION = "explanation"
ANSWER_AND_EXPLANATION = "answer+explanation"

_LABELS: Mapping[str, str] = MappingProxyType(
    {
        word: field
        for words, field in (
            (
                "答案 正确答案 参考答案 标准答案 正确选项 答案是 答案为 正确答案是 正确答案为 参考答案为 本题答案",
                ANSWER,
            ),
            ("解析 答案解析 试题解析 题目解析 参考解析 详解 解释 点评", EXPLANATION),
            ("答案及解析 答案与解析 答案和解析", ANSWER_AND_EXPLANATION),
            ("依据 出处 来源 法律依据 政策依据 答案依据", "source"),
            ("难度 难易度 难度等级 题目难度 试题难度", "difficulty"),
            ("分值 分数 配分", "points"),
            ("分类 类别 章节 所属分类 模块", "category"),
            ("标签 知识点 考点 考查点 关键词 关键字", "tags"),
            ("题型 类型", "kind"),
            ("图片 音频", "media"),
        )
        for word in words.split()
    }
)
_ENGLISH: Mapping[str, str] = MappingProxyType(
    {
        "correct answer": ANSWER,
        "answer": ANSWER,
        "ans": ANSWER,
        "key": ANSWER,
        "explanation": EXPLANATION,
        "rationale": EXPLANATION,
        "difficulty": "difficulty",
        "points": "points",
        "category": "category",
        "tags": "tags",
        "type": "kind",
        "image": "media",
        "audio": "media",
    }
)


def _either(words: Iterator[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_ANYWHERE = (ANSWER, EXPLANATION, ANSWER_AND_EXPLANATION)
_PATTERN = re.compile(
    # 【答案】 wherever it stands; 答案： too, for it follows the last option without a space; the rest after spaces only.
    rf"[【\[]\s*(?P<boxed>{_either(iter(_LABELS))})\s*[】\]]\s*:?\s*"
    rf"|(?P<anywhere>{_either(word for word, field in _LABELS.items() if field in _ANYWHERE)})\s*:\s*"
    rf"|(?:^|(?<=\s))(?P<apart>{_either(iter(_LABELS))})\s*:\s*"
    rf"|(?:^|(?<=\s\s))(?P<english>{_either(iter(_ENGLISH))})\s*:\s*"
    r"|^(?P<short>答)\s*:\s*"
    r"|^(?P<bare>(?:正确|参考|标准)?答案)(?:是|为)?\s*(?=(?:[A-Ha-h][\s、,]*){1,8}$|[√×✓✗对错]$)",
    re.IGNORECASE,
)


_BOX_OR_BARE = re.compile(r"[【\[]|^(?:正确|参考|标准)?答案")


def segments(line: str) -> Iterator[tuple[str, str]]:
    """Part a line at its labels: first what precedes them (with an empty label), then each label's field and its text."""
    shadow = as_read(line)
    if ":" not in shadow and not _BOX_OR_BARE.search(shadow):
        yield "", line.strip()
        return
    field, start = "", 0
    for found in _PATTERN.finditer(shadow):
        before = line[start : found.start()].strip()
        if not field:
            before = re.sub(r"[(（]$", "", before).rstrip()  # （答案：B）
        if before or field:
            yield field, before
        word = (found.group(found.lastgroup or 0) or "").casefold()
        field = ANSWER if word == "答" else _LABELS.get(word) or _ENGLISH.get(word, ANSWER)
        start = found.end()
        if field == "source":
            start = found.start()  # its word is part of the explanation
    rest = line[start:].strip()
    if rest or field:
        yield field, rest
