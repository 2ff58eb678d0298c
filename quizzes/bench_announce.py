"""What events around the bench send: ballots in private, protests and speeches to the group."""

from __future__ import annotations

import json
from datetime import datetime

from quizzes import bench_scenes as scenes
from quizzes.bench_views import BenchHappening, ScoreSheet
from quizzes.engine import events as e
from quizzes.engine import events_bench as eb
from quizzes.engine.bench import Matter
from quizzes.engine.phases import Contest, Judging
from quizzes.engine.stage import STAGE_PHASES
from quizzes.engine.teams import PlayerId
from quizzes.live import Live
from quizzes.scenes import scores
from storage import Rank, Tx, View

BALLOTS = "ballots"
"""Who is told whether a judge could be reached."""
LISTENER = "contest"
SCORING = "contest.score"
"""The conversation in which a judge types a score."""


def ballot_ref(contest_id: int, matter: Matter, number: int, judge: PlayerId) -> str:
    """The name of a judge's message on a matter."""
    return f"contest:{contest_id}:ballot:{matter.value}:{number}:{judge}"


def sheet_ref(contest_id: int, nonce: int, judge: PlayerId) -> str:
    """The name of a judge's score sheet."""
    return f"contest:{contest_id}:sheet:{nonce}:{judge}"


def speaker_ref(contest_id: int, nonce: int) -> str:
    """The name of a speaker's message."""
    return f"contest:{contest_id}:speaker:{nonce}"


class BenchAnnouncer:
    """Writes what events of the bench show into the outbox of their own transaction."""

    def __init__(self, tx: Tx, group_id: int, group: str, title: dict[str, str], now: datetime) -> None:
        self._tx = tx
        self._group_id = group_id
        self._group = group
        self._title = title
        self._now = now

    def show(self, event: e.Event, before: Live, live: Live, rest: tuple[e.Event, ...]) -> None:
        """Show one event; ``rest`` follows in the same transaction."""
        contest = live.contest
        match event:
            case eb.JudgeNamed() if before.contest.bench.judge(event.judge) is None:
                greeting = scenes.greeting(live.id, contest, event, self._group, self._title)
                self._private(event.judge, greeting, None)
            case eb.JudgeUnreachable():
                self._say(BenchHappening(what="unreachable", names=(scenes.judge_name(contest, event.judge),)))
            case eb.AnswerEnded():
                self._ask_judges(live, Matter.RULING, event.nonce)
            case eb.Protested():
                self._say(scenes.protest(contest, event.protest))
                self._ask_judges(live, Matter.PROTEST, event.protest)
            case eb.ProtestExplained():
                self._refresh(live, Matter.PROTEST, event.protest)
            case eb.BallotCast():
                self._refresh(live, event.matter, event.number, only=event.judge)
            case eb.HandedToChief() | eb.DocketRenewed():
                self._refresh(live, event.matter, event.number)
            case eb.Decided():
                self._decided(event, before, live, rest)
            case eb.Extended():
                self._say(BenchHappening(what="extended", seconds=event.seconds, reason=event.reason))
            case eb.ClosingBegun() if event.ends_at > event.at:
                self._say(BenchHappening(what="closing", seconds=(event.ends_at - event.at).total_seconds()))
            case _:
                self._stage(event, before, live)
        overtaken = isinstance(before.contest.phase, Judging) and not isinstance(contest.phase, Judging)
        if overtaken and not isinstance(event, e.Ruled):
            self._overtake(before)

    def _say(self, view: View, *, ref: str | None = None, listener: str | None = None) -> None:
        self._tx.outbox.say(self._group_id, view, now=self._now, rank=Rank.CONTEST, ref=ref, listener=listener)

    def _private(self, judge: PlayerId, view: View, ref: str | None) -> None:
        self._tx.outbox.say(judge, view, now=self._now, rank=Rank.CONTEST, ref=ref, listener=BALLOTS)

    def _edit(self, ref: str, view: View) -> bool:
        return self._tx.outbox.edit(ref, view, now=self._now, rank=Rank.CONTEST)

    def _ask_judges(self, live: Live, matter: Matter, number: int) -> None:
        for judge in live.contest.bench.sitting(live.contest.setup.by):
            card = scenes.ballot(live.id, live.contest, matter, number, judge, self._group, self._now)
            if card is not None:
                self._private(judge, card, ballot_ref(live.id, matter, number, judge))

    def _voters(self, contest: Contest) -> tuple[PlayerId, ...]:
        return (*(judge.id for judge in contest.bench.judges), contest.setup.by)

    def _refresh(
        self,
        live: Live,
        matter: Matter,
        number: int,
        *,
        only: PlayerId | None = None,
        decided: eb.Decided | None = None,
        overtaken: bool = False,
    ) -> None:
        for judge in self._voters(live.contest) if only is None else (only,):
            card = scenes.ballot(
                live.id, live.contest, matter, number, judge, self._group, self._now, decided, overtaken=overtaken
            )
            if card is not None:
                self._edit(ballot_ref(live.id, matter, number, judge), card)

    def _decided(self, event: eb.Decided, before: Live, live: Live, rest: tuple[e.Event, ...]) -> None:
        # The ballots are known before the decision; what the protest did to the score is known after all of it.
        self._refresh(before, event.matter, event.number, decided=event)
        if event.matter is Matter.PROTEST:
            self._say(scenes.protest(live.after(rest).contest, event.number, event))

    def _overtake(self, before: Live) -> None:
        phase = before.contest.phase
        assert isinstance(phase, Judging)
        self._refresh(before, Matter.RULING, phase.nonce, overtaken=True)

    def _stage(self, event: e.Event, before: Live, live: Live) -> None:
        contest, phase = live.contest, live.contest.phase
        earlier = before.contest.phase
        match event:
            case eb.SpeakerCalled() if isinstance(phase, STAGE_PHASES):
                card = scenes.speaker(live.id, contest, phase, "called")
                self._say(card, ref=speaker_ref(live.id, event.nonce), listener=LISTENER)
            case eb.TalkBegun() if isinstance(phase, STAGE_PHASES):
                self._speaker(live, scenes.speaker(live.id, contest, phase, "talking"), event.nonce)
            case eb.TalkWarned() if isinstance(phase, STAGE_PHASES):
                left = (event.closes_at - event.at).total_seconds()
                self._speaker(live, scenes.speaker(live.id, contest, phase, "warned", left=left), event.nonce)
            case eb.TalkEnded() if isinstance(phase, STAGE_PHASES):
                self._speaker(live, scenes.speaker(live.id, contest, phase, "scoring"), event.nonce)
                self._sheets(live, event)
            case eb.ScoreGiven():
                self._sheet_given(live, event)
            case eb.ScoringEmpty() if isinstance(phase, STAGE_PHASES):
                self._speaker(live, scenes.speaker(live.id, contest, phase, "unscored"), event.nonce)
                self._close_sheets(before, event.nonce, event.team)
            case eb.TalkScored() if isinstance(earlier, STAGE_PHASES):
                card = scenes.speaker(live.id, before.contest, earlier, "scored", scored=event)
                self._speaker(live, card.model_copy(update={"scores": scores(contest)}), event.nonce)
                self._close_sheets(before, event.nonce, event.team, event)
            case eb.SpeakerSkipped() if isinstance(earlier, STAGE_PHASES):
                card = scenes.speaker(live.id, before.contest, earlier, "skipped", reason=event.reason)
                self._speaker(live, card, event.nonce)
                self._close_sheets(before, event.nonce, event.team)
            case e.PausedBy() | e.AbortedBy() if isinstance(earlier, STAGE_PHASES):
                self._speaker(live, scenes.speaker(live.id, before.contest, earlier, "void"), earlier.nonce)
                self._close_sheets(before, earlier.nonce, earlier.team)
            case _:
                pass

    def _speaker(self, live: Live, card: View, nonce: int) -> None:
        self._edit(speaker_ref(live.id, nonce), card)

    def _sheets(self, live: Live, event: eb.TalkEnded) -> None:
        seconds = (event.due_at - event.at).total_seconds()
        for judge in live.contest.bench.sitting(live.contest.setup.by):
            card = scenes.sheet(live.id, live.contest, event.nonce, event.team, judge, self._group, seconds)
            ref = sheet_ref(live.id, event.nonce, judge)
            if not (event.repeated and self._edit(ref, card)):
                self._private(judge, card, ref)
            body = json.dumps({"contest_id": live.id, "nonce": event.nonce})
            self._tx.conversations.put(judge, judge, SCORING, body, now=self._now)

    def _sheet_given(self, live: Live, event: eb.ScoreGiven) -> None:
        phase = live.contest.phase
        if not isinstance(phase, STAGE_PHASES):
            return
        card = scenes.sheet(live.id, live.contest, event.nonce, phase.team, event.judge, self._group, 0)
        given = card.model_copy(update={"state": "given", "mine": event.score})
        self._edit(sheet_ref(live.id, event.nonce, event.judge), given)
        self._end_typing(event.judge)

    def _close_sheets(self, before: Live, nonce: int, team: int, scored: eb.TalkScored | None = None) -> None:
        marks = {mark.judge: mark for mark in scored.marks} if scored is not None else {}
        for judge in self._voters(before.contest):
            mark = marks.get(judge)
            card: ScoreSheet = scenes.sheet(before.id, before.contest, nonce, team, judge, self._group, 0)
            closed = card.model_copy(
                update={
                    "state": "closed",
                    "mine": None if mark is None else mark.score,
                    "dropped": mark is not None and not mark.counts,
                }
            )
            self._edit(sheet_ref(before.id, nonce, judge), closed)
            self._end_typing(judge)

    def _end_typing(self, judge: PlayerId) -> None:
        under_way = self._tx.conversations.get(judge, judge)
        if under_way is not None and under_way.topic == SCORING:
            self._tx.conversations.end(judge, judge)


def decides_a_protest(events: tuple[e.Event, ...]) -> bool:
    """Whether what is revised follows from a protest, which tells the group of it."""
    return any(isinstance(event, eb.Decided) and event.matter is Matter.PROTEST for event in events)


PANEL_EVENTS = (
    eb.JudgeUnreachable,
    eb.SpeakerCalled,
    eb.TalkBegun,
    eb.TalkEnded,
    eb.ScoringEmpty,
    eb.TalkScored,
    eb.SpeakerSkipped,
    eb.Extended,
    eb.AnswerEnded,
    eb.Decided,
    eb.Protested,
    e.ScoreCorrected,
    e.Overruled,
    e.QuestionVoided,
)
"""After these the host's panel looks different."""
LOBBY_EVENTS = (eb.JudgeNamed, eb.JudgeDismissed, eb.JudgeRecused)
