"""Words that several cards of works share."""

from handlers.present.shown import cut
from handlers.texts import N_, Html, Texts, escape
from study.work_views import FaultView, Progress, StageMark, WorkHead

_PHASES = {
    "writing": N_("to be filled in"),
    "review": N_("under review"),
    "accepted": N_("passed all stages"),
    "rejected": N_("not approved in the end"),
    "withdrawn": N_("given up"),
}
_FAULTS = {
    "missing": N_("{field}: not filled in"),
    "short": N_("{field}: too short, at least {wanted} characters"),
    "not_quantified": N_("{field}: not quantified; please give a figure"),
    "not_a_number": N_("{field}: please give the number alone, such as 25 or 3.5"),
    "no_date": N_("{field}: not a date; please give year, month and day, such as 2026-12-31"),
    "date_past": N_("{field}: this day is over"),
    "not_one_of": N_("{field}: please choose one of the answers"),
    "vague": N_("{field}: “{wanted}” says too little; please be specific and give figures"),
    "as_before": N_("{field}: the same as the baseline"),
    "reviewer": N_("{field}: {wanted}"),
}
_SIGNS = {"writing": "✏️", "review": "⏳", "accepted": "✅", "rejected": "❌", "withdrawn": "🚫"}
_MARKS = {"done": "✅ ", "now": "▶️ ", "ahead": ""}
_BAR = 10
_HUNDRED = 100


def name_of(head: WorkHead, t: Texts, most: int = 60) -> str:
    """What a work is called: its number, its kind, its title; plain words."""
    kind = head.kind.within(t.language)
    return cut(f"#{head.id} {kind} · {head.title}" if head.title else f"#{head.id} {kind}", most)


def people_of(head: WorkHead, t: Texts) -> str:
    """Whose it is; nothing for a blind reader; plain words."""
    names = t(", ").join(head.authors)
    return t("{names} ({unit})", names=names, unit=head.unit) if names else ""


def state_of(head: WorkHead, t: Texts) -> str:
    """Where it stands; plain words."""
    back = head.phase == "writing" and head.returned
    state = t("returned for changes") if back else t(_PHASES[head.phase])
    if head.phase in ("writing", "review"):
        state = t("{stage}: {state}", stage=head.stage.within(t.language), state=state)
    if head.score is not None:
        state = t("{state}, score {score}", state=state, score=score_of(head.score))
    return state if head.rating is None else t("{state}, rated {rating}", state=state, rating=rating_of(head, t))


def rating_of(head: WorkHead, t: Texts) -> str:
    """The rating; plain words."""
    return "" if head.rating is None else head.rating.within(t.language)


def score_of(hundredths: int) -> str:
    """A score without needless zeros."""
    return f"{hundredths / _HUNDRED:.2f}".rstrip("0").rstrip(".")


def due_of(head: WorkHead, t: Texts) -> str:
    """Until when, if it says so; plain words."""
    if head.due_at is None or head.phase not in ("writing", "review"):
        return ""
    at = t.moment(head.due_at)
    return t("due {at}, overdue", at=at) if head.over else t("due {at}", at=at)


def line_of(head: WorkHead, t: Texts, *, people: bool = False) -> str:
    """A work in two lines, as HTML."""
    facts = [state_of(head, t), due_of(head, t), people_of(head, t) if people else ""]
    sign = "↩️" if head.phase == "writing" and head.returned else _SIGNS[head.phase]
    return f"{sign} {escape(name_of(head, t, 80))}\n{escape(' · '.join(fact for fact in facts if fact))}"


def way_of(marks: tuple[StageMark, ...], t: Texts) -> Html:
    """The stages in a line."""
    return escape(" → ".join(f"{_MARKS[mark.state]}{mark.title.within(t.language)}" for mark in marks))


def fault_of(fault: FaultView, t: Texts) -> Html:
    """What is wrong with a field."""
    return Html(t.html(_FAULTS[fault.problem], field=fault.field.within(t.language), wanted=cut(fault.wanted, 150)))


def faults_of(faults: tuple[FaultView, ...], t: Texts) -> str:
    """What is wrong, a line a field, as HTML."""
    return "\n".join(f"• {fault_of(fault, t)}" for fault in faults)


def progress_of(progress: Progress, t: Texts) -> str:
    """Baseline, target and now, with a bar, as HTML."""
    figures = t.html(
        "Baseline {baseline} → target {target} {measure}, by {due}",
        baseline=progress.baseline,
        target=progress.target,
        measure=progress.measure,
        due=progress.due,
    )
    now = t.html("now {value} {measure}", value=progress.now, measure=progress.measure)
    if progress.day is not None:
        now = t.html(
            "now {value} {measure} ({day})", value=progress.now, measure=progress.measure, day=t.day(progress.day)
        )
    if progress.share is None:
        return f"{figures}\n{now}"
    full = max(0, min(_BAR, progress.share * _BAR // _HUNDRED))
    return f"{figures}\n{'▓' * full}{'░' * (_BAR - full)} {progress.share}% · {now}"
