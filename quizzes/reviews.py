"""A player's own review after a contest: what was asked, what they answered, what was right.

In a question that everyone answered nobody sees anybody else's answer; where a team answers as one, its answer is its
members' too. Nothing is shown before the contest is over.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, ClassVar, Literal

from quizzes.account import AskedQuestion, Given, answer_of, asked_questions
from quizzes.engine import events as e
from quizzes.engine import events_bench as eb
from quizzes.engine.bench import Decision
from quizzes.engine.phases import Aborted, Contest, Finished
from quizzes.engine.rules import Answerer, EveryoneSegment, Seating
from quizzes.engine.scoring import standings
from quizzes.engine.teams import PlayerId, TeamId
from quizzes.errors import QuizError
from quizzes.live import events_of, load
from quizzes.part import Part
from storage import Database, Rank, Tx, View
from storage.contests import ContestRow

_PAGE = 2600
"""Characters of questions on a page: with buttons, numbers and words around them a message stays below 4096."""
_ENTRIES = 8
"""So many questions stand on a page at the most."""
_MOST = 10
"""So many contests are offered to choose from."""
_KEPT = 8
"""So many accounts of contests stay in memory: after a contest all its players look at the same one."""


class ContestNotOver(QuizError):
    """The contest goes on; it is looked back upon when it is over."""

    code = "quiz.not_over"


class NotAPlayer(QuizError):
    """Whoever asks did not play in this contest."""

    code = "quiz.not_a_player"


class NoReviewYet(QuizError):
    """Whoever asks has played in no contest so far."""

    code = "quiz.no_review"


class Entry(Part):
    """One question of a review.

    ``verdict``: how it went for the player or their team; ``own`` tells whether the player answered, else ``by`` did.
    ``answer`` is None where it is not told: the question was void.
    """

    number: int
    kind: str
    text: str
    options: tuple[str, ...]
    chosen: str
    answer: str | None
    explanation: str
    verdict: Literal["right", "wrong", "silent", "others", "nobody", "void"]
    own: bool
    spoken: bool
    by: str
    points: int
    protests: tuple[tuple[str, str], ...] = ()
    """Of each team that protested how it ended: ``stands``, ``overturned``, ``void``, or ``open``."""


class Talk(Part):
    """Somebody's own speech: the score, the judges' scores (hundredths) that count, and those that were dropped."""

    points: int
    counted: tuple[int, ...]
    dropped: tuple[int, ...]


class ReviewCard(View):
    """One page of somebody's review; pages count from 0."""

    kind: ClassVar[str] = "contest.review"
    contest_id: int
    title: dict[str, str]
    bank: str
    opened_at: datetime
    page: int
    pages: int
    rank: int
    of: int
    score: int
    team: str | None
    team_rank: int
    right: int
    wrong: int
    mean_ms: int | None
    entries: tuple[Entry, ...]
    decimals: int = 0
    asks: bool = True
    """Whether there were questions at all; ``played`` is False for a substitute who never came on."""
    played: bool = True
    talk: Talk | None = None


class ReviewChoice(Part):
    """A contest to look back upon."""

    contest_id: int
    title: dict[str, str]
    bank: str
    opened_at: datetime


class ReviewMenu(View):
    """The contests that somebody played in."""

    kind: ClassVar[str] = "contest.reviews"
    contests: tuple[ReviewChoice, ...]


_Account = tuple[Contest, tuple[AskedQuestion, ...], dict[TeamId, Talk]]


class Reviews:
    """Hands every player their own review. ``titles``: what each preset is called, by language."""

    def __init__(self, database: Database, titles: dict[str, dict[str, str]]) -> None:
        self._database = database
        self._titles = titles
        self._kept: OrderedDict[tuple[int, int], _Account] = OrderedDict()

    async def reachable(self, user_id: int) -> bool:
        """Whether a private message to somebody arrives, as far as is known."""

        def work(tx: Tx) -> bool:
            user = tx.places.user(user_id)
            return user is not None and user.reachable

        return await self._database.read(work)

    async def menu(self, user_id: int) -> ReviewMenu:
        """The contests that somebody can look back upon.

        Raises:
            NoReviewYet: there is none.
        """

        def work(tx: Tx) -> ReviewMenu:
            rows = [tx.contests.get(contest_id) for contest_id in tx.tallies.contests_of(user_id, _MOST)]
            return ReviewMenu(
                contests=tuple(
                    ReviewChoice(
                        contest_id=row.id,
                        title=self._title(row.preset),
                        bank=row.bank,
                        opened_at=row.opened_at,
                    )
                    for row in rows
                    if row is not None
                )
            )

        found = await self._database.read(work)
        if not found.contests:
            raise NoReviewYet()
        return found

    async def page(self, user_id: int, contest_id: int, page: int) -> ReviewCard:
        """A page of somebody's review; one that does not exist is the last.

        Raises:
            NotAPlayer: they did not play in it, or there is no such contest.
            ContestNotOver: it goes on.
        """

        row, events = await self._database.read(
            lambda tx: (tx.contests.get(contest_id), tx.contests.count_events(contest_id))
        )
        if row is None:
            raise NotAPlayer()
        contest, asked, talks = await self._account(row, events)
        if user_id not in contest.seats.players:
            raise NotAPlayer()
        if not isinstance(contest.phase, Finished | Aborted):
            raise ContestNotOver()
        pages = paged(entries(contest, asked, user_id))
        at = min(max(page, 0), len(pages) - 1)
        return ReviewCard(
            contest_id=contest_id,
            title=self._title(row.preset),
            bank=row.bank,
            opened_at=row.opened_at,
            page=at,
            pages=len(pages),
            entries=pages[at],
            decimals=contest.rules.decimals,
            asks=len(contest.rules.speeches) < len(contest.rules.segments),
            talk=talks.get(contest.seats.players[user_id].team),
            **_figures(contest, asked, user_id),
        )

    async def send(self, user_id: int, card: View, *, now: datetime) -> None:
        """Put a review, or the choice of reviews, into somebody's private chat."""
        await self._database.write(lambda tx: tx.outbox.say(user_id, card, now=now, rank=Rank.REPLY))

    async def _account(self, row: ContestRow, count: int) -> _Account:
        known = self._kept.get((row.id, count))
        if known is not None:
            return known

        def work(tx: Tx) -> _Account:
            contest, log = load(tx, row).contest, events_of(tx, row.id)
            return contest, asked_questions(contest, log), talks(log)

        known = await self._database.read(work)
        if isinstance(known[0].phase, Finished | Aborted):
            self._kept[row.id, count] = known
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return known

    def _title(self, preset: str) -> dict[str, str]:
        return dict(self._titles.get(preset, {"zh-CN": preset, "en": preset}))


def talks(log: Iterable[e.Event]) -> dict[TeamId, Talk]:
    """The speech of each team as it was scored last. Pure."""
    return {
        event.team: Talk(
            points=event.points,
            counted=tuple(mark.score for mark in event.marks if mark.counts),
            dropped=tuple(mark.score for mark in event.marks if not mark.counts),
        )
        for event in log
        if isinstance(event, eb.TalkScored)
    }


def entries(contest: Contest, asked: Sequence[AskedQuestion], player: PlayerId) -> tuple[Entry, ...]:
    """What a player may see of each question that was closed. Pure."""
    return tuple(_entry(contest, one, player) for one in asked if one.state != "open")


def _entry(contest: Contest, asked: AskedQuestion, player: PlayerId) -> Entry:
    seat = contest.seats.players[player]
    team = contest.seats.teams[seat.team].name
    mine = next((given for given in asked.answers if given.player == player), None)
    shown = mine
    if shown is None and not _is_private(contest, asked):
        shown = next((given for given in asked.answers if given.team == team), None)
    void = asked.state == "void"
    question = asked.question
    return Entry(
        number=asked.number,
        kind=question.kind.value,
        text=question.text,
        options=question.options,
        chosen=shown.chosen if shown is not None else "",
        answer=None if void else answer_of(question),
        explanation="" if void else question.explanation,
        verdict=_verdict(asked, shown, private=_is_private(contest, asked)),
        own=mine is not None,
        spoken=shown is not None and shown.spoken,
        by=shown.name if shown is not None and mine is None else "",
        points=shown.points if shown is not None else 0,
        protests=tuple(
            (contest.seats.teams[protest.team].name, _ended(protest.state))
            for protest in contest.bench.protests
            if protest.index == asked.index
        ),
    )


def _ended(state: object) -> str:
    """How a protest ended; one that nobody judged is rejected."""
    if not isinstance(state, Decision):
        return "open"
    return state.verdict.value if state.verdict is not None else "stands"


def _is_private(contest: Contest, asked: AskedQuestion) -> bool:
    """Everyone answered for themselves, so an answer is nobody else's business."""
    segment = contest.rules.segment(asked.segment)
    return isinstance(segment, EveryoneSegment) and segment.answerer is not Answerer.CAPTAIN


def _verdict(
    asked: AskedQuestion, shown: Given | None, *, private: bool
) -> Literal["right", "wrong", "silent", "others", "nobody", "void"]:
    if asked.state == "void":
        return "void"
    if shown is not None:
        return "right" if shown.right else "wrong"
    if asked.state == "nobody":
        return "nobody"
    return "silent" if private else "others"


def _figures(contest: Contest, asked: Sequence[AskedQuestion], player: PlayerId) -> dict[str, Any]:
    now = standings(contest.rules, contest.seats, contest.awards)
    team = next(one for one in now.teams if one.team == contest.seats.players[player].team)
    line = next((one for one in now.players if one.player == player), None)
    took = [given.took_ms for one in asked for given in one.answers if given.player == player and given.is_answer]
    return {
        "rank": line.rank if line is not None else 0,
        "of": len(now.players),
        "score": line.score if line is not None else 0,
        "played": line is not None,
        "team": None if contest.rules.seating is Seating.INDIVIDUALS else team.name,
        "team_rank": team.rank,
        "right": line.right if line is not None else 0,
        "wrong": line.wrong if line is not None else 0,
        "mean_ms": round(sum(took) / len(took)) if took else None,
    }


def paged(found: Sequence[Entry], most: int = _PAGE, entries_most: int = _ENTRIES) -> list[tuple[Entry, ...]]:
    """The entries in pages of about ``most`` characters; a page has one at least, and there is one page at least."""
    pages: list[list[Entry]] = [[]]
    room = most
    for entry in found:
        size = 60 + len(entry.text) + sum(len(option) + 4 for option in entry.options) + len(entry.explanation)
        if pages[-1] and (size > room or len(pages[-1]) == entries_most):
            pages.append([])
            room = most
        pages[-1].append(entry)
        room -= size
    return [tuple(page) for page in pages]
