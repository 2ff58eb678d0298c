"""The register as a workbook for the printer (签到表/点名册). Imported when one is made: openpyxl is slow to load."""

import io
from collections.abc import Iterator, Sequence
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties

from handlers.present.rollcall import MARKS, SIGNS
from handlers.present.shown import cut
from handlers.texts import Texts
from quizzes.cell_escapes import defuse
from study.register import Column, Register
from study.rollcall_rules import Sums
from study.rollcall_views import Mark

A_SHEET = 16
"""So many sessions stand legibly beside one another on A4; more go on to the next sheet."""
_LINE = Side(style="thin", color="808080")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LARGE, _SMALL = 16, 11
"""Sizes of the two lines above the table."""
_SUMS = ("expected", "came", "late", "leave", "absent", "made_up", "percent")


def workbook(register: Register, programme: str, t: Texts) -> bytes:
    """The register as offices keep it: a row a person, a column a session, sums, a column to sign in; ready to print."""
    book = openpyxl.Workbook(write_only=True)
    columns = register.columns
    parts = [columns[at : at + A_SHEET] for at in range(0, len(columns), A_SHEET)] or [()]
    for number, part in enumerate(parts, 1):
        page = book.create_sheet(t("Register") if len(parts) == 1 else f"{t('Register')} {number}")
        # A sheet that is only written: rows are gone once they are given. Its columns and heights have to be known before.
        _shape(page, len(part), len(register.entries))
        _write(page, register, part, programme, t)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(page: Any, register: Register, columns: tuple[Column, ...], programme: str, t: Texts) -> None:
    fixed = [t("Row"), t("Name"), t("Unit")]
    heads = [f"{column.starts_at.astimezone(t.zone):%m-%d}\n{defuse(cut(column.title, 20))}" for column in columns]
    last = [t("Expected"), t("There"), t("late"), t("on leave"), t("absent"), t("made up"), t("Rate"), t("Signature")]
    header = [*fixed, *heads, *last]
    width = len(header)
    _title(page, 1, width, t("{programme}: attendance register", programme=programme), _LARGE)
    unit = register.unit or t("all units")
    about = (
        t("Unit: {unit}", unit=unit)
        + "    "
        + t("Period: {first} to {last}", first=t.day(register.first), last=t.day(register.last))
    )
    figures = t(
        "Sessions: {sessions} · attendances: {came} · made up: {made_up} · people on the list: {people}",
        sessions=len(register.columns),
        came=register.sums.came,
        made_up=register.sums.made_up,
        people=len(register.entries),
    )
    _title(page, 2, width, f"{about}    {figures}", _SMALL)
    box, bold = _box(page), _box(page, bold=True)
    page.append(_cells(header, bold))
    for number, entry in enumerate(register.entries, 1):
        marks = [_sign(entry.marks.get(column.id)) for column in columns]
        row = [number, defuse(entry.name), defuse(entry.unit), *marks, *_figures(entry.sums), ""]
        page.append(_cells(row, box))
    for name, label in (("expected", t("Expected")), ("came", t("There")), ("percent", t("Rate"))):
        per_session = [_figure(column.sums, name) for column in columns]
        whole = ["" if one != name else _figure(register.sums, one) for one in _SUMS]
        page.append(_cells(["", label, "", *per_session, *whole, ""], bold))
    legend = "  ".join(f"{SIGNS[mark]} {t(MARKS[mark])}" for mark in SIGNS)
    page.append([t("Signs: {signs}. An empty cell: not expected at that session.", signs=legend)])
    page.append([t("Kept by:              Checked by:              Date:")])


def _box(page: Any, *, bold: bool = False) -> tuple[Any, Any]:
    """A cell in its frame, and one for a share."""
    made = []
    for form in ("General", "0.0%"):
        cell = WriteOnlyCell(page)
        cell.border, cell.alignment, cell.number_format = _BOX, _CENTRE, form
        if bold:
            cell.font = Font(bold=True)
        made.append(cell)
    return made[0], made[1]


def _cells(values: Sequence[str | int | float], box: tuple[Any, Any]) -> Iterator[Any]:
    """The cells of a row; each is written before the next is asked for, so the same two serve for all."""
    for value in values:
        cell = box[isinstance(value, float)]
        cell.value = value
        yield cell


def _title(page: Any, row: int, width: int, text: str, size: int) -> None:
    page.merged_cells.add(f"A{row}:{get_column_letter(width)}{row}")
    cell = WriteOnlyCell(page, defuse(text))
    cell.font, cell.alignment = Font(bold=size > 12, size=size), _CENTRE
    page.append([cell])


def _shape(page: Any, sessions: int, people: int) -> None:
    """Widths, frozen panes, and A4 across with the header on every page."""
    widths = [5, 12, 20, *[7] * sessions, *[6] * 6, 8, 12]
    for place, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(place)].width = width
    for row, height in ((1, _LARGE * 2), (2, _SMALL * 2), (3, 60)):
        page.row_dimensions[row].height = height
    for row in range(4, people + 7):
        page.row_dimensions[row].height = 20
    page.freeze_panes = "D4"
    page.print_title_rows = "1:3"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = 9  # A4, by the numbers of ECMA-376
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_options.horizontalCentered = True
    page.page_margins.left = page.page_margins.right = 0.4
    page.HeaderFooter.oddFooter = HeaderFooterItem(center=_HeaderFooterPart(text="&P / &N"))


def _sign(mark: str | None) -> str:
    known: dict[str, Mark] = {mark: mark for mark in SIGNS}
    return "" if mark is None else SIGNS[known[mark]]


def _figures(sums: Sums) -> list[str | int | float]:
    return [_figure(sums, name) for name in _SUMS]


def _figure(sums: Sums, name: str) -> str | int | float:
    if name == "percent":
        return sums.came / sums.expected if sums.expected else ""
    figure: int = getattr(sums, name)
    return figure
