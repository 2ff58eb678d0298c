"""What a contest learns from the fate of its messages: when a question arrived, that it was lost, that its picture was."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel

from quizzes.bench_views import BallotCard, ScoreSheet, SpeakerCard
from quizzes.engine import commands as c
from quizzes.lineup_views import DrillCard
from quizzes.turn_views import StakeCard
from quizzes.views import AnsweringCard, QuestionCard, StandingsCard
from storage import View

_CONFIRMED = frozenset({QuestionCard.kind, AnsweringCard.kind, StakeCard.kind, SpeakerCard.kind, DrillCard.kind})


class _Numbered(BaseModel):
    contest_id: int
    nonce: int


def confirmation(kind: str, body: str, sent_at: datetime | None) -> tuple[int, c.Command] | None:
    """The contest and the command that follow from a message's fate (``sent_at`` None: lost or refused), if any do."""
    if kind not in _CONFIRMED:
        return None
    which = _Numbered.model_validate_json(body)
    command: c.Command
    if kind == DrillCard.kind:
        command = c.ConfirmDrill(which.nonce, sent_at) if sent_at is not None else c.LoseDrill(which.nonce)
    elif kind != AnsweringCard.kind:
        command = c.ConfirmShown(which.nonce, sent_at) if sent_at is not None else c.LoseShown(which.nonce)
    else:
        command = c.ConfirmAnswering(which.nonce, sent_at) if sent_at is not None else c.LoseAnswering(which.nonce)
    return which.contest_id, command


_SAID_AGAIN: dict[str, type[View]] = {kind.kind: kind for kind in (BallotCard, ScoreSheet, StandingsCard)}


def said_again(kind: str, body: str) -> View | None:
    """A message that has to be there although nobody knows whether it arrived: twice does no harm, not at all does."""
    view = _SAID_AGAIN.get(kind)
    return None if view is None else view.model_validate_json(body)


def without_media(body: str) -> QuestionCard | None:
    """A question's card without its picture or sound; None: it has none."""
    view = QuestionCard.model_validate_json(body)
    if not view.question.media:
        return None
    return view.model_copy(update={"question": view.question.model_copy(update={"media": "", "apart": False})})
