"""Opening a contest: its rules, its questions, its teams and judges, and the lobby's card, in one transaction."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from quizzes import banks
from quizzes.announce import LISTENER, lobby_ref
from quizzes.bench_announce import BALLOTS
from quizzes.bench_scenes import greeting
from quizzes.draw_words import written
from quizzes.draws import SPOKEN, Wanted
from quizzes.engine import commands as c
from quizzes.engine import commands_bench as cb
from quizzes.engine import events as e
from quizzes.engine import events_bench as eb
from quizzes.engine.decide import decide
from quizzes.engine.evolve import evolve
from quizzes.engine.frozen import dataclass
from quizzes.engine.phases import Contest
from quizzes.engine.questions import Question
from quizzes.engine.rules import EveryoneSegment, RiskSegment, Rules, Seating
from quizzes.errors import BadCount, ContestGoesOn, CountIsFixed, TooFewFitting
from quizzes.homes import teams_of
from quizzes.live import append
from quizzes.lobby_scenes import lobby
from quizzes.panels import named, recused
from quizzes.preset_draws import SegmentDraw
from quizzes.presets import Preset
from storage import Rank, Tx
from storage.contests import ContestRow

MOST_QUESTIONS = 200
_RESERVE = 5
_SEED_BITS = 62
"""A seed fits into every JSON reader's integers."""

SeasonStart = Callable[[Tx, int, datetime], datetime]
"""Since when a question counts as asked already in a group."""


@dataclass(frozen=True, slots=True)
class Fixture:
    """What a tournament fixes of a contest: who plays, which places may not be shared, what was asked already.

    ``opened`` is called with the contest's id in the transaction that opens it.
    """

    teams: tuple[str, ...]
    tie_places: tuple[int, ...]
    avoid: Callable[[Tx], frozenset[str]]
    opened: Callable[[Tx, int], None]

    def seated(self, rules: Rules) -> Rules:
        """The rules with these teams and no others."""
        least = min(rules.teams_least, len(self.teams))
        most = max(rules.teams_most, len(self.teams))
        return replace(rules, seating=Seating.FIXED, teams_least=least, teams_most=most, tie_places=self.tie_places)


@dataclass(frozen=True, slots=True)
class Opening:
    """What is opened, where and by whom; ``group``: the chat's title; the rest as in ``Contests.open``."""

    chat_id: int
    group: str
    host_id: int
    preset: Preset
    rules: Rules
    bank: str
    wanted: Wanted
    team_names: tuple[str, ...]
    fixture: Fixture | None


def rules_for(preset: Preset, *, settle: timedelta, count: int | None, fixture: Fixture | None) -> Rules:
    """The preset's rules as this contest plays them.

    Raises:
        BadCount: ``count`` does not fit them.
    """
    rules = _with_count(replace(preset.rules, settle=max(preset.rules.settle, settle)), count)
    return rules if fixture is None else fixture.seated(rules)


def open_lobby(
    tx: Tx, opening: Opening, *, dice: random.Random, season_start: SeasonStart, now: datetime
) -> tuple[ContestRow, tuple[e.Event, ...]]:
    """Open a lobby; the contest's row and its first events.

    Raises:
        UnknownBank, NoBanks, TooFewQuestions, TooFewFitting: nothing is opened.
        ContestGoesOn: there is one in this group already.
    """
    chat_id, preset, rules, fixture = opening.chat_id, opening.preset, opening.rules, opening.fixture
    if tx.contests.live_in(chat_id) is not None:
        raise ContestGoesOn()
    bank_name, questions = _questions(tx, opening, dice, season_start, now)
    contest_id = tx.contests.add(chat_id, preset=preset.name, bank=bank_name, host_id=opening.host_id, now=now)
    teams = () if rules.seating is Seating.INDIVIDUALS else teams_of(tx, chat_id) or opening.team_names[:2]
    if fixture is not None:
        teams = fixture.teams
        fixture.opened(tx, contest_id)
    seed = dice.getrandbits(_SEED_BITS)
    first = c.Open(str(contest_id), preset.name, rules, bank_name, questions, opening.host_id, teams, seed)
    contest, events = _begin(tx, opening, first, now)
    append(tx, contest_id, 0, events)
    title = dict(preset.title)
    for event in events:
        if isinstance(event, eb.JudgeNamed):
            hello = greeting(contest_id, contest, event, opening.group, title)
            tx.outbox.say(event.judge, hello, now=now, rank=Rank.CONTEST, listener=BALLOTS)
    card = lobby(contest_id, contest, title)
    tx.outbox.say(chat_id, card, now=now, rank=Rank.CONTEST, ref=lobby_ref(contest_id), listener=LISTENER)
    row = tx.contests.get(contest_id)
    assert row is not None
    return row, events


def _questions(
    tx: Tx, opening: Opening, dice: random.Random, season_start: SeasonStart, now: datetime
) -> tuple[str, tuple[Question, ...]]:
    """The bank's name and what is drawn from it; nothing where no questions are asked."""
    if not opening.rules.planned:
        return "", ()
    found = banks.find(tx, opening.bank)
    places = _places(opening.preset, opening.rules, opening.wanted, found.name)
    since = season_start(tx, opening.chat_id, now)
    avoid = frozenset[str]() if opening.fixture is None else opening.fixture.avoid(tx)
    drawn = banks.draw(tx, found, places, _RESERVE, dice, since=since, avoid=avoid)
    return found.name, banks.with_media(tx, found, drawn)


def _begin(tx: Tx, opening: Opening, first: c.Open, now: datetime) -> tuple[Contest, tuple[e.Event, ...]]:
    """The contest with the judges whom its preset names, those recused whose own unit plays."""
    events = decide(None, first, now=now)
    contest = evolve(None, events[0])
    for event in events[1:]:
        contest = evolve(contest, event)
    for judge in named(tx, opening.rules):
        naming = decide(contest, cb.NameJudge(judge.id, judge.name, opening.host_id), now=now)
        for event in naming:
            contest = evolve(contest, event)
        events += naming
    for event in decide(contest, cb.Recuse(recused(tx, contest, opening.chat_id)), now=now):
        contest = evolve(contest, event)
        events += (event,)
    return contest, events


def _with_count(rules: Rules, count: int | None) -> Rules:
    if count is None:
        return rules
    if len(rules.segments) != 1 or rules.speeches:
        raise CountIsFixed(planned=rules.planned)
    if not 1 <= count <= MOST_QUESTIONS:
        raise BadCount(most=MOST_QUESTIONS)
    return replace(rules, segments=(replace(rules.segments[0], questions=count),))


def _places(preset: Preset, rules: Rules, wanted: Wanted, bank: str) -> list[Wanted]:
    """What each question has to be, as the engine lays them out: what its segment draws, and what was asked for."""
    places: list[Wanted] = []
    for number, segment in enumerate(rules.segments):
        draw = preset.draws[number] if number < len(preset.draws) else SegmentDraw()
        drawn = [place.and_(wanted) for place in draw.places(segment.questions)]
        if isinstance(segment, EveryoneSegment):
            drawn = [_unspoken(place) for place in drawn]
        block = [place for place in drawn if place is not None]
        if len(block) < len(drawn):
            raise TooFewFitting(name=bank, kinds=wanted.kinds, labels=written(wanted), given=0, needed=len(drawn))
        if isinstance(segment, RiskSegment) and segment.pools:
            stakes = sorted(segment.stakes)
            block = [replace(place, stake=(segment.stakes, stake)) for stake in stakes for place in block]
        places += block
    return places


def _unspoken(place: Wanted | None) -> Wanted | None:
    """What everybody answers at once cannot be answered aloud."""
    if place is None or SPOKEN not in place.kinds:
        return place
    kinds = tuple(kind for kind in place.kinds if kind != SPOKEN)
    return replace(place, kinds=kinds) if kinds else None


def calendar_year(_tx: Tx, _chat_id: int, now: datetime) -> datetime:
    """Questions count as asked already since the year began."""
    return now.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
