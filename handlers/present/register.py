"""The menu that asks for the register (签到表/点名册), and the message that it comes with."""

from datetime import date

from handlers.callback_data import pack
from handlers.present.shown import Attachment, Button, Shown, cut, shows
from handlers.texts import Texts, bold
from study.rollcall_rules import period_of
from study.rollcall_views import RegisterFile, RegisterMenu

PREFIX = "register:"
"""How the stored name of a register begins; for whom, which unit and which days follow."""
_UNITS = 60


@shows(RegisterMenu)
def menu(view: RegisterMenu, t: Texts) -> Shown:
    """A unit, and this month, quarter or year; or another period in words."""
    chosen = dict(view.units)[view.unit]
    lines = [
        bold(t.html("Register of sessions")),
        t.html("Unit: {unit}", unit=chosen),
        t.html("Which period? Any other one: /register 2026-10-01 to 2026-12-31"),
    ]
    rows = [
        tuple(
            Button(label, pack("reg", "get", view.unit, period))
            for period, label in (
                ("month", t("The current month")),
                ("quarter", t("The current quarter")),
                ("year", t("The current year")),
            )
        )
    ]
    rows += [
        (Button(cut(path, 48), pack("reg", "unit", unit_id, "-")),)
        for unit_id, path in view.units[:_UNITS]
        if unit_id != view.unit
    ]
    return Shown("\n".join(lines), tuple(rows))


def period_from(word: str, today: date) -> tuple[date, date]:
    """The first and the last day of this month, quarter or year."""
    _, first, after = period_of(today, word)
    return first, date.fromordinal(after.toordinal() - 1)


def stored(view: RegisterFile) -> str:
    """The name under which the workbook is fetched when its message is sent."""
    return f"{PREFIX}{view.user_id}:{view.unit_id}:{view.first}:{view.last}"


def wish_of(name: str) -> tuple[int, int, date, date]:
    """For whom, which unit, from which day to which."""
    user, unit, first, last = name.removeprefix(PREFIX).split(":")
    return int(user), int(unit), date.fromisoformat(first), date.fromisoformat(last)


@shows(RegisterFile)
def file(view: RegisterFile, t: Texts) -> Shown:
    """The workbook as a document."""
    name = f"{t('Register')}-{view.unit}-{view.first}-{view.last}.xlsx"
    caption = t.html(
        "Register of {unit}, {first} to {last}", unit=view.unit, first=t.day(view.first), last=t.day(view.last)
    )
    return Shown(caption, attachment=Attachment("document", stored=stored(view), name=name))
