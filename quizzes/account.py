"""The account of a contest: question by question what was asked, pressed, answered and ruled. Pure.

Everything that looks back (exports, statistics, minutes on paper, a player's own review) is made from it, so that all of
them tell the same. Rulings and points are those that hold now: an overruled or voided question counts as it stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from quizzes.bank.items import LETTERS
from quizzes.engine import events as e
from quizzes.engine.frozen import dataclass
from quizzes.engine.phases import Contest
from quizzes.engine.questions import Question
from quizzes.engine.scoring import QuestionState, Ruling
from quizzes.engine.teams import PlayerId, TeamId

_MS = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Press:
    """One press or answer that reached us; ``after_ms`` counts from the confirmed display of the question."""

    player: PlayerId
    name: str
    team: str
    update_id: int
    received_at: datetime
    after_ms: int | None
    kind: str
    """A :class:`PressKind`, or ``answer``."""
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """One answer with its ruling; ``chosen`` empty: nothing came in time, unless it was ``spoken``.

    ``player`` None: a team was called and nobody answered for it. ``took_ms`` counts from the window's opening, or from
    the display of a question that was buzzed for.
    """

    player: PlayerId | None
    name: str
    team: str
    chosen: str
    right: bool
    took_ms: int
    points: int
    spoken: bool = False

    @property
    def is_answer(self) -> bool:
        """Whether anything was answered."""
        return bool(self.chosen) or self.spoken


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question that was asked. ``number`` is what people call it, ``index`` its position in the contest.

    ``state``: ``ruled``, ``nobody``, ``void`` or ``open``; ``asked`` counts its rounds (rebounds are part of theirs).
    """

    number: int
    index: int
    segment: int
    question: Question
    state: str
    asked: int
    asked_at: datetime
    closed_at: datetime | None
    presses: tuple[Press, ...]
    buzz: Press | None
    answers: tuple[Given, ...]
    reason: e.RulingReason | None
    team: str | None = None
    """Whose question it was, where teams take turns; ``stake``: what it was for."""
    stake: int | None = None

    @property
    def answered(self) -> int:
        """How many answers were given."""
        return sum(given.is_answer for given in self.answers)

    @property
    def right(self) -> int:
        """How many of them were right."""
        return sum(given.right for given in self.answers)

    @property
    def right_share(self) -> float | None:
        """The part that was right of all that were to answer; who let the time run out was not."""
        return self.right / len(self.answers) if self.answers else None

    @property
    def winner(self) -> Given | None:
        """The first right answer of a question that counts."""
        return next((given for given in self.answers if given.right), None) if self.state == "ruled" else None


def letters(options: Iterable[int]) -> str:
    """Options as people name them."""
    return "".join(LETTERS[option] for option in options)


def answer_of(question: Question) -> str:
    """The right answer: in letters, or the texts that are accepted."""
    return letters(question.answer) or " / ".join(question.accepted)


def given_in(ruling: Ruling) -> str:
    """What somebody answered: in letters, or as it was typed; empty if nothing came in time."""
    return letters(ruling.options) or ruling.text


def is_spoken(question: Question, reason: e.RulingReason | None) -> bool:
    """Whether an answer was given aloud, so that nothing of it is on record but the ruling."""
    return question.kind.value == "oral" and reason not in (e.RulingReason.NOT_STARTED, e.RulingReason.NOT_ANSWERED)


def asked_questions(contest: Contest, events: Iterable[e.Event]) -> tuple[AskedQuestion, ...]:
    """Every question that was asked, in the order of asking."""
    book = _Book(contest)
    for event in events:
        book.note(event)
    return tuple(book.question(index) for index in book.asked)


class _Book:
    """Gathers by question what the events say."""

    def __init__(self, contest: Contest) -> None:
        self._contest = contest
        self._names = {player.id: player.name for player in contest.seats.players.values()}
        self._teams = {team.id: team.name for team in contest.seats.teams.values()}
        self._opened: dict[int, datetime] = {}
        self._presses: defaultdict[int, list[Press]] = defaultdict(list)
        self._buzzes: dict[int, Press] = {}
        self._rounds: defaultdict[int, int] = defaultdict(int)
        self._reasons: dict[int, e.RulingReason] = {}
        self._closed: dict[int, datetime] = {}
        self._stakes: dict[int, int] = {}
        self.asked: dict[int, e.QuestionAsked] = {}
        """The first asking of each question, by its index."""

    def note(self, event: e.Event) -> None:
        match event:
            case e.QuestionAsked():
                self.asked.setdefault(event.index, event)
                if event.stake is not None:
                    self._stakes[event.index] = event.stake
                if event.reason is not e.AskReason.REBOUND:
                    self._rounds[event.index] += 1
            case e.QuestionOpened():
                self._opened[event.nonce] = event.opened_at
            case e.Joined():
                # Whoever left before the end keeps the name in what they did.
                self._names.setdefault(event.player, event.name)
            case e.TeamMade():
                self._teams.setdefault(event.team, event.name)
            case e.PressNoted():
                self._presses[event.index].append(self._press(event, event.kind.value))
            case e.Chosen() if event.final:
                self._presses[event.index].append(self._press(event, "answer", letters(event.options) or event.text))
            case e.Buzzed():
                self._buzzes[event.index] = self._press(event, "first")
            case e.Ruled():
                self._reasons[event.index] = event.reason
                if event.closes:
                    self._closed[event.index] = event.at

    def _press(self, event: e.PressNoted | e.Chosen | e.Buzzed, kind: str, chosen: str = "") -> Press:
        opened_at = self._opened.get(event.nonce)
        after = None if opened_at is None else round((event.received_at - opened_at) / _MS)
        return Press(
            event.player,
            self._name(event.player),
            self._team(event.team),
            event.update_id,
            event.received_at,
            after,
            kind,
            chosen,
        )

    def question(self, index: int) -> AskedQuestion:
        """What became of a question."""
        asked, found = self.asked[index], self._contest.record(index)
        counts = found is not None and found.state is not QuestionState.VOID
        return AskedQuestion(
            number=asked.number,
            index=index,
            segment=asked.segment,
            question=self._contest.setup.questions[index],
            state="open" if found is None else found.state.value,
            asked=self._rounds[index],
            asked_at=asked.at,
            closed_at=self._closed.get(index),
            presses=tuple(self._presses[index]),
            buzz=self._buzzes.get(index),
            answers=tuple(self._given(index, ruling) for ruling in found.rulings) if found and counts else (),
            reason=self._reasons.get(index),
            team=self._team(asked.team) if asked.team is not None else None,
            stake=self._stakes.get(index),
        )

    def _given(self, index: int, ruling: Ruling) -> Given:
        points = sum(
            award.individual
            for award in self._contest.awards
            if award.index == index and award.right is not None
            if (award.team, award.player) == (ruling.team, ruling.player)
        )
        return Given(
            ruling.player,
            self._name(ruling.player),
            self._team(ruling.team),
            given_in(ruling),
            ruling.right,
            round(ruling.after / _MS),
            points,
            is_spoken(self._contest.setup.questions[index], self._reasons.get(index)),
        )

    def _name(self, player: PlayerId | None) -> str:
        return "" if player is None else self._names.get(player, str(player))

    def _team(self, team: TeamId) -> str:
        return self._teams.get(team, "")
