"""Taking a syllabus in by chat: the file, what is wrong with it, the word to import the rest."""

import handlers.present.syllabus  # noqa: F401 - registers its presenters
from handlers.act import Press, Said
from handlers.joining import must_be_private
from handlers.received import fetch_file
from handlers.room import Command, Room
from handlers.texts import N_
from study.errors import WrongChat
from study.syllabi import TOPIC, SyllabusFileWanted


async def syllabus(act: Said) -> None:
    """Say how a syllabus is written and wait for the file."""
    await act.house.syllabi.ask(act.sender.id, now=act.received_at)


async def file_with_caption(act: Said) -> None:
    """A file whose caption is the command."""
    if not act.chat.is_private:
        raise WrongChat(wanted="private", link=f"https://t.me/{act.house.me}")
    await _take(act)


async def file_said(act: Said, _body: str) -> None:
    """The file that was asked for."""
    await _take(act)


async def _take(act: Said) -> None:
    await act.house.syllabi.may_send(act.sender.id)
    if act.message.document is None:
        raise SyllabusFileWanted()
    content, name = await fetch_file(act.house, act.message.document)
    await act.house.syllabi.receive(act.sender.id, content, name, now=act.received_at)


async def press_syllabus(act: Press) -> None:
    """Import the good rows, or nothing."""
    must_be_private(act)
    fields = act.fields
    verb, draft_id = fields.word("go", "no"), fields.number()
    fields.end()
    if verb == "go":
        await act.house.syllabi.take_rest(act.sender.id, draft_id, now=act.received_at)
    else:
        await act.house.syllabi.drop(act.sender.id, draft_id, now=act.received_at)


ROOM = Room(
    commands=(
        Command(
            "syllabus",
            syllabus,
            N_("take a yearly plan of sessions in from a file"),
        ),
    ),
    words={"/syllabus": file_with_caption},
    presses={"syll": press_syllabus},
    topics={TOPIC: file_said},
    errors={
        "syllabus_columns": N_("The first row of a syllabus has to name the columns; these are missing: {columns}"),
        "syllabus_file_wanted": N_("Please send the syllabus as a file (CSV or XLSX), or /cancel."),
        "syllabus_nothing_good": N_("There is not one row in this syllabus that can be used."),
    },
)
