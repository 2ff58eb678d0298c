"""The table of permissions has a line for everything, and the page for users says what the table says."""

from pathlib import Path

from handlers.permissions import permissions
from handlers.registry import COMMANDS, PRESSES
from tools.permissions_page import PAGE, page

ROOT = Path(__file__).parent.parent.parent


def test_every_command_has_a_line() -> None:
    """A command that nobody thought about is not let loose; a line without a command is left over."""
    assert permissions().commands.keys() == {command.name for command in COMMANDS}


def test_every_button_has_a_line() -> None:
    """So has every prefix; a verb has one of its own only where its prefix has one too."""
    lines = permissions().buttons

    assert sorted(PRESSES.keys() - lines.keys()) == []
    assert sorted({name.partition(":")[0] for name in lines} - PRESSES.keys()) == []
    assert [name for name, line in lines.items() if not line.what] == []


def test_page_says_what_the_table_says() -> None:
    """``docs/permissions.md`` is made of the table (``make permissions``), word by word."""
    assert (ROOT / PAGE).read_text(encoding="utf-8") == page()
