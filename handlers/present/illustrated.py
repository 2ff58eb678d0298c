"""Cards of questions with their picture or sound."""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol, TypeVar

from handlers.present.shown import Attachment, Shown
from handlers.texts import Texts
from quizzes.banks import STORED
from quizzes.views import Asked

_NAMES = {"photo": "question.jpg", "audio": "question.mp3", "voice": "question.ogg"}


class _Card(Protocol):
    @property
    def question(self) -> Asked: ...


C = TypeVar("C", bound=_Card)


def illustrated(presenter: Callable[[C, Texts], Shown]) -> Callable[[C, Texts], Shown]:
    """Let a card carry what its question shows: as a caption, or, where that may be too short, in a message ahead."""

    def present(view: C, t: Texts) -> Shown:
        shown, question = presenter(view, t), view.question
        attachment = media_of(question.media)
        if attachment is None:
            return shown
        return replace(shown, attachment=attachment, apart=question.apart, caption=not question.apart)

    return present


def media_of(media: str) -> Attachment | None:
    """A picture or sound as a card names it."""
    kind, _, where = media.partition(":")
    match kind:
        case "photo" | "audio" | "voice":
            if where.startswith(STORED):
                return Attachment(kind, stored=where, name=_NAMES[kind])
            return Attachment(kind, file_id=where)
        case _:
            return None
