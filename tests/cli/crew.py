"""People who play a contest of another process: they see what Telegram shows them, and the log on disk."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random

from quizzes.engine import evolve
from quizzes.engine.codec import event_from_dict
from quizzes.engine.events import Event
from quizzes.engine.phases import (
    Aborted,
    Answering,
    Buzzing,
    Called,
    Closing,
    Contest,
    Finished,
    Interval,
    Judging,
    Lobby,
    Paused,
    Staking,
    Starting,
)
from quizzes.engine.questions import Question
from sandbox.people import Group, Person, Refused
from tests.cli.desk import Desk

LETTERS = "ABCDEFGH"


@dataclass
class Ledger:
    """A contest's log as it is on disk, replayed as it grows."""

    desk: Desk
    contest_id: int
    events: list[Event] = field(default_factory=list)
    contest: Contest | None = None

    def look(self) -> Contest:
        """The contest as it is now; what was read once must never change."""
        rows = self.desk.rows(
            "SELECT body FROM contest_events WHERE contest_id = ? AND number >= ? ORDER BY number",
            self.contest_id,
            len(self.events),
        )
        for (body,) in rows:
            event = event_from_dict(json.loads(body))
            self.events.append(event)
            self.contest = evolve(self.contest, event)
        assert self.contest is not None
        return self.contest

    def stored(self) -> list[Event]:
        """All of it, read anew."""
        query = "SELECT body FROM contest_events WHERE contest_id = ? ORDER BY number"
        return [event_from_dict(json.loads(body)) for (body,) in self.desk.rows(query, self.contest_id)]


@dataclass
class Crew:
    """Those who play in one group: its host, a captain for each team by the team's name, and perhaps judges."""

    desk: Desk
    lots: Random
    group: Group
    host: Person
    captains: Mapping[str, Person]
    judges: tuple[Person, ...] = ()
    protests: bool = False
    acted: set[object] = field(default_factory=set)
    seen_up_to: dict[int, int] = field(default_factory=dict)
    """By chat, the last message before this contest: what is older is looked at no more."""

    def ledger(self) -> Ledger | None:
        """The newest contest of the group."""
        rows = self.desk.rows("SELECT max(id) FROM contests WHERE chat_id = ?", self.group.id)
        return None if rows[0][0] is None else Ledger(self.desk, rows[0][0])

    async def opens(self, words: str) -> Ledger:
        """The host opens a contest."""
        before = self.ledger()
        await self.host.says(f"/contest {words}", self.group)
        found: list[Ledger] = []

        async def opened() -> bool:
            ledger = self.ledger()
            if ledger is None or (before is not None and ledger.contest_id == before.contest_id):
                return False
            found.append(ledger)
            return True

        try:
            await self.desk.until(opened)
        except TimeoutError as late:
            raise AssertionError(await self.seen()) from late
        return found[0]

    async def seen(self) -> list[str]:
        """The end of what the group and the host saw, for who has to find out why nothing went on."""
        group, private = await self.host.messages(self.group), await self.host.messages()
        return [message.text for message in (*group[-8:], *private[-3:])]

    async def plays(self, ledger: Ledger, until: Callable[[Contest], bool]) -> None:
        """Do what the contest waits for, again and again, until it is as it was to be (or over)."""

        async def there() -> bool:
            contest = ledger.look()
            if until(contest) or isinstance(contest.phase, Finished | Aborted):
                return True
            await self.acts(ledger.contest_id, contest)
            return False

        try:
            await self.desk.until(there)
        except TimeoutError as late:
            raise AssertionError((ledger.look().phase, ledger.events[-5:], await self.seen())) from late

    async def acts(self, contest_id: int, contest: Contest) -> None:
        """Do what the contest waits for now, each thing once."""
        phase, nonce = contest.phase, contest.course.nonce
        key = (contest_id, nonce, type(phase).__name__)
        match phase:
            case Lobby():
                await self._gathers(contest_id, contest)
            case Paused():
                await self._once(key, self._says(self.host, "/contest 继续"))
            case Staking():
                captain = self._captain(contest, contest.course.team)
                label = self.lots.choice(("10 分", "30 分", "50 分", "放弃"))
                await self._once(key, self._presses(captain, label, nonce))
            case Buzzing():
                teams = sorted(set(contest.seats.teams) - contest.course.excluded)
                captain = self._captain(contest, self.lots.choice(teams))
                await self._once(key, self._presses(captain, "抢答", nonce))
            case Called() | Starting() | Answering():
                captain = self._captain(contest, phase.turn.team)
                if phase.turn.player is not None:
                    captain = next(one for one in self.captains.values() if one.id == phase.turn.player)
                await self._once((*key[:2], "answer"), self._answers(captain, contest.question, nonce))
            case Judging():
                right = self.lots.choice(("✅ 正确", "❌ 错误"))
                for judge in self.judges:
                    await self._once((*key, judge.id), self._votes(judge, right))
            case Interval() | Closing():
                await self._protests(contest_id, contest)
            case _:
                pass
        for protest in contest.bench.open_protests:
            verdict = self.lots.choice(("维持原判", "改判", "本题作废"))
            for judge in self.judges:
                await self._once((contest_id, "protest", protest.id, judge.id), self._votes(judge, verdict))

    async def _gathers(self, contest_id: int, contest: Contest) -> None:
        names = ", ".join(judge.name for judge in self.judges)
        if names:
            await self._once((contest_id, "judges"), self._says(self.host, f"/judge {names.replace(', ', ' ')}"))
            if len(contest.bench.judges) < len(self.judges):
                return
        for name, captain in self.captains.items():
            if captain.id not in contest.seats.players:
                await self._once((contest_id, "join", name), self._presses(captain, f"加入 {name}", contest_id))
        if len(contest.seats.players) == len(self.captains):
            await self._once((contest_id, "start"), self._presses(self.host, "开始", contest_id))

    async def _protests(self, contest_id: int, contest: Contest) -> None:
        if not self.protests or not contest.records:
            return
        index = contest.records[-1].index
        if (contest_id, "weighed", index) in self.acted:
            return
        if self.lots.randrange(3):
            self.acted.add((contest_id, "weighed", index))
            return
        captain = self.lots.choice(list(self.captains.values()))
        await self._once((contest_id, "weighed", index), self._presses(captain, "申诉", contest_id))

    async def _once(self, key: object, act: Callable[[], object]) -> None:
        if key not in self.acted and await act():  # type: ignore[misc]
            self.acted.add(key)

    def _captain(self, contest: Contest, team: int | None) -> Person:
        assert team is not None
        return self.captains[contest.seats.teams[team].name]

    def _says(self, who: Person, text: str) -> Callable[[], object]:
        async def act() -> bool:
            await who.says(text, self.group)
            return True

        return act

    def _answers(self, who: Person, question: Question, nonce: int) -> Callable[[], object]:
        if question.kind.typed:
            return self._says(who, self.lots.choice((question.accepted[0], "不知道")))
        right = self.lots.random() < 0.6
        place = question.answer[0] if right else (question.answer[0] + 1) % len(question.options)
        return self._presses(who, f"{LETTERS[place]}.", nonce)

    def _presses(self, who: Person, label: str, number: int) -> Callable[[], object]:
        """Press the newest such button whose data has this number; a button that is not there yet is looked for later."""

        async def act() -> bool:
            for message in reversed(await who.messages(self.group, after=self.seen_up_to.get(self.group.id))):
                for button in (button for row in message.buttons for button in row):
                    if button.text.startswith(label) and str(number) in (button.data or "").split(":"):
                        return await _pressed(who, message, button.data)
            return False

        return act

    def _votes(self, judge: Person, label: str) -> Callable[[], object]:
        """Press the newest such button in private."""

        async def act() -> bool:
            for message in reversed(await judge.messages(after=self.seen_up_to.get(judge.id))):
                for button in (button for row in message.buttons for button in row):
                    if button.text.startswith(label):
                        return await _pressed(judge, message, button.data)
            return False

        return act


async def _pressed(who: Person, message: object, data: str | None) -> bool:
    """Whether the button was still there to be pressed."""
    try:
        await who.presses(message=message, data=data)  # type: ignore[arg-type]
    except Refused:
        return False
    return True
