"""What is shown of study notes: data without words (those of the template are the programme's own)."""

from datetime import date, datetime
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from study.rollcall_views import SessionFacts
from study.views import View


class NoteLine(BaseModel):
    """A field of a note: its title by language, and what is written in it."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    title: dict[str, str]
    text: str


class NoteFacts(BaseModel):
    """A note."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    id: int
    session: SessionFacts
    name: str
    unit: str
    lines: tuple[NoteLine, ...]
    file_id: str | None
    made_at: datetime
    picked: bool


class NoteChoice(BaseModel):
    """A session on which a note can be written (again)."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    session: SessionFacts
    written: bool


class NoteDesk(View):
    """One's own notes: how many this month and this year, and on which sessions one is still to be written."""

    kind: ClassVar[str] = "notes.desk"
    this_month: int
    this_year: int
    choices: tuple[NoteChoice, ...]
    organiser: bool
    to_look_at: int


class NoteAsked(View):
    """The next field; what is sent next goes into it. ``photo``: a photo of the page will do instead."""

    kind: ClassVar[str] = "notes.asked"
    session: SessionFacts
    filled: tuple[NoteLine, ...]
    title: dict[str, str]
    hint: dict[str, str] | None
    place: int
    of: int
    photo: bool
    short_of: int = 0


class NoteKept(View):
    """The note is in; ``this_month`` with this one."""

    kind: ClassVar[str] = "notes.kept"
    note: NoteFacts
    this_month: int
    again: bool


class NotePage(View):
    """One note after another, for whoever picks the good ones."""

    kind: ClassVar[str] = "notes.page"
    note: NoteFacts | None
    page: int
    pages: int
    first: date
    last: date


class NoteConsentAsked(View):
    """For the author: the note was picked. May the group see it?"""

    kind: ClassVar[str] = "notes.consent"
    note: NoteFacts
    picker: str
    answer: Literal["asked", "named", "anonymous", "refused"] = "asked"


class NoteAnswered(View):
    """For whoever picked: what the author said, and whether it was posted."""

    kind: ClassVar[str] = "notes.answered"
    name: str
    title: str
    answer: Literal["named", "anonymous", "refused"]
    groups: int


class NotePraise(View):
    """The note in the group, with praise; without a name if its author wants none."""

    kind: ClassVar[str] = "notes.praise"
    note: NoteFacts
    is_named: bool


class Diligent(BaseModel):
    """Somebody with the number of notes of the month, those picked among them."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    name: str
    unit: str
    notes: int
    picked: int


class DiligentList(View):
    """The month's notes: ``notes`` 篇 by ``people`` 人 out of ``expected``, and those who wrote most."""

    kind: ClassVar[str] = "notes.diligent"
    month: date
    unit: str
    unit_id: int
    notes: int
    people: int
    expected: int
    picked: int
    lines: tuple[Diligent, ...]
    in_group: bool = False
