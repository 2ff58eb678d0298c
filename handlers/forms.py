"""Forms, a member's side: what waits, filling in with buttons and words, sending."""

from handlers.act import Press, Said
from handlers.house import House
from handlers.present import forms as show
from handlers.room import Command, Room
from handlers.texts import N_
from study.due import Due
from study.errors import Forged
from study.evaluation_rules import AnswerUnreadable
from study.evaluations import CLOSING
from study.form_page import WRITING


async def forms(act: Said) -> None:
    """List what waits for somebody."""
    await act.house.forms.mine(act.sender.id, now=act.received_at)


async def open_by_link(act: Said, payload: str) -> None:
    """Open what a link ``?start=form_12`` means."""
    number = payload.removeprefix("form_")
    if not (number.isascii() and number.isdigit() and len(number) <= 18):
        raise Forged()
    await act.house.forms.open(act.sender.id, int(number), now=act.received_at)


async def press_form(act: Press) -> None:
    """The way into a form: the list, a form, a page of its subjects, a subject."""
    fields, filling = act.fields, act.house.forms
    what = fields.word("list", "open", "page", "start")
    about = 0 if what == "list" else fields.number()
    page = fields.number() if what == "page" else 0
    fields.end()
    who, on, now = act.sender.id, act.message_id, act.received_at
    match what:
        case "list":
            await filling.mine(who, on_message=on, now=now)
        case "open":
            await filling.open(who, about, on_message=on, now=now)
        case "page":
            await filling.subjects(who, about, page, on_message=on, now=now)
        case "start":
            await filling.start(who, about, on_message=on, now=now)


async def press_item(act: Press) -> None:
    """Filling in: an answer, another item, sending."""
    fields, filling = act.fields, act.house.forms
    what, subject = fields.word("set", "go", "send"), fields.number()
    at = 0 if what == "send" else fields.number()
    value = fields.word() if what == "set" else ""
    fields.end()
    who, on, now = act.sender.id, act.message_id, act.received_at
    match what:
        case "set":
            await filling.answer(who, subject, at, value, on_message=on, now=now)
        case "go":
            await filling.go(who, subject, at, on_message=on, now=now)
        case "send":
            sent = await filling.send(who, subject, on_message=on, now=now)
            await act.toast(show.sent(act.t) if sent else None)


async def write(act: Said, body: str) -> None:
    """An item is answered in words."""
    if act.message.text is None:
        raise AnswerUnreadable(wanted="text")
    await act.house.forms.write(act.sender.id, body, act.message.text, now=act.received_at)


async def close(house: House, due: Due) -> None:
    """A deadline has come."""
    await house.forms.close(int(due.key), now=due.now)


ROOM = Room(
    commands=(Command("forms", forms, N_("forms that wait for you: evaluations, surveys"), part="forms"),),
    presses={"form": press_form, "fill": press_item},
    topics={WRITING: write},
    kept={WRITING: N_("You have stopped filling in. /forms opens it again.")},
    alarms={CLOSING: close},
    errors={
        "answer_unreadable.number": N_("Please send a whole number between {min} and {max}."),
        "answer_unreadable.text": N_("Please send your answer as a text."),
        "answers_missing": N_("Not everything is filled in yet; missing: {count}."),
    },
)
