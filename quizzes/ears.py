"""Whose written words a contest waits for, and where: so that every other message is left alone."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection

from quizzes.engine.answers import may_type
from quizzes.engine.frozen import dataclass
from quizzes.engine.phases import Answering, Asking, Called, Collecting, Contest, Interval, Reading
from quizzes.engine.questions import Question
from quizzes.engine.rules import EveryoneSegment
from quizzes.engine.teams import PlayerId

Queue = Callable[[int, Callable[[], Awaitable[None]]], None]
"""Put work behind everything of a chat that was received before (the chat's actor does it in its turn)."""


@dataclass(frozen=True, slots=True)
class Ear:
    """What a contest listens to at this moment.

    ``private``: answers come in the players' private chats with the bot, else in the contest's group; ``closed``: the
    question is over, and whoever still answers hears so.
    """

    contest_id: int
    chat_id: int
    private: bool
    players: frozenset[PlayerId]
    question: Question
    closed: bool = False

    def hears(self, chat_id: int, user_id: PlayerId) -> bool:
        """Whether what this person writes in this chat is meant for the contest."""
        return user_id in self.players and chat_id == (user_id if self.private else self.chat_id)


def ear_of(contest_id: int, chat_id: int, contest: Contest) -> Ear | None:
    """What this contest listens to; None: to nothing."""
    phase, course = contest.phase, contest.course
    if course.index < 0 or course.segment in contest.rules.speeches or not contest.question.kind.typed:
        return None
    everyone = isinstance(contest.segment, EveryoneSegment)
    match phase:
        case Reading() | Asking() | Collecting() if everyone:
            return Ear(contest_id, chat_id, True, frozenset(contest.seats.players), contest.question)
        case Interval(again=False) if everyone:
            return Ear(contest_id, chat_id, True, frozenset(contest.seats.players), contest.question, closed=True)
        case Reading() | Asking() | Called() | Answering() if not everyone:
            return Ear(contest_id, chat_id, False, may_type(contest, phase), contest.question)
        case _:
            return None


class Ears:
    """What all contests listen to, as it was committed last."""

    def __init__(self) -> None:
        self._ears: dict[int, Ear] = {}

    def note(self, contest_id: int, chat_id: int, contest: Contest) -> None:
        """A contest has come to another state."""
        ear = ear_of(contest_id, chat_id, contest)
        if ear is None:
            self._ears.pop(contest_id, None)
        else:
            self._ears[contest_id] = ear

    def find(self, chat_id: int, user_id: PlayerId) -> Ear | None:
        """The contest that is meant by what this person writes in this chat; an open question before a closed one."""
        heard = [ear for ear in self._ears.values() if ear.hears(chat_id, user_id)]
        return min(heard, key=lambda ear: ear.closed, default=None)

    def elsewhere(self, contest_id: int) -> frozenset[int]:
        """The chats beside the contest's own in which answers to its open question arrive."""
        ear = self._ears.get(contest_id)
        return ear.players if ear is not None and ear.private and not ear.closed else frozenset()


def behind_all(queue: Queue, others: Collection[int], chat_id: int, work: Callable[[], Awaitable[None]]) -> None:
    """Let work take its turn in a chat, behind all that was received in it and in the other chats by now.

    Chats run side by side: without this an answer that was received in time could be dealt with after the close.
    """
    left = set(others)

    def passing(chat: int) -> Callable[[], Awaitable[None]]:
        async def passed() -> None:
            left.discard(chat)
            if not left:
                queue(chat_id, work)

        return passed

    for chat in tuple(left):
        queue(chat, passing(chat))
    if not others:
        queue(chat_id, work)
