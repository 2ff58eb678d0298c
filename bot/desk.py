"""One update, from its raw JSON to the handler: pressed buttons directly, everything else through PTB's handlers.

A press is dealt with from the JSON, because building Telegram objects costs more than ruling on it. Every refusal of
ours becomes one sentence here; every other error is logged with a reference, and the user gets that reference.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

import structlog
from telegram.error import BadRequest, TelegramError
from telegram.ext import ExtBot

from bot.apologies import Apologies
from bot.delivery.toasts import Toasts
from bot.hearing import Hearing, called
from bot.ingest import read
from handlers.act import Act, Chat, Press, Sender
from handlers.callback_data import prefix_of
from handlers.errors import Refusal
from handlers.house import House
from handlers.registry import PRESSES, SENTENCES, SWIFT
from storage import Database, Origin, Turn, handling
from storage.errors import NotArrived, Unavailable
from storage.inbox import InboxRow
from study.errors import Forged, Internal
from study.notes import Refused
from study.surroundings import Surroundings

log = structlog.get_logger()

A = TypeVar("A", bound=Act)


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
        self._toasts = toasts
        self._answers: set[asyncio.Task[None]] = set()
        self.failures = 0
        self.faults = 0
        self.toasted: Callable[[datetime], None] = lambda _received_at: None
        self.apologies = Apologies(house, bot, self._answer)
        self.hearing = Hearing(house, surroundings, bot, self._guarded)

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
        try:
            update = row.update if row.update is not None else read(row.body)
            if "callback_query" in update:
                await self._pressed(row, update["callback_query"], origin)
            else:
                await self.hearing.hear(update, row, origin)
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
        if not origin.completed:
            await self._database.write(lambda tx: tx.inbox.done(row.update_id))

    def apologise(self, updates: Sequence[dict[str, Any]]) -> None:
        """Tell the senders that nothing can be stored at present."""
        self._spawn(self.apologies.tell(updates))

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
            sender=Sender(user["id"], called(user), user.get("username")),
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


async def _forged(_press: Press) -> None:
    raise Forged()


def _carries(message: dict[str, Any], data: str) -> bool:
    """Whether a message, as Telegram shows it, has a button with this data."""
    rows = (message.get("reply_markup") or {}).get("inline_keyboard", ())
    return any(button.get("callback_data") == data for row in rows for button in row)
