"""Sessions: what comes, one in detail, planned, changed, cancelled, signed up for; the figures; who spoke."""

from datetime import date, datetime
from typing import cast

import handlers.present.session_drafts
import handlers.present.session_news
import handlers.present.speeches  # noqa: F401 - all three register their presenters
from handlers.act import Press, Said
from handlers.callback_data import Fields
from handlers.house import House
from handlers.joining import must_be_private
from handlers.present import sessions as show
from handlers.room import Command, Room
from handlers.texts import N_
from quizzes.engine.han import heard
from study.due import Due
from study.errors import Forged, WrongChat
from study.period_words import read_span
from study.session_book import END, EVE, NEWS, SOON
from study.session_counts import By
from study.session_drafts import DRAFT, LINE
from study.sessions import FIELD, FIELDS, Scope

_SUBJECTS = {
    "new": "new", "新建": "new", "新增": "new", "安排": "new",
    "count": "count", "统计": "count", "figures": "count",
    "run": "run", "管理": "run", "past": "past", "往期": "past", "已办": "past",
}  # fmt: skip


async def sessions(act: Said) -> None:
    """``/sessions`` lists; ``new LINE`` plans one, ``count TIME`` shows the figures, ``run`` and ``past`` list others."""
    word, _, rest = act.words.strip().partition(" ")
    subject, now, who = _SUBJECTS.get(heard(word), ""), act.received_at, act.sender.id
    house = act.house.sessions
    if subject == "count":
        first, last = read_span(rest, house.book.today(now))
        await house.counts.count(who, act.chat.id, first, last, "series", now=now)
        return
    if not act.chat.is_private:
        raise WrongChat(wanted="private", link=f"https://t.me/{act.house.me}")
    if subject == "new":
        await house.drafts.start(who, act.update_id, rest.strip(), now=now)
    elif word.isascii() and word.isdigit() and len(word) <= 18:
        await house.book.open(who, act.chat.id, int(word), now=now)
    else:
        scope: Scope = "run" if subject == "run" else "mine"
        await house.book.look(who, act.chat.id, scope=scope, past=subject == "past", now=now)


async def press_session(act: Press) -> None:
    """The list, a session, its fields, the figures by another side, signing up and off."""
    must_be_private(act)
    fields, house, who = act.fields, act.house.sessions, act.sender.id
    now, on_message = act.received_at, act.message_id
    verb = fields.word("list", "open", "edit", "up", "off")
    match verb:
        case "list":
            scope = cast("Scope", fields.word("mine", "run"))
            past, page = fields.word("past", "next") == "past", fields.number()
            await house.book.look(who, who, scope=scope, past=past, page=page, on_message=on_message, now=now)
        case "open":
            await house.book.open(who, who, fields.number(), on_message=on_message, now=now)
        case "edit":
            session_id, field = fields.number(), fields.word(*FIELDS)
            await house.book.ask_field(who, session_id, field, now=now)
        case _:
            session_id = fields.number()
            state = await house.book.sign_up(who, session_id, off=verb == "off", on_message=on_message, now=now)
            await act.toast(show.seat_toast(state, act.t))


async def press_figures(act: Press) -> None:
    """The figures of a time by another side, on the message that shows them."""
    fields = act.fields
    first, last = _day(fields), _day(fields)
    by = cast("By", fields.word("series", "topic", "form", "unit", "cohort"))
    page = fields.number()
    fields.end()
    act.must_be_carried()
    await act.house.sessions.counts.count(
        act.sender.id, act.chat.id, first, last, by, page, on_message=act.message_id, now=act.received_at
    )


def _day(fields: Fields) -> date:
    try:
        return date.fromordinal(fields.number())
    except (ValueError, OverflowError) as error:
        raise Forged() from error


async def press_draft(act: Press) -> None:
    """A button of the card of a session that is being planned."""
    must_be_private(act)
    fields, drafts, now = act.fields, act.house.sessions.drafts, act.received_at
    key, verb = fields.number(), fields.word(*show.DRAFT_VERBS)
    if verb == "go":
        people = await drafts.plan(act.sender.id, key, now=now)
        await act.toast(show.planned_toast(people, act.t))
    elif verb == "no":
        await drafts.drop(act.sender.id, key, now=now)
    else:
        await drafts.press(act.sender.id, key, verb, fields.number(), now=now)


async def said_line(act: Said, body: str) -> None:
    """A session on one line."""
    drafts = act.house.sessions.drafts
    await drafts.take_line(act.sender.id, body, act.message.text or "", act.update_id, now=act.received_at)


async def said_field(act: Said, body: str) -> None:
    """A field's new value, or why a session is cancelled."""
    await act.house.sessions.book.take_field(act.sender.id, body, act.message.text or "", now=act.received_at)


async def speech(act: Said) -> None:
    """Note who spoke, or register one's own speech."""
    if not act.chat.is_private:
        raise WrongChat(wanted="private", link=f"https://t.me/{act.house.me}")
    await act.house.sessions.speeches.begin(act.sender.id, act.chat.id, act.words, now=act.received_at)


async def press_speech(act: Press) -> None:
    """The sheet of a session's speeches, one noted or taken back; a registered one confirmed or declined."""
    must_be_private(act)
    fields, speeches, who = act.fields, act.house.sessions.speeches, act.sender.id
    now, on_message = act.received_at, act.message_id
    verb, number = fields.word("open", "sheet", "note", "back", "yes", "no"), fields.number()
    match verb:
        case "open":
            await speeches.open(who, number, 0, on_message=None, now=now)
        case "sheet":
            await speeches.open(who, number, fields.number(), on_message=on_message, now=now)
        case "note":
            person_id, page = fields.number(), fields.number()
            noted = await speeches.note(who, number, person_id, page, on_message=on_message, now=now)
            await act.toast(show.speech_toast(noted, act.t))
        case "back":
            speech_id, page = fields.number(), fields.number()
            await speeches.take_back(who, number, speech_id, page, on_message=on_message, now=now)
        case _:
            await speeches.settle(who, number, confirmed=verb == "yes", on_message=on_message, now=now)


async def plan(house: House, since: datetime, until: datetime) -> None:
    """Let recurring meetings be there in time."""
    await house.sessions.clock.plan(since, until)


async def news_due(house: House, due: Due) -> None:
    """What was planned is told."""
    await house.sessions.clock.news_due(due)


async def eve_due(house: House, due: Due) -> None:
    """What comes on the next day of work is told."""
    await house.sessions.clock.eve_due(due)


async def soon_due(house: House, due: Due) -> None:
    """What is about to begin is told."""
    await house.sessions.clock.soon_due(due)


async def end_due(house: House, due: Due) -> None:
    """What is over has been held."""
    await house.sessions.clock.end_due(due)


ROOM = Room(
    commands=(
        Command(
            "sessions",
            sessions,
            N_("lectures, classes and seminars to come"),
            N_("[past]"),
            organisers_usage=N_("[new LINE | count TIME | run | past]"),
        ),
        Command("speech", speech, N_("who spoke in a seminar or discussion"), N_("[NAME… or TOPIC]"), part="series"),
    ),
    presses={"sess": press_session, "sessfig": press_figures, "sessnew": press_draft, "speech": press_speech},
    topics={LINE: said_line, DRAFT: said_line, FIELD: said_field},
    alarms={NEWS: news_due, EVE: eve_due, SOON: soon_due, END: end_due},
    plan=plan,
    errors={
        "session_time_missing": N_("Please write the time of day as well, as in: 11-27 15:00 …"),
        "session_title_missing": N_("Please write the title as well, as in: 11-27 15:00 hall Prof. Zhang 《Title》"),
        "session_ends_first": N_("It would end before it begins. Please write it as in: 15:00-16:30"),
        "session_settled": N_("This session is over or cancelled, so that cannot be changed any more."),
        "session_has_register": N_("People attended or spoke in this session, so it cannot be cancelled any more."),
        "session_class_unknown": N_("Nothing is called so. There are: {known}"),
        "session_capacity": N_("Please send the number of seats, from 1 to 10000."),
        "session_value_missing": N_("Please send it in words, or 无 to leave it empty; /cancel leaves it as it is."),
        "session_reason_missing": N_("Please write in words why it is cancelled."),
        "sign_up_closed": N_("This session has begun, or is over or cancelled; nobody can sign up or off any more."),
        "session_no_sign_up": N_("Nobody has to sign up for this session: just come."),
        "speech_no_session": N_("No seminar or discussion of yours is running, or was held in the last 7 days."),
        "speaker_unknown": N_("{name} is not clearly one of those whom this session concerns."),
        "speech_waiting": N_("Your speech in this session waits to be confirmed already."),
    },
)
