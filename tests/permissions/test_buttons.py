"""Every kind of button, pressed by everybody who may not, in the middle of a real dialogue.

The dialogues are those of the suite; :mod:`tests.permissions.walked_hall` says how they are walked along.
"""

import inspect
from collections.abc import AsyncIterator, Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from handlers.registry import PRESSES
from tests.permissions.dialogues import DIALOGUES, LONG
from tests.permissions.walked_hall import WalkedHall


@pytest.fixture
async def halls(tmp_path: Path, empty_database: Path) -> AsyncIterator[list[WalkedHall]]:
    """The halls that a dialogue opens."""
    opened: list[WalkedHall] = []
    yield opened
    for hall in opened:
        await hall.close()


async def go_along(name: str, halls: list[WalkedHall], folder: Path, template: Path, only: frozenset[str]) -> None:
    """Play a dialogue of the suite in a hall in which everybody tries what is shown."""

    async def make(**settings: Any) -> WalkedHall:
        hall = WalkedHall(folder, template, only=only, **settings)
        halls.append(hall)
        await hall.open()
        return hall

    module, _, function = name.rpartition(".")
    stage = import_module(f"tests.{module}")
    given: dict[str, Any] = {"hall_with": make, "tmp_path": folder}
    await _played(getattr(stage, function), stage, given)


async def _played(play: Callable[..., Any], stage: ModuleType, given: dict[str, Any]) -> Any:
    """Call a dialogue, or a fixture of its module (each made once), with what it asks for."""
    for wanted in inspect.signature(play).parameters:
        if wanted not in given:
            given[wanted] = await (
                given["hall_with"]()
                if wanted == "hall"
                else _played(inspect.unwrap(getattr(stage, wanted)), stage, given)
            )
    return await play(**{wanted: given[wanted] for wanted in inspect.signature(play).parameters})


def test_every_kind_of_button_is_walked() -> None:
    """Whoever adds a button names a dialogue that shows it: none is left unguarded."""
    walked = frozenset().union(*DIALOGUES.values())

    assert sorted(PRESSES.keys() - walked) == []
    assert sorted(walked - PRESSES.keys()) == []


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.long if name in LONG else ()) for name in DIALOGUES]
)
async def test_nobody_presses_what_is_not_theirs(
    name: str, halls: list[WalkedHall], tmp_path: Path, empty_database: Path
) -> None:
    """Strangers, members, judges, observers and organisers of elsewhere are refused and change nothing."""
    await go_along(name, halls, tmp_path, empty_database, DIALOGUES[name])

    assert [wrong for hall in halls for wrong in hall.wrong] == []
    assert sorted(DIALOGUES[name] - set().union(*(hall.prefixes for hall in halls))) == []


@pytest.mark.long
@pytest.mark.parametrize("name", DIALOGUES)
async def test_every_cell(name: str, halls: list[WalkedHall], tmp_path: Path, empty_database: Path) -> None:
    """The same in every kind of chat, and those who may are let in."""
    await go_along(name, halls, tmp_path, empty_database, frozenset())

    assert [wrong for hall in halls for wrong in hall.wrong] == []
    assert sorted({kind for hall in halls for kind in hall.kept_out}) == []
