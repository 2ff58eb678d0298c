"""Views that any capability may use."""

from typing import ClassVar

from study.views import View


class Refused(View):
    """A refusal in words that are already in the reader's language."""

    kind: ClassVar[str] = "refused"
    sentence: str


class Note(View):
    """A plain line in words that are already in the reader's language."""

    kind: ClassVar[str] = "note"
    text: str
