"""How exams look to those who take them: the list, the rules, the paper, the result."""

from handlers.callback_data import pack
from handlers.present.pages import short
from handlers.present.posed import KINDS, option_buttons, outcome, question, yours
from handlers.present.shown import Button, Shown, in_rows, shows
from handlers.texts import N_, Html, Texts, bold, escape, italic
from study.exam_views import (
    ExamCancelled,
    ExamHead,
    ExamInvite,
    ExamList,
    ExamQuestion,
    ExamReminder,
    ExamResult,
    ExamReview,
    ExamSheet,
    ExamStart,
    ExamWarning,
    MyExam,
)

_NUMBERS_SHOWN = 30
_A_ROW = 8
_A_SHEET = 48
_LISTED = 20

Rows = tuple[tuple[Button, ...], ...]


def title_of(head: ExamHead) -> Html:
    """The exam's name as a heading."""
    return Html(f"📝 {bold(escape(head.title))}")


def facts(head: ExamHead, t: Texts) -> str:
    """What an exam asks for, in two or three lines."""
    total = head.questions * head.points
    return "\n".join(
        (
            t.html(
                "{questions} questions, {minutes} minutes, {total} points in all; pass mark {percent}%",
                questions=head.questions,
                minutes=head.minutes,
                total=total,
                percent=head.pass_percent,
            ),
            t.html("Open: {opens} – {closes}", opens=t.moment(head.opens_at), closes=t.moment(head.closes_at)),
            t.html("Results: as soon as you hand in") if head.at_once else t.html("Results: when the exam has closed"),
        )
    )


def _start_button(head: ExamHead, t: Texts) -> Button:
    return Button(t("Take the exam"), pack("exam", "rules", head.id))


@shows(ExamInvite)
def invite(view: ExamInvite, t: Texts) -> Shown:
    """An exam is open."""
    return Shown(f"{title_of(view.head)}\n\n{facts(view.head, t)}", ((_start_button(view.head, t),),))


@shows(ExamReminder)
def reminder(view: ExamReminder, t: Texts) -> Shown:
    """Exams that still wait for somebody."""
    lines: list[str] = [bold(t.html("You have not taken these exams yet:"))]
    rows = []
    for head in view.heads:
        lines.append(t.html("• {title}, until {closes}", title=head.title, closes=t.moment(head.closes_at)))
        rows.append((Button(t("Take “{title}”", title=short(head.title)), pack("exam", "rules", head.id)),))
    return Shown("\n".join(lines), tuple(rows))


@shows(ExamCancelled)
def cancelled(view: ExamCancelled, t: Texts) -> Shown:
    """An exam does not take place."""
    return Shown(t.html("The exam “{title}” has been called off.", title=view.title))


@shows(ExamStart)
def start(view: ExamStart, t: Texts) -> Shown:
    """The rules, and the button that starts the clock."""
    rules = (
        t.html("The clock starts when you press the button and runs on whatever happens: {minutes} minutes.",
               minutes=view.head.minutes),
        t.html("If you begin now, your time ends at {at}.", at=t.moment(view.ends_at)),
        t.html("You have one attempt. Answers can be changed until you hand in."),
        t.html("When the time is over, what you have answered is handed in by itself."),
        t.html("Lost the connection? /exam brings you back to your paper."),
        t.html("The exam is closed-book: its questions can be neither forwarded nor copied."),
    )  # fmt: skip
    text = f"{title_of(view.head)}\n\n{facts(view.head, t)}\n\n" + "\n".join(f"• {rule}" for rule in rules)
    return Shown(text, ((Button(t("Start the clock"), pack("exam", "begin", view.head.id)),),))


@shows(ExamQuestion)
def paper(view: ExamQuestion, t: Texts) -> Shown:
    """One question of a paper; its content is protected, so it can be neither forwarded nor copied."""
    at = t.html("Question {page} of {pages}", page=view.page + 1, pages=view.pages)
    value = t.plural("{n} point", "{n} points", view.points)
    head = f"{bold(at)} · {t.html(KINDS[view.posed.kind])} · {escape(value)}"
    parts = [head, question(view.posed, t)]
    if view.posed.kind == "fill_in":
        parts.append(yours(view.posed, t) if view.posed.typed else italic(t.html("Write your answer and send it.")))
    elif view.posed.kind == "several":
        parts.append(italic(t.html("Press all that is right; a second press takes one away.")))
    parts.append(_clock(t.time(view.due_at), len(view.left), t))
    rows = list(option_buttons(view.posed, t, lambda place: pack("exq", view.paper, view.page, place)))
    turn = []
    if view.page > 0:
        turn.append(Button(t("‹ Previous question"), pack("exam", "page", view.paper, view.page - 1)))
    if view.page < view.pages - 1:
        turn.append(Button(t("Next question ›"), pack("exam", "page", view.paper, view.page + 1)))
    rows.append(tuple(turn))
    rows.append(
        (
            Button(t("Answer sheet"), pack("exam", "sheet", view.paper)),
            Button(t("Hand in the paper"), pack("exam", "sure", view.paper)),
        )
    )
    return Shown("\n\n".join(parts), tuple(row for row in rows if row), protected=True)


def _clock(at: str, left: int, t: Texts) -> str:
    open_ = t.plural("{n} question is not answered.", "{n} questions are not answered.", left)
    return t.html("⏱ Until {at}. {left}", at=at, left=open_ if left else t("All are answered."))


@shows(ExamSheet)
def sheet(view: ExamSheet, t: Texts) -> Shown:
    """Which questions are answered; a button each, or the question whether to hand in."""
    left = (
        t.html("Not answered: {numbers}", numbers=_numbers(view.left, t)) if view.left else t.html("All are answered.")
    )
    back = Button(t("Back to the questions"), pack("exam", "page", view.paper, view.page))
    until = t.html("⏱ Until {at}.", at=t.time(view.due_at))
    if view.sure:
        lines = (bold(t.html("Hand in now?")), left, t.html("Afterwards nothing can be changed."), until)
        rows_sure = ((Button(t("Yes, hand in"), pack("exam", "hand", view.paper)),), (back,))
        return Shown("\n".join(lines), rows_sure, protected=True)
    first = (view.page // _A_SHEET) * _A_SHEET
    open_pages = set(view.left)
    cells = [
        Button(f"{page}" if page in open_pages else f"{page} ✓", pack("exam", "page", view.paper, page - 1))
        for page in range(first + 1, min(first + _A_SHEET, view.pages) + 1)
    ]
    rows = list(in_rows(cells, _A_ROW))
    further = []
    if first > 0:
        further.append(Button(t("‹ Previous question"), pack("exam", "page", view.paper, first - 1)))
    if first + _A_SHEET < view.pages:
        further.append(Button(t("Next question ›"), pack("exam", "page", view.paper, first + _A_SHEET)))
    if further:
        rows.append(tuple(further))
    rows.append((back, Button(t("Hand in the paper"), pack("exam", "sure", view.paper))))
    text = "\n".join((bold(t.html("Answer sheet")), left, until))
    return Shown(text, tuple(rows), protected=True)


def _numbers(numbers: tuple[int, ...], t: Texts) -> str:
    shown = t(", ").join(str(number) for number in numbers[:_NUMBERS_SHOWN])
    return f"{shown} …" if len(numbers) > _NUMBERS_SHOWN else shown


@shows(ExamResult)
def result(view: ExamResult, t: Texts) -> Shown:
    """What came of a paper, or when that will be known."""
    how = t.html("Time is up; your paper was handed in.") if view.by_time else t.html("Your paper is handed in.")
    lines: list[str] = [title_of(view.head), how]
    if not view.announced or view.score is None:
        lines.append(t.html("Answered: {n} of {of}", n=view.answered, of=view.head.questions))
        lines.append(t.html("The results come when the exam has closed: {at}", at=t.moment(view.head.closes_at)))
        return Shown("\n".join(lines), protected=True)
    verdict = t.html("✅ Passed") if view.passed else t.html("❌ Not passed")
    score = t.html("{score} of {total} points ({percent:g}%)", score=view.score, total=view.total, percent=view.percent)
    lines.append(f"{bold(score)} · {verdict}")
    lines.append(
        t.html(
            "Right: {right}, wrong: {wrong}, not answered: {blank}",
            right=len(view.right),
            wrong=len(view.wrong),
            blank=len(view.blank),
        )
    )
    if view.wrong:
        lines.append(t.html("Wrong: {numbers}", numbers=_numbers(view.wrong, t)))
    if view.blank:
        lines.append(t.html("Not answered: {numbers}", numbers=_numbers(view.blank, t)))
    if not view.may_review:
        lines.append(
            italic(t.html("The right answers can be seen by /exam from {at} on.", at=t.moment(view.head.closes_at)))
        )
        return Shown("\n".join(lines), protected=True)
    return Shown(
        "\n".join(lines), ((Button(t("See the answers"), pack("exam", "review", view.paper)),),), protected=True
    )


@shows(ExamReview)
def review(view: ExamReview, t: Texts) -> Shown:
    """A question of one's own paper with the right answer."""
    mark = {True: N_("✅ Right"), False: N_("❌ Wrong"), None: N_("⬜ Not answered")}[view.mark]
    at = t.html("Question {page} of {pages}", page=view.page + 1, pages=view.pages)
    parts = [f"{bold(escape(view.title))} · {at}\n{t.html(mark)}", question(view.posed, t, ruled=True)]
    parts.append(f"{yours(view.posed, t)}\n{outcome(view.posed, t)}")
    row = []
    if view.page > 0:
        row.append(Button(t("‹ Previous question"), pack("exrev", view.paper, view.page - 1)))
    if view.page < view.pages - 1:
        row.append(Button(t("Next question ›"), pack("exrev", view.paper, view.page + 1)))
    return Shown("\n\n".join(parts), (tuple(row),) if row else (), protected=True)


@shows(ExamWarning)
def warning(view: ExamWarning, t: Texts) -> Shown:
    """Five minutes more."""
    soon = t.plural("{n} minute is left", "{n} minutes are left", view.minutes)
    open_ = t.plural("{n} question is not answered.", "{n} questions are not answered.", view.left)
    text = t.html("⏳ “{title}”: {soon}, until {at}.", title=view.title, soon=soon, at=t.time(view.due_at))
    rest = escape(open_ if view.left else t("All are answered."))
    return Shown(f"{text} {rest}")


@shows(ExamList)
def listed(view: ExamList, t: Texts) -> Shown:
    """One's own exams, and for an organiser those of the own units."""
    lines: list[str] = [bold(t.html("My exams"))]
    rows: list[tuple[Button, ...]] = []
    for exam in view.mine[-_LISTED:]:
        lines.append(_line(exam, t))
        if exam.state == "open":
            rows.append(
                (Button(t("Take “{title}”", title=short(exam.head.title)), pack("exam", "rules", exam.head.id)),)
            )
        elif exam.state == "running":
            rows.append(
                (Button(t("Back to “{title}”", title=short(exam.head.title)), pack("exam", "rules", exam.head.id)),)
            )
        elif exam.may_review and exam.paper is not None:
            rows.append(
                (Button(t("Answers: {title}", title=short(exam.head.title)), pack("exam", "review", exam.paper)),)
            )
    if not view.mine:
        lines.append(t.html("There is no exam for you at present."))
    if view.organiser:
        lines += ["", bold(t.html("Exams of my units"))]
        for run in view.run[-_LISTED:]:
            lines.append(
                t.html("• {title}: taken {taken} of {asked}", title=run.title, taken=run.taken, asked=run.asked)
            )
            rows.append((Button(t("Gradebook: {title}", title=short(run.title)), pack("exb", "show", run.id, 0)),))
        if not view.run:
            lines.append(t.html("None yet."))
        rows.append((Button(t("＋ Set an exam"), pack("exam", "new")),))
    return Shown("\n".join(lines), tuple(rows))


def _line(exam: MyExam, t: Texts) -> str:
    title = bold(escape(exam.head.title))
    match exam.state:
        case "ahead":
            return t.html("• {title}: opens {at}", title=title, at=t.moment(exam.head.opens_at))
        case "open":
            return t.html("• {title}: open until {at}", title=title, at=t.moment(exam.head.closes_at))
        case "running":
            at = t.time(exam.due_at) if exam.due_at is not None else ""
            return t.html("• {title}: under way, until {at}", title=title, at=at)
        case "waiting":
            at = t.moment(exam.head.closes_at)
            return t.html("• {title}: handed in, results on {at}", title=title, at=at)
        case "missed":
            return t.html("• {title}: not taken", title=title)
        case "done":
            verdict = t.html("passed") if exam.passed else t.html("not passed")
            return t.html(
                "• {title}: {score} of {total}, {verdict}",
                title=title,
                score=exam.score or 0,
                total=exam.total,
                verdict=verdict,
            )


def only_once(t: Texts) -> str:
    """The toast when the clock has started."""
    return t("Your time runs. Good luck!")
