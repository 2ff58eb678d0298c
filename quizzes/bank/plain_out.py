"""Writing question banks as plain text, the way organisers would type them; ``plain`` reads it back."""

from collections.abc import Iterator, Sequence

from quizzes.bank.carry import one_line, refuse_what_is_lost
from quizzes.bank.drafts import written
from quizzes.bank.items import LETTERS, Item, Kind
from quizzes.bank.outline import chinese_numeral
from quizzes.bank.plain import TEXT, read

_HEADINGS = {
    Kind.SINGLE: "单项选择题",
    Kind.SEVERAL: "多项选择题",
    Kind.TRUE_FALSE: "判断题",
    Kind.FILL_IN: "填空题",
    Kind.ORAL: "简答题",
}
_LABELS = {"answer": "答案", "explanation": "解析", "points": "分值", "difficulty": "难度", "category": "分类"} | {
    "tags": "标签",
    "media": "图片",
}


def to_lines(items: Sequence[Item]) -> Iterator[str]:
    """The lines of the bank as an organiser would type them, a heading wherever the kind changes."""
    section = 0
    kind: Kind | None = None
    for number, item in enumerate(items, 1):
        if item.kind is not kind:
            kind = item.kind
            section += 1
            yield from (f"{chinese_numeral(section)}、{_HEADINGS[kind]}", "")
        yield from f"{number}. {item.text}".split("\n")
        for letter, option in zip(LETTERS, item.options, strict=False):
            yield f"{letter}. {one_line(option)}"
        fields = written(item)
        for name, label in _LABELS.items():
            if fields[name]:
                yield from f"{label}：{fields[name]}".split("\n")
        yield ""


def to_text(items: Sequence[Item]) -> bytes:
    """Write the bank as text (UTF-8 with BOM, for the Notepad of old Windows); ``read`` understands it.

    Raises:
        FormatCannotCarry: a question would be read as something else, say because its text has lines like options.
    """
    data = "\n".join(to_lines(items)).encode("utf-8-sig", "replace")
    refuse_what_is_lost(TEXT, items, read, data)
    return data
