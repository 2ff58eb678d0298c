"""The desk of an office whose bot is a process, and the programme that is played there."""

from tests.cli.conftest import ctrl_c, desk
from tests.cli.test_kill import programme

__all__ = ["ctrl_c", "desk", "programme"]
