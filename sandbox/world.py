"""The sandbox's world: who is there, what was said, and what the bot is told of it. No network, no waiting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sandbox import wire
from sandbox.clock import Clock
from sandbox.errors import NotPossible
from sandbox.files import Files
from sandbox.flood import Flood
from sandbox.journal import Journal
from sandbox.model import ADMINISTRATORS, Chat, ChatType, Message, User
from sandbox.queries import Queries
from sandbox.text.formatted import Formatted
from sandbox.updates import UpdateQueue

_FIRST_USER = 7_000_000_001
"""Above 2**32, as new accounts are: an id kept in 32 bits shows at once."""
_FIRST_GROUP = -4_000_000_001
_FIRST_SUPERGROUP = -1_002_000_000_001


class World:
    """Everything there is in one sandbox.

    Args:
        bot: the one bot of this world; every registered token is its.
        privacy_mode: whether the bot sees in groups only what is meant for it, as is BotFather's default.
    """

    def __init__(self, clock: Clock, bot: User, *, privacy_mode: bool = False, flood_limits: bool = True) -> None:
        self.clock = clock
        self.bot = bot
        self.privacy_mode = privacy_mode
        self.users: dict[int, User] = {bot.id: bot}
        self.chats: dict[int, Chat] = {}
        self.files = Files()
        self.updates = UpdateQueue(clock)
        self.queries = Queries(clock)
        self.flood = Flood(clock, enabled=flood_limits)
        self.journal = Journal(lambda chat_id: self.chats[chat_id].present)
        self._usernames = {bot.username.lower()}
        self._free_user_id = _FIRST_USER
        self._last_message_id = 0
        self._albums = 0

    @property
    def date(self) -> int:
        """Now, as messages are dated: whole seconds since 1970."""
        return int(self.clock.now())

    def add_user(self, user: User) -> User:
        """A person enters the world, with a private chat in which nothing was said yet.

        Raises:
            NotPossible: the id or the username is taken.
        """
        if user.id in self.users:
            raise NotPossible(f"user {user.id} exists already")
        if user.username and user.username.lower() in self._usernames:
            raise NotPossible(f"the username {user.username} is taken")
        self.users[user.id] = user
        self._usernames.add(user.username.lower())
        self.chats[user.id] = Chat(user.id, "private", members={user.id: "member", self.bot.id: "member"})
        return user

    def free_user_id(self) -> int:
        """An id that nobody has."""
        while self._free_user_id in self.users:
            self._free_user_id += 1
        return self._free_user_id

    def add_chat(self, chat_type: ChatType, title: str, *, chat_id: int | None = None, username: str = "") -> Chat:
        """A group begins, with nobody in it.

        Raises:
            NotPossible: the id is taken or is not one that such a chat can have.
        """
        if chat_id is None:
            chat_id = _FIRST_GROUP if chat_type == "group" else _FIRST_SUPERGROUP
            while chat_id in self.chats:
                chat_id -= 1
        if chat_id >= 0:
            raise NotPossible(f"the id of a group is negative, not {chat_id}")
        if chat_id in self.chats:
            raise NotPossible(f"chat {chat_id} exists already")
        chat = self.chats[chat_id] = Chat(chat_id, chat_type, title, username)
        return chat

    def next_message_id(self, chat: Chat) -> int:
        """Message ids count up in each supergroup by itself, and over all other chats together."""
        if chat.type == "supergroup":
            return next(reversed(chat.messages), 0) + 1
        self._last_message_id += 1
        return self._last_message_id

    def next_album(self) -> str:
        """An id for photos or files that are shown as one."""
        self._albums += 1
        return str(13_900_000_000_000_000 + self._albums * 8)

    def post(self, chat: Chat, sender: int, **content: Any) -> tuple[Message, int | None]:
        """Something is said; the message, and the update that tells the bot (none of its own words)."""
        message = Message(chat.id, self.next_message_id(chat), sender, self.date, **content)
        chat.messages[message.id] = message
        chat.read[sender] = message.id
        self.journal.write("message", wire.shown(self, message), chat_id=chat.id)
        update_id = None
        if sender != self.bot.id and self.bot_hears(chat, message):
            update_id = self.updates.put("message", wire.message(self, message), sender)
        return message, update_id

    def edit(self, message: Message, **changes: Any) -> Message:
        """A message changes in its place."""
        edited = replace(message, **changes, edit_date=self.date, edits=message.edits + 1)
        self.store(edited)
        return edited

    def store(self, message: Message) -> None:
        """Put the new state of a message in place of the old one, and show it."""
        self.chats[message.chat_id].messages[message.id] = message
        self.journal.write("edit", wire.shown(self, message), chat_id=message.chat_id)

    def delete(self, message: Message) -> None:
        """A message is gone for everyone."""
        chat = self.chats[message.chat_id]
        chat.messages[message.id] = replace(message, deleted=True)
        if message.id in chat.pinned:
            chat.pinned.remove(message.id)
        self.journal.write("delete", {"chat_id": chat.id, "message_id": message.id}, chat_id=chat.id)

    def bot_hears(self, chat: Chat, message: Message) -> bool:
        """Whether the bot is told of a message: in a group with privacy mode only of what is meant for it.

        Source: https://core.telegram.org/bots/features#privacy-mode
        """
        if not chat.holds(self.bot.id) or chat.blocked:
            return False
        if chat.type == "private" or not self.privacy_mode or message.service:
            return True
        if chat.members[self.bot.id] in ADMINISTRATORS:
            return True
        replied = chat.messages.get(message.reply_to) if message.reply_to else None
        if replied is not None and replied.sender == self.bot.id:
            return True
        return message.text is not None and self._is_meant(message.text)

    def _is_meant(self, text: Formatted) -> bool:
        raw = text.text.encode("utf-16-le", "surrogatepass")
        name = f"@{self.bot.username}".lower()
        for one in text.entities:
            stretch = raw[one.offset * 2 : one.end * 2].decode("utf-16-le", "replace").lower()
            if one.type == "bot_command" and ("@" not in stretch or stretch.endswith(name)):
                return True
            if one.type == "mention" and stretch == name:
                return True
        return False

    def tell(self, kind: str, payload: Mapping[str, Any], lane: int) -> int | None:
        """Put an update for the bot in line."""
        return self.updates.put(kind, dict(payload), lane)

    def react(self, message: Message, user_id: int, reaction: tuple[Any, ...]) -> None:
        """Somebody reacts to a message, or takes it back with an empty reaction."""
        self.store(replace(message, reactions={**message.reactions, user_id: reaction}))
