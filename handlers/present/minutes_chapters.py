"""The lines of the minutes sorted into chapters: each question's together, each speaker's together, the rest apart."""

from __future__ import annotations

from dataclasses import field

from handlers.present.minutes import Book
from handlers.texts import Texts
from quizzes.engine import events as e
from quizzes.engine import events_bench as eb
from quizzes.engine.bench import Matter
from quizzes.engine.frozen import dataclass
from quizzes.engine.phases import Contest
from quizzes.records import History

Line = tuple[e.Event, str]
_ROLL = (e.Opened, e.TeamMade, e.Joined)
"""Who plays stands in a table of its own."""
_ENDS = (e.Ruled, e.RoundLost, e.QuestionVoided, eb.TalkScored, eb.SpeakerSkipped)
"""After these nothing runs: a happening that names no question belongs to none."""


@dataclass(slots=True)
class Chapter:
    """A question (``index``; None: a stake was passed and nothing asked) or a speaker's turn, with what happened."""

    title: str
    index: int | None = None
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Course:
    """The chapters in the order in which they began, and what belongs to none of them."""

    chapters: tuple[Chapter, ...]
    others: tuple[Line, ...]


def course(history: History, t: Texts) -> Course:
    """Every line of the text minutes but those about who joined, once."""
    sorter = _Sorter(history.contest, t)
    book = Book(history, t)
    for event in history.events:
        line = book.line(event)
        chapter = sorter.chapter(event)
        if line is None or isinstance(event, _ROLL):
            continue
        (sorter.others if chapter is None else chapter.lines).append((event, line))
    return Course(tuple(chapter for chapter in sorter.chapters if chapter.lines), tuple(sorter.others))


class _Sorter:
    """Knows which chapter an event belongs to; has to be told of all of them in their order."""

    def __init__(self, contest: Contest, t: Texts) -> None:
        self._contest, self._t = contest, t
        self._questions: dict[int, Chapter] = {}
        self._rounds: dict[int, Chapter] = {}
        """By the nonce of the round, with which ballots name it."""
        self._protests: dict[int, Chapter] = {}
        self._staked: tuple[int, Chapter] | None = None
        """The chapter of a stake until its question is asked, with the number that people call it by."""
        self._running: Chapter | None = None
        self.chapters: list[Chapter] = []
        self.others: list[Line] = []

    def chapter(self, event: e.Event) -> Chapter | None:
        """The one that an event belongs to, or opens."""
        found = self._found(event)
        nonce = getattr(event, "nonce", None)
        if found is not None and nonce is not None:
            self._rounds[nonce] = found
        if isinstance(event, _ENDS):
            self._running = None
        return found

    def _found(self, event: e.Event) -> Chapter | None:
        match event:
            case e.StakeAsked():
                return self._stake(event)
            case e.Staked() if event.stake is None:
                self._staked, self._running = None, None
                return self._rounds.get(event.nonce)
            case e.QuestionAsked():
                return self._question(event)
            case eb.SpeakerCalled():
                return self._speaker(event)
            case eb.BallotCast() | eb.HandedToChief() | eb.Decided() | eb.DocketRenewed():
                matters = self._rounds if event.matter is Matter.RULING else self._protests
                return matters.get(event.number)
            case eb.Protested():
                self._protests[event.protest] = self._questions[event.index]
                return self._protests[event.protest]
            case eb.ProtestExplained():
                return self._protests.get(event.protest)
            case eb.Extended() | e.PausedBy() | e.Resumed() | e.Recovered():
                return self._running
            case _:
                return self._by_number(event)

    def _by_number(self, event: e.Event) -> Chapter | None:
        index, nonce = getattr(event, "index", None), getattr(event, "nonce", None)
        if index is not None:
            return self._questions.get(index)
        return self._rounds.get(nonce) if nonce is not None else None

    def _speaker(self, event: eb.SpeakerCalled) -> Chapter:
        t = self._t
        team = self._contest.seats.teams[event.team].name
        self._running = self._opened(t("Speaker {place}: {team}", place=event.place, team=team))
        return self._running

    def _stake(self, event: e.StakeAsked) -> Chapter:
        t = self._t
        if self._staked is None or self._staked[0] != event.number:
            team = self._contest.seats.teams[event.team].name
            title = t("Question {number}: no question; {team} passed", number=event.number, team=team)
            self._staked = event.number, self._opened(title)
        self._running = self._staked[1]
        return self._running

    def _question(self, event: e.QuestionAsked) -> Chapter:
        t = self._t
        known = self._questions.get(event.index)
        if known is None:
            text = self._contest.setup.questions[event.index].text
            title = t("Question {number}: {text}", number=event.number, text=text)
            if self._staked is not None and self._staked[0] == event.number:
                known = self._staked[1]
                known.title, known.index = title, event.index
            else:
                known = self._opened(title, event.index)
            self._questions[event.index] = known
            self._staked = None
        self._running = known
        return known

    def _opened(self, title: str, index: int | None = None) -> Chapter:
        self.chapters.append(Chapter(title, index))
        return self.chapters[-1]
