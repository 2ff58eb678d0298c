"""The same desk as the tests of the command line have."""

from tests.cli.conftest import ctrl_c, desk

__all__ = ["ctrl_c", "desk"]
