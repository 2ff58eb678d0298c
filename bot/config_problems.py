"""What is wrong with a configuration: each problem by its place, a code and what fills its sentence in."""

import difflib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import SettingsError

PREFIX = "STUDYHALL_"
BETWEEN = "__"
_CODES = {
    "extra_forbidden": "unknown_key", "model_type": "table", "model_attributes_type": "table",
    "time_parsing": "time", "time_type": "time", "literal_error": "words", "tuple_type": "list",
    "int_parsing": "whole_number", "int_type": "whole_number", "int_from_float": "whole_number",
    "float_parsing": "number", "float_type": "number", "bool_parsing": "yes_or_no", "bool_type": "yes_or_no",
    "string_type": "text", "greater_than_equal": "least", "less_than_equal": "most",
}  # fmt: skip
"""Pydantic's names of what is wrong, and ours."""
_NOT_KEYS = ("literal[", "tuple[", "constrained", "function-")
"""Steps of pydantic's own in the way to a value."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, or several that are wrong with the same key.

    Args:
        where: the key, the file or the environment variable.
        reasons: each as a code and its parameters.
    """

    where: str
    reasons: tuple[tuple[str, Mapping[str, object]], ...] = field(default=())

    @classmethod
    def of(cls, where: str, code: str, **params: object) -> "Problem":
        """One problem for one reason."""
        return cls(where, ((code, params),))


class ConfigError(Exception):
    """The configuration cannot be used. ``language``: in which of our languages it wants to be spoken to, if that much
    can be read.
    """

    def __init__(self, problems: list[Problem], language: str = "") -> None:
        self.problems = problems
        self.language = language
        super().__init__("; ".join(f"{one.where}: {', '.join(code for code, _ in one.reasons)}" for one in problems))


class Unusable(ValueError):
    """A value that is of the right kind and no good; the code says why."""


def problems_of(error: ValidationError, model: type[BaseModel], path: Path | None) -> Iterator[Problem]:
    """What pydantic complains of, key by key."""
    found: dict[tuple[str, ...], list[tuple[str, Mapping[str, object]]]] = {}
    for complaint in error.errors():
        keys = tuple(str(part) for part in complaint["loc"] if not str(part).startswith(_NOT_KEYS))
        found.setdefault(keys, []).append(_reason(complaint, keys, model))
    for keys, reasons in found.items():
        # A key that takes a word or a list is complained of for both; what is wrong within the list says more.
        if not any(other[: len(keys)] == keys and other != keys for other in found):
            yield Problem(_where(keys, path), tuple(reasons))


def _reason(complaint: ErrorDetails, keys: tuple[str, ...], model: type[BaseModel]) -> tuple[str, Mapping[str, object]]:
    context = complaint.get("ctx", {})
    code = _CODES.get(complaint["type"], "other")
    if complaint["type"] == "value_error" and isinstance(context.get("error"), Unusable):
        return str(context["error"]), {}
    match code:
        case "unknown_key":
            return _unknown(keys, model)
        case "table":
            return code, {"section": ".".join(keys)}
        case "words":
            return code, {"words": tuple(re.findall(r"'([^']*)'", str(context.get("expected", ""))))}
        case "least":
            return code, {"number": context["ge"]}
        case "most":
            return code, {"number": context["le"]}
        case "other":
            return code, {"reason": complaint["msg"]}
    return code, {}


def _unknown(keys: Sequence[str], model: type[BaseModel]) -> tuple[str, Mapping[str, object]]:
    guess = difflib.get_close_matches(keys[-1], _known(keys[:-1], model), n=1)
    return ("typo", {"guess": guess[0]}) if guess else ("unknown_key", {})


def _where(keys: Sequence[str], path: Path | None) -> str:
    """Where a value stands: its environment variable, which counts more than the file, or its place in the file."""
    names = {name.upper(): name for name in os.environ}
    for length in range(len(keys), 0, -1):
        variable = names.get(PREFIX + BETWEEN.join(keys[:length]).upper())
        if variable is not None:
            return variable
    return ".".join(keys) if path is None else f"{path}: {'.'.join(keys)}"


def strange_variables(model: type[BaseModel]) -> list[Problem]:
    """Variables that look like ours and name no section; those within a section are found by pydantic."""
    problems = []
    for name in sorted(os.environ):
        section, found, _ = name.upper().removeprefix(PREFIX).partition(BETWEEN)
        if name.upper().startswith(PREFIX) and found and section.lower() not in model.model_fields:
            problems.append(Problem(name, (_unknown([section.lower()], model),)))
    return problems


def unreadable_variables(error: SettingsError, model: type[BaseModel]) -> Iterator[Problem]:
    """A variable that should hold a list or a table, and does not."""
    for section in model.model_fields:
        if f'"{section}"' in str(error):
            for name in sorted(os.environ):
                if name.upper().startswith(f"{PREFIX}{section.upper()}"):
                    yield Problem.of(name, "variable")


def _known(section: Sequence[str], model: Any) -> list[str]:
    for key in section:
        found = model.model_fields.get(key)
        if found is None or not isinstance(found.annotation, type):
            return []
        model = found.annotation
    return list(model.model_fields)
