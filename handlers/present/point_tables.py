"""Points as tables: every entry, and a year for the assessment with a line a person and a column a rule."""

from collections.abc import Mapping

from handlers.present.exports import RecordFile, fitting_cell, people_file
from handlers.present.point_cards import rule_name
from handlers.texts import Texts
from quizzes.tables import Page, write_csv, write_workbook
from study.exports import Format, Records
from study.point_records import Total, Totals

_RULES = 200
"""Columns of rules that a table has at the most."""


def totals_records(found: Totals) -> list[Mapping[str, object]]:
    """A year for scripts: the rules by their keys."""
    return [
        {
            "code": line.code,
            "name": line.name,
            "unit": line.unit,
            "left": line.left,
            **{key: line.points.get(key, 0) for key, _ in found.rules},
            "total": line.total,
        }
        for line in found.lines
    ]


def totals_table(found: Totals, form: str, t: Texts) -> bytes:
    """A year as a table that an office hands on (``csv`` or ``xlsx``)."""
    headers, rows = _headers(found, t), [_row(line, found, t) for line in found.lines]
    if form == "csv":
        return write_csv(headers, rows)
    return write_workbook([_totals_page(found, t)])


def workbook(found: Totals, t: Texts) -> RecordFile:
    """The year, and a sheet behind it for every entry of it."""
    before = [_totals_page(found, t)]
    return people_file(Records.POINTS, Format.XLSX, t, sheet=t("Points, entries"), before=before)


def _totals_page(found: Totals, t: Texts) -> Page:
    rows = ([fitting_cell(cell) for cell in _row(line, found, t)] for line in found.lines)
    return Page(t("Totals {year}", year=found.year), _headers(found, t), rows)


def _headers(found: Totals, t: Texts) -> list[str]:
    rules = [rule_name(title, key, t) for key, title in found.rules[:_RULES]]
    return [t("Unit"), t("Name"), t("Code"), *rules, t("Total of the year"), t("Note")]


def _row(line: Total, found: Totals, t: Texts) -> list[str | int]:
    points = [line.points.get(key, 0) for key, _ in found.rules[:_RULES]]
    note = t("has left") if line.left else ""
    return [line.unit, line.name, line.code, *points, line.total, note]
