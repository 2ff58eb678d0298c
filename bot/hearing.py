"""Everything but a pressed button: python-telegram-bot parses it and finds the handler.

What escapes a handler there comes back to whoever deals with the update: by itself the library would only log it.
"""

import unicodedata
from collections.abc import Awaitable, Callable, Coroutine
from contextvars import ContextVar
from typing import Any, Protocol, TypeVar

import telegram
from telegram import Update
from telegram.constants import ChatType
from telegram.ext import Application, ChatMemberHandler, CommandHandler, ExtBot, MessageHandler, filters

from handlers.act import Act, Chat, Said, Sender
from handlers.guards import admit
from handlers.house import House
from handlers.registry import COMMANDS, HEARINGS, TOPICS, WORDS
from handlers.room import Command
from quizzes.engine.han import heard
from storage import Origin, handling
from storage.inbox import InboxRow
from study.errors import NotUnderstood, UnknownCommand
from study.surroundings import Surroundings

A = TypeVar("A", bound=Act)
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
_JOINERS = "\u200d"
"""Joins the parts of an emoji."""

_row: ContextVar[InboxRow] = ContextVar("row")
_escaped: ContextVar[list[Exception]] = ContextVar("escaped")


class Guard(Protocol):
    """Runs a handler; what it raises becomes a sentence."""

    async def __call__(self, act: A, run: Callable[[A], Awaitable[None]]) -> None:
        """Let ``run`` deal with ``act``."""


def called(user: dict[str, Any]) -> str:
    """What somebody is called, from the JSON of a user."""
    return tamed(f"{user.get('first_name', '')} {user.get('last_name', '')}") or str(user["id"])


def tamed(name: str) -> str:
    """A name without what would disturb a line that it stands in: breaks, marks of direction, what cannot be seen."""
    if name.isprintable():
        return " ".join(name.split())
    kept = (" " if character.isspace() else character for character in name)
    return " ".join("".join(one for one in kept if unicodedata.category(one) not in _UNSEEN or one in _JOINERS).split())


class Hearing:
    """Hears messages, commands, and who comes and goes; made once, knows every handler."""

    def __init__(self, house: House, surroundings: Surroundings, bot: ExtBot[Any], guarded: Guard) -> None:
        self._house = house
        self._surroundings = surroundings
        self._bot = bot
        self._guarded = guarded
        self._application: Application[Any, Any, Any, Any, Any, Any] = (
            Application.builder().bot(bot).updater(None).job_queue(None).build()
        )
        self._route()

    async def open(self) -> None:
        """Ask Telegram who the bot is.

        Raises:
            telegram.error.InvalidToken, telegram.error.NetworkError: the server refuses the token, or cannot be reached.
        """
        await self._application.initialize()

    async def hear(self, update: dict[str, Any], row: InboxRow, origin: Origin) -> None:
        """Note who writes from where, and let the handler of an update run; raises what escaped there."""
        parsed = Update.de_json(update, self._bot)
        assert parsed is not None
        escaped: list[Exception] = []
        here, out = _row.set(row), _escaped.set(escaped)
        try:
            await self._note(parsed, row)
            with handling(origin):
                await self._application.process_update(parsed)
        finally:
            _escaped.reset(out)
            _row.reset(here)
        if escaped:
            raise escaped[0]

    def _route(self) -> None:
        add = self._application.add_handler
        said = filters.UpdateType.MESSAGE
        for command in COMMANDS:
            add(CommandHandler(command.name, self._command(command), filters=said))
        add(MessageHandler(said & filters.StatusUpdate.MIGRATE, self._migrated))
        add(MessageHandler(said & filters.COMMAND & filters.ChatType.PRIVATE, self._unknown))
        add(MessageHandler(said & ~filters.StatusUpdate.ALL & ~filters.COMMAND, self._words))
        add(ChatMemberHandler(self._membership, ChatMemberHandler.MY_CHAT_MEMBER))
        self._application.add_error_handler(self._note_escaped)

    async def _note_escaped(self, _update: object, context: Any) -> None:
        # Raised here it would only be logged, and the update would count as dealt with.
        _escaped.get().append(context.error)

    def _command(self, command: Command) -> Callable[[Update, Any], Coroutine[Any, Any, None]]:
        async def run(act: Said) -> None:
            await admit(command, act)
            await command.run(act)

        async def handle(update: Update, _context: Any) -> None:
            await self._guarded(await self._said(update, strip_command=True), run)

        return handle

    async def _words(self, update: Update, _context: Any) -> None:
        act = await self._said(update)
        run = WORDS.get(heard("".join(act.words.split()).strip("!！。.~")))
        meant = next((found for hears in HEARINGS if (found := hears(act, run is not None)) is not None), None)
        if meant is not None and meant.first:
            await self._guarded(act, meant.run)
        elif run is not None:
            await self._guarded(act, run)
        elif act.chat.is_private:
            under_way = await self._house.conversations.get(act.sender.id, act.chat.id)
            if under_way is not None and under_way.topic in TOPICS:
                topic, body = TOPICS[under_way.topic], under_way.body
                await self._guarded(act, lambda act: topic(act, body))
            else:
                await self._guarded(act, _not_understood if meant is None else meant.run)

    async def _unknown(self, update: Update, _context: Any) -> None:
        async def run(_act: Said) -> None:
            raise UnknownCommand()

        await self._guarded(await self._said(update), run)

    async def _membership(self, update: Update, _context: Any) -> None:
        change = update.my_chat_member
        assert change is not None
        if change.chat.type == ChatType.CHANNEL:
            return
        is_in = change.new_chat_member.status not in ("left", "kicked", "restricted")
        if not is_in:
            await self._surroundings.left(change.chat.id)
        elif change.chat.id < 0:
            await self._surroundings.entered(change.chat.id, change.chat.title or "", now=_row.get().received_at)

    async def _migrated(self, update: Update, _context: Any) -> None:
        message = update.effective_message
        assert message is not None
        contest = None
        if message.migrate_to_chat_id is not None:
            contest = await self._surroundings.moved(message.chat.id, message.migrate_to_chat_id)
        elif message.migrate_from_chat_id is not None:
            contest = await self._surroundings.moved(message.migrate_from_chat_id, message.chat.id)
        if contest is not None:
            await self._house.contests.interrupt(contest, at=_row.get().received_at)

    async def _note(self, update: Update, row: InboxRow) -> None:
        user, chat = update.effective_user, update.effective_chat
        if update.message is not None and user is not None and chat is not None and not user.is_bot:
            await self._surroundings.note(
                user.id,
                tamed(user.full_name or "") or str(user.id),
                user.username,
                chat_id=chat.id,
                title=chat.title or "",
                now=row.received_at,
            )

    async def _said(self, update: Update, *, strip_command: bool = False) -> Said:
        message, user = update.effective_message, update.effective_user
        assert message is not None
        words = message.text or message.caption or ""
        if strip_command:
            _, _, words = words.partition(" ") if " " in words.split("\n", 1)[0] else words.partition("\n")
        row = _row.get()
        return Said(
            house=self._house,
            update_id=row.update_id,
            received_at=row.received_at,
            sender=_sender(user, message),
            chat=Chat(
                message.chat.id, "private" if message.chat.type == "private" else "group", message.chat.title or ""
            ),
            t=await self._house.languages.of(message.chat.id),
            message=message,
            words=words.strip(),
        )


async def _not_understood(_act: Said) -> None:
    raise NotUnderstood()


def _sender(user: telegram.User | None, message: telegram.Message) -> Sender:
    if user is not None:
        return Sender(user.id, tamed(user.full_name or "") or str(user.id), user.username)
    # An admin who writes as the group itself, or a linked channel: nobody on the roster.
    return Sender(message.chat.id, message.chat.title or "")
