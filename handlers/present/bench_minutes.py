"""Judges, protests and speeches in the official minutes."""

from collections.abc import Callable

from handlers.present.points import amount
from handlers.texts import N_, Texts
from quizzes.engine import events as e
from quizzes.engine import events_bench as eb
from quizzes.engine.bench import Decision, How, Matter, Protest, Verdict
from quizzes.engine.phases import Contest
from quizzes.records import History

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


def judges(history: History, t: Texts) -> list[str]:
    """The panel as it ended, the chief first; whoever left it after the start is named too, for their ballots count."""
    bench = history.contest.bench
    panel = sorted(bench.judges, key=lambda judge: judge.id != bench.chief_id)
    there = {judge.id for judge in panel}
    found = []
    for judge in panel:
        words = [t("chief judge")] if judge.id == bench.chief_id else []
        words += [t("recused")] if judge.recused else []
        found.append(t("{name} ({unit})", name=judge.name, unit=t(", ").join(words)) if words else judge.name)
    names: dict[int, str] = {}
    started = False
    for event in history.events:
        match event:
            case eb.JudgeNamed():
                names[event.judge] = event.name
            case e.Started():
                started = True
            case eb.JudgeDismissed() if started and event.judge not in there:
                there.add(event.judge)
                name = names.get(event.judge, str(event.judge))
                found.append(t("{name} ({unit})", name=name, unit=t("left the panel")))
            case _:
                pass
    return found


def protest_line(contest: Contest, protest: Protest, t: Texts) -> str:
    """A protest from its filing to its end, in one sentence."""
    state = protest.state
    decided = _decided(state.verdict, state.how, t, protest=True) if isinstance(state, Decision) else t("open")
    return t(
        "Protest {number}: {team}, question {question} (reason: {reason}). {verdict}.",
        number=protest.id,
        team=contest.seats.teams[protest.team].name,
        question=contest.number_of(protest.index),
        reason=protest.reason or t("none given"),
        verdict=decided,
    )


def _decided(verdict: Verdict | None, how: How, t: Texts, *, protest: bool) -> str:
    if verdict is not None:
        word = t(_VERDICTS[verdict])
    else:
        word = t("no verdict, so the ruling stands") if protest else t("no verdict")
    return t("{name} ({unit})", name=word, unit=t(_HOW[how]))


def bench_line(contest: Contest, event: e.Event, t: Texts, who: Callable[[int | None], str]) -> str | None:
    """An event around the bench in words; None for what says nothing by itself. ``who`` knows everybody's name."""

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
            protest = event.matter is Matter.PROTEST
            text = N_("Protest {number} decided: {verdict}.") if protest else N_("Decided: {verdict}.")
            return t(text, verdict=_decided(event.verdict, event.how, t, protest=protest), number=event.number)
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
            return _speech_line(contest, event, t, who)


def _speech_line(contest: Contest, event: e.Event, t: Texts, who: Callable[[int | None], str]) -> str | None:
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
            return t("{who} scores {score}.", who=who(event.judge), score=amount(event.score, 2))
        case eb.ScoringEmpty():
            return t("No score was given.")
        case eb.TalkScored():
            counted = t(", ").join(amount(mark.score, 2) for mark in event.marks if mark.counts)
            dropped = t(", ").join(amount(mark.score, 2) for mark in event.marks if not mark.counts)
            text = (
                N_("Score of {team}: {points}, the mean of {scores}; not counted: {dropped}.")
                if dropped
                else N_("Score of {team}: {points}, the mean of {scores}.")
            )
            points = amount(event.points, contest.rules.decimals)
            return t(text, team=team(event.team), points=points, scores=counted, dropped=dropped)
        case eb.SpeakerSkipped():
            return t(
                "{team} gets no score, by {who}. {reason}",
                team=team(event.team), who=who(event.by), reason=event.reason,
            ).strip()  # fmt: skip
        case _:
            return None
