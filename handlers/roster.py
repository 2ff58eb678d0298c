"""Taking a roster in by chat: the file, what is wrong with it, the word to import the rest."""

from handlers.act import Press, Said
from handlers.joining import must_be_private
from handlers.present.files import ERRORS as FILE_ERRORS
from handlers.received import fetch_file
from handlers.room import Command, Room
from handlers.texts import N_
from study.errors import WrongChat
from study.rosters import TOPIC, RosterFileWanted


async def roster(act: Said) -> None:
    """Say how a roster is written and wait for the file."""
    await act.house.roster.ask(act.sender.id, now=act.received_at)


async def file_with_caption(act: Said) -> None:
    """A file whose caption is the command."""
    if not act.chat.is_private:
        raise WrongChat(wanted="private", link=f"https://t.me/{act.house.me}")
    await _take(act)


async def file_said(act: Said, _body: str) -> None:
    """The file that was asked for."""
    await _take(act)


async def _take(act: Said) -> None:
    await act.house.roster.may_send(act.sender.id)
    if act.message.document is None:
        raise RosterFileWanted()
    content, name = await fetch_file(act.house, act.message.document)
    await act.house.roster.receive(act.sender.id, content, name, now=act.received_at)


async def press_roster(act: Press) -> None:
    """Import the good rows, or nothing."""
    must_be_private(act)
    fields = act.fields
    verb, draft_id = fields.word("go", "no"), fields.number()
    fields.end()
    if verb == "go":
        await act.house.roster.take_rest(act.sender.id, draft_id, now=act.received_at)
    else:
        await act.house.roster.drop(act.sender.id, draft_id, now=act.received_at)


ROOM = Room(
    commands=(Command("roster", roster, N_("take the roster in from a file")),),
    # Telegram's commands live in texts; a file with one in its caption arrives as plain words.
    words={"/roster": file_with_caption},
    presses={"roster": press_roster},
    topics={TOPIC: file_said},
    errors={
        **FILE_ERRORS,
        "roster_columns": N_("The first row has to name the columns; these are missing: {columns}"),
        "roster_file_wanted": N_("Please send the roster as a file (CSV or XLSX), or /cancel."),
        "roster_nothing_good": N_("There is not one row in it that can be used."),
    },
)
