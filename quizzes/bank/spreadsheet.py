"""Question banks as tables: CSV and XLSX with the headers that organisers use, in Chinese, English or both.

Every sheet with a question column counts; a sheet called ``多选题`` gives its kind to rows that name none.
"""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from quizzes.bank.collect import Collector
from quizzes.bank.drafts import LONGEST, Draft, written
from quizzes.bank.items import LETTERS, LETTERS_SEEN, Fault, Item, ParsedBank, Remark
from quizzes.bank.words import kinds_in, narrow
from quizzes.files import Content, MissingColumns, content_of
from quizzes.sheets import Row
from quizzes.tables import Table, find_columns, read_tables, table_of, write_csv, write_xlsx

CSV = "csv"
XLSX = "xlsx"

HEADERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "kind": ("type", "题型", "类型", "试题类型", "题目类型", "kind", "question type"),
        "text": (
            "question",
            "题干",
            "题目",
            "试题",
            "问题",
            "试题题干",
            "题目内容",
            "试题内容",
            "题干内容",
            "stem",
            "text",
        ),
        **{
            letter: (letter, f"选项{letter}", f"{letter}选项", f"option {letter}", f"答案选项{letter}", f"备选{letter}")
            for letter in LETTERS_SEEN
        },
        "options": ("options", "选项", "备选项", "备选答案", "选项内容", "choices"),
        "answer": (
            "answer",
            "答案",
            "正确答案",
            "参考答案",
            "标准答案",
            "正确选项",
            "correct answer",
            "correct",
            "key",
        ),
        "explanation": ("explanation", "解析", "答案解析", "试题解析", "题目解析", "详解", "说明", "rationale"),
        "points": ("points", "分值", "分数", "配分", "题目分值", "score"),
        "difficulty": ("difficulty", "难度", "难易度", "难易程度", "难度等级", "level"),
        "category": ("category", "分类", "类别", "章节", "所属分类", "题目分类", "知识模块", "topic"),
        "tags": ("tags", "标签", "知识点", "考点", "关键词", "关键字", "keywords"),
        "media": ("media", "图片", "媒体", "音频", "picture", "image", "audio"),
    }
)
_KNOWN = frozenset(word for words in HEADERS.values() for word in words)
_FIELDS = ("kind", "text", "answer", "explanation", "points", "difficulty", "category", "tags", "media")


def read(data: bytes, name: str = "") -> ParsedBank:
    """Read a bank from CSV or XLSX; lines are rows as Excel numbers them.

    Raises:
        FileError: it cannot be read, or no sheet has a column of questions.
    """
    collector = Collector(XLSX if content_of(data) is Content.XLSX else CSV)
    tables = read_tables(data, name, known=_KNOWN)
    readable = [(table, columns) for table in tables if "text" in (columns := find_columns(table.headers, HEADERS))]
    if not readable:
        raise MissingColumns(columns=["text"])
    for table, columns in readable:
        if "answer" not in columns:
            raise MissingColumns(columns=["answer"])
        _read_sheet(table, columns, collector)
    if tables[0].has_pictures:
        collector.remark(tables[0].line, "media", Remark.PICTURES_LEFT_OUT, {})
    return collector.bank()


def is_table(text: str, name: str = "") -> bool:
    """Whether a text is a table of questions: it is called one, or one of its first rows heads questions and answers."""
    if name.endswith((".csv", ".tsv", ".tab")):
        return True
    for line in text.split("\n", 20)[:20]:
        cells = [cell.strip(' "') for cell in re.split("[,;\t]", line)]
        if {"text", "answer"} <= find_columns(cells, HEADERS).keys():
            return True
    return False


def read_rows(rows: Sequence[Row], collector: Collector) -> bool:
    """Read a table found in a document, if its header names questions and answers."""
    table = table_of(rows, known=_KNOWN)
    columns = find_columns(table.headers, HEADERS)
    if not {"text", "answer"} <= columns.keys():
        return False
    _read_sheet(table, columns, collector)
    return True


def _read_sheet(table: Table, columns: Mapping[str, int], collector: Collector) -> None:
    section = kinds_in(table.sheet or "")
    for row in table.rows:
        fields = {field: row.cells[column][:LONGEST] for field, column in columns.items()}
        if not any(fields[field] for field in columns if field not in ("kind", "category", "points")):
            continue  # a number or a type filled down past the last question
        draft = Draft(
            line=row.line,
            text=fields["text"],
            options=_options(fields),
            answer=fields["answer"],
            kind=fields.get("kind", ""),
            section=section,
            explanation=fields.get("explanation", ""),
            points=fields.get("points", ""),
            difficulty=fields.get("difficulty", ""),
            category=fields.get("category", ""),
            tags=fields.get("tags", ""),
            media=fields.get("media", ""),
        )
        _note_faults(draft, row, table, columns)
        collector.draft(draft, sheet=table.sheet)


def _note_faults(draft: Draft, row: Row, table: Table, columns: Mapping[str, int]) -> None:
    for field, column in columns.items():
        if column in row.faults:
            fault = Fault.FORMULA if row.faults[column] == "formula" else Fault.CELL_ERROR
            attribute = "options" if field in LETTERS_SEEN else "answers" if field == "answer" else field
            draft.flaws.append((attribute, fault, {"column": table.headers[column]}))


_OWN_LETTER = re.compile(r"\s*[(]?([A-L])\s*[.、:)]\s*")
_NEXT_LETTER = re.compile(r"(?:^|[\n|;；]|(?<=\s))\s*[(]?([A-L])\s*[-.、:)]\s*")


def _options(fields: Mapping[str, str]) -> list[str]:
    """The options of a row: one a column, or all in one cell, with or without their letters before them."""
    if not any(letter in fields for letter in LETTERS_SEEN):
        return _options_in_one_cell(fields.get("options", ""))
    options = [fields.get(letter, "") for letter in LETTERS_SEEN]
    if _all_lettered(options):
        options = [option[match.end() :] if (match := _OWN_LETTER.match(narrow(option))) else "" for option in options]
    return options


def _all_lettered(options: Sequence[str]) -> bool:
    """Whether each option repeats its own letter, as in a column A full of ``A. …``."""
    return all(
        (match := _OWN_LETTER.match(narrow(option))) and match[1] == letter
        for option, letter in zip(options, LETTERS_SEEN, strict=False)
        if option
    )


def _options_in_one_cell(cell: str) -> list[str]:
    marks = list(_NEXT_LETTER.finditer(narrow(cell)))
    if [mark[1] for mark in marks] == list(LETTERS_SEEN[: len(marks)]) and marks:
        ends = [*(mark.start() for mark in marks[1:]), len(cell)]
        return [cell[mark.end() : end].strip(" \n|;；") for mark, end in zip(marks, ends, strict=True)]
    return [part.strip() for part in re.split(r"\n|\|", cell)] if cell else []


def to_csv(items: Sequence[Item], *, chinese: bool = True) -> bytes:
    """Write the bank as a CSV that Excel opens in Chinese and that ``read`` reads back unchanged."""
    return write_csv(*_table(items, chinese=chinese))


def to_xlsx(items: Sequence[Item], *, chinese: bool = True) -> bytes:
    """Write the bank as a workbook that ``read`` reads back unchanged."""
    headers, rows = _table(items, chinese=chinese)
    return write_xlsx(headers, rows, sheet="题库" if chinese else "Bank")


def _table(items: Sequence[Item], *, chinese: bool) -> tuple[list[str], list[list[str]]]:
    width = max((len(item.options) for item in items), default=4)
    letters = LETTERS[: max(width, 4)]
    fields = [*_FIELDS[:2], *letters, *_FIELDS[2:]]
    headers = [field if field in LETTERS else HEADERS[field][1 if chinese else 0] for field in fields]
    rows = []
    for item in items:
        options = list(item.options)
        if _all_lettered(options):  # or reading would take their own beginnings for letters
            options = [f"{letter}. {option}" for letter, option in zip(letters, options, strict=False)]
        cells = written(item, chinese=chinese) | dict(zip(letters, options, strict=False))
        rows.append([cells.get(field, "") for field in fields])
    return headers, rows
