"""What is shown of points: the card, rankings, points by hand, disputes."""

from datetime import date, datetime
from typing import ClassVar, Literal

from quizzes.part import Part
from storage.ledger import BY_HAND as BY_HAND
from study.card_sections import CardSection
from study.evidence import Evidence
from study.views import View

Words = dict[str, str]
"""A title by language, as the programme's data have it; empty for points by hand."""

Period = Literal["month", "year", "all"]
Reach = Literal["unit", "everyone"]


class EntryFacts(Part):
    """An entry: its number, its rule, what lies behind it, and what became of it.

    ``worth`` is what the rule gives before its caps; ``reverses`` the entry that it takes back, ``reversed_by`` the one that
    takes it back; ``dispute`` how far a dispute about it is.
    """

    number: int
    rule: str
    title: Words
    points: int
    worth: int
    day: date
    evidence: Evidence
    reason: str = ""
    author: str = ""
    reverses: int | None = None
    reversed_by: int | None = None
    dispute: Literal["", "opened", "upheld", "rejected"] = ""
    answer: str = ""


class CapFacts(Part):
    """How much of a cap is used up in the period that is running; ``period``: day, week, month, year."""

    period: str
    gained: int
    most: int


class RuleFacts(Part):
    """What a year comes to by one rule, with the caps of the rule."""

    rule: str
    title: Words
    points: int
    caps: tuple[CapFacts, ...] = ()


class PointCard(View):
    """A person's card. ``own``: they look at it themselves. Pages of entries count from 0, the newest first.

    ``picking``: they are choosing the entry that they dispute, one of ``disputable``.
    """

    kind: ClassVar[str] = "points.card"
    person_id: int
    name: str
    unit: str
    own: bool
    kept: bool
    today: date
    year: int
    month: int
    all_time: int
    rules: tuple[RuleFacts, ...]
    caps: tuple[CapFacts, ...]
    entries: tuple[EntryFacts, ...]
    count: int
    page: int
    pages: int
    sections: tuple[CardSection, ...] = ()
    disputable: tuple[int, ...] = ()
    picking: bool = False


class CardPicture(View):
    """The card as a picture, on its way; ``user_id`` is who asked for it."""

    kind: ClassVar[str] = "points.picture"
    person_id: int
    user_id: int
    name: str


class RankLine(Part):
    """A line of a ranking; whoever has as many points shares the place and leaves the next ones free."""

    rank: int
    name: str
    unit: str
    points: int
    own: bool = False


class RankCard(View):
    """Where somebody stands, and as much of the list as is theirs to see.

    ``rank`` is ``None`` for somebody without points in the period; ``ranked`` counts those who have some, ``people`` all who
    are on the roster there. ``unit_id`` is the unit of a unit's list. ``reaches``: between which lists one can choose.
    """

    kind: ClassVar[str] = "points.rank"
    period: Period
    label: str
    reach: Reach
    unit: str
    points: int | None
    rank: int | None
    ranked: int
    member: bool
    lists: bool
    lines: tuple[RankLine, ...]
    page: int
    pages: int
    reaches: tuple[Reach, ...]


class AwardDraftCard(View):
    """Points by hand before they are booked."""

    kind: ClassVar[str] = "points.award_draft"
    draft_id: int
    name: str
    unit: str
    points: int
    reason: str
    year: int
    after: int


class AwardDone(View):
    """For whoever gave them: booked (``number``), or dropped."""

    kind: ClassVar[str] = "points.award_done"
    name: str
    points: int
    reason: str
    number: int | None


class AwardNews(View):
    """For the person: points by hand, or an entry that was taken back (``reverses``)."""

    kind: ClassVar[str] = "points.award_news"
    number: int
    points: int
    reason: str
    author: str
    reverses: int | None = None


class ReversalDone(View):
    """For whoever took an entry back."""

    kind: ClassVar[str] = "points.reversal_done"
    number: int
    reverses: int
    name: str
    points: int
    reason: str


class DisputeAsked(View):
    """The person is asked for the reason."""

    kind: ClassVar[str] = "points.dispute_asked"
    entry: EntryFacts


class DisputeKept(View):
    """For the person: it is on its way; ``asked`` is how many may rule on it."""

    kind: ClassVar[str] = "points.dispute_kept"
    entry: EntryFacts
    asked: int


class DisputeCard(View):
    """For those who may rule: the entry, why it is disputed, the two buttons, then the ruling."""

    kind: ClassVar[str] = "points.dispute_card"
    entry: EntryFacts
    name: str
    unit: str
    claim: str
    opened_at: datetime


class RulingAsked(View):
    """Whoever rules is asked for the reason."""

    kind: ClassVar[str] = "points.ruling_asked"
    number: int
    name: str
    upheld: bool


class DisputeRuled(View):
    """The ruling: for the person (``own``), and for whoever made it."""

    kind: ClassVar[str] = "points.dispute_ruled"
    entry: EntryFacts
    name: str
    own: bool
    upheld: bool
    reason: str
    author: str
    reversal: int | None
