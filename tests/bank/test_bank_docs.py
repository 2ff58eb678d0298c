"""The manual says what is so: its examples are read, its codes are all there."""

import re
from pathlib import Path

import pytest

import quizzes.bank.formats
from quizzes.bank.formats import WRITERS, read_bank
from quizzes.bank.items import MAX_ITEMS, MAX_OPTION, MAX_TEXT, Fault, Remark
from quizzes.files import MAX_FILE_BYTES, FileError

MANUAL = (Path(quizzes.bank.formats.__file__).parents[2] / "docs" / "banks.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```(csv|text|gift|aiken|xml|json)\n(.*?)^```", MANUAL, re.MULTILINE | re.DOTALL)
FORMATS = {"xml": "moodle"}


@pytest.mark.parametrize(("language", "example"), EXAMPLES)
def test_examples_are_read_without_fault(language: str, example: str) -> None:
    """As the format that the manual says, found by content alone."""
    bank = read_bank(example.encode())

    assert bank.format == FORMATS.get(language, language)
    assert bank.errors == ()
    assert bank.warnings == ()
    assert bank.items


def test_there_is_an_example_of_every_format_of_text() -> None:
    """Excel and Word cannot be shown in a manual."""
    shown = {FORMATS.get(language, language) for language, _ in EXAMPLES}

    assert shown == WRITERS.keys() - {"xlsx", "docx"}


def test_every_code_is_explained() -> None:
    """Of errors, of remarks and of files, and no code that does not exist."""

    def below(kind: type[FileError]) -> set[str]:
        return {kind.code}.union(*map(below, kind.__subclasses__()))

    exist = {code.value for code in (*Fault, *Remark)} | below(FileError) - {FileError.code}

    assert set(re.findall(r"`((?:item|file)\.[a-z_]+)`", MANUAL)) == exist


def test_limits_are_those_of_the_code() -> None:
    """Numbers in a manual grow old."""
    limits = MANUAL[MANUAL.index("## Limits") :]

    for number in (f"{MAX_TEXT:,}", str(MAX_OPTION), f"{MAX_ITEMS:,}", f"{MAX_FILE_BYTES // 2**20} MB"):
        assert number in limits
