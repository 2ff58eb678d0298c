"""What is shown of surveys: data without words."""

from datetime import datetime
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from study.programme.words import Title
from study.views import View


class SurveyLine(BaseModel):
    """A survey of the programme and its newest run that the organiser may see; ``may_start``: none is open."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    key: str
    title: Title
    evaluation: int | None
    is_open: bool
    opened_at: datetime | None
    may_start: bool


class SurveyMenu(View):
    """Every survey of the programme."""

    kind: ClassVar[str] = "survey.menu"
    surveys: tuple[SurveyLine, ...]


class SurveyPreview(View):
    """What a survey would be if it were started now. ``pairs``: so many forms would be filled in."""

    kind: ClassVar[str] = "survey.preview"
    key: str
    title: Title
    aspects: int
    items: int
    anonymous: bool
    least: int
    tiers: tuple[tuple[Title, int], ...]
    raters: int
    pairs: int
    closes_at: datetime


class SurveyEnded(View):
    """For whoever started it: the results are there."""

    kind: ClassVar[str] = "survey.ended"
    evaluation: int
    title: Title


class SurveyOpen(View):
    """A survey under way: how many have answered, not who; results come when it is closed."""

    kind: ClassVar[str] = "survey.open"
    evaluation: int
    title: Title
    asked: int
    answered: int
    raters: int
    finished: int
    units: int
    enough: int
    least: int
    closes_at: datetime | None
    may_close: bool


class Ranked(BaseModel):
    """A unit in the ranking of its tier; ``low``: among those that have to put something right."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    subject: int
    name: str
    path: str
    rank: int
    score: float
    answered: int
    low: bool
    rectification: str


class TierRanking(BaseModel):
    """The ranking of a tier, best first, as far as the organiser may see it; ``count`` units are ranked in it altogether.

    ``hidden``: units with too few answers, which are in no figure."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    key: str
    title: Title
    count: int
    hidden: int
    lowest: int
    action: Title | None
    units: tuple[Ranked, ...]


class IndicatorLine(BaseModel):
    """An indicator over all units that are shown: the mean score (0 to 100)."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    aspect: Title | None
    title: Title
    score: float


class SurveyResult(View):
    """A survey that is closed. ``rectifications`` counts what has to be put right by its state."""

    kind: ClassVar[str] = "survey.result"
    evaluation: int
    title: Title
    least: int
    raters: int
    finished: int
    asked: int
    answered: int
    score: float | None
    tiers: tuple[TierRanking, ...]
    indicators: tuple[IndicatorLine, ...]
    problems: int
    suggestions: int
    rectifications: dict[str, int]
    to_rectify: int
    may_rectify: bool
    page: int = 0


class SurveySaid(View):
    """One problem or suggestion that somebody wrote, without any name; ``at`` counts from 0. ``task`` is its task, if any."""

    kind: ClassVar[str] = "survey.said"
    evaluation: int
    collects: Literal["problem", "suggestion"]
    unit: str
    text: str
    mark: str
    at: int
    of: int
    state: str
    may_rectify: bool


class SurveyFile(View):
    """The results as a workbook, made when it is sent."""

    kind: ClassVar[str] = "survey.file"
    evaluation: int
    title: Title
    user_id: int


class SurveyPicture(View):
    """The ranking of a tier as a picture, made when it is sent."""

    kind: ClassVar[str] = "survey.picture"
    evaluation: int
    title: Title
    tier: str
    tier_title: Title
    user_id: int
