"""The lobby: the contest is opened, teams gather, the host starts."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime, timedelta

from quizzes.engine import commands as c
from quizzes.engine import errors
from quizzes.engine import events as e
from quizzes.engine.copying import replace
from quizzes.engine.evolve import evolve
from quizzes.engine.phases import Contest, Lobby
from quizzes.engine.plan import fair_counts, needed
from quizzes.engine.questions import Kind, Question
from quizzes.engine.rules import (
    Answerer,
    AnySegment,
    BuzzerSegment,
    EveryoneSegment,
    RequiredSegment,
    RiskSegment,
    Rules,
    Seating,
    SpeechSegment,
)
from quizzes.engine.speech import PLACES
from quizzes.engine.teams import Team
from quizzes.engine.turn_rules import NotChosen

NAME_MOST = 64
"""A team's name has to fit on a button."""
STAKES_MOST = 8


def open_lobby(command: c.Open, now: datetime) -> tuple[e.Event, ...]:
    """The first events of a contest.

    Raises:
        RulesUnusable: the rules cannot be played.
        QuestionUnusable: a question cannot be asked.
        TeamNameUnusable, TeamNameTaken: the teams given beforehand have such names.
    """
    check_rules(command.rules)
    for index, question in enumerate(command.questions):
        _check_question(index, question)
    opened = e.Opened(
        now, command.id, command.preset, command.rules, command.bank, command.questions, command.by, command.seed
    )
    contest = evolve(None, opened)
    events: list[e.Event] = [opened]
    for name in command.teams:
        made = replace(_made(contest, name, now), standing=True)
        contest = evolve(contest, made)
        events.append(made)
    return tuple(events)


def check_rules(rules: Rules) -> None:
    """Refuse rules that cannot be played.

    Raises:
        RulesUnusable: with ``problem`` and the ``field``.
    """
    if not rules.segments:
        raise errors.RulesUnusable(problem="no_segments", field="segments")
    if rules.planned < 1 and not rules.speeches:
        raise errors.RulesUnusable(problem="no_questions", field="questions")
    tie_break = () if rules.tie_break is None else (rules.tie_break,)
    protests = () if rules.protests is None else (rules.protests,)
    for part in (rules, *rules.segments, *tie_break, rules.judges, *protests):
        for field in fields(part):
            value = getattr(part, field.name)
            if isinstance(value, timedelta) and value < timedelta(0):
                raise errors.RulesUnusable(problem="negative_time", field=field.name)
    for segment in (*rules.segments, *tie_break):
        if segment.questions < 0:
            raise errors.RulesUnusable(problem="bad_number", field="questions")
        _check_segment(segment)
    if any(place < 1 for place in rules.tie_places):
        raise errors.RulesUnusable(problem="bad_number", field="tie_places")
    leasts = {"teams_least": 1, "teams_most": 1, "members_most": 1, "bench_most": 0, "substitutions": 0}
    for name, least in leasts.items():
        if getattr(rules, name) < least:
            raise errors.RulesUnusable(problem="bad_number", field=name)

    if rules.judges.quorum < 0:
        raise errors.RulesUnusable(problem="bad_number", field="quorum")
    if not set(rules.judges.kinds) <= {Kind.ORAL, Kind.FILL_IN}:
        raise errors.RulesUnusable(problem="bad_kind", field="kinds")
    if rules.protests is not None and rules.protests.each < 1:
        raise errors.RulesUnusable(problem="bad_number", field="each")
    if not 0 <= rules.decimals <= PLACES:
        raise errors.RulesUnusable(problem="bad_number", field="decimals")


def _check_speech(segment: SpeechSegment) -> None:
    for field, fits in (
        ("questions", segment.questions == 0),
        ("most", segment.least < segment.most),
        ("places", 0 <= segment.places <= PLACES),
        ("drop", segment.drop >= 0),
        ("drop_from", segment.drop_from >= 1),
        ("talk", bool(segment.talk)),
        ("scoring", bool(segment.scoring)),
    ):
        if not fits:
            raise errors.RulesUnusable(problem="bad_number", field=field)


def _check_segment(segment: AnySegment) -> None:
    match segment:
        case SpeechSegment():
            _check_speech(segment)
        case BuzzerSegment() if segment.rebounds < 0:
            raise errors.RulesUnusable(problem="bad_number", field="rebounds")
        case EveryoneSegment() if segment.best < 1:
            raise errors.RulesUnusable(problem="bad_number", field="best")
        case EveryoneSegment() if segment.speed_floor is not None and not 0 <= segment.speed_floor <= 100:
            raise errors.RulesUnusable(problem="bad_number", field="speed_floor")
        case RequiredSegment() if segment.passes_on < 0:
            raise errors.RulesUnusable(problem="bad_number", field="passes_on")
        case RiskSegment():
            stakes = segment.stakes
            if not 1 <= len(stakes) <= STAKES_MOST or len(set(stakes)) < len(stakes) or min(stakes) < 1:
                raise errors.RulesUnusable(problem="bad_stakes", field="stakes")
            if segment.not_chosen is NotChosen.PASS and not segment.may_pass:
                raise errors.RulesUnusable(problem="no_way_to_pass", field="not_chosen")
    if isinstance(segment, RequiredSegment | RiskSegment) and segment.answerer is Answerer.PRESSER:
        # Nobody presses for a question that is a team's own.
        raise errors.RulesUnusable(problem="bad_answerer", field="answerer")


def _check_question(index: int, question: Question) -> None:
    positions = question.answer
    if question.kind is Kind.ORAL:
        if question.options or positions:
            raise errors.QuestionUnusable(index=index, id=question.id)
        return
    if question.kind.typed:
        if question.options or positions or not any(map(question.accepts, question.accepted)):
            raise errors.QuestionUnusable(index=index, id=question.id)
        return
    usable = len(question.options) >= 2 and positions == tuple(sorted(set(positions))) and question.fits(positions)
    if not usable:
        raise errors.QuestionUnusable(index=index, id=question.id)


def _made(contest: Contest, name: str, now: datetime) -> e.TeamMade:
    name = name.strip()
    if not 1 <= len(name) <= NAME_MOST or not name.isprintable():
        raise errors.TeamNameUnusable(name=name, most=NAME_MOST)
    if contest.seats.named(name) is not None:
        raise errors.TeamNameTaken(name=name)
    if len(contest.seats.teams) >= contest.rules.teams_most:
        raise errors.TooManyTeams(most=contest.rules.teams_most)
    return e.TeamMade(now, contest.seats.next_team, name)


def join(contest: Contest, command: c.Join, now: datetime) -> tuple[e.Event, ...]:
    """Seat a player: in the lobby a second choice is a switch, later only newcomers are let in.

    A full team takes further people as substitutes, as many as the rules say.

    Raises:
        JudgesDoNotPlay, JoinTooLate, SwitchTooLate, AlreadySeated, TeamUnknown, TeamFull, BenchFull, TooManyTeams,
        TeamNameUnusable, OtherUnitsTeam, NoUnitsTeam.
    """
    rules, seats = contest.rules, contest.seats
    if contest.bench.judge(command.player) is not None:
        raise errors.JudgesDoNotPlay
    started = not isinstance(contest.phase, Lobby)
    if rules.seating is Seating.INDIVIDUALS:
        return _join_alone(contest, command, started, now)
    found = _found(contest, command)
    seat = contest.team_of(command.player)
    if found is not None and seat is not None and found.id == seat.id:
        raise errors.AlreadySeated(team=seat.name)
    if started and seat is not None:
        raise errors.SwitchTooLate(team=seat.name)
    if started and not rules.late_join:
        raise errors.JoinTooLate
    if rules.own_unit:
        _at_home(contest, command, found)
    left = None if seat is None else seat.id
    if found is not None:
        return (e.Joined(now, command.player, command.name, found.id, left, bench=_on_bench(rules, found)),)
    if command.team_name is None or rules.seating is Seating.FIXED:
        raise errors.TeamUnknown(team=command.team if command.team_name is None else command.team_name)
    # Whoever leaves a team of one to make another does not need room for two.
    if seat is not None and len(seat.members) == 1:
        seats = seats.without_player(command.player, keep=False)
    made = _made(replace(contest, seats=seats), command.team_name, now)
    return made, e.Joined(now, command.player, command.name, made.team, left)


def _at_home(contest: Contest, command: c.Join, found: Team | None) -> None:
    home = None if command.home is None else contest.seats.named(command.home)
    if home is None:
        raise errors.NoUnitsTeam
    if found is None or found.id != home.id:
        raise errors.OtherUnitsTeam(team=home.name)


def _on_bench(rules: Rules, team: Team) -> bool:
    """Whether whoever joins this team sits on its bench."""
    if len(team.members) < rules.members_most:
        return False
    if not rules.bench_most:
        raise errors.TeamFull(team=team.name, most=rules.members_most)
    if len(team.bench) >= rules.bench_most:
        raise errors.BenchFull(team=team.name, most=rules.members_most, bench=rules.bench_most)
    return True


def _found(contest: Contest, command: c.Join) -> Team | None:
    if command.team is not None:
        return contest.seats.teams.get(command.team)
    return None if command.team_name is None else contest.seats.named(command.team_name.strip())


def _join_alone(contest: Contest, command: c.Join, started: bool, now: datetime) -> tuple[e.Event, ...]:
    seat = contest.team_of(command.player)
    if seat is not None:
        raise errors.AlreadySeated(team=seat.name)
    if started and not contest.rules.late_join:
        raise errors.JoinTooLate
    if len(contest.seats.teams) >= contest.rules.teams_most:
        raise errors.TooManyTeams(most=contest.rules.teams_most)
    # Two people may share a name, so a team of one is not held to the rule for teams' names.
    made = e.TeamMade(now, contest.seats.next_team, command.name)
    return made, e.Joined(now, command.player, command.name, made.team)


def leave(contest: Contest, command: c.Leave, now: datetime) -> tuple[e.Event, ...]:
    """Raises: NotSeated, AlreadyStarted."""
    seat = contest.team_of(command.player)
    if seat is None:
        raise errors.NotSeated(player=command.player)
    _in_lobby(contest)
    return (e.Left(now, command.player, seat.id),)


def ready(contest: Contest, command: c.Ready, now: datetime) -> tuple[e.Event, ...]:
    """Saying the same again is a no-op. Raises: NotSeated, AlreadyStarted."""
    seat = contest.team_of(command.player)
    if seat is None:
        raise errors.NotSeated(player=command.player)
    _in_lobby(contest)
    if seat.ready == command.ready:
        return ()
    return (e.ReadySet(now, seat.id, command.ready, command.player),)


def start(contest: Contest, command: c.Start, now: datetime) -> tuple[e.Event, ...]:
    """Raises: AlreadyStarted, NoPlayers, TooFewTeams, TeamsNotReady, TooFewQuestions, TooFewForTeams, NoJudges."""
    _in_lobby(contest)
    rules, manned = contest.rules, contest.seats.manned
    if not manned:
        raise errors.NoPlayers
    if len(manned) < rules.teams_least:
        raise errors.TooFewTeams(least=rules.teams_least, teams=len(manned))
    waiting = tuple(team.name for team in manned if not team.ready)
    if rules.all_ready and waiting:
        raise errors.TeamsNotReady(teams=waiting)
    if len(contest.setup.questions) < needed(rules):
        raise errors.TooFewQuestions(needed=needed(rules), given=len(contest.setup.questions))
    if rules.speeches and not contest.bench.is_manned:
        raise errors.NoJudges
    counts = fair_counts(rules, len(manned))
    for segment, count in zip(rules.segments, counts, strict=True):
        if segment.questions and not count:
            kind = "risk" if isinstance(segment, RiskSegment) else "required"
            raise errors.TooFewForTeams(segment=kind, questions=segment.questions, teams=len(manned))
    return (e.Started(now, command.by, now + rules.pause, counts),)


def _in_lobby(contest: Contest) -> None:
    if not isinstance(contest.phase, Lobby):
        raise errors.AlreadyStarted
