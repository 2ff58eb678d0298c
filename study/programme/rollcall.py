"""``rollcall.toml``: how the roll is called, when somebody is warned, how an absence is made up for.

.. code-block:: toml

    late_after = 10               # minutes from the beginning of the session
    close_after = 30              # minutes from the beginning; the roll call closes by itself
    way = "code"                  # "button" in the group, or "code" on the hall's screen
    code_seconds = 20             # so long a code is shown before the next one
    markers = {titles = ["考勤员"]}  # who, besides the organisers, may call the roll in their own unit

    [[warnings]]
    key = "three_in_a_row"
    absent_in_a_row = 3
    period = "quarter"            # given once in each

    [[warnings]]
    key = "rate"
    rate_below = 80               # percent
    least = 4                     # not before so many sessions
    period = "quarter"

    [make_up]
    days = 14
    bank = "业务讲坛"               # the question bank of the short test; by series: banks = {friday = "…"}
    questions = 5
    pass_percent = 60
    leave = true                  # whoever was on leave makes up too

The roll can be called without this file, as it stands here by default; warnings and make-ups are only there if it names
them.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from study.programme.words import Flaw, Key, Part, Who, twice

Period = Literal["month", "quarter", "year"]


class Threshold(Part):
    """When somebody is warned: absent so often in a row, or there too rarely. Once in each calendar ``period``.

    For the rate, sessions with approved leave do not count; it is not looked at before ``least`` sessions.
    """

    key: Key
    absent_in_a_row: int | None = Field(None, ge=1, le=100)
    rate_below: int | None = Field(None, ge=1, le=100)
    least: int = Field(3, ge=1, le=100)
    period: Period = "quarter"

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.absent_in_a_row is None) == (self.rate_below is None):
            raise ValueError("threshold")
        return self


class MakeUpRules(Part):
    """How an absence is made up for within ``days``: the material, a short test (``questions`` = 0: none), a signature."""

    days: int = Field(14, ge=1, le=366)
    bank: str = ""
    banks: Mapping[str, str] = Field(default_factory=dict)
    questions: int = Field(5, ge=0, le=50)
    pass_percent: int = Field(60, ge=1, le=100)
    leave: bool = False

    def bank_of(self, series: str) -> str:
        """The bank from which a session of a series is tested; empty if there is none."""
        return self.banks.get(series, self.bank)


class RollCalls(Part):
    """The roll call of a session; lengths are minutes from its beginning."""

    late_after: int = Field(10, ge=0, le=1440)
    close_after: int = Field(30, ge=1, le=1440)
    open_before: int = Field(30, ge=0, le=1440)
    way: Literal["button", "code"] = "button"
    code_seconds: int = Field(20, ge=10, le=300)
    markers: Who | None = None
    warnings: tuple[Threshold, ...] = ()
    make_up: MakeUpRules | None = None

    def flaws(self, whole: Any) -> Iterator[Flaw]:
        """Thresholds that stand twice, a close before anybody can be late, series and cohorts that are not there."""
        yield from twice(tuple(one.key for one in self.warnings), "warnings")
        if self.late_after > self.close_after:
            yield Flaw("late_after", "too_large", self.late_after)
        known = {cohort.key for cohort in whole.header.cohorts}
        for cohort in self.markers.cohorts if self.markers is not None else ():
            if cohort not in known:
                yield Flaw("markers.cohorts", "unknown_name", cohort)
