"""The programme in force, as organisers see it in the chat: what is switched on, and each part in words."""

from typing import ClassVar

from handlers.callback_data import pack
from handlers.present.programme_parts import part_lines, part_title, parts_of
from handlers.present.shown import Button, Shown, in_rows, shows
from handlers.texts import Texts, bold, escape
from study.programme import Programme
from study.views import View

_PAGE = 3200
"""Characters of lines on a page, so that a message stays below 4096."""


class ProgrammeCard(View):
    """The programme in force, or one part of it (empty: the overview); pages count from 0."""

    kind: ClassVar[str] = "programme.card"
    programme: Programme
    part: str = ""
    page: int = 0


@shows(ProgrammeCard)
def card(view: ProgrammeCard, t: Texts) -> Shown:
    """An overview with a button a part, or a part with the way back."""
    programme = view.programme
    if not programme.name:
        return Shown(
            t.html("No study programme is in force; check-in, materials, tasks and contests work without one.")
        )
    title = bold(escape(programme.header.title.within(t.language)))
    parts = parts_of(programme)
    if view.part not in parts:
        about = programme.header.about
        lines: list[str] = [title, *([escape(about.within(t.language))] if about is not None else [])]
        lines += [
            "",
            t.html("Switched on:"),
            *(f"• {escape(part_title(part, t))}" for part in parts if part != "header"),
        ]
        if len(parts) == 1:
            lines[-1:] = [t.html("Nothing is switched on yet beyond what works without a programme.")]
        return Shown("\n".join(lines), in_rows([Button(part_title(p, t), pack("prog", p, 0)) for p in parts], 2))
    pages = _pages([f"• {escape(line)}" for line in part_lines(programme, view.part, t)])
    at = min(max(view.page, 0), len(pages) - 1)
    turns = [Button(t("Page {page} ›", page=at + 2), pack("prog", view.part, at + 1))] if at + 1 < len(pages) else []
    if at:
        turns.insert(0, Button(t("‹ Page {page}", page=at), pack("prog", view.part, at - 1)))
    rows = (tuple(turns), (Button(t("Back"), pack("prog", "", 0)),))
    return Shown("\n".join([bold(escape(part_title(view.part, t))), *pages[at]]), tuple(row for row in rows if row))


def _pages(lines: list[str]) -> list[list[str]]:
    pages: list[list[str]] = [[]]
    room = _PAGE
    for line in lines:
        if pages[-1] and len(line) > room:
            pages.append([])
            room = _PAGE
        pages[-1].append(line)
        room -= len(line) + 1
    return pages
