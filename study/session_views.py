"""What is shown of sessions: data without words."""

from datetime import date, datetime
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from study.programme.words import Title
from study.views import View


class Part(BaseModel):
    """A piece of a view."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class SessionFacts(Part):
    """A session as it stands. ``material_id``: the material of the library that goes with it, if it is one."""

    id: int
    title: str
    series: Title | None
    topic: Title | None
    form: Title | None
    lecturer: str
    place: str
    unit: str
    starts_at: datetime
    ends_at: datetime
    state: Literal["planned", "held", "cancelled"]
    material: str
    material_id: int | None
    reason: str
    sign_up: bool
    capacity: int | None
    seats: int = 0
    waiting: int = 0
    speeches: bool = False


class Change(Part):
    """What was changed; ``what`` is ``time``, ``place``, ``lecturer``, ``title``, ``material``, ``series``, ``topic`` or ``form``."""

    what: str
    before: str
    after: str


class SessionNews(View):
    """For one of those concerned: what has been planned, the next first; ``total`` with what has no room."""

    kind: ClassVar[str] = "session.news"
    sessions: tuple[SessionFacts, ...]
    total: int


class SessionReminder(View):
    """For one of those concerned: what comes (on the eve all of a day), with its material."""

    kind: ClassVar[str] = "session.reminder"
    when: Literal["eve", "soon"]
    sessions: tuple[SessionFacts, ...]


class ChangedSession(Part):
    """A session and what is new about it; none if it is cancelled."""

    session: SessionFacts
    changes: tuple[Change, ...] = ()


class SessionsChanged(View):
    """For one of those concerned: sessions that are other than they were told; ``total`` with what has no room."""

    kind: ClassVar[str] = "session.changed"
    sessions: tuple[ChangedSession, ...]
    total: int


class SessionList(View):
    """What comes, or what was. ``scope``: ``mine``, or ``run`` for what somebody organises; ``past``: held and cancelled."""

    kind: ClassVar[str] = "session.list"
    scope: Literal["mine", "run"]
    past: bool
    page: int
    pages: int
    total: int
    sessions: tuple[SessionFacts, ...]
    is_organiser: bool


class SessionSheet(View):
    """One session. ``seat``: the reader's own sign-up; the figures are those of a held one."""

    kind: ClassVar[str] = "session.sheet"
    session: SessionFacts
    may_run: bool
    concerned: int
    seat: Literal["", "seat", "waiting"] = ""
    place_in_line: int = 0
    attendances: int = 0
    speeches: int = 0
    speakers: int = 0


class SessionSeat(View):
    """For somebody who waited: there is a seat now."""

    kind: ClassVar[str] = "session.seat"
    session: SessionFacts


class SessionAsked(View):
    """For an organiser: how a session is written on one line; the next message is taken for it."""

    kind: ClassVar[str] = "session.asked"


class SessionFieldAsked(View):
    """For an organiser: the next message is a field's new value, or the reason for cancelling."""

    kind: ClassVar[str] = "session.field_asked"
    session: SessionFacts | None
    field: str


class Choice(Part):
    """Something on a button; ``number`` is its place in the programme's list."""

    number: int
    title: Title
    chosen: bool


class UnitChoice(Part):
    """A unit on a button."""

    id: int
    name: str
    chosen: bool


class SessionDraftCard(View):
    """A session before it is planned. ``step`` is what the buttons choose; ``people`` are those concerned.

    ``clash``: a session of the same people at the same time.
    """

    kind: ClassVar[str] = "session.draft"
    key: int
    session: SessionFacts
    step: Literal["", "series", "topic", "form", "unit", "cohort"]
    choices: tuple[Choice, ...] = ()
    units: tuple[UnitChoice, ...] = ()
    cohorts: tuple[Title, ...] = ()
    people: int
    clash: SessionFacts | None = None
    has_series: bool = False
    has_topics: bool = False
    has_cohorts: bool = False


class SessionDropped(View):
    """Nothing was planned."""

    kind: ClassVar[str] = "session.dropped"


class FigureSet(Part):
    """The three figures of sessions and the two of speeches."""

    sessions: int
    attendances: int
    people: int
    speeches: int
    speakers: int


class FigurePart(Part):
    """The figures of a series, a topic, a form, a cohort or a unit; ``wished``: sessions a year that the programme wants."""

    title: Title
    figures: FigureSet
    wished: int | None = None


class SessionFiguresShown(View):
    """The figures of a time, for a unit or (``unit`` empty) the whole programme, in all and by one of its sides."""

    kind: ClassVar[str] = "session.figures"
    first: date
    last: date
    unit: str
    whole: FigureSet
    by: Literal["series", "topic", "form", "unit", "cohort"]
    page: int
    pages: int
    parts: tuple[FigurePart, ...]
    cancelled: int
    planned: int


class SpeakerShown(Part):
    """Somebody and how many speeches of theirs count."""

    id: int
    name: str
    speeches: int


class SpeechSheet(View):
    """Who spoke in a session, with a button for each who may speak; ``last_id`` is the speech noted last."""

    kind: ClassVar[str] = "speech.sheet"
    session: SessionFacts
    page: int
    pages: int
    people: tuple[SpeakerShown, ...]
    spoke: tuple[SpeakerShown, ...]
    waiting: int
    last_id: int | None
    last_name: str


class SpeechSessions(View):
    """For an organiser: in which of these sessions?"""

    kind: ClassVar[str] = "speech.sessions"
    sessions: tuple[SessionFacts, ...]


class SpeechClaim(View):
    """For an organiser: somebody says that they spoke."""

    kind: ClassVar[str] = "speech.claim"
    id: int
    session: SessionFacts
    name: str
    unit: str
    topic: str


class SpeechKept(View):
    """For a member: what they registered waits to be confirmed."""

    kind: ClassVar[str] = "speech.kept"
    session: SessionFacts
    topic: str


class SpeechSettled(View):
    """For both: it was confirmed or declined."""

    kind: ClassVar[str] = "speech.settled"
    session: SessionFacts
    name: str
    topic: str
    confirmed: bool


class WishPlanned(View):
    """For somebody who voted for a wish: it became a session. ``seat``: ``seat``, ``waiting``, or empty if nobody signs up
    for it or it is not meant for them."""

    kind: ClassVar[str] = "menu.planned"
    session: SessionFacts
    seat: str
