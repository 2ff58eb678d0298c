"""Where somebody stands, and the lists of those who may see them."""

from handlers.callback_data import pack
from handlers.present.shown import Button, Shown, shows
from handlers.texts import N_, Texts, bold, escape
from study.point_views import RankCard, RankLine

_PERIODS = {"month": N_("This month"), "year": N_("This year"), "all": N_("All time")}
_REACHES = {"unit": N_("Own unit"), "everyone": N_("Everybody")}


@shows(RankCard)
def card(view: RankCard, t: Texts) -> Shown:
    """One's own place first; then the page of the list, if it is theirs to see."""
    circle = view.unit or t("everybody")
    lines: list[str] = [bold(t.html("Points · {period} · {circle}", period=t(_PERIODS[view.period]), circle=circle))]
    if view.member:
        lines.append(_own(view, t))
    else:
        lines.append(t.html("{n} people have points in this period.", n=view.ranked))
    if view.lists and view.lines:
        lines += ["", *(_line(line, view, t) for line in view.lines)]
        if view.pages > 1:
            lines.append(t.html("Page {page} of {pages}", page=view.page + 1, pages=view.pages))
    elif not view.lists:
        lines.append(t.html("The list is private: everybody sees their own place."))
    return Shown("\n".join(lines), _buttons(view, t))


def _own(view: RankCard, t: Texts) -> str:
    if view.rank is None or view.points is None:
        return t.html("You have no points in this period yet; {n} people have some.", n=view.ranked)
    return t.html(
        "You: <b>{points}</b> points, place {rank} of {ranked} people with points.",
        points=view.points,
        rank=view.rank,
        ranked=view.ranked,
    )


def _line(line: RankLine, view: RankCard, t: Texts) -> str:
    name = bold(escape(line.name)) if line.own else escape(line.name)
    where = f" · {escape(line.unit)}" if line.unit != view.unit else ""
    return f"{line.rank}. {name}{where} · {line.points}"


def _buttons(view: RankCard, t: Texts) -> tuple[tuple[Button, ...], ...]:
    periods = [
        Button(t(label), pack("rank", period, view.reach, 0))
        for period, label in _PERIODS.items()
        if period != view.period
    ]
    reaches = [
        Button(t(label), pack("rank", view.period, reach, 0))
        for reach, label in _REACHES.items()
        if reach != view.reach and reach in view.reaches
    ]
    turns = []
    if view.page > 0:
        turns.append(Button(t("Previous page"), pack("rank", view.period, view.reach, view.page - 1)))
    if view.page + 1 < view.pages:
        turns.append(Button(t("Next page"), pack("rank", view.period, view.reach, view.page + 1)))
    return tuple(tuple(row) for row in (turns, periods, reaches) if row)
