"""One contest as those who play by themselves live through it: what they see makes them do things a little later.

No clock, no network: what is seen comes in with its time, :meth:`Game.due` gives what is to be done by now, and
:attr:`Game.wake_at` says when to ask again. Chance comes from the ``dice`` that are given, so a game can be replayed.

What always holds: a player presses a buzzer once a question and answers once a turn; nobody does anything on a seat
that the visitor took; a game ends by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from random import Random

from sandbox.players_agenda import Agenda
from sandbox.players_cast import CALL_OFF, NAME_JUDGE, Act, Order, Presses, Says, Seat
from sandbox.players_eyes import (
    Buzz,
    Choice,
    Knowledge,
    Lobby,
    Seen,
    Stakes,
    Standings,
    Written,
    join_label,
    question_number,
    read,
    right_labels,
    right_text,
    team_called,
)
from sandbox.players_turns import Question, stake_of

LOBBY_WITHIN = 20.0
QUESTION_WITHIN = 100.0
VISITOR_JOINS_WITHIN = 30.0
START_AGAIN_AFTER = 12.0
LINGER = 10.0
UNKNOWN = "不知道"
"""What somebody writes who has to write something."""
ALREADY_MOVING = 0.12
"""A finger this close to the button (seconds) presses even though somebody was faster."""


class Phase(Enum):
    """Where a game is."""

    CALLED = "called"
    LOBBY = "lobby"
    QUESTIONS = "questions"
    FINISHED = "finished"
    FAILED = "failed"
    STOPPED = "stopped"


OVER = frozenset({Phase.FINISHED, Phase.FAILED, Phase.STOPPED})


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a game could not go on.

    Args:
        code: ``no_lobby``, ``no_start``, ``no_question`` or ``error``.
        words: the same in a sentence.
        said: what the bot said last instead.
    """

    code: str
    words: str
    said: str = ""


class Game:
    """One contest from the host's command to the standings."""

    def __init__(
        self, order: Order, seats: tuple[Seat, ...], knowledge: Knowledge, dice: Random, *, now: float
    ) -> None:
        self.order = order
        self.phase = Phase.CALLED
        self.question = 0
        self.trouble: Trouble | None = None
        self._seats = {seat.user_id: seat for seat in seats}
        self._teams = tuple(dict.fromkeys(seat.team for seat in seats))
        self._visitors: set[int] = set()
        self._knowledge = knowledge
        self._dice = dice
        self._agenda = Agenda()
        self._lobby: Seen | None = None
        self._lobby_since = now
        self._joined: set[int] = set()
        self._readied: set[str] = set()
        self._started = False
        self._questions: dict[int, Question] = {}
        self._last_words = ""
        self._ends_at = now + LOBBY_WITHIN
        self._agenda.plan(now + 0.4, "call", 0, Says(order.host, order.command))

    @property
    def over(self) -> bool:
        """Whether nothing more will come."""
        return self.phase in OVER

    @property
    def wake_at(self) -> float | None:
        """When :meth:`due` will have something; ``None`` once the game is over."""
        return None if self.over else min(self._agenda.next_at, self._ends_at)

    def visitor_takes(self, user_id: int) -> None:
        """The visitor sits down: from now on this seat does nothing by itself."""
        self._visitors.add(user_id)
        self._agenda.drop(lambda one: one.act.user_id == user_id)

    def visitor_leaves(self, user_id: int, now: float) -> None:
        """The seat plays by itself again."""
        self._visitors.discard(user_id)
        if self._lobby and self.phase is Phase.LOBBY:
            self._enter(self._lobby, now)

    def stop(self) -> Says | None:
        """Everybody goes; what the host says on leaving, so that no contest is left waiting for them."""
        called_off = self.phase in {Phase.LOBBY, Phase.QUESTIONS} and self.order.host not in self._visitors
        self._end(Phase.STOPPED)
        return Says(self.order.host, CALL_OFF) if called_off else None

    def fail(self, trouble: Trouble) -> None:
        """It cannot go on."""
        self._end(Phase.FAILED, trouble)

    def sees(self, seen: Seen, now: float) -> None:
        """A message of the bot is there, or changed."""
        if self.over:
            return
        if seen.id not in self._questions and not (self._lobby and self._lobby.id == seen.id):
            self._last_words = seen.text
        ask = read(seen)
        if not isinstance(ask, Buzz):
            self._hands_off(seen.id, now)
        match ask:
            case Lobby():
                self._sees_lobby(seen, now)
            case Buzz():
                self._sees_buzzer(seen, ask, now)
            case Choice():
                self._sees_choice(seen, ask, now)
            case Stakes():
                self._sees_stakes(seen, ask, now)
            case Written():
                self._sees_blank(seen, now)
            case Standings() if seen.id not in self._questions:
                self._end(Phase.FINISHED)
            case _:
                self._sees_nothing(seen, now)

    def due(self, now: float) -> list[Act]:
        """What is to be done by now, in order; each is given out once."""
        acts = []
        while self._agenda.next_at <= now:
            planned = self._agenda.pop()
            if planned.purpose == "start":
                self._started = True
            elif planned.purpose == "buzz":
                self._questions[planned.message_id].pressed.append(planned.act.user_id)
            acts.append(planned.act)
        if self._started and self.phase is Phase.LOBBY:
            self._start_again(now)
        if not self.over and now >= self._ends_at:
            self._runs_out()
        return acts

    # ---- lobby ----

    def _sees_lobby(self, seen: Seen, now: float) -> None:
        if self.phase is Phase.QUESTIONS:
            return
        if self.phase is Phase.CALLED:
            self.phase = Phase.LOBBY
            self._ends_at = now + VISITOR_JOINS_WITHIN + QUESTION_WITHIN
            self._lobby_since = now
            if self.order.judge:
                words = f"{NAME_JUDGE} {self.order.judge}"
                self._agenda.plan(now + 0.6, "judge", 0, Says(self.order.host, words))
        self._lobby = seen
        self._enter(seen, now)

    def _enter(self, seen: Seen, now: float) -> None:
        """Whoever is not in a team yet joins; once all are, the host starts."""
        lobby = read(seen)
        assert isinstance(lobby, Lobby)
        last = max([now, *(one.at for one in self._agenda if one.purpose == "join")])
        for seat in self._own_seats():
            label = join_label(lobby, seat.team, self._teams.index(seat.team))
            if seat.user_id in self._joined or label is None:
                continue
            self._joined.add(seat.user_id)
            at = now + self._dice.uniform(0.7, 4.2)
            last = max(last, at)
            self._agenda.plan(at, "join", seen.id, Presses(seat.user_id, seen.id, label))
        last = self._get_ready(seen.id, lobby, last)
        if lobby.start and not self._started and self.order.host not in self._visitors:
            self._agenda.drop(lambda one: one.purpose == "start")
            at = last + self._dice.uniform(1.4, 2.4)
            if any(self._seats[one].name not in seen.text for one in self._visitors & self._seats.keys()):
                at = max(at, self._lobby_since + VISITOR_JOINS_WITHIN)
            self._agenda.plan(at, "start", seen.id, Presses(self.order.host, seen.id, lobby.start))

    def _get_ready(self, message_id: int, lobby: Lobby, joined_at: float) -> float:
        """One of each team, and only one, says that it is ready: the button turns it on and off. When all have."""
        last = joined_at
        for seat in self._own_seats():
            if lobby.ready and seat.team not in self._readied:
                self._readied.add(seat.team)
                at = joined_at + self._dice.uniform(0.4, 1.2)
                last = max(last, at)
                self._agenda.plan(at, "join", message_id, Presses(seat.user_id, message_id, lobby.ready))
        return last

    def _start_again(self, now: float) -> None:
        """The press on Start had no effect: once more, but not at once."""
        assert self._lobby is not None
        lobby, message_id = read(self._lobby), self._lobby.id
        if not isinstance(lobby, Lobby) or not lobby.start or self.order.host in self._visitors:
            return
        if not any(one.purpose == "start" for one in self._agenda):
            press = Presses(self.order.host, message_id, lobby.start)
            self._agenda.plan(now + START_AGAIN_AFTER, "start", message_id, press)

    # ---- questions ----

    def _sees_buzzer(self, seen: Seen, ask: Buzz, now: float) -> None:
        question = self._question(seen)
        if question.open:
            return  # the same buzzer, edited
        question.open = question.buzzer = True
        self._ends_at = now + QUESTION_WITHIN
        for user_id, delay in self._buzz_delays(seen, question).items():
            self._agenda.plan(now + delay, "buzz", seen.id, Presses(user_id, seen.id, ask.label))

    def _buzz_delays(self, seen: Seen, question: Question) -> dict[int, float]:
        """Who will press, and how long after the buzzer appeared. Sometimes nobody, sometimes two almost together."""
        reading = min(2.6, 0.5 + 0.03 * len(seen.text))
        hard = self._dice.random() < 0.05
        together = self._dice.random() < 0.25
        tried = {self._seats[one].team for one in question.answered}
        delays: dict[int, float] = {}
        for seat in self._own_seats():
            knows = seat.user_id in question.knowing
            bold = self._dice.random() < seat.temper.boldness
            spread = self._dice.lognormvariate(0, 0.35)
            if seat.team in tried or seat.user_id in question.pressed or hard or not (knows or bold):
                continue
            delays[seat.user_id] = reading * (1.0 if knows else 1.5) + seat.temper.reaction * spread
        if together and len(delays) > 1:
            first, second = sorted(delays, key=delays.__getitem__)[:2]
            delays[second] = delays[first] + self._dice.uniform(0.01, ALREADY_MOVING)
        return delays

    def _hands_off(self, message_id: int, now: float) -> None:
        """The buzzer is gone: only whose finger is already moving still presses."""
        if question := self._questions.get(message_id):
            question.open = False
        late = now + ALREADY_MOVING
        self._agenda.drop(lambda one: one.purpose == "buzz" and one.message_id == message_id and one.at > late)

    def _sees_choice(self, seen: Seen, ask: Choice, now: float) -> None:
        question = self._question(seen)
        self._ends_at = now + QUESTION_WITHIN
        for user_id in self._answerers(seen, question):
            if user_id in question.answered or user_id in self._visitors:
                continue
            question.answered.add(user_id)
            at = now + (self._dice.uniform(0.8, 2.0) if question.buzzer else self._dice.uniform(2.0, 7.0))
            if self._dice.random() < 0.04:
                at += 2.0  # lost the thread; likely too late
            for label in self._pick(user_id, seen, ask, question):
                self._agenda.plan(at, "answer", seen.id, Presses(user_id, seen.id, label))
                at += self._dice.uniform(0.2, 0.4)

    def _sees_stakes(self, seen: Seen, ask: Stakes, now: float) -> None:
        """Somebody of the team names its stake."""
        question = self._question(seen)
        self._ends_at = now + QUESTION_WITHIN
        team = team_called(seen.text, self._teams)
        for user_id in question.call("stake", team, self._seats.values(), self._visitors):
            label = stake_of(ask, self._dice, knows=user_id in question.knowing)
            self._agenda.plan(now + self._dice.uniform(1.5, 5.0), "stake", seen.id, Presses(user_id, seen.id, label))

    def _sees_blank(self, seen: Seen, now: float) -> None:
        """Whoever is to answer writes it: what is right, or that they do not know."""
        question = self._question(seen)
        self._ends_at = now + QUESTION_WITHIN
        for user_id in self._answerers(seen, question):
            if user_id in question.answered or user_id in self._visitors:
                continue
            question.answered.add(user_id)
            known = right_text(seen.text, self._knowledge) if user_id in question.knowing else None
            at = now + self._dice.uniform(1.5, 4.5)
            self._agenda.plan(at, "answer", seen.id, Says(user_id, known or UNKNOWN))

    def _answerers(self, seen: Seen, question: Question) -> list[int]:
        """Who is to answer: one of the team that is called, whoever won the buzzer, or everybody."""
        if question.buzzer:
            return self._whose_turn(seen, question)
        team = team_called(seen.text, self._teams)
        if team is not None:
            return question.call("answer", team, self._seats.values(), self._visitors)
        return [one.user_id for one in self._own_seats()]

    def _whose_turn(self, seen: Seen, question: Question) -> list[int]:
        """Who won the buzzer: whom the message names, else who pressed first."""
        named = {one: seen.text.find(seat.name) for one, seat in self._seats.items() if seat.name in seen.text}
        return [min(named, key=named.__getitem__)] if named else question.pressed[:1]

    def _pick(self, user_id: int, seen: Seen, ask: Choice, question: Question) -> tuple[str, ...]:
        """What this player presses, in order: one option, or those that seem right and then the button to hand in."""
        right = right_labels(seen.text, ask.options, self._knowledge)
        if not (right and user_id in question.knowing):
            right = tuple(sorted(self._dice.sample(ask.options, 2 if ask.hand_in else 1)))
        return (*right, ask.hand_in) if ask.hand_in else right[:1]

    def _question(self, seen: Seen) -> Question:
        if known := self._questions.get(seen.id):
            return known
        if self.phase is not Phase.QUESTIONS:
            self.phase = Phase.QUESTIONS
            self._agenda.drop(lambda one: one.purpose in {"join", "start"})
        self.question = question_number(seen.text) or self.question + 1
        knowing = frozenset(one.user_id for one in self._seats.values() if self._dice.random() < one.temper.skill)
        made = self._questions[seen.id] = Question(knowing)
        return made

    def _sees_nothing(self, seen: Seen, now: float) -> None:
        """Words without buttons after the last question are the standings, unless another question follows."""
        last = max(self._questions, default=0)
        if self.phase is Phase.QUESTIONS and seen.id > last and self._all_asked:
            self._ends_at = min(self._ends_at, now + LINGER)

    # ---- the end ----

    def _runs_out(self) -> None:
        if self.phase is Phase.CALLED:
            self.fail(Trouble("no_lobby", f"The bot opened no lobby for {self.order.command}.", self._last_words))
        elif self.phase is Phase.LOBBY:
            self.fail(Trouble("no_start", "The lobby is open, but no question came.", self._last_words))
        elif self._all_asked:
            self._end(Phase.FINISHED)
        else:
            words = f"No question came for {QUESTION_WITHIN:.0f} seconds."
            self.fail(Trouble("no_question", words, self._last_words))

    @property
    def _all_asked(self) -> bool:
        """Whether the last question was seen; without a number only the standings tell."""
        return 0 < self.order.count <= self.question

    def _end(self, phase: Phase, trouble: Trouble | None = None) -> None:
        if self.over:
            return
        self.phase = phase
        self.trouble = trouble
        self._agenda = Agenda()

    def _own_seats(self) -> list[Seat]:
        return [seat for seat in self._seats.values() if seat.user_id not in self._visitors]
