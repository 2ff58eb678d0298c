"""Bulletins: drafted from the figures, edited, approved, posted, corrected."""

import asyncio

from handlers.act import Press, Said
from handlers.house import House
from handlers.joining import must_be_private
from handlers.present import bulletins as show
from handlers.present import report_docx
from handlers.present.pictures import studio
from handlers.room import Command, Room
from handlers.texts import N_
from study.bulletin_drafting import ALARM
from study.bulletins import TOPIC
from study.checkin_register import Actor
from study.due import Due


async def bulletin(act: Said) -> None:
    """What can be drafted, and the newest ones."""
    await act.house.bulletins.menu(act.sender.id, now=act.received_at)


async def press_new(act: Press) -> None:
    """Draft one, or open the one that there is."""
    must_be_private(act)
    fields = act.fields
    plan, period, unit = fields.word(), fields.word(), fields.number()
    fields.end()
    await act.house.bulletin_drafts.draft(act.sender.id, plan, period, unit, now=act.received_at)


async def press_bulletin(act: Press) -> None:
    """What is done with a bulletin on its desk."""
    must_be_private(act)
    fields, bulletins = act.fields, act.house.bulletins
    steps = ("open", "lists", "recount", "preview", "figures", "submit", "approve", "return", "correct")
    what, number, page = fields.word(*steps), fields.number(), fields.number()
    fields.end()
    actor, on, now = Actor(act.sender.id, act.sender.name), act.message_id, act.received_at
    match what:
        case "open":
            await bulletins.open(actor.user_id, number, on_message=on, now=now)
        case "lists":
            await bulletins.lists(actor.user_id, number, on_message=on, now=now)
        case "recount":
            await act.house.bulletin_drafts.recount(actor.user_id, number, on_message=on, now=now)
        case "preview":
            await bulletins.preview(actor.user_id, number, now=now)
        case "figures":
            await act.house.bulletin_sources.figures(actor.user_id, number, page, on_message=on, now=now)
        case "submit":
            await bulletins.submit(actor, number, on_message=on, now=now)
        case "approve":
            await act.toast(show.posted(act.t, await bulletins.approve(actor, number, on_message=on, now=now)))
        case "return":
            await bulletins.ask(actor.user_id, number, "reason", 0, now=now)
        case "correct":
            await act.house.bulletin_drafts.correct(actor.user_id, number, on_message=on, now=now)


async def press_text(act: Press) -> None:
    """Write the text of a chapter."""
    number, at = _two(act)
    await act.house.bulletins.ask(act.sender.id, number, "text", at, now=act.received_at)


async def press_add(act: Press) -> None:
    """Add a name to a list."""
    number, at = _two(act)
    await act.house.bulletins.ask(act.sender.id, number, "name", at, now=act.received_at)


def _two(act: Press) -> tuple[int, int]:
    must_be_private(act)
    fields = act.fields
    found = fields.number(), fields.number()
    fields.end()
    return found


async def press_strike(act: Press) -> None:
    """Strike a name from a list."""
    must_be_private(act)
    fields = act.fields
    number, place, name = fields.number(), fields.number(), fields.number()
    fields.end()
    on, now = act.message_id, act.received_at
    await act.house.bulletins.strike(act.sender.id, number, place, name, on_message=on, now=now)


async def press_rows(act: Press) -> None:
    """The rows behind a figure as of the snapshot."""
    must_be_private(act)
    fields = act.fields
    number, figure, page = fields.number(), fields.number(), fields.number()
    fields.end()
    on, now = act.message_id, act.received_at
    await act.house.bulletin_sources.rows(act.sender.id, number, figure, page, on_message=on, now=now)


async def press_source(act: Press) -> None:
    """In the group: whoever runs the unit gets the figures and the rows in private."""
    fields = act.fields
    number = fields.number()
    fields.end()
    await act.house.bulletin_sources.figures(act.sender.id, number, 0, on_message=None, now=act.received_at)
    await act.toast(show.sent_privately(act.t))


async def said(act: Said, body: str) -> None:
    """What was asked for has been written."""
    actor = Actor(act.sender.id, act.sender.name)
    await act.house.bulletins.say(actor, body, act.words, now=act.received_at)


async def draft(house: House, due: Due) -> None:
    """The day of the draft."""
    await house.bulletin_drafts.draft_by_itself(due)


async def file_of(house: House, stored: str) -> bytes:
    """A bulletin as a Word file, of its frozen figures, in the language of the chat that it is for.

    Raises:
        Forged: there is no such bulletin.
    """
    number, chat = show.wish_of(stored)
    t = await house.languages.of(chat)
    facts = await house.bulletin_sources.facts(number)
    charts = report_docx.charts(facts.figures, t)
    pictures = await studio.drawn(charts, "png") if charts else []
    return await asyncio.to_thread(report_docx.report_docx, facts.figures, pictures, t, facts)


ROOM = Room(
    commands=(
        Command(
            "bulletin",
            bulletin,
            N_("bulletins: draft, edit, approve, post"),
            part="reports",
        ),
    ),
    presses={
        "bull": press_bulletin,
        "bull_new": press_new,
        "bull_text": press_text,
        "bull_add": press_add,
        "bull_strike": press_strike,
        "bull_rows": press_rows,
        "bull_source": press_source,
    },
    topics={TOPIC: said},
    kept={TOPIC: N_("The bulletin stays as it is.")},
    by_the_hour=(ALARM,),
    alarms={ALARM: draft},
    errors=show.ERRORS,
    plan=lambda house, since, until: house.bulletin_drafts.plan(since, house.clock.now()),
)
