"""Who plays, what is to be played, and what players can do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Temper:
    """How somebody plays.

    Args:
        reaction: seconds from having read to pressing, in the middle.
        skill: the share of answers they know, of those that the scene's knowledge holds.
        boldness: the chance to buzz without knowing.
    """

    reaction: float
    skill: float
    boldness: float


TEMPERS = (
    Temper(0.7, 0.62, 0.22),
    Temper(1.2, 0.84, 0.06),
    Temper(1.7, 0.74, 0.04),
    Temper(0.9, 0.70, 0.16),
    Temper(1.3, 0.80, 0.08),
    Temper(1.9, 0.68, 0.03),
)


@dataclass(frozen=True, slots=True)
class Seat:
    """A place in a team, and who sits there."""

    user_id: int
    name: str
    team: str
    temper: Temper


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be played; ``count`` 0: as many questions as the preset says; ``judge``: whom the host names as judge."""

    group: int
    host: int
    preset: str
    bank: str
    count: int
    judge: str = ""

    @property
    def command(self) -> str:
        """What the host says to open the contest."""
        return (
            f"/contest {self.preset} {self.bank} {self.count}" if self.count else f"/contest {self.preset} {self.bank}"
        )


CALL_OFF = "/contest stop"
"""What the host says to end a contest that nobody plays on."""


NAME_JUDGE = "/judge"
"""What the host says, and a name, to have a judge."""


@dataclass(frozen=True, slots=True)
class Says:
    """Somebody writes to the group."""

    user_id: int
    text: str


@dataclass(frozen=True, slots=True)
class Presses:
    """Somebody presses a button."""

    user_id: int
    message_id: int
    label: str


Act = Says | Presses
