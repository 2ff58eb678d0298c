"""``dataclass`` as the standard library has it, with frozen classes that are made and filled in a fraction of the time.

The standard library writes and compiles six functions for each class. There are five hundred frozen ones here, most of
which a process never makes one of: that was a quarter of the bot's start. And its ``__init__`` of a frozen class looks each
field up by name twice, while one that sets the slots themselves takes half the time; an event makes two or three records.
So here a class has its ``__init__`` written when the first record is made, and what is the same for all is there once.

What a class promises stays: fields, defaults, ``__post_init__``, ``fields``, ``replace``, ``match``, equality by type
and values, hash, ``repr``, copies and pickles; ``FrozenInstanceError`` for who tries to change one.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    # The type checker knows this one, and checks fields, arguments and that nothing is assigned to.
    from dataclasses import dataclass as dataclass
else:

    def dataclass(cls=None, /, **options):
        """The decorator. Whatever is not just frozen with slots is left to the standard library.

        Raises:
            TypeError: a field wants what only the standard library does (``init=False``, ``compare=False`` and such).
        """
        if cls is not None or options != {"frozen": True, "slots": True}:
            return dataclasses.dataclass(cls, **options)
        return _frozen


_AS_USUAL = (True, True, None, True, False)


def _frozen(cls: type[Any]) -> type[Any]:
    made: type[Any] = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    for one in dataclasses.fields(made):
        if (one.init, one.repr, one.hash, one.compare, one.kw_only) != _AS_USUAL:
            raise TypeError(f"{cls.__qualname__}.{one.name}: only the standard library's dataclass does this")
    for name, method in _SHARED.items():
        if name not in cls.__dict__:
            setattr(made, name, method)
    if "__init__" not in cls.__dict__:
        made.__init__ = _Unwritten(made)
    return made


class _Absent:
    """Stands where a default is made anew for each record, and looks there as the standard library's does."""

    def __repr__(self) -> str:
        return "<factory>"


_ABSENT = _Absent()


class _Unwritten:
    """An ``__init__`` that is written when somebody first looks at it, and is an ordinary one from then on."""

    __slots__ = ("_of",)

    def __init__(self, of: type[Any]) -> None:
        self._of = of

    def __get__(self, record: object | None, owner: type[Any]) -> Any:
        written = _constructor(self._of)
        self._of.__init__ = written
        return written if record is None else written.__get__(record, owner)


def _constructor(cls: type[Any]) -> Any:
    """Python's own way past ``__setattr__``: a slot's descriptor sets it, which leaves frozen what is frozen."""
    known: dict[str, Any] = {"_absent": _ABSENT}
    parameters, lines = [], []
    for one in dataclasses.fields(cls):
        name, value = one.name, one.name
        known[f"_set_{name}"] = getattr(cls, name).__set__
        if one.default is not dataclasses.MISSING:
            known[f"_default_{name}"] = one.default
            parameters.append(f"{name}=_default_{name}")
        elif one.default_factory is not dataclasses.MISSING:
            known[f"_make_{name}"] = one.default_factory
            parameters.append(f"{name}=_absent")
            value = f"_make_{name}() if {name} is _absent else {name}"
        else:
            parameters.append(name)
        lines.append(f"_set_{name}(self, {value})")
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    source = f"def __init__({', '.join(['self', *parameters])}):\n " + "\n ".join(lines or ["pass"])
    exec(source, known)
    written = known["__init__"]
    written.__qualname__ = f"{cls.__qualname__}.__init__"
    written.__module__ = cls.__module__
    written.__annotations__ = {one.name: one.type for one in dataclasses.fields(cls)} | {"return": None}
    return written


def _values(record: Any) -> tuple[Any, ...]:
    return tuple([getattr(record, name) for name in record.__dataclass_fields__])


def _refuse_to_set(record: object, name: str, value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(record: object, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _is_equal(record: object, other: object) -> bool:
    return _values(record) == _values(other) if other.__class__ is record.__class__ else NotImplemented


def _hash_of(record: object) -> int:
    return hash(_values(record))


def _words_of(record: Any) -> str:
    shown = (f"{name}={getattr(record, name)!r}" for name in record.__dataclass_fields__)
    return f"{record.__class__.__qualname__}({', '.join(shown)})"


def _restore(record: Any, state: tuple[Any, ...]) -> None:
    for name, value in zip(record.__dataclass_fields__, state, strict=True):
        object.__setattr__(record, name, value)


_SHARED = {
    "__setattr__": _refuse_to_set,
    "__delattr__": _refuse_to_delete,
    "__eq__": _is_equal,
    "__hash__": _hash_of,
    "__repr__": _words_of,
    "__getstate__": _values,
    "__setstate__": _restore,
}
