"""The use cases around sessions, put together once."""

from quizzes.engine.frozen import dataclass
from storage import Database
from study.session_book import SessionSettings
from study.session_clock import SessionClock
from study.session_counts import SessionCounts
from study.session_drafts import SessionDrafts
from study.sessions import Sessions
from study.speeches import Speeches


@dataclass(frozen=True, slots=True)
class SessionServices:
    """Looking and changing, planning, what happens by the clock, the figures, who spoke."""

    book: Sessions
    drafts: SessionDrafts
    clock: SessionClock
    counts: SessionCounts
    speeches: Speeches


def open_sessions(database: Database, settings: SessionSettings) -> SessionServices:
    """Everything around sessions."""
    return SessionServices(
        book=Sessions(database, settings),
        drafts=SessionDrafts(database, settings),
        clock=SessionClock(database, settings),
        counts=SessionCounts(database, settings),
        speeches=Speeches(database, settings),
    )
