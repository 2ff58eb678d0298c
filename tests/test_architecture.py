"""The house keeps its floors: data goes down, nothing imports upward, the engine is pure."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAY_IMPORT = {
    "storage": set(),
    "sandbox": set(),
    "quizzes": {"storage"},
    "study": {"quizzes", "storage"},
    "handlers": {"study", "quizzes"},
    "bot": {"handlers", "study", "quizzes", "storage"},
}
"""Each package with the packages of ours that it may import beside itself; ``sandbox`` from the demo alone."""
PURE = ("quizzes/engine", "quizzes/tournament")
DEMO = ("bot/commands/demo.py", "bot/demo.py")


def modules(package: str) -> list[Path]:
    """Every module of a package."""
    return sorted((ROOT / package).rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """Every module that a file imports, whether at its top or inside a function."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_nothing_imports_upward(package: str) -> None:
    """A package imports only what lies below it."""
    forbidden = MAY_IMPORT.keys() - MAY_IMPORT[package] - {package}
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(package)
        for name in imported(path)
        if name.split(".")[0] in forbidden
        and not (name.startswith("sandbox") and path.relative_to(ROOT).as_posix() in DEMO)
    ]

    assert wrong == []


@pytest.mark.parametrize("folder", PURE)
def test_engine_imports_the_standard_library_only(folder: str) -> None:
    """No telegram, no SQL, no asyncio in the engine."""
    allowed = sys.stdlib_module_names - {"asyncio", "sqlite3", "time", "random", "socket"}
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(folder)
        for name in imported(path)
        if name.split(".")[0] not in allowed and not name.startswith(("quizzes.engine", "quizzes.tournament"))
    ]

    assert wrong == []


def test_rules_of_the_programme_are_pure() -> None:
    """``study/*_rules.py`` import no telegram, no SQL and no clock."""
    wrong = [
        f"{path.name} imports {name}"
        for path in (ROOT / "study").glob("*_rules.py")
        for name in imported(path)
        if name.split(".")[0] in {"telegram", "storage", "asyncio", "sqlite3", "time", "aiosqlite", "aiosql"}
    ]

    assert wrong == []


def test_sql_lives_in_the_queries() -> None:
    """No statement is written outside ``storage``."""
    words = ("SELECT ", "INSERT INTO", "UPDATE ", "DELETE FROM")
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for package in ("bot", "handlers", "study", "quizzes")
        for path in modules(package)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.lstrip().startswith(words)
    ]

    assert wrong == []
