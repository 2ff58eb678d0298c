"""Reading rosters: every mistake with its line, columns in any order, units as paths and as columns."""

import io
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.files import FileError
from quizzes.tables import write_csv, write_xlsx
from storage.people import Role
from study.roster import Mistake, RosterColumns, read_roster, role_named, unit_path

DEMO = Path(__file__).parents[2] / "bot/demo_data/roster.csv"
NAMES = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=8)


def csv(*lines: str) -> bytes:
    """A table as people type it."""
    return "\n".join(lines).encode()


def mistakes(*lines: str) -> tuple[Mistake, ...]:
    """What is wrong with the rows below the usual header."""
    return read_roster(csv("姓名,单位,层级,职务,编号", *lines)).mistakes


def test_the_demo_roster_has_no_mistake() -> None:
    """The project's own roster is read whole, roles included."""
    reading = read_roster(DEMO.read_bytes(), DEMO.name)

    assert reading.mistakes == ()
    assert len(reading.entries) == 16
    first = reading.entries[0]
    assert (first.name, first.unit, first.level, first.code, first.role) == (
        "周明远",
        "示范区",
        "处级",
        "SF001",
        Role.ADMIN,
    )


@pytest.mark.parametrize(
    "header",
    [
        "name,unit,level,role,code",
        "姓名,单位,层级,职务,编号",
        "Name / 姓名,unit/单位（必填）,层级,role/职务,编号*",
    ],
)
@pytest.mark.parametrize("make", [lambda h, r: csv(h, r), lambda h, r: write_xlsx(h.split(","), [r.split(",")])])
def test_headers_in_either_language(header: str, make: object) -> None:
    """Chinese, English or both; CSV and XLSX."""
    reading = read_roster(make(header, "王若兰,区/支部,科级,书记,SF101"))  # type: ignore[operator]

    (entry,) = reading.entries
    assert (entry.name, entry.unit, entry.level, entry.title, entry.role, entry.code) == (
        "王若兰",
        "区/支部",
        "科级",
        "书记",
        None,
        "SF101",
    )


def test_columns_in_any_order_and_old_encodings() -> None:
    """What a Chinese Excel saves as CSV is GB18030."""
    reading = read_roster("编号,单位,备注,姓名\nA1,支部,x,李文涛\n".encode("gb18030"))

    assert [(e.code, e.name, e.unit, e.level, e.role) for e in reading.entries] == [
        ("A1", "李文涛", "支部", None, None)
    ]


def test_missing_columns_are_named_by_their_words() -> None:
    """Without names, units or codes it is no roster."""
    with pytest.raises(RosterColumns) as refused:
        read_roster(csv("姓名,层级", "王若兰,科级"))

    assert refused.value.params["columns"] == "unit/单位, code/编号"


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n0000", b"PK\x03\x04broken"])
def test_what_is_no_table_is_refused_whole(content: bytes) -> None:
    """A picture, a broken archive, nothing: one error, no entries."""
    with pytest.raises(FileError):
        read_roster(content, "名册.xlsx")


def test_every_gap_is_named_with_its_line() -> None:
    """A row may lack several things; each is said; rows are numbered as Excel does."""
    assert mistakes(",支部,,,A1", "李文涛,,,,A2", "王若兰,支部,,,", ",,,成员,", "好,支部,,,A5") == (
        Mistake(2, "no_name"),
        Mistake(3, "no_unit"),
        Mistake(4, "no_code"),
        Mistake(5, "no_name"),
        Mistake(5, "no_unit"),
        Mistake(5, "no_code"),
    )


def test_duplicate_codes_name_each_other() -> None:
    """Neither of two rows with one code is taken, whatever its case and width."""
    assert mistakes("甲,支部,,,sf1", "乙,支部,,,SF2", "丙,支部,,,ＳＦ1") == (
        Mistake(2, "duplicate", {"code": "sf1", "lines": (4,)}),
        Mistake(4, "duplicate", {"code": "SF1", "lines": (2,)}),
    )


@pytest.mark.parametrize(
    ("row", "column", "limit", "length"),
    [
        (f"{'长' * 61},支部,,,A1", "name", 60, 61),
        (f"甲,支部,{'长' * 41},,A1", "level", 40, 41),
        (f"甲,支部,,,{'A' * 33}", "code", 32, 33),
        (f"甲,支部,,,{'编' * 16}", "code", 15, 16),
        (f"甲,区/{'长' * 61},,,A1", "unit", 60, 61),
    ],
)
def test_fields_that_are_too_long(row: str, column: str, limit: int, length: int) -> None:
    """Each field has its limit."""
    assert mistakes(row) == (Mistake(2, "too_long", {"column": column, "limit": limit, "length": length}),)


def test_units_too_deep() -> None:
    """Eight levels are the most."""
    assert mistakes("甲,1/2/3/4/5/6/7/8,,,A1", "乙,1/2/3/4/5/6/7/8/9,,,A2") == (Mistake(3, "deep", {"limit": 8}),)


def test_a_column_for_the_unit_above() -> None:
    """Paths are put together from the rows; a parent may be a path itself."""
    reading = read_roster(
        csv("姓名,单位,上级单位,编号", "甲,一支部,街道,1", "乙,街道,区,2", "丙,区,,3", "丁,二支部,区/街道,4")
    )

    assert [entry.unit for entry in reading.entries] == ["区/街道/一支部", "区/街道", "区", "区/街道/二支部"]


def test_units_above_themselves_and_doubtful_ones() -> None:
    """A circle, and a unit with two units above it, are mistakes of the rows that need them."""
    reading = read_roster(
        csv("姓名,单位,上级单位,编号", "甲,a,b,1", "乙,b,a,2", "丙,支部,街道,3", "丁,街道,东区,4", "戊,街道,西区,5")
    )

    assert reading.mistakes == (
        Mistake(2, "loop", {"unit": "a"}),
        Mistake(3, "loop", {"unit": "b"}),
        Mistake(4, "ambiguous", {"unit": "街道", "parents": ("东区", "西区")}),
    )


def test_role_and_title_in_columns_of_their_own() -> None:
    """With a column for the role, an unknown word there is a mistake and the other column is the title."""
    reading = read_roster(csv("姓名,单位,角色,职务,编号", "甲,支部,评委,书记,1", "乙,支部,队长,,2", "丙,支部,,科员,3"))

    assert [(e.role, e.title) for e in reading.entries] == [(Role.JUDGE, "书记"), (None, "科员")]
    assert reading.mistakes == (Mistake(3, "role", {"role": "队长"}),)


def test_cells_without_a_value_are_named() -> None:
    """An error in a cell that matters is a mistake of the row."""
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (["姓名", "单位", "编号", "备注"], ["甲", "支部", "=A1", "=B1"], ["乙", "支部", 2, "=B1"]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)

    reading = read_roster(out.getvalue())

    assert Mistake(2, "cell", {"column": "编号"}) in reading.mistakes
    assert {mistake.line for mistake in reading.mistakes} == {2}
    assert [(entry.name, entry.code) for entry in reading.entries] == [("乙", "2")]


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("成员", Role.MEMBER),
        ("组织员", Role.ORGANISER),
        ("组织者", Role.ORGANISER),
        ("Organizer", Role.ORGANISER),
        ("评委", Role.JUDGE),
        ("观察员", Role.OBSERVER),
        ("ADMIN", Role.ADMIN),
        ("书记", None),
    ],
)
def test_words_for_roles(word: str, role: Role | None) -> None:
    """Both languages, whatever the case."""
    assert role_named(word) is role


@given(st.lists(NAMES, min_size=1, max_size=8), st.sampled_from(["/", " / ", "／"]))
def test_paths_are_the_same_however_they_are_written(names: list[str], separator: str) -> None:
    """Reading a path twice changes nothing, and its names come out in order."""
    path = unit_path(separator.join(names))

    assert path.split("/") == names
    assert unit_path(path) == path


@given(st.lists(NAMES, min_size=2, max_size=6, unique=True))
def test_columns_and_paths_mean_the_same_tree(names: list[str]) -> None:
    """A chain of units written with a column for the one above reads as the path."""
    rows = [[f"人{n}", name, names[n - 1] if n else "", f"C{n}"] for n, name in enumerate(names)]

    reading = read_roster(write_csv(["姓名", "单位", "上级单位", "编号"], rows))

    assert reading.mistakes == ()
    assert [entry.unit for entry in reading.entries] == ["/".join(names[: n + 1]) for n in range(len(names))]
