"""The Bot API as data: which methods there are, what each takes, what the objects look like.

The data is a trimmed copy of the machine-readable description by the project telegram-bot-api-spec (MIT licence):
names and types of fields, no descriptions. A name that ends in ``?`` is optional.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import orjson

PATH = Path(__file__).with_name("bot-api-10.1.json")


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter of a method, or one field of an object."""

    name: str
    types: tuple[str, ...]
    required: bool


Fields = Mapping[str, Field]


@dataclass(frozen=True, slots=True)
class Spec:
    """The whole Bot API of one version.

    Args:
        methods: by name, their parameters by name.
        returns: by the method's name, the types that its result can be of.
        objects: by name, the fields of every object type.
        unions: by name, the types that a type can be one of (``InputMedia``, ``ChatMember`` …).
    """

    version: str
    methods: Mapping[str, Fields]
    returns: Mapping[str, tuple[str, ...]]
    objects: Mapping[str, Fields]
    unions: Mapping[str, tuple[str, ...]]


def _fields(raw: Mapping[str, list[str]]) -> Fields:
    return {
        name.removesuffix("?"): Field(name.removesuffix("?"), tuple(types), not name.endswith("?"))
        for name, types in raw.items()
    }


@cache
def load() -> Spec:
    """Read the description, once a process."""
    raw = orjson.loads(PATH.read_bytes())
    return Spec(
        version=raw["version"],
        methods={name: _fields(method["fields"]) for name, method in raw["methods"].items()},
        returns={name: tuple(method["returns"]) for name, method in raw["methods"].items()},
        objects={name: _fields(kind["fields"]) for name, kind in raw["types"].items() if "fields" in kind},
        unions={name: tuple(kind["subtypes"]) for name, kind in raw["types"].items() if "subtypes" in kind},
    )
