"""After a contest: minutes, results and certificates for its host, everybody's own review, the picture for the group."""

import asyncio
import io
import zipfile

import handlers.present.contest_reviews as show_reviews
from handlers import tournament_awards
from handlers.act import Press, Said
from handlers.house import House
from handlers.present import afterwards as show
from handlers.present.certificates import Occasion, Placed, certificates, file_name
from handlers.present.contest_words import title_of
from handlers.present.minutes_docx import Facts, minutes_docx
from handlers.present.pictures import studio
from handlers.present.pictures.certificate import Certificate
from handlers.present.results import workbook
from handlers.present.standings_picture import contest_of, standings_picture
from handlers.present.tournament_awards import PREFIX as TOURNAMENT
from handlers.room import Command, Room
from handlers.texts import N_, Texts
from quizzes.engine.phases import Contest
from quizzes.engine.rules import Seating
from quizzes.presets import titles_of
from quizzes.records import History, final_standings
from study.afterwards import Paper
from study.errors import Forged


async def press_paper(act: Press) -> None:
    """One of the files that the host's panel offers."""
    fields = act.fields
    what, contest_id = Paper(fields.word(*Paper)), fields.number()
    fields.end()
    await act.house.afterwards.ask(act.sender.id, contest_id, what, now=act.received_at)
    await act.toast(show.preparing(act.t))


async def review(act: Said) -> None:
    """Look back upon the last contest, or choose among several."""
    reviews, now = act.house.reviews, act.received_at
    menu = await reviews.menu(act.sender.id)
    if len(menu.contests) > 1:
        await reviews.send(act.sender.id, menu, now=now)
    else:
        await _send(act, menu.contests[0].contest_id)


async def press_review(act: Press) -> None:
    """``mine`` from the standings in a group, ``open`` from the choice, ``page`` turns within the message."""
    fields = act.fields
    what, contest_id = fields.word("mine", "open", "page"), fields.number()
    page = fields.number() if what == "page" else 0
    fields.end()
    house, user = act.house, act.sender.id
    card = await house.reviews.page(user, contest_id, page)
    if what == "mine":
        if not await house.reviews.reachable(user):
            await act.toast(url=show_reviews.link(house.me, contest_id))
            return
        await house.reviews.send(user, card, now=act.received_at)
        await act.toast(show_reviews.sent(act.t))
        return
    if not act.chat.is_private:
        raise Forged()
    await act.change(card)


async def open_by_link(act: Said, payload: str) -> None:
    """Send the review that a link ``?start=rev_…`` means."""
    contest_id = show_reviews.contest_of(payload)
    if contest_id is None:
        raise Forged()
    await _send(act, contest_id)


async def _send(act: Said, contest_id: int) -> None:
    card = await act.house.reviews.page(act.sender.id, contest_id, 0)
    await act.house.reviews.send(act.sender.id, card, now=act.received_at)


async def picture_of(house: House, stored: str) -> bytes:
    """The standings of a contest as a picture, in the language of its group."""
    history = await house.records.history(contest_of(stored))
    t = await house.languages.of(history.row.chat_id)
    return await studio.png(standings_picture(history, house.programme, _titles(house, history), t))


async def file_of(house: House, stored: str) -> bytes:
    """The file behind a stored name, made from what holds and is allowed now.

    Raises:
        NotAllowed: whoever asked for it may not have it any more.
    """
    if stored.startswith(TOURNAMENT):
        placed, occasion, form, t = await tournament_awards.wished(house, stored)
        return _zipped(await award_files(house, placed, occasion, t, form))
    what, contest_id, user_id = show.wish_of(stored)
    await house.afterwards.check(user_id, contest_id, what)
    t = await house.languages.of(user_id)
    history = await house.records.history(contest_id)
    match what:
        case Paper.MINUTES:
            return await minutes_paper(house, history, t)
        case Paper.RESULTS:
            return await asyncio.to_thread(workbook, history, t)
        case _:
            return _zipped(await certificate_files(house, history, t, "pdf" if what is Paper.CERTIFICATES else "png"))


async def minutes_paper(house: House, history: History, t: Texts) -> bytes:
    """The official minutes as a Word file."""
    facts = Facts(
        programme=house.programme,
        title=title_of(_titles(house, history), t),
        group=await house.afterwards.group_title(history.row.chat_id),
        host=history.people.get(history.row.host_id, str(history.row.host_id)),
    )
    return await asyncio.to_thread(minutes_docx, history, facts, t)


async def certificate_files(house: House, history: History, t: Texts, *forms: str) -> list[tuple[str, bytes]]:
    """The certificates of a contest as files with their names, best place first."""
    event = show.event_name(title_of(_titles(house, history), t), history.row.bank, t)
    occasion = Occasion(house.programme, event, history.row.ended_at or history.row.opened_at)
    return await award_files(house, _placed(history.contest), occasion, t, *forms)


async def award_files(
    house: House, placed: tuple[Placed, ...], occasion: Occasion, t: Texts, *forms: str
) -> list[tuple[str, bytes]]:
    """Certificates for whoever is placed high enough, whatever it was that they won."""
    made: list[Certificate] = certificates(placed, occasion, house.awarding, t)
    files = await studio.drawn(made, *forms) if made else []
    names = [file_name(number, one, form) for number, one in enumerate(made, 1) for form in forms]
    return list(zip(names, files, strict=True))


def _placed(contest: Contest) -> tuple[Placed, ...]:
    alone = contest.rules.seating is Seating.INDIVIDUALS
    players = contest.seats.players
    return tuple(
        Placed(
            line.rank,
            line.name,
            ()
            if alone
            else tuple(players[member].name for member in contest.seats.teams[line.team].members if member in players),
        )
        for line in final_standings(contest).teams
    )


def _zipped(files: list[tuple[str, bytes]]) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return into.getvalue()


def _titles(house: House, history: History) -> dict[str, str]:
    return titles_of(house.contests.presets, history.row.preset)


async def recover(house: House) -> None:
    """Count what contests have left that ended before anybody counted."""
    await house.statistics.catch_up()


ROOM = Room(
    commands=(Command("review", review, N_("look back upon your last contest")),),
    presses={"after": press_paper, "rev": press_review},
    errors={
        "quiz.not_over": N_("The contest is not over yet."),
        "quiz.not_a_player": N_("You did not play in this contest."),
        "quiz.no_review": N_("You have not played in any contest yet."),
    },
    recover=recover,
)
