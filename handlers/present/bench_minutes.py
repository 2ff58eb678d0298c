"""Judges, protests and speeches in the official minutes."""

from collections.abc import Callable

from handlers.present.points import amount
from handlers.texts import N_, Texts
from quizzes.engine import events as e
from quizzes.engine import events_bench as eb
from quizzes.engine.bench import How, Matter, Verdict
from quizzes.engine.phases import Contest

_VERDICTS = {
    Verdict.RIGHT: N_("right"),
    Verdict.WRONG: N_("wrong"),
    Verdict.STANDS: N_("the ruling stands"),
    Verdict.OVERTURNED: N_("ruled anew"),
    Verdict.VOID: N_("question void"),
}
_HOW = {
    How.PANEL: N_("by the judges"),
    How.CHIEF: N_("by the chief judge"),
    How.HOST: N_("by the host"),
    How.NOBODY: N_("nobody judged in time"),
}


def person(contest: Contest, number: int | None) -> str:
    """A player's or a judge's name; others by their number."""
    if number is None:
        return ""
    seat, judge = contest.seats.players.get(number), contest.bench.judge(number)
    return seat.name if seat is not None else judge.name if judge is not None else str(number)


def bench_line(contest: Contest, event: e.Event, t: Texts, who: Callable[[int | None], str]) -> str | None:
    """An event around the bench in words; None for what says nothing by itself. ``who`` names people, the host too."""

    def team(number: int) -> str:
        return contest.seats.teams[number].name

    match event:
        case eb.JudgeNamed():
            text = (
                N_("{name} is chief judge, named by {who}.")
                if event.chief
                else N_("{name} is a judge, named by {who}.")
            )
            return t(text, name=event.name, who=who(event.by))
        case eb.JudgeDismissed():
            return t("{name} is no longer a judge, by {who}.", name=who(event.judge), who=who(event.by))
        case eb.JudgeRecused():
            text = N_("{name} is recused.") if event.recused else N_("{name} may judge again.")
            return t(text, name=who(event.judge))
        case eb.JudgeUnreachable():
            return t("{name} cannot be reached.", name=who(event.judge))
        case eb.AnswerBegun():
            return t("{who} begins to answer.", who=who(event.player))
        case eb.AnswerEnded():
            ended = (
                N_("The time to answer is over; the judges rule.")
                if event.by is None
                else N_("{who} has answered; the judges rule.")
            )
            line = t(ended, who=who(event.by))
            return f"{line} “{event.text}”" if event.text else line
        case eb.BallotCast():
            text = (
                N_("Ballot of {who}: {verdict}")
                if event.matter is Matter.RULING
                else N_("Ballot of {who} on protest {number}: {verdict}")
            )
            return t(text, who=who(event.judge), verdict=t(_VERDICTS[event.verdict]), number=event.number)
        case eb.HandedToChief():
            return t("The panel's time is over; {who} decides alone.", who=who(event.chief))
        case eb.Decided():
            verdict = t(_VERDICTS[event.verdict]) if event.verdict is not None else t("no verdict")
            text = (
                N_("Decided: {verdict}, {how}.")
                if event.matter is Matter.RULING
                else N_("Protest {number} decided: {verdict}, {how}.")
            )
            return t(text, verdict=verdict, how=t(_HOW[event.how]), number=event.number)
        case eb.Protested():
            return t(
                "Protest {number} by {who} for {team} against question {question}. {reason}",
                number=event.protest, who=who(event.player), team=team(event.team),
                question=contest.number_of(event.index), reason=event.reason,
            ).strip()  # fmt: skip
        case eb.ProtestExplained():
            return t("Reason of protest {number}: {reason}", number=event.protest, reason=event.reason)
        case eb.ClosingBegun():
            return t("All was asked; protests are waited for.")
        case eb.Extended():
            return t(
                "{seconds} s more, by {who}. {reason}", seconds=event.seconds, who=who(event.by), reason=event.reason
            ).strip()
        case _:
            return _speech_line(contest, event, t)


def _speech_line(contest: Contest, event: e.Event, t: Texts) -> str | None:
    def team(number: int) -> str:
        return contest.seats.teams[number].name

    match event:
        case eb.SpeakersDrawn():
            text = N_("Order drawn by lot: {names}") if event.drawn else N_("Order as seated: {names}")
            return t(text, names=" → ".join(team(number) for number in event.order))
        case eb.SpeakerCalled():
            return t("Speaker {place}: {team}", place=event.place, team=team(event.team))
        case eb.TalkBegun():
            return t("The speech begins.")
        case eb.TalkWarned():
            return t("Warning: the time is nearly up.")
        case eb.TalkEnded():
            return t("The judges score again.") if event.repeated else t("The speech ends.")
        case eb.ScoreGiven():
            return t("{who} scores {score}.", who=person(contest, event.judge), score=amount(event.score, 2))
        case eb.ScoringEmpty():
            return t("No score was given.")
        case eb.TalkScored():
            dropped = [amount(mark.score, 2) for mark in event.marks if not mark.counts]
            line = t("{team}: {points}", team=team(event.team), points=amount(event.points, contest.rules.decimals))
            without = t("not counted: {scores}", scores=", ".join(dropped))
            return f"{line} ({without})" if dropped else line
        case eb.SpeakerSkipped():
            return t("{team} is skipped. {reason}", team=team(event.team), reason=event.reason).strip()
        case _:
            return None
