"""How a delivery ended."""

from datetime import datetime
from typing import Literal

from quizzes.engine.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an outbox row with a listener.

    ``sent``: Telegram confirmed it at ``at`` (when the bytes of its answer arrived); ``unknown``: no answer came, it may
    have arrived; ``refused``: Telegram would not have it (``error`` is a code such as ``blocked`` or ``gone``).
    """

    row_id: int
    ref: str | None
    chat_id: int
    kind: str
    body: str
    action: Literal["send", "edit", "delete"]
    state: Literal["sent", "unknown", "refused"]
    at: datetime
    message_id: int | None
    error: str | None
