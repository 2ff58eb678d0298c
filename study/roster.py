"""Reading a roster: a table becomes entries and, line by line, what is wrong with it. Pure; nothing is stored here.

The columns (any order, Chinese, English or both in one header): name/姓名, unit/单位, code/编号; and, where wanted,
level/层级, role/职务 and parent/上级单位. A unit is a path ``区/街道/支部``, or its own name with the unit above it in
the column of its own. Under ``职务`` the words of a role (成员, 组织者, 评委, 观察员, 管理员 …) set the role, anything else is
the person's title. Offices that keep both have a column ``角色`` (or ``role``) beside ``职务`` (or ``title``).
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from types import MappingProxyType
from typing import Any

from quizzes.engine.frozen import dataclass
from quizzes.engine.han import heard
from quizzes.files import MissingColumns
from quizzes.sheets import Row
from quizzes.tables import find_columns, read_table
from storage.people import Role
from study.errors import StudyError

HEADERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "name": ("name", "姓名", "名字", "full name"),
        "unit": ("unit", "单位", "所在单位", "所属单位", "部门", "支部", "所在支部", "department", "branch"),
        "parent": ("parent", "上级单位", "上级", "上级部门", "parent unit"),
        "level": ("level", "层级", "级别", "职级", "grade"),
        "role": ("role", "角色", "身份", "身分", "职务"),
        "title": ("title", "职务", "岗位", "职称", "position", "post", "job title"),
        "code": ("code", "编号", "工号", "代码", "代号", "人员编号", "员工编号", "id", "no"),
    }
)
REQUIRED = ("name", "unit", "code")

ROLE_WORDS: Mapping[str, Role] = MappingProxyType(
    {
        word: role
        for role, words in {
            Role.MEMBER: ("member", "成员", "学员", "组员", "普通成员"),
            Role.ORGANISER: ("organiser", "organizer", "组织者", "组织员", "组织人员", "承办人", "承办人员"),
            Role.JUDGE: ("judge", "评委", "评审", "裁判"),
            Role.OBSERVER: ("observer", "观察员"),
            Role.ADMIN: ("admin", "administrator", "管理员"),
        }.items()
        for word in words
    }
)

LIMITS: Mapping[str, int] = MappingProxyType({"name": 60, "level": 40, "title": 60, "code": 32, "unit": 300})
UNIT_NAME_LIMIT = 60
DEPTH_LIMIT = 8
CODE_BYTES = 45
"""Encoded for a link's 64 characters (Bot API, "Deep linking") a code may have this many bytes."""


class RosterColumns(StudyError):
    """The table lacks columns without which it is no roster; ``columns`` names them."""

    code = "roster_columns"


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with a row; ``line`` is the row as Excel counts it, ``code`` and ``params`` say what."""

    line: int
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """One person as a row has them. ``None``: the file does not say, so what the roster has stays."""

    line: int
    code: str
    name: str
    unit: str
    level: str | None = None
    title: str | None = None
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """The good rows and the mistakes of the others, both in the order of the file; ``codes`` are those of all rows."""

    entries: tuple[Entry, ...]
    mistakes: tuple[Mistake, ...]
    codes: frozenset[str] = frozenset()


def code_key(code: str) -> str:
    """What two codes have in common when they are the same: width, case and spaces do not matter."""
    return unicodedata.normalize("NFKC", code).strip().casefold()


def role_named(word: str) -> Role | None:
    """The role that a word means, in either language."""
    return ROLE_WORDS.get(heard(unicodedata.normalize("NFKC", word)))


def unit_path(text: str) -> str:
    """A path as it is stored: names without stray spaces, joined by ``/``; empty if there is no name in it."""
    return "/".join(name for part in re.split(r"[/／]", text) if (name := _tidy(part)))


def read_roster(content: bytes, filename: str = "") -> Reading:
    """Read a CSV or XLSX file.

    Raises:
        FileError: it cannot be read at all.
        RosterColumns: there is no column for the names, the units or the codes.
    """
    table = read_table(content, filename, known={word for words in HEADERS.values() for word in words})
    try:
        columns = _columns(table.headers)
    except MissingColumns as error:
        missing = error.params["columns"]
        assert isinstance(missing, list)
        raise RosterColumns(columns=", ".join("/".join(HEADERS[name][:2]) for name in missing)) from error
    return read_rows(table.rows, columns, table.headers)


def read_rows(rows: Iterable[Row], columns: Mapping[str, int], headers: Sequence[str]) -> Reading:
    """Read the rows of a table whose columns are known."""
    raws = [_Raw.of(row, columns, headers) for row in rows]
    tree = _Tree(raws)
    seen: defaultdict[str, list[int]] = defaultdict(list)
    for raw in raws:
        if raw.cells["code"]:
            seen[code_key(raw.cells["code"])].append(raw.line)
    entries: list[Entry] = []
    mistakes: list[Mistake] = []
    for raw in raws:
        path, found = tree.path_of(raw)
        wrong = [*raw.faults, *_mistakes(raw, seen), *found]
        if wrong:
            mistakes += wrong
        else:
            entries.append(_entry(raw, path))
    return Reading(tuple(entries), tuple(mistakes), frozenset(seen))


def _columns(headers: Sequence[str]) -> dict[str, int]:
    """Which column holds what; ``职务`` is the role unless another column is."""
    columns = find_columns(headers, {k: v for k, v in HEADERS.items() if k != "title"}, required=REQUIRED)
    plain = find_columns(headers, {"role": HEADERS["role"][:-1], "title": HEADERS["title"]})
    if "role" in plain:
        columns["role"] = plain["role"]
    title = plain.get("title")
    if title is not None and title != columns.get("role"):
        columns["title"] = title
    return columns


@dataclass(frozen=True, slots=True)
class _Raw:
    """A row by fields, tidied; an absent column is an absent key except for those that every roster has."""

    line: int
    cells: Mapping[str, str]
    faults: tuple[Mistake, ...]

    @classmethod
    def of(cls, row: Row, columns: Mapping[str, int], headers: Sequence[str]) -> "_Raw":
        cells = {name: _tidy(row.cells[column]) for name, column in columns.items()}
        cells["code"] = unicodedata.normalize("NFKC", cells["code"]).strip()
        faults = tuple(
            Mistake(row.line, "cell", {"column": headers[column]})
            for column in row.faults
            if column in columns.values()
        )
        return cls(row.line, cells, faults)


def _mistakes(raw: _Raw, seen: Mapping[str, Sequence[int]]) -> Iterator[Mistake]:
    for name in REQUIRED:
        if not raw.cells[name]:
            yield Mistake(raw.line, f"no_{name}")
    for name, limit in LIMITS.items():
        length = len(raw.cells.get(name, ""))
        if length > limit:
            yield Mistake(raw.line, "too_long", {"column": name, "limit": limit, "length": length})
    code = raw.cells["code"]
    if len(code) <= LIMITS["code"] and len(code.encode()) > CODE_BYTES:
        yield Mistake(raw.line, "too_long", {"column": "code", "limit": CODE_BYTES // 3, "length": len(code)})
    others = [line for line in seen.get(code_key(code), ()) if line != raw.line]
    if code and others:
        yield Mistake(raw.line, "duplicate", {"code": code, "lines": tuple(others)})
    if "title" in raw.cells and raw.cells.get("role") and role_named(raw.cells["role"]) is None:
        yield Mistake(raw.line, "role", {"role": raw.cells["role"]})


def _entry(raw: _Raw, path: str) -> Entry:
    cells = raw.cells
    role, title = None, cells.get("title")
    said = cells.get("role", "")
    if said:
        role = role_named(said)
        if role is None:
            title = said
    elif "role" in cells and title is None:
        title = ""
    if title and "role" not in cells:
        role = role_named(title)
        title = "" if role else title
    return Entry(raw.line, cells["code"], cells["name"], path, cells.get("level"), title, role)


class _Tree:
    """The units of a file, those with a column for the unit above them put together to paths."""

    def __init__(self, raws: Sequence[_Raw]) -> None:
        self._parents: defaultdict[str, set[str]] = defaultdict(set)
        for raw in raws:
            unit, parent = unit_path(raw.cells["unit"]), unit_path(raw.cells.get("parent", ""))
            if unit and parent and "/" not in unit:
                self._parents[unit].add(parent)

    def path_of(self, raw: _Raw) -> tuple[str, list[Mistake]]:
        """The path of a row's unit, and what is wrong with it."""
        path = unit_path(raw.cells["unit"])
        above = unit_path(raw.cells.get("parent", ""))
        walked = {path}
        while path and above:
            path = f"{above}/{path}"
            if "/" in above:
                break
            if above in walked:
                return path, [Mistake(raw.line, "loop", {"unit": above})]
            walked.add(above)
            higher = self._parents.get(above, set())
            if len(higher) > 1:
                return path, [Mistake(raw.line, "ambiguous", {"unit": above, "parents": tuple(sorted(higher))})]
            above = next(iter(higher), "")
        names = path.split("/")
        wrong = []
        if len(names) > DEPTH_LIMIT:
            wrong.append(Mistake(raw.line, "deep", {"limit": DEPTH_LIMIT}))
        longest = max(map(len, names))
        if longest > UNIT_NAME_LIMIT and len(raw.cells["unit"]) <= LIMITS["unit"]:
            wrong.append(Mistake(raw.line, "too_long", {"column": "unit", "limit": UNIT_NAME_LIMIT, "length": longest}))
        return path, wrong


def _tidy(text: str) -> str:
    """One line, single spaces, no characters that cannot be seen."""
    visible = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co"))
    return " ".join(visible.split())
