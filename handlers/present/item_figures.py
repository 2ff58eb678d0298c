"""The figures of items, their log, and two-way choice, as organisers see them."""

from handlers.callback_data import pack
from handlers.present.items import words
from handlers.present.pages import pager, short
from handlers.present.shown import Button, Shown, cut, shows
from handlers.texts import N_, Texts, bold, escape
from study.claim_views import ItemLog, ItemMatchPreview, ItemOverview, ItemWishers, MatchLine, OverviewRow

_BY = {"work": N_("By work"), "unit": N_("By unit"), "person": N_("By person")}
_STEPS = {
    "Offered": N_("put up"),
    "ClaimAsked": N_("asked to take it on"),
    "Claimed": N_("taken on"),
    "ClaimDeclined": N_("claim not approved"),
    "ClaimWithdrawn": N_("claim withdrawn"),
    "Reported": N_("reported"),
    "ReportAccepted": N_("report accepted"),
    "ReportReturned": N_("report sent back"),
    "Closed": N_("closed early"),
    "Finished": N_("done and closed"),
    "Reopened": N_("reopened"),
    "Released": N_("holder freed"),
}
_LISTED = 30


@shows(ItemOverview)
def overview(view: ItemOverview, t: Texts) -> Shown:
    """Items, claimed, done, on time, late, overdue: all in all and row by row."""
    lines: list[str] = [
        bold(escape(t("{pool}: figures", pool=words(view.title, t)))),
        escape(_figures(view.total, t)),
        "",
        *(f"<b>{escape(row.name or _none(view.by, t))}</b>\n{escape(_figures(row, t))}" for row in view.rows),
    ]
    if view.missing:
        names = "、".join(view.missing[:_LISTED])
        more = t(" … and {n} more", n=len(view.missing) - _LISTED) if len(view.missing) > _LISTED else ""
        head = t("Fewer than {least} taken on: {n} people", least=view.least, n=len(view.missing))
        lines += ["", bold(escape(head)), escape(names + more)]
    rows = [
        tuple(Button(t(label), pack("item_figures", 0, by, 0, view.pool)) for by, label in _BY.items() if by != view.by)
    ]
    rows += pager(view.page, view.pages, lambda page: pack("item_figures", 0, view.by, page, view.pool), t)
    rows += [
        (Button(short(words(title, t)), pack("item_figures", 0, view.by, 0, key)),)
        for key, title in view.pools
        if key != view.pool
    ]
    return Shown("\n".join(lines), tuple(rows))


def _figures(row: OverviewRow, t: Texts) -> str:
    text = t(
        "{items} items, {claimed} taken on, {done} done ({on_time} on time, {late} late)",
        items=row.items,
        claimed=row.claimed,
        done=row.done,
        on_time=row.on_time,
        late=row.late,
    )
    return text + (t("; {n} overdue", n=row.overdue) if row.overdue else "")


def _none(by: str, t: Texts) -> str:
    return t("No work named") if by == "work" else t("Not taken on yet")


@shows(ItemLog)
def log(view: ItemLog, t: Texts) -> Shown:
    """Every step with its time, who did it, and why."""
    lines: list[str] = [bold(escape(t("History of “{title}”", title=view.title)))]
    for line in view.lines[-_LISTED:]:
        what = t(_STEPS.get(line.event, line.event))
        if line.milestone is not None:
            what = t("{what} ({stage})", what=what, stage=words(line.milestone, t))
        text = t.html("{at} {name} {what}", at=t.moment(line.at), name=line.name, what=what)
        lines.append(text + (escape(t(": {reason}", reason=cut(line.reason, 200))) if line.reason else ""))
    return Shown("\n".join(lines))


@shows(ItemWishers)
def wishers(view: ItemWishers, t: Texts) -> Shown:
    """Who wishes for the item; pressing them in order is the choice."""
    if not view.lines:
        return Shown(t.html("Nobody wishes for “{title}” yet.", title=view.title))
    text = t.html(
        "<b>{title}</b>\nPress them in the order in which you would take them; whoever you leave out comes after those, by lot.",
        title=view.title,
    )
    rows = tuple(
        (
            Button(
                cut(
                    (f"{line.chosen}. " if line.chosen else "")
                    + t("{name} ({unit}), wish no. {place}", name=line.name, unit=line.unit, place=line.place),
                    48,
                ),
                pack("item_choice", view.item, line.person),
            ),
        )
        for line in view.lines[:90]
    )
    return Shown(text, rows)


@shows(ItemMatchPreview)
def preview(view: ItemMatchPreview, t: Texts) -> Shown:
    """Who gets what, on which wish and which choice; the lot and its seed, so that anybody can check it."""
    lines: list[str] = [bold(escape(t("Two-way choice: {pool}", pool=words(view.pool, t))))]
    lines += [_matched(line, t) for line in view.lines[:40]]
    if len(view.lines) > 40:
        lines.append(t.html(" … and {n} more", n=len(view.lines) - 40))
    if not view.lines:
        lines.append(t.html("No item finds anybody: there are no wishes that could be met."))
    if view.left:
        lines += ["", t.html("Items for which nobody is found: {n}", n=len(view.left))]
        lines += [t.html("• {title}", title=title) for title in view.left[:20]]
    if view.without:
        lines += ["", t.html("People without an item: {names}", names="、".join(view.without[:_LISTED]))]
    if view.lot:
        lot = "、".join(view.lot[:_LISTED])
        lines += ["", t.html("Where nothing else decides, the lot does (no. {seed}): {lot}", seed=view.seed, lot=lot)]
    if view.confirmed:
        return Shown("\n".join([*lines, "", t.html("✅ Confirmed; everybody concerned has been told.")]))
    if not view.lines:
        return Shown("\n".join(lines))
    lines += ["", t.html("This is a preview; nothing is given yet.")]
    return Shown("\n".join(lines), ((Button(t("Confirm and give the items"), pack("item_match", view.match)),),))


def _matched(line: MatchLine, t: Texts) -> str:
    chosen = t(", choice no. {n}", n=line.chosen) if line.chosen else ""
    return t.html(
        "• {title} → {name} ({unit}), wish no. {place}{chosen}",
        title=line.title,
        name=line.name,
        unit=line.unit,
        place=line.place,
        chosen=chosen,
    )
