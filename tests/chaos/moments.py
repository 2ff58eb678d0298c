"""When the bot is killed: a moment is drawn, and the Bot API itself springs the trap.

A moment is an event, never a length of time: the so-many-th call of a kind, before it takes effect or after (its answer
is never given), the so-many-th poll (with it the bot tells Telegram what it has stored), or so many looks of somebody
who waits. What a real process does between two such events is its own: a seed gives the same moments, not the same run.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from sandbox.api import Answer, Api
from sandbox.errors import HungUp
from sandbox.files import Upload
from sandbox.server import Sandbox

POLL: Final = "getUpdates"
_STARTING: Final = frozenset({"getMe", "deleteWebhook", "setMyCommands"})


@dataclass(frozen=True, slots=True)
class Moment:
    """The ``nth`` time that something happens.

    Args:
        what: ``"start"`` a call while it comes up, ``"call"`` any call of a bot that works, ``"broadcast"`` a copy of one,
            ``"toast"`` the answer to a press, ``"poll"`` it asks for updates, ``"look"`` nothing but time passes.
        after: the call takes effect and its answer is never given; otherwise it has no effect.
    """

    what: str
    nth: int
    after: bool = False

    def __str__(self) -> str:
        if self.what == "look":
            return f"look {self.nth}"
        return f"{'after' if self.after else 'before'} {self.what} {self.nth}"

    @property
    def kind(self) -> str:
        """What it is, without the number."""
        return ANY if self.what == "look" else f"{'after' if self.after else 'before'} {_WORDS[self.what]}"


ANY: Final = "at any time"
_WORDS: Final = {
    "start": "a call of the start",
    "call": "a call",
    "broadcast": "a broadcast's copy",
    "toast": "a toast",
    "poll": "a poll",
}
_WEIGHTS: Final = {"start": 12, "call": 36, "broadcast": 14, "toast": 12, "poll": 14, "look": 12}
_MOST: Final = {"start": 7, "call": 40, "broadcast": 30, "toast": 5, "poll": 8, "look": 80}


def draw(lots: Random) -> Moment:
    """A moment at random."""
    (what,) = lots.choices(list(_WEIGHTS), list(_WEIGHTS.values()))
    return Moment(what, lots.randint(1, _MOST[what]), lots.random() < 0.5)


class Trap(Api):
    """The sandbox's Bot API, in which a moment can be waited for.

    ``starting`` is whether the bot has not yet said that it is ready.
    """

    @classmethod
    def built_into(cls, sandbox: Sandbox) -> "Trap":
        """Take the place of the sandbox's own."""
        trap = cls(sandbox.world, sandbox.profile, sandbox.webhook, sandbox.calls)
        trap.arm(None, lambda: None)
        sandbox.api = trap
        return trap

    def arm(self, moment: Moment | None, strike: Callable[[], None]) -> None:
        """Wait for a moment, if one is given, and call ``strike`` then, once."""
        self._moment = moment
        self._strike = strike
        self._left = moment.nth if moment is not None else 0
        self.starting = True

    async def call(
        self, written: str, raw: Mapping[str, Any], uploads: Mapping[str, Upload], *, fault: str | None = None
    ) -> Answer:
        """Act on a call; at the moment that is waited for the bot is killed in the midst of it."""
        moment = self._moment
        if moment is None or not self._is_one(moment, self.name(written) or written, raw):
            return await super().call(written, raw, uploads, fault=fault)
        self._left -= 1
        if self._left:
            return await super().call(written, raw, uploads, fault=fault)
        self._moment = None
        if not moment.after:
            self._strike()
            raise HungUp()
        if moment.what == "poll":
            # A poll waits: the bot is killed when it is told something, not when it goes to sleep.
            raw = {**raw, "timeout": 0}
        await super().call(written, raw, uploads, fault="killed")
        self._strike()
        raise HungUp()

    def _is_one(self, moment: Moment, method: str, raw: Mapping[str, Any]) -> bool:
        match moment.what:
            case "start":
                return self.starting and method in _STARTING | {POLL}
            case "poll":
                return not self.starting and method == POLL
            case "toast":
                return not self.starting and method == "answerCallbackQuery"
            case "broadcast":
                return not self.starting and method == "sendMessage" and "📢" in str(raw.get("text"))
            case "call":
                return not self.starting and method != POLL
            case _:
                return False
