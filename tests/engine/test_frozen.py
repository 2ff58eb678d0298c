"""The engine's frozen dataclasses promise what the standard library's do."""

import copy
import dataclasses
import inspect
import pickle
from typing import Any

import pytest

from quizzes.engine.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Ours:
    """A record with every kind of field."""

    name: str
    scores: tuple[int, ...] = ()
    notes: list[str] = dataclasses.field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Longer(Ours):
    """One that adds a field, and checks what it was given."""

    rank: int = 1

    def __post_init__(self) -> None:
        if self.rank < 1:
            raise ValueError("a rank begins with 1")


@dataclass(frozen=True, slots=True)
class Empty:
    """One without fields."""


@dataclasses.dataclass(frozen=True, slots=True)
class Theirs:
    """The same as ``Ours``, by the standard library."""

    name: str
    scores: tuple[int, ...] = ()
    notes: list[str] = dataclasses.field(default_factory=list)


def test_nothing_can_be_changed() -> None:
    """No field is assigned to or deleted, no other name is added, in a subclass neither."""
    for record in (Ours("Anna"), Longer("Anna"), Empty()):
        for name in ("name", "rank", "unheard_of"):
            with pytest.raises(dataclasses.FrozenInstanceError):
                setattr(record, name, "Bob")
            with pytest.raises(dataclasses.FrozenInstanceError):
                delattr(record, name)
        assert not hasattr(record, "__dict__")


def test_records_are_equal_by_type_and_values() -> None:
    """The same values of the same class are equal and hash alike; another class or value is not equal."""
    same = (Ours("Anna", (1,)), Ours(name="Anna", scores=(1,)))
    bare: object = ("Anna", (), [])

    assert same[0] == same[1]
    assert Ours("Anna") != Ours("Bob")
    assert Ours("Anna") != Longer("Anna")
    assert Ours("Anna") != bare
    assert hash(Empty()) == hash(Empty())
    assert {Longer("Anna", notes=()): 1}[Longer("Anna", notes=())] == 1  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="unhashable"):
        hash(same[0])  # it holds a list


def test_copies_are_whole() -> None:
    """``copy``, ``deepcopy``, ``pickle`` and ``replace`` give equal records; a deep copy shares nothing."""
    record = Longer("Anna", (1, 2), ["early"], 3)

    deep = copy.deepcopy(record)

    assert copy.copy(record) == deep == pickle.loads(pickle.dumps(record)) == record
    assert deep.notes is not record.notes
    assert dataclasses.replace(record, rank=4) == Longer("Anna", (1, 2), ["early"], 4)


@pytest.mark.parametrize("ask", [repr, dataclasses.asdict, dataclasses.astuple], ids=lambda ask: ask.__name__)
def test_it_looks_as_the_standard_librarys(ask: Any) -> None:
    """Words and fields are those of the standard library's class of the same fields."""
    ours, theirs = ask(Ours("Anna", (1,))), ask(Theirs("Anna", (1,)))

    assert ours == (theirs.replace("Theirs", "Ours") if isinstance(theirs, str) else theirs)


def test_it_is_made_as_the_standard_librarys() -> None:
    """The same signature and pattern; defaults are made anew for each; a wrong call says the same."""
    assert str(inspect.signature(Ours)) == str(inspect.signature(Theirs))
    assert Ours.__match_args__ == Theirs.__match_args__
    assert Ours("Anna").notes is not Ours("Anna").notes
    for wrong in ({}, {"name": "Anna", "age": 9}):
        said = []
        for kind in (Ours, Theirs):
            with pytest.raises(TypeError) as refused:
                kind(**wrong)  # type: ignore[arg-type]
            said.append(str(refused.value).replace("Theirs", "Ours"))
        assert said[0] == said[1]


def test_what_it_checks_is_checked() -> None:
    """``__post_init__`` runs for every record, by ``replace`` too."""
    with pytest.raises(ValueError, match="begins with 1"):
        Longer("Anna", rank=0)
    with pytest.raises(ValueError, match="begins with 1"):
        dataclasses.replace(Longer("Anna"), rank=0)


def test_what_it_does_not_do_is_said_at_once() -> None:
    """A field that only the standard library would treat rightly is refused when the class is made."""

    class Wanting:
        """A field that takes no part in comparisons."""

        name: str = dataclasses.field(default="", compare=False)

    with pytest.raises(TypeError, match=r"Wanting\.name"):
        dataclass(frozen=True, slots=True)(Wanting)


def test_other_kinds_are_the_standard_librarys() -> None:
    """A class that is not frozen can be changed, as before."""

    @dataclass(slots=True)
    class Counter:
        """Something that counts."""

        count: int = 0

    counter = Counter()
    counter.count += 1

    assert counter == Counter(1)
