"""The register as a workbook for the printer (签到表/点名册). Imported when one is made: openpyxl is slow to load."""

import io

import openpyxl
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

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
_SUMS = ("expected", "came", "late", "leave", "absent", "made_up", "percent")


def workbook(register: Register, programme: str, t: Texts) -> bytes:
    """The register as offices keep it: a row a person, a column a session, sums, a column to sign in; ready to print."""
    book = openpyxl.Workbook()
    columns = register.columns
    parts = [columns[at : at + A_SHEET] for at in range(0, len(columns), A_SHEET)] or [()]
    for number, part in enumerate(parts, 1):
        page = book.active if number == 1 else book.create_sheet()
        assert isinstance(page, Worksheet)
        page.title = t("Register") if len(parts) == 1 else f"{t('Register')} {number}"
        _write(page, register, part, programme, t)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(page: Worksheet, register: Register, columns: tuple[Column, ...], programme: str, t: Texts) -> None:
    fixed = [t("Row"), t("Name"), t("Unit")]
    heads = [f"{column.starts_at.astimezone(t.zone):%m-%d}\n{defuse(cut(column.title, 20))}" for column in columns]
    last = [t("Expected"), t("There"), t("late"), t("on leave"), t("absent"), t("made up"), t("Rate"), t("Signature")]
    header = [*fixed, *heads, *last]
    width = len(header)
    _title(page, 1, width, t("{programme}: attendance register", programme=programme), 16)
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
    _title(page, 2, width, f"{about}    {figures}", 11)
    rows: list[list[str | int | float]] = [list(header)]
    for number, entry in enumerate(register.entries, 1):
        marks = [_sign(entry.marks.get(column.id)) for column in columns]
        rows.append([number, defuse(entry.name), defuse(entry.unit), *marks, *_figures(entry.sums), ""])
    for name, label in (("expected", t("Expected")), ("came", t("There")), ("percent", t("Rate"))):
        per_session = [_figure(column.sums, name) for column in columns]
        whole = ["" if one != name else _figure(register.sums, one) for one in _SUMS]
        rows.append(["", label, "", *per_session, *whole, ""])
    for at, row in enumerate(rows, 3):
        for place, value in enumerate(row, 1):
            cell = page.cell(at, place, value)
            cell.border, cell.alignment = _BOX, _CENTRE
            if at == 3 or at > len(register.entries) + 3:
                cell.font = Font(bold=True)
            if isinstance(value, float):
                cell.number_format = "0.0%"
    foot = len(rows) + 3
    legend = "  ".join(f"{SIGNS[mark]} {t(MARKS[mark])}" for mark in SIGNS)
    page.cell(foot, 1, t("Signs: {signs}. An empty cell: not expected at that session.", signs=legend))
    page.cell(foot + 1, 1, t("Kept by:              Checked by:              Date:"))
    _shape(page, len(columns), len(register.entries))


def _title(page: Worksheet, row: int, width: int, text: str, size: int) -> None:
    page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)
    cell = page.cell(row, 1, defuse(text))
    cell.font, cell.alignment = Font(bold=size > 12, size=size), _CENTRE
    page.row_dimensions[row].height = size * 2


def _shape(page: Worksheet, sessions: int, people: int) -> None:
    """Widths, frozen panes, and A4 across with the header on every page."""
    widths = [5, 12, 20, *[7] * sessions, *[6] * 6, 8, 12]
    for place, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(place)].width = width
    page.row_dimensions[3].height = 60
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
