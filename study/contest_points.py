"""What contests, tournaments and practice mean for the ledger.

They are played by Telegram's users; whoever of them is on the roster is credited. Contests lie a floor below and know
nothing of points: ``bot.services`` lets these functions follow them, inside their transactions.
"""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from quizzes.engine.phases import Contest, Finished
from quizzes.engine.rules import Seating
from quizzes.engine.scoring import standings
from quizzes.live import load
from quizzes.tournament.state import Tournament
from storage import Tx
from storage.people import Person
from study.ledger import Happening, credit

_ANSWERS = (5, 10, 20, 50)
"""So many answers of a day are something that a rule may be about."""


def contest_follower(zone: ZoneInfo) -> Callable[[Tx, int, Contest, datetime], None]:
    """Credit everybody who played when a contest is over, and again when its standings are revised."""

    def follow(tx: Tx, contest_id: int, contest: Contest, now: datetime) -> None:
        row = tx.contests.get(contest_id)
        if row is None:
            return
        over = isinstance(contest.phase, Finished)
        day = (row.ended_at or now).astimezone(zone).date()
        final = standings(contest.rules, contest.seats, contest.awards)
        alone = contest.rules.seating is Seating.INDIVIDUALS
        about = {
            "preset": row.preset,
            "kind": "individual" if alone else "team",
            "bout": "no" if tx.tournaments.of_contest(contest_id) is None else "yes",
        }
        ranks = {line.team: line.rank for line in final.teams}
        for line in final.players:
            person = tx.people.by_user(line.player)
            if person is None:
                continue
            rank = line.rank if alone else ranks[line.team]
            facts = {
                "contest": Happening("contest.place", {**about, "place": str(rank)}),
                "contest_played": Happening("contest.played", about),
                "contest_right": Happening("contest.right", about, line.right) if line.right else None,
            }
            for table, what in facts.items():
                credit(tx, person.id, f"{table}:{contest_id}", what if over else None, day=day, now=now)

    return follow


def tournament_follower(zone: ZoneInfo) -> Callable[[Tx, int, Tournament, datetime], None]:
    """Credit the players of every placed team when a tournament is over, and again when its places change."""

    def follow(tx: Tx, tournament_id: int, tournament: Tournament, now: datetime) -> None:
        row = tx.tournaments.get(tournament_id)
        if row is None:
            return
        day = (row.ended_at or now).astimezone(zone).date()
        places = {tournament.entrants[one.entrant].name: one.place for one in tournament.places}
        for person, team in _players(tx, tournament_id).values():
            place = places.get(team)
            about = {"preset": row.preset, "place": str(place)}
            what = None if place is None else Happening("tournament.place", about)
            credit(tx, person.id, f"tournament:{tournament_id}", what, day=day, now=now)

    return follow


def _players(tx: Tx, tournament_id: int) -> dict[int, tuple[Person, str]]:
    """Whoever on the roster played in a tournament, and for which team (the last one, if there were several)."""
    found: dict[int, tuple[Person, str]] = {}
    for link in tx.tournaments.contests(tournament_id):
        row = tx.contests.get(link.contest_id)
        if row is None:
            continue
        seats = load(tx, row).contest.seats
        for user_id, player in seats.players.items():
            person = tx.people.by_user(user_id)
            if person is not None:
                found[person.id] = (person, seats.teams[player.team].name)
    return found


def practised(tx: Tx, user_id: int, day: date, now: datetime) -> None:
    """Credit a day's practice once it has come to a number of answers that rules may ask for."""
    answers = tx.practice.day(user_id, day).answers
    person = tx.people.by_user(user_id) if answers in _ANSWERS else None
    if person is not None:
        what = Happening("practice.day", {"answers": str(answers)})
        credit(tx, person.id, f"practice_{answers}:{day}", what, day=day, now=now)
