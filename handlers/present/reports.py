"""``/report``: the menu, chapters, rows behind a figure, a table by unit, files."""

from datetime import date

from handlers.callback_data import pack
from handlers.present.pages import pager
from handlers.present.report_words import amount, change, chapter_title, figure_title, period_words
from handlers.present.shown import Attachment, Button, Shown, cut, in_rows, shows
from handlers.texts import N_, Texts, bold, escape
from study.periods import period_of
from study.report_views import (
    Figure,
    Report,
    ReportFile,
    ReportMenu,
    ReportPage,
    ReportRows,
    ReportTable,
    RowLine,
    Winner,
)

PREFIX = "report-file:"
"""How the stored name of a report's file begins; the form, the period, the unit and the reader follow."""
_TABLE_FIGURES = 4
_TABLE_UNITS = 25


def periods(today: date) -> tuple[tuple[str, str], ...]:
    """The periods to choose from: the name of the button (a key of the texts) and the period."""
    month = period_of("month", today)
    last = period_of("month", date.fromordinal(month.first.toordinal() - 1))
    return (
        (N_("This month so far"), month.key),
        (N_("Last month"), last.key),
        (N_("The current quarter"), period_of("quarter", today).key),
        (N_("First half-year"), f"{today.year}H1"),
        (N_("Second half-year"), f"{today.year}H2"),
        (N_("Whole year"), str(today.year)),
    )


@shows(ReportMenu)
def menu(view: ReportMenu, t: Texts) -> Shown:
    """Periods, then the units below."""
    buttons = [Button(t(label), pack("report", "page", key, view.unit_id, 0)) for label, key in periods(view.today)]
    rows = list(in_rows(buttons, 2))
    rows += in_rows([Button(cut(unit.name, 20), pack("report", "menu", unit.id)) for unit in view.below], 2)
    text = t.html("<b>Figures of {unit}</b>\nChoose a period, or a unit below.", unit=view.unit)
    return Shown(text + "\n" + t.html("Or write it: /report 2026-11"), tuple(rows))


@shows(ReportPage)
def page(view: ReportPage, t: Texts) -> Shown:
    """One chapter with a button for each figure's rows, and the other chapters."""
    report, unit = view.report, view.report.unit_id or 0
    back = Button(t("‹ Other period"), pack("report", "menu", unit))
    head = f"📊 {bold(escape(_head(report, t)))}"
    if not report.chapters:
        return Shown(head + "\n" + t.html("Nothing happened in this period."), ((back,),))
    at = min(max(view.page, 0), len(report.chapters) - 1)
    chapter = report.chapters[at]
    first = sum(len(one.figures) for one in report.chapters[:at])
    lines = [head, t.html("Counted {at}", at=t.moment(report.taken_at)), "", bold(escape(chapter_title(chapter, t)))]
    lines += [figure_line(figure, t) for figure in chapter.figures[:40]]
    if any(one.key.startswith("contests.") for one in chapter.figures):
        lines += [winner_line(one, t) for one in report.winners[:10]]
    behind = [
        Button(
            cut(t("Rows: {figure} ({n})", figure=figure_title(figure, t), n=figure.rows), 34),
            pack("report_rows", report.period, unit, first + number, 0),
        )
        for number, figure in enumerate(chapter.figures[:40])
        if figure.rows
    ]
    others = [
        Button(
            f"{'· ' if number == at else ''}{cut(chapter_title(one, t), 14)}",
            pack("report", "page", report.period, unit, number),
        )
        for number, one in enumerate(report.chapters)
    ]
    rows = [*in_rows(behind, 1), *in_rows(others, 3)]
    if report.units:
        rows.append((Button(t("Unit by unit"), pack("report", "table", report.period, unit, at)),))
    rows.append(
        (
            Button("Word", pack("report", "docx", report.period, unit, 0)),
            Button("Excel", pack("report", "xlsx", report.period, unit, 0)),
            back,
        )
    )
    return Shown("\n".join(lines), tuple(rows))


def _head(report: Report, t: Texts) -> str:
    return t("{unit}, {period}", unit=report.unit, period=period_words(report.period, t))


def figure_line(figure: Figure, t: Texts) -> str:
    """A figure in one line of HTML, with the comparison."""
    compared = change(figure, t)
    line = t.html(
        "• {title}: <b>{amount}</b>", title=figure_title(figure, t), amount=amount(figure.key, figure.value, t)
    )
    return line + (t.html(" ({change})", change=compared) if compared else "")


def winner_line(one: Winner, t: Texts) -> str:
    """Who came first."""
    return t.html("🏆 {title}: {names}", title=one.title, names=t(", ").join(one.names) or t("nobody"))


@shows(ReportTable)
def table(view: ReportTable, t: Texts) -> Shown:
    """The first figures of a chapter, unit by unit."""
    report, chapter = view.report, view.report.chapters[view.chapter]
    lines: list[str] = [
        bold(escape(t("{chapter} by unit", chapter=chapter_title(chapter, t)))),
        escape(_head(report, t)),
    ]
    for place, unit in enumerate(report.units[:_TABLE_UNITS]):
        shown = t("; ").join(
            f"{figure_title(figure, t)} {amount(figure.key, figure.units[place], t)}"
            for figure in chapter.figures[:_TABLE_FIGURES]
        )
        lines.append(f"• {bold(escape(unit.name))} {escape(shown)}")
    if len(report.units) > _TABLE_UNITS or len(chapter.figures) > _TABLE_FIGURES:
        lines.append(t.html("All figures of all units are in the Excel file."))
    back = Button(t("‹ Back"), pack("report", "page", report.period, report.unit_id or 0, view.chapter))
    return Shown("\n".join(lines), ((back,),))


@shows(ReportRows)
def rows(view: ReportRows, t: Texts) -> Shown:
    """The rows behind a figure, each with its table and number there."""
    figure = view.figure
    head = t(
        "Rows behind “{title}”: {amount}", title=figure_title(figure, t), amount=amount(figure.key, figure.value, t)
    )
    lines: list[str] = [bold(escape(head))]
    if view.taken_at is not None:
        lines.append(t.html("As of {at}", at=t.moment(view.taken_at)))
    if view.changed:
        lines.append(t.html("⚠️ Changed since then: now {amount}", amount=amount(figure.key, view.now, t)))
    lines += [row_line(row, t) for row in view.rows] or [t.html("No rows.")]

    def data(page: int) -> str:
        prefix, *fields = view.address.split(":")
        return pack(prefix, *fields, page)

    buttons = pager(view.page, view.pages, data, t)
    buttons.append((Button(t("‹ Back"), view.back),))
    return Shown("\n".join(lines), tuple(buttons))


def row_line(row: RowLine, t: Texts) -> str:
    """A row as HTML: day, who, what, and where it stands."""
    day = "" if row.day is None else row.day.isoformat()
    parts = [part for part in (day, row.name, cut(row.what.replace("\n", " "), 40)) if part]
    return f"• {escape(' '.join(parts))}{'' if row.amount == 1 else escape(f' ×{row.amount}')} <code>{escape(f'{row.table} {row.id}')}</code>"


@shows(ReportFile)
def file(view: ReportFile, t: Texts) -> Shown:
    """The message that brings a report as a file."""
    stored = f"{PREFIX}{view.form}:{view.period}:{view.unit_id}:{view.user_id}"
    name = f"report-{view.period}.{view.form}"
    text = t.html("Figures of {unit}, {period}", unit=view.unit, period=period_words(view.period, t))
    return Shown(text, attachment=Attachment("document", stored=stored, name=name))


def wish_of(stored: str) -> tuple[str, str, int, int]:
    """The form, the period, the unit and the reader that a stored name means."""
    form, period, unit, user = stored.removeprefix(PREFIX).split(":")
    return form, period, int(unit), int(user)


ERRORS = {
    "period_unknown": N_("Please write the period so: /report 2026-11, /report 2026Q4, /report 2026H1 or /report 2026"),
}
