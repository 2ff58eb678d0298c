"""Help, the choice of a language, what leaving something answers."""

from itertools import groupby
from typing import ClassVar

from handlers.callback_data import pack
from handlers.present.shown import Button, Shown, shows
from handlers.texts import LANGUAGES, N_, Html, Texts, bold, escape
from study.views import View


class LanguageMenu(View):
    """One button a language."""

    kind: ClassVar[str] = "general.languages"


class HelpLine(View):
    """One command of the help."""

    kind: ClassVar[str] = "general.help_line"
    name: str
    usage: str
    about: str
    group: str = ""
    """The heading that it stands under (marked with ``N_``)."""


class Help(View):
    """What somebody can do here: for everyone, and for those who run a unit."""

    kind: ClassVar[str] = "general.help"
    programme: str
    everyone: tuple[HelpLine, ...]
    organisers: tuple[HelpLine, ...]
    elsewhere: tuple[HelpLine, ...] = ()
    """What works in groups, where this is read in private."""


@shows(LanguageMenu)
def language_menu(view: LanguageMenu, t: Texts) -> Shown:
    """The languages by their own names."""
    rows = tuple((Button(name, pack("lang", code)),) for code, name in LANGUAGES.items())
    return Shown(t.html("Which language shall I speak here?"), rows)


@shows(Help)
def help_(view: Help, t: Texts) -> Shown:
    """Commands with a line each."""
    parts = [f"<b>{escape(view.programme)}</b>", _lines(view.everyone, t)]
    if view.organisers:
        parts += [_section(t.html("For organisers")), _lines(view.organisers, t)]
    if view.elsewhere:
        parts += [_section(t.html("In the group")), _lines(view.elsewhere, t)]
    parts.append(t.html("You can also just write 签到, 打卡 or 心得."))
    return Shown("\n\n".join(parts))


def _section(title: str) -> str:
    """A heading over groups that have headings of their own."""
    return f"<b><u>{title}</u></b>"


def _lines(lines: tuple[HelpLine, ...], t: Texts) -> str:
    """The lines under their headings; a few lines need none."""
    if len(lines) < _FEW:
        return "\n".join(_line(line, t) for line in lines)
    blocks = []
    for group, found in groupby(lines, key=lambda line: line.group):
        heading = bold(t.html(group if group else N_("Other")))
        blocks.append("\n".join([heading, *(_line(line, t) for line in found)]))
    return "\n\n".join(blocks)


_FEW = 10
"""So many commands are read at a glance, without headings."""


def _line(line: HelpLine, t: Texts) -> str:
    usage = f" <i>{escape(t(line.usage))}</i>" if line.usage else ""
    return Html(f"/{line.name}{usage} · {t.html(line.about)}")


def language_chosen(t: Texts) -> str:
    """In the language that was chosen."""
    return t("I shall speak English here.")


def cancelled(t: Texts, *, ended: bool, kept: str | None) -> str:
    """What /cancel answers; ``kept`` is what the capability says of work that stays."""
    if not ended:
        return t("There is nothing to call off.")
    return t(kept) if kept is not None else t("Called off. Nothing was changed.")
