"""How exams look to organisers: the plan, the gradebook, the questions' statistics; the refusals."""

from collections.abc import Mapping

from handlers.callback_data import pack
from handlers.present.audiences import level_rows, role_rows, ticked
from handlers.present.exams import facts, title_of
from handlers.present.pages import pager, short
from handlers.present.shown import Button, Shown, cut, in_rows, shows
from handlers.texts import N_, Texts, bold, escape, italic
from study.exam_views import (
    ExamBanks,
    ExamDropped,
    ExamOverview,
    ExamPreview,
    ExamPublished,
    ExamStatistics,
    ExamSure,
)

ERRORS: Mapping[str, str] = {
    "exam_unknown": N_("There is no such exam."),
    "exam_not_asked": N_("This exam is not meant for you."),
    "exam_not_open": N_("This exam is not open yet. /exam shows when it opens."),
    "exam_over": N_("This exam is over."),
    "exam_taken": N_("You have taken this exam already; there is one attempt. /exam shows your result."),
    "exam_foreign": N_("This is not your paper."),
    "exam_time_over": N_("Time is up. This answer came too late and does not count."),
    "exam_handed_in": N_("Your paper is handed in; nothing can be changed any more."),
    "exam_old_button": N_("This button does not belong to the question. /exam shows your paper again."),
    "exam_no_answer": N_(
        "That is no answer to the question on the screen. Please use the buttons; /exam shows it again."
    ),
    "exam_answers_hidden": N_("The right answers can be seen once the exam has closed."),
    "exam_nobody": N_("Nobody who has joined would take this exam. Please choose others."),
    "exam_begun": N_("Somebody has begun this exam already, so it cannot be called off."),
    "exam_short": N_("“{category}” has only {given} questions that fit, and {needed} are wanted."),
    "exam_line": N_("I cannot read “{line}”. Write it like “questions 20”, “minutes 30” or “closes 11-30 18:00”."),
    "exam_number": N_("Please give a number from {least} to {most}."),
    "exam_window": N_("The exam must close after it opens. Please write another time, like “closes 11-30 18:00”."),
}
_NAMES_SHOWN = 40


@shows(ExamBanks)
def banks(view: ExamBanks, t: Texts) -> Shown:
    """From which bank?"""
    rows = tuple(
        (Button(t("{bank} ({n})", bank=short(name), n=items), pack("exam", "bank", id_)),)
        for id_, name, items in view.banks
    )
    return Shown(t.html("From which bank are the questions?"), rows)


@shows(ExamPreview)
def preview(view: ExamPreview, t: Texts) -> Shown:
    """The whole plan; buttons for what is changed most, lines for everything."""
    who = [t.plural("{n} person takes it.", "{n} people take it.", view.people)]
    if view.unjoined:
        who.append(t.plural("{n} has not joined yet.", "{n} have not joined yet.", view.unjoined))
    lines: list[str] = [
        italic(t.html("Not published yet")),
        title_of(view.head),
        facts(view.head, t),
        t.html("{n} points for a right answer; a wrong one costs nothing", n=view.head.points),
        t.html("Bank: {bank}, {n} questions that fit", bank=view.head.bank, n=view.usable),
    ]
    if view.opens_now:
        lines.append(t.html("It opens as soon as you publish it."))
    chosen = [t("{name} {n}", name=one.name, n=one.wanted) for one in view.categories if one.wanted]
    if chosen:
        lines.append(t.html("At least: {categories}", categories=t(", ").join(chosen)))
    lines.append(escape(" ".join(who)))
    lines.append(t.html("Units, levels and roles without ✓ are no limit."))
    lines.append(
        t.html(
            "To change something, press a button or write it, a line each: “title …”, “questions 20”, “minutes 30”, "
            "“points 5”, “pass 60”, “opens 11-28 9:00”, “closes 11-30 18:00”, “category NAME 10”."
        )
    )
    return Shown("\n".join(lines), _plan_buttons(view, t))


def _plan_buttons(view: ExamPreview, t: Texts) -> tuple[tuple[Button, ...], ...]:
    key = view.key
    names = {
        "count": t("questions {n}", n=view.head.questions),
        "minutes": t("minutes {n}", n=view.head.minutes),
        "points": t("points {n}", n=view.head.points),
        "pass_percent": t("pass {n}%", n=view.head.pass_percent),
    }
    rows: list[tuple[Button, ...]] = [
        (Button(f"− {label}", pack("exs", "less", key, name)), Button(f"＋ {label}", pack("exs", "more", key, name)))
        for name, label in names.items()
    ]
    results = t("Results: at once") if view.head.at_once else t("Results: at the close")
    rows.append((Button(results, pack("exs", "results", key)),))
    categories = [
        Button(
            t("{name} {wanted}/{has}", name=cut(one.name, 16), wanted=one.wanted, has=one.has),
            pack("exs", "category", key, one.number),
        )
        for one in view.categories
    ]
    rows += in_rows(categories, 2)
    units = [ticked(cut(unit.name, 30), unit.chosen, pack("exs", "unit", key, unit.id)) for unit in view.units]
    if len(units) > 1 or view.pages > 1:
        rows += in_rows(units, 2)
        rows += pager(view.page, view.pages, lambda page: pack("exs", "page", key, page), t)
    rows += level_rows(view.levels, view.audience, lambda value: pack("exs", "level", key, value))
    rows += role_rows(view.audience, t, lambda value: pack("exs", "role", key, value))
    rows.append(
        (Button(t("Publish the exam"), pack("exs", "publish", key)), Button(t("Cancel"), pack("exs", "drop", key)))
    )
    return tuple(rows)


@shows(ExamPublished)
def published(view: ExamPublished, t: Texts) -> Shown:
    """It is set."""
    who = t.plural("{n} person takes it.", "{n} people take it.", view.people)
    text = f"✅ {title_of(view.head)}\n{facts(view.head, t)}\n{escape(who)}"
    return Shown(text, ((Button(t("Gradebook"), pack("exb", "show", view.head.id, 0)),),))


@shows(ExamDropped)
def dropped(_view: ExamDropped, t: Texts) -> Shown:
    """Nothing was published."""
    return Shown(t.html("Nothing was published."))


@shows(ExamOverview)
def overview(view: ExamOverview, t: Texts) -> Shown:
    """Counts, the results from the best on, and who is missing."""
    lines: list[str] = [title_of(view.head)]
    if view.summary:
        lines.append(t.html("The exam has closed."))
    lines.append(
        t.html("Open: {opens} – {closes}", opens=t.moment(view.head.opens_at), closes=t.moment(view.head.closes_at))
    )
    lines.append(
        t.html(
            "Taken: {taken} of {asked}, under way: {running}, passed: {passed}",
            taken=view.taken,
            asked=view.asked,
            running=view.running,
            passed=view.passed,
        )
    )
    if view.average is not None:
        lines.append(t.html("Average: {percent:g}%", percent=view.average))
    if view.results:
        lines += ["", bold(t.html("Results"))]
        for one in view.results:
            mark = "✅" if one.passed else "❌"
            line = t.html(
                "{name} ({unit}): {score} points, {percent:g}%, {minutes} min",
                name=one.name,
                unit=one.unit,
                score=one.score,
                percent=one.percent,
                minutes=one.minutes,
            )
            lines.append(f"{mark} {line}{' ⌛' if one.by_time else ''}")
    if view.missing:
        lines += ["", bold(t.html("Not taken yet"))]
        for unit in view.missing:
            shown = t(", ").join(unit.names[:_NAMES_SHOWN])
            more = t(" and {n} more", n=len(unit.names) - _NAMES_SHOWN) if len(unit.names) > _NAMES_SHOWN else ""
            lines.append(t.html("{unit} ({n}): {names}", unit=unit.unit, n=len(unit.names), names=shown + more))
    rows = pager(view.page, view.pages, lambda page: pack("exb", "show", view.head.id, page), t)
    last = [Button(t("Question by question"), pack("exb", "stats", view.head.id, 0))]
    if view.may_cancel:
        last.append(Button(t("Call the exam off"), pack("exb", "cancel", view.head.id, 0)))
    rows += [tuple(last), (Button(t("As a table"), pack("exp", "exams", "xlsx")),)]
    return Shown("\n".join(lines), tuple(rows))


@shows(ExamStatistics)
def statistics(view: ExamStatistics, t: Texts) -> Shown:
    """How each question was answered."""
    lines: list[str] = [bold(escape(view.title)), t.html("Papers handed in: {n}", n=view.papers)]
    for one in view.lines:
        asked = one.right + one.wrong + one.blank
        rate = f"{round(100 * one.right / asked)}%" if asked else "–"
        lines.append(
            t.html(
                "{number}. {text}\n    {rate} right (✅ {right} ❌ {wrong} ⬜ {blank})",
                number=one.number,
                text=one.text,
                rate=rate,
                right=one.right,
                wrong=one.wrong,
                blank=one.blank,
            )
        )
    rows = pager(view.page, view.pages, lambda page: pack("exb", "stats", view.id, page), t)
    rows.append((Button(t("Gradebook"), pack("exb", "show", view.id, 0)),))
    return Shown("\n".join(lines), tuple(rows))


@shows(ExamSure)
def sure(view: ExamSure, t: Texts) -> Shown:
    """Asks before an exam is called off."""
    return Shown(
        t.html("Call the exam “{title}” off? Whoever was told of it is told so.", title=view.title),
        (
            (
                Button(t("Yes, call the exam off"), pack("exb", "surely", view.id, 0)),
                Button(t("No, back"), pack("exb", "show", view.id, 0)),
            ),
        ),
    )


def done(t: Texts, people: int) -> str:
    """The toast after publishing."""
    return t.plural("{n} person takes it.", "{n} people take it.", people)
