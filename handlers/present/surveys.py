"""Surveys by units as organisers see them: the menu, what would be asked, how far it is, what was written."""

from handlers.callback_data import pack
from handlers.present.forms import words
from handlers.present.pages import short
from handlers.present.shown import Button, Shown, cut, shows
from handlers.texts import N_, Texts, bold, escape
from study.rectifications import Demand
from study.survey_followup import LowRank, SaidAbout
from study.survey_views import SurveyEnded, SurveyMenu, SurveyOpen, SurveyPreview, SurveySaid

STATES = {
    "": N_("no task yet"),
    "draft": N_("being put right"),
    "handed_in": N_("report to be reviewed"),
    "returned": N_("returned, to be done again"),
    "accepted": N_("put right and closed"),
}
"""How far something is that has to be put right."""


@shows(SurveyMenu)
def menu(view: SurveyMenu, t: Texts) -> Shown:
    """A survey a line, with what can be done."""
    rows: list[tuple[Button, ...]] = []
    lines: list[str] = [bold(t.html("Surveys"))]
    for one in view.surveys:
        title = words(one.title, t)
        state = t("not held yet")
        if one.opened_at is not None:
            day = t.day(one.opened_at.astimezone(t.zone).date())
            state = t("under way since {day}", day=day) if one.is_open else t("last held on {day}", day=day)
        lines.append(f"• {escape(title)} · {escape(state)}")
        if one.evaluation is not None:
            label = t("How far: {title}", title=title) if one.is_open else t("Results: {title}", title=title)
            rows.append((Button(short(label), pack("survey", "show", one.evaluation, 0)),))
        if one.may_start:
            rows.append((Button(short(t("Prepare: {title}", title=title)), pack("survey", "new", one.key)),))
    return Shown("\n".join(lines), tuple(rows))


@shows(SurveyPreview)
def preview(view: SurveyPreview, t: Texts) -> Shown:
    """What starting it would mean."""
    units = t(", ").join(f"{words(title, t)} {count}" for title, count in view.tiers)
    lines = [
        bold(escape(words(view.title, t))),
        t.html("{aspects} aspects, {items} indicators", aspects=view.aspects, items=view.items),
        t.html("Units rated: {units}", units=units),
        t.html("People asked: {raters} · forms: {pairs}", raters=view.raters, pairs=view.pairs),
        t.html("Open until {at}", at=t.moment(view.closes_at)),
        t.html(
            "Anonymous: nobody sees who answered what. Results come when it is closed, for units with {least} answers or more.",
            least=view.least,
        ),
    ]
    rows = (
        (Button(t("Start the survey"), pack("survey", "start", view.key)),),
        (Button(t("‹ All surveys"), pack("survey", "menu")),),
    )
    return Shown("\n".join(lines), rows)


@shows(SurveyOpen)
def running(view: SurveyOpen, t: Texts) -> Shown:
    """How far it is, not who."""
    lines = [
        f"📊 {bold(escape(words(view.title, t)))}",
        t.html("People who have finished: {done} of {all}", done=view.finished, all=view.raters),
        t.html("Forms sent: {done} of {all}", done=view.answered, all=view.asked),
        t.html(
            "Units with {least} answers or more: {done} of {all}", least=view.least, done=view.enough, all=view.units
        ),
    ]
    if view.closes_at is not None:
        lines.append(t.html("Open until {at}", at=t.moment(view.closes_at)))
    lines.append(t.html("Results come when the survey is closed."))
    rows = [(Button(t("How far now"), pack("survey", "show", view.evaluation, 0)),)]
    if view.may_close:
        rows.append((Button(t("Close the survey now"), pack("run", "close", view.evaluation)),))
    rows.append((Button(t("‹ All surveys"), pack("survey", "menu")),))
    return Shown("\n".join(lines), tuple(rows))


@shows(SurveyEnded)
def ended(view: SurveyEnded, t: Texts) -> Shown:
    """The results are there."""
    text = t.html("The survey “{title}” is closed; its results are ready.", title=words(view.title, t))
    return Shown(f"📊 {text}", ((Button(t("See the results"), pack("survey", "show", view.evaluation, 0)),),))


@shows(SurveySaid)
def said(view: SurveySaid, t: Texts) -> Shown:
    """One problem or suggestion, with what became of it."""
    title = t.html("Problem {at} of {of}", at=view.at + 1, of=view.of)
    if view.collects == "suggestion":
        title = t.html("Suggestion {at} of {of}", at=view.at + 1, of=view.of)
    lines = [f"{bold(title)} · {escape(view.unit)}", "", escape(view.text), "", f"<i>{t.html(STATES[view.state])}</i>"]
    rows: list[tuple[Button, ...]] = []
    if view.may_rectify and not view.state:
        rows.append((Button(t("Make a task of it"), pack("run_task", view.evaluation, view.mark)),))
    turn = []
    if view.at > 0:
        turn.append(Button(t("‹ Previous"), pack("run_said", view.evaluation, view.collects, view.at - 1)))
    if view.at + 1 < view.of:
        turn.append(Button(t("Next ›"), pack("run_said", view.evaluation, view.collects, view.at + 1)))
    if turn:
        rows.append(tuple(turn))
    rows.append((Button(t("‹ Results"), pack("survey", "show", view.evaluation, 0)),))
    return Shown("\n".join(lines), tuple(rows))


def demand(why: LowRank | SaidAbout, t: Texts) -> Demand:
    """The words of a rectification task."""
    if isinstance(why, LowRank):
        title = t("Rectification: {survey} · {unit}", survey=words(why.survey, t), unit=why.unit)
        reason = t(
            "{unit} has {score} points in “{survey}”, place {rank} of {count} ({tier}). Please report which problems there are, what was done about each, and with what result.",
            unit=why.unit,
            score=f"{why.score:.1f}",
            survey=words(why.survey, t),
            rank=why.rank,
            count=why.count,
            tier=words(why.tier, t),
        )
        if why.action is not None:
            action = t("What follows: {action}", action=words(why.action, t))
            reason = f"{action}\n{reason}"
        return Demand(cut(title, 100), reason)
    kind = t("Problem: {unit}", unit=why.unit) if why.collects == "problem" else t("Suggestion: {unit}", unit=why.unit)
    reason = t(
        "In “{survey}” somebody wrote: {text}\n\nPlease report what was done about it.",
        survey=words(why.survey, t),
        text=why.text,
    )
    return Demand(cut(kind, 100), reason)


def started(t: Texts, people: int) -> str:
    """The toast after starting."""
    return t.plural("Started: {n} person is asked.", "Started: {n} people are asked.", people)


def rectified(t: Texts, count: int) -> str:
    """The toast after tasks were given."""
    return t.plural("{n} task given.", "{n} tasks given.", count) if count else t("These tasks were given before.")
