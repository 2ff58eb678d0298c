"""What is said about big screens in the chat, as data."""

from typing import ClassVar, Literal

from quizzes.part import Part
from storage import View


class ScreenCard(View):
    """The link of a screen, for whoever runs the hall; ``url`` empty: it was switched off.

    ``chat_id`` and ``group`` are the number and the title of the tournament if it is a tournament's.
    """

    kind: ClassVar[str] = "screen.card"
    chat_id: int
    group: str
    url: str
    new: bool = False
    subject: Literal["group", "tournament"] = "group"


class ScreenGroup(Part):
    """A group to choose from."""

    chat_id: int
    title: str


class ScreenChoice(View):
    """Which group's screen?"""

    kind: ClassVar[str] = "screen.choice"
    groups: tuple[ScreenGroup, ...]


class ScreenSent(View):
    """In the group: the link went to whoever asked, in private."""

    kind: ClassVar[str] = "screen.sent"


class HallTeam(Part):
    """A team that one may join."""

    id: int
    name: str
    size: int
    mine: bool


class HallCard(View):
    """In private, for somebody who scanned the code on the screen: the teams, and which is theirs."""

    kind: ClassVar[str] = "screen.hall"
    key: str
    contest_id: int
    title: dict[str, str]
    group: str
    state: Literal["open", "begun", "none"]
    individuals: bool
    seat: str
    teams: tuple[HallTeam, ...]
    link: str
    """To the contest's message in the group, if the group has such links."""
