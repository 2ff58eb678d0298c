"""The menu, what is on it, and whose turn it is."""

from handlers.callback_data import pack
from handlers.present.pages import pager, short
from handlers.present.shown import Button, Shown, shows
from handlers.texts import Texts, bold, escape
from study.menu_views import MenuCard, RotaCard, WishLine, WishSheet

Row = tuple[Button, ...]


@shows(MenuCard)
def card(view: MenuCard, t: Texts) -> Shown:
    """A button for each: one press votes, the next takes the vote back."""
    parts = [t.html("<b>The menu</b>: {n} to choose from", n=view.total)]
    parts += [_line(number, wish, t) for number, wish in enumerate(view.wishes, view.first)]
    if view.left is not None and view.may_vote:
        parts.append(t.html("Votes left: {n}", n=view.left))
    if view.may_wish:
        parts.append(t.html("Something missing? Send /menu and what you wish to hear about."))
    rows: list[Row] = []
    for number, wish in enumerate(view.wishes, view.first):
        row = []
        if view.may_vote:
            verb = "back" if wish.mine else "vote"
            label = f"{'✓ ' if wish.mine else ''}{number}. {wish.title.within(t.language)}"
            row.append(Button(short(label), pack("menu", verb, wish.id, view.page)))
        if view.is_organiser:
            row.append(Button(t("Arrange no. {number}", number=number), pack("menu", "open", wish.id, view.page)))
        if row:
            rows.append(tuple(row))
    rows += pager(view.page, view.pages, lambda page: pack("menu", "page", page), t)
    if view.has_rota:
        rows.append((Button(t("Whose turn it is"), pack("menu", "rota")),))
    return Shown("\n".join(parts), tuple(rows))


def _line(number: int, wish: WishLine, t: Texts) -> str:
    title = f"{number}. {wish.title.within(t.language)}"
    votes = t.plural("{n} vote", "{n} votes", wish.votes)
    if wish.lecturer:
        return t.html("{title} · {lecturer} · {votes}", title=title, lecturer=wish.lecturer, votes=votes)
    if not wish.is_offer:
        return t.html("{title} · a member's wish · {votes}", title=title, votes=votes)
    return t.html("{title} · {votes}", title=title, votes=votes)


@shows(WishSheet)
def wish(view: WishSheet, t: Texts) -> Shown:
    """For an organiser."""
    one = view.wish
    text = bold(escape(one.title.within(t.language)))
    votes = escape(t.plural("{n} vote", "{n} votes", one.votes))
    rows: tuple[Row, ...] = (
        (Button(t("Make a session of it"), pack("menu", "plan", one.id)),),
        (Button(t("Take it off the menu"), pack("menu", "close", one.id, view.page)),),
        (Button(t("Back"), pack("menu", "page", view.page)),),
    )
    return Shown(f"{text}\n{votes}", rows)


@shows(RotaCard)
def rota(view: RotaCard, t: Texts) -> Shown:
    """Who has lectured how often, and who is next."""
    lines = [t.html("<b>Lectures in turn</b>")]
    rows: list[Row] = []
    for turn in view.turns:
        name = turn.title.within(t.language)
        who = f"{name} ({turn.lecturer})" if turn.lecturer else name
        if turn.last is None:
            said = t.html("{number}. {who} · not yet", number=turn.number + 1, who=who)
        else:
            times = t.plural("{n} time", "{n} times", turn.turns)
            said = t.html(
                "{number}. {who} · {times}, last on {day}",
                number=turn.number + 1,
                who=who,
                times=times,
                day=t.day(turn.last),
            )
        lines.append(f"▶ {said}" if turn.is_next else said)
        if turn.is_next and view.is_organiser:
            rows.append((Button(short(t("Arrange {who}", who=name)), pack("menu", "turn", turn.number)),))
    rows.append((Button(t("Back"), pack("menu", "page", 0)),))
    return Shown("\n".join(lines), tuple(rows))
