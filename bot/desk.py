"""One update, from its raw JSON to the handler: pressed buttons directly, everything else through PTB's handlers.

A press is dealt with from the JSON, because building Telegram objects costs more than ruling on it. Every refusal of
ours becomes one sentence here; every other error is logged with a reference, and the user gets that reference.
"""

import asyncio
import secrets
import unicodedata
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextvars import ContextVar
from datetime import datetime
from typing import Any, TypeVar

import structlog
import telegram
from telegram import Update
from telegram.constants import ChatType
from telegram.error import BadRequest, TelegramError
from telegram.ext import Application, ChatMemberHandler, CommandHandler, ExtBot, MessageHandler, filters

from bot.apologies import Apologies
from bot.delivery.toasts import Toasts
from bot.ingest import read
from handlers.act import Act, Chat, Press, Said, Sender
from handlers.callback_data import prefix_of
from handlers.errors import Refusal
from handlers.guards import admit
from handlers.house import House
from handlers.registry import COMMANDS, HEARINGS, PRESSES, SENTENCES, SWIFT, TOPICS, WORDS
from handlers.room import Command
from quizzes.engine.han import heard
from storage import Database, Origin, Turn, handling
from storage.errors import NotArrived, Unavailable
from storage.inbox import InboxRow
from study.errors import Forged, Internal, NotUnderstood, UnknownCommand
from study.notes import Refused
from study.surroundings import Surroundings

log = structlog.get_logger()

A = TypeVar("A", bound=Act)
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
_JOINERS = "\u200d"
"""Joins the parts of an emoji."""

_row: ContextVar[InboxRow] = ContextVar("row")
_escaped: ContextVar[list[Exception]] = ContextVar("escaped")


def _name_of(user: dict[str, Any]) -> str:
    return tamed(f"{user.get('first_name', '')} {user.get('last_name', '')}") or str(user["id"])


def tamed(name: str) -> str:
    """A name without what would disturb a line that it stands in: breaks, marks of direction, what cannot be seen."""
    if name.isprintable():
        return " ".join(name.split())
    kept = (" " if character.isspace() else character for character in name)
    return " ".join("".join(one for one in kept if unicodedata.category(one) not in _UNSEEN or one in _JOINERS).split())


class Desk:
    """Deals with inbox rows; made once, knows every handler.

    Attributes:
        failures: how many updates could not be dealt with at all.
        faults: how often a handler failed, and its user got a reference.
        toasted: told of each press that was answered on the wire, by the moment at which its bytes had arrived.
    """

    def __init__(
        self, database: Database, house: House, surroundings: Surroundings, bot: ExtBot[Any], toasts: Toasts
    ) -> None:
        self._database = database
        self._house = house
        self._surroundings = surroundings
        self._bot = bot
        self._toasts = toasts
        self._answers: set[asyncio.Task[None]] = set()
        self.failures = 0
        self.faults = 0
        self.toasted: Callable[[datetime], None] = lambda _received_at: None
        self.apologies = Apologies(house, bot, self._answer)
        self.application: Application[Any, Any, Any, Any, Any, Any] = (
            Application.builder().bot(bot).updater(None).job_queue(None).build()
        )
        self._route()

    @property
    def idle(self) -> bool:
        """Whether every press has been answered on the wire."""
        return not self._answers

    @staticmethod
    def is_swift(row: InboxRow) -> bool:
        """Whether an update is one transaction and nothing else: the next may begin before that is committed."""
        query = row.update.get("callback_query") if row.update is not None else None
        data = query.get("data") if isinstance(query, dict) else None
        return isinstance(data, str) and prefix_of(data) in SWIFT

    async def deal(self, row: InboxRow, turn: Turn) -> None:
        """Let an update have its effect, exactly once; afterwards its inbox row is done.

        ``turn``: where the transaction of a swift one stands in the writer's line. One that turns out not to have come in has no
        effect, and its presser hears nothing: it was dealt with already, or comes again.

        Raises:
            Unavailable: nothing could be stored; it has had no effect and is to be dealt with again.
        """
        origin = Origin(update_id=row.update_id)
        if self.is_swift(row):
            # Its handler writes once: a refusal of that is the whole answer.
            origin = Origin(update_id=row.update_id, settles=_is_refusal, turn=turn, arrival=row.arrival)
        token = _row.set(row)
        try:
            update = row.update if row.update is not None else read(row.body)
            if "callback_query" in update:
                await self._pressed(row, update["callback_query"], origin)
            else:
                parsed = Update.de_json(update, self._bot)
                assert parsed is not None
                await self._note(parsed, row)
                await self._process(parsed, origin)
        except NotArrived:
            return
        except Unavailable:
            if not origin.completed:
                self.apologise([read(row.body)])
                raise
            log.exception("an update was dealt with, and what followed was not stored", update_id=row.update_id)
        except Exception as error:
            self.failures += 1
            log.exception("an update failed", update_id=row.update_id)
            reason = type(error).__name__
            await self._database.write(lambda tx: tx.inbox.failed(row.update_id, reason))
            return
        finally:
            _row.reset(token)
        if not origin.completed:
            await self._database.write(lambda tx: tx.inbox.done(row.update_id))

    def apologise(self, updates: Sequence[dict[str, Any]]) -> None:
        """Tell the senders that nothing can be stored at present."""
        self._spawn(self.apologies.tell(updates))

    async def _process(self, update: Update, origin: Origin) -> None:
        """Let python-telegram-bot find the handler; unlike it, we want to hear what escaped there."""
        escaped: list[Exception] = []
        token = _escaped.set(escaped)
        try:
            with handling(origin):
                await self.application.process_update(update)
        finally:
            _escaped.reset(token)
        if escaped:
            raise escaped[0]

    def _route(self) -> None:
        add = self.application.add_handler
        said = filters.UpdateType.MESSAGE
        for command in COMMANDS:
            add(CommandHandler(command.name, self._command(command), filters=said))
        add(MessageHandler(said & filters.StatusUpdate.MIGRATE, self._migrated))
        add(MessageHandler(said & filters.COMMAND & filters.ChatType.PRIVATE, self._unknown))
        add(MessageHandler(said & ~filters.StatusUpdate.ALL & ~filters.COMMAND, self._words))
        add(ChatMemberHandler(self._membership, ChatMemberHandler.MY_CHAT_MEMBER))
        self.application.add_error_handler(self._note_escaped)

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

    async def _pressed(self, row: InboxRow, query: dict[str, Any], origin: Origin) -> None:
        user, message = query["from"], query.get("message")
        if message is None or "data" not in query:
            await self._answer(query["id"], None, False, None, row.received_at)
            return
        chat = message["chat"]
        query_id = query["id"]

        async def answer(text: str | None, alert: bool, url: str | None) -> None:
            self._spawn(self._answer(query_id, text, alert, url, row.received_at))

        press = Press(
            house=self._house,
            update_id=row.update_id,
            received_at=row.received_at,
            sender=Sender(user["id"], _name_of(user), user.get("username")),
            chat=Chat(chat["id"], "private" if chat["type"] == "private" else "group", chat.get("title", "")),
            t=await self._house.languages.of(user["id"]),
            data=query["data"],
            on_message=message["message_id"],
            answer=answer,
            carried=_carries(message, query["data"]),
        )
        run = PRESSES.get(prefix_of(press.data), _forged)
        with handling(origin):
            await self._guarded(press, run)
            await press.toast()

    async def _guarded(self, act: A, run: Callable[[A], Awaitable[None]]) -> None:
        """Run a handler; a refusal becomes one sentence, anything else a reference to the log."""
        try:
            await run(act)
        except (Unavailable, NotArrived):
            raise  # nobody's fault, and nothing is wrong with the update
        except Exception as error:
            if isinstance(error, Refusal) and _is_refusal(error):
                await self._refuse(act, SENTENCES.of(error, act.t))
                return
            reference = secrets.token_hex(4)
            self.faults += 1
            log.exception("a handler failed", reference=reference, update_id=act.update_id)
            await self._refuse(act, SENTENCES.of(Internal(reference=reference), act.t))

    async def _refuse(self, act: Act, sentence: str) -> None:
        if isinstance(act, Press):
            await act.toast(sentence, alert=True)
        else:
            await act.reply(Refused(sentence=sentence), quote=True)

    def _spawn(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._answers.add(task)
        task.add_done_callback(self._answers.discard)

    async def _answer(
        self, query_id: str, text: str | None, alert: bool, url: str | None, received_at: datetime | None = None
    ) -> None:
        try:
            await self._toasts.answer(query_id, text, alert=alert, url=url)
        except BadRequest as error:
            log.info("a press could not be answered any more", reason=str(error))
        except TelegramError as error:
            log.warning("a press was not answered", reason=str(error))
        else:
            if received_at is not None:
                self.toasted(received_at)

    async def close(self) -> None:
        """Wait for the answers that are on their way."""
        await asyncio.gather(*self._answers, return_exceptions=True)


def _is_refusal(error: Exception) -> bool:
    """Whether an error is one of ours that a user may cause, with a sentence of its own."""
    code = getattr(error, "code", None)
    return isinstance(code, str) and code in SENTENCES


async def _not_understood(_act: Said) -> None:
    raise NotUnderstood()


async def _forged(_press: Press) -> None:
    raise Forged()


def _carries(message: dict[str, Any], data: str) -> bool:
    """Whether a message, as Telegram shows it, has a button with this data."""
    rows = (message.get("reply_markup") or {}).get("inline_keyboard", ())
    return any(button.get("callback_data") == data for row in rows for button in row)


def _sender(user: telegram.User | None, message: telegram.Message) -> Sender:
    if user is not None:
        return Sender(user.id, tamed(user.full_name or "") or str(user.id), user.username)
    # An admin who writes as the group itself, or a linked channel: nobody on the roster.
    return Sender(message.chat.id, message.chat.title or "")
