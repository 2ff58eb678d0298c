"""How judges, captains and speakers are shown what concerns them."""

from handlers.callback_data import pack
from handlers.present.bench_rules import length
from handlers.present.contest_questions import body, head, score_line
from handlers.present.contest_words import title_of
from handlers.present.points import amount
from handlers.present.shown import Button, Shown, in_rows, shows
from handlers.texts import N_, Html, Texts, bold, escape
from quizzes.bench_views import (
    BallotCard,
    BenchHappening,
    JudgeGreeting,
    JudgePick,
    JudgesCard,
    ProtestCard,
    ScoreSheet,
    SpeakerCard,
)
from quizzes.engine import events as e
from quizzes.engine import events_bench as eb
from quizzes.engine.bench import How
from quizzes.running import Done

_VERDICTS = {
    "right": N_("✅ right"), "wrong": N_("❌ wrong"), "stands": N_("the ruling stands"),
    "overturned": N_("ruled anew"), "void": N_("question void"),
}  # fmt: skip
_HOW = {
    "panel": N_("by the judges"), "chief": N_("by the chief judge"), "host": N_("by the host"),
    "nobody": N_("nobody judged in time"),
}  # fmt: skip
_SHEET_ROW = 7


def _how(how: str | None) -> str:
    return _HOW[how or How.PANEL]


@shows(BallotCard)
def ballot(view: BallotCard, t: Texts) -> Shown:
    """A matter before one judge."""
    what = N_("⚖️ Please rule on this answer") if view.matter == "ruling" else N_("⚖️ Please decide on this protest")
    parts = [f"{bold(t.html(what))} · {escape(view.group)}"]
    parts.append(f"{head(view.question, t)}\n{body(view.question, t, view.answer)}")
    facts = [t.html("Reference answer: {answer}", answer=" / ".join(view.reference))] if view.reference else []
    who = Html(f"{bold(escape(view.team))} {escape(view.player)}".strip())
    if view.matter == "ruling":
        facts.append(t.html("Answered by: {who}", who=who))
    else:
        facts.append(t.html("Protest by: {who}", who=who))
        ruled = {
            "right": N_("It was ruled right."),
            "wrong": N_("It was ruled wrong."),
            "nobody": N_("Nobody answered."),
        }
        if view.protested in ruled:
            facts.append(t.html(ruled[view.protested]))
        facts.append(t.html("Reason: {reason}", reason=view.reason or t("none given")))
    if view.text:
        facts.append(t.html("What was written: {text}", text=view.text))
    parts.append("\n".join(facts))
    parts.append(_ballot_state(view, t))
    buttons: tuple[tuple[Button, ...], ...] = ()
    if view.state in ("open", "alone"):
        row = tuple(
            Button(t(_VERDICTS[verdict]), pack("vote", view.matter, view.contest_id, view.number, verdict))
            for verdict in view.verdicts
        )
        buttons = (row,)
    return Shown("\n\n".join(parts), buttons)


def _ballot_state(view: BallotCard, t: Texts) -> str:
    match view.state:
        case "voted":
            return t.html("Your ballot: {verdict}", verdict=t(_VERDICTS[view.mine or "right"]))
        case "alone":
            return t.html(
                "The panel did not decide in time: you decide alone, within {seconds:g} s.", seconds=view.seconds
            )
        case "with_chief":
            return t.html("The time is up; the chief judge decides.")
        case "overtaken":
            return t.html("This round is void; nothing is to be decided any more.")
        case "closed":
            if view.outcome is None:
                return t.html("Closed: nobody judged in time.")
            verdict, how = t(_VERDICTS[view.outcome]), t(_how(view.how))
            return t.html("Decided: {verdict}, {how}.", verdict=bold(verdict), how=how)
        case _:
            return t.html("One press counts. You have {seconds:g} s.", seconds=view.seconds)


@shows(ScoreSheet)
def sheet(view: ScoreSheet, t: Texts) -> Shown:
    """A speech before one judge."""
    parts = [f"{bold(t.html('🎤 Please score {speaker}', speaker=view.speaker))} · {escape(view.group)}"]
    if view.state == "given":
        parts.append(t.html("Your score: {score}", score=bold(_score(view.mine or 0))))
        return Shown("\n\n".join(parts))
    if view.state == "closed":
        line = N_("Closed; you gave no score.") if view.mine is None else N_("Closed; your score: {score}")
        if view.dropped:
            line = N_("Closed; your score {score} was the highest or the lowest and is not counted.")
        parts.append(t.html(line, score=_score(view.mine or 0)))
        return Shown("\n\n".join(parts))
    parts.append(
        t.html(
            "Type a number from {least} to {most} ({places} decimals at most), or press one. You have {seconds:g} s.",
            least=view.least, most=view.most, places=view.places, seconds=view.seconds,
        )
    )  # fmt: skip
    buttons = [
        Button(_score(score), pack("score", view.contest_id, view.nonce, score)) for score in reversed(view.offered)
    ]
    rows = in_rows(buttons, _SHEET_ROW)
    return Shown("\n\n".join(parts), rows)


def _score(hundredths: int) -> str:
    return amount(hundredths, 2).rstrip("0").rstrip(".") or "0"


@shows(SpeakerCard)
def speaker(view: SpeakerCard, t: Texts) -> Shown:
    """A speaker from the call to the score."""
    parts = []
    if view.order:
        drawn = N_("🎲 Order drawn by lot: {names}") if view.drawn else N_("Order: {names}")
        parts.append(t.html(drawn, names=" → ".join(view.order)))
    number = t.html("Speaker {place} of {of}", place=view.place, of=view.of)
    parts.append(f"🎤 <b>{number}</b> · {bold(escape(view.team))}")
    talk = length(view.talk, t)
    line = {
        "called": N_(
            "Please come to the stage. {talk} to speak; the clock starts on a press, or by itself in {start:g} s."
        ),
        "talking": N_("⏱ Speaking: {talk}."),
        "warned": N_("⏱ {left:g} s left."),
        "scoring": N_("The judges are scoring in private."),
        "unscored": N_("No score came. The host decides: score again or go on."),
        "skipped": N_("No score for this speaker. {reason}"),
        "void": N_("Interrupted; this speaker is called again."),
        "scored": "",
    }[view.state]
    if line:
        parts.append(t.html(line, talk=talk, start=view.start, left=view.left, reason=view.reason).strip())
    if view.state == "scored":
        marks = " · ".join(_score(mark.score) if mark.counts else f"<s>{_score(mark.score)}</s>" for mark in view.marks)
        parts.append(t.html("Scores: {marks}", marks=Html(marks)))
        parts.append(t.html("Result: {points}", points=bold(amount(view.points, view.decimals))))
        parts.append(score_line(view.scores, t))
    id_, nonce = view.contest_id, view.nonce
    buttons: tuple[tuple[Button, ...], ...] = ()
    if view.state == "called":
        buttons = ((Button(t("Begin the speech"), pack("talk", "begin", id_, nonce)),),)
    elif view.state in ("talking", "warned"):
        buttons = ((Button(t("End the speech"), pack("talk", "end", id_, nonce)),),)
    return Shown("\n\n".join(parts), buttons)


@shows(ProtestCard)
def protest(view: ProtestCard, t: Texts) -> Shown:
    """A protest in the group."""
    line = t.html(
        "⚖️ {team} protests against the ruling on question {number}.", team=bold(escape(view.team)), number=view.number
    )
    reason = t.html("Reason: {reason}", reason=view.reason) if view.reason else ""
    if view.state == "filed":
        who = (
            N_("The host looks at it again; the contest goes on.")
            if view.by_host
            else N_("The judges look at it again; the contest goes on.")
        )
        more = "" if view.reason else t.html("The captain may give the reason: /protest REASON")
        return Shown("\n".join(part for part in (line, reason, t.html(who), more) if part))
    if view.outcome is None:
        result = t.html("Nobody judged in time: the ruling stands.")
    else:
        result = {
            "stands": t.html("Decision: the ruling stands."),
            "overturned": t.html("Decision: ruled anew."),
            "void": t.html("Decision: the question is void."),
        }.get(view.outcome, "")
        result = t.html("{name} ({unit})", name=bold(result), unit=t(_how(view.how)))
    return Shown("\n".join(part for part in (line, reason, result, score_line(view.scores, t)) if part))


@shows(JudgesCard)
def judges(view: JudgesCard, t: Texts) -> Shown:
    """The panel."""
    lines: list[str] = [bold(t.html("⚖️ The panel of judges"))]
    for judge in view.judges:
        marks = [t.html("chief")] if judge.chief else []
        marks += [t.html("recused: their own unit plays")] if judge.recused else []
        marks += [t.html("cannot be reached: has to send me /start in private")] if judge.unreachable else []
        name = (
            t.html("{name} ({unit})", name=judge.name, unit=Html(t.html(", ").join(marks)))
            if marks
            else escape(judge.name)
        )
        lines.append(f"• {name}")
    if not view.judges:
        lines.append(t.html("No judges are named; the host rules."))
    else:
        lines.append(
            t.html(
                "{n} equal ballots decide within {seconds:g} s; then the chief has {chief:g} s.",
                n=view.needed, seconds=view.seconds, chief=view.chief_seconds,
            )
        )  # fmt: skip
    lines.append(t.html("Name them with /judge NAME…; /judge chief NAME, /judge remove NAME."))
    return Shown("\n".join(lines))


@shows(JudgeGreeting)
def greeting(view: JudgeGreeting, t: Texts) -> Shown:
    """Tells a judge."""
    text = (
        N_("⚖️ You are the chief judge of {title} in {group}.")
        if view.chief
        else N_("⚖️ You are a judge of {title} in {group}.")
    )
    line = t.html(text, title=title_of(view.title, t), group=view.group)
    more = (
        N_("Your own unit plays, so you are recused.")
        if view.recused
        else N_("What you have to decide will come here.")
    )
    return Shown(f"{line}\n{t.html(more)}")


@shows(JudgePick)
def pick(view: JudgePick, t: Texts) -> Shown:
    """Who is meant?"""
    rows = tuple(
        (
            Button(
                t("{name} ({unit})", name=one.name, unit=one.unit) if one.unit else one.name,
                pack("judge", view.contest_id, one.id, int(view.chief)),
            ),
        )
        for one in view.candidates[:20]
    )
    return Shown(t.html("Several people are called {name}. Who is meant?", name=view.name), rows)


@shows(BenchHappening)
def happening(view: BenchHappening, t: Texts) -> Shown:
    """Something that the group has to know."""
    text = {
        "extended": N_("⏱ {seconds:g} s more, by the host."),
        "unreachable": N_("⚠️ I cannot write to the judge {names}: please send me /start in private."),
        "closing": N_("All was asked. Captains may protest for {seconds:g} s; then the standings follow."),
        "not_judged": N_("Nobody judged in time."),
    }[view.what]
    line = t.html(text, seconds=view.seconds, names=t(", ").join(view.names))
    return Shown(f"{line}\n{t.html('Reason: {reason}', reason=view.reason)}" if view.reason else line)


def voted(done: Done, judge: int, t: Texts) -> str:
    """What a ballot answers."""
    for event in done.events:
        if isinstance(event, eb.BallotCast) and event.judge == judge:
            return t("Your ballot: {verdict}", verdict=t(_VERDICTS[event.verdict.value]))
        if isinstance(event, eb.ScoreGiven) and event.judge == judge:
            return t("Your score: {score}", score=_score(event.score))
    return ""


def protested(done: Done, t: Texts) -> str:
    """What a protest answers."""
    if any(isinstance(event, eb.ProtestExplained) for event in done.events):
        return t("The reason is noted.")
    return t("Your protest is before the judges. You may add the reason: /protest REASON")


def spoken(done: Done, user: int, t: Texts) -> str | None:
    """What 开始作答 and 答完 answer."""
    for event in done.events:
        if isinstance(event, eb.AnswerBegun):
            return t("Your time runs. Press “Done” when you have finished.")
        if isinstance(event, eb.AnswerEnded):
            return t("Noted. The judges rule now.")
    for event in done.events:
        if isinstance(event, e.PressNoted) and event.player == user:
            if event.kind is e.PressKind.TOO_LATE:
                return t("Time is up.")
            if event.kind is e.PressKind.SECOND:
                return t("Your time is running already.")
            return t("Somebody else answers this question.")
    return None


def on_stage(what: str, t: Texts) -> str:
    """What the buttons of a talk answer."""
    return t("The clock runs.") if what == "begin" else t("The judges are scoring.")


def named(name: str, t: Texts) -> str:
    """What naming a judge answers."""
    return t("{name} is on the panel.", name=name)


ERRORS = {
    "quiz.judge_unknown": N_("I know nobody called {name}. They have to write to me once, or be on the roster."),
    "quiz.judge_has_no_account": N_("{name} has not joined yet: please let them send me /start first."),
    "quiz.team_not_found": N_("There is no team called {name}. There are: {known}"),
    "quiz.question_not_found": N_("No question {number} was asked."),
    "quiz.score_unclear": N_("I need a number, such as 92.5."),
    "contest.already_judge": N_("{name} is on the panel already."),
    "contest.not_on_panel": N_("You are no judge of this contest."),
    "contest.players_do_not_judge": N_("{name} plays in this contest and cannot judge it."),
    "contest.judges_do_not_play": N_("You are a judge of this contest and cannot play in it."),
    "contest.is_recused": N_("Your own unit plays: you are recused."),
    "contest.already_voted": N_("Your first ballot counts."),
    "contest.matter_closed": N_("This was decided already."),
    "contest.matter_of_chief": N_("The time is up; the chief judge decides."),
    "contest.nothing_begins": N_("That is not possible at this moment: press “Begin” first, in your turn."),
    "contest.not_your_talk": N_("Somebody else speaks now."),
    "contest.no_protests": N_("This contest's rules know no protests."),
    "contest.only_captains_protest": N_("Only the captain can protest: {captain}."),
    "contest.nothing_to_protest": N_(
        "No ruling can be protested now: the next question has closed, or none was ruled on."
    ),
    "contest.already_protested": N_("This ruling is under review, or was reviewed for your team already."),
    "contest.no_protest_left": N_("Your team has used up its {each} protests."),
    "contest.verdict_unfit": N_("That cannot be decided here."),
    "contest.nothing_to_extend": N_("No time is running that could be extended."),
    "contest.extension_unusable": N_("Extend by 1 to {most} seconds."),
    "contest.score_unusable": N_("The score has to be from {least} to {most}, with at most {places} decimals."),
    "contest.no_judges": N_("Speeches need judges. Name them first: /judge NAME…"),
}
