"""A folder of TOML files becomes a programme, or a list of every mistake in it by file and key."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

from pydantic import ValidationError

from quizzes.engine.frozen import dataclass
from study.programme.whole import PARTS, Programme, file_of

SHIPPED = Path(__file__).with_name("shipped")
"""The programmes that come with the bot, a folder each."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is wrong: ``key`` as in ``rules[0].points``; ``problem`` a code such as ``unknown``, ``missing``,
    ``wrong_type``, ``too_small``, ``too_large``, ``not_one_of``, ``unknown_name``, ``twice``, ``not_toml``, ``no_folder``.
    ``expected``: the least, the most, the words that are allowed; ``key`` or ``title`` where one of those is wrong."""

    file: str
    key: str
    problem: str
    value: object = None
    expected: object = None


class ProgrammeError(Exception):
    """A folder that is no programme; ``mistakes`` has everything that is wrong with it."""

    code: ClassVar[str] = "programme.unusable"

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        self.mistakes = mistakes
        self.params: dict[str, object] = {"mistakes": mistakes}
        super().__init__("; ".join(f"{m.file}: {m.key}: {m.problem}" for m in mistakes))


def shipped() -> tuple[str, ...]:
    """The names of the programmes that come with the bot, in alphabetical order."""
    return tuple(sorted(path.parent.name for path in SHIPPED.glob("*/programme.toml")))


def folder_of(name: str) -> Path:
    """The folder of a programme that comes with the bot, or the one that is named as a path."""
    return SHIPPED / name if name in shipped() else Path(name)


def read_programme(folder: Path) -> Programme:
    """Read a programme from its folder; its name is the folder's.

    Raises:
        ProgrammeError: with every mistake of every file.
    """
    if not (folder / "programme.toml").is_file():
        raise ProgrammeError((Mistake(folder.name, "", "no_folder", str(folder)),))
    mistakes: list[Mistake] = []
    tables: dict[str, Any] = {}
    known = {file_of(part): part for part in PARTS}
    for path in sorted(folder.glob("*.toml")):
        if path.name not in known:
            mistakes.append(Mistake(path.name, "", "unknown_file", path.name))
            continue
        try:
            tables[known[path.name]] = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            mistakes.append(Mistake(path.name, "", "not_toml", str(error)))
    try:
        programme = Programme.model_validate({"name": folder.name, **tables})
    except ValidationError as error:
        raise ProgrammeError((*mistakes, *_mistakes(error))) from error
    for part in PARTS:
        mistakes += [
            Mistake(file_of(part), flaw.key, flaw.problem, flaw.value)
            for flaw in getattr(programme, part).flaws(programme)
        ]
    if mistakes:
        raise ProgrammeError(tuple(mistakes))
    return programme


_PROBLEMS = {
    "extra_forbidden": "unknown",
    "missing": "missing",
    "greater_than_equal": "too_small",
    "greater_than": "too_small",
    "too_short": "too_small",
    "string_too_short": "too_small",
    "less_than_equal": "too_large",
    "less_than": "too_large",
    "too_long": "too_large",
    "string_too_long": "too_large",
    "literal_error": "not_one_of",
    "enum": "not_one_of",
    "value_error": "wrong",
}


def _mistakes(error: ValidationError) -> Iterator[Mistake]:
    seen: set[tuple[str, str]] = set()
    for one in error.errors():
        part, *rest = one["loc"]
        key = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in rest).removeprefix(".")
        place = (file_of(str(part)), key)
        if place not in seen:
            seen.add(place)
            yield Mistake(*place, _PROBLEMS.get(one["type"], "wrong_type"), one["input"], _expected(one))


def _expected(error: Any) -> object:
    """What would have been right, as far as that can be told."""
    context = error.get("ctx", {})
    if error["type"] == "value_error":
        return str(context.get("error", "")) or None
    return next((context[name] for name in _EXPECTED if name in context), None)


_EXPECTED = ("ge", "gt", "le", "lt", "min_length", "max_length", "expected")
