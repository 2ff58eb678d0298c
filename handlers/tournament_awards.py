"""The certificates of a tournament: who is placed, the files, the message that brings them."""

from handlers.act import Press
from handlers.house import House
from handlers.present import afterwards as show
from handlers.present.certificates import Occasion, Placed
from handlers.present.tournament_awards import wish_of
from handlers.texts import Texts
from quizzes.engine.rules import Seating
from quizzes.tournament import events as e
from quizzes.tournament.results import Source
from quizzes.tournament_records import TournamentHistory
from study.errors import Forged


async def press_certificates(act: Press, tournament_id: int, form: str) -> None:
    """One of the two buttons on the card of a tournament that is decided."""
    if form == "pdf":
        await act.house.afterwards.ask_certificates(act.sender.id, tournament_id, "pdf", now=act.received_at)
    elif form == "png":
        await act.house.afterwards.ask_certificates(act.sender.id, tournament_id, "png", now=act.received_at)
    else:
        raise Forged()
    await act.toast(show.preparing(act.t))


async def wished(house: House, stored: str) -> tuple[tuple[Placed, ...], Occasion, str, Texts]:
    """What a stored name asks for, if whoever asked may still have it: who is placed, for what, in which form.

    Raises:
        NotAllowed: they may not have it any more.
    """
    form, tournament_id, user_id = wish_of(stored)
    await house.afterwards.check_certificates(user_id, tournament_id)
    history = await house.tournament_records.history(tournament_id)
    t = await house.languages.of(user_id)
    return await placed(house, history), occasion(house, history), form, t


def occasion(house: House, history: TournamentHistory) -> Occasion:
    """The tournament by its title, on the day of its final."""
    ended = [event.at for event in history.events if isinstance(event, e.Finished)]
    return Occasion(house.programme, history.bracket.title, ended[-1] if ended else history.row.opened_at)


async def placed(house: House, history: TournamentHistory) -> tuple[Placed, ...]:
    """Everybody who has a place, with the people who sat in the team in its last bout that was played with the bot."""
    found = []
    finished = [event for event in history.events if isinstance(event, e.Finished)]
    for one in finished[-1].places if finished else ():
        name = history.tournament.entrants[one.entrant].name
        found.append(Placed(one.place, name, await _members(house, history, one.entrant, name)))
    return tuple(found)


async def _members(house: House, history: TournamentHistory, entrant: int, name: str) -> tuple[str, ...]:
    for bout in sorted(history.tournament.bouts.values(), key=lambda bout: bout.number, reverse=True):
        result = bout.result
        if result is None or result.source is not Source.CONTEST or result.contest is None:
            continue
        if result.line(entrant) is None:
            continue
        contest = (await house.records.history(int(result.contest))).contest
        if contest.rules.seating is Seating.INDIVIDUALS:
            return ()
        team = next((team for team in contest.seats.teams.values() if team.name == name), None)
        if team is not None:
            players = contest.seats.players
            return tuple(players[member].name for member in team.members if member in players)
    return ()
