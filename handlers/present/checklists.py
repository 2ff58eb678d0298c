"""Checklists: a person's own history, the organisers' overview of a month."""

from handlers.callback_data import pack
from handlers.present.forms import words
from handlers.present.pages import pager
from handlers.present.shown import Button, Shown, cut, shows
from handlers.texts import Texts, bold, escape
from study.checklist_views import ChecklistHistory, ChecklistOverview, Finding

_A_PAGE = 12
_NAMED = 30


@shows(ChecklistHistory)
def history(view: ChecklistHistory, t: Texts) -> Shown:
    """Month by month: what was found."""
    lines: list[str] = [bold(t.html("Your checklists"))]
    if not view.lines:
        lines.append(t.html("You have not sent one yet."))
    for line in view.lines:
        count = len(line.findings)
        found = t("no problem found") if not count else t.plural("{n} problem found", "{n} problems found", count)
        lines += ["", f"<b>{escape(line.month)}</b> {escape(words(line.title, t))} · {escape(found)}"]
        lines += [_finding(finding, t) for finding in line.findings[:8]]
    rows: list[tuple[Button, ...]] = []
    if view.open:
        rows.append((Button(t("Fill in"), pack("form", "list")),))
    if view.overview is not None:
        rows.append((Button(t("Overview of your units"), pack("checklist", "all", view.overview, 0)),))
    return Shown("\n".join(lines), tuple(rows))


def _finding(finding: Finding, t: Texts) -> str:
    who = f"{escape(finding.name)} · " if finding.name else ""
    line = t.html("{item}: {said}", item=cut(words(finding.item, t), 40), said=cut(finding.remark, 120))
    return f"• {who}{line}"


@shows(ChecklistOverview)
def overview(view: ChecklistOverview, t: Texts) -> Shown:
    """Who has not done it, at which items problems were found, and what was written about them."""
    state = t("open until {at}", at=t.moment(view.closes_at)) if view.is_open and view.closes_at else t("closed")
    lines = [
        f"{bold(escape(words(view.title, t)))} · {escape(view.month)} · {escape(state)}",
        t.html("Done: {done} of {asked}", done=view.done, asked=view.asked),
    ]
    if view.missing:
        names = t(", ").join(cut(name, 20) for name in view.missing[:_NAMED])
        lines.append(t.html("Missing: {names}", names=names))
        if len(view.missing) > _NAMED:
            lines.append(t.html("… and {n} more", n=len(view.missing) - _NAMED))
    lines.append(t.html("Problems found: {n}", n=len(view.findings)))
    lines += [f"• {escape(cut(words(line.title, t), 40))} × {line.count}" for line in view.items[:20]]
    pages = max(1, -(-len(view.findings) // _A_PAGE))
    page = min(max(view.page, 0), pages - 1)
    shown = view.findings[page * _A_PAGE : (page + 1) * _A_PAGE]
    if shown:
        lines += ["", *(_finding(finding, t) for finding in shown)]
    rows = pager(page, pages, lambda at: pack("checklist", "all", view.evaluation, at), t)
    turn = []
    if view.earlier is not None:
        turn.append(Button(t("‹ Earlier"), pack("checklist", "all", view.earlier, 0)))
    if view.later is not None:
        turn.append(Button(t("Later ›"), pack("checklist", "all", view.later, 0)))
    if turn:
        rows.append(tuple(turn))
    rows.append((Button(t("‹ My own"), pack("checklist", "own")),))
    return Shown("\n".join(lines), tuple(rows))
