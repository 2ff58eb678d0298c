"""An assignment that is being planned: what is to be done, until when, for whom."""

import json

from pydantic import AwareDatetime, BaseModel, ConfigDict

from storage.tasks import TaskFile
from study.audience import Audience
from study.content import Content, length
from study.errors import StudyError, TooLong
from study.task_refusals import PieceNotTaken
from study.task_templates import ASSIGNMENT, NOTICE, Piece
from study.task_views import FileView

LONGEST_TITLE = 100
LONGEST_TEXT = 3000


class TitleMissing(StudyError):
    """A file came without words; an assignment needs a title."""

    code = "assign_title"


class Planned(BaseModel):
    """An assignment that has not been sent yet; the body of the conversation. ``key`` tells its cards from older ones."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    key: int
    template: str = ASSIGNMENT.name
    title: str = ""
    text: str = ""
    file: FileView | None = None
    due_at: AwareDatetime | None = None
    audience: Audience = Audience(also_groups=True)
    page: int = 0

    @property
    def is_notice(self) -> bool:
        """Whether it goes to those who answer for the chosen units, each unit by itself."""
        return self.template == NOTICE.name

    def files_json(self) -> str:
        """The file as the task keeps it."""
        files = [] if self.file is None else [TaskFile.model_validate(self.file.model_dump()).model_dump()]
        return json.dumps(files, ensure_ascii=False)


def title_and_text(said: str, *, colon: bool) -> tuple[str, str]:
    """The first line is the title; of a whole assignment on one line what stands before the first colon.

    Raises:
        TitleMissing: there is none.
        TooLong: the title or the text.
    """
    title, _, text = said.strip().partition("\n")
    if colon:
        for mark in ("：", ":"):
            if mark in title:
                title, _, more = title.partition(mark)
                text = f"{more.strip()}\n{text}"
                break
    title, text = title.strip(), text.strip()
    if not title:
        raise TitleMissing()
    if length(title) > LONGEST_TITLE:
        raise TooLong(limit=LONGEST_TITLE, length=length(title))
    if length(text) > LONGEST_TEXT:
        raise TooLong(limit=LONGEST_TEXT, length=length(text))
    return title, text


def file_of(content: Content) -> FileView | None:
    """The photo or file that came with it, if any.

    Raises:
        PieceNotTaken: another kind of file.
    """
    if content.file_id is None:
        return None
    if content.file_kind not in ("photo", "document"):
        raise PieceNotTaken(wanted="other")
    piece = Piece.PHOTO if content.file_kind == "photo" else Piece.FILE
    return FileView(piece=piece.value, file_id=content.file_id, name=content.file_name or "")
