"""From events to messages: what the group and the host see, within the message budget.

A question costs the group at most three calls: it is sent, edited when somebody was first, edited with the ruling. The
rest are toasts. Rare happenings (a pause, an outage) cost one message more.
"""

from __future__ import annotations

from datetime import datetime

from quizzes import host_scenes, lineup_scenes, lobby_scenes, scenes, turn_scenes
from quizzes.bench_announce import LOBBY_EVENTS as BENCH_LOBBY_EVENTS
from quizzes.bench_announce import PANEL_EVENTS as BENCH_PANEL_EVENTS
from quizzes.bench_announce import BenchAnnouncer, decides_a_protest
from quizzes.engine import events as e
from quizzes.engine.frozen import dataclass
from quizzes.engine.phases import Contest, Lobby, Paused
from quizzes.lineup_views import DrillResult
from quizzes.live import MESSAGE_STAYS, Live
from quizzes.views import PictureCard
from storage import Rank, Tx, View

LISTENER = "contest"


@dataclass(frozen=True, slots=True)
class Titles:
    """What the group, the preset and we ourselves are called, for the host's panel and the cards."""

    group: str
    preset: dict[str, str]
    bot: str = ""


def lobby_ref(contest_id: int) -> str:
    """The name of the lobby's message."""
    return f"contest:{contest_id}:lobby"


def question_ref(contest_id: int, card: int) -> str:
    """The name of a question's message."""
    return f"contest:{contest_id}:q{card}"


def drill_ref(contest_id: int, nonce: int) -> str:
    """The name of a latency drill's message."""
    return f"contest:{contest_id}:drill{nonce}"


def panel_ref(contest_id: int) -> str:
    """The name of the host's panel."""
    return f"contest:{contest_id}:panel"


class Announcer:
    """Writes what events show into the outbox of their own transaction."""

    def __init__(self, tx: Tx, live: Live, titles: Titles, now: datetime, *, picture: bool = False) -> None:
        self._tx = tx
        self._live = live
        self._titles = titles
        self._now = now
        self._explained = False
        self._picture = picture

    def announce(self, events: tuple[e.Event, ...], *, lobby: bool = True) -> None:
        """Show each event as the contest stood right after it; ``lobby`` unset: its card is shown anew later."""
        live = self._live
        self._explained = decides_a_protest(events)
        bench = BenchAnnouncer(self._tx, live.row.chat_id, self._titles.group, self._titles.preset, self._now)
        for number, event in enumerate(events):
            before, live = live, live.after((event,))
            self._show(event, before, live, events[number + 1 :])
            bench.show(event, before, live, events[number + 1 :])
        if lobby and touches_lobby(events):
            self.show_lobby(live)
        if any(_touches_panel(event) for event in events):
            self._panel(live)

    def post_lobby(self, live: Live) -> None:
        """Let the lobby's card come as a new message."""
        card = lobby_scenes.lobby(live.id, live.contest, self._titles.preset)
        self._send(card, ref=lobby_ref(live.id), listener=True)

    def show_lobby(self, live: Live) -> None:
        """Let the lobby's card show who is there now."""
        self._edit(lobby_ref(live.id), lobby_scenes.lobby(live.id, live.contest, self._titles.preset), rank=Rank.PUSH)

    def _show(self, event: e.Event, before: Live, live: Live, rest: tuple[e.Event, ...]) -> None:
        contest = live.contest
        match event:
            case e.QuestionAsked():
                self._ask(event, live)
            case e.StakeAsked():
                card = turn_scenes.stake(live.id, contest, event)
                self._send(card, ref=question_ref(live.id, live.card), listener=True)
            case e.Staked() if event.stake is None:
                self._edit(question_ref(live.id, live.card), turn_scenes.passed(contest, event))
            case e.Buzzed():
                view = scenes.answering(live.id, contest, event)
                self._edit_or_send(question_ref(live.id, live.card), view, listener=True)
            case e.Ruled() if event.closes:
                self._edit(question_ref(live.id, live.card), scenes.ruling(contest, event, live.id))
            case e.RoundLost():
                reason = "outage" if event.reason is e.LossReason.OUTAGE else "lost"
                self._void(before, event.index, reason, staking=event.index is None)
            case e.PausedBy():
                self._void(before, event.voided, "paused", staking=_is_staking(before.contest))
                self._send(scenes.happening("engine_paused" if event.by is None else "paused", reason=event.reason))
            case e.Resumed():
                if not any(isinstance(later, e.QuestionAsked) for later in rest):
                    self._send(scenes.happening("resumed"))
            case e.AbortedBy():
                self._void(before, before.contest.open_index, "paused", staking=_is_staking(before.contest))
                self._send(
                    scenes.happening(
                        "aborted",
                        reason=event.reason,
                        scores=() if isinstance(before.contest.phase, Lobby) else scenes.scores(contest),
                    )
                )
            case e.Recovered():
                self._void(before, event.voided, "restart", staking=_is_staking(before.contest))
                if contest.gathers:
                    # Whoever sat down while the card rested is not on it yet, and its timer is gone with the process.
                    self.show_lobby(live)
                if before.contest.course.slot >= 0 and not isinstance(before.contest.phase, Paused):
                    self._send(scenes.happening("recovered"))
            case e.QuestionVoided() | e.QuestionReplaced() | e.Overruled() | e.ScoreCorrected():
                self._revise(event, before, contest)
            case e.CaptainAppointed() | e.Substituted() if not isinstance(contest.phase, Lobby):
                self._send(scenes.lineup_change(event, contest), rank=Rank.PUSH)
            case e.DrillAsked():
                self._send(lineup_scenes.drill(live.id, event), ref=drill_ref(live.id, event.nonce), listener=True)
            case e.DrillClosed():
                self._edit(drill_ref(live.id, event.nonce), lineup_scenes.drill_result(contest, event))
            case e.DrillDropped():
                self._edit(drill_ref(live.id, event.nonce), DrillResult(dropped=True))
            case e.ContestFinished():
                final = scenes.standings(live.id, contest, event.standings, self._titles.preset, revised=False)
                self._send(final, listener=True)
                if self._picture:
                    picture = PictureCard(contest_id=live.id, title=self._titles.preset, bank=contest.setup.bank)
                    self._send(picture, rank=Rank.PUSH)
            case e.StandingsRevised():
                revised = scenes.standings(live.id, contest, event.standings, self._titles.preset, revised=True)
                self._send(revised, listener=True)

    def _ask(self, event: e.QuestionAsked, live: Live) -> None:
        view = scenes.question(live.id, live.contest, event, self._titles.bot)
        ref = question_ref(live.id, live.card)
        # A text cannot become a picture: after its stake such a question is a message of its own under the same name.
        becomes_picture = event.reason is e.AskReason.STAKED and bool(view.question.media)
        if event.reason in MESSAGE_STAYS and not becomes_picture:
            self._edit_or_send(ref, view, listener=True)
        else:
            self._send(view, ref=ref, listener=True)

    def _revise(
        self,
        event: e.QuestionVoided | e.QuestionReplaced | e.Overruled | e.ScoreCorrected,
        before: Live,
        contest: Contest,
    ) -> None:
        if isinstance(event, e.QuestionVoided | e.QuestionReplaced) and before.contest.open_index == event.index:
            what = "voided" if isinstance(event, e.QuestionVoided) else "replaced"
            self._void(before, event.index, what)
        if not self._explained:
            self._send(scenes.revision(event, contest))

    def _void(self, before: Live, index: int | None, reason: str, *, staking: bool = False) -> None:
        """The message of a round that is over shows that it does not count."""
        if index is not None and before.card:
            self._edit(question_ref(before.id, before.card), scenes.void(before.contest, index, reason))
        elif staking and before.card:
            self._edit(question_ref(before.id, before.card), turn_scenes.stake_void(before.contest, reason))

    def _panel(self, live: Live) -> None:
        view = host_scenes.panel(live.id, live.contest, self._titles.group, live.acts)
        ref = panel_ref(live.id)
        if not self._tx.outbox.edit(ref, view, now=self._now, rank=Rank.PUSH):
            self._tx.outbox.say(live.row.host_id, view, now=self._now, rank=Rank.PUSH, ref=ref)

    def _send(self, view: View, *, ref: str | None = None, listener: bool = False, rank: Rank = Rank.CONTEST) -> None:
        self._tx.outbox.say(
            self._live.row.chat_id,
            view,
            now=self._now,
            rank=rank,
            ref=ref,
            listener=LISTENER if listener else None,
        )

    def _edit(self, ref: str, view: View, *, rank: Rank = Rank.CONTEST, listener: bool = False) -> bool:
        return self._tx.outbox.edit(ref, view, now=self._now, rank=rank, listener=LISTENER if listener else None)

    def _edit_or_send(self, ref: str, view: View, *, listener: bool) -> None:
        if not self._edit(ref, view, listener=listener):
            self._send(view, ref=ref, listener=listener)


def _is_staking(contest: Contest) -> bool:
    """Whether a stake is being chosen, or is to be chosen again."""
    return contest.is_under_way and contest.open_index is None


_LOBBY_EVENTS = (
    e.TeamMade,
    e.Joined,
    e.Left,
    e.ReadySet,
    e.CaptainAppointed,
    e.Substituted,
    e.Started,
    e.AbortedBy,
    *BENCH_LOBBY_EVENTS,
)
_LAST_WORDS = (e.Started, e.AbortedBy)


def touches_lobby(events: tuple[e.Event, ...]) -> bool:
    """Whether the lobby's card looks different afterwards."""
    return any(isinstance(event, _LOBBY_EVENTS) for event in events)


def closes_lobby(events: tuple[e.Event, ...]) -> bool:
    """Whether the lobby's card takes its last look."""
    return any(isinstance(event, _LAST_WORDS) for event in events)


def _touches_panel(event: e.Event) -> bool:
    """Whether the host's panel looks different afterwards: a question that goes on in its message is the same one."""
    if isinstance(event, e.QuestionAsked) and event.reason in MESSAGE_STAYS:
        return False
    return isinstance(event, _PANEL_EVENTS)


_PANEL_EVENTS = (
    e.Started,
    e.StakeAsked,
    e.QuestionAsked,
    e.PausedBy,
    e.Resumed,
    e.AbortedBy,
    e.QuestionReplaced,
    e.ContestFinished,
    *BENCH_PANEL_EVENTS,
)
