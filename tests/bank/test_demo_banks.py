"""What the demo shows has to be right."""

import csv
import io
import tomllib
from collections import Counter
from pathlib import Path

import pytest

import bot
from quizzes.bank.formats import read_bank
from quizzes.bank.items import Kind, letters_of
from quizzes.tables import read_table

DATA = Path(bot.__file__).parent / "demo_data"
BANKS = ("公文与法规常识.csv", "科技与文化常识.txt", "general-knowledge.csv")


@pytest.mark.parametrize("name", BANKS)
def test_demo_bank_is_without_fault(name: str) -> None:
    """Thirty questions or more, each explained; no error and no warning."""
    bank = read_bank((DATA / name).read_bytes(), name)

    assert bank.errors == ()
    assert bank.warnings == ()
    assert len(bank.items) >= 30
    assert all(item.explanation for item in bank.items)
    assert all(item.points for item in bank.items)
    assert {Kind.SINGLE, Kind.SEVERAL, Kind.TRUE_FALSE} <= {item.kind for item in bank.items}


def test_one_demo_bank_serves_every_kind_of_segment() -> None:
    """Typed and spoken questions, three difficulties, several categories: for risk pools and the oral contest."""
    bank = read_bank((DATA / BANKS[0]).read_bytes(), BANKS[0])
    kinds = Counter(item.kind for item in bank.items)

    assert kinds[Kind.FILL_IN] >= 5
    assert kinds[Kind.ORAL] >= 5
    assert len({item.difficulty for item in bank.items}) >= 3
    assert len({item.category for item in bank.items}) >= 5


@pytest.mark.parametrize("name", BANKS)
def test_right_answers_are_spread(name: str) -> None:
    """Guessing one letter throughout earns no more than a quarter, nearly."""
    bank = read_bank((DATA / name).read_bytes(), name)

    single = [letters_of(item.answers) for item in bank.items if item.kind is Kind.SINGLE]
    counts = Counter(single)

    assert set(counts) == set("ABCD")
    assert max(counts.values()) - min(counts.values()) <= 2
    assert len({item.answers for item in bank.items if item.kind is Kind.TRUE_FALSE}) == 2


@pytest.mark.parametrize("name", BANKS)
def test_right_answer_is_not_given_away_by_its_length(name: str) -> None:
    """The right option is the longest no more often than chance and a little allow."""
    bank = read_bank((DATA / name).read_bytes(), name)

    single = [item for item in bank.items if item.kind is Kind.SINGLE]
    longest = [
        item
        for item in single
        if len(item.options[item.answers[0]])
        > max(len(option) for index, option in enumerate(item.options) if index != item.answers[0])
    ]

    assert len(longest) <= 0.4 * len(single)


def test_demo_roster() -> None:
    """Every role, a tree of units, codes that are unique and fit a deep link."""
    table = read_table((DATA / "roster.csv").read_bytes(), known=["姓名", "单位"])

    assert table.headers == ("姓名", "单位", "层级", "职务", "编号")
    names, units, _, roles, codes = zip(*(row.cells for row in table.rows), strict=True)
    assert len(set(names)) == len(set(codes)) == len(table.rows) == 16
    assert set(roles) == {"管理员", "组织员", "评委", "观察员", "成员"}
    assert {unit.count("/") for unit in units} == {0, 1}
    assert min(Counter(unit for unit in units if "/" in unit).values()) >= 3
    assert all(code.isascii() and code.isalnum() for code in codes)


def test_demo_materials() -> None:
    """A week of them, each of readable length, some with a question that the bank's rules accept."""
    rows = list(csv.DictReader(io.StringIO((DATA / "materials.csv").read_text("utf-8-sig"))))

    assert len(rows) == 7
    assert all(150 <= len(row["正文"]) <= 400 for row in rows)
    assert all(row["链接"] == "" or row["链接"].startswith("https://example.org/") for row in rows)
    assert all((DATA / row["图片"]).is_file() for row in rows if row["图片"])
    asking = [row for row in rows if row["题目"]]
    header = ["题目", "A", "B", "C", "D", "答案", "解析"]
    written = io.StringIO()
    csv.writer(written).writerows([header, *([row[name] for name in header] for row in asking)])
    bank = read_bank(written.getvalue().encode(), "questions.csv")
    assert len(bank.items) == len(asking) >= 5
    assert all(item.explanation for item in bank.items)


def test_demo_assignment() -> None:
    """One assignment and one prompt, each with a deadline."""
    told = tomllib.loads((DATA / "assignment.toml").read_text("utf-8"))

    assert told["assignment"].keys() == {"title", "text", "days_until_deadline"}
    assert told["reflection"].keys() == {"title", "prompt", "least_length", "days_until_deadline"}


def test_demo_picture() -> None:
    """Small enough for the repository and for a chat."""
    data = (DATA / "desk.png").read_bytes()

    assert data.startswith(b"\x89PNG")
    assert len(data) <= 60 * 1024
