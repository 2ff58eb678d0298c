"""A contest in memory: always what was committed, or it is loaded anew."""

from __future__ import annotations

import json
from collections.abc import Iterable

import orjson

from quizzes.engine.codec import event_from_dict, event_to_dict
from quizzes.engine.events import (
    AskReason,
    Chosen,
    Event,
    Overruled,
    PausedBy,
    PressNoted,
    QuestionAsked,
    QuestionReplaced,
    QuestionVoided,
    Resumed,
    ScoreCorrected,
    StakeAsked,
)
from quizzes.engine.events_bench import Extended, SpeakerSkipped
from quizzes.engine.evolve import evolve
from quizzes.engine.frozen import dataclass
from quizzes.engine.phases import Aborted, Contest, Finished, Lobby, Paused
from storage import Tx
from storage.contests import ContestRow, ContestState

MESSAGE_STAYS = frozenset({AskReason.REBOUND, AskReason.STAKED})
"""Questions for which the message that is there is edited."""
Act = QuestionVoided | QuestionReplaced | Overruled | ScoreCorrected | Extended | SpeakerSkipped | PausedBy | Resumed
ACTS = (QuestionVoided, QuestionReplaced, Overruled, ScoreCorrected, Extended, SpeakerSkipped, PausedBy, Resumed)
ACTS_KEPT = 6
QUIET = (PressNoted, Chosen)


@dataclass(frozen=True, slots=True)
class Live:
    """A contest, how many events it has, and which message carries the question under way.

    ``card`` is the nonce under which that message was sent: a question that goes to the other teams keeps its message.
    """

    row: ContestRow
    contest: Contest
    count: int
    card: int
    acts: tuple[Event, ...] = ()
    """What hosts and judges did last, the newest at the end."""

    @property
    def id(self) -> int:
        """The contest's number."""
        return self.row.id

    def after(self, events: Iterable[Event]) -> Live:
        """The contest after these events."""
        events = tuple(events)
        contest, count, card = self.contest, self.count, self.card
        for event in events:
            contest = evolve(contest, event)
            count += 1
            card = card_after(card, event)
        acts = self.acts if is_quiet(events) else acts_after(self.acts, events)
        return Live(self.row, contest, count, card, acts)


def is_quiet(events: tuple[Event, ...]) -> bool:
    """Whether it is only presses and answers: they change no state that is shown anywhere, and there are hundreds of them."""
    return all(isinstance(event, QUIET) for event in events)


def acts_after(acts: tuple[Event, ...], events: tuple[Event, ...]) -> tuple[Event, ...]:
    """The last acts of hosts and judges."""
    return (*acts, *(event for event in events if isinstance(event, ACTS)))[-ACTS_KEPT:]


def card_after(card: int, event: Event) -> int:
    """Which message carries the question after an event."""
    if isinstance(event, StakeAsked) or (isinstance(event, QuestionAsked) and event.reason not in MESSAGE_STAYS):
        return event.nonce
    return card


def events_of(tx: Tx, contest_id: int) -> tuple[Event, ...]:
    """All events of a contest, in order.

    Raises:
        LogUnreadable: a newer version of the program wrote them.
    """
    return tuple(event_from_dict(orjson.loads(row.body)) for row in tx.contests.events(contest_id))


def load(tx: Tx, row: ContestRow) -> Live:
    """Replay a contest from its events."""
    contest: Contest | None = None
    count = card = 0
    acts: tuple[Event, ...] = ()
    for event in events_of(tx, row.id):
        contest = evolve(contest, event)
        count += 1
        card = card_after(card, event)
        acts = acts_after(acts, (event,))
    if contest is None:
        raise LookupError(f"contest {row.id} has no events")
    return Live(row, contest, count, card, acts)


def append(tx: Tx, contest_id: int, first: int, events: Iterable[Event]) -> None:
    """Store events behind those that are there."""
    tx.append_events(
        contest_id,
        first,
        ((event.at, type(event).__name__, _written(event)) for event in events),
    )


def _written(event: Event) -> str:
    body = event_to_dict(event)
    try:
        return orjson.dumps(body).decode()
    except TypeError:
        # Half a surrogate pair in a name or an answer.
        return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def state_of(contest: Contest) -> ContestState:
    """How far a contest is, as its row says."""
    match contest.phase:
        case Lobby():
            return ContestState.LOBBY
        case Paused():
            return ContestState.PAUSED
        case Finished():
            return ContestState.FINISHED
        case Aborted():
            return ContestState.ABORTED
        case _:
            return ContestState.RUNNING
