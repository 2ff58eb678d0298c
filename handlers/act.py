"""What somebody did, as every handler gets it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import field
from datetime import datetime
from typing import TYPE_CHECKING, Literal

import telegram

from handlers.callback_data import Fields
from handlers.texts import Texts
from quizzes.engine.frozen import dataclass
from study.errors import Expired
from study.views import View

if TYPE_CHECKING:
    from handlers.house import House


@dataclass(frozen=True, slots=True)
class Sender:
    """Who did it, as Telegram names them."""

    id: int
    name: str
    username: str | None = None


@dataclass(frozen=True, slots=True)
class Chat:
    """Where it was done."""

    id: int
    kind: Literal["private", "group"]
    title: str = ""

    @property
    def is_private(self) -> bool:
        """Whether it is a person's private chat with the bot."""
        return self.kind == "private"


@dataclass(slots=True)
class Act:
    """One act of one person: what handlers work on.

    ``received_at`` is when its bytes reached us (UTC): the time that every window is judged by. ``t`` has the words of
    the person's language.
    """

    house: House
    update_id: int
    received_at: datetime
    sender: Sender
    chat: Chat
    t: Texts

    async def reply(self, view: View, *, quote: bool = False) -> None:
        """Answer in the chat; the answer is stored first."""
        reply_to = self.message_id if quote and not self.chat.is_private else None
        await self.house.replies.say(self.chat.id, view, now=self.received_at, reply_to=reply_to)

    @property
    def message_id(self) -> int:
        """The message that was sent, or whose button was pressed."""
        raise TypeError("an act is a Said or a Press")


@dataclass(slots=True)
class Said(Act):
    """A command or a message. ``words`` is what follows the command, or the whole text."""

    message: telegram.Message
    words: str = ""

    @property
    def message_id(self) -> int:
        """The message itself."""
        return self.message.message_id


@dataclass(slots=True)
class Press(Act):
    """A pressed button, read from the raw update: it never waits for a Telegram object to be built.

    ``carried``: whether the message, as Telegram shows it, has a button with this data. A modified client can send any data
    with any message, and a message changes while somebody presses; so it says nothing about who may do something, but what
    others read is changed by its own buttons alone.
    """

    data: str
    on_message: int
    answer: Callable[[str | None, bool, str | None], Awaitable[None]]
    carried: bool = True
    answered: bool = field(default=False)

    @property
    def message_id(self) -> int:
        """The message that carries the button."""
        return self.on_message

    @property
    def fields(self) -> Fields:
        """The button's fields, to be read one after the other."""
        return Fields(self.data)

    async def change(self, view: View) -> None:
        """Let the message that carries the button show something else.

        Raises:
            Expired: it carries no such button (any more).
        """
        self.must_be_carried()
        await self.house.replies.edit_pressed(self.chat.id, self.message_id, view, now=self.received_at)

    def must_be_carried(self) -> None:
        """In a group a message is changed by the buttons that it has: nobody writes over what others read there.

        Raises:
            Expired: it carries no such button (any more).
        """
        if not (self.chat.is_private or self.carried):
            raise Expired()

    async def toast(self, text: str | None = None, *, alert: bool = False, url: str | None = None) -> None:
        """Answer the press: a short note at the top of the screen, or a dialog; only the first answer counts."""
        if not self.answered:
            self.answered = True
            await self.answer(text, alert, url)
