"""``forms.toml``: forms that people fill in about themselves, others, units; and checklists that come again every month.

.. code-block:: toml

    [[forms]]
    key = "peer"
    title = {"zh-CN" = "互评：方式方法", "zh-TW" = "互評：方式方法", en = "Peer evaluation"}
    anonymous = true              # no way back from an answer to a person; docs/forms.md says what is promised
    least = 5                     # results of fewer answers are never shown

    [[forms.aspects]]
    key = "methods"
    title = "方法"

    [[forms.aspects.items]]
    key = "clear"
    title = "思路清晰"
    kind = "scale"
    min = 1
    max = 5
    low = "不同意"
    high = "同意"

    [[checklists]]
    key = "four_checks"
    form = "four_checks"
    day = 20                      # of every month, its last day if it has fewer
    days = 7                      # open so long
"""

from collections.abc import Iterator
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from study.programme.words import Flaw, Key, Part, Title, Who, twice

ItemKind = Literal["scale", "choice", "yes_no", "number", "text"]
WIDEST = 11
"""The most steps of a scale: 0 to 10; more would not fit under a thumb."""


class Option(Part):
    """One answer of a ``choice``."""

    key: Key
    title: Title


class Item(Part):
    """One thing that is asked.

    ``low`` and ``high`` name the ends of a scale (``min`` to ``max``, also the limits of a ``number``). ``optional``: the form may
    be sent without it. ``remark``: for ``yes_no``, the answer that counts as a problem and has to be explained. ``collects``: what
    is written here is counted among the problems or the suggestions, and an organiser may make a task of it.
    """

    key: Key
    title: Title
    kind: ItemKind = "scale"
    min: int = Field(1, ge=-1_000_000, le=1_000_000)
    max: int = Field(5, ge=-1_000_000, le=1_000_000)
    low: Title | None = None
    high: Title | None = None
    options: tuple[Option, ...] = Field((), max_length=12)
    optional: bool = False
    remark: Literal["yes", "no"] | None = None
    collects: Literal["problem", "suggestion"] | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.min >= self.max or (self.kind == "scale" and self.max - self.min >= WIDEST):
            raise ValueError("range")
        if (self.kind == "choice") != bool(self.options):
            raise ValueError("options")
        if (self.remark is not None and self.kind != "yes_no") or (self.collects is not None and self.kind != "text"):
            raise ValueError("kind")
        return self


class Aspect(Part):
    """Items that belong together."""

    key: Key
    title: Title
    items: tuple[Item, ...] = Field(max_length=40)

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        # Not by the field's least length: that would be wrong as well whenever an item is.
        if not self.items:
            raise ValueError("items")
        return self


class Form(Part):
    """A form. Item keys are unique in the whole form. ``comments``: everybody may add a word of their own at the end."""

    key: Key
    title: Title
    intro: Title | None = None
    aspects: tuple[Aspect, ...] = Field(max_length=12)
    anonymous: bool = False
    least: int = Field(5, ge=3, le=1000)
    comments: bool = False

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if not self.aspects:
            raise ValueError("aspects")
        return self

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item in order; the free comment, if there is one, comes last under the key ``comment``."""
        own = tuple(item for aspect in self.aspects for item in aspect.items)
        return (*own, COMMENT) if self.comments else own

    def aspect_of(self, key: str) -> Aspect | None:
        """The aspect of an item; ``None`` for the free comment."""
        return next((aspect for aspect in self.aspects if any(item.key == key for item in aspect.items)), None)

    @property
    def shown_from(self) -> int:
        """How many must have answered before a result is shown."""
        return self.least if self.anonymous else 1


COMMENT = Item(
    key="comment",
    title=Title({"zh-CN": "其他意见", "zh-TW": "其他意見", "en": "Anything else"}),
    kind="text",
    optional=True,
)


class Checklist(Part):
    """A form that people fill in about themselves every month, from day ``day`` on, within ``days`` days."""

    key: Key
    form: Key
    who: Who = Who.model_construct()
    months: tuple[int, ...] = tuple(range(1, 13))
    day: int = Field(20, ge=1, le=31)
    days: int = Field(7, ge=1, le=28)


class Forms(Part):
    """Every form and every checklist."""

    forms: tuple[Form, ...] = ()
    checklists: tuple[Checklist, ...] = ()

    def of(self, key: str) -> Form | None:
        """A form by its key."""
        return next((form for form in self.forms if form.key == key), None)

    def flaws(self, whole: Any) -> Iterator[Flaw]:
        """Keys that stand twice, and checklists that name no form, an anonymous one, or no cohort."""
        yield from twice(tuple(form.key for form in self.forms), "forms")
        yield from twice(tuple(one.key for one in self.checklists), "checklists")
        for at, form in enumerate(self.forms):
            yield from twice(tuple(item.key for item in form.items), f"forms[{at}].items")
        cohorts = {cohort.key for cohort in whole.header.cohorts}
        for at, one in enumerate(self.checklists):
            form_ = self.of(one.form)
            if form_ is None:
                yield Flaw(f"checklists[{at}].form", "unknown_name", one.form)
            elif form_.anonymous:
                yield Flaw(f"checklists[{at}].form", "wrong", one.form)
            for name in one.who.cohorts:
                if name not in cohorts:
                    yield Flaw(f"checklists[{at}].who.cohorts", "unknown_name", name)
            if not all(1 <= month <= 12 for month in one.months):
                yield Flaw(f"checklists[{at}].months", "wrong", list(one.months))
