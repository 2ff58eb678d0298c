"""What notes refuse."""

from study.errors import StudyError


class NoteClosed(StudyError):
    """Notes on a session are taken from its beginning, for ``days`` days."""

    code = "note_closed"


class NotePicked(StudyError):
    """The note was picked as a good one and stays as it is."""

    code = "note_picked"


class NotePhotoOnly(StudyError):
    """A note is a text or a photo of the page."""

    code = "note_photo_only"


class NoteAnsweredAlready(StudyError):
    """The author has answered already."""

    code = "note_answered"


class NoteOwn(StudyError):
    """Nobody picks their own note."""

    code = "note_own"
