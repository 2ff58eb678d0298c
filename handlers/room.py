"""A capability as the registry sees it: its commands, buttons, plain words, conversations, alarms."""

from collections.abc import Awaitable, Callable
from dataclasses import field
from datetime import datetime
from enum import Enum

from handlers.act import Press, Said
from handlers.house import House
from handlers.permissions import May, permissions
from quizzes.engine.frozen import dataclass
from study.due import Due
from study.outcome import Outcome


class Who(Enum):
    """For whom a command is listed in the menu and in ``/help``; ``handlers/permissions.toml`` says it more exactly."""

    EVERYONE = "everyone"
    ORGANISERS = "organisers"
    ADMINS = "admins"


class Where(Enum):
    """In which chats a command works."""

    ANYWHERE = "anywhere"
    GROUP = "group"
    PRIVATE = "private"


@dataclass(frozen=True, slots=True)
class Command:
    """A command. ``about`` is the English line for the menu and ``/help`` (marked with ``N_``), ``usage`` what follows it;
    ``organisers_usage`` what follows it for organisers, where they may write more.

    ``part`` names the part of the programme (a field of ``study.programme.Programme``) without which the command has nothing to
    do; it is listed only where the programme in force has that part. Several names, separated by spaces: any of them will do; ``forms.checklists`` is that much
    of a part.
    """

    name: str
    run: Callable[[Said], Awaitable[None]]
    about: str
    usage: str = ""
    part: str = ""
    organisers_usage: str = ""

    @property
    def who(self) -> Who:
        """For whom it is listed: what its line of the table of permissions says."""
        line = permissions().commands[self.name]
        if not line.for_organisers:
            return Who.EVERYONE
        return Who.ADMINS if line.who == {May.OFFICE} else Who.ORGANISERS

    @property
    def where(self) -> Where:
        """Where it is listed: what its line of the table says."""
        return Where(permissions().commands[self.name].where.value)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a plain message means: what to do, and whether that goes before the words of all rooms and conversations.

    What does not come first comes last: instead of "I did not understand", or of nothing in a group.
    """

    run: Callable[[Said], Awaitable[None]]
    first: bool


Hearing = Callable[[Said, bool], Meaning | None]
"""The message, and whether it is one of the words that do what a command does."""


@dataclass(frozen=True, slots=True)
class Room:
    """One capability.

    * ``words``: plain messages that do what a command does (``签到``), the whole text, spaces ignored;
    * ``hears``: asked of every plain message, without waiting for anything: what it means to the room at this moment, if
      it means something (see :class:`Meaning`);
    * ``presses``: the buttons whose data begins with the prefix;
    * ``swift``: those of them whose handler writes one transaction, and reads nothing before: many of them may be under way
      in a chat at the same time, in order;
    * ``topics``: what is said while a conversation on the topic is under way (see ``storage.conversations``);
    * ``kept``: for a topic whose work outlives ``/cancel``, the English sentence that says so;
    * ``leaving``: for a topic that ends ``/cancel``'s way of its own, what to do then (it ends the conversation itself);
    * ``alarms``: what to do when an alarm of the kind falls due;
    * ``listeners``: who is told how the delivery of an outbox row ended;
    * ``errors``: the English sentence for each error code of the capability;
    * ``plan``: called at the start and every hour to set the alarms that fall due between two times (the first is how far
      was planned before, so that nothing of the bot's own downtime is passed over); setting one twice does no harm;
    * ``by_the_hour``: those kinds of its alarms that ``plan`` sets at an hour of the day, in the programme's time zone;
    * ``recover``: called once at the start, before the first update.
    """

    commands: tuple[Command, ...] = ()
    words: dict[str, Callable[[Said], Awaitable[None]]] = field(default_factory=dict)
    hears: Hearing | None = None
    presses: dict[str, Callable[[Press], Awaitable[None]]] = field(default_factory=dict)
    swift: frozenset[str] = frozenset()
    topics: dict[str, Callable[[Said, str], Awaitable[None]]] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    leaving: dict[str, Callable[[Said, str], Awaitable[None]]] = field(default_factory=dict)
    alarms: dict[str, Callable[[House, Due], Awaitable[None]]] = field(default_factory=dict)
    listeners: dict[str, Callable[[House, Outcome], Awaitable[None]]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    plan: Callable[[House, datetime, datetime], Awaitable[None]] | None = None
    by_the_hour: tuple[str, ...] = ()
    recover: Callable[[House], Awaitable[None]] | None = None
