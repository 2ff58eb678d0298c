"""Surveys by units: started, watched, closed, read, put right; for organisers, in private."""

import asyncio

from handlers.act import Press, Said
from handlers.house import House
from handlers.joining import must_be_private
from handlers.present import survey_results as results
from handlers.present import surveys as show
from handlers.present.pictures import studio
from handlers.room import Command, Room
from handlers.texts import N_


async def survey(act: Said) -> None:
    """List the surveys of the programme."""
    await act.house.surveys.menu(act.sender.id, now=act.received_at)


async def press_survey(act: Press) -> None:
    """Start one or look at one."""
    must_be_private(act)
    fields, surveys = act.fields, act.house.surveys
    what = fields.word("menu", "new", "start", "show")
    key = fields.word() if what in ("new", "start") else ""
    evaluation, page = (fields.number(), fields.number()) if what == "show" else (0, 0)
    fields.end()
    who, on, now = act.sender.id, act.message_id, act.received_at
    match what:
        case "menu":
            await surveys.menu(who, on_message=on, now=now)
        case "new":
            await surveys.preview(who, key, on_message=on, now=now)
        case "start":
            await act.toast(show.started(act.t, await surveys.start(who, key, on_message=on, now=now)))
        case "show":
            await surveys.show(who, evaluation, page, on_message=on, now=now)


async def press_run(act: Press) -> None:
    """What is done with one: close it, let the lowest put things right, files and pictures."""
    must_be_private(act)
    fields, surveys = act.fields, act.house.surveys
    what, evaluation = fields.word("close", "rectify", "file", "picture"), fields.number()
    fields.end()
    who, on, now = act.sender.id, act.message_id, act.received_at
    match what:
        case "close":
            await surveys.close(who, evaluation, on_message=on, now=now)
        case "rectify":
            count = await act.house.survey_follow_up.rectify(who, evaluation, me=act.house.me, on_message=on, now=now)
            await act.toast(show.rectified(act.t, count))
        case "file":
            await surveys.send_file(who, evaluation, now=now)
        case "picture":
            await surveys.send_pictures(who, evaluation, now=now)


async def press_said(act: Press) -> None:
    """One problem or suggestion after the other."""
    must_be_private(act)
    fields = act.fields
    evaluation, collects, at = fields.number(), fields.word("problem", "suggestion"), fields.number()
    fields.end()
    await act.house.survey_follow_up.said(
        act.sender.id, evaluation, collects, at, on_message=act.message_id, now=act.received_at
    )


async def press_task(act: Press) -> None:
    """A task is made of a problem or suggestion."""
    must_be_private(act)
    fields = act.fields
    evaluation, mark = fields.number(), fields.word()
    fields.end()
    new = await act.house.survey_follow_up.take_up(
        act.sender.id, evaluation, mark, me=act.house.me, on_message=act.message_id, now=act.received_at
    )
    await act.toast(show.rectified(act.t, int(new)))


async def file_of(house: House, stored: str) -> bytes:
    """The workbook of a survey, made when it is sent, of what its reader may see then.

    Raises:
        NotAllowed: whoever asked for it organises nothing any more.
    """
    evaluation, user_id, _ = results.wish_of(stored)
    facts, said = await house.surveys.facts(user_id, evaluation, now=house.clock.now())
    t = await house.languages.of(user_id)
    return await asyncio.to_thread(results.workbook, facts, said, t)


async def picture_of(house: House, stored: str) -> bytes:
    """The ranking of a tier as a picture, made when it is sent, of what its reader may see then.

    Raises:
        NotAllowed: whoever asked for it organises nothing any more.
    """
    evaluation, user_id, tier = results.wish_of(stored)
    facts, _ = await house.surveys.facts(user_id, evaluation, now=house.clock.now())
    t = await house.languages.of(user_id)
    return await studio.png(results.drawing(facts, tier, house.programme, t))


ROOM = Room(
    commands=(
        Command(
            "survey",
            survey,
            N_("surveys by units: start one, see the results"),
            part="surveys",
        ),
    ),
    presses={"survey": press_survey, "run": press_run, "run_said": press_said, "run_task": press_task},
    errors={
        "survey_nobody": N_("Nobody who has joined would rate anything: please look at the roster and the programme."),
        "survey_open": N_("The survey is still open; results come when it is closed."),
        "survey_running": N_("There is a survey under way that rates some of these units."),
        "nobody_responsible": N_(
            "{unit} and the units above it have no organiser who has joined; nobody can be asked. No task was given."
        ),
    },
)
