"""An item as an organiser writes it: one line, a few lines, or the rows of a CSV or XLSX file."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from quizzes.engine.frozen import dataclass
from quizzes.engine.han import heard, simplified
from quizzes.files import MissingColumns
from quizzes.tables import find_columns, read_table
from storage import Tx
from storage.people import Person
from study.access import Access
from study.claim_errors import ItemColumnsMissing, ItemFieldUnknown, ItemIncomplete
from study.day_words import DayUnreadable, read_day
from study.errors import StudyError, TooLong
from study.programme.claims import Pool

WORDS: Mapping[str, tuple[str, ...]] = {
    "work": ("大项", "工程", "工作", "类别", "work", "works"),
    "title": ("事项", "项目", "标题", "名称", "title", "item", "item title", "项目名称", "事项名称"),
    "measure": ("措施", "推进措施", "具体措施", "measure", "measures"),
    "owner": ("责任单位", "责任人", "承办单位", "owner", "unit"),
    "leader": ("牵头领导", "责任领导", "leader"),
    "deadline": ("完成时限", "截止", "时限", "deadline", "due"),
}
"""What may head a column, or stand before a colon; in traditional characters too, once they are folded."""
LONGEST = {"work": 60, "title": 120, "measure": 1000}
_NAMES = "|".join(re.escape(word) for words in WORDS.values() for word in words)
_SPLIT = re.compile(rf"\s*(?:[|｜\n]|[;；,，](?=\s*(?:{_NAMES})\s*[:：]))\s*", re.IGNORECASE)
_LABEL = re.compile(r"\s*([^:：]{1,12})[:：]\s*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Fields:
    """An item that can be put up."""

    title: str
    work: str = ""
    measure: str = ""
    leader_id: int | None = None
    unit_id: int | None = None
    person_id: int | None = None
    deadline: date | None = None


def read_words(said: str) -> dict[str, str]:
    """The fields of ``Title | work: … | deadline: …``, split by bars or lines; what has no label is title, then measure."""
    fields: dict[str, str] = {}
    names = {word: name for name, words in WORDS.items() for word in words}
    for part in _parts(said.strip()):
        labelled = _LABEL.fullmatch(part)
        name = names.get(heard(labelled.group(1))) if labelled else None
        if name is not None and labelled is not None:
            fields.setdefault(name, labelled.group(2).strip())
        elif part:
            fields.setdefault("measure" if "title" in fields else "title", part)
    return fields


def _parts(said: str) -> Iterator[str]:
    at = 0
    for mark in _SPLIT.finditer(simplified(said)):
        yield said[at : mark.start()]
        at = mark.end()
    yield said[at:]


def read_rows(content: bytes, filename: str) -> list[tuple[int, dict[str, str]]]:
    """The rows of a table with their lines.

    Raises:
        FileError: it cannot be read.
        ItemColumnsMissing: it has no column for the titles.
    """
    table = read_table(content, filename, known=[word for words in WORDS.values() for word in words])
    try:
        columns = find_columns(table.headers, WORDS, required=("title",))
    except MissingColumns as error:
        raise ItemColumnsMissing() from error
    return [
        (row.line, {name: row.cells[at].strip() for name, at in columns.items() if at < len(row.cells)})
        for row in table.rows
    ]


def settle(tx: Tx, access: Access, pool: Pool, said: Mapping[str, str], today: date) -> Fields:
    """Make an item of what was written.

    Raises:
        ItemIncomplete: something that the pool needs is missing.
        ItemFieldUnknown: a leader, an owner or a day that there is not.
        TooLong: a text is.
    """
    for name in ("title", *pool.needs):
        if not said.get(name, "").strip():
            raise ItemIncomplete(wanted=name)
    for name, most in LONGEST.items():
        if len(said.get(name, "")) > most:
            raise TooLong(limit=most, length=len(said[name]))
    leader = _person(tx, access, said.get("leader", ""), "leader")
    unit_id, owner = _owner(tx, access, said.get("owner", ""))
    return Fields(
        title=said["title"].strip(),
        work=said.get("work", "").strip(),
        measure=said.get("measure", "").strip(),
        leader_id=None if leader is None else leader.id,
        unit_id=unit_id,
        person_id=None if owner is None else owner.id,
        deadline=_day(said.get("deadline", ""), today),
    )


def flaw_of(error: StudyError) -> tuple[str, str]:
    """What is wrong with a row, for the list of those that were left out."""
    if isinstance(error, ItemIncomplete):
        return "missing", str(error.params["wanted"])
    if isinstance(error, ItemFieldUnknown):
        return str(error.params["wanted"]), str(error.params["said"])
    return "too_long", str(error.params.get("length", ""))


def _day(said: str, today: date) -> date | None:
    if not said.strip():
        return None
    try:
        day, _ = read_day(said, today)
    except DayUnreadable as error:
        raise ItemFieldUnknown(wanted="deadline", said=said[:40]) from error
    if day < today:
        raise ItemFieldUnknown(wanted="deadline", said=said[:40])
    return day


def _person(tx: Tx, access: Access, said: str, wanted: str) -> Person | None:
    name = said.strip()
    if not name:
        return None
    same = [one for one in tx.people.everybody() if one.name == name or one.code.casefold() == name.casefold()]
    if len(same) > 1:
        units = access.units(tx)
        same = [one for one in same if one.unit_id in units]
    if len(same) != 1:
        raise ItemFieldUnknown(wanted=wanted, said=name[:40])
    return same[0]


def _owner(tx: Tx, access: Access, said: str) -> tuple[int | None, Person | None]:
    """A unit, or else a person."""
    name = said.strip()
    if not name:
        return None, None
    units = tx.people.units_called(name)
    if len(units) == 1:
        return units[0].id, None
    return None, _person(tx, access, name, "owner")
