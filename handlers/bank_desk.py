"""``/banks``: which question banks there are, what is in them, a new one by file, one of them as a file."""

import asyncio

import handlers.present.bank_desk  # noqa: F401 - registers its presenters
from handlers.act import Press, Said
from handlers.house import House
from handlers.joining import must_be_private
from handlers.present import bank_desk as show
from handlers.received import fetch_file
from handlers.room import Command, Room
from handlers.texts import N_
from quizzes.bank.formats import EXTENSIONS, write_bank
from quizzes.errors import BankFileWanted
from study.errors import NotAllowed

TOPIC = "bank.file"


async def banks(act: Said) -> None:
    """List the banks; the next file of this organiser is taken for one."""
    await act.house.conversations.begin(act.sender.id, act.chat.id, TOPIC, now=act.received_at)
    await act.reply(await act.house.bank_desk.all())


async def file_said(act: Said, _body: str) -> None:
    """The file with questions."""
    await _must_organise(act)
    document = act.message.document
    if document is None:
        raise BankFileWanted()
    content, name = await fetch_file(act.house, document)
    taken = await act.house.bank_desk.receive(content, name, now=act.received_at)
    await act.house.conversations.end(act.sender.id, act.chat.id)
    await act.reply(taken)


async def press_bank(act: Press) -> None:
    """Look into a bank, go back to the list, or have it sent as a file."""
    must_be_private(act)
    await _must_organise(act)
    fields = act.fields
    verb = fields.word("show", "list", "file")
    desk, now = act.house.bank_desk, act.received_at
    if verb == "list":
        fields.end()
        await act.change(await desk.all())
        return
    bank_id = fields.number()
    form = fields.word(*EXTENSIONS) if verb == "file" else ""
    fields.end()
    card = await desk.card(bank_id)
    if verb == "show":
        await act.change(card)
        return
    file = show.BankFile(id=bank_id, name=card.name, form=form, user_id=act.sender.id)
    await act.house.replies.say(act.chat.id, file, now=now)
    await act.toast(show.preparing(act.t))


async def _must_organise(act: Said | Press) -> None:
    if not (await act.house.standings.of(act.sender.id)).is_organiser:
        raise NotAllowed()


async def file_of(house: House, stored: str) -> bytes:
    """The file behind a stored attachment, made from what the bank holds now.

    Raises:
        NotAllowed: whoever asked for it organises nothing any more.
        UnknownBank: it is gone.
        FormatCannotCarry: a question cannot be written in this format.
    """
    bank_id, form, user_id = show.wish_of(stored)
    if not (await house.standings.of(user_id)).is_organiser:
        raise NotAllowed()
    card = await house.bank_desk.card(bank_id)
    items = await house.banks.items(card.name)
    return await asyncio.to_thread(write_bank, items, form)


ROOM = Room(
    commands=(Command("banks", banks, N_("question banks: look, take in, take out")),),
    presses={"bank": press_bank},
    topics={TOPIC: file_said},
)
