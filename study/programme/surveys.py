"""``surveys.toml``: surveys by units: who rates which, until when, and what the lowest have to do.

.. code-block:: toml

    [[surveys]]
    key = "satisfaction"
    title = "组织工作满意度测评"
    form = "satisfaction"
    days = 14                     # open so long

    [[surveys.tiers]]             # units of one rank are compared with each other only
    key = "city"
    title = "市（地）"
    depth = 2                     # names in the unit's path: 黑龙江省/哈尔滨市 has two
    lowest = 3
    action = "督导检查"            # what is done about the lowest
    rectify_days = 30

    [[surveys.raters]]            # the own units, all, or those that are named
    rates = "own"
"""

from collections.abc import Iterator
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from study.programme.words import Flaw, Key, Part, Title, Who, twice


class Tier(Part):
    """Units that are ranked among themselves: those whose path has ``depth`` names. The ``lowest`` get a rectification task."""

    key: Key
    title: Title
    depth: int = Field(ge=1, le=12)
    lowest: int = Field(0, ge=0, le=1000)
    action: Title | None = None
    rectify_days: int = Field(30, ge=1, le=366)


class Raters(Part):
    """Some of the raters and what they rate: units by path, ``all``, or ``own`` (the own unit and those above it)."""

    who: Who = Who.model_construct()
    rates: Literal["own", "all"] | tuple[str, ...] = "own"


class Survey(Part):
    """One survey; an organiser starts it, as often as it is wanted, one after the other."""

    key: Key
    title: Title
    form: Key
    days: int = Field(14, ge=1, le=366)
    tiers: tuple[Tier, ...]
    raters: tuple[Raters, ...] = (Raters(),)

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if not self.tiers:
            raise ValueError("tiers")
        return self


class Surveys(Part):
    """Every survey."""

    surveys: tuple[Survey, ...] = ()

    def of(self, key: str) -> Survey | None:
        """A survey by its key."""
        return next((survey for survey in self.surveys if survey.key == key), None)

    def flaws(self, whole: Any) -> Iterator[Flaw]:
        """Keys that stand twice, names of forms and cohorts that there are not, a form that is not anonymous."""
        yield from twice(tuple(survey.key for survey in self.surveys), "surveys")
        cohorts = {cohort.key for cohort in whole.header.cohorts}
        for at, survey in enumerate(self.surveys):
            yield from twice(tuple(tier.key for tier in survey.tiers), f"surveys[{at}].tiers")
            form = whole.forms.of(survey.form)
            if form is None:
                yield Flaw(f"surveys[{at}].form", "unknown_name", survey.form)
            elif not form.anonymous:
                yield Flaw(f"surveys[{at}].form", "wrong", survey.form)
            for place, raters in enumerate(survey.raters):
                for name in raters.who.cohorts:
                    if name not in cohorts:
                        yield Flaw(f"surveys[{at}].raters[{place}].who.cohorts", "unknown_name", name)
