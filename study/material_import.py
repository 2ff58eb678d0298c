"""From a table to materials: every bad row with its line, the good ones ready to be taken in."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from pydantic import TypeAdapter

from quizzes.bank import drafts, plain
from quizzes.bank.items import Fault, Item, ItemError, Kind, flaws
from quizzes.engine.frozen import dataclass
from quizzes.files import FileError
from quizzes.tables import find_columns, read_table
from study.material_rules import WORDS, Draft, Mistake, clean_tags, flaws_of, picture_flaw
from study.material_rules import Flaw as MaterialFlaw

ITEM: TypeAdapter[Item] = TypeAdapter(Item)
_ANSWERABLE = (Kind.SINGLE, Kind.SEVERAL, Kind.TRUE_FALSE)
_LETTERS = "ABCDEFGH"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A good row with the bytes of its picture, if it names one."""

    draft: Draft
    picture: bytes | None


@dataclass(frozen=True, slots=True)
class MaterialPlan:
    """A table before it is taken in; ``mistakes`` in the order of the lines, those of questions as a bank has them."""

    good: tuple[Prepared, ...]
    mistakes: tuple[Mistake | ItemError, ...]


def read_materials(content: bytes, filename: str, files: Callable[[str], bytes | None]) -> MaterialPlan:
    """Read a table of materials; ``files`` gives the bytes of a picture that a row names, ``None`` if there is none.

    Raises:
        FileError: the file as a whole cannot be read, or names no column for the titles.
    """
    table = read_table(content, filename, known=[word for words in WORDS.values() for word in words])
    columns = find_columns(table.headers, WORDS, required=("title",))
    good: list[Prepared] = []
    mistakes: list[Mistake | ItemError] = []
    seen: dict[tuple[str, str], int] = {}
    for row in table.rows:
        cells = {name: row.cells[column].strip() for name, column in columns.items() if column < len(row.cells)}
        draft = _draft(cells)
        picture = files(draft.picture) if draft.picture else None
        found: list[Mistake | ItemError] = list(_mistakes(row.line, draft, picture, seen))
        question, wrong = _question(row.line, cells)
        found += wrong
        if found:
            mistakes += found
        else:
            good.append(Prepared(replace(draft, question=question), picture))
    return MaterialPlan(tuple(good), tuple(mistakes))


def read_question(text: str) -> tuple[str | None, list[ItemError]]:
    """One question as organisers write it, as JSON; else what is wrong with it."""
    try:
        bank = plain.read(text.encode("utf-8", "replace"))
    except FileError:
        return None, [ItemError(1, "text", Fault.SYNTAX, {"found": text[:40]})]
    wrong = [*bank.errors, *(_unaskable(1, item) for item in bank.items if item.kind not in _ANSWERABLE)]
    if not wrong and len(bank.items) > 1:
        wrong = [ItemError(bank.lines[1], "text", Fault.SYNTAX, {"found": bank.items[1].text[:40]})]
    return (None, wrong) if wrong else (ITEM.dump_json(bank.items[0]).decode(), [])


def _mistakes(line: int, draft: Draft, picture: bytes | None, seen: dict[tuple[str, str], int]) -> Iterator[Mistake]:
    for flaw, params in flaws_of(draft):
        yield Mistake(line, flaw, params)
    if draft.picture and (found := picture_flaw(draft.picture, picture)) is not None:
        yield Mistake(line, *found)
    key = (draft.series, draft.title)
    if draft.title and key in seen:
        yield Mistake(line, MaterialFlaw.TWICE, {"first_line": seen[key]})
    seen.setdefault(key, line)


def _draft(cells: dict[str, str]) -> Draft:
    return Draft(
        series=cells.get("series", ""),
        topic=cells.get("topic", ""),
        title=cells.get("title", ""),
        text=cells.get("text", ""),
        link=cells.get("link", ""),
        tags=clean_tags(cells.get("tags", "")),
        picture=cells.get("picture", ""),
    )


def _question(line: int, cells: dict[str, str]) -> tuple[str | None, list[ItemError]]:
    """The question of a row as JSON, or what is wrong with it."""
    options = _options(cells)
    if not cells.get("question"):
        leftover = [name for name in ("answer", "explanation") if cells.get(name)]
        return None, [ItemError(line, "text", Fault.NO_TEXT)] if options or leftover else []
    draft = drafts.Draft(
        line=line,
        text=cells["question"],
        options=options,
        answer=cells.get("answer", ""),
        explanation=cells.get("explanation", ""),
    )
    item, found = drafts.settle(draft)
    wrong = [ItemError(line, name, fault, params) for name, fault, params in (*found, *flaws(item))]
    if not wrong and item.kind not in _ANSWERABLE:
        wrong = [_unaskable(line, item)]
    return (None, wrong) if wrong else (ITEM.dump_json(item).decode(), [])


def _unaskable(line: int, item: Item) -> ItemError:
    return ItemError(line, "kind", Fault.UNSUPPORTED_KIND, {"kind": item.kind.value})


def _options(cells: dict[str, str]) -> list[str]:
    options = [cells.get(letter, "") for letter in _LETTERS]
    while options and not options[-1]:
        options.pop()
    return options
