"""The standings as a picture for the group: the words in it, the message that brings it."""

from handlers.present.contest_words import title_of
from handlers.present.pictures.standings import Line, StandingsPicture
from handlers.present.points import amount
from handlers.present.shown import Attachment, Shown, shows
from handlers.texts import N_, Texts
from quizzes.engine.phases import Contest
from quizzes.engine.rules import Seating
from quizzes.engine.scoring import AwardKind, standings
from quizzes.records import History, asks
from quizzes.views import PictureCard

PREFIX = "standings:"
"""How the stored name of a standings picture begins; the contest's number follows."""
_MOST = 50


@shows(PictureCard)
def picture(view: PictureCard, t: Texts) -> Shown:
    """A photo with a short caption."""
    text = N_("🏆 Standings: {title} · {bank}") if view.bank else N_("🏆 Standings: {title}")
    caption = t.html(text, title=title_of(view.title, t), bank=view.bank)
    attachment = Attachment("photo", stored=f"{PREFIX}{view.contest_id}", name=f"standings-{view.contest_id}.png")
    return Shown(caption, attachment=attachment, silent=True)


def contest_of(stored: str) -> int:
    """The contest that a stored name means."""
    return int(stored.removeprefix(PREFIX))


def standings_picture(history: History, programme: str, titles: dict[str, str], t: Texts) -> StandingsPicture:
    """What is drawn: the teams with their scores, and how they have moved since half-time."""
    contest = history.contest
    now = standings(contest.rules, contest.seats, contest.awards)
    moved = movements(contest)
    at = history.row.ended_at or history.row.opened_at
    facts = [title_of(titles, t), contest.setup.bank, t.day(at.astimezone(t.zone).date())]
    return StandingsPicture(
        over=programme,
        title=t("Final standings"),
        below=" · ".join(filter(None, facts)),
        lines=tuple(
            Line(
                line.rank,
                line.name,
                amount(line.score, contest.rules.decimals),
                t("{right} right, {wrong} wrong", right=line.right, wrong=line.wrong) if asks(contest) else "",
                moved.get(line.team, 0),
            )
            for line in now.teams[:_MOST]
        ),
        note=_note(
            len(now.teams), t, moved=any(moved.values()), individuals=contest.rules.seating is Seating.INDIVIDUALS
        ),
    )


def _note(teams: int, t: Texts, *, moved: bool, individuals: bool) -> str:
    notes = [t("▲▼ against the rank at half-time")] if moved else []
    if teams > _MOST:
        more = teams - _MOST
        notes.append(t("and {n} more players", n=more) if individuals else t("and {n} more teams", n=more))
    return " · ".join(notes)


def movements(contest: Contest) -> dict[int, int]:
    """How many places each team has gained since half of the questions were closed; nothing before four questions."""
    closed = [record.index for record in contest.records]
    if len(closed) < 4:
        return {}
    half = set(closed[: len(closed) // 2])
    early = tuple(award for award in contest.awards if award.index in half and award.kind is not AwardKind.HAND)
    before = {line.team: line.rank for line in standings(contest.rules, contest.seats, early).teams}
    now = standings(contest.rules, contest.seats, contest.awards).teams
    return {line.team: before[line.team] - line.rank for line in now}
