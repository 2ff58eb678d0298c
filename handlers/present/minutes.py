"""The official minutes of a contest, line by line from its events."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from handlers.present.bench_minutes import bench_line, judges
from handlers.present.contest_news import STANDING
from handlers.present.points import amount
from handlers.present.turn_words import answer_words
from handlers.texts import N_, Texts
from quizzes.account import answer_of
from quizzes.engine import events as e
from quizzes.engine import events_bench as eb
from quizzes.engine.rules import Seating
from quizzes.engine.scoring import Award
from quizzes.records import History, asks, final_standings

_PRESSES = {
    e.PressKind.FIRST: N_("first"),
    e.PressKind.IN_TIME: N_("in time"),
    e.PressKind.LATER: N_("somebody else was first"),
    e.PressKind.TOO_LATE: N_("too late"),
    e.PressKind.FALSE_START: N_("false start"),
    e.PressKind.NOT_YOUR_TURN: N_("not their turn"),
    e.PressKind.SECOND: N_("pressed already"),
}
_ASKED = {
    e.AskReason.NEXT: N_("Question {number}: {text}"),
    e.AskReason.AGAIN: N_("Question {number}, asked again: {text}"),
    e.AskReason.REBOUND: N_("Question {number}, to the other teams: {text}"),
    e.AskReason.REPLACED: N_("Question {number}, in place of another: {text}"),
    e.AskReason.STAKED: N_("Question {number}: {text}"),
}
_LOSSES = {
    e.LossReason.NOT_SHOWN: N_("the question could not be shown"),
    e.LossReason.CALL_NOT_SHOWN: N_("the call to answer could not be shown"),
    e.LossReason.OUTAGE: N_("the bot was cut off"),
}
_RULINGS = {
    e.RulingReason.ANSWERED: N_("answered"),
    e.RulingReason.NOT_STARTED: N_("did not begin in time"),
    e.RulingReason.NOT_ANSWERED: N_("did not finish in time"),
    e.RulingReason.NOBODY_BUZZED: N_("nobody buzzed"),
    e.RulingReason.FALSE_START: N_("false start"),
    e.RulingReason.EVERYONE: N_("everyone answered"),
    e.RulingReason.JUDGED: N_("by the judges"),
    e.RulingReason.NOT_JUDGED: N_("nobody judged in time"),
}


def minutes(history: History, t: Texts) -> list[str]:
    """Every event with its time, then the standings that the replay gives."""
    book = Book(history, t)
    row = history.row
    title = (
        N_("Minutes of contest {id}: {preset}, bank “{bank}”") if row.bank else N_("Minutes of contest {id}: {preset}")
    )
    lines = [t(title, id=row.id, preset=row.preset, bank=row.bank)]
    lines.append(t("Opened on {day}", day=t.day(history.row.opened_at.astimezone(t.zone).date())))
    panel = judges(history, t)
    if panel:
        lines.append(t("Judges: {names}", names=t(", ").join(panel)))
    for event in history.events:
        text = book.line(event)
        if text:
            lines.append(f"{clock(event.at, t)}  {text}")
    lines += ["", t("Standings")]
    now = final_standings(history.contest)
    for team in now.teams:
        score = amount(team.score, history.contest.rules.decimals)
        if asks(history.contest):
            line = t(STANDING, name=team.name, score=score, right=team.right, wrong=team.wrong)
        else:
            line = t("{name}  {points} points", name=team.name, points=score)
        lines.append(f"{team.rank}. {line}")
    lines.append(agreement(history, t))
    return lines


def agreement(history: History, t: Texts) -> str:
    """Whether the replay gave the standings that were announced (one that gives others is no history at all)."""
    announced = any(isinstance(event, e.ContestFinished | e.StandingsRevised) for event in history.events)
    return t("The replay agrees with the standings announced.") if announced else t("No standings were announced yet.")


def clock(at: datetime, t: Texts) -> str:
    """A time of day with milliseconds, in the programme's zone."""
    local = at.astimezone(t.zone)
    return f"{local:%H:%M:%S}.{local.microsecond // 1000:03d}"


class Book:
    """Puts events into words; remembers when each round was opened, so it has to be told of all of them in their order."""

    def __init__(self, history: History, t: Texts) -> None:
        self._contest = history.contest
        self._alone = history.contest.rules.seating is Seating.INDIVIDUALS
        joined = {event.player: event.name for event in history.events if isinstance(event, e.Joined)}
        named = {event.judge: event.name for event in history.events if isinstance(event, eb.JudgeNamed)}
        self._names = {**history.people, **named, **joined}
        self._t = t
        self._opened: dict[int, datetime] = {}

    def line(self, event: e.Event) -> str | None:
        """What happened; None for what nobody has to know."""
        t = self._t
        match event:
            case e.Opened():
                return t("The lobby is opened by {who}.", who=self._who(event.by))
            case e.TeamMade():
                return None if self._alone else t("Team {team}", team=event.name)
            case e.Joined() if self._alone:
                return t("{who} joins.", who=event.name)
            case e.Joined(bench=True):
                return t("{who} joins {team} as a substitute.", who=event.name, team=self._team(event.team))
            case e.Joined():
                return t("{who} joins {team}.", who=event.name, team=self._team(event.team))
            case e.Left():
                return t("{who} leaves.", who=self._who(event.player))
            case e.Started():
                return t("The contest is started by {who}.", who=self._who(event.by))
            case e.QuestionAsked():
                text = self._contest.setup.questions[event.index].text
                line = t(_ASKED[event.reason], number=event.number, text=text)
                if event.team is None:
                    return line
                return t("{line} (for {team})", line=line, team=self._team(event.team))
            case e.Drawn() | e.StakeAsked() | e.StakingOpened() | e.Staked():
                return self._staking(event)
            case e.QuestionOpened():
                self._opened[event.nonce] = event.opened_at
                return t("Shown; the window opens at {at}.", at=clock(event.opens_at, t))
            case e.PressNoted():
                return t(
                    "Press by {who} after {ms} ms: {kind} (update {update})",
                    who=self._who(event.player),
                    ms=self._after(event.nonce, event.received_at),
                    kind=t(_PRESSES[event.kind]),
                    update=event.update_id,
                )
            case e.Fined():
                return t(
                    "False start by {who}: {points}", who=self._who(event.player), points=self._points(event.points)
                )
            case e.Buzzed():
                return t(
                    "First: {who} of {team}, after {ms} ms",
                    who=self._who(event.player),
                    team=self._team(event.team),
                    ms=self._after(event.nonce, event.received_at),
                )
            case e.AnsweringOpened():
                return t("The time to answer begins.")
            case e.Chosen() if event.final:
                words = answer_words(event.options, event.text)
                return t("{who} answers {letters}.", who=self._who(event.player), letters=words)
            case e.Ruled():
                return self._ruled(event)
            case _:
                return self._rare(event)

    def _ruled(self, event: e.Ruled) -> str:
        t = self._t
        answer = answer_of(self._contest.setup.questions[event.index])
        if event.reason is e.RulingReason.EVERYONE:
            right = sum(ruling.right for ruling in event.rulings)
            line = t(
                "Ruling: {right} of {all} right; the answer is {letters}.",
                right=right,
                all=len(event.rulings),
                letters=answer,
            )
            points = self._each(event.awards)
            return t("{line} (for {team})", line=line, team=points) if points else line
        if event.right is None:
            return t(
                "Ruling: void ({reason}); the answer is {letters}.",
                reason=t(_RULINGS[event.reason]),
                letters=answer,
            )
        word = t("right") if event.right else t("wrong")
        return t(
            "Ruling: {word} ({reason}), {team} {points}; the answer is {letters}.",
            word=word,
            reason=t(_RULINGS[event.reason]),
            team=self._team(event.team),
            points=self._points(event.points),
            letters=answer,
        )

    def _staking(self, event: e.Drawn | e.StakeAsked | e.StakingOpened | e.Staked) -> str:
        t = self._t
        match event:
            case e.Drawn():
                teams = " → ".join(map(self._team, event.order))
                if not event.lots:
                    return t("Order: {teams}", teams=teams)
                lots = ", ".join(f"{self._team(team)} {lot}" for team, lot in event.lots)
                return t("Order: {teams}; lots drawn: {lots}", teams=teams, lots=lots)
            case e.StakeAsked():
                return t(
                    "Question {number}: {team} is to choose a stake.", number=event.number, team=self._team(event.team)
                )
            case e.StakingOpened():
                self._opened[event.nonce] = event.opened_at
                return t("Shown; the stake may be chosen until {at}.", at=clock(event.closes_at, t))
            case e.Staked():
                stake = t("it passes") if event.stake is None else t("{stake} points", stake=event.stake)
                if event.player is None or event.received_at is None:
                    return t("{team} did not choose in time: {stake}.", team=self._team(event.team), stake=stake)
                return t(
                    "{who} chooses for {team} after {ms} ms: {stake} (update {update}).",
                    who=self._who(event.player),
                    team=self._team(event.team),
                    ms=self._after(event.nonce, event.received_at),
                    stake=stake,
                    update=event.update_id,
                )

    def _rare(self, event: e.Event) -> str | None:
        t = self._t
        match event:
            case e.CaptainAppointed():
                return t("{who} is captain of {team}.", who=self._who(event.player), team=self._team(event.team))
            case e.SubstitutionAsked():
                return t(
                    "{team}: {on} is to come on for {off} after this question.",
                    team=self._team(event.team),
                    on=self._who(event.on),
                    off=self._who(event.off),
                )
            case e.Substituted():
                return t(
                    "{team}: {on} comes on for {off}, by {who}.",
                    team=self._team(event.team),
                    on=self._who(event.on),
                    off=self._who(event.off),
                    who=self._who(event.by),
                )
            case e.DrillClosed():
                delays = ", ".join(
                    f"{self._who(delay.player)} {round(delay.after / timedelta(milliseconds=1))} ms"
                    for delay in event.delays
                )
                return t("Latency drill, which does not count: {delays}", delays=delays or "–")
            case e.RoundLost():
                return t("The round is void: {reason}.", reason=t(_LOSSES[event.reason]))
            case e.PausedBy():
                return t("Paused by {who}. {reason}", who=self._who(event.by), reason=event.reason).strip()
            case e.Resumed():
                return t("Resumed by {who}.", who=self._who(event.by))
            case e.AbortedBy():
                return t("Called off by {who}. {reason}", who=self._who(event.by), reason=event.reason).strip()
            case e.Recovered():
                if event.voided is None:
                    return t("The bot was restarted.")
                return t("The bot was restarted; an open round is void.")
            case e.QuestionVoided() | e.QuestionReplaced():
                word = t("declared void") if isinstance(event, e.QuestionVoided) else t("replaced")
                return t(
                    "Question {number} {word} by {who}. {reason}",
                    number=self._contest.number_of(event.index),
                    word=word,
                    who=self._who(event.by),
                    reason=event.reason,
                ).strip()
            case e.Overruled():
                word = t("right") if event.right else t("wrong")
                line = t(
                    "Question {number} ruled anew by {who}: {word}. {reason}",
                    number=self._contest.number_of(event.index),
                    who=self._who(event.by),
                    word=word,
                    reason=event.reason,
                ).strip()
                return t("{line} (now: {points})", line=line, points=self._each(event.awards))
            case e.ScoreCorrected():
                return t(
                    "{team} {points} by hand, by {who}. {reason}",
                    team=self._team(event.team),
                    points=self._points(event.points),
                    who=self._who(event.by),
                    reason=event.reason,
                ).strip()
            case e.ContestFinished() | e.StandingsRevised():
                lines = ", ".join(
                    f"{line.rank}. {line.name} {amount(line.score, self._contest.rules.decimals)}"
                    for line in event.standings.teams
                )
                return t("Announced: {lines}", lines=lines)
            case _:
                return bench_line(self._contest, event, t, self._who)

    def _who(self, player: int | None) -> str:
        t = self._t
        if player is None:
            return t("the bot")
        return self._names.get(player, str(player))

    def _points(self, points: int) -> str:
        return amount(points, self._contest.rules.decimals, signed=True)

    def _each(self, awards: Iterable[Award]) -> str:
        """What each team has of a ruling: without that nobody could add up the minutes."""
        gained: dict[int, int] = {}
        for award in awards:
            gained[award.team] = gained.get(award.team, 0) + award.points
        t = self._t
        return t(", ").join(
            t("{team} {points}", team=self._team(team), points=self._points(points)) for team, points in gained.items()
        )

    def _team(self, team: int | None) -> str:
        seat = self._contest.seats.teams.get(team) if team is not None else None
        return seat.name if seat is not None else "–"

    def _after(self, nonce: int, at: datetime) -> int | str:
        opened = self._opened.get(nonce)
        return "?" if opened is None else round((at - opened) / timedelta(milliseconds=1))
