"""A report or a bulletin as a Word file: texts, figures, tables by unit, charts, and where every figure comes from."""

from collections.abc import Mapping, Sequence

from handlers.present.bulletins import heading, numeral, title_words
from handlers.present.official_paper import OfficialPaper
from handlers.present.pictures.chart import ChartPicture
from handlers.present.report_words import (
    amount,
    bare,
    change,
    chapter_title,
    definition,
    figure_title,
    period_words,
    titled,
)
from handlers.texts import Texts
from quizzes.cell_markup import Cell
from quizzes.tables import Page, write_workbook
from study.bulletin_views import BulletinFacts
from study.report_rules import MEASURE
from study.report_views import Chapter, Report

_BARS = 16
_COLUMNS = 4
_CHARTS = 6


def charts(report: Report, t: Texts) -> list[ChartPicture]:
    """A chart by unit for each of the first chapters, and one over the months for each trend."""
    drawn: list[ChartPicture] = []
    for chapter in report.chapters:
        figure = next((one for one in chapter.figures if not one.by and any(one.units)), None)
        if figure is not None and len(report.units) > 1:
            drawn.append(
                ChartPicture(
                    title=t("{title} by unit", title=figure_title(figure, t)),
                    form="bars",
                    labels=tuple(unit.name for unit in report.units[:_BARS]),
                    values=tuple(float(value or 0) for value in figure.units[:_BARS]),
                    words=tuple(amount(figure.key, value, t) for value in figure.units[:_BARS]),
                )
            )
    lines = [
        ChartPicture(
            title=t("{title} over the months", title=titled(trend.key, "", None, t)),
            form="line",
            labels=trend.months,
            values=tuple(float(value or 0) for value in trend.values),
            words=tuple(str(bare(trend.key, value)) for value in trend.values),
        )
        for trend in report.trends
        if len(trend.months) > 1 and any(trend.values)
    ]
    return [*drawn[: _CHARTS // 2], *lines[: _CHARTS // 2]]


def report_docx(report: Report, pictures: Sequence[bytes], t: Texts, facts: BulletinFacts | None = None) -> bytes:
    """The file; ``facts`` if it is a bulletin. Takes a second: call it off the event loop."""
    paper = OfficialPaper(t)
    name = t("Figures of {unit}, {period}", unit=report.unit, period=period_words(report.period, t))
    paper.title(name if facts is None else heading(facts, t))
    if facts is not None and facts.version > 1:
        paper.paragraph(t("This version corrects the one that was posted before."))
    texts: Mapping[str, str] = {} if facts is None else facts.texts
    for number, chapter in enumerate(report.chapters, 1):
        _chapter(paper, report, chapter, number, texts.get(chapter.key, ""), t)
    number = len(report.chapters)
    if facts is not None and any(one.names for one in facts.lists):
        number += 1
        paper.heading(numeral(number, t) + t("Commended / to improve"))
        for one in facts.lists:
            names = t(", ").join(
                name.name
                if name.value is None
                else t("{name} ({unit})", name=name.name, unit=amount(one.figure, name.value, t))
                for name in one.names
            )
            paper.paragraph(t("{part}: {step}", part=title_words(one.title, t), step=names or t("nobody")))
    if len(report.trends) and len(report.trends[0].months) > 1:
        number += 1
        paper.heading(numeral(number, t) + t("Month by month"))
        _months(paper, report, t)
    if pictures:
        number += 1
        paper.heading(numeral(number, t) + t("Charts"))
        for png in pictures:
            paper.picture(png)
    paper.heading(t("Appendix: where the figures come from"))
    paper.paragraph(t("Counted {at}", at=t.moment(report.taken_at)))
    rows = [
        (figure_title(figure, t), amount(figure.key, figure.value, t), str(figure.rows), definition(figure.key, t))
        for figure in report.figures
    ]
    head = (t("Figure"), t("Value"), t("Rows"), t("Definition"))
    paper.table([head, *rows], widths=(4.2, 2.6, 1.8, 7.0), header=True)
    return paper.content()


def _chapter(paper: OfficialPaper, report: Report, chapter: Chapter, number: int, text: str, t: Texts) -> None:
    paper.heading(f"{numeral(number, t)}{chapter_title(chapter, t)}")
    for line in text.split("\n") if text else ():
        paper.paragraph(line)
    rows = [(figure_title(one, t), amount(one.key, one.value, t), change(one, t)) for one in chapter.figures]
    if rows:
        paper.table([(t("Figure"), t("Value"), t("Against before")), *rows], widths=(8.2, 3.8, 3.6), header=True)
    if any(one.key.startswith("contests.") for one in chapter.figures):
        for one in report.winners:
            paper.paragraph(
                t("{title}: first place {names}", title=one.title, names=t(", ").join(one.names) or t("nobody"))
            )
    shown = [figure for figure in chapter.figures if not figure.by][:_COLUMNS]
    if report.units and shown:
        paper.subheading(t("{chapter} by unit", chapter=chapter_title(chapter, t)))
        lines = [
            (unit.name, *(amount(one.key, one.units[place], t) for one in shown))
            for place, unit in enumerate(report.units)
        ]
        width = 11.6 / len(shown)
        paper.table(
            [(t("Unit"), *(figure_title(one, t) for one in shown)), *lines],
            widths=(4.0, *(width for _ in shown)),
            header=True,
        )


def _months(paper: OfficialPaper, report: Report, t: Texts) -> None:
    months = report.trends[0].months
    rows: list[tuple[str, ...]] = []
    for trend in report.trends:
        total = sum(value or 0 for value in trend.values)
        rows.append((titled(trend.key, "", None, t), *(str(value) for value in trend.values), str(total)))
    head = (t("Figure"), *(month[2:] for month in months), t("Sum"))
    width = 12.0 / (len(months) + 1)
    paper.table([head, *rows], widths=(3.6, *(width for _ in range(len(months) + 1))), header=True)


def workbook(report: Report, t: Texts) -> bytes:
    """The figures with their definitions, and every figure by unit."""
    figures: list[list[Cell]] = []
    by_unit: list[list[Cell]] = []
    for chapter in report.chapters:
        for one in chapter.figures:
            figures.append(
                [
                    chapter_title(chapter, t),
                    figure_title(one, t),
                    bare(one.key, one.value),
                    amount(one.key, one.value, t),
                    bare(one.key, one.before),
                    one.rows,
                    definition(one.key, t),
                ]
            )
            for unit, value in zip(report.units, one.units, strict=True):
                by_unit.append([unit.name, chapter_title(chapter, t), figure_title(one, t), bare(one.key, value)])
    head = [t("Chapter"), t("Figure"), t("Value"), t("In words"), t("Period before"), t("Rows"), t("Definition")]
    pages = [Page(t("Figures"), head, figures)]
    pages.append(Page(t("By unit"), [t("Unit"), t("Chapter"), t("Figure"), t("Value")], by_unit))
    if report.trends:
        months: list[list[Cell]] = [
            [titled(one.key, "", None, t), month, bare(one.key, value)]
            for one in report.trends
            for month, value in zip(one.months, one.values, strict=True)
        ]
        pages.append(Page(t("Month by month"), [t("Figure"), t("Month"), t("Value")], months))
    return write_workbook(pages)


def report_record(report: Report, t: Texts) -> dict[str, object]:
    """The figures for scripts: rates in percent, means of 100."""
    return {
        "period": report.period,
        "first": report.first.isoformat(),
        "last": report.last.isoformat(),
        "unit": report.path or report.unit,
        "counted_at": report.taken_at.astimezone(t.zone).isoformat(timespec="seconds"),
        "figures": [
            {
                "chapter": chapter.key,
                "key": one.key,
                "part": one.part,
                "title": figure_title(one, t),
                "how": MEASURE[one.key].how,
                "value": bare(one.key, one.value),
                "before": bare(one.key, one.before),
                "rows": one.rows,
                "units": {unit.name: bare(one.key, value) for unit, value in zip(report.units, one.units, strict=True)},
            }
            for chapter in report.chapters
            for one in chapter.figures
        ],
        "winners": [
            {"kind": one.kind, "id": one.id, "title": one.title, "names": list(one.names)} for one in report.winners
        ],
    }
