"""``works.toml``: what is handed in and moves through stages (a report, an innovation topic, a plan), as templates.

.. code-block:: toml

    [[works]]
    key = "innovation"
    title = {"zh-CN" = "创新实践课题", "zh-TW" = "創新實踐課題", en = "Innovation topic"}
    by = "team"                              # person, team (with a leader), unit (one plan for the whole unit)
    who = {titles = ["局长"]}                 # who may begin one; nothing: everybody

    [[works.fields]]
    key = "problem"
    title = {"zh-CN" = "要解决的问题", "zh-TW" = "要解決的問題", en = "Problem"}
    least = 50                               # characters

    [[works.stages]]
    key = "propose"
    title = {"zh-CN" = "立题", "zh-TW" = "立題", en = "Proposal"}
    fields = ["problem"]                     # the author's part; without it only the reviewers act
    days = 14                                # for the author
    reviewers = {organisers = "unit"}        # unit, above, office; who = {...}; people = ["A01"]
    review_days = 7
"""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from pydantic import Field as Bound

from study.periods import Every
from study.programme.words import Flaw, Key, Part, Title, Who, twice
from study.work_plan import Band, Field, FieldKind, Plan, Stage


class Choice(Part):
    """One answer of a ``choice`` field."""

    key: Key
    title: Title


class WorkField(Part):
    """One field of the form. ``hint`` says what is wanted, ``example`` how it may look.

    ``least``: characters without white space; ``vague``: phrases that are sent back if no figure stands beside them;
    ``future``: a day that is over is sent back.
    """

    key: Key
    title: Title
    hint: Title | None = None
    example: Title | None = None
    kind: FieldKind = FieldKind.TEXT
    required: bool = True
    least: int = Bound(0, ge=0, le=5000)
    choices: tuple[Choice, ...] = ()
    vague: tuple[str, ...] = ()
    future: bool = False


class Reviewers(Part):
    """Who reviews: everybody who is named in one of these ways, the authors excepted.

    ``organisers``: those of the author's unit (or, if it has none, of the nearest above), of the unit above it, or the
    programme's office (its admins); ``who``: people by role, level, title, unit; ``people``: by their code.
    ``own_unit = false``: whoever is of the author's unit stands back.
    """

    organisers: Literal["none", "unit", "above", "office"] = "none"
    who: Who | None = None
    people: tuple[str, ...] = ()
    own_unit: bool = True


class Rating(Part):
    """One rating, the best first; ``at_least``: with scores, the mean from which it is given."""

    key: Key
    title: Title
    at_least: int | None = Bound(None, ge=0, le=100)


class WorkStage(Part):
    """One stage. The first one has every field that no stage names, unless it names its own.

    ``least``: how many reviewers have to agree; ``scored``: each gives 0 to 100 points, the ``drop`` highest and lowest do
    not count; ``only``: the stage is passed over unless these fields say so.
    """

    key: Key
    title: Title
    fields: tuple[Key, ...] = ()
    reviewers: Reviewers | None = None
    days: int | None = Bound(None, ge=1, le=400)
    review_days: int | None = Bound(None, ge=1, le=400)
    least: int = Bound(1, ge=1, le=50)
    ratings: tuple[Rating, ...] = ()
    scored: bool = False
    drop: int = Bound(0, ge=0, le=10)
    may_reject: bool = False
    only: Mapping[Key, str] = Bound(default_factory=dict)


class Progress(Part):
    """The fields between which progress is reported once the work is accepted."""

    baseline: Key
    target: Key
    measure: Key
    due: Key


class Shortlist(Part):
    """How many of the best scores are chosen, and of one unit at most."""

    top: int = Bound(ge=1, le=500)
    per_unit: int | None = Bound(None, ge=1)


class WorkKind(Part):
    """One kind of work.

    * ``by``: a person, a team (a leader who adds members), or a unit (one for the whole unit in each period);
    * ``every``: one belongs to each such period, and each is asked for at its beginning (``announce``); without it a work
      belongs to the year in which it was begun;
    * ``most``: as many as one person (or unit) may have in a period;
    * ``sends_back``: faults do not hinder handing in, they send it back by themselves, named field by field;
    * ``blind``: reviewers do not see whose it is;
    * ``publish``: the author is asked for consent when it is accepted, or when it is on the shortlist;
    * ``progress``: which fields are baseline, target, unit of measure and day.
    """

    key: Key
    title: Title
    about: Title | None = None
    by: Literal["person", "team", "unit"] = "person"
    who: Who = Who.model_construct()
    every: Every | None = None
    announce: bool = False
    most: int | None = Bound(None, ge=1)
    sends_back: bool = False
    blind: bool = False
    publish: Literal["no", "accepted", "shortlist"] = "no"
    shortlist: Shortlist | None = None
    progress: Progress | None = None
    fields: tuple[WorkField, ...] = Bound(min_length=1)
    stages: tuple[WorkStage, ...] = Bound(min_length=1)

    @property
    def period(self) -> Every:
        """The kind of period that its works belong to."""
        return self.every or "year"

    def plan(self) -> Plan:
        """What the rules see of it."""
        named = {key for stage in self.stages for key in stage.fields}
        rest = tuple(field.key for field in self.fields if field.key not in named)
        return Plan(
            fields=tuple(
                Field(
                    key=field.key,
                    kind=field.kind,
                    required=field.required,
                    least=field.least,
                    choices=tuple(choice.key for choice in field.choices),
                    vague=field.vague,
                    future=field.future,
                )
                for field in self.fields
            ),
            stages=tuple(
                Stage(
                    key=stage.key,
                    fields=(*stage.fields, *(rest if number == 0 else ())),
                    reviewed=stage.reviewers is not None,
                    least=stage.least,
                    bands=tuple(Band(rating.key, rating.at_least) for rating in stage.ratings),
                    scored=stage.scored,
                    drop=stage.drop,
                    may_reject=stage.may_reject,
                    only=dict(stage.only),
                )
                for number, stage in enumerate(self.stages)
            ),
            sends_back=self.sends_back,
            baseline=self.progress.baseline if self.progress is not None else "",
            target=self.progress.target if self.progress is not None else "",
        )

    def field(self, key: str) -> WorkField:
        """A field by its key."""
        return next(field for field in self.fields if field.key == key)

    def rating(self, key: str) -> Title | None:
        """What a rating is called."""
        return next((one.title for stage in self.stages for one in stage.ratings if one.key == key), None)

    def flaws(self, whole: Any) -> Iterator[Flaw]:
        """Fields and stages that stand twice or that nobody knows, and stages at which nobody would do anything."""
        fields = {field.key: field for field in self.fields}
        yield from twice(tuple(fields_key.key for fields_key in self.fields), "fields")
        yield from twice(tuple(stage.key for stage in self.stages), "stages")
        cohorts = {cohort.key for cohort in whole.header.cohorts}
        for key in self.who.cohorts:
            if key not in cohorts:
                yield Flaw("who.cohorts", "unknown_name", key)
        for at, field in enumerate(self.fields):
            if (field.kind is FieldKind.CHOICE) != bool(field.choices):
                yield Flaw(f"fields[{at}].choices", "wrong", field.key)
        plan = self.plan()
        for at, (stage, seen) in enumerate(zip(self.stages, plan.stages, strict=True)):
            for key in (*stage.fields, *stage.only):
                if key not in fields:
                    yield Flaw(
                        f"stages[{at}].fields" if key in stage.fields else f"stages[{at}].only", "unknown_name", key
                    )
            if not seen.fields and not seen.reviewed:
                yield Flaw(f"stages[{at}]", "wrong", stage.key)
            if at == 0 and (not seen.fields or stage.only):
                yield Flaw("stages[0]", "wrong", stage.key)
            if (stage.ratings or stage.scored) and not seen.reviewed:
                yield Flaw(f"stages[{at}].reviewers", "missing", stage.key)
            if stage.reviewers is not None and stage.reviewers.who is not None:
                for key in stage.reviewers.who.cohorts:
                    if key not in cohorts:
                        yield Flaw(f"stages[{at}].reviewers.who.cohorts", "unknown_name", key)
        for name, key in self.progress or ():
            if key not in fields:
                yield Flaw(f"progress.{name}", "unknown_name", key)
        if self.shortlist is not None and not any(stage.scored for stage in self.stages):
            yield Flaw("shortlist", "wrong", self.key)


class Works(Part):
    """Every kind of work."""

    works: tuple[WorkKind, ...] = ()

    def kind(self, key: str) -> WorkKind | None:
        """A kind by its key."""
        return next((kind for kind in self.works if kind.key == key), None)

    def flaws(self, whole: Any) -> Iterator[Flaw]:
        """Kinds that stand twice, and what is wrong within one."""
        yield from twice(tuple(kind.key for kind in self.works), "works")
        for at, kind in enumerate(self.works):
            for flaw in kind.flaws(whole):
                yield Flaw(f"works[{at}].{flaw.key}", flaw.problem, flaw.value)
