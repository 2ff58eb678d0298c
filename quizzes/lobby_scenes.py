"""The rules of a contest as numbers, and the lobby that shows them. Pure."""

from __future__ import annotations

from typing import Literal

from quizzes.engine.bench import needed
from quizzes.engine.codec import rules_to_dict
from quizzes.engine.phases import Aborted, Contest, Lobby, Paused
from quizzes.engine.rules import (
    BuzzerSegment,
    EveryoneSegment,
    RequiredSegment,
    RiskSegment,
    Seating,
    Segment,
    SpeechOrder,
    SpeechSegment,
)
from quizzes.engine.teams import PlayerId, Team
from quizzes.lineup_views import RulesCard
from quizzes.turn_scenes import turn_rules
from quizzes.views import (
    LobbyCard,
    LobbyTeam,
    PanelLine,
    SegmentLine,
    SpeechLine,
)


def segment_line(segment: Segment, count: int | None = None) -> SegmentLine:
    """A segment's rules as numbers; ``count``: how many questions it asks of the teams that are there."""
    buzzer = segment if isinstance(segment, BuzzerSegment) else None
    everyone = segment if isinstance(segment, EveryoneSegment) else None
    kinds: dict[type[Segment], Literal["buzzer", "everyone", "required", "risk"]] = {
        BuzzerSegment: "buzzer", EveryoneSegment: "everyone", RequiredSegment: "required", RiskSegment: "risk",
    }  # fmt: skip
    return SegmentLine(
        kind=kinds[type(segment)],
        questions=segment.questions if count is None else count,
        right=0 if isinstance(segment, RiskSegment) else segment.right,
        wrong=0 if isinstance(segment, RiskSegment) else segment.wrong,
        reading=segment.reading.total_seconds(),
        buzz=buzzer.buzz.total_seconds() if buzzer else 0,
        start=0 if isinstance(segment, EveryoneSegment) else segment.start.total_seconds(),
        answer=segment.answer.total_seconds(),
        rebounds=buzzer.rebounds if buzzer else 0,
        answerer=segment.answerer.value,
        speed_weighs=everyone is not None and everyone.speed_floor is not None,
        false_start=buzzer.false_start.value if buzzer else "refused",
        fine=buzzer.fine if buzzer else 0,
        not_started="wrong" if isinstance(segment, EveryoneSegment) else segment.not_started.value,
        turns=turn_rules(segment),
    )


def speech_line(segment: SpeechSegment) -> SpeechLine:
    """The rules of speeches as numbers."""
    return SpeechLine(
        drawn=segment.order is SpeechOrder.DRAWN,
        start=segment.start.total_seconds(),
        talk=segment.talk.total_seconds(),
        scoring=segment.scoring.total_seconds(),
        least=segment.least,
        most=segment.most,
        places=segment.places,
        drop=segment.drop,
        drop_from=segment.drop_from,
    )


def panel_line(contest: Contest) -> PanelLine | None:
    """Who judges and how, where there are judges or protests."""
    rules, bench = contest.rules, contest.bench
    ruled = bool(rules.judges.kinds or rules.speeches)
    if not (bench.judges or ruled or rules.protests is not None):
        return None
    return PanelLine(
        judges=tuple((one.name, one.id == bench.chief_id, one.recused) for one in bench.judges),
        rules=bool(rules.judges.kinds),
        needed=needed(bench, contest.setup.by, rules.judges.quorum),
        seconds=rules.judges.seconds.total_seconds(),
        chief=rules.judges.chief.total_seconds(),
        protests=0 if rules.protests is None else rules.protests.each,
        window=0 if rules.protests is None else rules.protests.window.total_seconds(),
    )


def lobby(contest_id: int, contest: Contest, title: dict[str, str]) -> LobbyCard:
    """The lobby as it stands."""
    rules, seats, phase = contest.rules, contest.seats, contest.phase
    players = seats.players
    state: Literal["open", "begun", "paused", "aborted"] = "begun"
    if isinstance(phase, Lobby):
        state = "open"
    elif isinstance(phase, Aborted):
        state = "aborted"
    elif isinstance(phase, Paused) and phase.lobby:
        state = "paused"
    teams = tuple(
        LobbyTeam(
            id=team.id,
            name=team.name,
            members=tuple(players[id_].name for id_ in _captain_first(team)),
            ready=team.ready,
            bench=tuple(players[id_].name for id_ in team.bench),
        )
        for team in seats.teams.values()
    )
    return LobbyCard(
        contest_id=contest_id,
        title=title,
        bank=contest.setup.bank,
        base=rules.base,
        grace=rules.grace.total_seconds(),
        segments=tuple(
            speech_line(segment) if isinstance(segment, SpeechSegment) else segment_line(segment, count)
            for segment, count in zip(rules.segments, contest.course.counts, strict=True)
        ),
        tie_break=rules.tie_break is not None,
        tie_places=rules.tie_places,
        individuals=rules.seating is Seating.INDIVIDUALS,
        teams=teams,
        panel=panel_line(contest),
        may_add=rules.seating is Seating.OPEN and len(seats.teams) < rules.teams_most,
        state=state,
    )


def _captain_first(team: Team) -> tuple[PlayerId, ...]:
    return tuple(sorted(team.members, key=lambda player: player != team.captain))


def rules_card(contest: Contest, title: dict[str, str]) -> RulesCard:
    """All the rules, for whoever asks."""
    return RulesCard(title=title, rules=rules_to_dict(contest.rules), counts=contest.course.counts)
