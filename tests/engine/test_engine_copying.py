"""Changed copies: the quick way gives what the standard library's gives."""

import dataclasses
from typing import Any

import pytest

from quizzes.engine.copying import replace
from quizzes.engine.phases import Asking, Contest, Course, Interval
from tests.engine.play import START, Play, seconds


@pytest.mark.parametrize(
    ("record", "changes"),
    [
        (Course(slot=3, starters=(1, 2)), {"nonce": 7, "excluded": frozenset({2})}),
        (Interval(START, again=True), {"ends_at": START + seconds(4)}),
        (Asking(1, 0, rebound=True), {}),
        (Play().now_, {"awards": (), "phase": Interval(START)}),
    ],
)
def test_a_changed_copy_is_the_one_of_the_standard_library(record: Any, changes: dict[str, Any]) -> None:
    """Named fields are changed, all others are as they were, and the record itself stays."""
    before = dataclasses.replace(record)

    copied = replace(record, **changes)

    assert copied == dataclasses.replace(record, **changes)
    assert type(copied) is type(record)
    assert record == before


def test_a_field_that_is_not_there_is_refused() -> None:
    """A misspelt field is an error and not a copy without the change."""
    contest: Contest = Play().now_

    with pytest.raises(TypeError, match="fase"):
        replace(contest, fase=Interval(START))  # type: ignore[call-arg]
